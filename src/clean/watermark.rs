//! What crawlers left inside sentences: adverts broken up by punctuation, addresses of web sites, empty brackets.

use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::cache::Cached;
use super::fix::Fix;
use super::{Context, Pass, hanzi, language};
use crate::diagnostic::Diagnostic;
use crate::lexicon::Table;
use crate::model::RepairKind;

/// The pass. Each kind has its own function, which says what it takes as evidence.
pub(super) const PASS: Pass = Pass { kind: RepairKind::Watermark, find };

/// Adverts as characters without punctuation, the longest first, with the character that they are sought by.
#[derive(Debug, Default)]
struct Adverts {
    rows: Vec<(Vec<char>, char)>,
}

static CACHE: LazyLock<Cached<Adverts>> = LazyLock::new(Cached::default);

fn compile(table: Option<&Table>) -> Adverts {
    let mut rows: Vec<(Vec<char>, char)> = table
        .into_iter()
        .flat_map(|table| table.pairs("key", "value"))
        .filter_map(|(key, anchor)| Some((key.chars().collect(), anchor.chars().next()?)))
        .collect();
    rows.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
    Adverts { rows }
}

fn find(text: &str, context: &Context<'_>, _: &mut Vec<Diagnostic>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    let list: Arc<Adverts> = CACHE.get(context.lexicon, "watermarks", compile);
    adverts(text, &list, &mut fixes);
    addresses(text, &mut fixes);
    empty_brackets(text, &mut fixes);
    fixes.sort_by_key(|fix| fix.range.start);
    fixes
}

/// Signs that break an advert up.
fn is_filler(c: char) -> bool {
    c.is_ascii_punctuation()
        || c.is_ascii_digit()
        || matches!(c, ' ' | '’' | '‘' | '“' | '”' | '，' | '、' | '。' | '·' | '．' | '\u{3000}')
}

/// Adverts inside sentences: `正确方’案,范’文’库欢,迎您1 采集的方针`.
///
/// Evidence: the characters of a row of `watermarks`, in order, with nothing but punctuation and digits between them.
/// Counter-examples: a line that is nothing but the advert stays for the stage that cuts boilerplate; `“某某文库”，欢迎您`,
/// where a quotation ends inside it.
fn adverts(text: &str, list: &Adverts, fixes: &mut Vec<Fix>) {
    let mut anchors: Vec<char> = list.rows.iter().map(|row| row.1).collect();
    anchors.sort_unstable();
    anchors.dedup();
    for anchor in anchors {
        let mut buffer = [0; 4];
        let needle: &str = anchor.encode_utf8(&mut buffer);
        for at in memchr::memmem::find_iter(text.as_bytes(), needle.as_bytes()) {
            let found = list.rows.iter().filter(|row| row.1 == anchor).find_map(|(key, _)| {
                let place = key.iter().position(|c| *c == anchor)?;
                let back = text[..at].char_indices().rev().map(|(offset, c)| (offset, offset, c));
                let front = text[at..].char_indices().map(|(offset, c)| (at + offset, at + offset + c.len_utf8(), c));
                let start = walk(back, key[..place].iter().rev()).unwrap_or(at);
                let end = walk(front.map(|(_, end, c)| (end, end, c)), key[place..].iter())?;
                (start < at || place == 0).then_some(start..end)
            });
            if let Some(range) = found
                && !is_whole_line(text, &range)
                && !ends_quotation(text, &range)
            {
                fixes.push(Fix::delete(range));
            }
        }
    }
}

/// Walk over the wanted characters and the fillers between them; the place of the last one wanted.
fn walk<'a>(
    characters: impl Iterator<Item = (usize, usize, char)>,
    wanted: impl Iterator<Item = &'a char>,
) -> Option<usize> {
    let mut wanted = wanted.peekable();
    for (place, _, c) in characters.take(60) {
        if Some(&&c) == wanted.peek() {
            wanted.next();
            if wanted.peek().is_none() {
                return Some(place);
            }
        } else if !is_filler(c) {
            return None;
        }
    }
    None
}

/// Whether the advert holds the end of a quotation that begins before it, with a comma behind.
fn ends_quotation(text: &str, range: &std::ops::Range<usize>) -> bool {
    let begins = text[..range.start].char_indices().rev().take(30).find(|(_, c)| matches!(c, '“' | '”' | '\n'));
    begins.is_some_and(|(_, c)| c == '“') && text[range.clone()].contains("”，")
}

fn is_whole_line(text: &str, range: &std::ops::Range<usize>) -> bool {
    let is_sign = |c: char| is_filler(c) || matches!(c, '！' | '？' | '：' | '；');
    let before = text[..range.start].trim_end_matches(is_sign);
    let behind = text[range.end..].trim_start_matches(is_sign);
    (before.is_empty() || before.ends_with('\n')) && (behind.is_empty() || behind.starts_with('\n'))
}

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[wW]{3}\.[A-Za-z0-9]{2,20}\.(?:com|cn|net|org|COM|CN|NET|ORG)(?:\.cn)?").expect("a literal pattern")
});

/// What stands before an address that belongs to the sentence.
const LEADS: &[&str] = &[
    "登录", "登陆", "访问", "打开", "点击", "进入", "输入", "浏览", "关注", "网址", "网站", "官网", "平台", "系统",
    "见", "在", "从", "到", "上",
];

/// Addresses inside a word: `教wWw.example.com育`.
///
/// Evidence: Chinese characters directly on both sides, which side by side are a pair of words or one that the text has
/// elsewhere, or three such places, or an address in letters of both cases (`wWw`); and no word before it that leads to an
/// address. Counter-example: `登录www.example.cn查询`.
fn addresses(text: &str, fixes: &mut Vec<Fix>) {
    let inside: Vec<_> = ADDRESS
        .find_iter(text)
        .take(200)
        .filter_map(|found| {
            let before = text[..found.start()].chars().next_back().filter(|c| hanzi::is_hanzi(*c))?;
            let behind = text[found.end()..].chars().next().filter(|c| hanzi::is_hanzi(*c))?;
            let leads = LEADS.iter().any(|word| text[..found.start()].ends_with(word));
            (!leads).then_some((found, before, behind))
        })
        .collect();
    for (found, before, behind) in &inside {
        if inside.len() >= ENOUGH
            || is_disguised(found.as_str())
            || language::is_pair(*before, *behind)
            || memchr::memmem::find(text.as_bytes(), format!("{before}{behind}").as_bytes()).is_some()
        {
            fixes.push(Fix::delete(found.range()));
        }
    }
}

/// Addresses inside sentences of one text that are no chance.
const ENOUGH: usize = 3;

/// Whether an address begins with letters of both cases, as nobody writes it but to escape a filter.
fn is_disguised(address: &str) -> bool {
    !matches!(&address[..3], "www" | "WWW")
}

/// Empty brackets inside a sentence, where markup was taken out: `提高()服务质量`.
///
/// Evidence: a Chinese character before, and one or a clause's punctuation behind. Counter-examples: `：()步骤` and `()步骤`,
/// where a marker lost its number; blanks of forms, which have a unit behind or another blank close by (`（）年`, `第（）条`,
/// `满意（）不满意（）`).
fn empty_brackets(text: &str, fixes: &mut Vec<Fix>) {
    for needle in ["()", "（）"] {
        for at in memchr::memmem::find_iter(text.as_bytes(), needle.as_bytes()) {
            let end = at + needle.len();
            let (before, behind) = (text[..at].chars().next_back(), text[end..].chars().next());
            if let (Some(before), Some(behind)) = (before, behind)
                && hanzi::is_hanzi(before)
                && !"是否有无男女第共约计合".contains(before)
                && !has_blank(&text[..at], true)
                && !has_blank(&text[end..], false)
                && (hanzi::is_hanzi(behind) && !"年月日号条项人个份分元亩头户只名次级类岁届".contains(behind)
                    || "、，,；;。”".contains(behind))
            {
                fixes.push(Fix::delete(at..end));
            }
        }
    }
}

/// Whether empty brackets stand on the same line within twelve characters of the edge of a text.
fn has_blank(text: &str, is_before: bool) -> bool {
    let near: String = if is_before {
        text.chars().rev().take(12).take_while(|c| *c != '\n').collect()
    } else {
        text.chars().take(12).take_while(|c| *c != '\n').collect()
    };
    ["()", "（）", ")(", "）（"].iter().any(|blank| near.contains(blank))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, run, untouched};
    use super::PASS;
    use crate::lexicon::Lexicon;

    #[test]
    fn insertions_are_taken_out() {
        check(
            PASS,
            &[
                ("坚持正确方’案,范’文’库欢,迎您1 采集的治水方针", "坚持正确的治水方针"),
                ("不断提高文’库欢’迎您服务水平", "不断提高服务水平"),
                ("加强教育。开展教wWw.example.com育活动", "加强教育。开展教育活动"),
                ("逐步提高()农民收入", "逐步提高农民收入"),
                ("收入不断提高（）、环境改善", "收入不断提高、环境改善"),
            ],
        );
    }

    #[test]
    fn every_row_recognises_its_example() {
        let table = Lexicon::builtin().table("watermarks").unwrap();
        for (key, example) in table.pairs("key", "example") {
            let after = run(PASS, example);
            assert!(
                after.chars().count() + key.chars().count() <= example.chars().count(),
                "{example:?} gives {after:?}"
            );
        }
    }

    #[test]
    fn texts_of_their_own_stay() {
        untouched(
            PASS,
            &[
                "范文库欢迎您",
                "第一节\n文库欢迎您！\n第二节",
                "热烈欢迎您参加培训",
                "登录www.example.cn查询结果",
                "网址：www.example.gov.cn，电话",
                "方法：()步骤按照要求",
                "()步骤",
                "（）年（）月",
                "是（）否（）",
                "第（）条",
                "函数f()的值",
                "文库欢迎各位",
                "建成“临水文库”，欢迎您捐赠",
                "登录www.example.cn查询成绩，在目录查询",
                "满意（）基本满意（）不满意（）",
                "种植面积（）亩，存栏（）头",
            ],
        );
    }
}
