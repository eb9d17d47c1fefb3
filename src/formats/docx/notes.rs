//! The marks of footnotes and endnotes.

use super::format::Format;
use super::namespace::Namespace;
use super::walk::NoteKind;
use super::xml::{Node, Xml};

/// How the notes of a document are numbered.
#[derive(Debug)]
pub(super) struct Marks {
    foot: (Format, u32),
    end: (Format, u32),
}

impl Default for Marks {
    fn default() -> Self {
        Self { foot: (Format::Decimal, 1), end: (Format::LowerRoman, 1) }
    }
}

impl Marks {
    /// Take what a part says about notes: the settings, or the first section that says something.
    ///
    /// It misses numbers that begin anew on each page, which nothing but a layout knows, or in each section.
    pub(super) fn read(&mut self, text: &str, depth: usize) {
        // Most documents say nothing, which one look at the text tells.
        if !text.contains("footnotePr") && !text.contains("endnotePr") {
            return;
        }
        let mut xml = Xml::new(text, depth);
        let mut open: Vec<Option<NoteKind>> = Vec::new();
        let mut said = [false; 2];
        while let Some(node) = xml.next() {
            match node {
                Node::Start(element) => {
                    let kind = match (element.namespace, element.name()) {
                        (Namespace::Word, "footnotePr") => Some(NoteKind::Foot),
                        (Namespace::Word, "endnotePr") => Some(NoteKind::End),
                        _ => None,
                    };
                    if let Some(Some(kind)) = open.last()
                        && !said[*kind as usize]
                    {
                        let (format, start) = match kind {
                            NoteKind::Foot => &mut self.foot,
                            NoteKind::End => &mut self.end,
                        };
                        let value = xml.attribute(&element, "val").unwrap_or_default();
                        match element.name() {
                            "numFmt" => {
                                let custom = xml.attribute(&element, "format");
                                *format = Format::parse(&value, custom.as_deref()).unwrap_or(Format::Decimal);
                            }
                            "numStart" => *start = value.trim().parse().unwrap_or(1),
                            _ => {}
                        }
                    }
                    open.push(kind);
                }
                Node::End => {
                    if let Some(Some(kind)) = open.pop() {
                        said[kind as usize] = true;
                    }
                }
                Node::Text(_) => {}
            }
        }
    }

    /// The mark of a note, of which there were so many before.
    ///
    /// It stands in brackets, so that no number of the text grows by it (`达到85%` with note 1 is not 85%1); signs that
    /// cannot be taken for digits (①) stand as they are.
    pub(super) fn write(&self, kind: NoteKind, before: usize) -> String {
        let (format, start) = match kind {
            NoteKind::Foot => &self.foot,
            NoteKind::End => &self.end,
        };
        let number = start.saturating_add(u32::try_from(before).unwrap_or(u32::MAX));
        let mark = format.write(number);
        let stands_out = mark.chars().all(|sign| matches!(sign, '\u{2460}'..='\u{24ff}' | '\u{3200}'..='\u{32ff}'));
        if stands_out { mark } else { format!("[{mark}]") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_as_the_first_section_says() {
        let mut marks = Marks::default();
        assert_eq!(marks.write(NoteKind::Foot, 0), "[1]");
        assert_eq!(marks.write(NoteKind::End, 3), "[iv]");
        let text = "<w:d xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
            <w:sectPr><w:footnotePr><w:numFmt w:val='decimalEnclosedCircleChinese'/><w:numStart w:val='3'/></w:footnotePr></w:sectPr>\
            <w:sectPr><w:footnotePr><w:numFmt w:val='decimal'/></w:footnotePr></w:sectPr></w:d>";
        marks.read(text, 50);
        assert_eq!(marks.write(NoteKind::Foot, 0), "③");
        assert_eq!(marks.write(NoteKind::Foot, 20), "[23]");
        assert_eq!(marks.write(NoteKind::End, 0), "[i]");
    }
}
