//! Many sources at once: read, decode, parse in parallel with the GIL released, and hand over the tables.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use arrow_array::RecordBatch;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use rayon::prelude::*;

use super::arrow::ArrowTable;
use super::errors::{internal, to_python};
use super::lexicon::Lexicon;
use super::text::utf8;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, ErrorKind, Result};
use crate::formats::docx;
use crate::frames::schema::{Column, RESULTS, TABLES, Table};
use crate::frames::{Origin, Outcome, Tables};
use crate::model::{Parsed, RepairKind};
use crate::pipeline::Options;
use crate::span::Span;

/// A source that is still to be parsed.
enum Source {
    Text { id: String, text: String, surrogate: Option<usize> },
    File { id: String, path: PathBuf },
}

/// Between two chunks Ctrl-C is noticed and progress is told, so a chunk is small; but it keeps all threads busy.
const CHUNK_BYTES: u64 = 4 << 20;
const CHUNK_SOURCES: usize = 512;
/// Rows of this much source text go into one record batch.
const BATCH_BYTES: usize = 256 << 20;
/// Room for deep recursion in the regex and outline code; virtual until used.
const STACK_BYTES: usize = 16 << 20;

/// A source as Python gives it: its id, and its text or where to read it.
type Given<'py> = (Bound<'py, PyString>, Option<Bound<'py, PyString>>, Option<PathBuf>);

/// Parse sources into tables: all, or one with some of its columns.
#[pyfunction]
#[pyo3(signature = (sources, *, table=None, columns=None, lexicon=None, repairs=None, threads=None, progress=None))]
#[allow(clippy::too_many_arguments)] // keywords of a Python function
pub fn parse_sources<'py>(
    py: Python<'py>,
    sources: Vec<Given<'py>>,
    table: Option<&str>,
    columns: Option<Vec<String>>,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
    threads: Option<i64>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let raise = |error: Error| to_python(py, &error);
    let builtin = crate::lexicon::Lexicon::builtin();
    let lexicon = lexicon.map_or(builtin, |lexicon| lexicon.core.as_ref());
    let options = options(repairs).map_err(raise)?;
    let pool = pool(threads).map_err(raise)?;
    let total = sources.len();
    let sources = sources
        .into_iter()
        .map(|(id, text, path)| {
            let id = utf8(&id)?.0;
            Ok(match (text, path) {
                (Some(text), _) => {
                    let (text, surrogate) = utf8(&text)?;
                    Source::Text { id, text, surrogate }
                }
                (None, path) => Source::File { id, path: path.unwrap_or_default() },
            })
        })
        .collect::<PyResult<Vec<_>>>()?;
    let wanted = |name: &str| columns.as_ref().is_none_or(|columns| columns.iter().any(|column| column == name));
    let mut tables = table.map_or_else(Tables::default, |table| Tables::only(table, wanted));
    let schemas = tables.schemas();
    let mut batches: Vec<Vec<RecordBatch>> = schemas.iter().map(|_| Vec::new()).collect();
    let mut pending = 0;
    let mut done = 0;
    let mut sources = sources.into_iter();
    while done < total {
        let chunk = next_chunk(&mut sources);
        done += chunk.len();
        let finished = py.detach(|| -> std::result::Result<_, arrow_schema::ArrowError> {
            let outcomes: Vec<Outcome> =
                pool.install(|| chunk.into_par_iter().map(|source| parse_one(source, lexicon, &options)).collect());
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
        if let Some(progress) = &progress {
            progress.call1((done, total))?;
        }
    }
    let result = PyDict::new(py);
    for ((name, schema), batches) in schemas.into_iter().zip(batches) {
        result.set_item(name, Py::new(py, ArrowTable::new(schema, batches))?)?;
    }
    Ok(result)
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
        bytes += match &source {
            Source::Text { text, .. } => text.len() as u64,
            Source::File { path, .. } => std::fs::metadata(path).map_or(0, |file| file.len()),
        };
        chunk.push(source);
    }
    chunk
}

/// Parse one source. A file that cannot be read, and a mistake of ours that panics, leave a row in `sources` with its error.
fn parse_one(source: Source, lexicon: &crate::lexicon::Lexicon, options: &Options) -> Outcome {
    let mut origin = Origin { format: "text".into(), encoding: "str".into(), ..Origin::default() };
    let (text, doubts) = match source {
        Source::Text { id, text, surrogate } => {
            origin.source_id = id;
            let doubt =
                surrogate.map(|at| Doubt::replaced("lone-surrogate", at, "lone surrogates were read as U+FFFD"));
            (Ok(text), Vec::from_iter(doubt))
        }
        Source::File { id, path } => {
            origin.source_id = id;
            origin.path = Some(path.to_string_lossy().into_owned());
            origin.format = path.extension().map_or_else(String::new, |end| end.to_string_lossy().to_lowercase());
            match std::fs::read(&path) {
                Err(error) => {
                    origin.encoding = String::new();
                    (Err(format!("{}: {error}", path.display())), Vec::new())
                }
                Ok(bytes) => read(&bytes, &mut origin),
            }
        }
    };
    let parsed = text.and_then(|text| {
        // u32 offsets reach 4 GiB.
        if text.len() > u32::MAX as usize {
            return Err("the text is longer than 4 GiB; split it".to_owned());
        }
        catch_unwind(AssertUnwindSafe(|| crate::parse(text, lexicon, options)))
            .map_err(|_| "the parser failed on this source, which is a mistake in fangan; please report it".to_owned())
    });
    match parsed {
        Ok(mut parsed) => {
            for Doubt { code, place, message } in doubts {
                let span = parsed.cleaned.map.to_output(place);
                parsed.diagnostics.push(Diagnostic::warning(code, span, message));
            }
            Outcome::new(origin, parsed)
        }
        Err(error) => {
            origin.error = Some(error);
            Outcome::new(origin, Parsed::default())
        }
    }
}

/// What is doubtful about a text before it is parsed.
struct Doubt {
    code: &'static str,
    /// Where, in bytes of the source text.
    place: Span,
    message: String,
}

impl Doubt {
    /// Something that U+FFFD stands for.
    fn replaced(code: &'static str, at: usize, message: impl Into<String>) -> Self {
        Self { code, place: Span::new(at, at + '\u{fffd}'.len_utf8()), message: message.into() }
    }
}

/// The text of a file, by what its bytes are and not by its name: an Office file, or text in some encoding.
fn read(bytes: &[u8], origin: &mut Origin) -> (std::result::Result<String, String>, Vec<Doubt>) {
    if docx::is_office(bytes) {
        return match docx::text(bytes, &docx::Limits::default()) {
            Ok(document) => {
                "docx".clone_into(&mut origin.format);
                document.encoding.clone_into(&mut origin.encoding);
                let doubt = |note: docx::Note| Doubt {
                    code: "file-partial",
                    place: Span::new(note.at, note.at),
                    message: note.message,
                };
                (Ok(document.text), document.notes.into_iter().map(doubt).collect())
            }
            Err(error) => {
                origin.encoding.clear();
                (Err(error.to_string()), Vec::new())
            }
        };
    }
    let decoded = crate::decode::decode(bytes);
    decoded.encoding.clone_into(&mut origin.encoding);
    let doubt = decoded.lossy.then(|| {
        let at = decoded.text.find('\u{fffd}').unwrap_or(0);
        let message = format!("bytes that are no {} were read as U+FFFD", decoded.encoding);
        Doubt::replaced("undecodable-bytes", at, message)
    });
    (Ok(decoded.text), Vec::from_iter(doubt))
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
