//! Reads the evidence of rows anew: what `Corpus.verify` rests on.
//!
//! Kept apart from [`super::Places`] on purpose: the proof goes from the source forward, the rows went backwards from the
//! cleaned text, and the two share no code but the source map.

use crate::model::Cleaned;
use crate::span::Span;

/// What a row claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// First code point of its evidence in the source.
    pub start: u32,
    /// Code point after the last one.
    pub end: u32,
    /// What the row says.
    pub says: String,
    /// Whether that must be all that the evidence says; otherwise it must be part of it, punctuation and white space aside.
    pub exact: bool,
}

/// For each claim: nothing where it holds, otherwise the clean reading of its evidence.
pub fn check(source: &str, cleaned: &Cleaned, claims: &[Claim]) -> Vec<Option<String>> {
    let bytes = Bytes::new(source);
    claims
        .iter()
        .map(|claim| {
            let evidence = Span::new(bytes.at(source, claim.start), bytes.at(source, claim.end));
            let reading = cleaned.map.to_output(evidence).of(&cleaned.text);
            let says = if claim.exact { reading == claim.says } else { bare(reading).contains(&bare(&claim.says)) };
            let holds = claim.start <= claim.end && says;
            (!holds).then(|| reading.to_owned())
        })
        .collect()
}

/// Letters and digits only, full-width ones as half-width: what is left is what was said.
fn bare(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Code points → bytes, the way back of `span::CharIndex`; kept apart so that the proof does not rest on what it proves.
pub(super) struct Bytes {
    every: Vec<usize>,
}

const STEP: usize = 256;

impl Bytes {
    pub(super) fn new(text: &str) -> Self {
        Self { every: text.char_indices().step_by(STEP).map(|(at, _)| at).collect() }
    }

    pub(super) fn at(&self, text: &str, chars: u32) -> usize {
        let chars = chars as usize;
        let Some(from) = self.every.get(chars / STEP) else { return text.len() };
        let rest = text.get(*from..).unwrap_or("");
        rest.char_indices().nth(chars % STEP).map_or(text.len(), |(at, _)| from + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_to_bytes() {
        let text = "方a𠮷".repeat(300);
        let bytes = Bytes::new(&text);
        for (chars, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(bytes.at(&text, chars as u32), at);
        }
        assert_eq!(bytes.at(&text, 900), text.len());
        assert_eq!(bytes.at(&text, 9_000), text.len());
        assert_eq!(bare("（Ａ1）、 方 案。"), "A1方案");
    }

    #[test]
    fn claims_are_held_against_the_clean_reading() {
        let source = "推進衛(wèi)生工作";
        let mut rewriter = crate::source_map::Rewriter::new(source);
        rewriter.replace(3..6, "进");
        rewriter.replace(6..9, "卫");
        rewriter.delete(9..15);
        let (text, map) = rewriter.finish();
        let cleaned = Cleaned { text, map, ..Cleaned::default() };
        let claim = |start, end, says: &str, exact| Claim { start, end, says: says.into(), exact };
        let claims = [
            claim(0, 11, "推进卫生工作", true),
            claim(2, 9, "卫生", true),
            claim(0, 11, "卫生，", false),
            claim(2, 9, "卫 生", true),
            claim(0, 2, "卫生", false),
            claim(9, 2, "", false),
        ];
        let answers = check(source, &cleaned, &claims);
        assert_eq!(answers[..3], [None, None, None]);
        assert_eq!(answers[3].as_deref(), Some("卫生"));
        assert_eq!(answers[4].as_deref(), Some("推进"));
        assert!(answers[5].is_some());
    }
}
