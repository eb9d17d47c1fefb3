//! Text decoded wrongly, where the right reading can be had back; elsewhere a diagnostic.

mod between;
mod latin;
mod lost_brackets;
mod lost_bytes;
mod misaligned;
mod utf8_as_gbk;

use super::fix::Fix;
use super::language;
use super::{Context, Pass, hanzi};
use crate::diagnostic::Diagnostic;
use crate::model::RepairKind;
use crate::span::Span;

/// The pass.
///
/// Six kinds of damage, a file each: UTF-8 or GBK read as Latin-1 (`å…³äºŽ`, `¹ØÓÚ`; [`latin`]), UTF-8 read as GBK
/// (`鍏充簬`; [`utf8_as_gbk`]), GBK read one byte off ([`misaligned`], [`between`]), single bytes lost in the same way
/// ([`lost_bytes`]), and brackets lost to `?` ([`lost_brackets`]). A repair is made only if the bytes of what is there
/// are, but for what was lost, those of the reading, and if the reading is likelier Chinese by [`language`]; how likely
/// is its `confidence`. 锟斤拷 and U+FFFD cannot be undone and are reported.
pub(super) const PASS: Pass = Pass { kind: RepairKind::Mojibake, find };

/// From what probability on a reading counts as certain.
const CERTAIN: f32 = 0.95;

/// How much less likely damage is than text as odd as it, in bits, before the reading is looked at.
const PRIOR: f32 = 10.0;

fn find(text: &str, context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    if context.profile.latin > 0 {
        latin::find(text, &mut fixes);
    }
    let before = fixes.len();
    if context.profile.rare > 0 {
        utf8_as_gbk::find(text, &context.profile.rare_at, &mut fixes);
    }
    if fixes.len() == before && (context.profile.rare > 0 || context.profile.traditional > 0) {
        misaligned::find(text, context, &mut fixes, diagnostics);
    }
    if context.profile.han > 0 {
        lost_brackets::find(text, &mut fixes);
        lost_bytes::find(text, &mut fixes, diagnostics);
        lost_for_good(text, context, diagnostics);
    }
    fixes.sort_by_key(|fix| fix.range.start);
    fixes
}

/// The probability that a text was `reading`, of which `damage` is what is left.
fn confidence(before: Option<char>, damage: &str, reading: &str) -> f32 {
    let cost = |text: &str| language::bits(before, text.chars(), |_, _| false);
    language::share_of_best(&[cost(reading) + PRIOR, cost(damage)]) * f32::from(cost(reading) + PRIOR < cost(damage))
}

/// Chinese punctuation.
fn is_punctuation(c: char) -> bool {
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
                | '０'..='９'
    )
}

/// A common Chinese character or Chinese punctuation.
fn is_plausible(c: char) -> bool {
    hanzi::is_common(c) || is_punctuation(c)
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
    use super::super::profile::Profile;
    use super::super::testing::untouched;
    use super::*;

    #[test]
    fn other_foreign_letters_stay() {
        untouched(
            PASS,
            &[
                "衛(wèi)生系統(tǒng)，女(nǚ)",
                "Café Müller à Genève, naïve façade",
                "l’été » à Orléans",
                "温度25±1℃，面积3×4，“±”号",
                "×××市××局",
                "“两基”——攻坚…",
                "硚口镇、喆斌、堃鹏公司",
                "什么?怎么办?为什么?",
            ],
        );
    }

    #[test]
    fn what_is_lost_is_reported() {
        let mut diagnostics = Vec::new();
        let text = "关于锟斤拷工作的\u{fffd}知";
        let profile = Profile::of(text);
        let context =
            Context { lexicon: crate::lexicon::Lexicon::builtin(), source: text, script: profile.script(), profile };
        assert!(find(text, &context, &mut diagnostics).is_empty());
        assert_eq!(diagnostics.iter().filter(|d| d.code == "text-lost").count(), 2);
    }

    #[test]
    fn a_likely_reading_is_certain_and_an_unlikely_one_is_not() {
        assert!(confidence(Some('，'), "鶎狱h", "。基层党") > 0.99);
        assert!(confidence(None, "山东", "峙雉") < 0.01);
        assert!(confidence(Some('镇'), "A区", "的") < 0.9);
    }
}
