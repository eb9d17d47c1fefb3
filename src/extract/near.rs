//! Where in a text a pattern can match at all.
//!
//! A pattern that begins with "up to thirty characters of any kind" is tried at every place. Where it must hold a word that
//! is easily found, it is enough to try it near that word.

use std::ops::Range;

/// The stretches of a text that reach so many bytes before and behind some places, in order; those that touch are one.
pub(super) fn around(
    text: &str,
    places: impl Iterator<Item = usize>,
    before: usize,
    behind: usize,
) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for place in places {
        let start = (0..=place.saturating_sub(before)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let end = (place + behind..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        match out.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => out.push(start..end),
        }
    }
    out
}

/// The sentence around a place, as far as 120 characters to either side.
pub(super) fn sentence(text: &str, place: usize) -> &str {
    let from = text[..place].char_indices().rev().take(120).take_while(|(_, c)| !matches!(c, '。' | '\n')).last();
    let behind = &text[place..];
    let to = behind.char_indices().take(120).find(|(_, c)| matches!(c, '。' | '\n'));
    let to = to.or_else(|| behind.char_indices().nth(120)).map_or(text.len(), |(at, _)| place + at);
    &text[from.map_or(place, |(at, _)| at)..to]
}

#[cfg(test)]
mod tests {
    use super::around;

    #[test]
    fn stretches_lie_on_boundaries_and_join() {
        let text = "甲乙丙丁戊己庚辛壬癸";
        let read = |places: &[usize], before, behind| {
            let found = around(text, places.iter().copied(), before, behind);
            found.into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(read(&[9], 4, 4), ["乙丙丁戊"]);
        assert_eq!(read(&[3, 21], 3, 6), ["甲乙丙", "庚辛壬"]);
        assert_eq!(read(&[3, 9], 3, 6), ["甲乙丙丁戊"]);
        assert_eq!(read(&[0, 27], 9, 99), ["甲乙丙丁戊己庚辛壬癸"]);
        assert!(read(&[], 3, 3).is_empty());
    }
}
