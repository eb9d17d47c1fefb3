//! Where documents begin.

use std::sync::LazyLock;

use regex::Regex;

use super::line::Line;
use super::memory::{Memory, first_number, has_inner_heading};
use super::{line, opening, title};
use crate::outline::marker;
use crate::span::Span;

/// The next line from `from` on that is no boilerplate.
pub(super) fn next_content(lines: &[Line], from: usize) -> usize {
    (from..lines.len()).find(|&at| lines[at].boilerplate.is_none()).unwrap_or(lines.len())
}

/// Where documents begin.
pub(super) fn find(text: &str, lines: &[Line], words: &line::Words) -> Vec<u32> {
    let first = next_content(lines, 0);
    if first == lines.len() {
        return Vec::new();
    }
    let first = below_page_head(text, lines, first, words);
    // What a collection prints above its first document is short.
    let counted = |at: usize| at > 0 && lines[at - 1].boilerplate == Some("collection");
    let before: usize =
        lines.iter().take_while(|line| line.boilerplate != Some("collection")).map(|line| line.chars).sum();
    let first = (first..lines.len()).find(|&at| counted(at)).filter(|_| before < FOREWORD).unwrap_or(first);
    let mut starts = vec![lines[first].span.start];
    // The line at which the document at hand begins.
    let mut current = first;
    let mut memory = Memory::default();
    let mut at = first;
    while at < lines.len() {
        if at > current && counted(at) {
            starts.push(lines[at].span.start);
            current = at;
        }
        for title in title::inside(text, lines, at, words) {
            let before = Span { start: starts[starts.len() - 1], end: title.span.start };
            if before.start < before.end && (has_inner_heading(text, before) || before.len() > 1800) {
                starts.push(title.span.start);
                current = at;
            }
        }
        let Some(title) = title::own_lines(text, lines, at, words).or_else(|| title::glued(text, lines, at, words))
        else {
            let opens = at > current
                && lines[at].boilerplate.is_none()
                && (opening::is_opening(lines[at].span.of(text))
                    || is_parted(text, lines, at) && !is_tail(lines[at].span.of(text)))
                && opens_new_document(text, lines, current, at, words, &mut memory);
            if opens {
                starts.push(lines[at].span.start);
                current = at;
            }
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

/// Characters above the first document of a collection that are its foreword.
const FOREWORD: usize = 600;

/// Whether a line belongs to the foot of a document: 抄送, who printed it.
fn is_tail(line: &str) -> bool {
    line.ends_with("印发") || ["抄送", "抄报", "主题词", "附件", "（", "("].iter().any(|word| line.starts_with(word))
}

/// Whether what stands above a line parts documents: a rule, a number alone on its line, three blank lines.
fn is_parted(text: &str, lines: &[Line], at: usize) -> bool {
    let Some(above) = at.checked_sub(1).map(|above| &lines[above]) else { return false };
    matches!(above.boilerplate, Some("rule" | "number" | "summary")) || {
        let between = &text[above.span.end as usize..lines[at].span.start as usize];
        memchr::memchr_iter(b'\n', between.as_bytes()).count() >= 3
    }
}

/// Whether a line without a title begins another document.
///
/// Evidence: the line above is finished and names no annex; no title stands right above, which would have been weighed
/// already; the numbering of the document before had come to 二 or a date signed it, and behind the line the numbering
/// begins anew. Counter-example: the addressees below a title. Misses documents without numbering.
fn opens_new_document(
    text: &str,
    lines: &[Line],
    current: usize,
    at: usize,
    words: &line::Words,
    memory: &mut Memory,
) -> bool {
    let Some(above) = (current..at).rev().find(|&above| lines[above].boilerplate.is_none()) else { return false };
    let above_text = lines[above].span.of(text);
    // The heading that the sentence is the text of.
    if lines[above].chars < 30 && above_text.starts_with(|c: char| c.is_ascii_digit() || marker::is_blank(c)) {
        return false;
    }
    let titled = (current..at).rev().take(4).any(|near| {
        title::own_lines(text, lines, near, words).is_some() || NUMBER_LINE.is_match(lines[near].span.of(text))
    });
    if titled || !is_finished(&lines[above], above_text) {
        return false;
    }
    let signed = above_text.ends_with('日') || is_closing(above_text);
    let reached = memory.reached(text, lines, current, at);
    // (此件公开发布) and a signature with a blank stretch below close a document that has no numbering too.
    let closed = is_closing(above_text) || signed && is_parted(text, lines, at);
    (reached >= 2 || closed || signed && memory.has_numbered(text, lines, current, at))
        && number_behind(text, lines, at, memory).0 == Some(1)
}

/// Whether what looks like a title are the keywords of a document (主题词) on lines of their own.
fn are_keywords(text: &str, lines: &[Line], begins: usize, title: &title::Title) -> bool {
    (begins.saturating_sub(3)..begins).any(|at| lines[at].span.of(text).starts_with("主题词"))
        && (begins..=title.last).all(|at| lines[at].chars <= 12)
        && !title.span.of(text).contains("关于")
}

/// The first number of a heading at or behind a line, and how many characters stand before it.
fn number_behind(text: &str, lines: &[Line], from: usize, memory: &mut Memory) -> (Option<u64>, usize) {
    let mut seen = 0;
    for (at, line) in lines.iter().enumerate().skip(from) {
        let first = memory.first_number(text, at, line);
        if first.is_some() {
            return (first, seen);
        }
        seen += line.chars;
        if seen > FARTHEST_NUMBER {
            break;
        }
    }
    (None, seen)
}

/// Characters behind the beginning of a document within which its numbering begins.
const FARTHEST_NUMBER: usize = 3000;

/// What is printed behind the signature: nothing of the document follows it but annexes.
fn is_closing(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(['（', '('])
        && line.ends_with(['）', ')'])
        && ["公开发布", "有删减", "主动公开", "此件发至"].iter().any(|words| line.contains(words))
}

/// Whether a line ends what stands above a new document.
fn is_finished(line: &Line, text: &str) -> bool {
    (line.boilerplate.is_some()
        || text.ends_with(['。', '！', '？', '”', ')', '）', '!', '日', '…', '；', ';', '.', '》'])
        || line.chars < 30
        // 原办法同时废止: how measures end, their full stop lost.
        || ["废止", "施行", "执行", "实施"].iter().any(|word| text.ends_with(word))
        || title::is_contact(text))
        && !["附件", "附：", "附:"].iter().any(|word| text.starts_with(word))
}

/// The line at which the first document begins: below the navigation, the site's own title and the lines of metadata.
///
/// If nothing below the metadata looks like a title, the title above them is the document's own.
fn below_page_head(text: &str, lines: &[Line], first: usize, words: &line::Words) -> usize {
    let head_end = (first..lines.len())
        .find(|&at| lines[at].boilerplate.is_none() && is_body_text(text, &lines[at]))
        .unwrap_or(lines.len());
    // The rule below a letterhead is the document's own.
    let of_letterhead = |at: usize| {
        lines[at].boilerplate == Some("rule") && at > first && NUMBER_LINE.is_match(lines[at - 1].span.of(text))
    };
    let above = |&at: &usize| lines[at].boilerplate.is_some() && !of_letterhead(at);
    let Some(last_boilerplate) = (first..head_end).rev().find(above) else {
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

pub(super) static NUMBER_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[〔\[【（(?？]\s*(?:19|20)\d\d\s*[〕\]】）)?？]\s*(?:第?\s*\d{0,4})\s*号\s*[)）]?$")
        .expect("a literal pattern")
});

/// The first line of the letterhead that stands right above a title.
fn above_letterhead(text: &str, lines: &[Line], title: usize, current: usize) -> usize {
    let mut first = title;
    while first > current + 1 && title - first < 4 {
        let above = &lines[first - 1];
        // The star below a number is printed between the letterhead and the title.
        let rule = above.boilerplate == Some("rule") && first > current + 2;
        let head = if rule { first - 2 } else { first - 1 };
        let (line, body) = (&lines[head], lines[head].span.of(text));
        let numbered = NUMBER_LINE.is_match(body);
        // 南 安 市 教 育 局 above its number.
        let named = first < title && NUMBER_LINE.is_match(lines[first].span.of(text)) && {
            let closed: String = body.split_whitespace().collect();
            title::is_body(&closed)
        };
        if line.boilerplate.is_some() || line.chars > 60 || !(numbered || named || !rule && body.ends_with("文件")) {
            break;
        }
        first = head;
    }
    first
}

/// Whether the title at hand begins another document.
///
/// Evidence: the document before it has a body (a numbered heading, or 600 characters); the line above is finished; the
/// first numbered heading behind it is a first one; and the document before it does not name the title, as a notice names
/// the plan that it forwards, or a document its annex. Counter-example: 附件 above the title. Misses documents without
/// numbering.
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
    if !is_finished(above, above_text) || are_keywords(text, lines, begins, title) {
        return false;
    }
    let names_notice = ["通知", "意见", "函", "批复", "决定", "通报", "公告"]
        .iter()
        .any(|word| line::without_note(title.span.of(text)).ends_with(word))
        && title.span.of(text).contains("关于");
    let signed = above_text.ends_with('日') || is_closing(above_text);
    // A signed notice may forward a plan; another notice it seldom does.
    let parted = is_parted(text, lines, begins) || signed && names_notice;
    let between = Span { start: lines[current].span.start, end: lines[begins - 1].span.end };
    let before = between.of(text);
    let title_bare = bare(title.span.of(text));
    if title_bare.chars().count() >= 8 && mentions(text, lines, current, begins, &title_bare, memory) {
        return false;
    }
    let has_heading = memory.has_numbered(text, lines, current, begins) || memory.has_inner(text, current, between);
    // A short notice between its signature and the letterhead of the next one.
    let shortest = match parted {
        true if signed && begins < title.first => 80,
        true => 150,
        false => 600,
    };
    if !has_heading && before.chars().take(900).count() < shortest {
        return false;
    }
    // Behind the title the numbering begins anew.
    let rest_of_title_line = Span { start: title.span.end, end: lines[title.last].span.end };
    let in_line = if title.glued { first_number(text, rest_of_title_line) } else { None };
    let (number, seen) = match in_line {
        Some(number) => (Some(number), 0),
        None => number_behind(text, lines, title.last + 1, memory),
    };
    if let Some(number) = number {
        return number == 1;
    }
    // A speech or a short notice has no numbering.
    seen > 200 && (has_heading || parted)
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
