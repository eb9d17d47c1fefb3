//! What documents are made of, counted and weighed: sparse vectors, and what two of them have in common.

use std::collections::HashMap;

/// How often each feature occurs in a document: number of the feature and count, by number, each feature once.
pub type Counts = Vec<(u32, u32)>;

/// Numbers features in the order of their first appearance, so that the same documents in the same order have the same
/// numbers. Texts and keys may be mixed: a text is never the same feature as a key.
#[derive(Clone, Debug, Default)]
pub struct FeatureBuilder {
    texts: HashMap<String, u32>,
    keys: HashMap<u64, u32>,
}

impl FeatureBuilder {
    /// Nothing numbered yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many features have a number.
    pub fn size(&self) -> usize {
        self.texts.len() + self.keys.len()
    }

    /// The features of a document that are texts, with how often each occurs. One that is told twice is added up.
    pub fn texts<T: AsRef<str>>(&mut self, features: impl IntoIterator<Item = (T, u32)>) -> Counts {
        let mut counts = Counts::new();
        for (feature, count) in features {
            let feature = feature.as_ref();
            let id = self.texts.get(feature).copied().unwrap_or_else(|| {
                let id = self.size() as u32;
                self.texts.insert(feature.to_owned(), id);
                id
            });
            counts.push((id, count));
        }
        added_up(counts)
    }

    /// The features of a document that are keys, with how often each occurs. One that is told twice is added up.
    pub fn keys(&mut self, features: impl IntoIterator<Item = (u64, u32)>) -> Counts {
        let mut counts = Counts::new();
        for (feature, count) in features {
            let next = self.size() as u32;
            counts.push((*self.keys.entry(feature).or_insert(next), count));
        }
        added_up(counts)
    }
}

fn added_up(mut counts: Counts) -> Counts {
    counts.sort_unstable();
    counts.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 = kept.1.saturating_add(later.1);
        }
        same
    });
    counts
}

/// The n-grams of the characters of a text with how often each occurs, in the order of the characters; white space and
/// punctuation left out, since repairs and typesetting change them. A text of fewer characters counts as one n-gram; a
/// text of none has none.
pub fn character_ngrams(text: &str, n: usize) -> Vec<(String, u32)> {
    let kept: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut starts: Vec<usize> = kept.char_indices().map(|(at, _)| at).collect();
    starts.push(kept.len());
    let n = n.clamp(1, (starts.len() - 1).max(1));
    let mut grams: Vec<&str> = starts.iter().zip(starts.iter().skip(n)).map(|(from, to)| &kept[*from..*to]).collect();
    grams.sort_unstable();
    grams.chunk_by(|a, b| a == b).map(|same| (same[0].to_owned(), same.len() as u32)).collect()
}

/// The weights of a document's features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vector {
    entries: Vec<(u32, f32)>,
    sum: f64,
    squares: f64,
    norm: f64,
}

impl Vector {
    /// The vector of weights. A feature that weighs nothing, or less than nothing, is left out; of one that is told
    /// twice the first weight counts.
    pub fn new(mut entries: Vec<(u32, f32)>) -> Self {
        entries.retain(|(_, weight)| *weight > 0.0 && weight.is_finite());
        entries.sort_by_key(|(id, _)| *id);
        entries.dedup_by_key(|(id, _)| *id);
        let sum = entries.iter().map(|(_, weight)| f64::from(*weight)).sum();
        let squares: f64 = entries.iter().map(|(_, weight)| f64::from(*weight) * f64::from(*weight)).sum();
        Self { entries, sum, squares, norm: squares.sqrt() }
    }

    /// The vector of counts, as they are.
    pub fn of_counts(counts: &[(u32, u32)]) -> Self {
        Self::new(counts.iter().map(|(id, count)| (*id, *count as f32)).collect())
    }

    /// Numbers and weights of the features, by number.
    pub fn entries(&self) -> &[(u32, f32)] {
        &self.entries
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The sum of the weights.
    pub fn sum(&self) -> f64 {
        self.sum
    }

    /// The length: the root of the sum of the squared weights.
    pub fn norm(&self) -> f64 {
        self.norm
    }
}

/// How the likeness of two vectors is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The cosine of the angle between them: the products of their weights over the product of their lengths.
    Cosine,
    /// The weighted Jaccard index: the lesser weights over the greater ones, feature by feature.
    Jaccard,
}

impl Measure {
    /// What a shared feature adds.
    pub(super) fn share(self, a: f32, b: f32) -> f64 {
        match self {
            Self::Cosine => f64::from(a) * f64::from(b),
            Self::Jaccard => f64::from(a.min(b)),
        }
    }

    /// The likeness of two vectors that share so much. One with itself is exactly 1, and nothing is more.
    pub(super) fn likeness(self, a: &Vector, b: &Vector, shared: f64) -> f64 {
        match self {
            Self::Cosine => (shared / (a.squares * b.squares).sqrt()).min(1.0),
            Self::Jaccard => shared / (a.sum + b.sum - shared),
        }
    }

    /// The likeness of two vectors, 0 to 1; nothing where either has no features.
    pub fn of(self, a: &Vector, b: &Vector) -> Option<f64> {
        if a.is_empty() || b.is_empty() {
            return None;
        }
        let (mut ours, mut theirs) = (a.entries.iter().peekable(), b.entries.iter().peekable());
        let mut shared = 0.0;
        while let (Some((x, weight)), Some((y, other))) = (ours.peek(), theirs.peek()) {
            let order = x.cmp(y);
            if order.is_eq() {
                shared += self.share(*weight, *other);
            }
            if order.is_le() {
                ours.next();
            }
            if order.is_ge() {
                theirs.next();
            }
        }
        Some(self.likeness(a, b, shared))
    }
}

/// The TF-IDF vectors of documents: (1 + ln tf) · (ln((1 + N) / (1 + df)) + 1), each vector of length 1 (Salton &
/// Buckley, Term-weighting approaches in automatic text retrieval, 1988; as scikit-learn's `TfidfVectorizer` weighs
/// with `sublinear_tf` and `smooth_idf`). A document without features counts in N and has an empty vector.
pub fn tf_idf(documents: &[Counts]) -> Vec<Vector> {
    let size = documents.iter().flatten().map(|(id, _)| *id as usize + 1).max().unwrap_or(0);
    let mut frequency = vec![0u32; size];
    for (id, _) in documents.iter().flatten().filter(|(_, count)| *count > 0) {
        frequency[*id as usize] += 1;
    }
    let all = 1.0 + documents.len() as f64;
    let rarity: Vec<f64> = frequency.iter().map(|df| (all / (1.0 + f64::from(*df))).ln() + 1.0).collect();
    documents
        .iter()
        .map(|counts| {
            let counts = counts.iter().filter(|(_, count)| *count > 0);
            let weights: Vec<(u32, f64)> =
                counts.map(|(id, count)| (*id, (1.0 + f64::from(*count).ln()) * rarity[*id as usize])).collect();
            let norm = weights.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
            Vector::new(weights.into_iter().map(|(id, weight)| (id, (weight / norm) as f32)).collect())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn features_are_numbered_as_they_come() {
        let mut builder = FeatureBuilder::new();
        assert_eq!(builder.texts([("动员", 1), ("部署", 2), ("动员", 3)]), [(0, 4), (1, 2)]);
        assert_eq!(builder.keys([(7, 1), (5, 1)]), [(2, 1), (3, 1)]);
        assert_eq!(builder.texts([("验收", 1), ("部署", 1)]), [(1, 1), (4, 1)]);
        assert_eq!(builder.size(), 5);
    }

    #[test]
    fn ngrams_leave_out_punctuation() {
        let cases: [(&str, usize, &[(&str, u32)]); 6] = [
            ("村村通，村村美", 2, &[("村村", 2), ("村美", 1), ("村通", 1), ("通村", 1)]),
            ("一 二。三", 3, &[("一二三", 1)]),
            ("一二", 3, &[("一二", 1)]),
            ("好", 2, &[("好", 1)]),
            ("。 ", 2, &[]),
            ("好好", 0, &[("好", 2)]),
        ];
        for (text, n, expected) in cases {
            let expected: Vec<(String, u32)> = expected.iter().map(|(gram, count)| ((*gram).into(), *count)).collect();
            assert_eq!(character_ngrams(text, n), expected, "{text}");
        }
    }

    #[test]
    fn tf_idf_by_hand() {
        // a stands in one document of three, b and c in two: idf a = ln(4/2) + 1 = 1.6931, b = c = ln(4/3) + 1 =
        // 1.2877. First: a twice, (1 + ln 2) · 1.6931 = 2.8667, b once, 1.2877; length √(2.8667² + 1.2877²) = 3.1427.
        // Second: b once, 1.2877, c twice, 1.6931 · 1.2877 = 2.1802; length 2.5321.
        let vectors = tf_idf(&[vec![(0, 2), (1, 1)], vec![(1, 1), (2, 2)], vec![(2, 3)]]);
        let expected: [&[f32]; 3] = [&[0.9122, 0.4097], &[0.5085, 0.8610], &[1.0]];
        for (vector, expected) in vectors.iter().zip(expected) {
            assert_eq!(vector.entries().len(), expected.len());
            for ((_, weight), expected) in vector.entries().iter().zip(expected) {
                assert!((weight - expected).abs() < 5e-5, "{weight} {expected}");
            }
        }
        // b alone is shared by the first two: 0.4097 · 0.5085.
        assert!(Measure::Cosine.of(&vectors[0], &vectors[1]).is_some_and(|cosine| (cosine - 0.2084).abs() < 5e-5));
        assert_eq!(Measure::Cosine.of(&vectors[0], &vectors[2]), Some(0.0));
    }

    #[test]
    fn jaccard_by_hand() {
        // Lesser weights 1 + 2 + 0 + 0, greater ones 3 + 2 + 1 + 4.
        let (a, b) = (Vector::of_counts(&[(0, 3), (1, 2), (2, 1)]), Vector::of_counts(&[(0, 1), (1, 2), (3, 4)]));
        assert_eq!(Measure::Jaccard.of(&a, &b), Some(0.3));
        assert_eq!(Measure::Jaccard.of(&a, &Vector::default()), None);
        assert_eq!(Measure::Cosine.of(&Vector::of_counts(&[(4, 0)]), &a), None);
    }

    proptest! {
        #[test]
        fn symmetric_one_with_itself_and_between(
            a in proptest::collection::vec((0u32..12, 0.01f32..9.0), 1..9),
            b in proptest::collection::vec((0u32..12, 0.01f32..9.0), 1..9),
        ) {
            let (a, b) = (Vector::new(a), Vector::new(b));
            for measure in [Measure::Cosine, Measure::Jaccard] {
                prop_assert_eq!(measure.of(&a, &a), Some(1.0));
                prop_assert_eq!(measure.of(&a, &b), measure.of(&b, &a));
                prop_assert!(measure.of(&a, &b).is_some_and(|likeness| (0.0..=1.0).contains(&likeness)));
            }
        }

        #[test]
        fn ngrams_are_as_many_as_characters_allow(text in "[甲乙。 ]{0,12}", n in 1usize..5) {
            let length = text.chars().filter(|c| c.is_alphanumeric()).count();
            let all: u32 = character_ngrams(&text, n).iter().map(|(_, count)| *count).sum();
            prop_assert_eq!(all as usize, if length == 0 { 0 } else { (length + 1).saturating_sub(n).max(1) });
        }
    }
}
