//! Plans and groups of plans side by side.

use pyo3::prelude::*;

use super::arrow::{ArrowTable, Tables};
use super::errors::internal;
use crate::frames::arrow_schema;
use crate::frames::comparison::comparison;
use crate::frames::schema::COMPARE;
use crate::frames::stored::{Stored, plans};

/// Align the rows of two plans, or of two groups of plans, which `tables` have.
#[pyfunction]
pub fn compare_rows(py: Python<'_>, tables: Tables, a: Vec<String>, b: Vec<String>) -> PyResult<ArrowTable> {
    let stored = plans(&tables.0).map_err(internal)?;
    let batch = py.detach(|| {
        let of = |ids: &[String]| -> Vec<&Stored> { stored.iter().filter(|plan| ids.contains(&plan.id)).collect() };
        comparison(&of(&a), &of(&b))
    });
    Ok(ArrowTable::new(arrow_schema(&COMPARE), vec![batch.map_err(internal)?]))
}
