//! What is kept of a plan to find it again.

use xxhash_rust::xxh3::{xxh3_64_with_seed, xxh3_128};

use super::grams::hashes;

/// Places of a signature.
pub const BINS: usize = 256;

/// By chance two places of different texts hold the same byte so often.
const CHANCE: f64 = 1.0 / 256.0;

/// Rounds in which grams draw their places; what is empty afterwards has a round of its own.
const ROUNDS: u64 = BINS as u64;

/// A plan's letters in brief. Made of the letters alone, so that it can be stored and compared with those of another day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// XXH3 (128 bits, seed 0) of the letters in UTF-8. The algorithm is fixed since xxHash 0.8.0, the same on every machine.
    pub digest: u128,
    /// How many letters there are.
    pub n_letters: u32,
    /// Of each place the last byte of the least hash of a gram.
    pub signature: [u8; BINS],
}

impl Fingerprint {
    /// The fingerprint of letters, as [`super::letters`] gives them.
    pub fn new(letters: &str) -> Self {
        Self {
            digest: xxh3_128(letters.as_bytes()),
            n_letters: letters.chars().count() as u32,
            signature: signature(&hashes(letters)),
        }
    }
}

/// A MinHash signature (A. Z. Broder, On the resemblance and containment of documents, 1997) of a set of hashes.
///
/// Every gram draws one place, and the least hash of a place stays; as long as places are empty, all grams draw again for these (S. Dahlgaard,
/// M. B. T. Knudsen and M. Thorup, Fast similarity sketching, FOCS 2017), so that short texts have as good an estimate as long ones. Of the
/// least hash one byte is kept (P. Li and A. C. König, b-bit minwise hashing, WWW 2010): for the same bytes, many small places tell more than
/// few large ones.
fn signature(hashes: &[u64]) -> [u8; BINS] {
    let mut least = [u64::MAX; BINS];
    for hash in hashes {
        // The place is drawn by the high bits, so that the others are free to be compared.
        let place = &mut least[(hash >> 56) as usize];
        *place = (*place).min(hash << 8);
    }
    let mut out = [0u8; BINS];
    let mut empty = Vec::new();
    for (place, least) in least.iter().enumerate() {
        if *least == u64::MAX { empty.push(place) } else { out[place] = (least >> 8) as u8 }
    }
    if hashes.is_empty() {
        return out;
    }
    for round in 1..=ROUNDS {
        if empty.is_empty() {
            break;
        }
        for hash in hashes {
            let hash = xxh3_64_with_seed(&hash.to_le_bytes(), round);
            let place = &mut least[(hash >> 56) as usize];
            *place = (*place).min(hash << 8);
        }
        // Places that an earlier round filled were drawn again in vain: `out` has them.
        empty.retain(|place| {
            let still = least[*place] == u64::MAX;
            if !still {
                out[*place] = (least[*place] >> 8) as u8;
            }
            still
        });
    }
    for place in empty {
        let round = ROUNDS + 1 + place as u64;
        let hashed = hashes.iter().map(|hash| xxh3_64_with_seed(&hash.to_le_bytes(), round));
        out[place] = hashed.min().unwrap_or_default() as u8;
    }
    out
}

/// An estimate of the Jaccard index of the grams of two texts. Its standard error is √(J (1 − J) / 256) and a little more: 0.019 at 0.9, 0.025 at
/// 0.8, 0.032 at 0.5.
pub(super) fn estimate(a: &[u8], b: &[u8]) -> f64 {
    // Counted in bytes, 64 at a time, which processors do all at once.
    let count = |a: &[u8], b: &[u8]| u32::from(a.iter().zip(b).map(|(a, b)| u8::from(a == b)).sum::<u8>());
    let same: u32 = a.chunks(64).zip(b.chunks(64)).map(|(a, b)| count(a, b)).sum();
    ((f64::from(same) / BINS as f64 - CHANCE) / (1.0 - CHANCE)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::super::grams::Grams;
    use super::*;
    use proptest::prelude::*;

    /// Numbered letters from U+4E00 on: `from..to` of a text without a repetition.
    fn text(from: u32, to: u32) -> String {
        (from..to).filter_map(|at| char::from_u32(0x4E00 + at)).collect()
    }

    fn of(text: &str) -> Fingerprint {
        Fingerprint::new(text)
    }

    #[test]
    fn fingerprints_do_not_change() {
        // Stored fingerprints of another version must mean the same.
        let found = of("全县植树造林工作实施方案");
        assert_eq!(format!("{:032x}", found.digest), "940e6a9097e1393551a8d2b438f18907");
        assert_eq!(found.n_letters, 12);
        assert_eq!(found.signature[..8], [141, 193, 129, 69, 12, 226, 29, 148]);
    }

    #[test]
    fn no_letters_have_a_fingerprint_too() {
        assert_eq!(of("").signature, [0; BINS]);
        assert_eq!(of("").n_letters, 0);
        assert_ne!(of("植").signature, of("树").signature);
    }

    /// Over many pairs of an index that is known the estimates have the mean and the spread that the documentation states, for short texts too.
    #[test]
    fn estimates_are_right_on_the_average() {
        for (length, apart) in [(104, 5), (304, 16), (1_004, 50), (1_004, 250), (3_004, 150)] {
            let mut errors = Vec::new();
            for run in 0..200u32 {
                // Two windows of one long text; `run` moves both, so that all grams are others.
                let start = run * 37;
                let a = text(start, start + length);
                let b = text(start + apart, start + length + apart);
                let truth = Grams::new(&a).jaccard(&Grams::new(&b));
                let grams = f64::from(length - 4);
                assert!((truth - (grams - f64::from(apart)) / (grams + f64::from(apart))).abs() < 1e-12);
                errors.push((estimate(&of(&a).signature, &of(&b).signature) - truth, truth));
            }
            let truth = errors[0].1;
            let stated = (truth * (1.0 - truth) / BINS as f64).sqrt();
            let mean = errors.iter().map(|(error, _)| error).sum::<f64>() / 200.0;
            let spread = (errors.iter().map(|(error, _)| error * error).sum::<f64>() / 200.0).sqrt();
            // Windows overlap from run to run, so that the mean is less certain than that of independent ones.
            assert!(mean.abs() < 0.01, "{length} {apart}: mean {mean}");
            assert!(spread < 1.25 * stated, "{length} {apart}: {spread} of {stated}");
        }
    }

    proptest! {
        #[test]
        fn a_set_has_one_signature(letters in proptest::collection::vec(proptest::char::range('一', '龥'), 5..60)) {
            let once: String = letters.iter().collect();
            // The same grams, some of them twice.
            let twice: String = letters.iter().chain(&letters).collect();
            prop_assert_eq!(of(&once).signature, of(&once).signature);
            prop_assert_ne!(of(&once).digest, of(&twice).digest);
            let own = of(&once).signature;
            prop_assert!((estimate(&own, &own) - 1.0).abs() < 1e-12);
        }
    }
}
