//! The archive: which parts a document has, where they are, and their text.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use zip::ZipArchive;

use super::limits::Limits;
use super::xml::{Node, Xml};
use super::{DocxError, Reason};

/// A part as text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Its name in the archive.
    pub(super) name: String,
    /// Its XML.
    pub(super) xml: String,
    /// Name of its encoding.
    pub(super) encoding: &'static str,
    /// What of it could not be read.
    pub(super) problem: Option<String>,
}

/// The kinds of part that hold what is read here: endings of their relationship's type, of their content type, and the
/// name that they mostly have.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    relationship: &'static str,
    content: &'static str,
    usual: &'static str,
}

pub(super) const STYLES: Kind = Kind { relationship: "/styles", content: "styles+xml", usual: "styles.xml" };
pub(super) const NUMBERING: Kind =
    Kind { relationship: "/numbering", content: "numbering+xml", usual: "numbering.xml" };
pub(super) const FOOTNOTES: Kind =
    Kind { relationship: "/footnotes", content: "footnotes+xml", usual: "footnotes.xml" };
pub(super) const ENDNOTES: Kind = Kind { relationship: "/endnotes", content: "endnotes+xml", usual: "endnotes.xml" };
pub(super) const SETTINGS: Kind = Kind { relationship: "/settings", content: "settings+xml", usual: "settings.xml" };

/// An archive that holds a document.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Entries by their names in lower case: names of parts differ in case from references to them.
    entries: HashMap<String, usize>,
    /// Content types of parts: name in lower case, type.
    types: Vec<(String, String)>,
    /// Relationships of the main part: type, target.
    relations: Vec<(String, String)>,
    /// Name of the main part.
    main: String,
    limits: &'a Limits,
    /// Uncompressed bytes that may still be read.
    left: u64,
}

impl<'a> Package<'a> {
    /// Open an archive and find its document.
    pub(super) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, DocxError> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| DocxError::new(Reason::Damaged, format!("the archive cannot be opened ({error})")))?;
        if archive.len() > limits.entries {
            let message = format!("the archive has {} entries, more than {}", archive.len(), limits.entries);
            return Err(DocxError::new(Reason::Limit, message));
        }
        let names = (0..archive.len()).filter_map(|at| Some((canonical(&archive.name_for_index(at)?.ok()?), at)));
        let mut entries = HashMap::with_capacity(archive.len());
        for (name, at) in names {
            entries.entry(name).or_insert(at);
        }
        let (types, relations, main) = (Vec::new(), Vec::new(), String::new());
        let mut package = Self { archive, entries, types, relations, main, limits, left: limits.total };
        package.types = package.content_types()?;
        package.main = package.find_main()?;
        package.relations = package.relations_of(&package.main.clone())?;
        Ok(package)
    }

    /// The main part.
    pub(super) fn main(&mut self) -> Result<Part, DocxError> {
        self.read(&self.main.clone())
    }

    /// A part of the document; `None` where it has none of this kind, `Err` where it has one that cannot be read.
    pub(super) fn part(&mut self, kind: Kind) -> Result<Option<Part>, DocxError> {
        let related = self.relations.iter().find(|(name, _)| name.ends_with(kind.relationship));
        let name = match related {
            Some((_, target)) if self.entries.contains_key(&canonical(target)) => target.clone(),
            Some((_, target)) => {
                return Err(DocxError::new(Reason::Damaged, format!("the part {target} is missing")));
            }
            None => {
                let typed = self.types.iter().find(|(_, content)| content.ends_with(kind.content));
                let usual = resolve(&self.main, kind.usual);
                let guesses = typed.map(|(name, _)| name.clone()).into_iter().chain([usual]);
                match guesses.into_iter().find(|name| self.entries.contains_key(&canonical(name))) {
                    // Without relationships at all the file is damaged, and its parts are found by type and name.
                    Some(name) if self.relations.is_empty() => name,
                    _ => return Ok(None),
                }
            }
        };
        self.read(&name).map(Some)
    }

    fn content_types(&mut self) -> Result<Vec<(String, String)>, DocxError> {
        let Some(part) = self.read_if_there("[Content_Types].xml")? else { return Ok(Vec::new()) };
        let rows = attributes(&part.xml, self.limits, "Override", ["PartName", "ContentType"]);
        Ok(rows.into_iter().map(|[name, content]| (canonical(&name), content)).collect())
    }

    /// The relationships of a part, with their targets as names in the archive.
    fn relations_of(&mut self, name: &str) -> Result<Vec<(String, String)>, DocxError> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let Some(part) = self.read_if_there(&format!("{folder}/_rels/{file}.rels"))? else { return Ok(Vec::new()) };
        let rows = attributes(&part.xml, self.limits, "Relationship", ["Type", "Target"]);
        Ok(rows.into_iter().map(|[kind, target]| (kind, resolve(name, &target))).collect())
    }

    /// The main part: what the package's relationships say, else what is typed as one, else where it mostly is.
    fn find_main(&mut self) -> Result<String, DocxError> {
        let related = self.relations_of("")?;
        let by_relation = related.into_iter().find(|(kind, _)| kind.ends_with("/officeDocument"));
        let by_relation = by_relation.map(|(_, target)| canonical(&target));
        let declared = by_relation.as_ref().and_then(|main| self.types.iter().find(|(name, _)| name == main));
        if let Some((_, content)) = declared
            && !is_word(content)
        {
            let message = format!("an Office file of another kind ({content})");
            return Err(DocxError::new(Reason::OtherFormat, message));
        }
        let by_type = self.types.iter().find(|(_, content)| is_word(content)).map(|(name, _)| name.clone());
        let candidates = by_relation.into_iter().chain(by_type).chain(["word/document.xml".to_owned()]);
        let found = candidates.into_iter().find(|name| self.entries.contains_key(name));
        found.ok_or_else(|| {
            if self.types.iter().any(|(_, content)| is_word(content)) {
                DocxError::new(Reason::Damaged, "the document's main part is missing")
            } else {
                DocxError::new(Reason::OtherFormat, "an archive without a Word document")
            }
        })
    }

    fn read_if_there(&mut self, name: &str) -> Result<Option<Part>, DocxError> {
        if self.entries.contains_key(&canonical(name)) { self.read(name).map(Some) } else { Ok(None) }
    }

    fn read(&mut self, name: &str) -> Result<Part, DocxError> {
        let damaged = |message: String| DocxError::new(Reason::Damaged, message);
        let Some(at) = self.entries.get(&canonical(name)) else {
            return Err(damaged(format!("the part {name} is missing")));
        };
        let file = self.archive.by_index(*at).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
                DocxError::new(Reason::Encrypted, "the archive is locked with a password; unlock it first")
            }
            error => damaged(format!("the part {name} cannot be read ({error})")),
        })?;
        let compressed = file.compressed_size().max(1);
        let most = self.limits.part.min(self.left);
        let by_ratio = compressed.saturating_mul(self.limits.ratio).max(self.limits.small);
        let allowed = most.min(by_ratio);
        // The size that the archive states is not believed: it is a hint for the buffer, and no large one.
        let mut bytes = Vec::with_capacity(file.size().min(1 << 20) as usize);
        // One byte more than allowed tells whether there is more. What was read before an error stays in `bytes`.
        let read = file.take(allowed + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > allowed {
            let message = if by_ratio < most {
                format!("the part {name} unpacks to more than {} times its size", self.limits.ratio)
            } else {
                format!("the parts unpack to more than {most} bytes ({name})")
            };
            return Err(DocxError::new(Reason::Limit, message));
        }
        self.left -= bytes.len() as u64;
        let broken = read.err().map(|error| format!("its packed data are damaged ({error})"));
        if bytes.is_empty()
            && let Some(broken) = broken
        {
            return Err(damaged(format!("the part {name} cannot be read: {broken}")));
        }
        let (xml, encoding, lossy) = decode(&bytes);
        let problem = broken.or_else(|| lossy.then(|| format!("it has bytes that are no {encoding}")));
        Ok(Part { name: name.to_owned(), xml, encoding, problem })
    }
}

/// Whether a content type is that of a document's or template's main part, with or without macros.
fn is_word(content: &str) -> bool {
    content.ends_with("wordprocessingml.document.main+xml")
        || content.ends_with("wordprocessingml.template.main+xml")
        || content.ends_with("ms-word.document.macroEnabled.main+xml")
        || content.ends_with("ms-word.template.macroEnabledTemplate.main+xml")
}

/// A name as the archive is searched for it: no slash in front, one kind of slash, no matter of case.
fn canonical(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// A relationship's target as a name in the archive, seen from the part that it belongs to.
fn resolve(from: &str, target: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = if target.starts_with('/') { target.to_owned() } else { format!("{folder}/{target}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Two attributes of every element of a name. Relationships that lead out of the package are left out.
fn attributes(text: &str, limits: &Limits, name: &str, wanted: [&str; 2]) -> Vec<[String; 2]> {
    let mut xml = Xml::new(text, limits.depth);
    let mut rows = Vec::new();
    while let Some(node) = xml.next() {
        if let Node::Start(element) = node
            && element.name() == name
            && xml.attribute(&element, "TargetMode").is_none_or(|mode| mode != "External")
            && let [Some(first), Some(second)] = wanted.map(|wanted| xml.attribute(&element, wanted))
        {
            rows.push([first, second]);
        }
    }
    rows
}

/// XML as text: by its byte order mark, its first bytes, or its declaration; UTF-8 otherwise, as the standard has it.
fn decode(bytes: &[u8]) -> (String, &'static str, bool) {
    let encoding = match bytes {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xFE, 0xFF, ..] | [0, b'<', ..] => UTF_16BE,
        _ => declared(bytes).unwrap_or(UTF_8),
    };
    let (text, used, lossy) = encoding.decode(bytes);
    let name = match used.name() {
        "UTF-8" => "utf-8",
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        "GBK" | "gb18030" => "gb18030",
        "Big5" => "big5",
        other => other,
    };
    (text.into_owned(), name, lossy)
}

/// The encoding that an XML declaration in ASCII names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(200))?;
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let end = head.windows(2).position(|two| two == b"?>").filter(|_| head.starts_with(b"<?xml"))?;
    let declaration = std::str::from_utf8(&head[..end]).ok()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    // UTF-16 in a declaration that is readable as ASCII is not true.
    let label = value.get(1..)?.split(quote).next()?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_names_in_the_archive() {
        let cases = [
            ("word/document.xml", "styles.xml", "word/styles.xml"),
            ("word/document.xml", "/word/styles2.xml", "word/styles2.xml"),
            ("word/document.xml", "../custom/styles.xml", "custom/styles.xml"),
            ("word/document.xml", "./a/../b.xml", "word/b.xml"),
            ("", "word/document2.xml", "word/document2.xml"),
            ("document.xml", "../../styles.xml", "styles.xml"),
        ];
        for (from, target, expected) in cases {
            assert_eq!(resolve(from, target), expected, "{from} {target}");
        }
    }

    #[test]
    fn parts_are_decoded_as_they_say() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let gbk = encoding_rs::GB18030.encode("<?xml version='1.0' encoding='GBK'?><a>方案</a>").0.into_owned();
        let cases: Vec<(Vec<u8>, &str, &str)> = vec![
            ("<a>方案</a>".into(), "<a>方案</a>", "utf-8"),
            ("\u{feff}<a>方案</a>".into(), "<a>方案</a>", "utf-8"),
            (utf16("\u{feff}<a>方案</a>"), "<a>方案</a>", "utf-16le"),
            (utf16("<a>方案</a>"), "<a>方案</a>", "utf-16le"),
            (gbk, "<?xml version='1.0' encoding='GBK'?><a>方案</a>", "gb18030"),
            ("<?xml encoding='utf-16'?><a>方</a>".into(), "<?xml encoding='utf-16'?><a>方</a>", "utf-8"),
        ];
        for (bytes, text, encoding) in cases {
            assert_eq!(decode(&bytes), (text.to_owned(), encoding, false), "{text}");
        }
    }
}
