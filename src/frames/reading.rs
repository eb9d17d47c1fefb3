//! A source that is read again for what stands in the repaired texts of its plans.

use super::place::Places;
use super::verify::Bytes;
use crate::clean;
use crate::lexicon::Lexicon;
use crate::model::Parsed;
use crate::pipeline::Options;
use crate::span::{CharIndex, Span};

/// A plan of a source: its id, and its first code point and the one after its last.
pub type PlanPlace = (String, u32, u32);

/// A source that is read again, with its plans.
pub struct Reading {
    parsed: Parsed,
    chars: CharIndex,
    /// Ids of its plans, with their spans in the repaired text.
    pub(super) plans: Vec<(String, Span)>,
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

    /// The repaired text.
    pub(super) fn text(&self) -> &str {
        &self.parsed.cleaned.text
    }

    /// The way back to the source.
    pub(super) fn places(&self) -> Places<'_> {
        Places::new(&self.parsed, &self.chars)
    }
}
