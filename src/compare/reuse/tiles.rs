//! Runs of letters that two plans share word for word.

use std::collections::BinaryHeap;

use super::letters::{GRAM, Letters};

/// A run that both sides have: `length` letters from `a` and from `b` on. Longer ones sort later, of equal ones those further on earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    /// First letter on side a.
    pub a: usize,
    /// First letter on side b.
    pub b: usize,
    /// Number of letters.
    pub length: usize,
}

impl Ord for Tile {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let place = |tile: &Self| (tile.a + tile.b, tile.a.min(tile.b), tile.a);
        self.length.cmp(&other.length).then_with(|| place(other).cmp(&place(self)))
    }
}

impl PartialOrd for Tile {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// A gram that occurs so often that its pairs of places exceed this is vocabulary (创先争优活动), and begins no run; it may lie in one.
const MOST_PAIRS: usize = 64;

/// Cover two plans with shared runs, each letter of either side in one run at most, the longest runs first: greedy string tiling, which
/// finds passages whatever their order (M. J. Wise, String similarity via greedy string tiling and running Karp–Rabin matching, 1993).
///
/// Evidence: runs of at least five letters. Counter-example: a phrase that stands dozens of times in both plans. Misses: runs of four.
pub fn tiles(a: &Letters, b: &Letters) -> Vec<Tile> {
    let mut waiting: BinaryHeap<Tile> = runs(a.letters(), b.letters(), seeds(a.grams(), b.grams())).into();
    let (mut used_a, mut used_b) = (vec![false; a.len()], vec![false; b.len()]);
    let mut out = Vec::new();
    while let Some(run) = waiting.pop() {
        let free = |at: usize| !used_a[run.a + at] && !used_b[run.b + at];
        if (0..run.length).all(free) {
            used_a[run.a..run.a + run.length].fill(true);
            used_b[run.b..run.b + run.length].fill(true);
            out.push(run);
            continue;
        }
        // What longer runs have left of it.
        let mut at = 0;
        while at < run.length {
            let length = (at..run.length).take_while(|at| free(*at)).count();
            if length >= GRAM {
                waiting.push(Tile { a: run.a + at, b: run.b + at, length });
            }
            at += length + 1;
        }
    }
    out.sort_unstable_by_key(|tile| (tile.a, tile.b));
    out
}

/// Pairs of places with the same gram: diagonal and place in a.
fn seeds(a: &[(u32, u32)], b: &[(u32, u32)]) -> Vec<(i64, u32)> {
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                let same_a = a[i..].iter().take_while(|gram| gram.0 == a[i].0).count();
                let same_b = b[j..].iter().take_while(|gram| gram.0 == b[j].0).count();
                if same_a * same_b <= MOST_PAIRS {
                    for (_, x) in &a[i..i + same_a] {
                        out.extend(b[j..j + same_b].iter().map(|(_, y)| (i64::from(*y) - i64::from(*x), *x)));
                    }
                }
                i += same_a;
                j += same_b;
            }
        }
    }
    out.sort_unstable();
    out
}

/// Seeds extended as far as both sides agree.
fn runs(a: &[char], b: &[char], seeds: Vec<(i64, u32)>) -> Vec<Tile> {
    let mut out: Vec<Tile> = Vec::new();
    let mut covered = (i64::MIN, 0);
    for (diagonal, at) in seeds {
        let x = at as usize;
        let Some(y) = usize::try_from(diagonal + i64::from(at)).ok() else { continue };
        if covered.0 == diagonal && x < covered.1 {
            continue;
        }
        let before = a[..x].iter().rev().zip(b[..y].iter().rev()).take_while(|(left, right)| left == right).count();
        let behind = a[x..].iter().zip(&b[y..]).take_while(|(left, right)| left == right).count();
        covered = (diagonal, x + behind);
        // Equal hashes of unequal grams.
        if behind >= GRAM {
            out.push(Tile { a: x - before, b: y - before, length: before + behind });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::letters::of;
    use super::*;
    use proptest::prelude::*;

    fn found(a: &str, b: &str) -> Vec<(usize, usize, usize)> {
        tiles(&of(a), &of(b)).iter().map(|tile| (tile.a, tile.b, tile.length)).collect()
    }

    #[test]
    fn literal_cases() {
        // One run; punctuation is none of it.
        assert_eq!(found("要组织群众植树造林。", "各村组织、群众植树造林"), [(1, 2, 8)]);
        // Two runs that changed places.
        assert_eq!(found("植树造林工作，农村改厕任务", "农村改厕任务，植树造林工作"), [(0, 6, 6), (6, 0, 6)]);
        // Four letters are too few.
        assert_eq!(found("植树造林好", "植树造林吧"), []);
        // The longest run first: the second 植树造林工作 of a is left without a partner.
        assert_eq!(found("植树造林工作和植树造林工作", "全面开展植树造林工作"), [(0, 4, 6)]);
        assert_eq!(found("", "植树造林工作"), []);
    }

    proptest! {
        #[test]
        fn tiles_are_shared_runs_that_do_not_overlap(a in "[植树造林。]{0,40}", b in "[植树造林。]{0,40}") {
            let (a, b) = (of(&a), of(&b));
            let (mut seen_a, mut seen_b) = (vec![false; a.len()], vec![false; b.len()]);
            for tile in tiles(&a, &b) {
                prop_assert!(tile.length >= GRAM);
                prop_assert_eq!(&a.letters()[tile.a..tile.a + tile.length], &b.letters()[tile.b..tile.b + tile.length]);
                for at in 0..tile.length {
                    prop_assert!(!std::mem::replace(&mut seen_a[tile.a + at], true));
                    prop_assert!(!std::mem::replace(&mut seen_b[tile.b + at], true));
                }
            }
        }

        #[test]
        fn a_plan_is_one_run_of_itself(a in "[一-龥]{5,60}") {
            let letters = of(&a);
            prop_assert_eq!(tiles(&letters, &letters), vec![Tile { a: 0, b: 0, length: letters.len() }]);
        }

        #[test]
        fn both_directions_cover_as_much(a in "[植树造林。]{0,40}", b in "[植树造林。]{0,40}") {
            let (a, b) = (of(&a), of(&b));
            let sum = |tiles: Vec<Tile>| tiles.iter().map(|tile| tile.length).sum::<usize>();
            prop_assert_eq!(sum(tiles(&a, &b)), sum(tiles(&b, &a)));
        }
    }
}
