//! Fields: their results are read, their instructions are not.

/// How far a field was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Between `begin` and `separate`: what Word is to compute.
    Instruction,
    /// Between `separate` and `end`: what it computed.
    Result,
}

#[derive(Debug)]
struct Field {
    state: State,
    instruction: String,
}

/// The fields that are open in a story, innermost last.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// The outermost field that is still at its instruction: within it nothing is shown.
    instructing: Option<usize>,
    /// Text inside that field, in case that it turns out to have no end.
    withheld: String,
}

/// Instructions are read as far as [`shown_by`] needs.
const LONGEST_INSTRUCTION: usize = 500;

impl Fields {
    /// A field begins.
    pub(super) fn begin(&mut self) {
        self.open.push(Field { state: State::Instruction, instruction: String::new() });
        self.instructing.get_or_insert(self.open.len() - 1);
    }

    /// The result of the innermost field begins.
    pub(super) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut() {
            field.state = State::Result;
            if self.instructing == Some(self.open.len() - 1) {
                self.instructing = None;
                self.withheld.clear();
            }
        }
    }

    /// The innermost field ends: what it shows in place of a result.
    pub(super) fn end(&mut self) -> Option<String> {
        let field = self.open.pop()?;
        if self.instructing == Some(self.open.len()) {
            self.instructing = None;
            self.withheld.clear();
        }
        (field.state == State::Instruction && self.instructing.is_none())
            .then(|| shown_by(&field.instruction))
            .flatten()
    }

    /// A piece of the innermost field's instruction.
    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut()
            && field.instruction.len() < LONGEST_INSTRUCTION
        {
            field.instruction.push_str(text);
        }
    }

    /// Whether text is shown here. If not it is kept back.
    pub(super) fn shows(&mut self, text: &str) -> bool {
        if self.instructing.is_some() {
            self.withheld.push_str(text);
        }
        self.instructing.is_none()
    }

    /// A paragraph ends. An instruction ends with it at the latest: a file that lacks the end of a field must not lose all
    /// that follows. Returns the text that was kept back.
    ///
    /// It misses instructions that go over several paragraphs, which Word hardly writes.
    pub(super) fn paragraph_ends(&mut self) -> Option<String> {
        let first = self.instructing.take()?;
        self.open.truncate(first);
        Some(std::mem::take(&mut self.withheld))
    }
}

/// What a field without a result shows: Word draws `EQ` fields itself.
///
/// Evidence: `EQ \o` sets signs over each other. Examples: `EQ \o\ac(○,2)`, Word's enclosed characters, is ②;
/// `EQ \* jc0 \* hps10 \o\ad(\s\up 9(jié),节)`, its older phonetic guide, is 节. Counter-example: `EQ \f(1,2)`, a
/// fraction, which is drawn in two lines and comes out as nothing.
fn shown_by(instruction: &str) -> Option<String> {
    let rest = instruction.trim_start();
    let rest = rest.get(..2).filter(|name| name.eq_ignore_ascii_case("eq")).and_then(|_| rest.get(2..))?;
    let (_, rest) = rest.split_once("\\o")?;
    let inner = rest.get(rest.find('(')? + 1..)?;
    let mut depth = 0usize;
    let mut parts = vec![String::new()];
    for character in inner.chars() {
        match character {
            ')' if depth == 0 => break,
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' | ';' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut()?.push(character);
    }
    let [first, last] = parts.as_slice() else { return None };
    let (first, last) = (first.trim(), last.trim());
    if first.starts_with("\\s") {
        return Some(last.to_owned());
    }
    if !matches!(first, "○" | "〇" | "◯" | "□" | "△" | "◇") {
        return None;
    }
    let number: Option<u32> = last.parse().ok().filter(|number| (1..=20).contains(number));
    let circled =
        number.filter(|_| !matches!(first, "□" | "△" | "◇")).and_then(|number| char::from_u32(0x245F + number));
    Some(circled.map_or_else(|| last.to_owned(), String::from))
}

#[cfg(test)]
mod tests {
    use super::shown_by;

    #[test]
    fn enclosed_characters_and_phonetic_guides_are_read() {
        let cases = [
            (" eq \\o\\ac(○,2)", Some("②")),
            ("EQ \\o\\ac(○,20) ", Some("⑳")),
            ("eq \\o\\ac(□,三)", Some("三")),
            ("EQ \\* jc0 \\* \"Font:宋体\" \\* hps10 \\o\\ad(\\s\\up 9(jié),节)", Some("节")),
            ("EQ \\f(1,2)", None),
            ("PAGE", None),
            ("", None),
            ("eq \\o", None),
            ("方案", None),
        ];
        for (instruction, expected) in cases {
            assert_eq!(shown_by(instruction).as_deref(), expected, "{instruction}");
        }
    }
}
