//! The page that a text was printed on: its width, and its number.

use std::sync::LazyLock;

use regex::Regex;

use super::super::fix::Fix;

/// Half-width columns of the narrowest line that may have been broken by a page's width.
const NARROWEST: usize = 40;

/// Half-width columns of the widest page.
const WIDEST: usize = 130;

/// Columns, or characters that count as two of them.
const MEASURES: [fn(&str) -> usize; 2] = [columns, twice_characters];

/// A page of fixed width, and how wide each line of the text is on it.
pub(super) struct Page {
    width: usize,
    lines: Vec<usize>,
}

impl Page {
    /// The page of a text, if it has one: five lines or more, and a quarter of all, break off without the end of a sentence
    /// within two characters of the widest such line, and it has commas or stops at all (a list of names has none). Pages
    /// count columns or characters.
    pub fn of(text: &str) -> Option<Self> {
        let mut counts = [[0usize; WIDEST + 1]; 2];
        let mut all = 0usize;
        for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
            all += 1;
            // A character has three bytes in two columns; the count of bytes spares that of the columns of a paragraph.
            if (NARROWEST..=WIDEST * 2).contains(&line.len()) && !ends_sentence(line) {
                for (counts, measure) in std::iter::zip(&mut counts, MEASURES) {
                    if let Some(count) = counts.get_mut(measure(line)) {
                        *count += 1;
                    }
                }
            }
        }
        std::iter::zip(counts, MEASURES).find_map(|(counts, measure)| {
            let sum = |width: usize| counts[width.saturating_sub(4)..=width].iter().sum::<usize>();
            let width = (NARROWEST..=WIDEST)
                .rev()
                .find(|width| counts[*width] > 0 && sum(*width) >= 5 && sum(*width) * 4 >= all)?;
            let lines: Vec<usize> = text.lines().map(|line| measure(line.trim_end())).collect();
            // Longer lines than the page is wide are paragraphs: then it has no width.
            let longer = lines.iter().filter(|line| **line > width + 4).count();
            (longer * 10 <= all && text.contains(['，', ',', '。'])).then_some(Self { width, lines })
        })
    }

    /// The page of the source, if that has the same lines: what was put into lines before they were broken (pinyin, HTML
    /// entities) made them uneven when it was taken out.
    pub fn as_printed(source: &str, text: &str) -> Option<Self> {
        let breaks = |text: &str| memchr::memchr_iter(b'\n', text.as_bytes()).count();
        if source.len() == text.len() || breaks(source) != breaks(text) { None } else { Self::of(source) }
    }

    /// Whether a line, counted from 0, reaches the edge of the page.
    pub fn is_full(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|width| width + 4 >= self.width)
    }
}

/// Half-width columns of a line, or of as much of it as shows that it is wider than a page.
pub(super) fn columns(line: &str) -> usize {
    line.chars().take(WIDEST + 10).map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Twice the characters of a line.
fn twice_characters(line: &str) -> usize {
    line.chars().take(WIDEST + 10).count() * 2
}

/// Whether a line ends as a sentence, a lead-in or what stands in brackets does.
pub(super) fn ends_sentence(line: &str) -> bool {
    line.ends_with([
        '。', '！', '？', '；', '：', ':', ';', '!', '?', '.', '…', '”', '）', ')', '】', '》', '|', '"', '—',
    ])
}

/// Numbers of pages on lines of their own, between other lines: `— 3 —`, `第3页`.
///
/// Counter-examples: the first and the last line, which stage `split` names; a bare number. It misses running heads.
pub(super) fn numbers(text: &str, fixes: &mut Vec<Fix>) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if start > 0 && end < text.len() && is_number(line.trim_end()) {
            fixes.push(Fix::delete(start..end));
        }
        start = end;
    }
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:[-—－–─]+\s*[0-9]{1,3}\s*[-—－–─]+|第\s*[0-9]{1,3}\s*页(?:[\s，,/]*共\s*[0-9]{1,3}\s*页)?)$")
        .expect("a literal pattern")
});

/// Whether a line is the number that a page was printed with: `— 3 —`, `第3页`, `第 3 页 共 5 页`.
fn is_number(line: &str) -> bool {
    if line.len() > 40 || !line.trim_start().starts_with(['-', '—', '－', '–', '─', '第']) {
        return false;
    }
    NUMBER.is_match(line)
}
