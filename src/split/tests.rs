//! What is one document and what is several, what belongs to the page, and where a document breaks off.

use super::{Divided, split};
use crate::clean::clean;
use crate::lexicon::Lexicon;
use crate::model::Cleaned;
use crate::pipeline::Options;

fn divided(source: &str) -> (Cleaned, Divided) {
    let lexicon = Lexicon::builtin();
    let (cleaned, _) = clean(source, lexicon, &Options::default());
    let divided = split(&cleaned, lexicon).0;
    (cleaned, divided)
}

/// The first line of each document.
fn documents(source: &str) -> Vec<String> {
    let (cleaned, divided) = divided(source);
    let first = |span: crate::span::Span| span.of(&cleaned.text).lines().next().unwrap_or("").trim().to_owned();
    divided.documents.iter().map(|document| first(document.span)).collect()
}

const BODY: &str = "为改善农村饮水条件，根据省里的部署，结合我县实际，制定本方案。
一、工作目标
年内解决三万人的饮水困难，新建供水站十二处，水质合格率达到95%。
二、工作措施
各乡镇要落实专人负责，建立台账，按月上报进度，逾期未报的予以通报。
三、组织领导
成立领导小组，由分管副县长任组长，办公室设在县水务局，负责日常工作。
";

#[test]
fn one_document_stays_one() {
    for source in [
        format!("临水县饮水工程实施方案\n{BODY}临水县水务局\n2012年3月5日\n"),
        // A notice with the plan that it forwards.
        format!(
            "关于印发《临水县饮水工程实施方案》的通知\n各乡镇人民政府：\n现将《临水县饮水工程实施方案》印发给你们，请认真贯彻执行。\n临水县人民政府\n2012年3月5日\n临水县饮水工程实施方案\n{BODY}"
        ),
        // Annexes, with rules between.
        format!(
            "临水县饮水工程实施方案\n{BODY}附件：1.领导小组名单\n2.饮水工程考核办法\n临水县水务局\n2012年3月5日\n----------\n附件2\n饮水工程考核办法\n一、考核对象\n各乡镇人民政府。\n二、考核方式\n年底逐项打分，得分通报全县。\n"
        ),
        // A speech that names documents.
        format!(
            "在全县饮水工程动员会上的讲话\n同志们：\n{}\n一是学习好《临水县饮水工程实施方案》。二是落实好《关于加强农村供水管理的意见》。\n一、认清形势\n形势逼人。\n二、抓好落实\n狠抓落实。\n",
            "今天会议的任务是动员部署。".repeat(20)
        ),
        // 听取意见 is no kind of document.
        format!(
            "临水县饮水工程实施方案\n{BODY}四、方法步骤\n第一环节：学习教育、听取意见（2月至4月）\n1.集中学习。读原著。\n2.座谈走访、征求意见\n逐户走访。\n"
        ),
        // Headings of a plan that end like titles.
        format!("临水县饮水工程实施方案\n{BODY}四、工程建设方案\n按图施工。\n五、资金筹措方案\n多方筹措。\n"),
    ] {
        assert_eq!(documents(&source).len(), 1, "{source}\n{:?}", documents(&source));
    }
}

#[test]
fn several_documents_are_told_apart() {
    let plan = |name: &str| format!("{name}\n{BODY}");
    let cases = [
        // Nothing between them.
        (
            plan("临水县饮水工程实施方案") + &plan("青山县改厕工作实施方案"),
            vec!["临水县饮水工程实施方案", "青山县改厕工作实施方案"],
        ),
        // The title runs into the last sentence.
        (
            plan("临水县饮水工程实施方案").trim_end().to_owned() + &plan("青山县改厕工作实施方案"),
            vec!["临水县饮水工程实施方案", "青山县改厕工作实施方案"],
        ),
        // A signature in front of a title of two lines.
        (
            plan("临水县饮水工程实施方案")
                + "临水县水务局\n2012年3月5日青山县卫生局\n关于做好农村改厕工作的实施意见\n"
                + BODY,
            vec!["临水县饮水工程实施方案", "青山县卫生局"],
        ),
        // No title: addressees.
        (
            plan("临水县饮水工程实施方案") + "各乡镇人民政府，县直各部门：\n" + BODY,
            vec!["临水县饮水工程实施方案", "各乡镇人民政府，县直各部门："],
        ),
        // Numbers and articles of a collection.
        (
            format!("{}\n2\n{}", plan("临水县饮水工程实施方案"), plan("青山县改厕工作实施方案")),
            vec!["临水县饮水工程实施方案", "青山县改厕工作实施方案"],
        ),
        (
            format!(
                "第一篇：饮水方案\n{}第二篇：改厕方案\n{}",
                plan("临水县饮水工程实施方案"),
                plan("青山县改厕工作实施方案")
            ),
            vec!["临水县饮水工程实施方案", "青山县改厕工作实施方案"],
        ),
    ];
    for (source, expected) in cases {
        assert_eq!(documents(&source), expected, "{source}");
    }
}

#[test]
fn what_the_site_prints_is_named() {
    let source = format!(
        "首页 > 公文 > 方案\n发布时间：2012-03-05 来源：某某网 浏览次数：12\n临水县饮水工程实施方案\n{BODY}责任编辑：小李\n上一篇：没有了\n下一篇：工作总结\n版权所有 某某网\n"
    );
    let (cleaned, divided) = divided(&source);
    let names: Vec<&str> = divided.boilerplate.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["navigation", "metadata", "credits", "navigation", "navigation", "copyright"]);
    let text = divided.documents[0].span.of(&cleaned.text);
    assert!(text.starts_with("临水县") && text.trim_end().ends_with("负责日常工作。"), "{text}");
    assert!(divided.unparsed.is_empty() && (divided.coverage - 1.0).abs() < f64::EPSILON);
}

#[test]
fn documents_that_break_off_are_known() {
    for (source, truncated) in [
        (format!("临水县饮水工程实施方案\n{BODY}"), false),
        (
            format!(
                "临水县饮水工程实施方案\n{BODY}四、监督检查\n县水务局要定期检查各乡镇的工程进度和水质，对发现的问题要及"
            ),
            true,
        ),
        (format!("，抓好水源保护，落实管护责任。\n{BODY}"), true),
        (format!("临水县饮水工程实施方案\n{BODY}临水县水务局"), false),
    ] {
        let (_, divided) = divided(&source);
        assert_eq!(divided.documents.last().map(|document| document.truncated), Some(truncated), "{source}");
    }
}
