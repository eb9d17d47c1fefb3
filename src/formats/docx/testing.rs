//! Small documents for the tests, from hand-written XML.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Docx, Limits, text};

pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The parts of a document.
#[derive(Clone, Default)]
pub(super) struct Document {
    /// Content of `w:body`.
    pub(super) body: String,
    /// Content of `w:styles`.
    pub(super) styles: String,
    /// Content of `w:numbering`.
    pub(super) numbering: String,
    /// Content of `w:footnotes`.
    pub(super) footnotes: String,
    /// Content of `w:endnotes`.
    pub(super) endnotes: String,
}

impl Document {
    /// A document of some paragraphs.
    pub(super) fn new(body: impl Into<String>) -> Self {
        Self { body: body.into(), ..Self::default() }
    }

    /// Its parts with their names.
    pub(super) fn parts(&self) -> Vec<(String, Vec<u8>)> {
        let names = "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
            xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:v=\"urn:schemas-microsoft-com:vml\" \
            xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" xmlns:new=\"urn:new\"";
        let part = |name: &str, content: &str| {
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:{name} xmlns:w=\"{WORD}\" {names}>{content}</w:{name}>"
            )
        };
        let others = [
            ("styles", &self.styles),
            ("numbering", &self.numbering),
            ("footnotes", &self.footnotes),
            ("endnotes", &self.endnotes),
        ];
        let others: Vec<_> = others.into_iter().filter(|(_, content)| !content.is_empty()).collect();
        let mut types =
            format!("<Override PartName=\"/word/document.xml\" ContentType=\"{TYPES}.document.main+xml\"/>");
        let mut relations = String::new();
        for (name, _) in &others {
            let _ = write!(types, "<Override PartName=\"/word/{name}.xml\" ContentType=\"{TYPES}.{name}+xml\"/>");
            let _ =
                write!(relations, "<Relationship Id=\"{name}\" Type=\"{RELATIONS}/{name}\" Target=\"{name}.xml\"/>");
        }
        let relationships = |content: &str| {
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{content}</Relationships>"
            )
        };
        let to_main =
            format!("<Relationship Id=\"a\" Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/>");
        let mut parts = vec![
            (
                "[Content_Types].xml",
                format!(
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">{types}</Types>"
                ),
            ),
            ("_rels/.rels", relationships(&to_main)),
            ("word/_rels/document.xml.rels", relationships(&relations)),
            ("word/document.xml", part("document", &format!("<w:body>{}</w:body>", self.body))),
        ]
        .into_iter()
        .map(|(name, content)| (name.to_owned(), content.into_bytes()))
        .collect::<Vec<_>>();
        parts.extend(
            others.into_iter().map(|(name, content)| (format!("word/{name}.xml"), part(name, content).into_bytes())),
        );
        parts
    }

    /// The file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        archive(&self.parts())
    }

    /// The document as it is read; it must be readable.
    pub(super) fn read(&self) -> Docx {
        text(&self.bytes(), &Limits::default()).expect("a document that can be read")
    }

    /// Its lines; nothing may be amiss.
    pub(super) fn lines(&self) -> Vec<String> {
        let read = self.read();
        assert_eq!(read.notes, [], "{}", read.text);
        read.text.lines().map(str::to_owned).collect()
    }
}

/// An archive of parts.
pub(super) fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(name.as_str(), options).expect("a new entry");
        writer.write_all(content).expect("room in memory");
    }
    writer.finish().expect("an archive").into_inner()
}

/// A paragraph with properties and text.
pub(super) fn paragraph(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A paragraph of a list.
pub(super) fn item(list: u32, level: u32, text: &str) -> String {
    paragraph(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"), text)
}

/// A level of a list: format, text around the number, and further properties.
pub(super) fn level(at: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

/// A list with a definition of its own; levels as made by `level`.
pub(super) fn definition(id: u32, levels: &str) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>")
}

/// A list of a definition.
pub(super) fn list(id: u32, definition: u32, overrides: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{definition}\"/>{overrides}</w:num>")
}

/// Two headings with numbers.
pub(super) fn numbered() -> Document {
    let numbering =
        definition(0, &level(0, "chineseCounting", "%1、", "<w:suff w:val=\"nothing\"/>")) + &list(1, 0, "");
    Document { numbering, ..Document::new(item(1, 0, "总体要求") + &item(1, 0, "主要任务")) }
}

/// The parts of a document with some of them changed.
pub(super) fn changed(document: &Document, change: impl Fn(&str, Vec<u8>) -> Option<(String, Vec<u8>)>) -> Vec<u8> {
    let parts = document.parts().into_iter().filter_map(|(name, content)| change(&name, content));
    archive(&parts.collect::<Vec<_>>())
}
