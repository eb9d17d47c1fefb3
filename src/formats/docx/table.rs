//! Tables as lines.

/// A cell that is being read, or was.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// Its paragraphs.
    pub(super) lines: Vec<String>,
    /// Columns that it covers.
    pub(super) span: usize,
    /// Whether it holds a table.
    pub(super) nested: bool,
    /// Whether it only continues the cell above.
    pub(super) continued: bool,
}

/// A row that is being read.
#[derive(Debug, Default)]
pub(super) struct Row {
    cells: Vec<Cell>,
    /// Columns that are left out in front of its first cell.
    pub(super) before: usize,
    /// Whether it was deleted.
    pub(super) deleted: bool,
}

/// Columns of a row at most, as in Word.
const MOST_COLUMNS: usize = 63;
/// Characters of a cell in a row that is one line.
const LONGEST_CELL: usize = 300;

impl Row {
    /// Add a cell.
    pub(super) fn push(&mut self, cell: Cell) {
        self.cells.push(cell);
    }

    /// The row as lines.
    ///
    /// A row is one line: its cells with tabs between them, each in its column (merged cells leave their other columns
    /// empty), the paragraphs of a cell with blanks between them. So the rows of a table stay rows.
    ///
    /// Where tables lay out a page, its lines are kept instead, one cell after the other as they would be read: in a row of
    /// one cell (a frame around a text), in one that holds a table, and in one with a cell too long to be a cell to the eye.
    pub(super) fn lines(self) -> Vec<String> {
        if self.deleted {
            return Vec::new();
        }
        let cells = self.cells.into_iter().map(|mut cell| {
            if cell.continued {
                cell.lines.clear();
            }
            cell
        });
        let cells: Vec<Cell> = cells.collect();
        let is_long = |cell: &Cell| cell.lines.iter().map(|line| line.chars().count()).sum::<usize>() > LONGEST_CELL;
        if let [_] = cells.as_slice() {
            return cells.into_iter().flat_map(|cell| cell.lines).collect();
        }
        if cells.iter().any(|cell| cell.nested || is_long(cell)) {
            let lines = cells.into_iter().flat_map(|cell| cell.lines);
            return lines.filter(|line| !line.is_empty()).collect();
        }
        let mut line = "\t".repeat(self.before.min(MOST_COLUMNS));
        for cell in &cells {
            // Columns without a word in them mean nothing at the end of a line.
            let parts: Vec<&str> = cell.lines.iter().flat_map(|line| line.split('\n')).map(str::trim).collect();
            let parts: Vec<String> =
                parts.into_iter().filter(|part| !part.is_empty()).map(|part| part.replace('\t', " ")).collect();
            line.push_str(&parts.join(" "));
            line.push_str(&"\t".repeat(cell.span.clamp(1, MOST_COLUMNS)));
        }
        line.truncate(line.trim_end_matches('\t').len());
        vec![line]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(lines: &[&str]) -> Cell {
        Cell { lines: lines.iter().map(|line| (*line).to_owned()).collect(), span: 1, ..Cell::default() }
    }

    #[test]
    fn rows_are_lines() {
        let long = "长".repeat(301);
        let cases: Vec<(Vec<Cell>, Vec<&str>)> = vec![
            (vec![cell(&["阶段"]), cell(&["时间"])], vec!["阶段\t时间"]),
            (vec![cell(&["宣传", "", "阶段"]), cell(&["3月\n4月"])], vec!["宣传 阶段\t3月 4月"]),
            (vec![cell(&["甲"]), cell(&[""]), cell(&["乙"])], vec!["甲\t\t乙"]),
            (vec![cell(&[""]), cell(&["乙"]), cell(&[])], vec!["\t乙"]),
            (vec![Cell { span: 2, ..cell(&["甲"]) }, cell(&["乙"])], vec!["甲\t\t乙"]),
            (vec![Cell { continued: true, ..cell(&["甲"]) }, cell(&["乙"])], vec!["\t乙"]),
            (vec![cell(&["一", "", "二"])], vec!["一", "", "二"]),
            (vec![cell(&["甲", "", "乙"]), cell(&[&long])], vec!["甲", "乙", &long]),
            (vec![cell(&["甲"]), Cell { nested: true, ..cell(&["1\t2"]) }], vec!["甲", "1\t2"]),
            (vec![cell(&[]), cell(&[])], vec![""]),
            (vec![], vec![""]),
        ];
        for (cells, expected) in cases {
            let row = Row { cells, ..Row::default() };
            assert_eq!(row.lines(), expected);
        }
        let row = Row { cells: vec![cell(&["甲"]), cell(&["乙"])], before: 1, deleted: false };
        assert_eq!(row.lines(), ["\t甲\t乙"]);
        let row = Row { cells: vec![cell(&["甲"])], before: 0, deleted: true };
        assert!(row.lines().is_empty());
    }
}
