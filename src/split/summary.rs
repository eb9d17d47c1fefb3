//! Summaries that sites print above a document.

use super::line::Line;

/// Name the summaries that sites print above a document: a long line that comes again, word for word, further down.
///
/// Evidence: of a line of 60 characters or more among the first twelve, or of one that ends in …, three stretches of 16
/// characters that all stand again later. Counter-example: a title that is printed twice is shorter. Misses summaries that
/// were rewritten.
pub(super) fn mark(text: &str, lines: &mut [Line]) {
    let head = lines.len().min(12);
    let mut squeezed: Option<(usize, Squeezed)> = None;
    let in_head = (0..head).find(|&at| {
        let line = lines[at];
        if line.boilerplate.is_some() || line.chars < SHORTEST {
            return false;
        }
        // The text behind the first such line, without blanks, is made once and serves the others too.
        let (base, squeezed) = squeezed.get_or_insert_with(|| {
            let last = lines[head - 1].span.end as usize;
            (line.span.end as usize, Squeezed::new(&text[line.span.end as usize..boundary(text, last + FARTHEST)]))
        });
        let from = line.span.end as usize - *base;
        comes_again(
            line.span.of(text),
            squeezed.between(from, boundary(text, line.span.end as usize + FARTHEST) - *base),
        )
    });
    let cut_off = (head..lines.len()).filter(|&at| {
        let line = lines[at];
        let end = line.span.end as usize;
        line.boilerplate.is_none()
            && line.chars >= SHORTEST
            && line.span.of(text).ends_with(['…', '.'])
            && comes_again(line.span.of(text), &Squeezed::new(&text[end..boundary(text, end + FARTHEST / 2)]).text)
    });
    let found: Vec<usize> = in_head.into_iter().chain(cut_off).collect();
    for at in found {
        lines[at].boilerplate = Some("summary");
    }
}

/// Characters of the shortest summary.
const SHORTEST: usize = 60;

/// Bytes behind a summary in which its document is sought.
const FARTHEST: usize = 12_000;

/// Whether three stretches of a line stand in a text without blanks.
fn comes_again(line: &str, later: &str) -> bool {
    let chars: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).take(600).collect();
    [1, 2, 3].into_iter().all(|quarter| {
        let from = chars.len() * quarter / 4;
        let piece: String = chars[from..(from + 16).min(chars.len())].iter().filter(|c| **c != '…').collect();
        later.contains(&piece)
    })
}

/// The first boundary between characters at or behind a place.
fn boundary(text: &str, at: usize) -> usize {
    (at.min(text.len())..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// A text without its white space, which is still known by its own places.
struct Squeezed {
    text: String,
    /// Where white space stood: its place and what had been left out up to its end.
    blanks: Vec<(usize, usize)>,
}

impl Squeezed {
    fn new(source: &str) -> Self {
        let mut text = String::with_capacity(source.len());
        let (mut blanks, mut done, mut gone) = (Vec::new(), 0, 0);
        for (at, blank) in source.match_indices(char::is_whitespace) {
            text.push_str(&source[done..at]);
            done = at + blank.len();
            gone += blank.len();
            blanks.push((at, gone));
        }
        text.push_str(&source[done..]);
        Self { text, blanks }
    }

    /// What is left of the source between two places.
    fn between(&self, from: usize, to: usize) -> &str {
        let place = |at: usize| {
            let before = self.blanks.partition_point(|blank| blank.0 < at);
            at - before.checked_sub(1).and_then(|last| self.blanks.get(last)).map_or(0, |blank| blank.1)
        };
        self.text.get(place(from)..place(to)).unwrap_or("")
    }
}
