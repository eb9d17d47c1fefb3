//! Other documents that a document names.
//!
//! **Evidence**: a title in 《》 (titles inside it included), with the number before or behind it, or a number alone.
//! 根据, 按照 … before it make it a basis, and so do 贯彻, 落实, 执行 where the document says why it is made. A short form (以下简称《条例》, or the end of a full title) is the same document.
//! **Example**: `根据《关于加强农技推广的意见》(鲁农发[2009]7号)`: a basis with its number.
//! **Counter-examples**: the document's own title; what it passes on (现将《…方案》印发给你们); journals, columns and
//! programmes (在《卫生视野》上开辟专栏); forms to be filled in (《登记表》); a short form without any full one (《方案》).
//! **Misses**: laws named without 《》; a document whose short form is no end of its title, unless 以下简称 says so.

mod around;
mod exclusions;
mod merged;
mod numbered;
mod relation;
mod titles;

use crate::diagnostic::Diagnostic;
use crate::extract::Context;
use crate::extract::number::numbers;
use crate::model::{Reference, Relation};
use crate::span::Span;
use around::{bare, clause_before, in_annexes, is_list_gap, is_own, window};
pub(crate) use exclusions::Exclusions;
use exclusions::excluded;
use merged::{Found, merged};
use numbered::{attached, fills_line, lacks_prefix, shifted};
use relation::{acts_on, passes_on};
use titles::titles;

/// The documents that a document names, each once, in the order of their first mention.
pub fn extract(context: &Context) -> (Vec<Reference>, Vec<Diagnostic>) {
    let exclusions = &context.lexicon.compiled().reference;
    let text = context.text;
    // Annexes stand behind the signature, and name documents too; so does the letter that hands out a plan, above its title.
    let letter = letter(text, context.span, context.body.start);
    let start = letter.map_or(context.body.start, |letter| letter.start);
    let body = Span { start, end: context.span.end.max(context.body.end) };
    let heads = Span { start: letter.map_or(context.body.start, |letter| letter.end), end: context.body.start };
    let in_heads = |span: Span| span.start >= heads.start && span.start < heads.end;
    let mut codes = shifted(numbers(context.of(body)), body.start);
    codes.retain(|(span, form)| !fills_line(text, *span, body) && !lacks_prefix(form) && !in_heads(*span));
    let mut used = vec![false; codes.len()];
    let head: String = Span { start: context.span.start, end: body.start }
        .of(text)
        .chars()
        .take(2000)
        .chain(heads.of(text).chars().take(2000))
        .collect();
    let head = bare(&head);
    let mut own: Vec<String> = Vec::new();
    let mut aliases: Vec<(String, String)> = Vec::new();
    let mut found: Vec<Found> = Vec::new();
    let mut last: Option<(u32, Relation)> = None;

    // Where the last title that is no document ends: a list goes on with more of its kind.
    let mut left_out: Option<u32> = None;

    for titled in titles(text, body).into_iter().filter(|titled| !in_heads(titled.span)) {
        let (start, end) = (titled.span.start as usize, titled.span.end as usize);
        let before = clause_before(text, start, body.start as usize);
        let after = window(text, end, body.end as usize, 90);
        if is_announced(&before)
            && let Some(full) = found.last().map(|found| &found.bare).or(own.last())
        {
            aliases.push((titled.bare, full.clone()));
            continue;
        }
        let (doc_number, span) = attached(text, titled.span, &codes, &mut used);
        if passes_on(&before, after) {
            // What a letter hands out stands below it, mostly.
            let in_letter = titled.span.start < context.body.start;
            let passed = !in_letter && (before.contains("转发") || after.contains("转发"));
            if passed && (doc_number.is_some() || !is_printed(text, end, body.end as usize, &titled.title)) {
                found.push(Found {
                    bare: titled.bare,
                    reference: Reference { title: Some(titled.title), doc_number, relation: Relation::Forwards, span },
                    listed: false,
                });
            } else {
                own.push(titled.bare);
            }
            continue;
        }
        let with_others = left_out.is_some_and(|end| is_list_gap(text, end, titled.span.start)) && doc_number.is_none();
        if with_others
            || excluded(&titled, &before, after, exclusions)
            || (doc_number.is_none() && in_annexes(text, body.start as usize, start))
        {
            left_out = Some(titled.span.end);
            continue;
        }
        if is_own(&head, &titled.bare) {
            continue;
        }
        let joined = last.is_some_and(|(end, _)| is_list_gap(text, end, titled.span.start));
        let relation = match last {
            Some((_, relation)) if joined => relation,
            _ if acts_on(&before, after) => Relation::Basis,
            _ => Relation::Cites,
        };
        last = Some((span.end, relation));
        found.push(Found {
            bare: titled.bare,
            reference: Reference { title: Some(titled.title), doc_number, relation, span },
            listed: joined,
        });
    }
    for ((span, form), used) in codes.iter().zip(&used) {
        if *used {
            continue;
        }
        let before = clause_before(text, span.start as usize, body.start as usize);
        let after = window(text, span.end as usize, body.end as usize, 90);
        let relation = if acts_on(&before, after) { Relation::Basis } else { Relation::Cites };
        let reference = Reference { title: None, doc_number: Some(form.clone()), relation, span: *span };
        found.push(Found { bare: form.clone(), reference, listed: false });
    }
    found.sort_by_key(|found| found.reference.span);
    join_numbers(text, &mut found);
    (merged(found, &own, &aliases, exclusions), Vec::new())
}

/// Gives numbers alone the relation of the document before them in one list: 为贯彻《…决定》和省委皖发〔1999〕5号文件精神.
fn join_numbers(text: &str, found: &mut [Found]) {
    for at in 1..found.len() {
        let Some([first, second]) = found.get_mut(at - 1..=at) else { continue };
        let (end, start) = (first.reference.span.end, second.reference.span.start);
        if second.reference.title.is_none() && start >= end && is_list_gap(text, end, start) {
            second.reference.relation = first.reference.relation;
        }
    }
}

/// The letter between the title of a notice and that of the plan which it hands out: from the first line with a comma to the
/// last with a full stop, where titles and signatures have none.
fn letter(text: &str, span: Span, body: u32) -> Option<Span> {
    let head = Span { start: span.start, end: body }.of(text);
    let end = span.start as usize + head.rfind('。')? + '。'.len_utf8();
    let mut at = span.start as usize;
    for line in head.split_inclusive('\n') {
        if line.contains(['，', ',']) && line.chars().count() >= 12 {
            return (at < end).then(|| Span::new(at, end));
        }
        at += line.len();
    }
    None
}

/// Whether a short form is announced: 以下简称《条例》.
fn is_announced(before: &str) -> bool {
    let before = before.trim_end_matches(['“', '"', ':', '：']);
    ["简称", "下称", "简称为", "统称"].iter().any(|end| before.ends_with(end))
}

/// Whether the document of a title is printed below, in the next three thousand characters: its title stands there without marks.
fn is_printed(text: &str, from: usize, to: usize, title: &str) -> bool {
    let rest = text.get(from..to).unwrap_or("");
    let rest = rest.char_indices().nth(3000).map_or(rest, |(end, _)| rest.get(..end).unwrap_or(rest));
    let marked = |place: usize| rest.get(..place).is_some_and(|head| head.ends_with('《'));
    !title.is_empty() && rest.match_indices(title).any(|(place, _)| !marked(place))
}

#[cfg(test)]
mod tests;
