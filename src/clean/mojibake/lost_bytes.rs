//! Bytes of GBK lost around a bracket: `江苏?。?024年` was `江苏省）2024年`.

use std::sync::LazyLock;

use encoding_rs::GBK;
use regex::Regex;

use super::super::fix::Fix;
use super::super::{hanzi, language};
use super::CERTAIN;
use crate::diagnostic::Diagnostic;
use crate::lexicon::gazetteer::Gazetteer;
use crate::span::Span;

/// 。 is the bytes A1 A3: the second one of the character before the mark, and the first one of the mark. The mark's second
/// byte and the sign behind it make no character, so both are lost.
static LOST: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\?。\?([0-9]{3})年").expect("a literal pattern"));

/// Undo what is certain, and report the rest.
///
/// Evidence: `?。?` behind a Chinese character with three digits and 年 behind it, of which only one year is left (`024年`
/// is 2024, `998年` 1998); a bracket that is open in the sentence, which the lost mark then closes; and one character with
/// the second byte A1 that is far likelier than the others behind those before it, as one that completes the name of a
/// province, prefecture or county is. Counter-example: `怎么办?。?024年`, where no bracket is open. It misses all other marks
/// and signs, which it reports.
pub(super) fn find(text: &str, fixes: &mut Vec<Fix>, diagnostics: &mut Vec<Diagnostic>) {
    for at in memchr::memmem::find_iter(text.as_bytes(), "?。?".as_bytes()) {
        let found = LOST.captures_at(text, at).filter(|found| found.get(0).is_some_and(|whole| whole.start() == at));
        let fix = found.and_then(|found| undo(text, at, found.get(1)?.as_str()));
        match fix {
            Some(fix) => fixes.push(fix),
            None if text[..at].ends_with(hanzi::is_hanzi) => {
                let message = "?。? stands where bytes of two or three characters were lost";
                diagnostics.push(Diagnostic::info("mojibake-suspected", Span::new(at, at + "?。?".len()), message));
            }
            None => {}
        }
    }
}

fn undo(text: &str, at: usize, digits: &str) -> Option<Fix> {
    let century = match digits.as_bytes()[0] {
        b'0' => '2',
        b'9' => '1',
        _ => return None,
    };
    let open = text[..at].rfind(['（', '(', '）', ')', '\n', '。'])?;
    let bracket = match text[open..].chars().next()? {
        '（' | '(' => '）',
        _ => return None,
    };
    let before = text[..at].chars().next_back().filter(|c| hanzi::is_hanzi(*c))?;
    let candidates: Vec<(f32, char)> = (0x81..=0xFE_u8)
        .filter_map(|lead| GBK.decode_without_bom_handling_and_without_replacement(&[lead, 0xA1])?.chars().next())
        .filter(|c| hanzi::is_common(*c))
        .map(|c| {
            let cost = language::bits(Some(before), std::iter::once(c), |_, _| false);
            (if completes_name(&text[..at], c) { cost - NAME } else { cost }, c)
        })
        .collect();
    let costs: Vec<f32> = candidates.iter().map(|candidate| candidate.0).collect();
    let likely = language::share_of_best(&costs);
    let (_, best) = candidates.into_iter().min_by(|a, b| a.0.total_cmp(&b.0))?;
    (likely >= CERTAIN).then(|| Fix::likely(at..at + "?。?".len(), format!("{best}{bracket}{century}"), likely))
}

/// What is taken off the cost of a character that completes the name of a place, in bits.
const NAME: f32 = 8.0;

/// Whether a character behind a text is the last one of a place's full name.
fn completes_name(before: &str, last: char) -> bool {
    let mut name: Vec<char> = before.chars().rev().take(5).map(language::simple).collect();
    name.reverse();
    name.push(language::simple(last));
    let name: String = name.into_iter().collect();
    Gazetteer::builtin()
        .mentions(&name, None)
        .iter()
        .any(|mention| mention.span.range().end == name.len() && mention.full)
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{check, untouched};
    use super::super::PASS;

    #[test]
    fn a_closing_bracket_comes_back_with_its_neighbours() {
        check(
            PASS,
            &[
                ("（江苏?。?024年工作要点", "（江苏省）2024年工作要点"),
                ("高血压防治(山东?。?998年计划", "高血压防治(山东省）1998年计划"),
            ],
        );
    }

    #[test]
    fn what_is_not_certain_stays() {
        untouched(PASS, &["怎么办?。?024年再说", "（试行?。?本办法", "（什么?。?524年", "（在哪?。?024年"]);
    }
}
