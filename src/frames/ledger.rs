//! Rows of `ledger`: what a subordinate's plan made of its superior's, clause by clause.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::builder::TableBuilder;
use super::reading::Reading;
use super::schema::LEDGER;
use crate::compare;
use crate::span::Span;

/// A plan of a source that was read again.
pub struct PlanText<'a> {
    reading: &'a Reading,
    span: Span,
}

impl<'a> PlanText<'a> {
    /// A plan by its id.
    pub fn find(reading: &'a Reading, id: &str) -> Option<Self> {
        let (_, span) = reading.plans.iter().find(|(known, _)| known == id)?;
        Some(Self { reading, span: *span })
    }

    fn text(&self) -> &'a str {
        self.span.of(self.reading.text())
    }

    fn place(&self, clause: Span) -> (u32, u32) {
        self.reading.places().of(clause.shifted(self.span.start))
    }
}

/// The clauses of two plans side by side.
pub fn ledger(superior: &PlanText, subordinate: &PlanText) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&LEDGER);
    for (entry, number) in compare::ledger(superior.text(), subordinate.text()).into_iter().zip(1..) {
        let mut row = table.row();
        row.u32(number)
            .category(entry.status.as_str())
            .str(entry.a.map(|clause| clause.of(superior.text())))
            .str(entry.b.map(|clause| clause.of(subordinate.text())));
        for place in [entry.a.map(|clause| superior.place(clause)), entry.b.map(|clause| subordinate.place(clause))] {
            row.u32(place.map(|place| place.0)).u32(place.map(|place| place.1));
        }
        row.f64(entry.similarity).str(entry.edit.as_deref()).end();
    }
    table.finish()
}
