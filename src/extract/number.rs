//! Document numbers (发文字号) in running text.
//!
//! **Evidence**: a year in brackets between a prefix of Chinese characters and `第?NN号`; or an order or announcement
//! (国务院令第412号, 第12号令, 公告2010年第5号). **Example**: `根据青卫发【2012】8号文件` holds 青卫发〔2012〕8号.
//! **Counter-examples**: `xx党发[2010]xx号` (a placeholder), `某国土[2009] 号` (no ordinal), `6月25号`.
//! **Misses**: numbers without a year (卫字第3号), numbers whose brackets are lost.

use std::sync::LazyLock;

use regex::Regex;

use crate::span::Span;

/// Year in brackets and ordinal; the prefix is read backwards from here.
static BRACKETED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[〔\[【（(﹝［〖?？]\s?((?:19|20)\d{2})\s?年?[〕\]】）)﹞］〗?？]\s?第?\s?(\d{1,5})\s?号")
        .expect("a literal pattern")
});

/// Orders and announcements.
static ORDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"令\s?第?\s?([0-9一二三四五六七八九十百〇○零]{1,5})\s?号|第\s?([0-9一二三四五六七八九十百]{1,4})\s?号令|公告\s?((?:19|20)\d{2})\s?年\s?第?\s?(\d{1,4})\s?号")
        .expect("a literal pattern")
});

/// Longest prefix, in characters.
const LONGEST: usize = 12;

/// Words that stand before a number and are no part of its prefix; longer ones first where one holds another.
const LEAD: &[&str] = &[
    "根据", "按照", "依据", "依照", "遵照", "贯彻", "落实", "执行", "文件", "通知", "以及", "关于", "印发", "下发",
    "转发", "参照", "详见", "根椐", "规定", "要求", "精神", "文号", "编号", "原", "和", "及", "与", "的", "见", "以",
    "在", "由", "据", "即", "含",
];

/// Bodies that are named before their own number: 县政府办公室某政办发.
const BODIES: &[&str] = &[
    "办公厅",
    "办公室",
    "公司",
    "集团",
    "人民政府",
    "政府",
    "委员会",
    "领导小组",
    "卫生局",
    "教育局",
    "财政局",
    "厅",
    "局",
];

/// The document numbers of a text with their normalised forms, in order.
///
/// ```
/// use fangan::extract::number::numbers;
/// let found = numbers("根据青卫发【2012】8号文件精神");
/// assert_eq!(found[0].1, "青卫发〔2012〕8号");
/// ```
pub fn numbers(text: &str) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    for captures in BRACKETED.captures_iter(text) {
        let (Some(whole), Some(year), Some(ordinal)) = (captures.get(0), captures.get(1), captures.get(2)) else {
            continue;
        };
        let Some(prefix) = prefix(text, whole.start()) else { continue };
        let form = format!("{prefix}〔{}〕{}号", year.as_str(), ordinal.as_str());
        found.push((Span::new(whole.start() - gap(text, whole.start()) - prefix.len(), whole.end()), form));
    }
    for captures in ORDER.captures_iter(text) {
        let Some(whole) = captures.get(0) else { continue };
        let body = prefix(text, whole.start()).unwrap_or("");
        let start = whole.start() - if body.is_empty() { 0 } else { gap(text, whole.start()) + body.len() };
        let form = if let Some(ordinal) = captures.get(1) {
            // 命令第3号 and a bare 令 are no orders of a body.
            if body.is_empty() || body.ends_with(['命', '指', '口', '司', '禁', '责']) {
                continue;
            }
            format!("{body}令第{}号", ordinal.as_str())
        } else if let Some(ordinal) = captures.get(2) {
            format!("{body}第{}号令", ordinal.as_str())
        } else if let (Some(year), Some(ordinal)) = (captures.get(3), captures.get(4)) {
            format!("{body}公告{}年第{}号", year.as_str(), ordinal.as_str())
        } else {
            continue;
        };
        found.push((Span::new(start, whole.end()), form));
    }
    found.sort_by_key(|(span, _)| *span);
    found
}

fn is_han(c: char) -> bool {
    matches!(c, '一'..='龥' | '〇')
}

/// Bytes of a blank between prefix and bracket.
fn gap(text: &str, at: usize) -> usize {
    text.get(..at)
        .and_then(|head| head.chars().next_back())
        .filter(|&c| matches!(c, ' ' | '\u{3000}'))
        .map_or(0, char::len_utf8)
}

/// The prefix that ends at `at`; `None` where there is none or it is a placeholder.
fn prefix(text: &str, at: usize) -> Option<&str> {
    let head = text.get(..at - gap(text, at))?;
    let mut start = head.len();
    for (place, c) in head.char_indices().rev().take(LONGEST) {
        if !is_han(c) {
            if matches!(c, 'x' | 'X' | '×' | 'ｘ' | 'Ｘ' | '*' | '＊' | '_' | '□' | '○') {
                return None;
            }
            break;
        }
        start = place;
    }
    let mut prefix = head.get(start..)?;
    let chars = |text: &str| text.chars().count();
    for word in LEAD.iter().chain(BODIES) {
        if let Some(found) = prefix.rfind(word) {
            let rest = prefix.get(found + word.len()..)?;
            let part_of_code = BODIES.contains(word) && rest.starts_with(['办', '党', '发', '函', '字']);
            // 和 and 原 may also be the first character of a place.
            if chars(rest) >= 2 && !part_of_code {
                prefix = rest;
            }
        }
    }
    let prefix = without_committee(prefix);
    (chars(prefix) >= 2 && !prefix.contains('某')).then_some(prefix)
}

/// A prefix without the committee that is named before its own number: 省委皖发, 县委寿办发. 市委农发 is one of its offices'.
fn without_committee(prefix: &str) -> &str {
    let Some(at) = prefix.find('委') else { return prefix };
    let (body, rest) = prefix.split_at(at + '委'.len_utf8());
    let level = ["省委", "市委", "县委", "区委", "州委", "旗委", "地委", "党委", "党工委"]
        .iter()
        .any(|end| body.ends_with(end));
    let mut letters = rest.chars();
    let place = letters.next().is_some_and(|c| !"办党农组宣统政教直编老机保督外史群".contains(c));
    let kind = ["发", "办发", "办", "字", "办字", "文", "党发", "委发"].contains(&letters.as_str());
    if level && place && kind { rest } else { prefix }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_normalises() {
        for (text, expected) in [
            ("根据青卫发【2012】8号文件精神", "青卫发〔2012〕8号"),
            ("(鲁教组发[2009]70号)", "鲁教组发〔2009〕70号"),
            ("参照国发〔2004〕20号执行", "国发〔2004〕20号"),
            ("滨学组办发(2009) 第28号", "滨学组办发〔2009〕28号"),
            ("宁环党组?2009?2号", "宁环党组〔2009〕2号"),
            ("县政府办公室平政办发〔2011〕3号", "平政办发〔2011〕3号"),
            ("和省委皖发[1999]5号文件", "皖发〔1999〕5号"),
            ("市委农发〔2019〕5号", "市委农发〔2019〕5号"),
            ("县委办发〔2019〕5号", "县委办发〔2019〕5号"),
            ("国务院令第412号公布", "国务院令第412号"),
            ("卫生部第12号令", "卫生部第12号令"),
            ("农业部公告2010年第5号", "农业部公告2010年第5号"),
            ("苏财综 〔2002〕1号", "苏财综〔2002〕1号"),
        ] {
            let found = numbers(text);
            assert_eq!(found.iter().map(|(_, form)| form.as_str()).collect::<Vec<_>>(), [expected], "{text}");
        }
        let text = "《意见》(鲁发[2009]7号、鲁办发[2009]9号)";
        let spans: Vec<&str> = numbers(text).iter().map(|(span, _)| span.of(text)).collect();
        assert_eq!(spans, ["鲁发[2009]7号", "鲁办发[2009]9号"]);
    }

    #[test]
    fn leaves_other_text_alone() {
        for text in [
            "xx党发[2010]5号",
            "某卫发〔2010〕11号",
            "××办发〔2010〕1号",
            "孟国土[2009] 号",
            "〔2010〕11号",
            "6月25号",
            "(2010)年第3号楼",
            "电话号码12345号",
            "责令第3号窗口",
            "第12条",
            "青卫发〔20〕8号",
        ] {
            assert_eq!(numbers(text), [], "{text}");
        }
    }
}
