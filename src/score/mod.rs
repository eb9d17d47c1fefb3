//! Scores: how complete, how concrete, how canonical and how consistent a plan is, item by item, each number with its evidence.
//!
//! A [`Rubric`] says what is looked at; [`score`] looks at one plan; [`totals`] weighs. A value that the document does not
//! decide is nothing, never zero: it says why, and totals are made of what was decided, with the bounds that the rest leaves.

mod frameworks;
mod head;
mod rubric;
mod select;
mod total;

pub use frameworks::Frameworks;
pub use rubric::{BUILTIN, Band, Dimension, Item, Rubric, Value};
pub use total::{Total, totals};

use crate::model::Plan;
use crate::span::Span;

/// What is scored.
pub struct Subject<'a> {
    /// The plan with its rows. Their spans only pass through: they may count bytes of the repaired text or characters of the source.
    pub plan: &'a Plan,
    /// Its repaired text.
    pub text: &'a str,
    /// Its diagnostics: code and place.
    pub diagnostics: &'a [(String, Span)],
    /// Canonical frameworks.
    pub frameworks: &'a Frameworks,
}

/// What a number rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// A row, with the span that it has.
    Row(Span),
    /// A place in [`Subject::text`], in bytes.
    Text(Span),
}

/// The number of one item for one plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Score<'r> {
    /// The dimension.
    pub dimension: &'r Dimension,
    /// The item.
    pub item: &'r Item,
    /// The value; nothing where the document does not decide it.
    pub value: Option<f64>,
    /// What it rests on, in the order of the text.
    pub evidence: Vec<Evidence>,
    /// Why there is no value.
    pub gap: Option<Gap>,
}

/// Why an item has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// It has nothing to be measured on: a share of phases where there are none.
    NotApplicable(String),
    /// The document does not decide it.
    Undecided(String),
    /// It was not found, but may be there: in the part that was lost, or in a text without headings, by which parts are told. What is found
    /// is decided and what is not is open, so a mean of the decided ones would flatter the document: there is no total, only its
    /// bounds.
    Unseen(String),
}

impl Gap {
    /// The reason.
    pub fn note(&self) -> &str {
        match self {
            Self::NotApplicable(note) | Self::Undecided(note) | Self::Unseen(note) => note,
        }
    }
}

impl PartialEq for Dimension {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Score a plan: the items of a rubric that are asked of its kind of document, in the order of the rubric.
///
/// A standard part that is not there is 0, but nothing where the document breaks off, since it may have stood in what was lost, or has no
/// headings at all.
pub fn score<'r>(subject: &Subject, rubric: &'r Rubric) -> Vec<Score<'r>> {
    let genre = subject.plan.genre.map(crate::model::Genre::as_str);
    let asked =
        |item: &Item| item.genres.is_empty() || genre.is_some_and(|genre| item.genres.iter().any(|g| g == genre));
    rubric
        .dimensions
        .iter()
        .flat_map(|dimension| dimension.items.iter().map(move |item| (dimension, item)))
        .filter(|(_, item)| asked(item))
        .map(|(dimension, item)| {
            let (value, evidence) = measure(subject, item);
            let (value, gap) = match value {
                Ok(value) => (Some(value), None),
                Err(gap) => (None, Some(gap)),
            };
            Score { dimension, item, value, evidence, gap }
        })
        .collect()
}

type Measured = (Result<f64, Gap>, Vec<Evidence>);

fn found(subject: &Subject, selectors: &[select::Selector]) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = selectors.iter().flat_map(|selector| selector.find(subject)).collect();
    evidence.sort_unstable();
    evidence.dedup();
    evidence
}

fn lost() -> Gap {
    Gap::Unseen("the document breaks off, so it may have been lost".into())
}

/// What was measured, unless the document breaks off and more of it may have been in what was lost.
fn unless_lost(subject: &Subject, measured: Measured) -> Measured {
    match measured {
        (Ok(value), _) if subject.plan.truncated && value < 1.0 => (Err(lost()), Vec::new()),
        measured => measured,
    }
}

fn measure(subject: &Subject, item: &Item) -> Measured {
    let gap = |gap: Gap| (Err(gap), Vec::new());
    let not_applicable = |why: &str| gap(Gap::NotApplicable(why.to_owned()));
    if !item.needs.is_empty() && found(subject, &item.needs).len() < item.needs_least {
        let why = "what it is measured on is not there";
        return if item.open { gap(Gap::Undecided(why.to_owned())) } else { not_applicable(why) };
    }
    let evidence = found(subject, &item.count);
    let number = evidence.len() as f64;
    let value = match item.value {
        Value::Undecided => return gap(Gap::Undecided(item.note.clone())),
        Value::FrameworksCovered => return unless_lost(subject, subject.frameworks.covered(subject.plan)),
        Value::FoundOfDeclared => return unless_lost(subject, frameworks::found_of_declared(subject.plan)),
        Value::CanonicalWording => return subject.frameworks.wording(subject.plan),
        Value::Any if evidence.len() >= item.least => 1.0,
        Value::Any => {
            if subject.plan.truncated && item.count.iter().any(|one| one.may_be_lost(subject)) {
                return gap(lost());
            }
            if subject.plan.sections.is_empty() && select::Selector::need_headings(&item.count) {
                return gap(Gap::Unseen("the document has no headings, by which its parts are told".into()));
            }
            0.0
        }
        Value::None if subject.plan.truncated && item.count.iter().any(select::Selector::finds_short_lists) => {
            return unless_lost(subject, (Ok(f64::from(u8::from(evidence.is_empty()))), evidence));
        }
        Value::None => f64::from(u8::from(evidence.is_empty())),
        Value::Count => number,
        Value::PerThousand => {
            let length = subject.text.chars().filter(|c| !c.is_whitespace()).count();
            if length == 0 {
                return not_applicable("the document has no text");
            }
            1_000.0 * number / length as f64
        }
        Value::Share => {
            let whole = found(subject, &item.of);
            if whole.is_empty() {
                return not_applicable("there is nothing that it could be a share of");
            }
            // Two rows with one span are one piece of evidence; a share never exceeds the whole.
            (number / whole.len() as f64).min(1.0)
        }
    };
    (Ok(value), evidence)
}

#[cfg(test)]
mod tests;
