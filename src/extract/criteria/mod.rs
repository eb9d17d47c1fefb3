//! Frameworks of criteria (五个好) with their items, and the numeral formulas that are only slogans (三个代表).

mod body;
mod conditions;
mod formula;
mod items;
mod known;
mod mention;
mod slogan;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::model::{Criterion, CriterionKind, Slogan};
use crate::span::Span;
pub use body::Bodies;
use body::Subject;
pub use conditions::Leads;
use items::Item;
pub use known::Formulas;
use known::{Known, bare};
use mention::{Mention, mentions, sentence};

/// Extract the frameworks and the slogans.
///
/// Evidence: a numeral formula in quotes, or behind 做到, 坚持 … and before a colon or bracket; with items behind or before it, it is a
/// framework; only named, it is one if it speaks of qualities (五好, 五个模范) of a body or person that stands beside it.
/// Example: 努力做到“四个到位”:一是责任到位。… Counter-example: “一把手”, “十二五”, 三个月.
pub fn extract(context: &Context) -> (Vec<Criterion>, Vec<Slogan>, Vec<Diagnostic>) {
    let mut found = Found::default();
    let mut named: Vec<Mention> = Vec::new();
    for mention in mentions(context) {
        let known = context.lexicon.compiled().formula.of(&mention.formula);
        if known == Some(Known::None) {
            continue;
        }
        let sentence = mention.sentence(context);
        let after = context.text.get(mention.after..context.span.end as usize).unwrap_or("");
        let after = after.trim_start_matches(['”', '"', '’', '」']);
        // 以“三沿五区”为重点: where the work is done.
        let is_scope =
            sentence.ends_with('以') && ["为重点", "为主", "为范围"].iter().any(|word| after.starts_with(word));
        let is_set_up = SET_UP.iter().any(|verb| sentence.ends_with(verb)) && !sentence.ends_with("建设");
        let items = if known == Some(Known::Slogan) || is_set_up || is_scope {
            Vec::new()
        } else {
            items_of(context, &mention)
        };
        if found.repeats(&mention, &items) {
            continue;
        }
        if items.len() < 2 || !plausible(context, &mention, &items) {
            named.push(mention);
        } else {
            found.itemised(context, &mention, &items);
        }
    }
    for mention in named {
        found.named(context, mention);
    }
    let taken: Vec<Span> = found.criteria.iter().filter(|row| row.item.is_some()).map(|row| row.span).collect();
    found.criteria.extend(conditions::extract(context, &taken));
    let mut known: HashSet<String> = found.slogans.iter().map(|slogan| bare(&slogan.formula)).collect();
    for (span, formula) in slogan::unquoted(context) {
        if known.insert(bare(&formula)) {
            found.slogans.push(Slogan { declared: formula::declared(&formula), formula, items: Vec::new(), span });
        }
    }
    found.in_order()
}

/// What makes a formula one of bodies or things that are there (下设“一办五组”), not to be met.
const SET_UP: [&str; 7] = ["下设", "设立", "设置", "组建", "成立", "设", "组成"];

/// What is found so far.
#[derive(Default)]
struct Found {
    criteria: Vec<Criterion>,
    slogans: Vec<Slogan>,
    diagnostics: Vec<Diagnostic>,
    /// What is itemised, as formula and items: a framework may be set twice, for two kinds of bodies.
    lists: Vec<(String, Vec<String>)>,
}

impl Found {
    /// Whether a mention says again what is known.
    fn repeats(&self, mention: &Mention, items: &[Item]) -> bool {
        let texts: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
        self.lists.iter().any(|(formula, known)| {
            *formula == mention.formula
                && (texts.is_empty()
                    || known.first().map(String::as_str) == texts.first().copied() && same_list(known, &texts))
        })
    }

    /// A framework with its items.
    fn itemised(&mut self, context: &Context, mention: &Mention, items: &[Item]) {
        self.lists.push((mention.formula.clone(), items.iter().map(|item| item.text.clone()).collect()));
        if items.len() as u32 != mention.declared {
            let message = format!("“{}” declares {} items, {} found", mention.formula, mention.declared, items.len());
            self.diagnostics.push(Diagnostic::warning("criteria-declared", mention.span, message));
        }
        let applies_to = applies_to(context, mention, items);
        self.push(context, mention, applies_to.as_deref(), items);
    }

    /// A formula without items: a framework if it names qualities, and whose; else a slogan.
    fn named(&mut self, context: &Context, mention: Mention) {
        if self.lists.iter().any(|(formula, _)| *formula == mention.formula) {
            return;
        }
        let known = context.lexicon.compiled().formula.of(&mention.formula);
        let quality =
            known != Some(Known::Slogan) && (known == Some(Known::Framework) || formula::is_quality(&mention.formula));
        // 组织全县民警开展“争当四标兵”活动: who strives to be it is to meet it.
        let contested = known != Some(Known::Slogan)
            && mention.quoted
            && mention.is_contested(context)
            && applies_to(context, &mention, &[]).is_some();
        let beside = beside(context, &mention);
        let reached = mention.sentence(context).ends_with("做到");
        // 党支部以“五个好”为目标
        let aimed = || known == Some(Known::Framework) && applies_to(context, &mention, &[]).is_some();
        let asked = beside.is_some() || mention.quoted && (reached || formula::is_quality(&mention.formula) && aimed());
        if contested || quality && asked && (mention.quoted || mention.standard) {
            let applies_to = beside.or_else(|| applies_to(context, &mention, &[]));
            if !self.criteria.iter().any(|c| c.framework == mention.formula && c.applies_to == applies_to) {
                self.push(context, &mention, applies_to.as_deref(), &[]);
            }
        } else if self.criteria.iter().any(|criterion| criterion.framework == mention.formula) {
            // Named again without its body.
        } else if mention.quoted && !self.slogans.iter().any(|slogan| slogan.formula == mention.formula) {
            let declared = Some(mention.declared);
            self.slogans.push(Slogan { formula: mention.formula, declared, items: Vec::new(), span: mention.span });
        }
    }

    fn push(&mut self, context: &Context, mention: &Mention, applies_to: Option<&str>, items: &[Item]) {
        let kind = kind(context, mention, applies_to);
        let row = |ordinal: Option<u32>, item: Option<String>, span: Span| Criterion {
            id: 0,
            framework: mention.formula.clone(),
            kind,
            applies_to: applies_to.map(str::to_owned),
            declared: Some(mention.declared),
            found: items.len() as u32,
            ordinal,
            item,
            span,
        };
        if items.is_empty() {
            self.criteria.push(row(None, None, mention.span));
        }
        for (item, ordinal) in items.iter().zip(1u32..) {
            self.criteria.push(row(Some(ordinal), Some(item.text.clone()), item.span));
        }
    }

    /// All of it in the order of the text.
    fn in_order(mut self) -> (Vec<Criterion>, Vec<Slogan>, Vec<Diagnostic>) {
        self.criteria.sort_by_key(|criterion| criterion.span.start);
        self.slogans.sort_by_key(|slogan| slogan.span.start);
        for (criterion, id) in self.criteria.iter_mut().zip(1u32..) {
            criterion.id = id;
        }
        (self.criteria, self.slogans, self.diagnostics)
    }
}

/// The items behind a formula or, if these are not all, before it.
fn items_of(context: &Context, mention: &Mention) -> Vec<Item> {
    let mut behind = items::following(context, mention.after, &mention.formula, mention.declared);
    // “三勤”“三净”:腿勤、手勤…: the list may be the other's.
    let joins = context.text[..mention.span.start as usize].trim_end_matches(['“', '"', '‘']).ends_with(['”', '’']);
    if joins && !items::share(&behind, &mention.formula) {
        behind.clear();
    }
    if behind.len() as u32 >= mention.declared || !mention.quoted {
        return behind;
    }
    let before = items::preceding(context, mention.span.start as usize, &mention.formula, mention.declared);
    if before.is_empty() { behind } else { before }
}

/// Two lists of items that are the same list, told at different length.
fn same_list(a: &[String], b: &[&str]) -> bool {
    a.iter().zip(b).filter(|(x, y)| x == *y).count() * 2 >= a.len().min(b.len())
}

/// Items that are short enough, and enough of them, to be what the formula declares.
fn plausible(context: &Context, mention: &Mention, items: &[Item]) -> bool {
    let enough = items.len() as u32 * 5 >= mention.declared * 2
        || items.len() >= 4
        || items::begin_with_counted(items, &mention.formula);
    let balanced = |text: &str| text.matches(['“', '‘']).count() == text.matches(['”', '’']).count();
    let longest = if mention.quoted { 90 } else { 60 };
    // 突出一个主题,即…;确立一个取向,即…: headings of the plan, not criteria.
    let listed =
        items.first().zip(items.last()).map(|(first, last)| Span { start: first.span.start, end: last.span.end });
    let listed = listed.and_then(|span| context.text.get(span.start as usize..span.end as usize)).unwrap_or("");
    let explained = listed.matches("，即").count() + listed.matches(",即").count();
    enough
        && explained < 2
        && items.len() as u32 <= mention.declared
        && items.iter().all(|item| item.text.chars().count() <= longest && balanced(&item.text))
}

/// What a framework asks for: an action where it is one of things to be done (开展“三送”活动, “五个一”), a standard where somebody must meet
/// it or it names qualities, else a requirement.
fn kind(context: &Context, mention: &Mention, applies_to: Option<&str>) -> CriterionKind {
    let behind = context
        .text
        .get(mention.after..context.span.end as usize)
        .unwrap_or("")
        .trim_start_matches(['”', '"', '’', '」']);
    let is_done = ["活动", "行动", "竞赛", "大走访", "主题活动", "实践活动", "专项行动"]
        .iter()
        .any(|word| behind.starts_with(word));
    if is_done || mention.formula.ends_with("个一") {
        CriterionKind::Action
    } else if applies_to.is_some() || formula::is_quality(&mention.formula) {
        CriterionKind::Standard
    } else {
        CriterionKind::Requirement
    }
}

/// The body beside a formula: directly behind it (“五好”党支部), or whose standard it is called (党员的基本要求是…, 执行执法人员“六不准”).
fn beside(context: &Context, mention: &Mention) -> Option<String> {
    let bodies = &context.lexicon.compiled().body;
    let after = context.text.get(mention.after..context.span.end as usize).unwrap_or("");
    let sentence = mention.sentence(context);
    bodies.behind(after).or_else(|| bodies.whose_standard(sentence)).or_else(|| bodies.owner(sentence))
}

/// Whom a framework is set for: the body beside it, else the subject of its sentence, else the body that is the heading above it.
fn applies_to(context: &Context, mention: &Mention, items: &[Item]) -> Option<String> {
    let bodies = &context.lexicon.compiled().body;
    beside(context, mention).or_else(|| {
        // Items before the formula are no part of the clause.
        let before = items.iter().map(|item| item.span.start).fold(mention.span.start, u32::min);
        match bodies.subject(sentence(context, before)) {
            Subject::Body(name) => Some(name),
            Subject::Missing => above(context, before),
            Subject::Other => None,
        }
    })
}

/// The body that is the heading above a sentence: (一)先进基层党组织。要做到…. Only for the first sentence below it.
fn above(context: &Context, before: u32) -> Option<String> {
    let start = before as usize - sentence(context, before).len();
    let section = context.section_at(start as u32).or_else(|| context.section_at(before))?;
    let between = context.text.get(section.heading_span.end as usize..start)?;
    let is_first = between.chars().all(|c| matches!(c, '。' | '“' | ':' | '：') || c.is_whitespace());
    is_first.then(|| context.lexicon.compiled().body.heading(&section.heading))?
}
