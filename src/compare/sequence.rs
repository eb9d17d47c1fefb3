//! How alike the order of two courses of stages is.

/// The likeness of two sequences of canonical stages: twice the length of their longest common subsequence over the sum
/// of their lengths, 0 to 1; nothing where either has no stages.
///
/// Evidence: which stages there are and which come before which. mobilise, inspect, review and mobilise, review have
/// two in common, in order: 2·2/5. Counter-example: the same two stages in the other order have one in common, 0.5.
/// Misses how long stages last, and takes a stage that one plan splits in two for one more.
pub fn order_likeness(a: &[u8], b: &[u8]) -> Option<f64> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    // common[j]: of what was read of a and the first j of b.
    let mut common = vec![0usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = common[j + 1];
            common[j + 1] = if x == y { diagonal + 1 } else { above.max(common[j]) };
            diagonal = above;
        }
    }
    Some(2.0 * common[b.len()] as f64 / (a.len() + b.len()) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn literal_cases() {
        let cases: [(&[u8], &[u8], Option<f64>); 7] = [
            (&[1, 2, 3], &[1, 2, 3], Some(1.0)),
            // 1 and 3 in common: 4 of 5.
            (&[1, 2, 3], &[1, 3], Some(0.8)),
            // Either 1 or 2, not both: 2 of 4.
            (&[1, 2], &[2, 1], Some(0.5)),
            // 2, 3, 2 in common: 6 of 9.
            (&[1, 2, 3, 2], &[2, 4, 3, 4, 2], Some(6.0 / 9.0)),
            (&[1], &[2], Some(0.0)),
            (&[], &[2], None),
            (&[], &[], None),
        ];
        for (a, b, expected) in cases {
            assert_eq!(order_likeness(a, b), expected, "{a:?} {b:?}");
        }
    }

    proptest! {
        #[test]
        fn symmetric_and_bounded(
            a in proptest::collection::vec(0u8..5, 1..9),
            b in proptest::collection::vec(0u8..5, 1..9),
        ) {
            prop_assert_eq!(order_likeness(&a, &b), order_likeness(&b, &a));
            prop_assert_eq!(order_likeness(&a, &a), Some(1.0));
            prop_assert!(order_likeness(&a, &b).is_some_and(|likeness| (0.0..=1.0).contains(&likeness)));
            // The sequence without a stage keeps all others in order: 2(n - 1) of 2n - 1.
            let without = &a[1..];
            let expected = 2.0 * without.len() as f64 / (2 * a.len() - 1) as f64;
            prop_assert_eq!(order_likeness(&a, without), (!without.is_empty()).then_some(expected));
        }
    }
}
