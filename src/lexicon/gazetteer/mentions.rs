//! Names of places in a text: one automaton over all names of all times.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::bearer::{Bearer, Bearers};
use super::meaning::{Meaning, Name, Zone};
use super::words::is_across_words;
use super::zones::class_behind;
use super::{Gazetteer, Unit, UnitId, Units};
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
    /// Who bears the name, where it is not the place.
    pub bearer: Option<Bearer>,
    /// The official name of the zone that it names (雄安新区, 镇江经济技术开发区); the candidates are then the unit that holds it.
    pub zone: Option<Arc<str>>,
    /// The units that it may name; never empty.
    pub candidates: Vec<UnitId>,
}

/// The names and the automaton that finds them.
pub(super) struct Names {
    meanings: Vec<Name>,
    /// `None` only if it could not be built: there are no mentions then.
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    bearers: Bearers,
}

impl Names {
    pub(super) fn new(units: &Units, lexicon: &Lexicon) -> Self {
        let common: HashSet<&str> = lexicon.cells("region_common_words", "key").into_iter().collect();
        let straddling: HashSet<&str> = lexicon.cells("region_straddles", "key").into_iter().collect();
        let before = counties(&units.all);
        let mut table: HashMap<String, Name> = HashMap::with_capacity(12_000);
        for (at, unit) in units.all.iter().enumerate() {
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
            // 神农架林区 and 万山特区 have short names of their own in the table.
            let district = unit.level() == AdminLevel::County && unit.name.ends_with('区') && unit.short.is_empty();
            if let Some(short) = unit.short() {
                let entry = table.entry(short.to_owned()).or_default();
                if !district || before.get(&(unit.code / 10_000, short)).is_some_and(|&first| first < unit.from) {
                    entry.short.push(id);
                    entry.short_word |= common.contains(short);
                } else if !is_plain_word(unit.name) {
                    entry.district.push(id);
                }
            }
        }
        if let Ok(aliases) = lexicon.table("region_aliases") {
            for (alias, name) in aliases.pairs("key", "value") {
                let units = units.all.iter().enumerate().filter(|(_, unit)| unit.name == name);
                let entry = table.entry(alias.to_owned()).or_default();
                entry.full.extend(units.map(|(at, _)| UnitId(at as u32)));
            }
        }
        for (name, zone) in zones(units, lexicon) {
            table.entry(name).or_default().zone = Some(zone);
        }
        for friend in lexicon.cells("region_false_friends", "key") {
            let name = table.entry(friend.to_owned()).or_default();
            name.friend = name.full.is_empty() && name.short.is_empty() && name.zone.is_none();
        }
        let mut patterns = Vec::with_capacity(table.len());
        let mut meanings = Vec::with_capacity(table.len());
        for (at, (pattern, name)) in table.into_iter().enumerate() {
            patterns.push((pattern, at as u32));
            meanings.push(name);
        }
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(patterns)
            .ok();
        Self { meanings, automaton, bearers: Bearers::new(lexicon) }
    }

    pub(super) fn find(&self, gazetteer: &Gazetteer, text: &str, year: Option<i32>) -> Vec<Mention> {
        let mut out: Vec<Mention> = Vec::new();
        let mut from = 0;
        while let Some((start, end, name)) = self.next(gazetteer, text, from, year) {
            from = end;
            if name.friend {
                continue;
            }
            let mut span = Span::new(start, end);
            let last = out.last().filter(|last| last.span.end == span.start);
            let meaning = name.meaning(gazetteer, year).or_else(|| name.district(gazetteer, last, year));
            let Some(Meaning { full, dated, zone, units: candidates }) = meaning else { continue };
            let before = text.get(..start).unwrap_or("");
            let behind = text.get(end..).unwrap_or("");
            let under_parent = last.is_some_and(|last| last.holds(&candidates, gazetteer));
            let province = is_province(&candidates, gazetteer);
            if !under_parent && zone.is_none() && is_across_words(before, span.of(text), behind, full, province) {
                // The next name may begin inside (提高|安徽).
                from = start + text[start..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
            let doubtful = !under_parent
                && match () {
                    () if full => name.word || name.straddles && !is_set_apart(before, behind),
                    () => name.short_word || is_direction(before, behind),
                };
            let mut zone = zone.map(|zone| zone.name.clone());
            if zone.is_none()
                && !doubtful
                && let Some(length) = class_behind(behind, province, full)
            {
                span.end += length as u32;
                from += length;
                zone = text.get(span.range()).map(Arc::from);
            }
            let bearer = if full || zone.is_some() { None } else { self.bearers.of(before, span.of(text), behind) };
            out.push(Mention { span, full, dated, doubtful, bearer, zone, candidates });
        }
        out
    }

    /// The next name at or behind a place: the leftmost and longest, but rather a full name than a short one that ends inside it
    /// (和|平舆县, not 和平|舆县).
    fn next(&self, gazetteer: &Gazetteer, text: &str, from: usize, year: Option<i32>) -> Option<(usize, usize, &Name)> {
        let automaton = self.automaton.as_ref()?;
        let found = |from: usize| {
            let found = automaton.leftmost_find_iter(text.get(from..)?).next()?;
            let name = self.meanings.get(found.value() as usize)?;
            Some((from + found.start(), from + found.end(), name))
        };
        let (start, end, name) = found(from)?;
        if !name.friend && name.zone.is_none() && !name.is_full(gazetteer, year) {
            let inner = start + text[start..].chars().next().map_or(1, char::len_utf8);
            if let Some((other, far, full)) = found(inner)
                && other < end
                && far > end
                && full.is_full(gazetteer, year)
                && text[other..far].chars().nth(2).is_some()
            {
                return Some((other, far, full));
            }
        }
        Some((start, end, name))
    }
}

/// The zones of the vocabulary, by each of their names.
fn zones(units: &Units, lexicon: &Lexicon) -> Vec<(String, Zone)> {
    let Ok(table) = lexicon.table("zones") else { return Vec::new() };
    let mut out = Vec::with_capacity(table.rows.len() * 2);
    for ((name, code), short) in table.pairs("key", "value").zip(table.cells("short")) {
        let Some(holders) = code.parse().ok().and_then(|code: u32| units.by_code.get(&code)) else { continue };
        let zone = Zone { name: Arc::from(name), holders: holders.clone() };
        let names = std::iter::once(name).chain(short.split('|')).filter(|name| !name.is_empty());
        out.extend(names.map(|name| (name.to_owned(), zone.clone())));
    }
    out
}

fn is_province(units: &[UnitId], gazetteer: &Gazetteer) -> bool {
    units.iter().any(|&id| gazetteer.unit(id).level() == AdminLevel::Province)
}

impl Mention {
    /// Whether one of its units holds one of the other units, by their codes.
    pub(super) fn holds(&self, units: &[UnitId], gazetteer: &Gazetteer) -> bool {
        self.candidates.iter().any(|&holder| {
            let holder = gazetteer.unit(holder);
            let width = match holder.level() {
                AdminLevel::Province => 10_000,
                AdminLevel::Prefecture => 100,
                _ => return false,
            };
            units.iter().any(|&id| {
                let unit = gazetteer.unit(id);
                unit.code != holder.code && (unit.code / width == holder.code / width || unit.parent == holder.code)
            })
        })
    }
}

/// Whether something sets a name apart from the words around it: nothing, punctuation or an opening word before it, and no
/// character behind it that makes its class word the beginning of another (合作市|场, 高县|域).
fn is_set_apart(before: &str, behind: &str) -> bool {
    let opens = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric())
        || ["关于", "印发", "转发", "中共", "共青团", "国家税务总局", "向", "赴", "及", "与"]
            .iter()
            .any(|word| before.ends_with(word));
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
