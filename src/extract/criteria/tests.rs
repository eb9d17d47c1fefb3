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

#[test]
fn conditions() {
    for (text, expected) in [
        (
            "三、评选条件：\n1.按时完成任务，质量合格。\n2.遵守安全规程。\n",
            vec!["评选条件/0 - 按时完成任务，质量合格", "评选条件/0 - 遵守安全规程"],
        ),
        ("优秀班组的条件：一是产量领先；二是没有事故。", vec!["条件/0 优秀班组 产量领先", "条件/0 优秀班组 没有事故"]),
        // The lists stand under names of bodies.
        ("评选条件：（一）先进集体。（二）先进个人。", vec![]),
        // Nobody's conditions, and a word that only ends alike.
        ("必须具备以下条件：一是场地；二是资金。", vec![]),
        ("改善办学条件：一是修缮校舍；二是添置设备。", vec![]),
    ] {
        assert_eq!(found(text).0, expected, "{text}");
    }
}

#[test]
fn lists_that_are_not_the_formulas() {
    for text in [
        "领导小组下设“一室三组”：办公室、宣传组、督查组、材料组。",
        "做到“三勤”“三净”：腿勤、手勤、眼勤；路面净、河面净、墙面净。",
        "主要开好“四个会”。\n1.恳谈会\n2.讨论会\n3.生活会\n4.评议会\n",
    ] {
        assert_eq!(found(text).0, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn items_before_and_behind() {
    for (text, expected) in [
        ("全面推行公示制度、记录制度、审核制度（以下统称“三项制度”）。", ["公示制度", "记录制度", "审核制度"]),
        ("各站要着力打造设备新、管理细、服务优的“三型”班组。", ["设备新", "管理细", "服务优"]),
        ("班组做到“三个规范”要求：\n——着装规范。\n——操作规范。\n——记录规范。\n", ["着装规范", "操作规范", "记录规范"]),
        ("班组做到“三常”，即地常扫、窗常擦、物常理，现场面貌焕然一新。", ["地常扫", "窗常擦", "物常理"]),
    ] {
        let items: Vec<String> =
            found(text).0.iter().map(|row| row.rsplit(' ').next().unwrap_or("").to_owned()).collect();
        assert_eq!(items, expected, "{text}");
    }
}
