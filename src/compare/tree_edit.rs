//! The edit distance of ordered forests.
//!
//! Zhang & Shasha, Simple fast algorithms for the editing distance between trees and related problems, SIAM Journal on
//! Computing 18 (1989): the least cost of nodes deleted, inserted and substituted that makes one forest of the other.
//! What is below a deleted node moves up to its parent; order among siblings and descent are kept.

/// The shape of an ordered forest: its nodes in postorder, children before their parent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// The first node in postorder of what is below each node, or the node itself.
    leftmost: Vec<usize>,
    /// First and last node of each forest that has to be compared by itself: what is below a node that has an elder
    /// sibling, with the node; and last, the whole.
    parts: Vec<(usize, usize)>,
}

impl Shape {
    /// The shape of nodes in document order, each with the place of its parent, which stands before it (otherwise it is
    /// taken for a top node); and which node stands at each place of the postorder.
    pub fn new(parents: &[Option<usize>]) -> (Self, Vec<usize>) {
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
        let mut tops = Vec::new();
        for (at, parent) in parents.iter().enumerate() {
            match parent.filter(|parent| *parent < at) {
                Some(parent) => children[parent].push(at),
                None => tops.push(at),
            }
        }
        let mut order = Vec::with_capacity(parents.len());
        let mut leftmost = Vec::with_capacity(parents.len());
        // Nodes to visit, the next one last; one that was visited before is ready, with the first place below it.
        let mut waiting: Vec<(usize, Option<usize>)> = tops.into_iter().rev().map(|top| (top, None)).collect();
        while let Some((node, first)) = waiting.pop() {
            if let Some(first) = first {
                order.push(node);
                leftmost.push(first);
            } else {
                waiting.push((node, Some(order.len())));
                waiting.extend(children[node].iter().rev().map(|child| (*child, None)));
            }
        }
        // Of the nodes with the same leftmost node the highest counts; those with the very first belong to the whole.
        let mut highest = vec![0; leftmost.len()];
        for (node, first) in leftmost.iter().enumerate() {
            highest[*first] = node;
        }
        let tops_of =
            |(node, first): (usize, &usize)| (*first > 0 && highest[*first] == node).then_some((*first, node));
        let mut parts: Vec<(usize, usize)> = leftmost.iter().enumerate().filter_map(tops_of).collect();
        if let Some(last) = leftmost.len().checked_sub(1) {
            parts.push((0, last));
        }
        (Self { leftmost, parts }, order)
    }

    /// How many nodes.
    pub fn nodes(&self) -> usize {
        self.leftmost.len()
    }
}

/// Tables used again from pair to pair.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    trees: Vec<f64>,
    forests: Vec<f64>,
}

/// The distance of two forests where it costs 1 to delete or insert a node and `substitution[i * b.nodes() + j]` to
/// substitute node i of a by node j of b, in postorder.
pub fn distance(a: &Shape, b: &Shape, substitution: &[f64], tables: &mut Tables) -> f64 {
    let (rows, columns) = (a.nodes(), b.nodes());
    if rows == 0 || columns == 0 {
        return (rows + columns) as f64;
    }
    let width = columns + 1;
    let (trees, forests) = (&mut tables.trees, &mut tables.forests);
    // What an earlier pair left is written over before it is read.
    trees.resize(trees.len().max(rows * columns), 0.0);
    forests.resize(forests.len().max((rows + 1) * width), 0.0);
    for &(first_a, last_a) in &a.parts {
        for &(first_b, last_b) in &b.parts {
            // forests[x * width + y]: the first x nodes of the one part and the first y of the other.
            for (y, forest) in forests.iter_mut().take(last_b + 2 - first_b).enumerate() {
                *forest = y as f64;
            }
            for x in 1..=last_a + 1 - first_a {
                let node_a = first_a + x - 1;
                let left_a = a.leftmost[node_a];
                let (above, here) = forests.split_at_mut(x * width);
                let before = &above[(x - 1) * width..];
                // Where what is left of node a and all below it begins.
                let aside = &above[(left_a - first_a) * width..];
                let costs = &substitution[node_a * columns + first_b..=node_a * columns + last_b];
                let known = &mut trees[node_a * columns + first_b..=node_a * columns + last_b];
                let lefts = &b.leftmost[first_b..=last_b];
                let mut least = x as f64;
                here[0] = least;
                for (y, ((cost, known), left_b)) in costs.iter().zip(known).zip(lefts).enumerate() {
                    let whole = left_a == first_a && *left_b == first_b;
                    let both = if whole { before[y] + cost } else { aside[left_b - first_b] + *known };
                    least = (least + 1.0).min(before[y + 1] + 1.0).min(both);
                    here[y + 1] = least;
                    if whole {
                        *known = least;
                    }
                }
            }
        }
    }
    forests[rows * width + columns]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Nodes in document order, each a letter after as many dots as it is deep.
    fn forest(text: &str) -> (Vec<Option<usize>>, Vec<char>) {
        let (mut parents, mut labels, mut open) = (Vec::new(), Vec::new(), Vec::new());
        for word in text.split_whitespace() {
            let label = word.trim_start_matches('.');
            open.truncate(word.len() - label.len());
            parents.push(open.last().copied());
            open.push(labels.len());
            labels.extend(label.chars());
        }
        (parents, labels)
    }

    fn apart(a: &str, b: &str, unlike: f64) -> f64 {
        let ((parents_a, labels_a), (parents_b, labels_b)) = (forest(a), forest(b));
        let ((a, order_a), (b, order_b)) = (Shape::new(&parents_a), Shape::new(&parents_b));
        let cost = |i: &usize, j: &usize| if labels_a[*i] == labels_b[*j] { 0.0 } else { unlike };
        let costs: Vec<f64> = order_a.iter().flat_map(|i| order_b.iter().map(move |j| cost(i, j))).collect();
        // What an earlier pair left in the tables changes nothing.
        let mut tables = Tables { trees: vec![9.0; 100], forests: vec![9.0; 100] };
        distance(&a, &b, &costs, &mut tables)
    }

    #[test]
    fn literal_cases() {
        let cases = [
            // Zhang & Shasha's own example: c is deleted above d and inserted again above the new d.
            ("f .d ..a ..c ...b .e", "f .c ..d ...a ...b .e", 1.0, 2.0),
            ("f .d ..a ..c ...b .e", "f .d ..a ..c ...b .e", 1.0, 0.0),
            // x is deleted, its children move up.
            ("a x .b .c", "a b c", 1.0, 1.0),
            // Nothing alike: three substitutions, or three deletions and three insertions.
            ("a b c", "x y z", 1.0, 3.0),
            ("a b c", "x y z", 2.0, 6.0),
            // b goes from the one end to the other.
            ("b a c", "a c b", 1.0, 2.0),
            // A node may not stand for its child and the child for the node: one each is substituted.
            ("a .b", "b .a", 1.0, 2.0),
            ("", "a .b", 1.0, 2.0),
            ("", "", 1.0, 0.0),
        ];
        for (a, b, unlike, expected) in cases {
            assert!((apart(a, b, unlike) - expected).abs() < 1e-12, "{a} | {b}: {}", apart(a, b, unlike));
        }
    }

    #[test]
    fn postorder() {
        let (parents, labels) = forest("a .b ..c .d e");
        let (shape, order) = Shape::new(&parents);
        assert_eq!(order.iter().map(|node| labels[*node]).collect::<String>(), "cbdae");
        assert_eq!(shape, Shape { leftmost: vec![0, 0, 2, 0, 4], parts: vec![(2, 2), (4, 4), (0, 4)] });
        // A parent that does not stand before its child is none.
        assert_eq!(Shape::new(&[Some(0), Some(5), Some(1)]).1, [0, 2, 1]);
    }

    /// The definition, forest by forest, without tables.
    fn slow(a: &[Option<usize>], b: &[Option<usize>], labels: (&[char], &[char])) -> f64 {
        // A forest is a list of nodes in document order; the last top node goes, or both do.
        fn below(parents: &[Option<usize>], forest: &[usize]) -> usize {
            let is_top = |at: &usize| {
                let mut parent = parents[forest[*at]];
                while let Some(above) = parent {
                    if forest.contains(&above) {
                        return false;
                    }
                    parent = parents[above];
                }
                true
            };
            (0..forest.len()).rev().find(is_top).unwrap_or(0)
        }
        fn go(
            a: &[Option<usize>],
            b: &[Option<usize>],
            labels: (&[char], &[char]),
            left: &[usize],
            right: &[usize],
        ) -> f64 {
            if left.is_empty() || right.is_empty() {
                return (left.len() + right.len()) as f64;
            }
            let (i, j) = (below(a, left), below(b, right));
            let without = |forest: &[usize], at: usize| -> Vec<usize> {
                forest.iter().copied().filter(|node| *node != forest[at]).collect()
            };
            let cost = if labels.0[left[i]] == labels.1[right[j]] { 0.0 } else { 1.0 };
            let deleted = go(a, b, labels, &without(left, i), right) + 1.0;
            let inserted = go(a, b, labels, left, &without(right, j)) + 1.0;
            let both = go(a, b, labels, &left[i + 1..], &right[j + 1..]) + go(a, b, labels, &left[..i], &right[..j]);
            deleted.min(inserted).min(both + cost)
        }
        go(a, b, labels, &(0..a.len()).collect::<Vec<_>>(), &(0..b.len()).collect::<Vec<_>>())
    }

    prop_compose! {
        fn forests()(nodes in proptest::collection::vec(("[ab]", 0usize..3), 0..6)) -> String {
            let mut depth = 0;
            let mut words = Vec::new();
            for (at, (label, wanted)) in nodes.into_iter().enumerate() {
                depth = if at == 0 { 0 } else { wanted.min(depth + 1) };
                words.push(format!("{}{label}", ".".repeat(depth)));
            }
            words.join(" ")
        }
    }

    proptest! {
        #[test]
        fn what_the_definition_says(a in forests(), b in forests()) {
            let ((parents_a, labels_a), (parents_b, labels_b)) = (forest(&a), forest(&b));
            let expected = slow(&parents_a, &parents_b, (&labels_a, &labels_b));
            prop_assert!((apart(&a, &b, 1.0) - expected).abs() < 1e-12);
        }

        #[test]
        fn a_metric(a in forests(), b in forests(), c in forests()) {
            for unlike in [1.0, 2.0] {
                let there = apart(&a, &b, unlike);
                prop_assert!(there.to_bits() == apart(&b, &a, unlike).to_bits());
                prop_assert_eq!(there < 0.5, a == b);
                prop_assert!(apart(&a, &c, unlike) <= there + apart(&b, &c, unlike) + 1e-12);
                let (n, m) = (a.split_whitespace().count(), b.split_whitespace().count());
                prop_assert!(there >= n.abs_diff(m) as f64 && there <= (n + m) as f64);
            }
        }
    }
}
