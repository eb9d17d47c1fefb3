//! Rows of `sources`, and the source texts.

use super::View;
use super::builder::TableBuilder;
use crate::model::Script;

/// Where a source came from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Unique within the corpus.
    pub source_id: String,
    /// Where it was read from.
    pub path: Option<String>,
    /// Ending of the file's name, or `text`.
    pub format: String,
    /// Encoding of the bytes, or `str`.
    pub encoding: String,
    /// Why it could not be read.
    pub error: Option<String>,
}

pub(super) fn write(table: &mut TableBuilder, view: &View<'_>) {
    let (origin, parsed) = (view.origin, view.parsed);
    let n_chars = view.places.of_source(crate::span::Span::new(0, parsed.source.len())).1;
    table
        .row()
        .str(origin.source_id.as_str())
        .str(origin.path.as_deref())
        .str(origin.format.as_str())
        .str(origin.encoding.as_str())
        .category(parsed.cleaned.script.map(Script::as_str))
        .u32(n_chars)
        .u32(parsed.plans.len() as u32)
        .list(&parsed.noise)
        .f64(parsed.coverage)
        .str(origin.error.as_deref())
        .end();
}

pub(super) fn write_text(table: &mut TableBuilder, view: &View<'_>) {
    table.row().str(view.origin.source_id.as_str()).str(view.parsed.source.as_str()).end();
}
