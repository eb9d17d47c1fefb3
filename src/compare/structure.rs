//! How alike the headings of two plans are, and their order and levels.

use super::label::Label;
use super::tree_edit::{Shape, Tables, distance};

/// Above this many pairs of nodes only the upper levels of both trees are compared, so that no pair takes more than
/// about a second and a hundred megabytes. No real plan has so many sections.
const MOST_PAIRS: usize = 4_000_000;
/// The most nodes compared where even the top levels are too large: the first ones of each.
const MOST_NODES: usize = 2_000;
/// More than rounding makes of a sum that is added up in another order.
const ROUNDING: f64 = 1e-9;

/// The sections of a plan.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    parents: Vec<Option<usize>>,
    depths: Vec<usize>,
    labels: Vec<Label>,
    shape: Shape,
    order: Vec<usize>,
}

/// What it costs to put one section for another: nothing for the same, 2 where they are not alike.
///
/// At 2 the one is deleted and the other inserted, so that plans with nothing in common are 0 alike. At 1, the common choice, shape alone
/// would make plans alike: two plans of five sections each 0.5, whatever the sections are called.
fn cost(likeness: f64) -> f64 {
    if likeness == 0.0 { 2.0 } else { 1.0 - likeness }
}

/// Tables used again from pair to pair; each thread needs its own.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    substitution: Vec<f64>,
    columns: Vec<f64>,
    tables: Tables,
}

impl Tree {
    /// The tree of sections in document order, each with the place of its parent; one whose parent does not stand
    /// before it is a top section.
    pub fn new(sections: impl IntoIterator<Item = (Option<usize>, Label)>) -> Self {
        let (mut parents, mut depths, mut labels) = (Vec::new(), Vec::<usize>::new(), Vec::new());
        for (parent, label) in sections {
            let parent = parent.filter(|parent| *parent < labels.len());
            depths.push(parent.map_or(0, |parent| depths[parent] + 1));
            parents.push(parent);
            labels.push(label);
        }
        let (shape, order) = Shape::new(&parents);
        Self { parents, depths, labels, shape, order }
    }

    /// How many sections.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are no sections.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// How alike two trees are, 0 to 1: 1 less their edit distance over the number of all sections (Zhang & Shasha
    /// 1989). Nothing where either has no sections.
    ///
    /// Evidence: which sections have the same component or like headings ([`Label::likeness`]), in the same order and
    /// below the same sections. To delete or to insert a section costs 1, to put one for another 1 less their likeness
    /// ([`cost`]). Counter-example: 宣传 as a chapter and as the last of the
    /// measures is one section deleted and one inserted. Misses that a section was moved, split in two, or called
    /// something else altogether. Of trees with more than four million pairs of sections only the upper levels count
    /// that have fewer.
    pub fn similarity(&self, other: &Self, workspace: &mut Workspace) -> Option<f64> {
        self.at_least(other, 0.0, workspace)
    }

    /// How alike two trees are, if they are at least so much alike: the same as [`Tree::similarity`], but sooner known
    /// for most that are not, because of how few sections of the one have any like them in the other.
    pub fn at_least(&self, other: &Self, least: f64, workspace: &mut Workspace) -> Option<f64> {
        if self.is_empty() || other.is_empty() {
            return None;
        }
        if self.len().saturating_mul(other.len()) > MOST_PAIRS {
            let (a, b) = upper(self, other);
            return a.at_least(&b, least, workspace);
        }
        let Workspace { substitution, columns, tables } = workspace;
        // What is saved at most by keeping a section, in place of deleting it and inserting what it is kept as.
        let mut rows = 0.0;
        columns.clear();
        columns.resize(other.len(), 0.0);
        substitution.clear();
        for i in &self.order {
            let mut row = 0.0f64;
            for (j, column) in other.order.iter().zip(columns.iter_mut()) {
                let cost = cost(self.labels[*i].likeness(&other.labels[*j]));
                substitution.push(cost);
                row = row.max(2.0 - cost);
                *column = column.max(2.0 - cost);
            }
            rows += row;
        }
        let all = (self.len() + other.len()) as f64;
        let most = columns.iter().sum::<f64>().min(rows) / all;
        if most < least - ROUNDING {
            return None;
        }
        let similarity = 1.0 - distance(&self.shape, &other.shape, substitution, tables) / all;
        (similarity >= least).then_some(similarity)
    }

    /// What the sections are called, in document order.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// The sections above a depth, the first ones at most.
    fn above(&self, depth: usize, most: usize) -> Self {
        let mut places = vec![None; self.len()];
        let kept: Vec<usize> = (0..self.len()).filter(|at| self.depths[*at] < depth).take(most).collect();
        for (place, at) in kept.iter().enumerate() {
            places[*at] = Some(place);
        }
        let parent = |at: usize| self.parents[at].and_then(|parent| places[parent]);
        Self::new(kept.iter().map(|at| (parent(*at), self.labels[*at].clone())))
    }
}

/// The upper levels of two trees, as many as can be compared.
fn upper(a: &Tree, b: &Tree) -> (Tree, Tree) {
    let count = |tree: &Tree, depth: usize| tree.depths.iter().filter(|at| **at < depth).count();
    let deepest = a.depths.iter().chain(&b.depths).max().map_or(0, |depth| depth + 1);
    let fits = |depth: &usize| count(a, *depth).saturating_mul(count(b, *depth)) <= MOST_PAIRS;
    match (1..=deepest).rev().find(fits) {
        Some(depth) => (a.above(depth, usize::MAX), b.above(depth, usize::MAX)),
        None => (a.above(1, MOST_NODES), b.above(1, MOST_NODES)),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Depth, component and heading of a section.
    pub type Section = (usize, Option<u8>, String);

    pub fn tree(sections: &[Section]) -> Tree {
        let mut open: Vec<usize> = Vec::new();
        Tree::new(sections.iter().enumerate().map(|(at, (depth, component, heading))| {
            open.truncate(*depth);
            let parent = open.last().copied();
            open.push(at);
            (parent, Label::new(*component, heading))
        }))
    }

    fn named(sections: &[(usize, Option<u8>, &str)]) -> Tree {
        tree(
            &sections
                .iter()
                .map(|(depth, component, heading)| (*depth, *component, (*heading).into()))
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn literal_cases() {
        let a = named(&[
            (0, Some(1), "指导思想"),
            (0, Some(4), "方法步骤"),
            (1, None, "动员部署"),
            (1, None, "集中整治"),
            (0, Some(6), "组织领导"),
        ]);
        let b = named(&[
            (0, Some(1), "总体思路"),
            (0, Some(4), "实施步骤"),
            (1, None, "动员"),
            (1, None, "集中整治"),
            (1, None, "检查验收"),
            (0, Some(6), "组织领导"),
        ]);
        let flat = named(&[(0, None, "清淤疏浚"), (0, None, "拆除违建"), (0, None, "植树造林")]);
        let nothing = Tree::default();
        let mut workspace = Workspace::default();
        // 动员部署 becomes 动员 for 0.5, 检查验收 is inserted for 1: 1.5 of 11.
        assert_eq!(a.similarity(&b, &mut workspace), Some(1.0 - 1.5 / 11.0));
        assert_eq!(a.at_least(&b, 0.86, &mut workspace), Some(1.0 - 1.5 / 11.0));
        assert_eq!(a.at_least(&b, 0.87, &mut workspace), None);
        assert_eq!(a.similarity(&nothing, &mut workspace), None);
        assert_eq!(nothing.similarity(&nothing, &mut workspace), None);
        // 5 deleted and 3 inserted.
        assert_eq!(a.similarity(&flat, &mut workspace), Some(0.0));
    }

    #[test]
    fn only_the_upper_levels_of_huge_trees() {
        // 10 chapters of 250 sections each: the chapters remain.
        let huge = |word: &str| -> Vec<Section> {
            let section = |n: usize| {
                if n.is_multiple_of(251) { (0, Some(3), String::new()) } else { (1, None, format!("{word}{n}")) }
            };
            (0..2_510).map(section).collect()
        };
        let (a, b) = (tree(&huge("甲")), tree(&huge("乙")));
        assert_eq!(upper(&a, &b).0.len(), 10);
        assert_eq!(a.similarity(&b, &mut Workspace::default()), Some(1.0));
        let flat: Vec<Section> = (0..2_500).map(|n| (0, None, format!("第{n}项"))).collect();
        assert_eq!(upper(&tree(&flat), &a).0.len(), 2_500);
        assert_eq!(upper(&tree(&flat), &tree(&flat)).0.len(), MOST_NODES);
    }

    prop_compose! {
        fn trees()(sections in proptest::collection::vec((0usize..3, proptest::option::of(0u8..3), "[甲乙丙]{0,4}"), 1..9)) -> Vec<Section> {
            let mut deepest = 0;
            let section = |(depth, component, heading): (usize, Option<u8>, String)| {
                let depth = depth.min(deepest);
                deepest = depth + 1;
                (depth, component, heading)
            };
            sections.into_iter().map(section).collect()
        }
    }

    proptest! {
        #[test]
        fn symmetric_one_with_itself_and_between(a in trees(), b in trees(), least in 0.0f64..1.0) {
            let (a, b) = (tree(&a), tree(&b));
            let mut workspace = Workspace::default();
            let similarity = a.similarity(&b, &mut workspace);
            prop_assert_eq!(similarity, b.similarity(&a, &mut workspace));
            prop_assert_eq!(a.similarity(&a, &mut workspace), Some(1.0));
            prop_assert!(similarity.is_some_and(|similarity| (0.0..=1.0).contains(&similarity)));
            let enough = similarity.filter(|similarity| *similarity >= least);
            prop_assert_eq!(a.at_least(&b, least, &mut workspace), enough);
        }
    }
}
