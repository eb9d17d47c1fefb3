//! GBK text in which a byte was lost, so that the characters behind it are read one byte off: `;鶎狱h組織` was
//! `。基層黨組織`.

use encoding_rs::GBK;

use super::fix::Fix;
use super::hanzi;
use super::mojibake::{is_plausible, is_punctuation};
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// The lead bytes of punctuation; a lost lead byte of another character could be any of seventy.
const LOST: [u8; 2] = [0xA1, 0xA3];

/// Rare characters looked at in one text.
const MOST: usize = 400;

/// Characters looked at on either side of a rare one.
const REACH: usize = 8;

/// Undo what can be undone, and report what only looks like such damage.
///
/// Evidence: a rare character with an ASCII letter (the second byte of a character, which brings the reading back in
/// step) close behind it, or both; with the first byte of a punctuation mark put back, the run reads as that mark and
/// common characters, of which at least two neighbouring pairs, the one over the end of the run included, and all but one
/// stand elsewhere in the text. Counter-example: `崀山A区`, whose bytes give no words of the text. It misses runs in which the lost byte
/// was the first of a word.
pub(super) fn find(text: &str, rare_at: &[usize], fixes: &mut Vec<Fix>, diagnostics: &mut Vec<Diagnostic>) {
    let mut done = 0;
    let rare = rare_at.iter().filter_map(|&at| Some((at, text.get(at..)?.chars().next()?)));
    for (at, c) in rare.take(MOST) {
        if at < done {
            continue;
        }
        if let Some(fix) = undo(text, at, done) {
            done = fix.range.end;
            fixes.push(fix);
        } else if is_doubtful(text, at + c.len_utf8()) {
            let message = format!("{c} beside a letter looks like text decoded one byte off");
            diagnostics.push(Diagnostic::info("mojibake-suspected", Span::new(at, at + c.len_utf8()), message));
        }
    }
}

/// A letter within two characters behind, with a Chinese character behind it in turn.
fn is_doubtful(text: &str, end: usize) -> bool {
    let behind: Vec<char> = text[end..].chars().take(4).collect();
    behind.windows(2).take(3).any(|pair| {
        matches!(pair, [letter, next] if letter.is_ascii_alphabetic() && hanzi::is_hanzi(*next) && hanzi::is_hanzi(behind[0]))
    })
}

fn undo(text: &str, at: usize, done: usize) -> Option<Fix> {
    let ends: Vec<usize> = text[at..]
        .char_indices()
        .take(REACH)
        .take_while(|(_, c)| *c != '\n')
        .filter(|(_, c)| matches!(c, '@'..='~'))
        .map(|(offset, _)| at + offset + 1)
        .collect();
    if ends.is_empty() {
        return None;
    }
    let starts = text[done..at]
        .char_indices()
        .rev()
        .take(REACH)
        .take_while(|(_, c)| *c != '\n')
        .map(|(offset, _)| done + offset);
    for start in std::iter::once(at).chain(starts) {
        for &end in &ends {
            let Some(bytes) = with_gap(&text[start..end]) else { continue };
            for lead in LOST {
                let Some(reading) = reading(&bytes, lead) else { continue };
                if is_at_home(text, start..end, &reading) {
                    return Some(Fix::new(start..end, reading));
                }
            }
        }
    }
    None
}

/// The bytes of a run behind a place for the lost one. An ASCII sign at its start is taken for a full-width one that
/// something made narrow.
fn with_gap(run: &str) -> Option<Vec<u8>> {
    let first = run.chars().next()?;
    let (encoded, _, failed) = GBK.encode(run);
    if failed {
        return None;
    }
    let mut bytes = vec![0];
    if first.is_ascii_punctuation() {
        bytes.extend([0xA3, first as u8 | 0x80]);
        bytes.extend(&encoded[1..]);
    } else {
        bytes.extend(encoded.iter());
    }
    Some(bytes)
}

/// The run with its lost byte put back, if that makes punctuation and common characters.
fn reading(bytes: &[u8], lead: u8) -> Option<String> {
    let mut bytes = bytes.to_vec();
    *bytes.first_mut()? = lead;
    let reading = GBK.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let mut characters = reading.chars();
    let fits = characters.next().is_some_and(is_punctuation)
        && characters.all(is_plausible)
        && reading.chars().nth(2).is_some();
    fits.then(|| reading.into_owned())
}

/// Whether the pairs of neighbouring characters of the reading stand elsewhere in the text.
fn is_at_home(text: &str, range: std::ops::Range<usize>, reading: &str) -> bool {
    let characters: Vec<char> = reading.chars().skip(1).chain(text[range.end..].chars().next()).collect();
    let (mut known, mut unknown) = (0, 0);
    for pair in characters.windows(2).filter(|pair| pair.iter().all(|c| hanzi::is_hanzi(*c))) {
        let pair: String = pair.iter().collect();
        if memchr::memmem::find(text.as_bytes(), pair.as_bytes()).is_some() {
            known += 1;
        } else {
            unknown += 1;
        }
    }
    known >= 2 && unknown <= 1
}

#[cfg(test)]
mod tests {
    use super::super::mojibake::PASS;
    use super::super::testing::{check, untouched};
    use encoding_rs::GBK;

    /// The text as it is read with the first byte of `mark` lost, behind a sentence that shows its words.
    fn damaged(words: &str, tail: &str) -> Option<(String, String)> {
        let bytes = GBK.encode(words).0.into_owned();
        let read = GBK.decode_without_bom_handling_and_without_replacement(bytes.get(1..)?)?.into_owned();
        let shown = format!("{}{tail}活动在各地开展", &words[3..]);
        Some((format!("{shown}{read}{tail}达到要求"), format!("{shown}{words}{tail}达到要求")))
    }

    #[test]
    fn a_lost_byte_is_put_back() {
        let mut cases = Vec::new();
        for (words, tail) in [("。基層黨", "組織"), ("。基層醫", "院")] {
            if let Some(case) = damaged(words, tail) {
                cases.push(case);
            }
        }
        cases.push((
            "全市基層黨組織和黨員;鶎狱h組織做到了五個好".into(),
            "全市基層黨組織和黨員。基層黨組織做到了五個好".into(),
        ));
        let cases: Vec<(&str, &str)> = cases.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        check(PASS, &cases);
        assert!(cases.len() > 1);
    }

    #[test]
    fn rare_characters_beside_letters_stay() {
        untouched(PASS, &["崀山镇A区与崀山镇B区", "喆森堃X先生;喆森堃Y女士", "鄠邑区K线、鄠邑区M线"]);
    }
}
