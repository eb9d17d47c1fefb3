//! A source → its documents.
//!
//! [`line`] says what each line looks like, [`title`] which lines are titles; here they are put together: where the first
//! document begins below what the page prints above it, where another one begins, and where each ends.

pub mod line;
pub mod title;

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::Diagnostic;
use crate::lexicon::Lexicon;
use crate::model::{Cleaned, Unparsed};
use crate::outline::marker::{self, Family, Place};
use crate::span::Span;
use line::Line;

/// Where one document stands in the cleaned text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Counts from 1.
    pub ordinal: u32,
    /// From its first to its last character.
    pub span: Span,
    /// Whether it visibly breaks off: its last line ends inside a sentence.
    pub truncated: bool,
}

/// The output of the stage.
#[derive(Clone, Debug, Default)]
pub struct Divided {
    /// The documents, in order.
    pub documents: Vec<Document>,
    /// Named boilerplate: navigation, copyright, site summaries.
    pub boilerplate: Vec<(&'static str, Span)>,
    /// What is neither.
    pub unparsed: Vec<Unparsed>,
    /// Share of the characters that is either.
    pub coverage: f64,
    /// Kinds of noise met here.
    pub noise: Vec<&'static str>,
}

static COLLECTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[【\[（(]?(?:第[一二三四五六七八九十百\d]{1,4}篇|篇[一二三四五六七八九十\d]{1,3}|范文[一二三四五六七八九十\d]{1,3})[】\])）]?\s*(?:[:：、\s]|$)")
        .expect("a literal pattern")
});

/// Divide a source.
pub fn split(cleaned: &Cleaned, lexicon: &Lexicon) -> (Divided, Vec<Diagnostic>) {
    let text = cleaned.text.as_str();
    let words = &lexicon.compiled().line;
    let mut lines = line::lines(text, words);
    mark_summaries(text, &mut lines);
    let collection: Vec<usize> =
        (0..lines.len()).filter(|&at| lines[at].chars <= 90 && COLLECTION.is_match(lines[at].span.of(text))).collect();
    let starts = if collection.len() >= 2 {
        for &at in &collection {
            lines[at].boilerplate = Some("collection");
        }
        let first = |at: usize| lines.get(next_content(&lines, at + 1)).map(|line| line.span.start);
        collection.iter().filter_map(|&at| first(at)).collect()
    } else {
        find_starts(text, &lines, words)
    };
    let mut divided = Divided::default();
    let mut diagnostics = Vec::new();
    for (number, &start) in starts.iter().enumerate() {
        let stop = starts.get(number + 1).copied().unwrap_or(text.len() as u32);
        // The last line that is text, or the part of it that stands before the next document.
        let from = lines.partition_point(|line| line.span.end <= start);
        let to = lines.partition_point(|line| line.span.start < stop);
        let Some(last) = (from..to).rev().find(|&at| lines[at].boilerplate.is_none()) else { continue };
        let last_line = Span { start: lines[last].span.start.max(start), end: lines[last].span.end.min(stop) };
        let span = Span { start, end: last_line.end };
        let end = span.start as usize
            + span.of(text).trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '_' | '*' | '#')).len();
        let span = Span::new(span.start as usize, end);
        if span.is_empty() {
            continue;
        }
        let truncated = breaks_off(text, last_line, words);
        let ordinal = divided.documents.len() as u32 + 1;
        if truncated {
            diagnostics.push(Diagnostic {
                plan: Some(ordinal),
                ..Diagnostic::warning("truncated", last_line, "the document breaks off inside a sentence")
            });
        }
        divided.documents.push(Document { ordinal, span, truncated });
    }
    account(text, &lines, &mut divided);
    if divided.documents.len() > 1 {
        divided.noise.push("concatenated");
    }
    if !divided.boilerplate.is_empty() {
        divided.noise.push("boilerplate");
    }
    (divided, diagnostics)
}

fn next_content(lines: &[Line], from: usize) -> usize {
    (from..lines.len()).find(|&at| lines[at].boilerplate.is_none()).unwrap_or(lines.len())
}

/// Name the summaries that sites print above a document: a long line that comes again, word for word, further down.
///
/// Evidence: of a line of 60 characters or more among the first twelve, three stretches of 16 characters that all stand
/// again later. Counter-example: a title that is printed twice is shorter. Misses summaries that were rewritten.
fn mark_summaries(text: &str, lines: &mut [Line]) {
    let mut squeezed: Option<(usize, Squeezed)> = None;
    let Some(at) = (0..lines.len().min(12)).find(|&at| {
        let line = lines[at];
        if line.boilerplate.is_some() || line.chars < 60 {
            return false;
        }
        let chars: Vec<char> = line.span.of(text).chars().filter(|c| !c.is_whitespace()).take(600).collect();
        // The text behind the first such line, without blanks, is made once and serves the others too.
        let (base, squeezed) = squeezed.get_or_insert_with(|| {
            let last = lines[lines.len().min(12) - 1].span.end as usize;
            (line.span.end as usize, Squeezed::new(&text[line.span.end as usize..boundary(text, last + 12_000)]))
        });
        let from = line.span.end as usize - *base;
        let later = squeezed.between(from, boundary(text, line.span.end as usize + 12_000) - *base);
        let repeated = [1, 2, 3]
            .into_iter()
            .filter(|quarter| {
                let from = chars.len() * quarter / 4;
                let piece: String = chars[from..(from + 16).min(chars.len())].iter().collect();
                later.contains(&piece)
            })
            .count();
        repeated == 3
    }) else {
        return;
    };
    lines[at].boilerplate = Some("summary");
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

/// What [`is_new_document`] asks of lines again and again, kept so that many titles cost no more than many lines.
#[derive(Default)]
struct Memory {
    /// Of a line: the first number in it.
    first: HashMap<usize, Option<u64>>,
    /// Of a line: its characters for comparison, where it may name a title.
    naming: HashMap<usize, Option<String>>,
    /// The document whose lines have been looked at for a numbered heading, up to which line, and whether there is one.
    numbered: (usize, usize, bool),
    /// The document of which the beginning has been looked at for a heading inside a line, and whether there is one.
    inner: Option<(usize, bool)>,
}

impl Memory {
    fn first_number(&mut self, text: &str, at: usize, line: &Line) -> Option<u64> {
        *self.first.entry(at).or_insert_with(|| first_number(text, line.span))
    }

    /// Whether a line of a document, up to line `end`, is a numbered heading.
    fn has_numbered(&mut self, text: &str, lines: &[Line], current: usize, end: usize) -> bool {
        if self.numbered.0 != current || self.numbered.1 < current {
            self.numbered = (current, current, false);
        }
        while !self.numbered.2 && self.numbered.1 < end {
            self.numbered.2 = numbered(text, &lines[self.numbered.1]).is_some();
            self.numbered.1 += 1;
        }
        self.numbered.2
    }

    fn has_inner(&mut self, text: &str, current: usize, between: Span) -> bool {
        if between.len() <= INNER + 4 {
            return has_inner_heading(text, between);
        }
        match self.inner {
            Some((known, has)) if known == current => has,
            _ => {
                let has = has_inner_heading(text, between);
                self.inner = Some((current, has));
                has
            }
        }
    }
}

/// Where documents begin.
fn find_starts(text: &str, lines: &[Line], words: &line::Words) -> Vec<u32> {
    let first = next_content(lines, 0);
    if first == lines.len() {
        return Vec::new();
    }
    let first = below_page_head(text, lines, first, words);
    let mut starts = vec![lines[first].span.start];
    // The line at which the document at hand begins.
    let mut current = first;
    let mut memory = Memory::default();
    let mut at = first;
    while at < lines.len() {
        for title in title::inside(text, lines, at, words) {
            let before = Span { start: starts[starts.len() - 1], end: title.span.start };
            if before.start < before.end && (has_inner_heading(text, before) || before.len() > 1800) {
                starts.push(title.span.start);
                current = at;
            }
        }
        let Some(title) = title::own_lines(text, lines, at, words).or_else(|| title::glued(text, lines, at, words))
        else {
            at += 1;
            continue;
        };
        let begins = above_letterhead(text, lines, title.first, current);
        if begins > current && is_new_document(text, lines, current, begins, &title, &mut memory) {
            let letterhead = lines[begins].span.start;
            starts.push(if begins == title.first { title.span.start.max(letterhead) } else { letterhead });
            current = begins;
        }
        at = title.last + 1;
    }
    starts
}

/// The line at which the first document begins: below the navigation, the site's own title and the lines of metadata.
///
/// If nothing below the metadata looks like a title, the title above them is the document's own.
fn below_page_head(text: &str, lines: &[Line], first: usize, words: &line::Words) -> usize {
    let head_end = (first..lines.len())
        .find(|&at| lines[at].boilerplate.is_none() && is_body_text(text, &lines[at]))
        .unwrap_or(lines.len());
    let Some(last_boilerplate) = (first..head_end).rev().find(|&at| lines[at].boilerplate.is_some()) else {
        return first;
    };
    let below = next_content(lines, last_boilerplate + 1);
    if below >= lines.len() {
        return first;
    }
    let has_title = (below..lines.len().min(below + 14)).any(|at| {
        title::own_lines(text, lines, at, words).is_some()
            || (at == below && title::glued(text, lines, at, words).is_some())
    });
    if has_title || (last_boilerplate - first > 8) { below } else { first }
}

fn is_body_text(text: &str, line: &Line) -> bool {
    let body = line.span.of(text);
    line.chars >= 40 && body.contains(['。', '，', ',']) || body.starts_with("一、")
}

static NUMBER_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[〔\[【（(?？]\s*(?:19|20)\d\d\s*[〕\]】）)?？]\s*(?:第?\s*\d{0,4})\s*号\s*[)）]?$")
        .expect("a literal pattern")
});

/// The first line of the letterhead that stands right above a title.
fn above_letterhead(text: &str, lines: &[Line], title: usize, current: usize) -> usize {
    let mut first = title;
    while first > current + 1 && title - first < 4 {
        let above = &lines[first - 1];
        let body = above.span.of(text);
        let letterhead =
            above.boilerplate.is_none() && above.chars <= 60 && (body.ends_with("文件") || NUMBER_LINE.is_match(body));
        if !letterhead {
            break;
        }
        first -= 1;
    }
    first
}

/// Whether the title at hand begins another document.
///
/// Evidence: the document before it has a body (a numbered heading, or 600 characters); the line above is finished; the
/// first numbered heading behind it is a first one; and the document before it does not name the title, as a notice names the
/// plan that it forwards, or a document its annex. Counter-example: 附件 above the title. Misses documents without numbering.
fn is_new_document(
    text: &str,
    lines: &[Line],
    current: usize,
    begins: usize,
    title: &title::Title,
    memory: &mut Memory,
) -> bool {
    let above = &lines[begins - 1];
    let above_text = above.span.of(text);
    let finished = above.boilerplate.is_some()
        || above_text.ends_with(['。', '！', '？', '”', ')', '）', '!', '日', '…', '；', ';', '.', '》'])
        || above.chars < 30;
    if !finished || above_text.starts_with("附件") || above_text.starts_with("附：") || above_text.starts_with("附:")
    {
        return false;
    }
    let between = Span { start: lines[current].span.start, end: lines[begins - 1].span.end };
    let before = between.of(text);
    let title_bare = bare(title.span.of(text));
    if title_bare.chars().count() >= 8 && mentions(text, lines, current, begins, &title_bare, memory) {
        return false;
    }
    let has_heading = memory.has_numbered(text, lines, current, begins) || memory.has_inner(text, current, between);
    if !has_heading && before.chars().take(900).count() < 600 {
        return false;
    }
    // Behind the title the numbering begins anew.
    let mut seen = 0;
    let rest_of_title_line = Span { start: title.span.end, end: lines[title.last].span.end };
    if title.glued {
        match first_number(text, rest_of_title_line) {
            Some(1) => return true,
            Some(_) => return false,
            None => {}
        }
    }
    for (at, line) in lines.iter().enumerate().skip(title.last + 1) {
        match memory.first_number(text, at, line) {
            Some(1) => return true,
            Some(_) => return false,
            None => {}
        }
        seen += line.chars;
        if seen > 3000 {
            break;
        }
    }
    // A speech or a short notice has no numbering.
    seen > 200 && has_heading
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether the lines from `current` to `begins` name the title, below their own first title.
fn mentions(text: &str, lines: &[Line], current: usize, begins: usize, title: &str, memory: &mut Memory) -> bool {
    let mut own = lines[current].span.of(text).chars().filter(|c| c.is_alphanumeric());
    if title.chars().all(|c| own.next() == Some(c)) {
        return false;
    }
    let near = begins.saturating_sub(FARTHEST).max(current);
    (current..begins.min(current + FARTHEST)).chain(near.max(current + FARTHEST)..begins).any(|at| {
        let naming = memory.naming.entry(at).or_insert_with(|| {
            let line = lines[at].span.of(text);
            let may_name = line.contains('《')
                || line.contains("附件")
                || line.contains("印发")
                || line.starts_with(|c: char| c.is_ascii_digit());
            may_name.then(|| bare(line))
        });
        naming.as_ref().is_some_and(|line| line.contains(title))
    })
}

/// Lines at the beginning of a document, and lines above a title, in which the title is sought.
const FARTHEST: usize = 1000;

/// Number of the senior marker (一、 第一章 1、) with which a line begins.
fn numbered(text: &str, line: &Line) -> Option<u64> {
    first_number(text, Span::new(line.span.start as usize, line_head(text, line.span)))
}

fn line_head(text: &str, span: Span) -> usize {
    let end = (span.start as usize + 24).min(span.end as usize);
    (end..=span.end as usize).find(|&at| text.is_char_boundary(at)).unwrap_or(span.end as usize)
}

/// The number of the first senior marker in a stretch.
fn first_number(text: &str, span: Span) -> Option<u64> {
    let end = (span.start as usize + 2400).min(span.end as usize);
    let end = (end..=span.end as usize).find(|&at| text.is_char_boundary(at)).unwrap_or(span.end as usize);
    marker::scan(text, Span::new(span.start as usize, end))
        .iter()
        .find(|m| {
            matches!(m.family, Family::Han | Family::Chapter | Family::Arabic | Family::HanBracket)
                && (m.place != Place::Middle || m.number == 1)
        })
        .map(|m| m.number)
}

/// Bytes of a document that are looked at for a heading inside a line.
const INNER: usize = 9000;

fn has_inner_heading(text: &str, span: Span) -> bool {
    let end = (span.start as usize + INNER).min(span.end as usize);
    let end = (end..=span.end as usize).find(|&at| text.is_char_boundary(at)).unwrap_or(span.end as usize);
    marker::scan(text, Span::new(span.start as usize, end))
        .iter()
        .any(|m| matches!(m.family, Family::Han | Family::Chapter | Family::Arabic) && m.number == 1)
}

static FINISHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:[。！？!?”…》）)】.；;]|[日号月份]|\d{5,}|\d年|表|名单|此件.{1,8}|(?:附件|附表|联系|电话|传\s*真|抄\s*送|主题词|共印).{0,60}|印发|打印|校对.{0,6}|废止|施行|执行|实施|为准|此复|此通知|贯彻落实)$").expect("a literal pattern")
});

/// Whether a document's last line ends inside a sentence.
///
/// Evidence: no sentence stop, no date or signature, no list of annexes, no contact at its end, and it is long enough to be
/// a sentence. Example: …要始终坚持抓好学习和整. Counter-example: 某县卫生局. Misses documents cut behind a full stop.
fn breaks_off(text: &str, last: Span, words: &line::Words) -> bool {
    let line = last.of(text).trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '_'));
    if FINISHED.is_match(line) || title::is_body(line) || words.genre(line).is_some() {
        return false;
    }
    let chars = line.chars().count();
    chars >= 25 || chars >= 12 && line.contains(['，', ',', '、'])
}

/// Who owns each line: a document, named boilerplate, or nobody.
fn account(text: &str, lines: &[Line], divided: &mut Divided) {
    let visible = |span: Span| span.of(text).chars().filter(|c| !c.is_whitespace()).count();
    let (mut all, mut owned) = (0usize, 0usize);
    let mut documents = divided.documents.iter().peekable();
    for line in lines {
        let size = visible(line.span);
        all += size;
        while documents.next_if(|document| document.span.end <= line.span.start).is_some() {}
        let inside = documents.peek().filter(|document| document.span.start <= line.span.start);
        if let Some(name) = line.boilerplate {
            divided.boilerplate.push((name, line.span));
            owned += size;
        } else if inside.is_some() {
            owned += size;
        } else if divided.documents.first().is_some_and(|first| line.span.end <= first.span.start) && line.chars <= 90 {
            divided.boilerplate.push(("page_head", line.span));
            owned += size;
        } else {
            divided.unparsed.push(Unparsed { plan: None, span: line.span, text: line.span.of(text).to_owned() });
        }
    }
    divided.coverage = if all == 0 { 1.0 } else { owned as f64 / all as f64 };
}
