//! Steps that are a series of headings: layouts 2 and 3.

use std::sync::LazyLock;

use regex::Regex;

use super::headings::push_all;
use super::list::from_list;
use super::when::{base, dated};
use crate::extract::Context;
use crate::model::{Component, Phase, PhaseKind, Section, Stage};

pub(super) static STEPS_HEADING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"步骤|程序|环节|阶段|进度|时间安排|实施安排").expect("a literal pattern"));

/// Layout 2.
pub(super) fn from_steps_section(context: &Context) -> Vec<Phase> {
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
            if !STEPS_HEADING.is_match(&section.heading) && (like * 2 < children.len() || !runs(context, &children)) {
                continue;
            }
            let mut out = push_all(context, &children, PhaseKind::Step);
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

/// Whether headings tell a course of events: dated one by one, or from mobilising to a review. 工作安排 above 宣传教育, 隐患排查,
/// 值班备勤 is a list of tasks.
fn runs(context: &Context, children: &[&Section]) -> bool {
    let names = &context.lexicon.compiled().phase;
    let base = base(context, None);
    let dates = children.iter().filter(|s| dated(&s.heading, &base).is_some()).count();
    let stage = |section: Option<&&Section>| section.and_then(|section| names.stage(&section.heading));
    let ends =
        matches!(stage(children.last()), Some(Stage::Review | Stage::Commend | Stage::Consolidate | Stage::Rectify));
    dates * 2 >= children.len() || stage(children.first()) == Some(Stage::Mobilise) && ends
}

pub(super) fn children_free(context: &Context, section: &Section) -> bool {
    context.children(section).is_empty()
}

/// Layout 3: three or more sibling headings of at most 12 characters, three fifths of which are names of steps.
pub(super) fn from_named_steps(context: &Context) -> Vec<Phase> {
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
            return push_all(context, &children, PhaseKind::Step);
        }
    }
    Vec::new()
}
