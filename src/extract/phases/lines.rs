//! Phases at the beginning of lines or sentences, whether the outline took them for headings or not.
//!
//! **Evidence**: two or more rows (see [`row`]) of one form: labels that count from one; names with 阶段, of which one has
//! dates or a known name; dates that lead lines of a section on time.
//! **Example**: `活动分两个阶段进行:第一阶段,宣传培训(3月至4月);第二阶段,规范生产(5月至10月)。`
//! **Counter-examples**: `(一)小学阶段。…(二)初中阶段。…`; `第一批:县直机关。`; work calendars outside a section on time.
//! **Misses**: rows more than two thousand bytes apart.

use super::headings::is_stage;
use super::phase_at;
use super::row::{Form, Row, may_open, row};
use crate::extract::Context;
use crate::model::{Component, Moment, Phase, PhaseKind};
use crate::span::Span;

/// A row and where it begins.
struct Found {
    start: usize,
    /// At the beginning of a line.
    leads: bool,
    row: Row,
}

/// Layout 5.
pub(super) fn from_lines(context: &Context) -> Vec<Phase> {
    let text = context.of(context.span);
    if !["阶段", "步", "环节", "月"].iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let rows = rows(context);
    for first in 0..rows.len() {
        let series = series(&rows, first);
        if series.len() >= 2 && is_evident(context, &rows, &series) {
            return phases(context, &rows, &series);
        }
    }
    match rows.last() {
        Some(last) if breaks_off(context, last) => phases(context, &rows, &[rows.len() - 1]),
        _ => Vec::new(),
    }
}

/// Whether a document breaks off behind its first phase: a dated one on a line of its own, under a section on steps, with
/// at most sixty characters behind it.
fn breaks_off(context: &Context, last: &Found) -> bool {
    let line = line_end(context, last.start);
    let rest = context.text.get(line..context.span.end as usize).unwrap_or("");
    last.leads
        && last.row.form != Form::Dated
        && last.row.dates.is_some()
        && last.row.name.is_some()
        && last.row.number.is_none_or(|number| number == 1)
        && rest.chars().count() <= 60
        && on_time(context, last.start)
}

/// All rows of a document.
fn rows(context: &Context) -> Vec<Found> {
    let text = context.of(context.span);
    let mut found: Vec<Found> = Vec::new();
    let mut last_end: Option<Moment> = None;
    let mut opens = Some(true);
    for (at, c) in text.char_indices() {
        if let Some(leads) = opens.filter(|_| !c.is_whitespace()) {
            let rest = text.get(at..).unwrap_or("");
            let near = rest.char_indices().nth(160).map_or(rest, |(end, _)| rest.get(..end).unwrap_or(rest));
            let near = first_line(near);
            if may_open(near)
                && let Some(row) = row(context, near, last_end)
            {
                last_end = row.dates.as_ref().and_then(|dates| dates.1).or(last_end);
                found.push(Found { start: context.span.start as usize + at, leads, row });
            }
            opens = None;
        }
        match c {
            '\n' => opens = Some(true),
            '。' | '；' | ';' | '：' | ':' => opens = opens.or(Some(false)),
            _ => {}
        }
    }
    found
}

/// The first line of a text, with the second where the dates of 集中巡查阶段 stand there in brackets.
fn first_line(text: &str) -> &str {
    let end = text.find('\n').unwrap_or(text.len());
    let (line, rest) = text.split_at(end);
    let next =
        rest.strip_prefix('\n').filter(|next| next.starts_with(['(', '（']) && line.trim_end().ends_with("阶段"));
    next.map_or(line, |next| text.get(..end + 1 + next.find('\n').unwrap_or(next.len())).unwrap_or(line))
}

/// The rows that go on from one of them: of its form, near each other, labels in order.
fn series(rows: &[Found], first: usize) -> Vec<usize> {
    let Some(head) = rows.get(first) else { return Vec::new() };
    let counted = matches!(head.row.form, Form::Stage | Form::Step);
    if counted && head.row.number != Some(1) {
        return Vec::new();
    }
    let mut out = vec![first];
    let mut outer = 1;
    for (index, found) in rows.iter().enumerate().skip(first + 1).take(40) {
        let last = out.last().and_then(|&last| rows.get(last)).map_or(0, |last| last.start);
        if found.start - last > 2000 || out.len() >= 40 {
            break;
        }
        let inner = head.row.form == Form::Stage && found.row.form == Form::Step;
        if found.row.form != head.row.form && !inner {
            continue;
        }
        if counted && !inner {
            if found.row.number != Some(outer + 1) {
                break;
            }
            outer += 1;
        }
        out.push(index);
    }
    out
}

/// Whether a series is one of phases.
fn is_evident(context: &Context, rows: &[Found], series: &[usize]) -> bool {
    let names = &context.lexicon.compiled().phase;
    let of: Vec<&Found> = series.iter().filter_map(|&at| rows.get(at)).collect();
    let Some(first) = of.first() else { return false };
    let known =
        of.iter().filter(|found| found.row.name.as_deref().and_then(|name| names.stage(name)).is_some()).count();
    let dated = of.iter().filter(|found| found.row.dates.is_some()).count();
    let named = of.iter().all(|found| found.row.name.is_some());
    match first.row.form {
        Form::Stage => named && (dated > 0 || known > 0 || of.iter().all(|found| found.leads)),
        // 迈好第一步: two steps with a short name each.
        Form::Step => named && of.iter().all(|found| found.row.label.is_some()),
        Form::Named => {
            let bound = |found: &&Found| found.leads || found.row.dates.is_some();
            of.iter().all(bound) && (dated > 0 || known > 0 || on_time(context, first.start))
        }
        Form::Dated => {
            let stages = of.iter().filter(|found| found.row.says_stage).count();
            of.iter().all(|found| found.leads)
                && (stages == of.len() || on_time(context, first.start) || known * 3 >= of.len() * 2)
        }
    }
}

/// Whether a place stands under a heading on steps or time that is no stage itself.
pub(super) fn on_time(context: &Context, at: usize) -> bool {
    let mut section = context.section_at(at as u32);
    for _ in 0..8 {
        let Some(here) = section else { return false };
        if !is_stage(here) {
            return matches!(here.component, Some(Component::Steps | Component::Schedule))
                || ["步骤", "进度", "时间安排", "日程", "阶段"].iter().any(|word| here.heading.contains(word));
        }
        let above = here.parent.and_then(|id| context.sections.binary_search_by_key(&id, |above| above.id).ok());
        section = above.and_then(|place| context.sections.get(place));
    }
    false
}

fn phases(context: &Context, rows: &[Found], series: &[usize]) -> Vec<Phase> {
    let stages = series.first().and_then(|&at| rows.get(at)).is_some_and(|found| found.row.form == Form::Stage);
    let mut ordinal = 0;
    let mut inner = 0;
    let mut out = Vec::new();
    for (place, &at) in series.iter().enumerate() {
        let Some(found) = rows.get(at) else { continue };
        let next = series.get(place + 1).and_then(|&next| rows.get(next)).map(|next| next.start);
        let end = next.unwrap_or_else(|| line_end(context, found.start));
        let below = stages && found.row.form == Form::Step;
        if below {
            inner += 1;
        } else {
            ordinal += 1;
            inner = 0;
        }
        let (start, stop, date_text) = found.row.dates.clone().unwrap_or((None, None, None));
        out.push(Phase {
            ordinal: if below { inner } else { ordinal },
            level: if below { 2 } else { 1 },
            kind: if found.row.form == Form::Step { PhaseKind::Step } else { PhaseKind::Stage },
            label: found.row.label.clone(),
            start,
            end: stop,
            date_text,
            ..phase_at(context, found.row.name.clone(), Span::new(found.start, end).trimmed(context.text))
        });
    }
    out
}

/// The end of the line that holds a place.
fn line_end(context: &Context, at: usize) -> usize {
    let end = context.span.end as usize;
    context.text.get(at..end).and_then(|rest| rest.find('\n')).map_or(end, |length| at + length)
}
