//! How alike what two sections are called is.

use super::similarity::Bigrams;

/// From what part of their bigrams in common headings are alike.
const ALIKE: f64 = 0.5;
/// The feature of a section that has neither component nor heading.
const UNNAMED: u64 = u64::MAX;
/// Features of components begin here; bigrams, of two characters of 21 bits each, are all lower.
const COMPONENTS: u64 = 1 << 62;
/// How often a component counts among the features: about as much as a heading of five characters.
const COMPONENT: u32 = 4;

/// What a section is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    component: Option<u8>,
    heading: Bigrams,
    /// The bigrams again, in order, as features.
    bigrams: Vec<u64>,
    /// A bit for each bigram, the same one for some that differ.
    bits: u64,
}

impl Label {
    /// The label of a section: number of its standard component, if it is one, and its heading without the number.
    pub fn new(component: Option<u8>, heading: &str) -> Self {
        let characters: Vec<char> = heading.chars().filter(|c| c.is_alphanumeric()).collect();
        let feature = |pair: &[char]| u64::from(pair[0]) << 21 | u64::from(pair[pair.len() - 1]);
        let bigrams: Vec<u64> = characters.windows(characters.len().clamp(1, 2)).map(feature).collect();
        // The upper bits of a product depend on all bits of the factors.
        let bit = |bigram: &u64| 1u64 << (bigram.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58);
        let bits = bigrams.iter().fold(0, |bits, bigram| bits | bit(bigram));
        Self { component, heading: Bigrams::new(heading), bigrams, bits }
    }

    /// How alike two labels are: 1 if both are the same component, otherwise the Dice coefficient of their headings, 0
    /// if it is below a half. Two sections without headings are alike.
    pub fn likeness(&self, other: &Self) -> f64 {
        if self.component.is_some() && self.component == other.component {
            return 1.0;
        }
        let all = self.bigrams.len() + other.bigrams.len();
        // Each bigram in common has its bit in both, or shares it with another bigram of its own heading.
        let most = self.bigrams.len() - (self.bits & !other.bits).count_ones() as usize;
        if ALIKE * all as f64 > (2 * most) as f64 {
            return 0.0;
        }
        let dice = self.heading.dice(&other.heading);
        if dice < ALIKE { 0.0 } else { dice }
    }

    /// The component and the bigrams with how often each occurs, some told more than once.
    pub(super) fn features(&self) -> impl Iterator<Item = (u64, u32)> {
        let unnamed = (self.component.is_none() && self.bigrams.is_empty()).then_some((UNNAMED, 1));
        let component = self.component.map(|component| (COMPONENTS + u64::from(component), COMPONENT));
        self.bigrams.iter().map(|bigram| (*bigram, 1)).chain(component).chain(unnamed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn likeness_of_labels() {
        let cases = [
            (Some(1), "总体思路", Some(1), "指导思想", 1.0),
            (Some(1), "动员部署", Some(2), "动员部署", 1.0),
            // One bigram of three and of one.
            (None, "动员部署", Some(2), "动员", 0.5),
            // One bigram of three each: 2 of 6.
            (None, "动员部署", None, "动员大会", 0.0),
            (None, "水", None, "水", 1.0),
            (None, "", None, "、", 1.0),
            (None, "", None, "水", 0.0),
        ];
        for (component, heading, other, text, expected) in cases {
            let (a, b) = (Label::new(component, heading), Label::new(other, text));
            assert!((a.likeness(&b) - expected).abs() < 1e-12, "{heading} {text}: {}", a.likeness(&b));
            assert!((b.likeness(&a) - expected).abs() < 1e-12, "{text} {heading}: {}", b.likeness(&a));
        }
    }

    #[test]
    fn features_are_bigrams_and_components() {
        let features = |component, heading| Label::new(component, heading).features().collect::<Vec<_>>();
        assert_eq!(features(None, "ab、c"), [((97 << 21) + 98, 1), ((98 << 21) + 99, 1)]);
        assert_eq!(features(Some(2), "a"), [((97 << 21) + 97, 1), (COMPONENTS + 2, COMPONENT)]);
        assert_eq!(features(Some(2), ""), [(COMPONENTS + 2, COMPONENT)]);
        assert_eq!(features(None, "。"), [(UNNAMED, 1)]);
    }

    proptest! {
        #[test]
        fn likeness_is_that_of_the_headings(a in "[甲乙丙。]{0,9}", b in "[甲乙丙。]{0,9}") {
            let dice = crate::compare::dice(&a, &b);
            let expected = if dice < ALIKE { 0.0 } else { dice };
            prop_assert!(Label::new(None, &a).likeness(&Label::new(None, &b)).to_bits() == expected.to_bits());
        }
    }
}
