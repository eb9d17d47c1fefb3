//! All plans of a corpus, searched for those that are alike.

use super::features::Measure;
use super::neighbours::{Index, Scratch};
use super::sequence::order_likeness;
use super::structure::{Tree, Workspace};

/// Up to so many trees all are looked at for the nearest ones.
const MOST_TREES: usize = 2_000;
/// Above it, trees whose headings are nearest that are looked at for each one that is asked for.
const TREES_A_NEIGHBOUR: usize = 20;

/// What of plans is compared, ready for questions.
pub enum Search {
    /// Weighted features, by an inverted index.
    Vectors(Index, Measure),
    /// Trees of headings, and an index over what these are called.
    Trees(Vec<Tree>, Index),
    /// Canonical stages in order, as numbers.
    Sequences(Vec<Vec<u8>>),
}

impl Search {
    /// How alike a plan is to each one behind it that is at least so much alike; for 0 to all of them, with nothing for the likeness where
    /// one has nothing to compare.
    pub fn later(&self, plan: usize, least: f64) -> Vec<(usize, Option<f64>)> {
        let mut scratch = Scratch::default();
        let enough = |likeness: Option<f64>| least <= 0.0 || likeness.is_some_and(|likeness| likeness >= least);
        match self {
            Self::Vectors(index, measure) => index.later(*measure, plan, least, &mut scratch),
            Self::Sequences(stages) => (plan + 1..stages.len())
                .map(|other| (other, order_likeness(&stages[plan], &stages[other])))
                .filter(|(_, likeness)| enough(*likeness))
                .collect(),
            Self::Trees(trees, headings) => {
                let mut workspace = Workspace::default();
                let near = headings.later(Measure::Cosine, plan, Tree::candidates(least), &mut scratch);
                near.into_iter()
                    .map(|(other, _)| (other, trees[plan].at_least(&trees[other], least, &mut workspace)))
                    .filter(|(_, likeness)| enough(*likeness))
                    .collect()
            }
        }
    }

    /// The plans that are most like one, the most alike first, of those equally alike the first in order. Those that share nothing with it are
    /// never near. Of more than two thousand trees those are looked at whose headings are nearest.
    pub fn nearest(&self, plan: usize, count: usize) -> Vec<(usize, f64)> {
        let mut scratch = Scratch::default();
        let mut found: Vec<(usize, f64)> = match self {
            Self::Vectors(index, measure) => index.nearest(*measure, plan, count, &mut scratch),
            Self::Sequences(stages) => (0..stages.len())
                .filter(|other| *other != plan)
                .filter_map(|other| Some((other, order_likeness(&stages[plan], &stages[other])?)))
                .collect(),
            Self::Trees(trees, headings) => {
                let mut workspace = Workspace::default();
                let others: Vec<usize> = if trees.len() <= MOST_TREES {
                    (0..trees.len()).filter(|other| *other != plan).collect()
                } else {
                    let most = count.saturating_mul(TREES_A_NEIGHBOUR);
                    headings
                        .nearest(Measure::Cosine, plan, most, &mut scratch)
                        .into_iter()
                        .map(|(other, _)| other)
                        .collect()
                };
                others
                    .into_iter()
                    .filter_map(|other| Some((other, trees[plan].similarity(&trees[other], &mut workspace)?)))
                    .collect()
            }
        };
        found.retain(|(_, likeness)| *likeness > 0.0);
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(count);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_by_hand() {
        let search = Search::Sequences(vec![vec![1, 2, 3], vec![1, 3], vec![], vec![4]]);
        // Two in common of five; nothing to compare; nothing in common.
        assert_eq!(search.later(0, 0.0), [(1, Some(0.8)), (2, None), (3, Some(0.0))]);
        assert_eq!(search.later(0, 0.5), [(1, Some(0.8))]);
        assert_eq!(search.nearest(1, 3), [(0, 0.8)]);
        assert!(search.nearest(2, 3).is_empty());
    }
}
