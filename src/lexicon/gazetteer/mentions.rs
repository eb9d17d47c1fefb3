//! Names of places in a text: one automaton over all names of all times.

use std::collections::{HashMap, HashSet};

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::{Gazetteer, Unit, UnitId};
use crate::lexicon::Lexicon;
use crate::model::AdminLevel;
use crate::span::Span;

/// A name of a place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // independent facts, not states
pub struct Mention {
    /// Where.
    pub span: Span,
    /// Whether it is a whole official name (威海市) and not a short one (威海).
    pub full: bool,
    /// Whether the candidates bore the name at the time asked for.
    pub dated: bool,
    /// Whether it may be no place at all: a word (合作, 城区) that no parent stands before, or a part of words (沿|海城市,
    /// 提|高县|域) that nothing sets apart.
    pub doubtful: bool,
    /// Whether it names a zone (雄安新区); the candidates are then the unit that holds it.
    pub zone: bool,
    /// The units that it may name; never empty.
    pub candidates: Vec<UnitId>,
}

/// What one name can mean.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools)] // independent facts, not states
struct Name {
    full: Vec<UnitId>,
    short: Vec<UnitId>,
    /// The full name is a plain word (城区).
    word: bool,
    /// The short name is a word (合作).
    short_word: bool,
    /// The full name arises across words (沿海城市, 合作市场).
    straddles: bool,
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
        let straddling: HashSet<&str> = lexicon.cells("region_straddles", "key").into_iter().collect();
        let before = counties(units);
        let mut table: HashMap<String, Name> = HashMap::with_capacity(12_000);
        for (at, unit) in units.iter().enumerate() {
            let id = UnitId(at as u32);
            let full = table.entry(unit.name.to_owned()).or_default();
            full.full.push(id);
            // 城区, 郊区 and 市中区 are units in some cities and plain words everywhere else.
            full.word |= is_plain_word(unit.name);
            full.straddles |= straddling.contains(unit.name);
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
                entry.short_word |= common.contains(short);
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
        let mut out: Vec<Mention> = Vec::new();
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
            let span = Span::new(found.start(), found.end());
            let before = text.get(..found.start()).unwrap_or("");
            let behind = text.get(found.end()..).unwrap_or("");
            let under_parent =
                out.last().is_some_and(|last| last.span.end == span.start && last.holds(&candidates, gazetteer));
            let doubtful = !under_parent
                && match () {
                    () if full => name.word || name.straddles && !is_set_apart(before, behind),
                    () => name.short_word || is_direction(before, behind),
                };
            out.push(Mention { span, full, dated: at_the_time, doubtful, zone: name.zone, candidates });
        }
        out
    }
}

impl Mention {
    /// Whether one of its units holds one of the other units, by their codes.
    fn holds(&self, units: &[UnitId], gazetteer: &Gazetteer) -> bool {
        self.candidates.iter().any(|&holder| {
            let holder = gazetteer.unit(holder);
            let width = if holder.level() == AdminLevel::Province { 10_000 } else { 100 };
            units.iter().any(|&id| {
                let unit = gazetteer.unit(id);
                unit.code / width == holder.code / width || unit.parent == holder.code
            })
        })
    }
}

/// Whether something sets a name apart from the words around it: nothing, punctuation or an opening word before it, and no
/// character behind it that makes its class word the beginning of another (合作市|场, 高县|域).
fn is_set_apart(before: &str, behind: &str) -> bool {
    let opens = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric())
        || ["关于", "印发", "转发", "中共", "共青团", "国家税务总局"].iter().any(|word| before.ends_with(word));
    opens && !behind.starts_with(['场', '级', '域', '际', '容', '间', '块', '区', '乡', '镇', '城'])
}

/// Whether a short name is rather a direction: 黄|河南|岸, 长|江西|部, 推|广东|西部协作.
fn is_direction(before: &str, behind: &str) -> bool {
    before.ends_with(['黄', '长', '推', '沿', '两', '太']) || behind.starts_with(['岸', '麓', '侧', '坡'])
}

/// Names of units that are words in any text about any city.
fn is_plain_word(name: &str) -> bool {
    name.chars().count() <= 2 && name.ends_with('区')
        || matches!(name, "市中区" | "城中区" | "市郊区" | "东郊区" | "西郊区" | "南郊区" | "北郊区" | "工农区")
}

/// First years of the counties and cities by province and short name: a district that was one of them (定陶县 before
/// 定陶区) keeps the short name.
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
