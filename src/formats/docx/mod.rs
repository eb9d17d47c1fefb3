//! DOCX → text, as a reader of the document sees it.
//!
//! `package` finds the parts in the archive, `xml` reads them, `styles` and `numbering` say what the paragraphs
//! inherit and which lists there are, `lists` counts, and `walk` goes through the text. What comes out:
//!
//! - a line for each paragraph, with the number that Word computes in front of it (`一、`, `（一）`, `1.`);
//! - insertions and no deletions, results of fields and no instructions, no hidden text, no comments, no headers and
//!   footers;
//! - text boxes after the paragraph that they hang on, rows of tables as lines (`table`);
//! - footnotes and endnotes behind the text, each with the mark that stands in the text.
//!
//! Where Word and LibreOffice show a document differently, Word is followed: it wrote nearly all of them.

mod field;
mod format;
mod limits;
mod lists;
mod maths;
mod namespace;
mod notes;
mod numbering;
mod package;
mod story;
mod styles;
mod symbol;
mod table;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod walk;
mod xml;

use std::collections::BTreeSet;
use std::fmt;

pub use limits::Limits;

use lists::Lists;
use notes::Marks;
use numbering::Numbering;
use package::{ENDNOTES, FOOTNOTES, Kind, NUMBERING, Package, SETTINGS, STYLES};
use styles::Styles;
use walk::{NoteKind, Walk, Walked};
use xml::Xml;

/// The text of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Docx {
    /// The text, a line for each paragraph.
    pub text: String,
    /// Encoding of the XML: utf-8 nearly always.
    pub encoding: &'static str,
    /// What could not be read, or not as Word shows it.
    pub notes: Vec<Note>,
}

/// Something that the text may lack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where, in bytes of the text: where it breaks off, or its beginning.
    pub at: usize,
    /// What, as a sentence without a full stop.
    pub message: String,
}

/// Why there is no text at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An archive, or Office file, that is no Word document.
    OtherFormat,
    /// Locked with a password.
    Encrypted,
    /// Broken, or lacking what it needs.
    Damaged,
    /// Larger than what is read.
    Limit,
}

/// A file without a text that can be read: content, so a value and no [`crate::error::Error`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocxError {
    reason: Reason,
    message: String,
}

impl DocxError {
    fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self { reason, message: message.into() }
    }

    /// The reason.
    pub fn reason(&self) -> Reason {
        self.reason
    }
}

impl fmt::Display for DocxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DocxError {}

/// How files of Word before 2007 begin, and documents that are locked with a password.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Whether bytes are those of an Office file, by how they begin: an archive, or what older programs wrote. No text begins
/// so. [`text`] says what the file is.
pub fn is_office(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || bytes.starts_with(OLE)
}

/// The text of a document: .docx, .docm, .dotx or .dotm, whatever its name.
///
/// # Errors
///
/// [`DocxError`] where no text can be had, with a message for people.
pub fn text(bytes: &[u8], limits: &Limits) -> Result<Docx, DocxError> {
    if bytes.starts_with(OLE) {
        return Err(older(bytes));
    }
    if !is_office(bytes) {
        return Err(DocxError::new(Reason::OtherFormat, "not a Word document: it does not begin as an archive"));
    }
    let mut package = Package::open(bytes, limits)?;
    let main = package.main()?;
    let mut problems = Vec::new();
    let mut other = |kind: Kind| match package.part(kind) {
        Ok(part) => {
            if let Some(part) = &part
                && let Some(problem) = &part.problem
            {
                problems.push(format!("{}: {problem}", part.name));
            }
            part
        }
        Err(error) => {
            problems.push(error.to_string());
            None
        }
    };
    let [styles, numbering, settings] = [STYLES, NUMBERING, SETTINGS].map(&mut other);
    let [footnotes, endnotes] = [FOOTNOTES, ENDNOTES].map(&mut other);
    let depth = limits.depth;
    let mut told = |name: &str, problem: Option<String>| problems.extend(problem.map(|said| format!("{name}: {said}")));

    let (styles, problem) = styles.map_or_else(Default::default, |part| Styles::read(&part.xml, depth));
    told("styles", problem);
    let (mut numbering, problem) = numbering.map_or_else(Default::default, |part| Numbering::read(&part.xml, depth));
    told("numbering", problem);
    numbering.link(&styles);
    let mut marks = Marks::default();
    if let Some(part) = &settings {
        marks.read(&part.xml, depth);
    }
    marks.read(&main.xml, depth);

    let mut lists = Lists::new(&numbering, &styles);
    let mut left = limits.text;
    let mark = |kind: NoteKind, before: usize| marks.write(kind, before);
    let body = Walk::new(Xml::new(&main.xml, depth), &styles, &mut lists, &mark, &mut left).read();
    let mut note_parts = [footnotes, endnotes].map(|part| {
        let part = part?;
        let walked = Walk::new(Xml::new(&part.xml, depth), &styles, &mut lists, &mark, &mut left).read();
        for problem in walked.broken.iter().chain(&walked.problems) {
            told(&part.name, Some(problem.clone()));
        }
        Some(walked)
    });
    if !lists.unknown.is_empty() {
        let names: Vec<&str> = lists.unknown.iter().map(String::as_str).collect();
        problems.push(format!("numbers of the kinds {} are shown as decimal numbers", names.join(", ")));
    }
    if lists.undefined {
        problems.push("paragraphs of lists that are not defined have no numbers".to_owned());
    }
    let mut text = String::with_capacity(body.lines.iter().map(|line| line.len() + 1).sum());
    for line in &body.lines {
        text.push_str(line);
        text.push('\n');
    }
    let end = text.len();
    let missing = write_notes(&body, &mut note_parts, &mut text);
    if missing > 0 {
        problems.push(format!("{missing} footnotes or endnotes are missing"));
    }
    if text.trim().is_empty() && body.pictures > 0 {
        problems.push(format!("the document has no text but {} pictures, as a scan has", body.pictures));
    }
    problems.extend(body.problems);
    let broken: Vec<String> = main.problem.into_iter().chain(body.broken).collect();
    if text.trim().is_empty() && !broken.is_empty() {
        let message = format!("no text can be read of {}: {}", main.name, broken.join("; "));
        return Err(DocxError::new(Reason::Damaged, message));
    }
    let name = main.name;
    let broken = broken.into_iter().map(|message| Note { at: end, message: format!("{name}: {message}") });
    let notes = problems.into_iter().map(|message| Note { at: 0, message }).chain(broken).collect();
    Ok(Docx { text, encoding: main.encoding, notes })
}

/// Write the notes behind the text, in the order in which it refers to them, each once: how many are missing.
fn write_notes(body: &Walked, parts: &mut [Option<Walked>; 2], text: &mut String) -> usize {
    let mut missing = 0;
    let mut written = BTreeSet::new();
    for kind in [NoteKind::Foot, NoteKind::End] {
        for reference in body.references.iter().filter(|reference| reference.kind == kind) {
            let Some(lines) = parts[kind as usize].as_mut().and_then(|part| part.notes.remove(&reference.id)) else {
                missing += usize::from(!written.contains(&(kind as usize, &reference.id)));
                continue;
            };
            written.insert((kind as usize, &reference.id));
            let (first, rest) = lines.split_first().map_or(("", &[][..]), |(first, rest)| (first.trim_start(), rest));
            if let Some(mark) = &reference.mark {
                text.push_str(mark);
                text.push(' ');
            }
            text.push_str(first);
            text.push('\n');
            for line in rest {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    missing
}

/// What a file is that begins as older programs' do.
///
/// Evidence: names in its folder, which are written in UTF-16: `EncryptedPackage` for a document with a password,
/// `WordDocument` for one of Word 97 to 2003.
fn older(bytes: &[u8]) -> DocxError {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    if has("EncryptedPackage") {
        return DocxError::new(Reason::Encrypted, "locked with a password; save it without one in Word");
    }
    if has("WordDocument") {
        let message = "a document of Word 97–2003 (.doc); save it as .docx in Word or LibreOffice";
        return DocxError::new(Reason::OtherFormat, message);
    }
    DocxError::new(Reason::OtherFormat, "an Office file of an older format; save it as .docx or as text")
}
