//! The time expressions of a text.

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::arrow::ArrowTable;
use super::errors::{internal, to_python};
use super::lexicon::Lexicon;
use super::text::utf8;
use crate::error::{Error, ErrorKind};
use crate::extract::dates::Base;
use crate::frames::arrow_schema;
use crate::frames::schema::DATES;

/// The time expressions of a text; a day of issue is given as (year, month, day).
#[pyfunction]
#[pyo3(signature = (text, *, year=None, issued_on=None, lexicon=None))]
pub fn date_rows(
    py: Python<'_>,
    text: Bound<'_, PyString>,
    year: Option<i32>,
    issued_on: Option<(i16, i8, i8)>,
    lexicon: Option<&Lexicon>,
) -> PyResult<ArrowTable> {
    let issued = issued_on
        .map(|(year, month, day)| {
            jiff::civil::Date::new(year, month, day)
                .map_err(|error| Error::new(ErrorKind::InvalidArgument, format!("issued_on is no day: {error}")))
        })
        .transpose()
        .map_err(|error| to_python(py, &error))?;
    let base = Base { year: year.or(issued.map(|day| i32::from(day.year()))), issued, before: None };
    let lexicon = lexicon.map_or(crate::lexicon::Lexicon::builtin(), |lexicon| lexicon.core.as_ref());
    let (text, _) = utf8(&text)?;
    let batch = py.detach(|| crate::frames::dates::dates(text, lexicon, &base)).map_err(internal)?;
    Ok(ArrowTable::new(arrow_schema(&DATES), vec![batch]))
}
