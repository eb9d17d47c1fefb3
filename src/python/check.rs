//! The proof behind `Corpus.verify`: clean the sources again and read each row's evidence anew.

use pyo3::prelude::*;
use rayon::prelude::*;

use super::errors::to_python;
use super::lexicon::Lexicon;
use super::parse::{options, pool};
use super::text::utf8;
use crate::span::Span;
use pyo3::types::PyString;

/// A row to check: code points `start..end` of the source, and what the row says; `exact` where it must be all that the
/// evidence says, otherwise it must be part of it, punctuation and white space aside.
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
    threads: Option<usize>,
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
                    let bytes = Bytes::new(source);
                    rows.iter()
                        .map(|(start, end, says, exact)| {
                            let evidence = Span::new(bytes.at(source, *start), bytes.at(source, *end));
                            let reading = cleaned.map.to_output(evidence).of(&cleaned.text);
                            let holds = start <= end
                                && if *exact { reading == says } else { bare(reading).contains(&bare(says)) };
                            (!holds).then(|| reading.to_owned())
                        })
                        .collect()
                })
                .collect()
        })
    }))
}

/// Letters and digits only, full-width ones as half-width: what is left is what was said.
fn bare(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Code points → bytes, the way back of `span::CharIndex`; kept apart so that the proof does not rest on what it proves.
struct Bytes {
    every: Vec<usize>,
}

const STEP: usize = 256;

impl Bytes {
    fn new(text: &str) -> Self {
        Self { every: text.char_indices().step_by(STEP).map(|(at, _)| at).collect() }
    }

    fn at(&self, text: &str, chars: u32) -> usize {
        let chars = chars as usize;
        let Some(from) = self.every.get(chars / STEP) else { return text.len() };
        let rest = text.get(*from..).unwrap_or("");
        rest.char_indices().nth(chars % STEP).map_or(text.len(), |(at, _)| from + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_to_bytes() {
        let text = "方a𠮷".repeat(300);
        let bytes = Bytes::new(&text);
        for (chars, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(bytes.at(&text, chars as u32), at);
        }
        assert_eq!(bytes.at(&text, 900), text.len());
        assert_eq!(bytes.at(&text, 9_000), text.len());
        assert_eq!(bare("（Ａ1）、 方 案。"), "A1方案");
    }
}
