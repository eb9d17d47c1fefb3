//! Rosters: a role with a colon, or at the start of a clause or of a table's row, and the persons behind it.

use super::gaps::is_note;
use super::roles::{is_body_role, role_before, role_row, role_with_name};
use super::roster::people;
use super::stewards::stewards;
use super::{Group, Words, is_blank};
use crate::span::Span;

/// Bodies whose role may follow at once.
const OF_BODIES: &[&str] = &["领导小组", "指挥部", "工作专班", "工作小组"];

/// The place before a note in brackets: 成员（排名不分先后）：.
fn before_note(text: &str, from: usize, at: usize) -> usize {
    let head = text.get(from..at).unwrap_or("").trim_end_matches(is_blank);
    if !head.ends_with([')', '）']) {
        return at;
    }
    let open = head.char_indices().rev().take(16).find(|(_, c)| matches!(c, '(' | '（'));
    open.filter(|(place, _)| head.get(*place..).is_some_and(is_note)).map_or(at, |(place, _)| from + place)
}

/// 组长：…, and rows of a table that begin with a role.
pub(super) fn rosters(text: &str, span: Span, roles: &[&str], words: &Words) -> Vec<Group> {
    let names = &words.names;
    let (from, to) = (span.start as usize, span.end as usize);
    let mut anchors: Vec<(usize, usize, &str)> = Vec::new();
    let (mut line_start, mut clause_start, mut item_start) = (true, true, false);
    for (place, c) in span.of(text).char_indices() {
        let at = from + place;
        if matches!(c, ':' | '：') {
            let behind = before_note(text, from, at);
            let last = text.get(from..behind).and_then(|head| head.chars().rev().find(|c| !is_blank(*c)));
            if last.is_some_and(|last| words.ends.has(last))
                && let Some((role, start)) = role_before(text, from, behind, roles)
            {
                anchors.push((start, at + c.len_utf8(), role));
            }
        } else if !words.begins.has(c) {
            // No role begins here.
        } else if (clause_start || (item_start && is_body_role(text, at, to)))
            && let Some((role, end)) = role_with_name(text, at, to, roles, names)
        {
            // 组长王文华，副组长李大海: a role with a name right behind it.
            anchors.push((at, end, role));
        } else if line_start && !is_blank(c) && !matches!(c, '\n' | '|') {
            anchors.extend(role_row(text, at, to, roles).map(|(role, end)| (at, end, role)));
        }
        clause_start = matches!(c, '，' | ',' | '；' | ';' | '。' | '\n' | '：' | ':') || (clause_start && is_blank(c));
        // 领导小组组长王文华: the role of a body that is named right before it.
        let of_body = matches!(c, '组' | '部' | '班')
            && text.get(from..at + c.len_utf8()).is_some_and(|head| OF_BODIES.iter().any(|body| head.ends_with(body)));
        item_start = matches!(c, '、' | ')' | '）') || of_body;
        line_start = c == '\n' || (line_start && (is_blank(c) || c == '|'));
    }
    anchors.extend(stewards(text, span, names));
    anchors.sort_by_key(|(start, begin, _)| (*start, *begin));
    // 清水河河长：王文华 is told twice where 河长 is a role too.
    anchors.dedup_by(|next, known| next.1 == known.1);
    let ends: Vec<usize> = anchors.iter().skip(1).map(|anchor| anchor.0).chain([to]).collect();
    let mut groups = Vec::new();
    for ((start, begin, role), end) in anchors.into_iter().zip(ends) {
        let people = people(text, begin, end.max(begin), names);
        if let Some(last) = people.iter().map(|person| person.span.end).max() {
            groups.push(Group {
                span: Span { start: start as u32, end: last },
                start,
                role: role.to_owned(),
                people,
                body: None,
            });
        }
    }
    groups
}
