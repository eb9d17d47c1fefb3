//! Vocabulary as data. A rule that is a word is a row of a table in `lexicon/data/`; a rule that needs an `if` is code.
//!
//! Tables are TSV with a header row. Every table has a column `key`; most have `value`, and `example`: a text that a test
//! shows the row to recognise. Lines that begin with `#` are comments.

pub mod gazetteer;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock, OnceLock};

use daachorse::MatchKind;
use daachorse::charwise::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};

use crate::error::{Error, ErrorKind, Result};

/// One table: columns and rows of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// File name without its ending.
    pub name: String,
    /// Names of the columns; one of them is `key`.
    pub columns: Vec<String>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<String>>,
    /// The line of the file that each row stood on, from 1.
    lines: Vec<usize>,
}

/// Columns whose cells are kinds that rules know by name. A row with another kind would never be used, so it is an error.
const KINDS: &[(&str, &str)] = &[
    ("aim_verbs", "value"),
    ("bodies", "value"),
    ("body_starters", "value"),
    ("boilerplate", "place"),
    ("boilerplate", "value"),
    ("comparators", "value"),
    ("components", "value"),
    ("formulas", "value"),
    ("genres", "value"),
    ("name_stopwords", "value"),
    ("phase_names", "value"),
    ("reference_exclusions", "value"),
    ("surnames", "value"),
    ("target_exclusions", "value"),
    ("units", "value"),
];

impl Table {
    /// Read a table; the error names file and line.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let at = |line: usize| format!("{name}.tsv, line {}", line + 1);
        let bad = |line: usize, message: String| Error::new(ErrorKind::Lexicon, message).with_context(at(line));
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let (first, header) =
            lines.next().ok_or_else(|| bad(0, "the file is empty; its first row must name the columns".into()))?;
        let columns: Vec<String> =
            header.trim_start_matches('\u{feff}').split('\t').map(|c| c.trim().to_owned()).collect();
        let key = columns
            .iter()
            .position(|column| column == "key")
            .ok_or_else(|| bad(first, format!("no column `key` in the header {columns:?}; add one")))?;
        let mut rows = Vec::new();
        let mut places = Vec::new();
        for (number, line) in lines {
            let mut row: Vec<String> = line.split('\t').map(|cell| cell.trim().to_owned()).collect();
            if row.len() > columns.len() {
                return Err(bad(number, format!("{} cells for {} columns; remove a tab", row.len(), columns.len())));
            }
            row.resize(columns.len(), String::new());
            if row[key].is_empty() {
                return Err(bad(number, "the cell `key` is empty; fill it or remove the row".into()));
            }
            rows.push(row);
            places.push(number + 1);
        }
        Ok(Self { name: name.to_owned(), columns, rows, lines: places })
    }

    /// Place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The cells of one column, in row order; empty where the table has no such column.
    pub fn cells<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let at = self.column(name);
        self.rows.iter().map(move |row| at.map_or("", |at| row[at].as_str()))
    }

    /// Two columns side by side.
    pub fn pairs<'a>(&'a self, a: &str, b: &str) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.cells(a).zip(self.cells(b))
    }
}

/// The embedded tables, by name.
macro_rules! tables {
    ($($name:literal),* $(,)?) => {
        const EMBEDDED: &[(&str, &str)] = &[$(($name, include_str!(concat!("data/", $name, ".tsv")))),*];
    };
}

// One line a table, so that branches which add tables do not collide.
tables! {
    "aim_verbs",
    "bodies",
    "body_context",
    "body_starters",
    "boilerplate",
    "campaigns",
    "comparators",
    "components",
    "condition_leads",
    "doc_number_prefixes",
    "formulas",
    "frameworks",
    "genres",
    "leader_roles",
    "name_stopwords",
    "national_bodies",
    "ocr_confusions",
    "phase_names",
    "reference_exclusions",
    "region_aliases",
    "region_common_words",
    "region_false_friends",
    "region_followers",
    "region_straddles",
    "roster_columns",
    "script_phrases",
    "sectors",
    "stop_words",
    "surnames",
    "taiwan_terms",
    "target_exclusions",
    "units",
    "watermarks",
    "words",
    "zones",
}

/// The vocabulary that the stages use: the embedded tables, or those overlaid by a folder of the caller's.
#[derive(Clone, Debug)]
pub struct Lexicon {
    tables: BTreeMap<String, Arc<Table>>,
    compiled: Arc<OnceLock<Compiled>>,
}

static BUILTIN: LazyLock<Lexicon> = LazyLock::new(|| {
    let tables = EMBEDDED
        .iter()
        // An embedded table that does not parse is caught by the tests; here it is left out.
        .filter_map(|(name, text)| Some(((*name).to_owned(), Arc::new(Table::parse(name, text).ok()?))))
        .collect();
    Lexicon { tables, compiled: Arc::default() }
});

impl Lexicon {
    /// The embedded vocabulary.
    pub fn builtin() -> &'static Lexicon {
        &BUILTIN
    }

    /// The tables as the stages use them: automata and indexes, built when first asked for.
    pub fn compiled(&self) -> &Compiled {
        self.compiled.get_or_init(|| Compiled::new(self))
    }

    /// A table by name.
    pub fn table(&self, name: &str) -> Result<&Table> {
        self.tables.get(name).map(Arc::as_ref).ok_or_else(|| {
            let known: Vec<&str> = self.names().collect();
            Error::new(ErrorKind::NotFound, format!("no lexicon is called {name:?}; there are {}", known.join(", ")))
        })
    }

    /// A table by name, to be kept.
    pub(crate) fn shared(&self, name: &str) -> Option<&Arc<Table>> {
        self.tables.get(name)
    }

    /// The cells of a column of a table; empty where there is no such table.
    pub fn cells(&self, table: &str, column: &str) -> Vec<&str> {
        self.tables.get(table).map(|table| table.cells(column).collect()).unwrap_or_default()
    }

    /// Names of the tables.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tables.keys().map(String::as_str)
    }

    /// The same vocabulary with the `*.tsv` tables of a folder laid over it: a row replaces the row of the same key, other rows are added.
    pub fn overlaid(&self, folder: &Path) -> Result<Lexicon> {
        let io = |error: std::io::Error| {
            Error::new(ErrorKind::Io, error.to_string()).with_context(folder.display().to_string())
        };
        let mut tables = self.tables.clone();
        for entry in std::fs::read_dir(folder).map_err(io)? {
            let path = entry.map_err(io)?.path();
            let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
            if path.extension().is_none_or(|ending| ending != "tsv") {
                continue;
            }
            let text = std::fs::read_to_string(&path).map_err(io)?;
            let over = Table::parse(name, &text)?;
            let Some(under) = tables.get(name) else {
                let message = format!("no lexicon is called {name:?}, so {} would never be read", path.display());
                return Err(Error::new(ErrorKind::Lexicon, message));
            };
            let mut merged = (**under).clone();
            merged.overlay(&over)?;
            tables.insert(name.to_owned(), Arc::new(merged));
        }
        Ok(Lexicon { tables, compiled: Arc::default() })
    }
}

/// The tables compiled: one field a stage.
pub struct Compiled {
    /// Administrative units and zones.
    pub gazetteer: Arc<gazetteer::Gazetteer>,
    /// Where headings end.
    pub heading: crate::outline::heading::Words,
    /// Names of campaigns and sectors.
    pub campaign: crate::extract::campaign::Names,
    /// Numeral formulas.
    pub formula: crate::extract::criteria::Formulas,
    /// Who is to meet criteria.
    pub(crate) body: crate::extract::criteria::Bodies,
    /// What calls a list conditions.
    pub(crate) condition: crate::extract::criteria::Leads,
    /// Kinds of phases.
    pub phase: crate::extract::phases::Names,
    /// What lines look like.
    pub line: crate::split::line::Words,
    /// Which part of a plan a heading names.
    pub component: crate::outline::component::Components,
    /// Quantities, aims, and what is no target.
    pub(crate) target: crate::extract::targets::Words,
    /// Names and roles of persons.
    pub(crate) leader: crate::extract::leaders::Words,
    /// Titles that are no documents.
    pub(crate) reference: crate::extract::references::Exclusions,
    /// What divides texts into words.
    pub words: crate::words::Words,
    /// Canonical frameworks of criteria.
    pub frameworks: crate::score::Frameworks,
}

impl Compiled {
    fn new(lexicon: &Lexicon) -> Self {
        Self {
            gazetteer: gazetteer::Gazetteer::of(lexicon),
            heading: crate::outline::heading::Words::new(lexicon),
            campaign: crate::extract::campaign::Names::new(lexicon),
            formula: crate::extract::criteria::Formulas::new(lexicon),
            body: crate::extract::criteria::Bodies::new(lexicon),
            condition: crate::extract::criteria::Leads::new(lexicon),
            phase: crate::extract::phases::Names::new(lexicon),
            line: crate::split::line::Words::new(lexicon),
            component: crate::outline::component::Components::new(lexicon),
            target: crate::extract::targets::Words::new(lexicon),
            leader: crate::extract::leaders::Words::new(lexicon),
            reference: crate::extract::references::Exclusions::new(lexicon),
            words: crate::words::Words::new(lexicon),
            frameworks: crate::score::Frameworks::new(lexicon),
        }
    }
}

impl std::fmt::Debug for Compiled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Compiled")
    }
}

/// An automaton that finds the longest of the words that begins leftmost. The value of a match is the place of the word in
/// `words`; of equal words the first counts.
///
/// # Panics
/// Never: a list of words that cannot be built (an empty one) becomes an automaton that finds nothing.
pub fn word_automaton(words: Vec<&str>) -> CharwiseDoubleArrayAhoCorasick<u32> {
    let mut seen = std::collections::HashSet::new();
    let patterns: Vec<(&str, u32)> =
        words.into_iter().zip(0u32..).filter(|(word, _)| !word.is_empty() && seen.insert(*word)).collect();
    CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build_with_values(patterns)
        .or_else(|_| {
            CharwiseDoubleArrayAhoCorasickBuilder::new()
                .match_kind(MatchKind::LeftmostLongest)
                .build_with_values([("\u{0}\u{0}", 0)])
        })
        .expect("one literal pattern can be built")
}

impl Table {
    fn overlay(&mut self, over: &Table) -> Result<()> {
        let places: Vec<usize> = over
            .columns
            .iter()
            .map(|column| {
                self.column(column).ok_or_else(|| {
                    let message = format!("column {column:?} is unknown; the columns are {}", self.columns.join(", "));
                    Error::new(ErrorKind::Lexicon, message).with_context(format!("{}.tsv", over.name))
                })
            })
            .collect::<Result<_>>()?;
        self.check_kinds(over)?;
        let (Some(key), Some(over_key)) = (self.column("key"), over.column("key")) else { return Ok(()) };
        for row in &over.rows {
            let mut merged = vec![String::new(); self.columns.len()];
            for (cell, &place) in row.iter().zip(&places) {
                merged[place].clone_from(cell);
            }
            match self.rows.iter_mut().find(|known| known[key] == row[over_key]) {
                Some(known) => *known = merged,
                None => {
                    self.rows.push(merged);
                    self.lines.push(0);
                }
            }
        }
        Ok(())
    }

    /// Whether the rows laid over this table name kinds that it has.
    fn check_kinds(&self, over: &Table) -> Result<()> {
        for (_, column) in KINDS.iter().filter(|(table, _)| *table == self.name) {
            let known: std::collections::BTreeSet<&str> = self.cells(column).collect();
            let Some(at) = over.column(column) else { continue };
            for (row, line) in over.rows.iter().zip(&over.lines) {
                if !known.contains(row[at].as_str()) {
                    let names: Vec<&str> = known.iter().copied().filter(|kind| !kind.is_empty()).collect();
                    let message =
                        format!("{:?} is no {column} of {}; choose from {}", row[at], self.name, names.join(", "));
                    return Err(
                        Error::new(ErrorKind::Lexicon, message).with_context(format!("{}.tsv, line {line}", over.name))
                    );
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_table_parses_without_duplicates() {
        for (name, text) in EMBEDDED {
            let table = Table::parse(name, text).unwrap_or_else(|error| panic!("{error}"));
            let mut seen = std::collections::BTreeSet::new();
            let value = table.column("value");
            let key = table.column("key").expect("a key column");
            for row in &table.rows {
                let identity = (row[key].clone(), value.map(|at| row[at].clone()));
                assert!(seen.insert(identity.clone()), "{name}: {identity:?} stands twice");
            }
        }
    }

    #[test]
    fn a_bad_row_names_file_and_line() {
        let error = Table::parse("genres", "key\tvalue\n方案\t方案\n\t意见\n").unwrap_err();
        assert_eq!(error.to_string(), "genres.tsv, line 3: the cell `key` is empty; fill it or remove the row");
        let error = Table::parse("genres", "key\tvalue\na\tb\tc\n").unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
        let over = Table::parse("genres", "key\tvalue\n# a note\n纪要\t会议\n").unwrap();
        let error = BUILTIN.table("genres").unwrap().clone().overlay(&over).unwrap_err().to_string();
        assert!(error.starts_with("genres.tsv, line 3: \"会议\" is no value of genres; choose from "), "{error}");
    }

    #[test]
    fn every_row_that_names_an_example_has_one() {
        for (name, text) in EMBEDDED {
            let table = Table::parse(name, text).unwrap();
            for (row, example) in table.cells("key").zip(table.cells("example")) {
                assert!(table.column("example").is_none() || !example.is_empty(), "{name}: {row} has no example");
            }
        }
    }
}
