//! Words of plans, places where a pattern occurs, and the places that plans name.

use std::collections::HashMap;

use pyo3::prelude::*;
use regex::Regex;

use super::arrow::ArrowTable;
use super::errors::to_python;
use super::lexicon::Lexicon;
use super::reading::{Given, Work};
use crate::error::{Error, ErrorKind};
use crate::frames::mentions::{self, Own};
use crate::frames::schema::{KWIC, PLACES, RESIDUE, TOKENS};
use crate::frames::words::{kwic, tokens};

/// The words of plans.
#[pyfunction]
#[pyo3(signature = (sources, *, lexicon=None, repairs=None, threads=None, progress=None))]
pub fn token_rows(
    py: Python<'_>,
    sources: Vec<Given<'_>>,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
    threads: Option<i64>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<ArrowTable> {
    Work::new(py, lexicon, repairs, threads, progress)?.table(sources, &TOKENS, tokens)
}

/// The places where a regular expression occurs in plans.
#[pyfunction]
#[pyo3(signature = (sources, pattern, window, *, lexicon=None, repairs=None, threads=None, progress=None))]
#[allow(clippy::too_many_arguments)] // keywords of a Python function
pub fn kwic_rows(
    py: Python<'_>,
    sources: Vec<Given<'_>>,
    pattern: &str,
    window: usize,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
    threads: Option<i64>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<ArrowTable> {
    let pattern = Regex::new(pattern).map_err(|error| {
        let message =
            format!("the pattern is no regular expression: {error}; use regex=False to search for it as it is");
        to_python(py, &Error::new(ErrorKind::InvalidArgument, message))
    })?;
    Work::new(py, lexicon, repairs, threads, progress)?
        .table(sources, &KWIC, |reading, _| kwic(reading, &pattern, window))
}

/// The places that plans name (`residue` false), or the names that belong to another place's document; `own` has for each plan of each
/// source the code of its place and the year of the code.
#[pyfunction]
#[pyo3(signature = (sources, own, residue, *, lexicon=None, repairs=None, threads=None, progress=None))]
#[allow(clippy::too_many_arguments)] // keywords of a Python function
pub fn place_rows(
    py: Python<'_>,
    sources: Vec<Given<'_>>,
    own: HashMap<String, Own>,
    residue: bool,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
    threads: Option<i64>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<ArrowTable> {
    let table = if residue { &RESIDUE } else { &PLACES };
    Work::new(py, lexicon, repairs, threads, progress)?.table(sources, table, |reading, lexicon| {
        let own: Vec<Own> = reading.ids().map(|id| own.get(id).copied().unwrap_or_default()).collect();
        if residue { mentions::residue(reading, &own, lexicon) } else { mentions::places(reading, &own, lexicon) }
    })
}
