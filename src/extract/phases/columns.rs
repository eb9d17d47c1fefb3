//! Phases in the rows of a table that says by its headings which column holds their names and which their times.
//!
//! **Evidence**: a row of headings with 阶段 (or 步骤, 环节) and 时间 among them, in one line or a cell a line; below it two or
//! more rows with a short name in the one column and nothing but a stretch of time in the other.
//! **Example**: `阶段　时间　内容` / `摸清底数　3月至4月　入户登记`; `阶段` / `时间` / `内容` / `摸清底数` / `3月至4月` / `入户登记`.
//! **Counter-examples**: a table of tasks (`任务　完成时间`), whose rows are no phases; a line of prose with 阶段 and 时间.
//! **Misses**: tables without headings (see [`super::table`] for those that say 阶段 in each row); names that fill two lines.

use super::headings::STAGE_LABEL;
use super::name::name;
use super::phase_at;
use super::table::Cell;
use super::when::{Dated, base};
use crate::extract::Context;
use crate::extract::dates;
use crate::model::{Moment, Phase, PhaseKind};
use crate::span::Span;

/// Headings of the column with the names.
const NAMES: &[&str] = &[
    "阶段",
    "工作阶段",
    "实施阶段",
    "活动阶段",
    "阶段名称",
    "阶段划分",
    "实施步骤",
    "工作步骤",
    "步骤",
    "环节",
    "工作环节",
];

/// Headings of the column with the times.
const TIMES: &[&str] = &[
    "时间",
    "时间安排",
    "起止时间",
    "时间段",
    "时间节点",
    "时段",
    "实施时间",
    "工作时间",
    "日期",
    "时间进度",
    "起止日期",
];

/// The heading of a column that names phases whose first column holds labels only (第一阶段).
const NAMED: &[&str] = &["名称", "阶段名称", "工作名称", "步骤名称"];

/// Most lines between the times of two rows of a table with a cell a line.
const ROW: usize = 9;

/// Phases as they are found, row by row.
struct Rows<'c, 't> {
    context: &'c Context<'t>,
    kind: PhaseKind,
    last_end: Option<Moment>,
    out: Vec<Phase>,
}

/// Layout 4, with headings.
pub(super) fn from_columns(context: &Context) -> Vec<Phase> {
    let text = context.of(context.span);
    if !text.contains("时") && !text.contains("日期") {
        return Vec::new();
    }
    let lines = lines(context);
    for (at, cells) in lines.iter().enumerate() {
        let found = match headed(cells) {
            Some((names, times)) => of_lines(context, &lines, at, names, times),
            None if cells.len() == 1 => of_cells(context, &lines, at),
            None => Vec::new(),
        };
        if found.len() >= 2 {
            return found;
        }
    }
    Vec::new()
}

/// The columns of names and times of a row of headings.
fn headed(cells: &[Cell]) -> Option<(usize, usize)> {
    if !(2..=8).contains(&cells.len()) {
        return None;
    }
    let column = |of: &[&str]| cells.iter().position(|cell| of.contains(&cell.bare().as_str()));
    Some((column(NAMES)?, column(TIMES)?))
}

/// One row a line, up to the first line that is none.
fn of_lines(context: &Context, lines: &[Vec<Cell>], at: usize, names: usize, times: usize) -> Vec<Phase> {
    let Some(head) = lines.get(at) else { return Vec::new() };
    let mut rows = Rows::new(context, head.get(names));
    let named = head.iter().position(|cell| NAMED.contains(&cell.bare().as_str())).filter(|at| *at != names);
    let mut broken = 0;
    for cells in lines.iter().skip(at + 1).take(30) {
        // A row may lack its last cells, a cell that holds a blank is two, and one may go on in the next line.
        broken = if cells.len() < 2 { broken + 1 } else { 0 };
        if broken > 2 || cells.len() > head.len() + 3 {
            break;
        }
        let (Some(cell), Some(time), Some(first), Some(last)) =
            (cells.get(names), cells.get(times), cells.first(), cells.last())
        else {
            continue;
        };
        let named = named.and_then(|column| cells.get(column));
        rows.push(cell, named, time, Span::new(first.start, last.end()));
    }
    rows.out
}

/// A cell a line: each time with the name that stands as far from it as the headings do.
fn of_cells(context: &Context, lines: &[Vec<Cell>], at: usize) -> Vec<Phase> {
    let single = |at: usize| lines.get(at).filter(|cells| cells.len() == 1).and_then(|cells| cells.first());
    let Some(head) = single(at).filter(|cell| NAMES.contains(&cell.bare().as_str())) else { return Vec::new() };
    let heads = |at: usize| single(at).is_some_and(|cell| TIMES.contains(&cell.bare().as_str()));
    let Some(step) = [1isize, -1, 2].into_iter().find(|step| at.checked_add_signed(*step).is_some_and(heads)) else {
        return Vec::new();
    };
    let has_names = single(at + 1).is_some_and(|cell| NAMED.contains(&cell.bare().as_str()));
    let mut rows = Rows::new(context, Some(head));
    let (mut last, mut found): (usize, Vec<(usize, usize)>) = (at + 1, Vec::new());
    for place in at + 2..lines.len() {
        if place - last > ROW {
            break;
        }
        let Some(name_at) = place.checked_add_signed(-step).filter(|name_at| *name_at > at) else { continue };
        let (Some(time), Some(cell)) = (single(place), single(name_at)) else { continue };
        if rows.dates(time).is_some() && rows.is_name(cell) {
            found.push((place, name_at));
            last = place;
        }
    }
    for (row, &(place, name_at)) in found.iter().enumerate() {
        let first = place.min(name_at);
        // What is below the last row may be no part of the table.
        let next = found.get(row + 1).map_or(place.max(name_at) + 1, |next| next.0.min(next.1));
        let (Some(time), Some(cell), Some(from)) = (single(place), single(name_at), single(first)) else { continue };
        let end = single(next.saturating_sub(1)).map_or(time.end().max(cell.end()), Cell::end);
        let named = if has_names { single(name_at + 1) } else { None };
        rows.push(cell, named, time, Span::new(from.start, end.max(time.end()).max(cell.end())));
    }
    rows.out
}

impl<'c, 't> Rows<'c, 't> {
    fn new(context: &'c Context<'t>, head: Option<&Cell>) -> Self {
        let stages = head.is_none_or(|cell| cell.text.contains("阶"));
        let kind = if stages { PhaseKind::Stage } else { PhaseKind::Step };
        Self { context, kind, last_end: None, out: Vec::new() }
    }

    /// A cell of the times: nothing but when, an end alone (12月底前) included.
    fn dates(&self, cell: &Cell) -> Option<Dated> {
        let bare = cell.text.trim_matches(['(', ')', '（', '）', ' ', '。', '：', ':']);
        if bare.chars().count() > 40 || !bare.contains(['年', '月', '日', '.', '-', '/']) {
            return None;
        }
        let (start, end, span) = dates::range_in(bare, &base(self.context, self.last_end))?;
        let rest = bare.len() - (span.end - span.start) as usize;
        (rest <= "时间：从".len()).then(|| (start, end, Some(span.of(bare).to_owned())))
    }

    /// Whether a cell can be the name of a phase: short, and neither prose nor a time.
    fn is_name(&self, cell: &Cell) -> bool {
        (2..=16).contains(&cell.text.chars().count())
            && !cell.text.contains(['。', ';', '；', ',', '，'])
            && self.dates(cell).is_none()
            && cell.text.chars().any(char::is_alphabetic)
    }

    /// Adds the phase of one row, if it is one.
    fn push(&mut self, cell: &Cell, named: Option<&Cell>, time: &Cell, span: Span) {
        if !self.is_name(cell) {
            return;
        }
        let Some((start, end, date_text)) = self.dates(time) else { return };
        let label = STAGE_LABEL.captures(cell.text).and_then(|c| c.get(1)).map(|label| label.as_str().to_owned());
        let named = named.filter(|cell| self.is_name(cell)).and_then(|cell| name(cell.text));
        let name = name(cell.text).or(named);
        if label.is_none() && name.is_none() {
            return;
        }
        self.last_end = end.or(self.last_end);
        self.out.push(Phase {
            ordinal: self.out.len() as u32 + 1,
            kind: self.kind,
            label,
            start,
            end,
            date_text,
            ..phase_at(self.context, name, span)
        });
    }
}

/// The lines of a document as cells, parted by tabs, bars, ideographic blanks or two blanks.
fn lines<'a>(context: &Context<'a>) -> Vec<Vec<Cell<'a>>> {
    let mut out = Vec::new();
    let mut start = context.span.start as usize;
    for line in context.of(context.span).split_inclusive('\n') {
        let mut cells = Vec::new();
        let (mut from, mut at) = (0, 0);
        // 阶　段　　时　间: where two blanks part the cells, one does not.
        let wide = line.trim().contains("\u{3000}\u{3000}");
        let mut last = '\0';
        for c in line.chars() {
            let blank = c == '\u{3000}' && !wide || c == last && matches!(c, ' ' | '\u{3000}');
            let parts = blank || matches!(c, '\t' | '|' | '｜' | '┃' | '│' | '\n');
            last = c;
            at += c.len_utf8();
            if parts {
                cells.extend(Cell::trimmed(line.get(from..at - c.len_utf8()).unwrap_or(""), start + from));
                from = at;
            }
        }
        cells.extend(Cell::trimmed(line.get(from..).unwrap_or(""), start + from));
        if !cells.is_empty() {
            out.push(cells);
        }
        start += line.len();
    }
    out
}
