//! UTF-8 or GBK read as Latin-1 or Windows-1252: `å…³äºŽ`, `¹ØÓÚ`.

use std::collections::HashMap;
use std::sync::LazyLock;

use encoding_rs::{GBK, WINDOWS_1252};

use super::super::fix::Fix;
use super::super::{hanzi, language};
use super::{CERTAIN, confidence, is_plausible, is_punctuation};

/// The fixes for a text.
///
/// Evidence: a run of such characters whose bytes are strict UTF-8 of at least one Chinese character or mark, or four bytes
/// or more, of three different values, that are GBK of common ones, but for one in twelve; and the reading is likelier
/// Chinese. In a run of three characters or more a byte that the code page lacks, or a hard space made an ordinary one, may
/// be lost; the likeliest reading is taken then. Where much was certainly so, the rest is (`2010Äê`, `(wÃ¨i)`).
/// Counter-examples: tone marks of pinyin, French words, quotes around Chinese text, the dots `········` of a table of
/// contents. It misses runs in which more was lost.
pub(super) fn find(text: &str, fixes: &mut Vec<Fix>) {
    // Up to where a run of GBK goes, and one of UTF-8 that is no Chinese, so that neither is read from each of its places.
    let (mut done, mut run, mut foreign) = (0, 0..0, 0);
    let (mut of_utf8, mut of_gbk) = (0, 0);
    // The first byte of either encoding is beyond 0x80, in UTF-8 read as Latin-1 and written as UTF-8 behind C2 or C3.
    for at in memchr::memchr2_iter(0xC2, 0xC3, text.as_bytes()) {
        // The tone marks of pinyin stand alone.
        if at < done || !text[at + 2..].chars().take(2).any(|next| latin_byte(next).is_some()) {
            continue;
        }
        let utf8 = if at < foreign { None } else { as_utf8(&text[at..], text[..at].chars().next_back()) };
        let reading = match utf8 {
            Some(reading) if is_chinese(&reading) => {
                of_utf8 += reading.len();
                reading
            }
            // Two bytes of GBK may be a Greek or Cyrillic letter in UTF-8.
            other => {
                foreign = foreign.max(at + other.map_or(0, |reading| width(&reading)));
                // Marks of the text itself, two at most, may stand in front of a run of GBK.
                if at < run.end && at > run.start + MARKS {
                    continue;
                }
                let (length, reading) = as_gbk(&text[at..]);
                if at >= run.end {
                    run = at..at + length;
                }
                let Some(reading) = reading else { continue };
                of_gbk += reading.len();
                reading
            }
        };
        undo(text, at, &reading, fixes);
        done = at + width(&reading);
    }
    if of_utf8.max(of_gbk) >= ENOUGH {
        the_rest(text, of_utf8 > of_gbk, fixes);
    }
}

/// What is left of a text of which much was certainly UTF-8, or else GBK: letters with tone marks, radicals; single
/// characters and rare ones.
fn the_rest(text: &str, is_utf8: bool, fixes: &mut Vec<Fix>) {
    let mut gaps = Vec::new();
    let mut start = 0;
    for fix in fixes.iter() {
        gaps.push(start..fix.range.start);
        start = fix.range.end;
    }
    gaps.push(start..text.len());
    for gap in gaps {
        let mut done = gap.start;
        for (offset, c) in text[gap.clone()].char_indices() {
            let at = gap.start + offset;
            if at < done || latin_byte(c).is_none() {
                continue;
            }
            let rest = &text[at..gap.end];
            let (length, reading) = if is_utf8 {
                let reading = as_utf8(rest, None);
                (reading.as_ref().map_or(1, width), reading)
            } else {
                as_any_gbk(rest)
            };
            // What cannot be read is not read again from its second character.
            done = at + length;
            if let Some(reading) = reading {
                undo(text, at, &reading, fixes);
            }
        }
    }
    fixes.sort_by_key(|fix| fix.range.start);
}

/// Characters that were certainly UTF-8, or GBK, from which on the rest is believed to be.
const ENOUGH: usize = 8;

/// Characters with their widths as they stand in the text.
type Reading = Vec<(usize, char)>;

/// Bytes that a reading takes in the text.
fn width(reading: &Reading) -> usize {
    reading.iter().map(|(width, _)| width).sum()
}

/// Whether at least half of a reading is Chinese.
fn is_chinese(reading: &Reading) -> bool {
    reading.iter().filter(|(_, c)| hanzi::is_hanzi(*c) || is_punctuation(*c)).count() * 2 >= reading.len()
}

/// Put the reading of a run in its place, character by character, if it is certain.
fn undo(text: &str, at: usize, reading: &Reading, fixes: &mut Vec<Fix>) {
    let end = at + width(reading);
    let read: String = reading.iter().map(|(_, c)| c).collect();
    let likely = confidence(text[..at].chars().next_back(), &text[at..end], &read);
    if likely >= CERTAIN {
        let mut start = at;
        for (width, c) in reading {
            fixes.push(Fix::likely(start..start + width, c.to_string(), likely));
            start += width;
        }
    }
}

/// Bytes of the marks in front of a run: two quotes or dashes.
const MARKS: usize = 6;

/// The byte that Windows-1252 or Latin-1 shows as this character, if it is beyond ASCII.
fn latin_byte(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{ff}' => Some(c as u8),
        '\u{152}'..='\u{192}' | '\u{2c6}' | '\u{2dc}' | '\u{2013}'..='\u{203a}' | '€' | '™' => {
            // Quotation marks and dashes are frequent, so the few characters of the code page are looked up.
            static PAGE: LazyLock<HashMap<char, u8>> = LazyLock::new(|| {
                let bytes = 0x80..=0xff_u8;
                bytes.filter_map(|byte| Some((WINDOWS_1252.decode(&[byte]).0.chars().next()?, byte))).collect()
            });
            PAGE.get(&c).copied()
        }
        _ => None,
    }
}

/// The bytes that a character may stand for: its own, or those that the code page could not show.
fn bytes_of(c: char) -> ([u8; 5], usize) {
    match (latin_byte(c), c) {
        (Some(byte), _) => ([byte; 5], 1),
        (None, ' ') => ([0xA0; 5], 1),
        (None, '?' | '\u{fffd}') => ([0x81, 0x8D, 0x8F, 0x90, 0x9D], 5),
        _ => ([0; 5], 0),
    }
}

/// Characters of UTF-8 from the beginning of a text.
fn as_utf8(text: &str, before: Option<char>) -> Option<Reading> {
    let (mut reading, mut length, mut lost) = (Reading::new(), 0, false);
    while let Some((width, options, is_whole)) = utf8_character(&text[length..]) {
        let last = reading.last().map(|(_, c)| *c).or(before);
        let cost = |c: char| language::bits(last, std::iter::once(c), |_, _| false);
        let Some(best) = options.into_iter().min_by(|a, b| cost(*a).total_cmp(&cost(*b))) else { break };
        lost |= !is_whole;
        reading.push((width, best));
        length += width;
    }
    (length > 0 && (!lost || reading.len() > 2)).then_some(reading)
}

/// The character of UTF-8 that a text begins with: its width here, what it may be, and whether all of its bytes are there.
fn utf8_character(text: &str) -> Option<(usize, Vec<char>, bool)> {
    let mut characters = text.char_indices();
    let lead = latin_byte(characters.next()?.1)?;
    let count = match lead {
        0xC2..=0xDF => 1,
        0xE0..=0xEF => 2,
        0xF0..=0xF4 => 3,
        _ => return None,
    };
    let mut sequences = vec![vec![lead]];
    let (mut end, mut unknown) = (0, 0);
    for _ in 0..count {
        let (at, c) = characters.next()?;
        let (bytes, options) = bytes_of(c);
        unknown += usize::from(latin_byte(c).is_none());
        end = at + c.len_utf8();
        sequences = sequences
            .into_iter()
            .flat_map(|sequence| bytes[..options].iter().map(move |byte| [&sequence[..], &[*byte]].concat()))
            .collect();
    }
    let options: Vec<char> =
        sequences.iter().filter_map(|bytes| std::str::from_utf8(bytes).ok()?.chars().next()).collect();
    (unknown <= 1 && unknown < count && !options.is_empty()).then_some((end, options, unknown == 0))
}

/// Bytes of GBK from the beginning of a text, an even number of them, with the width of each pair. Second bytes may be
/// letters of ASCII.
fn gbk_bytes(text: &str) -> (Vec<u8>, Vec<usize>) {
    let (mut bytes, mut widths, mut length) = (Vec::new(), Vec::new(), 0);
    for (at, c) in text.char_indices() {
        let byte = match latin_byte(c) {
            Some(byte) => byte,
            None if bytes.len() % 2 == 1 && matches!(c, '@'..='~') => c as u8,
            None => break,
        };
        bytes.push(byte);
        if bytes.len() % 2 == 0 {
            widths.push(at + c.len_utf8() - length);
            length = at + c.len_utf8();
        }
    }
    bytes.truncate(widths.len() * 2);
    (bytes, widths)
}

/// Characters of GBK from the beginning of a text, whatever they are: how long they are here, and what they say.
fn as_any_gbk(text: &str) -> (usize, Option<Reading>) {
    let (bytes, widths) = gbk_bytes(text);
    let length = widths.iter().sum::<usize>().max(1);
    let read = GBK.decode_without_bom_handling_and_without_replacement(&bytes).filter(|read| !read.is_empty());
    (length, read.map(|read| std::iter::zip(widths, read.chars()).collect()))
}

/// Characters of GBK from the beginning of a text: how long they are here, and what they say if there are two or more and
/// all but a few (one in twelve) are common.
fn as_gbk(text: &str) -> (usize, Option<Reading>) {
    let (bytes, widths) = gbk_bytes(text);
    let length = widths.iter().sum::<usize>().max(1);
    let is_varied = bytes.iter().any(|byte| Some(byte) != bytes.first() && Some(byte) != bytes.get(1));
    let read = if is_varied { GBK.decode_without_bom_handling_and_without_replacement(&bytes) } else { None };
    let reading = read.filter(|read| {
        let odd = read.chars().filter(|c| !is_plausible(*c)).count();
        odd * 12 < widths.len() && read.chars().all(|c| hanzi::is_hanzi(c) || is_punctuation(c))
    });
    (length, reading.map(|read| std::iter::zip(widths, read.chars()).collect()))
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::check;
    use super::super::PASS;
    use super::*;

    fn latin(bytes: &[u8]) -> String {
        bytes.iter().map(|b| char::from(*b)).collect()
    }

    #[test]
    fn wrong_decodings_are_undone() {
        let whole = "关于开展扫盲工作的通知";
        let one = latin(whole.as_bytes());
        let two = latin(&GBK.encode(whole).0);
        let three = WINDOWS_1252.decode("扫盲“两基”方案".as_bytes()).0.into_owned();
        let four = latin("2012年6月，各镇".as_bytes());
        let five = latin(&GBK.encode("黨組織").0);
        check(
            PASS,
            &[
                (&one, whole),
                (&two, whole),
                (&format!("附：{one}（试行）"), &format!("附：{whole}（试行）")),
                (&three, "扫盲“两基”方案"),
                (&four, "2012年6月，各镇"),
                (&format!("{two}{}", latin(&GBK.encode("2012年6月").0)), &format!("{whole}2012年6月")),
                (&five, "黨組織"),
                // A byte that the code page lacks, and a hard space.
                (&one.replace('\u{8f}', "?"), whole),
                (&latin("工作须知".as_bytes()).replace('\u{a0}', " "), "工作须知"),
                (&format!("“{two}”"), &format!("“{whole}”")),
            ],
        );
    }
}
