//! Places in a text. Inside the core a place is a range of bytes; Python sees code points.

use std::ops::Range;

/// A half-open range of bytes, `start..end`.
///
/// Invariants: `start <= end`, and both lie on character boundaries of the text that the span belongs to.
/// Which text that is (the source as given, or the cleaned one) is said by the name of the field that holds it;
/// in the core it is always the **cleaned** text, and only `frames` goes back to the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end`; an end before the start gives an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end.max(start) as u32 }
    }

    /// The span as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span as it lies in a text of which its own text is the part from `by` on.
    #[must_use]
    pub fn shifted(self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The text of the span; empty if the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// The span without white space at either end.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let inner = self.of(text);
        let start = self.start as usize + (inner.len() - inner.trim_start().len());
        Self::new(start, start + inner.trim().len())
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Turns byte offsets into code points: Python's `str` indices.
///
/// Keeps one count for each block of 512 bytes, so it costs under 1 % of the text and a look-up counts at most one block.
#[derive(Clone, Debug)]
pub struct CharIndex {
    blocks: Vec<u32>,
}

const BLOCK: usize = 512;

impl CharIndex {
    /// Bytes that the index takes.
    pub fn memory(&self) -> usize {
        std::mem::size_of_val(self.blocks.as_slice())
    }

    /// Index a text.
    pub fn new(text: &str) -> Self {
        let mut total = 0;
        let blocks = text
            .as_bytes()
            .chunks(BLOCK)
            .map(|block| {
                let before = total;
                total += count(block);
                before
            })
            .collect();
        Self { blocks }
    }

    /// Number of characters before byte `at` of the same text; the whole number past its end.
    pub fn chars_before(&self, text: &str, at: usize) -> u32 {
        let bytes = text.as_bytes();
        let at = at.min(bytes.len());
        let block = at / BLOCK;
        match self.blocks.get(block) {
            Some(before) => before + count(&bytes[block * BLOCK..at]),
            None => self.blocks.last().map_or(0, |before| before + count(&bytes[(self.blocks.len() - 1) * BLOCK..at])),
        }
    }
}

fn count(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u32::from((byte & 0xC0) != 0x80)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_before_every_byte() {
        let text = "方案abc，𠮷".repeat(200);
        let index = CharIndex::new(&text);
        for (chars, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(index.chars_before(&text, at), chars as u32);
        }
        assert_eq!(index.chars_before(&text, text.len()), text.chars().count() as u32);
        assert_eq!(index.chars_before(&text, text.len() + 9), text.chars().count() as u32);
    }

    #[test]
    fn spans_trim_and_relate() {
        let text = " 一、总则 ";
        let span = Span::new(0, text.len()).trimmed(text);
        assert_eq!(span.of(text), "一、总则");
        assert!(Span::new(0, 9).overlaps(Span::new(8, 9)));
        assert!(!Span::new(0, 8).overlaps(Span::new(8, 9)));
        assert!(Span::new(5, 2).is_empty());
    }
}
