//! What the search for documents asks of lines again and again.

use std::collections::HashMap;

use super::line::Line;
use crate::outline::marker::{self, Family, Place};
use crate::span::Span;

/// The answers, kept so that many titles cost no more than many lines.
#[derive(Default)]
pub(super) struct Memory {
    /// Of a line: the first number in it.
    first: HashMap<usize, Option<u64>>,
    /// Of a line: its characters for comparison, where it may name a title.
    pub naming: HashMap<usize, Option<String>>,
    /// The document whose lines have been looked at for a numbered heading, up to which line, and whether there is one.
    numbered: (usize, usize, bool),
    /// The document whose numbers have been looked at, up to which line, and the highest of them.
    highest: (usize, usize, u64),
    /// The document of which the beginning has been looked at for a heading inside a line, and whether there is one.
    inner: Option<(usize, bool)>,
}

impl Memory {
    pub fn first_number(&mut self, text: &str, at: usize, line: &Line) -> Option<u64> {
        *self.first.entry(at).or_insert_with(|| first_number(text, line.span))
    }

    /// Whether a line of a document, up to line `end`, is a numbered heading.
    pub fn has_numbered(&mut self, text: &str, lines: &[Line], current: usize, end: usize) -> bool {
        if self.numbered.0 != current || self.numbered.1 < current {
            self.numbered = (current, current, false);
        }
        while !self.numbered.2 && self.numbered.1 < end {
            self.numbered.2 = numbered(text, &lines[self.numbered.1]).is_some();
            self.numbered.1 += 1;
        }
        self.numbered.2
    }

    /// The highest number of a senior heading (一、 第一章 1、) at the beginning of a line of a document, up to line `end`.
    pub fn reached(&mut self, text: &str, lines: &[Line], current: usize, end: usize) -> u64 {
        if self.highest.0 != current || self.highest.1 < current {
            self.highest = (current, current, 0);
        }
        while self.highest.1 < end {
            self.highest.2 = self.highest.2.max(numbered(text, &lines[self.highest.1]).unwrap_or(0));
            self.highest.1 += 1;
        }
        self.highest.2
    }

    pub fn has_inner(&mut self, text: &str, current: usize, between: Span) -> bool {
        if between.len() <= INNER + 4 {
            return has_inner_heading(text, between);
        }
        match self.inner {
            Some((known, has)) if known == current => has,
            _ => {
                let has = has_inner_heading(text, between);
                self.inner = Some((current, has));
                has
            }
        }
    }
}

/// Number of the senior marker (一、 第一章 1、) with which a line begins.
fn numbered(text: &str, line: &Line) -> Option<u64> {
    first_number(text, Span::new(line.span.start as usize, line_head(text, line.span)))
}

fn line_head(text: &str, span: Span) -> usize {
    let end = (span.start as usize + 24).min(span.end as usize);
    (end..=span.end as usize).find(|&at| text.is_char_boundary(at)).unwrap_or(span.end as usize)
}

/// The number of the first senior marker in a stretch.
pub(super) fn first_number(text: &str, span: Span) -> Option<u64> {
    let end = (span.start as usize + 2400).min(span.end as usize);
    let end = (end..=span.end as usize).find(|&at| text.is_char_boundary(at)).unwrap_or(span.end as usize);
    marker::scan(text, Span::new(span.start as usize, end))
        .iter()
        .find(|m| {
            matches!(m.family, Family::Han | Family::Chapter | Family::Arabic | Family::HanBracket)
                && (m.place != Place::Middle || m.number == 1)
        })
        .map(|m| m.number)
}

/// Bytes of a document that are looked at for a heading inside a line.
const INNER: usize = 9000;

pub(super) fn has_inner_heading(text: &str, span: Span) -> bool {
    let end = (span.start as usize + INNER).min(span.end as usize);
    let end = (end..=span.end as usize).find(|&at| text.is_char_boundary(at)).unwrap_or(span.end as usize);
    marker::scan(text, Span::new(span.start as usize, end))
        .iter()
        .any(|m| matches!(m.family, Family::Han | Family::Chapter | Family::Arabic) && m.number == 1)
}
