//! Rows of the result of `compare`.

use std::collections::HashMap;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::builder::{TableBuilder, days_since_1970};
use super::schema::COMPARE;
use super::stored::Stored;
use crate::compare::{Item, compare, compare_groups, pool};
use crate::model::{Component, Stage};
use crate::span::Span;

/// A row of a plan with its number and its place in the source.
struct Placed {
    item: Item,
    id: u32,
    place: Span,
}

/// Two plans, or two groups of plans, side by side.
///
/// The rows of a group are pooled: what several of its plans have is one row, shown as the first of them has it, with their number. A row
/// of a group may stand beside several of the other.
pub fn comparison(a: &[&Stored], b: &[&Stored]) -> Result<RecordBatch, ArrowError> {
    let (a, b) = (Side::new(a), Side::new(b));
    let groups = a.plans.len() > 1 || b.plans.len() > 1;
    let pairs = if groups { compare_groups(&a.items, &b.items) } else { compare(&a.items, &b.items) };
    let mut table = TableBuilder::new(&COMPARE);
    for pair in pairs {
        let (left, right) = (pair.a.and_then(|at| a.row(at)), pair.b.and_then(|at| b.row(at)));
        let mut row = table.row();
        row.category(left.as_ref().or(right.as_ref()).map(|row| row.placed.item.aspect.as_str()))
            .category(pair.status.as_str())
            .f64(pair.similarity);
        for side in [&left, &right] {
            row.u32(side.as_ref().map(|row| row.placed.id));
        }
        for side in [&left, &right] {
            row.str(side.as_ref().map(Row::text));
        }
        for side in [&left, &right] {
            let place = side.as_ref().map(|row| row.placed.place);
            row.u32(place.map(|place| place.start)).u32(place.map(|place| place.end));
        }
        for side in [&left, &right] {
            row.str(side.as_ref().map(|row| row.plan));
        }
        for side in [&left, &right] {
            row.u32(side.as_ref().map(|row| row.plans as u32));
        }
        row.end();
    }
    table.finish()
}

/// One plan, or a group of them.
struct Side<'a> {
    plans: &'a [&'a Stored],
    rows: Vec<Vec<Placed>>,
    items: Vec<Item>,
    /// For each item the plan and the place in its rows that it stands for, and how many plans have it.
    shown: Vec<(usize, usize, usize)>,
}

/// A row as the result shows it.
struct Row<'a> {
    plan: &'a str,
    placed: &'a Placed,
    plans: usize,
}

impl<'a> Row<'a> {
    fn text(&self) -> &'a str {
        &self.placed.item.text
    }
}

impl<'a> Side<'a> {
    fn new(plans: &'a [&'a Stored]) -> Self {
        let rows: Vec<Vec<Placed>> = plans.iter().map(|plan| placed(plan)).collect();
        let mut items: Vec<Vec<Item>> =
            rows.iter().map(|rows| rows.iter().map(|row| row.item.clone()).collect()).collect();
        if let [only] = items.as_mut_slice() {
            // A plan that says the same twice has two rows.
            let items = std::mem::take(only);
            let shown = (0..items.len()).map(|at| (0, at, 1)).collect();
            return Self { plans, rows, items, shown };
        }
        let (items, shown) =
            pool(&items).into_iter().map(|row| (row.item, (row.plan, row.at, row.plans.len()))).unzip();
        Self { plans, rows, items, shown }
    }

    fn row(&self, at: usize) -> Option<Row<'_>> {
        let (plan, row, plans) = *self.shown.get(at)?;
        Some(Row { plan: &self.plans.get(plan)?.id, placed: self.rows.get(plan)?.get(row)?, plans })
    }
}

/// The rows of a plan that are compared, aspect by aspect.
fn placed(stored: &Stored) -> Vec<Placed> {
    let plan = &stored.plan;
    let mut out: Vec<Placed> = Vec::new();
    let mut add = |aspect: &str, id, place, key: [&str; 2], text: String, parent, when| {
        let key = key.map(|part| part.replace('\t', " ")).join("\t");
        let key = if key == "\t" { String::new() } else { key };
        out.push(Placed { item: Item { aspect: aspect.into(), key, text, parent, when }, id, place });
    };
    let parts: Vec<Option<Component>> = plan.sections.iter().map(|section| stored.part(section)).collect();
    let mut sections_of_part: HashMap<Option<Component>, u32> = HashMap::new();
    for part in &parts {
        *sections_of_part.entry(*part).or_default() += 1;
    }
    for (section, part) in plan.sections.iter().zip(parts) {
        // A section is known by its part only where no other is the same part.
        let component = part.filter(|_| sections_of_part.get(&part) == Some(&1)).map_or("", Component::as_str);
        let text = format!("{}\n{}", section.heading, section.text).trim().to_owned();
        add("section", section.id, section.span, [component, &section.heading], text, stored.above(section), None);
    }
    for (phase, text) in plan.phases.iter().zip(&stored.phase_texts) {
        let key = [phase.stage.map_or("", Stage::as_str), phase.name.as_deref().unwrap_or("")];
        let (first, last) = (phase.start.or(phase.end), phase.end.or(phase.start));
        let when = first.zip(last).map(|(first, last)| (days_since_1970(first.date), days_since_1970(last.date)));
        add("phase", phase.id, phase.span, key, text.clone(), None, when);
    }
    for (criterion, text) in plan.criteria.iter().zip(&stored.criterion_texts) {
        let key = [criterion.framework.as_str(), criterion.item.as_deref().unwrap_or("")];
        add("criterion", criterion.id, criterion.span, key, text.clone(), None, None);
    }
    for (target, id) in plan.targets.iter().zip(1..) {
        let key = [target.indicator.as_deref().unwrap_or(""), ""];
        add("target", id, target.span, key, target.quote.clone(), None, None);
    }
    out
}
