//! Rows of `dates`: the time expressions of a text.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::builder::TableBuilder;
use super::place::Places;
use super::schema::DATES;
use crate::clean;
use crate::extract::dates::{Base, Basis, expressions};
use crate::lexicon::Lexicon;
use crate::model::{Parsed, Precision};
use crate::pipeline::Options;
use crate::span::CharIndex;

/// The time expressions of a source text, read from the repaired text, with their places in the source.
pub fn dates(source: String, lexicon: &Lexicon, base: &Base) -> Result<RecordBatch, ArrowError> {
    let (cleaned, _) = clean::clean(&source, lexicon, &Options::default());
    let chars = CharIndex::new(&source);
    let parsed = Parsed { source, cleaned, ..Parsed::default() };
    let places = Places::new(&parsed, &chars);
    let mut table = TableBuilder::new(&DATES);
    for time in expressions(&parsed.cleaned.text, base) {
        table
            .row()
            .str(places.text(time.span))
            .category(time.kind.as_str())
            .date(time.start)
            .date(time.end)
            .category(time.precision().map(Precision::as_str))
            .category(time.basis.map(Basis::as_str))
            .place(places.of(time.span));
    }
    table.finish()
}
