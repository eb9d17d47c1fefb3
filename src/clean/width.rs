//! Forms of characters: full-width letters and digits, radicals in the place of characters, invisible characters, HTML
//! entities, line ends.
//!
//! Chinese punctuation stays as it is, as do the spaces U+3000 and U+00A0 that indent paragraphs.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fix::Fix;
use super::{Context, Pass, hanzi};
use crate::diagnostic::Diagnostic;
use crate::model::RepairKind;

/// Pairs of a radical or compatibility ideograph and the character that it stands for.
static COMPATIBILITY: &str = include_str!("../lexicon/data/compatibility.txt");

static UNIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut characters = COMPATIBILITY.trim_end().chars();
    std::iter::from_fn(|| Some((characters.next()?, characters.next()?))).collect()
});

/// The pass.
pub(super) const PASS: Pass = Pass { kind: RepairKind::Width, find };

const ENTITIES: &[(&str, &str)] = &[
    ("nbsp;", " "),
    ("ensp;", " "),
    ("emsp;", "\u{3000}"),
    ("lt;", "<"),
    ("gt;", ">"),
    ("quot;", "\""),
    ("apos;", "'"),
    ("ldquo;", "“"),
    ("rdquo;", "”"),
    ("lsquo;", "‘"),
    ("rsquo;", "’"),
    ("mdash;", "—"),
    ("ndash;", "–"),
    ("hellip;", "…"),
    ("middot;", "·"),
    ("bull;", "•"),
    ("times;", "×"),
    ("divide;", "÷"),
    ("deg;", "°"),
    ("permil;", "‰"),
    ("le;", "≤"),
    ("ge;", "≥"),
    ("radic;", "√"),
    ("copy;", "©"),
    ("reg;", "®"),
    ("laquo;", "«"),
    ("raquo;", "»"),
    ("lang;", "〈"),
    ("rang;", "〉"),
];

/// Whether a character has another form that the pass puts in its place.
pub(super) fn is_form(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}'
        | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e000}'..='\u{f8ff}' | '○' | 'Ｏ' | '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '．'
        | '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}')
}

fn find(text: &str, context: &Context<'_>, _: &mut Vec<Diagnostic>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    if context.profile.forms > 0 {
        let mut before = '\0';
        // Only white space and digits since the start of the line.
        let mut is_head = true;
        let mut characters = text.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let range = at..at + c.len_utf8();
            let next = characters.peek().map(|x| x.1);
            match c {
                '\r' if next == Some('\n') => fixes.push(Fix::quietly(range, "")),
                '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => fixes.push(Fix::quietly(range, "\n")),
                // 〇 as GB 2312, which lacks it, writes it: 二○一二年.
                '○' | 'Ｏ' if is_numeral(before) && is_in_number(&text[at..]) => {
                    fixes.push(Fix::new(range, "〇"));
                }
                // A glyph of a font's own in the place of the point behind a heading's number.
                '\u{e000}'..='\u{f8ff}' if is_head && before.is_ascii_digit() && next.is_some_and(hanzi::is_hanzi) => {
                    fixes.push(Fix::new(range, "."));
                }
                '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' => {
                    fixes.push(Fix::new(range, half(c).to_string()));
                }
                // A decimal point, not the point behind a number that counts a heading.
                '．' if half(before).is_ascii_digit() && next.is_some_and(|c| half(c).is_ascii_digit()) => {
                    fixes.push(Fix::new(range, "."));
                }
                '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => fixes.push(Fix::quietly(range, " ")),
                '．' | ' '..='~' | '\n' | '\t' | '\u{e000}'..='\u{f8ff}' | '○' => {}
                '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => {
                    if let Some(unified) = UNIFIED.get(&c) {
                        fixes.push(Fix::new(range, unified.to_string()));
                    }
                }
                _ if is_form(c) => fixes.push(Fix::quietly(range, "")),
                _ => {}
            }
            is_head = c == '\n' || (is_head && (c.is_whitespace() || c.is_ascii_digit()));
            before = c;
        }
    }
    if memchr::memchr(b'&', text.as_bytes()).is_some() {
        entities(text, &mut fixes);
        fixes.sort_by_key(|fix| fix.range.start);
    }
    fixes
}

/// A digit of a number written with Chinese digits.
fn is_numeral(c: char) -> bool {
    "〇○Ｏ一二三四五六七八九".contains(c)
}

/// Whether a digit or 年 comes behind the circles that a text begins with: `一○○` may stand for a name.
fn is_in_number(text: &str) -> bool {
    text.chars().take(5).find(|c| !matches!(c, '○' | 'Ｏ')).is_some_and(|c| is_numeral(c) || c == '年')
}

/// The half-width form of a full-width character.
fn half(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Entities of HTML, also those whose `&` was escaped in turn (`&amp;nbsp;`). A named one needs its semicolon, so that
/// `R&D` and addresses of web pages stay.
fn entities(text: &str, fixes: &mut Vec<Fix>) {
    let mut done = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        if at < done {
            continue;
        }
        let mut rest = &text[at + 1..];
        let mut escaped = false;
        while let Some(inner) = rest.strip_prefix("amp;").or_else(|| rest.strip_prefix("#38;")) {
            rest = inner;
            escaped = true;
        }
        let start = text.len() - rest.len();
        let named = ENTITIES.iter().find(|(name, _)| rest.starts_with(name));
        let fix = if let Some((name, to)) = named {
            let range = at..start + name.len();
            if to.trim().is_empty() { Fix::quietly(range, *to) } else { Fix::new(range, *to) }
        } else if let Some((length, c)) = numeric(rest) {
            Fix::new(at..start + length, c)
        } else if escaped {
            Fix::new(at..start, "&")
        } else {
            continue;
        };
        done = fix.range.end;
        fixes.push(fix);
    }
}

/// `#9826;` or `#x2662;`: its length and its character. Controls give nothing.
fn numeric(text: &str) -> Option<(usize, String)> {
    let digits = text.strip_prefix('#')?;
    let end = digits.bytes().take(9).position(|b| b == b';')?;
    let digits = &digits[..end];
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    let c = char::from_u32(code)?;
    let with = if c == '\u{a0}' { " ".to_owned() } else { c.to_string() };
    (c == '\n' || (!c.is_control() && !is_form(c))).then_some((end + 2, with))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, untouched};

    #[test]
    fn forms_become_plain() {
        check(
            super::PASS,
            &[
                ("截至２０１２年６月，完成９５％", "截至2012年6月，完成95%"),
                ("增长２．５个百分点", "增长2.5个百分点"),
                ("１．加强领导", "1．加强领导"),
                ("ＱＱ群", "QQ群"),
                ("二○一二年、二ＯＯ九年十月", "二〇一二年、二〇〇九年十月"),
                ("一、任务\n1\u{e010}突出重点", "一、任务\n1.突出重点"),
                ("陕⻄省⻔户⽹站", "陕西省门户网站"),
                ("零\u{200b}宽\u{feff}空\u{ad}格", "零宽空格"),
                ("一行\r\n二行\r三行", "一行\n二行\n三行"),
                ("&ldquo;两学一做&rdquo;&nbsp;活动&#9826;", "“两学一做” 活动♢"),
                ("A&amp;nbsp;B&amp;C", "A B&C"),
            ],
        );
    }

    #[test]
    fn punctuation_and_indents_stay() {
        untouched(
            super::PASS,
            &[
                "\u{3000}\u{3000}一、总体要求：“抓好落实”（试行）；",
                "\u{a0}\u{a0}二、主要任务",
                "R&D投入 http://example.cn/a?b=1&c=2",
                "一〇一二年－二〇一三年～",
                "第一．第二",
                "&没有实体;",
                "○重点工作、某○○同志、一○○",
                "\u{e010}方框、数据\u{e010}",
            ],
        );
    }
}
