//! A document → the tree of its headings.
//!
//! [`marker`] finds what may be markers, [`tree`] which of them make series and how these nest, [`heading`] where each
//! heading ends, [`accept`] which series are headings and which are lists of sentences, [`component`] which part of a plan
//! a section is. Here the sections are put together.

mod accept;
pub mod component;
pub mod heading;
pub mod marker;
pub mod tree;

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::lexicon::Lexicon;
use crate::model::Section;
use crate::span::Span;
use accept::accept;
use heading::{Cut, Heading};
use marker::{Family, Place};
use tree::Node;

/// One item of a numbered series, heading or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Marker, number, family.
    pub marker: marker::Marker,
    /// Its first words.
    pub heading: Heading,
    /// From the marker to the next marker of any series, or the end.
    pub span: Span,
}

/// Find the headings of the document that stands at `span` of `text`.
pub fn outline(text: &str, span: Span, lexicon: &Lexicon) -> (Vec<Section>, Vec<Diagnostic>) {
    let span = behind_contents(text, span);
    let (nodes, items) = items_of(text, span, lexicon);
    let accepted = accept(text, &nodes, &items);
    let (mut sections, diagnostics) = assemble(text, span, &nodes, &items, &accepted, lexicon);
    add_lead_ins(text, span, &mut sections, lexicon);
    component::by_place(&mut sections, &lexicon.compiled().phase);
    (sections, diagnostics)
}

/// The numbered items of a stretch of text, headings or not, each with the depth of its series (1 for the outermost).
///
/// For lists whose items are whole sentences: they are no headings, but they may be steps or criteria.
pub fn items(text: &str, span: Span, lexicon: &Lexicon) -> Vec<(u8, usize, Item)> {
    let (nodes, items) = items_of(text, span, lexicon);
    let depths = depths(&nodes);
    items.into_iter().zip(depths).zip(&nodes).map(|((item, depth), node)| (depth, node.series, item)).collect()
}

fn items_of(text: &str, span: Span, lexicon: &Lexicon) -> (Vec<Node>, Vec<Item>) {
    let nodes = tree::build(&marker::scan(text, span));
    let words = &lexicon.compiled().heading;
    let items = nodes
        .iter()
        .enumerate()
        .map(|(at, node)| {
            let start = node.marker.span.end as usize;
            let end = nodes.get(at + 1).map_or(span.end, |next| next.marker.span.start) as usize;
            let line = text
                .get(start..end)
                .and_then(|rest| memchr::memchr(b'\n', rest.as_bytes()))
                .map_or(end, |at| start + at);
            let heading = heading::heading(text, start, line, words);
            Item { marker: node.marker, heading, span: Span::new(node.marker.span.start as usize, end) }
        })
        .collect();
    (nodes, items)
}

fn depths(nodes: &[Node]) -> Vec<u8> {
    let mut depths: Vec<u8> = Vec::with_capacity(nodes.len());
    for node in nodes {
        depths.push(node.parent.map_or(1, |parent| depths[parent].saturating_add(1)));
    }
    depths
}

/// Text behind a table of contents (目录): where the first of its entries stands for the second time.
fn behind_contents(text: &str, span: Span) -> Span {
    let body = span.of(text);
    let Some(at) = body.find("目").filter(|&at| at < 3000) else { return span };
    // An entry without its dots and its page: 第一章 总则......1.
    let bare = |line: &str| {
        let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        let words = line.trim_end_matches(|c: char| c.is_ascii_digit());
        let words = words.trim_end_matches(['.', '…', '·', '．', '(', '（', '-', '—']);
        if words.len() < line.len() { words.to_owned() } else { line }
    };
    let line_start = body[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let mut lines = body[line_start..].lines();
    if lines.next().map(bare).as_deref() != Some("目录") {
        return span;
    }
    let Some(first) = lines.map(bare).find(|line| !line.is_empty()) else { return span };
    let mut seen = false;
    let mut offset = line_start;
    for line in body[line_start..].split_inclusive('\n') {
        if bare(line) == first {
            if seen {
                return Span::new(span.start as usize + offset, span.end as usize);
            }
            seen = true;
        }
        offset += line.len();
    }
    span
}

fn assemble(
    text: &str,
    span: Span,
    nodes: &[Node],
    items: &[Item],
    accepted: &[bool],
    lexicon: &Lexicon,
) -> (Vec<Section>, Vec<Diagnostic>) {
    let mut sections: Vec<Section> = Vec::new();
    let mut diagnostics = Vec::new();
    // Node → section, for the nodes that were accepted.
    let mut section_of: Vec<Option<usize>> = vec![None; nodes.len()];
    let kept: Vec<usize> = (0..nodes.len()).filter(|&at| accepted[at]).collect();
    let lost_above = lost_parent(nodes, accepted);
    for (order, &at) in kept.iter().enumerate() {
        let node = &nodes[at];
        let item = &items[at];
        let mut parent = node.parent;
        while let Some(above) = parent.filter(|&above| !accepted[above]) {
            parent = nodes[above].parent;
        }
        let parent = parent.and_then(|above| section_of[above]);
        let end = kept.get(order + 1).map_or(span.end, |&next| nodes[next].marker.span.start);
        let own = Span::new(node.marker.span.start as usize, end as usize).trimmed(text);
        let heading = item.heading.span.of(text);
        if node.gap > 0 {
            let message = format!(
                "{} stands where number {} was expected",
                node.marker.span.of(text).trim(),
                node.marker.number - node.gap
            );
            diagnostics.push(Diagnostic::warning("numbering-gap", node.marker.span, message));
        }
        section_of[at] = Some(sections.len());
        sections.push(Section {
            id: sections.len() as u32 + 1,
            parent: parent.map(|above| sections[above].id),
            level: match parent {
                Some(above) => sections[above].level.saturating_add(1),
                None if at < lost_above => 2,
                None => 1,
            },
            marker: node.marker.span.of(text).trim().trim_end_matches([':', '：']).to_owned(),
            number: Some(node.marker.number),
            heading: one_line(heading),
            component: lexicon.compiled().component.of(heading),
            text: Span::new(item.heading.body as usize, own.end as usize).of(text).trim().to_owned(),
            span: own,
            heading_span: item.heading.span,
            whole: own,
            merged: item.heading.cut == Cut::RunIn || glued_to_line(node.marker),
        });
    }
    close(&mut sections);
    (sections, diagnostics)
}

/// Up to which node the headings stand under one that is lost: a document that was cut off at its beginning goes on with
/// (七) before its 三、.
///
/// Evidence: the first series begins with a later number than 1, and the first outermost series of a senior style does so
/// too. Counter-example: 3. … 4. … above 一、二、.
fn lost_parent(nodes: &[Node], accepted: &[bool]) -> usize {
    let mut roots = nodes.iter().enumerate().filter(|(at, node)| accepted[*at] && node.parent.is_none());
    let Some((_, first)) = roots.next().filter(|(_, first)| first.marker.number > 1) else { return 0 };
    let senior = roots.find(|(_, node)| node.series != first.series);
    let is_lost = |node: &Node| node.marker.family < first.marker.family && node.marker.number > 1;
    senior.filter(|(_, node)| is_lost(node)).map_or(0, |(at, _)| at)
}

/// Whether a marker stands behind words of another sentence on its line.
fn glued_to_line(marker: marker::Marker) -> bool {
    marker.place != Place::LineStart && matches!(marker.family, Family::Han | Family::HanBracket | Family::Chapter)
}

/// Let each section's `whole` reach over its subsections.
fn close(sections: &mut [Section]) {
    let mut at_id: HashMap<u32, usize> = HashMap::new();
    for (at, section) in sections.iter().enumerate() {
        at_id.insert(section.id, at);
    }
    for at in (0..sections.len()).rev() {
        let end = sections[at].whole.end;
        if let Some(&above) = sections[at].parent.and_then(|id| at_id.get(&id)) {
            sections[above].whole.end = sections[above].whole.end.max(end);
        }
    }
}

/// Let the last section before the tail of a document (signature, date, 主题词, 抄送) end there. What stands behind the tail, in
/// annexes, keeps its sections.
pub fn end_at(text: &str, sections: &mut [Section], tail: u32) {
    let annexes = sections.iter().any(|section| section.span.start >= tail);
    for section in sections.iter_mut() {
        let body = section.span.end - section.text.len() as u32;
        if section.span.start < tail && tail < section.span.end && section.heading_span.end <= tail {
            section.span = Span { start: section.span.start, end: tail }.trimmed(text);
            let rest = Span { start: body.min(section.span.end), end: section.span.end };
            rest.of(text).trim().clone_into(&mut section.text);
        }
        if !annexes && section.whole.start < tail && tail < section.whole.end && section.heading_span.end <= tail {
            section.whole = Span { start: section.whole.start, end: tail }.trimmed(text);
        }
    }
}

/// A heading without line breaks, and without the blanks that a break leaves between Chinese characters.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && c.is_ascii_alphanumeric() && out.ends_with(|before: char| before.is_ascii_alphanumeric()) {
            out.push(' ');
        }
        blank = false;
        out.push(c);
    }
    out
}

/// Unnumbered lead-ins as sections of level 1, in a document that has no senior numbered series but begins with (一).
///
/// Evidence: two or more paragraphs that begin with a lead-in naming a standard part (…的指导思想是:, …主要目标是:,
/// …以下五方面工作:). Example: 今年抓好以下三项工作: above (一)(二)(三). Counter-example: 现将有关事项通知如下: above 一、.
/// Misses lead-ins without such a word.
fn add_lead_ins(text: &str, span: Span, sections: &mut Vec<Section>, lexicon: &Lexicon) {
    let Some(first) = sections.first() else { return };
    if !first.marker.starts_with(['(', '（']) || first.number != Some(1) {
        return;
    }
    let limit = first.span.start;
    let mut found: Vec<(Span, u32)> = Vec::new();
    let mut start = span.start as usize;
    while start < limit as usize {
        let end =
            memchr::memchr(b'\n', &text.as_bytes()[start..limit as usize]).map_or(limit as usize, |at| start + at);
        let line = &text[start..end];
        if let Some((at, mark)) = line.char_indices().find(|(_, c)| matches!(c, ':' | '：' | '。' | '；'))
            && matches!(mark, ':' | '：')
        {
            let head = line[..at].trim();
            let chars = head.chars().count();
            let named = lexicon.compiled().component.of(head.trim_end_matches('是')).is_some();
            let counted =
                head.ends_with("工作") && (head.contains("以下") || head.contains("如下") || head.contains("几项"));
            if (4..=30).contains(&chars) && (named || counted) && !head.starts_with('各') {
                let from = start + (line.len() - line.trim_start().len());
                found.push((Span::new(from, start + at), (start + at + mark.len_utf8()) as u32));
            }
        }
        start = end + 1;
    }
    if found.len() < 2 {
        return;
    }
    for section in sections.iter_mut() {
        section.id += found.len() as u32;
        section.level = section.level.saturating_add(1);
        section.parent = Some(section.parent.map_or(found.len() as u32, |parent| parent + found.len() as u32));
    }
    let ends: Vec<u32> = found.iter().skip(1).map(|(head, _)| head.start).chain([limit]).collect();
    let last = sections.iter().map(|section| section.whole.end).max().unwrap_or(limit);
    let lead_ins = found.iter().zip(ends).zip(1u32..).map(|((&(head, body), end), id)| {
        let heading = head.of(text).trim_end_matches(['是', '为']);
        let own = Span::new(head.start as usize, end as usize).trimmed(text);
        Section {
            id,
            parent: None,
            level: 1,
            marker: String::new(),
            number: None,
            heading: one_line(heading),
            component: lexicon.compiled().component.of(heading),
            text: Span::new(body as usize, own.end as usize).of(text).trim().to_owned(),
            span: own,
            heading_span: head,
            whole: if id as usize == found.len() { Span { start: own.start, end: last } } else { own },
            merged: false,
        }
    });
    let lead_ins: Vec<Section> = lead_ins.collect();
    sections.splice(0..0, lead_ins);
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn shape(text: &str) -> Vec<String> {
        let (sections, _) = outline(text, Span::new(0, text.len()), Lexicon::builtin());
        sections.iter().map(|s| format!("{} {} {}", s.level, s.marker, s.heading)).collect()
    }

    #[test]
    fn headings_and_lists() {
        let text = "一、指导思想\n坚持预防为主，全面排查隐患。\n二、工作目标\n1.建立隐患台账，做到底数清、情况明；\n2.完成全部企业的自查；\n3.消除重大隐患。\n三、工作步骤\n（一）宣传发动阶段（3月1日—3月15日）。召开动员会，印发宣传册。\n（二）排查整治阶段（3月16日—5月31日）。逐户排查，逐条整改。";
        assert_eq!(
            shape(text),
            [
                "1 一、 指导思想",
                "1 二、 工作目标",
                "1 三、 工作步骤",
                "2 （一） 宣传发动阶段（3月1日—3月15日）",
                "2 （二） 排查整治阶段（3月16日—5月31日）"
            ]
        );
    }

    #[test]
    fn merged_lines() {
        let text = "村庄清洁行动方案一、总体要求以治理垃圾、污水为重点，带动村容村貌提升。二、组织领导领导小组：组长：甲三、主要任务清理积存垃圾，疏浚沟渠：1、清理垃圾。\n组织党员带头清扫房前屋后。\n2、疏通沟渠。\n清淤除草，恢复水面。";
        assert_eq!(
            shape(text),
            ["1 一、 总体要求", "1 二、 组织领导", "1 三、 主要任务", "2 1、 清理垃圾", "2 2、 疏通沟渠"]
        );
    }

    #[test]
    fn items_of_a_framework_are_no_headings() {
        let text = "一、基本要求\n村党组织要努力做到“四个到位”：一是责任到位。\n分工明确。\n二是措施到位。\n办法管用。\n二、工作要求\n各村要抓紧落实。";
        assert_eq!(shape(text), ["1 一、 基本要求", "1 二、 工作要求"]);
    }
}
