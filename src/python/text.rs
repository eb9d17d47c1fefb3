//! Python strings → Rust strings, without ever refusing one.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

/// A string as Rust has it, and the byte where the first lone surrogate stood.
///
/// Python strings may hold lone surrogates (from `errors="surrogateescape"`, say), which UTF-8 cannot. Each becomes one
/// U+FFFD, so that code points keep their places.
pub fn utf8(text: &Bound<'_, PyString>) -> PyResult<(String, Option<usize>)> {
    if let Ok(text) = text.to_cow() {
        return Ok((text.into_owned(), None));
    }
    let bytes = text.call_method1("encode", ("utf-8", "surrogatepass"))?;
    Ok(without_surrogates(bytes.cast::<PyBytes>()?.as_bytes().to_vec()))
}

/// UTF-8 writes no code point of U+D800..U+DFFF, but `surrogatepass` does: as ED A0..BF xx, three bytes as U+FFFD has.
fn without_surrogates(mut bytes: Vec<u8>) -> (String, Option<usize>) {
    let mut first = None;
    let mut at = 0;
    while let Some(found) = memchr::memchr(0xED, &bytes[at..]) {
        let here = at + found;
        if bytes.get(here + 1).is_some_and(|byte| *byte >= 0xA0) && here + 3 <= bytes.len() {
            bytes[here..here + 3].copy_from_slice("\u{fffd}".as_bytes());
            first.get_or_insert(here);
        }
        at = here + 1;
    }
    (String::from_utf8_lossy(&bytes).into_owned(), first)
}
