//! The proof behind `Corpus.verify`: clean the sources again and read each row's evidence anew.

use pyo3::prelude::*;
use pyo3::types::PyString;
use rayon::prelude::*;

use super::errors::to_python;
use super::lexicon::Lexicon;
use super::parse::{options, pool};
use super::text::utf8;
use crate::frames::{Claim, check};

/// A [`Claim`]: start, end, says, exact.
type RowTuple = (u32, u32, String, bool);

/// For each source, for each of its rows: nothing where the row says what its evidence says, otherwise the clean
/// reading of the evidence.
#[pyfunction]
#[pyo3(signature = (sources, rows, *, lexicon=None, repairs=None, threads=None))]
pub fn check_rows(
    py: Python<'_>,
    sources: Vec<Bound<'_, PyString>>,
    rows: Vec<Vec<RowTuple>>,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
    threads: Option<i64>,
) -> PyResult<Vec<Vec<Option<String>>>> {
    let builtin = crate::lexicon::Lexicon::builtin();
    let lexicon = lexicon.map_or(builtin, |lexicon| lexicon.core.as_ref());
    let options = options(repairs).map_err(|error| to_python(py, &error))?;
    let pool = pool(threads).map_err(|error| to_python(py, &error))?;
    let sources = sources.iter().map(|text| Ok(utf8(text)?.0)).collect::<PyResult<Vec<_>>>()?;
    Ok(py.detach(|| {
        pool.install(|| {
            sources
                .par_iter()
                .zip(rows)
                .map(|(source, rows)| {
                    let (cleaned, _) = crate::clean::clean(source, lexicon, &options);
                    let claims: Vec<Claim> =
                        rows.into_iter().map(|(start, end, says, exact)| Claim { start, end, says, exact }).collect();
                    check(source, &cleaned, &claims)
                })
                .collect()
        })
    }))
}
