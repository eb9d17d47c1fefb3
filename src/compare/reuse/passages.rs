//! Runs joined into passages, with the edits between them.

use super::tiles::Tile;

/// A passage that both sides have, counted in letters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passage {
    /// First letter on side a, and the one after the last.
    pub a: (usize, usize),
    /// First letter on side b, and the one after the last.
    pub b: (usize, usize),
    /// Letters that are the same.
    pub same: usize,
    /// Letters of the longest run.
    pub longest: usize,
}

impl Passage {
    /// Twice the letters that are the same over the letters of both sides.
    pub fn similarity(&self) -> f64 {
        2.0 * self.same as f64 / ((self.a.1 - self.a.0) + (self.b.1 - self.b.0)) as f64
    }
}

/// Letters without a partner that may stand between two runs of a passage: about a clause.
const GAP: usize = 30;
/// Letters in all that may stand between them, those with a partner elsewhere included: about a paragraph.
const FAR: usize = 300;
/// Least similarity of a passage.
const LEAST: f64 = 0.5;

/// Passages of at least `min_chars` letters that are the same.
///
/// Evidence: runs that lie near each other on both sides, in any order, since clauses change places: no more than a clause stands between
/// them that has no partner. Half of the passage has to be the same; where runs are too scattered for that, only nearer ones are joined.
/// Example: 加强领导，精心组织，确保植树任务完成 and 精心组织，加强领导，确保植树任务按时完成 are one passage. Counter-example: the same three stock phrases
/// in three paragraphs. Misses: a passage said in other words, with no run of five letters left.
pub fn passages(tiles: &[Tile], min_chars: usize) -> Vec<Passage> {
    let mut out = Vec::new();
    join(tiles, GAP, min_chars, &mut out);
    out.sort_unstable_by_key(|passage| (passage.a, passage.b));
    out
}

fn join(tiles: &[Tile], gap: usize, min_chars: usize, out: &mut Vec<Passage>) {
    for group in groups(tiles, gap) {
        let same = group.iter().map(|tile| tile.length).sum();
        if same < min_chars {
            continue;
        }
        let passage = Passage {
            a: bounds(&group, |tile| tile.a),
            b: bounds(&group, |tile| tile.b),
            same,
            longest: group.iter().map(|tile| tile.length).max().unwrap_or(0),
        };
        if passage.similarity() >= LEAST {
            out.push(passage);
        } else if gap > 0 {
            join(&group, gap / 2, min_chars, out);
        }
    }
}

fn bounds(group: &[Tile], start: impl Fn(&Tile) -> usize) -> (usize, usize) {
    let first = group.iter().map(&start).min().unwrap_or(0);
    let last = group.iter().map(|tile| start(tile) + tile.length).max().unwrap_or(0);
    (first, last)
}

/// Tiles that are linked, directly or through others; each group in the order of side a.
fn groups(tiles: &[Tile], gap: usize) -> Vec<Vec<Tile>> {
    let free_b = Free::new(tiles.iter().map(|tile| (tile.b, tile.length)));
    let mut group_of: Vec<usize> = (0..tiles.len()).collect();
    for (at, tile) in tiles.iter().enumerate() {
        let end = tile.a + tile.length;
        // In the order of side a, what stands between two tiles without a partner is what no tile between them covers.
        let (mut free, mut reached) = (0, end);
        for (next, other) in tiles.iter().enumerate().skip(at + 1) {
            free += other.a.saturating_sub(reached);
            reached = reached.max(other.a + other.length);
            if free > gap || other.a.saturating_sub(end) > FAR {
                break;
            }
            let (left, right) = if tile.b <= other.b { (tile, other) } else { (other, tile) };
            let between = (left.b + left.length, right.b);
            if between.1.saturating_sub(between.0) <= FAR && free_b.between(between.0, between.1) <= gap {
                union(&mut group_of, at, next);
            }
        }
    }
    let mut groups: Vec<Vec<Tile>> = vec![Vec::new(); tiles.len()];
    for (at, tile) in tiles.iter().enumerate() {
        groups[root(&group_of, at)].push(*tile);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

fn root(group_of: &[usize], mut at: usize) -> usize {
    while group_of[at] != at {
        at = group_of[at];
    }
    at
}

/// The root of a group is its first tile, so that groups come in order.
fn union(group_of: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(group_of, a), root(group_of, b));
    group_of[a.max(b)] = a.min(b);
}

/// How many letters of a side no tile covers.
struct Free {
    /// Start of each tile, and the letters covered before it, in order; tiles do not overlap.
    starts: Vec<(usize, usize, usize)>,
}

impl Free {
    fn new(tiles: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut places: Vec<(usize, usize)> = tiles.collect();
        places.sort_unstable();
        let mut before = 0;
        let starts = places
            .into_iter()
            .map(|(start, length)| {
                before += length;
                (start, length, before - length)
            })
            .collect();
        Self { starts }
    }

    fn covered_before(&self, at: usize) -> usize {
        let next = self.starts.partition_point(|(start, ..)| *start < at);
        let Some((start, length, before)) = next.checked_sub(1).and_then(|last| self.starts.get(last)) else {
            return 0;
        };
        before + (*length).min(at - start)
    }

    fn between(&self, start: usize, end: usize) -> usize {
        end.saturating_sub(start)
            - (self.covered_before(end).saturating_sub(self.covered_before(start))).min(end.saturating_sub(start))
    }
}

#[cfg(test)]
mod tests {
    use super::super::letters::of;
    use super::super::tiles::tiles;
    use super::*;
    use proptest::prelude::*;

    fn found(a: &str, b: &str, min_chars: usize) -> Vec<((usize, usize), (usize, usize), usize, usize)> {
        let all = passages(&tiles(&of(a), &of(b)), min_chars);
        all.iter().map(|passage| (passage.a, passage.b, passage.same, passage.longest)).collect()
    }

    #[test]
    fn literal_cases() {
        // 7 + 6 letters are the same; between them stand two letters on side a, none on side b: 2·13 / (15 + 13).
        let (a, b) = ("各村组织群众植树以及完成改厕任务", "我镇组织群众植树完成改厕任务");
        assert_eq!(found(a, b, 10), [((2, 16), (2, 14), 12, 6)]);
        let passage = passages(&tiles(&of(a), &of(b)), 10)[0];
        assert!((passage.similarity() - 24.0 / 26.0).abs() < 1e-12);
        // Clauses that changed places are one passage.
        assert_eq!(
            found("加强组织领导，落实工作责任，严格督查考核", "严格督查考核，加强组织领导，落实工作责任", 10),
            [((0, 18), (0, 18), 18, 12)]
        );
        // Too few letters.
        assert_eq!(found(a, b, 13), []);
        // Two runs with a page between them on one side are two, each too short.
        let far = format!("加强组织领导{}落实工作责任", "某".repeat(40));
        assert_eq!(found(&far, "加强组织领导落实工作责任", 10), []);
        assert_eq!(found(&far, "加强组织领导落实工作责任", 6).len(), 2);
    }

    #[test]
    fn sentences_that_changed_places_over_a_paragraph_are_one_passage() {
        let sentences: Vec<String> = ["甲", "乙", "丙"]
            .iter()
            .map(|mark| {
                (0..40).map(|n| char::from_u32(mark.chars().next().unwrap() as u32 + 100 + n * 7).unwrap()).collect()
            })
            .collect();
        let a = sentences.concat();
        let b = format!("{}{}{}", sentences[2], sentences[0], sentences[1]);
        assert_eq!(found(&a, &b, 30), [((0, 120), (0, 120), 120, 80)]);
    }

    proptest! {
        #[test]
        fn passages_keep_what_they_promise(a in "[植树造林改厕村镇。]{0,80}", b in "[植树造林改厕村镇。]{0,80}", least in 5usize..30) {
            let (a, b) = (of(&a), of(&b));
            let tiles = tiles(&a, &b);
            for passage in passages(&tiles, least) {
                prop_assert!(passage.same >= least && passage.longest <= passage.same);
                prop_assert!(passage.similarity() >= LEAST && passage.similarity() <= 1.0);
                prop_assert!(passage.a.1 <= a.len() && passage.b.1 <= b.len());
            }
        }
    }
}
