//! From a span of the cleaned text to the place in the source that a row shows, and to the text that it quotes.

use crate::model::Parsed;
use crate::span::{CharIndex, Span};

/// Finds the places of one source's rows.
pub struct Places<'a> {
    parsed: &'a Parsed,
    source_chars: &'a CharIndex,
}

impl<'a> Places<'a> {
    /// The places of a parsed source; `source_chars` indexes its source text.
    pub fn new(parsed: &'a Parsed, source_chars: &'a CharIndex) -> Self {
        Self { parsed, source_chars }
    }

    /// Code points `start..end` of the source that a span of the cleaned text came from.
    pub fn of(&self, cleaned: Span) -> (u32, u32) {
        self.of_source(self.parsed.cleaned.map.to_source(cleaned))
    }

    /// Code points of a span of the source.
    pub fn of_source(&self, source: Span) -> (u32, u32) {
        let at = |byte: u32| self.source_chars.chars_before(&self.parsed.source, byte as usize);
        (at(source.start), at(source.end))
    }

    /// The cleaned text of the place that [`Self::of`] gives.
    ///
    /// A span that begins or ends inside a replacement is shown as the whole of what was replaced, so its text has to be
    /// the whole of the replacement too: what the row says is then exactly what cleaning its evidence gives.
    pub fn text(&self, cleaned: Span) -> &'a str {
        let map = &self.parsed.cleaned.map;
        map.to_output(map.to_source(cleaned)).of(&self.parsed.cleaned.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cleaned;
    use crate::source_map::Rewriter;

    #[test]
    fn a_span_inside_a_replacement_is_widened_with_its_text() {
        let source = "推進資訊工作".to_owned();
        let mut rewriter = Rewriter::new(&source);
        rewriter.replace(3..6, "进");
        rewriter.replace(6..12, "信息化");
        let (text, map) = rewriter.finish();
        let at = text.find('息').expect("the word");
        let parsed = Parsed { cleaned: Cleaned { text, map, ..Cleaned::default() }, source, ..Parsed::default() };
        let chars = CharIndex::new(&parsed.source);
        let places = Places::new(&parsed, &chars);
        let inside = Span::new(at, at + 3);
        assert_eq!(places.of(inside), (2, 4));
        assert_eq!(places.text(inside), "信息化");
    }
}
