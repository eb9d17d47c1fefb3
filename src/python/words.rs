//! Words of plans, places where a pattern occurs, and the places that plans name.

use std::collections::HashMap;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use pyo3::prelude::*;
use pyo3::types::PyString;
use rayon::prelude::*;
use regex::Regex;

use super::arrow::ArrowTable;
use super::errors::{internal, to_python};
use super::lexicon::Lexicon;
use super::parse::{options, pool};
use super::text::utf8;
use crate::error::{Error, ErrorKind};
use crate::frames::arrow_schema;
use crate::frames::mentions::{self, Own};
use crate::frames::reading::{PlanPlace, Reading};
use crate::frames::schema::{KWIC, PLACES, RESIDUE, TOKENS, Table};
use crate::frames::words::{kwic, tokens};
use crate::lexicon::Lexicon as Core;

/// Sources between two looks at Ctrl-C and the bar of progress.
const CHUNK: usize = 256;

/// A source with the plans that are read in it.
type Given<'py> = (Bound<'py, PyString>, Vec<PlanPlace>);

/// The words of plans.
#[pyfunction]
#[pyo3(signature = (sources, *, lexicon=None, repairs=None, threads=None, progress=None))]
pub fn token_rows(
    py: Python<'_>,
    sources: Vec<Given<'_>>,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
    threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<ArrowTable> {
    read(py, sources, lexicon, repairs, threads, progress, &TOKENS, tokens)
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
    threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<ArrowTable> {
    let pattern = Regex::new(pattern).map_err(|error| {
        let message =
            format!("the pattern is no regular expression: {error}; use regex=False to search for it as it is");
        to_python(py, &Error::new(ErrorKind::InvalidArgument, message))
    })?;
    read(py, sources, lexicon, repairs, threads, progress, &KWIC, |reading, _| kwic(reading, &pattern, window))
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
    threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<ArrowTable> {
    let table = if residue { &RESIDUE } else { &PLACES };
    read(py, sources, lexicon, repairs, threads, progress, table, |reading, lexicon| {
        let own: Vec<Own> = reading.ids().map(|id| own.get(id).copied().unwrap_or_default()).collect();
        if residue { mentions::residue(reading, &own, lexicon) } else { mentions::places(reading, &own, lexicon) }
    })
}

/// Reads the sources again, in parallel, and makes the rows of each.
#[allow(clippy::too_many_arguments)]
fn read(
    py: Python<'_>,
    sources: Vec<Given<'_>>,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
    threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
    table: &'static Table,
    rows: impl Fn(&Reading, &Core) -> Result<RecordBatch, ArrowError> + Sync,
) -> PyResult<ArrowTable> {
    let lexicon = lexicon.map_or(Core::builtin(), |lexicon| lexicon.core.as_ref());
    let options = options(repairs).map_err(|error| to_python(py, &error))?;
    let pool = pool(threads).map_err(|error| to_python(py, &error))?;
    let total = sources.len();
    let mut sources =
        sources.into_iter().map(|(text, plans)| Ok((utf8(&text)?.0, plans))).collect::<PyResult<Vec<_>>>()?.into_iter();
    let mut batches = Vec::new();
    let mut done = 0;
    loop {
        let chunk: Vec<(String, Vec<PlanPlace>)> = sources.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            break;
        }
        done += chunk.len();
        let made = py.detach(|| {
            pool.install(|| {
                chunk
                    .into_par_iter()
                    .map(|(source, plans)| rows(&Reading::new(source, plans, lexicon, &options), lexicon))
                    .collect::<Result<Vec<_>, ArrowError>>()
            })
        });
        batches.extend(made.map_err(internal)?);
        py.check_signals()?;
        if let Some(progress) = &progress {
            progress.call1((done, total))?;
        }
    }
    Ok(ArrowTable::new(arrow_schema(table), batches))
}
