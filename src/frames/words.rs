//! Rows of `tokens`, `kwic`, `places` and `residue`: what stands in the repaired texts of plans, with its place in the sources.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use regex::Regex;

use super::builder::TableBuilder;
use super::place::Places;
use super::schema::{KWIC, PLACES, RESIDUE, TOKENS};
use super::verify::Bytes;
use crate::clean;
use crate::compare::{self, PlaceUse};
use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer::Chain;
use crate::model::{AdminLevel, Parsed, PlaceRelation};
use crate::pipeline::Options;
use crate::span::{CharIndex, Span};

/// A plan of a source: its id, and its first code point and the one after its last.
pub type PlanPlace = (String, u32, u32);

/// A source that is read again, with its plans.
pub struct Reading {
    parsed: Parsed,
    chars: CharIndex,
    plans: Vec<(String, Span)>,
}

impl Reading {
    /// Clean a source as the parse did, and find its plans in the repaired text.
    pub fn new(source: String, plans: Vec<PlanPlace>, lexicon: &Lexicon, options: &Options) -> Self {
        let (cleaned, _) = clean::clean(&source, lexicon, options);
        let bytes = Bytes::new(&source);
        let plans = plans
            .into_iter()
            .map(|(id, start, end)| {
                let span = Span::new(bytes.at(&source, start), bytes.at(&source, end));
                (id, cleaned.map.to_output(span))
            })
            .collect();
        let chars = CharIndex::new(&source);
        Self { parsed: Parsed { source, cleaned, ..Parsed::default() }, chars, plans }
    }

    /// Ids of its plans.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.plans.iter().map(|(id, _)| id.as_str())
    }

    fn text(&self) -> &str {
        &self.parsed.cleaned.text
    }

    fn places(&self) -> Places<'_> {
        Places::new(&self.parsed, &self.chars)
    }
}

/// The words of the plans of a source.
pub fn tokens(reading: &Reading, lexicon: &Lexicon) -> Result<RecordBatch, ArrowError> {
    let words = &lexicon.compiled().words;
    let places = reading.places();
    let mut table = TableBuilder::new(&TOKENS);
    for (id, plan) in &reading.plans {
        let mut run = 0;
        let mut end = plan.start;
        for word in words.of(plan.of(reading.text())) {
            let span = Span { start: word.span.start + plan.start, end: word.span.end + plan.start };
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
            let span = Span::new(found.start() + plan.start as usize, found.end() + plan.start as usize);
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

/// What is known of a plan's place: its code, and the year of the code.
pub type Own = (Option<u32>, Option<i32>);

/// The places that the plans of a source name, seen from their own; `own` has one entry a plan.
pub fn places(reading: &Reading, own: &[Own], lexicon: &Lexicon) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&PLACES);
    for plan in PlanPlaces::all(reading, own, lexicon) {
        for used in &plan.found {
            table
                .row()
                .str(plan.id)
                .str(used.place.span.of(plan.text))
                .category(used.place.level.map(AdminLevel::as_str))
                .str(used.place.name.as_deref())
                .str(used.place.code.as_deref())
                .f64(used.place.confidence)
                .category(used.relation.map(PlaceRelation::as_str))
                .str(used.cited)
                .str(used.body.map(|body| body.of(plan.text)))
                .place(plan.place(reading, used.place.span));
        }
    }
    table.finish()
}

/// The names in the plans of a source that belong to another place's document.
pub fn residue(reading: &Reading, own: &[Own], lexicon: &Lexicon) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&RESIDUE);
    for plan in PlanPlaces::all(reading, own, lexicon) {
        for used in &plan.found {
            let (Some(kind), Some(home), Some(chain)) = (used.residue(), &plan.home, used.place.chain) else {
                continue;
            };
            let name = used.body.unwrap_or(used.place.span);
            let (there, here) = (chain.full_name(), home.full_name());
            table
                .row()
                .str(plan.id)
                .str(name.of(plan.text))
                .category(kind.as_str())
                .str(format!("{there} is no part of {here}, and nothing around it cites it").as_str())
                .place(plan.place(reading, name));
        }
    }
    table.finish()
}

/// The places that one plan names.
struct PlanPlaces<'a> {
    id: &'a str,
    /// The plan's own place, if it is known.
    home: Option<Chain>,
    text: &'a str,
    start: u32,
    found: Vec<PlaceUse>,
}

impl<'a> PlanPlaces<'a> {
    fn all(reading: &'a Reading, own: &'a [Own], lexicon: &'a Lexicon) -> impl Iterator<Item = Self> {
        let gazetteer = &lexicon.compiled().gazetteer;
        reading.plans.iter().zip(own).map(move |((id, plan), (code, year))| {
            let text = plan.of(reading.text());
            let home = code.and_then(|code| gazetteer.place(code, *year));
            let found = compare::places(text, *year, home.as_ref(), gazetteer);
            Self { id, home, text, start: plan.start, found }
        })
    }

    /// Where a span of the plan stands in the source.
    fn place(&self, reading: &Reading, span: Span) -> (u32, u32) {
        reading.places().of(Span { start: span.start + self.start, end: span.end + self.start })
    }
}

fn one_line(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect()
}
