//! Phrases found at a place of a text, the longest first.

/// Phrases and what stands for them, by their first character.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    lists: Vec<List>,
    /// For each character of the basic plane, which list holds the phrases that it begins, counted from 1; most begin none.
    by_first: Vec<u16>,
}

/// The phrases that begin with one character.
#[derive(Debug, Default)]
struct List {
    /// Longest first.
    pairs: Vec<(String, String)>,
    /// A bit for each second character of a phrase, by its code's last six bits; all for a phrase of one character.
    seconds: u64,
}

/// The bit of a character in [`List::seconds`].
fn bit(c: char) -> u64 {
    1 << (u32::from(c) % 64)
}

impl Phrases {
    /// Of two entries of one phrase the first counts.
    pub fn new<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut phrases = Self { by_first: vec![0; 0x1_0000], ..Self::default() };
        for (key, value) in pairs {
            if let Some(list) = key.chars().next().and_then(|first| phrases.by_first.get_mut(first as usize)) {
                if *list == 0 {
                    phrases.lists.push(List::default());
                    *list = phrases.lists.len() as u16;
                }
                let list = &mut phrases.lists[usize::from(*list) - 1];
                list.pairs.push((key.to_owned(), value.to_owned()));
                list.seconds |= key.chars().nth(1).map_or(u64::MAX, bit);
            }
        }
        for list in &mut phrases.lists {
            list.pairs.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
        }
        phrases
    }

    /// The longest phrase that `text` begins with; `first` is its first character.
    pub fn at(&self, first: char, text: &str) -> Option<(&str, &str)> {
        let list = self.lists.get(usize::from(*self.by_first.get(first as usize)?).checked_sub(1)?)?;
        let second = text.chars().nth(1).map_or(u64::MAX, bit);
        if list.seconds & second == 0 {
            return None;
        }
        let found = list.pairs.iter().find(|(key, _)| text.starts_with(key.as_str()));
        found.map(|(key, value)| (key.as_str(), value.as_str()))
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
