//! The steps inside a phase.

use std::sync::LazyLock;

use regex::Regex;

use super::name::name;
use super::phase_at;
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

/// The steps inside a phase: its numbered subsections, else the tasks that one sentence counts (抓好学习讨论、调研走访两项工作),
/// else what the text tells as 一是…。二是…。
pub(super) fn steps(context: &Context, section: &Section, out: &mut Vec<Phase>) {
    let children: Vec<&Section> = context.children(section);
    let step = |ordinal: u32, name: String, span: Span, heading: &str| {
        let (start, end, date_text) = dated(heading, &base(context, None)).unwrap_or((None, None, None));
        Phase { ordinal, level: 2, kind: PhaseKind::Step, start, end, date_text, ..phase_at(context, Some(name), span) }
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
    let Some(captures) = TASKS.captures(&text) else {
        out.extend(
            told(section.span, context.text).into_iter().map(|(ordinal, name, span)| step(ordinal, name, span, "")),
        );
        return;
    };
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

/// 一是, 二是 … with no more than a name behind it.
static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[。；;：:\n])\s*([一二三四五六七八九])是([^，,。；;：:\n、（）()]{2,10})[。：:]")
        .expect("a literal pattern")
});

/// Least text behind the name of a step that is told so, in characters.
const TASK: usize = 8;

/// Steps that a paragraph tells: 一是拉网排查。以村为单位……。二是集中清运。…….
///
/// **Evidence**: numbers that count from one, each with a name that is a sentence of its own and text behind it.
/// **Counter-examples**: 一是要加强领导，…；二是… (whole sentences), 一是思想到位。… (a formula); one that is no name makes them all none.
fn told(span: Span, text: &str) -> Vec<(u32, String, Span)> {
    let own = span.of(text);
    let own = own.get(..own.char_indices().nth(1200).map_or(own.len(), |(end, _)| end)).unwrap_or(own);
    let found: Vec<(usize, usize, &str)> = TOLD
        .captures_iter(own)
        .filter_map(|found| {
            let (number, name) = (found.get(1)?, found.get(2)?);
            (numeral::value(number.as_str())? > 0).then_some((number.start(), name.end(), name.as_str()))
        })
        .collect();
    let counted = own.match_indices('是').filter(|(at, _)| {
        own.get(..*at).is_some_and(|head| {
            let number = head.chars().next_back().is_some_and(|c| "一二三四五六七八九".contains(c));
            number && !head.ends_with("第一") && !head.ends_with("之一") && !head.ends_with("唯一")
        })
    });
    let in_order = found.iter().zip(1u64..).all(|((at, ..), number)| {
        own.get(*at..).and_then(|rest| rest.chars().next()).and_then(|c| numeral::value(&c.to_string())) == Some(number)
    });
    if found.len() < 2 || !in_order || counted.count() != found.len() {
        return Vec::new();
    }
    let ends: Vec<usize> = found.iter().skip(1).map(|(at, ..)| *at).chain([own.len()]).collect();
    let explained = found
        .iter()
        .zip(&ends)
        .all(|((_, behind, _), end)| own.get(*behind..*end).is_some_and(|task| task.chars().count() > TASK));
    // 思想到位, 责任到位, 措施到位 are a formula.
    let ending = |name: &str| name.chars().rev().take(2).collect::<Vec<_>>();
    let formula = found.windows(2).all(|pair| matches!(pair, [first, second] if ending(first.2) == ending(second.2)));
    if !explained || formula || found.iter().any(|(.., name)| name.starts_with(['要', '应', '须', '必'])) {
        return Vec::new();
    }
    let offset = span.start as usize;
    let steps = found.into_iter().zip(ends).zip(1u32..);
    steps
        .map(|(((at, _, name), end), ordinal)| {
            (ordinal, one_line(name), Span::new(offset + at, offset + end).trimmed(text))
        })
        .collect()
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
