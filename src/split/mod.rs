//! A source → its documents.

use crate::diagnostic::Diagnostic;
use crate::lexicon::Lexicon;
use crate::model::{Cleaned, Unparsed};
use crate::span::Span;

/// Where one document stands in the cleaned text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Counts from 1.
    pub ordinal: u32,
    /// From its first to its last character.
    pub span: Span,
    /// Whether it breaks off.
    pub truncated: bool,
}

/// The output of the stage.
#[derive(Clone, Debug, Default)]
pub struct Divided {
    /// The documents, in order.
    pub documents: Vec<Document>,
    /// Named boilerplate: navigation, copyright, site summaries.
    pub boilerplate: Vec<(&'static str, Span)>,
    /// What is neither.
    pub unparsed: Vec<Unparsed>,
    /// Share of the characters that is either.
    pub coverage: f64,
    /// Kinds of noise met here.
    pub noise: Vec<&'static str>,
}

/// Divide a source.
pub fn split(cleaned: &Cleaned, _lexicon: &Lexicon) -> (Divided, Vec<Diagnostic>) {
    let span = Span::new(0, cleaned.text.len()).trimmed(&cleaned.text);
    let documents = if span.is_empty() { vec![] } else { vec![Document { ordinal: 1, span, truncated: false }] };
    (Divided { documents, coverage: 1.0, ..Divided::default() }, Vec::new())
}
