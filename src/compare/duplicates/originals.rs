//! Plans one after the other: which of them are an earlier one again.

use std::collections::HashMap;

use super::banding::Banding;
use super::facts::Facts;
use super::fingerprint::{BINS, Fingerprint, estimate};
use super::table::Table;
use crate::model::DuplicateKind;

/// Letters of the shortest plan that can be nearly another one.
///
/// One letter misread in the middle of n changes five of their n − 4 grams, and leaves a Jaccard index of 0.9 from 99 letters on. Of shorter plans only
/// those would count that differ at an end (附件1, 附件2), which are no copies.
pub const SHORTEST: u32 = 100;

/// Standard errors that an estimate may lie below the truth for the pair to be looked at again: one in two thousand is missed.
const ERRORS: f64 = 3.3;

/// Originals that a plan is compared with exactly, the likeliest ones; only in a crowd of filled-in forms there are more.
const LOOKED_AT: usize = 64;

/// A plan that is an earlier one again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Duplicate {
    /// The number of that one among the originals.
    pub of: usize,
    /// Whether letter for letter.
    pub kind: DuplicateKind,
    /// 1 where it is the same, else the Jaccard index of grams.
    pub similarity: f64,
}

/// The plans that are no duplicate of an earlier one.
///
/// A plan is compared with originals only, so that no duplicate has a duplicate, each is as alike as asked for to the one that it is
/// said to repeat, and what is left without the duplicates has none. It depends on the order of the plans which of a group
/// is the original, and on nothing else.
#[derive(Clone, Debug)]
pub struct Originals {
    least: f64,
    /// How far below the truth estimates may lie.
    error: f64,
    by_digest: HashMap<u128, Duplicate>,
    length: usize,
    /// Signatures of the originals that are long enough, with their numbers and facts.
    table: Table,
    long: Vec<(u32, Facts)>,
}

impl Originals {
    /// No plan yet; plans are nearly the same from a Jaccard index of `least` on.
    pub fn new(least: f64) -> Self {
        Self {
            least,
            error: ERRORS * (least * (1.0 - least) / BINS as f64).sqrt(),
            by_digest: HashMap::new(),
            length: 0,
            table: Table::new(Banding::new(least)),
            long: Vec::new(),
        }
    }

    /// How many originals there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The next plan: which original it is again, or nothing where it is one itself, whose number is the length before. Likeness is
    /// estimated from the signatures.
    pub fn push(&mut self, fingerprint: &Fingerprint, facts: Facts) -> Option<Duplicate> {
        self.take(fingerprint, facts, None)
    }

    /// The same, where `exact` knows how alike it is to an original.
    pub fn push_exact(
        &mut self,
        fingerprint: &Fingerprint,
        facts: Facts,
        mut exact: impl FnMut(usize) -> f64,
    ) -> Option<Duplicate> {
        self.take(fingerprint, facts, Some(&mut exact))
    }

    fn take(
        &mut self,
        fingerprint: &Fingerprint,
        facts: Facts,
        exact: Option<&mut dyn FnMut(usize) -> f64>,
    ) -> Option<Duplicate> {
        if fingerprint.n_letters == 0 {
            self.length += 1;
            return None;
        }
        if let Some(known) = self.by_digest.get(&fingerprint.digest) {
            return Some(*known);
        }
        let near = self.nearest(fingerprint, facts, exact);
        let same = Duplicate { of: self.length, kind: DuplicateKind::Same, similarity: 1.0 };
        self.by_digest.insert(fingerprint.digest, near.unwrap_or(same));
        if near.is_none() {
            if fingerprint.n_letters >= SHORTEST {
                self.long.push((self.length as u32, facts));
                self.table.push(&fingerprint.signature);
            }
            self.length += 1;
        }
        near
    }

    /// The original that is most alike, of several the first.
    fn nearest(
        &mut self,
        fingerprint: &Fingerprint,
        facts: Facts,
        mut exact: Option<&mut dyn FnMut(usize) -> f64>,
    ) -> Option<Duplicate> {
        if fingerprint.n_letters < SHORTEST {
            return None;
        }
        let mut found = Vec::new();
        let long = &self.long;
        self.table.sharing(&fingerprint.signature, |at| !facts.differ(&long[at].1), &mut found);
        let estimated = |at| (estimate(self.table.signature(at), &fingerprint.signature), at);
        let mut estimates: Vec<(f64, usize)> = found.into_iter().map(estimated).collect();
        // The likeliest first, of these the earliest.
        estimates.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let Some(exact) = &mut exact else {
            let (similarity, at) = estimates.first().copied().filter(|(similarity, _)| *similarity >= self.least)?;
            return Some(Duplicate { of: self.long[at].0 as usize, kind: DuplicateKind::Near, similarity });
        };
        let mut best: Option<Duplicate> = None;
        for (estimated, at) in estimates.into_iter().take(LOOKED_AT) {
            let enough = best.map_or(self.least, |best| best.similarity);
            if estimated < enough - self.error {
                break;
            }
            let of = self.long[at].0 as usize;
            let similarity = exact(of);
            let better = |best: Duplicate| (similarity, best.of) > (best.similarity, of);
            if similarity >= self.least && best.is_none_or(better) {
                best = Some(Duplicate { of, kind: DuplicateKind::Near, similarity });
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::super::grams::{Grams, letters};
    use super::*;
    use proptest::prelude::*;

    /// Numbered letters from U+4E00 on: a text without a repetition.
    fn text(from: u32, to: u32) -> String {
        (from..to).filter_map(|at| char::from_u32(0x4E00 + at)).collect()
    }

    /// What becomes of texts: for each the number of its original, the kind and the similarity to four places.
    fn outcome(texts: &[String], least: f64) -> Vec<Option<(usize, &'static str, f64)>> {
        let mut originals = Originals::new(least);
        let mut kept: Vec<String> = Vec::new();
        texts
            .iter()
            .map(|text| {
                let own = letters(text);
                let exact = |of: usize| Grams::new(&own).jaccard(&Grams::new(&kept[of]));
                let found = originals.push_exact(&Fingerprint::new(&own), Facts::default(), exact);
                if found.is_none() {
                    kept.push(own);
                }
                assert_eq!(originals.len(), kept.len());
                found.map(|found| (found.of, found.kind.as_str(), (found.similarity * 1e4).round() / 1e4))
            })
            .collect()
    }

    #[test]
    fn same_near_and_others() {
        let one = text(0, 400);
        // 396 grams; ten letters less leave 386.
        let near = text(10, 400);
        let half = text(0, 200);
        let other = text(1_000, 1_400);
        let dotted = one.replace('\u{4E10}', "\u{4E10}，\r\n");
        let texts = [one.clone(), other, near.clone(), dotted, half.clone(), near, half, text(1_000, 1_399)];
        let expected = [
            None,
            None,
            Some((0, "near", 0.9747)),
            Some((0, "same", 1.0)),
            None,
            Some((0, "near", 0.9747)),
            Some((2, "same", 1.0)),
            Some((1, "near", 0.9975)),
        ];
        assert_eq!(outcome(&texts, 0.9), expected);
    }

    #[test]
    fn the_most_alike_original_is_named() {
        // Two originals of 0.887, and one between that is nearer to the second.
        let texts = [text(0, 204), text(12, 216), text(7, 211)];
        let found = outcome(&texts, 0.9);
        assert_eq!(found[..2], [None, None]);
        assert_eq!(found[2], Some((1, "near", 0.9512)));
    }

    #[test]
    fn short_plans_are_the_same_or_others() {
        let long = SHORTEST;
        let texts = [text(0, long - 1), text(1, long), text(0, long - 1), text(200, 200 + long), text(201, 201 + long)];
        let found = outcome(&texts, 0.9);
        assert_eq!(found[..3], [None, None, Some((0, "same", 1.0))]);
        assert_eq!(found[4], Some((2, "near", 0.9794)));
        // Nothing to compare is not the same as nothing to compare.
        assert_eq!(outcome(&["。".to_owned(), String::new()], 0.9), [None, None]);
    }

    #[test]
    fn facts_keep_near_ones_apart_but_not_the_same() {
        let mut originals = Originals::new(0.9);
        let county = |code: &str| Facts::new([Some(code)]);
        let (one, near) = (Fingerprint::new(&text(0, 400)), Fingerprint::new(&text(1, 400)));
        assert_eq!(originals.push(&one, county("371122")), None);
        assert_eq!(originals.push(&near, county("371121")), None);
        let again = originals.push(&Fingerprint::new(&text(2, 400)), county("371122")).expect("a duplicate");
        assert_eq!((again.of, again.kind), (0, DuplicateKind::Near));
        let same = originals.push(&one, county("371121")).expect("a duplicate");
        assert_eq!((same.of, same.kind), (0, DuplicateKind::Same));
    }

    proptest! {
        /// Of any texts: duplicates repeat originals, are as alike as asked for, and no text of an index well above is missed.
        #[test]
        fn as_it_is_defined(cuts in proptest::collection::vec((0u32..40, 0u32..40, 0u32..3), 1..25)) {
            let texts: Vec<String> =
                cuts.iter().map(|(from, less, group)| text(group * 1_000 + from, group * 1_000 + 500 - less)).collect();
            let found = outcome(&texts, 0.9);
            let grams: Vec<Grams> = texts.iter().map(|text| Grams::new(text)).collect();
            let mut originals: Vec<usize> = Vec::new();
            for (at, found) in found.iter().enumerate() {
                let best = originals.iter().map(|of| grams[*of].jaccard(&grams[at])).fold(0.0, f64::max);
                match found {
                    None => {
                        prop_assert!(best < 0.93, "{} is missed", best);
                        originals.push(at);
                    }
                    Some((of, kind, similarity)) => {
                        prop_assert!(*similarity >= 0.9);
                        prop_assert!((grams[originals[*of]].jaccard(&grams[at]) - similarity).abs() < 1e-4);
                        prop_assert_eq!(*kind == "same", texts[originals[*of]] == texts[at]);
                    }
                }
            }
        }
    }
}
