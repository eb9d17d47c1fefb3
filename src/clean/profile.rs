//! One look at every character, to know which passes a text needs.

use std::sync::LazyLock;

use super::hanzi;
use crate::model::Script;

const HAN: u8 = 1;
const TRADITIONAL: u8 = 2;
const SIMPLIFIED: u8 = 4;
const KANA: u8 = 8;
/// A form that the pass `width` changes.
const FORM: u8 = 16;
/// A letter of Latin beyond ASCII: a tone mark, or UTF-8 read as Latin-1.
const LATIN: u8 = 32;
/// A Chinese character that ordinary text does not have, one of private use, a Greek or Cyrillic letter, or U+FFFD.
const RARE: u8 = 64;

static CLASSES: LazyLock<Box<[u8]>> = LazyLock::new(|| {
    let class = |code: u32| {
        let Some(c) = char::from_u32(code) else { return 0 };
        let mut class = 0;
        if hanzi::is_hanzi(c) {
            class |= HAN;
            class |= match hanzi::script(c) {
                hanzi::TRADITIONAL => TRADITIONAL,
                hanzi::SIMPLIFIED => SIMPLIFIED,
                _ => 0,
            };
            if hanzi::rank(c).is_none() {
                class |= RARE;
            }
        }
        if matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}') {
            class |= KANA;
        }
        if matches!(c, '\u{80}'..='\u{2ff}' | '\u{300}'..='\u{30f}') {
            class |= LATIN;
        }
        if matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{391}'..='\u{3c9}' | '\u{401}'..='\u{451}') {
            class |= RARE;
        }
        if super::width::is_form(c) {
            class |= FORM;
        }
        class
    };
    (0..0x1_0000).map(class).collect()
});

/// Counts of the characters of a text, by what they tell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    /// Chinese characters.
    pub han: usize,
    /// Of these, those that only Traditional text has.
    pub traditional: usize,
    /// Of these, those that only Simplified text has.
    pub simplified: usize,
    /// Of these, rare ones; characters of private use, Greek and Cyrillic letters; and U+FFFD.
    pub rare: usize,
    /// Japanese syllables.
    pub kana: usize,
    /// Latin letters beyond ASCII.
    pub latin: usize,
    /// Characters that the pass `width` changes.
    pub forms: usize,
    /// Where the rare ones stand, but for U+FFFD.
    pub rare_at: Vec<usize>,
}

impl Profile {
    /// Count the characters of a text.
    pub fn of(text: &str) -> Self {
        let classes: &[u8] = &CLASSES;
        // Two counts by turns: neighbours are often of one class, and would wait for each other.
        let mut counts = [[0usize; 128]; 2];
        let mut rare_at = Vec::new();
        let mut turn = 0;
        for (at, c) in text.char_indices() {
            if c.is_ascii_graphic() {
                continue;
            }
            let class = classes.get(c as usize).copied().unwrap_or(0);
            counts[turn][usize::from(class & 127)] += 1;
            turn ^= 1;
            if class & RARE != 0 && c != '\u{fffd}' {
                rare_at.push(at);
            }
        }
        let counts = std::iter::zip(counts[0], counts[1]).map(|(one, other)| one + other);
        let sum =
            |bit: u8| counts.clone().enumerate().filter(|(class, _)| class & usize::from(bit) != 0).map(|x| x.1).sum();
        Self {
            han: sum(HAN),
            traditional: sum(TRADITIONAL),
            simplified: sum(SIMPLIFIED),
            rare: sum(RARE),
            kana: sum(KANA),
            latin: sum(LATIN),
            forms: sum(FORM),
            rare_at,
        }
    }

    /// Whether a pass may look for something in a text with this profile that it did not look for with an earlier one.
    pub fn opens_more_than(&self, earlier: &Self) -> bool {
        let gates = |of: &Self| [of.han > 0, of.han >= 30, of.traditional > 0, of.rare > 0, of.latin > 0, of.forms > 0];
        std::iter::zip(gates(self), gates(earlier)).any(|(now, before)| now && !before)
    }

    /// Whether the text is Chinese; Japanese text (a kana in eight characters) is not.
    pub fn is_chinese(&self) -> bool {
        self.han > 0 && self.kana * 8 <= self.han
    }

    /// Script of the text.
    ///
    /// Evidence: characters that only one of the scripts has. Four in five decide for Traditional; a few strays (names,
    /// quotations, slips of an input method) leave a text Simplified.
    pub fn script(&self) -> Option<Script> {
        let both = self.traditional + self.simplified;
        if !self.is_chinese() {
            None
        } else if self.traditional > 0 && self.traditional * 5 >= both * 4 {
            Some(Script::Hant)
        } else if self.traditional < 4 || self.traditional * 50 < both {
            Some(Script::Hans)
        } else {
            Some(Script::Mixed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_is_told_by_characters_of_one_script_only() {
        for (text, script) in [
            ("各鄉鎮要認真組織清淤工作", Some(Script::Hant)),
            ("各乡镇要认真组织清淤工作", Some(Script::Hans)),
            ("山上有水", Some(Script::Hans)),
            ("各乡镇要认真组织清淤工作，标準为先", Some(Script::Hans)),
            ("各乡镇要认真组织清淤工作。各鄉鎮要認真組織清淤工作", Some(Script::Mixed)),
            ("English only, 2012", None),
            ("", None),
            ("これは日本語の文章です。漢字もあります。", None),
        ] {
            assert_eq!(Profile::of(text).script(), script, "{text}");
        }
    }
}
