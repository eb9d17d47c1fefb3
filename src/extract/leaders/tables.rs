//! Persons in tables that were flattened to lines, and roles behind the names.
//!
//! **Evidence**: a run of lines that head columns (姓名, 职务, 领导小组职务), and cells in that order; a role on a line of
//! its own and names on the lines behind it; a line that begins with a name and ends with a role; a role in brackets
//! behind a name. **Example**: `王文华（组长）`, `姓名⏎职务⏎王文华⏎组长`.
//! **Counter-examples**: `王文华（主任）` (a post), `组长⏎负责召集会议`.
//! **Misses**: tables with empty or merged cells in which the role comes behind the name: the columns no longer fit, and
//! the reading stops.

use std::collections::HashMap;

use super::entries::Person;
use super::foreign;
use super::names::Names;
use super::roles::{is_role_of_body, whole_role};
use super::roster::people;
use super::words::is_post;
use super::{Group, Words, is_blank};
use crate::lexicon::Lexicon;
use crate::span::Span;

/// The table `roster_columns`: the kind of a column by its heading.
pub(super) struct Columns(HashMap<String, String>);

impl Columns {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let table = lexicon.table("roster_columns").ok();
        let pairs = table.into_iter().flat_map(|table| table.pairs("key", "value"));
        Self(pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
    }

    /// The kind of column that a cell heads.
    pub(super) fn kind(&self, cell: &str) -> Option<&str> {
        let cell: String = cell.chars().filter(|c| !is_blank(*c)).take(16).collect();
        self.0.get(&cell).map(String::as_str)
    }
}

/// Longest cell, in bytes.
const CELL: usize = 120;

/// A line without the blanks around it, and its place.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    at: usize,
}

/// The groups of all tables of a span.
pub(super) fn tables(text: &str, span: Span, roles: &[&str], words: &Words) -> Vec<Group> {
    let lines = lines(text, span);
    let mut groups = Vec::new();
    let (mut at, mut read) = (0, 0);
    // In a table whose roles stand behind the names, a role says nothing of the name below it.
    let mut behind_names = false;
    while let Some(line) = lines.get(at) {
        behind_names &= line.text.len() <= CELL && !line.text.ends_with('。');
        let columns = headings(&lines, at, words);
        if !columns.is_empty() {
            let found = under_headings(&lines, at, &columns, roles, words);
            at = found.last().map_or(at + columns.len(), |(_, row)| *row);
            read = at;
            groups.extend(found.into_iter().map(|(group, _)| group));
            behind_names = columns.first().is_some_and(|kind| matches!(*kind, "name" | "serial"));
            continue;
        }
        let role = whole_role(line.text, roles).filter(|role| is_role_of_body(role));
        behind_names |= role.is_some() && follows_name(lines.get(read..at).unwrap_or(&[]), &words.names);
        match role.filter(|_| !behind_names).and_then(|role| under_role(&lines, at, role, roles, words)) {
            Some((group, row)) => {
                groups.push(group);
                at = row;
                read = at;
            }
            None => {
                groups.extend(role_last(*line, roles, words));
                at += 1;
            }
        }
    }
    groups.extend(bracketed(text, span, roles, words));
    groups
}

/// Whether the last of some lines is a name, or a post with a name before it.
fn follows_name(lines: &[Line<'_>], names: &Names) -> bool {
    let name = |line: &&Line<'_>| named(**line, names).is_some();
    let mut last = lines.iter().rev();
    match last.next() {
        Some(line) if is_post(line.text) => last.next().as_ref().is_some_and(name),
        line => line.as_ref().is_some_and(name),
    }
}

/// The lines that hold anything.
fn lines(text: &str, span: Span) -> Vec<Line<'_>> {
    let mut at = span.start as usize;
    let mut out = Vec::new();
    for line in span.of(text).split('\n') {
        let cell = line.trim();
        if !cell.is_empty() {
            out.push(Line { text: cell, at: at + line.len() - line.trim_start().len() });
        }
        at += line.len() + 1;
    }
    out
}

/// A cell that is a name.
fn named(line: Line<'_>, names: &Names) -> Option<Person> {
    let person = as_name(line);
    let whole = line.text.len() <= 48 && (names.is_name(&person.name) || foreign::is_name(&person.name));
    whole.then_some(person)
}

/// A cell as a name, without its blanks.
fn as_name(line: Line<'_>) -> Person {
    let name: String = line.text.chars().filter(|c| !is_blank(*c)).take(16).collect();
    Person { name, post: None, span: Span::new(line.at, line.at + line.text.len()) }
}

/// The kinds of columns that at least two lines head, one of which is 姓名; otherwise none.
fn headings<'w>(lines: &[Line<'_>], at: usize, words: &'w Words) -> Vec<&'w str> {
    let kinds: Vec<&str> = lines.iter().skip(at).take(8).map_while(|line| words.columns.kind(line.text)).collect();
    if kinds.len() >= 2 && kinds.contains(&"name") { kinds } else { Vec::new() }
}

/// The rows of cells under headings: persons with a role, each with the line behind its row.
///
/// Cells that only number the rows may have been lost.
fn under_headings(lines: &[Line<'_>], at: usize, kinds: &[&str], roles: &[&str], words: &Words) -> Vec<(Group, usize)> {
    let start = lines.get(at).map_or(0, |line| line.at);
    let unnumbered: Vec<&str> = kinds.iter().copied().filter(|kind| *kind != "serial").collect();
    for columns in [kinds, &unnumbered] {
        let mut found = Vec::new();
        let mut row = at + kinds.len();
        while let Some(cells) = lines.get(row..row + columns.len())
            && let Some((role, person)) = of_row(cells, columns, roles, words)
        {
            row += columns.len();
            // What stands before the headings names the body.
            found.push((Group { start, ..group(role, start, vec![person]) }, row));
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The person of a row and the role. Under 姓名, two to four characters are a name whatever its surname.
fn of_row<'r>(cells: &[Line<'_>], columns: &[&str], roles: &[&'r str], words: &Words) -> Option<(&'r str, Person)> {
    let cell = *cells.get(columns.iter().position(|kind| *kind == "name")?)?;
    let mut person = named(cell, &words.names).or_else(|| words.names.may_be(cell.text).then(|| as_name(cell)))?;
    let mut role = None;
    for (cell, kind) in cells.iter().zip(columns).filter(|(_, kind)| matches!(**kind, "role" | "post")) {
        match whole_role(cell.text, roles).filter(|_| role.is_none()) {
            Some(found) => role = Some(found),
            None if *kind == "post" && is_post(cell.text) && cell.text.len() <= CELL => take_post(&mut person, *cell),
            None => {}
        }
    }
    role.map(|role| (role, person))
}

/// Give a person the post in another cell.
fn take_post(person: &mut Person, cell: Line<'_>) {
    person.post = Some(cell.text.to_owned());
    let span = Span::new(cell.at, cell.at + cell.text.len());
    person.span = Span { start: person.span.start.min(span.start), end: person.span.end.max(span.end) };
}

fn group(role: &str, start: usize, people: Vec<Person>) -> Group {
    let first = people.iter().map(|person| person.span.start).min().unwrap_or(start as u32);
    let last = people.iter().map(|person| person.span.end).max().unwrap_or(start as u32);
    Group { span: Span { start: first, end: last }, start, role: role.to_owned(), people, body: None }
}

/// A role on a line of its own, and names with their posts on the lines behind it.
fn under_role(lines: &[Line<'_>], at: usize, role: &str, roles: &[&str], words: &Words) -> Option<(Group, usize)> {
    let first = lines.get(at)?;
    let mut persons: Vec<Person> = Vec::new();
    let mut row = at + 1;
    while let Some(line) = lines.get(row).filter(|line| line.text.len() <= CELL) {
        if let Some(person) = named(*line, &words.names) {
            persons.push(person);
        } else if let Some(person) = persons.last_mut().filter(|person| person.post.is_none())
            && is_post(line.text)
            && whole_role(line.text, roles).is_none()
        {
            take_post(person, *line);
        } else {
            break;
        }
        row += 1;
    }
    (!persons.is_empty()).then(|| (group(role, first.at, persons), row))
}

/// 王文华　县长　组长; a bar or a tab may part the cells.
fn role_last(line: Line<'_>, roles: &[&str], words: &Words) -> Option<Group> {
    if line.text.len() > CELL {
        return None;
    }
    let body = line.text.trim_end_matches(|c| is_blank(c) || c == '|');
    let cut =
        body.char_indices().rev().find(|(_, c)| is_blank(*c) || *c == '|').map(|(place, c)| place + c.len_utf8())?;
    let role = whole_role(body.get(cut..)?, roles).filter(|role| is_role_of_body(role))?;
    one_person(line.text.get(..cut)?, line.at, role, words)
}

/// The group of the one person that a whole text names, perhaps with a number before and a post behind.
fn one_person(text: &str, at: usize, role: &str, words: &Words) -> Option<Group> {
    let separator = |c: char| is_blank(c) || matches!(c, '|' | '.' | '．');
    let start = text.find(|c: char| !(separator(c) || c.is_ascii_digit()))?;
    let end = text.trim_end_matches(separator).len();
    let persons = people(text, start, end.max(start), &words.names);
    let [person] = persons.as_slice() else { return None };
    let (first, last) = (person.span.start as usize, person.span.end as usize);
    if first != start || text.get(last..end)?.chars().any(|c| !(separator(c) || matches!(c, ')' | '）'))) {
        return None;
    }
    let span = Span::new(at + first, at + last);
    Some(group(role, at + first, vec![Person { span, ..person.clone() }]))
}

/// 王文华（组长）、李大海 副局长（副组长）.
fn bracketed(text: &str, span: Span, roles: &[&str], words: &Words) -> Vec<Group> {
    let mut groups = Vec::new();
    let part = span.of(text);
    for (place, c) in part.char_indices().filter(|(_, c)| matches!(c, '(' | '（')) {
        let inner = part.get(place + c.len_utf8()..).unwrap_or("");
        let Some((close, _)) = inner.char_indices().take(10).find(|(_, c)| matches!(c, ')' | '）')) else { continue };
        let role = inner.get(..close).and_then(|inner| whole_role(inner, roles)).filter(|role| is_role_of_body(role));
        let Some(role) = role else { continue };
        let head = part.get(..place).unwrap_or("");
        let stop = |c: char| matches!(c, '\n' | '、' | '，' | ',' | '；' | ';' | '：' | ':' | '。' | ')' | '）' | '由');
        let start =
            head.char_indices().rev().take(40).take_while(|(_, c)| !stop(*c)).last().map_or(place, |(at, _)| at);
        let entry = head.get(start..).unwrap_or("");
        groups.extend(one_person(entry, span.start as usize + start, role, words));
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_heads_a_column() {
        let columns = Columns::new(Lexicon::builtin());
        let table = Lexicon::builtin().table("roster_columns").unwrap();
        for (example, value) in table.pairs("example", "value") {
            assert_eq!(columns.kind(example), Some(value), "{example}");
        }
    }
}
