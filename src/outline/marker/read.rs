//! Reading one marker by its form: how long it is, its family, its number.

use super::{Family, Place, is_blank, is_han};
use crate::numeral;

/// Length in bytes, family and number of the marker at the beginning of `rest`.
pub(super) fn read(rest: &str, place: Place) -> Option<(usize, Family, u64)> {
    let first = rest.chars().next()?;
    match first {
        '第' => ordinal(rest),
        '阶' => stage_behind(rest),
        '(' | '（' | '〔' => bracketed(rest, place),
        _ if numeral::enclosed(first).is_some() => {
            let number = numeral::enclosed(first)?;
            let family = match first {
                '①'..='⑳' | '❶'..='❿' => Family::Circled,
                '㈠'..='㈩' | '㊀'..='㊉' => Family::HanBracket,
                '⑴'..='⒇' => Family::ArabicBracket,
                'Ⅰ'..='Ⅻ' => Family::Roman,
                _ => Family::Arabic,
            };
            let length = first.len_utf8();
            Some((length + separator(&rest[length..], &['、', '.', '．', ' ', '\u{3000}']), family, number))
        }
        'I' | 'V' | 'X' => roman(rest, place),
        _ if first.is_ascii_digit() || ('０'..='９').contains(&first) => arabic(rest, place),
        _ => han(rest, place),
    }
}

/// Bytes of the longest run of the given separators, at most three characters.
pub(super) fn separator(rest: &str, allowed: &[char]) -> usize {
    rest.chars().take(3).take_while(|c| allowed.contains(c)).map(char::len_utf8).sum()
}

pub(super) fn han_number(rest: &str) -> Option<(usize, u64)> {
    let length: usize = rest
        .chars()
        .take(4)
        .take_while(|&c| numeral::is_chinese(c) && !matches!(c, '千' | '万' | '亿' | '两' | '○'))
        .map(char::len_utf8)
        .sum();
    let number = numeral::value(rest.get(..length)?)?;
    (1..=199).contains(&number).then_some((length, number))
}

pub(super) fn arabic_number(rest: &str, most: usize) -> Option<(usize, u64)> {
    let digits: Vec<char> =
        rest.chars().take(most + 1).take_while(|c| numeral::digit(*c).is_some() && !c.is_alphabetic()).collect();
    if digits.is_empty() || digits.len() > most {
        return None;
    }
    let length = digits.iter().map(|c| c.len_utf8()).sum();
    Some((length, numeral::value(&rest[..length])?))
}

/// 第一章, 第一节, 第一条, 第一阶段, 第一步, 第一,
pub(super) fn ordinal(rest: &str) -> Option<(usize, Family, u64)> {
    let start = '第'.len_utf8();
    let inner = &rest[start..];
    let (length, number) = han_number(inner).or_else(|| arabic_number(inner, 3))?;
    let after = &inner[length..];
    let until = |word: &str| start + length + word.len();
    for (word, family) in [
        ("个问题", Family::Chapter),
        ("个方面", Family::Chapter),
        ("阶段", Family::Stage),
        ("步骤", Family::Stage),
        ("环节", Family::Stage),
        ("部分", Family::Chapter),
        ("章", Family::Chapter),
        ("编", Family::Chapter),
        ("节", Family::Part),
        ("条", Family::Article),
        ("步", Family::Stage),
    ] {
        if after.starts_with(word) {
            return Some((until(word), family, number));
        }
    }
    let comma = separator(after, &['，', ',', '、', '：', ':']);
    (comma > 0).then_some((start + length + comma, Family::Ordinal, number))
}

/// 阶段一:
pub(super) fn stage_behind(rest: &str) -> Option<(usize, Family, u64)> {
    let after = rest.strip_prefix("阶段")?;
    let (length, number) = han_number(after).or_else(|| arabic_number(after, 1))?;
    let next = after[length..].chars().next()?;
    (number <= 9 && matches!(next, ':' | '：' | '、' | '(' | '（' | ' ' | '\u{3000}' | '.')).then_some((
        "阶段".len() + length,
        Family::Stage,
        number,
    ))
}

/// (一) (1) () and the forms with a mark behind, (一)、
pub(super) fn bracketed(rest: &str, place: Place) -> Option<(usize, Family, u64)> {
    let open = rest.chars().next()?.len_utf8();
    let inner = &rest[open..];
    let pad: usize = inner.chars().take(2).take_while(|&c| is_blank(c)).map(char::len_utf8).sum();
    let inner_start = open + pad;
    let inner = &rest[inner_start..];
    let (length, family, number) = if let Some((length, number)) = han_number(inner) {
        (length, Family::HanBracket, number)
    } else if let Some((length, number)) = arabic_number(inner, 2) {
        (length, Family::ArabicBracket, number)
    } else if place != Place::Middle {
        (0, Family::Lost, 0)
    } else {
        return None;
    };
    let after = &inner[length..];
    let pad: usize = after.chars().take(2).take_while(|&c| is_blank(c)).map(char::len_utf8).sum();
    let close = after[pad..].chars().next().filter(|c| matches!(c, ')' | '）' | '〕'))?;
    let end = inner_start + length + pad + close.len_utf8();
    Some((end + separator(&rest[end..], &['、', '.', '．', ' ', '\u{3000}']), family, number))
}

/// I. II、 at the beginning of a line, written with Latin letters.
pub(super) fn roman(rest: &str, place: Place) -> Option<(usize, Family, u64)> {
    const NUMBERS: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
    let length = rest.bytes().take(5).take_while(|b| matches!(b, b'I' | b'V' | b'X')).count();
    let number = NUMBERS.iter().position(|number| *number == &rest[..length])? as u64 + 1;
    let gap = separator(&rest[length..], &['、', '.', '．', ' ', '\u{3000}']);
    let words = place == Place::LineStart && gap > 0 && rest[length + gap..].starts_with(is_han);
    words.then_some((length + gap, Family::Roman, number))
}

/// 1、 1. 1． 1) 1.1
pub(super) fn arabic(rest: &str, place: Place) -> Option<(usize, Family, u64)> {
    let (length, number) = arabic_number(rest, 2)?;
    let after = &rest[length..];
    let next = after.chars().next()?;
    let behind = after[next.len_utf8()..].chars().next();
    match next {
        '、' => Some((length + 3, Family::Arabic, number)),
        '.' | '．' if behind.is_some_and(|c| c.is_ascii_digit()) => decimal(rest, length + next.len_utf8(), place),
        '.' | '．' => {
            let end = length + next.len_utf8();
            Some((end + separator(&rest[end..], &['、', '.', '．', ' ', '\u{3000}']), Family::Arabic, number))
        }
        ')' | '）' if place != Place::Middle => Some((length + next.len_utf8(), Family::ArabicBracket, number)),
        ',' | '，' | '：' | ':' if place == Place::LineStart && behind.is_some_and(is_han) => {
            Some((length + next.len_utf8(), Family::Arabic, number))
        }
        ' ' | '\u{3000}' if place == Place::LineStart => {
            let end = length + separator(after, &[' ', '\u{3000}']);
            rest[end..].chars().next().is_some_and(is_han).then_some((end, Family::Arabic, number))
        }
        _ => None,
    }
}

/// 1.1 or 1.1.1 at the beginning of a line, with words behind.
pub(super) fn decimal(rest: &str, second: usize, place: Place) -> Option<(usize, Family, u64)> {
    if place != Place::LineStart {
        return None;
    }
    let (length, number) = arabic_number(&rest[second..], 2)?;
    let mut end = second + length;
    let (mut family, mut number) = (Family::Decimal2, number);
    if let Some(third) = rest[end..].strip_prefix(['.', '．'])
        && let Some((length, third_number)) = arabic_number(third, 2)
    {
        end = rest.len() - third.len() + length;
        (family, number) = (Family::Decimal3, third_number);
    }
    let gap = separator(&rest[end..], &[' ', '\u{3000}', '、', '.', '．']);
    let word = rest[end + gap..].chars().next()?;
    // 2.5万 and 10.1 as quantities stand without a gap before a unit.
    (is_han(word) && (gap > 0 || !is_unit(word))).then_some((end + gap, family, number))
}

pub(super) fn is_unit(c: char) -> bool {
    matches!(
        c,
        '万' | '亿'
            | '元'
            | '个'
            | '倍'
            | '米'
            | '公'
            | '平'
            | '吨'
            | '人'
            | '年'
            | '月'
            | '日'
            | '号'
            | '度'
            | '分'
            | '百'
            | '千'
            | '亩'
            | '小'
            | '次'
            | '时'
            | '折'
            | '级'
    )
}

/// 一、 一． 一是 一要 and 一 with its punctuation lost
pub(super) fn han(rest: &str, place: Place) -> Option<(usize, Family, u64)> {
    let (length, number) = han_number(rest)?;
    let after = &rest[length..];
    let next = after.chars().next()?;
    match next {
        '、' => Some((length + 3, Family::Han, number)),
        '.' | '．' | '，' | ',' | '：' | ':' | ' ' | '\u{3000}' if place == Place::LineStart && number <= 30 => {
            let end = length + separator(after, &['.', '．', '，', ',', '：', ':', ' ', '\u{3000}', '、']);
            rest[end..].chars().next().is_some_and(is_han).then_some((end, Family::Han, number))
        }
        ')' | '）' if place != Place::Middle => Some((length + next.len_utf8(), Family::HanBracket, number)),
        '是' | '要' | '查' if number <= 12 => Some((length + next.len_utf8(), Family::HanVerb, number)),
        _ if place != Place::Middle && number <= 12 && is_han(next) && !is_counted(next) => {
            Some((length, Family::HanBare, number))
        }
        _ => None,
    }
}

/// A character that makes the numeral before it a count or a word (一个, 二十, 三农, 四中全会), not a marker.
pub(super) fn is_counted(c: char) -> bool {
    numeral::is_chinese(c)
        || matches!(
            c,
            '个' | '年'
                | '月'
                | '日'
                | '次'
                | '名'
                | '项'
                | '届'
                | '级'
                | '类'
                | '种'
                | '家'
                | '批'
                | '位'
                | '天'
                | '条'
                | '是'
                | '要'
                | '查'
                | '方'
                | '切'
                | '些'
                | '般'
                | '直'
                | '定'
                | '步'
                | '旦'
                | '样'
                | '起'
                | '同'
                | '体'
                | '线'
                | '流'
                | '把'
                | '手'
                | '中'
                | '大'
                | '支'
                | '套'
                | '县'
                | '区'
                | '市'
                | '省'
                | '镇'
                | '乡'
                | '村'
                | '农'
                | '好'
                | '型'
                | '五'
                | '号'
                | '季'
                | '期'
                | '至'
                | '到'
                | '者'
                | '带'
                | '下'
                | '上'
                | '点'
                | '分'
                | '时'
                | '小'
                | '周'
                | '星'
                | '面'
                | '边'
                | '代'
                | '严'
                | '包'
                | '票'
                | '路'
                | '所'
                | '校'
                | '院'
                | '处'
                | '科'
                | '部'
                | '员'
                | '局'
                | '本'
                | '旬'
                | '份'
                | '人'
                | '户'
                | '亩'
                | '元'
                | '等'
        )
}
