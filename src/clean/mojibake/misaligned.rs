//! GBK text in which a byte was lost, so that the characters behind it are read one byte off: `;鶎狱h組織` was
//! `。基層黨組織`.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use encoding_rs::GBK;

use super::super::fix::Fix;
use super::super::{Context, hanzi, language};
use super::{PRIOR, between, is_plausible, is_punctuation};
use crate::diagnostic::Diagnostic;
use crate::model::Script;
use crate::span::Span;

/// Places looked at in one text.
const MOST: usize = 200;

/// Characters looked at on either side of a place.
const REACH: usize = 8;

/// From what probability on a reading counts, of the many that a lost byte allows.
const SURE: f32 = 0.98;

/// How much less likely, in bits, the first byte of a character is lost than that of a mark.
const NO_MARK: f32 = 9.0;

/// Undo what can be undone, and report what only looks like such damage.
///
/// Evidence: an ASCII letter or sign (the second byte of a character, which brings the reading back in step) close behind a
/// rare character, or in a Traditional text behind any; with some first byte put in front of the run, its bytes are common
/// characters and marks, and one such reading is likelier than all others and than the text as it stands ([`language`], to
/// which pairs of characters that stand elsewhere in the text are known). Counter-example: `硚口镇A区`, whose bytes give no
/// words. It misses runs without a letter, and those of which two readings are likely.
pub(super) fn find(text: &str, context: &Context<'_>, fixes: &mut Vec<Fix>, diagnostics: &mut Vec<Diagnostic>) {
    let mut places = context.profile.rare_at.clone();
    // Simplified characters have no second byte below 0x80.
    if context.script != Some(Script::Hans) {
        places.extend(lone_letters(text));
        places.sort_unstable();
        places.dedup();
    }
    let mut done = 0;
    let pairs = LazyCell::new(|| pairs_of(text));
    let mut looked = 0;
    for at in places {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let ends = letters_behind(text, at);
        if at < done {
            continue;
        }
        looked += 1;
        if looked > MOST {
            break;
        }
        let fix = if ends.is_empty() { None } else { undo(text, at, done, &ends, &pairs) };
        let is_foreign =
            matches!(c, '\u{391}'..='\u{451}') || hanzi::is_private(c) && text[..at].ends_with(hanzi::is_hanzi);
        let fix = fix.or_else(|| if is_foreign { between::undo(text, at, done, &pairs) } else { None });
        if let Some(fix) = fix {
            done = fix.range.end;
            if fix.with.ends_with('\u{fffd}') {
                let message = "the last character of a run decoded one byte off is lost";
                diagnostics.push(Diagnostic::warning("text-lost", Span::new(at, done), message));
            }
            fixes.push(fix);
        } else if hanzi::is_hanzi(c) && hanzi::rank(c).is_none() && is_doubtful(text, at + c.len_utf8()) {
            let message = format!("{c} beside a letter looks like text decoded one byte off");
            diagnostics.push(Diagnostic::info("mojibake-suspected", Span::new(at, at + c.len_utf8()), message));
        }
    }
}

/// The characters, none of them Latin, that have a single letter or sign of ASCII behind them.
fn lone_letters(text: &str) -> impl Iterator<Item = usize> {
    let lone = |window: &&[u8]| matches!(window, [0x80..=0xFF, b'@'..=b'~', 0x80..=0xFF]);
    let windows = text.as_bytes().windows(3).enumerate().filter(move |(_, window)| lone(window));
    windows.filter_map(move |(at, _)| {
        let (place, c) = text[..=at].char_indices().next_back()?;
        (c > '\u{36f}').then_some(place)
    })
}

/// Where the letters close behind a character end.
fn letters_behind(text: &str, at: usize) -> Vec<usize> {
    text[at..]
        .char_indices()
        .take(REACH)
        .take_while(|(_, c)| *c != '\n')
        .filter(|(_, c)| matches!(c, '@'..='~'))
        .map(|(offset, _)| at + offset + 1)
        .collect()
}

/// A letter within two characters behind, with a Chinese character behind it in turn.
fn is_doubtful(text: &str, end: usize) -> bool {
    let behind: Vec<char> = text[end..].chars().take(4).collect();
    behind.windows(2).take(3).any(|pair| {
        matches!(pair, [letter, next] if letter.is_ascii_alphabetic() && hanzi::is_hanzi(*next) && hanzi::is_hanzi(behind[0]))
    })
}

/// The pairs of Chinese characters in the text, but for those with a rare one.
fn pairs_of(text: &str) -> HashSet<(char, char)> {
    let is_common = |c: char| hanzi::is_hanzi(c) && hanzi::rank(c).is_some();
    text.chars().zip(text.chars().skip(1)).filter(|pair| is_common(pair.0) && is_common(pair.1)).collect()
}

fn undo(
    text: &str,
    at: usize,
    done: usize,
    ends: &[usize],
    pairs: &LazyCell<HashSet<(char, char)>, impl FnOnce() -> HashSet<(char, char)>>,
) -> Option<Fix> {
    let starts = text[done..at]
        .char_indices()
        .rev()
        .take(REACH)
        .take_while(|(_, c)| *c != '\n')
        .map(|(offset, _)| done + offset);
    let starts: Vec<usize> = std::iter::once(at).chain(starts).collect();
    // All readings are weighed over the same stretch, so that their costs compare.
    let first = starts.iter().copied().min()?;
    let before = text[..first].chars().next_back();
    let last = ends.last().copied()?;
    let behind = text[last..].chars().next();
    let runs: Vec<_> = starts
        .iter()
        .flat_map(|&start| ends.iter().map(move |&end| start..end))
        .filter_map(|range| without_lead(&text[range.clone()]).map(|(second, rest)| (range, second, rest)))
        .collect();
    if runs.is_empty() {
        return None;
    }
    let known = |a: char, b: char| pairs.contains(&(a, b));
    let as_it_stands = language::bits(before, text[first..last].chars().chain(behind), known);
    let mut costs = vec![as_it_stands];
    let mut best: Option<(f32, Range<usize>, char, String)> = None;
    for (run, second, rest) in runs {
        let head = language::bits(before, text[first..run.start].chars(), known);
        let last_before = text[..run.start].chars().next_back();
        let tail = rest.chars().chain(text[run.end..last].chars()).chain(behind);
        for &c in characters_with(second) {
            let prior = if is_punctuation(c) { PRIOR } else { PRIOR + NO_MARK };
            let own = language::bits(last_before, std::iter::once(c), known);
            let cost = head + own + language::bits(Some(c), tail.clone(), known) + prior;
            costs.push(cost);
            if cost < best.as_ref().map_or(as_it_stands, |best| best.0) {
                best = Some((cost, run.clone(), c, rest.clone()));
            }
        }
    }
    let (_, range, c, rest) = best?;
    let likely = language::share_of_best(&costs);
    (likely >= SURE).then(|| Fix::likely(range, format!("{c}{rest}"), likely))
}

/// The common characters and marks whose second byte this is.
fn characters_with(second: u8) -> &'static [char] {
    static TABLE: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
        let one =
            |lead, second| GBK.decode_without_bom_handling_and_without_replacement(&[lead, second])?.chars().next();
        let all = |second| (0x81..=0xFE).filter_map(|lead| one(lead, second)).filter(|c| is_plausible(*c)).collect();
        (0..=0xFF).map(all).collect()
    });
    &TABLE[usize::from(second)]
}

/// The bytes of a run, of which the first is the second one of a lost character: that byte, and what the others say. An
/// ASCII sign at the start of the run is taken for a full-width one that something made narrow.
fn without_lead(run: &str) -> Option<(u8, String)> {
    let first = run.chars().next()?;
    let (encoded, _, failed) = GBK.encode(run);
    if failed || first.is_ascii() && !first.is_ascii_punctuation() {
        return None;
    }
    let mut bytes = Vec::with_capacity(encoded.len() + 1);
    if first.is_ascii() {
        bytes.extend([0xA3, first as u8 | 0x80]);
        bytes.extend(&encoded[1..]);
    } else {
        bytes.extend(encoded.iter());
    }
    let (second, rest) = bytes.split_first()?;
    let rest = GBK.decode_without_bom_handling_and_without_replacement(rest)?;
    (!rest.is_empty() && rest.chars().all(is_plausible)).then(|| (*second, rest.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{check, untouched};
    use super::super::PASS;
    use encoding_rs::GBK;

    /// The text as it is read with the first byte of `words` lost.
    fn damaged(words: &str) -> String {
        let bytes = GBK.encode(words).0.into_owned();
        GBK.decode_without_bom_handling_and_without_replacement(&bytes[1..]).unwrap().into_owned()
    }

    #[test]
    fn a_lost_byte_is_put_back() {
        let mut cases = Vec::new();
        for (head, words, tail) in [
            ("全市基層黨組織和黨員", "。基層黨", "組織做到了五個好"),
            // Nothing of it stands elsewhere.
            ("各地要抓好落實", "，鞏固農", "村衛生工作成果"),
        ] {
            cases.push((format!("{head}{}{tail}", damaged(words)), format!("{head}{words}{tail}")));
        }
        cases.push((
            "全市基層黨組織和黨員;鶎狱h組織做到了五個好".into(),
            "全市基層黨組織和黨員。基層黨組織做到了五個好".into(),
        ));
        let cases: Vec<(&str, &str)> = cases.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        check(PASS, &cases);
    }

    #[test]
    fn rare_characters_beside_letters_stay() {
        untouched(
            PASS,
            &["硚口镇A区与硚口镇B区", "喆森堃X先生;喆森堃Y女士", "鄠邑区K线、鄠邑区M线", "骉犇VOCs治理，垚鑫PM2.5监测"],
        );
    }
}
