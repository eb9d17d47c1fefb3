//! All plans of a corpus, searched for passages that they share.

use super::index::Index;
use super::letters::Letters;
use super::passages::{Passage, passages};
use super::tiles::tiles;

/// Plans that are compared: their letters, and the index over them.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    letters: Vec<Letters>,
    index: Index,
}

/// What counts as a passage.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Letters of a passage that have to be the same.
    pub min_chars: usize,
    /// Regions in which boilerplate stands.
    pub boilerplate_regions: u32,
    /// Whether every pair is compared, and not only those that share fingerprints.
    pub exhaustive: bool,
}

/// A passage that a plan shares with one behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shared {
    /// The other plan, side b of the passage.
    pub other: usize,
    /// The passage.
    pub passage: Passage,
    /// How many regions it stands in.
    pub regions: u32,
    /// Whether that makes it boilerplate.
    pub boilerplate: bool,
}

impl Collection {
    /// A collection of plans, with the region of each where it is known.
    pub fn new(letters: Vec<Letters>, regions: &[Option<u32>]) -> Self {
        let index = Index::new(&letters, regions);
        Self { letters, index }
    }

    /// The letters of the plans.
    pub fn letters(&self) -> &[Letters] {
        &self.letters
    }

    /// The passages that a plan shares with those behind it, in the order of these.
    pub fn shared(&self, plan: usize, terms: Terms) -> Vec<Shared> {
        let others =
            if terms.exhaustive { (plan + 1..self.letters.len()).collect() } else { self.index.candidates(plan) };
        let of_pair = |other: usize| {
            let found = passages(&tiles(&self.letters[plan], &self.letters[other]), terms.min_chars);
            found.into_iter().map(move |passage| {
                let regions = self.index.regions(plan, other, passage.a.0, passage.a.1);
                Shared { other, passage, regions, boilerplate: regions >= terms.boilerplate_regions }
            })
        };
        others.into_iter().flat_map(of_pair).collect()
    }
}
