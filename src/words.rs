//! Words of a text: jieba's segmentation with the vocabulary of the field.
//!
//! jieba (Sun Junyi; here the Rust port) looks for the likeliest division into words of its dictionary, and reads what that does not
//! have with a hidden Markov model of characters. The names of campaigns, frameworks, phases and bodies in the lexicon are
//! added to the dictionary, so that 创先争优 is one word; so is the table `words`. Its dictionary takes a tenth of a second and some
//! 60 MB: it is loaded when first asked for, never by a parse.

use std::collections::HashSet;
use std::sync::OnceLock;

use jieba_rs::Jieba;

use crate::lexicon::Lexicon;
use crate::span::Span;

/// Tables whose keys are words of the field.
const TABLES: &[&str] = &["campaigns", "formulas", "phase_names", "national_bodies", "zones", "words"];
/// Characters of the longest key that counts as a word.
const LONGEST: usize = 8;

/// How often the dictionary counts a common word.
const COMMON: usize = 2_000;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// Where.
    pub span: Span,
    /// The word.
    pub text: &'t str,
    /// Part of speech, in the tag set of jieba (n noun, v verb, m number, x punctuation …; of the field: `t` time and so on).
    pub tag: &'t str,
    /// Whether it says nothing by itself: a word of the table `stop_words`, or a bare number.
    pub stop: bool,
}

/// What divides texts into words.
pub struct Words {
    jieba: OnceLock<Jieba>,
    added: Vec<(String, String)>,
    stop: HashSet<String>,
}

impl Words {
    /// The words of a vocabulary; the dictionary is not loaded yet.
    pub fn new(lexicon: &Lexicon) -> Self {
        let is_word =
            |key: &&str| (2..=LONGEST).contains(&key.chars().count()) && key.chars().all(|c| !c.is_whitespace());
        let mut added: Vec<(String, String)> = Vec::new();
        for name in TABLES {
            let Ok(table) = lexicon.table(name) else { continue };
            let tag = |tag: &str| if *name == "words" && !tag.is_empty() { tag.to_owned() } else { "nz".to_owned() };
            let rows = table.pairs("key", "value").filter(|(key, _)| is_word(key));
            added.extend(rows.map(|(key, value)| (key.to_owned(), tag(value))));
        }
        let stop = lexicon.cells("stop_words", "key").into_iter().map(str::to_owned).collect();
        Self { jieba: OnceLock::new(), added, stop }
    }

    fn jieba(&self) -> &Jieba {
        self.jieba.get_or_init(|| {
            let mut jieba = Jieba::new();
            for (word, tag) in &self.added {
                // As frequent as it takes to stand as one word, and as a common word at least.
                let frequency = jieba.suggest_freq(word).max(COMMON);
                jieba.add_word(word, Some(frequency), Some(tag));
            }
            jieba
        })
    }

    /// The words of a text, left to right, punctuation and white space left out.
    pub fn of<'t>(&'t self, text: &'t str) -> Vec<Word<'t>> {
        self.jieba()
            .tag(text, true)
            .into_iter()
            .filter(|tag| tag.word.chars().any(char::is_alphanumeric))
            .map(|tag| Word {
                span: Span::new(tag.byte_start, tag.byte_end),
                text: tag.word,
                tag: tag.tag,
                stop: self.stop.contains(tag.word) || tag.word.bytes().all(|byte| byte.is_ascii_digit()),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_their_places() {
        let words = &Lexicon::builtin().compiled().words;
        let text = "全县深入开展创先争优活动，扎实推进。";
        let found = words.of(text);
        assert!(found.iter().all(|word| word.span.of(text) == word.text));
        let names: Vec<&str> = found.iter().map(|word| word.text).collect();
        assert_eq!(names, ["全县", "深入开展", "创先争优", "活动", "扎实推进"]);
        assert!(words.of("，。 \n").is_empty());
        assert!(words.of("的")[0].stop && words.of("2011")[0].stop);
    }

    #[test]
    fn every_row_of_the_tables_is_a_word_of_its_example() {
        let lexicon = Lexicon::builtin();
        let words = &lexicon.compiled().words;
        for (key, example) in lexicon.table("words").expect("the table").pairs("key", "example") {
            assert!(words.of(example).iter().any(|word| word.text == key), "{key}: {:?}", words.of(example));
        }
    }
}
