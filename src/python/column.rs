//! A column of texts beside a column of ids, parsed from where it lies.

use arrow_array::RecordBatch;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::arrow::read;
use super::errors::to_python;
use super::file::Limits;
use super::lexicon::Lexicon;
use super::parse::{Job, Source};
use crate::error::{Error, ErrorKind};
use crate::frames::strings::Strings;

/// Parse the rows of a frame with the columns `source_id` and `text` into tables: all, or one with some of its columns.
///
/// No text is copied before its turn comes, so what is in memory besides the frame is a chunk of it.
#[pyfunction]
#[pyo3(signature = (frame, *, table=None, columns=None, lexicon=None, repairs=None, threads=None, progress=None))]
#[allow(clippy::too_many_arguments)] // keywords of a Python function
pub fn parse_column<'py>(
    py: Python<'py>,
    frame: &Bound<'py, PyAny>,
    table: Option<&str>,
    columns: Option<Vec<String>>,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
    threads: Option<i64>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let batches = read(frame)?;
    let total = batches.iter().map(RecordBatch::num_rows).sum();
    let parts = batches.iter().map(Part::new).collect::<Result<Vec<_>, _>>().map_err(|error| to_python(py, &error))?;
    let sources = parts.iter().flat_map(|part| (0..part.rows).map(|row| part.source(row)));
    Job { limits: Limits::default(), table, columns, lexicon, repairs, threads, progress }.run(py, sources, total)
}

/// A record batch of texts with their ids.
struct Part {
    ids: Strings,
    texts: Strings,
    rows: usize,
}

impl Part {
    fn new(batch: &RecordBatch) -> Result<Self, Error> {
        let column = |name: &str| {
            batch
                .column_by_name(name)
                .and_then(|column| Strings::new(column))
                .ok_or_else(|| Error::new(ErrorKind::InvalidArgument, format!("{name} must be a column of strings")))
        };
        Ok(Self { ids: column("source_id")?, texts: column("text")?, rows: batch.num_rows() })
    }

    fn source(&self, row: usize) -> Source {
        let id = String::from_utf8_lossy(self.ids.get(row).unwrap_or_default()).into_owned();
        match self.texts.get(row) {
            None => Source::null(id),
            Some(text) => Source::bytes(id, text),
        }
    }
}
