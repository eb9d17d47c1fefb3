//! Plans that are an earlier one again: in a corpus, and by stored fingerprints.

use std::collections::HashMap;

use pyo3::prelude::*;

use super::arrow::{ArrowTable, read};
use super::errors::{internal, to_python};
use super::lexicon::Lexicon;
use super::reading::{Given, Work};
use crate::compare::duplicates::{Duplicate, Facts, Fingerprint, Grams, Originals};
use crate::error::{Error, ErrorKind};
use crate::frames::arrow_schema;
use crate::frames::duplicates::{self, fingerprints, read_back};
use crate::frames::schema::{DUPLICATES, FINGERPRINTS};

/// Plans between two looks at Ctrl-C.
const CHUNK: usize = 1024;

/// The plans of a corpus in order, each with its facts.
type Plans = Vec<(String, Vec<Option<String>>)>;

/// The fingerprints of plans, in their order.
#[pyfunction]
#[pyo3(signature = (sources, plans, *, lexicon=None, repairs=None, threads=None, progress=None))]
#[allow(clippy::too_many_arguments)] // keywords of a Python function
pub fn fingerprint_rows(
    py: Python<'_>,
    sources: Vec<Given<'_>>,
    plans: Plans,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
    threads: Option<i64>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<ArrowTable> {
    let work = Work::new(py, lexicon, repairs, threads, progress)?;
    let made = work.sources(sources, |reading, _| {
        fingerprints(reading).into_iter().map(|(id, (_, fingerprint))| (id, fingerprint)).collect::<Vec<_>>()
    })?;
    let mut by_id: HashMap<String, Fingerprint> = made.into_iter().flatten().collect();
    let rows: Vec<(String, Facts, Fingerprint)> = plans
        .into_iter()
        .filter_map(|(id, facts)| by_id.remove(&id).map(|fingerprint| (id, Facts::new(facts), fingerprint)))
        .collect();
    let batch = duplicates::fingerprint_rows(&rows).map_err(internal)?;
    Ok(ArrowTable::new(arrow_schema(&FINGERPRINTS), vec![batch]))
}

/// The plans that are an earlier one again, letter for letter or of a Jaccard index of `least`.
#[pyfunction]
#[pyo3(signature = (sources, plans, least, *, lexicon=None, repairs=None, threads=None, progress=None))]
#[allow(clippy::too_many_arguments)] // keywords of a Python function
pub fn duplicate_rows(
    py: Python<'_>,
    sources: Vec<Given<'_>>,
    plans: Plans,
    least: f64,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
    threads: Option<i64>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<ArrowTable> {
    let work = Work::new(py, lexicon, repairs, threads, progress)?;
    let made = work.sources(sources, |reading, _| fingerprints(reading))?;
    let mut by_id: HashMap<String, (String, Fingerprint)> = made.into_iter().flatten().collect();
    let mut search = Originals::new(least);
    let mut originals: Vec<Original> = Vec::new();
    let mut found = Vec::new();
    let mut plans = plans.into_iter();
    loop {
        let next: Plans = plans.by_ref().take(CHUNK).collect();
        if next.is_empty() {
            break;
        }
        py.detach(|| {
            for (id, facts) in next {
                let (letters, fingerprint) = by_id.remove(&id).unwrap_or_else(|| (String::new(), Fingerprint::new("")));
                let mut own = None;
                let exact = |of: usize| {
                    let own = own.get_or_insert_with(|| Grams::new(&letters));
                    originals.get_mut(of).map_or(0.0, |original| original.grams().jaccard(own))
                };
                match search.push_exact(&fingerprint, Facts::new(facts), exact) {
                    Some(duplicate) => found.push((id, duplicate)),
                    None => originals.push(Original { id, letters, grams: None }),
                }
            }
        });
        py.check_signals()?;
    }
    let batch = duplicates::rows(&found, &originals).map_err(internal)?;
    Ok(ArrowTable::new(arrow_schema(&DUPLICATES), vec![batch]))
}

/// A plan that later ones may repeat, with its grams from the first question on.
struct Original {
    id: String,
    letters: String,
    grams: Option<Grams>,
}

impl Original {
    fn grams(&mut self) -> &Grams {
        let letters = &self.letters;
        self.grams.get_or_insert_with(|| Grams::new(letters))
    }
}

impl AsRef<str> for Original {
    fn as_ref(&self) -> &str {
        &self.id
    }
}

/// Finds plans that are an earlier one again by fingerprints, which are given portion by portion.
#[pyclass(module = "fangan._fangan")]
pub struct DuplicateSearch {
    search: Originals,
    originals: Vec<Box<str>>,
    found: Vec<(String, Duplicate)>,
}

#[pymethods]
impl DuplicateSearch {
    #[new]
    fn new(least: f64) -> Self {
        Self { search: Originals::new(least), originals: Vec::new(), found: Vec::new() }
    }

    /// Take the fingerprints of a frame; it is an `InvalidArgumentError` if it holds something else.
    fn add(&mut self, py: Python<'_>, frame: &Bound<'_, PyAny>) -> PyResult<()> {
        for batch in read(frame)? {
            let Self { search, originals, found } = &mut *self;
            let taken = py.detach(|| {
                read_back(&batch, |id, facts, fingerprint| match search.push(&fingerprint, facts) {
                    Some(duplicate) => found.push((id.to_owned(), duplicate)),
                    None => originals.push(id.into()),
                })
            });
            taken.map_err(|error| to_python(py, &Error::new(ErrorKind::InvalidArgument, error.to_string())))?;
            py.check_signals()?;
        }
        Ok(())
    }

    /// The plans found so far, in the order in which they were given.
    fn rows(&self) -> PyResult<ArrowTable> {
        let batch = duplicates::rows(&self.found, &self.originals).map_err(internal)?;
        Ok(ArrowTable::new(arrow_schema(&DUPLICATES), vec![batch]))
    }
}
