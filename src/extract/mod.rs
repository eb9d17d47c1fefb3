//! A document with its outline → facts. One kind of fact a file.

pub mod dates;
pub mod leaders;
pub mod number;
pub mod references;
pub mod targets;

use crate::diagnostic::Diagnostic;
use crate::lexicon::Lexicon;
use crate::model::{Moment, Plan, Section};
use crate::outline;
use crate::span::Span;
use crate::split::Document;

/// What every extractor sees: one document of a cleaned text, its outline, and what is known of it already.
///
/// All spans index into `text`, which is the **whole** cleaned text of the source, other documents included.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The cleaned text of the source.
    pub text: &'a str,
    /// The document.
    pub span: Span,
    /// The document without its head (title, number, addressees) and tail (signature, date, 主题词, 抄送).
    pub body: Span,
    /// Its sections, in document order.
    pub sections: &'a [Section],
    /// The vocabulary.
    pub lexicon: &'a Lexicon,
    /// When it was issued.
    pub issued: Option<Moment>,
    /// The year that it belongs to.
    pub year: Option<i32>,
}

impl<'a> Context<'a> {
    /// The text of a span.
    pub fn of(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// The innermost section that holds a position.
    pub fn section_at(&self, at: u32) -> Option<&'a Section> {
        self.sections.iter().rev().find(|section| section.whole.start <= at && at < section.whole.end)
    }

    /// Sentences of a span: cut behind 。！？；!?; and at line breaks; without surrounding white space, empty ones left out.
    /// A 、 or ， does not cut; an ASCII full stop cuts only between Chinese characters.
    pub fn sentences(&self, span: Span) -> Vec<Span> {
        let mut out = Vec::new();
        let mut start = span.start as usize;
        for (at, c) in self.of(span).char_indices() {
            if matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n') {
                let end = span.start as usize + at + c.len_utf8();
                out.push(Span::new(start, end).trimmed(self.text));
                start = end;
            }
        }
        out.push(Span::new(start, span.end as usize).trimmed(self.text));
        out.retain(|sentence| !sentence.is_empty());
        out
    }
}

/// Extract everything from one document.
pub fn plan(text: &str, document: &Document, lexicon: &Lexicon) -> (Plan, Vec<Diagnostic>) {
    let (sections, diagnostics) = outline::outline(text, document.span, lexicon);
    let plan = Plan {
        ordinal: document.ordinal,
        span: document.span,
        truncated: document.truncated,
        sections,
        ..Plan::default()
    };
    (plan, diagnostics)
}
