//! fangan errors → Python exceptions. The classes are Python code (`fangan.errors`), because each has two bases.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::error::{Error, ErrorKind};

/// Name of the exception class of a kind.
fn class_of(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidArgument => "InvalidArgumentError",
        ErrorKind::Lexicon => "LexiconError",
        ErrorKind::Io => "ReadError",
        ErrorKind::NotFound => "NotFoundError",
    }
}

/// The exception for an error.
pub fn to_python(py: Python<'_>, error: &Error) -> PyErr {
    let made = py
        .import("fangan.errors")
        .and_then(|module| module.getattr(class_of(error.kind())))
        .and_then(|class| class.call1((error.to_string(),)));
    match made {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}

/// A record batch that could not be built: a mistake in this package, never the content's.
pub fn internal(error: impl std::fmt::Display) -> PyErr {
    PyRuntimeError::new_err(format!("fangan could not build a table; please report this: {error}"))
}

/// The kinds of errors with the class that each becomes; for the tests.
#[pyfunction]
pub fn error_kinds() -> Vec<(String, &'static str)> {
    ErrorKind::ALL.iter().map(|kind| (format!("{kind:?}"), class_of(*kind))).collect()
}

/// Raise the exception of a kind; for the tests.
#[pyfunction]
pub fn raise_error(py: Python<'_>, kind: &str, message: &str) -> PyResult<()> {
    match ErrorKind::ALL.into_iter().find(|known| format!("{known:?}") == kind) {
        Some(known) => Err(to_python(py, &Error::new(known, message))),
        None => Err(to_python(py, &Error::new(ErrorKind::NotFound, format!("no kind of error is called {kind:?}")))),
    }
}
