//! GBK text read one byte off between two losses: `ＶР棵考径茸橹淮蜗殖」勰，` was `。支部每季度组织一次现场观摩，`.

use std::collections::HashSet;

use encoding_rs::GBK;

use super::super::fix::Fix;
use super::super::{hanzi, language};
use super::{CERTAIN, PRIOR, is_plausible, is_punctuation};

/// Characters looked at in front of a place.
const BEFORE: usize = 8;

/// Characters looked at behind it.
const BEHIND: usize = 40;

/// Place in the order of frequency up to which characters stand by themselves (的, 在, 要).
const HELPERS: u16 = 60;

/// A reading of a run.
struct Reading {
    cost: f32,
    start: usize,
    end: usize,
    /// All but the last character.
    certain: String,
    last: char,
}

/// Undo the damage around a Greek or Cyrillic letter or a character of private use, of which such runs hold some.
///
/// Evidence: with the first byte of a mark in front of the run and some second byte behind it, where a mark or a sign of
/// ASCII follows, its bytes are common characters, and one such reading is likelier than all others and than the text as
/// it stands; and each of its characters stands by itself often or is a word with a neighbour, since more bytes may be
/// lost inside the run. Where only the last character is in doubt, it becomes U+FFFD. Counter-example: `α、β两类`. It misses
/// runs with no such letter in them, and those that end before a character.
pub(super) fn undo(text: &str, at: usize, done: usize, pairs: &HashSet<(char, char)>) -> Option<Fix> {
    let on_line = |c: &char| *c != '\n';
    let back = text[done..at].char_indices().rev().take(BEFORE).take_while(|(_, c)| on_line(c));
    let starts: Vec<usize> = back.map(|(offset, _)| done + offset).chain([at]).collect();
    let ends: Vec<usize> = text[at..]
        .char_indices()
        .take(BEHIND)
        .take_while(|(_, c)| on_line(c))
        .map(|(offset, c)| at + offset + c.len_utf8())
        .filter(|&end| {
            text[end..].chars().next().is_none_or(|c| matches!(c, '\n' | ' ' | '0'..='9') || is_punctuation(c))
        })
        .collect();
    let (first, last) = (starts.iter().copied().min()?, ends.last().copied()?);
    let known = |a: char, b: char| pairs.contains(&(a, b));
    let before = text[..first].chars().next_back();
    let behind = text[last..].chars().next();
    let as_it_stands = language::bits(before, text[first..last].chars().chain(behind), known);
    let mut readings: Vec<Reading> = Vec::new();
    for &start in &starts {
        for &end in &ends {
            let Some((head, rest, lead)) = parts(&text[start..end]) else { continue };
            let fixed = language::bits(before, text[first..start].chars(), known) + PRIOR;
            for mark in head {
                let certain = format!("{mark}{rest}");
                let cost = fixed + language::bits(text[..start].chars().next_back(), certain.chars(), known);
                let seconds = (0x40..=0xFE_u8).filter_map(|second| one(lead, second)).filter(|c| hanzi::is_common(*c));
                readings.extend(seconds.map(|c| {
                    let tail = std::iter::once(c).chain(text[end..last].chars()).chain(behind);
                    let cost = cost + language::bits(certain.chars().next_back(), tail, known);
                    Reading { cost, start, end, certain: certain.clone(), last: c }
                }));
            }
        }
    }
    let best = readings.iter().min_by(|a, b| a.cost.total_cmp(&b.cost)).filter(|best| best.cost < as_it_stands)?;
    let weight = |cost: f32| (best.cost - cost).exp2();
    let all = readings.iter().map(|reading| weight(reading.cost)).sum::<f32>() + weight(as_it_stands);
    let same = readings
        .iter()
        .filter(|other| (other.start, other.end) == (best.start, best.end) && other.certain == best.certain);
    if !best.certain.chars().zip(best.certain.chars().skip(1)).zip(best.certain.chars().skip(2)).all(|((a, b), c)| {
        let known = |a, b| language::is_pair(a, b) || pairs.contains(&(a, b));
        let is_helper = hanzi::rank(b).is_some_and(|rank| rank <= HELPERS);
        is_helper || is_punctuation(a) || known(a, b) || known(b, c)
    }) {
        return None;
    }
    let (whole, most) = (1.0 / all, same.map(|reading| weight(reading.cost)).sum::<f32>() / all);
    if whole >= CERTAIN {
        Some(Fix::likely(best.start..best.end, format!("{}{}", best.certain, best.last), whole))
    } else {
        (most >= CERTAIN).then(|| Fix::likely(best.start..best.end, format!("{}\u{fffd}", best.certain), most))
    }
}

/// The bytes of a run, one off: the marks that may begin it, the characters in it, the first byte of its last one.
fn parts(run: &str) -> Option<(Vec<char>, String, u8)> {
    let (bytes, _, failed) = GBK.encode(run);
    if failed || run.is_ascii() || bytes.len() != run.chars().count() * 2 || bytes.len() < 6 {
        return None;
    }
    let (second, rest) = bytes.split_first()?;
    let (lead, rest) = rest.split_last()?;
    let rest = GBK.decode_without_bom_handling_and_without_replacement(rest)?;
    let marks: Vec<char> = [0xA1, 0xA3].into_iter().filter_map(|lead| one(lead, *second)).collect();
    let marks: Vec<char> = marks.into_iter().filter(|c| is_punctuation(*c)).collect();
    (!marks.is_empty() && rest.chars().all(is_plausible)).then(|| (marks, rest.into_owned(), *lead))
}

fn one(lead: u8, second: u8) -> Option<char> {
    GBK.decode_without_bom_handling_and_without_replacement(&[lead, second])?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{check, untouched};
    use super::super::PASS;
    use super::*;

    /// The words as they are read without their first and last byte.
    fn damaged(words: &str) -> String {
        let bytes = GBK.encode(words).0.into_owned();
        GBK.decode_without_bom_handling_and_without_replacement(&bytes[1..bytes.len() - 1]).unwrap().into_owned()
    }

    #[test]
    fn a_run_between_two_losses_is_read() {
        let one = damaged("。支部书记要履行第一责任人的职责");
        let two = damaged("，每季度检查农村市场");
        check(
            PASS,
            &[
                (
                    &format!("把阵地建到田间地头{one}，每月汇报。"),
                    "把阵地建到田间地头。支部书记要履行第一责任人的职\u{fffd}，每月汇报。",
                ),
                (&format!("动物防疫站{two}；种子站"), "动物防疫站，每季度检查农村市\u{fffd}；种子站"),
            ],
        );
    }

    #[test]
    fn foreign_letters_stay() {
        // More bytes are lost inside: read as it is, it would be 组只次.
        untouched(PASS, &["田间地头ＶР棵考径茸橹淮蜗殖」勰，农资市场"]);
        untouched(PASS, &["α、β两类射线，μ介子", "ЮНЕСКО文件，Ω形弯管", "温度Ｔ与压力Ｐ，ＱＱ群"]);
    }
}
