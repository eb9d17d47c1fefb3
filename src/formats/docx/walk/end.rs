//! What the end of an element means.

use super::{Open, Walk};
use crate::formats::docx::story::{Mark, Story};

impl Walk<'_, '_> {
    /// The innermost open element ends.
    pub(super) fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Text(keeps)) => {
                let text = std::mem::take(&mut self.characters);
                // Without xml:space="preserve" Word takes blanks at the ends for layout of the XML; a line's end is one too.
                let blank = [' ', '\t', '\n', '\r'];
                let text = text.replace(['\n', '\r'], " ");
                self.push(if keeps { &text } else { text.trim_matches(blank) });
            }
            Some(Open::Run) => {
                self.runs.pop();
            }
            Some(Open::RunProperties) => {
                let style_hides = self.paragraph().is_some_and(|paragraph| paragraph.style_hides);
                if let Some(run) = self.runs.last_mut() {
                    // Hiding is a switch that two styles turn on and off again; a run's own word is the last.
                    let by_styles = style_hides ^ self.styles.hides(run.style.as_deref());
                    run.is_hidden = run.hidden.unwrap_or(by_styles);
                }
            }
            Some(Open::ParagraphProperties)
                if self.paragraph().is_some_and(|paragraph| paragraph.mark == Mark::Ends) =>
            {
                self.count();
            }
            Some(Open::Paragraph) => self.end_paragraph(),
            Some(Open::Maths(maths)) => self.push(maths.end()),
            Some(Open::Table) => {
                if let Some(story) = self.stories.last_mut() {
                    story.rows.pop();
                }
            }
            Some(Open::Row) => {
                if let Some(story) = self.stories.last_mut()
                    && let Some(row) = story.rows.last_mut().and_then(Option::take)
                {
                    story.lines.extend(row.lines());
                }
            }
            Some(Open::Cell(mut cell)) => {
                let Some(story) = self.stories.pop() else { return };
                cell.nested = story.has_table;
                cell.lines = story.finish();
                if let Some(row) = self.row() {
                    row.push(cell);
                }
            }
            Some(Open::TextBox) => {
                let Some(story) = self.stories.pop() else { return };
                let lines = story.finish();
                let lines = lines.into_iter().filter(|line| !line.is_empty());
                match self.stories.last_mut() {
                    Some(Story { paragraphs, lines: outer, .. }) => match paragraphs.last_mut() {
                        Some(paragraph) => paragraph.after.extend(lines),
                        None => outer.extend(lines),
                    },
                    None => self.walked.lines.extend(lines),
                }
            }
            Some(Open::Note(id)) => {
                let Some(story) = self.stories.pop() else { return };
                self.walked.notes.insert(id, story.finish());
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(story) = self.stories.last_mut() else { return };
        if let Some(text) = story.fields.paragraph_ends() {
            self.unended_fields += 1;
            self.push(&text);
        }
        let counts = self.paragraph().is_some_and(|paragraph| match paragraph.mark {
            Mark::Ends => true,
            Mark::Deleted => false,
            // A paragraph that is hidden as a whole has no number.
            Mark::Hidden => !paragraph.text.is_empty(),
        });
        if counts {
            self.count();
        }
        if let Some(story) = self.stories.last_mut()
            && let Some(paragraph) = story.paragraphs.pop()
        {
            story.end_paragraph(paragraph);
        }
        *self.left = self.left.saturating_sub(1);
    }
}
