//! The region that only the body tells.

use super::field::{Context, Field};
use super::{Evidence, level};
use crate::lexicon::gazetteer::Chain;
use crate::model::{AdminLevel, RegionBasis};

/// The region that a body calls its own, where title, issuer, number and addressees say nothing.
///
/// Evidence: the body speaks of 我省, 我市 or 我县, and of the places of that level it names one only, or one at least four
/// times as often as all others together, and twice at least. Example: 结合我市实际 … 济南市 … 济南市. Counter-example: a list of cities,
/// or a model to learn from (学习昌乐经验). Misses bodies that name their place once.
pub(super) fn read(evidence: &Evidence, context: &Context) -> Option<(Field, RegionBasis)> {
    let level = level::own_reach(evidence.body)?;
    if level::contradicts(evidence.title, level) {
        return None;
    }
    let mut places: Vec<(Chain, usize)> = Vec::new();
    for (_, mention) in
        context.mentions().iter().filter(|(_, mention)| mention.full && mention.dated && !mention.common)
    {
        let chains = context.chains(&mention.candidates);
        let [chain] = chains[..] else { continue };
        let fits = match level {
            AdminLevel::Prefecture => chain.prefecture.is_some() && chain.county.is_none(),
            level => chain.level() == Some(level),
        };
        if fits {
            match places.iter_mut().find(|(known, _)| *known == chain) {
                Some((_, count)) => *count += 1,
                None => places.push((chain, 1)),
            }
        }
    }
    let total: usize = places.iter().map(|(_, count)| count).sum();
    let (best, count) = places.into_iter().max_by_key(|&(_, count)| count)?;
    let enough = if level == AdminLevel::Province { 1 } else { 2 };
    (count >= enough && count >= 4 * (total - count)).then_some((Field::Place(best), RegionBasis::Body))
}
