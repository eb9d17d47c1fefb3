//! Rows of the result of `compare`.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::builder::TableBuilder;
use super::schema::COMPARE;
use crate::compare::{Item, Pair};

/// A row of a plan with its number and its place in the source, in code points.
pub struct Placed {
    /// What is compared.
    pub item: Item,
    /// Its number in the plan.
    pub id: u32,
    /// Where it stands in its source.
    pub place: (u32, u32),
}

/// The comparison as a record batch; `pairs` are places in `a` and `b`.
pub fn comparison(a: &[Placed], b: &[Placed], pairs: &[Pair]) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&COMPARE);
    for pair in pairs {
        let (left, right) = (pair.a.and_then(|at| a.get(at)), pair.b.and_then(|at| b.get(at)));
        let mut row = table.row();
        row.category(left.or(right).map(|placed| placed.item.aspect.as_str()))
            .category(pair.status.as_str())
            .f64(pair.similarity)
            .u32(left.map(|placed| placed.id))
            .u32(right.map(|placed| placed.id))
            .str(left.map(|placed| placed.item.text.as_str()))
            .str(right.map(|placed| placed.item.text.as_str()))
            .u32(left.map(|placed| placed.place.0))
            .u32(left.map(|placed| placed.place.1))
            .u32(right.map(|placed| placed.place.0))
            .u32(right.map(|placed| placed.place.1))
            .end();
    }
    table.finish()
}
