//! Entries of lists: one person with a post, glued names, two persons joined by 和.

use super::foreign;
use super::is_blank;
use super::names::{Names, is_han};
use super::posts::{is_bracketed_post, set_post};
use super::words::is_post;
use crate::span::Span;

/// A person in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub name: String,
    pub post: Option<String>,
    /// The name with its post.
    pub span: Span,
}

pub(super) fn run_end(text: &str, at: usize, to: usize, inside: impl Fn(char) -> bool) -> usize {
    let rest = text.get(at..to).unwrap_or("");
    at + rest.find(|c| !inside(c)).unwrap_or(rest.len())
}

pub(super) fn in_name(c: char) -> bool {
    is_han(c) || matches!(c, '·' | '•' | '・')
}

/// A list's end without what says that it goes on or is one: 同志, 等, 等七名同志, 等5人.
pub(super) fn without_others(text: &str) -> &str {
    let text = text.strip_suffix("同志").unwrap_or(text);
    let counted = text.trim_end_matches(['人', '名', '位', '个']);
    let bare = counted.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十几多两".contains(c));
    match bare.strip_suffix('等') {
        Some(head) if counted.len() < text.len() || bare.len() == text.len() => head,
        _ => text.strip_suffix('等').unwrap_or(text),
    }
}

/// One token of a list as persons. `at` is its place.
pub(super) fn token<'t>(text: &'t str, at: usize, names: &Names) -> Option<Vec<Person>> {
    let text = without_others(text);
    let person = |name: &str, post: Option<&str>, start: usize, length: usize| Person {
        name: name.to_owned(),
        post: post.map(str::to_owned),
        span: Span::new(start, start + length),
    };
    if names.is_name(text) {
        return Some(vec![person(text, None, at, text.len())]);
    }
    let glued = |text: &'t str| {
        let mut start = at;
        names.part(text).map(|parts| {
            parts
                .into_iter()
                .map(|name| {
                    let found = person(name, None, start, name.len());
                    start += name.len();
                    found
                })
                .collect::<Vec<_>>()
        })
    };
    // 秦文杰殷长云严静: the 长 of a name is no end of a post.
    if text.chars().count() >= 6
        && let Some(persons) = glued(text)
    {
        return Some(persons);
    }
    if let Some((name, post)) = names.with_post(text) {
        return Some(vec![person(name, Some(post).filter(|post| *post != "同志"), at, text.len())]);
    }
    if foreign::is_name(text) {
        return Some(vec![person(text, None, at, text.len())]);
    }
    glued(text)
}

/// A name with a blank inside: 王　洪, 欧阳　文. The place behind it.
pub(super) fn spaced(text: &str, at: usize, to: usize, names: &Names) -> Option<(String, usize)> {
    let first = run_end(text, at, to, is_han);
    let second = run_end(text, first, to, is_blank);
    let last = run_end(text, second, to, is_han);
    let count = |from: usize, to: usize| text.get(from..to).map_or(0, |part| part.chars().count());
    let surname = count(at, first) == 1 || names.is_compound(text.get(at..first)?);
    if !surname || !(1..=4).contains(&count(first, second)) || count(second, last) != 1 {
        return None;
    }
    let name = format!("{}{}", text.get(at..first)?, text.get(second..last)?);
    names.is_name(&name).then_some((name, last))
}

/// One person whose name has blanks inside, with a post before it or not: 刘　明, 县长张 莉.
pub(super) fn spaced_entry(entry: &str, at: usize, names: &Names) -> Option<Person> {
    let joined: String = entry.chars().filter(|c| !is_blank(*c)).collect();
    let (name, post) = if names.is_name(&joined) { (joined.as_str(), None) } else { with_post_before(&joined, names)? };
    // The blank is in the name: 镇长 王洪 is none of these.
    let last = entry.rsplit(is_blank).next()?;
    (last.chars().count() == 1).then(|| Person {
        name: name.to_owned(),
        post: post.map(str::to_owned),
        span: Span::new(at, at + entry.len()),
    })
}

/// A post before a name of two characters at the end of a text.
fn with_post_before<'t>(text: &'t str, names: &Names) -> Option<(&'t str, Option<&'t str>)> {
    let (name, post) = names.with_post(text)?;
    (text.ends_with(name) && name.chars().count() == 2).then_some((name, Some(post)))
}

/// 县长张 莉 where it begins a text, with no Chinese character behind it. The place behind it.
pub(super) fn spaced_behind_post(text: &str, at: usize, to: usize, names: &Names) -> Option<(Person, usize)> {
    let first = run_end(text, at, to, is_han);
    let second = run_end(text, first, to, is_blank);
    let last = run_end(text, second, to, is_han);
    let one = text.get(second..last)?.chars().count() == 1;
    let gap = text.get(first..second)?.chars().count();
    let entry = text.get(at..last).filter(|_| one && (1..=4).contains(&gap) && last < to)?;
    Some((spaced_entry(entry, at, names)?, last))
}

/// One entry of such a list, with its post in brackets.
pub(super) fn entry_people(entry: &str, at: usize, names: &Names) -> Option<Vec<Person>> {
    let Some(open) = entry.find(['(', '（']) else {
        return persons_of(entry, at, names);
    };
    let mut persons = entry_people(entry.get(..open)?, at, names)?;
    let post = entry.get(open..)?.trim_matches(['(', ')', '（', '）']);
    if let Some(last) = persons.last_mut()
        && is_bracketed_post(post)
    {
        set_post(last, post, at + entry.len());
    }
    Some(persons)
}

/// The persons of one entry; 和 joins the last two, unless it is part of a name (许和平).
pub(super) fn persons_of(entry: &str, at: usize, names: &Names) -> Option<Vec<Person>> {
    if names.is_name(entry) {
        return token(entry, at, names);
    }
    joined(entry, at, names).or_else(|| token(entry, at, names))
}

/// Two persons with 和, 及 or 与 between them: 副局长王文华和纪检组长李大海.
pub(super) fn joined(entry: &str, at: usize, names: &Names) -> Option<Vec<Person>> {
    let parts = ["和", "以及", "及", "与"]
        .into_iter()
        .flat_map(|word| entry.match_indices(word).take(4).map(move |(place, _)| (place, place + word.len())));
    let mut first = None;
    for (place, second) in parts {
        let Some(mut both) = entry.get(..place).and_then(|head| token(head, at, names)) else { continue };
        let Some(rest) = entry.get(second..) else { continue };
        if let Some(others) = token(rest, at + second, names) {
            both.extend(others);
            return Some(both);
        }
        // 王文华及各科室负责人: one person, and who is not named.
        if first.is_none() && ["各", "相关", "有关", "其他", "全体"].iter().any(|word| rest.starts_with(word))
        {
            first = Some(both);
        }
    }
    first
}

/// A person, and the first half of the post of the next one: 政法委书记王文华和副县长 before 、公安局局长李大海. Gives also where that
/// half begins.
pub(super) fn person_and_half(entry: &str, at: usize, names: &Names) -> Option<(Vec<Person>, usize)> {
    let parts = ["和", "及", "与"]
        .into_iter()
        .flat_map(|word| entry.match_indices(word).take(4).map(move |(place, _)| (place, place + word.len())));
    parts.into_iter().find_map(|(place, half)| {
        let person = token(entry.get(..place)?, at, names)?;
        is_post(entry.get(half..)?).then_some((person, half))
    })
}
