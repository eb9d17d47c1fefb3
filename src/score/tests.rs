use proptest::prelude::*;

use super::*;
use crate::lexicon::Lexicon;
use crate::pipeline::Options;

/// The scores of the first plan of a text: dimension, item, value, number of pieces of evidence.
fn scored(text: &str, rubric: &Rubric) -> Vec<(String, String, Option<f64>, usize)> {
    with_scores(text, rubric, |scores| {
        scores
            .iter()
            .map(|score| (score.dimension.name.clone(), score.item.name.clone(), score.value, score.evidence.len()))
            .collect()
    })
}

fn with_scores<T>(text: &str, rubric: &Rubric, then: impl FnOnce(&[Score]) -> T) -> T {
    let lexicon = Lexicon::builtin();
    let parsed = crate::parse(text.to_owned(), lexicon, &Options::default());
    let plan = parsed.plans.first().expect("a plan");
    let diagnostics: Vec<(String, Span)> =
        parsed.diagnostics.iter().map(|found| (found.code.to_owned(), found.span)).collect();
    let subject = Subject {
        plan,
        text: plan.span.of(&parsed.cleaned.text),
        diagnostics: &diagnostics,
        frameworks: &lexicon.compiled().frameworks,
    };
    then(&score(&subject, rubric))
}

fn value(text: &str, rubric: &str, item: &str) -> Option<f64> {
    let rubric = Rubric::builtin(rubric).expect("a built-in rubric");
    scored(text, &rubric).into_iter().find(|(_, name, ..)| name == item).unwrap_or_else(|| panic!("no {item}")).2
}

const PLAN: &str = "莒县改厕工作实施方案\n一、指导思想\n以改善卫生条件为中心。\n二、目标任务\n到2012年底新建卫生厕所200座，普及率明显提高，改造率达到90%。\n\
    三、实施步骤\n（一）宣传发动阶段（2012年3月1日至3月31日）。召开会议。\n（二）组织实施阶段（2012年4月至10月）。全面施工。\n（三）检查验收阶段。逐户验收。\n\
    四、组织领导\n成立领导小组。组长：王福生（副县长）。副组长：李兰英。\n";

#[test]
fn specificity_by_hand() {
    // Three phases of the first level; two of them have a first and a last day, one of the two is stated to the day.
    assert_eq!(value(PLAN, "specificity", "dated"), Some(2.0 / 3.0));
    assert_eq!(value(PLAN, "specificity", "dated_both_ends"), Some(2.0 / 3.0));
    assert_eq!(value(PLAN, "specificity", "to_the_day"), Some(1.0 / 3.0));
    // Two leaders, one with a post.
    assert_eq!(value(PLAN, "specificity", "posts"), Some(0.5));
    assert_eq!(value(PLAN, "specificity", "named_persons"), Some(1.0));
    // 200 and 90 % are numbers.
    assert_eq!(value(PLAN, "specificity", "numeric"), Some(1.0));
    let rubric = Rubric::builtin("specificity").unwrap();
    let targets = scored(PLAN, &rubric).into_iter().find(|(_, name, ..)| name == "targets_per_1000").unwrap();
    let letters = PLAN.chars().filter(|c| !c.is_whitespace()).count() as f64;
    assert_eq!((targets.2, targets.3), (Some(2_000.0 / letters), 2));
    // No phases: nothing to take a share of, but a plan of this kind is expected to have some.
    let without = "莒县改厕工作实施方案\n一、指导思想\n以改善卫生条件为中心。\n二、主要任务\n推进改厕工作。\n";
    assert_eq!(value(without, "specificity", "has_phases"), Some(0.0));
    assert_eq!(value(without, "specificity", "dated"), None);
}

#[test]
fn completeness_by_hand() {
    for (item, expected) in [
        ("title", Some(1.0)),
        ("issued_on", Some(0.0)),
        ("指导思想", Some(1.0)),
        ("目标任务", Some(1.0)),
        ("方法步骤", Some(1.0)),
        ("组织领导", Some(1.0)),
        // The phase 检查验收 tells how it is checked.
        ("监督考核", Some(1.0)),
        ("范围对象", Some(0.0)),
    ] {
        assert_eq!(value(PLAN, "completeness", item), expected, "{item}");
    }
}

#[test]
fn what_a_broken_off_document_lacks_is_undecided() {
    let text = "莒县改厕工作实施方案\n一、指导思想\n以改善卫生条件为中心。\n二、目标任务\n到2012年底，全县要新建";
    let rubric = Rubric::builtin("completeness").unwrap();
    with_scores(text, &rubric, |scores| {
        let of = |name: &str| scores.iter().find(|score| score.item.name == name).unwrap();
        assert_eq!(of("指导思想").value, Some(1.0));
        assert_eq!(of("组织领导").value, None);
        assert!(matches!(&of("组织领导").gap, Some(Gap::Unseen(note)) if note.contains("breaks off")));
        // A number would stand at the head.
        assert_eq!(of("doc_number").value, Some(0.0));
        let totals = totals(&rubric, scores);
        // What is left would flatter it: only the bounds are known.
        let whole = totals.last().unwrap();
        assert!(whole.value.is_none() && whole.low < whole.high);
        assert!(whole.decided < whole.items);
    });
}

#[test]
fn parts_of_a_document_without_headings_are_open() {
    let text = "莒县人民政府关于做好改厕工作的通知\n各乡镇人民政府：\n请各乡镇抓紧组织施工，加强宣传，按时完成改厕任务。\n2012年3月1日\n";
    assert_eq!(value(text, "completeness", "主要内容"), None);
    assert_eq!(value(text, "completeness", "title"), Some(1.0));
    let rubric = Rubric::builtin("completeness").unwrap();
    with_scores(text, &rubric, |scores| {
        let whole = totals(&rubric, scores).pop().unwrap();
        assert!(whole.value.is_none() && whole.low < whole.high);
    });
}

#[test]
fn of_items_that_exclude_each_other_one_is_full() {
    let rubric = |words: &str| {
        let text = format!(
            "name='x'\nchinese='x'\nmeaning='m'\nsource='s'\n[[dimension]]\nname='d'\nchinese='c'\nexclusive=true\n\
             [[dimension.item]]\nname='a'\nmeaning='m'\nvalue='any'\ncount=[{{words=['{words}']}}]\n\
             [[dimension.item]]\nname='u'\nmeaning='m'\nvalue='undecided'\nnote='n'\nweight=3\n"
        );
        Rubric::parse(&text).unwrap()
    };
    // The first is full, with a weight of 1 in 4; or it is not, so that the other has to be.
    for (words, expected) in [("改厕", 0.25), ("植树", 0.75)] {
        let rubric = rubric(words);
        with_scores(PLAN, &rubric, |scores| {
            let total = &totals(&rubric, scores)[0];
            assert_eq!(
                (total.value, total.low, total.high),
                (Some(expected), Some(expected), Some(expected)),
                "{words}"
            );
        });
    }
}

#[test]
fn a_list_that_breaks_off_is_no_contradiction() {
    let text = "莒县创先争优活动实施方案\n一、指导思想\n以服务群众为中心。\n二、目标任务\n党组织做到“五个好”：领导班子好、党员队伍好、工作机";
    for (rubric, item) in
        [("criteria", "found_of_declared"), ("criteria", "frameworks_covered"), ("consistency", "as_many_as_declared")]
    {
        let rubric = Rubric::builtin(rubric).unwrap();
        let found = scored(text, &rubric);
        assert!(
            found.iter().filter(|(_, name, ..)| name == item).all(|(_, _, value, _)| value.is_none()),
            "{item}: {found:?}"
        );
    }
    // The stump 工作机 is no wording.
    assert_eq!(value(text, "criteria", "canonical_wording"), Some(1.0));
}

#[test]
fn totals_by_hand() {
    let rubric = Rubric::parse(
        r#"
name = "trial"
chinese = "试"
meaning = "A trial"
source = "none"
scale = 10.0
[[band]]
name = "high"
least = 6.0
[[dimension]]
name = "a"
chinese = "甲"
weight = 3
[[dimension.item]]
name = "leaders"
meaning = "Somebody leads"
value = "any"
weight = 2
count = [{ rows = "leaders" }]
[[dimension.item]]
name = "money"
meaning = "Money"
value = "any"
count = [{ words = ['资金'] }]
[[dimension.item]]
name = "phases"
meaning = "Told, not counted"
value = "count"
weight = 0
count = [{ rows = "phases" }]
[[dimension]]
name = "b"
chinese = "乙"
[[dimension.item]]
name = "open"
meaning = "Undecided"
value = "undecided"
note = "nobody knows"
"#,
    )
    .unwrap();
    with_scores(PLAN, &rubric, |scores| {
        let values: Vec<Option<f64>> = scores.iter().map(|score| score.value).collect();
        assert_eq!(values, [Some(1.0), Some(0.0), Some(3.0), None]);
        let totals = totals(&rubric, scores);
        // a: (2·1 + 1·0) / 3 = 2/3. b: nothing. Whole: a alone, 10 · 2/3. Bounds: (3·2/3 + 1·0) / 4 = 0.5 and (3·2/3 + 1·1) / 4 = 0.75.
        assert_eq!(totals[0].value, Some(2.0 / 3.0));
        assert_eq!((totals[1].value, totals[1].low, totals[1].high), (None, Some(0.0), Some(1.0)));
        let whole = totals[2].clone();
        assert!((whole.value.unwrap() - 20.0 / 3.0).abs() < 1e-12);
        assert!((whole.low.unwrap() - 5.0).abs() < 1e-12 && (whole.high.unwrap() - 7.5).abs() < 1e-12, "{whole:?}");
        assert_eq!((whole.decided, whole.items), (2, 3));
        assert_eq!(rubric.band(whole.value.unwrap()), Some("high"));
    });
}

#[test]
fn the_pmc_index_is_the_sum_of_its_variables() {
    let rubric = Rubric::builtin("pmc").unwrap();
    let dated = PLAN.replace("检查验收阶段", "检查验收阶段（2012年11月）");
    with_scores(&dated, &rubric, |scores| {
        let totals = totals(&rubric, scores);
        let decided: Vec<f64> = totals[..10].iter().filter_map(|total| total.value).collect();
        // X10 (published or not) is undecided at least: the others are scaled to ten.
        let n = decided.len() as f64;
        assert!((1.0..10.0).contains(&n) && totals[9].value.is_none());
        let index = totals[10].value.unwrap();
        assert!((index - 10.0 * decided.iter().sum::<f64>() / n).abs() < 1e-9);
        // With X10 as 0 the index is the plain sum of the others, with 1 one more.
        assert_eq!(decided.len(), 9);
        assert!((totals[10].low.unwrap() - decided.iter().sum::<f64>()).abs() < 1e-9);
        assert!((totals[10].high.unwrap() - totals[10].low.unwrap() - 1.0).abs() < 1e-9);
        // Of four levels of issue it has one, whichever: X3 is a quarter.
        assert_eq!(totals[2].value, Some(0.25));
    });
    assert_eq!(
        [9.0, 8.99, 7.0, 5.0, 4.99, 0.0].map(|index| rubric.band(index).unwrap()),
        ["perfect", "good", "good", "acceptable", "low", "low"]
    );
}

#[test]
fn consistency_tells_the_contradiction() {
    let overlapping = PLAN.replace("2012年4月至10月", "2012年3月10日至10月31日");
    assert_eq!(value(PLAN, "consistency", "no_overlap"), Some(1.0));
    assert_eq!(value(&overlapping, "consistency", "no_overlap"), Some(0.0));
    let undated =
        "莒县改厕工作实施方案\n一、实施步骤\n（一）宣传发动阶段。召开会议。\n（二）组织实施阶段。全面施工。\n";
    assert_eq!(value(undated, "consistency", "no_overlap"), None);
    let gap = PLAN.replace("四、组织领导", "六、组织领导");
    assert_eq!(value(PLAN, "consistency", "no_gap"), Some(1.0));
    assert_eq!(value(&gap, "consistency", "no_gap"), Some(0.0));
}

#[test]
fn every_canonical_framework_is_found_in_its_example() {
    let lexicon = Lexicon::builtin();
    let table = lexicon.table("frameworks").unwrap();
    for (((key, campaign), items), example) in
        table.cells("key").zip(table.cells("campaign")).zip(table.cells("value")).zip(table.cells("example"))
    {
        let campaign = campaign.split('|').next().unwrap();
        let text =
            format!("莒县关于开展{campaign}活动的实施方案\n一、目标任务\n{example}\n二、组织领导\n成立领导小组。\n");
        assert!(value(&text, "criteria", "frameworks_covered").unwrap() > 0.0, "{key}");
        let wording = value(&text, "criteria", "canonical_wording").unwrap();
        assert!(wording > 0.95, "{key}: {wording}");
        assert!(items.contains('|'), "{key} has one item");
        let changed = text.replace("好", "佳").replace("带头", "争取").replace("一律", "坚决");
        assert!(value(&changed, "criteria", "canonical_wording").is_none_or(|after| after <= wording), "{key}");
    }
    let text = "莒县关于开展创先争优活动的实施方案\n一、目标任务\n党员做到“五带头”：带头学习提高、带头争创佳绩、带头服务群众、带头遵纪守法、带头守信。\n";
    // One of the two frameworks of the campaign; four items word for word, of the fifth 带头 is in common with 带头弘扬正气 (2·1/(3+5) = .25),
    // and with each of the others too.
    assert_eq!(value(text, "criteria", "frameworks_covered"), Some(0.5));
    assert!((value(text, "criteria", "canonical_wording").unwrap() - (4.0 + 0.25) / 5.0).abs() < 1e-9);
    assert_eq!(value(text, "criteria", "found_of_declared"), Some(1.0));
    assert_eq!(value(PLAN, "criteria", "frameworks_covered"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn values_lie_between_nothing_and_the_maximum(lines in proptest::collection::vec("(一、|二、|（一）|第一阶段|2012年3月至5月|组长：王福生。|达到90%|做到“五个好”|[的了改厕宣传检查]{2,6}|。|\n){1,12}", 1..8)) {
        let text = format!("莒县改厕工作实施方案\n{}", lines.join("\n"));
        for (name, _) in BUILTIN {
            let rubric = Rubric::builtin(name).unwrap();
            with_scores(&text, &rubric, |scores| {
                for score in scores {
                    let max = score.item.value.maximum().unwrap_or(f64::INFINITY);
                    assert!(score.value.is_none_or(|value| (0.0..=max).contains(&value)), "{score:?}");
                    assert_eq!(score.value.is_none(), score.gap.is_some());
                }
                for total in totals(&rubric, scores) {
                    assert!(total.value.is_none_or(|value| (0.0..=total.max).contains(&value)));
                    assert!(total.low.is_none() || total.items > 0);
                    if let (Some(value), Some(low), Some(high)) = (total.value, total.low, total.high)
                        && total.decided == total.items
                    {
                        assert!((low - value).abs() < 1e-9 && (high - value).abs() < 1e-9, "{total:?}");
                    }
                    assert!(total.low <= total.high);
                }
            });
        }
    }
}
