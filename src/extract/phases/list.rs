//! Steps that are the items of a list of sentences.

use std::sync::LazyLock;

use regex::Regex;

use super::name::name;
use super::phase_at;
use super::series::children_free;
use super::when::{base, dated};
use crate::extract::Context;
use crate::model::{Phase, PhaseKind, Section};
use crate::outline;
use crate::span::Span;

pub(super) static BEGINS_WITH_OBJECT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^对[^，。；]{2,12}?进行").expect("a literal pattern"));

/// The items of a list of sentences under a section on steps: each item's first clause names a step.
pub(super) fn from_list(context: &Context, section: &Section, says_stage: bool) -> Vec<Phase> {
    if !children_free(context, section) {
        return Vec::new();
    }
    let items =
        outline::items(context.text, Span { start: section.heading_span.end, end: section.span.end }, context.lexicon);
    let outer: Vec<_> = items.iter().filter(|(depth, _, _)| *depth == 1).collect();
    if !(2..=10).contains(&outer.len()) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut last_end = None;
    for ((_, _, item), place) in outer.iter().zip(1u32..) {
        let text = Span { start: item.heading.span.start, end: item.span.end }.of(context.text).trim();
        let clause = text.split(['，', ',', '；', ';', '。', ':', '：']).next().unwrap_or("");
        let clause = BEGINS_WITH_OBJECT.replace(clause, "");
        let Some(name) = name(&clause) else { return Vec::new() };
        if name.chars().count() > 20 {
            return Vec::new();
        }
        let (start, end, date_text) =
            dated(clause_of_dates(text), &base(context, last_end)).unwrap_or((None, None, None));
        last_end = end.or(last_end);
        let dated = start.is_some() || end.is_some();
        out.push(Phase {
            ordinal: if item.marker.number > 0 { item.marker.number as u32 } else { place },
            kind: if says_stage || dated { PhaseKind::Stage } else { PhaseKind::Step },
            start,
            end,
            date_text,
            ..phase_at(context, Some(name), item.span.trimmed(context.text))
        });
    }
    out
}

pub(super) fn clause_of_dates(text: &str) -> &str {
    let end = text.char_indices().nth(40).map_or(text.len(), |(at, _)| at);
    let head = &text[..end];
    head.split(['。', '；']).next().unwrap_or(head)
}
