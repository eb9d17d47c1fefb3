//! Appointments: sentences that say who takes which role.

use super::bodies::{OFFICE, appointed_to, body_behind};
use super::entries::Person;
use super::names::{self, Names};
use super::roles::role_before;
use super::roster::{people, trailing_people};
use super::{Group, Words};
use crate::span::Span;

/// 王文华任组长, 李明等同志为成员, 主任由赵大海兼任, 由钱立负责日常工作.
pub(super) fn appointments(text: &str, span: Span, roles: &[&str], words: &Words) -> Vec<Group> {
    let names = &words.names;
    let (from, to) = (span.start as usize, span.end as usize);
    let mut groups: Vec<Group> = Vec::new();
    let mut floor = from;
    for (place, c) in span.of(text).char_indices() {
        let at = from + place;
        match c {
            '任' | '为' => {
                let Some(office) = office(text, at + c.len_utf8(), to, roles, words) else { continue };
                let people = trailing_people(text, floor, at, names);
                floor = office.end;
                let first = people.iter().map(|person| person.span.start).min();
                // 王文华任组长，李大海任副组长、各科科长为成员的领导小组: the body of all of them.
                let sentence = sentence_before(text, from, first.map_or(at, |first| first as usize));
                let sentence = first.map_or(at, |first| first as usize) - sentence.len();
                if office.body.is_some() && office.behind {
                    let same = |group: &&mut Group| group.span.start as usize >= sentence && group.body.is_none();
                    for group in groups.iter_mut().rev().take(4).filter(same) {
                        group.body.clone_from(&office.body);
                    }
                }
                groups.extend(appointed(text, at, people, &office));
            }
            '由' => groups.extend(delegated(text, from, at, to, roles, names)),
            _ => {}
        }
    }
    groups
}

/// What somebody is appointed to.
struct Office<'r> {
    role: &'r str,
    /// The other roles of a list: 分别任组长、副组长.
    more: Vec<&'r str>,
    body: Option<String>,
    /// Whether the body is named behind the role: 任组长的领导小组.
    behind: bool,
    end: usize,
}

/// The office that 任 or 为 leads to; nothing where other words than those of an office follow.
fn office<'r>(text: &str, at: usize, to: usize, roles: &[&'r str], words: &Words) -> Option<Office<'r>> {
    let rest = text.get(at..to)?;
    let direct = rest.chars().next().is_some_and(|c| words.begins.has(c));
    let role = roles.iter().find(|role| direct && rest.starts_with(**role)).copied();
    let Some(role) = role else {
        let (body, role, length) = appointed_to(rest, roles)?;
        // 任领导小组组长: of the body that was named before.
        let body = Some(body).filter(|body| body != "领导小组");
        return Some(Office { role, more: Vec::new(), body, behind: false, end: at + length });
    };
    let mut end = at + role.len();
    let mut more = Vec::new();
    while let Some(rest) = text.get(end..to)
        && let Some(next) = ["、", "和", "及"].iter().find_map(|mark| rest.strip_prefix(mark))
        && let Some(role) = roles.iter().find(|role| next.starts_with(**role)).copied()
        && more.len() < 6
        // 王文华任组长、副组长李大海…: the role of the next one.
        && next.get(role.len()..).is_none_or(|rest| rest.chars().next().is_none_or(ends_appointment))
    {
        more.push(role);
        end = to - next.len() + role.len();
    }
    let rest = text.get(end..to).unwrap_or("");
    let body = body_behind(rest);
    let ends = rest.chars().next().is_none_or(ends_appointment) || rest.starts_with('兼');
    (body.is_some() || ends).then(|| Office { role, more, behind: body.is_some(), body, end })
}

/// The groups of one appointment: one role for all, or one for each where there are several of both.
fn appointed(text: &str, at: usize, people: Vec<Person>, office: &Office<'_>) -> Vec<Group> {
    let Some(first) = people.iter().map(|person| person.span.start).min() else { return Vec::new() };
    let head = text.get(..at).unwrap_or("").trim_end_matches(['担', '兼']);
    let span = Span { start: first, end: office.end as u32 };
    let make = |role: &str, start: u32, people: Vec<Person>| Group {
        span: Span { start, end: span.end },
        start: first as usize,
        role: role.to_owned(),
        people,
        body: office.body.clone(),
    };
    if office.more.is_empty() || (people.len() == 1 && !head.ends_with("分别")) {
        return vec![make(office.role, first, people)];
    }
    // 王文华、李大海分别任组长、副组长: who is which is certain only where there are as many roles as persons.
    if people.len() != office.more.len() + 1 {
        return Vec::new();
    }
    let roles = [office.role].into_iter().chain(office.more.iter().copied());
    let mut groups: Vec<Group> =
        people.into_iter().zip(roles).map(|(person, role)| make(role, person.span.start, vec![person])).collect();
    for group in &mut groups {
        group.span.end = group.people.first().map_or(group.span.end, |person| person.span.end);
    }
    groups
}

/// Whether an appointment can end before a character.
fn ends_appointment(c: char) -> bool {
    matches!(c, ',' | '，' | '、' | ';' | '；' | '。' | '.' | '\n' | ')' | '）' | ' ' | '\u{3000}')
}

/// 主任由王文华副局长兼任; 办公室 …由王文华负责日常工作.
fn delegated(text: &str, from: usize, at: usize, to: usize, roles: &[&str], names: &Names) -> Option<Group> {
    let begin = at + '由'.len_utf8();
    let rest = text.get(begin..to)?;
    let clause = rest
        .char_indices()
        .take(60)
        .find(|(_, c)| matches!(c, '。' | ';' | '；' | '\n' | ':' | '：'))
        .map_or_else(|| rest.char_indices().nth(60).map_or(rest.len(), |(place, _)| place), |(place, _)| place);
    let clause = rest.get(..clause)?;
    // 副组长分别由…
    let head = text.get(from..at)?;
    let before = ["分别", "均", "都"].iter().find_map(|word| head.strip_suffix(word)).unwrap_or(head);
    if let Some((role, start)) = role_before(text, from, from + before.len(), roles) {
        // The 任 of 主任 is no verb: 担任 and 兼任 come first.
        let composed = clause.match_indices("组成").map(|(place, _)| place);
        let composed =
            composed.into_iter().find(|place| !clause.get(*place..).is_some_and(|c| c.starts_with("组成员")));
        let end = ["担任", "兼任"]
            .iter()
            .filter_map(|word| clause.find(word))
            .chain(composed)
            .min()
            .or_else(|| clause.rfind('任'))?;
        let people = people(text, begin, begin + end, names);
        let last = people.iter().map(|person| person.span.end).max()?;
        return Some(Group {
            span: Span { start: start as u32, end: last },
            start,
            role: role.to_owned(),
            people,
            body: None,
        });
    }
    let end = clause.find("负责")?;
    let who = clause.get(..end)?;
    if who.contains([',', '，']) || !sentence_before(text, from, at).contains(OFFICE) {
        return None;
    }
    let people = people(text, begin, begin + end, names);
    let last = people.iter().map(|person| person.span.end).max()?;
    let role: String = clause.get(end..)?.chars().take_while(|c| names::is_han(*c)).take(12).collect();
    Some(Group { span: Span { start: at as u32, end: last }, start: at, role, people, body: None })
}

/// Up to eighty characters before a place, back to the end of the last sentence.
fn sentence_before(text: &str, from: usize, at: usize) -> &str {
    let head = text.get(from..at).unwrap_or("");
    let start = head.char_indices().rev().take(80).take_while(|(_, c)| !matches!(c, '。' | '\n' | '；' | ';')).last();
    head.get(start.map_or(head.len(), |(place, _)| place)..).unwrap_or("")
}
