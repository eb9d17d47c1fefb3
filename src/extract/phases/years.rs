//! Phases that are the years of a campaign.
//!
//! **Evidence**: lines that begin with one year after the other, under a text that says 分阶段, 分步骤, 分年度 or 三年.
//! **Example**: `分阶段、分步骤推进:` / `2018年,全面动员,…` / `2019年,集中攻坚,…`.
//! **Counter-examples**: a history (`2018年,全县建成…`) without those words; `2018年:30%` in a table of goals.
//! **Misses**: years in the middle of a paragraph.

use super::name::name;
use super::phase_at;
use super::when::base;
use crate::extract::Context;
use crate::extract::dates::{self, Base, Kind};
use crate::model::Phase;
use crate::span::Span;

/// What announces a list of years.
const ANNOUNCED: &[&str] =
    &["分阶段", "分步骤", "分步实施", "分年度", "分三年", "步走", "年度安排", "个阶段", "阶段性目标"];

/// Layout 7.
pub(super) fn from_years(context: &Context) -> Vec<Phase> {
    let mut out: Vec<Phase> = Vec::new();
    let mut last: Option<i16> = None;
    let mut at = context.span.start as usize;
    let mut first = None;
    for line in context.of(context.span).split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let found = phase(context, line, start, last);
        if found.is_none() && out.len() >= 2 {
            break;
        }
        let Some(mut found) = found else {
            (last, first) = (None, None);
            out.clear();
            continue;
        };
        last = found.start.map(|moment| moment.date.year());
        first = first.or(Some(start));
        found.ordinal = out.len() as u32 + 1;
        out.push(found);
    }
    let announced = first.is_some_and(|first| {
        let from = first.saturating_sub(900).max(context.span.start as usize);
        let from = (from..=first).find(|&at| context.text.is_char_boundary(at)).unwrap_or(first);
        context.text.get(from..first).is_some_and(|above| ANNOUNCED.iter().any(|word| above.contains(word)))
    });
    if out.len() >= 2 && announced { out } else { Vec::new() }
}

/// A line that begins with a year, the one behind `last` where there is one.
fn phase(context: &Context, line: &str, start: usize, last: Option<i16>) -> Option<Phase> {
    let bare = line.trim();
    // Most lines begin with no year, and this is the first question at each.
    if !bare.starts_with(|c: char| c.is_numeric() || matches!(c, '一' | '二')) {
        return None;
    }
    let lead = line.find(bare)?;
    let head = bare.get(..bare.char_indices().nth(80).map_or(bare.len(), |(end, _)| end))?;
    let base = base(context, None);
    let times = dates::expressions(head, &base);
    let year = times.first().filter(|time| time.span.start == 0 && time.kind == Kind::Year && time.has_year)?;
    let (from, until, year_end) = (year.start?, year.end?, year.span.end as usize);
    if last.is_some_and(|last| from.date.year() != last + 1) {
        return None;
    }
    let mut rest = bare.get(year_end..)?.strip_prefix(['，', ',', '：', ':'])?;
    let times = dates::expressions(head, &Base { year: Some(i32::from(from.date.year())), ..base });
    // 从即日起至12月30日止,全面动员: the year's own end.
    let mut end = until;
    let clause = rest.split(['，', ',']).next().unwrap_or("");
    let inner = bare.len() - rest.len();
    let inside = |time: &&dates::Time| {
        (time.span.start as usize) >= inner && (time.span.end as usize) <= inner + clause.len() + 3
    };
    if let Some(stated) = times.iter().rev().filter(inside).find_map(|time| time.end)
        && clause.chars().count() <= 24
        && (clause.ends_with(['止', '前', '日', '月', '底']))
    {
        end = if stated.date.year() == from.date.year() { stated } else { until };
        rest = rest.get(clause.len()..)?.trim_start_matches(['，', ',']);
    }
    let clause = rest.split(['，', ',', '。', '；', ';']).next().unwrap_or("");
    // A clause that the end of the document cuts names nothing for sure; of a long one the first half names enough.
    let cut = clause.len() == rest.len() && start + line.len() >= context.span.end as usize;
    let short = clause.split_once('和').filter(|_| clause.chars().count() > 24).map_or(clause, |(first, _)| first);
    let name = name(short).filter(|name| !cut && name.chars().count() <= 30);
    Some(Phase {
        start: Some(from),
        end: Some(end),
        date_text: Some(head.get(..year_end)?.to_owned()),
        ..phase_at(context, name, Span::new(start + lead, start + lead + bare.len()))
    })
}
