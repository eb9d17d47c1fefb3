//! What became of administrative units: `region_changes.tsv`, made by `tools/build_region_changes.py`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Gazetteer, UnitId};
use crate::model::ChangeKind;

const CHANGES: &str = include_str!("../data/region_changes.tsv");

/// The end of one unit, or of its code, name or prefecture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The first year, as a state at its end, without the unit as it was.
    pub year: i32,
    /// What happened.
    pub kind: ChangeKind,
    /// The unit.
    pub from: UnitId,
    /// What took over at the end of `year`; empty where that is not known.
    pub to: Vec<UnitId>,
}

/// A unit seen from another year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// The gravest of what happened in between.
    pub kind: ChangeKind,
    /// The units of that year, by code; several where it was split (or, looking back, made from several).
    pub units: Vec<UnitId>,
    /// The changes in between, oldest first.
    pub steps: Vec<&'static Change>,
}

/// All changes, and which of them end or begin a unit.
struct Changes {
    all: Vec<Change>,
    ends: HashMap<UnitId, usize>,
    begins: HashMap<UnitId, Vec<usize>>,
}

static ALL: LazyLock<Changes> = LazyLock::new(|| Changes::parse(CHANGES, Gazetteer::builtin()));

impl Changes {
    fn parse(table: &str, gazetteer: &Gazetteer) -> Self {
        let mut out = Self { all: Vec::new(), ends: HashMap::new(), begins: HashMap::new() };
        for line in table.lines().skip(1) {
            let mut cells = line.split('\t');
            let mut next = || cells.next().unwrap_or("");
            let (year, code, kind, to) = (next(), next(), next(), next());
            let (Ok(year), Ok(code), Some(kind)) = (year.parse::<i32>(), code.parse(), ChangeKind::parse(kind)) else {
                continue;
            };
            let Some(from) = gazetteer.by_code(code, year - 1) else { continue };
            let to: Vec<UnitId> =
                to.split('|').filter_map(|code| gazetteer.by_code(code.parse().ok()?, year)).collect();
            out.ends.insert(from, out.all.len());
            for &unit in &to {
                out.begins.entry(unit).or_default().push(out.all.len());
            }
            out.all.push(Change { year, kind, from, to });
        }
        out
    }
}

impl Gazetteer {
    /// Every change, by year and code.
    pub fn changes(&self) -> &'static [Change] {
        &ALL.all
    }

    /// How a unit ended; nothing where it still is, or goes on in the next interval of the same name and code.
    pub fn end_of(&self, id: UnitId) -> Option<&'static Change> {
        ALL.ends.get(&id).map(|&at| &ALL.all[at])
    }

    /// What a unit came from.
    pub fn origins_of(&self, id: UnitId) -> Vec<&'static Change> {
        // A unit that was there before and took others in came from none of them.
        let first = self.unit(id).from;
        let found = ALL.begins.get(&id).into_iter().flatten().map(|&at| &ALL.all[at]);
        found.filter(|change| change.year == first).collect()
    }

    /// What a unit is at the end of another year: its successors, or, where the year lies before it, what it came from.
    ///
    /// Territory that a unit gained or lost while it lived on is not told: 浦东新区 of 2012 is 浦东新区 in 2005, although it has taken 南汇区
    /// in since.
    pub fn as_of(&self, id: UnitId, year: i32) -> AsOf {
        let mut out = AsOf { kind: ChangeKind::Same, units: Vec::new(), steps: Vec::new() };
        let mut open = vec![id];
        // Units only lead to later (or only to earlier) ones, so this ends; the bound guards against a wrong table.
        for _ in 0..1_000 {
            let Some(id) = open.pop() else { break };
            let unit = self.unit(id);
            if unit.valid(year) {
                out.units.push(id);
                continue;
            }
            let later = unit.to <= year;
            let goes_on = if later { self.by_code(unit.code, unit.to) } else { self.by_code(unit.code, unit.from - 1) }
                .filter(|&next| self.unit(next).name == unit.name);
            let steps = if later { self.end_of(id).into_iter().collect() } else { self.origins_of(id) };
            if steps.is_empty() {
                match goes_on {
                    Some(next) => open.push(next),
                    None => out.kind = out.kind.max(if later { ChangeKind::Abolished } else { ChangeKind::Created }),
                }
                continue;
            }
            for step in &steps {
                open.extend(if later { step.to.clone() } else { vec![step.from] });
                out.kind = out.kind.max(step.kind);
            }
            // Looking back, several units that became one.
            if steps.len() > 1 {
                out.kind = out.kind.max(ChangeKind::Merged);
            }
            out.steps.extend(steps);
        }
        out.units.sort_unstable_by_key(|&id| self.unit(id).code);
        out.units.dedup();
        out.steps.sort_by_key(|step| (step.year, step.from));
        out.steps.dedup();
        // Split, and brought together again.
        if out.kind == ChangeKind::Split && out.units.len() == 1 {
            out.kind = ChangeKind::Merged;
        }
        out
    }
}
