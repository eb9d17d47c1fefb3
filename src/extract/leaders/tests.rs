use super::*;
use crate::lexicon::Lexicon;
use pretty_assertions::assert_eq;
use proptest::prelude::*;

fn found(text: &str) -> Vec<Leader> {
    let span = Span::new(0, text.len());
    extract(&Context { text, span, body: span, sections: &[], lexicon: Lexicon::builtin(), issued: None, year: None }).0
}

fn read(text: &str) -> Vec<String> {
    found(text)
        .into_iter()
        .map(|l| {
            format!("{}|{}|{}{}", l.body, l.role, l.name, l.post.map(|post| format!("|{post}")).unwrap_or_default())
        })
        .collect()
}

#[test]
fn reads_rosters_and_appointments() {
    let cases: &[(&str, &[&str])] = &[
        (
            "组长:王文华副组长:李大海成员:赵小川、钱立、孙梅",
            &[
                "领导小组|组长|王文华",
                "领导小组|副组长|李大海",
                "领导小组|成员|赵小川",
                "领导小组|成员|钱立",
                "领导小组|成员|孙梅",
            ],
        ),
        (
            "成立青山镇植树活动领导小组:\n组长:王文华\n副组长:李立民李峰谢大民\n",
            &[
                "青山镇植树活动领导小组|组长|王文华",
                "青山镇植树活动领导小组|副组长|李立民",
                "青山镇植树活动领导小组|副组长|李峰",
                "青山镇植树活动领导小组|副组长|谢大民",
            ],
        ),
        (
            "组　长：王　洪　　市委副书记\n副组长：欧阳文　　市卫生局党委书记、局长\n　　　　诸葛小明　市财政局局长\n",
            &[
                "领导小组|组长|王洪|市委副书记",
                "领导小组|副组长|欧阳文|市卫生局党委书记、局长",
                "领导小组|副组长|诸葛小明|市财政局局长",
            ],
        ),
        (
            "组长：王文华（区卫生局局长）\n副组长：李大海（区卫生局副局长）、赵小川（女）",
            &["领导小组|组长|王文华|区卫生局局长", "领导小组|副组长|李大海|区卫生局副局长", "领导小组|副组长|赵小川"],
        ),
        (
            "局成立学习活动领导小组,王文华同志任组长,李大海、赵小川等同志任副组长,钱立、孙梅等同志为成员。",
            &[
                "学习活动领导小组|组长|王文华",
                "学习活动领导小组|副组长|李大海",
                "学习活动领导小组|副组长|赵小川",
                "学习活动领导小组|成员|钱立",
                "学习活动领导小组|成员|孙梅",
            ],
        ),
        (
            "王文华任组长,下设办公室,主任由李大海副局长兼任,副主任由赵小川、钱立兼任。",
            &[
                "领导小组|组长|王文华",
                "领导小组办公室|主任|李大海|副局长",
                "领导小组办公室|副主任|赵小川",
                "领导小组办公室|副主任|钱立",
            ],
        ),
        (
            "组长王文华，副组长李大海、赵小川，成员单位为公安局、教育局",
            &["领导小组|组长|王文华", "领导小组|副组长|李大海", "领导小组|副组长|赵小川"],
        ),
        (
            "组长由县农委主任王文华担任，成员由李大海、赵小川组成。",
            &["领导小组|组长|王文华|县农委主任", "领导小组|成员|李大海", "领导小组|成员|赵小川"],
        ),
        ("成立由县委书记王文华任组长的领导小组。", &[]),
        (
            "由县委书记王文华任组长，县长李大海任副组长。",
            &["领导小组|组长|王文华|县委书记", "领导小组|副组长|李大海|县长"],
        ),
        (
            "总指挥：王文华\n副总指挥：李大海  赵小川\n",
            &["领导小组|总指挥|王文华", "领导小组|副总指挥|李大海", "领导小组|副总指挥|赵小川"],
        ),
        ("县防汛抗旱指挥部\n指挥长：王文华\n", &["县防汛抗旱指挥部|指挥长|王文华"]),
        ("组长:院长王文华", &["领导小组|组长|王文华|院长"]),
        ("组长:王文华院长 副组长:李大海副院长", &["领导小组|组长|王文华|院长", "领导小组|副组长|李大海|副院长"]),
        ("办公室主任：钱立（兼）", &["领导小组办公室|主任|钱立"]),
        ("成员：买买提·艾力、钱立", &["领导小组|成员|买买提·艾力", "领导小组|成员|钱立"]),
        ("组长:王文华三、主要内容", &["领导小组|组长|王文华"]),
        ("办公室设在医务科，由钱立同志负责日常工作。", &["领导小组办公室|负责日常工作|钱立"]),
        (
            "组　长　王文华\n副组长　李大海　赵小川\n",
            &["领导小组|组长|王文华", "领导小组|副组长|李大海", "领导小组|副组长|赵小川"],
        ),
        (
            "王文华（局长）任组长，李大海（副局长）、赵小川（工会主席）任副组长",
            &["领导小组|组长|王文华|局长", "领导小组|副组长|李大海|副局长", "领导小组|副组长|赵小川|工会主席"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), *expected, "{text}");
    }
}

#[test]
fn leaves_out_who_leads_nothing() {
    for text in [
        "组长：院长",
        "组长：分管副县长",
        "成员：人事科、财务科、医务科",
        "成员：水利局、林业局、文化局主要负责人",
        "成员：各科室负责人",
        "成员：高新区管委会、安监局",
        "联系人：王文华 电话：123456",
        "王文华副书记出席会议并讲话。",
        "以王文华院士为组长的专家组进行了调查",
        "由市政府相关领导任组长",
        "主要负责人任组长，分管负责人任副组长",
        "党支部书记任组长",
        "班子成员：要带头学习",
        "党小组长：负责召集会议",
        "要充分发挥成员的作用",
        "王文华\n2010年6月25日",
        "主任：负责全面工作",
        "组长负责制",
        "责任单位：王家村",
        "组长由院长兼任",
        "由党办负责日常工作",
        "任务：完成植树",
    ] {
        assert_eq!(read(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn parts_names_by_surnames() {
    let names = Names::new(Lexicon::builtin());
    for (text, expected) in [
        ("王文华李峰", Some(vec!["王文华", "李峰"])),
        ("欧阳文王大海", Some(vec!["欧阳文", "王大海"])),
        ("何先明彭大东李小玲", Some(vec!["何先明", "彭大东", "李小玲"])),
        ("王", None),
        ("各科室负责人", None),
        ("水利局", None),
    ] {
        assert_eq!(names.part(text), expected, "{text}");
    }
}

#[test]
fn every_row_recognises_its_example() {
    let lexicon = Lexicon::builtin();
    for (role, example) in lexicon.table("leader_roles").unwrap().pairs("key", "example") {
        let leaders = found(example);
        assert_eq!(leaders.len(), 1, "{example}");
        assert_eq!(leaders[0].role, role.trim_start_matches(OFFICE), "{example}");
    }
    let names = Names::new(lexicon);
    for example in lexicon.cells("surnames", "example") {
        assert!(names.is_name(example), "{example}");
    }
    for example in lexicon.cells("name_stopwords", "example") {
        assert!(!names.is_name(example), "{example}");
    }
}

#[test]
fn spans_hold_the_names() {
    let text = "组长:王文华 副组长:李大海赵小川";
    for leader in found(text) {
        assert_eq!(leader.span.of(text), leader.name);
    }
}

proptest! {
    #[test]
    fn spans_fit(text in "[组长副成员主任由兼任王李赵张文华大海、，。:：()（）　 \n领导小组办公室一二三]{0,60}") {
        for leader in found(&text) {
            prop_assert!(!leader.span.of(&text).is_empty());
            prop_assert!((2..=20).contains(&leader.name.chars().count()));
        }
    }
}
