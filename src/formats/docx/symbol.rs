//! Signs of the fonts that draw pictures in place of letters.

/// The character that looks like a sign of a font.
///
/// Evidence: the code lies in the private area U+F000–U+F0FF that such fonts use, or the font is one of them. Example:
/// Wingdings U+F081 is ①. Counter-example: U+2460 in 宋体 is itself. Signs of other fonts, and those that the tables
/// lack, come back as `None`.
pub(super) fn of(font: &str, code: char) -> Option<char> {
    let table = match font.trim().to_ascii_lowercase().as_str() {
        "wingdings" => WINGDINGS,
        "wingdings 2" => WINGDINGS_2,
        "symbol" => SYMBOL,
        _ if !is_private(code) => return Some(code),
        _ => return None,
    };
    let low = match code as u32 {
        code @ 0xF000..=0xF0FF => code - 0xF000,
        code @ 0..=0xFF => code,
        _ => return Some(code),
    };
    table.iter().find_map(|(first, last, sign)| {
        let within = (*first..=*last).contains(&low);
        within.then(|| char::from_u32(*sign as u32 + low - first)).flatten()
    })
}

/// Whether a code has no meaning without its font.
pub(super) fn is_private(code: char) -> bool {
    matches!(code, '\u{e000}'..='\u{f8ff}')
}

/// First code, last code, and the character of the first; the others follow.
type Table = &'static [(u32, u32, char)];

const WINGDINGS: Table = &[
    (0x20, 0x20, ' '),
    (0x46, 0x46, '☞'),
    (0x6C, 0x6C, '●'),
    (0x6E, 0x6E, '■'),
    (0x6F, 0x6F, '□'),
    (0x71, 0x72, '❑'),
    (0x74, 0x74, '⧫'),
    (0x75, 0x75, '◆'),
    (0x76, 0x76, '❖'),
    (0x80, 0x80, '⓪'),
    (0x81, 0x8A, '①'),
    (0x8B, 0x8B, '⓿'),
    (0x8C, 0x95, '❶'),
    (0x9F, 0x9F, '•'),
    (0xA1, 0xA1, '○'),
    (0xA7, 0xA7, '▪'),
    (0xA8, 0xA8, '□'),
    (0xAB, 0xAB, '★'),
    (0xD8, 0xD8, '➢'),
    (0xDF, 0xDF, '←'),
    (0xE0, 0xE0, '→'),
    (0xE1, 0xE2, '↑'),
    (0xF0, 0xF0, '⇨'),
    (0xFB, 0xFB, '✗'),
    (0xFC, 0xFC, '✓'),
    (0xFD, 0xFD, '☒'),
    (0xFE, 0xFE, '☑'),
];

const WINGDINGS_2: Table = &[
    (0x20, 0x20, ' '),
    (0x4F, 0x4F, '✗'),
    (0x50, 0x50, '✓'),
    (0x52, 0x52, '☑'),
    (0x53, 0x54, '☒'),
    (0x69, 0x69, '⓪'),
    (0x6A, 0x73, '①'),
    (0x75, 0x7E, '❶'),
    (0x97, 0x97, '●'),
    (0xA2, 0xA2, '■'),
    (0xA3, 0xA3, '□'),
];

const SYMBOL: Table = &[
    (0x20, 0x20, ' '),
    (0x28, 0x29, '('),
    (0x2B, 0x2B, '+'),
    (0x2D, 0x2D, '−'),
    (0x2E, 0x39, '.'),
    (0x3C, 0x3E, '<'),
    (0x44, 0x44, 'Δ'),
    (0x53, 0x53, 'Σ'),
    (0x57, 0x57, 'Ω'),
    (0x61, 0x62, 'α'),
    (0x64, 0x65, 'δ'),
    (0x67, 0x67, 'γ'),
    (0x6C, 0x6D, 'λ'),
    (0x70, 0x70, 'π'),
    (0x73, 0x73, 'σ'),
    (0x77, 0x77, 'ω'),
    (0xA3, 0xA3, '≤'),
    (0xA5, 0xA5, '∞'),
    (0xA8, 0xA8, '♦'),
    (0xAC, 0xAF, '←'),
    (0xB0, 0xB1, '°'),
    (0xB3, 0xB3, '≥'),
    (0xB4, 0xB4, '×'),
    (0xB7, 0xB7, '•'),
    (0xB8, 0xB8, '÷'),
    (0xB9, 0xB9, '≠'),
    (0xBB, 0xBB, '≈'),
    (0xD7, 0xD7, '⋅'),
];

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn signs_are_what_they_look_like() {
        let cases = [
            ("Wingdings", '\u{f081}', Some('①')),
            ("Wingdings", '\u{f08a}', Some('⑩')),
            ("wingdings", '\u{fe}', Some('☑')),
            ("Wingdings 2", '\u{f052}', Some('☑')),
            ("Symbol", '\u{f0b7}', Some('•')),
            ("Symbol", '\u{f035}', Some('5')),
            ("Symbol", '\u{f0b1}', Some('±')),
            ("Wingdings", '\u{f001}', None),
            ("宋体", '①', Some('①')),
            ("宋体", '\u{f0b7}', None),
            ("Wingdings", '一', Some('一')),
        ];
        for (font, code, expected) in cases {
            assert_eq!(of(font, code), expected, "{font} {code:?}");
        }
    }
}
