//! What of a plan's text is compared, and how much of it two plans share.

use xxhash_rust::xxh3::xxh3_64;

/// Letters in a gram.
///
/// Five, as for the runs of text reuse: one letter in a hundred that was misread leaves nine tenths of the grams of two copies in common, and
/// documents that say the same in other words have almost none. Longer grams fall with every slip; with shorter ones
/// templates filled in with other names come as close as copies do.
pub const GRAM: usize = 5;

/// Bits of a letter.
const BITS: u32 = 21;

/// The letters and digits of a repaired text in lower case, full-width ones as half-width: what does not depend on script, pinyin,
/// punctuation, line ends or encoding once the text is repaired.
pub fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Nearly all of a text; the general question takes a look into tables.
            '\u{4E00}'..='\u{9FFF}' => out.push(c),
            '\0'..='\x7F' => {
                if c.is_ascii_alphanumeric() {
                    out.push(c.to_ascii_lowercase());
                }
            }
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                let half = char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c);
                out.push(half.to_ascii_lowercase());
            }
            _ => {
                if c.is_alphanumeric() {
                    out.push(c);
                }
            }
        }
    }
    out
}

/// A hash of every run of [`GRAM`] letters, in the order of the text; of fewer letters one of them all. The same on every machine.
pub(super) fn hashes(letters: &str) -> Vec<u64> {
    const MASK: u128 = (1 << (BITS * GRAM as u32)) - 1;
    let mut out = Vec::with_capacity(letters.len() / 3);
    let mut gram = 0u128;
    let mut read = 0;
    for c in letters.chars() {
        // Five letters are 105 bits, so that no two grams are the same number.
        gram = ((gram << BITS) | u128::from(u32::from(c))) & MASK;
        read += 1;
        if read >= GRAM {
            out.push(xxh3_64(&gram.to_le_bytes()));
        }
    }
    if out.is_empty() && read > 0 {
        out.push(xxh3_64(&gram.to_le_bytes()));
    }
    out
}

/// The grams of a text, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grams(Vec<u64>);

impl Grams {
    /// The grams of letters, as [`letters`] gives them.
    pub fn new(letters: &str) -> Self {
        let mut grams = hashes(letters);
        grams.sort_unstable();
        grams.dedup();
        Self(grams)
    }

    /// The Jaccard index: grams of both over grams of either, 0 to 1. Two texts without letters are the same.
    pub fn jaccard(&self, other: &Self) -> f64 {
        let (ours, theirs) = (&self.0, &other.0);
        let (mut i, mut j, mut shared) = (0, 0, 0usize);
        while let (Some(a), Some(b)) = (ours.get(i), theirs.get(j)) {
            shared += usize::from(a == b);
            i += usize::from(a <= b);
            j += usize::from(b <= a);
        }
        let either = ours.len() + theirs.len() - shared;
        if either == 0 { 1.0 } else { shared as f64 / either as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// The index as it is defined.
    pub fn by_definition(a: &str, b: &str) -> f64 {
        let grams = |text: &str| {
            let letters: Vec<char> = text.chars().collect();
            let runs: BTreeSet<Vec<char>> = letters.windows(GRAM).map(<[char]>::to_vec).collect();
            if runs.is_empty() && !letters.is_empty() { BTreeSet::from([letters]) } else { runs }
        };
        let (a, b) = (grams(a), grams(b));
        let either = a.union(&b).count();
        if either == 0 { 1.0 } else { a.intersection(&b).count() as f64 / either as f64 }
    }

    #[test]
    fn letters_are_what_is_left_of_a_text() {
        let cases = [
            ("植树，造林。\r\n（2012年）", "植树造林2012年"),
            ("ＡＢｃ１２ Word①", "abc12word①"),
            ("𠮷野、㐂", "𠮷野㐂"),
            ("——……！", ""),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(letters(text), expected, "{text}");
        }
    }

    #[test]
    fn literal_cases() {
        // 植树造林绿 and 树造林绿化 against 植树造林绿 and 树造林绿山: one of three.
        let cases = [
            ("植树造林绿化", "植树造林绿化", 1.0),
            ("植树造林绿化", "植树造林绿山", 1.0 / 3.0),
            ("植树", "植树", 1.0),
            ("植树", "造林", 0.0),
            ("植树", "植树造林绿化", 0.0),
            ("", "", 1.0),
            ("", "植树", 0.0),
        ];
        for (a, b, expected) in cases {
            let found = Grams::new(a).jaccard(&Grams::new(b));
            assert!((found - expected).abs() < 1e-12, "{a} {b}: {found}");
        }
    }

    #[test]
    fn hashes_do_not_change() {
        // Fingerprints are stored: they must be the same in every version and on every machine.
        assert_eq!(hashes("植树造林绿化"), [6_644_061_184_980_937_046, 2_620_474_686_462_044_290]);
    }

    proptest! {
        #[test]
        fn as_it_is_defined(a in "[植树造林a]{0,40}", b in "[植树造林a]{0,40}") {
            let found = Grams::new(&a).jaccard(&Grams::new(&b));
            prop_assert!((found - by_definition(&a, &b)).abs() < 1e-12);
        }

        #[test]
        fn letters_of_letters_are_the_same(text in "\\PC{0,60}") {
            let once = letters(&text);
            prop_assert!(once.chars().all(char::is_alphanumeric));
            prop_assert_eq!(letters(&once), once);
        }
    }
}
