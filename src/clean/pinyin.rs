//! Pinyin that a web site put behind characters: `衛(wèi)生`.

use std::sync::LazyLock;

use super::fix::Fix;
use super::{Context, Pass, hanzi};
use crate::diagnostic::Diagnostic;
use crate::model::RepairKind;

/// A syllable without tone, tab, the characters that are read so.
static READINGS: &str = include_str!("../lexicon/data/pinyin_readings.txt");

static BY_CHARACTER: LazyLock<Vec<(char, &'static str)>> = LazyLock::new(|| {
    let mut table: Vec<(char, &'static str)> = READINGS
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(syllable, characters)| characters.chars().map(move |c| (c, syllable)))
        .chain([('〇', "ling")])
        .collect();
    table.sort_unstable();
    table
});

/// The pass.
///
/// Evidence: brackets of either width around a syllable that is a reading of the character before them. With a tone mark
/// one such place is enough: `硚(qiáo)口`. Without one (`安(an)`), or with a letter lost (`国(gu?)`), there must be three
/// places in the text. Counter-examples: `（km）`, `(CDC)`, `(app)`, `丙(b)`. It misses readings of characters beyond GBK.
pub(super) const PASS: Pass = Pass { kind: RepairKind::Pinyin, find };

/// How many places make untoned ones credible.
const ENOUGH: usize = 3;

/// Characters of the longest annotation that is looked at.
const LONGEST: usize = 28;

fn find(text: &str, context: &Context<'_>, _: &mut Vec<Diagnostic>) -> Vec<Fix> {
    let mut toned = Vec::new();
    let mut plain = Vec::new();
    let mut look = |at: usize, width: usize| {
        let Some(close) = closing(&text[at + width..]) else { return };
        let inner = &text[at + width..at + width + close.0];
        let Some(syllables) = syllables(inner) else { return };
        // A wrapped line may part the character from its reading.
        let before = &text[..at];
        if !read_so(before.strip_suffix('\n').unwrap_or(before), &syllables.names) {
            return;
        }
        let range = at..at + width + close.0 + close.1;
        if syllables.toned { toned.push(range) } else { plain.push(range) }
    };
    for at in memchr::memchr_iter(b'(', text.as_bytes()) {
        look(at, 1);
    }
    if context.profile.han > 0 {
        for at in memchr::memmem::find_iter(text.as_bytes(), "（") {
            look(at, "（".len());
        }
    }
    if toned.len() + plain.len() >= ENOUGH {
        toned.append(&mut plain);
    }
    toned.sort_by_key(|range| range.start);
    toned
        .into_iter()
        .map(|range| {
            let with = if text[range.clone()].contains('\n') { "\n" } else { "" };
            Fix::new(range, with)
        })
        .collect()
}

/// Where the bracket closes, and the width of the closing one; only letters, tone marks and spaces may stand between.
fn closing(text: &str) -> Option<(usize, usize)> {
    for (at, c) in text.char_indices().take(LONGEST) {
        match c {
            ')' | '）' => return Some((at, c.len_utf8())),
            'a'..='z' | '1'..='5' | '?' | '？' | ' ' | '\n' | '\'' | 'ɡ' | 'ɑ' | 'ü' => {}
            _ if base(c).is_some() || is_combining(c) => {}
            _ => return None,
        }
    }
    None
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{304}' | '\u{308}' | '\u{30c}')
}

/// The letter under a tone mark.
fn base(c: char) -> Option<char> {
    Some(match c {
        'ā' | 'á' | 'ǎ' | 'à' | 'ă' | 'â' => 'a',
        'ē' | 'é' | 'ě' | 'è' | 'ĕ' | 'ê' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' | 'ĭ' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' | 'ŏ' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' | 'ŭ' => 'u',
        'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        'ń' | 'ň' | 'ǹ' => 'n',
        'ḿ' => 'm',
        _ => return None,
    })
}

struct Syllables {
    /// Without tones; ü is v; `?` stands for a lost vowel.
    names: Vec<String>,
    toned: bool,
}

/// What the brackets hold, as syllables; `None` where it can be none.
fn syllables(inner: &str) -> Option<Syllables> {
    let mut names = vec![String::new()];
    let mut toned = false;
    for c in inner.trim().chars() {
        let name = names.last_mut()?;
        match c {
            // A line that was broken inside the reading.
            '\n' => {}
            ' ' | '\'' => {
                if !name.is_empty() {
                    names.push(String::new());
                }
            }
            '\u{308}' => {
                name.pop();
                name.push('v');
            }
            '1'..='5' => toned = true,
            _ if is_combining(c) => toned = true,
            'ü' => name.push('v'),
            'ɡ' => name.push('g'),
            'ɑ' => name.push('a'),
            '？' => name.push('?'),
            'a'..='z' | '?' => name.push(c),
            _ => {
                name.push(base(c)?);
                toned = true;
            }
        }
    }
    let fits = names.iter().all(|name| (1..=6).contains(&name.len()) && !name.starts_with('?') || name == "?");
    (fits && !names.iter().all(|name| name == "?")).then_some(Syllables { names, toned })
}

/// Whether the last characters of `before` are read as these syllables, one each.
fn read_so(before: &str, names: &[String]) -> bool {
    let mut characters = before.chars().rev();
    names.iter().rev().all(|name| characters.next().is_some_and(|c| hanzi::is_hanzi(c) && has_reading(c, name)))
}

fn has_reading(c: char, name: &str) -> bool {
    let from = BY_CHARACTER.partition_point(|entry| entry.0 < c);
    BY_CHARACTER[from..].iter().take_while(|entry| entry.0 == c).any(|(_, known)| same(known, name))
}

/// Whether two syllables are the same: `lv`, `lu` and `lü` are, and `?` is any vowel.
fn same(known: &str, name: &str) -> bool {
    let is_vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'v');
    known.len() == name.len()
        && known
            .bytes()
            .zip(name.bytes())
            .all(|(k, n)| k == n || (k == b'v' && n == b'u') || (n == b'?' && is_vowel(k)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, untouched};

    #[test]
    fn readings_are_taken_out() {
        check(
            super::PASS,
            &[
                ("衛(wèi)生系統(tǒng)", "衛生系統"),
                ("國（guó）家", "國家"),
                ("硚(qiáo)口镇", "硚口镇"),
                ("綠(lǜ)色、旅(lǚ)游", "綠色、旅游"),
                ("卫生(wèi shēng)局", "卫生局"),
                ("重(zhong4)大", "重大"),
                ("開(kāi\n)展，優\n(yōu)先，系(x\nì)統", "開\n展，優\n先，系\n統"),
                ("二(èr)〇(líng)一二年", "二〇一二年"),
                ("一律(lü)、卫(wei)生、国(guo)家", "一律、卫生、国家"),
                ("活(huo\u{301})动", "活动"),
                ("卫(wei)生，国(guo)家，学(xue)习", "卫生，国家，学习"),
                ("醫(yī)學(xué)黨(d?ng)員", "醫學黨員"),
                ("長(zhǎng)與長(cháng)", "長與長"),
            ],
        );
    }

    #[test]
    fn other_brackets_stay() {
        untouched(
            super::PASS,
            &[
                "全长（km）、面积（ha）",
                "疾控中心(CDC)、手机应用(app)",
                "方案(wèi)",
                "丙(b)类",
                "安(an)置房",
                "（试行）(一)(1)",
                "人均可支配收入(yuán)",
                "plan(a) and plan(b)",
                "甲(a)乙(b)丙(c)丁(d)",
                "衛(wèi",
            ],
        );
    }
}
