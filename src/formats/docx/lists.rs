//! Counting: which number a paragraph shows.
//!
//! Word counts by definition (`w:abstractNum`): all lists that refer to one definition are one count, however much text
//! stands between their paragraphs, and a list with a `w:startOverride` sets that count back when it is first used.
//!
//! LibreOffice (7.4) counts the same, but passes over `w:isLgl`, `w:lvlRestart` and overrides of lower levels, which the
//! standard defines and Word follows; and it lets a level that no paragraph was on yet begin with its own start, not with
//! the list's override of it. Here the standard is followed.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::format::Format;
use super::numbering::{LEVELS, Level, Numbering, Suffix};
use super::styles::{ListReference, Styles};

/// The counts of a document, as far as it was read.
pub(super) struct Lists<'a> {
    numbering: &'a Numbering,
    styles: &'a Styles,
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: HashSet<(u32, usize)>,
    /// What styles say, by name: asked for at every paragraph.
    inherited: HashMap<String, Inherited>,
    /// Formats that were needed and are not known.
    pub(super) unknown: BTreeSet<String>,
    /// Whether a paragraph belongs to a list that is not defined.
    pub(super) undefined: bool,
}

/// List and level by style.
#[derive(Clone, Copy, Default)]
struct Inherited {
    list: Option<u32>,
    level: Option<u32>,
}

impl<'a> Lists<'a> {
    /// Before the first paragraph.
    pub(super) fn new(numbering: &'a Numbering, styles: &'a Styles) -> Self {
        Self {
            numbering,
            styles,
            counts: HashMap::new(),
            begun: HashSet::new(),
            inherited: HashMap::new(),
            unknown: BTreeSet::new(),
            undefined: false,
        }
    }

    /// Count a paragraph: the number in front of it with the gap behind it, empty where it has none.
    pub(super) fn label(&mut self, direct: ListReference, style: Option<&str>) -> String {
        let Some((list, at)) = self.resolve(direct, style) else { return String::new() };
        let Some(definition) = self.numbering.definition(list) else {
            self.undefined = true;
            return String::new();
        };
        let Some(level) = self.numbering.level(list, at) else { return String::new() };
        let counts = self.count(definition, list, at);
        if level.hidden {
            return String::new();
        }
        let mut label = self.written(list, level, &counts[..=at]);
        if !label.is_empty() && level.suffix == Suffix::Gap {
            label.push(' ');
        }
        label
    }

    /// The list and level of a paragraph. What the paragraph says itself goes before its style.
    fn resolve(&mut self, direct: ListReference, style: Option<&str>) -> Option<(u32, usize)> {
        let inherited = style.map_or_else(Inherited::default, |style| self.inherited(style));
        let list = direct.number.or(inherited.list).filter(|list| *list != 0)?;
        let of_style = inherited.level.filter(|_| inherited.list == Some(list));
        let level = direct.level.or(of_style).unwrap_or(0) as usize;
        Some((list, level.min(LEVELS - 1)))
    }

    /// The list of a style, and the level that the list keeps for it; else the level that the style says.
    fn inherited(&mut self, style: &str) -> Inherited {
        if let Some(known) = self.inherited.get(style) {
            return *known;
        }
        let stated = self.styles.list(Some(style));
        let kept = stated.number.and_then(|list| {
            let mut names = self.styles.ancestors(Some(style));
            names.find_map(|name| self.numbering.level_of_style(list, name))
        });
        let inherited = Inherited { list: stated.number, level: kept.map(|level| level as u32).or(stated.level) };
        self.inherited.insert(style.to_owned(), inherited);
        inherited
    }

    /// Step the count of a level, and set those below it back.
    ///
    /// Levels above that have not been counted yet are taken as begun (`1.1` without a `1.` before it), so that the next of
    /// them is the second. LibreOffice does the same.
    fn count(&mut self, definition: u32, list: u32, at: usize) -> [Option<u32>; LEVELS] {
        let start = |level: usize| {
            let own = self.numbering.level(list, level).map_or(0, |level| level.start);
            self.numbering.start_override(list, level).unwrap_or(own)
        };
        let counts = self.counts.entry(definition).or_default();
        for (level, count) in counts.iter_mut().enumerate().take(at) {
            count.get_or_insert_with(|| start(level));
        }
        let begins = self.numbering.start_override(list, at).is_some() && self.begun.insert((list, at));
        counts[at] = Some(match counts[at] {
            Some(count) if !begins => count.saturating_add(1),
            _ => start(at),
        });
        for (level, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let restart = self.numbering.level(list, level).and_then(|level| level.restart);
            // `w:lvlRestart` counts levels from 1. One that is not above the level itself means nothing.
            let restarts = match restart {
                Some(after) if (after as usize) <= level => at < after as usize,
                _ => true,
            };
            if restarts {
                *count = None;
            }
        }
        *counts
    }

    /// The text of a level with its numbers.
    fn written(&mut self, list: u32, level: &Level, counts: &[Option<u32>]) -> String {
        if level.format == Format::Bullet {
            return level.text.clone();
        }
        let mut label = String::new();
        let mut characters = level.text.chars().peekable();
        while let Some(character) = characters.next() {
            let place = characters.peek().and_then(|next| next.to_digit(10)).filter(|place| *place > 0);
            let (true, Some(place)) = (character == '%', place) else {
                label.push(character);
                continue;
            };
            characters.next();
            let at = place as usize - 1;
            // A level below has no number yet.
            let Some(Some(count)) = counts.get(at) else { continue };
            let Some(other) = self.numbering.level(list, at) else { continue };
            let plain = level.legal && !matches!(other.format, Format::None | Format::Bullet);
            let format = if plain { &Format::Decimal } else { &other.format };
            if !plain {
                self.unknown.extend(other.unknown.clone());
            }
            label.push_str(&format.write(*count));
        }
        label
    }
}
