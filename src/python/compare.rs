//! Two plans side by side.

use pyo3::prelude::*;

use super::arrow::ArrowTable;
use super::errors::internal;
use crate::compare::{Item, compare};
use crate::frames::arrow_schema;
use crate::frames::comparison::{Placed, comparison};
use crate::frames::schema::COMPARE;

/// A row of a plan: aspect, number, what it is called (parts separated by tabs), text, start, end.
type RowTuple = (String, u32, String, String, u32, u32);

/// Align the rows of two plans.
#[pyfunction]
pub fn compare_rows(py: Python<'_>, a: Vec<RowTuple>, b: Vec<RowTuple>) -> PyResult<ArrowTable> {
    let placed = |rows: Vec<RowTuple>| -> Vec<Placed> {
        rows.into_iter()
            .map(|(aspect, id, key, text, start, end)| Placed {
                item: Item { aspect, key, text },
                id,
                place: (start, end),
            })
            .collect()
    };
    let batch = py.detach(|| {
        let (a, b) = (placed(a), placed(b));
        let items = |rows: &[Placed]| rows.iter().map(|row| row.item.clone()).collect::<Vec<_>>();
        comparison(&a, &b, &compare(&items(&a), &items(&b)))
    });
    Ok(ArrowTable::new(arrow_schema(&COMPARE), vec![batch.map_err(internal)?]))
}
