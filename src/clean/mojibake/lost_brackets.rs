//! Brackets that a conversion turned into question marks: `发?2009?2号`, `印发?实施方案?的通知`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::fix::Fix;
use super::super::hanzi;

/// The year of a document number between question marks.
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\?((?:19|20)[0-9]{2})\?[0-9]{1,4}[号號]").expect("a literal pattern"));

/// What titles end with, in either script.
const TITLE_ENDS: &[&str] = &[
    "方案", "意见", "意見", "通知", "办法", "辦法", "规定", "規定", "决定", "決定", "纲要", "綱要", "条例", "條例",
    "要点", "要點", "计划", "計劃", "规划", "規劃", "摘编", "摘編", "细则", "細則", "报告", "報告", "讲话", "講話",
    "决议", "決議", "标准", "標準", "制度", "选编", "選編", "读本", "讀本", "法", "章程", "准则", "準則", "公报",
    "公報", "指南", "规范", "規範", "党章", "黨章",
];

/// What may follow the end of a title.
const BEHIND: &str = "(（,，;；。.、的和与與及等精神要中规規";

/// What stands before a title: the end of a verb or preposition that takes one, or what parts titles.
const BEFORE: &str = "将將据據照按发發彻徹贯貫实實落习習行执執定依循合和与與及的到抓看读讀出以过過《“（(，,、；;：:。. \u{3000}\n》”）)·";

/// The fixes for a text.
///
/// Evidence: `?2009?2号` is certain by itself and becomes 〔〕. Titles become 《》 (〈〉 inside 《》) only in a text that shows
/// such a number, or in which at least three pairs balance, and only on lines whose question marks all pair up: an
/// opening one between the end of a verb, preposition or clause and a Chinese character, a closing one behind the last
/// word of a title or before a word that may follow one. Counter-example: `想什么?干什么?` It misses titles without either
/// sign.
pub(super) fn find(text: &str, fixes: &mut Vec<Fix>) {
    if memchr::memchr(b'?', text.as_bytes()).is_none() {
        return;
    }
    let mut numbers = Vec::new();
    for found in NUMBER.captures_iter(text) {
        if let (Some(whole), Some(year)) = (found.get(0), found.get(1)) {
            numbers.push(whole.start());
            numbers.push(year.end());
        }
    }
    for pair in numbers.chunks(2) {
        if let [open, close] = *pair {
            fixes.push(Fix::new(open..open + 1, "〔"));
            fixes.push(Fix::new(close..close + 1, "〕"));
        }
    }
    let mut titles = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if memchr::memchr(b'?', line.as_bytes()).is_some()
            && let Some(pairs) = balance(line, start, &numbers)
        {
            titles.extend(pairs);
        }
        start += line.len();
    }
    if !numbers.is_empty() || titles.len() >= 6 {
        fixes.extend(titles);
    }
}

/// The brackets of a line, if its question marks pair up.
fn balance(line: &str, offset: usize, numbers: &[usize]) -> Option<Vec<Fix>> {
    let mut fixes = Vec::new();
    let mut depth = 0u8;
    for at in memchr::memchr_iter(b'?', line.as_bytes()) {
        if numbers.binary_search(&(offset + at)).is_ok() {
            continue;
        }
        let (before, behind) = (&line[..at], &line[at + 1..]);
        let next = behind.chars().next().unwrap_or('\n');
        let ends = TITLE_ENDS.iter().any(|end| before.ends_with(end));
        let with = if depth > 0 && (ends || BEHIND.contains(next)) {
            depth -= 1;
            if depth == 0 { "》" } else { "〉" }
        } else if hanzi::is_hanzi(next)
            && (depth == 0 && before.chars().next_back().is_none_or(|c| BEFORE.contains(c))
                || depth == 1 && before.ends_with(['发', '發']))
        {
            depth += 1;
            if depth == 1 { "《" } else { "〈" }
        } else {
            return None;
        };
        fixes.push(Fix::new(offset + at..offset + at + 1, with));
    }
    (depth == 0).then_some(fixes)
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{check, untouched};
    use super::super::PASS;

    #[test]
    fn lost_brackets_come_back() {
        check(
            PASS,
            &[
                ("临水发?2009?12号", "临水发〔2009〕12号"),
                (
                    "临水党?2010?3號\n现将?全县清洁家园活动实施方案?印发给你们",
                    "临水党〔2010〕3號\n现将《全县清洁家园活动实施方案》印发给你们",
                ),
                (
                    "根据?省厅关于印发?节水规划?的通知?(省水?2011?5号)精神，学习?节水论?和?水利读本?。",
                    "根据《省厅关于印发〈节水规划〉的通知》(省水〔2011〕5号)精神，学习《节水论》和《水利读本》。",
                ),
                (
                    "学习?水法?、?河道管理条例?\n贯彻?防洪法?的要求",
                    "学习《水法》、《河道管理条例》\n贯彻《防洪法》的要求",
                ),
            ],
        );
    }

    #[test]
    fn questions_stay() {
        untouched(
            PASS,
            &[
                "开展“入党为什么?在岗干什么?离任留什么?”大讨论",
                "你知道?我不知道?",
                "http://example.cn/list?id=1&page=2",
                "依据?水法?的要求",
                "做了什么?\n还差什么?",
                "有没有制度?执行没执行制度?\n懂不懂规划?落没落实规划?\n看没看过方案?会不会用方案?",
                "入党为什么?在岗干什么?等问题\n权力为谁用?政绩为谁立?等问题\n学了没有?做了没有?等问题",
            ],
        );
    }
}
