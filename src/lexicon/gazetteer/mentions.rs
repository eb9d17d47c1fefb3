//! Names of places in a text: one automaton over all names of all times.

use std::collections::{HashMap, HashSet};

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::{Gazetteer, Unit, UnitId};
use crate::lexicon::Lexicon;
use crate::model::AdminLevel;
use crate::span::Span;

/// A name of a place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// Whether it is a whole official name (日照市) and not a short one (日照).
    pub full: bool,
    /// Whether the candidates bore the name at the time asked for.
    pub dated: bool,
    /// Whether the name is a word as well (合作, 公园), so that it is a place only behind its parent.
    pub common: bool,
    /// Whether it names a zone (雄安新区); the candidates are then the unit that holds it.
    pub zone: bool,
    /// The units that it may name; never empty.
    pub candidates: Vec<UnitId>,
}

/// What one name can mean.
#[derive(Default)]
struct Name {
    full: Vec<UnitId>,
    short: Vec<UnitId>,
    common: bool,
    zone: bool,
}

/// The names and the automaton that finds them.
pub(super) struct Names {
    names: Vec<Name>,
    /// `None` only if it could not be built: there are no mentions then.
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
}

impl Names {
    pub(super) fn new(units: &[Unit], by_code: &HashMap<u32, Vec<UnitId>>) -> Self {
        let lexicon = Lexicon::builtin();
        let common: HashSet<&str> = lexicon.cells("region_common_words", "key").into_iter().collect();
        let before = counties(units);
        let mut table: HashMap<String, Name> = HashMap::with_capacity(12_000);
        for (at, unit) in units.iter().enumerate() {
            let id = UnitId(at as u32);
            let full = table.entry(unit.name.to_owned()).or_default();
            full.full.push(id);
            // 城区, 郊区 and 市中区 are units in some cities and plain words everywhere else.
            full.common |= is_plain_word(unit.name);
            if let Some(alias) = unit.alias() {
                table.entry(alias).or_default().full.push(id);
            }
            // The short name of a district is mostly a word or another place (和平, 长安), unless it was a county before.
            let district = unit.level() == AdminLevel::County && unit.name.ends_with('区');
            if let Some(short) = unit.short()
                && (!district || before.get(&(unit.code / 10_000, short)).is_some_and(|&first| first < unit.from))
            {
                let entry = table.entry(short.to_owned()).or_default();
                entry.short.push(id);
                entry.common |= common.contains(short);
            }
        }
        if let Ok(extra) = lexicon.table("regions_extra") {
            for (zone, code) in extra.pairs("key", "value") {
                let holder = code.parse().ok().and_then(|code: u32| by_code.get(&code));
                if let Some(holder) = holder {
                    let entry = table.entry(zone.to_owned()).or_default();
                    entry.full.extend(holder);
                    entry.zone = true;
                }
            }
        }
        let mut patterns = Vec::with_capacity(table.len());
        let mut names = Vec::with_capacity(table.len());
        for (at, (pattern, name)) in table.into_iter().enumerate() {
            patterns.push((pattern, at as u32));
            names.push(name);
        }
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(patterns)
            .ok();
        Self { names, automaton }
    }

    pub(super) fn find(&self, gazetteer: &Gazetteer, text: &str, year: Option<i32>) -> Vec<Mention> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut out = Vec::new();
        for found in automaton.leftmost_find_iter(text) {
            let Some(name) = self.names.get(found.value() as usize) else { continue };
            let dated = |ids: &[UnitId]| -> Vec<UnitId> {
                let valid = |id: &UnitId| {
                    let unit = gazetteer.unit(*id);
                    year.is_none_or(|year| unit.valid(year) || unit.valid(year - 1))
                };
                ids.iter().copied().filter(valid).collect()
            };
            let (mut full, mut at_the_time, mut candidates) = (true, true, dated(&name.full));
            if candidates.is_empty() {
                full = false;
                candidates = dated(&name.short);
            }
            if candidates.is_empty() {
                at_the_time = false;
                full = !name.full.is_empty();
                candidates.clone_from(if full { &name.full } else { &name.short });
            }
            let candidates = without_predecessors(gazetteer, candidates);
            if candidates.is_empty() {
                continue;
            }
            out.push(Mention {
                span: Span::new(found.start(), found.end()),
                full,
                dated: at_the_time,
                common: name.common,
                zone: name.zone,
                candidates,
            });
        }
        out
    }
}

/// Names of units that are words in any text about any city.
fn is_plain_word(name: &str) -> bool {
    name.chars().count() <= 2 && name.ends_with('区')
        || matches!(name, "市中区" | "城中区" | "市郊区" | "东郊区" | "西郊区" | "南郊区" | "北郊区" | "工农区")
}

/// First years of the counties and cities by province and short name: a district that was one of them (沾化县 before
/// 沾化区) keeps the short name.
fn counties(units: &[Unit]) -> HashMap<(u32, &'static str), i32> {
    let mut out = HashMap::with_capacity(units.len());
    for unit in units {
        let stem = unit.name.strip_suffix('县').or_else(|| unit.name.strip_suffix('市'));
        if let Some(stem) = stem {
            let first: &mut i32 = out.entry((unit.code / 10_000, stem)).or_insert(unit.from);
            *first = unit.from.min(*first);
        }
    }
    out
}

/// Leaves out the units whose namesake of the same level in the same province took over from them.
fn without_predecessors(gazetteer: &Gazetteer, candidates: Vec<UnitId>) -> Vec<UnitId> {
    if candidates.len() < 2 {
        return candidates;
    }
    let replaced = |a: &Unit| {
        candidates.iter().any(|&id| {
            let b = gazetteer.unit(id);
            b.code / 10_000 == a.code / 10_000 && b.level() == a.level() && b.from >= a.to
        })
    };
    let kept: Vec<UnitId> = candidates.iter().copied().filter(|&id| !replaced(gazetteer.unit(id))).collect();
    if kept.is_empty() { candidates } else { kept }
}
