//! Rows of `tokens` and `kwic`: words of plans, and a pattern in context.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use regex::Regex;

use super::builder::TableBuilder;
use super::reading::Reading;
use super::schema::{KWIC, TOKENS};
use crate::lexicon::Lexicon;
use crate::span::Span;

/// The words of the plans of a source.
pub fn tokens(reading: &Reading, lexicon: &Lexicon) -> Result<RecordBatch, ArrowError> {
    let words = &lexicon.compiled().words;
    let places = reading.places();
    let mut table = TableBuilder::new(&TOKENS);
    for (id, plan) in &reading.plans {
        let mut run = 0;
        let mut end = plan.start;
        for word in words.of(plan.of(reading.text())) {
            let span = word.span.shifted(plan.start);
            run += u32::from(span.start != end);
            end = span.end;
            table.row().str(id.as_str()).str(word.text).str(word.tag).bool(word.stop).u32(run).place(places.of(span));
        }
    }
    table.finish()
}

/// The places where a pattern occurs in the plans of a source, with `window` characters of the plan on either side, in one line.
pub fn kwic(reading: &Reading, pattern: &Regex, window: usize) -> Result<RecordBatch, ArrowError> {
    let places = reading.places();
    let mut table = TableBuilder::new(&KWIC);
    for (id, plan) in &reading.plans {
        let text = plan.of(reading.text());
        for found in pattern.find_iter(text).filter(|found| !found.is_empty()) {
            let (before, behind) = (&text[..found.start()], &text[found.end()..]);
            let left = before.char_indices().rev().nth(window.saturating_sub(1)).map_or(0, |(at, _)| at);
            let left = if window == 0 { "" } else { &before[left..] };
            let right = behind.char_indices().nth(window).map_or(behind, |(at, _)| &behind[..at]);
            let span = Span::new(found.start(), found.end()).shifted(plan.start);
            table
                .row()
                .str(id.as_str())
                .str(one_line(left).as_str())
                .str(one_line(found.as_str()).as_str())
                .str(one_line(right).as_str())
                .place(places.of(span));
        }
    }
    table.finish()
}

fn one_line(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect()
}
