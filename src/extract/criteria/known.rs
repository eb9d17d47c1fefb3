//! The table `formulas`: which numeral formulas are doctrines and mottos, which are standards, and what only looks like one.

use std::collections::HashMap;

use daachorse::charwise::CharwiseDoubleArrayAhoCorasick;

use crate::lexicon::{Lexicon, word_automaton};

/// The table, ready to search.
pub struct Formulas {
    slogans: CharwiseDoubleArrayAhoCorasick<u32>,
    known: HashMap<String, Known>,
}

/// What the table says of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// A doctrine or motto.
    Slogan,
    /// A standard that bodies or persons are to meet.
    Framework,
    /// No formula.
    None,
}

impl Formulas {
    /// Take the formulas from the table.
    pub fn new(lexicon: &Lexicon) -> Self {
        let keys = lexicon.cells("formulas", "key");
        let values = lexicon.cells("formulas", "value");
        let known = |value: &str| match value {
            "slogan" => Known::Slogan,
            "framework" => Known::Framework,
            _ => Known::None,
        };
        // Without quotes only longer mottos can be told from other words.
        let slogans = keys.iter().zip(&values).filter(|(key, value)| **value == "slogan" && key.chars().count() >= 4);
        Self {
            slogans: word_automaton(slogans.map(|(key, _)| *key).collect()),
            known: keys.iter().zip(&values).map(|(key, value)| (bare(key), known(value))).collect(),
        }
    }

    /// What the table says of a formula.
    pub(super) fn of(&self, formula: &str) -> Option<Known> {
        self.known.get(&bare(formula)).copied()
    }

    /// Where mottos stand in a text.
    pub(super) fn slogans<'a>(&'a self, text: &'a str) -> impl Iterator<Item = std::ops::Range<usize>> + 'a {
        self.slogans.leftmost_find_iter(text).map(|found| found.start()..found.end())
    }
}

/// A formula without its punctuation.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
