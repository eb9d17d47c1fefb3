//! Names of places that arise across words: 隆|重庆|祝, 提|高安|全, 建|成都市|圈.

use std::sync::LazyLock;

/// Frequent words of two characters that are no names of places, by their first character.
const WORDS: &str = include_str!("../data/frequent_words.txt");

/// First and second character of each word, sorted.
static TABLE: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut table: Vec<u32> = WORDS
        .lines()
        .filter_map(|line| {
            let mut chars = line.chars();
            let first = chars.next()?;
            Some(chars.map(move |second| key(first, second)))
        })
        .flatten()
        .collect();
    table.sort_unstable();
    table
});

fn key(first: char, second: char) -> u32 {
    (first as u32) << 16 | (second as u32 & 0xffff)
}

fn is_word(first: char, second: char) -> bool {
    TABLE.binary_search(&key(first, second)).is_ok()
}

/// What stands before a place as a word of its own, so that nothing goes on into the name.
const INTRODUCES: &[char] = &[
    '在', '到', '赴', '向', '对', '由', '从', '及', '和', '与', '往', '驻', '自', '给', '的', '以', '比', '省', '市',
    '县', '区',
];

/// Whether a name rather arises across words.
///
/// Evidence, from the frequent words of jieba's dictionary: for a short name of two characters, the one before it makes a word with its
/// first character, or the one behind it with its second (隆重, 庆祝; 约四|平方); for that of a province, both. For a full name of three characters, its first
/// ends a word and the other two are one (建成, 都市). Counter-example: 在日照召开, 到大理论坛: a preposition sets the name apart. It takes for words some
/// short names between such neighbours, which is not worth a wrong place; misses words that are not frequent.
pub(super) fn is_across_words(before: &str, name: &str, behind: &str, full: bool, province: bool) -> bool {
    let name: Vec<char> = name.chars().take(4).collect();
    let last = before.chars().next_back();
    let next = behind.chars().next();
    match (full, &name[..]) {
        (true, &[first, second, third]) => last.is_some_and(|last| is_word(last, first)) && is_word(second, third),
        (false, &[first, second]) => {
            let begins = last.is_some_and(|last| is_word(last, first));
            let ends = next.is_some_and(|next| is_word(second, next));
            let goes_on = last.is_some_and(|last| crate::outline::marker::is_han(last) && !INTRODUCES.contains(&last));
            begins && ends || !province && (begins || ends && goes_on)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_places() {
        // Before, name, behind, full, province.
        let cases: &[(&str, &str, &str, bool, bool, bool)] = &[
            ("隆", "重庆", "祝", false, true, true),
            ("提", "高安", "全", false, false, true),
            ("约四", "平方", "公里", false, false, false),
            ("约", "四平", "方公里", false, false, true),
            ("建", "成都市", "圈", true, false, true),
            ("在", "日照", "召开", false, false, false),
            ("到", "大理", "论坛", false, false, false),
            ("", "常州", "卫生局", false, false, false),
            ("四川省", "成都市", "教育局", true, false, false),
            ("佩戴", "保安", "", false, false, false),
            ("以", "上海", "为中心", false, true, false),
        ];
        for &(before, name, behind, full, province, across) in cases {
            assert_eq!(is_across_words(before, name, behind, full, province), across, "{before}|{name}|{behind}");
        }
    }
}
