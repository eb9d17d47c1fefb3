//! Scores of plans by rubrics.

use std::collections::HashMap;

use pyo3::prelude::*;

use super::arrow::{ArrowTable, Tables};
use super::errors::{internal, to_python};
use super::lexicon::Lexicon;
use super::reading::{Given, Work};
use crate::frames::arrow_schema;
use crate::frames::schema::{SCORE, SCORE_TOTALS};
use crate::frames::scores::scores;
use crate::frames::stored::{Stored, plans};
use crate::score::{BUILTIN, Rubric};

/// The rubrics that come with the package: name and TOML text.
#[pyfunction]
pub fn rubrics() -> Vec<(&'static str, &'static str)> {
    BUILTIN.to_vec()
}

/// The rows of scores and of totals: plans of `sources` with the rows that `tables` have of them, by rubrics (TOML texts).
#[pyfunction]
#[pyo3(signature = (sources, tables, rubrics, *, lexicon=None, repairs=None, threads=None, progress=None))]
#[allow(clippy::too_many_arguments)] // keywords of a Python function
pub fn score_rows(
    py: Python<'_>,
    sources: Vec<Given<'_>>,
    tables: Tables,
    rubrics: Vec<String>,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
    threads: Option<i64>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<(ArrowTable, ArrowTable)> {
    let rubrics = rubrics
        .iter()
        .map(|text| Rubric::parse(text))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| to_python(py, &error))?;
    let stored = plans(&tables.0).map_err(internal)?;
    let by_id: HashMap<&str, &Stored> = stored.iter().map(|plan| (plan.id.as_str(), plan)).collect();
    let work = Work::new(py, lexicon, repairs, threads, progress)?;
    let made = work.sources(sources, |reading, lexicon| {
        let plans: Vec<&Stored> = reading.ids().filter_map(|id| by_id.get(id).copied()).collect();
        scores(reading, &plans, &rubrics, lexicon)
    })?;
    let (rows, totals) = made.into_iter().collect::<Result<Vec<_>, _>>().map_err(internal)?.into_iter().unzip();
    Ok((ArrowTable::new(arrow_schema(&SCORE), rows), ArrowTable::new(arrow_schema(&SCORE_TOTALS), totals)))
}
