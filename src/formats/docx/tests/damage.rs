//! Files that were made to do harm, or came to it.

use proptest::prelude::*;

use crate::formats::docx::testing::{Document, numbered, paragraph};
use crate::formats::docx::{Limits, Reason, text};

#[test]
fn limits_hold() {
    let long = Document::new(paragraph("", &"a".repeat(200_000))).bytes();
    let deep = Document::new(paragraph("", "甲") + &"<w:sdt>".repeat(100_000)).bytes();
    let nested = Document::new(paragraph("", "甲") + &"<w:tbl><w:tr><w:tc>".repeat(300)).bytes();
    let many = Document::new(paragraph("", "甲").repeat(10_000)).bytes();
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
                soup.extend(["</", name, ">"]);
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
        soup.extend(["</", name, ">"]);
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
            let Ok(read) = text(&document.bytes(), &Limits::default()) else { continue };
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
