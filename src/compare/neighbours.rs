//! Which documents of many are alike, without comparing each with each.
//!
//! Documents are found by the features they share, from the rarest to the most frequent, only while documents that
//! share no more than the features still to come can be alike enough (Bayardo, Ma & Srikant, Scaling up all pairs
//! similarity search, WWW 2007). How alike those can be is told by the share of the features to come in the query: in
//! its length for the cosine (Cauchy & Schwarz), in the sum of its weights for the Jaccard index. A document found is
//! left out again where its own share of frequent features is too small to make up for what it lacks. What remains is
//! compared in full, so that the answer is exactly that of comparing each with each.

use super::features::{Measure, Vector};

/// More than rounding makes of a sum that is added up in another order, far less than any difference that counts.
const ROUNDING: f64 = 1e-9;

/// The vectors of all documents, and for each feature the documents that have it.
#[derive(Clone, Debug)]
pub struct Index {
    vectors: Vec<Vector>,
    /// Where the postings of each feature begin, and behind the last one where they end.
    starts: Vec<usize>,
    /// Document and weight, by document.
    postings: Vec<(u32, f32)>,
    /// For each level the share that each document's features of this level and above have in its length, and in the
    /// sum of its weights. The level of a feature is the binary logarithm of how many documents have it.
    lengths: Vec<Vec<f64>>,
    sums: Vec<Vec<f64>>,
}

/// Tables used again from query to query; each thread needs its own. Between queries all is 0.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// The query's weight of each feature.
    weights: Vec<f32>,
    /// What each document shares with the query, as far as it was added up.
    shared: Vec<f64>,
    /// Documents that share anything and can be alike enough.
    touched: Vec<u32>,
    /// How alike these are at least.
    sure: Vec<f64>,
}

/// A feature of the query.
struct Term {
    weight: f32,
    level: usize,
    /// Postings to read.
    from: usize,
    to: usize,
    /// The share of this and the following features in the query: a document that has no others in common with it is at
    /// most this much like it.
    rest: f64,
}

/// What is alike enough.
#[derive(Clone, Copy)]
enum Goal {
    Least(f64),
    Best(usize),
}

impl Index {
    /// An index of documents. Numbers of features should have few gaps: memory grows with the greatest.
    pub fn new(vectors: Vec<Vector>) -> Self {
        let ids = || vectors.iter().flat_map(Vector::entries).map(|(id, _)| *id as usize);
        let size = ids().max().map_or(0, |id| id + 1);
        let mut starts = vec![0; size + 1];
        ids().for_each(|id| starts[id + 1] += 1);
        for id in 0..size {
            starts[id + 1] += starts[id];
        }
        let mut next = starts.clone();
        let mut postings = vec![(0, 0.0); starts[size]];
        let levels = vectors.len().checked_ilog2().map_or(0, |level| level as usize + 1);
        let mut lengths = vec![vec![0.0; vectors.len()]; levels];
        let mut sums = lengths.clone();
        for (document, vector) in vectors.iter().enumerate() {
            for (id, weight) in vector.entries() {
                let id = *id as usize;
                postings[next[id]] = (document as u32, *weight);
                next[id] += 1;
                let level = level(starts[id + 1] - starts[id]);
                lengths[level][document] += Measure::Cosine.share(*weight, *weight);
                sums[level][document] += f64::from(*weight);
            }
            let (mut squares, mut sum) = (0.0, 0.0);
            for (length, part) in lengths.iter_mut().zip(&mut sums).rev() {
                squares += length[document];
                sum += part[document];
                length[document] = squares.sqrt() / vector.norm();
                part[document] = sum / vector.sum();
            }
        }
        Self { vectors, starts, postings, lengths, sums }
    }

    /// How many documents.
    pub fn len(&self) -> usize {
        self.vectors.len()
    }

    /// Whether there are no documents.
    pub fn is_empty(&self) -> bool {
        self.vectors.is_empty()
    }

    /// The documents after this one whose cosine with it is at least so much; see [`Index::later`].
    pub fn cosine(&self, query: usize, least: f64, scratch: &mut Scratch) -> Vec<(usize, Option<f64>)> {
        self.later(Measure::Cosine, query, least, scratch)
    }

    /// The documents after this one whose weighted Jaccard index with it is at least so much; see [`Index::later`].
    pub fn jaccard(&self, query: usize, least: f64, scratch: &mut Scratch) -> Vec<(usize, Option<f64>)> {
        self.later(Measure::Jaccard, query, least, scratch)
    }

    /// The documents after this one that are at least so much like it, in order; for `least` 0 all of them, with
    /// nothing for the likeness where either document has no features. Exactly what [`Measure::of`] says of each pair.
    pub fn later(
        &self,
        measure: Measure,
        query: usize,
        least: f64,
        scratch: &mut Scratch,
    ) -> Vec<(usize, Option<f64>)> {
        let Some(vector) = self.vectors.get(query) else { return Vec::new() };
        if least <= 0.0 {
            self.open(vector, scratch);
            let others = self.vectors.iter().enumerate().skip(query + 1);
            let all = others.map(|(other, theirs)| (other, exact(measure, vector, theirs, &scratch.weights))).collect();
            close(vector, scratch);
            return all;
        }
        let mut found = self.found(measure, vector, query + 1, Goal::Least(least), scratch);
        found.retain(|(_, likeness)| *likeness >= least);
        found.sort_unstable_by_key(|(other, _)| *other);
        found.into_iter().map(|(other, likeness)| (other, Some(likeness))).collect()
    }

    /// The documents, before or after this one, that are most like it: the most alike first, of those equally alike the
    /// first in order. Documents that share nothing with it are never near, so there may be fewer than asked for.
    pub fn nearest(&self, measure: Measure, query: usize, count: usize, scratch: &mut Scratch) -> Vec<(usize, f64)> {
        let Some(vector) = self.vectors.get(query) else { return Vec::new() };
        // The document itself is found, too.
        let mut found = self.found(measure, vector, 0, Goal::Best(count.saturating_add(1)), scratch);
        found.retain(|(other, likeness)| *other != query && *likeness > 0.0);
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(count);
        found
    }

    /// All documents from this one on that are alike enough, and others, in no order.
    fn found(
        &self,
        measure: Measure,
        vector: &Vector,
        first: usize,
        goal: Goal,
        scratch: &mut Scratch,
    ) -> Vec<(usize, f64)> {
        self.open(vector, scratch);
        let terms = self.terms(measure, vector, first);
        let mut least = if let Goal::Least(least) = goal { least } else { 0.0 };
        let mut at = 0;
        while let Some(next) = terms.get(at) {
            let level = &terms[at..at + terms[at..].partition_point(|term| term.level == next.level)];
            if let Goal::Best(count) = goal {
                least = self.sure(measure, vector, count, scratch);
            }
            // Up to where a document that was not found yet can still be alike enough.
            let mut end = level.partition_point(|term| term.rest >= least - ROUNDING);
            let admitting = end > 0;
            if !admitting {
                end = level.len();
                self.prune(measure, vector, Some(next), least, scratch);
                // To look through a document takes about as long as to look through as many postings.
                let postings: usize = level.iter().map(|term| term.to - term.from).sum();
                if scratch.touched.len() * vector.entries().len() < postings {
                    break;
                }
            }
            for term in &level[..end] {
                self.add(measure, term, admitting, scratch);
            }
            at += end;
        }
        if at == terms.len() {
            if let Goal::Best(count) = goal {
                least = self.sure(measure, vector, count, scratch);
            }
            self.prune(measure, vector, None, least, scratch);
        }
        let touched = scratch.touched.iter().map(|other| *other as usize);
        let likeness = |other: usize| exact(measure, vector, &self.vectors[other], &scratch.weights);
        let found = touched.filter_map(|other| Some((other, likeness(other)?))).collect();
        close(vector, scratch);
        found
    }

    /// The features of the query from the rarest to the most frequent.
    fn terms(&self, measure: Measure, vector: &Vector, first: usize) -> Vec<Term> {
        let term = |(id, weight): &(u32, f32)| {
            let (from, to) = (self.starts[*id as usize], self.starts[*id as usize + 1]);
            let level = level(to - from);
            let from = from + self.postings[from..to].partition_point(|(document, _)| (*document as usize) < first);
            Term { weight: *weight, level, from, to, rest: 0.0 }
        };
        let mut terms: Vec<Term> = vector.entries().iter().map(term).collect();
        terms.sort_by_key(|term| (term.level, term.to - term.from));
        let mut rest = 0.0;
        for term in terms.iter_mut().rev() {
            rest += measure.share(term.weight, term.weight);
            term.rest = match measure {
                Measure::Cosine => rest.sqrt() / vector.norm(),
                Measure::Jaccard => rest / vector.sum(),
            };
        }
        terms
    }

    fn add(&self, measure: Measure, term: &Term, admitting: bool, scratch: &mut Scratch) {
        let Scratch { shared, touched, .. } = scratch;
        for (other, weight) in &self.postings[term.from..term.to] {
            let shared = &mut shared[*other as usize];
            if *shared == 0.0 {
                if !admitting {
                    continue;
                }
                touched.push(*other);
            }
            *shared += measure.share(term.weight, *weight);
        }
    }

    /// How alike the best so many documents are at least.
    fn sure(&self, measure: Measure, vector: &Vector, count: usize, scratch: &mut Scratch) -> f64 {
        let Scratch { shared, touched, sure, .. } = scratch;
        if touched.len() < count {
            return 0.0;
        }
        sure.clear();
        sure.extend(touched.iter().map(|other| match measure {
            Measure::Cosine => shared[*other as usize] / (vector.norm() * self.vectors[*other as usize].norm()),
            Measure::Jaccard => measure.likeness(vector, &self.vectors[*other as usize], shared[*other as usize]),
        }));
        *sure.select_nth_unstable_by(count - 1, |a, b| b.total_cmp(a)).1
    }

    /// Leave out the documents that are not alike enough, whatever they share of the features from the next one on.
    fn prune(&self, measure: Measure, vector: &Vector, next: Option<&Term>, least: f64, scratch: &mut Scratch) {
        let least = (least - ROUNDING).max(0.0);
        let (level, rest) = next.map_or((0, 0.0), |next| (next.level, next.rest));
        let (lengths, sums) = (&self.lengths[level], &self.sums[level]);
        let Scratch { shared, touched, .. } = scratch;
        touched.retain(|other| {
            let other = *other as usize;
            let theirs = &self.vectors[other];
            let (more, needed) = match measure {
                Measure::Cosine => {
                    let all = vector.norm() * theirs.norm();
                    (all * rest * lengths[other], all * least)
                }
                // Lesser weights m are at least t of the greater ones s - m where m is at least t / (1 + t) of s.
                Measure::Jaccard => {
                    let more = (rest * vector.sum()).min(sums[other] * theirs.sum());
                    (more, (vector.sum() + theirs.sum()) * least / (1.0 + least))
                }
            };
            let enough = shared[other] + more >= needed;
            if !enough {
                shared[other] = 0.0;
            }
            enough
        });
    }

    fn open(&self, vector: &Vector, scratch: &mut Scratch) {
        scratch.weights.resize(scratch.weights.len().max(self.starts.len()), 0.0);
        scratch.shared.resize(scratch.shared.len().max(self.vectors.len()), 0.0);
        for (id, weight) in vector.entries() {
            scratch.weights[*id as usize] = *weight;
        }
    }
}

fn close(vector: &Vector, scratch: &mut Scratch) {
    for (id, _) in vector.entries() {
        scratch.weights[*id as usize] = 0.0;
    }
    for other in scratch.touched.drain(..) {
        scratch.shared[other as usize] = 0.0;
    }
}

fn level(documents: usize) -> usize {
    documents.checked_ilog2().unwrap_or(0) as usize
}

/// What [`Measure::of`] says of the query and another document: the same sum in the same order, since a feature that
/// the query does not have adds exactly 0.
fn exact(measure: Measure, query: &Vector, other: &Vector, weights: &[f32]) -> Option<f64> {
    if query.is_empty() || other.is_empty() {
        return None;
    }
    let shared = other.entries().iter().map(|(id, weight)| measure.share(weights[*id as usize], *weight));
    Some(measure.likeness(query, other, shared.fold(0.0, |sum, share| sum + share)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MEASURES: [Measure; 2] = [Measure::Cosine, Measure::Jaccard];

    fn slowly(vectors: &[Vector], measure: Measure, query: usize, least: f64) -> Vec<(usize, Option<f64>)> {
        let likeness = |other: usize| (other, measure.of(&vectors[query], &vectors[other]));
        let all = (query + 1..vectors.len()).map(likeness);
        all.filter(|(_, likeness)| least <= 0.0 || likeness.is_some_and(|likeness| likeness >= least)).collect()
    }

    fn slowly_nearest(vectors: &[Vector], measure: Measure, query: usize, count: usize) -> Vec<(usize, f64)> {
        let others = (0..vectors.len()).filter(|other| *other != query);
        let likeness = |other: usize| Some((other, measure.of(&vectors[query], &vectors[other])?));
        let mut all: Vec<(usize, f64)> = others.filter_map(likeness).filter(|(_, likeness)| *likeness > 0.0).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        all.truncate(count);
        all
    }

    #[test]
    fn literal_cases() {
        let of = |counts: &[(u32, u32)]| Vector::of_counts(counts);
        let vectors = vec![of(&[(0, 3), (1, 4)]), of(&[(0, 3), (1, 4)]), of(&[]), of(&[(1, 2)]), of(&[(2, 1)])];
        let (index, mut scratch) = (Index::new(vectors), Scratch::default());
        // The first and the fourth: 4·2 / (5·2), and 2 / (7 + 2 - 2).
        let all = [(1, Some(1.0)), (2, None), (3, Some(0.8)), (4, Some(0.0))];
        assert_eq!(index.cosine(0, 0.0, &mut scratch), all);
        assert_eq!(index.cosine(0, 0.8, &mut scratch), [(1, Some(1.0)), (3, Some(0.8))]);
        assert_eq!(index.cosine(0, 0.81, &mut scratch), [(1, Some(1.0))]);
        assert_eq!(index.jaccard(0, 0.28, &mut scratch), [(1, Some(1.0)), (3, Some(2.0 / 7.0))]);
        assert_eq!(index.cosine(2, 0.0, &mut scratch), [(3, None), (4, None)]);
        assert_eq!(index.cosine(2, 0.1, &mut scratch), []);
        assert_eq!(index.cosine(9, 0.0, &mut scratch), []);
        assert_eq!(index.nearest(Measure::Cosine, 3, 1, &mut scratch), [(0, 0.8)]);
        assert_eq!(index.nearest(Measure::Cosine, 3, 9, &mut scratch), [(0, 0.8), (1, 0.8)]);
        assert_eq!(Index::new(Vec::new()).cosine(0, 0.0, &mut scratch), []);
    }

    fn vectors() -> impl Strategy<Value = Vec<Vector>> {
        // Low numbers are frequent; few different weights, so that there are ties.
        let id = (0u32..40, 0u32..40).prop_map(|(a, b)| a * b / 40);
        let entry = (id, prop_oneof![Just(1.0f32), Just(2.0), 0.01f32..3.0]);
        proptest::collection::vec(proptest::collection::vec(entry, 0..12).prop_map(Vector::new), 1..60)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn as_if_each_were_compared_with_each(vectors in vectors()) {
            let (index, mut scratch) = (Index::new(vectors.clone()), Scratch::default());
            for measure in MEASURES {
                for query in 0..vectors.len() {
                    for least in [0.0, 0.2, 0.5, 0.9, 1.0] {
                        let found = index.later(measure, query, least, &mut scratch);
                        let bits = |rows: Vec<(usize, Option<f64>)>| -> Vec<(usize, Option<u64>)> {
                            rows.into_iter().map(|(other, likeness)| (other, likeness.map(f64::to_bits))).collect()
                        };
                        prop_assert_eq!(bits(found), bits(slowly(&vectors, measure, query, least)));
                    }
                    for count in [0, 1, 3, 100] {
                        let found = index.nearest(measure, query, count, &mut scratch);
                        prop_assert_eq!(found, slowly_nearest(&vectors, measure, query, count));
                    }
                }
            }
            prop_assert!(scratch.touched.is_empty());
            prop_assert!(scratch.shared.iter().all(|shared| *shared == 0.0));
            prop_assert!(scratch.weights.iter().all(|weight| *weight == 0.0));
        }
    }
}
