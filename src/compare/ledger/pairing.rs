//! Which clause of one text is which of another.

use std::collections::{BTreeMap, HashMap};

use super::Clause;

/// Clauses with fewer letters are paired only when they are identical: 加强领导 has four.
const SHORT: usize = 4;
/// Clauses are paired from this Dice coefficient on.
const ALIKE: f64 = 0.5;
/// Pairs of equal clauses that are weighed against each other; where a clause is repeated more often, the n-th is paired with
/// the n-th.
const MOST_EQUALS: usize = 10_000;
/// Steps through the index. Two texts of some 3,000 clauses that differ stay below it; for longer ones the bigrams that most clauses have
/// no longer make two clauses a candidate, so that time and memory stay bounded.
const MOST_STEPS: u64 = 8_000_000;

/// Which clause of the other side each clause is paired with.
pub(super) struct Partners {
    pub(super) of_left: Vec<Option<usize>>,
    pub(super) of_right: Vec<Option<usize>>,
}

impl Partners {
    /// So many clauses on either side, none of them paired.
    pub(super) fn new(left: usize, right: usize) -> Self {
        Self { of_left: vec![None; left], of_right: vec![None; right] }
    }

    /// Pair two clauses unless one of them has a partner.
    fn pair(&mut self, i: usize, j: usize) {
        if self.of_left[i].is_none() && self.of_right[j].is_none() {
            self.of_left[i] = Some(j);
            self.of_right[j] = Some(i);
        }
    }

    fn order(&self) -> Order {
        let end = distance(self.of_left.len(), self.of_right.len());
        Order { left: around(&self.of_left, end, distance), right: around(&self.of_right, end, |j, i| distance(i, j)) }
    }
}

/// How far the place in the subordinate's text is from that in the superior's.
fn distance(i: usize, j: usize) -> isize {
    j.cast_signed() - i.cast_signed()
}

/// How far the partners of the nearest paired clauses, before and behind each clause, are from their own place. The
/// beginnings and the ends of the two texts count as pairs.
struct Order {
    left: Vec<[isize; 2]>,
    right: Vec<[isize; 2]>,
}

fn around(partners: &[Option<usize>], end: isize, distance: impl Fn(usize, usize) -> isize) -> Vec<[isize; 2]> {
    let mut out = vec![[0, end]; partners.len()];
    let mut nearest = 0;
    for (at, partner) in partners.iter().enumerate() {
        out[at][0] = nearest;
        nearest = partner.map_or(nearest, |partner| distance(at, partner));
    }
    nearest = end;
    for (at, partner) in partners.iter().enumerate().rev() {
        out[at][1] = nearest;
        nearest = partner.map_or(nearest, |partner| distance(at, partner));
    }
    out
}

impl Order {
    /// How much a pair would break the order of the pairs around it; the same from both sides.
    fn broken(&self, i: usize, j: usize) -> usize {
        let distance = distance(i, j);
        self.left[i].iter().chain(&self.right[j]).map(|other| distance.abs_diff(*other)).sum()
    }
}

/// Pair the clauses that have the same letters: those first that both sides have once, since they are certain.
pub(super) fn pair_equal(left: &[Clause], right: &[Clause], partners: &mut Partners) {
    let mut groups: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (i, clause) in left.iter().enumerate() {
        groups.entry(&clause.letters).or_default().0.push(i);
    }
    for (j, clause) in right.iter().enumerate() {
        if let Some((_, places)) = groups.get_mut(clause.letters.as_str()) {
            places.push(j);
        }
    }
    for (ours, theirs) in groups.values() {
        if let ([i], [j]) = (ours.as_slice(), theirs.as_slice()) {
            partners.pair(*i, *j);
        }
    }
    let order = partners.order();
    for (ours, theirs) in groups.values().filter(|(ours, theirs)| ours.len().max(theirs.len()) > 1) {
        if ours.len().saturating_mul(theirs.len()) > MOST_EQUALS {
            ours.iter().zip(theirs).for_each(|(i, j)| partners.pair(*i, *j));
            continue;
        }
        let mut candidates: Vec<(usize, usize, usize)> =
            ours.iter().flat_map(|i| theirs.iter().map(|j| (order.broken(*i, *j), *i, *j))).collect();
        candidates.sort_unstable();
        for (_, i, j) in candidates {
            partners.pair(i, j);
        }
    }
}

/// The bigrams of one clause: which, and how often.
type Counts = Vec<(usize, usize)>;

/// Pair the rest by likeness, the most alike first. Two clauses are compared only if they share a bigram of the index.
pub(super) fn pair_alike(left: &[Clause], right: &[Clause], partners: &mut Partners) {
    let mut names: Vec<(char, char)> = Vec::new();
    let mut known: HashMap<(char, char), usize> = HashMap::new();
    let mut count = |clauses: &[Clause], partners: &[Option<usize>]| -> Vec<Counts> {
        let free = |(clause, partner): (&Clause, &Option<usize>)| partner.is_none() && clause.count >= SHORT;
        let mut number = |pair: (char, char)| {
            *known.entry(pair).or_insert_with(|| {
                names.push(pair);
                names.len() - 1
            })
        };
        clauses
            .iter()
            .zip(partners)
            .map(|both| {
                let letters = if free(both) { both.0.letters.as_str() } else { "" };
                let mut numbers: Vec<usize> = letters.chars().zip(letters.chars().skip(1)).map(&mut number).collect();
                numbers.sort_unstable();
                numbers.chunk_by(|x, y| x == y).map(|same| (same[0], same.len())).collect()
            })
            .collect()
    };
    let (ours, theirs) = (count(left, &partners.of_left), count(right, &partners.of_right));
    let indexed = indexed(&names, &ours, &theirs);
    let mut index: Vec<Vec<(usize, usize)>> = vec![Vec::new(); names.len()];
    for (j, counts) in theirs.iter().enumerate() {
        for (number, times) in counts.iter().filter(|(number, _)| indexed[*number]) {
            index[*number].push((j, *times));
        }
    }
    let size = |counts: &Counts| counts.iter().map(|(_, times)| times).sum::<usize>();
    let left_out =
        |counts: &Counts| counts.iter().filter(|(number, _)| !indexed[*number]).map(|(_, n)| n).sum::<usize>();
    let sizes: Vec<(usize, usize)> = theirs.iter().map(|counts| (size(counts), left_out(counts))).collect();
    let order = partners.order();
    let mut candidates: Vec<(f64, usize, usize, usize)> = Vec::new();
    let mut shared = vec![0; right.len()];
    let mut touched: Vec<usize> = Vec::new();
    for (i, counts) in ours.iter().enumerate() {
        for (number, times) in counts {
            for (j, others) in &index[*number] {
                if shared[*j] == 0 {
                    touched.push(*j);
                }
                shared[*j] += times.min(others);
            }
        }
        let (our_size, our_rest) = (size(counts), left_out(counts));
        for j in touched.drain(..) {
            let (their_size, their_rest) = sizes[j];
            let most = std::mem::take(&mut shared[j]) + our_rest.min(their_rest);
            if 4 * most >= our_size + their_size {
                let score = left[i].bigrams.dice(&right[j].bigrams);
                if score >= ALIKE {
                    candidates.push((score, order.broken(i, j), i, j));
                }
            }
        }
    }
    candidates.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2, x.3).cmp(&(y.1, y.2, y.3))));
    for (_, _, i, j) in candidates {
        partners.pair(i, j);
    }
}

/// Which bigrams make two clauses candidates: the rarest first, as many as `MOST_STEPS` allows.
fn indexed(names: &[(char, char)], ours: &[Counts], theirs: &[Counts]) -> Vec<bool> {
    let mut clauses = vec![(0u64, 0u64); names.len()];
    ours.iter().flatten().for_each(|(number, _)| clauses[*number].0 += 1);
    theirs.iter().flatten().for_each(|(number, _)| clauses[*number].1 += 1);
    let mut steps: Vec<(u64, (char, char), usize)> =
        clauses.iter().enumerate().map(|(number, (ours, theirs))| (ours * theirs, names[number], number)).collect();
    steps.sort_unstable();
    let mut indexed = vec![false; names.len()];
    let mut all = 0;
    for (steps, _, number) in steps {
        all += steps;
        indexed[number] = all <= MOST_STEPS;
    }
    indexed
}
