//! Which plans may share a passage, and in how many regions a passage stands.

use std::collections::BTreeSet;

use super::letters::{Letters, hash};

/// Letters of a fingerprint's gram.
const LENGTH: usize = 8;
/// Grams of which one becomes a fingerprint.
const WINDOW: usize = 4;

/// Fingerprints of a passage that are looked at to tell in how many regions it stands.
const LOOKED_AT: usize = 24;

/// Fingerprints of all plans: winnowing (S. Schleimer, D. S. Wilkerson and A. Aiken, Winnowing: local algorithms for document
/// fingerprinting, SIGMOD 2003). Two plans that share a run of eleven letters share a fingerprint.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// For each plan its fingerprints in the order of the text: place of the gram, and number of the fingerprint.
    marks: Vec<Vec<(u32, u32)>>,
    /// For each fingerprint the plans that have it, ascending.
    plans: Lists,
    /// For each fingerprint the regions of those plans, ascending.
    regions: Lists,
    /// The region of each plan, numbered from 0.
    region_of: Vec<Option<u32>>,
    /// How many regions there are.
    n_regions: usize,
}

/// Lists of numbers, one after the other.
#[derive(Clone, Debug, Default)]
struct Lists {
    ends: Vec<usize>,
    numbers: Vec<u32>,
}

impl Lists {
    fn of(&self, at: u32) -> &[u32] {
        let at = at as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.numbers.get(start..*end)).unwrap_or_default()
    }

    /// Add a list of ascending numbers; equal ones become one.
    fn push(&mut self, numbers: impl IntoIterator<Item = u32>) {
        let start = self.numbers.len();
        for number in numbers {
            if self.numbers.len() == start || self.numbers.last() != Some(&number) {
                self.numbers.push(number);
            }
        }
        self.ends.push(self.numbers.len());
    }
}

impl Index {
    /// The fingerprints of plans, with the region of each where it is known.
    pub fn new(plans: &[Letters], regions: &[Option<u32>]) -> Self {
        let hashed: Vec<Vec<(u32, u32)>> = plans.iter().map(|plan| fingerprints(plan.letters())).collect();
        let mut postings: Vec<(u32, u32)> = hashed
            .iter()
            .zip(0u32..)
            .flat_map(|(marks, plan)| marks.iter().map(move |(_, mark)| (*mark, plan)))
            .collect();
        postings.sort_unstable();
        postings.dedup();
        let known: BTreeSet<u32> = regions.iter().flatten().copied().collect();
        let known: Vec<u32> = known.into_iter().collect();
        let number = |region: u32| known.binary_search(&region).unwrap_or_default() as u32;
        let region_of: Vec<Option<u32>> = regions.iter().map(|region| region.map(number)).collect();
        let mut index = Self { n_regions: known.len(), ..Self::default() };
        let mut names: Vec<u32> = Vec::new();
        for same in postings.chunk_by(|a, b| a.0 == b.0) {
            names.extend(same.first().map(|(mark, _)| *mark));
            let mut inside: Vec<u32> =
                same.iter().filter_map(|(_, plan)| region_of.get(*plan as usize).copied().flatten()).collect();
            inside.sort_unstable();
            index.regions.push(inside);
            index.plans.push(same.iter().map(|(_, plan)| *plan));
        }
        let named = |mark: u32| names.binary_search(&mark).unwrap_or_default() as u32;
        index.marks =
            hashed.into_iter().map(|marks| marks.into_iter().map(|(at, mark)| (at, named(mark))).collect()).collect();
        index.region_of = region_of;
        index
    }

    /// The plans behind this one that share a fingerprint with it, in order.
    pub fn candidates(&self, plan: usize) -> Vec<usize> {
        let mut shares = vec![false; self.marks.len()];
        for (_, mark) in self.marks.get(plan).into_iter().flatten() {
            for other in self.plans.of(*mark) {
                shares[*other as usize] = true;
            }
        }
        (plan + 1..self.marks.len()).filter(|other| shares[*other]).collect()
    }

    /// In how many regions the letters `start..end` of a plan stand, which another shares: the regions of the two, and those whose plans, taken
    /// together, hold at least half of the passage's fingerprints (of a long passage: of some two dozen, evenly spread). Plans without a
    /// region are in none. Example: a paragraph of the centre's words in the plans of twelve cities. Counter-example: one that two departments
    /// of a city share, which is one region. Misses regions in whose plans every eighth letter of it was changed.
    pub fn regions(&self, plan: usize, other: usize, start: usize, end: usize) -> u32 {
        let marks = self.marks.get(plan).map(Vec::as_slice).unwrap_or_default();
        let from = marks.partition_point(|(at, _)| (*at as usize) < start);
        let to = marks.partition_point(|(at, _)| (*at as usize) + LENGTH <= end);
        let inside = marks.get(from..to).unwrap_or_default();
        let step = inside.len().div_ceil(LOOKED_AT).max(1);
        let mut counts = vec![0usize; self.n_regions];
        let mut looked_at = 0;
        for (_, mark) in inside.iter().step_by(step) {
            looked_at += 1;
            for region in self.regions.of(*mark) {
                counts[*region as usize] += 1;
            }
        }
        for region in [plan, other].iter().filter_map(|plan| self.region_of.get(*plan).copied().flatten()) {
            counts[region as usize] = looked_at.max(1);
        }
        counts.iter().filter(|count| **count > 0 && 2 * **count >= looked_at).count() as u32
    }
}

/// Place and hash of the grams that winnowing selects: in each window the one with the least hash, the last of equal ones.
fn fingerprints(letters: &[char]) -> Vec<(u32, u32)> {
    let grams: Vec<u32> = letters.windows(LENGTH).map(|gram| (hash(gram) >> 32) as u32).collect();
    let mut out: Vec<(u32, u32)> = Vec::new();
    for (from, window) in grams.windows(WINDOW.min(grams.len().max(1))).enumerate() {
        let Some((at, mark)) = window.iter().enumerate().rev().min_by_key(|(_, mark)| **mark) else { continue };
        let place = (from + at) as u32;
        if out.last().is_none_or(|(last, _)| *last != place) {
            out.push((place, *mark));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::letters::of;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn regions_are_counted_once_each() {
        let passage = "各级各部门要把植树造林摆上重要位置切实抓紧抓好抓出成效";
        let plans: Vec<Letters> = [
            format!("甲县{passage}"),
            format!("乙县{passage}另有安排"),
            format!("甲县又一件{passage}"),
            format!("不知何处{passage}"),
            "丙县农村改厕工作另行部署并按月通报进展情况".to_owned(),
        ]
        .iter()
        .map(|text| of(text))
        .collect();
        let index = Index::new(&plans, &[Some(1), Some(2), Some(1), None, Some(3)]);
        let length = passage.chars().count();
        assert_eq!(index.regions(0, 3, 2, 2 + length), 2);
        assert_eq!(index.regions(4, 3, 0, plans[4].len()), 1);
        assert_eq!(index.candidates(0), [1, 2, 3]);
        assert!(index.candidates(4).is_empty());
    }

    proptest! {
        #[test]
        fn a_shared_run_of_eleven_letters_makes_a_candidate(before in "[一-二]{0,9}", run in "[丁-乾]{11,14}", behind in "[亀-亂]{0,9}", other in "[于-亏]{0,9}") {
            let plans = [of(&format!("{before}{run}{behind}")), of(&format!("{other}{run}"))];
            let index = Index::new(&plans, &[None, None]);
            prop_assert_eq!(index.candidates(0), vec![1]);
        }
    }
}
