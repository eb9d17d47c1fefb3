//! What the start of an element of Word means.

use super::{NoteKind, Open, Walk};
use crate::formats::docx::story::{Mark, Paragraph, Story};
use crate::formats::docx::styles::is_on;
use crate::formats::docx::symbol;
use crate::formats::docx::table::{Cell, Row};
use crate::formats::docx::xml::{Element, Xml};

impl Walk<'_, '_> {
    /// An element of Word begins: how it takes part, or `None` for one that is passed over.
    pub(super) fn word(&mut self, element: &Element<'_>) -> Option<Open> {
        let parent = self.open.last();
        let value = |name: &str| self.xml.attribute(element, name);
        let number = |name: &str| value(name).and_then(|number| number.trim().parse::<u32>().ok());
        let on = || value("val").is_none_or(|value| is_on(&value));
        Some(match (element.name(), parent) {
            ("p", _) => {
                if let Some(story) = self.stories.last_mut() {
                    let style_hides = self.styles.hides(self.styles.of_paragraph(None));
                    story.paragraphs.push(Paragraph { style_hides, ..Paragraph::default() });
                }
                Open::Paragraph
            }
            ("pPr", Some(Open::Paragraph)) => Open::ParagraphProperties,
            ("pStyle", Some(Open::ParagraphProperties)) => {
                let style = value("val");
                let style_hides = self.styles.hides(self.styles.of_paragraph(style.as_deref()));
                if let Some(paragraph) = self.paragraph() {
                    paragraph.style = style;
                    paragraph.style_hides = style_hides;
                }
                Open::Other
            }
            ("numPr", Some(Open::ParagraphProperties)) => Open::ListReference,
            ("numId", Some(Open::ListReference)) => {
                let number = number("val");
                self.paragraph()?.list.number = number;
                Open::Other
            }
            ("ilvl", Some(Open::ListReference)) => {
                let number = number("val");
                self.paragraph()?.list.level = number;
                Open::Other
            }
            ("rPr", Some(Open::ParagraphProperties)) => Open::MarkProperties,
            ("del" | "moveFrom", Some(Open::MarkProperties)) => {
                self.paragraph()?.mark = Mark::Deleted;
                return None;
            }
            ("vanish", Some(Open::MarkProperties)) => {
                let mark = if on() { Mark::Hidden } else { Mark::Ends };
                let paragraph = self.paragraph()?;
                if paragraph.mark != Mark::Deleted {
                    paragraph.mark = mark;
                }
                Open::Other
            }
            ("r", _) => self.run(),
            ("rPr", Some(Open::Run)) => Open::RunProperties,
            ("vanish", Some(Open::RunProperties)) => {
                let hidden = on();
                self.runs.last_mut()?.hidden = Some(hidden);
                Open::Other
            }
            ("rStyle", Some(Open::RunProperties)) => {
                let style = value("val");
                self.runs.last_mut()?.style = style;
                Open::Other
            }
            ("rFonts", Some(Open::RunProperties)) => {
                let font = value("ascii").or_else(|| value("hAnsi"));
                self.runs.last_mut()?.font = font;
                Open::Other
            }
            ("t", Some(Open::Run)) => Open::Text(Xml::keeps_space(element)),
            ("tab" | "ptab", Some(Open::Run)) => self.sign("\t"),
            ("br" | "cr", Some(Open::Run)) => self.sign("\n"),
            ("noBreakHyphen", Some(Open::Run)) => self.sign("-"),
            ("sym", Some(Open::Run)) => {
                let code = value("char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
                let code = code.and_then(char::from_u32)?;
                let sign = symbol::of(&value("font").unwrap_or_default(), code).unwrap_or(code);
                self.sign(sign.encode_utf8(&mut [0; 4]))
            }
            ("fldChar", Some(Open::Run)) => {
                let kind = value("fldCharType");
                let fields = &mut self.stories.last_mut()?.fields;
                match kind.as_deref() {
                    Some("begin") => fields.begin(),
                    Some("separate") => fields.separate(),
                    Some("end") => {
                        if let Some(text) = fields.end() {
                            self.push(&text);
                        }
                    }
                    _ => {}
                }
                return None;
            }
            ("instrText", _) => Open::Instruction,
            ("footnoteReference", _) => self.refer(NoteKind::Foot, element),
            ("endnoteReference", _) => self.refer(NoteKind::End, element),
            ("tbl", _) => {
                if let Some(story) = self.stories.last_mut() {
                    story.has_table = true;
                    story.rows.push(None);
                }
                Open::Table
            }
            ("tr", _) if self.stories.last().is_some_and(|story| !story.rows.is_empty()) => {
                if let Some(row) = self.stories.last_mut().and_then(|story| story.rows.last_mut()) {
                    *row = Some(Row::default());
                }
                Open::Row
            }
            ("trPr", Some(Open::Row)) => Open::RowProperties,
            ("del", Some(Open::RowProperties)) => {
                self.row()?.deleted = true;
                return None;
            }
            ("gridBefore", Some(Open::RowProperties)) => {
                let before = number("val").unwrap_or(0);
                self.row()?.before = before as usize;
                Open::Other
            }
            ("tc", _) if self.stories.last().is_some_and(|story| matches!(story.rows.last(), Some(Some(_)))) => {
                self.stories.push(Story::default());
                Open::Cell(Cell { span: 1, ..Cell::default() })
            }
            ("tcPr", Some(Open::Cell(_))) => Open::CellProperties,
            ("gridSpan" | "vMerge" | "cellDel", Some(Open::CellProperties)) => {
                let (span, continues) = (number("val"), value("val").is_none_or(|value| value == "continue"));
                let at = self.open.len().checked_sub(2)?;
                let Some(Open::Cell(cell)) = self.open.get_mut(at) else { return Some(Open::Other) };
                match element.name() {
                    "gridSpan" => cell.span = span.unwrap_or(1) as usize,
                    "vMerge" => cell.continued |= continues,
                    _ => cell.continued = true,
                }
                Open::Other
            }
            ("txbxContent", _) => {
                self.count();
                self.stories.push(Story::default());
                Open::TextBox
            }
            ("footnote" | "endnote", _) => {
                // Lines that separate notes from the text, and notices that they go on.
                if value("type").is_some_and(|kind| kind != "normal") {
                    return None;
                }
                let id = value("id").unwrap_or_default();
                self.stories.push(Story::default());
                Open::Note(id)
            }
            ("altChunk" | "subDoc", _) => {
                self.other_parts += 1;
                return None;
            }
            // What was taken out, and what things were like before a change.
            ("del" | "moveFrom" | "delText" | "delInstrText", _) => return None,
            (name, _) if name.ends_with("Change") => return None,
            // Properties of what holds text, the readings above ruby, and runs where none can be.
            (
                "pPr" | "rPr" | "tblPr" | "tblPrEx" | "tblGrid" | "trPr" | "tcPr" | "sectPr" | "sdtPr" | "sdtEndPr"
                | "customXmlPr" | "smartTagPr" | "rt" | "rubyPr" | "background" | "tabs" | "t",
                _,
            ) => return None,
            _ => Open::Other,
        })
    }
}
