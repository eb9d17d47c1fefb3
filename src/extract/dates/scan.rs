//! Reading numerals, blanks and words at a place of a text. Places are byte offsets on character boundaries.

use crate::charset::CharSet;
use crate::numeral;

/// Longest numeral that can stand in a date: 二十五, 二〇一〇, 2010.
const LONGEST: usize = 5;

/// A numeral as it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value.
    pub value: u64,
    /// Number of characters.
    pub chars: usize,
    /// Whether it is written with Arabic digits.
    pub arabic: bool,
    /// The byte after it.
    pub end: usize,
}

impl Number {
    /// The year that it writes, if it has four digits and lies in the times of such documents.
    pub(super) fn year(self) -> Option<i32> {
        if self.chars == 4 && (1900..=2100).contains(&self.value) { i32::try_from(self.value).ok() } else { None }
    }

    /// The year that two digits write: 09, 98. Plans do not reach beyond the twenties.
    pub(super) fn short_year(self) -> Option<i32> {
        let value = i32::try_from(self.value).ok()?;
        (self.arabic && self.chars == 2)
            .then_some(match value {
                0..=29 => Some(2000 + value),
                90..=99 => Some(1900 + value),
                _ => None,
            })
            .flatten()
    }

    /// The month that it writes.
    pub(super) fn month(self) -> Option<i8> {
        if self.chars <= 2 && (1..=12).contains(&self.value) { i8::try_from(self.value).ok() } else { None }
    }

    /// The day that it writes.
    pub(super) fn day(self) -> Option<i8> {
        if self.chars <= 3 && (1..=31).contains(&self.value) { i8::try_from(self.value).ok() } else { None }
    }
}

fn is_arabic(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// The Chinese characters that a numeral can begin with.
pub(super) const NUMERALS: &[char] =
    &['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '〇', '○', '零', '两', '廿', '卅'];

/// Whether a character can begin a numeral.
pub(super) fn is_numeral(c: char) -> bool {
    static BEGINS: CharSet = CharSet::of(NUMERALS).and_range('0', '9').and_range('０', '９');
    BEGINS.has(c)
}

/// The text from a place on; empty where the place does not fit.
pub(super) fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or("")
}

/// The character before a place.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The numeral that begins at `at`, with the whole run of its characters. `None` where there is none or it is too long.
///
/// Letters and Arabic zeros stand for zero inside a Chinese numeral (二OO九, 二0一0).
pub(super) fn number(text: &str, at: usize) -> Option<Number> {
    let run = rest(text, at);
    let arabic = is_arabic(run.chars().next()?);
    let inside = |c: char| {
        if arabic {
            is_arabic(c)
        } else {
            is_numeral(c) && !is_arabic(c) || matches!(c, 'O' | 'o' | '0' | 'Ｏ' | '０' | 'О')
        }
    };
    let mut chars = 0;
    let mut end = at;
    for c in run.chars().take_while(|&c| inside(c)) {
        chars += 1;
        end += c.len_utf8();
        if chars > LONGEST {
            return None;
        }
    }
    let value = numeral::value(text.get(at..end)?)?;
    Some(Number { value, chars, arabic, end })
}

/// Where the run of numeral characters that holds `at` ends. Keeps the whole scan linear.
pub(super) fn run_end(text: &str, at: usize) -> usize {
    let run = rest(text, at);
    at + run.find(|c: char| !is_numeral(c)).unwrap_or(run.len())
}

/// The place behind at most three blanks, of which one may be a line break (a hard wrap).
pub(super) fn skip(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut breaks = 0;
    for c in rest(text, at).chars().take(3) {
        match c {
            ' ' | '\u{3000}' | '\t' | '\u{a0}' | '\r' => {}
            '\n' if breaks == 0 => breaks = 1,
            _ => break,
        }
        end += c.len_utf8();
    }
    end
}

/// The place behind a word, if it stands at `at`.
pub(super) fn word(text: &str, at: usize, word: &str) -> Option<usize> {
    rest(text, at).starts_with(word).then(|| at + word.len())
}

/// The place behind the first of some words that stands at `at`.
pub(super) fn any(text: &str, at: usize, words: &[&str]) -> Option<usize> {
    words.iter().find_map(|candidate| word(text, at, candidate))
}

/// The place behind `name` at `at`, unless one of `not` follows: 底 but not 底线.
pub(super) fn word_unless(text: &str, at: usize, name: &str, not: &[char]) -> Option<usize> {
    let end = word(text, at, name)?;
    (!rest(text, end).starts_with(not)).then_some(end)
}

/// The place behind what joins the two ends of a range: —, 至, 到, 起至, 开始，到. Blanks around it are taken too.
pub(super) fn connector(text: &str, at: usize) -> Option<usize> {
    let mut at = skip(text, at);
    if let Some(end) = any(text, at, &["开始", "起", "始"]) {
        at = skip(text, end);
        if let Some(end) = any(text, at, &["，", ","]) {
            at = skip(text, end);
        }
        return any(text, at, &["一直到", "至", "到", "—", "-"]).map(|end| skip(text, end));
    }
    if let Some(end) = any(text, at, &["至", "到"]) {
        return Some(skip(text, end));
    }
    // A dash that was read as the numeral one, between Arabic dates: 3月1日一31日.
    if let Some(end) = word(text, at, "一") {
        return rest(text, end).starts_with(is_arabic).then_some(end);
    }
    let mut end = at;
    for c in rest(text, at).chars().take(4) {
        if !matches!(c, '-' | '—' | '－' | '–' | '―' | '─' | '~' | '～' | '〜' | '﹣' | '−' | '‐') {
            break;
        }
        end += c.len_utf8();
    }
    (end > at).then(|| skip(text, end))
}
