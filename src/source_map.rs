//! From a cleaned text back to the text that it was made of.
//!
//! Only the edges of edits are kept: between two edits, positions differ by a constant. A repair pass makes a text and
//! the map of that text to its input; [`SourceMap::then`] composes the maps of passes, so that the cleaned text of a whole
//! pipeline still knows where each of its characters came from.

use crate::span::Span;

/// One replaced stretch: `out` of the new text stands for `src` of the old one. Either may be empty (deletion, insertion).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where the replacement stands in the new text.
    pub out: Span,
    /// What it replaces in the old text.
    pub src: Span,
}

/// The edits that made one text of another, in order.
///
/// Invariants: the edits are sorted and do not overlap, on either side; text between two edits is the same on both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    edits: Vec<Edit>,
}

impl SourceMap {
    /// The map of a text that was not changed.
    pub fn identity() -> Self {
        Self::default()
    }

    /// Whether nothing was changed.
    pub fn is_identity(&self) -> bool {
        self.edits.is_empty()
    }

    /// The edits, in order.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The source of a span of the new text.
    ///
    /// A span that begins or ends inside a replacement is widened to the whole of what was replaced; deleted text at
    /// either end of the span is left out, deleted text inside it is part of it.
    pub fn to_source(&self, span: Span) -> Span {
        to_source(&self.edits, span)
    }

    /// Reads the sources of spans that come in order, each without a search through all edits.
    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader { edits: &self.edits, behind: 0 }
    }

    /// The span of the new text that came from a span of the source: the way back of [`Self::to_source`].
    pub fn to_output(&self, span: Span) -> Span {
        let start = self.output_of(span.start, false);
        let end = self.output_of(span.end, true);
        Span { start: start.min(end), end }
    }

    fn output_of(&self, src: u32, is_end: bool) -> u32 {
        let after = self
            .edits
            .partition_point(|edit| edit.src.start < src || (!is_end && edit.src.start == src && edit.src.is_empty()));
        match after.checked_sub(1).map(|at| self.edits[at]) {
            None => src,
            Some(edit) if src < edit.src.end => {
                if is_end {
                    edit.out.end
                } else {
                    edit.out.start
                }
            }
            Some(edit) => edit.out.end + (src - edit.src.end),
        }
    }

    /// This map followed by that of a later pass over its output: source → first output → second output.
    #[must_use]
    pub fn then(&self, later: &SourceMap) -> SourceMap {
        if self.is_identity() {
            return later.clone();
        }
        if later.is_identity() {
            return self.clone();
        }
        let mut merged: Vec<Edit> = Vec::with_capacity(self.edits.len() + later.edits.len());
        let (mut first, mut second) = (self.edits.iter().peekable(), later.edits.iter().peekable());
        // Shifts of the text between edits: middle = source + a, output = middle + b.
        let (mut a, mut b) = (0i64, 0i64);
        let shift = |at: u32, by: i64| (i64::from(at) + by) as u32;
        loop {
            // The next stretch of the middle text that either pass touched, grown until no edit reaches over its end.
            let (mut low, mut high) = match (first.peek(), second.peek()) {
                (None, None) => break,
                (Some(x), None) => (x.out.start, x.out.end),
                (None, Some(y)) => (y.src.start, y.src.end),
                (Some(x), Some(y)) if x.out.start <= y.src.start => (x.out.start, x.out.end),
                (_, Some(y)) => (y.src.start, y.src.end),
            };
            let (a_before, b_before) = (a, b);
            let (mut took_first, mut took_second) = (false, false);
            loop {
                let mut grown = false;
                while let Some(x) = first.peek() {
                    let meets = x.out.start < high || (x.out.start == high && (!took_first || x.out.is_empty()));
                    let touching = x.out.start < high || !took_second || x.out.is_empty() || x.out.start == low;
                    if !(meets && touching) {
                        break;
                    }
                    low = low.min(x.out.start);
                    high = high.max(x.out.end);
                    a = i64::from(x.out.end) - i64::from(x.src.end);
                    took_first = true;
                    grown = true;
                    first.next();
                }
                while let Some(y) = second.peek() {
                    let meets = y.src.start < high || (y.src.start == high && (y.src.is_empty() || y.src.start == low));
                    if !meets {
                        break;
                    }
                    low = low.min(y.src.start);
                    high = high.max(y.src.end);
                    b = i64::from(y.out.end) - i64::from(y.src.end);
                    took_second = true;
                    grown = true;
                    second.next();
                }
                if !grown {
                    break;
                }
            }
            merged.push(Edit {
                src: Span { start: shift(low, -a_before), end: shift(high, -a) },
                out: Span { start: shift(low, b_before), end: shift(high, b) },
            });
        }
        SourceMap { edits: merged }
    }
}

/// The source of a span of the new text.
fn to_source(edits: &[Edit], span: Span) -> Span {
    if span.is_empty() {
        let at = start_of(edits, span.start);
        return Span { start: at, end: at };
    }
    let start = start_of(edits, span.start);
    let end = end_of(edits, span.end);
    Span { start: start.min(end), end }
}

/// Where in the source the character at `out` begins: behind whatever was deleted just before it.
fn start_of(edits: &[Edit], out: u32) -> u32 {
    let after = edits.partition_point(|edit| edit.out.start <= out);
    match after.checked_sub(1).map(|at| edits[at]) {
        None => out,
        Some(edit) if out < edit.out.end => edit.src.start,
        Some(edit) => edit.src.end + (out - edit.out.end),
    }
}

/// Where in the source the text that ends at `out` ends: before whatever was deleted there.
fn end_of(edits: &[Edit], out: u32) -> u32 {
    let after = edits.partition_point(|edit| edit.out.start < out);
    match after.checked_sub(1).map(|at| edits[at]) {
        None => out,
        Some(edit) if out <= edit.out.end => edit.src.end,
        Some(edit) => edit.src.end + (out - edit.out.end),
    }
}

/// Reads the sources of spans in order; see [`SourceMap::reader`].
pub(crate) struct Reader<'a> {
    edits: &'a [Edit],
    /// The first edit that the last span did not end behind.
    behind: usize,
}

impl Reader<'_> {
    /// As [`SourceMap::to_source`]; `span` begins no earlier than the last one ended.
    pub(crate) fn next_source(&mut self, span: Span) -> Span {
        while self.edits.get(self.behind).is_some_and(|edit| edit.out.end < span.start) {
            self.behind += 1;
        }
        // The last edit that ends before the span counts for its place, too.
        let from = self.behind.saturating_sub(1);
        let mut to = self.behind;
        while self.edits.get(to).is_some_and(|edit| edit.out.start <= span.end) {
            to += 1;
        }
        to_source(&self.edits[from..to], span)
    }
}

/// Writes a new text from an old one, edit by edit, and keeps the map.
///
/// ```
/// use fangan::source_map::Rewriter;
/// let mut rewriter = Rewriter::new("衛(wèi)生");
/// rewriter.replace(0..3, "卫");
/// rewriter.delete(3..9);
/// let (text, map) = rewriter.finish();
/// assert_eq!(text, "卫生");
/// assert_eq!(map.edits().len(), 2);
/// ```
pub struct Rewriter<'a> {
    source: &'a str,
    done: usize,
    text: String,
    edits: Vec<Edit>,
}

impl<'a> Rewriter<'a> {
    /// Start at the beginning of `source`.
    pub fn new(source: &'a str) -> Self {
        Self { source, done: 0, text: String::new(), edits: Vec::new() }
    }

    /// Copy up to `range` and put `with` in its place. Ranges must come in order and must not overlap; an edit that
    /// breaks this is left out.
    pub fn replace(&mut self, range: std::ops::Range<usize>, with: &str) {
        if range.start < self.done || range.end < range.start || self.source.get(range.clone()).is_none() {
            return;
        }
        if self.edits.is_empty() {
            self.text.reserve(self.source.len());
        }
        self.text.push_str(&self.source[self.done..range.start]);
        let out = self.text.len();
        self.text.push_str(with);
        self.edits.push(Edit { out: Span::new(out, self.text.len()), src: range.clone().into() });
        self.done = range.end;
    }

    /// Leave `range` out.
    pub fn delete(&mut self, range: std::ops::Range<usize>) {
        self.replace(range, "");
    }

    /// Whether nothing has been edited yet.
    pub fn is_unchanged(&self) -> bool {
        self.edits.is_empty()
    }

    /// The new text and its map.
    pub fn finish(mut self) -> (String, SourceMap) {
        self.text.push_str(&self.source[self.done..]);
        (self.text, SourceMap { edits: self.edits })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rewrite(source: &str, edits: &[(usize, usize, &str)]) -> (String, SourceMap) {
        let mut rewriter = Rewriter::new(source);
        for (start, end, with) in edits {
            rewriter.replace(*start..*end, with);
        }
        rewriter.finish()
    }

    #[test]
    fn deleted_text_at_the_edges_is_left_out() {
        let (text, map) = rewrite("ab(x)cd(y)", &[(2, 5, ""), (7, 10, "")]);
        assert_eq!(text, "abcd");
        assert_eq!(map.to_source(Span::new(0, 2)), Span::new(0, 2));
        assert_eq!(map.to_source(Span::new(2, 4)), Span::new(5, 7));
        assert_eq!(map.to_source(Span::new(1, 3)), Span::new(1, 6));
        assert_eq!(map.to_output(Span::new(5, 7)), Span::new(2, 4));
    }

    #[test]
    fn composes_two_passes() {
        let (one, first) = rewrite("abcdef", &[(1, 2, "XYZ"), (4, 5, "")]);
        assert_eq!(one, "aXYZcdf");
        let (two, second) = rewrite(&one, &[(2, 5, "-")]);
        assert_eq!(two, "aX-df");
        let whole = first.then(&second);
        assert_eq!(whole.to_source(Span::new(0, 1)), Span::new(0, 1));
        assert_eq!(whole.to_source(Span::new(1, 3)), Span::new(1, 3));
        assert_eq!(whole.to_source(Span::new(3, 4)), Span::new(3, 4));
        assert_eq!(whole.to_source(Span::new(4, 5)), Span::new(5, 6));
    }

    fn edits_of(len: usize) -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
        proptest::collection::vec((0..=len, 0usize..4, 0usize..4), 0..6)
    }

    /// The same edit list applied with fresh letters, so that each letter of the source occurs once.
    fn apply(source: &str, raw: &[(usize, usize, usize)], fresh: &str) -> (String, SourceMap) {
        let mut raw = raw.to_vec();
        raw.sort_unstable();
        let mut rewriter = Rewriter::new(source);
        for (start, delete, insert) in raw {
            let end = (start + delete).min(source.len());
            if start <= end {
                rewriter.replace(start..end, &fresh[..insert]);
            }
        }
        rewriter.finish()
    }

    proptest! {
        #[test]
        fn a_kept_letter_maps_to_itself(one in edits_of(26), two in edits_of(26)) {
            let source = "abcdefghijklmnopqrstuvwxyz";
            let (middle, first) = apply(source, &one, "####");
            let (last, second) = apply(&middle, &two, "!!!!");
            let whole = first.then(&second);
            let mut before = 0;
            let mut reader = whole.reader();
            for (at, letter) in last.char_indices() {
                let from = whole.to_source(Span::new(at, at + 1));
                prop_assert!(from.range().end <= source.len());
                prop_assert!(from.start >= before, "the map is monotone");
                prop_assert_eq!(reader.next_source(Span::new(at, at + 1)), from);
                before = from.start;
                if letter.is_ascii_lowercase() {
                    let text = from.of(source);
                    prop_assert!(text.contains(letter), "{letter} maps to {text:?}");
                }
            }
        }
    }
}
