//! Targets: an aim and a quantity, with the deadline where there is one.
//!
//! **Evidence**: a number with a unit, and one of: a comparator at its side (不少于, 达到, 以上), an aim verb in its clause
//! (建成, 争创, 引进), a section or list of goals, or the target that it is enumerated with. 实现…翻番 counts without a number.
//! **Example**: `到2012年底参合率达到95%以上`: value 95, unit %, comparator >=, deadline 2012, stated.
//! Duties that return (每季度通报一次) count, without a deadline; what a place has, what is paid and which case is meant do not.
//! **Counter-examples** (kept as rows with `is_target` false and the reason): what was reached (目前已达98%), conditions
//! (投资500万元以上的项目), counts (三个方面, 七个专题), fees, one-off events (召开一次推进会), how long something takes.
//! **Misses**: goals in words (明显提高), quantities whose unit is not in the table `units`, ratios (3:1).

mod case;
mod deadline;
mod frequency;
mod judge;
mod limit;
mod quantity;
mod quote;
mod setting;
mod tense;
mod word;

use std::collections::HashMap;

use daachorse::charwise::CharwiseDoubleArrayAhoCorasick;

use crate::diagnostic::Diagnostic;
use crate::extract::Context;
use crate::extract::dates::{self, Base, Kind, Time};
use crate::lexicon::{Lexicon, word_automaton};
use crate::model::{DeadlineBasis, Moment, Target};
use crate::span::Span;
use frequency::recurs;
use judge::{Place, judge};
use limit::{Limit, limit};
use quantity::{Measures, UnitKind};
use quote::{about, clause, context_before, in_brackets, in_title_marks, is_clause_end, near, part, quote_span};
use setting::{Setting, Settings};

/// Words that look ahead, even in a report.
const AHEAD: &[&str] = &["力争", "争取", "明年", "下一步", "今后", "下阶段"];

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
}

/// What the text before has established: a list of goals, and by when.
#[derive(Clone, Copy, Default)]
struct Goals {
    /// In a list that 目标是: opened.
    listed: bool,
    /// The lead ends its line with a colon, so that numbered lines behind it are the list.
    open: bool,
    /// The time that the lead of the list or the heading states.
    deadline: Option<Moment>,
    /// By when, as the last sentence of the paragraph that says so states it: 到2020年, ….
    paragraph: Option<Moment>,
}

/// The quantified aims of a document, and the quantities that look like aims and are none.
///
/// `window`: the last day of the campaign, where the text states it.
pub fn extract(context: &Context, window: Option<Moment>) -> (Vec<Target>, Vec<Diagnostic>) {
    let words = &context.lexicon.compiled().target;
    let base = Base { year: context.year, issued: context.issued.map(|moment| moment.date), before: None };
    let settings = Settings::new(context, &base);
    let mut goals = Goals::default();
    let mut targets = Vec::new();
    for sentence in unwrapped(context, words) {
        let text = context.of(sentence);
        let opens_line = sentence.start == 0
            || context
                .text
                .get(..sentence.start as usize)
                .is_some_and(|head| head.trim_end_matches([' ', '\u{3000}']).ends_with(['\n', '\r']));
        let item = text.starts_with(['―', '—', '-', '–', '·', '●', '－', '─']) || goals.open && is_numbered(text);
        let opens_paragraph = opens_line && !item;
        if opens_paragraph {
            goals.paragraph = None;
        }
        if opens_paragraph && goals.listed {
            goals = Goals::default();
        }
        let leads = opens_goals(text);
        if !leads && !has_quantity(text) {
            continue;
        }
        let setting = settings.at(sentence.start);
        // 2011年打算 in a report of 2010: 全年 is 2011.
        let year = setting.year.map(|moment| i32::from(moment.date.year())).or(base.year);
        let times = dates::expressions(text, &Base { year, ..base });
        if leads {
            let open =
                text.ends_with([':', '：']) || text.lines().next().is_some_and(|line| line.ends_with([':', '：']));
            goals = Goals { listed: true, deadline: times.iter().find_map(|time| time.end), open, ..goals };
        }
        let inherited = goals.paragraph.or(goals.deadline).or(setting.heading);
        let reading = Reading {
            sentence,
            text,
            times: &times,
            in_goals: goals.listed || setting.goals,
            inherited,
            setting,
            window,
        };
        reading.targets(context.year, words, &mut targets);
        goals.paragraph = times
            .iter()
            .rev()
            .find(|time| time.start.is_none() && time.has_year)
            .and_then(|time| time.end)
            .or(goals.paragraph);
    }
    (targets, Vec::new())
}

/// The sentences, with those joined that a hard line break parts inside a quantity: 达到95%⏎以上, 不少于⏎30学时.
fn unwrapped(context: &Context, words: &Words) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for sentence in context.sentences(context.body) {
        if let Some(last) = out.last_mut()
            && context.text.get(last.end as usize..sentence.start as usize).is_some_and(|gap| {
                gap.chars().filter(|c| *c == '\n').count() == 1 && gap.chars().all(char::is_whitespace)
            })
        {
            let (head, tail) = (last.of(context.text), context.of(sentence));
            let digit = head.ends_with(|c: char| c.is_ascii_digit());
            let unit = || head.ends_with(['%', '％']) || words.measures.ends_with_quantity(head);
            if (words.measures.after(tail).is_some() && unit())
                || (tail.starts_with(|c: char| c.is_ascii_digit()) && words.measures.before(head).is_some())
                || (digit && words.measures.starts_with_unit(tail))
            {
                last.end = sentence.end;
                continue;
            }
        }
        out.push(sentence);
    }
    out
}

/// Whether a sentence opens a list of goals: 目标是…, 到2015年,实现以下目标:, 要达到下列指标:.
fn opens_goals(text: &str) -> bool {
    const NOUNS: &[&str] = &["目标", "指标"];
    NOUNS.iter().any(|noun| text.contains(noun))
        && ["目标是", "目标为", "目标:", "目标：", "指标:", "指标："].iter().any(|word| text.contains(word))
}

/// Whether a line begins with a number in Arabic digits or brackets: 1.…, （2）…, ①….
fn is_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(['(', '（']);
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.starts_with(|c: char| matches!(c, '①'..='⑳'))
        || digits.len() < rest.len()
            && rest.len() - digits.len() <= 2
            && digits.starts_with(['.', '、', '．', ')', '）'])
}

/// A cheap look before the costly one.
fn has_quantity(text: &str) -> bool {
    text.chars().any(|c| {
        c.is_ascii_digit()
            || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '两' | '半')
    }) || text.contains("亿级")
        || word::may_stand_in(text)
}

/// One sentence, with what is known about it.
struct Reading<'a> {
    sentence: Span,
    text: &'a str,
    times: &'a [Time],
    in_goals: bool,
    /// The deadline that the goals state.
    inherited: Option<Moment>,
    setting: Setting,
    /// The last day of the campaign.
    window: Option<Moment>,
}

impl Reading<'_> {
    fn targets(&self, year: Option<i32>, words: &Words, out: &mut Vec<Target>) {
        let text = self.text;
        let quantities = words.measures.quantities(text);
        let report = self.setting.report && !AHEAD.iter().any(|word| text.contains(word));
        let mut last_end: Option<usize> = None;
        let mut last_limit: Option<usize> = None;
        let mut last_counted: Option<(usize, &'static str)> = None;
        for (index, quantity) in quantities.iter().enumerate() {
            // The first time that does not end before the quantity.
            let at = self.times.partition_point(|time| time.span.end as usize <= quantity.start);
            let (earlier, later) = self.times.split_at(at);
            let (clause_from, to) = clause(text, quantity);
            let head = text.get(clause_from..quantity.start).unwrap_or("");
            let tail = text.get(quantity.end..to).unwrap_or("");
            let limited = near(text, last_limit, quantity.start);
            let limit = limit(quantity, head, tail, limited);
            if limit == Some(Limit::Duty) {
                last_limit = Some(quantity.end);
            }
            let dated = later.iter().take_while(|time| (time.span.start as usize) < quantity.end);
            if limit.is_none() && dated.into_iter().any(|time| time.kind != Kind::Duration) {
                continue;
            }
            // 由45%提高到50%: the first number is where things stand.
            let next = quantities.get(index + 1);
            if next.is_some_and(|next| next.start < to && next.unit == quantity.unit)
                && ["提高", "增加", "上升", "降", "提升", "增长", "减少", "扩大", "缩短", "压缩"]
                    .iter()
                    .any(|word| tail.starts_with(word))
            {
                continue;
            }
            let previous = index.checked_sub(1).and_then(|at| quantities.get(at));
            let (from, until) = part(text, (clause_from, to), quantity, previous, next);
            let carried = near(text, last_end, quantity.start);
            let recurring = earlier
                .last()
                .is_some_and(|time| time.kind == Kind::Recurring && time.span.start as usize >= clause_from)
                || recurs(head);
            // 共80家，其中企业50家、商场30家: parts of what is there.
            let counted = last_counted
                .filter(|(end, _)| near(text, Some(*end), quantity.start))
                .filter(|(end, _)| {
                    head.starts_with("其中")
                        || *end > clause_from
                        || text.get(*end..quantity.start).is_some_and(|gap| !gap.contains(is_clause_end))
                })
                .map(|(_, reason)| reason);
            // A remark in brackets stands for itself: （单体面积2万平方米以上）.
            let head =
                text.get(from.max(clause_from)..quantity.start).filter(|_| until < to && in_brackets(text, from));
            let head = head.unwrap_or_else(|| text.get(clause_from..quantity.start).unwrap_or(""));
            let place = Place {
                sentence: context_before(text, quantity.start),
                head,
                tail,
                in_goals: self.in_goals,
                carried,
                counted,
                qualifies: next.is_some_and(|next| {
                    let gap = text.get(quantity.end..next.start).unwrap_or("");
                    // 76家企业100%取得许可证: the rate is what is aimed at.
                    let rate = next.kind == UnitKind::Rate && !gap.is_empty();
                    next.start < to
                        && !gap.contains(['、', '和', '及', '与'])
                        && (rate || words.measures.before(gap).is_some())
                }),
                named: in_title_marks(text, quantity.start),
                report,
                recurring,
                limit,
            };
            let Some((comparator, reason)) = judge(quantity, &place, words) else { continue };
            let (deadline, basis) =
                if limit.is_some() || recurring { (None, None) } else { self.deadline(quantity, comparator) };
            let past = basis == Some(DeadlineBasis::Stated)
                && deadline.zip(year).is_some_and(|(moment, year)| i32::from(moment.date.year()) < year);
            let reason = reason.or(past.then_some("achieved"));
            match reason {
                None => last_end = Some(quantity.end),
                Some(reason @ ("achieved" | "count")) => last_counted = Some((quantity.end, reason)),
                Some(_) => {}
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
                span: Span { start: span.start + self.sentence.start, end: span.end + self.sentence.start },
            });
        }
        self.worded(report, year, out);
    }
}

#[cfg(test)]
mod tests;
