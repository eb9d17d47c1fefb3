//! Clean Simplified Chinese, and text in other languages, comes out of `clean` byte for byte, with no repair recorded.
//!
//! The texts are pages (`fixtures/clean`) and fragments (`cases/untouched.tsv`) full of what careless rules trip over. A
//! repair in one of them is a false one: mend the rule, not the text.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use fangan::Options;
use fangan::clean::clean;
use fangan::decode::decode;
use fangan::lexicon::Lexicon;
use fangan::model::{Cleaned, Repair, RepairKind, Script};

/// Rows of `untouched.tsv` that each kind must have, and all together.
const ROWS_OF_A_KIND: usize = 15;
const ROWS: usize = 150;

/// Repairs that a document in Simplified script as it was published has no cause for.
const NOT_IN_PUBLISHED_TEXT: &[RepairKind] = &[
    RepairKind::Pinyin,
    RepairKind::Script,
    RepairKind::TaiwanVocabulary,
    RepairKind::Mojibake,
    RepairKind::Watermark,
];

/// Published documents that have such repairs all the same, and why.
const DAMAGED_AS_PUBLISHED: &[(&str, &str)] = &[];

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a folder by name.
fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<(String, PathBuf)> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?.to_owned();
            path.is_file().then_some((name, path))
        })
        .collect();
    files.sort();
    files
}

/// Name and text of each page.
fn pages() -> Vec<(String, String)> {
    let pages = files(&here("fixtures/clean"))
        .into_iter()
        .filter(|(name, _)| Path::new(name).extension().is_some_and(|extension| extension == "txt"));
    pages.map(|(name, path)| (name, read(&path))).collect()
}

struct Row {
    line: usize,
    text: String,
    kind: RepairKind,
    note: String,
}

fn rows() -> Vec<Row> {
    let table = read(&here("cases/untouched.tsv"));
    let mut lines = table.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    assert_eq!(lines.next().map(|(_, line)| line), Some("text\tkind\tnote"));
    let row = |(at, line): (usize, &str)| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [text, kind, note] = cells[..] else { panic!("line {}: {} cells", at + 1, cells.len()) };
        let kind = RepairKind::parse(kind).unwrap_or_else(|| panic!("line {}: no kind of repair: {kind}", at + 1));
        Row { line: at + 1, text: text.replace("\\n", "\n"), kind, note: note.to_owned() }
    };
    lines.map(row).collect()
}

fn run(text: &str) -> Cleaned {
    clean(text, Lexicon::builtin(), &Options::default()).0
}

/// A repair with the words around it.
fn describe(repair: &Repair, source: &str) -> String {
    let range = repair.span.range();
    let around = |characters: &mut dyn Iterator<Item = char>| characters.take(8).collect::<Vec<_>>();
    let mut before = around(&mut source[..range.start].chars().rev());
    before.reverse();
    let behind = around(&mut source[range.end..].chars());
    let (before, behind): (String, String) = (before.into_iter().collect(), behind.into_iter().collect());
    let kind = repair.kind.as_str();
    let old = repair.before(source);
    format!("{kind}: {old:?} → {:?} in {:?}", repair.after, format!("{before}⟦{old}⟧{behind}"))
}

/// What was changed in a text, a line each; empty if nothing was.
fn changes(text: &str) -> String {
    let cleaned = run(text);
    let mut out = String::new();
    for repair in &cleaned.repairs {
        let _ = writeln!(out, "    {}", describe(repair, text));
    }
    if out.is_empty() && (cleaned.text != text || !cleaned.map.is_identity()) {
        out.push_str("    changed without a record\n");
    }
    out
}

/// Add what was changed in a text to the report.
fn check(name: &str, text: &str, report: &mut String) {
    let changes = changes(text);
    if !changes.is_empty() {
        let _ = write!(report, "{name}\n{changes}");
    }
}

#[test]
fn clean_pages_stay() {
    let pages = pages();
    assert!(!pages.is_empty(), "no pages");
    let mut report = String::new();
    for (name, text) in &pages {
        check(name, text, &mut report);
    }
    // What must be seen several times to be believed may be seen so often in a long text.
    let all: Vec<&str> = pages.iter().map(|(_, text)| text.as_str()).collect();
    check("all pages as one text", &all.join("\n"), &mut report);
    assert!(report.is_empty(), "repairs in clean pages:\n{report}");
}

#[test]
fn clean_fragments_stay() {
    let mut report = String::new();
    for row in rows() {
        let name = format!("line {}, {}: {}", row.line, row.kind.as_str(), row.note);
        check(&name, &row.text, &mut report);
    }
    assert!(report.is_empty(), "repairs in clean fragments:\n{report}");
}

#[test]
fn there_are_fragments_of_every_kind() {
    let mut counts: BTreeMap<&str, usize> = RepairKind::TEXTS.iter().map(|kind| (*kind, 0)).collect();
    let rows = rows();
    for row in &rows {
        *counts.entry(row.kind.as_str()).or_default() += 1;
    }
    assert!(rows.len() >= ROWS && counts.values().all(|count| *count >= ROWS_OF_A_KIND), "{counts:?}");
}

/// The folder of published documents beside the one that FANGAN_CORPUS names.
fn published() -> Option<PathBuf> {
    let corpus = std::env::var_os("FANGAN_CORPUS").map(PathBuf::from).filter(|corpus| corpus.is_dir());
    let Some(corpus) = corpus else {
        println!("skipped: FANGAN_CORPUS names no folder");
        return None;
    };
    let folder = corpus.with_file_name("corpus_wild");
    if !folder.is_dir() {
        println!("skipped: no folder corpus_wild beside FANGAN_CORPUS");
        return None;
    }
    Some(folder)
}

/// Repairs of a published document that it has no cause for; `None` if it is not in Simplified script.
fn false_repairs(path: &Path) -> Option<String> {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let source = decode(&bytes).text;
    let cleaned = run(&source);
    let mut out = String::new();
    for repair in cleaned.repairs.iter().filter(|repair| NOT_IN_PUBLISHED_TEXT.contains(&repair.kind)) {
        let _ = writeln!(out, "    {}", describe(repair, &source));
    }
    (cleaned.script == Some(Script::Hans)).then_some(out)
}

#[test]
fn published_documents_have_few_repairs() {
    let Some(folder) = published() else { return };
    let mut report = String::new();
    for (name, path) in files(&folder) {
        let Some(repairs) = false_repairs(&path) else { continue };
        let known = DAMAGED_AS_PUBLISHED.iter().find(|row| row.0 == name);
        if known.is_none() && !repairs.is_empty() {
            let _ = write!(report, "{name}\n{repairs}");
        }
        if known.is_some() && repairs.is_empty() {
            let _ = writeln!(report, "{name}\n    has no such repair any more; take it off DAMAGED_AS_PUBLISHED");
        }
    }
    assert!(report.is_empty(), "repairs in documents as published:\n{report}");
}

/// What the way back to the source costs: nothing but an index of its characters.
#[test]
fn the_way_back_costs_little() {
    for (name, text) in pages() {
        let cleaned = run(&text);
        let edits = std::mem::size_of_val(cleaned.map.edits());
        let index = fangan::span::CharIndex::new(&text).memory();
        assert!((edits + index) * 10 < text.len(), "{name}: {} bytes for {}", edits + index, text.len());
    }
}
