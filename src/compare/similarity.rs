//! How much two texts have in common.

/// The character bigrams of a text, sorted; white space and punctuation left out, since repairs and typesetting change
/// them. A text of one character counts as that character.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bigrams(Vec<(char, char)>);

impl Bigrams {
    /// The bigrams of a text.
    pub fn new(text: &str) -> Self {
        let mut pairs = Vec::new();
        let mut before = None;
        for c in text.chars().filter(|c| c.is_alphanumeric()) {
            if let Some(before) = before {
                pairs.push((before, c));
            }
            before = Some(c);
        }
        if let (true, Some(only)) = (pairs.is_empty(), before) {
            pairs.push((only, only));
        }
        pairs.sort_unstable();
        Self(pairs)
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The Dice coefficient: twice the bigrams shared over all bigrams, 0 to 1. Each bigram counts as often as it occurs,
    /// so order within a passage matters and the order of passages does not. Two empty texts are the same.
    pub fn dice(&self, other: &Self) -> f64 {
        let all = self.0.len() + other.0.len();
        if all == 0 {
            return 1.0;
        }
        let (mut ours, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut shared = 0usize;
        while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(ours.next()),
                std::cmp::Ordering::Greater => drop(theirs.next()),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    ours.next();
                    theirs.next();
                }
            }
        }
        2.0 * shared as f64 / all as f64
    }
}

/// The Dice coefficient of two texts.
pub fn dice(a: &str, b: &str) -> f64 {
    Bigrams::new(a).dice(&Bigrams::new(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn literal_cases() {
        let cases = [
            ("动员部署", "动员部署", 1.0),
            ("动员部署", "动员、部署。", 1.0),
            ("动员部署", "动员", 0.5),
            ("动员部署", "检查验收", 0.0),
            ("好", "好", 1.0),
            ("", "", 1.0),
            ("", "好", 0.0),
        ];
        for (a, b, expected) in cases {
            assert!((dice(a, b) - expected).abs() < 1e-9, "{a} {b}: {}", dice(a, b));
        }
    }

    proptest! {
        #[test]
        fn symmetric_and_between_nothing_and_everything(a in "[一二三a。 ]{0,12}", b in "[一二三a。 ]{0,12}") {
            let (there, back) = (dice(&a, &b), dice(&b, &a));
            prop_assert!((there - back).abs() < 1e-12);
            prop_assert!((0.0..=1.0).contains(&there));
            prop_assert!((dice(&a, &a) - 1.0).abs() < 1e-12);
        }
    }
}
