//! Targets: an aim and a quantity, with the deadline where there is one.
//!
//! **Evidence**: a number with a unit, and one of: a comparator at its side (不少于, 达到, 以上), an aim verb in its clause
//! (建成, 争创, 引进), a section or list of goals, or the target that it is enumerated with. 实现…翻番 counts without a number.
//! **Example**: `到2012年底参合率达到95%以上`: value 95, unit %, comparator >=, deadline 2012, stated.
//! **Counter-examples** (kept as rows with `is_target` false and the reason): what was reached (目前已达98%), conditions
//! (投资500万元以上的项目), counts (三个方面, 七个专题), fees, one-off events (召开一次推进会), how long something takes.
//! **Misses**: goals in words (明显提高), quantities whose unit is not in the table `units`, ratios (3:1).

mod quantity;

use std::collections::HashMap;

use daachorse::charwise::CharwiseDoubleArrayAhoCorasick;

use crate::diagnostic::Diagnostic;
use crate::extract::Context;
use crate::extract::dates::{self, Base, Kind, Time};
use crate::lexicon::{Lexicon, word_automaton};
use crate::model::{Comparator, Component, DeadlineBasis, Moment, Target};
use crate::span::Span;
use quantity::{Measures, Quantity, UnitKind};

/// Longest quote, in characters.
const QUOTE: usize = 40;

/// Quantities that are words; they count only behind one of [`EXPLICIT`].
const WORDS: &[&str] = &["全覆盖", "零增长", "零事故", "翻一番", "翻番", "零上访", "零投诉", "全部达标"];

/// Words that state an aim beyond doubt.
const EXPLICIT: &[&str] = &["实现", "确保", "达到", "力争", "做到", "保持", "争取"];

/// Words that make a single occurrence an obligation: 每月必须组织一次.
const OBLIGED: &[&str] = &["必须", "至少", "不少于", "保证", "确保"];

/// The tables `units`, `comparators`, `aim_verbs` and `target_exclusions`, ready to search.
pub(crate) struct Words {
    measures: Measures,
    verbs: Vec<String>,
    any_verb: CharwiseDoubleArrayAhoCorasick<u32>,
    exclusions: HashMap<String, CharwiseDoubleArrayAhoCorasick<u32>>,
}

impl Words {
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let exclusions = lexicon.table("target_exclusions").ok();
        let mut by_kind: HashMap<&str, Vec<&str>> = HashMap::new();
        for (word, kind) in exclusions.into_iter().flat_map(|table| table.pairs("key", "value")) {
            by_kind.entry(kind).or_default().push(word);
        }
        Self {
            measures: Measures::new(lexicon),
            verbs: lexicon.cells("aim_verbs", "key").into_iter().map(str::to_owned).collect(),
            any_verb: word_automaton(lexicon.cells("aim_verbs", "key")),
            exclusions: by_kind.into_iter().map(|(kind, words)| (kind.to_owned(), word_automaton(words))).collect(),
        }
    }

    /// Whether a text holds an exclusion of a kind.
    fn excludes(&self, kind: &str, text: &str) -> bool {
        self.exclusions.get(kind).is_some_and(|words| words.leftmost_find_iter(text).next().is_some())
    }

    /// Whether a text holds an aim verb.
    fn aims(&self, text: &str) -> bool {
        self.any_verb.leftmost_find_iter(text).next().is_some()
    }
}

/// What the text before has established: a list of goals, and by when.
#[derive(Clone, Copy, Default)]
struct Goals {
    /// In a list that 目标是: opened.
    listed: bool,
    /// The time that the lead of the list or the heading states.
    deadline: Option<Moment>,
    /// By when, as the last sentence of the paragraph that says so states it: 到2020年, ….
    paragraph: Option<Moment>,
}

/// The quantified aims of a document, and the quantities that look like aims and are none.
pub fn extract(context: &Context) -> (Vec<Target>, Vec<Diagnostic>) {
    let words = &context.lexicon.compiled().target;
    let base = Base { year: context.year, issued: context.issued.map(|moment| moment.date) };
    let mut goals = Goals::default();
    let mut targets = Vec::new();
    for sentence in context.sentences(context.body) {
        let text = context.of(sentence);
        let opens_line = sentence.start == 0
            || context
                .text
                .get(..sentence.start as usize)
                .is_some_and(|head| head.trim_end_matches([' ', '\u{3000}']).ends_with(['\n', '\r']));
        if opens_line {
            goals.paragraph = None;
        }
        if opens_line && goals.listed && !text.starts_with(['―', '—', '-', '–', '·', '●', '－', '─']) {
            goals = Goals::default();
        }
        let leads =
            text.contains("目标") && ["目标是", "目标为", "目标:", "目标："].iter().any(|word| text.contains(word));
        if !leads && !has_quantity(text) {
            continue;
        }
        let times = dates::expressions(text, &base);
        if leads {
            goals = Goals { listed: true, deadline: times.iter().find_map(|time| time.end), ..goals };
        }
        let section = context.section_at(sentence.start);
        let in_goals = goals.listed
            || section
                .is_some_and(|section| section.component == Some(Component::Goals) || section.heading.contains("目标"));
        let heading = section
            .filter(|_| in_goals)
            .and_then(|section| dates::expressions(&section.heading, &base).iter().find_map(|time| time.end));
        let inherited = goals.paragraph.or(goals.deadline).or(heading);
        sentence_targets(sentence, text, &times, in_goals, inherited, context.year, words, &mut targets);
        goals.paragraph = times
            .iter()
            .rev()
            .find(|time| time.start.is_none() && time.has_year)
            .and_then(|time| time.end)
            .or(goals.paragraph);
    }
    (targets, Vec::new())
}

/// A cheap look before the costly one.
fn has_quantity(text: &str) -> bool {
    text.chars().any(|c| {
        c.is_ascii_digit()
            || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '两')
    }) || may_have_word(text) && WORDS.iter().any(|word| text.contains(word))
}

/// Whether a text holds a character with which one of [`WORDS`] begins.
fn may_have_word(text: &str) -> bool {
    text.contains(['全', '零', '翻'])
}

/// Where clauses of a sentence end.
fn is_clause_end(c: char) -> bool {
    matches!(c, ',' | '，' | ';' | '；' | '。' | ':' | '：' | '!' | '！' | '\n' | '―')
}

#[expect(clippy::too_many_arguments, reason = "one call, one sentence: a struct would only rename them")]
fn sentence_targets(
    sentence: Span,
    text: &str,
    times: &[Time],
    in_goals: bool,
    inherited: Option<Moment>,
    year: Option<i32>,
    words: &Words,
    out: &mut Vec<Target>,
) {
    let quantities = words.measures.quantities(text);
    let mut last_end: Option<usize> = None;
    for (index, quantity) in quantities.iter().enumerate() {
        // The first time that does not end before the quantity.
        let at = times.partition_point(|time| time.span.end as usize <= quantity.start);
        let dated = times.get(at..).unwrap_or(&[]).iter().take_while(|time| (time.span.start as usize) < quantity.end);
        let dated = dated.into_iter().any(|time| time.kind != Kind::Duration);
        if dated {
            continue;
        }
        let (mut from, to) = clause(text, quantity);
        // 由45%提高到50%: the first number is where things stand.
        let next = quantities.get(index + 1);
        let head = text.get(from..quantity.start).unwrap_or("");
        let tail = text.get(quantity.end..to).unwrap_or("");
        if next.is_some_and(|next| next.start < to && next.unit == quantity.unit)
            && ["提高", "增加", "上升", "降", "提升", "增长", "减少", "扩大"].iter().any(|word| tail.starts_with(word))
        {
            continue;
        }
        // Items of a list part at 、 where each has its quantity.
        if let Some(previous) = index.checked_sub(1).and_then(|at| quantities.get(at))
            && previous.end > from
            && let Some(cut) = text.get(previous.end..quantity.start).and_then(|gap| gap.find('、'))
        {
            from = previous.end + cut + '、'.len_utf8();
        }
        let mut until = to;
        if let Some(next) = next.filter(|next| next.start < to)
            && let Some(cut) = text.get(quantity.end..next.start).and_then(|gap| gap.find(['、', '和']))
        {
            until = quantity.end + cut;
        }
        let carried =
            last_end.is_some_and(|end| text.get(end..quantity.start).is_some_and(|gap| gap.chars().nth(24).is_none()));
        let Some((comparator, reason)) = judge(quantity, head, tail, in_goals, carried, words) else { continue };
        let (deadline, basis) = deadline(times, quantity, text, inherited);
        let past = basis == Some(DeadlineBasis::Stated)
            && deadline.zip(year).is_some_and(|(moment, year)| i32::from(moment.date.year()) < year);
        let reason = reason.or(past.then_some("achieved"));
        if reason.is_none() {
            last_end = Some(quantity.end);
        }
        let span = quote_span(text, from, until, quantity);
        let (subject, indicator): (Option<String>, Option<String>) = about(
            text.get(span.range()).unwrap_or(""),
            quantity.start.saturating_sub(span.start as usize),
            quantity,
            words,
        );
        // A rate in persons is a slip of character recognition for %.
        let is_rate = quantity.unit == "人"
            && quantity.value <= 100.0
            && indicator.as_ref().is_some_and(|noun| noun.ends_with(['率', '面']));
        let unit = if is_rate { "%".to_owned() } else { quantity.unit.clone() };
        out.push(Target {
            quote: span.of(text).to_owned(),
            subject,
            indicator,
            comparator: Some(comparator),
            value: Some(quantity.value),
            value_max: quantity.max,
            unit: Some(unit),
            deadline,
            deadline_basis: basis,
            is_target: reason.is_none(),
            reason: reason.map(str::to_owned),
            span: Span { start: span.start + sentence.start, end: span.end + sentence.start },
        });
    }
    worded(sentence, text, times, inherited, out);
}

/// The clause around a quantity.
fn clause(text: &str, quantity: &Quantity) -> (usize, usize) {
    let head = text.get(..quantity.start).unwrap_or("");
    let from = head.char_indices().rev().take(120).find(|(_, c)| is_clause_end(*c)).map(|(at, c)| at + c.len_utf8());
    let from = from.unwrap_or_else(|| head.char_indices().rev().take(120).last().map_or(0, |(at, _)| at));
    let rest = text.get(quantity.end..).unwrap_or("");
    let to = rest.char_indices().take(80).find(|(_, c)| is_clause_end(*c)).map(|(at, _)| at);
    let to = to.unwrap_or_else(|| rest.char_indices().nth(80).map_or(rest.len(), |(at, _)| at));
    (from, quantity.end + to)
}

/// Whether a quantity is aimed at: `None` if nothing says so, else the comparator and, where it is no target, the reason.
fn judge(
    quantity: &Quantity,
    head: &str,
    tail: &str,
    in_goals: bool,
    carried: bool,
    words: &Words,
) -> Option<(Comparator, Option<&'static str>)> {
    let before = words.measures.before(head);
    let after = words.measures.after(tail);
    // 不少于总人数的5%: a comparator with a noun between.
    let strong = ["不少于", "不低于", "不超过", "不高于", "不得少于", "不得低于", "不得超过"];
    let far =
        head.contains('不').then(|| strong.iter().filter_map(|word| head.rfind(word).map(|at| at + word.len())).max());
    let far = far.flatten();
    let far = far.filter(|at| head.get(*at..).is_some_and(|gap| gap.chars().count() <= 16));
    let before = before.or_else(|| words.measures.before(head.get(..far?)?));
    let single = !quantity.arabic && quantity.max.is_none();
    let obliged = OBLIGED.iter().any(|word| head.contains(word))
        || before.is_some_and(|(c, _)| c == Comparator::AtLeast)
        || after.is_some_and(|(c, _)| c == Comparator::AtLeast);
    // 一次, 三个 are idioms unless something makes them an obligation.
    if single
        && quantity.kind != UnitKind::Rate
        && !(obliged && (before.is_some() || after.is_some() || head.contains('每') || head.contains("至少")))
    {
        return None;
    }
    let verb = words.aims(head);
    let time = quantity.kind == UnitKind::Time;
    if time && before.is_none() && after.is_none() && !(verb && quantity.unit == "分钟") {
        return None;
    }
    if time && (quantity.unit == "年" || quantity.unit.ends_with("工作日") && before.is_none()) {
        return None;
    }
    // 增加的3亿元: what is, not what is aimed at.
    if before.is_none() && head.ends_with('的') && quantity.kind != UnitKind::Rate {
        return None;
    }
    let rate = quantity.kind == UnitKind::Rate && head.ends_with(['率', '度', '面']);
    if before.is_none() && after.is_none() && !verb && !in_goals && !carried && !obliged && !rate {
        return None;
    }
    let stated = match (before, after) {
        (Some((Comparator::Equal, _)) | None, Some((comparator, _))) => comparator,
        (Some((comparator, _)), _) => comparator,
        (None, None) if quantity.over => Comparator::Above,
        (None, None) if head.contains("至少") || quantity.max.is_some() => Comparator::AtLeast,
        (None, None) => Comparator::Equal,
    };
    let near: String = head.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    let behind: String = tail.chars().take(8).collect();
    let aim = verb || in_goals || before.is_some() || carried;
    let firm =
        ["提高到", "不少于", "不低于", "至少", "不超过", "力争", "确保", "争取"].iter().any(|word| head.contains(word));
    let follows_noun = after.is_some_and(|(_, length)| {
        tail.get(length..).is_some_and(|rest| rest.chars().next().is_some_and(|c| matches!(c, '一'..='龥')))
    });
    let bound = matches!(after, Some((Comparator::AtLeast | Comparator::AtMost, _)));
    // 投资500万元以上的项目, 收入过200亿元的集群: what kind of thing, not how much of it.
    let sizes = quantity.kind == UnitKind::Measure
        && ((bound && before.is_none() && !words.verbs.iter().any(|verb| head.ends_with(verb.as_str())))
            || tail.starts_with('的') && !in_goals
            || tail.contains("基础上"));
    let done = head.trim_end_matches(['近', '约']).ends_with(['了', '共', '仅']) && !head.ends_with("为了");
    let reason = if !firm && (done || words.excludes("achieved", &near) || tail.contains("惠及")) {
        Some("achieved")
    } else if words.excludes("forecast", &near) {
        Some("forecast")
    } else if words.excludes("fee", head) {
        Some("fee")
    } else if before.is_none()
        && after.is_none()
        && matches!(quantity.unit.as_str(), "个" | "项" | "大类" | "类" | "种" | "期")
        && (words.excludes("count", &behind) || head.ends_with(['类', '等']))
    {
        Some("count")
    } else if sizes
        || (follows_noun && before.is_none() && !verb && !carried && !OBLIGED.iter().any(|word| head.contains(word)))
        || words.excludes("condition", head)
        || tail.starts_with("以上的") && !aim
    {
        Some("condition")
    } else if quantity.value <= 1.0
        && matches!(quantity.unit.as_str(), "次" | "期" | "场")
        && !obliged
        && !head.contains('每')
    {
        Some("one-off event")
    } else if time && (behind.starts_with("时间") || head.ends_with('用')) && before.is_none() && after.is_none() {
        Some("duration")
    } else {
        None
    };
    Some((stated, reason))
}

/// By when: the nearest time before the quantity in its sentence, else the first one behind it, else what the goals inherit.
fn deadline(
    times: &[Time],
    quantity: &Quantity,
    text: &str,
    inherited: Option<Moment>,
) -> (Option<Moment>, Option<DeadlineBasis>) {
    // When the work goes on is no deadline for how long it takes: only 全年, 年内 are.
    let lasting = quantity.kind == UnitKind::Time;
    let first_behind = times.partition_point(|time| time.span.end as usize <= quantity.start);
    let (earlier, later) = times.split_at(first_behind);
    let fits = |time: &&Time| !lasting || time.kind == Kind::Year;
    let mut before = earlier.iter().rev().take(200).filter(fits).take(20);
    // 每年引进100名 has no deadline.
    if earlier.last().is_some_and(|time| time.kind == Kind::Recurring) {
        return (None, None);
    }
    let mut behind = later
        .iter()
        .take(200)
        .filter(fits)
        .take(20)
        .filter(|time| time.span.start as usize >= quantity.end && time.start.is_none());
    match before.find(|time| time.end.is_some()).or_else(|| behind.find(|time| time.end.is_some())) {
        Some(time) => {
            let loose = time.kind == Kind::Year && !time.has_year && !time.span.of(text).contains(['底', '末']);
            (time.end, Some(if loose { DeadlineBasis::Inherited } else { DeadlineBasis::Stated }))
        }
        None if lasting => (None, None),
        None => (inherited, inherited.map(|_| DeadlineBasis::Inherited)),
    }
}

/// The clause without marks at its ends, cut down to the longest quote around the quantity.
fn quote_span(text: &str, from: usize, to: usize, quantity: &Quantity) -> Span {
    let mut span = Span::new(from, to.max(quantity.end)).trimmed(text);
    let lead = span.of(text);
    let lead = lead.len() - lead.trim_start_matches(['―', '—', '-', '–', '、', '·', '●', ' ', '\u{3000}', '-']).len();
    span.start = (span.start + lead as u32).min(quantity.start as u32);
    let chars = span.of(text).chars().count();
    if chars > QUOTE {
        let tail = text.get(quantity.end..span.end as usize).map_or(0, |tail| tail.chars().count());
        // What stands before the quantity says what it is; what follows is cut first.
        let head = text.get(span.start as usize..quantity.end).map_or(0, |head| head.chars().count());
        let keep_tail = tail.min(QUOTE.saturating_sub(head.min(QUOTE - 8)));
        let keep_head = QUOTE - keep_tail;
        let start = text
            .get(..quantity.end)
            .map_or(0, |head| head.char_indices().rev().take(keep_head).last().map_or(0, |(at, _)| at));
        let rest = text.get(quantity.end..).unwrap_or("");
        let end = quantity.end + rest.char_indices().nth(keep_tail).map_or(rest.len(), |(at, _)| at);
        span = Span::new(start.max(span.start as usize), end.min(span.end as usize));
    }
    span
}

/// Subject and indicator where they are plain: 参合率 of `参合率达到95%`, 优秀医生 of `50名优秀医生`.
fn about(quote: &str, at: usize, quantity: &Quantity, words: &Words) -> (Option<String>, Option<String>) {
    let han = |c: char| matches!(c, '一'..='龥');
    let mut head = quote.get(..at).unwrap_or("");
    if let Some((_, length)) = words.measures.before(head) {
        head = head.get(..head.len() - length).unwrap_or("");
    }
    let head = head.trim_end_matches(['均', '要', '应', '将', '力', '争']);
    let start = head.char_indices().rev().take(14).take_while(|(_, c)| han(*c)).last().map_or(head.len(), |(at, _)| at);
    let noun = head.get(start..).unwrap_or("");
    let ends =
        ["率", "面", "度", "比例", "比重", "规模", "收入", "时间", "总量", "总值", "产值", "标准", "人数", "数量"];
    if ends.iter().any(|end| noun.ends_with(end)) {
        let verb = words
            .verbs
            .iter()
            .filter_map(|verb| noun.rfind(verb.as_str()).map(|at| at + verb.len()))
            .max()
            .unwrap_or(0);
        let indicator = noun.get(verb..).unwrap_or("").trim_start_matches(['年', '月', '日', '底', '前']);
        let subject = head.get(..start).unwrap_or("").trim_matches(['、', ' ', '“', '”', '(', ')', '（', '）']);
        let subject = if subject.contains(|c: char| c.is_ascii_digit()) { "" } else { subject };
        return (
            Some(subject.to_owned()).filter(|subject| !subject.is_empty()),
            Some(indicator.to_owned()).filter(|noun| noun.chars().count() >= 2),
        );
    }
    let length = quantity.end - quantity.start;
    let behind = quote.get(at + length..).unwrap_or("");
    let behind = words.measures.after(behind).map_or(behind, |(_, length)| behind.get(length..).unwrap_or(""));
    let subject: String = behind.chars().take_while(|c| han(*c)).take(12).collect();
    (Some(subject).filter(|subject| subject.chars().count() >= 2 && quantity.kind == UnitKind::Count), None)
}

/// 实现…全覆盖: an aim whose quantity is a word.
fn worded(sentence: Span, text: &str, times: &[Time], inherited: Option<Moment>, out: &mut Vec<Target>) {
    if !may_have_word(text) {
        return;
    }
    for word in WORDS {
        for (at, _) in text.match_indices(word).take(50) {
            let quantity = Quantity {
                start: at,
                end: at + word.len(),
                value: 0.0,
                max: None,
                unit: String::new(),
                kind: UnitKind::Rate,
                arabic: true,
                over: false,
            };
            let (from, to) = clause(text, &quantity);
            let head = text.get(from..at).unwrap_or("");
            let covered = out.iter().rev().take(20).any(|target| {
                target.span.start < sentence.start + at as u32 + word.len() as u32
                    && target.span.end > sentence.start + at as u32
            });
            if covered || !EXPLICIT.iter().any(|aim| head.contains(aim)) || head.contains('已') {
                continue;
            }
            let (deadline, deadline_basis) = deadline(times, &quantity, text, inherited);
            let span = quote_span(text, from, to, &quantity);
            out.push(Target {
                quote: span.of(text).to_owned(),
                subject: None,
                indicator: None,
                comparator: None,
                value: None,
                value_max: None,
                unit: None,
                deadline,
                deadline_basis,
                is_target: *word != "全覆盖",
                reason: (*word == "全覆盖").then(|| "no number".to_owned()),
                span: Span { start: span.start + sentence.start, end: span.end + sentence.start },
            });
        }
    }
}

#[cfg(test)]
mod tests;
