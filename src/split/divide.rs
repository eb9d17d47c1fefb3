//! Lines in which a document ends and another one begins.

use std::sync::LazyLock;

use regex::Regex;

use super::line::{self, Line};
use super::starts::NUMBER_LINE;
use super::{opening, title};
use crate::span::Span;

/// Lines in which a document ends and another one begins, divided there; and numbers that stand alone between documents,
/// named.
///
/// Evidence: behind the last sentence of a line, a date or a number of telephone, the beginning of a title that the line
/// or the next ones complete, of a letterhead, or what [`opening`] knows. The division serves the
/// search for documents alone. Counter-example: `…印发《某某方案》。附件：名单`.
/// Misses titles behind a comma.
pub(super) fn divide(text: &str, lines: &[Line], words: &line::Words) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len() + 8);
    for (at, line) in lines.iter().enumerate() {
        let place =
            if line.boilerplate.is_none() && line.chars >= 12 { inner_start(text, lines, at, words) } else { None };
        match place {
            Some(place) => {
                let middle = line.span.start as usize + place;
                for span in [Span::new(line.span.start as usize, middle), Span::new(middle, line.span.end as usize)] {
                    out.push(Line::of(text, span.trimmed(text)));
                }
            }
            None => out.push(*line),
        }
    }
    number_lines(text, &mut out);
    out
}

/// Ends of sentences looked at in one line.
const STOPS: usize = 6;

/// Where in a line another document may begin.
fn inner_start(text: &str, lines: &[Line], at: usize, words: &line::Words) -> Option<usize> {
    let body = lines[at].span.of(text);
    let inner = body.trim_end_matches(['。', '：', ':', '；', '！']);
    let stops =
        inner.char_indices().rev().take(600).filter(|(_, c)| matches!(c, '。' | '！' | '？' | '）' | ')' | '”'));
    let stops = stops.map(|(place, c)| place + c.len_utf8()).take(STOPS);
    let date = title::DATE.find_iter(body).chain(TELEPHONE.find_iter(body)).map(|found| found.end()).max();
    let date = date.map(|end| if body[end..].starts_with("印发") { end + "印发".len() } else { end });
    let next = |by: usize| lines.get(at + by).map_or("", |line| line.span.of(text));
    date.into_iter().chain(stops).find(|&place| {
        let tail = body[place..].trim_start();
        let chars = tail.chars().take(300).count();
        if place == 0 || chars < 3 {
            return false;
        }
        let plain = !tail.contains(['，', ',', '。', '；', '：', ':']);
        let completed = tail.contains("关于")
            && chars <= 42
            && (1..4).any(|by| {
                let line = next(by);
                line.chars().count() <= 42 && words.genre(line).is_some() && !line.contains(['。', '：'])
            });
        let is_issuer = title::is_body(tail) || tail.ends_with("转发") || tail.ends_with("印发");
        let title = (8..=70).contains(&chars) && words.genre(tail).is_some() && !tail.contains(['、', '“']);
        plain && (title || completed) && title::may_be_title(tail)
            || plain && chars <= 40 && is_issuer && next(1).starts_with("关于")
            || plain && chars <= 30 && tail.ends_with("文件") && NUMBER_LINE.is_match(next(1))
            || opening::is_opening(tail)
    })
}

/// A number of telephone, or the end of one.
static TELEPHONE: LazyLock<Regex> = LazyLock::new(|| Regex::new("[0-9]{7,8}").expect("a literal pattern"));

/// Name the numbers that count documents.
///
/// Evidence: all lines that are a number and nothing else, of at most three characters, count up by one from 1 or 2.
/// Counter-example: the cells of a table, in any order. Misses numbers of which one was lost.
fn number_lines(text: &str, lines: &mut [Line]) {
    let number = |line: &Line| {
        let body = line.span.of(text);
        (line.boilerplate.is_none() && line.chars <= 3).then(|| crate::numeral::value(body)).flatten()
    };
    let found: Vec<(usize, u64)> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((at, number(line)?))).collect();
    let in_order = found.windows(2).all(|pair| pair[1].1 == pair[0].1 + 1);
    if in_order && found.first().is_some_and(|first| first.1 <= 2) && found.len() <= 60 {
        for (at, _) in found {
            lines[at].boilerplate = Some("number");
        }
    }
}
