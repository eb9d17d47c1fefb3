//! Parts that are elsewhere, of other kinds, broken or missing.

use pretty_assertions::assert_eq;

use crate::formats::docx::testing::{Document, WORD, archive, changed, definition, item, level, list, numbered};
use crate::formats::docx::{Limits, OLE, Reason, is_office, text};

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
        let content = in_text(&content, WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main");
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
    let no_relations = changed(&good, |name, content| (!name.contains("_rels/")).then(|| (name.to_owned(), content)));
    let bare = changed(&good, |name, content| {
        (!name.contains("_rels/") && !name.starts_with('[')).then(|| (name.to_owned(), content))
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

/// A document with a part of it cut off.
fn cut(document: &Document, part: &str, at: usize) -> Vec<u8> {
    changed(document, |name, mut content| {
        if name == part {
            content.truncate(at);
        }
        Some((name.to_owned(), content))
    })
}

#[test]
fn what_is_broken_is_told() {
    let good = numbered();
    let without = |part: &str| changed(&good, |name, content| (name != part).then(|| (name.to_owned(), content)));
    let whole = good.parts().iter().find(|(name, _)| name == "word/document.xml").expect("a main part").1.len();
    let entity = Document::new("<w:p><w:r><w:t>甲&lol;乙</w:t></w:r></w:p>").bytes();
    let unknown = Document {
        numbering: definition(0, &level(0, "thaiLetters", "%1.", "")) + &list(1, 0, ""),
        ..Document::new(item(1, 0, "甲"))
    };
    let cases: Vec<(Vec<u8>, &str, &str)> = vec![
        (without("word/numbering.xml"), "总体要求\n主要任务\n", "numbering.xml is missing"),
        (cut(&good, "word/document.xml", whole - 150), "一、总体要求\n", "its XML"),
        (cut(&good, "word/numbering.xml", 60), "总体要求\n主要任务\n", "numbering: its XML"),
        (entity, "甲乙\n", "references to entities"),
        (unknown.bytes(), "1. 甲\n", "thaiLetters"),
        (Document::new(item(5, 0, "甲")).bytes(), "甲\n", "not defined"),
        (Document::new("<w:altChunk/>").bytes(), "", "other formats"),
        (Document::new("<w:p><w:r><w:drawing><new:chart/></w:drawing></w:r></w:p>").bytes(), "", "charts or diagrams"),
        (
            Document::new("<w:p><w:r><w:drawing><new:blip/></w:drawing></w:r></w:p>").bytes(),
            "",
            "no text but 1 pictures",
        ),
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
        [OLE, &[0; 500], &name].concat()
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
        (cut(&good, "word/document.xml", 100), Reason::Damaged, "no text can be read of word/document.xml: its XML"),
    ];
    for (bytes, reason, message) in cases {
        let error = text(&bytes, &Limits::default()).expect_err(message);
        assert_eq!(error.reason(), reason, "{error}");
        assert!(error.to_string().contains(message), "{error}");
    }
}
