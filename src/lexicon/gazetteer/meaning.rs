//! What one name can mean at a time.

use std::sync::Arc;

use super::mentions::Mention;
use super::{Gazetteer, UnitId};

/// What one name can mean.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools)] // independent facts, not states
pub(super) struct Name {
    /// Units that bear it as their full name.
    pub full: Vec<UnitId>,
    /// Units that bear it as their short name.
    pub short: Vec<UnitId>,
    /// Districts that bear it as a short name only behind their city.
    pub district: Vec<UnitId>,
    /// The full name is a plain word (城区).
    pub word: bool,
    /// The short name is a word (合作).
    pub short_word: bool,
    /// The full name arises across words (沿海城市, 合作市场).
    pub straddles: bool,
    /// A word in which names of places arise that are none (中山装, 推广安全).
    pub friend: bool,
    /// The zone that bears it.
    pub zone: Option<Zone>,
}

/// A zone with a name of its own.
#[derive(Clone)]
pub(super) struct Zone {
    /// Official name.
    pub name: Arc<str>,
    /// The unit that holds it, at all times.
    pub holders: Vec<UnitId>,
}

/// What a name means at a time.
pub(super) struct Meaning<'n> {
    /// Whether it is a full name, or that of a zone.
    pub full: bool,
    /// Whether it was in use then.
    pub dated: bool,
    /// The zone, if it is one.
    pub zone: Option<&'n Zone>,
    /// The units, or those that hold the zone; never empty.
    pub units: Vec<UnitId>,
}

impl Name {
    /// What the name means at a time: the units that bore it in `year` or the year before, else the zone, else units by their short
    /// name, else what ever bore it.
    pub(super) fn meaning(&self, gazetteer: &Gazetteer, year: Option<i32>) -> Option<Meaning<'_>> {
        let dated = |ids: &[UnitId]| gazetteer.in_use(ids, year);
        let meaning =
            |full, dated, units| Meaning { full, dated, zone: None, units: without_predecessors(gazetteer, units) };
        let full = dated(&self.full);
        if !full.is_empty() {
            return Some(meaning(true, true, full));
        }
        if let Some(zone) = &self.zone {
            let holders = dated(&zone.holders);
            let holders = if holders.is_empty() { zone.holders.clone() } else { holders };
            return Some(Meaning { zone: Some(zone), ..meaning(true, true, holders) });
        }
        let short = dated(&self.short);
        if !short.is_empty() {
            return Some(meaning(false, true, short));
        }
        if !self.full.is_empty() {
            return Some(meaning(true, false, self.full.clone()));
        }
        // A short name outlives its unit for a while (襄樊); then it is rather a river or a word (清江).
        let ended = |id: &UnitId| gazetteer.unit(*id).to - 1;
        let lately = |id: &UnitId| year.is_none_or(|year| (year - OUTLIVES..year).contains(&ended(id)));
        let short: Vec<UnitId> = self.short.iter().copied().filter(lately).collect();
        (!short.is_empty()).then(|| meaning(false, false, short))
    }

    /// A district by its short name, right behind the place that it lies in: 珠海|香洲教育局.
    pub(super) fn district(
        &self,
        gazetteer: &Gazetteer,
        last: Option<&Mention>,
        year: Option<i32>,
    ) -> Option<Meaning<'_>> {
        let units = gazetteer.in_use(&self.district, year);
        let inside = last.is_some_and(|last| !last.doubtful && last.holds(&units, gazetteer));
        let units = inside.then(|| without_predecessors(gazetteer, units))?;
        Some(Meaning { full: false, dated: true, zone: None, units })
    }

    /// Whether a unit bore it as its full name in `year` or the year before.
    pub(super) fn is_full(&self, gazetteer: &Gazetteer, year: Option<i32>) -> bool {
        !self.friend && !gazetteer.in_use(&self.full, year).is_empty()
    }
}

/// For how many years a short name is read behind the end of its unit.
const OUTLIVES: i32 = 15;

/// Leaves out the units that a candidate took over from: its namesake of the same level in the same province, or its successor
/// (重庆市 of 四川省).
fn without_predecessors(gazetteer: &Gazetteer, candidates: Vec<UnitId>) -> Vec<UnitId> {
    if candidates.len() < 2 {
        return candidates;
    }
    let replaced = |id: UnitId| {
        let a = gazetteer.unit(id);
        candidates.iter().filter(|&&other| other != id).any(|&other| {
            let b = gazetteer.unit(other);
            let namesake = b.code / 10_000 == a.code / 10_000 && b.level() == a.level() && b.from >= a.to;
            // 石家庄地区 went into 石家庄市, which was there before.
            namesake || a.to < b.to && gazetteer.as_of(id, b.from.max(a.to)).units == [other]
        })
    };
    let kept: Vec<UnitId> = candidates.iter().copied().filter(|&id| !replaced(id)).collect();
    if kept.is_empty() { candidates } else { kept }
}
