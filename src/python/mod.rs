//! The only pyo3 code.
