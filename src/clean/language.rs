//! How likely a text is as Chinese: a model of pairs of characters, to tell a reading from damage.
//!
//! A character costs what its frequency says, less what its neighbour before it makes likelier. Frequencies and pairs are
//! those of the words in jieba's dictionary (see `tools/build_script_tables.py`), so it knows words and not sentences:
//! enough to say that 基层组织 is Chinese and 鶎狱h is not, and to choose between the few readings that bytes allow. A
//! bigram model that falls back on single characters (Katz 1987), with the pair's weight in three steps and not normalised:
//! costs compare readings of one stretch, and mean nothing by themselves. Traditional characters count as their Simplified
//! ones. It misses which words go together, and names.

use std::sync::LazyLock;

use super::hanzi;

/// A character, and behind tabs those that follow it in words: by up to 5, up to 8 and more bits likelier than by chance.
static PAIRS: &str = include_str!("../lexicon/data/hanzi_pairs.txt");

/// What a pair of each of the three groups takes off the cost of its second character, in bits.
const TAKEN_OFF: [f32; 3] = [3.5, 6.5, 9.5];

/// What a pair that stands elsewhere in the same text takes off at least.
pub(super) const SEEN: f32 = 6.0;

/// The cost in bits of the character at these places of the order of frequency, from the counts of the dictionary.
const STEPS: [(u16, f32); 9] =
    [(1, 6.3), (10, 7.1), (30, 8.2), (100, 9.0), (300, 10.2), (1000, 12.5), (2000, 14.5), (3500, 16.9), (4500, 18.2)];

/// The cost of a character that ordinary text does not have: one of the thousands that share a ten-thousandth of it.
const ODD: f32 = 25.0;

/// First and second character of each pair with its group, sorted.
static TABLE: LazyLock<Vec<(u32, u8)>> = LazyLock::new(|| {
    let mut table = Vec::new();
    for line in PAIRS.lines() {
        let mut cells = line.split('\t');
        let Some(first) = cells.next().and_then(|cell| cell.chars().next()) else { continue };
        for (group, seconds) in cells.enumerate() {
            table.extend(seconds.chars().map(|second| (key(first, second), group as u8)));
        }
    }
    table.sort_unstable();
    table
});

fn key(first: char, second: char) -> u32 {
    (first as u32) << 16 | (second as u32 & 0xffff)
}

/// The Simplified form of a character.
pub(super) fn simple(c: char) -> char {
    hanzi::simplified(c).and_then(|to| to.chars().next()).unwrap_or(c)
}

/// What is taken off the cost of `second` behind `first`, in bits.
fn taken_off(first: char, second: char) -> f32 {
    let key = key(simple(first), simple(second));
    TABLE.binary_search_by_key(&key, |row| row.0).map_or(0.0, |at| TAKEN_OFF[usize::from(TABLE[at].1)])
}

/// Whether two characters are neighbours in words.
pub(super) fn is_pair(first: char, second: char) -> bool {
    taken_off(first, second) > 0.0
}

/// The cost of one character by itself, in bits.
fn alone(c: char) -> f32 {
    match c {
        '，' | '、' => 5.0,
        '。' | '\n' => 5.5,
        '0'..='9' | ' ' => 7.0,
        '；' | '：' | '（' | '）' | '“' | '”' | '《' | '》' | '\u{3000}' => 7.5,
        '.' | ',' | '(' | ')' | ':' | ';' | '-' | '%' => 8.5,
        '！' | '？' | '—' | '…' | '·' | '〔' | '〕' | '【' | '】' | '〈' | '〉' | '‘' | '’' => 10.0,
        '?' | 'A'..='Z' => 12.0,
        'a'..='z' => 16.0,
        _ => {
            let Some(rank) = hanzi::rank(simple(c)) else { return ODD };
            let above = STEPS.partition_point(|step| step.0 <= rank).min(STEPS.len() - 1);
            let ((low, from), (high, to)) = (STEPS[above - 1], STEPS[above]);
            from + (to - from) * f32::from(rank - low) / f32::from(high - low)
        }
    }
}

/// The cost of a text in bits: −log₂ of its weight. `before` is the character before it; `seen` says whether a pair
/// stands elsewhere in the text that is read.
pub(super) fn bits(before: Option<char>, text: impl Iterator<Item = char>, seen: impl Fn(char, char) -> bool) -> f32 {
    let mut last = before;
    text.map(|c| {
        let off = last.map_or(0.0, |last| {
            let known = taken_off(last, c);
            if known < SEEN && hanzi::is_hanzi(last) && seen(last, c) { SEEN } else { known }
        });
        last = Some(c);
        alone(c) - off
    })
    .sum()
}

/// The probability of the best of several readings, whose costs are given in bits.
pub(super) fn share_of_best(costs: &[f32]) -> f32 {
    let best = costs.iter().copied().fold(f32::INFINITY, f32::min);
    1.0 / costs.iter().map(|cost| (best - cost).exp2()).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(text: &str) -> f32 {
        bits(None, text.chars(), |_, _| false) / text.chars().count() as f32
    }

    #[test]
    fn chinese_is_cheaper_than_damage() {
        for (chinese, damage) in
            [("基层党组织和党员", "鶎狱h组织和党员"), ("關於加強衛生工作", "鍏充簬鍔犲己鍗敓"), ("关于", "¹ØÓÚ")]
        {
            assert!(cost(chinese) + 2.0 < cost(damage), "{chinese} {} {damage} {}", cost(chinese), cost(damage));
        }
        assert!((cost("关于加强") - cost("關於加強")).abs() < 0.01, "either script");
    }

    #[test]
    fn a_pair_of_the_text_counts_as_known() {
        let (alone, seen) =
            (bits(None, "埇头".chars(), |_, _| false), bits(None, "埇头".chars(), |a, b| (a, b) == ('埇', '头')));
        assert!(seen + SEEN - 0.01 < alone);
    }

    #[test]
    fn shares_are_probabilities() {
        assert!((share_of_best(&[10.0]) - 1.0).abs() < 1e-6);
        assert!((share_of_best(&[10.0, 10.0]) - 0.5).abs() < 1e-6);
        assert!(share_of_best(&[10.0, 20.0]) > 0.99);
    }
}
