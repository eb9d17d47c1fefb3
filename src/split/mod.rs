//! A source → its documents.
//!
//! [`line`] says what each line looks like, [`title`] which lines are titles, [`opening`] which open a document without
//! one; [`starts`] puts them together: where the first document begins below what the page prints above it, and where
//! another one does, [`divide`] also inside a line. [`ends`] tells documents that break off, [`summary`] the site's own
//! words about them.

mod divide;
mod ends;
pub mod line;
mod memory;
pub(crate) mod opening;
mod starts;
mod summary;
pub mod title;

use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::Diagnostic;
use crate::lexicon::Lexicon;
use crate::model::{Cleaned, Unparsed};
use crate::span::Span;
use line::Line;

/// Where one document stands in the cleaned text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Counts from 1.
    pub ordinal: u32,
    /// From its first to its last character.
    pub span: Span,
    /// Whether it visibly breaks off: its last line ends inside a sentence.
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

static COLLECTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[【\[（(]?(?:第[一二三四五六七八九十百\d]{1,4}篇|篇[一二三四五六七八九十\d]{1,3}|范文[一二三四五六七八九十\d]{1,3})[】\])）]?\s*(?:[:：、\s]|$)")
        .expect("a literal pattern")
});

/// Divide a source.
pub fn split(cleaned: &Cleaned, lexicon: &Lexicon) -> (Divided, Vec<Diagnostic>) {
    let text = cleaned.text.as_str();
    let words = &lexicon.compiled().line;
    let mut lines = line::lines(text, words);
    summary::mark(text, &mut lines);
    let mut lines = divide::divide(text, &lines, words);
    let collection: Vec<usize> =
        (0..lines.len()).filter(|&at| lines[at].chars < 200 && COLLECTION.is_match(lines[at].span.of(text))).collect();
    if collection.len() >= 2 {
        for &at in &collection {
            lines[at].boilerplate = Some("collection");
        }
    }
    let starts = starts::find(text, &lines, words);
    let mut divided = Divided::default();
    let mut diagnostics = Vec::new();
    for (number, &start) in starts.iter().enumerate() {
        let stop = starts.get(number + 1).copied().unwrap_or(text.len() as u32);
        // The last line that is text, or the part of it that stands before the next document.
        let from = lines.partition_point(|line| line.span.end <= start);
        let to = lines.partition_point(|line| line.span.start < stop);
        let Some(last) = (from..to).rev().find(|&at| lines[at].boilerplate.is_none()) else { continue };
        let last_line = Span { start: lines[last].span.start.max(start), end: lines[last].span.end.min(stop) };
        let span = Span { start, end: last_line.end };
        let end = span.start as usize
            + span.of(text).trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '_' | '*' | '#')).len();
        let span = Span::new(span.start as usize, end);
        if span.is_empty() {
            continue;
        }
        let above = last.checked_sub(1).filter(|above| *above >= from).map_or("", |above| lines[above].span.of(text));
        let truncated = ends::breaks_off(text, last_line, above, words) || ends::begins_within(text, span, words);
        let ordinal = divided.documents.len() as u32 + 1;
        if truncated {
            diagnostics.push(Diagnostic {
                plan: Some(ordinal),
                ..Diagnostic::warning("truncated", last_line, "the document breaks off inside a sentence")
            });
        }
        divided.documents.push(Document { ordinal, span, truncated });
    }
    account(text, &lines, &mut divided);
    for &(name, span) in &divided.boilerplate {
        diagnostics.push(Diagnostic::info("boilerplate", span, format!("{name}, no text of a document")));
    }
    if divided.documents.len() > 1 {
        divided.noise.push("concatenated");
    }
    if !divided.boilerplate.is_empty() {
        divided.noise.push("boilerplate");
    }
    (divided, diagnostics)
}

/// Who owns each line: a document, named boilerplate, or nobody.
fn account(text: &str, lines: &[Line], divided: &mut Divided) {
    let visible = |span: Span| span.of(text).chars().filter(|c| !c.is_whitespace()).count();
    let (mut all, mut owned) = (0usize, 0usize);
    let mut documents = divided.documents.iter().peekable();
    for line in lines {
        let size = visible(line.span);
        all += size;
        while documents.next_if(|document| document.span.end <= line.span.start).is_some() {}
        let inside = documents.peek().filter(|document| document.span.start <= line.span.start);
        if let Some(name) = line.boilerplate {
            divided.boilerplate.push((name, line.span));
            owned += size;
        } else if inside.is_some() {
            owned += size;
        } else if divided.documents.first().is_some_and(|first| line.span.end <= first.span.start) && line.chars <= 90 {
            divided.boilerplate.push(("page_head", line.span));
            owned += size;
        } else {
            divided.unparsed.push(Unparsed { plan: None, span: line.span, text: line.span.of(text).to_owned() });
        }
    }
    divided.coverage = if all == 0 { 1.0 } else { owned as f64 / all as f64 };
}

#[cfg(test)]
mod tests;
