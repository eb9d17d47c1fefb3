//! Groups of plans as if each were one plan.

use std::collections::HashMap;

use super::align::Item;

/// A row of a group of plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pooled {
    /// The row as it first appears; its parent is a place among the pooled rows.
    pub item: Item,
    /// The plan that it first appears in.
    pub plan: usize,
    /// Its place in the list of that plan.
    pub at: usize,
    /// The plans that have it, ascending.
    pub plans: Vec<usize>,
}

/// Pool the rows of several plans, so that the group can be compared as one plan is.
///
/// Evidence: rows of one aspect that are called the same, letters and digits alone, are one row; rows that are called nothing
/// are one row where they say the same. Example: 一、加强领导 of three plans. Counter-example: 加强领导 and 强化领导. Misses what the plans
/// word differently, and takes equal headings under different sections for one. Rows stand in the order of their first
/// appearance, plan by plan.
pub fn pool(items: &[Vec<Item>]) -> Vec<Pooled> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut known: HashMap<(&str, Vec<String>, String), usize> = HashMap::new();
    let mut out: Vec<Pooled> = Vec::new();
    let mut places: Vec<Vec<usize>> = Vec::with_capacity(items.len());
    for (plan, rows) in items.iter().enumerate() {
        let mut in_plan = Vec::with_capacity(rows.len());
        for (at, item) in rows.iter().enumerate() {
            let key: Vec<String> = item.key.split('\t').map(letters).collect();
            let text = if key.iter().all(String::is_empty) { letters(&item.text) } else { String::new() };
            let place = *known.entry((&item.aspect, key, text)).or_insert_with(|| {
                out.push(Pooled { item: item.clone(), plan, at, plans: Vec::new() });
                out.len() - 1
            });
            if out[place].plans.last() != Some(&plan) {
                out[place].plans.push(plan);
            }
            in_plan.push(place);
        }
        places.push(in_plan);
    }
    for (place, pooled) in out.iter_mut().enumerate() {
        let parent = pooled.item.parent.and_then(|at| places[pooled.plan].get(at).copied());
        // A heading may stand under one that is called the same.
        pooled.item.parent = parent.filter(|parent| *parent != place);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::align::tests::{items, plan, tree};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn groups_of_plans_are_pooled() {
        let mut first = tree(&[("\t总则", "甲", None), ("\t加强领导，", "乙", Some(0))]);
        first.extend(items("target", &[("", "建成10座")]));
        let mut second = tree(&[("\t加强领导", "丙", None), ("\t考核", "丁", Some(0))]);
        second.extend(items("target", &[("", "建成10座。"), ("", "建成5座")]));
        let found = pool(&[first, second]);
        let found: Vec<_> = found
            .iter()
            .map(|row| {
                (row.item.key.as_str(), row.item.text.as_str(), row.item.parent, row.plan, row.at, row.plans.as_slice())
            })
            .collect();
        let expected: [(&str, &str, Option<usize>, usize, usize, &[usize]); 5] = [
            ("\t总则", "甲", None, 0, 0, &[0]),
            ("\t加强领导，", "乙", Some(0), 0, 1, &[0, 1]),
            ("", "建成10座", None, 0, 2, &[0, 1]),
            ("\t考核", "丁", Some(1), 1, 1, &[1]),
            ("", "建成5座", None, 1, 3, &[1]),
        ];
        assert_eq!(found, expected);
        // The two become one, which stands under no other.
        let found = pool(&[tree(&[("\t目标", "甲", None), ("\t目标", "乙", Some(0))])]);
        assert_eq!(
            found.iter().map(|row| (row.item.parent, row.plans.as_slice())).collect::<Vec<_>>(),
            [(None, &[0][..])]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn pooling_takes_every_row_once_and_twice_is_as_once(plans in proptest::collection::vec(plan(), 0..5)) {
            let pooled = pool(&plans);
            prop_assert!(pooled.is_sorted_by_key(|row| (row.plan, row.at)));
            for row in &pooled {
                prop_assert!(row.plans.is_sorted() && row.plans.first() == Some(&row.plan));
                prop_assert_eq!(&row.item.text, &plans[row.plan][row.at].text);
            }
            for (plan, rows) in plans.iter().enumerate() {
                for row in rows {
                    let same = |other: &&Pooled| {
                        let (one, two) = (row, &other.item);
                        one.aspect == two.aspect && one.key == two.key && (!one.key.is_empty() || one.text == two.text)
                    };
                    let found: Vec<&Pooled> = pooled.iter().filter(same).collect();
                    prop_assert_eq!(found.len(), 1);
                    prop_assert!(found[0].plans.contains(&plan));
                }
            }
            let rows: Vec<Item> = pooled.into_iter().map(|row| row.item).collect();
            let again: Vec<Item> = pool(std::slice::from_ref(&rows)).into_iter().map(|row| row.item).collect();
            prop_assert_eq!(again, rows);
        }
    }
}
