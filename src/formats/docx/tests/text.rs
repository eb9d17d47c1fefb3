//! What is text, and in which order.

use pretty_assertions::assert_eq;

use crate::formats::docx::testing::{Document, definition, level, list, paragraph};

fn lines(body: &str) -> Vec<String> {
    Document::new(body).lines()
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
