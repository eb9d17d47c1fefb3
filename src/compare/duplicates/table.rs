//! Signatures that can be asked which of them share a band with another.

use xxhash_rust::xxh3::xxh3_64;

use super::banding::Banding;
use super::fingerprint::BINS;

/// No signature.
const NOBODY: u32 = u32::MAX;
/// Signatures that are laid down together, so that growing copies none.
const BLOCK: usize = 4096;
/// Signatures of a slot that are looked at, the last ones first.
///
/// Thousands share a band where a form was filled in thousands of times. Such a band is all form and tells no copies from others; two copies of
/// one filled-in form share bands too that hold what was filled in, and these stand in short chains.
const DEPTH: usize = 1024;

/// Signatures and, for each band, chains of those that fall into one slot. 256 bytes and a band's two numbers for each signature are all
/// that it holds.
#[derive(Clone, Debug)]
pub(super) struct Table {
    banding: Banding,
    blocks: Vec<Vec<u8>>,
    length: usize,
    /// For each band its slots, with the last signature that fell into each.
    slots: Vec<u32>,
    /// Slots of a band; a power of two.
    size: usize,
    /// For each signature and band the one before it in the slot.
    before: Vec<u32>,
    /// For each signature the last question that looked at it.
    seen: Vec<u32>,
    questions: u32,
}

impl Table {
    pub(super) fn new(banding: Banding) -> Self {
        let size = 1024;
        Self {
            banding,
            blocks: Vec::new(),
            length: 0,
            slots: vec![NOBODY; size * banding.bands],
            size,
            before: Vec::new(),
            seen: Vec::new(),
            questions: 0,
        }
    }

    pub(super) fn signature(&self, at: usize) -> &[u8] {
        let start = at % BLOCK * BINS;
        self.blocks.get(at / BLOCK).and_then(|block| block.get(start..start + BINS)).unwrap_or_default()
    }

    /// Add a signature; its number is the length before.
    pub(super) fn push(&mut self, signature: &[u8; BINS]) {
        if self.length.is_multiple_of(BLOCK) {
            self.blocks.push(Vec::with_capacity(BLOCK * BINS));
        }
        if let Some(block) = self.blocks.last_mut() {
            block.extend_from_slice(signature);
        }
        self.length += 1;
        self.seen.push(0);
        if self.length > self.size {
            self.grow();
        } else {
            self.chain(self.length - 1, signature);
        }
    }

    /// Twice the slots, and every signature in its new one.
    fn grow(&mut self) {
        self.size *= 2;
        // Freed before the larger one is made.
        self.slots = Vec::new();
        self.slots = vec![NOBODY; self.size * self.banding.bands];
        self.before.clear();
        for at in 0..self.length {
            let mut signature = [0; BINS];
            signature.copy_from_slice(self.signature(at));
            self.chain(at, &signature);
        }
    }

    fn chain(&mut self, at: usize, signature: &[u8; BINS]) {
        for (band, bytes) in self.banding.of(signature).enumerate() {
            let slot = &mut self.slots[band * self.size + slot(bytes, self.size)];
            self.before.push(*slot);
            *slot = at as u32;
        }
    }

    /// The signatures for which `wanted` is true and that share a band with one, each once, in no order that means anything. Of
    /// bands that are very common only the last [`DEPTH`] signatures are looked at.
    pub(super) fn sharing(&mut self, signature: &[u8; BINS], wanted: impl Fn(usize) -> bool, found: &mut Vec<usize>) {
        found.clear();
        self.questions = self.questions.wrapping_add(1);
        if self.questions == 0 {
            self.seen.fill(0);
            self.questions = 1;
        }
        let rows = self.banding.rows;
        for (band, bytes) in self.banding.of(signature).enumerate() {
            let mut at = self.slots[band * self.size + slot(bytes, self.size)];
            let mut depth = 0;
            while at != NOBODY && depth < DEPTH {
                depth += 1;
                let this = at as usize;
                at = self.before[this * self.banding.bands + band];
                if self.seen[this] == self.questions {
                    continue;
                }
                if !wanted(this) {
                    self.seen[this] = self.questions;
                } else if self.signature(this).get(band * rows..(band + 1) * rows) == Some(bytes) {
                    self.seen[this] = self.questions;
                    found.push(this);
                }
            }
        }
    }
}

fn slot(band: &[u8], size: usize) -> usize {
    xxh3_64(band) as usize & (size - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_is_lost_when_it_grows() {
        let mut table = Table::new(Banding { rows: 128, bands: 2 });
        let signature = |at: usize| {
            let mut out = [7u8; BINS];
            out[..2].copy_from_slice(&[(at >> 8) as u8, at as u8]);
            out[200] = (at % 251) as u8;
            out
        };
        for at in 0..5_000 {
            table.push(&signature(at));
        }
        let mut found = Vec::new();
        for at in [0, 1, 1023, 1024, 4095, 4096, 4999] {
            table.sharing(&signature(at), |_| true, &mut found);
            found.sort_unstable();
            // The first band is its own; the second one it shares with every 251st.
            let expected: Vec<usize> = (0..5_000).filter(|other| other % 251 == at % 251).collect();
            assert_eq!(found, expected);
            assert_eq!(table.signature(at), signature(at));
        }
    }

    #[test]
    fn a_crowd_is_bounded_and_hides_no_copy() {
        let mut table = Table::new(Banding { rows: 128, bands: 2 });
        // The first band is everybody's, the second one its own.
        let signature = |at: usize| {
            let mut out = [7u8; BINS];
            out[200..202].copy_from_slice(&[(at >> 8) as u8, at as u8]);
            out
        };
        let count = 3 * DEPTH;
        for at in 0..count {
            table.push(&signature(at));
        }
        let mut found = Vec::new();
        table.sharing(&signature(5), |_| true, &mut found);
        assert!(found.contains(&5));
        assert!(found.contains(&(count - 1)));
        assert!(found.len() <= DEPTH + 1);
    }

    proptest! {
        #[test]
        fn whoever_shares_a_band_is_found_once(
            rows in 1usize..80,
            signatures in proptest::collection::vec(proptest::collection::vec(0u8..2, BINS), 1..30),
        ) {
            let banding = Banding { rows, bands: BINS / rows };
            let whole = |bytes: &Vec<u8>| <[u8; BINS]>::try_from(bytes.as_slice()).expect("256 bytes");
            let mut table = Table::new(banding);
            for (at, bytes) in signatures.iter().enumerate() {
                let mut found = Vec::new();
                table.sharing(&whole(bytes), |other| other % 3 != 0, &mut found);
                found.sort_unstable();
                let expected: Vec<usize> = (0..at)
                    .filter(|other| other % 3 != 0)
                    .filter(|other| banding.of(bytes).zip(banding.of(&signatures[*other])).any(|(a, b)| a == b))
                    .collect();
                prop_assert_eq!(found, expected);
                table.push(&whole(bytes));
            }
            prop_assert_eq!(table.length, signatures.len());
        }
    }
}
