//! Phases whose marker was lost, inside the text of the phase before.
//!
//! **Evidence**: behind a full stop or a line break inside a stage that has dates, at most a bracket with what is left of
//! the marker, then a name with 阶段 and its dates in brackets.
//! **Example**: `…取得明显成效。(S)长效管理阶段(9月1日以后)。…`.
//! **Counter-example**: `在动员阶段（3月），各单位…`, which begins as no name does.
//! **Misses**: phases without dates.

use std::collections::HashSet;

use super::phase_at;
use super::row::{Form, row};
use crate::extract::Context;
use crate::model::Phase;
use crate::span::Span;

/// Adds the phases that the outline lost to those found as headings.
pub(super) fn add(context: &Context, phases: Vec<Phase>) -> Vec<Phase> {
    let plain = phases.iter().filter(|phase| phase.level == 1).all(|phase| phase.label.is_none());
    let dated = phases.iter().any(|phase| phase.start.is_some() || phase.end.is_some());
    if !plain || !dated {
        return phases;
    }
    let known: HashSet<u32> = phases.iter().map(|phase| phase.span.start).collect();
    let mut out: Vec<Phase> = Vec::new();
    for phase in phases {
        let mut found = if phase.level == 1 { inside(context, &phase) } else { Vec::new() };
        // What begins there as a step was not lost.
        found.retain(|lost| !known.contains(&lost.span.start));
        out.push(phase);
        for mut lost in found {
            let Some(at) = out.iter().rposition(|above| above.level == 1) else { continue };
            if let Some(above) = out.get_mut(at) {
                above.span = Span { start: above.span.start, end: lost.span.start }.trimmed(context.text);
                lost.ordinal = above.ordinal + 1;
            }
            out.push(lost);
        }
    }
    let mut ordinal = 0;
    for phase in out.iter_mut().filter(|phase| phase.level == 1) {
        ordinal = phase.ordinal.max(ordinal + 1);
        phase.ordinal = ordinal;
    }
    out
}

/// The phases inside the text of one.
fn inside(context: &Context, phase: &Phase) -> Vec<Phase> {
    let text = context.of(phase.span);
    let mut out = Vec::new();
    for (at, _) in text.match_indices(['。', '\n']) {
        let start = at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        let rest = text.get(start..).unwrap_or("");
        let near: String = rest.chars().take(60).take_while(|c| *c != '\n').collect();
        if !near.contains("阶段(") && !near.contains("阶段（") {
            continue;
        }
        let Some(row) = row(context, &near, phase.end).filter(|row| row.form == Form::Named) else { continue };
        let Some((first, last, date_text)) = row.dates else { continue };
        let span = Span { start: phase.span.start + start as u32, end: phase.span.end }.trimmed(context.text);
        out.push(Phase { start: first, end: last, date_text, ..phase_at(context, row.name, span) });
    }
    out
}
