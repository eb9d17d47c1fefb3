//! Lists of persons: names with what parts them.

use super::entries::{
    Person, entry_people, in_name, person_and_half, persons_of, run_end, spaced, spaced_behind_post, spaced_entry,
    token, without_others,
};
use super::gaps::{before_label, before_marker, past_and, past_note, past_number, past_telephone};
use super::is_blank;
use super::names::{Names, is_han};
use super::posts::{post_first, with_post};
use super::words::is_post;
use crate::span::Span;

/// What tells of an office, behind a list that no full stop ends: 王文华及各科科长领导小组下设办公室，由李大海兼任主任.
const ENDS: &[&str] = &["下设", "办公室设", "设在"];

/// The persons of a list that begins at `from`; it ends with a sentence, before a line that begins with no name, or at `to`.
pub(super) fn people(text: &str, from: usize, to: usize, names: &Names) -> Vec<Person> {
    let mut found: Vec<Person> = Vec::new();
    let mut at = past_note(text, from, to);
    // Where the first half of a post begins: 县委常委、副县长王文华.
    let mut half: Option<usize> = None;
    loop {
        let start = run_end(text, at, to, |c| {
            is_blank(c) || matches!(c, '\n' | '\r' | '、' | '，' | ',' | '；' | ';' | '/' | '|')
        });
        let start = past_number(text, past_and(text, start, to, !found.is_empty(), names), to);
        let new_line = text.get(at..start).unwrap_or("").contains('\n');
        if start >= to {
            break;
        }
        if let Some((name, end)) = spaced(text, start, to, names) {
            found.push(Person { name, post: None, span: Span::new(start, end) });
            at = with_post(text, end, to, names, found.last_mut());
            continue;
        }
        if let Some((person, end)) = spaced_behind_post(text, start, to, names) {
            found.push(person);
            at = end;
            continue;
        }
        let end = run_end(text, start, to, in_name);
        let run = text.get(start..end).unwrap_or("");
        if run.is_empty() {
            match past_telephone(text, start, to).filter(|_| !found.is_empty()) {
                Some(behind) => at = behind,
                None => break,
            }
            continue;
        }
        if let Some((head, end)) = before_marker(text, run, start, end, to, names) {
            found.extend(token(head, start, names).unwrap_or_default());
            debug_assert!(end <= to);
            break;
        }
        match persons_of(run, start, names) {
            Some(persons) => {
                found.extend(with_half(persons, half.take(), run, text));
                if ENDS.iter().any(|word| run.contains(word)) {
                    break;
                }
                at = with_post(text, end, to, names, found.last_mut());
            }
            // A unit among names is passed over; a line that begins with no name ends the list.
            None if let Some((persons, behind)) = post_first(text, start, to, names) => {
                found.extend(persons);
                at = behind;
            }
            None if let Some(persons) = before_label(run, start, names) => {
                found.extend(persons);
                break;
            }
            None if ENDS.iter().any(|word| run.contains(word)) => break,
            None if new_line || !text.get(end..to).is_some_and(|rest| rest.starts_with(['、', '，', ','])) => {
                break;
            }
            None if text.get(end..to).is_some_and(|rest| rest.starts_with('、'))
                && let Some((persons, place)) = person_and_half(run, start, names) =>
            {
                found.extend(with_half(persons, half.replace(start + place), run, text));
                at = end;
            }
            None => {
                half = half
                    .or(Some(start))
                    .filter(|_| is_post(run) && text.get(end..to).is_some_and(|rest| rest.starts_with('、')));
                at = end;
            }
        }
    }
    found
}

/// Persons of a run, the first of whom has a post that began at `half`.
fn with_half(mut persons: Vec<Person>, half: Option<usize>, run: &str, text: &str) -> Vec<Person> {
    if let (Some(half), Some(first)) = (half, persons.first_mut())
        && let Some(post) = first.post.as_ref().filter(|post| run.starts_with(post.as_str()))
    {
        let end = first.span.start as usize + post.len();
        first.post = text.get(half..end).map(str::to_owned);
        first.span.start = half as u32;
    }
    persons
}

/// The persons whose list ends right before `at`: …,章明、王大安等同志 任副组长. None at all if the nearest token is no name.
pub(super) fn trailing_people(text: &str, from: usize, at: usize, names: &Names) -> Vec<Person> {
    let head = text.get(from..at).unwrap_or("");
    let mut head = head.trim_end_matches(is_blank);
    for word in ["兼", "担", "接", "分别", "共同"] {
        head = head.strip_suffix(word).unwrap_or(head).trim_end_matches(is_blank);
    }
    // 不再担任, 曾任: somebody who does not, or no longer does.
    if ["不再", "不", "未", "曾", "曾经", "原"].iter().any(|word| head.ends_with(word)) {
        return Vec::new();
    }
    head = without_others(head).trim_end_matches(is_blank);
    let mut found: Vec<Person> = Vec::new();
    let mut end = head.len();
    // Brackets hold posts, in which 、 does not part persons.
    let mut depth = 0u32;
    for (place, c) in head.char_indices().rev().take(400) {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let stop = matches!(c, '。' | '；' | ';' | '：' | ':' | '\n' | '》' | '《');
        let parts = depth == 0 && (stop || is_blank(c) || matches!(c, '、' | '，' | ',' | '由' | '以'));
        if !parts && place > 0 {
            continue;
        }
        let start = if parts { place + c.len_utf8() } else { place };
        let entry = head.get(start..end).unwrap_or("");
        // 刘　明: the blank stands inside a name.
        let last = entry.trim_start_matches(is_blank);
        if is_blank(c) && place > 0 && last.chars().take(2).count() == 1 && last.chars().all(is_han) {
            continue;
        }
        if ENDS.iter().any(|word| entry.contains(word)) {
            break;
        }
        if !entry.is_empty() {
            let people = if entry.contains(is_blank) {
                spaced_entry(entry, from + start, names).map(|person| vec![person])
            } else {
                entry_people(entry, from + start, names)
            };
            match people {
                Some(persons) => found.extend(persons.into_iter().rev()),
                // 县委副书记　韩国志: the post, a blank, the name.
                None if !is_blank(c)
                    && text.get(from + end..).is_some_and(|rest| rest.starts_with(is_blank))
                    && is_post(entry)
                    && let Some(last) = found.last_mut().filter(|last| {
                        let gap = text.get(from + end..last.span.start as usize);
                        last.post.is_none() && gap.is_some_and(|gap| gap.chars().all(is_blank))
                    }) =>
                {
                    last.post = Some(entry.to_owned());
                    last.span.start = (from + start) as u32;
                }
                // 县委常委、副县长王文华: the first half of a post.
                None if text.get(from + end..).is_some_and(|rest| rest.starts_with('、')) && is_post(entry) => {
                    let (persons, half) = person_and_half(entry, from + start, names).unwrap_or_default();
                    if let Some(last) = found.last_mut().filter(|last| last.post.is_some()) {
                        let first = entry.get(half..).unwrap_or(entry);
                        let post = format!("{first}、{}", last.post.as_deref().unwrap_or(""));
                        last.span.start = (from + start + half) as u32;
                        last.post = Some(post);
                    }
                    found.extend(persons.into_iter().rev());
                }
                None => break,
            }
        }
        end = place;
        if stop {
            break;
        }
    }
    found.reverse();
    found
}
