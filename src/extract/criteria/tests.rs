use pretty_assertions::assert_eq;

use super::*;
use crate::lexicon::Lexicon;

fn found(text: &str) -> (Vec<String>, Vec<String>) {
    let span = Span::new(0, text.len());
    let context =
        Context { text, span, body: span, sections: &[], lexicon: Lexicon::builtin(), issued: None, year: None };
    let (criteria, slogans, _) = extract(&context);
    let line = |c: &Criterion| {
        format!(
            "{}/{} {} {}",
            c.framework,
            c.declared.unwrap_or(0),
            c.applies_to.as_deref().unwrap_or("-"),
            c.item.as_deref().unwrap_or("-")
        )
    };
    (criteria.iter().map(line).collect(), slogans.into_iter().map(|s| s.formula).collect())
}

#[test]
fn layouts() {
    for (text, criteria) in [
        (
            "争创“四好”班子（政治素质好、经营业绩好、团结协作好、作风形象好）。",
            vec![
                "四好/4 班子 政治素质好",
                "四好/4 班子 经营业绩好",
                "四好/4 班子 团结协作好",
                "四好/4 班子 作风形象好",
            ],
        ),
        (
            "先进村的基本标准是，努力做到“三个到位”：一是责任到位。分工清楚。二是措施到位。办法管用。三是保障到位。经费落实。",
            vec!["三个到位/3 先进村 责任到位", "三个到位/3 先进村 措施到位", "三个到位/3 先进村 保障到位"],
        ),
        (
            "领导班子要做到“三查”：一查学习是否深入，二查作风是否扎实，三查群众是否满意。",
            vec!["三查/3 领导班子 查学习是否深入", "三查/3 领导班子 查作风是否扎实", "三查/3 领导班子 查群众是否满意"],
        ),
        (
            "努力做到三个有：1、有目标。\n写进规划。\n2、有措施。\n责任到人。\n3、有检查。\n按月通报。",
            vec!["三个有/3 - 有目标", "三个有/3 - 有措施", "三个有/3 - 有检查"],
        ),
        ("开展“五好”党支部创建活动。", vec!["五好/5 党支部 -"]),
        ("为期三个月，分两个阶段。", vec![]),
        ("党政“一把手”要亲自抓。", vec![]),
    ] {
        assert_eq!(found(text).0, criteria, "{text}");
    }
}

#[test]
fn slogans() {
    for (text, expected) in [
        ("以“三个代表”重要思想为指导，做到两手抓、两不误、两促进。", vec!["三个代表", "两手抓、两不误、两促进"]),
        ("深化“一满意四规范”活动，实施“831”工程。", vec!["一满意四规范", "831工程"]),
        ("“十二五”期间，党政“一把手”负总责。", vec![]),
    ] {
        assert_eq!(found(text).1, expected, "{text}");
    }
}

#[test]
fn every_row_of_the_table_is_recognised() {
    let rows = Lexicon::builtin().table("formulas").unwrap();
    for (at, key) in rows.cells("key").enumerate() {
        let (value, example) = (rows.cells("value").nth(at).unwrap(), rows.cells("example").nth(at).unwrap());
        let (criteria, slogans) = found(example);
        let slogans: Vec<String> = slogans.iter().map(|slogan| known::bare(slogan)).collect();
        match value {
            "slogan" => assert!(slogans.contains(&known::bare(key)), "{key}: {slogans:?}"),
            "none" => assert!(criteria.is_empty() && !slogans.contains(&known::bare(key)), "{key}"),
            _ => assert!(!criteria.is_empty() || slogans.contains(&known::bare(key)), "{key}"),
        }
    }
}
