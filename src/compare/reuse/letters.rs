//! What of a text is compared for reuse.

/// Letters in a gram: the shortest run that counts as shared.
///
/// Four letters are a stock phrase (加强领导), which any two plans share; at five most accidental runs are gone, and a sentence of which every
/// sixth letter was changed still has some.
pub const GRAM: usize = 5;

/// The letters and digits of a plan, each with its place in the source, and its grams.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    chars: Vec<char>,
    places: Vec<(u32, u32)>,
    /// Hash and place of every run of [`GRAM`] letters, sorted.
    grams: Vec<(u32, u32)>,
}

impl Letters {
    /// The letters of a text; `place` says where the source has the bytes `start..end` of it.
    pub fn new(text: &str, mut place: impl FnMut(usize, usize) -> (u32, u32)) -> Self {
        let (mut chars, mut places) = (Vec::new(), Vec::new());
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            chars.push(c.to_ascii_lowercase());
            places.push(place(at, at + c.len_utf8()));
        }
        let mut grams: Vec<(u32, u32)> =
            chars.windows(GRAM).zip(0u32..).map(|(gram, at)| ((hash(gram) >> 32) as u32, at)).collect();
        grams.sort_unstable();
        Self { chars, places, grams }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The letters.
    pub fn letters(&self) -> &[char] {
        &self.chars
    }

    /// Where the source has the letters `start..end`.
    pub fn place(&self, start: usize, end: usize) -> (u32, u32) {
        let first = self.places.get(start).copied().unwrap_or_default();
        let last = end.checked_sub(1).and_then(|last| self.places.get(last)).copied().unwrap_or(first);
        (first.0, last.1)
    }

    pub(super) fn grams(&self) -> &[(u32, u32)] {
        &self.grams
    }
}

/// A hash of letters, the same on every machine (FNV-1a with a final mix, so that its high bits are good too).
pub(super) fn hash(letters: &[char]) -> u64 {
    let mixed = letters.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, letter| {
        (hash ^ u64::from(u32::from(*letter))).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
pub(super) fn of(text: &str) -> Letters {
    let chars: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let at = |byte: usize| chars.partition_point(|start| *start < byte) as u32;
    Letters::new(text, |start, end| (at(start), at(end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_is_no_letter_and_places_count_characters() {
        let letters = of("植树，造林（2012Ａ）");
        assert_eq!(letters.letters().iter().collect::<String>(), "植树造林2012Ａ");
        assert_eq!(letters.place(0, 4), (0, 5));
        assert_eq!(letters.place(2, 3), (3, 4));
        assert_eq!(of("").place(0, 0), (0, 0));
    }
}
