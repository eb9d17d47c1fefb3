//! Rows of `diffusion`: for each plan its likely sources.

use std::collections::BTreeSet;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::builder::{TableBuilder, days_since_1970};
use super::reuse::{Compared, Found, Terms};
use super::schema::DIFFUSION;
use super::stored::Stored;
use crate::compare::{Party, direction};
use crate::model::Direction;

/// A plan and a likely source of it.
struct Source {
    plan: usize,
    n_chars: usize,
    own_chars: usize,
    share: f64,
    own_share: f64,
    /// Places of the passages in the target, in letters, and how many of these are the same.
    passages: Vec<(usize, usize, usize)>,
    cites: bool,
    superior: bool,
    by: Direction,
    days: Option<i32>,
}

/// The likely sources of each plan, the likeliest first, from the passages that [`super::reuse::of_plan`] found.
///
/// `plans` are in the order of `compared`; `cites` has pairs of plans of which the first cites the second; sources of a smaller share of
/// the plan's letters than `least` are left out, and so are pairs of which nothing tells which came first.
pub fn rows(
    compared: &Compared,
    found: &[Found],
    plans: &[&Stored],
    cites: &BTreeSet<(&str, &str)>,
    terms: Terms,
    least: f64,
) -> Result<RecordBatch, ArrowError> {
    let parties: Vec<Party> = plans.iter().map(|stored| party(stored)).collect();
    let mut sources: Vec<Vec<Source>> = plans.iter().map(|_| Vec::new()).collect();
    for (first, passages) in found.iter().enumerate() {
        for same in passages.chunk_by(|a, b| a.0 == b.0) {
            let Some((second, ..)) = same.first() else { continue };
            let id = |at: usize| plans[at].id.as_str();
            let cited = [(first, *second), (*second, first)].map(|(who, whom)| cites.contains(&(id(who), id(whom))));
            let known = direction(&parties[first], &parties[*second], cited[0], cited[1]);
            let Some((first_is_source, by)) = known else { continue };
            let (source, target) = if first_is_source { (first, *second) } else { (*second, first) };
            let n_chars: usize = same.iter().map(|(_, passage, _)| passage.same).sum();
            let own: usize = same
                .iter()
                .filter(|(.., regions)| *regions < terms.boilerplate_regions)
                .map(|(_, passage, _)| passage.same)
                .sum();
            let letters = compared.letters[target].len().max(1) as f64;
            let share = n_chars as f64 / letters;
            if share < least {
                continue;
            }
            sources[target].push(Source {
                plan: source,
                n_chars,
                own_chars: own,
                share,
                own_share: own as f64 / letters,
                passages: same
                    .iter()
                    .map(|(_, passage, _)| {
                        let (start, end) = if first_is_source { passage.b } else { passage.a };
                        (start, end, passage.same)
                    })
                    .collect(),
                cites: cited[usize::from(first_is_source)],
                superior: parties[source].is_superior_of(&parties[target]),
                by,
                days: parties[target].issued.zip(parties[source].issued).map(|(later, earlier)| later - earlier),
            });
        }
    }
    let mut table = TableBuilder::new(&DIFFUSION);
    for (target, mut sources) in sources.into_iter().enumerate() {
        // What is only boilerplate came from everywhere; of equal shares the superior's, then the nearest in time, then the first.
        sources.sort_by(|a, b| {
            b.cites
                .cmp(&a.cites)
                .then(b.own_chars.cmp(&a.own_chars))
                .then(b.n_chars.cmp(&a.n_chars))
                .then(b.superior.cmp(&a.superior))
                .then(a.days.unwrap_or(i32::MAX).cmp(&b.days.unwrap_or(i32::MAX)))
                .then(a.plan.cmp(&b.plan))
        });
        let mut explained = vec![false; compared.letters[target].len()];
        for (found, rank) in sources.iter().zip(1..) {
            let new = newly_explained(&mut explained, &found.passages) / explained.len().max(1) as f64;
            let (from, to) = (&plans[found.plan], &plans[target]);
            let campaigns = (from.plan.campaign.as_deref(), to.plan.campaign.as_deref());
            table
                .row()
                .str(from.id.as_str())
                .str(to.id.as_str())
                .f64(found.share)
                .u32(found.n_chars as u32)
                .bool(campaigns.0.zip(campaigns.1).map(|(one, other)| one == other))
                .bool(found.cites)
                .i32(found.days)
                .category(found.by.as_str())
                .u32(rank)
                .f64(found.own_share)
                .u32(found.passages.len() as u32)
                .bool(found.superior)
                .f64(new)
                .end();
        }
    }
    table.finish()
}

/// The letters that passages explain and sources before did not, by how much of each passage is the same.
fn newly_explained(explained: &mut [bool], passages: &[(usize, usize, usize)]) -> f64 {
    let mut sum = 0.0;
    for (start, end, same) in passages {
        let Some(letters) = explained.get_mut(*start..*end) else { continue };
        let new = letters.iter().filter(|known| !**known).count();
        sum += (new * same) as f64 / letters.len().max(1) as f64;
        letters.fill(true);
    }
    sum
}

fn party(stored: &Stored) -> Party {
    let plan = &stored.plan;
    Party {
        issued: plan.issued.map(|moment| days_since_1970(moment.date)),
        year: plan.year,
        level: plan.region.level,
        adcode: plan.region.adcode.as_deref().and_then(|code| code.parse().ok()),
    }
}
