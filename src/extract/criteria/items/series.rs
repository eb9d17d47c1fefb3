//! Lists over several sentences or lines: numbered, led by dashes, or one paragraph an item.

use super::Item;
use super::trim::clause_end;
use crate::extract::Context;
use crate::extract::criteria::formula;
use crate::outline;
use crate::outline::marker::{Family, Marker, Place};
use crate::span::Span;

/// 一是…二是…, 一查…二查…, (1)…(2)…, 1、…2、… in order, on one line or over several.
pub(in super::super) fn numbered(context: &Context, start: usize, count: u32) -> Vec<Item> {
    let text = context.text;
    let limit = (start + 6000).min(context.span.end as usize);
    let limit = (limit..=context.span.end as usize).find(|&at| text.is_char_boundary(at)).unwrap_or(start);
    let span = Span::new(start, limit);
    // The first marker begins behind two characters at most; without one there, the rest need not be looked at.
    let near = text.get(start..limit).unwrap_or("");
    let third = near.char_indices().filter(|(_, c)| !c.is_whitespace()).nth(2).map_or(limit, |(at, _)| start + at);
    let reach = (third + 150..limit).find(|&at| text.is_char_boundary(at)).unwrap_or(limit);
    if !outline::marker::scan(text, Span::new(start, reach))
        .iter()
        .any(|m| m.number == 1 && m.span.start as usize <= third)
    {
        return Vec::new();
    }
    let markers = outline::marker::scan(text, span);
    let lead = |at: u32| text.get(start..at as usize).unwrap_or("").trim().chars().count();
    let Some(first) = markers.iter().find(|m| m.number == 1 && lead(m.span.start) <= 2) else { return Vec::new() };
    let mut series: Vec<Marker> = Vec::new();
    for marker in markers.iter().filter(|m| m.family == first.family) {
        if marker.number != series.len() as u64 + 1 {
            if marker.number == 1 {
                break;
            }
            continue;
        }
        // A senior heading between two items ends the series.
        let crossed = series.last().is_some_and(|last| {
            markers.iter().any(|m| {
                last.span.end < m.span.start
                    && m.span.start < marker.span.start
                    && m.family < marker.family
                    && m.place == Place::LineStart
                    && matches!(m.family, Family::Han | Family::Chapter | Family::HanBracket)
            })
        });
        if crossed || series.len() as u32 >= count {
            break;
        }
        series.push(*marker);
    }
    let mut out: Vec<Item> = Vec::new();
    for (at, marker) in series.iter().enumerate() {
        let from = marker.span.end as usize;
        let to = series.get(at + 1).map_or(limit, |next| next.span.start as usize);
        let body = text.get(from..to).unwrap_or("");
        let item = Span::new(from, from + clause_end(body)).trimmed(text);
        let item = Span::new(
            item.start as usize,
            item.start as usize + item.of(text).trim_end_matches([',', '，', '、']).len(),
        );
        // 一查思想是否更新: the verb belongs to the item.
        let verb = text[..from].chars().next_back().filter(|&c| marker.family == Family::HanVerb && c == '查');
        let words = outline::one_line(item.of(text));
        let words = verb.map_or(words.clone(), |verb| format!("{verb}{words}"));
        if words.chars().count() < 2 {
            break;
        }
        let from = item.start - verb.map_or(0, |verb| verb.len_utf8() as u32);
        out.push(Item { text: words, span: Span { start: from, end: item.end } });
    }
    out
}

/// Items that begin the lines behind a colon: led by dashes (——经营秩序规范。), or each with its first words (建设好。严格执行…).
///
/// Without dashes there must be exactly as many as declared, and they must show that they are the formula's ([`belong`]).
pub(super) fn lines(context: &Context, start: usize, formula: &str, count: u32) -> Vec<Item> {
    let limit = context.span.end as usize;
    let rest = context.text.get(start..limit).unwrap_or("");
    if !rest.trim_start_matches([' ', '\u{3000}', '\r']).starts_with('\n') {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut dashed = false;
    let mut at = start;
    for line in rest.split_inclusive('\n').take(2 * count as usize + 4) {
        let from = at;
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let lead = line.len() - line.trim_start().len();
        let dashes = line[lead..].len() - line[lead..].trim_start_matches(['—', '－', '-', '–', '●', '◆', '■']).len();
        if out.is_empty() {
            dashed = dashes > 0;
        }
        if dashed != (dashes > 0) || out.len() == count as usize {
            break;
        }
        let begin = from + lead + dashes;
        let body = &context.text[begin..at];
        let item = Span::new(begin, begin + clause_end(body)).trimmed(context.text);
        let words = outline::one_line(item.of(context.text));
        if !(2..=40).contains(&words.chars().count()) {
            break;
        }
        out.push(Item { text: words, span: item });
    }
    let enough =
        if dashed { out.len() >= 2 && out.len() as u32 * 5 >= count * 3 } else { belong(&out, formula, count, 14) };
    if enough { out } else { Vec::new() }
}

/// Whether items show by themselves that a formula means them: exactly as many as it declares, all short, and half of them share a
/// character with what it counts (“三个表率”: 爱岗敬业作表率) or all end alike.
pub(super) fn belong(found: &[Item], formula: &str, count: u32, longest: usize) -> bool {
    let last = |item: &Item| item.text.chars().next_back();
    let alike = found.iter().all(|item| last(item) == found.first().and_then(last));
    found.len() == count as usize
        && count >= 2
        && found.iter().all(|item| item.text.chars().count() <= longest)
        && (share(found, formula) || alike)
}

/// Whether half of the items share a character with what the formula counts.
pub(in super::super) fn share(found: &[Item], formula: &str) -> bool {
    let counted = formula::counted(formula);
    found.iter().filter(|item| item.text.chars().any(|c| counted.contains(c))).count() * 2 >= found.len()
}
