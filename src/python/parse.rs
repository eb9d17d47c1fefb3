//! Many sources at once: read, decode, parse in parallel with the GIL released, and hand over the tables.

use std::borrow::Cow;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use arrow_array::RecordBatch;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyDict, PyString};
use rayon::prelude::*;

use super::arrow::ArrowTable;
use super::errors::{internal, to_python};
use super::file::{Doubt, Limits, bytes_of, text_of, within};
use super::lexicon::Lexicon;
use super::text::utf8;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, ErrorKind, Result};
use crate::frames::schema::{Column, RESULTS, TABLES, Table};
use crate::frames::{Origin, Outcome, Tables};
use crate::model::{Parsed, RepairKind};
use crate::pipeline::Options;

/// A source that is still to be parsed.
pub struct Source {
    id: String,
    /// Where it was read from, or is to be read from where there is no content.
    path: Option<PathBuf>,
    content: Content,
    opened: Option<Opened>,
}

/// What there is of a source.
enum Content {
    Text { text: String, doubt: Option<Doubt> },
    Bytes(PyBackedBytes),
    File,
    Null,
}

impl Source {
    /// A cell without a text.
    pub fn null(id: String) -> Self {
        Self { id, path: None, content: Content::Null, opened: None }
    }

    /// A text of another library, which should be UTF-8.
    pub fn bytes(id: String, text: &[u8]) -> Self {
        let text = String::from_utf8_lossy(text);
        let doubt = matches!(text, Cow::Owned(_)).then(|| {
            let at = text.find('\u{fffd}').unwrap_or(0);
            Doubt::replaced("undecodable-bytes", at, "bytes that are no UTF-8 were read as U+FFFD")
        });
        Self { id, path: None, content: Content::Text { text: text.into_owned(), doubt }, opened: None }
    }
}

/// What Python says of a source, in place of what is found out here: format, encoding, why there is no text, and notes
/// (code of a diagnostic, sentence).
type Opened = (Option<String>, Option<String>, Option<String>, Vec<(String, String)>);

/// Between two chunks Ctrl-C is noticed and progress is told, so a chunk is small; but it keeps all threads busy.
const CHUNK_BYTES: u64 = 4 << 20;
const CHUNK_SOURCES: usize = 512;
/// Rows of this much source text go into one record batch.
const BATCH_BYTES: usize = 256 << 20;
/// Room for deep recursion in the regex and outline code; virtual until used.
const STACK_BYTES: usize = 16 << 20;

/// A source as Python gives it: its id, its text or bytes, and where it was read from; or where to read it.
type Given<'py> = (Bound<'py, PyString>, Option<Bound<'py, PyAny>>, Option<PathBuf>);

/// Parse sources into tables: all, or one with some of its columns.
///
/// `opened` tells of sources what a reader in Python found out; `limits` are bytes of a file, bytes of its text, and
/// unpacked bytes for each packed one.
#[pyfunction]
#[pyo3(signature = (
    sources, *, opened=None, limits=None, table=None, columns=None, lexicon=None, repairs=None, threads=None, progress=None
))]
#[allow(clippy::too_many_arguments)] // keywords of a Python function
pub fn parse_sources<'py>(
    py: Python<'py>,
    sources: Vec<Given<'py>>,
    opened: Option<HashMap<String, Opened>>,
    limits: Option<(u64, u64, u64)>,
    table: Option<&str>,
    columns: Option<Vec<String>>,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
    threads: Option<i64>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let limits = limits.map_or_else(Limits::default, |(file, text, ratio)| Limits {
        file,
        text: text.min(u64::from(u32::MAX)),
        ratio,
    });
    let mut opened = opened.unwrap_or_default();
    let total = sources.len();
    let sources = sources
        .into_iter()
        .map(|(id, content, path)| {
            let id = utf8(&id)?.0;
            let content = match content {
                None => Content::File,
                Some(content) => match content.cast::<PyString>() {
                    Ok(text) => {
                        let (text, surrogate) = utf8(text)?;
                        let said = "lone surrogates were read as U+FFFD";
                        let doubt = surrogate.map(|at| Doubt::replaced("lone-surrogate", at, said));
                        Content::Text { text, doubt }
                    }
                    Err(_) => Content::Bytes(content.extract()?),
                },
            };
            let opened = opened.remove(&id);
            Ok(Source { id, path, content, opened })
        })
        .collect::<PyResult<Vec<_>>>()?;
    Job { limits, table, columns, lexicon, repairs, threads, progress }.run(py, sources.into_iter(), total)
}

/// What is made of sources, and how; None for all tables, all columns, all repairs, all cores.
pub struct Job<'a, 'py> {
    pub limits: Limits,
    pub table: Option<&'a str>,
    pub columns: Option<Vec<String>>,
    pub lexicon: Option<&'a Lexicon>,
    pub repairs: Option<Vec<String>>,
    pub threads: Option<i64>,
    pub progress: Option<Bound<'py, PyAny>>,
}

impl<'py> Job<'_, 'py> {
    /// The tables of so many sources, which are taken a chunk at a time.
    pub fn run(
        self,
        py: Python<'py>,
        mut sources: impl Iterator<Item = Source>,
        total: usize,
    ) -> PyResult<Bound<'py, PyDict>> {
        let raise = |error: Error| to_python(py, &error);
        let builtin = crate::lexicon::Lexicon::builtin();
        let lexicon = self.lexicon.map_or(builtin, |lexicon| lexicon.core.as_ref());
        let options = options(self.repairs).map_err(raise)?;
        let pool = pool(self.threads).map_err(raise)?;
        let (columns, limits) = (self.columns, self.limits);
        let wanted = |name: &str| columns.as_ref().is_none_or(|columns| columns.iter().any(|column| column == name));
        let mut tables = self.table.map_or_else(Tables::default, |table| Tables::only(table, wanted));
        let schemas = tables.schemas();
        let mut batches: Vec<Vec<RecordBatch>> = schemas.iter().map(|_| Vec::new()).collect();
        let mut pending = 0;
        let mut done = 0;
        while done < total {
            let chunk = next_chunk(&mut sources);
            done += chunk.len();
            let finished = py.detach(|| -> std::result::Result<_, arrow_schema::ArrowError> {
                let outcomes: Vec<Outcome> = pool.install(|| {
                    chunk.into_par_iter().map(|source| parse_one(source, lexicon, &options, &limits)).collect()
                });
                for outcome in &outcomes {
                    pending += outcome.parsed.source.len();
                    tables.push(outcome);
                }
                if pending < BATCH_BYTES && done < total {
                    return Ok(Vec::new());
                }
                pending = 0;
                tables.finish()
            });
            for (table, batch) in batches.iter_mut().zip(finished.map_err(internal)?) {
                table.push(batch);
            }
            py.check_signals()?;
            if let Some(progress) = &self.progress {
                progress.call1((done, total))?;
            }
        }
        let result = PyDict::new(py);
        for ((name, schema), batches) in schemas.into_iter().zip(batches) {
            result.set_item(name, Py::new(py, ArrowTable::new(schema, batches))?)?;
        }
        Ok(result)
    }
}

/// The options that the names of repairs ask for.
pub fn options(repairs: Option<Vec<String>>) -> Result<Options> {
    let repairs = repairs
        .map(|names| {
            names
                .iter()
                .map(|name| {
                    RepairKind::parse(name).ok_or_else(|| {
                        let known = RepairKind::TEXTS.join(", ");
                        let message = format!("no repair is called {name:?}; choose from {known}, or None for all");
                        Error::new(ErrorKind::InvalidArgument, message)
                    })
                })
                .collect::<Result<Vec<_>>>()
        })
        .transpose()?;
    Ok(Options { repairs })
}

/// More than any machine has use for; the system refuses some number of threads, and says nothing helpful.
const MOST_THREADS: usize = 1024;

/// A pool of threads; as many as there are cores where no number is given.
pub fn pool(threads: Option<i64>) -> Result<rayon::ThreadPool> {
    let number = match threads {
        None => 0,
        Some(number) => usize::try_from(number).ok().filter(|number| (1..=MOST_THREADS).contains(number)).ok_or_else(|| {
            let message = format!(
                "threads is {number}; give a number from 1 to {MOST_THREADS}, or None for as many as there are cores"
            );
            Error::new(ErrorKind::InvalidArgument, message)
        })?,
    };
    rayon::ThreadPoolBuilder::new()
        .num_threads(number)
        .stack_size(STACK_BYTES)
        .thread_name(|number| format!("fangan-{number}"))
        .build()
        .map_err(|error| Error::new(ErrorKind::InvalidArgument, format!("cannot start {threads:?} threads: {error}")))
}

fn next_chunk(sources: &mut impl Iterator<Item = Source>) -> Vec<Source> {
    let mut bytes = 0;
    let mut chunk = Vec::new();
    while bytes < CHUNK_BYTES && chunk.len() < CHUNK_SOURCES {
        let Some(source) = sources.next() else { break };
        bytes += match &source.content {
            Content::Text { text, .. } => text.len() as u64,
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::Null => 0,
            Content::File => {
                source.path.as_ref().and_then(|path| std::fs::metadata(path).ok()).map_or(0, |file| file.len())
            }
        };
        chunk.push(source);
    }
    chunk
}

/// Parse one source. A file that cannot be read, and a mistake of ours that panics, leave a row in `sources` with its error.
fn parse_one(source: Source, lexicon: &crate::lexicon::Lexicon, options: &Options, limits: &Limits) -> Outcome {
    let Source { id, path, content, opened } = source;
    let shown = path.as_ref().map(|path| path.to_string_lossy().into_owned());
    let mut origin = Origin { source_id: id, path: shown, ..Origin::default() };
    let (text, mut doubts) = match content {
        Content::Text { text, doubt } => {
            (origin.format, origin.encoding) = ("text".into(), "str".into());
            (Ok(text), Vec::from_iter(doubt))
        }
        Content::Null => {
            (origin.format, origin.encoding) = ("text".into(), "str".into());
            (Err("the text is null".to_owned()), Vec::new())
        }
        Content::Bytes(bytes) => match within(bytes.len() as u64, limits) {
            Ok(()) => text_of(&bytes, &mut origin, limits),
            Err(error) => (Err(error), Vec::new()),
        },
        Content::File => match bytes_of(&path.unwrap_or_default(), limits) {
            Ok(bytes) => text_of(&bytes, &mut origin, limits),
            Err(error) => (Err(error), Vec::new()),
        },
    };
    let text = match opened {
        None => text,
        Some((format, encoding, error, notes)) => {
            origin.format = format.unwrap_or(origin.format);
            origin.encoding = encoding.unwrap_or(origin.encoding);
            doubts.extend(notes.into_iter().filter_map(|(code, message)| Doubt::noted(&code, message)));
            error.map_or(text, Err)
        }
    };
    let parsed = text.and_then(|text| {
        if text.len() as u64 > limits.text {
            let most = limits.text;
            return Err(format!("the text has {} bytes; limits.text_bytes is {most}; split it", text.len()));
        }
        catch_unwind(AssertUnwindSafe(|| crate::parse(text, lexicon, options)))
            .map_err(|_| "the parser failed on this source, which is a mistake in fangan; please report it".to_owned())
    });
    // Notes of a file without a text say what its error does not.
    let (mut parsed, error) = match parsed {
        Ok(parsed) => (parsed, None),
        Err(error) => (
            Parsed::default(),
            Some(match &origin.path {
                Some(path) => format!("{path}: {error}"),
                None => error,
            }),
        ),
    };
    for doubt in doubts {
        let span = parsed.cleaned.map.to_output(doubt.place);
        parsed
            .diagnostics
            .push(Diagnostic { severity: doubt.severity, ..Diagnostic::warning(doubt.code, span, doubt.message) });
    }
    origin.error = error;
    Outcome::new(origin, parsed)
}

type ColumnTuple = (&'static str, &'static str, &'static [&'static str], bool, &'static str, &'static str);

/// Every table and result: name, Chinese name, meaning, and its columns
/// (name, type, categories, nullable, Chinese name, meaning).
#[pyfunction]
pub fn schema() -> Vec<(&'static str, &'static str, &'static str, Vec<ColumnTuple>)> {
    let column = |column: &Column| {
        let dtype = column.dtype;
        (column.name, dtype.name(), dtype.categories(), column.nullable, column.chinese, column.meaning)
    };
    let table = |table: &&Table| (table.name, table.chinese, table.meaning, table.columns.iter().map(column).collect());
    TABLES.iter().chain(RESULTS).map(table).collect()
}
