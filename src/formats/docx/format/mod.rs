//! Numbers as a list, or a footnote, shows them: ECMA-376 Part 1, 17.18.59 (ST_NumberFormat).
//!
//! Where Word is known to differ from the standard, what Word shows is followed, since that is what the author saw.

mod chinese;
mod letters;

/// How a number is written. Named as in the standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// 1, 2, 3.
    Decimal,
    /// 01, 02 … 09, 10; the width with leading zeros.
    DecimalZero(usize),
    /// １, ２ … １０.
    DecimalFullWidth,
    /// ① … ⑳, then 21.
    EnclosedCircle,
    /// ⒈ … ⒛, then 21.
    EnclosedFullstop,
    /// ⑴ … ⒇, then 21.
    EnclosedParen,
    /// ㈠ … ㈩, then 11. The standard says circles; Word shows parentheses.
    IdeographEnclosed,
    /// 甲 … 癸, then 11.
    IdeographTraditional,
    /// 子 … 亥, then 13.
    IdeographZodiac,
    /// 甲子 … 癸亥, then 61.
    IdeographZodiacTraditional,
    /// Digits side by side, 一〇 for 10, with the sign for zero.
    Digits(char),
    /// 十 up to 99, digits from 100 on: 九十九, 一○○.
    Counting(char),
    /// 一百零一.
    Thousands(&'static chinese::Numerals),
    /// a … z, aa, bb.
    LowerLetter,
    /// A … Z, AA, BB.
    UpperLetter,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
    /// 1st, 2nd, 3rd.
    Ordinal,
    /// - 1 -.
    NumberInDash,
    /// 9, A, B.
    Hex,
    /// A sign that does not count.
    Bullet,
    /// Nothing.
    None,
}

impl Format {
    /// The format of a name in `w:numFmt`; `custom` is the pattern that goes with the name `custom` (`001, 002, 003, ...`).
    ///
    /// `None` for a format that is not known here (Korean, Thai, Hebrew … alphabets): the caller shows decimals and says so.
    pub(super) fn parse(name: &str, custom: Option<&str>) -> Option<Self> {
        Some(match name {
            "decimal" | "decimalHalfWidth" => Self::Decimal,
            "decimalZero" => Self::DecimalZero(2),
            "decimalFullWidth" | "decimalFullWidth2" => Self::DecimalFullWidth,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::EnclosedCircle,
            "decimalEnclosedFullstop" => Self::EnclosedFullstop,
            "decimalEnclosedParen" => Self::EnclosedParen,
            "ideographEnclosedCircle" => Self::IdeographEnclosed,
            "ideographTraditional" => Self::IdeographTraditional,
            "ideographZodiac" => Self::IdeographZodiac,
            "ideographZodiacTraditional" => Self::IdeographZodiacTraditional,
            "ideographDigital" | "japaneseDigitalTenThousand" => Self::Digits('〇'),
            "taiwaneseDigital" => Self::Digits('○'),
            "koreanDigital2" => Self::Digits('零'),
            "chineseCounting" | "taiwaneseCounting" => Self::Counting('○'),
            "chineseCountingThousand" | "taiwaneseCountingThousand" => Self::Thousands(&chinese::COUNTING),
            "chineseLegalSimplified" => Self::Thousands(&chinese::LEGAL_SIMPLIFIED),
            "ideographLegalTraditional" => Self::Thousands(&chinese::LEGAL_TRADITIONAL),
            "japaneseCounting" => Self::Thousands(&chinese::JAPANESE),
            "japaneseLegal" => Self::Thousands(&chinese::JAPANESE_LEGAL),
            "lowerLetter" => Self::LowerLetter,
            "upperLetter" => Self::UpperLetter,
            "lowerRoman" => Self::LowerRoman,
            "upperRoman" => Self::UpperRoman,
            "ordinal" => Self::Ordinal,
            "numberInDash" => Self::NumberInDash,
            "hex" => Self::Hex,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            "custom" => {
                let first = custom?.split(',').next()?.trim();
                let zeros = first.strip_suffix('1').filter(|zeros| zeros.chars().all(|c| c == '0'))?;
                Self::DecimalZero((zeros.len() + 1).min(9))
            }
            _ => return None,
        })
    }

    /// The number in this format. What a format has no sign for is written with decimal digits, as Word does.
    pub(super) fn write(&self, number: u32) -> String {
        let one_of = |signs: &str| {
            let sign = number.checked_sub(1).and_then(|at| signs.chars().nth(at as usize));
            sign.map_or_else(|| number.to_string(), String::from)
        };
        let from_code = |first: u32, last: u32| {
            let code = number.checked_sub(1).and_then(|at| first.checked_add(at)).filter(|code| *code <= last);
            code.and_then(char::from_u32).map_or_else(|| number.to_string(), String::from)
        };
        match self {
            Self::None | Self::Bullet => String::new(),
            Self::DecimalZero(width) => format!("{number:0width$}"),
            Self::DecimalFullWidth => {
                let wide = |digit: char| digit.to_digit(10).and_then(|digit| char::from_u32('０' as u32 + digit));
                number.to_string().chars().filter_map(wide).collect()
            }
            Self::Digits(zero) => chinese::digits(number, *zero),
            Self::NumberInDash => format!("- {number} -"),
            Self::Hex => format!("{number:X}"),
            // Whatever follows starts at 1.
            _ if number == 0 => "0".to_owned(),
            Self::Decimal => number.to_string(),
            Self::EnclosedCircle => from_code(0x2460, 0x2473),
            Self::EnclosedFullstop => from_code(0x2488, 0x249B),
            Self::EnclosedParen => from_code(0x2474, 0x2487),
            Self::IdeographEnclosed => from_code(0x3220, 0x3229),
            Self::IdeographTraditional => one_of(chinese::STEMS),
            Self::IdeographZodiac => one_of(chinese::BRANCHES),
            Self::IdeographZodiacTraditional => chinese::sexagenary(number),
            Self::Counting(zero) => chinese::counting(number, *zero),
            Self::Thousands(numerals) => numerals.write(number),
            Self::LowerLetter => letters::letter(number, 'a'),
            Self::UpperLetter => letters::letter(number, 'A'),
            Self::LowerRoman => letters::roman(number).to_lowercase(),
            Self::UpperRoman => letters::roman(number),
            Self::Ordinal => letters::ordinal(number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Format;
    use proptest::prelude::*;

    /// The first twelve, 19 to 21 and 99 to 101 of each format, worked out by hand from the standard's tables.
    const SERIES: &[(&str, &str)] = &[
        ("decimal", "1 2 3 4 5 6 7 8 9 10 11 12 19 20 21 99 100 101"),
        ("decimalHalfWidth", "1 2 3 4 5 6 7 8 9 10 11 12 19 20 21 99 100 101"),
        ("decimalZero", "01 02 03 04 05 06 07 08 09 10 11 12 19 20 21 99 100 101"),
        ("decimalFullWidth", "１ ２ ３ ４ ５ ６ ７ ８ ９ １０ １１ １２ １９ ２０ ２１ ９９ １００ １０１"),
        ("decimalFullWidth2", "１ ２ ３ ４ ５ ６ ７ ８ ９ １０ １１ １２ １９ ２０ ２１ ９９ １００ １０１"),
        ("decimalEnclosedCircle", "① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ ⑩ ⑪ ⑫ ⑲ ⑳ 21 99 100 101"),
        ("decimalEnclosedCircleChinese", "① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ ⑩ ⑪ ⑫ ⑲ ⑳ 21 99 100 101"),
        ("decimalEnclosedFullstop", "⒈ ⒉ ⒊ ⒋ ⒌ ⒍ ⒎ ⒏ ⒐ ⒑ ⒒ ⒓ ⒚ ⒛ 21 99 100 101"),
        ("decimalEnclosedParen", "⑴ ⑵ ⑶ ⑷ ⑸ ⑹ ⑺ ⑻ ⑼ ⑽ ⑾ ⑿ ⒆ ⒇ 21 99 100 101"),
        ("ideographEnclosedCircle", "㈠ ㈡ ㈢ ㈣ ㈤ ㈥ ㈦ ㈧ ㈨ ㈩ 11 12 19 20 21 99 100 101"),
        ("ideographTraditional", "甲 乙 丙 丁 戊 己 庚 辛 壬 癸 11 12 19 20 21 99 100 101"),
        ("ideographZodiac", "子 丑 寅 卯 辰 巳 午 未 申 酉 戌 亥 19 20 21 99 100 101"),
        (
            "ideographZodiacTraditional",
            "甲子 乙丑 丙寅 丁卯 戊辰 己巳 庚午 辛未 壬申 癸酉 甲戌 乙亥 壬午 癸未 甲申 99 100 101",
        ),
        ("ideographDigital", "一 二 三 四 五 六 七 八 九 一〇 一一 一二 一九 二〇 二一 九九 一〇〇 一〇一"),
        ("japaneseDigitalTenThousand", "一 二 三 四 五 六 七 八 九 一〇 一一 一二 一九 二〇 二一 九九 一〇〇 一〇一"),
        ("taiwaneseDigital", "一 二 三 四 五 六 七 八 九 一○ 一一 一二 一九 二○ 二一 九九 一○○ 一○一"),
        ("koreanDigital2", "一 二 三 四 五 六 七 八 九 一零 一一 一二 一九 二零 二一 九九 一零零 一零一"),
        ("chineseCounting", "一 二 三 四 五 六 七 八 九 十 十一 十二 十九 二十 二十一 九十九 一○○ 一○一"),
        ("taiwaneseCounting", "一 二 三 四 五 六 七 八 九 十 十一 十二 十九 二十 二十一 九十九 一○○ 一○一"),
        ("chineseCountingThousand", "一 二 三 四 五 六 七 八 九 十 十一 十二 十九 二十 二十一 九十九 一百 一百零一"),
        ("taiwaneseCountingThousand", "一 二 三 四 五 六 七 八 九 十 十一 十二 十九 二十 二十一 九十九 一百 一百零一"),
        ("japaneseCounting", "一 二 三 四 五 六 七 八 九 十 十一 十二 十九 二十 二十一 九十九 百 百一"),
        ("japaneseLegal", "壱 弐 参 四 伍 六 七 八 九 壱拾 壱拾壱 壱拾弐 壱拾九 弐拾 弐拾壱 九拾九 壱百 壱百壱"),
        (
            "chineseLegalSimplified",
            "壹 贰 叁 肆 伍 陆 柒 捌 玖 壹拾 壹拾壹 壹拾贰 壹拾玖 贰拾 贰拾壹 玖拾玖 壹佰 壹佰零壹",
        ),
        (
            "ideographLegalTraditional",
            "壹 貳 參 肆 伍 陸 柒 捌 玖 壹拾 壹拾壹 壹拾貳 壹拾玖 貳拾 貳拾壹 玖拾玖 壹佰 壹佰零壹",
        ),
        ("lowerLetter", "a b c d e f g h i j k l s t u uuuu vvvv wwww"),
        ("upperLetter", "A B C D E F G H I J K L S T U UUUU VVVV WWWW"),
        ("lowerRoman", "i ii iii iv v vi vii viii ix x xi xii xix xx xxi xcix c ci"),
        ("upperRoman", "I II III IV V VI VII VIII IX X XI XII XIX XX XXI XCIX C CI"),
        ("ordinal", "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th 19th 20th 21st 99th 100th 101st"),
        ("hex", "1 2 3 4 5 6 7 8 9 A B C 13 14 15 63 64 65"),
    ];

    #[test]
    fn every_format_counts_as_the_standard_says() {
        let numbers: Vec<u32> = (1..=12).chain(19..=21).chain(99..=101).collect();
        for (name, expected) in SERIES {
            let format = Format::parse(name, None).expect(name);
            let written: Vec<String> = numbers.iter().map(|number| format.write(*number)).collect();
            assert_eq!(written.join(" "), *expected, "{name}");
        }
    }

    #[test]
    fn what_is_special() {
        let cases: &[(&str, Option<&str>, u32, &str)] = &[
            ("none", None, 7, ""),
            ("bullet", None, 7, ""),
            ("numberInDash", None, 3, "- 3 -"),
            ("custom", Some("001, 002, 003, ..."), 7, "007"),
            ("custom", Some("0001, 0002, 0003, ..."), 12, "0012"),
            // A list may begin with nought.
            ("decimal", None, 0, "0"),
            ("chineseCounting", None, 0, "0"),
            ("decimalZero", None, 0, "00"),
            ("chineseCountingThousand", None, 110, "一百一十"),
            ("chineseCountingThousand", None, 1001, "一千零一"),
            ("chineseCountingThousand", None, 1010, "一千零一十"),
            ("chineseCountingThousand", None, 12000, "一万二千"),
            ("chineseCountingThousand", None, 10001, "一万零一"),
            ("chineseCounting", None, 1999, "一九九九"),
            ("japaneseCounting", None, 1110, "千百十"),
            ("lowerLetter", None, 26, "z"),
            ("lowerLetter", None, 27, "aa"),
            ("lowerLetter", None, 52, "zz"),
            ("upperRoman", None, 3999, "MMMCMXCIX"),
            ("upperRoman", None, 4000, "4000"),
            ("ideographZodiacTraditional", None, 60, "癸亥"),
            ("ideographZodiacTraditional", None, 61, "61"),
        ];
        for (name, custom, number, expected) in cases {
            assert_eq!(Format::parse(name, *custom).expect(name).write(*number), *expected, "{name} {number}");
        }
        for (name, custom) in [("thaiLetters", None), ("", None), ("custom", None), ("custom", Some("α, β"))] {
            assert_eq!(Format::parse(name, custom), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_number_is_short(number in any::<u32>()) {
            for (name, _) in SERIES {
                let written = Format::parse(name, None).expect(name).write(number);
                prop_assert!((1..=40).contains(&written.chars().count()), "{} {}: {}", name, number, written);
            }
        }
    }
}
