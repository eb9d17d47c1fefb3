//! Numbers in front of paragraphs.

use pretty_assertions::assert_eq;

use crate::formats::docx::testing::{Document, definition, item, level, list, paragraph};

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
