//! The texts of files that are more than text.

use pyo3::prelude::*;

use crate::formats::docx;

/// The text of a Word document with notes on what it may lack; or no text, and why there is none.
#[pyfunction]
pub fn docx_text(py: Python<'_>, bytes: &[u8]) -> (Option<String>, Vec<String>) {
    match py.detach(|| docx::text(bytes, &docx::Limits::default())) {
        Ok(document) => (Some(document.text), document.notes.into_iter().map(|note| note.message).collect()),
        Err(error) => (None, vec![error.to_string()]),
    }
}

/// The name of the encoding of bytes, which may be the beginning of a file: utf-8, utf-16le, utf-16be, gb18030, big5 ….
#[pyfunction]
pub fn encoding_of(bytes: &[u8]) -> &'static str {
    crate::decode::decode(bytes).encoding
}
