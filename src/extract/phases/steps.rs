//! The steps inside a phase.

use std::sync::LazyLock;

use regex::Regex;

use super::name::name;
use super::when::{base, dated};
use crate::extract::Context;
use crate::model::{Phase, PhaseKind, Section};
use crate::numeral;
use crate::outline::one_line;
use crate::span::Span;

pub(super) static TASKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:抓好|做好|搞好|开展|完成|包括|进行|抓)((?:[^、，。；：:,;\n]{2,24}、){1,7}[^、，。；：:,;\n]{2,24}?)(?:等)?([两二三四五六七八九\d])(?:项|个|件)(?:重点)?(?:工作|环节|任务|活动|步骤|事)")
        .expect("a literal pattern")
});

/// The steps inside a phase: its numbered subsections, else the tasks that one sentence counts (抓好学习讨论、调研走访两项工作).
pub(super) fn steps(context: &Context, section: &Section, out: &mut Vec<Phase>) {
    let children: Vec<&Section> = context.children(section);
    let step = |ordinal: u32, name: String, span: Span, heading: &str| {
        let (start, end, date_text) = dated(heading, &base(context, None)).unwrap_or((None, None, None));
        Phase {
            id: 0,
            parent: None,
            ordinal,
            level: 2,
            kind: PhaseKind::Step,
            label: None,
            stage: context.lexicon.compiled().phase.stage(&name),
            name: Some(name),
            start,
            end,
            date_text,
            span,
        }
    };
    if !children.is_empty() {
        for (child, place) in children.iter().zip(1u32..) {
            if let Some(name) = name(&child.heading) {
                let ordinal = child.number.map_or(place, |n| n as u32);
                out.push(step(ordinal, name, child.whole, &child.heading));
            }
        }
        return;
    }
    let text: String = section.text.chars().take(400).collect();
    let Some(captures) = TASKS.captures(&text) else { return };
    let (Some(list), Some(count)) = (captures.get(1), captures.get(2)) else { return };
    let names: Vec<(usize, &str)> = split_at(list.as_str());
    if numeral::value(count.as_str()) != Some(names.len() as u64) {
        return;
    }
    // The section's text stands in the document at its end.
    let own = section.span.of(context.text);
    let Some(offset) = own.find(list.as_str()).map(|at| section.span.start as usize + at) else { return };
    for ((at, name), ordinal) in names.into_iter().zip(1u32..) {
        let start = offset + at;
        out.push(step(ordinal, one_line(name), Span::new(start, start + name.len()), ""));
    }
}

/// The parts of a list with 、 and their offsets.
pub(super) fn split_at(list: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut out = Vec::new();
    for part in list.split('、') {
        let lead = part.len() - part.trim_start().len();
        out.push((at + lead, part.trim()));
        at += part.len() + '、'.len_utf8();
    }
    out
}
