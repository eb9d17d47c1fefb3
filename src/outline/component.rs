//! Which of the standard parts of a plan a section is: by the words of its heading, its place among the others, and its content.

use std::collections::HashMap;

use daachorse::charwise::CharwiseDoubleArrayAhoCorasick;

use crate::extract::phases::Names;
use crate::lexicon::{Lexicon, word_automaton};
use crate::model::{Component, Section};

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

/// Gives sections their part by what stands around and below them, where their words say nothing or something else.
///
/// - A phase is part of 方法步骤 whatever it is about (宣传发动, 总结表彰): it is called 第一阶段 or …阶段, or stands right below a
///   heading of that part or of 时间安排 and has no headings above it that do.
/// - A heading above two phases is one of 方法步骤 (三、组织实施), unless it names the time (时间安排).
/// - A section without such words that sets up a leading group is one of 组织领导 (健全工作机构).
/// - 基本要求 at the beginning of a plan is its 总体要求.
///
/// Counter-example: (一)加强宣传 below 保障措施 is 宣传. Misses parts that only their content tells, but for leading groups.
pub fn by_place(sections: &mut [Section], names: &Names) {
    let place: HashMap<u32, usize> = sections.iter().enumerate().map(|(at, section)| (section.id, at)).collect();
    let above = |section: &Section| section.parent.and_then(|parent| place.get(&parent)).copied();
    let is_phase = |section: &Section| {
        let words = section.heading.split(['(', '（']).next().unwrap_or("");
        section.marker.starts_with('第') && section.marker.contains(['阶', '步'])
            // 小学阶段 is no phase of a campaign.
            || words.ends_with("阶段") && (names.stage(words).is_some() || section.heading.contains('月'))
    };
    let mut phases_below = vec![0; sections.len()];
    for section in sections.iter().filter(|section| is_phase(section)) {
        if let Some(above) = above(section) {
            phases_below[above] += 1;
        }
    }
    let steps = |part: Option<Component>| matches!(part, Some(Component::Steps | Component::Schedule));
    for at in 0..sections.len() {
        let section = &sections[at];
        let parent = above(section).map(|above| &sections[above]);
        // Parents come first, so theirs is settled.
        let below_steps = parent.is_some_and(|parent| {
            steps(parent.component)
                && !is_phase(parent)
                && !above(parent).is_some_and(|above| steps(sections[above].component))
        });
        let part = match section.component {
            _ if is_phase(section) || below_steps => Some(Component::Steps),
            Some(Component::Schedule) => Some(Component::Schedule),
            None | Some(Component::Leadership | Component::Content | Component::Goals | Component::Measures)
                if phases_below[at] >= 2 =>
            {
                Some(Component::Steps)
            }
            Some(Component::Requirements) if at == 0 && section.heading.contains("基本要求") => {
                Some(Component::Overall)
            }
            None if sets_up_group(&section.text) => Some(Component::Leadership),
            part => part,
        };
        sections[at].component = part;
    }
}

/// Whether a section's text begins with setting up a leading group.
fn sets_up_group(text: &str) -> bool {
    let near = text.char_indices().nth(80).map_or(text, |(end, _)| &text[..end]);
    near.find("成立").is_some_and(|at| near[at..].contains("领导小组") || near[at..].contains("领导机构"))
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
            // A whole heading may be none of the parts (活动主题).
            let part = Component::parse(value);
            assert!(part.is_some() || value.is_empty(), "row {row}: {value} is no component");
            assert_eq!(lexicon.compiled().component.of(key), part, "{key}");
        }
    }
}
