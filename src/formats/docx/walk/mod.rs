//! A part with text, read from front to back: which element means what.
//!
//! Elements are kept on a stack of our own, so that no nesting can exhaust the machine's. What a reader does not see is
//! passed over as a whole: deletions, instructions of fields, properties as they were before a change. What is not known
//! is read through, so that the paragraphs in it are not lost.

mod end;
mod word;

use std::collections::BTreeMap;

use super::lists::Lists;
use super::maths::Maths;
use super::namespace::Namespace;
use super::story::{Paragraph, Story};
use super::styles::{Styles, is_on};
use super::symbol;
use super::table::{Cell, Row};
use super::xml::{Element, Node, Xml};

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
    /// Why the part was not read to its end.
    pub(super) broken: Option<String>,
    /// What of it was left out.
    pub(super) problems: Vec<String>,
    /// Pictures in it, whose text nobody reads.
    pub(super) pictures: usize,
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
    diagrams: usize,
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
            diagrams: 0,
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
                self.walked.broken = Some("its text is longer than is read of a file".to_owned());
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
        self.walked.broken = self.walked.broken.or_else(|| self.xml.problem());
        if self.unended_fields > 0 {
            self.walked.problems.push(format!("{} fields have no end and were read as text", self.unended_fields));
        }
        if self.other_parts > 0 {
            self.walked.problems.push(format!("{} parts in other formats were not read", self.other_parts));
        }
        if self.diagrams > 0 {
            self.walked.problems.push(format!("the words in {} charts or diagrams were not read", self.diagrams));
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
                self.walked.pictures += usize::from(element.name() == "imagedata");
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
            Namespace::Understood | Namespace::Compatibility | Namespace::Other => {
                match element.name() {
                    "blip" => self.walked.pictures += 1,
                    // Charts and SmartArt lie in parts of their own.
                    "chart" | "relIds" => self.diagrams += 1,
                    _ => {}
                }
                Some(Open::Other)
            }
        }
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
