//! Chinese numerals, the ten stems and the twelve branches.

/// The ten heavenly stems.
pub(super) const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
/// The twelve earthly branches.
pub(super) const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

const PLAIN: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Numerals with words for ten, hundred, thousand and ten thousand.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::formats::docx) struct Numerals {
    digits: [char; 10],
    ten: char,
    hundred: char,
    thousand: char,
    ten_thousand: char,
    /// Whether noughts between digits are said: 一百零一.
    zeros: bool,
    /// Which ones before a unit are not said.
    bare: Bare,
}

/// Units that stand for one of themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bare {
    /// None: 壹拾.
    Never,
    /// Ten to nineteen: 十一, but 一百一十一.
    LeadingTen,
    /// All: 百十一.
    Always,
}

/// 十, 十一, 一百零一.
pub(super) static COUNTING: Numerals = Numerals {
    digits: PLAIN,
    ten: '十',
    hundred: '百',
    thousand: '千',
    ten_thousand: '万',
    zeros: true,
    bare: Bare::LeadingTen,
};

/// 壹拾, 壹拾壹, 壹佰零壹.
pub(super) static LEGAL_SIMPLIFIED: Numerals = Numerals {
    digits: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    ten: '拾',
    hundred: '佰',
    thousand: '仟',
    ten_thousand: '万',
    zeros: true,
    bare: Bare::Never,
};

/// The same in traditional characters.
pub(super) static LEGAL_TRADITIONAL: Numerals = Numerals {
    digits: ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'],
    ten: '拾',
    hundred: '佰',
    thousand: '仟',
    ten_thousand: '萬',
    zeros: true,
    bare: Bare::Never,
};

/// 十, 百, 百一.
pub(super) static JAPANESE: Numerals = Numerals {
    digits: PLAIN,
    ten: '十',
    hundred: '百',
    thousand: '千',
    ten_thousand: '万',
    zeros: false,
    bare: Bare::Always,
};

/// 壱拾, 壱百壱.
pub(super) static JAPANESE_LEGAL: Numerals = Numerals {
    digits: ['零', '壱', '弐', '参', '四', '伍', '六', '七', '八', '九'],
    ten: '拾',
    hundred: '百',
    thousand: '阡',
    ten_thousand: '萬',
    zeros: false,
    bare: Bare::Never,
};

impl Numerals {
    /// A number from 1; in decimal digits from a hundred million on, which no list reaches.
    pub(super) fn write(&self, number: u32) -> String {
        if number >= 100_000_000 {
            return number.to_string();
        }
        let mut text = String::new();
        let (upper, lower) = (number / 10_000, number % 10_000);
        if upper > 0 {
            self.group(upper, &mut text);
            text.push(self.ten_thousand);
            if self.zeros && lower > 0 && lower < 1000 {
                text.push(self.digits[0]);
            }
        }
        self.group(lower, &mut text);
        text
    }

    /// A number below ten thousand; nothing for nought.
    fn group(&self, number: u32, text: &mut String) {
        let units = [(1000, Some(self.thousand)), (100, Some(self.hundred)), (10, Some(self.ten)), (1, None)];
        let (mut begun, mut skipped) = (false, false);
        for (size, unit) in units {
            let digit = number / size % 10;
            if digit == 0 {
                skipped = begun;
                continue;
            }
            if std::mem::take(&mut skipped) && self.zeros {
                text.push(self.digits[0]);
            }
            let is_bare = digit == 1
                && match self.bare {
                    Bare::Never => false,
                    Bare::LeadingTen => size == 10 && text.is_empty(),
                    Bare::Always => unit.is_some(),
                };
            if !is_bare {
                text.push(self.digits[digit as usize]);
            }
            text.extend(unit);
            begun = true;
        }
    }
}

/// Digits side by side: 二一.
pub(super) fn digits(number: u32, zero: char) -> String {
    let sign = |digit: char| match digit.to_digit(10) {
        Some(digit) if digit > 0 => PLAIN[digit as usize],
        _ => zero,
    };
    number.to_string().chars().map(sign).collect()
}

/// 十 up to 99, digits side by side from 100 on: 二十一, 一○○.
pub(super) fn counting(number: u32, zero: char) -> String {
    if number < 100 { COUNTING.write(number) } else { digits(number, zero) }
}

/// 甲子 to 癸亥; then decimal digits.
pub(super) fn sexagenary(number: u32) -> String {
    let pair = number.checked_sub(1).filter(|at| *at < 60).and_then(|at| {
        let stem = STEMS.chars().nth(at as usize % 10)?;
        let branch = BRANCHES.chars().nth(at as usize % 12)?;
        Some(String::from_iter([stem, branch]))
    });
    pair.unwrap_or_else(|| number.to_string())
}
