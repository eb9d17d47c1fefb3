//! Who is to meet a framework (`applies_to`): 党支部, 窗口工作人员, 农村公路.

mod clause;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::lexicon::Lexicon;
pub(super) use clause::Subject;

/// The tables `bodies` and `body_context`, ready to ask.
pub struct Bodies {
    /// Last words of names; `false` for those that name nobody.
    heads: HashMap<String, Head>,
    /// The longest of them, in characters.
    longest: usize,
    context: HashMap<String, Vec<String>>,
    vague: HashSet<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    Body,
    Document,
    None,
}

impl Bodies {
    /// Take the words from the tables.
    pub fn new(lexicon: &Lexicon) -> Self {
        let head = |value: &str| match value {
            "none" => Head::None,
            "document" => Head::Document,
            _ => Head::Body,
        };
        let keys = lexicon.cells("bodies", "key");
        let heads: HashMap<String, Head> = keys
            .iter()
            .zip(lexicon.cells("bodies", "value"))
            .map(|(key, value)| ((*key).to_owned(), head(value)))
            .collect();
        let mut context: HashMap<String, Vec<String>> = HashMap::new();
        for (key, value) in lexicon.cells("body_context", "key").into_iter().zip(lexicon.cells("body_context", "value"))
        {
            context.entry(value.to_owned()).or_default().push(key.to_owned());
        }
        // The longest word first: 教育引导, then 教育.
        for words in context.values_mut() {
            words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        }
        let vague = context.get("vague").into_iter().flatten().cloned().collect();
        let longest = heads.keys().map(|key| key.chars().count()).max().unwrap_or(0);
        Self { heads, longest, context, vague }
    }

    /// What the last word of a text names, by the longest word of the table that it ends with.
    fn head(&self, text: &str) -> Option<Head> {
        let ends = text.char_indices().rev().take(self.longest).map(|(at, _)| &text[at..]);
        ends.filter_map(|end| self.heads.get(end)).last().copied().filter(|head| *head != Head::None)
    }

    /// The word of a kind with which a text begins.
    fn begins<'a>(&self, kind: &str, text: &'a str) -> Option<&'a str> {
        let words = self.context.get(kind)?;
        words.iter().find(|word| text.starts_with(word.as_str())).map(|word| &text[..word.len()])
    }

    /// The shortest noun at the beginning of a text that a body's word ends and `goes_on` allows to end there.
    fn noun<'a>(&self, text: &'a str, limit: usize, goes_on: impl Fn(&str) -> bool) -> Option<(&'a str, Head)> {
        for (at, c) in text.char_indices().take(limit) {
            if !(('一'..='龥').contains(&c) || matches!(c, '“' | '”') || c == '、' && at > 0) {
                return None;
            }
            let (noun, rest) = text.split_at(at + c.len_utf8());
            // “平安校园”应: the word ends before its quote.
            if let Some(head) = self.head(noun.trim_end_matches('”'))
                && !rest.starts_with('”')
                && !self.is_cut(text, noun.len())
                && goes_on(rest)
            {
                return Some((noun, head));
            }
        }
        None
    }

    /// Whether a place in a text is inside one of the words that end names: 党组|织.
    fn is_cut(&self, text: &str, at: usize) -> bool {
        let ends = text[at..].char_indices().take(2).map(|(end, c)| at + end + c.len_utf8());
        let starts = text[..at].char_indices().rev().take(self.longest).map(|(start, _)| start);
        let starts: Vec<usize> = starts.collect();
        ends.into_iter().any(|end| starts.iter().any(|&start| self.heads.contains_key(&text[start..end])))
    }

    /// A name without what counts or selects (全市, 广大, 各), or `None` where nobody in particular is left (各单位).
    fn name(&self, noun: &str) -> Option<String> {
        let mut name = noun.trim_matches(['“', '”', '、']);
        while let Some(word) = self.begins("quantifier", name) {
            // 各级 belongs to the name, and 本 to 本科.
            if word == "各" && name.starts_with("各级") || name.len() - word.len() < 6 {
                break;
            }
            name = &name[word.len()..];
        }
        // 若尔盖县各乡镇便民服务中心: the place goes with the quantifier.
        if let Some(at) = name.find('各').filter(|&at| at > 0 && !name[at..].starts_with("各级"))
            && name[..at].ends_with(['省', '市', '县', '区', '旗', '州', '镇', '乡'])
        {
            name = &name[at + '各'.len_utf8()..];
        }
        // 各级领导干部 are all of them, as 广大 and 全体 say; 各级干部 and 各级各类学校 would be too little without it.
        let persons =
            |rest: &&str| rest.chars().count() >= 4 && ["干部", "党员", "人员"].iter().any(|end| rest.ends_with(end));
        let name = name.strip_prefix("各级").filter(persons).unwrap_or(name);
        let name: String = name.chars().filter(|c| !matches!(c, '“' | '”')).collect();
        let count = name.chars().count();
        let bare = name.trim_start_matches("各级").trim_start_matches('各');
        ((2..=16).contains(&count) && !bare.is_empty() && !self.vague.contains(bare)).then_some(name)
    }

    /// The body directly behind a formula that ends at the beginning of `after`: ”党支部建设, ”(…)的先进基层党组织, ”民警(.
    ///
    /// Counter-example: ”活动, ”标准, ”服务. Misses bodies with more than five characters before their last word, and those behind
    /// which a word follows that the table does not know.
    pub(super) fn behind(&self, after: &str) -> Option<String> {
        let text = after.trim_start_matches(['”', '"', '’', '」', '』']);
        let text = text.strip_prefix(['(', '（']).and_then(|inner| closed(inner)).unwrap_or(text);
        let text = ["标准的", "要求的", "的", "式"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
        let ends = |rest: &str| {
            rest.chars().next().is_none_or(|c| !('一'..='龥').contains(&c)) || self.begins("goes_on", rest).is_some()
        };
        let (noun, head) = self.noun(text, 10, ends)?;
        let blocked =
            ["blocked", "pivot"].iter().any(|kind| self.begins(kind, noun).is_some_and(|word| word.len() < noun.len()));
        (head == Head::Body && !blocked && !noun.contains('的') && !self.is_clause(noun)).then_some(())?;
        self.name(noun)
    }

    /// Whether a noun begins with a predicate or an adverbial: 在全市卫生监督机构, 指达到每户居民. In 教育部门 and 在职党员 the word is part of it.
    fn is_clause(&self, noun: &str) -> bool {
        self.begins("predicate", noun).is_some_and(|word| {
            let rest = &noun[word.len()..];
            !rest.is_empty() && !noun.starts_with('每') && !PARTS.iter().any(|part| rest.starts_with(part))
        })
    }

    /// The body whose standard the framework is called: 先进基层党组织的基本要求是, 平安村的标准为.
    pub(super) fn whose_standard(&self, sentence: &str) -> Option<String> {
        static STANDARD: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(
                r"([一-龥“”]{2,24}?)的?(?:基本|评价|评选|评比|创建|具体|主要|总体)?(?:要求|标准|条件)(?:是|为|:|：)",
            )
            .expect("a literal pattern")
        });
        let noun = STANDARD.captures_iter(sentence).last()?.get(1)?.as_str();
        self.head(noun.trim_end_matches('”')).filter(|head| *head == Head::Body)?;
        self.name(noun)
    }

    /// The body whose rules are kept, at the end of a sentence: 严格执行执法人员“六不准”. Counter-example: 执行“六不准”.
    pub(super) fn owner(&self, sentence: &str) -> Option<String> {
        const KEPT: [&str; 7] = ["严格执行", "严格遵守", "自觉遵守", "认真执行", "严格落实", "遵守", "执行"];
        let clause = sentence.rsplit(['，', ',', '：', ':', '、', '是']).next()?.trim();
        let noun = KEPT.iter().find_map(|verb| clause.strip_prefix(verb))?;
        let noun = noun.trim_end_matches('的');
        let fits = (2..=10).contains(&noun.chars().count()) && noun.chars().all(|c| ('一'..='龥').contains(&c));
        self.head(noun).filter(|head| fits && *head == Head::Body)?;
        self.name(noun)
    }

    /// The body of a heading that names nothing else: (一)先进基层党组织, 优秀党员的标准.
    pub(super) fn heading(&self, heading: &str) -> Option<String> {
        let ends = [
            "的基本要求",
            "的基本条件",
            "基本条件",
            "评选条件",
            "创建标准",
            "评选标准",
            "的标准",
            "的条件",
            "标准",
            "条件",
        ];
        let noun = ends.iter().find_map(|end| heading.strip_suffix(end)).unwrap_or(heading);
        let noun = CONTEST.iter().find_map(|verb| noun.strip_prefix(verb)).unwrap_or(noun);
        if !noun.chars().all(|c| ('一'..='龥').contains(&c)) || self.begins("predicate", noun).is_some() {
            return None;
        }
        self.head(noun).filter(|head| *head == Head::Body)?;
        self.name(noun)
    }
}

/// What one does to become a body that meets a standard: 争创先进基层党组织.
const CONTEST: [&str; 5] = ["争创", "争当", "争做", "创建", "评选"];

/// What one does with a thing that is to meet a standard: 搭建互动平台,做到….
const BUILD: [&str; 4] = ["搭建", "打造", "建设", "建好"];

/// What makes a noun of a verb or preposition before it: 教育部门, 学习型党组织, 在职党员, 从业人员.
const PARTS: &[&str] = &[
    "部门",
    "单位",
    "系统",
    "人员",
    "型",
    "者",
    "机构",
    "战线",
    "职",
    "校",
    "岗",
    "业",
    "口",
    "队",
    "委员",
    "工作者",
    "点",
    "师",
];

/// What stands behind a bracket that is already open, where it closes within 200 characters.
fn closed(inner: &str) -> Option<&str> {
    let (at, c) = inner.char_indices().take(200).find(|(_, c)| matches!(c, ')' | '）' | '('))?;
    matches!(c, ')' | '）').then(|| &inner[at + c.len_utf8()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_recognised() {
        let lexicon = Lexicon::builtin();
        let bodies = &lexicon.compiled().body;
        let rows = lexicon.table("bodies").unwrap();
        for (example, value) in rows.pairs("example", "value") {
            assert_eq!(bodies.head(example).is_none(), value == "none", "{example}");
        }
    }

    #[test]
    fn behind() {
        let bodies = &Lexicon::builtin().compiled().body;
        for (text, expected) in [
            ("”卫生监督所（制度好）", Some("卫生监督所")),
            ("”民警(能说群众话)", Some("民警")),
            ("”(一、二、三)的先进基层党组织", Some("先进基层党组织")),
            ("”乡镇工会。", Some("乡镇工会")),
            ("”党支部建设", Some("党支部")),
            ("”活动实施方案", None),
            ("”服务标准,", None),
            ("”职责:一是", None),
            ("”服务好的收费站", None),
            ("”制度落实情况", None),
        ] {
            assert_eq!(bodies.behind(text).as_deref(), expected, "{text}");
        }
    }
}
