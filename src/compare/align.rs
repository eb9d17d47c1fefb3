//! Pairs the rows of two plans, best match first.

use std::collections::HashMap;

use super::similarity::Bigrams;

/// A row of a plan that can be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// What it is (section, phase, criterion, target); only rows of the same aspect are paired.
    pub aspect: String,
    /// What it is called: one part or more, separated by tabs, empty where unknown.
    /// Sections: standard part, heading. Phases: canonical stage, name. Criteria: framework, item. Targets: indicator.
    pub key: String,
    /// What it says.
    pub text: String,
    /// Place, in the list that it stands in, of the row of the same aspect that it stands under.
    pub parent: Option<usize>,
    /// First and last day, as days since 1970.
    pub when: Option<(i32, i32)>,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Says the same, punctuation aside, in the same order.
    Kept,
    /// Says something else.
    Edited,
    /// Stands elsewhere among its siblings; `similarity` says whether it was edited too.
    Moved,
    /// Only in b.
    Added,
    /// Only in a.
    Dropped,
}

impl Status {
    /// The text of the column.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Edited => "edited",
            Self::Moved => "moved",
            Self::Added => "added",
            Self::Dropped => "dropped",
        }
    }
}

/// One row of the comparison: places in the lists of a and b.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// What became of it.
    pub status: Status,
    /// Dice coefficient of the texts; 0 for what only one side has.
    pub similarity: f64,
    /// Place in a.
    pub a: Option<usize>,
    /// Place in b.
    pub b: Option<usize>,
}

/// Above this many combinations of an aspect's rows, only rows that are called the same are compared: the time stays
/// linear in the length of the plans, and no real plan comes near it.
const MOST_COMBINATIONS: usize = 1_000_000;

/// Levels of sections that are told apart; deeper ones count as the last, and a circle of parents ends there.
const MOST_LEVELS: usize = 8;
/// From this score on, two rows may be paired.
const ALIKE: f64 = 0.5;
/// What sections gain in rank where those that they stand under are paired, or where both stand under none.
const SAME_PARENT: f64 = 0.1;

struct Side {
    at: usize,
    key: String,
    parts: Vec<Bigrams>,
    text: Bigrams,
    /// The standard part of a section; empty where unknown.
    component: String,
    /// Place among the rows of this aspect.
    parent: Option<usize>,
    level: usize,
    when: Option<(i32, i32)>,
}

/// Two rows that may be paired.
#[derive(Clone, Copy)]
struct Candidate {
    /// How likely they are a pair, next to others; what the sections above them say is not in it.
    rank: f64,
    i: usize,
    j: usize,
}

/// Align two plans.
///
/// Evidence: what rows are called, and what they say. A pair needs a score of at least a half: for phases that of their
/// names (the same canonical stage is enough: 宣传发动 and 动员部署 are both `mobilise`), for sections that of heading or
/// text, whichever is more alike, for criteria and targets the mean of both, so that two items of 五个好 are not paired for
/// the framework's name alone. Pairs are made greedily, the best first, then the nearest in order; each row is used once.
///
/// Among phases with names equally alike, their days decide, then their text. Sections are paired level by level from the
/// top: those whose sections above are paired with each other come before those that are hardly more alike, so that of two
/// 目标 that is taken which stands under the same heading. Sections that are the same standard part of a plan (组织领导 and
/// 强化保障) are paired even if they have no word in common, when nothing better is left for either.
///
/// Rows that belong to every longest run of pairs in the same order kept their place; the others were moved. Of two
/// neighbours that changed places, both were. Exchanging the plans gives the same pairs.
///
/// A phase that one plan splits in two is paired with the likelier half only; the other half shows as added.
pub fn compare(a: &[Item], b: &[Item]) -> Vec<Pair> {
    align(a, b, false)
}

/// Align two groups of plans, whose rows were pooled.
///
/// As [`compare`], but what has no partner left is paired with the likeliest row of the other side that has one already: a stage that
/// ten plans of the one group name in three ways, and those of the other in one, is in both. What is added or dropped then
/// has no counterpart at all. Order across plans says nothing, so nothing was moved.
pub fn compare_groups(a: &[Item], b: &[Item]) -> Vec<Pair> {
    align(a, b, true)
}

fn align(a: &[Item], b: &[Item], groups: bool) -> Vec<Pair> {
    let mut aspects: Vec<&str> = Vec::new();
    for item in a.iter().chain(b) {
        if !aspects.contains(&item.aspect.as_str()) {
            aspects.push(&item.aspect);
        }
    }
    aspects
        .into_iter()
        .flat_map(|aspect| {
            let (left, right) = (sides(a, aspect), sides(b, aspect));
            let candidates = candidates(aspect, &left, &right);
            let likely: Vec<Candidate> = candidates.iter().filter(|one| groups && one.rank >= ALIKE).copied().collect();
            let mut pairs = matches(aspect, &left, &right, candidates);
            let in_order =
                if groups { Vec::new() } else { in_every_longest(&pairs.iter().map(|(i, _)| *i).collect::<Vec<_>>()) };
            again(&mut pairs, &likely, left.len(), right.len());
            rows(&left, &right, &pairs, &in_order)
        })
        .collect()
}

fn sides(items: &[Item], aspect: &str) -> Vec<Side> {
    let mut places = vec![None; items.len()];
    for (place, (at, _)) in items.iter().enumerate().filter(|(_, item)| item.aspect == aspect).enumerate() {
        places[at] = Some(place);
    }
    let above = |item: &Item| item.parent.filter(|at| places.get(*at).copied().flatten().is_some());
    items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.aspect == aspect)
        .map(|(at, item)| {
            let (component, called) = match item.key.split_once('\t') {
                Some(parts) if aspect == "section" => parts,
                _ => ("", item.key.as_str()),
            };
            let ancestors = std::iter::successors(above(item), |at| above(&items[*at]));
            Side {
                at,
                key: item.key.clone(),
                parts: called.split('\t').map(Bigrams::new).collect(),
                text: Bigrams::new(&item.text),
                component: component.to_owned(),
                parent: above(item).and_then(|at| places[at]),
                level: ancestors.take(MOST_LEVELS - 1).count(),
                when: item.when,
            }
        })
        .collect()
}

/// Mean likeness of the parts that at least one side has; nothing in common where neither is called anything.
fn key_likeness(a: &Side, b: &Side) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for (x, y) in a.parts.iter().zip(&b.parts) {
        if !(x.is_empty() && y.is_empty()) {
            sum += x.dice(y);
            count += 1.0;
        }
    }
    if count > 0.0 { sum / count } else { 0.0 }
}

/// Days that both have over days that either has; 0 where one has none.
fn common_days(a: &Side, b: &Side) -> f64 {
    let (Some(a), Some(b)) = (a.when, b.when) else { return 0.0 };
    let sorted = |(first, last): (i32, i32)| (i64::from(first.min(last)), i64::from(first.max(last)));
    let ((a_first, a_last), (b_first, b_last)) = (sorted(a), sorted(b));
    let both = (a_last.min(b_last) - a_first.max(b_first) + 1).max(0);
    let either = (a_last - a_first + 1) + (b_last - b_first + 1) - both;
    both as f64 / either as f64
}

/// The rank of two rows among the candidates, if they may be paired at all.
fn rank(aspect: &str, a: &Side, b: &Side) -> Option<f64> {
    let (key, text) = (key_likeness(a, b), a.text.dice(&b.text));
    let (score, rank) = match aspect {
        "phase" => {
            let name = 0.9 * key.max(if key >= 0.5 { 0.56 } else { 0.0 });
            // A tenth of the days decides between phases with names equally alike, then a twentieth of the text.
            (name + 0.1 * text, name + 0.1 * common_days(a, b) + 0.05 * text)
        }
        "section" => {
            let score = key.max(text);
            if score < ALIKE && !a.component.is_empty() && a.component == b.component {
                // Below all others, even those that stand elsewhere.
                return Some((ALIKE - SAME_PARENT) * score);
            }
            (score, score)
        }
        _ if a.key.is_empty() && b.key.is_empty() => (text, text),
        _ => (f64::midpoint(key, text), f64::midpoint(key, text)),
    };
    (score >= ALIKE).then_some(rank)
}

fn candidates(aspect: &str, left: &[Side], right: &[Side]) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    let mut consider = |i: usize, j: usize| {
        if let Some(rank) = rank(aspect, &left[i], &right[j]) {
            out.push(Candidate { rank, i, j });
        }
    };
    if left.len().saturating_mul(right.len()) <= MOST_COMBINATIONS {
        for i in 0..left.len() {
            for j in 0..right.len() {
                consider(i, j);
            }
        }
    } else {
        // The n-th row that is called something with the n-th row that is called so.
        let mut called: HashMap<&str, Vec<usize>> = HashMap::new();
        for (j, side) in right.iter().enumerate().rev() {
            called.entry(&side.key).or_default().push(j);
        }
        for (i, side) in left.iter().enumerate() {
            if let Some(j) = called.get_mut(side.key.as_str()).and_then(Vec::pop) {
                consider(i, j);
            }
        }
    }
    out
}

/// Pairs in the order of b.
///
/// Sections are paired level by level: on each level all rows that are left are paired, since a row may be a better match for
/// one further down, but only the pairs that reach no deeper than this level are kept.
fn matches(aspect: &str, left: &[Side], right: &[Side], mut candidates: Vec<Candidate>) -> Vec<(usize, usize)> {
    let nested = aspect == "section";
    let depth = |i: usize, j: usize| if nested { left[i].level.max(right[j].level) } else { 0 };
    let deepest = candidates.iter().map(|candidate| depth(candidate.i, candidate.j)).max().unwrap_or(0);
    let (mut of_left, mut of_right) = (vec![None; left.len()], vec![None; right.len()]);
    for level in 0..=deepest {
        candidates.retain(|candidate| of_left[candidate.i].is_none() && of_right[candidate.j].is_none());
        let bonus = |i: usize, j: usize| match (left[i].parent, right[j].parent) {
            (None, None) => SAME_PARENT,
            (Some(i), Some(j)) if of_left[i] == Some(j) => SAME_PARENT,
            _ => 0.0,
        };
        let mut ranked: Vec<(f64, usize, usize, usize)> = candidates
            .iter()
            .map(|Candidate { rank, i, j }| (if nested { rank + bonus(*i, *j) } else { *rank }, i.abs_diff(*j), *i, *j))
            .collect();
        ranked.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2, x.3).cmp(&(y.1, y.2, y.3))));
        let (mut used_left, mut used_right) = (vec![false; left.len()], vec![false; right.len()]);
        for (_, _, i, j) in ranked {
            if !used_left[i] && !used_right[j] {
                used_left[i] = true;
                used_right[j] = true;
                if depth(i, j) <= level {
                    of_left[i] = Some(j);
                    of_right[j] = Some(i);
                }
            }
        }
    }
    of_right.iter().enumerate().filter_map(|(j, i)| Some(((*i)?, j))).collect()
}

/// Pair every row that has no partner with the likeliest of its candidates, which has one; of equally likely ones with the nearest. The pairs
/// stay in the order of b.
fn again(pairs: &mut Vec<(usize, usize)>, candidates: &[Candidate], lefts: usize, rights: usize) {
    let (mut of_left, mut of_right) = (vec![false; lefts], vec![false; rights]);
    for (i, j) in pairs.iter() {
        of_left[*i] = true;
        of_right[*j] = true;
    }
    let better = |one: &Candidate, other: &Candidate| {
        let near = |candidate: &Candidate| (candidate.i.abs_diff(candidate.j), candidate.i, candidate.j);
        other.rank.total_cmp(&one.rank).then(near(one).cmp(&near(other))).is_lt()
    };
    let mut best_left: Vec<Option<&Candidate>> = vec![None; lefts];
    let mut best_right: Vec<Option<&Candidate>> = vec![None; rights];
    for candidate in candidates {
        let (i, j) = (candidate.i, candidate.j);
        for best in
            [(!of_left[i]).then(|| &mut best_left[i]), (!of_right[j]).then(|| &mut best_right[j])].into_iter().flatten()
        {
            if best.is_none_or(|best| better(candidate, best)) {
                *best = Some(candidate);
            }
        }
    }
    pairs.extend(best_left.into_iter().chain(best_right).flatten().map(|candidate| (candidate.i, candidate.j)));
    pairs.sort_unstable_by_key(|(i, j)| (*j, *i));
    pairs.dedup();
}

/// Rows in the order of b, then what only a has. `pairs` is in the order of b; those that are not `in_order` were moved, where that is known.
fn rows(left: &[Side], right: &[Side], pairs: &[(usize, usize)], in_order: &[bool]) -> Vec<Pair> {
    let mut out = Vec::with_capacity(left.len() + right.len());
    let mut next = pairs.iter().enumerate().peekable();
    for (j, b) in right.iter().enumerate() {
        if next.peek().is_none_or(|(_, (_, at))| *at != j) {
            out.push(Pair { status: Status::Added, similarity: 0.0, a: None, b: Some(b.at) });
        }
        while let Some((place, (i, _))) = next.next_if(|(_, (_, at))| *at == j) {
            let a = &left[*i];
            let status = match in_order.get(place) {
                Some(false) => Status::Moved,
                _ if a.text == b.text => Status::Kept,
                _ => Status::Edited,
            };
            out.push(Pair { status, similarity: a.text.dice(&b.text), a: Some(a.at), b: Some(b.at) });
        }
    }
    let mut paired = vec![false; left.len()];
    for (i, _) in pairs {
        paired[*i] = true;
    }
    let dropped = left.iter().zip(paired).filter(|(_, paired)| !paired);
    out.extend(dropped.map(|(a, _)| Pair { status: Status::Dropped, similarity: 0.0, a: Some(a.at), b: None }));
    out
}

/// Which of some distinct values belong to every longest increasing subsequence: the rows that kept their order.
fn in_every_longest(values: &[usize]) -> Vec<bool> {
    // The length of the longest one that ends at each value, and of the longest one that begins there.
    let ending = longest_ending(values.iter().copied());
    let mut beginning = longest_ending(values.iter().rev().map(|value| usize::MAX - value));
    beginning.reverse();
    let longest = ending.iter().copied().max().unwrap_or(0);
    let possible = |at: usize| ending[at] + beginning[at] == longest + 1;
    // A value whose place in them no other can take is in all of them.
    let mut rivals = vec![0usize; longest + 1];
    (0..values.len()).filter(|at| possible(*at)).for_each(|at| rivals[ending[at]] += 1);
    (0..values.len()).map(|at| possible(at) && rivals[ending[at]] == 1).collect()
}

fn longest_ending(values: impl Iterator<Item = usize>) -> Vec<usize> {
    // The least value that ends an increasing subsequence of each length.
    let mut tails: Vec<usize> = Vec::new();
    values
        .map(|value| {
            let length = tails.partition_point(|tail| *tail < value);
            match tails.get_mut(length) {
                Some(tail) => *tail = value,
                None => tails.push(value),
            }
            length + 1
        })
        .collect()
}

#[cfg(test)]
pub(super) mod tests;
