//! Rows of `reuse`: passages that plans share.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::builder::TableBuilder;
use super::reading::Reading;
use super::schema::REUSE;
use crate::compare::reuse::{Index, Letters, Passage, passages, tiles};
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

/// Plans that are compared: ids, letters, and the index over them, all in the same order.
pub struct Compared {
    /// Ids.
    pub ids: Vec<String>,
    /// Letters.
    pub letters: Vec<Letters>,
    /// Fingerprints.
    pub index: Index,
}

/// What counts as a passage.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Letters of a passage that have to be the same.
    pub min_chars: usize,
    /// Regions in which boilerplate stands.
    pub boilerplate_regions: u32,
    /// Whether every pair is compared, and not only those that share fingerprints.
    pub exhaustive: bool,
}

/// The passages that a plan shares with others: which other, the passage, and how many regions it stands in.
pub type Found = Vec<(usize, Passage, u32)>;

/// The passages that a plan shares with those behind it, in the order of these.
pub fn of_plan(compared: &Compared, plan: usize, terms: Terms) -> Found {
    let others =
        if terms.exhaustive { (plan + 1..compared.ids.len()).collect() } else { compared.index.candidates(plan) };
    let mut out = Vec::new();
    for other in others {
        for passage in passages(&tiles(&compared.letters[plan], &compared.letters[other]), terms.min_chars) {
            out.push((other, passage, compared.index.regions(plan, other, passage.a.0, passage.a.1)));
        }
    }
    out
}

/// The rows of what [`of_plan`] found for each plan, in order.
pub fn rows(compared: &Compared, found: &[Found], terms: Terms) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&REUSE);
    for (plan, passages) in found.iter().enumerate() {
        for (other, passage, regions) in passages {
            table
                .row()
                .str(compared.ids[plan].as_str())
                .str(compared.ids[*other].as_str())
                .place_before(compared.letters[plan].place(passage.a.0, passage.a.1))
                .place_before(compared.letters[*other].place(passage.b.0, passage.b.1))
                .u32(passage.same as u32)
                .f64(passage.similarity())
                .bool(*regions >= terms.boilerplate_regions)
                .u32(*regions)
                .u32(passage.longest as u32)
                .end();
        }
    }
    table.finish()
}
