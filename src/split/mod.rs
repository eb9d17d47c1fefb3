//! A source → its documents.
//!
//! [`line`] says what each line looks like, [`title`] which lines are titles; here they are put together: where the first
//! document begins below what the page prints above it, where another one begins, and where each ends.

pub mod line;
pub mod title;

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
        collection.iter().map(|&at| next_content(&lines, at + 1)).filter(|&at| at < lines.len()).collect()
    } else {
        find_starts(text, &lines, words)
    };
    let mut divided = Divided::default();
    let mut diagnostics = Vec::new();
    for (number, &first) in starts.iter().enumerate() {
        let stop = starts.get(number + 1).copied().unwrap_or(lines.len());
        let Some(last) = (first..stop).rev().find(|&at| lines[at].boilerplate.is_none()) else { continue };
        let span = Span { start: lines[first].span.start, end: lines[last].span.end };
        let end = span.start as usize
            + span.of(text).trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '_' | '*' | '#')).len();
        let span = Span::new(span.start as usize, end);
        if span.is_empty() {
            continue;
        }
        let truncated = breaks_off(text, lines[last].span, words);
        let ordinal = divided.documents.len() as u32 + 1;
        if truncated {
            diagnostics.push(Diagnostic {
                plan: Some(ordinal),
                ..Diagnostic::warning("truncated", lines[last].span, "the document breaks off inside a sentence")
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
/// Evidence: of a line of 60 characters or more among the first twelve, three stretches of 12 characters, of which two stand
/// again later. Counter-example: a title that is printed twice is shorter. Misses summaries that were rewritten.
fn mark_summaries(text: &str, lines: &mut [Line]) {
    let Some(at) = (0..lines.len().min(12)).find(|&at| {
        let line = lines[at];
        if line.boilerplate.is_some() || line.chars < 60 {
            return false;
        }
        let chars: Vec<char> = line.span.of(text).chars().filter(|c| !c.is_whitespace()).take(600).collect();
        let end = (line.span.end as usize + 12_000).min(text.len());
        let end = (end..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        let later: String = text[line.span.end as usize..end].chars().filter(|c| !c.is_whitespace()).collect();
        let repeated = [1, 2, 3]
            .into_iter()
            .filter(|quarter| {
                let from = chars.len() * quarter / 4;
                let piece: String = chars[from..(from + 12).min(chars.len())].iter().collect();
                later.contains(&piece)
            })
            .count();
        repeated >= 2
    }) else {
        return;
    };
    lines[at].boilerplate = Some("summary");
}

/// Indexes of the lines at which documents begin.
fn find_starts(text: &str, lines: &[Line], words: &line::Words) -> Vec<usize> {
    let first = next_content(lines, 0);
    if first == lines.len() {
        return Vec::new();
    }
    let mut starts = vec![below_page_head(text, lines, first, words)];
    let mut at = starts[0];
    while at < lines.len() {
        let Some(title) = title::own_lines(text, lines, at, words).or_else(|| title::glued(text, lines, at, words))
        else {
            at += 1;
            continue;
        };
        let current = starts[starts.len() - 1];
        let begins = above_letterhead(text, lines, title.first, current);
        if begins > current && is_new_document(text, lines, current, begins, &title) {
            starts.push(begins);
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
fn is_new_document(text: &str, lines: &[Line], current: usize, begins: usize, title: &title::Title) -> bool {
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
    if title_bare.chars().count() >= 8 && mentions(text, lines, current, begins, &title_bare) {
        return false;
    }
    let has_heading =
        (current..begins).any(|at| numbered(text, &lines[at]).is_some()) || has_inner_heading(text, between);
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
    for line in &lines[title.last + 1..] {
        match first_number(text, line.span) {
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
fn mentions(text: &str, lines: &[Line], current: usize, begins: usize, title: &str) -> bool {
    let own = bare(lines[current].span.of(text));
    let without_genre = title;
    (current..begins).any(|at| {
        let line = lines[at].span.of(text);
        (line.contains('《')
            || line.contains("附件")
            || line.contains("印发")
            || line.starts_with(|c: char| c.is_ascii_digit()))
            && bare(line).contains(without_genre)
            && !own.starts_with(title)
    })
}

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

fn has_inner_heading(text: &str, span: Span) -> bool {
    let end = (span.start as usize + 9000).min(span.end as usize);
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
