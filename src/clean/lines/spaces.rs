//! Single spaces inside sentences, between Chinese characters.

use super::super::hanzi;
use super::Joint;

/// Spaces in a text from which on they are believed to be no one's intention.
pub(super) const ENOUGH: usize = 3;

/// Spaces that may go.
///
/// Evidence (with three or more of them in the text): the only space of its clause, with running text on both sides,
/// eight characters or more in all, and a pair of characters over it that the text has elsewhere. Counter-examples: `中共中央
/// 国务院`, `县长 张三丰`, `张三 李四`, `姓  名`, the halves of a slogan.
pub(super) fn find(text: &str) -> Vec<Joint> {
    let mut joints = Vec::new();
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b' ', bytes) {
        let (back, front) = (&text[..at], &text[at + 1..]);
        let (Some(before), Some(behind)) = (back.chars().next_back(), front.chars().next()) else { continue };
        if !hanzi::is_hanzi(before) || !hanzi::is_hanzi(behind) || ENDS_OF_NAMES.contains(before) {
            continue;
        }
        let run = |characters: &mut dyn Iterator<Item = char>| {
            characters.take(24).take_while(|c| hanzi::is_hanzi(*c)).count()
        };
        let left = run(&mut back.chars().rev());
        let right = run(&mut front.chars());
        let stops = |text: &mut dyn Iterator<Item = char>| text.take(24).find(|c| !hanzi::is_hanzi(*c)) == Some(' ');
        let alone = !stops(&mut back.chars().rev()) && !stops(&mut front.chars());
        // Two halves of a slogan are of one length.
        let is_slogan = left == right && is_edge(back.chars().nth_back(left)) && is_edge(front.chars().nth(right));
        if alone && left + right >= 8 && !is_slogan {
            joints.push(Joint { start: at, end: at + 1, pair: (before, behind), certain: false });
        }
    }
    joints
}

/// Whether a quotation or a line begins or ends here.
fn is_edge(c: Option<char>) -> bool {
    c.is_none_or(|c| matches!(c, '\n' | '“' | '”' | '"' | '：' | '　'))
}

/// What names of bodies and posts end with, behind which a space parts them from another name.
const ENDS_OF_NAMES: &str = "央院厅部局委会府室司处科办中长记任员席理授";
