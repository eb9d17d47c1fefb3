//! Whole documents.

use pretty_assertions::assert_eq;
use proptest::prelude::*;

use super::testing::{Document, archive, item, level, paragraph};
use super::{Limits, Reason, is_office, text};

fn lines(body: &str) -> Vec<String> {
    Document::new(body).lines()
}

/// A list with a definition of its own; levels as made by `level`.
fn definition(id: u32, levels: &str) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>")
}

fn list(id: u32, definition: u32, overrides: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{definition}\"/>{overrides}</w:num>")
}

/// The numbers of paragraphs `(list, level)`, separated by blanks.
fn numbers(numbering: &str, paragraphs: &[(u32, u32)]) -> String {
    let body = paragraphs.iter().map(|(list, level)| item(*list, *level, "")).collect::<String>();
    let document = Document { numbering: numbering.to_owned(), ..Document::new(body) };
    document.lines().join(" ")
}

#[test]
fn headings_have_the_numbers_of_their_list() {
    let levels = [
        level(0, "chineseCounting", "%1、", "<w:suff w:val=\"nothing\"/>"),
        level(1, "chineseCounting", "（%2）", "<w:suff w:val=\"nothing\"/>"),
        level(2, "decimal", "%3.", "<w:suff w:val=\"space\"/>"),
        level(3, "decimalEnclosedCircleChinese", "%4", ""),
    ];
    let numbering = definition(4, &levels.concat()) + &list(7, 4, "");
    let body = [
        paragraph("", "关于开展河道清理活动的实施方案"),
        item(7, 0, "总体要求"),
        item(7, 1, "指导思想"),
        item(7, 1, "基本原则"),
        paragraph("", "坚持属地管理。"),
        item(7, 0, "主要任务"),
        item(7, 1, "摸清底数"),
        item(7, 2, "登记造册"),
        item(7, 3, "逐户走访"),
        item(7, 3, "汇总上报"),
        item(7, 2, "核对"),
        item(0, 0, "没有编号"),
        item(7, 1, "集中整治"),
    ];
    let document = Document { numbering, ..Document::new(body.concat()) };
    assert_eq!(
        document.lines(),
        [
            "关于开展河道清理活动的实施方案",
            "一、总体要求",
            "（一）指导思想",
            "（二）基本原则",
            "坚持属地管理。",
            "二、主要任务",
            "（一）摸清底数",
            "1. 登记造册",
            "① 逐户走访",
            "② 汇总上报",
            "2. 核对",
            "没有编号",
            "（二）集中整治",
        ]
    );
}

#[test]
fn lists_count_as_word_counts() {
    let three = [level(0, "decimal", "%1", ""), level(1, "decimal", "%1.%2", ""), level(2, "decimal", "%1.%2.%3", "")];
    let three = three.concat();
    let start = |at: u32, number: u32| {
        format!("<w:lvlOverride w:ilvl=\"{at}\"><w:startOverride w:val=\"{number}\"/></w:lvlOverride>")
    };
    let cases: Vec<(String, Vec<(u32, u32)>, &str)> = vec![
        // A level begins anew after any above it.
        (
            definition(0, &three) + &list(1, 0, ""),
            vec![(1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)],
            "1 1.1 1.1.1 1.1.2 1.2 1.2.1 2 2.1.1",
        ),
        // Two lists of one definition are one count; an override sets it back once, for all of them.
        (definition(0, &three) + &list(1, 0, "") + &list(2, 0, ""), vec![(1, 0), (2, 0), (1, 0), (2, 1)], "1 2 3 3.1"),
        (
            definition(0, &three) + &list(1, 0, "") + &list(2, 0, &start(0, 5)),
            vec![(1, 0), (1, 0), (2, 0), (2, 0), (1, 0), (2, 0)],
            "1 2 5 6 7 8",
        ),
        (
            definition(0, &three) + &list(1, 0, "") + &list(2, 0, &(start(0, 1) + &start(1, 3))),
            vec![(1, 0), (1, 1), (2, 0), (2, 1), (2, 1), (2, 0), (2, 1)],
            "1 1.1 1 1.3 1.4 2 2.3",
        ),
        // Two definitions are two counts.
        (
            definition(0, &three) + &definition(1, &three) + &list(1, 0, "") + &list(2, 1, ""),
            vec![(1, 0), (2, 0), (1, 0), (2, 0)],
            "1 1 2 2",
        ),
        // A level without its parent: the parent counts as begun.
        (definition(0, &three) + &list(1, 0, ""), vec![(1, 1), (1, 1), (1, 0), (1, 1)], "1.1 1.2 2 2.1"),
        // Never begun anew; begun anew after the first level only.
        (
            definition(
                0,
                &(level(0, "decimal", "%1", "") + &level(1, "lowerLetter", "%2", "<w:lvlRestart w:val=\"0\"/>")),
            ) + &list(1, 0, ""),
            vec![(1, 0), (1, 1), (1, 0), (1, 1)],
            "1 a 2 b",
        ),
        (
            definition(
                0,
                &(level(0, "decimal", "%1", "")
                    + &level(1, "decimal", "%1.%2", "")
                    + &level(2, "lowerLetter", "%3", "<w:lvlRestart w:val=\"1\"/>")),
            ) + &list(1, 0, ""),
            vec![(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)],
            "1 1.1 a 1.2 b 2 a",
        ),
        // Levels in the formats of their own, and all in decimals.
        (
            definition(
                0,
                &(level(0, "chineseCounting", "第%1章", "")
                    + &level(1, "decimal", "%1.%2", "")
                    + &level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
                    + &level(3, "upperRoman", "%4", "<w:isLgl w:val=\"0\"/>")),
            ) + &list(1, 0, ""),
            vec![(1, 0), (1, 0), (1, 1), (1, 2), (1, 3)],
            "第一章 第二章 二.1 2.1.1 I",
        ),
        // A level that takes the place of the definition's; one that starts elsewhere.
        (
            definition(0, &three)
                + &list(
                    1,
                    0,
                    &format!(
                        "<w:lvlOverride w:ilvl=\"0\">{}</w:lvlOverride>",
                        level(0, "ideographTraditional", "%1、", "")
                    ),
                ),
            vec![(1, 0), (1, 0), (1, 1)],
            "甲、 乙、 乙.1",
        ),
        (
            definition(
                0,
                "<w:lvl w:ilvl=\"0\"><w:start w:val=\"4\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1)\"/></w:lvl>",
            ) + &list(1, 0, ""),
            vec![(1, 0), (1, 0)],
            "4) 5)",
        ),
        // Signs, nothing, a level below in the text, hidden numbers.
        (
            definition(
                0,
                &(level(0, "bullet", "\u{f0b7}", "<w:rPr><w:rFonts w:ascii=\"Symbol\"/></w:rPr>")
                    + &level(1, "bullet", "\u{f001}", "<w:rPr><w:rFonts w:ascii=\"Webdings\"/></w:rPr>")
                    + &level(2, "none", "注", "")
                    + &level(3, "decimal", "%4.%5", "")),
            ) + &list(1, 0, ""),
            vec![(1, 0), (1, 1), (1, 2), (1, 3)],
            "• • 注 1.",
        ),
        (
            definition(0, &level(0, "decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>")) + &list(1, 0, ""),
            vec![(1, 0), (1, 0)],
            " ",
        ),
    ];
    for (numbering, paragraphs, expected) in cases {
        assert_eq!(numbers(&numbering, &paragraphs), expected, "{numbering}");
    }
}

#[test]
fn styles_bring_their_lists() {
    let style = |name: &str, based: &str, list: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{name}\"><w:basedOn w:val=\"{based}\"/><w:pPr><w:numPr>{list}</w:numPr></w:pPr></w:style>"
        )
    };
    let styles = style("H1", "", "<w:numId w:val=\"1\"/>")
        + &style("H2", "H1", "<w:ilvl w:val=\"5\"/>")
        + &style("Plain", "H1", "<w:numId w:val=\"0\"/>")
        + &style("Child", "H1", "")
        + "<w:style w:type=\"numbering\" w:styleId=\"L\"><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style>";
    let numbering = definition(
        0,
        &(level(0, "chineseCounting", "%1、", "<w:pStyle w:val=\"H1\"/>")
            + &level(1, "chineseCounting", "（%2）", "<w:pStyle w:val=\"H2\"/>")),
    ) + "<w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>"
        + "<w:abstractNum w:abstractNumId=\"2\"><w:styleLink w:val=\"L\"/>"
        + &level(0, "lowerLetter", "%1)", "")
        + "</w:abstractNum>"
        + &list(1, 0, "")
        + &list(2, 1, "")
        + &list(3, 2, "");
    let styled = |name: &str, more: &str| paragraph(&format!("<w:pStyle w:val=\"{name}\"/>{more}"), "甲");
    let body = [
        styled("H1", ""),
        styled("H2", ""),
        styled("H2", ""),
        styled("Plain", ""),
        styled("Child", ""),
        // The paragraph's own word goes before its style's.
        styled("H1", "<w:numPr><w:numId w:val=\"0\"/></w:numPr>"),
        styled("H1", "<w:numPr><w:ilvl w:val=\"1\"/></w:numPr>"),
        styled("Plain", "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr>"),
        styled("unknown", ""),
    ];
    let document = Document { styles, numbering, ..Document::new(body.concat()) };
    let expected = ["一、 甲", "（一） 甲", "（二） 甲", "甲", "二、 甲", "甲", "（一） 甲", "a) 甲", "甲"];
    assert_eq!(document.lines(), expected);
}

#[test]
fn text_is_what_a_reader_sees() {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let (begin, separate, end) = (field("begin"), field("separate"), field("end"));
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let instruction = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let cases: Vec<(String, &str)> = vec![
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>".into(), "甲\t乙\n丙"),
        ("<w:r><w:t>3</w:t><w:noBreakHyphen/><w:t>4</w:t><w:softHyphen/><w:t>月</w:t><w:ptab/></w:r>".into(), "3-4月\t"),
        ("<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t>是</w:t></w:r>".into(), "☑是"),
        ("<w:r><w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr><w:t>\u{f06c}</w:t></w:r>".into(), "●"),
        // Blanks at the ends are layout unless they are kept; a line's end is a blank.
        ("<w:r><w:t> 甲 </w:t><w:t xml:space=\"preserve\"> 乙\n丙 </w:t></w:r>".into(), "甲 乙 丙 "),
        ("<w:r><w:t>&lt;&#x4E00;&amp;</w:t></w:r>".into(), "<一&"),
        // Changes.
        (
            format!(
                "<w:ins>{}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r>{}</w:del>{}",
                run("新"),
                run("旧"),
                run("文")
            ),
            "新文",
        ),
        (format!("<w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo>", run("去"), run("来")), "来"),
        (format!("<w:ins><w:del>{}</w:del>{}</w:ins>", run("旧"), run("新")), "新"),
        // Fields.
        (format!("<w:fldSimple w:instr=\"PAGE\">{}</w:fldSimple>", run("3")), "3"),
        (format!("{}{begin}{}{separate}{}{end}{}", run("前"), instruction("DATE"), run("今天"), run("后")), "前今天后"),
        (format!("{begin}{}{end}后", instruction("XE \"词\"")), ""),
        (
            format!(
                "{begin}{}{begin}{}{separate}{}{end}{}{separate}{}{end}{}",
                instruction("IF "),
                instruction("A"),
                run("内"),
                instruction(" = 1"),
                run("外"),
                run("后")
            ),
            "外后",
        ),
        (format!("{begin}{}{end}{}", instruction("eq \\o\\ac(○,3)"), run("登记")), "③登记"),
        // Hidden text.
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:t>文</w:t></w:r>".into(), "文"),
        ("<w:r><w:rPr><w:vanish w:val=\"false\"/></w:rPr><w:t>文</w:t></w:r>".into(), "文"),
        // What holds text.
        (
            format!(
                "<w:hyperlink>{}</w:hyperlink><w:smartTag><w:smartTagPr/>{}</w:smartTag><w:customXml>{}</w:customXml>",
                run("链"),
                run("标"),
                run("签")
            ),
            "链标签",
        ),
        (format!("<w:sdt><w:sdtPr><w:t>非</w:t></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", run("控件")), "控件"),
        (
            format!("<w:r><w:ruby><w:rubyPr/><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>", run("jié"), run("节")),
            "节",
        ),
        (format!("<new:box>{}</new:box>", run("未知")), "未知"),
        (format!("<w:commentRangeStart/>{}<w:r><w:commentReference/><w:annotationRef/></w:r>", run("文")), "文"),
        ("<w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs><w:pPrChange><w:pPr><w:numPr><w:numId w:val=\"9\"/></w:numPr></w:pPr></w:pPrChange></w:pPr>".into(), ""),
        // Formulas.
        (
            "<m:oMath><m:f><m:fPr/><m:num><m:r><m:t>完成数</m:t></m:r></m:num><m:den><m:r><m:rPr/><m:t>总数</m:t></m:r></m:den></m:f><m:r><m:t>×100%</m:t></m:r></m:oMath>".into(),
            "完成数/总数×100%",
        ),
        (
            "<m:oMath><m:d><m:dPr><m:begChr m:val=\"[\"/><m:endChr m:val=\"]\"/></m:dPr><m:e><m:r><m:t>a</m:t></m:r></m:e></m:d><m:d><m:e><m:sSub><m:e><m:r><m:t>b</m:t></m:r></m:e><m:sub><m:r><m:t>1</m:t></m:r></m:sub></m:sSub></m:e><m:e><m:r><m:t>c</m:t></m:r></m:e></m:d><m:nary><m:naryPr><m:chr m:val=\"∑\"/></m:naryPr><m:e><m:r><m:t>x</m:t></m:r></m:e></m:nary></m:oMath>".into(),
            "[a](b1|c)∑x",
        ),
    ];
    for (content, expected) in cases {
        let document = Document::new(format!("<w:p>{content}</w:p>"));
        assert_eq!(document.read().text, format!("{expected}\n"), "{content}");
    }
}

#[test]
fn paragraphs_end_where_a_reader_sees_them_end() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let marked = |mark: &str, text: &str| format!("<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{}</w:p>", run(text));
    let cases: Vec<(String, &[&str])> = vec![
        (marked("<w:del/>", "甲") + &marked("", "乙"), &["甲乙"]),
        (marked("<w:moveFrom/>", "甲") + &marked("<w:ins/>", "乙"), &["甲乙"]),
        (marked("<w:vanish/><w:specVanish/>", "甲") + &marked("", "乙"), &["甲乙"]),
        (marked("<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>", "甲") + &marked("", "乙"), &["甲", "乙"]),
        // A field without an end loses nothing.
        (
            format!(
                "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>X</w:instrText></w:r>{}</w:p><w:p>{}</w:p>",
                run("甲"),
                run("乙")
            ),
            &["甲", "乙"],
        ),
        // A table of contents is one field over several paragraphs.
        (
            format!(
                "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>TOC</w:instrText><w:fldChar w:fldCharType=\"separate\"/></w:r>{}</w:p><w:p>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>",
                run("甲"),
                run("乙")
            ),
            &["甲", "乙"],
        ),
        (format!("<w:p/>{}<w:p/>", marked("", "甲")), &["", "甲", ""]),
    ];
    for (body, expected) in cases {
        let read = Document::new(body.clone()).read();
        assert_eq!(read.text.lines().collect::<Vec<_>>(), expected, "{body}");
    }
}

#[test]
fn text_boxes_come_once_after_their_paragraph() {
    let inner = "<w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p><w:p/></w:txbxContent>";
    let drawing = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    );
    let newer = drawing.replace("Requires=\"wps\"", "Requires=\"new\"");
    let older = format!("<w:r><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></w:r>");
    for content in [drawing, newer, older] {
        let body = format!("<w:p><w:r><w:t>前</w:t></w:r>{content}<w:r><w:t>后</w:t></w:r></w:p><w:p/>");
        assert_eq!(lines(&body), ["前后", "框", ""], "{content}");
    }
    let letters = "<w:p><w:r><w:pict><v:shape><v:textpath string=\"某某市人民政府\"/></v:shape></w:pict></w:r></w:p>";
    assert_eq!(lines(letters), ["", "某某市人民政府"]);
    // The paragraph counts before those in its box.
    let numbering = definition(0, &level(0, "decimal", "%1.", "")) + &list(1, 0, "");
    let numbered = "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>";
    let body = format!(
        "<w:p>{numbered}<w:r><w:t>甲</w:t><w:pict><w:txbxContent><w:p>{numbered}<w:r><w:t>乙</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    );
    assert_eq!(Document { numbering, ..Document::new(body) }.lines(), ["1. 甲", "2. 乙"]);
}

#[test]
fn tables_are_read_row_by_row() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph("", text));
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let body = format!(
        "<w:tbl><w:tblPr/><w:tblGrid/>{}{}{}{}<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr></w:tbl><w:p/>",
        row(&[cell("", "阶段"), cell("", "时间"), cell("", "任务")]),
        row(&[cell("<w:vMerge w:val=\"restart\"/>", "宣传"), cell("", "3月"), cell("", "张贴")]),
        row(&[cell("<w:vMerge/>", ""), cell("<w:gridSpan w:val=\"2\"/>", "4月")]),
        row(&[cell("", "备注"), cell("", ""), cell("", "无")]),
        cell("", "删去"),
    );
    assert_eq!(lines(&body), ["阶段\t时间\t任务", "宣传\t3月\t张贴", "\t4月", "备注\t\t无", ""]);
    let nested = format!("<w:tbl><w:tr>{}<w:tc>{body}</w:tc></w:tr></w:tbl>", cell("", "外"));
    assert_eq!(lines(&nested), ["外", "阶段\t时间\t任务", "宣传\t3月\t张贴", "\t4月", "备注\t\t无"]);
}

#[test]
fn notes_stand_behind_the_text() {
    let note = |kind: &str, id: u32, text: &str| {
        format!(
            "<w:{kind} w:id=\"{id}\"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t xml:space=\"preserve\"> {text}</w:t></w:r></w:p></w:{kind}>"
        )
    };
    let document = Document {
        footnotes: "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
            .to_owned()
            + &note("footnote", 2, "以年报为准。")
            + &note("footnote", 3, "不含乡镇。")
            + &note("footnote", 4, "从不提到。"),
        endnotes: note("endnote", 1, "下同。"),
        ..Document::new(
            "<w:p><w:r><w:t>达到85%</w:t><w:footnoteReference w:id=\"3\"/></w:r><w:r><w:endnoteReference w:id=\"1\"/></w:r></w:p>\
             <w:p><w:del><w:r><w:footnoteReference w:id=\"4\"/></w:r></w:del><w:r><w:t>完成</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>",
        )
    };
    assert_eq!(document.lines(), ["达到85%[1][i]", "完成[2]", "[1] 不含乡镇。", "[2] 以年报为准。", "[i] 下同。"]);
}

#[test]
fn hidden_styles_hide() {
    let styles = "<w:style w:type=\"character\" w:styleId=\"S\"><w:rPr><w:vanish/></w:rPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"P\"><w:rPr><w:vanish/></w:rPr></w:style>";
    let run = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:p>{}{}</w:p><w:p><w:pPr><w:pStyle w:val=\"P\"/></w:pPr>{}{}{}</w:p>",
        run("<w:rStyle w:val=\"S\"/>", "密"),
        run("", "甲"),
        run("<w:rStyle w:val=\"S\"/>", "乙"),
        run("", "密"),
        run("<w:vanish w:val=\"0\"/>", "丙"),
    );
    let document = Document { styles: styles.to_owned(), ..Document::new(body) };
    assert_eq!(document.lines(), ["甲", "乙丙"]);
}

/// The parts of a document with some of them changed.
fn changed(document: &Document, change: impl Fn(&str, Vec<u8>) -> Option<(String, Vec<u8>)>) -> Vec<u8> {
    let parts = document.parts().into_iter().filter_map(|(name, content)| change(&name, content));
    archive(&parts.collect::<Vec<_>>())
}

fn numbered() -> Document {
    let numbering =
        definition(0, &level(0, "chineseCounting", "%1、", "<w:suff w:val=\"nothing\"/>")) + &list(1, 0, "");
    Document { numbering, ..Document::new(item(1, 0, "总体要求") + &item(1, 0, "主要任务")) }
}

#[test]
fn parts_are_found_whatever_their_names_and_namespaces() {
    let good = numbered();
    let in_text = |content: &[u8], from: &str, to: &str| {
        String::from_utf8(content.to_vec()).expect("UTF-8").replace(from, to).into_bytes()
    };
    let renamed = changed(&good, |name, content| {
        let name = name.replace("word/_rels/document", "doc/_rels/Text2").replace("word/document", "doc/text2");
        let name = name.replace("word/numbering", "other/lists");
        let content = in_text(&content, "word/document.xml", "doc/Text2.xml");
        let content = in_text(&content, "Target=\"numbering.xml\"", "Target=\"../other/lists.xml\"");
        Some((name, in_text(&content, "/word/numbering.xml", "/other/lists.xml")))
    });
    let strict = changed(&good, |name, content| {
        let content = in_text(&content, super::testing::WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main");
        let from = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let content = in_text(&content, from, "http://purl.oclc.org/ooxml/officeDocument/relationships");
        Some((name.to_owned(), content))
    });
    let prefixed = changed(&good, |name, content| {
        let content = in_text(&content, "w:", "x:");
        Some((name.to_owned(), in_text(&content, "xmlns:w=", "xmlns:x=")))
    });
    let utf16 = changed(&good, |name, content| {
        let text = String::from_utf8(content).expect("UTF-8").replace("UTF-8", "UTF-16");
        let units = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        Some((name.to_owned(), units))
    });
    let macros = changed(&good, |name, content| {
        let from = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
        Some((
            name.to_owned(),
            in_text(&content, from, "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
        ))
    });
    let no_relations = changed(&good, |name, content| (!name.ends_with(".rels")).then(|| (name.to_owned(), content)));
    let bare = changed(&good, |name, content| {
        (!name.ends_with(".rels") && !name.starts_with('[')).then(|| (name.to_owned(), content))
    });
    let cases = [
        ("renamed", renamed, "utf-8"),
        ("strict", strict, "utf-8"),
        ("prefixed", prefixed, "utf-8"),
        ("utf16", utf16, "utf-16le"),
        ("macros", macros, "utf-8"),
        ("no relations", no_relations, "utf-8"),
        ("bare", bare, "utf-8"),
    ];
    for (name, bytes, encoding) in cases {
        assert!(is_office(&bytes));
        let read = text(&bytes, &Limits::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let expected = ("一、总体要求\n二、主要任务\n".to_owned(), encoding, vec![]);
        assert_eq!((read.text, read.encoding, read.notes), expected, "{name}");
    }
}

#[test]
fn what_is_broken_is_told() {
    let good = numbered();
    let without = |part: &str| changed(&good, |name, content| (name != part).then(|| (name.to_owned(), content)));
    let cut = |part: &str, at: usize| {
        changed(&good, |name, mut content| {
            if name == part {
                content.truncate(at.min(content.len()));
            }
            Some((name.to_owned(), content))
        })
    };
    let whole = good.parts().iter().find(|(name, _)| name == "word/document.xml").expect("a main part").1.len();
    let entity = Document::new("<w:p><w:r><w:t>甲&lol;乙</w:t></w:r></w:p>").bytes();
    let unknown = Document {
        numbering: definition(0, &level(0, "thaiLetters", "%1.", "")) + &list(1, 0, ""),
        ..Document::new(item(1, 0, "甲"))
    };
    let cases: Vec<(Vec<u8>, &str, &str)> = vec![
        (without("word/numbering.xml"), "总体要求\n主要任务\n", "numbering.xml is missing"),
        (cut("word/document.xml", whole - 150), "一、总体要求\n", "its XML"),
        (cut("word/numbering.xml", 60), "总体要求\n主要任务\n", "numbering: its XML"),
        (entity, "甲乙\n", "references to entities"),
        (unknown.bytes(), "1. 甲\n", "thaiLetters"),
        (Document::new(item(5, 0, "甲")).bytes(), "甲\n", "not defined"),
        (Document::new("<w:altChunk/>").bytes(), "", "other formats"),
        (Document::new("<w:p><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>").bytes(), "[1]\n", "are missing"),
    ];
    for (bytes, expected, message) in cases {
        let read = text(&bytes, &Limits::default()).expect("a text");
        assert!(read.text.starts_with(expected), "{message}: {:?}", read.text);
        assert!(read.notes.iter().any(|note| note.message.contains(message)), "{message}: {:?}", read.notes);
        assert!(read.notes.iter().all(|note| note.at <= read.text.len()), "{message}: {:?}", read.notes);
    }
}

#[test]
fn what_is_no_document_says_why() {
    let ole = |name: &str| {
        let name = name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        [super::OLE, &[0; 500], &name].concat()
    };
    let good = numbered();
    let spreadsheet = changed(&good, |name, content| {
        let content = String::from_utf8(content).expect("UTF-8");
        Some((name.to_owned(), content.replace("wordprocessingml.document", "spreadsheetml.sheet").into_bytes()))
    });
    let whole = good.bytes();
    let cases: Vec<(Vec<u8>, Reason, &str)> = vec![
        (b"plain".to_vec(), Reason::OtherFormat, "not a Word document"),
        (ole("EncryptedPackage"), Reason::Encrypted, "password"),
        (ole("WordDocument"), Reason::OtherFormat, ".doc"),
        (ole("Workbook"), Reason::OtherFormat, "older format"),
        (archive(&[("a.txt".to_owned(), b"a".to_vec())]), Reason::OtherFormat, "without a Word document"),
        (spreadsheet, Reason::OtherFormat, "another kind"),
        (
            changed(&good, |name, content| (name != "word/document.xml").then(|| (name.to_owned(), content))),
            Reason::Damaged,
            "missing",
        ),
        (whole[..whole.len() / 2].to_vec(), Reason::Damaged, "cannot be opened"),
    ];
    for (bytes, reason, message) in cases {
        let error = text(&bytes, &Limits::default()).expect_err(message);
        assert_eq!(error.reason(), reason, "{error}");
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[test]
fn limits_hold() {
    let long = Document::new(paragraph("", &"a".repeat(200_000))).bytes();
    let deep = Document::new("<w:sdt>".repeat(100_000)).bytes();
    let nested = Document::new("<w:tbl><w:tr><w:tc>".repeat(300) + "<w:p><w:r><w:t>甲</w:t></w:r></w:p>").bytes();
    let many = Document::new("<w:p/>".repeat(10_000)).bytes();
    let small = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        limits
    };
    let refused: Vec<(&[u8], Limits, &str)> = vec![
        (&long, small(|limits| (limits.small, limits.ratio) = (1000, 100)), "more than 100 times"),
        (&long, small(|limits| limits.part = 100_000), "more than 100000 bytes"),
        (&long, small(|limits| limits.total = 100_000), "unpack to more than"),
        (&long, small(|limits| limits.entries = 3), "more than 3"),
    ];
    for (bytes, limits, message) in refused {
        let error = text(bytes, &limits).expect_err(message);
        assert_eq!(error.reason(), Reason::Limit, "{error}");
        assert!(error.to_string().contains(message), "{error}");
    }
    let cut: Vec<(&[u8], Limits, &str)> = vec![
        (&many, small(|limits| limits.text = 500), "longer than is read"),
        (&deep, Limits::default(), "inside each other"),
        (&nested, Limits::default(), "inside each other"),
    ];
    for (bytes, limits, message) in cut {
        let read = text(bytes, &limits).expect(message);
        assert!(read.text.len() <= 1000, "{message}");
        assert!(read.notes.iter().any(|note| note.message.contains(message)), "{message}: {:?}", read.notes);
    }
}

/// Tags that mean something, for documents that mean nothing.
const SOUP: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "甲",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<w:pPr>",
    "</w:pPr>",
    "<w:rPr>",
    "</w:rPr>",
    "<w:vanish/>",
    "<w:del>",
    "</w:del>",
    "<w:numPr>",
    "</w:numPr>",
    "<w:numId w:val=\"1\"/>",
    "<w:ilvl w:val=\"11\"/>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:fldChar w:fldCharType=\"separate\"/>",
    "<w:fldChar w:fldCharType=\"end\"/>",
    "<w:instrText>eq \\o\\ac(○,",
    "</w:instrText>",
    "<w:txbxContent>",
    "</w:txbxContent>",
    "<mc:AlternateContent>",
    "</mc:AlternateContent>",
    "<mc:Choice Requires=\"wps\">",
    "</mc:Choice>",
    "<mc:Fallback>",
    "</mc:Fallback>",
    "<m:d>",
    "</m:d>",
    "<m:e>",
    "</m:e>",
    "<m:dPr>",
    "</m:dPr>",
    "<m:begChr m:val=\"[\"/>",
    "<w:footnoteReference w:id=\"1\"/>",
    "<w:gridSpan w:val=\"9999999\"/>",
    "<w:tcPr>",
    "</w:tcPr>",
    "<w:vMerge/>",
    "<w:footnote w:id=\"1\">",
    "</w:footnote>",
    "<w:sym w:char=\"D800\"/>",
    "&#0;",
    "<w:lvl w:ilvl=\"0\">",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
];

/// Tags in an order that closes each again, so that all of a document is read.
fn balanced(tags: &[usize]) -> String {
    let mut open: Vec<&str> = Vec::new();
    let mut soup = String::new();
    for tag in tags.iter().map(|at| SOUP[at % SOUP.len()]).filter(|tag| !tag.contains("--") && !tag.contains("CDATA")) {
        if tag.starts_with("</") {
            if let Some(name) = open.pop() {
                soup.push_str(&format!("</{name}>"));
            }
            continue;
        }
        if let Some(name) = tag.strip_prefix('<').filter(|_| tag.ends_with('>') && !tag.ends_with("/>")) {
            open.extend(name.split([' ', '>']).next());
        } else if tag.contains("instrText") {
            open.push("w:instrText");
        }
        soup.push_str(tag);
    }
    while let Some(name) = open.pop() {
        soup.push_str(&format!("</{name}>"));
    }
    soup
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = text(&bytes, &Limits::default());
        let _ = text(&[b"PK\x03\x04".as_slice(), &bytes].concat(), &Limits::default());
    }

    #[test]
    fn any_damage_is_read_or_refused(cut in 0usize..4000, flips in proptest::collection::vec((any::<usize>(), any::<u8>()), 0..6)) {
        let mut bytes = numbered().bytes();
        bytes.truncate(bytes.len().saturating_sub(cut / 4).max(10));
        for (at, byte) in flips {
            let at = at % bytes.len();
            bytes[at] ^= byte;
        }
        if let Ok(read) = text(&bytes, &Limits::default()) {
            prop_assert!(read.notes.iter().all(|note| read.text.is_char_boundary(note.at)));
        }
    }

    #[test]
    fn any_soup_of_tags_is_read(tags in proptest::collection::vec(any::<usize>(), 0..200)) {
        let broken: String = tags.iter().map(|at| SOUP[at % SOUP.len()]).collect();
        for body in [broken, balanced(&tags)] {
            let mut document = numbered();
            document.footnotes.clone_from(&body);
            document.numbering.push_str(&body);
            document.body = body;
            let read = document.read();
            prop_assert!(read.notes.iter().all(|note| read.text.is_char_boundary(note.at)));
        }
    }

    /// No text that is visible is lost, whatever surrounds it.
    #[test]
    fn every_paragraph_is_a_line(texts in proptest::collection::vec("[一-龥a-z0-9，。]{0,12}", 1..20)) {
        let body: String = texts.iter().map(|text| paragraph("", text)).collect();
        let read = Document::new(body).lines();
        prop_assert_eq!(read, texts);
    }
}
