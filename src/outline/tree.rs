//! Which markers make series, and how the series nest.
//!
//! The level of a heading is its depth of nesting, not the style of its marker: a document may use 1. above (1), or (一)
//! directly under the title. The usual order of GB/T 9704 only breaks ties, when a new series begins.

use super::marker::{Family, Marker, Place};

/// An accepted marker with its place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// The marker.
    pub marker: Marker,
    /// Index of the node that it stands under.
    pub parent: Option<usize>,
    /// Which series it belongs to; siblings of one series share it.
    pub series: usize,
    /// Numbers that are missing before it: 一、三、 leaves 1 before 三.
    pub gap: u64,
}

struct Open {
    family: Family,
    last: u64,
    node: usize,
    parent: Option<usize>,
    series: usize,
}

/// Deepest nesting that is followed; markers below it are taken as text.
const DEEPEST: usize = 9;
/// A number may be this much ahead of its predecessor and still go on the series (items lost in between).
const WIDEST_GAP: u64 = 4;

/// Build the tree.
///
/// Evidence, for each marker in turn: it goes on the innermost open series of its family whose last number is one less;
/// a 1 begins a series under whatever is open, after closing the series of junior style that do not go on later;
/// a number with a gap goes on a series, or begins one whose beginning is lost, only at the beginning of a line.
/// Example: 一、(一)(二)二、1.(1)(2)2. gives levels 1 2 2 1 2 3 3 2. Counter-example: 一、 in the middle of a line with no
/// 二、 behind it is text. A series may change its style between two items.
pub fn build(markers: &[Marker]) -> Vec<Node> {
    let following = next_of_family(markers);
    let mut nodes: Vec<Node> = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let mut series = 0;
    // For each family, the families that it has been seen to stand under: a document keeps to its own order.
    let mut under = [0u32; 16];
    // For each family, the number that it was at: 3、 below 二、 goes on the 1、2、 below 一、.
    let mut latest = [0u64; 16];
    for (at, marker) in markers.iter().enumerate() {
        let mut marker = *marker;
        if marker.family == Family::Lost {
            marker = restore(marker, &stack);
        }
        let family = marker.family;
        let exact = stack.iter().rposition(|open| open.family == family && open.last + 1 == marker.number);
        let changed = if exact.is_none() && latest[family as usize] + 1 != marker.number {
            changed_style(&stack, markers, at)
        } else {
            None
        };
        let exact = exact.or(changed);
        let (depth, gap) = match exact {
            Some(depth) => (depth, 0),
            None => match stack.iter().rposition(|open| open.family == family) {
                Some(depth)
                    if marker.place == Place::LineStart
                        && marker.number > stack[depth].last
                        && marker.number - stack[depth].last <= WIDEST_GAP
                        && family != Family::HanBare =>
                {
                    (depth, marker.number - stack[depth].last - 1)
                }
                open_already => {
                    // 标本合一、远近结合: a 1 inside words does not begin anew a series that is open.
                    if open_already.is_some() && marker.place == Place::Middle {
                        continue;
                    }
                    if !may_begin_series(&marker, following[at].map(|next| &markers[next])) {
                        continue;
                    }
                    match open_already {
                        // The same style again from the start: a new list beside the old one.
                        Some(depth) => stack.truncate(depth),
                        None => close_finished(&mut stack, markers, at, family, &under),
                    }
                    if stack.len() >= DEEPEST {
                        continue;
                    }
                    series += 1;
                    under[family as usize] |= stack.iter().fold(0, |seen, open| seen | 1 << open.family as u32);
                    latest[family as usize] = marker.number;
                    let parent = stack.last().map(|open| open.node);
                    let gap = if family == Family::Article { 0 } else { marker.number.saturating_sub(1) };
                    stack.push(Open { family, last: marker.number, node: nodes.len(), parent, series });
                    nodes.push(Node { marker, parent, series, gap });
                    continue;
                }
            },
        };
        if changed.is_none() {
            latest[family as usize] = marker.number;
        }
        stack.truncate(depth + 1);
        let open = &mut stack[depth];
        open.last = marker.number;
        open.node = nodes.len();
        nodes.push(Node { marker, parent: open.parent, series: open.series, gap });
    }
    nodes
}

/// The open series that a marker of another style goes on: 一、二、3、四、 and (一)(二)(3)(4).
///
/// Evidence: the marker begins a line, its number is the next one of the series, that number does not come in the series'
/// own style, and no series of the marker's style is open. A bare 二 (`二隐患排查`) must be followed by 三、.
/// Counter-example: 2. below (一), where (二) follows. Misses a change of style at the first item of a list below.
fn changed_style(stack: &[Open], markers: &[Marker], at: usize) -> Option<usize> {
    let marker = &markers[at];
    let (family, number) = (marker.family, marker.number);
    if marker.place != Place::LineStart || number < 2 || stack.iter().any(|open| open.family == family) {
        return None;
    }
    stack.iter().rposition(|open| {
        let alike = match family {
            Family::Arabic => matches!(open.family, Family::Han | Family::HanBracket | Family::ArabicBracket),
            Family::ArabicBracket => matches!(open.family, Family::HanBracket | Family::Arabic),
            Family::HanBracket => matches!(open.family, Family::ArabicBracket | Family::Han),
            Family::Han => open.family == Family::Arabic,
            Family::HanBare => open.family == Family::Han,
            _ => false,
        };
        let next = || next_from(markers, at, open.family).map(|next| next.number);
        alike
            && open.last + 1 == number
            && match family {
                Family::HanBare => next() == Some(number + 1),
                _ => next() != Some(number),
            }
    })
}

/// For each marker, the next one of its family.
fn next_of_family(markers: &[Marker]) -> Vec<Option<usize>> {
    let mut latest = [None; 16];
    let mut out = vec![None; markers.len()];
    for (at, marker) in markers.iter().enumerate().rev() {
        out[at] = latest[marker.family as usize];
        latest[marker.family as usize] = Some(at);
    }
    out
}

/// () where a number was lost: the next of the open (一) series, or its first.
fn restore(marker: Marker, stack: &[Open]) -> Marker {
    let last = stack.iter().rev().find(|open| open.family == Family::HanBracket).map_or(0, |open| open.last);
    Marker { family: Family::HanBracket, number: last + 1, ..marker }
}

fn may_begin_series(marker: &Marker, next: Option<&Marker>) -> bool {
    let goes_on = next.is_some_and(|next| next.number == marker.number + 1);
    match marker.family {
        Family::HanBare => marker.number == 1 && goes_on,
        Family::HanVerb => {
            marker.number == 1 && next.is_some_and(|next| next.number == 2 && next.place == Place::LineStart)
        }
        Family::Ordinal => {
            marker.place == Place::LineStart
                && marker.number == 1
                && next.is_some_and(|next| next.number == 2 && next.place == Place::LineStart)
        }
        Family::Chapter | Family::Part | Family::Article | Family::Stage => marker.place != Place::Middle,
        _ if marker.number == 1 => marker.place != Place::Middle || goes_on,
        _ => (marker.place == Place::LineStart || marker.place == Place::AfterStop && goes_on) && marker.number <= 30,
    }
}

/// Before a new series begins: close the open ones of the same or a junior style, unless they go on later (then the new
/// series stands inside them).
fn close_finished(stack: &mut Vec<Open>, markers: &[Marker], at: usize, family: Family, under: &[u32; 16]) {
    let stands_under = |a: Family, b: Family| under[a as usize] & (1 << b as u32) != 0;
    while let Some(open) = stack.last() {
        if open.family < family || (stands_under(family, open.family) && !stands_under(open.family, family)) {
            break;
        }
        let next = next_from(markers, at, open.family);
        if next.is_some_and(|next| next.number == open.last + 1) {
            break;
        }
        stack.pop();
    }
}

/// The next marker of a family behind position `at`. Looks a bounded way ahead, so that the whole stays linear.
fn next_from(markers: &[Marker], at: usize, family: Family) -> Option<&Marker> {
    markers[at + 1..].iter().take(200).find(|marker| marker.family == family && marker.place != Place::Middle)
}

#[cfg(test)]
mod tests {
    use super::super::marker::scan;
    use super::*;
    use crate::span::Span;

    /// Markers with their depths, as `depth marker`.
    fn shape(text: &str) -> String {
        let nodes = build(&scan(text, Span::new(0, text.len())));
        let depth = |mut at: usize| {
            let mut depth = 1;
            while let Some(parent) = nodes[at].parent {
                depth += 1;
                at = parent;
            }
            depth
        };
        let parts: Vec<String> =
            (0..nodes.len()).map(|at| format!("{}{}", depth(at), nodes[at].marker.span.of(text).trim())).collect();
        parts.join(" ")
    }

    #[test]
    fn nesting() {
        for (text, expected) in [
            (
                "一、总则\n(一)依据\n(二)范围\n二、任务\n1.甲事\n(1)子\n(2)丑\n2.乙事",
                "1一、 2(一) 2(二) 1二、 21. 3(1) 3(2) 22.",
            ),
            ("1. 目标\n2. 内容\n(1)甲事\n(2)乙事\n3. 措施\n(1)丙事", "11. 12. 2(1) 2(2) 13. 2(1)"),
            ("1、意义\n(一)甲事\n(二)乙事\n2、步骤\n(一)丙事", "11、 2(一) 2(二) 12、 2(一)"),
            (
                "一、任务\n1.甲事\n2.乙事\n二、步骤\n第一阶段:发动\n1.会议\n第二阶段:实施",
                "1一、 21. 22. 1二、 2第一阶段 31. 2第二阶段",
            ),
            ("一、目标\n二、重点\n3、步骤\n四、考核", "1一、 1二、 13、 1四、"),
            ("三、任务\n(一)普查\n(二)鉴定\n3.改造\n四、时限", "1三、 2(一) 2(二) 23. 1四、"),
            ("一、发动\n二排查\n三、整改", "1一、 1二 1三、"),
            ("(一)甲事\n2.乙事\n3.丙事\n(二)丁事", "1(一) 22. 23. 1(二)"),
            (
                "第一章 总则\n第一条 甲事\n第二条 乙事\n第二章 分则\n第三条 丙事",
                "1第一章 2第一条 2第二条 1第二章 2第三条",
            ),
            ("二、任务\n甲事。三、措施\n丙事", "1二、 1三、"),
            ("成员若干三、内容甲事", ""),
            ("实施方案一、背景甲事。\n二、目标乙事", "1一、 1二、"),
        ] {
            assert_eq!(shape(text), expected, "{text}");
        }
    }

    #[test]
    fn many_nested_markers_take_linear_time() {
        let text = "一、甲\n(一)乙\n1.丙\n(1)丁\n①戊\n".repeat(3000);
        assert!(!build(&scan(&text, Span::new(0, text.len()))).is_empty());
    }
}
