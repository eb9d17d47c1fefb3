//! Phases in the rows of a table, whose cells the page has flattened: to lines of their own, or to a line a row with tabs,
//! bars or wide blanks between them.
//!
//! **Evidence**: two or more cells that end with 阶段, or are a label, each with a cell in its row that is nothing but a
//! stretch of time.
//! **Example**: `宣传培训阶段` / `2014年3月1日—3月20日` / `发放明白卡`; `| 自查阶段 | 2021年3月 | 填报底数 |`.
//! **Counter-examples**: a heading `宣传阶段` above a text; a table of tasks with deadlines (`10月底前`).
//! **Misses**: tables whose cells for the phases lack 阶段 and that have no headings (see [`super::columns`]); merged cells; times that are not stated row by row.

use super::name::name;
use super::phase_at;
use super::when::{Dated, base};
use crate::extract::Context;
use crate::extract::dates::{self, Base};
use crate::model::{Moment, Phase};
use crate::span::Span;

/// A cell and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
}

impl<'a> Cell<'a> {
    /// The cell that a part of a line holds; none where that is blank.
    pub(super) fn trimmed(part: &'a str, start: usize) -> Option<Self> {
        let text = part.trim();
        let lead = part.len() - part.trim_start().len();
        (!text.is_empty()).then_some(Self { text, start: start + lead })
    }

    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The text without blanks inside: 时　间. Empty where it is too long to head a column.
    pub(super) fn bare(&self) -> String {
        if self.text.len() > 40 {
            return String::new();
        }
        self.text.chars().filter(|c| !c.is_whitespace()).collect()
    }

    /// 宣传培训阶段, 第一阶段.
    fn is_stage(&self) -> bool {
        (3..=16).contains(&self.text.chars().count())
            && self.text.ends_with("阶段")
            && !["各阶段", "工作阶段", "实施阶段划分"].contains(&self.text)
    }

    fn is_label(&self) -> bool {
        self.is_stage() && self.text.starts_with('第') && self.text.chars().count() <= 5
    }

    /// The cell as a stretch of time.
    fn dates(&self, base: &Base) -> Option<Dated> {
        let bare = self.text.trim_matches(['(', ')', '（', '）', ' ', '。', '：', ':']);
        if bare.chars().count() > 40 || !bare.contains(['年', '月', '日', '.', '-', '/']) {
            return None;
        }
        let (start, end, span) = dates::range_in(bare, base)?;
        start?;
        let rest = bare.len() - (span.end - span.start) as usize;
        (rest <= "时间：从".len()).then(|| (start, end, Some(span.of(bare).to_owned())))
    }
}

/// Layout 4.
pub(super) fn from_table(context: &Context) -> Vec<Phase> {
    if !context.of(context.span).contains("阶段") {
        return Vec::new();
    }
    let lines = lines(context);
    let found = rows_of_lines(context, &lines);
    if found.len() >= 2 {
        return found;
    }
    let found = rows_of_cells(context, &lines);
    if found.len() >= 2 { found } else { Vec::new() }
}

/// The lines of a document as cells.
fn lines<'a>(context: &Context<'a>) -> Vec<Vec<Cell<'a>>> {
    let mut out = Vec::new();
    let mut start = context.span.start as usize;
    for line in context.of(context.span).split_inclusive('\n') {
        let mut cells = Vec::new();
        let mut at = start;
        let wide = line.contains("\u{3000}\u{3000}");
        for part in line.split_inclusive(['\t', '|', '｜', '┃', '│']) {
            let bare = part.trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '┃' | '│'));
            if !bare.is_empty()
                && let Some(lead) = part.find(bare)
            {
                cells.push(Cell { text: bare, start: at + lead });
            }
            at += part.len();
        }
        if wide && cells.len() == 1 {
            cells = cells.first().map(|cell| blanks(*cell)).unwrap_or_default();
        }
        out.push(cells);
        start += line.len();
    }
    out
}

/// The cells of a line that wide blanks part.
fn blanks(cell: Cell) -> Vec<Cell> {
    let mut at = cell.start;
    let mut out = Vec::new();
    for part in cell.text.split('\u{3000}') {
        let bare = part.trim();
        if !bare.is_empty() {
            out.push(Cell { text: bare, start: at + (part.len() - part.trim_start().len()) });
        }
        at += part.len() + '\u{3000}'.len_utf8();
    }
    out
}

/// One row a line.
fn rows_of_lines(context: &Context, lines: &[Vec<Cell>]) -> Vec<Phase> {
    let mut out = Vec::new();
    let mut last_end = None;
    for cells in lines.iter().filter(|cells| (2..=10).contains(&cells.len())) {
        let Some(place) = cells.iter().position(Cell::is_stage) else { continue };
        let base = base(context, last_end);
        let Some(dates) = cells.iter().find_map(|cell| cell.dates(&base)) else { continue };
        let Some(stage) = cells.get(place) else { continue };
        let other = cells.iter().skip(place + 1).find(|cell| cell.dates(&base).is_none() && is_short(cell));
        if let (Some(first), Some(last)) = (cells.first(), cells.last()) {
            let span = Span::new(first.start, last.end());
            out.extend(phase(context, stage, other, dates, span, out.len(), &mut last_end));
        }
    }
    out
}

/// A cell a line: a stage, with a time on one of the two lines behind it, or before it where the times stand first.
fn rows_of_cells(context: &Context, lines: &[Vec<Cell>]) -> Vec<Phase> {
    let cells: Vec<Cell> =
        lines.iter().filter(|cells| cells.len() == 1).filter_map(|cells| cells.first().copied()).collect();
    let stages: Vec<usize> = (0..cells.len()).filter(|&at| cells.get(at).is_some_and(Cell::is_stage)).collect();
    let first = base(context, None);
    let dated = |at: usize| cells.get(at).is_some_and(|cell| cell.dates(&first).is_some());
    let behind = stages.iter().filter(|&&at| dated(at + 1) || dated(at + 2)).count();
    let before = stages.iter().filter(|&&at| at > 0 && dated(at - 1)).count();
    let leads = before > behind || before == behind && stages.first().is_some_and(|&at| at > 0 && dated(at - 1));
    let mut out = Vec::new();
    let mut last_end = None;
    for (place, &at) in stages.iter().enumerate() {
        let base = base(context, last_end);
        let next = stages.get(place + 1).copied().unwrap_or(cells.len());
        let places = if leads { at.saturating_sub(1)..at } else { at + 1..(at + 3).min(next) };
        let time = places.clone().find_map(|at| Some((at, cells.get(at)?.dates(&base)?)));
        let (Some((when, dates)), Some(stage)) = (time, cells.get(at)) else { continue };
        let name = cells.get(at + 1).filter(|cell| at + 1 != when && is_short(cell));
        let from = cells.get(at.min(when)).map_or(stage.start, |cell| cell.start);
        let last = if leads { next.saturating_sub(1) } else { next }.max(at.max(when) + 1).min(at + 6);
        let end = cells.get(last.saturating_sub(1)).map_or(stage.end(), Cell::end).max(stage.end());
        out.extend(phase(context, stage, name, dates, Span::new(from, end), out.len(), &mut last_end));
    }
    out
}

/// Whether a cell may be the name of a phase.
fn is_short(cell: &Cell) -> bool {
    (2..=12).contains(&cell.text.chars().count()) && !cell.text.contains(['，', '。', ',', '；'])
}

/// One row as a phase: a bare label takes its name from another cell.
fn phase(
    context: &Context,
    stage: &Cell,
    other: Option<&Cell>,
    (start, end, date_text): Dated,
    span: Span,
    place: usize,
    last_end: &mut Option<Moment>,
) -> Option<Phase> {
    let label = stage.is_label().then(|| stage.text.to_owned());
    let name = if label.is_some() { other.and_then(|cell| name(cell.text)) } else { name(stage.text) };
    *last_end = end.or(*last_end);
    (label.is_some() || name.is_some()).then(|| Phase {
        ordinal: place as u32 + 1,
        label,
        start,
        end,
        date_text,
        ..phase_at(context, name, span)
    })
}
