//! Phases that one sentence tells after saying how many they are.
//!
//! **Evidence**: 分三步, 分三个阶段 … and a colon, and behind it as many clauses between semicolons or full stops, each of which
//! begins with a stretch of time and a short name.
//! **Example**: `普查分两步进行：三月份登记造册，各村……；四月至五月复核公示，由镇里……。`
//! **Counter-examples**: money that is paid so (`分两步拨付：…`); another number of clauses than was said; a clause without a time (`分三步：宣传发动；……`).
//! **Misses**: clauses that name the day only (`3月5日开会`), names behind a comma.

use std::sync::LazyLock;

use regex::Regex;

use super::phase_at;
use super::row::{Form, row};
use crate::extract::{Context, near};
use crate::model::{Phase, PhaseKind};
use crate::numeral;
use crate::span::Span;

static SAID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"分(?:为|成)?([两二三四五六])(?:大|个)?(步骤?|阶段|环节)(?:来|组织|稳步|扎实|依次)?(?:进行|实施|推进|开展|走|展开|完成|推开|组织实施)?[：:]")
        .expect("a literal pattern")
});

/// Longest text that is read behind the colon, in characters.
const REACH: usize = 900;

/// The phases that the first such sentence tells.
pub(super) fn from_course(context: &Context) -> Vec<Phase> {
    let text = context.of(context.body);
    let places = memchr::memmem::find_iter(text.as_bytes(), "分")
        .filter(|&at| text.get(at..).is_some_and(|rest| rest.chars().skip(1).take(5).any(|c| "步阶环".contains(c))));
    for range in near::around(text, places, 0, 90) {
        for said in SAID.captures_iter(text.get(range.clone()).unwrap_or("")) {
            let (Some(whole), Some(count), Some(word)) = (said.get(0), said.get(1), said.get(2)) else { continue };
            let Some(count) = numeral::value(count.as_str()) else { continue };
            let kind = if word.as_str() == "阶段" { PhaseKind::Stage } else { PhaseKind::Step };
            let found = clauses(context, context.body.start as usize + range.start + whole.end(), count as usize, kind);
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

/// The phases of `count` clauses from a place on; none unless each of them is one.
fn clauses(context: &Context, at: usize, count: usize, kind: PhaseKind) -> Vec<Phase> {
    let rest = context.text.get(at..context.body.end as usize).unwrap_or("");
    let reach = rest.char_indices().nth(REACH).map_or(rest.len(), |(end, _)| end);
    let rest = rest.get(..reach).unwrap_or("");
    // The sentence that tells them, or as many sentences as there are phases.
    let sentence = rest.find('。').unwrap_or(rest.len());
    let told = rest.get(..sentence).unwrap_or("");
    let parts: Vec<&str> = if told.contains(['；', ';']) {
        told.split(['；', ';']).collect()
    } else {
        rest.split('。').take(count).collect()
    };
    if parts.len() != count {
        return Vec::new();
    }
    let mut out: Vec<Phase> = Vec::new();
    let (mut start, mut last_end) = (at, None);
    for part in parts {
        let near: String = part.trim_start().chars().take(60).collect();
        let near = near.split('\n').next().unwrap_or("");
        let Some(row) = row(context, near, last_end).filter(|row| row.form == Form::Dated) else { return Vec::new() };
        let (Some((from, end, date_text)), Some(name)) = (row.dates, row.name) else { return Vec::new() };
        // 四月各村召开大会: a sentence, not a name.
        if name.chars().count() > 10 {
            return Vec::new();
        }
        last_end = end.or(last_end);
        out.push(Phase {
            ordinal: out.len() as u32 + 1,
            kind,
            start: from,
            end,
            date_text,
            ..phase_at(context, Some(name), Span::new(start, start + part.len()).trimmed(context.text))
        });
        start += part.len()
            + context.text.get(start + part.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    out
}
