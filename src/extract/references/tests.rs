use super::*;
use crate::lexicon::Lexicon;
use pretty_assertions::assert_eq;
use proptest::prelude::*;

fn read(text: &str) -> Vec<String> {
    let span = Span::new(0, text.len());
    let context =
        Context { text, span, body: span, sections: &[], lexicon: Lexicon::builtin(), issued: None, year: None };
    let (found, _) = extract(&context);
    found
        .into_iter()
        .map(|r| {
            format!("{}|{}|{}", r.title.unwrap_or_default(), r.doc_number.unwrap_or_default(), r.relation.as_str())
        })
        .collect()
}

#[test]
fn names_each_document_once() {
    let cases: &[(&str, &[&str])] = &[
        (
            "根据《关于加强农技推广工作的意见》(鲁农发[2009]7号)精神，制定本方案。",
            &["关于加强农技推广工作的意见|鲁农发〔2009〕7号|basis"],
        ),
        ("按照省厅青卫发〔2012〕8号《关于规范诊疗的通知》要求", &["关于规范诊疗的通知|青卫发〔2012〕8号|basis"]),
        ("根据青卫发【2012】8号文件精神", &["|青卫发〔2012〕8号|basis"]),
        ("认真学习《公民读本一百问》等书目。", &["公民读本一百问||cites"]),
        (
            "依据《中华人民共和国水法》、《防洪条例》和省《河道管理办法》，结合实际",
            &["中华人民共和国水法||basis", "防洪条例||basis", "河道管理办法||basis"],
        ),
        ("为贯彻《某省办公厅关于印发〈节水行动方案〉的通知》，", &["某省办公厅关于印发〈节水行动方案〉的通知||basis"]),
        ("贯彻《节水行动方案》精神，现就有关事项通知如下", &["节水行动方案||basis"]),
        ("各单位要严格执行《节水办法》，做好记录", &["节水办法||cites"]),
        ("各镇要参照本方案制定《青县节水方案》，于5月底前上报", &["青县节水方案||cites"]),
        ("以《节水导则》为依据，加快建设", &["节水导则||basis"]),
        ("根据〈节水条例〉制定", &["节水条例||basis"]),
        ("按照<<关于节水的通知>>要求", &["关于节水的通知||basis"]),
        ("按照《中共平县县委 平县人民政府关于 节水的意见》", &["中共平县县委 平县人民政府关于节水的意见||basis"]),
        ("在《人民日报》《法治日报》开设专栏，宣传《水法》", &["水法||cites"]),
        ("现将市局《关于节水的通知》转发给你们，并提出以下要求", &["关于节水的通知||forwards"]),
        (
            "根据《关于节水的意见》（青政〔2018〕1号）。对青政〔2018〕1号文件规定的事项",
            &["关于节水的意见|青政〔2018〕1号|basis"],
        ),
        (
            "学习《中共平县县委关于印发《读书活动实施方案》的通知》。",
            &["中共平县县委关于印发《读书活动实施方案》的通知||cites"],
        ),
        ("执行《领导人员选拔条例》。要按《条例》办事，《条例》规定的程序不能少。", &["领导人员选拔条例||cites"]),
        (
            "《关于水价改革的决定》（国发〔2004〕20号，以下简称《改革决定》）已下发，按照《改革决定》办理。",
            &["关于水价改革的决定|国发〔2004〕20号|basis"],
        ),
        ("落实《院务工作细则(试行)》，各科对照《细则》检查。", &["院务工作细则(试行)||cites"]),
        (
            "收费按《关于收费的函》（苏价费函〔2002〕9号、苏财综〔2002〕1号）执行",
            &["关于收费的函|苏价费函〔2002〕9号、苏财综〔2002〕1号|cites"],
        ),
        ("违反《水法》的依法处理，《水法》另有规定的除外。", &["水法||cites"]),
        ("根据国务院令第412号的规定", &["|国务院令第412号|basis"]),
        ("现将省厅《关于春耕的通知》(青农发〔2010〕3号)转发给你们", &["关于春耕的通知|青农发〔2010〕3号|forwards"]),
        ("签订《廉洁承诺合同》。", &["廉洁承诺合同||cites"]),
        ("2007年颁布的《热线管理办法》（青政办〔2007〕113号）同时废止", &["热线管理办法|青政办〔2007〕113号|cites"]),
        (
            "下发《院务工作细则(试行助和《院长工作细则(试行批两个文件",
            &["院务工作细则(试行)||cites", "院长工作细则(试行)||cites"],
        ),
        ("落实《关于节约用水的意见尼明确分工", &["关于节约用水的意见||cites"]),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), *expected, "{text}");
    }
}

#[test]
fn leaves_out_what_is_no_other_document() {
    for text in [
        "现将《全县春季植树活动实施方案》印发给你们，请遵照执行。",
        "《城区绿化办法》已经县政府常务会议审议通过，现予印发。",
        "关于印发《城区绿化办法》的通知",
        "按照《方案》要求抓好落实。",
        "制定《实施方案》并上报。",
        "在《卫生视野》上开辟专栏",
        "开设专栏《先锋风采》，",
        "市电视台《健康之路》播出",
        "《健康生活》栏目每周播出",
        "订阅《人民日报》",
        "填写《整改情况登记表》",
        "编发《活动简报》10期",
        "青卫发〔2012〕8号\n各单位：",
        "根据xx党发[2010]xx号文件",
        "《××县实施意见》",
        "未闭合的《标题没有结束。下一句》",
        "办好《健康生活》和《民生热线》栏目",
        "设《基础知识》、《综合能力》两个科目",
        "通过在《卫生视野》、局机关网站开辟专栏，",
        "普通句子没有书名号。",
        "合格率>98%,投诉率<2%,按规定>其他",
        "附件：1.《检查评分办法》\n2.《联系方案》",
        "合唱《春天的故事》、《走进新时代》，",
        "现将市局《关于节水的通知》转发给你们。\n关于节水的通知\n一、总则",
        "送达《责令改正通知书》",
        "根据〔2012〕8号文件要求",
        "按附件1《评分细则》执行",
        "对照《考核细则》（见附件2）打分",
        "《中国教育报》、《学习园地》等刊物",
        "报考人员可免试《基础知识》科目",
    ] {
        assert_eq!(read(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn every_row_excludes_its_example() {
    for example in Lexicon::builtin().cells("reference_exclusions", "example") {
        assert_eq!(read(example), Vec::<String>::new(), "{example}");
    }
}

#[test]
fn the_own_title_is_no_reference() {
    let text = "全县春季植树活动实施方案\n根据《全县春季植树活动实施方案》部署";
    let at = text.find("根据").unwrap();
    let span = Span::new(0, text.len());
    let body = Span::new(at, text.len());
    let context = Context { text, span, body, sections: &[], lexicon: Lexicon::builtin(), issued: None, year: None };
    assert_eq!(extract(&context).0, []);
}

#[test]
fn the_document_that_is_carried_out_is_one() {
    let text = "青县节水三十条措施实施方案\n为贯彻《青县节水三十条措施》，制定本方案";
    let at = text.find("为贯彻").unwrap();
    let (span, body) = (Span::new(0, text.len()), Span::new(at, text.len()));
    let context = Context { text, span, body, sections: &[], lexicon: Lexicon::builtin(), issued: None, year: None };
    assert_eq!(extract(&context).0.len(), 1);
}

proptest! {
    #[test]
    fn spans_fit(text in "[《》〈〉根据印发现将、，。方案条例意见(（青卫发〔2012〕8号)）\n以下简称]{0,60}") {
        let span = Span::new(0, text.len());
        let context = Context { text: &text, span, body: span, sections: &[], lexicon: Lexicon::builtin(), issued: None, year: None };
        for reference in extract(&context).0 {
            prop_assert!(!reference.span.of(&text).is_empty());
        }
    }
}
