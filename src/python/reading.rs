//! Long work in parallel: in chunks, between which Ctrl-C is noticed and progress is told.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use pyo3::prelude::*;
use pyo3::types::PyString;
use rayon::prelude::*;

use super::arrow::ArrowTable;
use super::errors::{internal, to_python};
use super::lexicon::Lexicon;
use super::parse::{options, pool};
use super::text::utf8;
use crate::frames::arrow_schema;
use crate::frames::reading::{PlanPlace, Reading};
use crate::frames::schema::Table;
use crate::lexicon::Lexicon as Core;
use crate::pipeline::Options;

/// Sources between two looks at Ctrl-C and the bar of progress.
const CHUNK: usize = 256;

/// A source with the plans that are read in it.
pub type Given<'py> = (Bound<'py, PyString>, Vec<PlanPlace>);

/// How the work is done: vocabulary, repairs, threads, and whom to tell.
pub struct Work<'a, 'py> {
    pub py: Python<'py>,
    pub lexicon: &'a Core,
    options: Options,
    pool: Arc<rayon::ThreadPool>,
    progress: Option<Bound<'py, PyAny>>,
}

impl<'a, 'py> Work<'a, 'py> {
    /// From the keywords that every function of this kind has.
    pub fn new(
        py: Python<'py>,
        lexicon: Option<&'a Lexicon>,
        repairs: Option<Vec<String>>,
        threads: Option<i64>,
        progress: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Self> {
        let lexicon = lexicon.map_or(Core::builtin(), |lexicon| lexicon.core.as_ref());
        let options = options(repairs).map_err(|error| to_python(py, &error))?;
        let pool = pool(threads).map_err(|error| to_python(py, &error))?;
        Ok(Self { py, lexicon, options, pool: Arc::new(pool), progress })
    }

    /// The same without telling anybody, for the first part of work whose second part is told.
    pub fn quietly(&self) -> Self {
        let (options, pool) = (self.options.clone(), Arc::clone(&self.pool));
        Self { py: self.py, lexicon: self.lexicon, options, pool, progress: None }
    }

    /// What `make` makes of each item, in order; `chunk` items are done between two looks.
    pub fn each<T: Send, U: Send>(
        &self,
        items: Vec<T>,
        chunk: usize,
        make: impl Fn(T) -> U + Sync,
    ) -> PyResult<Vec<U>> {
        let (total, pool) = (items.len(), &self.pool);
        let mut items = items.into_iter();
        let mut made = Vec::with_capacity(total);
        loop {
            let next: Vec<T> = items.by_ref().take(chunk).collect();
            if next.is_empty() {
                return Ok(made);
            }
            let done: Vec<U> = self.py.detach(|| pool.install(|| next.into_par_iter().map(&make).collect()));
            made.extend(done);
            self.py.check_signals()?;
            if let Some(progress) = &self.progress {
                progress.call1((made.len(), total))?;
            }
        }
    }

    /// Each source read again.
    pub fn readings(&self, sources: Vec<Given<'_>>) -> PyResult<Vec<Reading>> {
        let (lexicon, options) = (self.lexicon, &self.options);
        self.each(texts(sources)?, CHUNK, |(source, plans)| Reading::new(source, plans, lexicon, options))
    }

    /// What `make` makes of each source, which is read again for it.
    pub fn sources<U: Send>(
        &self,
        sources: Vec<Given<'_>>,
        make: impl Fn(&Reading, &Core) -> U + Sync,
    ) -> PyResult<Vec<U>> {
        let (lexicon, options) = (self.lexicon, &self.options);
        self.each(texts(sources)?, CHUNK, |(source, plans)| {
            make(&Reading::new(source, plans, lexicon, options), lexicon)
        })
    }

    /// The rows that `rows` makes of each source, as one table.
    pub fn table(
        &self,
        sources: Vec<Given<'_>>,
        table: &'static Table,
        rows: impl Fn(&Reading, &Core) -> Result<RecordBatch, ArrowError> + Sync,
    ) -> PyResult<ArrowTable> {
        let batches = self.sources(sources, rows)?.into_iter().collect::<Result<_, _>>().map_err(internal)?;
        Ok(ArrowTable::new(arrow_schema(table), batches))
    }
}

fn texts(sources: Vec<Given<'_>>) -> PyResult<Vec<(String, Vec<PlanPlace>)>> {
    sources.into_iter().map(|(text, plans)| Ok((utf8(&text)?.0, plans))).collect()
}
