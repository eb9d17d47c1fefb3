//! Pairs the rows of two plans, best match first.

use std::collections::HashMap;

use super::similarity::Bigrams;

/// A row of a plan that can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is (section, phase, criterion, target); only rows of the same aspect are paired.
    pub aspect: String,
    /// What it is called: one part or more, separated by tabs, empty where unknown.
    /// Sections: heading. Phases: canonical stage, name. Criteria: framework, item. Targets: indicator.
    pub key: String,
    /// What it says.
    pub text: String,
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

struct Side {
    at: usize,
    key: String,
    parts: Vec<Bigrams>,
    text: Bigrams,
}

/// Align two plans.
///
/// Evidence: what rows are called, and what they say. A pair needs a score of at least a half: for phases that of their
/// names (the same canonical stage is enough: 宣传发动 and 动员部署 are both `mobilise`), for sections that of heading or
/// text, whichever is more alike, for criteria and targets the mean of both, so that two items of 五个好 are not paired for
/// the framework's name alone. Pairs are made greedily, the best first, then the nearest in order; each row is used once.
/// A phase that one plan splits in two is paired with the likelier half only; the other half shows as added.
pub fn compare(a: &[Item], b: &[Item]) -> Vec<Pair> {
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
            let matches = matches(aspect, &left, &right);
            rows(&left, &right, &matches)
        })
        .collect()
}

fn sides(items: &[Item], aspect: &str) -> Vec<Side> {
    items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.aspect == aspect)
        .map(|(at, item)| Side {
            at,
            key: item.key.clone(),
            parts: item.key.split('\t').map(Bigrams::new).collect(),
            text: Bigrams::new(&item.text),
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

fn score(aspect: &str, a: &Side, b: &Side) -> f64 {
    let (key, text) = (key_likeness(a, b), a.text.dice(&b.text));
    match aspect {
        // A tenth of the text decides between phases with names equally alike.
        "phase" => 0.9 * key.max(if key >= 0.5 { 0.56 } else { 0.0 }) + 0.1 * text,
        "section" => key.max(text),
        _ if a.key.is_empty() && b.key.is_empty() => text,
        _ => f64::midpoint(key, text),
    }
}

fn matches(aspect: &str, left: &[Side], right: &[Side]) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(f64, usize, usize, usize)> = Vec::new();
    let mut consider = |i: usize, j: usize| {
        let score = score(aspect, &left[i], &right[j]);
        if score >= 0.5 {
            candidates.push((score, i.abs_diff(j), i, j));
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
    candidates.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).then((x.2, x.3).cmp(&(y.2, y.3))));
    let (mut used_left, mut used_right) = (vec![false; left.len()], vec![false; right.len()]);
    let mut pairs = Vec::new();
    for (_, _, i, j) in candidates {
        if !used_left[i] && !used_right[j] {
            used_left[i] = true;
            used_right[j] = true;
            pairs.push((i, j));
        }
    }
    pairs.sort_by_key(|(_, j)| *j);
    pairs
}

/// Rows in the order of b, then what only a has. `pairs` is in the order of b.
fn rows(left: &[Side], right: &[Side], pairs: &[(usize, usize)]) -> Vec<Pair> {
    let in_order = longest_increasing(&pairs.iter().map(|(i, _)| *i).collect::<Vec<_>>());
    let mut out = Vec::with_capacity(left.len() + right.len() - pairs.len());
    let mut next = pairs.iter().zip(&in_order).peekable();
    for (j, b) in right.iter().enumerate() {
        if let Some(((i, _), in_order)) = next.next_if(|((_, at), _)| *at == j) {
            let a = &left[*i];
            let status = match in_order {
                false => Status::Moved,
                true if a.text == b.text => Status::Kept,
                true => Status::Edited,
            };
            out.push(Pair { status, similarity: a.text.dice(&b.text), a: Some(a.at), b: Some(b.at) });
        } else {
            out.push(Pair { status: Status::Added, similarity: 0.0, a: None, b: Some(b.at) });
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

/// Which values belong to a longest increasing subsequence: the rows that kept their order. The others were moved.
fn longest_increasing(values: &[usize]) -> Vec<bool> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let place = tails.partition_point(|tail| values[*tail] < *value);
        before.push(place.checked_sub(1).map(|place| tails[place]));
        if place == tails.len() {
            tails.push(at);
        } else {
            tails[place] = at;
        }
    }
    let mut kept = vec![false; values.len()];
    let mut at = tails.last().copied();
    while let Some(here) = at {
        kept[here] = true;
        at = before[here];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn items(aspect: &str, rows: &[(&str, &str)]) -> Vec<Item> {
        rows.iter()
            .map(|(key, text)| Item { aspect: aspect.into(), key: (*key).into(), text: (*text).into() })
            .collect()
    }

    fn told(a: &[Item], b: &[Item]) -> Vec<(&'static str, Option<usize>, Option<usize>)> {
        compare(a, b).iter().map(|pair| (pair.status.as_str(), pair.a, pair.b)).collect()
    }

    #[test]
    fn phases_pair_by_canonical_stage() {
        let a = items("phase", &[("mobilise\t宣传发动", "张贴标语"), ("review\t检查验收", "逐村验收")]);
        let b = items("phase", &[("mobilise\t动员部署", "召开会议"), ("commend\t评选表彰", "评出先进")]);
        assert_eq!(told(&a, &b), [("edited", Some(0), Some(0)), ("added", None, Some(1)), ("dropped", Some(1), None)]);
    }

    #[test]
    fn items_do_not_pair_for_their_framework_alone() {
        let a = items("criterion", &[("五个好\t班子好", "班子好"), ("五个好\t制度好", "制度好，管用")]);
        let b = items("criterion", &[("五个好\t业绩突出", "业绩突出"), ("五个好\t班子好", "班子好")]);
        assert_eq!(told(&a, &b), [("added", None, Some(0)), ("kept", Some(0), Some(1)), ("dropped", Some(1), None)]);
    }

    #[test]
    fn what_stands_elsewhere_was_moved() {
        let a = items("section", &[("组织领导", "成立小组"), ("宣传", "出板报"), ("考核", "打分")]);
        let b = items("section", &[("宣传", "出板报"), ("考核", "打分"), ("组织领导", "成立小组")]);
        assert_eq!(told(&a, &b), [("kept", Some(1), Some(0)), ("kept", Some(2), Some(1)), ("moved", Some(0), Some(2))]);
    }

    #[test]
    fn targets_without_an_indicator_pair_by_their_words() {
        let a = items("target", &[("", "入户率达到90%以上"), ("", "新建公厕10座")]);
        let b = items("target", &[("", "入户率达到95%以上")]);
        assert_eq!(told(&a, &b), [("edited", Some(0), Some(0)), ("dropped", Some(1), None)]);
    }

    #[test]
    fn very_long_plans_pair_by_name() {
        let many: Vec<Item> = (0..2_000)
            .map(|n| Item { aspect: "section".into(), key: format!("第{n}项"), text: String::new() })
            .collect();
        assert!(compare(&many, &many).iter().all(|pair| pair.status == Status::Kept && pair.a == pair.b));
    }

    proptest! {
        #[test]
        fn every_row_stands_once(a in proptest::collection::vec("[甲乙丙]{0,3}", 0..8), b in proptest::collection::vec("[甲乙丙]{0,3}", 0..8)) {
            let make = |texts: &[String]| -> Vec<Item> {
                texts.iter().map(|text| Item { aspect: "section".into(), key: text.clone(), text: text.clone() }).collect()
            };
            let pairs = compare(&make(&a), &make(&b));
            let mut left: Vec<usize> = pairs.iter().filter_map(|pair| pair.a).collect();
            let mut right: Vec<usize> = pairs.iter().filter_map(|pair| pair.b).collect();
            left.sort_unstable();
            right.sort_unstable();
            prop_assert_eq!(left, (0..a.len()).collect::<Vec<_>>());
            prop_assert_eq!(right, (0..b.len()).collect::<Vec<_>>());
        }
    }
}
