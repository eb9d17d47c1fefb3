//! The lines of a source, and what each looks like.

use std::sync::LazyLock;

use daachorse::charwise::CharwiseDoubleArrayAhoCorasick;
use regex::Regex;

use crate::lexicon::{Lexicon, word_automaton};
use crate::model::Genre;
use crate::span::Span;

/// One line that is not blank, without the white space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands in the cleaned text.
    pub span: Span,
    /// Name of the boilerplate that it is, if it is.
    pub boilerplate: Option<&'static str>,
    /// Number of characters, counted up to 200.
    pub chars: usize,
}

impl Line {
    /// The line that a span is, not taken for boilerplate.
    pub fn of(text: &str, span: Span) -> Self {
        Self { span, boilerplate: None, chars: span.of(text).chars().take(200).count() }
    }
}

/// The tables `boilerplate` and `genres`, ready to search.
pub struct Words {
    boilerplate: CharwiseDoubleArrayAhoCorasick<u32>,
    names: Vec<(&'static str, bool)>,
    genres: CharwiseDoubleArrayAhoCorasick<u32>,
    genre_values: Vec<Genre>,
}

const NAMES: [&str; 6] = ["copyright", "credits", "metadata", "navigation", "share", "related"];

impl Words {
    /// Take the words from the tables.
    pub fn new(lexicon: &Lexicon) -> Self {
        let name = |value: &str| NAMES.into_iter().find(|name| *name == value).unwrap_or("navigation");
        let values = lexicon.cells("boilerplate", "value");
        let places = lexicon.cells("boilerplate", "place");
        Self {
            boilerplate: word_automaton(lexicon.cells("boilerplate", "key")),
            names: values.into_iter().zip(places).map(|(value, place)| (name(value), place == "any")).collect(),
            genres: word_automaton(lexicon.cells("genres", "key")),
            genre_values: lexicon
                .cells("genres", "value")
                .into_iter()
                .map(|v| Genre::parse(v).unwrap_or(Genre::Other))
                .collect(),
        }
    }

    /// Name of the boilerplate that a line is. `edge`: the line stands before the first or behind the last sentence.
    ///
    /// Evidence: a word of the table in a line of at most 90 characters that is no sentence; four or more | or > between
    /// short words; a line of dots, rules or a page number. Counter-example: 各单位要在网站首页开设专栏。 is a sentence. Misses
    /// navigation that is words alone.
    pub fn boilerplate(&self, line: &str, chars: usize, edge: bool) -> Option<&'static str> {
        let rule = |c: char| {
            matches!(
                c,
                '.' | '-'
                    | '—'
                    | '─'
                    | '━'
                    | '═'
                    | '―'
                    | '－'
                    | '＝'
                    | '＿'
                    | '_'
                    | '='
                    | '*'
                    | '…'
                    | '·'
                    | '~'
                    | '|'
                    | ' '
                    | '\u{3000}'
                    | '●'
                    | '☆'
                    | '★'
            )
        };
        if line.chars().all(rule) {
            return Some("rule");
        }
        if chars <= 9 && PAGE_NUMBER.is_match(line) {
            return Some("page_number");
        }
        let bars = line.matches(['|', '│', '┊']).count();
        // <某文件> and ‹某文件› are marks of titles.
        let opened = line.matches(['<', '«', '‹', '〈', '《']).count();
        let arrows = line.matches(['>', '»', '›']).count().saturating_sub(opened);
        if bars >= 4 || arrows >= 2 && chars <= 200 {
            return Some("navigation");
        }
        let advert = ["会员分享", "网友上传", "正文预览", "收藏本站", "任意编辑", "登录后查看", "免责声明", "用户上传"]
            .iter()
            .any(|words| line.contains(words));
        if !advert && (chars > 90 || line.ends_with(['。', '；', '！'])) {
            return None;
        }
        self.boilerplate
            .leftmost_find_iter(line)
            .filter_map(|found| self.names.get(found.value() as usize))
            .find(|(_, anywhere)| *anywhere || edge)
            .map(|(name, _)| *name)
    }

    /// The last genre word of a title, where the title ends with it (a bracketed note such as (试行) aside).
    pub fn genre(&self, title: &str) -> Option<Genre> {
        let bare = without_note(title);
        self.genre_at_end(bare).map(|(_, genre)| genre)
    }

    /// Byte where the genre word at the end of `text` begins, and the genre.
    pub fn genre_at_end(&self, text: &str) -> Option<(usize, Genre)> {
        let tail_start = text.char_indices().rev().nth(7).map_or(0, |(at, _)| at);
        let tail = &text[tail_start..];
        self.genres
            .leftmost_find_iter(tail)
            .find(|found| found.end() == tail.len() && !is_opinion(&tail[..found.start()], &tail[found.start()..]))
            .and_then(|found| Some((tail_start + found.start(), *self.genre_values.get(found.value() as usize)?)))
    }

    /// Ends of genre words inside a text, in order.
    pub fn genre_ends<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        self.genres.leftmost_find_iter(text).map(|found| (found.start(), found.end()))
    }
}

/// 听取意见, 征求意见: what people think, no 意见 of an office.
fn is_opinion(before: &str, word: &str) -> bool {
    const VERBS: [&str; 9] = ["听取", "征求", "征集", "收集", "反馈", "交换", "吸纳", "采纳", "群众"];
    word == "意见" && VERBS.iter().any(|verb| before.ends_with(verb))
}

static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[-—－–]\s*\d{1,3}\s*[-—－–]|第\s*\d{1,3}\s*页|\d{1,3}\s*/\s*\d{1,3})$").expect("a literal pattern")
});

static NOTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\s*[（(【\[][^（()）]{1,14}[)）】\]]$").expect("a literal pattern"));

/// A title without the note in brackets behind it: 管理办法(试行) → 管理办法.
pub fn without_note(title: &str) -> &str {
    let title = title.trim_end();
    match NOTE.find(title) {
        Some(note) if note.start() > 6 => &title[..note.start()],
        _ => title.trim_end_matches('稿'),
    }
}

/// The lines of a stretch of text, none of them taken for boilerplate.
pub fn plain_lines(text: &str, span: Span) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut start = span.start as usize;
    let stop = span.end as usize;
    for end in memchr::memchr_iter(b'\n', span.of(text).as_bytes()).map(|at| at + span.start as usize).chain([stop]) {
        let line = Span::new(start, end).trimmed(text);
        start = end + 1;
        if !line.is_empty() {
            out.push(Line::of(text, line));
        }
    }
    out
}

/// The lines of a text.
pub fn lines(text: &str, words: &Words) -> Vec<Line> {
    let mut out = plain_lines(text, Span::new(0, text.len()));
    let is_sentence = |line: &Line| line.chars >= 30 && line.span.of(text).contains(['。', '；', '，', ',']);
    let first = out.iter().position(is_sentence).unwrap_or(out.len());
    let last = out.iter().rposition(is_sentence).unwrap_or(0);
    for (at, line) in out.iter_mut().enumerate() {
        line.boilerplate = words.boilerplate(line.span.of(text), line.chars, at < first || at > last);
    }
    keep_tables(text, &mut out);
    out
}

/// Two lines or more, one below the other, that begin and end with a bar and have as many: the rows of a table, not the navigation
/// of a site.
fn keep_tables(text: &str, lines: &mut [Line]) {
    let bars = |line: &Line| {
        let body = line.span.of(text);
        let framed = body.starts_with('|') && body.ends_with('|');
        framed.then(|| body.matches('|').count()).filter(|count| *count >= 3)
    };
    let counts: Vec<Option<usize>> = lines.iter().map(bars).collect();
    for at in 0..lines.len() {
        let beside = [at.checked_sub(1), Some(at + 1)];
        let is_row = counts[at].is_some()
            && beside.into_iter().flatten().any(|other| counts.get(other).is_some_and(|count| *count == counts[at]));
        if is_row {
            lines[at].boilerplate = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boilerplate_is_named() {
        let words = &Lexicon::builtin().compiled().line;
        for (line, expected) in [
            ("首页 | 新闻 | 公告 | 文件 | 下载", Some("navigation")),
            ("您现在的位置:首页 > 文件 > 正文", Some("navigation")),
            ("(责任编辑:小李)", Some("credits")),
            ("- 12 -", Some("page_number")),
            ("……", Some("rule")),
            ("各单位要在网站首页开设专栏。", None),
            ("一、指导思想", None),
        ] {
            assert_eq!(words.boilerplate(line, line.chars().count(), true), expected, "{line}");
        }
    }

    #[test]
    fn every_row_is_recognised_in_its_example() {
        let words = &Lexicon::builtin().compiled().line;
        for (key, example) in Lexicon::builtin().table("boilerplate").unwrap().pairs("key", "example") {
            assert!(words.boilerplate(example, example.chars().count(), true).is_some(), "{key}: {example}");
        }
        let table = Lexicon::builtin().table("genres").unwrap();
        for (value, example) in table.pairs("value", "example") {
            assert_eq!(words.genre(example).map(Genre::as_str), Some(value), "{example}");
        }
    }
}
