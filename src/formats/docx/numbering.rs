//! The lists that a document defines: `w:num` → overrides → `w:abstractNum` → levels.

use std::collections::HashMap;

use super::format::Format;
use super::namespace::Namespace;
use super::styles::{Styles, is_on};
use super::symbol;
use super::xml::{Element, Node, Xml};

/// Lists have nine levels.
pub(super) const LEVELS: usize = 9;

/// What stands between a number and its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suffix {
    /// A gap: a tab or a blank.
    Gap,
    /// Nothing.
    Nothing,
}

/// A level of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Level {
    /// The first number.
    pub(super) start: u32,
    /// How numbers are written.
    pub(super) format: Format,
    /// The name of the format where it is not known here, and decimals take its place.
    pub(super) unknown: Option<String>,
    /// The text around the numbers: `第%1章`, `%1.%2`.
    pub(super) text: String,
    /// What follows.
    pub(super) suffix: Suffix,
    /// The level, from 1, after whose paragraphs this one begins anew; 0 for never; `None` for any above.
    pub(super) restart: Option<u32>,
    /// Whether the numbers of all levels are decimal here.
    pub(super) legal: bool,
    /// The style whose paragraphs are on this level.
    style: Option<String>,
    /// Whether the number is hidden text.
    pub(super) hidden: bool,
    font: String,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 0,
            format: Format::Decimal,
            unknown: None,
            text: String::new(),
            suffix: Suffix::Gap,
            restart: None,
            legal: false,
            style: None,
            hidden: false,
            font: String::new(),
        }
    }
}

type Levels = [Option<Level>; LEVELS];

#[derive(Debug, Default)]
struct Abstract {
    levels: Levels,
    /// The style of lists that defines this one.
    number_style: Option<String>,
    /// The style of lists that this one defines.
    style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: Option<u32>,
    /// The definition whose levels it has.
    levels_of: Option<u32>,
    starts: [Option<u32>; LEVELS],
    levels: Levels,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<u32, Abstract>,
    lists: HashMap<u32, List>,
}

/// Where in the part the reading is.
#[derive(Default)]
struct Place {
    definition: Option<(u32, Abstract)>,
    list: Option<(u32, List)>,
    override_of: Option<usize>,
    level: Option<(usize, Level)>,
}

/// A list of a style may be defined by another style's list, but not without end.
const MOST_LINKS: usize = 10;

impl Numbering {
    /// Read a part of lists; also what could not be read of it.
    pub(super) fn read(text: &str, depth: usize) -> (Self, Option<String>) {
        let mut xml = Xml::new(text, depth);
        let mut numbering = Self::default();
        let mut place = Place::default();
        let mut path: Vec<String> = Vec::new();
        while let Some(node) = xml.next() {
            match node {
                Node::Start(element) => {
                    let name = if element.namespace == Namespace::Word { element.name() } else { "" }.to_owned();
                    place.start(&xml, &element, path.last().map_or("", String::as_str));
                    path.push(name);
                }
                Node::End => {
                    if let Some(name) = path.pop() {
                        place.end(&name, &mut numbering);
                    }
                }
                Node::Text(_) => {}
            }
        }
        // What a broken part says of its last list holds.
        for name in ["lvl", "abstractNum", "num"] {
            place.end(name, &mut numbering);
        }
        (numbering, xml.problem())
    }

    /// The definition whose paragraphs count together: lists that share it go on counting where the other stopped.
    pub(super) fn definition(&self, list: u32) -> Option<u32> {
        self.lists.get(&list)?.definition
    }

    /// A level of a list.
    pub(super) fn level(&self, list: u32, level: usize) -> Option<&Level> {
        let found = self.lists.get(&list)?;
        let defined = || self.definitions.get(&found.levels_of?)?.levels.get(level)?.as_ref();
        found.levels.get(level)?.as_ref().or_else(defined)
    }

    /// The number with which a list begins in place of its level's start.
    pub(super) fn start_override(&self, list: u32, level: usize) -> Option<u32> {
        *self.lists.get(&list)?.starts.get(level)?
    }

    /// The level that a list keeps for a style.
    pub(super) fn level_of_style(&self, list: u32, style: &str) -> Option<usize> {
        (0..LEVELS).find(|level| self.level(list, *level).is_some_and(|level| level.style.as_deref() == Some(style)))
    }

    /// Settle once whose levels each list has. A definition may leave them to a style of lists: either another definition
    /// says that it is that style's, or the style names a list.
    pub(super) fn link(&mut self, styles: &Styles) {
        let mut of_style: HashMap<&str, u32> = HashMap::new();
        for (id, definition) in &self.definitions {
            if let Some(style) = &definition.style {
                of_style.entry(style).and_modify(|least| *least = *id.min(least)).or_insert(*id);
            }
        }
        let next = |definition: &u32| {
            let style = self.definitions.get(definition)?.number_style.as_deref()?;
            let named = || self.lists.get(&styles.list(Some(style)).number?)?.definition;
            of_style.get(style).copied().or_else(named)
        };
        let last = |first: u32| std::iter::successors(Some(first), next).take(MOST_LINKS).last();
        let linked: Vec<_> = self.lists.iter().map(|(id, list)| (*id, list.definition.and_then(last))).collect();
        for (id, definition) in linked {
            if let Some(list) = self.lists.get_mut(&id) {
                list.levels_of = definition;
            }
        }
    }
}

impl Place {
    fn start(&mut self, xml: &Xml<'_>, element: &Element<'_>, parent: &str) {
        if element.namespace != Namespace::Word {
            return;
        }
        let text = |name: &str| xml.attribute(element, name);
        let number = |name: &str| text(name).and_then(|number| number.trim().parse::<u32>().ok());
        let level = |name: &str| number(name).map(|level| level as usize).filter(|level| *level < LEVELS);
        let on = || text("val").is_none_or(|value| is_on(&value));
        match (element.name(), parent) {
            ("abstractNum", "numbering") => {
                self.definition = number("abstractNumId").map(|id| (id, Abstract::default()));
            }
            ("num", "numbering") => self.list = number("numId").map(|id| (id, List::default())),
            ("abstractNumId", "num") => {
                if let Some((_, list)) = &mut self.list {
                    list.definition = number("val");
                }
            }
            ("lvlOverride", _) => self.override_of = level("ilvl"),
            ("startOverride", _) => {
                if let (Some((_, list)), Some(level)) = (&mut self.list, self.override_of) {
                    list.starts[level] = number("val");
                }
            }
            ("numStyleLink", "abstractNum") => {
                if let Some((_, definition)) = &mut self.definition {
                    definition.number_style = text("val");
                }
            }
            ("styleLink", "abstractNum") => {
                if let Some((_, definition)) = &mut self.definition {
                    definition.style = text("val");
                }
            }
            ("lvl", _) => self.level = level("ilvl").map(|level| (level, Level::default())),
            (name, _) => {
                let Some((_, level)) = &mut self.level else { return };
                match (name, parent) {
                    ("start", "lvl") => level.start = number("val").unwrap_or(0),
                    ("numFmt", "lvl") => {
                        let name = text("val").unwrap_or_default();
                        let format = Format::parse(&name, text("format").as_deref());
                        level.unknown = format.is_none().then_some(name);
                        level.format = format.unwrap_or(Format::Decimal);
                    }
                    ("lvlRestart", "lvl") => level.restart = number("val"),
                    ("pStyle", "lvl") => level.style = text("val"),
                    ("isLgl", "lvl") => level.legal = on(),
                    ("suff", "lvl") if text("val").as_deref() == Some("nothing") => level.suffix = Suffix::Nothing,
                    // Word stops at 31 characters for each level; more is no label.
                    ("lvlText", "lvl") => {
                        level.text = text("val").unwrap_or_default().chars().take(31 * LEVELS).collect();
                    }
                    ("vanish", "rPr") => level.hidden = on(),
                    ("rFonts", "rPr") => level.font = text("ascii").or_else(|| text("hAnsi")).unwrap_or_default(),
                    _ => {}
                }
            }
        }
    }

    fn end(&mut self, name: &str, numbering: &mut Numbering) {
        match name {
            "lvl" => {
                let Some((at, mut level)) = self.level.take() else { return };
                if level.format == Format::Bullet {
                    level.text = bullet(&level);
                }
                match (&mut self.list, &mut self.definition) {
                    (Some((_, list)), _) => list.levels[at] = Some(level),
                    (None, Some((_, definition))) => definition.levels[at] = Some(level),
                    (None, None) => {}
                }
            }
            "lvlOverride" => self.override_of = None,
            "abstractNum" => numbering.definitions.extend(self.definition.take()),
            "num" => numbering.lists.extend(self.list.take()),
            _ => {}
        }
    }
}

/// The sign in front of the paragraphs of a level without numbers. A sign that only its font can draw becomes `•`.
fn bullet(level: &Level) -> String {
    level.text.chars().map(|sign| symbol::of(&level.font, sign).unwrap_or('•')).collect()
}
