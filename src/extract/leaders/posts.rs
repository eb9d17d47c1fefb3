//! The posts that stand with a name in a list.

use super::entries::{Person, in_name, run_end, spaced, token};
use super::foreign;
use super::is_blank;
use super::names::{Names, is_han};
use super::words::{is_no_post, is_post};
use crate::span::Span;

/// A post, blanks, and who holds it: 市委副书记、市长　王文华. Gives the place behind it.
pub(super) fn post_first(text: &str, at: usize, to: usize, names: &Names) -> Option<(Vec<Person>, usize)> {
    let end = at + text.get(at..to)?.char_indices().take(40).find(|(_, c)| !(is_han(*c) || *c == '、'))?.0;
    let post = text.get(at..end).filter(|post| is_post(post))?;
    let start = run_end(text, end, to, is_blank);
    let behind = run_end(text, start, to, in_name);
    let run = text.get(start..behind)?;
    let (name, behind) = match spaced(text, start, to, names) {
        Some(found) => found,
        None if start > end && (names.is_name(run) || foreign::is_name(run)) => (run.to_owned(), behind),
        None => return None,
    };
    (start > end).then(|| (vec![Person { name, post: Some(post.to_owned()), span: Span::new(at, behind) }], behind))
}

/// The post behind a name: in brackets, or behind a blank or comma on the same line. Gives the place behind it.
pub(super) fn with_post(text: &str, at: usize, to: usize, names: &Names, person: Option<&mut Person>) -> usize {
    let Some(person) = person else { return at };
    let rest = text.get(at..to).unwrap_or("");
    let open = rest.trim_start_matches(is_blank);
    if let Some(inner) = open.strip_prefix(['(', '（']) {
        let Some((place, close)) = inner.char_indices().take(60).find(|(_, c)| matches!(c, ')' | '）' | '\n')) else {
            return at;
        };
        if close == '\n' {
            return at;
        }
        let post = inner.get(..place).unwrap_or("").trim();
        let end = to - inner.len() + place + close.len_utf8();
        if is_bracketed_post(post) {
            set_post(person, post, end);
            return end;
        }
        return post_behind(text, end, to, names, person);
    }
    post_behind(text, at, to, names, person)
}

/// The post behind a blank or comma.
pub(super) fn post_behind(text: &str, at: usize, to: usize, names: &Names, person: &mut Person) -> usize {
    let rest = text.get(at..to).unwrap_or("");
    let gap = rest
        .find(|c: char| !(is_blank(c) || matches!(c, '，' | ',' | '：' | ':' | '-' | '—' | '|')))
        .unwrap_or(rest.len());
    // 副局长王文华，党组成员、…: what follows is the post of the next one.
    let comma = rest.get(..gap).is_some_and(|gap| gap.contains(['，', ',']));
    if gap == 0 || (person.post.is_some() && comma) {
        return at;
    }
    let begin = at + gap;
    // 刘洪霞  谭  静  各校校长: the next name, with a blank inside.
    if spaced(text, begin, to, names).is_some() {
        return at;
    }
    let end = post_end(text, begin, to, names);
    let post = text.get(begin..end).unwrap_or("").trim();
    let first = post.split(['、', '，', ',', ' ', '\u{3000}']).next().unwrap_or("");
    if token(first, 0, names).is_some_and(|persons| persons.iter().all(|person| person.post.is_none()))
        || !is_post(post)
        || is_no_post(post)
        || post.chars().count() > 40
    {
        return at;
    }
    set_post(person, post, begin + post.len());
    begin + post.len()
}

/// Brackets hold a post, unless they say 女, 兼, 回族, 党外, or a telephone number.
pub(super) fn is_bracketed_post(text: &str) -> bool {
    let number = text.chars().filter(char::is_ascii_digit).count() >= 5;
    let duty = ["负责", "兼", "分管", "联系", "主持", "牵头", "协助", "电话", "手机", "常务)", "以下"]
        .iter()
        .any(|word| text.starts_with(word));
    text.chars().count() >= 2
        && !number
        && !duty
        && text != "常务"
        && !text.ends_with('族')
        && !text.starts_with("女")
        && !matches!(text, "党外" | "兼任" | "牵头" | "女性")
}

pub(super) fn set_post(person: &mut Person, post: &str, end: usize) {
    person.post = Some(post.to_owned());
    person.span.end = person.span.end.max(end as u32);
}

/// Where a post ends: at the end of the line or sentence, or before a separator with a name behind it.
pub(super) fn post_end(text: &str, from: usize, to: usize, names: &Names) -> usize {
    let rest = text.get(from..to).unwrap_or("");
    for (place, c) in rest.char_indices().take(60) {
        if matches!(c, '\n' | '。' | '；' | ';' | ':' | '：' | '(' | '（' | '|') {
            return from + place;
        }
        if is_blank(c) || matches!(c, '、' | '，' | ',') {
            let start = run_end(text, from + place, to, |c| is_blank(c) || matches!(c, '、' | '，' | ','));
            let end = run_end(text, start, to, in_name);
            if token(text.get(start..end).unwrap_or(""), 0, names).is_some() || spaced(text, start, to, names).is_some()
            {
                return from + place;
            }
        }
    }
    from + rest.char_indices().nth(60).map_or(rest.len(), |(place, _)| place)
}
