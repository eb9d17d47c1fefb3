//! Phases declared against found, and phases that overlap or run backwards.

use std::sync::LazyLock;

use regex::Regex;

use super::prose::first_counted;
use crate::diagnostic::Diagnostic;
use crate::extract::Context;
use crate::model::{Moment, Phase, Precision};
use crate::numeral;
use crate::span::Span;

pub(super) static DECLARED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"分(?:为|成)?[^。；\n]{0,40}?([两二三四五六七八九\d])个(?:阶段|步骤)").expect("a literal pattern")
});

/// The number of phases that the text declares (分四个阶段), and where.
pub fn declared(context: &Context) -> Option<(u64, Span)> {
    let (captures, at) = first_counted(&DECLARED, context.of(context.body), 400, 30)?;
    let number = captures.get(1).and_then(|m| numeral::value(m.as_str()))?;
    let whole = captures.get(0)?;
    let offset = context.body.start as usize + at;
    Some((number, Span::new(offset + whole.start(), offset + whole.end())))
}

/// Declared against found; phases that overlap or run backwards.
pub(super) fn check(context: &Context, phases: &[Phase]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let outer: Vec<&Phase> = phases.iter().filter(|phase| phase.level == 1).collect();
    if let Some((number, at)) = declared(context)
        && !outer.is_empty()
        && number != outer.len() as u64
    {
        let message = format!("{number} phases are declared, {} found", outer.len());
        diagnostics.push(Diagnostic::warning("phases-declared", at, message));
    }
    for pair in outer.windows(2) {
        if let (Some(before), Some(after)) = (pair[0].end, pair[1].start)
            && after.date < before.date
            && !shares_its_end(before, after)
        {
            let message = format!(
                "{} begins on {}, before {} ends on {}",
                title(pair[1]),
                after.date,
                title(pair[0]),
                before.date
            );
            diagnostics.push(Diagnostic::warning("phases-overlap", pair[1].span, message));
        }
    }
    for phase in &outer {
        if let (Some(start), Some(end)) = (phase.start, phase.end)
            && end.date < start.date
        {
            let message = format!("{} ends on {} before it begins on {}", title(phase), end.date, start.date);
            diagnostics.push(Diagnostic::warning("phase-backwards", phase.span, message));
        }
    }
    diagnostics
}

/// 9月至11月中旬, then 11月中旬至12月: one phase ends and the next begins in the same part of a month, which is no overlap.
pub(super) fn shares_its_end(before: Moment, after: Moment) -> bool {
    let month = |moment: Moment| (moment.date.year(), moment.date.month());
    month(before) == month(after) && before.precision != Precision::Day && after.precision != Precision::Day
}

pub(super) fn title(phase: &Phase) -> &str {
    phase.name.as_deref().or(phase.label.as_deref()).unwrap_or("a phase")
}
