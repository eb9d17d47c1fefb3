//! A file's bytes, and the text that they hold.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::diagnostic::{CODES, Severity};
use crate::formats::docx;
use crate::frames::Origin;
use crate::span::Span;

/// How much is read of a file.
pub struct Limits {
    /// Bytes of the file.
    pub file: u64,
    /// Bytes of its text. Offsets are of 32 bits, so that no text may have 4 GiB.
    pub text: u64,
    /// Unpacked bytes for each packed byte.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        let docx = docx::Limits::default();
        Self { file: docx.total, text: u64::from(u32::MAX), ratio: docx.ratio }
    }
}

/// What is doubtful about a text before it is parsed.
pub struct Doubt {
    pub code: &'static str,
    pub severity: Severity,
    /// Where, in bytes of the source text.
    pub place: Span,
    pub message: String,
}

impl Doubt {
    /// Something that U+FFFD stands for.
    pub fn replaced(code: &'static str, at: usize, message: impl Into<String>) -> Self {
        let place = Span::new(at, at + '\u{fffd}'.len_utf8());
        Self { code, severity: Severity::Warning, place, message: message.into() }
    }

    /// What a reader of files noted; none where there is no such code.
    pub fn noted(code: &str, message: String) -> Option<Self> {
        let code = CODES.iter().find(|known| **known == code)?;
        // What a page shows besides its text is no doubt about a cell.
        let severity = if *code == "web-page" { Severity::Info } else { Severity::Warning };
        Some(Self { code, severity, place: Span::new(0, 0), message })
    }
}

/// The bytes of a file, or why they cannot be had.
pub fn bytes_of(path: &Path, limits: &Limits) -> Result<Vec<u8>, String> {
    let said = |error: std::io::Error| error.to_string();
    // Opening a pipe would wait for somebody to write into it.
    let found = std::fs::metadata(path).map_err(said)?;
    if found.is_dir() {
        let refused = std::fs::read_dir(path).err().map_or_else(String::new, |error| format!(": {error}"));
        return Err(format!("is a folder{refused}"));
    }
    if !found.is_file() {
        return Err("is no regular file".to_owned());
    }
    let mut file = File::open(path).map_err(said)?;
    let before = file.metadata().map_err(said)?;
    let mut bytes = Vec::new();
    if before.len() <= limits.file {
        (&mut file).take(limits.file + 1).read_to_end(&mut bytes).map_err(said)?;
    }
    within(before.len().max(bytes.len() as u64), limits)?;
    let after = file.metadata().map_err(said)?;
    if after.len() != bytes.len() as u64 || after.modified().ok() != before.modified().ok() {
        return Err("was changed while it was read; read it again".to_owned());
    }
    Ok(bytes)
}

/// Whether a file of so many bytes is read.
pub fn within(size: u64, limits: &Limits) -> Result<(), String> {
    let most = limits.file;
    if size > most { Err(format!("has {size} bytes; limits.file_bytes is {most}")) } else { Ok(()) }
}

/// The text of bytes, by what they are and not by their file's name: an Office file, or text in some encoding.
pub fn text_of(bytes: &[u8], origin: &mut Origin, limits: &Limits) -> (Result<String, String>, Vec<Doubt>) {
    if docx::is_office(bytes) {
        let limits = docx::Limits {
            part: limits.file / 2,
            total: limits.file,
            ratio: limits.ratio,
            text: usize::try_from(limits.text).unwrap_or(usize::MAX),
            ..docx::Limits::default()
        };
        "docx".clone_into(&mut origin.format);
        return match docx::text(bytes, &limits) {
            Ok(document) => {
                document.encoding.clone_into(&mut origin.encoding);
                let doubt = |note: docx::Note| Doubt {
                    code: "file-partial",
                    severity: Severity::Warning,
                    place: Span::new(note.at, note.at),
                    message: note.message,
                };
                (Ok(document.text), document.notes.into_iter().map(doubt).collect())
            }
            Err(error) => {
                if matches!(error.reason(), docx::Reason::OtherFormat) {
                    origin.format.clear();
                }
                (Err(error.to_string()), Vec::new())
            }
        };
    }
    let ending = origin.path.as_deref().and_then(|path| path.rsplit_once('.')).map(|(_, ending)| ending.to_lowercase());
    let format = if matches!(ending.as_deref(), Some("md" | "markdown")) { "md" } else { "txt" };
    format.clone_into(&mut origin.format);
    let decoded = crate::decode::decode(bytes);
    decoded.encoding.clone_into(&mut origin.encoding);
    let doubt = decoded.lossy.then(|| {
        let at = decoded.text.find('\u{fffd}').unwrap_or(0);
        let message = format!("bytes that are no {} were read as U+FFFD", decoded.encoding);
        Doubt::replaced("undecodable-bytes", at, message)
    });
    (Ok(decoded.text), Vec::from_iter(doubt))
}
