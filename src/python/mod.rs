//! The only pyo3 code: signatures and conversions, no logic of the domain.

// Arguments come from Python by value.
#![allow(clippy::needless_pass_by_value)]

mod arrow;
mod check;
mod column;
mod compare;
mod dates;
mod duplicates;
mod errors;
mod file;
mod formats;
mod lexicon;
mod parse;
mod reading;
mod regions;
mod reuse;
mod score;
mod similarity;
mod text;
mod words;

use pyo3::prelude::*;

/// The Rust core of fangan.
#[pymodule]
mod _fangan {
    #[pymodule_export]
    use super::arrow::ArrowTable;
    #[pymodule_export]
    use super::check::check_rows;
    #[pymodule_export]
    use super::column::parse_column;
    #[pymodule_export]
    use super::compare::compare_rows;
    #[pymodule_export]
    use super::dates::date_rows;
    #[pymodule_export]
    use super::duplicates::{DuplicateSearch, duplicate_rows, fingerprint_rows};
    #[pymodule_export]
    use super::errors::{error_kinds, raise_error};
    #[pymodule_export]
    use super::formats::{docx_text, encoding_of};
    #[pymodule_export]
    use super::lexicon::Lexicon;
    #[pymodule_export]
    use super::parse::{parse_sources, schema};
    #[pymodule_export]
    use super::regions::{as_of_rows, locate_rows, region_rows, region_years, township_rows};
    #[pymodule_export]
    use super::reuse::{diffusion_rows, ledger_rows, reuse_rows};
    #[pymodule_export]
    use super::score::{rubrics, score_rows};
    #[pymodule_export]
    use super::similarity::similarity_rows;
    #[pymodule_export]
    use super::words::{kwic_rows, place_rows, token_rows};

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
