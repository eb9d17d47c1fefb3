//! The subject of the clause in which a framework stands.

use std::sync::LazyLock;

use regex::Regex;

use super::{BUILD, Bodies, CONTEST, Head, PARTS};

/// What the sentence before a framework says of who must meet it.
pub(in super::super) enum Subject {
    /// A body.
    Body(String),
    /// Nothing: all its clauses begin with their predicates.
    Missing,
    /// Something else, or nobody in particular.
    Other,
}

impl Bodies {
    /// The body that must meet what a sentence ends with, `sentence` being all of it before the framework: its subject (驾驶员必须遵守…), or
    /// whom somebody leads to meet it (引导广大教师争做…).
    ///
    /// Clauses are read from the last to the first. One without a subject (做到…, 在…中开展) leaves the question to the one before it; one
    /// whose subject is no body (村容村貌整洁) ends the search, as does nobody in particular (各地要). Misses subjects in other
    /// sentences, and those behind which a word follows that the table does not know.
    pub(in super::super) fn subject(&self, sentence: &str) -> Subject {
        let flat = without_brackets(sentence);
        let flat = flat.trim_end_matches(['“', '"', '‘', '「']);
        // 党组织“五个好”、党员“五带头”
        let beside = lead(flat.rsplit(['，', ',', '：', ':', '、']).next().unwrap_or(""));
        if self.head(beside) == Some(Head::Body) && beside.chars().count() <= 8 && !self.is_clause(beside) {
            return self.name(beside).map_or(Subject::Other, Subject::Body);
        }
        for clause in flat.rsplit(['，', ',', '：', ':']).take(6) {
            let clause = lead(clause);
            if let Some(noun) = self.led(clause) {
                return self.name(noun).map_or(Subject::Other, Subject::Body);
            }
            if let Some(noun) = self.nominative(clause) {
                return self.name(noun).map_or(Subject::Other, Subject::Body);
            }
            if !self.lacks_subject(clause) {
                return Subject::Other;
            }
        }
        Subject::Missing
    }

    /// Whom a clause says to be led: 引导广大教师争做…, 组织党员开展…, 发挥党支部的作用.
    fn led<'a>(&self, clause: &'a str) -> Option<&'a str> {
        // 争创先进基层党组织,要做到….
        let adverb = ["积极", "大力", "努力", "着力", "认真", "要"]
            .iter()
            .find_map(|word| clause.strip_prefix(word))
            .unwrap_or(clause);
        if let Some(noun) = CONTEST.iter().chain(&BUILD).find_map(|verb| adverb.strip_prefix(verb))
            && self.head(noun) == Some(Head::Body)
            && noun.chars().count() <= 14
        {
            return Some(noun);
        }
        // …的内容争创先进基层党组织: the end of a line before it is lost.
        let contest = ["争创", "争当", "争做"].iter().filter_map(|verb| clause.rfind(verb)).max();
        if let Some(noun) = contest.map(|at| &clause[at + "争创".len()..])
            && self.head(noun) == Some(Head::Body)
            && noun.chars().count() <= 14
            && noun.chars().all(|c| ('一'..='龥').contains(&c))
        {
            return Some(noun);
        }
        // 在窗口单位中开展….
        let among = |rest: &str| {
            let rest = rest.trim_start_matches(['中', '里', '间']);
            self.begins("pivot", rest).is_some()
                || ["开展", "广泛开展", "深入开展", "实行", "推行", "实施"].iter().any(|verb| rest.starts_with(verb))
        };
        if let Some((noun, Head::Body)) = adverb.strip_prefix('在').and_then(|rest| self.noun(rest, 18, among)) {
            return Some(noun);
        }
        let goes_on = |rest: &str| self.begins("predicate", rest).is_some();
        let mut found = None;
        let mut skip = 0;
        for (at, _) in clause.char_indices() {
            let rest = &clause[at..];
            if at < skip {
                continue;
            }
            if let Some(word) = self.begins("pivot", rest) {
                skip = at + word.len();
                if PARTS.iter().any(|part| rest[word.len()..].starts_with(part)) {
                    continue;
                }
                if let Some((noun, Head::Body)) = self.noun(&rest[word.len()..], 18, goes_on) {
                    found = Some(noun);
                }
            } else if let Some(rest) = rest.strip_prefix("发挥") {
                // 党员先锋模范作用, 村民小组的作用: a 的 before 作用 stands right behind the name.
                let role = |rest: &str| {
                    let stretch = rest.split_once("作用").map(|(stretch, _)| stretch);
                    stretch.is_some_and(|stretch| stretch.starts_with('的') || !stretch.contains('的'))
                };
                if let Some((noun, Head::Body)) = self.noun(rest, 12, role) {
                    found = Some(noun);
                }
            }
        }
        found
    }

    /// The body with which a clause begins: 党员干部要…, 导游人员上岗必须….
    fn nominative<'a>(&self, clause: &'a str) -> Option<&'a str> {
        let goes_on = |rest: &str| {
            let behind = self.begins("circumstance", rest).map_or(rest, |word| &rest[word.len()..]);
            self.begins("predicate", rest).is_some() || self.begins("predicate", behind).is_some()
        };
        let (noun, _) = self.noun(clause, 20, goes_on)?;
        (!self.is_clause(noun)).then_some(noun)
    }

    /// Whether a clause begins with its predicate or an adverbial.
    fn lacks_subject(&self, clause: &str) -> bool {
        clause.is_empty() || self.begins("predicate", clause).is_some()
    }
}

/// A clause without number, date and joining words at its beginning: (二)先进…, 2016年,….
fn lead(clause: &str) -> &str {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:\s|第[一二三四五六七八九十百\d]{1,4}[条章][ 　]*|[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、是要]|\d{1,2}[.、．]|[①-⑳]|到?(?:\d{2,4}年)?\d{0,2}月?(?:底|末|前|起)?(?:之前)?[,，]?|[“”]|即|是指|指(?:达到)?|同时|首先|其次|此外|另外)*")
            .expect("a literal pattern")
    });
    let clause = clause.trim_start();
    &clause
        [LEAD.find(clause).map_or(0, |found| if found.as_str().ends_with('“') { found.start() } else { found.end() })..]
}

/// A sentence without what stands in brackets.
fn without_brackets(sentence: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(sentence.len());
    for c in sentence.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    #[test]
    fn subjects() {
        let bodies = &Lexicon::builtin().compiled().body;
        for (text, expected) in [
            ("驾驶员必须遵守", Some("驾驶员")),
            ("导游人员上岗必须做到", Some("导游人员")),
            ("村卫生室建设实行", Some("村卫生室")),
            ("优秀班主任要做到“", Some("优秀班主任")),
            ("若尔盖县各乡镇便民服务中心要做到“三公开”(公开事项、公开流程),窗口工作人员要做到", Some("窗口工作人员")),
            ("领导班子在征求意见的基础上,召开民主生活会,开展对照检查,做到", Some("领导班子")),
            ("引导广大教师争做", Some("教师")),
            ("市教育局组织青年教师开展", Some("青年教师")),
            ("发挥村民小组的作用,切实做到", Some("村民小组")),
            ("(二)先进基层党组织要努力做到", Some("先进基层党组织")),
            ("社区网格员要履行", Some("社区网格员")),
            ("争创先进基层党组织，要做到", Some("先进基层党组织")),
            ("对党员开展", Some("党员")),
            ("党组织“五个好”、党员“", Some("党员")),
            ("联系群众“", None),
            ("教育部门要做到", Some("教育部门")),
            ("各地要着力建设", None),
            ("各级各部门要做到", None),
            ("在敖汉旗中小学开展", Some("敖汉旗中小学")),
            ("在全系统开展", None),
            ("第六条 示范村应当符合", Some("示范村")),
            ("村庄规划科学,布局合理,无", None),
            ("春耕备耕工作要做到", None),
            ("供应学校的配餐必须达到", None),
            ("宣传动员要做到", None),
        ] {
            let found = match bodies.subject(text) {
                super::Subject::Body(name) => Some(name),
                _ => None,
            };
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
