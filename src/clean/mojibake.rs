//! Text decoded wrongly, where the right reading can be had back; elsewhere a diagnostic.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use encoding_rs::{GBK, WINDOWS_1252};

use super::fix::Fix;
use super::{Context, Pass, hanzi, lost_brackets, misaligned};
use crate::diagnostic::Diagnostic;
use crate::model::RepairKind;
use crate::span::Span;

/// The pass.
///
/// Four kinds of damage, each undone only if the result is common Chinese: UTF-8 or GBK read as Latin-1 (`å…³äºŽ`,
/// `¹ØÓÚ`), UTF-8 read as GBK (`鍏充簬`), GBK read one byte off (see [`misaligned`]), and brackets lost to `?` (see
/// [`lost_brackets`]). 锟斤拷 and U+FFFD cannot be undone and are reported.
pub(super) const PASS: Pass = Pass { kind: RepairKind::Mojibake, find };

fn find(text: &str, context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    if context.profile.latin > 0 {
        read_as_latin(text, &mut fixes);
    }
    if context.profile.rare > 0 {
        let before = fixes.len();
        let rare = &context.profile.rare_at;
        read_as_gbk(text, rare, &mut fixes);
        if fixes.len() == before {
            misaligned::find(text, rare, &mut fixes, diagnostics);
        }
    }
    if context.profile.han > 0 {
        lost_brackets::find(text, &mut fixes);
        lost_for_good(text, context, diagnostics);
    }
    fixes.sort_by_key(|fix| fix.range.start);
    fixes
}

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

/// UTF-8 or GBK read as Latin-1 or Windows-1252.
///
/// Evidence: three or more such characters in a row whose bytes are strict UTF-8 with a Chinese character, or four or
/// more that are GBK of nothing but common characters. Counter-examples: tone marks of pinyin, French words, quotes around
/// Chinese text.
fn read_as_latin(text: &str, fixes: &mut Vec<Fix>) {
    let mut bytes = Vec::new();
    let mut starts = Vec::new();
    let mut close = |bytes: &mut Vec<u8>, starts: &mut Vec<usize>, end: usize| {
        if bytes.len() >= 3 && bytes.iter().any(|b| *b >= 0xA0) {
            undo_latin(bytes, starts, end, fixes);
        }
        bytes.clear();
        starts.clear();
    };
    for (at, c) in text.char_indices() {
        if let Some(byte) = latin_byte(c) {
            bytes.push(byte);
            starts.push(at);
        } else if !bytes.is_empty() {
            close(&mut bytes, &mut starts, at);
        }
    }
    close(&mut bytes, &mut starts, text.len());
}

/// Undo one run; quotes and dashes of the text itself may stand at either end of it.
fn undo_latin(bytes: &[u8], starts: &[usize], end: usize, fixes: &mut Vec<Fix>) {
    for (skip, drop) in [(0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2)] {
        let Some(inner) = bytes.get(skip..bytes.len().saturating_sub(drop)) else { continue };
        let text = match std::str::from_utf8(inner) {
            Ok(text) if text.chars().any(|c| hanzi::is_hanzi(c) || is_punctuation(c)) => text.to_owned(),
            _ if inner.len() >= 4 => match GBK.decode_without_bom_handling_and_without_replacement(inner) {
                Some(text) if text.chars().all(is_plausible) => text.into_owned(),
                _ => continue,
            },
            _ => continue,
        };
        let range = starts[skip]..starts.get(bytes.len() - drop).copied().unwrap_or(end);
        fixes.push(Fix::new(range, text));
        return;
    }
}

/// Chinese punctuation.
pub(super) fn is_punctuation(c: char) -> bool {
    matches!(
        c,
        '、' | '。' | '〈'
            ..='】'
                | '〔'
                | '〕'
                | '，'
                | '；'
                | '：'
                | '？'
                | '！'
                | '（'
                | '）'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '—'
                | '…'
                | '·'
                | '\u{3000}'
    )
}

/// A common Chinese character or Chinese punctuation.
pub(super) fn is_plausible(c: char) -> bool {
    hanzi::is_common(c) || is_punctuation(c)
}

/// UTF-8 read as GBK: `鍏充簬` was `关于`.
///
/// Evidence: a run of characters beyond ASCII one in twelve of them a rare one, whose GBK bytes are UTF-8 of common Chinese
/// characters. A last character whose third byte was lost is left out; one inside the run spoils it.
fn read_as_gbk(text: &str, rare_at: &[usize], fixes: &mut Vec<Fix>) {
    let ends_run = |c: char| c.is_ascii() || c == '\u{fffd}';
    let mut done = 0;
    for (place, &at) in rare_at.iter().enumerate() {
        let (Some(head), Some(tail)) = (text.get(done..at), text.get(at..)) else { continue };
        let start = head.char_indices().rev().find(|(_, c)| ends_run(*c)).map_or(0, |(end, c)| end + c.len_utf8());
        let range = done + start..at + tail.find(ends_run).unwrap_or(tail.len());
        done = range.end;
        let rare = rare_at[place..].iter().take_while(|at| **at < range.end).count();
        if rare * 12 >= text[range.clone()].chars().count() {
            undo_gbk(text, range, fixes);
        }
    }
}

fn undo_gbk(text: &str, range: Range<usize>, fixes: &mut Vec<Fix>) {
    let run = &text[range.clone()];
    let (bytes, _, failed) = GBK.encode(run);
    if failed {
        return;
    }
    let valid = match std::str::from_utf8(&bytes) {
        Ok(valid) => valid,
        Err(error) if bytes.len() - error.valid_up_to() <= 2 => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return,
    };
    let characters = valid.chars().count();
    let plausible = valid.chars().filter(|c| is_plausible(*c)).count();
    if plausible >= 2 && plausible * 10 >= characters * 9 {
        fixes.push(Fix::new(range, valid.to_owned()));
    }
}

/// What no decoding brings back.
fn lost_for_good(text: &str, context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for sign in ["锟斤拷", "烫烫烫", "屯屯屯"] {
        if let Some(at) = memchr::memmem::find(text.as_bytes(), sign.as_bytes()) {
            let message = format!("{sign} stands where text was lost by decoding; the source needs to be fetched anew");
            diagnostics.push(Diagnostic::warning("text-lost", Span::new(at, at + sign.len()), message));
        }
    }
    if context.profile.rare > 0
        && let Some(at) = memchr::memmem::find(text.as_bytes(), "\u{fffd}".as_bytes())
    {
        let count = memchr::memmem::find_iter(text.as_bytes(), "\u{fffd}".as_bytes()).count();
        let message = format!("{count} characters were lost by decoding");
        diagnostics.push(Diagnostic::warning("text-lost", Span::new(at, at + 3), message));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, untouched};
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
        let four = GBK.decode("关于认真做好扫盲工作的通知".as_bytes()).0.into_owned();
        let four = four.trim_end_matches('\u{fffd}').to_owned();
        check(
            PASS,
            &[
                (&one, whole),
                (&two, whole),
                (&format!("附：{one}（试行）"), &format!("附：{whole}（试行）")),
                (&three, "扫盲“两基”方案"),
                (&format!("2012 {four}"), "2012 关于认真做好扫盲工作的通知"),
            ],
        );
    }

    #[test]
    fn other_foreign_letters_stay() {
        untouched(
            PASS,
            &[
                "衛(wèi)生系統(tǒng)，女(nǚ)",
                "Café Müller à Genève, naïve façade",
                "温度25±1℃，面积3×4，“±”号",
                "×××市××局",
                "“两基”——攻坚…",
                "崀山镇、喆斌、堃鹏公司",
                "什么?怎么办?为什么?",
            ],
        );
    }

    #[test]
    fn what_is_lost_is_reported() {
        let mut diagnostics = Vec::new();
        let text = "关于锟斤拷工作的\u{fffd}知";
        let profile = super::super::profile::Profile::of(text);
        let context = Context { lexicon: crate::lexicon::Lexicon::builtin(), script: profile.script(), profile };
        assert!(find(text, &context, &mut diagnostics).is_empty());
        assert_eq!(diagnostics.iter().filter(|d| d.code == "text-lost").count(), 2);
    }
}
