//! Phrases found at a place of a text, the longest first.

use std::collections::HashMap;

/// Phrases and what stands for them, by their first character.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    by_first: HashMap<char, Vec<(String, String)>>,
    /// A bit for each character of the basic plane that a phrase begins with: most characters begin none.
    begins: Vec<u64>,
}

fn place(c: char) -> (usize, u64) {
    (c as usize / 64, 1 << (c as u32 % 64))
}

impl Phrases {
    /// Of two entries of one phrase the first counts.
    pub fn new<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut phrases = Self { begins: vec![0; 1024], ..Self::default() };
        for (key, value) in pairs {
            if let Some(first) = key.chars().next() {
                let (word, bit) = place(first);
                if let Some(word) = phrases.begins.get_mut(word) {
                    *word |= bit;
                }
                phrases.by_first.entry(first).or_default().push((key.to_owned(), value.to_owned()));
            }
        }
        for list in phrases.by_first.values_mut() {
            list.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
        }
        phrases
    }

    /// The longest phrase that `text` begins with; `first` is its first character.
    pub fn at(&self, first: char, text: &str) -> Option<(&str, &str)> {
        let (word, bit) = place(first);
        if self.begins.get(word)? & bit == 0 {
            return None;
        }
        let list = self.by_first.get(&first)?;
        list.iter().find(|(key, _)| text.starts_with(key.as_str())).map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// All phrases of a text, from left to right without overlap: where each begins, itself, and what stands for it.
    pub fn all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, &'a str, &'a str)> {
        let mut done = 0;
        text.char_indices().filter_map(move |(at, c)| {
            if at < done {
                return None;
            }
            let (key, value) = self.at(c, text.get(at..)?)?;
            done = at + key.len();
            Some((at, key, value))
        })
    }
}
