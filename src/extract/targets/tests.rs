use super::quote::QUOTE;
use super::*;
use crate::model::Comparator;
use pretty_assertions::assert_eq;
use proptest::prelude::*;

fn found(text: &str) -> Vec<Target> {
    let span = Span::new(0, text.len());
    extract(
        &Context { text, span, body: span, sections: &[], lexicon: Lexicon::builtin(), issued: None, year: Some(2010) },
        None,
    )
    .0
}

fn read(text: &str) -> Vec<String> {
    found(text)
        .into_iter()
        .filter(|target| target.is_target)
        .map(|t| {
            let deadline = t.deadline.map_or_else(|| "-".into(), |m| m.date.to_string());
            let value = t.value.map_or_else(|| "-".into(), |value| value.to_string());
            format!(
                "{}|{}|{}|{}|{deadline}",
                t.quote,
                t.comparator.map_or("", Comparator::as_str),
                value,
                t.unit.unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn reads_aims_with_quantities() {
    let cases: &[(&str, &[&str])] = &[
        ("到2012年底，农村参合率达到95%以上。", &["农村参合率达到95%以上|>=|95|%|2012-12-31"]),
        ("每名党员集中学习不少于30学时。", &["每名党员集中学习不少于30学时|>=|30|学时|-"]),
        ("确保绿化率由目前的35%提高到40%以上，", &["确保绿化率由目前的35%提高到40%以上|>=|40|%|-"]),
        ("争创“50名优秀教师”、“30名优秀班主任”。", &["争创“50名优秀教师”|=|50|名|-", "“30名优秀班主任”|=|30|名|-"]),
        (
            "2011年建成示范村20个，培育龙头企业5家。",
            &["2011年建成示范村20个|=|20|个|2011-12-31", "培育龙头企业5家|=|5|家|2011-12-31"],
        ),
        ("事故起数控制在3起以内。", &["事故起数控制在3起以内|<=|3|起|-"]),
        ("发稿超过60篇。", &["发稿超过60篇|>|60|篇|-"]),
        ("年内举行2-3次专题讲座。", &["年内举行2-3次专题讲座|>=|2|次|2010-12-31"]),
        ("每月必须保证开展一次志愿服务。", &["每月必须保证开展一次志愿服务|=|1|次|-"]),
        ("每年必须召开一次以上职工大会。", &["每年必须召开一次以上职工大会|>=|1|次|-"]),
        ("每个班子成员至少撰写一篇调研报告。", &["每个班子成员至少撰写一篇调研报告|>=|1|篇|-"]),
        ("建立健全20分钟便民服务圈，", &["建立健全20分钟便民服务圈|=|20|分钟|-"]),
        ("培训教师百分之八十以上。", &["培训教师百分之八十以上|>=|80|%|-"]),
        ("每年财政投入300余万元。", &["每年财政投入300余万元|>|300|万元|-"]),
        ("产业规模达到2000亿元。", &["产业规模达到2000亿元|=|2000|亿元|-"]),
        ("培育150家以上示范企业。", &["培育150家以上示范企业|>=|150|家|-"]),
        ("2010年底前新建泵站12座。", &["2010年底前新建泵站12座|=|12|座|2010-12-31"]),
        ("实现农民收入翻一番。", &["实现农民收入翻一番||-||-"]),
        ("法制人员不少于执法人员总数的5%。", &["法制人员不少于执法人员总数的5%|>=|5|%|-"]),
        ("农机总动力超过3亿千瓦。", &["农机总动力超过3亿千瓦|>|3|亿千瓦|-"]),
        (
            "到2020年，基本建成体系。机械化率达到70%。\n覆盖率达到60%。",
            &["机械化率达到70%|=|70|%|2020-12-31", "覆盖率达到60%|=|60|%|-"],
        ),
        ("选择10个以上示范项目", &["选择10个以上示范项目|>=|10|个|-"]),
        ("持证上岗率达100人", &["持证上岗率达100人|=|100|%|-"]),
        ("两成单位 3 0%达标，满意率达到90%", &["满意率达到90%|=|90|%|-"]),
        ("2010年3月至2011年2月集中学习不少于4个月", &["2010年3月至2011年2月集中学习不少于4个月|>=|4|个月|-"]),
        ("建成示范点4 0%以上", &["建成示范点4 0%以上|>=|40|%|-"]),
        ("安排2个月左右的时间整改", &["安排2个月左右的时间整改|~|2|个月|-"]),
        ("受理单位应在5个工作日内办结。", &["受理单位应在5个工作日内办结|<=|5|个工作日|-"]),
        ("重大情况须于事发后两小时之内上报。", &["重大情况须于事发后两小时之内上报|<=|2|小时|-"]),
        ("自收到申请之日起十日内答复，", &["自收到申请之日起十日内答复|<=|10|日|-"]),
        (
            "在8个工作日（简易件3个工作日）内办结",
            &["在8个工作日（简易件3个工作日）内办结|<=|8|个工作日|-", "简易件3个工作日|<=|3|个工作日|-"],
        ),
        (
            "须在1个工作日内受理，5个工作日内办结。",
            &["须在1个工作日内受理|<=|1|个工作日|-", "5个工作日内办结|<=|5|个工作日|-"],
        ),
        ("确保投诉量减少三成以上。", &["确保投诉量减少三成以上|>=|30|%|-"]),
        ("每周召开一次例会", &["每周召开一次例会|=|1|次|-"]),
        ("联席会议每年召开两次例会。", &["联席会议每年召开两次例会|=|2|次|-"]),
        ("每4年修订1次目录。", &["每4年修订1次目录|=|1|次|-"]),
        ("实践课占总学时一半以上。", &["实践课占总学时一半以上|>=|50|%|-"]),
        ("物流业规模突破千亿级。", &["物流业规模突破千亿级|>|1000|亿|-"]),
        ("制造业产值达到3000亿级，", &["制造业产值达到3000亿级|=|3000|亿|-"]),
        ("为种植户协调贷款2亿元以上，", &["为种植户协调贷款2亿元以上|>=|2|亿元|-"]),
        ("修复损毁道路30公里。", &["修复损毁道路30公里|=|30|公里|-"]),
        ("确保火灾起数同比下降5%以上。", &["确保火灾起数同比下降5%以上|>=|5|%|-"]),
        ("岗位培训率达到90%\n以上。", &["岗位培训率达到90%\n以上|>=|90|%|-"]),
        ("每人学习不少于\n30学时。", &["每人学习不少于\n30学时|>=|30|学时|-"]),
        ("优良天数达到3l5天。", &["优良天数达到3l5天|=|315|天|-"]),
        ("顶岗时间一般为6个月。", &["顶岗时间一般为6个月|=|6|个月|-"]),
        (
            "到2012年6月，队伍面貌明显改观：\n——满意度达到90%；\n——培育品牌5个。\n评议率达到80%。",
            &["满意度达到90%|=|90|%|2012-06-30", "培育品牌5个|=|5|个|2012-06-30", "评议率达到80%|=|80|%|-"],
        ),
        (
            "2010年主要目标是:\n――满意率90%;\n――标兵单位4个,文明单位12个。\n今年抓好三项工作。",
            &["满意率90%|=|90|%|2010-12-31", "标兵单位4个|=|4|个|2010-12-31", "文明单位12个|=|12|个|2010-12-31"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), *expected, "{text}");
    }
}

#[test]
fn leaves_out_what_is_no_aim() {
    for text in [
        "目前全县参合率已达98.5%。",
        "去年完成造林3000亩。",
        "惠及全县96%的农户",
        "抓好七个专题的学习。",
        "从三个方面入手。",
        "健全八项制度。",
        "开展9大类22项公共卫生服务",
        "投资500万元以上的重点项目由市里审批",
        "为60岁以上老年人建立健康档案",
        "报名费按每人10元收取",
        "召开一次推进会。",
        "举办一期培训班。",
        "处以罚款200元以上",
        "某卫发〔2010〕11号",
        "第12条规定",
        "电话：0577-88123456",
        "2010年6月25日召开会议",
        "用3个月时间",
        "十七届三中全会",
        "参加考试2个科目的人员",
        "预计产值达到5亿元",
        "在规划基础上新增了28个项目",
        "后增加的5亿元资金尚未落实",
        "（单体建筑面积2万平方米以上）",
        "免费检查等6项重点服务",
        "实现社区网格全覆盖。",
        "近3天内降雨较多",
        "对成活率低于85%的不予验收",
        "对成活率低于85%的，不予验收",
        "确保不发生死亡3人以上事故",
        "情况复杂的可延长30日",
        "未在5个工作日内答复的予以通报",
        "可以自收到决定之日起60日内申请行政复议",
        "共有企业80家，其中煤矿9家、商场30家。",
        "辖区现有学校12所，其中中学3所",
        "火灾起数同比下降5%",
        "每年一次的年会",
        "每月5日前上报一次报表",
        "围绕20条产业链开展服务",
        "对超过100人的企业开展检查",
        "一半以上的群众",
        "打造千亿级产业集群",
        "发放宣传资料5000份",
        "对先进单位奖励5万元",
        "各基层党组织、300名党员投身活动",
        "去年以来，120个支部、2000名党员参加培训",
        "单孔跨径≥100米的桥梁",
        "努力提高服务水平。",
    ] {
        assert_eq!(read(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn tells_why_a_quantity_is_no_target() {
    for (text, reason) in [
        ("目前参合率已达到98%。", "achieved"),
        ("预计产值达到5亿元。", "forecast"),
        ("处以罚款不超过200元。", "fee"),
        ("投资500万元以上项目另行审批", "condition"),
        ("开展1次检查", "one-off event"),
    ] {
        let targets = found(text);
        assert_eq!(
            targets.iter().map(|t| (t.is_target, t.reason.as_deref())).collect::<Vec<_>>(),
            [(false, Some(reason))],
            "{text}"
        );
    }
}

#[test]
fn every_row_recognises_its_example() {
    let lexicon = Lexicon::builtin();
    let measures = Measures::new(lexicon);
    for (unit, example) in lexicon.table("units").unwrap().pairs("key", "example") {
        let found = measures.quantities(example);
        assert_eq!(
            found.iter().map(|q| q.unit.as_str()).collect::<Vec<_>>(),
            [unit.replace('％', "%").as_str()],
            "{example}"
        );
    }
    for (comparator, example) in lexicon.table("comparators").unwrap().pairs("value", "example") {
        let quantity = measures.quantities(example).remove(0);
        let before = measures.before(&example[..quantity.start]);
        let found = before.or_else(|| measures.after(&example[quantity.end..])).map(|(found, _)| found.as_str());
        assert_eq!(found, Some(comparator), "{example}");
    }
    for example in lexicon.cells("aim_verbs", "example") {
        assert_eq!(read(example).len(), 1, "{example}");
    }
    for example in lexicon.cells("target_exclusions", "example") {
        assert_eq!(read(example), Vec::<String>::new(), "{example}");
    }
}

#[test]
fn tells_what_is_measured() {
    let target = found("农村参合率达到95%。").remove(0);
    assert_eq!(target.indicator.as_deref(), Some("农村参合率"));
    let target = found("引进50名专业人才。").remove(0);
    assert_eq!(target.subject.as_deref(), Some("专业人才"));
}

/// Targets of a document with a title and sections, as quote, deadline and reason.
fn of_document(title: &str, sections: &[(&str, &str)]) -> Vec<String> {
    let mut text = format!("{title}\n");
    let body = text.len();
    let mut outline = Vec::new();
    for (id, (heading, content)) in (1..).zip(sections) {
        let start = text.len();
        text.extend([heading, "\n", content, "\n"]);
        let span = Span::new(start, text.len());
        outline.push(crate::model::Section {
            id,
            parent: None,
            level: 1,
            marker: String::new(),
            number: None,
            heading: (*heading).to_owned(),
            component: None,
            text: (*content).to_owned(),
            span,
            heading_span: Span::new(start, start + heading.len()),
            whole: span,
            merged: false,
        });
    }
    let span = Span::new(0, text.len());
    let context = Context {
        text: &text,
        span,
        body: Span::new(body, text.len()),
        sections: &outline,
        lexicon: Lexicon::builtin(),
        issued: None,
        year: Some(2010),
    };
    let show = |target: Target| {
        let deadline = target.deadline.map_or_else(|| "-".into(), |moment| moment.date.to_string());
        format!("{}|{deadline}|{}", target.quote, target.reason.unwrap_or_default())
    };
    extract(&context, None).0.into_iter().map(show).collect()
}

#[test]
fn takes_what_title_and_headings_say() {
    let cases: &[(&str, &[(&str, &str)], &[&str])] = &[
        (
            "某局2010年工作要点",
            &[("主要措施", "建成公园3个。每年新增绿地200亩。")],
            &["建成公园3个|2010-12-31|", "每年新增绿地200亩|-|"],
        ),
        (
            "某院2010年活动方案",
            &[("主要措施", "平均住院日控制在9天以内，应在2天内反馈。")],
            &["平均住院日控制在9天以内|2010-12-31|", "应在2天内反馈|-|"],
        ),
        ("某局2010—2012年规划方案", &[("主要措施", "建成公园3个。")], &["建成公园3个|-|"]),
        (
            "某局活动方案",
            &[("第一阶段 学习（3月5日至4月10日）", "集中学习不少于20学时。")],
            &["集中学习不少于20学时|2010-04-10|"],
        ),
        ("某局活动方案", &[("活动时间（3月至10月）", "集中学习不少于20学时。")], &["集中学习不少于20学时|-|"]),
        (
            "某局2010年工作总结",
            &[("主要做法", "建成公园3个，办件时间由9天缩短到5天。"), ("2011年打算", "全年建成公园5个。")],
            &["建成公园3个|-|achieved", "办件时间由9天缩短到5天|-|achieved", "全年建成公园5个|2011-12-31|"],
        ),
        (
            "水厂建设情况汇报",
            &[("开展情况", "完成投资3000万元，占年度计划的八成。"), ("下一步打算", "建成水厂3座。")],
            &["完成投资3000万元|-|achieved", "建成水厂3座|-|"],
        ),
        ("关于报送2010年工作总结的通知", &[("要求", "确保报送率达到90%。")], &["确保报送率达到90%|-|"]),
        ("某局活动方案", &[("工作目标", "火灾起数同比下降5%。")], &["火灾起数同比下降5%|-|"]),
    ];
    for (title, sections, expected) in cases {
        assert_eq!(of_document(title, sections), *expected, "{title} {sections:?}");
    }
}

proptest! {
    #[test]
    fn quotes_are_short_and_where_they_say(text in "[0-9一二三百分之%个名家万元次不少于达到以上建成目标是2010年底前，。、；——.\n]{0,80}") {
        for target in found(&text) {
            prop_assert!(target.quote.chars().count() <= QUOTE);
            prop_assert_eq!(target.span.of(&text), target.quote.as_str());
        }
    }
}
