//! Administrative units, and the places of a text.

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::arrow::ArrowTable;
use super::errors::{internal, to_python};
use super::lexicon::Lexicon;
use super::text::utf8;
use crate::error::{Error, ErrorKind};
use crate::frames::schema::{AS_OF, LOCATE, REGIONS, TOWNSHIPS};
use crate::frames::{arrow_schema, regions};
use crate::lexicon::gazetteer::{Gazetteer, YEARS};

/// The places that a text names.
#[pyfunction]
#[pyo3(signature = (text, *, year=None, lexicon=None))]
pub fn locate_rows(
    py: Python<'_>,
    text: Bound<'_, PyString>,
    year: Option<i32>,
    lexicon: Option<&Lexicon>,
) -> PyResult<ArrowTable> {
    let lexicon = lexicon.map_or(crate::lexicon::Lexicon::builtin(), |lexicon| lexicon.core.as_ref());
    let (text, _) = utf8(&text)?;
    let batch = py.detach(|| regions::locate(text, lexicon, year)).map_err(internal)?;
    Ok(ArrowTable::new(arrow_schema(&LOCATE), vec![batch]))
}

/// The administrative units at the end of a year, or of all years.
#[pyfunction]
#[pyo3(signature = (year=None))]
pub fn region_rows(py: Python<'_>, year: Option<i32>) -> PyResult<ArrowTable> {
    known(py, year)?;
    let batch = py.detach(|| regions::regions(Gazetteer::builtin(), year)).map_err(internal)?;
    Ok(ArrowTable::new(arrow_schema(&REGIONS), vec![batch]))
}

/// The townships of the last year.
#[pyfunction]
pub fn township_rows(py: Python<'_>) -> PyResult<ArrowTable> {
    let batch = py.detach(|| regions::townships(Gazetteer::builtin())).map_err(internal)?;
    Ok(ArrowTable::new(arrow_schema(&TOWNSHIPS), vec![batch]))
}

/// Units, by code and the year of the code, seen from another year.
#[pyfunction]
pub fn as_of_rows(py: Python<'_>, units: Vec<(Option<String>, Option<i32>)>, year: i32) -> PyResult<ArrowTable> {
    known(py, Some(year))?;
    let units: Vec<(Option<u32>, Option<i32>)> =
        units.into_iter().map(|(code, at)| (code.and_then(|code| code.parse().ok()), at)).collect();
    let batch = py.detach(|| regions::as_of(Gazetteer::builtin(), &units, year)).map_err(internal)?;
    Ok(ArrowTable::new(arrow_schema(&AS_OF), vec![batch]))
}

/// First and last year of the gazetteer.
#[pyfunction]
pub fn region_years() -> (i32, i32) {
    YEARS
}

fn known(py: Python<'_>, year: Option<i32>) -> PyResult<()> {
    match year {
        Some(year) if !(YEARS.0..=YEARS.1).contains(&year) => {
            let message = format!("there is no gazetteer of {year}; choose a year from {} to {}", YEARS.0, YEARS.1);
            Err(to_python(py, &Error::new(ErrorKind::InvalidArgument, message)))
        }
        _ => Ok(()),
    }
}
