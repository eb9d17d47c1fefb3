//! When a phase is.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::Context;
use crate::extract::dates::{self, Base};
use crate::model::{Moment, Section};

pub(super) static TIME_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:[(（]?(?:活动)?(?:时间|时段)(?:安排|要求|为|是)?[:：为是]?|从|自|[(（])?\s*")
        .expect("a literal pattern")
});

/// When a phase is: dates in its heading, else at the very beginning of its text (2016年5月…, 时间安排:…).
///
/// A year that is left out is the document's, or that of the phase before. Counter-example: 5月10日前上报方案 inside the text is
/// a deadline for material.
pub(super) fn when(
    context: &Context,
    section: &Section,
    after: Option<Moment>,
) -> (Option<Moment>, Option<Moment>, Option<String>) {
    let base = base(context, after);
    if let Some(found) = dated(&section.heading, &base) {
        return found;
    }
    let body: String = section.text.chars().take(90).collect();
    let lead = TIME_LINE.find(&body).map_or(0, |m| m.end());
    let rest = &body[lead..];
    let stop = rest.find(['。', '；', '\n']).unwrap_or(rest.len());
    match dates::range_in(&rest[..stop], &base) {
        Some((start, end, span)) if span.start <= 3 => (start, end, Some(span.of(rest).to_owned())),
        _ => (None, None, None),
    }
}

pub(super) fn base(context: &Context, after: Option<Moment>) -> Base {
    let year = match (context.year, after) {
        (Some(year), Some(last)) if i32::from(last.date.year()) > year => Some(i32::from(last.date.year())),
        (year, last) => year.or(last.map(|moment| i32::from(moment.date.year()))),
    };
    Base { year, issued: context.issued.map(|moment| moment.date), before: None }
}

pub(super) type Dated = (Option<Moment>, Option<Moment>, Option<String>);

pub(super) fn dated(text: &str, base: &Base) -> Option<Dated> {
    dates::range_in(text, base).map(|(start, end, span)| (start, end, Some(span.of(text).to_owned())))
}
