//! Conditions without a numeral: 评选条件:(一)…(二)…, 基本条件是:1.…2.….

use super::body::Bodies;
use super::items::{Item, numbered};
use super::mention::sentence;
use crate::extract::Context;
use crate::lexicon::{Lexicon, word_automaton};
use crate::model::{Criterion, CriterionKind};
use crate::outline::one_line;
use crate::span::Span;

/// The table `condition_leads`, ready to search.
pub struct Leads {
    words: daachorse::charwise::CharwiseDoubleArrayAhoCorasick<u32>,
    /// Whether the word counts as a heading, too.
    as_heading: Vec<bool>,
}

impl Leads {
    /// Take the words from the table.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self {
            words: word_automaton(lexicon.cells("condition_leads", "key")),
            as_heading: lexicon.cells("condition_leads", "value").iter().map(|value| *value == "heading").collect(),
        }
    }
}

/// The most items of such a list.
const MOST: u32 = 20;

/// The lists that a word of the table calls conditions, as criteria of kind `requirement`, the word being the framework.
///
/// Evidence: the word ends a heading or stands before 是, 为, 如下 or a colon, and a numbered list begins right behind it with two items that
/// are clauses, not names of bodies or headings. Example: 三、评选标准 1.政治立场坚定;2.业务能力突出. Counter-example: 评选条件:(一)先进单位
/// 评选条件…, where the items are lists themselves. Misses conditions in running text. `taken`: the places of items that a numeral
/// formula declares.
pub(super) fn extract(context: &Context, taken: &[Span]) -> Vec<Criterion> {
    let leads = &context.lexicon.compiled().condition;
    let bodies = &context.lexicon.compiled().body;
    let text = context.of(context.body);
    let offset = context.body.start;
    let mut out: Vec<Criterion> = Vec::new();
    for found in leads.words.leftmost_find_iter(text) {
        let span = Span { start: offset + found.start() as u32, end: offset + found.end() as u32 };
        let as_heading = leads.as_heading.get(found.value() as usize).is_some_and(|&is| is);
        let Some(start) = opening(context, span, as_heading) else { continue };
        let items: Vec<Item> = numbered(context, start, MOST).into_iter().map(|item| whole(context, item)).collect();
        let overlaps = |item: &Item| {
            taken.iter().any(|span| span.overlaps(item.span)) || out.iter().any(|row| row.span.overlaps(item.span))
        };
        let sentence = &context.text[line_start(context, span)..span.end as usize];
        let applies_to = bodies.whose_standard(&format!("{sentence}:"));
        if applies_to.is_none() && !as_heading {
            continue;
        }
        if items.len() < 2 || items.iter().any(|item| overlaps(item) || !is_condition(bodies, &item.text)) {
            continue;
        }
        let framework = span.of(context.text).to_owned();
        out.extend(items.iter().zip(1u32..).map(|(item, ordinal)| Criterion {
            id: 0,
            framework: framework.clone(),
            kind: CriterionKind::Requirement,
            applies_to: applies_to.clone(),
            declared: None,
            found: items.len() as u32,
            ordinal: Some(ordinal),
            item: Some(item.text.clone()),
            span: item.span,
        }));
    }
    out
}

/// An item up to the end of its sentence, where that is near: 领导重视,机构健全.
fn whole(context: &Context, item: Item) -> Item {
    let rest = context.text.get(item.span.start as usize..context.span.end as usize).unwrap_or("");
    let stop = rest.char_indices().take(90).find(|(_, c)| matches!(c, '。' | '；' | ';' | '\n' | '！'));
    let Some((end, _)) = stop.filter(|(end, _)| *end > item.span.len()) else { return item };
    let span = Span { start: item.span.start, end: item.span.start + end as u32 }.trimmed(context.text);
    Item { text: one_line(span.of(context.text)), span }
}

/// Where the sentence of a word begins.
fn line_start(context: &Context, span: Span) -> usize {
    span.start as usize - sentence(context, span.start).len()
}

/// Where the list behind a word begins, if the word announces one.
fn opening(context: &Context, span: Span, as_heading: bool) -> Option<usize> {
    let rest = context.text.get(span.end as usize..context.span.end as usize)?;
    let words = ["如下", "包括", "是", "为"];
    let behind = words.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let behind = behind.strip_prefix(['：', ':']).or((as_heading || behind.len() < rest.len()).then_some(behind))?;
    let has_colon = behind.len() < rest.len();
    let is_line = rest.trim_start_matches([' ', '\u{3000}', '。']).starts_with('\n');
    (has_colon || is_line).then(|| context.span.end as usize - behind.trim_start_matches(['。', ' ']).len())
}

/// Whether an item is a condition: not the name of a body or another heading over a list.
fn is_condition(bodies: &Bodies, item: &str) -> bool {
    let count = item.chars().count();
    let is_heading = ["条件", "标准", "要求", "程序", "方法", "办法", "范围", "对象", "名额", "方面", "类"]
        .iter()
        .any(|end| item.ends_with(end));
    (4..=90).contains(&count) && !is_heading && bodies.heading(item).is_none()
}
