//! Single letters that a scan saw in the margin: `运行D机制`, `文明程度。I`.

use std::ops::Range;

use super::super::fix::Fix;
use super::super::hanzi;

/// Strays that make the letters credible as damage.
const ENOUGH: usize = 4;

/// Single letters that a scan saw in the margin: `运行D机制`, `文明程度。I`.
///
/// Evidence: four or more places in the text with I, D, l or J between Chinese characters or at the end of a Chinese line,
/// each of which is not the letter of a class (`D级`, `I类`) and which the text does not name in a series (`C、D`).
/// Counter-example: a single `E级`, `N个行业`.
pub(super) fn find(text: &str, fixes: &mut Vec<Fix>) {
    let mut found: Vec<Range<usize>> = Vec::new();
    let in_series: Vec<u8> = [("C、D", b'D'), ("H、I", b'I'), ("I、J", b'J'), ("k、l", b'l')]
        .iter()
        .filter(|row| text.contains(row.0))
        .map(|row| row.1)
        .collect();
    for at in memchr::memchr3_iter(b'I', b'D', b'l', text.as_bytes()).chain(memchr::memchr_iter(b'J', text.as_bytes()))
    {
        let (before, behind) = (text[..at].chars().next_back().unwrap_or('\n'), text[at + 1..].chars().next());
        let is_text = |c: char| hanzi::is_hanzi(c) || "，。；、：”）,;.".contains(c);
        let fits = match behind {
            None | Some('\n') => is_text(before),
            Some(c) => {
                is_text(before) && hanzi::is_hanzi(c) && !"级类型区栋座等期项个盘卡证口线打股槽组班表条款轮".contains(c)
            }
        };
        if fits && !in_series.contains(&text.as_bytes()[at]) {
            found.push(at..at + 1);
        }
    }
    if found.len() >= ENOUGH {
        fixes.extend(found.into_iter().map(Fix::delete));
    }
}
