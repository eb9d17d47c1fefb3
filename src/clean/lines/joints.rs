//! Breaks inside a sentence.

use super::super::{hanzi, language};
use super::Joint;
use super::page::{Page, columns, ends_sentence};

/// Breaks that may go.
///
/// A break goes only if the line before it is running text (it has a clause's punctuation, or is as wide as the page), ends
/// within a sentence, and the next line goes on with it: no marker, no indent, no date or signature, with punctuation of
/// its own. On a page with a fixed width that is enough; elsewhere the joint itself must show it: a word that cannot end a
/// line (和, 按照; not 普及, whose last character is part of a word), what opens before it and closes behind it (“…”, 《…》), a
/// number that it parts from its unit, or a pair of characters over the joint that the text has elsewhere.
/// Counter-examples: headings, titles, letterheads, signatures, lists of names, the address of a speech. It misses breaks
/// inside short lines and broken titles, which other stages put together.
pub(super) fn find(text: &str, page: Option<&Page>) -> Vec<Joint> {
    let mut joints = Vec::new();
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let end = start + line.len();
        let body = line.trim_end();
        let next_line = text[end..].split('\n').next().unwrap_or("");
        let is_full = |line| page.is_some_and(|page| page.is_full(line));
        if line.ends_with('\n')
            && let (Some(before), Some(behind)) = (body.chars().next_back(), next_line.chars().next())
            && let Some(certain) = joint(body, next_line, (before, behind), (is_full(number), is_full(number + 1)))
        {
            joints.push(Joint { start: start + body.len(), end, pair: (before, behind), certain });
        }
        start = end;
    }
    joints
}

/// Whether two lines, which may reach the edge of the page, may be one sentence; `Some(true)` if that is certain.
fn joint(line: &str, next: &str, (before, behind): (char, char), (full, next_full): (bool, bool)) -> Option<bool> {
    // A closing mark, or the unit of a number, never begins a line.
    if line.is_empty() || ends_sentence(line) {
        return None;
    }
    let closes = matches!(behind, '）' | ')' | '。' | '，' | '；' | '》' | '”' | '：' | '！' | '？');
    let torn = || closes || tears_date(line, next) && !is_form(line) || tears_bracket(line, next);
    if columns(line) >= 24 && torn() {
        return Some(true);
    }
    let goes_on = hanzi::is_hanzi(before) || matches!(before, '，' | ',' | '、') || before.is_ascii_digit();
    let starts =
        hanzi::is_hanzi(behind) || matches!(behind, '“' | '《' | '、' | '，' | ',' | '。') || behind.is_ascii_digit();
    if !goes_on || !starts || is_marked(next) || is_form(line) || is_form(next) {
        return None;
    }
    let next = next.trim_end();
    let next_runs = next.contains(['，', ',', '。', '；', ';', '、']) || ends_sentence(next);
    let tail = line.rsplit(['。', '；', ';']).next().unwrap_or(line);
    let runs = line.contains(['，', ',', '。', '；', ';', '：', ':'])
        && (!is_marked(line) || line.contains('。') || line.contains(['：', ':']));
    let odd = matches!(behind, '、' | '，' | ',' | '。') || matches!(before, '、' | '，' | ',');
    if full {
        // A full line, going on in a line of running text or in another full one.
        return (next_runs || next_full).then_some(!is_marked(line) || odd || line.contains(['。', '，', ',']));
    }
    if !runs || !next_runs || columns(line) < 24 || !hanzi::is_hanzi(before) && !odd {
        return None;
    }
    // The heading before its text: `一、提高认识，加强领导`; names: `成员：甲、乙`.
    let names = tail.contains('、') && !tail.contains(['，', ',', '的']);
    if names && !odd {
        return None;
    }
    if is_address(line) || is_address(next) {
        return None;
    }
    let open_end = OPEN_ENDS.iter().any(|word| line.ends_with(word) && !ends_word(line, word));
    Some(odd || open_end)
}

/// What cannot end a line that is complete.
const OPEN_ENDS: &[&str] = &[
    "按照", "根据", "以及", "和", "与", "及", "或", "把", "将", "以", "从", "向", "由", "被", "使", "为了", "围绕",
    "并", "且", "在",
];

/// Whether a line ends in a longer word than the one of a character that it seems to end in: 普及 rather than 及.
fn ends_word(line: &str, word: &str) -> bool {
    let mut back = line.chars().rev();
    match (back.next(), back.next()) {
        (Some(last), Some(before)) if word.chars().nth(1).is_none() => language::is_pair(before, last),
        _ => false,
    }
}

/// Whether a break parts a number from the unit of a date, or from its percent sign.
fn tears_date(line: &str, next: &str) -> bool {
    let digits = line.bytes().rev().take_while(u8::is_ascii_digit).count();
    let more = next.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && more > 0 {
        let before = &line[..line.len() - digits];
        return match next[more..].chars().next() {
            Some('年') => digits + more == 4,
            Some('月') => digits + more == 2 && before.ends_with('年'),
            Some('日') => digits + more == 2 && before.ends_with('月'),
            Some('%' | '％') => digits + more <= 3,
            _ => false,
        };
    }
    match next.chars().next() {
        Some('年') => matches!(digits, 1 | 2 | 4) && !next.starts_with("年度"),
        Some('月') => matches!(digits, 1 | 2),
        Some('日') => matches!(digits, 1 | 2) && !next.starts_with("日常"),
        Some('%' | '％') => digits > 0,
        _ => false,
    }
}

/// Whether a break parts a quotation, a title or what stands in brackets: what opens in the line closes in the next one.
fn tears_bracket(line: &str, next: &str) -> bool {
    let closes = |open: char, close: char| {
        let is_open = line.rfind(open).is_some_and(|at| !line[at..].contains(close));
        is_open && next.find(close).is_some_and(|at| !next[..at].contains(open))
    };
    !is_marked(next)
        && [('“', '”'), ('《', '》'), ('（', '）'), ('(', ')'), ('〔', '〕')].iter().any(|pair| closes(pair.0, pair.1))
}

/// Whether a line addresses those to whom a speech is made.
fn is_address(line: &str) -> bool {
    ["各位", "女士们", "同志们", "先生们", "朋友们", "代表们", "乡亲们"].iter().any(|word| line.contains(word))
}

/// Whether a line begins with a marker, an indent, or a word that begins a paragraph of its own.
fn is_marked(line: &str) -> bool {
    let mut characters = line.chars();
    let Some(first) = characters.next() else { return true };
    if matches!(first, ' ' | '\u{3000}' | '\u{a0}' | '\t' | '(' | '（' | '第' | '①'..='⑳' | '㈠'..='㈩' | '【' | '-' | '—' | '–' | '―' | '－' | '●' | '•' | '◆' | '■' | '□' | '★' | '※' | '▲' | '○' | '*')
    {
        return true;
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    if rest.len() < line.len() && rest.starts_with(['、', '.', '．', ')', '）', '是', ':', '：', ' ']) {
        return true;
    }
    [
        "附件",
        "附表",
        "附：",
        "附:",
        "主题词",
        "抄送",
        "抄报",
        "首先",
        "其次",
        "再次",
        "最后",
        "目标",
        "组长",
        "成员",
        "副组长",
    ]
    .iter()
    .any(|word| line.starts_with(word))
}

/// Rows of tables, dates, addresses and other lines that are no running text.
fn is_form(line: &str) -> bool {
    line.contains(['|', '\t', '│', '┃'])
        || line.contains("://")
        || line.trim_start().contains("  ")
        || line.contains("\u{3000}\u{3000}") && !line.starts_with('\u{3000}')
        || (line.ends_with('日') && line.chars().count() <= 16)
}
