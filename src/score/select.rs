//! What an item of a rubric counts: rows of tables, standard parts, words, fields of the head, diagnostics.

use regex::Regex;
use serde::Deserialize;

use super::head;
use super::rubric::pattern;
use super::{Evidence, Subject};
use crate::diagnostic::CODES;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{
    Component, Criterion, DeadlineBasis, Leader, Moment, Phase, Precision, Reference, Relation, Stage, Target,
};

/// One thing to look for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selector {
    /// Sections that are one of these standard parts.
    #[serde(default)]
    component: Vec<String>,
    /// Rows of a table.
    rows: Option<Rows>,
    /// Conditions on them, all of which must hold.
    #[serde(default, rename = "where")]
    conditions: Vec<Condition>,
    /// Phases of one of these canonical kinds.
    #[serde(default)]
    stage: Vec<String>,
    /// Places in the text that match one of these regular expressions.
    #[serde(default)]
    words: Vec<String>,
    /// A field of `plans` that has a value.
    field: Option<head::Field>,
    /// Values of which the field must have one.
    #[serde(default)]
    is: Vec<String>,
    /// Diagnostics with one of these codes.
    #[serde(default)]
    diagnostic: Vec<String>,
    #[serde(skip)]
    pattern: Option<Regex>,
}

/// A table whose rows are counted.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// Headings.
    Sections,
    /// Phases and steps.
    Phases,
    /// Items of frameworks.
    Criteria,
    /// Quantities.
    Targets,
    /// People in charge.
    Leaders,
    /// Other documents.
    References,
}

/// A condition on a row.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Phases and sections of the first level.
    Top,
    /// Phases with a first or a last day.
    Dated,
    /// Phases with a first and a last day.
    DatedBoth,
    /// Phases with a day that is stated to the day.
    ToTheDay,
    /// Phases of a canonical kind.
    Canonical,
    /// Targets that have aim and quantity.
    IsTarget,
    /// Targets with a number.
    HasValue,
    /// Targets with a deadline, stated or inherited.
    HasDeadline,
    /// Targets whose deadline stands with them.
    DeadlineStated,
    /// Targets that say who is to reach them.
    HasSubject,
    /// Criteria that are itemised.
    Itemised,
    /// Leaders with the post that they hold otherwise.
    HasPost,
    /// References that the plan acts on or passes on.
    Basis,
    /// References with a document number.
    Numbered,
}

impl Condition {
    fn tables(self) -> &'static [Rows] {
        match self {
            Self::Top => &[Rows::Phases, Rows::Sections],
            Self::Dated | Self::DatedBoth | Self::ToTheDay | Self::Canonical => &[Rows::Phases],
            Self::IsTarget | Self::HasValue | Self::HasDeadline | Self::DeadlineStated | Self::HasSubject => {
                &[Rows::Targets]
            }
            Self::Itemised => &[Rows::Criteria],
            Self::HasPost => &[Rows::Leaders],
            Self::Basis | Self::Numbered => &[Rows::References],
        }
    }

    fn phase(self, phase: &Phase) -> bool {
        let days: [Option<Moment>; 2] = [phase.start, phase.end];
        match self {
            Self::Top => phase.level == 1,
            Self::Dated => days.iter().any(Option::is_some),
            Self::DatedBoth => days.iter().all(Option::is_some),
            Self::ToTheDay => days.iter().flatten().any(|moment| moment.precision == Precision::Day),
            Self::Canonical => phase.stage.is_some(),
            _ => false,
        }
    }

    fn target(self, target: &Target) -> bool {
        match self {
            Self::IsTarget => target.is_target,
            Self::HasValue => target.value.is_some(),
            Self::HasDeadline => target.deadline.is_some(),
            Self::DeadlineStated => target.deadline_basis == Some(DeadlineBasis::Stated),
            Self::HasSubject => target.subject.is_some(),
            _ => false,
        }
    }

    fn criterion(self, criterion: &Criterion) -> bool {
        self == Self::Itemised && criterion.item.is_some()
    }

    fn leader(self, leader: &Leader) -> bool {
        self == Self::HasPost && leader.post.is_some()
    }

    fn reference(self, reference: &Reference) -> bool {
        match self {
            Self::Basis => matches!(reference.relation, Relation::Basis | Relation::Forwards),
            Self::Numbered => reference.doc_number.is_some(),
            _ => false,
        }
    }
}

impl Selector {
    /// Check that it asks for one thing that exists, and read its patterns.
    pub(super) fn prepare(&mut self) -> Result<()> {
        let bad = |message: String| Err(Error::new(ErrorKind::InvalidArgument, message));
        let kinds = [
            !self.component.is_empty(),
            self.rows.is_some(),
            !self.words.is_empty(),
            self.field.is_some(),
            !self.diagnostic.is_empty(),
        ];
        if kinds.iter().filter(|given| **given).count() != 1 {
            return bad("give one of component, rows, words, field, diagnostic for each thing to look for".into());
        }
        if let Some(unknown) = self.component.iter().find(|name| Component::parse(name).is_none()) {
            return bad(format!("{unknown:?} is no standard part; choose from {}", Component::TEXTS.join(", ")));
        }
        if let Some(unknown) = self.stage.iter().find(|name| Stage::parse(name).is_none()) {
            return bad(format!("{unknown:?} is no canonical stage; choose from {}", Stage::TEXTS.join(", ")));
        }
        if !self.stage.is_empty() && self.rows != Some(Rows::Phases) {
            return bad("`stage` goes with rows = \"phases\"".into());
        }
        if let Some(condition) =
            self.conditions.iter().find(|condition| !self.rows.is_some_and(|rows| condition.tables().contains(&rows)))
        {
            let tables: Vec<String> = condition.tables().iter().map(snake).collect();
            return bad(format!("the condition {} goes with rows of {} only", snake(condition), tables.join(", ")));
        }
        if !self.is.is_empty() && self.field.is_none() {
            return bad("`is` goes with `field`".into());
        }
        if let Some(known) = self.field.and_then(head::Field::values)
            && let Some(unknown) = self.is.iter().find(|value| !known.contains(&value.as_str()))
        {
            return bad(format!("{unknown:?} is no value of the field; choose from {}", known.join(", ")));
        }
        if let Some(unknown) = self.diagnostic.iter().find(|code| !CODES.contains(&code.as_str())) {
            return bad(format!("{unknown:?} is no code of a diagnostic; choose from {}", CODES.join(", ")));
        }
        if !self.words.is_empty() {
            self.pattern = Some(pattern(&self.words)?);
        }
        Ok(())
    }

    /// Whether what it looks for can stand in a part of the document that was lost where it breaks off; not so of a field that has a value,
    /// though another than what is looked for.
    pub(super) fn may_be_lost(&self, subject: &Subject) -> bool {
        let known = |field: head::Field| field.stands_at_the_head() || !field.find(subject, &[]).is_empty();
        self.field.is_none_or(|field| !known(field)) && self.diagnostic.is_empty()
    }

    /// Whether only headings can tell what these look for: standard parts are among it, and no words.
    pub(super) fn need_headings(all: &[Self]) -> bool {
        all.iter().any(|one| !one.component.is_empty()) && all.iter().all(|one| one.words.is_empty())
    }

    /// Whether it finds lists that are shorter than their formula declares, as those are that break off.
    pub(super) fn finds_short_lists(&self) -> bool {
        self.diagnostic.iter().any(|code| code.ends_with("-declared"))
    }

    /// All that it finds, in the order of the tables or of the text.
    pub(super) fn find(&self, subject: &Subject) -> Vec<Evidence> {
        let plan = subject.plan;
        if let Some(rows) = self.rows {
            return self.rows(rows, subject);
        }
        if let Some(pattern) = &self.pattern {
            return pattern
                .find_iter(subject.text)
                .map(|found| Evidence::Text(crate::span::Span::new(found.start(), found.end())))
                .collect();
        }
        if let Some(field) = self.field {
            return field.find(subject, &self.is);
        }
        if !self.component.is_empty() {
            let is = |component: Option<Component>| {
                component.is_some_and(|part| self.component.iter().any(|name| name == part.as_str()))
            };
            return plan
                .sections
                .iter()
                .filter(|section| is(section.component))
                .map(|section| Evidence::Row(section.span))
                .collect();
        }
        let codes = subject.diagnostics.iter().filter(|(code, _)| self.diagnostic.contains(code));
        codes.map(|(_, span)| Evidence::Row(*span)).collect()
    }

    fn rows(&self, rows: Rows, subject: &Subject) -> Vec<Evidence> {
        fn of<T>(
            all: &[T],
            conditions: &[Condition],
            holds: impl Fn(Condition, &T) -> bool,
            span: impl Fn(&T) -> crate::span::Span,
        ) -> Vec<Evidence> {
            all.iter()
                .filter(|row| conditions.iter().all(|condition| holds(*condition, row)))
                .map(|row| Evidence::Row(span(row)))
                .collect()
        }
        let (plan, conditions) = (subject.plan, &self.conditions);
        match rows {
            Rows::Sections => of(&plan.sections, conditions, |_, section| section.level == 1, |section| section.span),
            Rows::Phases => {
                let kind = |phase: &Phase| {
                    self.stage.is_empty()
                        || phase.stage.is_some_and(|stage| self.stage.iter().any(|name| name == stage.as_str()))
                };
                let of_kind: Vec<&Phase> = plan.phases.iter().filter(|phase| kind(phase)).collect();
                of(&of_kind, conditions, |condition, phase| condition.phase(phase), |phase| phase.span)
            }
            Rows::Criteria => of(&plan.criteria, conditions, Condition::criterion, |row| row.span),
            Rows::Targets => of(&plan.targets, conditions, Condition::target, |row| row.span),
            Rows::Leaders => of(&plan.leaders, conditions, Condition::leader, |row| row.span),
            Rows::References => of(&plan.references, conditions, Condition::reference, |row| row.span),
        }
    }
}

/// The name of a variant as a rubric writes it.
fn snake(variant: &impl std::fmt::Debug) -> String {
    let mut out = String::new();
    for c in format!("{variant:?}").chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}
