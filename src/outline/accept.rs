//! Which items of numbered series are headings, and which are lists.

use std::collections::HashMap;

use super::Item;
use super::heading::{Cut, Heading};
use super::marker::{Family, Place};
use super::tree::Node;
use crate::span::Span;

/// Which nodes are headings.
///
/// A numbered series counts if its items lead in: a short heading with text of its own, or a subsection, behind it. A
/// series whose items are whole sentences is a list. Chapters and phases always count; 一是 and 一要 only where they begin
/// lines and no framework (“五个好”:) has just announced them.
pub(super) fn accept(text: &str, nodes: &[Node], items: &[Item]) -> Vec<bool> {
    let mut has_child = vec![false; nodes.len()];
    for node in nodes {
        if let Some(parent) = node.parent {
            has_child[parent] = true;
        }
    }
    let mut series: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, node) in nodes.iter().enumerate() {
        series.entry(node.series).or_default().push(at);
    }
    let mut accepted = vec![false; nodes.len()];
    for members in series.values() {
        let family = nodes[members[0]].marker.family;
        // 1 城区公厕 28座: the rows of a table, whose numbers stand without a mark.
        let is_row = |&at: &usize| {
            let words = items[at].heading.span.of(text);
            nodes[at].marker.span.of(text).trim().chars().all(char::is_numeric)
                && words.contains(|c: char| c.is_ascii_digit())
        };
        if family == Family::Arabic
            && members.len() >= 3
            && members.iter().filter(|at| is_row(at)).count() * 3 >= members.len() * 2
        {
            continue;
        }
        // 附件：1.… 2.…: names of annexes.
        let before = text[..nodes[members[0]].marker.span.start as usize].trim_end().trim_end_matches([':', '：']);
        if before.ends_with("附件") || before.ends_with("附表") {
            continue;
        }
        let leads = members
            .iter()
            .filter(|&&at| leads_in(text, &items[at], has_child[at], family, at + 1 == nodes.len()))
            .count();
        let good = match family {
            Family::Chapter | Family::Part | Family::Stage => true,
            // 第一条 为了…: an article is a sentence, unless it has a title of its own.
            Family::Article => {
                let titled = members
                    .iter()
                    .filter(|&&at| items[at].heading.chars <= 12 && items[at].heading.commas == 0)
                    .count();
                leads * 2 > members.len() && titled * 10 >= members.len() * 9
            }
            Family::HanVerb | Family::Ordinal | Family::HanBare => {
                let at_line_start = members.iter().filter(|&&at| nodes[at].marker.place == Place::LineStart).count();
                at_line_start * 2 >= members.len()
                    && leads * 2 >= members.len()
                    && !announced(text, nodes[members[0]].marker.span)
            }
            Family::Han => leads * 4 >= members.len() && leads > 0,
            Family::Circled => leads * 3 >= members.len() * 2,
            _ => leads * 2 >= members.len() || leads > 0 && members.iter().all(|&at| is_short(&items[at].heading)),
        };
        if good {
            for &at in members {
                accepted[at] = items[at].heading.chars > 0
                    && (items[at].heading.cut != Cut::Sentence || items[at].heading.chars <= 60);
            }
        }
    }
    accepted
}

/// Whether a heading is a name and no item of a list: of 1.制定方案。2.解决问题。3.总结测评。8月底前写出报告 it is enough that one has text of
/// its own. Counter-example: (1)身份证；(2)户口簿.
fn is_short(heading: &Heading) -> bool {
    heading.chars <= 12 && heading.commas == 0 && heading.cut != Cut::Semicolon
}

/// Whether an item is the heading of something: a subsection or text behind it, and words that are none of a whole sentence.
fn leads_in(text: &str, item: &Item, has_child: bool, family: Family, last: bool) -> bool {
    let heading = item.heading;
    if heading.chars < 2 {
        return false;
    }
    let body = text.get(heading.body as usize..item.span.end as usize).unwrap_or("").trim();
    // The first item of a list, at the end of a text that breaks off behind it, has lost its body.
    // A sentence with a note behind it: ……予以支持。（县财政局负责）
    let noted =
        body.starts_with(['(', '（']) && body.find([')', '）']).is_some_and(|close| body[close..].chars().count() <= 2);
    if noted && !has_child && heading.cut == Cut::Stop {
        return false;
    }
    let before = &text[..item.span.start as usize];
    let annex = || before.chars().rev().take(24).any(|c| c == '附');
    let begins = item.marker.number == 1 && item.marker.place == Place::LineStart;
    let cut_off = last && begins && heading.cut == Cut::Line && body.is_empty() && !annex();
    let has_body = has_child || body.chars().take(8).count() >= 6 || cut_off;
    let senior = matches!(family, Family::Han | Family::Chapter | Family::Part | Family::Stage);
    let longest = if senior { 48 } else { 40 };
    match heading.cut {
        Cut::Sentence | Cut::Semicolon => false,
        Cut::RunIn => true,
        Cut::Colon => {
            let words = heading.span.of(text);
            let asks = ["要求", "标准", "条件", "做到", "目标"].iter().any(|word| words.contains(word));
            has_body && (heading.chars <= longest && heading.commas <= 3 || asks)
        }
        Cut::Stop => has_body && heading.chars <= longest && heading.commas <= if senior { 3 } else { 1 },
        Cut::Line => {
            // A full stop at the end of the line: a sentence, unless it is short.
            let stopped = text[..heading.body as usize].ends_with(['。', ';', '；']);
            let longest = if stopped && !has_child { 24 } else { longest };
            has_body && heading.chars <= longest && heading.commas <= if stopped { 1 } else { 3 }
        }
    }
}

/// Whether a framework has just been announced: …努力做到“五个好”:
fn announced(text: &str, marker: Span) -> bool {
    let before = text[..marker.start as usize].trim_end();
    let Some(before) = before.strip_suffix([':', '：', ',', '，']) else { return false };
    let tail: String = before.chars().rev().take(8).collect();
    let quoted = tail.starts_with(['”', '"', '’']);
    let counted = tail.chars().skip(usize::from(quoted)).take(5).any(|c| crate::numeral::is_chinese(c) && c != '○');
    counted && (quoted || tail.chars().take(6).any(|c| c == '个'))
}
