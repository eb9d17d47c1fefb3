//! A repair to be made, and the making of many.

use std::borrow::Cow;
use std::ops::Range;

use crate::source_map::{Rewriter, SourceMap};

/// One change that a pass wants made in its input.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fix {
    /// What is replaced.
    pub range: Range<usize>,
    /// By what.
    pub with: Cow<'static, str>,
    /// Not worth a row among the repairs (line ends, invisible characters).
    pub quiet: bool,
    /// How likely it is that this is what the text was, where that was weighed.
    pub confidence: Option<f32>,
}

impl Fix {
    /// Replace `range`.
    pub fn new(range: Range<usize>, with: impl Into<Cow<'static, str>>) -> Self {
        Self { range, with: with.into(), quiet: false, confidence: None }
    }

    /// Replace `range` by its likeliest reading.
    pub fn likely(range: Range<usize>, with: impl Into<Cow<'static, str>>, confidence: f32) -> Self {
        Self { confidence: Some(confidence), ..Self::new(range, with) }
    }

    /// Leave `range` out.
    pub fn delete(range: Range<usize>) -> Self {
        Self::new(range, "")
    }

    /// Replace `range` without saying so.
    pub fn quietly(range: Range<usize>, with: impl Into<Cow<'static, str>>) -> Self {
        Self { quiet: true, ..Self::new(range, with) }
    }
}

/// Make the changes, which come in order and do not overlap; one that overlaps the one before it is left out.
pub(crate) fn apply(text: &str, fixes: &mut Vec<Fix>) -> (String, SourceMap) {
    let mut done = 0;
    fixes.retain(|fix| {
        let fits = fix.range.start >= done && text.get(fix.range.clone()).is_some_and(|old| old != fix.with);
        if fits {
            done = fix.range.end;
        }
        fits
    });
    let mut rewriter = Rewriter::new(text);
    for fix in fixes.iter() {
        rewriter.replace(fix.range.clone(), &fix.with);
    }
    rewriter.finish()
}
