//! Spaces in numbers and dates: `2010 年 6 月`, `4 0%`, `90 周年`.

use super::super::fix::Fix;
use super::super::hanzi;

/// Words that a number belongs to as its name, so that what follows it is another word: `专栏1 个人信息`.
const NAMED: &[&str] = &[
    "专栏", "表", "图", "附件", "附录", "案例", "任务", "步骤", "项目", "章", "节", "行动", "工程", "档次", "等级",
    "方案", "指标", "问题", "类别", "条件",
];

/// Spaces in numbers and dates: `2010 年 6 月`, `4 0%`, `90 周年`.
///
/// Evidence: one space between a digit and a unit that counts it, or between a digit and the last digit of a percentage;
/// the space before the number goes with the one behind it. Counter-examples: `1 总则`, `专栏1 个人信息`, `办公室 2010年6月`, a
/// table's `12 15`, `8:30 家访`, `工程5 亩均效益`, `学制3年 9月入学`. It misses units that are words of their own (`3 个人`).
pub(super) fn find(text: &str, fixes: &mut Vec<Fix>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    for at in memchr::memchr_iter(b' ', bytes) {
        let is_digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
        if at < from || at == 0 || !is_digit(at - 1) {
            continue;
        }
        let behind = &text[at + 1..];
        let mut start = at;
        while start > 0 && (is_digit(start - 1) || bytes[start - 1] == b'.') && at - start < 12 {
            start -= 1;
        }
        let before = &text[..start];
        let counts = if let Some(unit) = unit(behind) {
            is_number_place(before, &text[start..at], unit)
        } else {
            // `4 0%`: one digit on either side.
            start + 1 == at
                && is_digit(at + 1)
                && behind[1..].starts_with(['%', '％'])
                && !NAMED.iter().any(|name| before.ends_with(name))
                // `3月2 5日`: the two digits of a day.
                || start + 1 == at && is_digit(at + 1) && before.ends_with('月') && behind[1..].starts_with('日')
        };
        if !counts {
            continue;
        }
        // `直属单位 40%`, `的 6 月`: the space before the number, if a Chinese character is before it.
        if let Some(word) = before.strip_suffix(' ')
            && word.chars().next_back().is_some_and(hanzi::is_hanzi)
            && from < start
        {
            fixes.push(Fix::delete(start - 1..start));
        }
        fixes.push(Fix::delete(at..at + 1));
        from = at + 1;
    }
    // `年 6月`, `第 3批`: only the space before.
    for word in ["年 ", "月 ", "第 "] {
        for at in memchr::memmem::find_iter(bytes, word.as_bytes()) {
            let space = at + word.len() - 1;
            let digits = text[space + 1..].bytes().take(3).take_while(u8::is_ascii_digit).count();
            let unit = text[space + 1 + digits..].trim_start_matches(' ').chars().next();
            let fits = match word {
                "年 " => unit == Some('月') && ends_year(&text[..at]),
                "月 " => unit == Some('日'),
                _ => unit.is_some_and(|c| "条章批期次届个名项".contains(c)),
            };
            if (1..=2).contains(&digits) && fits {
                fixes.push(Fix::delete(space..space + 1));
            }
        }
    }
    years(text, fixes);
    fixes.sort_by_key(|fix| (fix.range.start, fix.range.end));
    fixes.dedup();
}

/// `2 0 1 0年`: a year whose digits stand apart, one space between any two of them.
fn years(text: &str, fixes: &mut Vec<Fix>) {
    let bytes = text.as_bytes();
    for year in memchr::memmem::find_iter(bytes, "年".as_bytes()) {
        let end = year - usize::from(text[..year].ends_with(' '));
        let Some(start) = end.checked_sub(7) else { continue };
        let digits: Vec<u8> = bytes[start..end].iter().step_by(2).copied().collect();
        let apart = bytes[start..end].iter().skip(1).step_by(2).all(|byte| *byte == b' ');
        let alone = start == 0 || !matches!(bytes[start - 1], b'0'..=b'9' | b' ' | b'.');
        let century = matches!(digits.first_chunk(), Some(b"19" | b"20")) && digits.iter().all(u8::is_ascii_digit);
        if apart && alone && century && !text[year..].starts_with("年级") {
            fixes.extend([1, 3, 5].map(|at| Fix::delete(start + at..start + at + 1)));
            if end < year {
                fixes.push(Fix::delete(end..year));
            }
        }
    }
}

/// Whether a text ends in what 年 makes a date of, and not a length of time: four digits, Chinese numerals, 今.
fn ends_year(text: &str) -> bool {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    digits == 4 || digits == 0 && text.ends_with(|c: char| "〇○零一二三四五六七八九今明去当同本次每".contains(c))
}

/// The unit that a text begins with, unless it begins a word of its own.
fn unit(text: &str) -> Option<char> {
    let mut characters = text.chars();
    let unit = characters.next()?;
    let next = characters.next().unwrap_or('\n');
    let other = match unit {
        '年' | '月' | '号' | '號' | '届' | '亿' | '％' | '%' | '‰' | '℃' => "召轻",
        '日' => "常照报",
        '周' => "边密到全",
        '个' => "人体性别",
        '项' => "目",
        '名' => "称单义",
        '条' => "件例款",
        '家' => "庭长属园",
        '次' => "要序",
        '万' => "一",
        '元' => "素旦",
        '人' => "才员民大力事口均社",
        '户' => "籍外主口",
        '所' => "有在属需谓",
        '米' | '吨' | '亩' | '岁' | '篇' | '件' | '台' | '辆' => "",
        '千' if matches!(next, '米' | '克' | '瓦' | '元' | '伏') => "",
        '公' if matches!(next, '里' | '斤' | '顷' | '吨') => "",
        '平' | '立' if next == '方' => "",
        _ => return None,
    };
    (!other.contains(next)).then_some(unit)
}

/// Whether a number may stand here that the unit counts: not at the start of a line or of a table's cell, where it counts
/// items, unless the unit is one of dates; not behind a word or letter whose number it is; not as the minutes of a time;
/// and none of five digits (a postal code) before what may begin a name.
fn is_number_place(before: &str, number: &str, unit: char) -> bool {
    let word = before.trim_end_matches(' ');
    if word.is_empty() || word.ends_with(['\n', '\u{3000}', '|', '\t']) {
        return matches!(unit, '年' | '月' | '日' | '％' | '%');
    }
    let names_place = matches!(unit, '台' | '万' | '周' | '家' | '平' | '公' | '米' | '名');
    let is_name = NAMED.iter().any(|name| word.ends_with(name))
        || word.ends_with([':', '：'])
        || before.ends_with(|c: char| c.is_ascii_alphabetic() || c == '-')
        || number.len() >= 5 && names_place;
    !is_name
}
