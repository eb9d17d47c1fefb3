use super::*;
use proptest::prelude::*;

pub(in crate::compare) fn items(aspect: &str, rows: &[(&str, &str)]) -> Vec<Item> {
    rows.iter()
        .map(|(key, text)| Item { aspect: aspect.into(), key: (*key).into(), text: (*text).into(), ..Item::default() })
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
fn neighbours_that_changed_places_were_both_moved() {
    let a = items("section", &[("\t宣传", "出板报"), ("\t考核", "打分"), ("\t附则", "解释")]);
    let b = items("section", &[("\t考核", "打分"), ("\t宣传", "出板报"), ("\t附则", "解释")]);
    assert_eq!(told(&a, &b), [("moved", Some(1), Some(0)), ("moved", Some(0), Some(1)), ("kept", Some(2), Some(2))]);
}

#[test]
fn in_every_longest_increasing_subsequence() {
    let cases: &[(&[usize], &[bool])] = &[
        (&[], &[]),
        (&[0, 1, 2], &[true, true, true]),
        (&[1, 2, 0], &[true, true, false]),
        (&[1, 0], &[false, false]),
        // 0 1 3 and 0 2 3.
        (&[0, 2, 1, 3], &[true, false, false, true]),
        (&[2, 0, 1, 3], &[false, true, true, true]),
        (&[1, 0, 3, 2], &[false, false, false, false]),
    ];
    for (values, expected) in cases {
        assert_eq!(in_every_longest(values), *expected, "{values:?}");
    }
}

/// Sections with their parents.
pub(in crate::compare) fn tree(rows: &[(&str, &str, Option<usize>)]) -> Vec<Item> {
    let named = |(key, text, parent): &(&str, &str, Option<usize>)| Item {
        aspect: "section".into(),
        key: (*key).into(),
        text: (*text).into(),
        parent: *parent,
        when: None,
    };
    rows.iter().map(named).collect()
}

/// The places in a of what stands in b, row by row.
fn partners(a: &[Item], b: &[Item]) -> Vec<Option<usize>> {
    compare(a, b).iter().filter(|pair| pair.b.is_some()).map(|pair| pair.a).collect()
}

#[test]
fn sections_under_paired_sections_come_first() {
    let a = [("\t总则", "甲", None), ("\t目标", "丙", Some(0)), ("\t保障", "乙", None), ("\t目标", "丙", Some(2))];
    let b = [("\t保障", "乙", None), ("\t目标", "丙", Some(0)), ("\t总则", "甲", None), ("\t目标", "丙", Some(2))];
    assert_eq!(partners(&tree(&a), &tree(&b)), [Some(2), Some(3), Some(0), Some(1)]);
    // Half of 宣传发动 under the same section (0.6), the whole of it under another (1).
    let a = [("\t总则", "甲", None), ("\t宣传发动", "丙", Some(0))];
    let b = [("\t总则", "甲", None), ("\t宣传", "丁", Some(0)), ("\t附则", "乙", None), ("\t宣传发动", "戊", Some(2))];
    assert_eq!(partners(&tree(&a), &tree(&b)), [Some(0), None, None, Some(1)]);
    // 0.4: what stands above does not make a pair.
    let (a, b) = ([("\t学习培训", "甲", None)], [("\t学习会", "乙", None)]);
    assert_eq!(partners(&tree(&a), &tree(&b)), [None]);
    // A section that went one level down, and a worse one on its own level.
    let a = [("\t宣传发动", "甲", None)];
    let b = [("\t宣传", "乙", None), ("\t宣传发动", "甲", Some(0))];
    assert_eq!(partners(&tree(&a), &tree(&b)), [None, Some(0)]);
}

#[test]
fn standard_parts_pair_where_nothing_better_is_left() {
    let a = [("organise\t组织领导", "成立小组", None)];
    assert_eq!(partners(&tree(&a), &tree(&[("organise\t强化保障", "落实经费", None)])), [Some(0)]);
    assert_eq!(partners(&tree(&a), &tree(&[("publicise\t强化保障", "落实经费", None)])), [None]);
    let better = [("organise\t强化保障", "落实经费", None), ("\t组织领导", "设立专班", None)];
    assert_eq!(partners(&tree(&a), &tree(&better)), [None, Some(0)]);
    // Half a heading under another section (0.5) is better than the same part under the same one.
    let better = [("organise\t强化保障", "落实经费", None), ("\t甲", "乙", None), ("\t领导", "设立专班", Some(1))];
    assert_eq!(partners(&tree(&a), &tree(&better)), [None, None, Some(0)]);
    let neither = [("\t组织领导", "成立小组", None)];
    assert_eq!(partners(&tree(&neither), &tree(&[("\t强化保障", "落实经费", None)])), [None]);
}

#[test]
fn days_decide_between_phases_with_one_name() {
    let phase = |text: &str, when: Option<(i32, i32)>| Item {
        aspect: "phase".into(),
        key: "implement\t组织实施".into(),
        text: text.into(),
        when,
        parent: None,
    };
    let a = [phase("推进", Some((100, 129)))];
    // 0.95 and 1.
    let b = [phase("推进", Some((0, 29))), phase("张贴", Some((100, 129)))];
    assert_eq!(partners(&a, &b), [None, Some(0)]);
    // Without days the text decides.
    let b = [phase("张贴", None), phase("推进", None)];
    assert_eq!(partners(&a, &b), [None, Some(0)]);
    let days = |a, b| common_days(&sides(&[phase("", a)], "phase")[0], &sides(&[phase("", b)], "phase")[0]);
    for (a, b, expected) in [
        (Some((0, 9)), Some((5, 14)), 5.0 / 15.0),
        (Some((9, 0)), Some((0, 9)), 1.0),
        (Some((0, 9)), Some((10, 19)), 0.0),
        (Some((i32::MIN, i32::MAX)), Some((i32::MIN, i32::MAX)), 1.0),
        (Some((0, 9)), None, 0.0),
        (None, None, 0.0),
    ] {
        assert!((days(a, b) - expected).abs() < 1e-9, "{a:?} {b:?}");
    }
}

#[test]
fn parents_that_are_none() {
    // Itself, one of another aspect, none in the list, a circle.
    let mut a =
        tree(&[("\t甲", "甲", Some(0)), ("\t乙", "乙", Some(9)), ("\t丙", "丙", Some(3)), ("\t丁", "丁", Some(2))]);
    a.extend(items("target", &[("", "戊")]));
    a[1].parent = Some(4);
    assert!(compare(&a, &a).iter().all(|pair| pair.status == Status::Kept && pair.a == pair.b));
}

#[test]
fn rows_of_groups_may_be_paired_again() {
    let a = items(
        "phase",
        &[("mobilise\t宣传发动", "开会"), ("mobilise\t动员部署", "张贴标语"), ("review\t检查验收", "验收")],
    );
    let b = items("phase", &[("mobilise\t动员部署", "开会"), ("commend\t评选表彰", "表彰")]);
    let found: Vec<_> = compare_groups(&a, &b).iter().map(|pair| (pair.status.as_str(), pair.a, pair.b)).collect();
    assert_eq!(
        found,
        [
            ("kept", Some(0), Some(0)),
            ("edited", Some(1), Some(0)),
            ("added", None, Some(1)),
            ("dropped", Some(2), None)
        ]
    );
    // As plans, 宣传发动 is without a partner.
    assert!(told(&a, &b).contains(&("dropped", Some(0), None)));
}

#[test]
fn very_long_plans_pair_by_name() {
    let many: Vec<Item> =
        (0..2_000).map(|n| Item { aspect: "section".into(), key: format!("\t第{n}项"), ..Item::default() }).collect();
    assert!(compare(&many, &many).iter().all(|pair| pair.status == Status::Kept && pair.a == pair.b));
}

pub(in crate::compare) fn plan() -> impl Strategy<Value = Vec<Item>> {
    let text = || "[甲乙丙]{0,4}";
    let aspect = proptest::sample::select(vec!["section", "phase", "criterion", "target"]);
    let key = (proptest::sample::select(vec!["", "x", "y"]), text())
        .prop_map(|(part, name)| if part.is_empty() && name.is_empty() { name } else { format!("{part}\t{name}") });
    let when = proptest::option::of((0..9i32, 0..9i32));
    let item = (aspect, key, text(), proptest::option::of(0..14usize), when)
        .prop_map(|(aspect, key, text, parent, when)| Item { aspect: aspect.into(), key, text, parent, when });
    proptest::collection::vec(item, 0..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]
    #[test]
    fn exchanging_the_plans_gives_the_same_pairs(a in plan(), b in plan()) {
        let set = |pairs: Vec<Pair>, exchanged: bool| {
            let mut out: Vec<_> = pairs
                .into_iter()
                .map(|Pair { status, similarity, a, b }| match (exchanged, status) {
                    (false, status) => (a, b, status.as_str(), similarity.to_bits()),
                    (true, Status::Added) => (b, a, "dropped", similarity.to_bits()),
                    (true, Status::Dropped) => (b, a, "added", similarity.to_bits()),
                    (true, status) => (b, a, status.as_str(), similarity.to_bits()),
                })
                .collect();
            out.sort_unstable();
            out
        };
        prop_assert_eq!(set(compare(&a, &b), false), set(compare(&b, &a), true));
        prop_assert_eq!(set(compare_groups(&a, &b), false), set(compare_groups(&b, &a), true));
    }

    #[test]
    fn a_row_keeps_its_place_if_all_longest_subsequences_have_it(values in Just((0..8usize).collect::<Vec<_>>()).prop_shuffle()) {
        let increasing: Vec<u32> = (0..1u32 << 8)
            .filter(|set| {
                let chosen: Vec<usize> = (0..8).filter(|at| set & (1 << at) != 0).map(|at| values[at]).collect();
                chosen.is_sorted()
            })
            .collect();
        let longest = increasing.iter().map(|set| set.count_ones()).max();
        let all = increasing.iter().filter(|set| Some(set.count_ones()) == longest).fold(u32::MAX, |all, set| all & set);
        let expected: Vec<bool> = (0..8).map(|at| all & (1 << at) != 0).collect();
        prop_assert_eq!(in_every_longest(&values), expected);
    }

    #[test]
    fn every_row_stands_once(a in proptest::collection::vec("[甲乙丙]{0,3}", 0..8), b in proptest::collection::vec("[甲乙丙]{0,3}", 0..8)) {
        let make = |texts: &[String]| -> Vec<Item> {
            texts.iter().map(|text| Item { aspect: "section".into(), key: text.clone(), text: text.clone(), ..Item::default() }).collect()
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
