//! Chinese and Arabic numerals as they are written in documents: 十二, 廿三, 二〇一〇, 二OO九, １２, ⑫, 两.

use crate::charset::CharSet;

/// The value of one digit character, Chinese (〇 to 九, 两, the many ways to write zero), ASCII or full-width.
pub fn digit(c: char) -> Option<u64> {
    Some(match c {
        '0'..='9' => u64::from(c as u32 - '0' as u32),
        '０'..='９' => u64::from(c as u32 - '０' as u32),
        '〇' | '○' | '零' | 'O' | 'o' | 'Ｏ' | 'ｏ' | '◯' | 'О' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn unit(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// Whether a character can stand in a Chinese numeral (without letters for zero).
pub fn is_chinese(c: char) -> bool {
    static CHINESE: CharSet =
        CharSet::of(&['〇', '○', '零', '◯', '一', '壹', '二', '两', '贰', '三', '叁', '四', '肆']).with(&[
            '五', '伍', '六', '陆', '七', '柒', '八', '捌', '九', '玖', '十', '拾', '百', '佰', '千', '仟', '万', '亿',
        ]);
    CHINESE.has(c)
}

/// The value of a whole numeral: Chinese with units (一百二十三, 十二, 廿三), Chinese digits one by one (二〇一〇),
/// Arabic digits, or a mix with a unit at the end (3万). `None` for anything else, and for what does not fit a `u64`.
///
/// ```
/// use fangan::numeral::value;
/// assert_eq!(value("十二"), Some(12));
/// assert_eq!(value("二○○九"), Some(2009));
/// assert_eq!(value("一百零五"), Some(105));
/// assert_eq!(value("廿三"), Some(23));
/// assert_eq!(value("第三"), None);
/// ```
pub fn value(text: &str) -> Option<u64> {
    if text.is_empty() || text.chars().count() > 24 {
        return None;
    }
    if text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0u64, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?));
    }
    // `whole` is what 亿 and 万 have closed, `section` the part below 万, `number` the digits that wait for their unit.
    let (mut whole, mut section) = (0u64, 0u64);
    let mut number: Option<u64> = None;
    for c in text.chars() {
        if let Some(d) = digit(c) {
            number = Some(match number {
                Some(before) if before != 0 => before.checked_mul(10)?.checked_add(d)?,
                _ => d,
            });
        } else if c == '廿' || c == '卅' {
            section = section.checked_add(if c == '廿' { 20 } else { 30 })?;
        } else {
            match unit(c)? {
                big @ (10_000 | 100_000_000) => {
                    let below = section.checked_add(number.take().unwrap_or(0))?;
                    whole = whole.checked_add(below.max(u64::from(whole == 0)))?.checked_mul(big)?;
                    section = 0;
                }
                small => section = section.checked_add(number.take().unwrap_or(1).checked_mul(small)?)?,
            }
        }
    }
    whole.checked_add(section)?.checked_add(number.unwrap_or(0))
}

/// The value of a circled or bracketed one-character numeral: ① → 1, ⑴ → 1, ㈠ → 1, ⒈ → 1, Ⅳ → 4.
pub fn enclosed(c: char) -> Option<u64> {
    let from = |first: char, value: u64| u64::from(c as u32 - first as u32) + value;
    Some(match c {
        '①'..='⑳' => from('①', 1),
        '⑴'..='⒇' => from('⑴', 1),
        '⒈'..='⒛' => from('⒈', 1),
        '㈠'..='㈩' => from('㈠', 1),
        '㊀'..='㊉' => from('㊀', 1),
        'Ⅰ'..='Ⅻ' => from('Ⅰ', 1),
        '❶'..='❿' => from('❶', 1),
        _ => return None,
    })
}

/// A small number in Chinese: 12 → 十二. For messages and tests; up to 99.
pub fn to_chinese(number: u64) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let tens = (number / 10) as usize;
    let ones = (number % 10) as usize;
    match (tens, ones) {
        (0, _) => DIGITS[ones].into(),
        (1, 0) => "十".into(),
        (1, _) => format!("十{}", DIGITS[ones]),
        (2..=9, 0) => format!("{}十", DIGITS[tens]),
        (2..=9, _) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_forms_of_documents() {
        for (text, expected) in [
            ("一", 1),
            ("十", 10),
            ("二十", 20),
            ("九十九", 99),
            ("一百", 100),
            ("一百一十", 110),
            ("两千", 2000),
            ("三万五千", 35_000),
            ("一万零三", 10_003),
            ("1亿", 100_000_000),
            ("3万", 30_000),
            ("二〇一〇", 2010),
            ("二OO九", 2009),
            ("２００９", 2009),
        ] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
        for text in ["", "个", "一个", "第一", "三、"] {
            assert_eq!(value(text), None, "{text}");
        }
        assert_eq!(enclosed('⑫'), Some(12));
        assert_eq!(enclosed('㈢'), Some(3));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(number in 0u64..100) {
            prop_assert_eq!(value(&to_chinese(number)), Some(number));
        }

        #[test]
        fn never_panics(text in "[一二三十百千万亿零〇0-9两廿a个]{0,30}") {
            let _ = value(&text);
        }
    }
}
