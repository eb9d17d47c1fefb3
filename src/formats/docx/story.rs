//! Stories: runs of paragraphs that become lines. The body is one; so is each cell, text box and note.

use super::field::Fields;
use super::styles::ListReference;
use super::table::Row;

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Its text so far.
    pub(super) text: String,
    /// Its style.
    pub(super) style: Option<String>,
    /// The list that it names itself.
    pub(super) list: ListReference,
    /// Its number, once it was counted.
    pub(super) label: Option<String>,
    /// Lines of the text boxes that hang on it.
    pub(super) after: Vec<String>,
    /// Whether its style hides its text.
    pub(super) style_hides: bool,
    /// What became of the mark at its end.
    pub(super) mark: Mark,
}

/// The mark at the end of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mark {
    /// It ends the line.
    #[default]
    Ends,
    /// It was deleted: the next paragraph takes this one's text in, and is what counts.
    Deleted,
    /// It is hidden: the next paragraph goes on in the same line. Word's style separator is one.
    Hidden,
}

/// What a paragraph without an end hands to the next.
#[derive(Debug, Default)]
struct Carried {
    /// In front of the next paragraph's number.
    before: String,
    /// Behind it.
    text: String,
    after: Vec<String>,
}

/// A story that is being read.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// Its lines so far.
    pub(super) lines: Vec<String>,
    /// Its open paragraphs. One, but for XML that no program writes.
    pub(super) paragraphs: Vec<Paragraph>,
    /// Its open fields.
    pub(super) fields: Fields,
    /// The rows that are being read, one for each open table.
    pub(super) rows: Vec<Option<Row>>,
    /// Whether it holds a table.
    pub(super) has_table: bool,
    carried: Carried,
}

impl Story {
    /// A paragraph ends, whose number and text are known.
    pub(super) fn end_paragraph(&mut self, paragraph: Paragraph) {
        let label = paragraph.label.unwrap_or_default();
        let carried = &mut self.carried;
        match paragraph.mark {
            Mark::Deleted => {
                carried.text.push_str(&paragraph.text);
                carried.after.extend(paragraph.after);
            }
            Mark::Hidden => {
                carried.before.push_str(&label);
                carried.before.push_str(&std::mem::take(&mut carried.text));
                carried.before.push_str(&paragraph.text);
                carried.after.extend(paragraph.after);
            }
            Mark::Ends => {
                let Carried { before: mut line, text, after } = std::mem::take(carried);
                line.push_str(&label);
                line.push_str(&text);
                line.push_str(&paragraph.text);
                if text.is_empty() && paragraph.text.is_empty() {
                    // A number without a text needs no gap.
                    line.truncate(line.trim_end_matches(' ').len());
                }
                self.lines.push(line);
                self.lines.extend(after);
                self.lines.extend(paragraph.after);
            }
        }
    }

    /// The story ends: its lines.
    pub(super) fn finish(mut self) -> Vec<String> {
        let Carried { before, text, after } = std::mem::take(&mut self.carried);
        if !before.is_empty() || !text.is_empty() {
            self.lines.push(before + &text);
        }
        self.lines.extend(after);
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_whose_mark_is_gone_run_on() {
        use Mark::{Deleted, Ends, Hidden};
        let cases: &[(&[(&str, &str, Mark)], &[&str])] = &[
            (&[("一、", "甲", Ends), ("", "乙", Ends)], &["一、甲", "乙"]),
            (&[("", "甲", Deleted), ("一、", "乙", Ends)], &["一、甲乙"]),
            (&[("一、", "甲", Hidden), ("", "乙", Ends)], &["一、甲乙"]),
            (&[("", "甲", Deleted), ("一、", "乙", Hidden), ("", "丙", Deleted), ("", "丁", Ends)], &["一、甲乙丙丁"]),
            (&[("1. ", "", Ends), ("2. ", "", Ends)], &["1.", "2."]),
            (&[("", "甲", Deleted)], &["甲"]),
            (&[("", "", Deleted)], &[]),
        ];
        for (paragraphs, expected) in cases {
            let mut story = Story::default();
            for (label, text, mark) in *paragraphs {
                let (label, text) = (Some((*label).to_owned()), (*text).to_owned());
                story.end_paragraph(Paragraph { label, text, mark: *mark, ..Paragraph::default() });
            }
            assert_eq!(story.finish(), *expected);
        }
    }
}
