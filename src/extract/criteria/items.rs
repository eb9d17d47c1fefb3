//! The items of a framework, in the layouts in which documents list them.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::Context;
use crate::outline;
use crate::outline::marker::{Family, Place};
use crate::span::Span;

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// The items that follow a formula whose text ends at `at`, `count` of them being declared.
///
/// Layouts: in brackets, (领导班子好、…); behind a colon or 即 as 一是…二是…, as (1)…(2)… or 1、…2、…, as a list with 、 or ；
/// The first layout that gives at least two items is taken. Misses items that stand before the formula.
pub fn following(context: &Context, at: usize, count: u32) -> Vec<Item> {
    let limit = context.span.end as usize;
    let mut start = at;
    let text = context.text;
    let rest = |from: usize| text.get(from..limit).unwrap_or("");
    // The closing quote, and a few words between: “五个好”先进基层党组织(…), “五个一”活动:…
    let skipped: usize = rest(start).chars().take(1).take_while(|c| matches!(c, '”' | '"' | '’')).map(char::len_utf8).sum();
    start += skipped;
    let Some(lead) = LEAD.find(rest(start)) else { return Vec::new() };
    let opener = lead.as_str();
    start += lead.end();
    if opener.ends_with(['(', '（']) {
        let inner = rest(start);
        let close = closing(inner).unwrap_or(0);
        let inner_span = Span::new(start, start + close);
        let body = inner_span.of(text);
        let lead: usize = ["即：", "即:", "即", "是指", "指"].iter().find(|word| body.starts_with(**word)).map_or(0, |word| word.len());
        return split(text, Span::new(start + lead, start + close), count);
    }
    let numbered = numbered(context, start, count);
    if numbered.len() >= 2 {
        return numbered;
    }
    // What is longer is no list, however far its sentence goes.
    let reach = rest(start).char_indices().nth(LONGEST + 1).map_or(limit, |(end, _)| start + end);
    let sentence_end = text.get(start..reach).and_then(|near| near.find(['。', '\n'])).map_or(reach, |end| start + end);
    split(text, Span::new(start, sentence_end), count)
}

/// Characters of the longest list on one line.
const LONGEST: usize = 600;

static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:的?[一-龥]{0,14})?(?:[(（]|[:：]\s*(?:即|就是|一方面)?[:：，,]?|[，,；;。]?\s*(?:即|就是|也就是|具体是|分别是|主要是|包括|是指|指)(?:要)?[:：]?)").expect("a literal pattern")
});

/// The end of a bracket that is already open.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in text.char_indices().take(600) {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            '\n' if depth == 1 && at > 400 => return None,
            _ => {}
        }
    }
    None
}

/// 一是…二是…, 一查…二查…, (1)…(2)…, 1、…2、… in order, on one line or over several.
fn numbered(context: &Context, start: usize, count: u32) -> Vec<Item> {
    let text = context.text;
    let limit = (start + 6000).min(context.span.end as usize);
    let limit = (limit..=context.span.end as usize).find(|&at| text.is_char_boundary(at)).unwrap_or(start);
    let span = Span::new(start, limit);
    // The first marker begins behind two characters at most; without one there, the rest need not be looked at.
    let near = text.get(start..limit).unwrap_or("");
    let third = near.char_indices().filter(|(_, c)| !c.is_whitespace()).nth(2).map_or(limit, |(at, _)| start + at);
    let reach = (third + 150..limit).find(|&at| text.is_char_boundary(at)).unwrap_or(limit);
    if !outline::marker::scan(text, Span::new(start, reach)).iter().any(|m| m.number == 1 && m.span.start as usize <= third) {
        return Vec::new();
    }
    let markers = outline::marker::scan(text, span);
    let lead = |at: u32| text.get(start..at as usize).unwrap_or("").trim().chars().count();
    let Some(first) = markers.iter().find(|m| m.number == 1 && lead(m.span.start) <= 2) else { return Vec::new() };
    let mut series: Vec<outline::marker::Marker> = Vec::new();
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
        let item = Span::new(item.start as usize, item.start as usize + item.of(text).trim_end_matches([',', '，', '、']).len());
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

/// Where the words of an item end: at the first stop, or at a comma behind a short first clause that more follows.
fn clause_end(body: &str) -> usize {
    let stop = body.find(['。', '；', ';', '：', ':', '\n', '！']).unwrap_or(body.len());
    let clause = &body[..stop];
    match clause.find(['，', ',']) {
        Some(comma) if clause[..comma].chars().count() <= 14 && clause.chars().count() > 16 => comma,
        _ => stop,
    }
}

/// A list on one line, parted at ；, else at 、, else at ，: whichever gives the declared count, else the strongest that parts.
fn split(text: &str, span: Span, count: u32) -> Vec<Item> {
    let body = span.of(text);
    if body.trim().is_empty() || body.chars().count() > LONGEST {
        return Vec::new();
    }
    let by = |marks: &[char]| -> Vec<Item> {
        let mut out = Vec::new();
        let mut from = span.start as usize;
        let mut depth = 0usize;
        for (at, c) in body.char_indices() {
            match c {
                '(' | '（' | '“' | '《' => depth += 1,
                ')' | '）' | '”' | '》' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && marks.contains(&c) {
                let end = span.start as usize + at;
                out.push(Span::new(from, end));
                from = end + c.len_utf8();
            }
        }
        out.push(Span::new(from, span.end as usize));
        out.into_iter()
            .map(|part| part.trimmed(text))
            .filter(|part| part.of(text).chars().count() >= 2)
            .map(|part| Item { text: tidy(part.of(text)), span: part })
            .filter(|item| item.text.chars().count() >= 2)
            .collect()
    };
    let lists = [by(&['；', ';']), by(&['、']), by(&['，', ',']), by(&['，', ',', '、']), by(&['；', ';', '，', ','])];
    if let Some(exact) = lists.iter().find(|list| list.len() == count as usize) {
        return exact.clone();
    }
    // 、 parts phrases: take as many as are declared where the list goes on into a sentence.
    lists
        .into_iter()
        .find(|list| list.len() >= 2 && list.len() <= count as usize && list.iter().all(|item| item.text.chars().count() <= 40))
        .unwrap_or_default()
}

/// An item without what only joins it to the others.
fn tidy(text: &str) -> String {
    let mut text = outline::one_line(text);
    for word in ["即", "就是", "以及", "和"] {
        if let Some(rest) = text.strip_prefix(word).filter(|rest| rest.chars().count() >= 3) {
            text = rest.to_owned();
        }
    }
    // 一是, (1), 1. left at its beginning.
    let lead = outline::marker::scan(&text, Span::new(0, text.len())).into_iter().next().filter(|m| m.span.start == 0 && m.family != Family::HanBare);
    let verb_kept = lead.is_some_and(|m| m.family == Family::HanVerb && text[..m.span.end as usize].ends_with('查'));
    let text = match lead {
        Some(marker) if verb_kept => text[marker.span.end as usize - 3..].to_owned(),
        Some(marker) => text[marker.span.end as usize..].to_owned(),
        None => text,
    };
    let text = text.strip_prefix('把').and_then(|rest| rest.find('与').map(|at| rest[at..].to_owned())).unwrap_or(text);
    text.trim_matches(|c: char| matches!(c, '“' | '”' | '：' | ':' | '，' | ',' | '等' | '。') || c.is_whitespace()).to_owned()
}
