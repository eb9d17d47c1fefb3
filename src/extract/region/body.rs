//! The region that only the body tells.

use std::collections::BTreeMap;

use super::field::{Context, Field};
use super::{Evidence, level};
use crate::lexicon::gazetteer::Chain;
use crate::model::{AdminLevel, RegionBasis};

/// The region that a body calls its own, where title, issuer, number and addressees say nothing.
///
/// Evidence: the body speaks of 我省, 我市 or 我县, and of the places of that level it names one only, or one at least four
/// times as often as all others together, and twice at least. Example: 结合我市实际 … 济南市 … 济南市. Counter-example: a list of cities,
/// or a model to learn from (学习寿光经验). Misses bodies that name their place once.
pub(super) fn read(evidence: &Evidence, context: &Context) -> Option<(Field, RegionBasis)> {
    let level = level::own_reach(evidence.body)?;
    if level::contradicts(evidence.title, level) {
        return None;
    }
    let mut places: BTreeMap<u32, (Chain, usize)> = BTreeMap::new();
    for (_, mention) in context.mentions() {
        // 智慧山东: a short name is enough for a province.
        let enough = mention.full || level == AdminLevel::Province;
        if !enough || !mention.dated || mention.doubtful || mention.zone {
            continue;
        }
        let chains = context.chains(&mention.candidates);
        let named: Vec<&Chain> = chains.iter().filter(|chain| fits(chain, level)).collect();
        let [chain] = named[..] else { continue };
        places.entry(chain.code).or_insert((*chain, 0)).1 += 1;
    }
    let (best, count) = places.values().copied().max_by_key(|&(_, count)| count)?;
    // 我市 of a document that names one city and one county-level city in it may be either's.
    let inside = places.values().filter(|(place, _)| *place != best && place.within(&best));
    let parts = if inside.clone().count() > 1 { inside.map(|(_, count)| count).sum() } else { 0 };
    let others: usize = places.values().map(|(_, count)| count).sum::<usize>() - count - parts;
    let enough = if level == AdminLevel::Province { 1 } else { 2 };
    (count >= enough && count >= 4 * others).then_some((Field::Place(best), RegionBasis::Body))
}

/// Whether a place may be what a body of that level calls its own; 我市 may be a city of either level.
fn fits(chain: &Chain, level: AdminLevel) -> bool {
    match level {
        AdminLevel::Prefecture => {
            chain.level() == Some(AdminLevel::Prefecture) || chain.county.is_some_and(|name| name.ends_with('市'))
        }
        level => chain.level() == Some(level),
    }
}
