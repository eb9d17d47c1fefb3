//! What tells two documents of one wording from two copies of one document.

use xxhash_rust::xxh3::xxh3_64;

use super::grams::letters;

/// Facts of a plan.
const FACTS: usize = 5;
/// Bytes of stored facts.
pub(super) const BYTES: usize = 4 * FACTS;

/// The county, township, year, document number and issuer of a plan, each as a hash; 0 where it is not known.
///
/// Evidence that two plans are two documents: one of these is known of both, and differs. Example: 甲县2012年植树方案 and 乙县2012年植树方案, with
/// nothing else changed. Counter-example: a copy on a page that left the head out, of which less is known. Misses
/// documents that differ in what no fact tells (two schools of a township without the name of an issuer), and keeps copies apart in whose
/// head a letter was misread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts([u32; FACTS]);

impl Facts {
    /// The facts in their order; what stands behind the fifth is left out.
    pub fn new<T: AsRef<str>>(texts: impl IntoIterator<Item = Option<T>>) -> Self {
        let mut facts = [0; FACTS];
        for (fact, text) in facts.iter_mut().zip(texts) {
            let text = text.map(|text| letters(text.as_ref())).unwrap_or_default();
            if !text.is_empty() {
                *fact = ((xxh3_64(text.as_bytes()) >> 32) as u32).max(1);
            }
        }
        Self(facts)
    }

    /// Whether something that is known of both differs.
    pub fn differ(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a != b && *a != 0 && *b != 0)
    }

    /// As they are stored: four bytes a fact, the least first.
    pub fn bytes(&self) -> [u8; BYTES] {
        let mut out = [0; BYTES];
        for (bytes, fact) in out.chunks_exact_mut(4).zip(&self.0) {
            bytes.copy_from_slice(&fact.to_le_bytes());
        }
        out
    }

    /// Back from what is stored; nothing where it has another length.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != BYTES {
            return None;
        }
        let mut facts = [0; FACTS];
        for (fact, bytes) in facts.iter_mut().zip(bytes.chunks_exact(4)) {
            *fact = bytes.iter().rev().fold(0, |number, byte| (number << 8) | u32::from(*byte));
        }
        Some(Self(facts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_of_both_keeps_apart() {
        let facts = |texts: &[Option<&str>]| Facts::new(texts.iter().copied());
        let one = facts(&[Some("371122"), None, Some("2012"), Some("莒政发〔2012〕3号"), Some("莒县人民政府")]);
        let cases = [
            (facts(&[]), false),
            (one, false),
            (facts(&[Some("371122"), Some("招贤镇"), Some("2012")]), false),
            (facts(&[Some("371121")]), true),
            (facts(&[Some("371122"), None, Some("2013")]), true),
            (facts(&[None, None, None, Some("莒政发[2012]3号")]), false),
            (facts(&[None, None, None, Some("莒政发〔2012〕8号")]), true),
            (facts(&[None, None, None, None, Some("莒县教育局")]), true),
            (facts(&[Some("。"), None, None, None, Some("")]), false),
        ];
        for (other, expected) in cases {
            assert_eq!(one.differ(&other), expected, "{other:?}");
            assert_eq!(other.differ(&one), expected, "{other:?}");
        }
    }

    #[test]
    fn they_come_back_as_they_were_stored() {
        let facts = Facts::new([Some("371122"), None, Some("2012")]);
        assert_eq!(Facts::from_bytes(&facts.bytes()), Some(facts));
        assert_eq!(Facts::from_bytes(&[0; BYTES]), Some(Facts::default()));
        assert_eq!(Facts::from_bytes(&[]), None);
    }
}
