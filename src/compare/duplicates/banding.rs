//! How signatures are cut into bands, so that plans that are alike meet.

use super::fingerprint::BINS;

/// Of the pairs that are just alike enough, at least so many share a band.
const RECALL: f64 = 0.995;

/// Bands of a signature: two plans are looked at if one band at least is the same in both (P. Indyk and R. Motwani, Approximate nearest
/// neighbors, STOC 1998; A. Rajaraman and J. D. Ullman, Mining of massive datasets, chapter 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Banding {
    /// Places of a band.
    pub rows: usize,
    /// How many bands there are.
    pub bands: usize,
}

impl Banding {
    /// The widest bands with which pairs of a Jaccard index of `least` are missed once in two hundred times at most: with wide bands few pairs
    /// meet that are not alike.
    pub fn new(least: f64) -> Self {
        let widest = (1..=BINS).rev().map(|rows| Self { rows, bands: BINS / rows });
        let mut fit = widest.filter(|banding| banding.recall(least) >= RECALL);
        fit.next().unwrap_or(Self { rows: 1, bands: BINS })
    }

    /// How likely a pair of a Jaccard index shares a band.
    pub fn recall(&self, jaccard: f64) -> f64 {
        let place = jaccard + (1.0 - jaccard) / 256.0;
        1.0 - (1.0 - place.powf(self.rows as f64)).powf(self.bands as f64)
    }

    /// The bands of a signature.
    pub fn of(self, signature: &[u8]) -> impl Iterator<Item = &[u8]> {
        signature.chunks_exact(self.rows).take(self.bands)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_bands_that_miss_little() {
        // 0.9: 1 - (1 - 0.9004^13)^19 = 0.996, and with 14 rows of 18 bands 0.991.
        let cases = [(1.0, 256, 1), (0.9, 13, 19), (0.8, 8, 32), (0.5, 3, 85)];
        for (least, rows, bands) in cases {
            let found = Banding::new(least);
            assert_eq!((found.rows, found.bands), (rows, bands), "{least}");
            assert!(found.recall(least) >= RECALL);
            assert!(found.recall(0.05) < 0.02, "{least}: {}", found.recall(0.05));
            assert_eq!(found.of(&[0; BINS]).count(), bands);
        }
    }

    #[test]
    fn recall_grows_with_likeness() {
        let banding = Banding::new(0.85);
        let curve: Vec<f64> = (0..=100).map(|at| banding.recall(f64::from(at) / 100.0)).collect();
        assert!(curve.windows(2).all(|pair| pair[0] <= pair[1]));
    }
}
