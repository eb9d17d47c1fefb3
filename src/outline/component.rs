//! Which of the standard parts of a plan a section is.

use daachorse::charwise::CharwiseDoubleArrayAhoCorasick;

use crate::lexicon::{Lexicon, word_automaton};
use crate::model::Component;

/// The table `components`, ready to search.
pub struct Components {
    words: CharwiseDoubleArrayAhoCorasick<u32>,
    parts: Vec<Option<Component>>,
    lengths: Vec<usize>,
}

impl Components {
    /// Take the words from the table `components`.
    pub fn new(lexicon: &Lexicon) -> Self {
        let keys = lexicon.cells("components", "key");
        Self {
            lengths: keys.iter().map(|key| key.chars().count()).collect(),
            parts: lexicon.cells("components", "value").into_iter().map(Component::parse).collect(),
            words: word_automaton(keys),
        }
    }

    /// The component that a heading names.
    ///
    /// Evidence: the words of the table; the longest that occurs wins, of equal ones the last, since the head of a Chinese
    /// phrase stands at its end. Example: 认真组织、强化督导考核 → 监督考核. Counter-example: 提高服务质量 names none.
    /// Misses headings that name their part only by their content (把好三道关口).
    pub fn of(&self, heading: &str) -> Option<Component> {
        let mut best: Option<(usize, Component)> = None;
        for found in self.words.leftmost_find_iter(heading) {
            let at = found.value() as usize;
            let (Some(&length), Some(&Some(part))) = (self.lengths.get(at), self.parts.get(at)) else { continue };
            // One-word rows such as 目标 or 背景 name a part only where they are the whole heading.
            if length <= 2
                && heading.chars().count() > length + 2
                && matches!(
                    part,
                    Component::Goals
                        | Component::Significance
                        | Component::Requirements
                        | Component::Measures
                        | Component::Summary
                )
            {
                continue;
            }
            if best.is_none_or(|(longest, _)| length >= longest) {
                best = Some((length, part));
            }
        }
        best.map(|(_, part)| part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_their_part() {
        let components = &Lexicon::builtin().compiled().component;
        for (heading, expected) in [
            ("指导思想", Some(Component::Guideline)),
            ("总体要求和主要目标", Some(Component::Overall)),
            ("强化组织领导,确保取得实效", Some(Component::Leadership)),
            ("充分认识禁毒工作的重要意义", Some(Component::Significance)),
            ("实施步骤及时间安排", Some(Component::Steps)),
            ("加强督导检查", Some(Component::Assessment)),
            ("营造浓厚氛围", Some(Component::Publicity)),
            ("把好三道关口", None),
            ("提高服务质量", None),
        ] {
            assert_eq!(components.of(heading), expected, "{heading}");
        }
    }

    #[test]
    fn every_row_is_recognised_in_its_example() {
        let lexicon = Lexicon::builtin();
        let table = lexicon.table("components").unwrap();
        for (row, (key, value)) in table.pairs("key", "value").enumerate() {
            assert!(Component::parse(value).is_some(), "row {row}: {value} is no component");
            assert_eq!(lexicon.compiled().component.of(key).map(Component::as_str), Some(value), "{key}");
        }
    }
}
