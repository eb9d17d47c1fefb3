//! A part with text, read from front to back: which element means what.
//!
//! Elements are kept on a stack of our own, so that no nesting can exhaust the machine's. What a reader does not see is
//! passed over as a whole: deletions, instructions of fields, properties as they were before a change. What is not known
//! is read through, so that the paragraphs in it are not lost.

use std::collections::BTreeMap;

use super::lists::Lists;
use super::maths::Maths;
use super::story::{Mark, Paragraph, Story};
use super::styles::{Styles, is_on};
use super::symbol;
use super::table::{Cell, Row};
use super::xml::{Element, Namespace, Node, Xml};

/// The two kinds of note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoteKind {
    /// At the foot of the page.
    Foot,
    /// At the end of the document.
    End,
}

/// A note that the text refers to.
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) kind: NoteKind,
    pub(super) id: String,
    /// Its mark in the text; `None` where the author set one.
    pub(super) mark: Option<String>,
}

/// What a part says.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The lines of the body.
    pub(super) lines: Vec<String>,
    /// The lines of notes, by id.
    pub(super) notes: BTreeMap<String, Vec<String>>,
    /// The notes that are referred to, in order.
    pub(super) references: Vec<Reference>,
    /// Why the part was not read to its end, or what of it was left out.
    pub(super) problems: Vec<String>,
}

/// An open element.
#[derive(Debug)]
enum Open {
    Other,
    Paragraph,
    ParagraphProperties,
    ListReference,
    MarkProperties,
    Run,
    RunProperties,
    /// Characters; whether blanks at their ends count.
    Text(bool),
    Instruction,
    Table,
    Row,
    RowProperties,
    Cell(Cell),
    CellProperties,
    TextBox,
    Note(String),
    Maths(Maths),
}

/// A run of text with the same properties.
#[derive(Debug, Default)]
struct Run {
    hidden: Option<bool>,
    style: Option<String>,
    font: Option<String>,
    /// Whether it is shown, all things considered.
    is_hidden: bool,
}

/// Reads one part.
pub(super) struct Walk<'a, 'b> {
    xml: Xml<'b>,
    styles: &'a Styles,
    lists: &'b mut Lists<'a>,
    /// Writes the mark of a note: its kind, and how many of this kind there were before.
    mark: &'b dyn Fn(NoteKind, usize) -> String,
    open: Vec<Open>,
    stories: Vec<Story>,
    runs: Vec<Run>,
    characters: String,
    /// Bytes of text that may still come.
    left: &'b mut usize,
    marked: [usize; 2],
    unended_fields: usize,
    other_parts: usize,
    walked: Walked,
}

impl<'a, 'b> Walk<'a, 'b> {
    /// Before the first element.
    pub(super) fn new(
        xml: Xml<'b>,
        styles: &'a Styles,
        lists: &'b mut Lists<'a>,
        mark: &'b dyn Fn(NoteKind, usize) -> String,
        left: &'b mut usize,
    ) -> Self {
        Self {
            xml,
            styles,
            lists,
            mark,
            open: Vec::new(),
            stories: vec![Story::default()],
            runs: Vec::new(),
            characters: String::new(),
            left,
            marked: [0; 2],
            unended_fields: 0,
            other_parts: 0,
            walked: Walked::default(),
        }
    }

    /// Read the part.
    pub(super) fn read(mut self) -> Walked {
        while let Some(node) = self.xml.next() {
            match node {
                Node::Start(element) => match self.start(&element) {
                    Some(open) => self.open.push(open),
                    None => self.xml.skip(),
                },
                Node::End => self.end(),
                Node::Text(text) => match self.open.last() {
                    Some(Open::Text(_)) => self.characters.push_str(&text),
                    Some(Open::Instruction) => {
                        if let Some(story) = self.stories.last_mut() {
                            story.fields.instruct(&text);
                        }
                    }
                    _ => {}
                },
            }
            if *self.left == 0 {
                self.walked.problems.push("its text is longer than is read of a file".to_owned());
                break;
            }
        }
        // A part that breaks off ends everything that is open.
        while !self.open.is_empty() {
            self.end();
        }
        while let Some(story) = self.stories.pop() {
            let lines = story.finish();
            match self.stories.last_mut() {
                Some(outer) => outer.lines.extend(lines),
                None => self.walked.lines = lines,
            }
        }
        self.walked.problems.extend(self.xml.problem());
        if self.unended_fields > 0 {
            self.walked.problems.push(format!("{} fields have no end and were read as text", self.unended_fields));
        }
        if self.other_parts > 0 {
            self.walked.problems.push(format!("{} parts in other formats were not read", self.other_parts));
        }
        self.walked
    }

    /// An element begins: how it takes part, or `None` for one that is passed over.
    fn start(&mut self, element: &Element<'_>) -> Option<Open> {
        match element.namespace {
            Namespace::Word => self.word(element),
            Namespace::Math => match element.name() {
                "r" => Some(self.run()),
                "t" => Some(Open::Text(true)),
                "rPr" | "ctrlPr" => None,
                name => {
                    let mut near = self.open.iter_mut().rev().take(2);
                    let outer = near.find(|open| !matches!(open, Open::Maths(Maths::BracketProperties)));
                    let outer = match outer {
                        Some(Open::Maths(maths)) => Some(maths),
                        _ => None,
                    };
                    let value = self.xml.attribute(element, "val");
                    let (maths, sign) = Maths::start(name, value.as_deref(), outer);
                    self.push(&sign);
                    Some(Open::Maths(maths))
                }
            },
            Namespace::Vml => {
                // Letters as a drawing.
                if element.name() == "textpath"
                    && let Some(text) = self.xml.attribute(element, "string")
                {
                    *self.left = self.left.saturating_sub(text.len());
                    if let Some(paragraph) = self.paragraph() {
                        paragraph.after.push(text);
                    }
                }
                Some(Open::Other)
            }
            _ => Some(Open::Other),
        }
    }

    fn word(&mut self, element: &Element<'_>) -> Option<Open> {
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

    /// The innermost open element ends.
    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Text(keeps)) => {
                let text = std::mem::take(&mut self.characters);
                // Without xml:space="preserve" Word takes blanks at the ends for layout of the XML; a line's end is one too.
                let blank = [' ', '\t', '\n', '\r'];
                let text = text.replace(['\n', '\r'], " ");
                self.push(if keeps { &text } else { text.trim_matches(blank) });
            }
            Some(Open::Run) => {
                self.runs.pop();
            }
            Some(Open::RunProperties) => {
                let style_hides = self.paragraph().is_some_and(|paragraph| paragraph.style_hides);
                if let Some(run) = self.runs.last_mut() {
                    // Hiding is a switch that two styles turn on and off again; a run's own word is the last.
                    let by_styles = style_hides ^ self.styles.hides(run.style.as_deref());
                    run.is_hidden = run.hidden.unwrap_or(by_styles);
                }
            }
            Some(Open::ParagraphProperties) => {
                if self.paragraph().is_some_and(|paragraph| paragraph.mark == Mark::Ends) {
                    self.count();
                }
            }
            Some(Open::Paragraph) => self.end_paragraph(),
            Some(Open::Maths(maths)) => self.push(maths.end()),
            Some(Open::Table) => {
                if let Some(story) = self.stories.last_mut() {
                    story.rows.pop();
                }
            }
            Some(Open::Row) => {
                if let Some(story) = self.stories.last_mut()
                    && let Some(row) = story.rows.last_mut().and_then(Option::take)
                {
                    story.lines.extend(row.lines());
                }
            }
            Some(Open::Cell(mut cell)) => {
                let Some(story) = self.stories.pop() else { return };
                cell.nested = story.has_table;
                cell.lines = story.finish();
                if let Some(row) = self.row() {
                    row.push(cell);
                }
            }
            Some(Open::TextBox) => {
                let Some(story) = self.stories.pop() else { return };
                let lines = story.finish();
                let lines = lines.into_iter().filter(|line| !line.is_empty());
                match self.stories.last_mut() {
                    Some(Story { paragraphs, lines: outer, .. }) => match paragraphs.last_mut() {
                        Some(paragraph) => paragraph.after.extend(lines),
                        None => outer.extend(lines),
                    },
                    None => self.walked.lines.extend(lines),
                }
            }
            Some(Open::Note(id)) => {
                let Some(story) = self.stories.pop() else { return };
                self.walked.notes.insert(id, story.finish());
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(story) = self.stories.last_mut() else { return };
        if let Some(text) = story.fields.paragraph_ends() {
            self.unended_fields += 1;
            self.push(&text);
        }
        let counts = self.paragraph().is_some_and(|paragraph| match paragraph.mark {
            Mark::Ends => true,
            Mark::Deleted => false,
            // A paragraph that is hidden as a whole has no number.
            Mark::Hidden => !paragraph.text.is_empty(),
        });
        if counts {
            self.count();
        }
        if let Some(story) = self.stories.last_mut()
            && let Some(paragraph) = story.paragraphs.pop()
        {
            story.end_paragraph(paragraph);
        }
        *self.left = self.left.saturating_sub(1);
    }

    fn paragraph(&mut self) -> Option<&mut Paragraph> {
        self.stories.last_mut()?.paragraphs.last_mut()
    }

    fn row(&mut self) -> Option<&mut Row> {
        self.stories.last_mut()?.rows.last_mut()?.as_mut()
    }

    fn run(&mut self) -> Open {
        let is_hidden = self.paragraph().is_some_and(|paragraph| paragraph.style_hides);
        self.runs.push(Run { is_hidden, ..Run::default() });
        Open::Run
    }

    /// Count the paragraph, once.
    fn count(&mut self) {
        let Some(paragraph) = self.stories.last_mut().and_then(|story| story.paragraphs.last_mut()) else { return };
        if paragraph.label.is_none() {
            let style = self.styles.of_paragraph(paragraph.style.as_deref());
            let label = self.lists.label(paragraph.list, style);
            *self.left = self.left.saturating_sub(label.len());
            paragraph.label = Some(label);
        }
    }

    /// Text where the reading is, unless it is hidden.
    fn push(&mut self, text: &str) {
        let run = self.runs.last();
        if text.is_empty() || run.is_some_and(|run| run.is_hidden) {
            return;
        }
        let font = run.and_then(|run| run.font.as_deref()).filter(|_| text.chars().any(symbol::is_private));
        let drawn =
            font.map(|font| text.chars().map(|sign| symbol::of(font, sign).unwrap_or(sign)).collect::<String>());
        let text = drawn.as_deref().unwrap_or(text);
        *self.left = self.left.saturating_sub(text.len());
        let Some(Story { paragraphs, fields, .. }) = self.stories.last_mut() else { return };
        if let Some(paragraph) = paragraphs.last_mut()
            && fields.shows(text)
        {
            paragraph.text.push_str(text);
        }
    }

    fn sign(&mut self, sign: &str) -> Open {
        self.push(sign);
        Open::Other
    }

    fn refer(&mut self, kind: NoteKind, element: &Element<'_>) -> Open {
        let id = self.xml.attribute(element, "id").unwrap_or_default();
        let own = self.xml.attribute(element, "customMarkFollows").is_some_and(|value| is_on(&value));
        let mark = (!own).then(|| {
            let count = &mut self.marked[kind as usize];
            *count += 1;
            (self.mark)(kind, *count - 1)
        });
        if let Some(mark) = &mark {
            self.push(mark);
        }
        self.walked.references.push(Reference { kind, id, mark });
        Open::Other
    }
}
