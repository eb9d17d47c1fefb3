//! How common a Chinese character is, and which script it belongs to: the ground for telling text from damage.

use std::sync::LazyLock;

/// Three lines: pairs of Traditional and Simplified characters, the same for characters that Simplified text has as
/// well, characters that only Simplified text has.
static SCRIPT: &str = include_str!("../lexicon/data/script_chars.txt");
/// Simplified characters, the most frequent first.
static FREQUENCY: &str = include_str!("../lexicon/data/hanzi_frequency.txt");

/// A Traditional character that Simplified text does not have.
pub(crate) const TRADITIONAL: u8 = 1;
/// A character that is Traditional in a Traditional text and ordinary in a Simplified one (著, 乾, 於).
pub(crate) const AMBIGUOUS: u8 = 2;
/// A character that only Simplified text has.
pub(crate) const SIMPLIFIED: u8 = 4;

/// Characters that Simplified text keeps in names: those that the table of standard characters (通用规范汉字表, 2013) took
/// back into use, and some that places and persons bear. They are [`AMBIGUOUS`] although GB 2312 lacks most.
const OF_NAMES: &str = "喆堃淼犇昇陞甯甦邨氾龢迺鉅鑪祕頫勣菉蒐絜扞脩釐谿筦澂劄吒椏濛祐鍾崑崙薑颺瀋淩";

/// What is known of each character of the basic plane.
struct Table {
    /// Where in [`SCRIPT`] the Simplified character stands; 0 for none.
    simplified: Box<[u32]>,
    /// 1 for the most frequent character; 0 for a rare one. A Traditional character has the rank of its Simplified one if
    /// that is higher.
    rank: Box<[u16]>,
    /// Script, by the constants above.
    script: Box<[u8]>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        simplified: vec![0; 0x1_0000].into_boxed_slice(),
        rank: vec![0; 0x1_0000].into_boxed_slice(),
        script: vec![0; 0x1_0000].into_boxed_slice(),
    };
    for (rank, c) in FREQUENCY.trim_end().chars().enumerate() {
        if let Some(slot) = table.rank.get_mut(c as usize) {
            *slot = rank as u16 + 1;
        }
    }
    let mut start = 0;
    for (line, script) in SCRIPT.lines().zip([TRADITIONAL, AMBIGUOUS, SIMPLIFIED]) {
        let mut characters = line.char_indices();
        while let Some((_, c)) = characters.next() {
            let at = c as usize;
            table.script[at] = script;
            if script == SIMPLIFIED {
                continue;
            }
            if let Some((offset, to)) = characters.next() {
                table.simplified[at] = (start + offset) as u32;
                let own = table.rank[at];
                let other = table.rank[to as usize];
                // 於 is rare in Simplified text, and as common as 于 in Traditional text.
                table.rank[at] = if own == 0 || other != 0 && other < own { other } else { own };
            }
        }
        start += line.len() + 1;
    }
    for c in OF_NAMES.chars().filter(|c| table.script[*c as usize] == TRADITIONAL).collect::<Vec<_>>() {
        table.script[c as usize] = AMBIGUOUS;
    }
    table
});

/// The Simplified character of a Traditional one.
pub(crate) fn simplified(c: char) -> Option<&'static str> {
    let at = *TABLE.simplified.get(c as usize)? as usize;
    if at == 0 { None } else { SCRIPT.get(at..at + 3) }
}

/// Which script a character tells of: [`TRADITIONAL`], [`AMBIGUOUS`], [`SIMPLIFIED`] or 0.
pub(crate) fn script(c: char) -> u8 {
    TABLE.script.get(c as usize).copied().unwrap_or(0)
}

/// Place in the order of frequency, 1 for the most frequent character; `None` beyond the first 4,500.
pub(crate) fn rank(c: char) -> Option<u16> {
    TABLE.rank.get(c as usize).copied().filter(|rank| *rank != 0)
}

/// Whether a character is among the 3,500 that ordinary text is written with, in either script.
pub(crate) fn is_common(c: char) -> bool {
    rank(c).is_some_and(|rank| rank <= 3500)
}

/// Whether a character is Chinese: the unified ideographs of the basic plane and 〇.
pub(crate) fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇')
}

/// Whether a character is of private use: a font's own, or a pair of bytes that GBK leaves open.
pub(crate) fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_known_by_script_and_frequency() {
        for (c, to, of) in [
            ('衛', Some("卫"), TRADITIONAL),
            ('標', Some("标"), TRADITIONAL),
            ('裡', Some("里"), TRADITIONAL),
            ('著', Some("着"), AMBIGUOUS),
            ('於', Some("于"), AMBIGUOUS),
            ('乾', Some("干"), AMBIGUOUS),
            ('国', None, SIMPLIFIED),
            ('后', None, 0),
            ('云', None, 0),
            ('山', None, 0),
        ] {
            assert_eq!((simplified(c), script(c)), (to, of), "{c}");
        }
        assert!(is_common('的') && is_common('衛') && is_common('镇') && !is_common('鶎') && !is_common('a'));
    }
}
