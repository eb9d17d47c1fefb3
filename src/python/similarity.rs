//! How alike plans are.

use std::collections::HashMap;

use pyo3::prelude::*;

use super::arrow::{ArrowTable, Tables};
use super::errors::{internal, to_python};
use super::lexicon::Lexicon;
use super::reading::{Given, Work};
use crate::error::{Error, ErrorKind};
use crate::frames::arrow_schema;
use crate::frames::schema::SIMILARITY;
use crate::frames::similarity::{by_tables, by_text, rows, text_features};
use crate::frames::stored::plans;
use crate::model::SimilarityOn;

/// Plans between two looks at Ctrl-C.
const CHUNK: usize = 64;

/// How alike plans are: pairs that are at least so much alike, of each plan the nearest ones where `nearest` > 0.
#[pyfunction]
#[pyo3(signature = (sources, tables, on, least, nearest, *, lexicon=None, repairs=None, threads=None, progress=None))]
#[allow(clippy::too_many_arguments)] // keywords of a Python function
pub fn similarity_rows(
    py: Python<'_>,
    sources: Vec<Given<'_>>,
    tables: Tables,
    on: &str,
    least: f64,
    nearest: usize,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
    threads: Option<i64>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<ArrowTable> {
    let on = SimilarityOn::parse(on).ok_or_else(|| {
        let message = format!("on is {on:?}; choose from {}", SimilarityOn::TEXTS.join(", "));
        to_python(py, &Error::new(ErrorKind::InvalidArgument, message))
    })?;
    let work = Work::new(py, lexicon, repairs, threads, progress)?;
    let stored = plans(&tables.0).map_err(internal)?;
    let ids: Vec<String> = stored.iter().map(|plan| plan.id.clone()).collect();
    let search = match on {
        SimilarityOn::Text | SimilarityOn::Characters => {
            let made = work.quietly().sources(sources, |reading, lexicon| text_features(reading, on, lexicon))?;
            let mut by_id: HashMap<String, Vec<(String, u32)>> = made.into_iter().flatten().collect();
            let features = ids.iter().map(|id| by_id.remove(id).unwrap_or_default()).collect();
            py.detach(|| by_text(features))
        }
        _ => py.detach(|| by_tables(&stored, on)),
    };
    let queries: Vec<usize> = (0..ids.len()).collect();
    let found = work.each(queries, CHUNK, |plan| {
        if nearest == 0 {
            return search.later(plan, least);
        }
        let near = search.nearest(plan, nearest).into_iter().filter(|(_, likeness)| *likeness >= least);
        near.map(|(other, likeness)| (other, Some(likeness))).collect()
    })?;
    let batch = rows(&ids, on, &found).map_err(internal)?;
    Ok(ArrowTable::new(arrow_schema(&SIMILARITY), vec![batch]))
}
