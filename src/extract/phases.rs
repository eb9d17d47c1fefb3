//! The phases of a campaign (阶段) and its steps (步骤, 环节).
//!
//! The layouts, tried in this order; the first that fits is taken:
//! 1. headings that say so: 第一阶段:动员部署(3月1日—3月20日), (一)宣传发动阶段; or sibling headings that all carry dates;
//! 2. the headings, or the items of a list, under a section on steps (方法步骤, 实施步骤, 时间安排);
//! 3. a series of headings most of which are names of steps (动员部署, 公开承诺, 领导点评 …), whatever stands above them;
//! 4. running text: 从现在起到5月底为第一阶段,主要任务是…. 第二阶段…; 分为宣传、整治、总结三个阶段.

use std::collections::HashMap;
use std::sync::LazyLock;

use daachorse::charwise::CharwiseDoubleArrayAhoCorasick;
use regex::{Captures, Regex};

use super::Context;
use super::dates::{self, Base};
use super::near;
use crate::diagnostic::Diagnostic;
use crate::lexicon::{Lexicon, word_automaton};
use crate::model::{Component, Moment, Phase, PhaseKind, Precision, Section, Stage};
use crate::numeral;
use crate::outline::{self, one_line};
use crate::span::Span;

/// The table `phase_names`, ready to search.
pub struct Names {
    words: CharwiseDoubleArrayAhoCorasick<u32>,
    stages: Vec<Option<Stage>>,
    lengths: Vec<usize>,
}

impl Names {
    /// Take the words from the table.
    pub fn new(lexicon: &Lexicon) -> Self {
        let keys = lexicon.cells("phase_names", "key");
        Self {
            stages: lexicon.cells("phase_names", "value").into_iter().map(Stage::parse).collect(),
            lengths: keys.iter().map(|key| key.chars().count()).collect(),
            words: word_automaton(keys),
        }
    }

    /// The canonical kind of the phase that a name names: by the longest word in it, of equal ones the last.
    pub fn stage(&self, name: &str) -> Option<Stage> {
        let mut best: Option<(usize, Stage)> = None;
        for found in self.words.leftmost_find_iter(name) {
            let at = found.value() as usize;
            if let (Some(&length), Some(&Some(stage))) = (self.lengths.get(at), self.stages.get(at))
                && best.is_none_or(|(longest, _)| length >= longest)
            {
                best = Some((length, stage));
            }
        }
        best.map(|(_, stage)| stage)
    }
}

/// Extract the phases.
pub fn extract(context: &Context) -> (Vec<Phase>, Vec<Diagnostic>) {
    let mut phases = from_stage_headings(context);
    if phases.is_empty() {
        phases = from_dated_headings(context);
    }
    if phases.is_empty() {
        phases = from_steps_section(context);
    }
    if phases.is_empty() {
        phases = from_named_steps(context);
    }
    if phases.is_empty() {
        phases = from_prose(context);
    }
    for (phase, id) in phases.iter_mut().zip(1u32..) {
        phase.id = id;
    }
    link(&mut phases);
    let diagnostics = check(context, &phases);
    (phases, diagnostics)
}

/// Give steps the phase before them as parent.
fn link(phases: &mut [Phase]) {
    let mut above = None;
    for phase in phases {
        if phase.level == 1 {
            above = Some(phase.id);
        } else {
            phase.parent = above;
        }
    }
}

static STAGE_MARKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:第[一二三四五六七八九十\d]{1,2}(?:阶段|步骤?|环节)|阶段[一二三四五六七八九十\d])$")
        .expect("a literal pattern")
});
static STAGE_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(第[一二三四五六七八九十\d]{1,2}\s?(?:阶段|步骤?|环节)|阶段[一二三四五六七八九十\d])[\s,，:：、\-—]*")
        .expect("a literal pattern")
});
static STAGE_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"阶段\s*(?:[(（,，:：\d]|$)|^第[一二三四五六七八九十\d]{1,2}(?:阶段|步|环节)")
        .expect("a literal pattern")
});
static NOT_STAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"各个?阶段|分阶段|阶段划分|阶段安排|现阶段|阶段性|三个阶段|四个阶段|下一阶段")
        .expect("a literal pattern")
});

fn is_stage(section: &Section) -> bool {
    section.marker.starts_with(['第', '阶']) && STAGE_MARKER.is_match(&section.marker)
        || (section.heading.contains("阶段") || section.heading.starts_with('第'))
            && STAGE_HEADING.is_match(&section.heading)
            && !NOT_STAGE.is_match(&section.heading)
}

/// Layout 1.
fn from_stage_headings(context: &Context) -> Vec<Phase> {
    let stages: Vec<&Section> = context.sections.iter().filter(|section| is_stage(section)).collect();
    let Some(level) = stages.iter().map(|section| section.level).min() else { return Vec::new() };
    // A single heading with 阶段 in it is one only if its marker says so, or dates stand in it.
    if stages.len() == 1 && !STAGE_MARKER.is_match(&stages[0].marker) && !STAGE_LABEL.is_match(&stages[0].heading) {
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
    out
}

/// A marker without its number: what the markers of one series have in common.
fn style(marker: &str) -> String {
    marker.chars().filter(|&c| !numeral::is_chinese(c) && numeral::digit(c).is_none()).collect()
}

/// Siblings of stage headings belong to the series even where one of them lacks the word 阶段.
fn is_stage_of(section: &Section, series: &HashMap<(Option<u32>, String), usize>) -> bool {
    is_stage(section)
        || section.parent.is_some()
            && !section.marker.is_empty()
            && section.component.is_none_or(|part| part == Component::Steps)
            && !NOT_STAGE.is_match(&section.heading)
            && series.get(&(section.parent, style(&section.marker))).is_some_and(|count| *count >= 2)
}

/// One section as a phase, followed by its steps.
fn push(
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
    let stage = name.as_deref().and_then(|name| context.lexicon.compiled().phase.stage(name));
    out.push(Phase {
        id: 0,
        parent: None,
        ordinal,
        level: 1,
        kind,
        label,
        name,
        stage,
        start,
        end,
        date_text,
        span: section.whole,
    });
    steps(context, section, out);
}

static DATED_BRACKET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[(（\[【〔][^()（）]{0,40}(?:月|年|日|天|周|前|底|起|\d)[^()（）]{0,20}(?:[)）\]】〕]|$)")
        .expect("a literal pattern")
});
static LEADING_DATES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:从|自)?(?:\d{4}年|\d{1,2}月|[—\-–~～至到\d年月日上中下旬初底末前起开始 ，,:：]){2,}(?:为|是|，|,|:|：)?",
    )
    .expect("a literal pattern")
});

/// The name of a phase: its heading without label, dates and the word 阶段. `None` where nothing is left.
fn name(heading: &str) -> Option<String> {
    let heading = STAGE_LABEL.replace(heading, "");
    let heading = DATED_BRACKET.replace_all(&heading, "");
    let heading = LEADING_DATES.replace(&heading, "");
    let edge = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ':' | '：' | ',' | '，' | '。' | '、' | '-' | '—' | '“' | '”' | '"' | '.' | ';' | '；' | '为'
            )
    };
    let mut name = heading.trim_matches(edge);
    for word in ["阶段", "环节"] {
        if let Some(at) = name.find(word).filter(|&at| {
            at > 0 && at + word.len() == name.len()
                || at >= 6 && name[at + word.len()..].starts_with([',', '，', ':', '：', '、', ' ', '-', '—'])
        }) {
            name = name[..at].trim_matches(edge);
        }
    }
    let name = one_line(name);
    (name.chars().count() >= 2).then(|| shorten(&name))
}

/// A name that is a sentence is cut at its first comma.
fn shorten(name: &str) -> String {
    if name.chars().count() <= 24 {
        return name.to_owned();
    }
    name.split([',', '，', '；', ';', '。']).next().unwrap_or(name).to_owned()
}

static TIME_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:[(（]?(?:活动)?(?:时间|时段)(?:安排|要求|为|是)?[:：为是]?|从|自|[(（])?\s*")
        .expect("a literal pattern")
});

/// When a phase is: dates in its heading, else at the very beginning of its text (2016年5月…, 时间安排:…).
///
/// A year that is left out is the document's, or that of the phase before. Counter-example: 5月10日前上报方案 inside the text is
/// a deadline for material.
fn when(
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

fn base(context: &Context, after: Option<Moment>) -> Base {
    let year = match (context.year, after) {
        (Some(year), Some(last)) if i32::from(last.date.year()) > year => Some(i32::from(last.date.year())),
        (year, last) => year.or(last.map(|moment| i32::from(moment.date.year()))),
    };
    Base { year, issued: context.issued.map(|moment| moment.date) }
}

type Dated = (Option<Moment>, Option<Moment>, Option<String>);

fn dated(text: &str, base: &Base) -> Option<Dated> {
    dates::range_in(text, base).map(|(start, end, span)| (start, end, Some(span.of(text).to_owned())))
}

static TASKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:抓好|做好|搞好|开展|完成|包括|进行|抓)((?:[^、，。；：:,;\n]{2,24}、){1,7}[^、，。；：:,;\n]{2,24}?)(?:等)?([两二三四五六七八九\d])(?:项|个|件)(?:重点)?(?:工作|环节|任务|活动|步骤|事)")
        .expect("a literal pattern")
});

/// The steps inside a phase: its numbered subsections, else the tasks that one sentence counts (抓好学习讨论、调研走访两项工作).
fn steps(context: &Context, section: &Section, out: &mut Vec<Phase>) {
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
fn split_at(list: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut out = Vec::new();
    for part in list.split('、') {
        let lead = part.len() - part.trim_start().len();
        out.push((at + lead, part.trim()));
        at += part.len() + '、'.len_utf8();
    }
    out
}

/// Layout 1b: sibling headings that carry their dates in brackets or are nothing but dates: 春季战役(3月—4月), 6月:宣传发动.
fn from_dated_headings(context: &Context) -> Vec<Phase> {
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
        let mut out = Vec::new();
        let mut last_end = None;
        for (child, place) in children.iter().zip(1u32..) {
            push(context, child, PhaseKind::Stage, child.number.map_or(place, |n| n as u32), &mut last_end, &mut out);
        }
        return out;
    }
    Vec::new()
}

static STEPS_HEADING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"步骤|程序|环节|阶段|进度|时间安排|实施安排").expect("a literal pattern"));

/// Layout 2.
fn from_steps_section(context: &Context) -> Vec<Phase> {
    let names = &context.lexicon.compiled().phase;
    for section in context.sections {
        let on_steps = matches!(section.component, Some(Component::Steps | Component::Schedule))
            || STEPS_HEADING.is_match(&section.heading);
        if !on_steps || section.heading.contains("措施") && !section.heading.contains("步骤") {
            continue;
        }
        let children: Vec<&Section> = context.children(section);
        let says_stage = section.heading.contains("阶段") || section.text.contains("阶段");
        if (2..=12).contains(&children.len()) {
            let like = children
                .iter()
                .filter(|s| {
                    s.heading.chars().count() <= 14 && names.stage(&s.heading).is_some()
                        || dated(&s.heading, &base(context, None)).is_some()
                })
                .count();
            if !STEPS_HEADING.is_match(&section.heading) && like * 2 < children.len() {
                continue;
            }
            let mut out = Vec::new();
            let mut last_end = None;
            for (child, place) in children.iter().zip(1u32..) {
                push(
                    context,
                    child,
                    PhaseKind::Step,
                    child.number.map_or(place, |n| n as u32),
                    &mut last_end,
                    &mut out,
                );
            }
            let any_dates = out.iter().any(|phase| phase.level == 1 && (phase.start.is_some() || phase.end.is_some()));
            if says_stage || any_dates {
                for phase in out.iter_mut().filter(|phase| phase.level == 1) {
                    phase.kind = PhaseKind::Stage;
                }
            }
            return out;
        }
        let found = from_list(context, section, says_stage);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

static BEGINS_WITH_OBJECT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^对[^，。；]{2,12}?进行").expect("a literal pattern"));

/// The items of a list of sentences under a section on steps: each item's first clause names a step.
fn from_list(context: &Context, section: &Section, says_stage: bool) -> Vec<Phase> {
    if !children_free(context, section) {
        return Vec::new();
    }
    let items =
        outline::items(context.text, Span { start: section.heading_span.end, end: section.span.end }, context.lexicon);
    let outer: Vec<_> = items.iter().filter(|(depth, _, _)| *depth == 1).collect();
    if !(2..=10).contains(&outer.len()) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut last_end = None;
    for ((_, _, item), place) in outer.iter().zip(1u32..) {
        let text = Span { start: item.heading.span.start, end: item.span.end }.of(context.text).trim();
        let clause = text.split(['，', ',', '；', ';', '。', ':', '：']).next().unwrap_or("");
        let clause = BEGINS_WITH_OBJECT.replace(clause, "");
        let Some(name) = name(&clause) else { return Vec::new() };
        if name.chars().count() > 20 {
            return Vec::new();
        }
        let (start, end, date_text) =
            dated(clause_of_dates(text), &base(context, last_end)).unwrap_or((None, None, None));
        last_end = end.or(last_end);
        let dated = start.is_some() || end.is_some();
        out.push(Phase {
            id: 0,
            parent: None,
            ordinal: if item.marker.number > 0 { item.marker.number as u32 } else { place },
            level: 1,
            kind: if says_stage || dated { PhaseKind::Stage } else { PhaseKind::Step },
            label: None,
            stage: context.lexicon.compiled().phase.stage(&name),
            name: Some(name),
            start,
            end,
            date_text,
            span: item.span.trimmed(context.text),
        });
    }
    out
}

fn clause_of_dates(text: &str) -> &str {
    let end = text.char_indices().nth(40).map_or(text.len(), |(at, _)| at);
    let head = &text[..end];
    head.split(['。', '；']).next().unwrap_or(head)
}

fn children_free(context: &Context, section: &Section) -> bool {
    context.children(section).is_empty()
}

/// Layout 3: three or more sibling headings of at most 12 characters, three fifths of which are names of steps.
fn from_named_steps(context: &Context) -> Vec<Phase> {
    let names = &context.lexicon.compiled().phase;
    for section in context.sections {
        if matches!(
            section.component,
            Some(
                Component::Leadership
                    | Component::Assessment
                    | Component::Requirements
                    | Component::Safeguards
                    | Component::Guideline
                    | Component::Goals
                    | Component::Principles
            )
        ) {
            continue;
        }
        let children: Vec<&Section> = context.children(section);
        if !(3..=10).contains(&children.len()) || children.iter().any(|s| s.heading.chars().count() > 14) {
            continue;
        }
        let like =
            children.iter().filter(|s| s.heading.chars().count() <= 6 && names.stage(&s.heading).is_some()).count();
        let begins = names.stage(&children[0].heading) == Some(Stage::Mobilise);
        let ends = matches!(
            names.stage(&children[children.len() - 1].heading),
            Some(Stage::Review | Stage::Commend | Stage::Consolidate)
        );
        if like * 5 >= children.len() * 3 && begins && ends {
            let mut out = Vec::new();
            let mut last_end = None;
            for (child, place) in children.iter().zip(1u32..) {
                push(
                    context,
                    child,
                    PhaseKind::Step,
                    child.number.map_or(place, |n| n as u32),
                    &mut last_end,
                    &mut out,
                );
            }
            return out;
        }
    }
    Vec::new()
}

static PROSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:([^。；;\n]{2,30}?)为)?(第([一二三四五六])(?:个)?阶段)(?:的)?(?:[(（]([^()（）]{2,40})[)）])?(?:[,，:：]|为|是)?(?:的?(?:主要|重点|工作|中心)?任务(?:是|为|:|：)?|主要(?:是|抓好|工作是)?|重点(?:是|抓好)?)?([^。；;\n]{2,80})")
        .expect("a literal pattern")
});
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"分(?:为|成)?(?P<list>(?:[^、，。；：:,;\n]{2,10}、){1,6}[^、，。；：:,;\n]{2,10}?)等?(?P<count>[两二三四五六七])个(?P<word>阶段|步骤|环节)").expect("a literal pattern")
});

/// 三个阶段(即:甲、乙、丙).
static LISTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<count>[两二三四五六七])个(?P<word>阶段|步骤|环节)[”〞]?[(（](?:即|分别为|分别是|[:：])*(?P<list>(?:[^、，。；：:,;\n()（）]{2,16}、){1,6}[^、，。；：:,;\n()（）]{2,16})[)）]").expect("a literal pattern")
});

/// The first match of a pattern with a count of phases or steps in it (个阶段), which reaches at most so many bytes before and
/// behind the count, and the offset of its places.
fn first_counted<'t>(pattern: &Regex, text: &'t str, before: usize, behind: usize) -> Option<(Captures<'t>, usize)> {
    let counts = memchr::memmem::find_iter(text.as_bytes(), "个")
        .filter(|at| ["阶段", "步骤", "环节"].iter().any(|word| text[at + "个".len()..].starts_with(word)));
    near::around(text, counts, before, behind)
        .into_iter()
        .find_map(|near| pattern.captures(&text[near.clone()]).map(|found| (found, near.start)))
}

/// Layout 4.
fn from_prose(context: &Context) -> Vec<Phase> {
    let body = context.of(context.body);
    if !body.contains("阶段") && !body.contains("步骤") && !body.contains("环节") {
        return Vec::new();
    }
    let offset = context.body.start as usize;
    let names = &context.lexicon.compiled().phase;
    let mut out: Vec<Phase> = Vec::new();
    let mut last_end = None;
    let labels = memchr::memmem::find_iter(body.as_bytes(), "阶段").filter(|&at| {
        let number = body[..at].strip_suffix('个').unwrap_or(&body[..at]);
        number.strip_suffix(['一', '二', '三', '四', '五', '六']).is_some_and(|head| head.ends_with('第'))
    });
    let near = near::around(body, labels, 150, 600);
    for (captures, offset) in near
        .into_iter()
        .flat_map(|near| PROSE.captures_iter(&body[near.clone()]).map(move |found| (found, offset + near.start)))
    {
        let (Some(whole), Some(label), Some(number), Some(task)) =
            (captures.get(0), captures.get(2), captures.get(3), captures.get(5))
        else {
            continue;
        };
        let Some(ordinal) = numeral::value(number.as_str()) else { continue };
        if ordinal != out.len() as u64 + 1 {
            continue;
        }
        let base = base(context, last_end);
        let (start, end, date_text) = [captures.get(4), captures.get(1)]
            .into_iter()
            .flatten()
            .find_map(|m| dated(m.as_str(), &base))
            .unwrap_or((None, None, None));
        last_end = end.or(last_end);
        let task = task.as_str().trim_start_matches(['是', '为', '：', ':', '，', ',']);
        let clause = task.split(['，', ',', '、']).next().unwrap_or(task);
        let pair = task.split(['，', ',']).take(2).collect::<Vec<_>>().join(",");
        let text = if clause.chars().count() <= 5 && pair.chars().count() <= 16 { pair } else { clause.to_owned() };
        out.push(Phase {
            id: 0,
            parent: None,
            ordinal: ordinal as u32,
            level: 1,
            kind: PhaseKind::Stage,
            label: Some(label.as_str().to_owned()),
            stage: names.stage(task),
            name: name(&text),
            start,
            end,
            date_text,
            span: Span::new(offset + whole.start(), offset + whole.end()),
        });
    }
    if out.len() >= 2 {
        return out;
    }
    let counted = first_counted(&COUNTED, body, 400, 30).or_else(|| first_counted(&LISTED, body, 30, 500));
    let Some((captures, offset)) = counted.map(|(found, at)| (found, offset + at)) else { return Vec::new() };
    let (Some(list), Some(count), Some(word)) = (captures.name("list"), captures.name("count"), captures.name("word"))
    else {
        return Vec::new();
    };
    let parts = split_at(list.as_str());
    if numeral::value(count.as_str()) != Some(parts.len() as u64) {
        return Vec::new();
    }
    let kind = if word.as_str() == "阶段" { PhaseKind::Stage } else { PhaseKind::Step };
    let phases = parts.into_iter().zip(1u32..).filter_map(|((at, part), ordinal)| {
        let start = offset + list.start() + at;
        let name = name(part)?;
        Some(Phase {
            id: 0,
            parent: None,
            ordinal,
            level: 1,
            kind,
            label: None,
            stage: names.stage(&name),
            name: Some(name),
            start: None,
            end: None,
            date_text: None,
            span: Span::new(start, start + part.len()),
        })
    });
    phases.collect()
}

static DECLARED: LazyLock<Regex> = LazyLock::new(|| {
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
fn check(context: &Context, phases: &[Phase]) -> Vec<Diagnostic> {
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
fn shares_its_end(before: Moment, after: Moment) -> bool {
    let month = |moment: Moment| (moment.date.year(), moment.date.month());
    month(before) == month(after) && before.precision != Precision::Day && after.precision != Precision::Day
}

fn title(phase: &Phase) -> &str {
    phase.name.as_deref().or(phase.label.as_deref()).unwrap_or("a phase")
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn found(text: &str) -> Vec<String> {
        let lexicon = Lexicon::builtin();
        let span = Span::new(0, text.len());
        let (sections, _) = crate::outline::outline(text, span, lexicon);
        let context = Context { text, span, body: span, sections: &sections, lexicon, issued: None, year: Some(2012) };
        let day = |m: Option<Moment>| m.map_or("-".to_owned(), |m| m.date.to_string());
        let line = |p: &Phase| {
            format!(
                "{} {} {} {} {}",
                p.level,
                p.kind.as_str(),
                p.name.as_deref().unwrap_or("-"),
                day(p.start),
                day(p.end)
            )
        };
        extract(&context).0.iter().map(line).collect()
    }

    #[test]
    fn layouts() {
        for (text, expected) in [
            (
                "一、工作步骤\n第一阶段：宣传发动（3月1日—3月20日）\n张贴通告。\n第二阶段：集中整治（3月21日至6月底）\n逐户检查。\n",
                vec!["1 stage 宣传发动 2012-03-01 2012-03-20", "1 stage 集中整治 2012-03-21 2012-06-30"],
            ),
            (
                "一、方法步骤\n（一）自查自纠阶段。2012年5月上旬，各单位对照清单自查。\n（二）总结验收阶段。各单位形成报告。\n",
                vec!["1 stage 自查自纠 2012-05-01 2012-05-10", "1 stage 总结验收 - -"],
            ),
            (
                "一、活动安排\n（一）动员部署。召开大会。\n（二）公开承诺。张榜公示。\n（三）评选表彰。评出先进。\n",
                vec!["1 step 动员部署 - -", "1 step 公开承诺 - -", "1 step 评选表彰 - -"],
            ),
            (
                "活动分三步走。从即日起到5月底为第一阶段,主要任务是广泛宣传动员,营造氛围。第二阶段的主要任务是全面推进。第三阶段主要是总结验收。",
                vec!["1 stage 广泛宣传动员 - 2012-05-31", "1 stage 全面推进 - -", "1 stage 总结验收 - -"],
            ),
            (
                "一、安排\n整治工作分为动员部署、集中整治、检查验收三个阶段进行。\n",
                vec!["1 stage 动员部署 - -", "1 stage 集中整治 - -", "1 stage 检查验收 - -"],
            ),
            (
                "一、步骤\n第一阶段：学习讨论。重点抓好集中学习、专题讨论两项工作。\n第二阶段：查摆整改。\n开展批评。\n",
                vec!["1 stage 学习讨论 - -", "2 step 集中学习 - -", "2 step 专题讨论 - -", "1 stage 查摆整改 - -"],
            ),
            (
                "一、加强领导\n（一）提高认识。抓好落实。\n（二）加强宣传。营造氛围。\n（三）强化督查。定期通报。\n",
                vec![],
            ),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn every_row_is_recognised_in_its_example() {
        let names = &Lexicon::builtin().compiled().phase;
        let table = Lexicon::builtin().table("phase_names").unwrap();
        for (value, example) in table.pairs("value", "example") {
            assert_eq!(names.stage(example).map(Stage::as_str), Some(value), "{example}");
        }
    }
}
