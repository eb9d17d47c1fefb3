//! Personal names: where one begins, where glued ones part, and the post that stands with a name.

use std::collections::{HashMap, HashSet};

use super::words::{DEAREST, NOT_NAME_ENDS, POST_STARTS, SURE, UNIT_ENDS, cost_as_given, is_no_post, is_post};
use crate::lexicon::Lexicon;

/// The surnames and the words that begin like a name and are none.
pub(crate) struct Names {
    /// Surnames of one character or two, with what it costs to take one: the rarer, the dearer.
    surnames: HashMap<String, u32>,
    /// First syllables of names that have no surname: 扎西, 阿依.
    given: HashSet<String>,
    /// Surnames that are words first: 和, 由, 水.
    words: HashSet<String>,
    stopwords: HashSet<String>,
    /// Names that no person of a campaign has: 邓小平.
    famous: HashSet<String>,
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '一'..='龥' | '㐀'..='䶵' | '\u{20000}'..='\u{2fa1f}')
}

impl Names {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let table = lexicon.table("surnames").ok();
        let surnames = table
            .into_iter()
            .flat_map(|table| table.pairs("key", "value"))
            .filter(|(_, kind)| !matches!(*kind, "given" | "word"))
            .map(|(name, kind)| {
                let cost = match kind {
                    "common" => 0,
                    "usual" => 3,
                    "compound" => 1,
                    _ => 7,
                };
                (name.to_owned(), cost)
            })
            .collect();
        let of_kind = |wanted: &str| -> HashSet<String> {
            let pairs = table.into_iter().flat_map(|table| table.pairs("key", "value"));
            pairs.filter(|(_, kind)| *kind == wanted).map(|(name, _)| name.to_owned()).collect()
        };
        let stopwords = |wanted: &str| -> HashSet<String> {
            let table = lexicon.table("name_stopwords").ok();
            let pairs = table.into_iter().flat_map(|table| table.pairs("key", "value"));
            pairs.filter(|(_, kind)| *kind == wanted).map(|(name, _)| name.to_owned()).collect()
        };
        Self {
            surnames,
            given: of_kind("given"),
            words: of_kind("word"),
            stopwords: stopwords("prefix"),
            famous: stopwords("whole"),
        }
    }

    /// What it costs to read a whole text as one name; `None` where it is none.
    fn cost(&self, name: &str) -> Option<u32> {
        let mut places = name.char_indices().map(|(place, _)| place).chain([name.len()]);
        let (_, one, two) = (places.next()?, places.next()?, places.next()?);
        let count = name.chars().count();
        // Names of other languages, written out: 阿依古丽, 扎西次仁.
        if (2..=6).contains(&count) && self.given.contains(name.get(..two)?) && name.chars().all(is_han) {
            return Some(2);
        }
        // 陈某某 hides a name.
        if name.contains('某')
            || !(2..=4).contains(&count)
            || !name.chars().all(is_han)
            || self.stopwords.contains(name.get(..two)?)
            || self.famous.contains(name)
        {
            return None;
        }
        // 欧阳 alone is a surname that lacks its name.
        if let Some(cost) = self.surnames.get(name.get(..two)?) {
            return (count >= 3).then_some(*cost);
        }
        let cost = *self.surnames.get(name.get(..one)?)?;
        (count <= 3).then_some(cost + u32::from(count == 2))
    }

    /// Whether a whole text is a name.
    pub(super) fn is_name(&self, text: &str) -> bool {
        if let Some((first, last)) = text.split_once(['·', '•', '・']) {
            let part = |part: &str| (2..=8).contains(&part.chars().count()) && part.chars().all(is_han);
            return part(first) && last.split(['·', '•', '・']).all(part);
        }
        (self.cost(text).is_some() || self.begins_with_word(text))
            && !NOT_NAME_ENDS.iter().any(|end| text.ends_with(end))
    }

    /// 和丽华: a surname that is a word first, in a name of three characters, which is all that such surnames are taken in.
    fn begins_with_word(&self, text: &str) -> bool {
        let mut places = text.char_indices().map(|(place, _)| place).chain([text.len()]);
        let (_, Some(one), Some(two)) = (places.next(), places.next(), places.next()) else { return false };
        text.chars().count() == 3
            && text.chars().all(is_han)
            && text.get(..one).is_some_and(|first| self.words.contains(first))
            && text.get(..two).is_some_and(|start| !self.stopwords.contains(start))
    }

    /// Whether a text can be a name where its place says that it is one: two to four characters that end like no body or post.
    pub(super) fn may_be(&self, text: &str) -> bool {
        (2..=4).contains(&text.chars().take(5).count())
            && text.chars().all(is_han)
            && !text.contains('某')
            && !self.famous.contains(text)
            && !NOT_NAME_ENDS.iter().any(|end| text.ends_with(end))
    }

    /// Whether a text is a surname of two characters.
    pub(super) fn is_compound(&self, text: &str) -> bool {
        text.chars().count() == 2 && self.surnames.contains_key(text)
    }

    /// Parts names that are written without anything between them: 李立明李峰谢力民. `None` unless the whole text divides.
    ///
    /// Takes the cheapest division: frequent surnames before rare ones, three characters before two, and no characters in
    /// given names that are hardly ever there.
    pub(super) fn part<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let (names, total) = self.divided(text)?;
        (names.len() < 3 || total <= DEAREST * names.len() as u32).then_some(names)
    }

    /// Whether a text divides into names with frequent surnames only; 李大海出席 does not.
    pub(super) fn parts_surely(&self, text: &str) -> bool {
        self.divided(text).is_some_and(|(names, total)| total <= SURE * names.len() as u32)
    }

    /// The cheapest division into names, with its cost.
    fn divided<'t>(&self, text: &'t str) -> Option<(Vec<&'t str>, u32)> {
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
        let count = places.len() - 1;
        if !(2..=120).contains(&count) {
            return None;
        }
        // The cheapest cost of the first n characters, and the length of the last name in them.
        let mut best: Vec<Option<(u32, usize)>> = vec![None; count + 1];
        *best.first_mut()? = Some((0, 0));
        for end in 2..=count {
            for length in 2..=6.min(end) {
                let Some(Some((before, _))) = best.get(end - length).copied() else { continue };
                let Some(name) = text.get(*places.get(end - length)?..*places.get(end)?) else { continue };
                let Some(cost) = self.cost(name).filter(|_| self.is_name(name)) else { continue };
                let total = before + cost + name.chars().skip(1).map(cost_as_given).sum::<u32>();
                if best.get(end).copied().flatten().is_none_or(|(known, _)| total < known)
                    && let Some(slot) = best.get_mut(end)
                {
                    *slot = Some((total, length));
                }
            }
        }
        let mut names = Vec::new();
        let mut end = count;
        let total = best.get(count).copied().flatten()?.0;
        while end > 0 {
            let (_, length) = best.get(end).copied().flatten()?;
            names.push(text.get(*places.get(end - length)?..*places.get(end)?)?);
            end -= length;
        }
        names.reverse();
        Some((names, total))
    }

    /// A name with its post right behind it (王洪副院长) or before it (副院长王洪): the name, the post.
    pub(super) fn with_post<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        self.beside_post(text).filter(|(_, post)| !is_no_post(post))
    }

    fn beside_post<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).take(60).collect();
        for count in 2..=4 {
            let Some(&at) = places.get(count) else { break };
            let (name, post) = text.split_at_checked(at)?;
            if self.is_name(name) && POST_STARTS.iter().any(|start| post.starts_with(start)) && is_post(post) {
                return Some((name, post));
            }
        }
        if let Some((at, name, post)) = self.within(text) {
            debug_assert!(at > 0);
            return Some((name, post));
        }
        for count in [3, 2, 4] {
            let Some(&at) = places.len().checked_sub(count).and_then(|place| places.get(place)) else { continue };
            let (post, name) = text.split_at_checked(at)?;
            if self.is_name(name) && is_post(post) && text.chars().count() == places.len() {
                return Some((name, post));
            }
        }
        None
    }
    /// A name between the unit and the post that it parts: 县环保局王文华局长.
    fn within<'t>(&self, text: &'t str) -> Option<(usize, &'t str, &'t str)> {
        let ends = UNIT_ENDS.iter().flat_map(|end| text.rmatch_indices(end).take(3).map(|(at, _)| at + end.len()));
        ends.filter_map(|unit| {
            let rest = text.get(unit..)?;
            [2, 3].into_iter().find_map(|count| {
                let (at, _) = rest.char_indices().nth(count)?;
                let (name, post) = rest.split_at_checked(at)?;
                (self.is_name(name) && POST_STARTS.iter().any(|start| post.starts_with(start)) && is_post(post))
                    .then_some((unit, name, post))
            })
        })
        .max_by_key(|(unit, ..)| *unit)
    }
}
