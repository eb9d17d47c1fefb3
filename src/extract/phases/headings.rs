//! Phases that are headings: layout 1.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::on_time;
use super::name::{DATED_BRACKET, name};
use super::phase_at;
use super::row::{Form, Row, row};
use super::series::children_free;
use super::steps::steps;
use super::when::{base, dated, when};
use crate::extract::Context;
use crate::model::{Component, Moment, Phase, PhaseKind, Section};
use crate::numeral;
use crate::outline::one_line;

pub(super) static STAGE_MARKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:第[一二三四五六七八九十\d]{1,2}(?:阶段|步骤?|环节)|阶段[一二三四五六七八九十\d])$")
        .expect("a literal pattern")
});

pub(super) static STAGE_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(第[一二三四五六七八九十\d]{1,2}\s?(?:阶段|步骤?|环节)|阶段[一二三四五六七八九十\d])[\s,，:：、\-—]*")
        .expect("a literal pattern")
});

pub(super) static STAGE_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"阶段\s*(?:[(（,，:：\d]|$)|^第[一二三四五六七八九十\d]{1,2}(?:阶段|步|环节)")
        .expect("a literal pattern")
});

pub(super) static NOT_STAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"各个?阶段|分阶段|阶段划分|阶段安排|现阶段|阶段性|[两二三四五六七几]个阶段|下一阶段")
        .expect("a literal pattern")
});

pub(super) fn is_stage(section: &Section) -> bool {
    section.marker.starts_with(['第', '阶']) && STAGE_MARKER.is_match(&section.marker)
        || (section.heading.contains("阶段") || section.heading.starts_with('第'))
            && STAGE_HEADING.is_match(&section.heading)
            && !NOT_STAGE.is_match(&section.heading)
}

/// Layout 1.
pub(super) fn from_stage_headings(context: &Context) -> Vec<Phase> {
    let stages: Vec<&Section> = context.sections.iter().filter(|section| is_stage(section)).collect();
    let Some(level) = stages.iter().map(|section| section.level).min() else { return Vec::new() };
    if !is_evident(context, &stages) {
        return Vec::new();
    }
    let mut series: HashMap<(Option<u32>, String), usize> = HashMap::new();
    for stage in stages.iter().filter(|s| s.level == level) {
        *series.entry((stage.parent, style(&stage.marker))).or_default() += 1;
    }
    let mut out = Vec::new();
    let mut last_end: Option<Moment> = None;
    for (place, section) in context.sections.iter().filter(|s| s.level == level && is_stage_of(s, &series)).enumerate()
    {
        let ordinal = section.number.filter(|&n| (1..=12).contains(&n)).map_or(place as u32 + 1, |n| n as u32);
        push(context, section, PhaseKind::Stage, ordinal, &mut last_end, &mut out);
    }
    nest(&mut out);
    out
}

/// Steps (第一步) that follow a stage (第一阶段) as headings of its own level are steps of it.
fn nest(phases: &mut [Phase]) {
    let says = |phase: &Phase, word: &str| phase.level == 1 && phase.label.as_ref().is_some_and(|l| l.contains(word));
    if !phases.first().is_some_and(|first| says(first, "阶段")) {
        return;
    }
    for phase in phases.iter_mut().filter(|phase| says(phase, "步") || says(phase, "环节")) {
        phase.level = 2;
    }
}

/// Whether headings with 阶段 are phases: one with a label; several of which one has a date, a known name or stands under a
/// section on steps; a single one only with its dates in it, where a text breaks off behind its first phase.
/// Counter-examples: (一)小学阶段。(二)初中阶段。; 1.秧苗阶段。2.分蘖阶段。
fn is_evident(context: &Context, stages: &[&Section]) -> bool {
    let labelled = |s: &Section| STAGE_MARKER.is_match(&s.marker) || STAGE_LABEL.is_match(&s.heading);
    if stages.iter().any(|stage| labelled(stage)) {
        return true;
    }
    let base = base(context, None);
    if let [stage] = stages {
        let named = name(&stage.heading).is_some_and(|name| name.chars().count() <= 12);
        let last = stage.whole.end >= context.body.end && stage.number.is_none_or(|number| number == 1);
        return named
            && last
            && children_free(context, stage)
            && DATED_BRACKET.is_match(&stage.heading)
            && dated(&stage.heading, &base).is_some();
    }
    let names = &context.lexicon.compiled().phase;
    stages.iter().any(|stage| {
        names.stage(&stage.heading).is_some()
            || when(context, stage, None) != (None, None, None)
            || on_time(context, stage.whole.start as usize)
    })
}

/// A marker without its number: what the markers of one series have in common.
pub(super) fn style(marker: &str) -> String {
    marker.chars().filter(|&c| !numeral::is_chinese(c) && numeral::digit(c).is_none()).collect()
}

/// Siblings of stage headings belong to the series even where one of them lacks the word 阶段.
pub(super) fn is_stage_of(section: &Section, series: &HashMap<(Option<u32>, String), usize>) -> bool {
    is_stage(section)
        || section.parent.is_some()
            && !section.marker.is_empty()
            && section.component.is_none_or(|part| part == Component::Steps)
            && !NOT_STAGE.is_match(&section.heading)
            && series.get(&(section.parent, style(&section.marker))).is_some_and(|count| *count >= 2)
}

/// One section as a phase, followed by its steps.
pub(super) fn push(
    context: &Context,
    section: &Section,
    kind: PhaseKind,
    ordinal: u32,
    last_end: &mut Option<Moment>,
    out: &mut Vec<Phase>,
) {
    let label = if STAGE_MARKER.is_match(&section.marker) {
        Some(section.marker.clone())
    } else {
        STAGE_LABEL.captures(&section.heading).and_then(|c| c.get(1)).map(|label| one_line(label.as_str()))
    };
    let (start, end, date_text) = when(context, section, *last_end);
    // (一)第一阶段：动员部署阶段（4月1日至10日）。…, 第一阶段（3月）：调查摸底。…: name and dates begin the text.
    let opening = opening(context, section, *last_end).filter(|_| label.is_some());
    let (start, end, date_text) = match &opening {
        Some(Row { dates: Some(dates), .. }) if start.is_none() && end.is_none() => dates.clone(),
        _ => (start, end, date_text),
    };
    *last_end = end.or(*last_end);
    // 第一步 and 第一环节 are steps, only 阶段 are stages.
    let kind = match &label {
        Some(label) if !label.contains("阶段") => PhaseKind::Step,
        _ => kind,
    };
    // 6月:宣传发动。…: the heading is a date, and the name begins the text.
    let name = name(&section.heading).or_else(|| {
        let first = section.text.split(['。', '：', ':', '\n', '，', ',']).next().unwrap_or("");
        let named = start.or(end).is_some() && label.is_none() && (2..=12).contains(&first.chars().count());
        if named { self::name(first) } else { None }
    });
    let name = name.or_else(|| opening.and_then(|row| row.name));
    let stage = name.as_deref().and_then(|name| context.lexicon.compiled().phase.stage(name));
    out.push(Phase { ordinal, kind, label, stage, start, end, date_text, ..phase_at(context, name, section.whole) });
    steps(context, section, out);
}

/// Name and dates from the first words of a section whose heading is nothing but a label and dates: a name with 阶段 or
/// before its dates, else one that is the whole first sentence.
fn opening(context: &Context, section: &Section, after: Option<Moment>) -> Option<Row> {
    if name(&section.heading).is_some() {
        return None;
    }
    let first: String = section.text.trim_start().chars().take(80).collect();
    if let Some(row) = row(context, &first, after).filter(|row| row.form == Form::Named) {
        return Some(row);
    }
    let sentence = first.split(['。', '\n', '(', '（']).next().unwrap_or("").trim();
    let named = (2..=10).contains(&sentence.chars().count()) && !sentence.contains(['，', ',', '；', '：', ':']);
    let rest = first.strip_prefix(sentence).unwrap_or("");
    let dates =
        dated(rest.split('。').next().unwrap_or(""), &base(context, after)).filter(|_| rest.starts_with(['(', '（']));
    // 移栽并加强田间管理。 is the text of a phase without a name.
    let known = context.lexicon.compiled().phase.stage(sentence).is_some() || sentence.chars().count() <= 6;
    let whole = (rest.starts_with('。') || rest.is_empty()) && known || dates.is_some();
    (named && whole).then(|| Row {
        form: Form::Named,
        label: None,
        number: None,
        name: name(sentence),
        dates,
        says_stage: false,
    })
}

/// Layout 1b: sibling headings that carry their dates in brackets or are nothing but dates: 春季战役(3月—4月), 6月:宣传发动.
pub(super) fn from_dated_headings(context: &Context) -> Vec<Phase> {
    for section in context.sections {
        let children: Vec<&Section> = context.children(section);
        if !(2..=12).contains(&children.len()) {
            continue;
        }
        let base = base(context, None);
        let is_dated = |heading: &str| {
            (DATED_BRACKET.is_match(heading) || name(heading).is_none()) && dated(heading, &base).is_some()
        };
        let count = children.iter().filter(|s| is_dated(&s.heading)).count();
        if count < 2 || count * 5 < children.len() * 4 {
            continue;
        }
        return push_all(context, &children, PhaseKind::Stage);
    }
    Vec::new()
}

/// The sections of one list as phases, in their order; a section without a number counts by its place.
pub(super) fn push_all(context: &Context, children: &[&Section], kind: PhaseKind) -> Vec<Phase> {
    let mut out = Vec::new();
    let mut last_end = None;
    for (child, place) in children.iter().zip(1u32..) {
        push(context, child, kind, child.number.map_or(place, |n| n as u32), &mut last_end, &mut out);
    }
    out
}
