//! The whole stage: what stays, what changes, and what always holds.

use super::clean;
use crate::lexicon::Lexicon;
use crate::model::{Cleaned, RepairKind, Script};
use crate::pipeline::Options;
use crate::span::Span;
use pretty_assertions::assert_eq;
use proptest::prelude::*;

fn run(text: &str) -> Cleaned {
    clean(text, Lexicon::builtin(), &Options::default()).0
}

/// Ordinary texts with something in them that a careless rule would repair.
const UNTOUCHED: &[&str] = &[
    "",
    "关于印发全县农村饮水安全工程实施方案的通知",
    "临水发〔2012〕15号",
    "临水政办字[2010]3号",
    "各乡镇人民政府，县政府各部门、各直属机构：",
    "\u{3000}\u{3000}一、指导思想。坚持以人为本，着力解决饮水困难。",
    "（一）加强领导。成立领导小组（名单附后）。",
    "1．制定方案；2．组织实施；3．检查验收。",
    "1.1 编制目的\n1.2 编制依据",
    "第一条 为了规范管理，制定本办法。",
    "第一章 总则\n第一条 本办法适用于全县。",
    "附件1 任务分解表",
    "专栏3 个人信息保护",
    "表2 年度目标任务",
    "二〇一二年三月五日",
    "2012年3月5日",
    "联系人：张三 电话：0311-12345678",
    "联 系 人：李四",
    "姓  名    职  务",
    "国 家 粮 食 应 急 预 案",
    "中共中央 国务院关于做好工作的意见",
    "组长：张三\n副组长：李四 王五\n成员：赵六 钱七 孙八",
    "著名专家的著作，成效显著，土著居民",
    "乾安县、乾县、乾坤湾",
    "於立明同志任组长",
    "瞭望台、征求意见、特征",
    "疾控中心(CDC)、互联网（Internet）、手机应用(app)",
    "长度（km）、面积(ha)、重量（t）",
    "甲类（a）乙类（b）丙类（c）",
    "安(an)装、方(fang)案",
    "A股、B超、C类、D级、E区、T恤、X光、K歌、卡拉OK",
    "AA级景区、O型血、I期工程、II级响应",
    "覆盖率达95%，培训90人，参加率达80%以上",
    "受教育面达900人",
    "增长2.5个百分点，下降0.3%",
    "9:00～11:00 开会",
    "你是谁？为什么?怎么办?",
    "入党为什么?在岗干什么?",
    "http://www.example.gov.cn/a.html?id=1&p=2",
    "登录www.example.cn查询，邮箱a@example.cn",
    "（）年（）月（）日",
    "是（）否（）",
    "()步骤",
    "热烈欢迎您到我县投资",
    "资讯平台、支援灾区、专案组、程序、档案、核心、质量",
    "R&D投入占比达到2%",
    "温度25±1℃，3×4，≥90分",
    "“两学一做”学习教育——常态化…",
    "硚口镇、鄠邑区、张喆、李堃",
    "一、提高认识\n各乡镇要高度重视。\n二、加强领导\n成立领导小组。",
    "关于开展全县农村人居环境整治的\n实施意见",
    "临水县水务局\n2012年3月5日",
    "任务|单位|时限\n清淤|水务局|6月\n",
    "全文完\n\n\n主题词：水利  方案  通知",
    "English text only, with (brackets) and 2012 - nothing to do.",
    "これは日本語の文章です。国会図書館の資料を参照してください。",
    "제1조 목적",
    "林木管护、土木工程、根木",
    "十一、其他\n十二、附则",
    "〇、○、●、□、√",
];

#[test]
fn ordinary_texts_come_out_as_they_are() {
    for text in UNTOUCHED {
        let cleaned = run(text);
        assert_eq!(cleaned.text, *text);
        assert_eq!(cleaned.repairs, vec![], "{text}");
        assert!(cleaned.map.is_identity() && cleaned.noise.is_empty(), "{text}");
    }
    // One after the other they make a text of their own.
    let all = UNTOUCHED.iter().filter(|text| !text.contains('の')).copied().collect::<Vec<_>>().join("\n\n");
    assert_eq!(run(&all).text, all);
}

#[test]
fn repairs_carry_what_the_source_has() {
    let source = "衛(wèi)生局關於國（guó）家標準的辦(bàn)法\r\n著力推進。\u{feff}";
    let cleaned = run(source);
    assert_eq!(cleaned.text, "卫生局关于国家标准的办法\n着力推进。");
    assert_eq!(cleaned.script, Some(Script::Hant));
    assert_eq!(cleaned.noise, vec!["pinyin", "traditional"]);
    for repair in &cleaned.repairs {
        assert!(source.get(repair.span.range()).is_some());
    }
    let rows: Vec<(RepairKind, &str, &str)> =
        cleaned.repairs.iter().take(3).map(|r| (r.kind, r.before(source), r.after.as_str())).collect();
    assert_eq!(
        rows,
        vec![
            (RepairKind::Script, "衛", "卫"),
            (RepairKind::Pinyin, "(wèi)", ""),
            (RepairKind::Script, "關於國", "关于国"),
        ]
    );
    let at = cleaned.text.find("标准").unwrap();
    assert_eq!(cleaned.map.to_source(Span::new(at, at + "标准".len())).of(source), "標準");
}

#[test]
fn kinds_can_be_switched_off() {
    let source = "衛(wèi)生２０１２年";
    for (kinds, after) in [
        (vec![], source),
        (vec![RepairKind::Pinyin], "衛生２０１２年"),
        (vec![RepairKind::Script], "卫(wèi)生２０１２年"),
        (vec![RepairKind::Width, RepairKind::Script], "卫(wèi)生2012年"),
    ] {
        let options = Options { repairs: Some(kinds) };
        assert_eq!(clean(source, Lexicon::builtin(), &options).0.text, after);
    }
}

#[test]
fn noise_is_named_only_where_it_is_real() {
    for (text, noise) in [
        ("各鄉鎮要著力推進", vec!["traditional"]),
        ("国(guó)家的硚(qiáo)口镇卫(wèi)生院", vec!["pinyin"]),
        ("硚(qiáo)口镇", vec![]),
        ("第一个 90 周年、第二个 12 号、第三个 15 号", vec![]),
        ("示范岗l个，先进l0名，标兵l个", vec!["ocr"]),
        ("縣委釋出通知，網路專案按期建成", vec!["taiwan_vocabulary", "traditional"]),
        ("水发?2009?2号", vec!["mojibake"]),
    ] {
        assert_eq!(run(text).noise, noise, "{text}");
    }
}

#[test]
fn long_and_odd_texts_take_linear_time() {
    for unit in
        ["衛(wèi)生", "?", "()", "（", "l个", "您", "鶎h", "& ", "中 文", "1 0%", "，\n的", "二O", "\u{e010}", "www.a"]
    {
        let text = unit.repeat(20_000);
        let cleaned = run(&text);
        assert!(cleaned.text.len() <= text.len() * 3);
    }
}

/// Pieces that the passes look for, and ordinary ones between them.
const PIECES: &[&str] = &[
    "衛",
    "生",
    "國",
    "家",
    "著",
    "乾",
    "部",
    "后",
    "的",
    "工作",
    "工 作",
    "黨員",
    "党员",
    "。",
    "，",
    ",",
    "、",
    "\n",
    "\r\n",
    " ",
    "\u{3000}",
    "(wèi)",
    "(guó)",
    "(wei)",
    "（",
    "）",
    "(",
    ")",
    "()",
    "（）",
    "?",
    "?2009?2号",
    "？",
    "２０",
    "Ａ",
    "．",
    "2010",
    " 年 ",
    "6",
    "月",
    "号",
    "%",
    " 4 0%",
    "率达90人",
    "l个",
    "l0名",
    "二OO九年",
    "二○一二年",
    "I",
    "D",
    "l",
    "&nbsp;",
    "&amp;",
    "&lt;",
    "&#9826;",
    "&",
    ";",
    "\u{feff}",
    "\u{200b}",
    "\u{ad}",
    "⻄",
    "鶎狱h",
    "鶎",
    "组织",
    "組織",
    "資訊",
    "型別",
    "排程",
    "專案",
    "社群",
    "您",
    "文’库欢,迎您",
    "范文库欢迎您采集",
    "www.abc.com",
    "å…³äºŽ",
    "¹ØÓÚ",
    "鍏充簬",
    "一、",
    "（一）",
    "各单位要按照",
    "根木上",
    "入民群众",
    "锟斤拷",
    "\u{fffd}",
    "\u{e010}",
    "の",
    "é",
    "'",
    "“",
    "”",
    "附件",
    "𠮷",
    "喆",
];

proptest! {
    #[test]
    fn cleaning_keeps_its_promises(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        let source = pieces.concat();
        let cleaned = run(&source);
        for repair in &cleaned.repairs {
            prop_assert!(source.get(repair.span.range()).is_some());
        }
        let mut before = 0;
        for (at, c) in cleaned.text.char_indices() {
            let from = cleaned.map.to_source(Span::new(at, at + c.len_utf8()));
            prop_assert!(source.get(from.range()).is_some(), "{at} maps to {from:?} of {source:?}");
            prop_assert!(from.start >= before, "the map is monotone");
            before = from.start;
        }
        let again = run(&cleaned.text);
        prop_assert_eq!(&again.text, &cleaned.text, "of {:?}", source);
        if cleaned.repairs.is_empty() && cleaned.map.is_identity() {
            prop_assert_eq!(cleaned.text, source);
        }
    }

    #[test]
    fn any_text_can_be_cleaned(source in "\\PC{0,80}") {
        let cleaned = run(&source);
        for repair in &cleaned.repairs {
            prop_assert!(source.get(repair.span.range()).is_some());
        }
    }
}
