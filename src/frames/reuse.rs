//! Rows of `reuse`: passages that plans share.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::builder::TableBuilder;
use super::reading::Reading;
use super::schema::REUSE;
use crate::compare::reuse::{Collection, Letters, Shared};
use crate::span::Span;

/// What of the plans of a source is compared, by plan id.
pub fn letters(reading: &Reading) -> Vec<(String, Letters)> {
    let places = reading.places();
    reading
        .plans
        .iter()
        .map(|(id, plan)| {
            let text = plan.of(reading.text());
            let letters = Letters::new(text, |start, end| places.of(Span::new(start, end).shifted(plan.start)));
            (id.clone(), letters)
        })
        .collect()
}

/// The rows of what each plan of a collection shares with those behind it, in order; `ids` are theirs.
pub fn rows(ids: &[String], collection: &Collection, found: &[Vec<Shared>]) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&REUSE);
    let letters = collection.letters();
    for (plan, passages) in found.iter().enumerate() {
        for shared in passages {
            let (a, b) = (shared.passage.a, shared.passage.b);
            table
                .row()
                .str(ids[plan].as_str())
                .str(ids[shared.other].as_str())
                .place_before(letters[plan].place(a.0, a.1))
                .place_before(letters[shared.other].place(b.0, b.1))
                .u32(shared.passage.same as u32)
                .f64(shared.passage.similarity())
                .bool(shared.boilerplate)
                .u32(shared.regions)
                .u32(shared.passage.longest as u32)
                .end();
        }
    }
    table.finish()
}
