//! Bytes → text.
//!
//! In order: a byte order mark; UTF-16 without one; strict UTF-8; UTF-8 with a few bad bytes; and only then guessing
//! between the legacy encodings. Whatever the bytes are, some text comes out.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_16BE, UTF_16LE};

use crate::clean::hanzi;

/// How many bytes are looked at when the encoding has to be guessed.
const SAMPLE: usize = 64 * 1024;
/// How many of them, from the first that is no ASCII, decide where the guess is a likely one.
const GLIMPSE: usize = 2048;
/// So many of a hundred characters are common ones in a text that was decoded right.
const LIKE: usize = 70;

/// A decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// Name of the encoding: utf-8, utf-16le, utf-16be, gb18030, big5; another only where the bytes are no Chinese text.
    pub encoding: &'static str,
    /// Whether bytes had to be replaced by U+FFFD.
    pub lossy: bool,
}

/// Decode bytes.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return utf8(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return legacy(rest, UTF_16LE);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return legacy(rest, UTF_16BE);
    }
    if bytes.starts_with(b"%PDF-") {
        return utf8(bytes);
    }
    let strict = std::str::from_utf8(bytes);
    if (strict.is_err() || memchr::memchr(0, bytes).is_some())
        && let Some(encoding) = utf16_without_mark(bytes)
    {
        return legacy(bytes, encoding);
    }
    match strict {
        Ok(text) => Decoded { text: text.to_owned(), encoding: "utf-8", lossy: false },
        Err(_) if is_mostly_utf8(bytes) || is_binary(bytes) => utf8(bytes),
        Err(_) => legacy(bytes, guess(bytes)),
    }
}

fn utf8(bytes: &[u8]) -> Decoded {
    let text = String::from_utf8_lossy(bytes);
    let lossy = matches!(text, std::borrow::Cow::Owned(_));
    Decoded { text: text.into_owned(), encoding: "utf-8", lossy }
}

fn legacy(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    let name = match encoding.name() {
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        "gb18030" => "gb18030",
        "Big5" => "big5",
        other => other,
    };
    let mut text = text.into_owned();
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Decoded { text, encoding: name, lossy }
}

/// UTF-16 without a byte order mark.
///
/// Evidence: nine in ten code units are ASCII, Chinese punctuation or common Chinese characters, in one byte order and
/// not in the other. Counter-example: GBK, whose pairs of bytes land above U+A000. It misses texts of fewer than four
/// characters.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let total = sample.len() / 2;
    if !bytes.len().is_multiple_of(2) || total < 4 {
        return None;
    }
    let share = |unit: fn([u8; 2]) -> u16| {
        let plausible = sample.as_chunks::<2>().0.iter().filter(|pair| is_plausible_unit(unit(**pair))).count();
        plausible * 10 >= total * 9
    };
    match (share(u16::from_le_bytes), share(u16::from_be_bytes)) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

fn is_plausible_unit(unit: u16) -> bool {
    match unit {
        0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0 | 0x2010..=0x2026 | 0x3000..=0x301F | 0xFF01..=0xFF5E => true,
        0x4E00..=0x9FFF => char::from_u32(u32::from(unit)).is_some_and(hanzi::is_common),
        _ => false,
    }
}

/// UTF-8 in which a few bytes are broken: at least three whole characters beyond ASCII, and twenty for each broken place.
/// A text that was cut inside its last character may be shorter.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    let mut rest = 0usize;
    for chunk in bytes[..bytes.len().min(SAMPLE * 4)].utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        rest += chunk.valid().len() + chunk.invalid().len();
        let is_cut = rest >= bytes.len().min(SAMPLE * 4);
        // Three bad bytes in a row are one broken place.
        let is_new = !chunk.valid().is_empty() || broken == 0;
        broken += usize::from(!chunk.invalid().is_empty() && !is_cut && is_new);
    }
    whole >= 3 && broken * 20 <= whole
}

/// Many control bytes: no text in any encoding that is guessed here.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = sample.iter().filter(|b| **b < 0x20 && !matches!(**b, b'\n' | b'\r' | b'\t' | 0x0C)).count();
    controls * 20 > sample.len()
}

/// The legacy encoding that the bytes are likeliest in.
///
/// chardetng knows GBK from Big5 after a dozen characters. Where it names neither, the Chinese encodings get a second
/// chance: the one in which seven of ten characters are common ones, with hardly an error. Its hint by top-level domain
/// is never given: with "cn" no Big5 text would be recognised. It is slower than the parser, so a few kilobytes decide
/// where both agree on them.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let glimpse = &bytes[first..bytes.len().min(first + GLIMPSE)];
    if let Some(named) = chinese(detected(glimpse, first + glimpse.len() == bytes.len()))
        && likeness(glimpse, named) >= LIKE
    {
        return named;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let guessed = detected(sample, sample.len() == bytes.len());
    if let Some(chinese) = chinese(guessed) {
        return chinese;
    }
    let (gb, big5) = (likeness(sample, GB18030), likeness(sample, BIG5));
    match gb.max(big5) {
        0..LIKE => guessed,
        _ if gb >= big5 => GB18030,
        _ => BIG5,
    }
}

fn detected(sample: &[u8], is_whole: bool) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, is_whole);
    detector.guess(None, Utf8Detection::Deny)
}

/// One of the two Chinese encodings, if it is one.
fn chinese(guessed: &'static Encoding) -> Option<&'static Encoding> {
    match guessed {
        _ if guessed == GBK || guessed == GB18030 => Some(GB18030),
        _ if guessed == BIG5 => Some(BIG5),
        _ => None,
    }
}

/// How many of a hundred characters are common ones, errors counted three times.
fn likeness(sample: &[u8], encoding: &'static Encoding) -> usize {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let (mut common, mut other) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if hanzi::is_common(c) || matches!(c, '\u{3000}'..='\u{301f}' | '\u{ff01}'..='\u{ff5e}' | '“' | '”') {
            common += 1;
        } else {
            other += if c == '\u{fffd}' { 3 } else { 1 };
        }
    }
    (common * 100).checked_div(common + other).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HANS: &str = "关于开展节水型社区创建活动的实施方案\n一、指导思想。坚持节水优先，做到人人参与。\n";
    const HANT: &str = "關於開展節水型社區創建活動的實施方案\n一、指導思想。堅持節水優先，做到人人參與。\n";

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn every_encoding_comes_out_as_written() {
        let marked = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
        let cases: Vec<(&str, &str, Vec<u8>)> = vec![
            ("utf-8", HANS, HANS.into()),
            ("utf-8", HANS, marked(b"\xEF\xBB\xBF", HANS.into())),
            ("utf-8", HANT, HANT.into()),
            ("utf-8", "", Vec::new()),
            ("utf-8", "plain ASCII, 2012", b"plain ASCII, 2012".to_vec()),
            ("utf-16le", HANS, marked(b"\xFF\xFE", utf16(HANS, u16::to_le_bytes))),
            ("utf-16be", HANS, marked(b"\xFE\xFF", utf16(HANS, u16::to_be_bytes))),
            ("utf-16le", HANS, utf16(HANS, u16::to_le_bytes)),
            ("utf-16be", HANT, utf16(HANT, u16::to_be_bytes)),
            ("utf-16le", "Plan 2012", utf16("Plan 2012", u16::to_le_bytes)),
            ("gb18030", HANS, GB18030.encode(HANS).0.into_owned()),
            ("gb18030", HANT, GB18030.encode(HANT).0.into_owned()),
            ("gb18030", "硚口镇河道清淤工作方案𠮷", GB18030.encode("硚口镇河道清淤工作方案𠮷").0.into_owned()),
            ("gb18030", "河道清淤", GB18030.encode("河道清淤").0.into_owned()),
            ("big5", HANT, BIG5.encode(HANT).0.into_owned()),
        ];
        for (encoding, text, bytes) in cases {
            let decoded = decode(&bytes);
            assert_eq!((decoded.encoding, decoded.text.as_str(), decoded.lossy), (encoding, text, false), "{bytes:x?}");
        }
    }

    #[test]
    fn a_few_bad_bytes_do_not_change_the_encoding() {
        let mut bytes = HANS.as_bytes().to_vec();
        bytes[7] = 0xFF;
        let decoded = decode(&bytes);
        assert_eq!((decoded.encoding, decoded.lossy), ("utf-8", true));
        assert!(decoded.text.contains("\u{fffd}") && decoded.text.ends_with("做到人人参与。\n"), "{}", decoded.text);
        // Cut inside the last character.
        let cut = decode(&"节水方案".as_bytes()[..11]);
        assert_eq!((cut.encoding, cut.lossy), ("utf-8", true), "{cut:?}");
        // One byte of a GBK text lost.
        let mut gbk = GB18030.encode(HANS).0.into_owned();
        gbk.truncate(gbk.len() - 2);
        assert_eq!(decode(&gbk).encoding, "gb18030");
    }

    #[test]
    fn binary_data_gives_some_text() {
        let pdf = [b"%PDF-1.4\n%".as_slice(), &[0xE2, 0xE3, 0xCF, 0xD3], &[0u8; 40]].concat();
        assert!(decode(&pdf).text.starts_with("%PDF-1.4"));
        let zeros = decode(&[0u8; 33]);
        assert_eq!(zeros.text.len(), 33);
        assert_eq!(decode(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0\0\0\x01\x02").encoding, "utf-8");
    }

    proptest! {
        #[test]
        fn any_bytes_decode(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let decoded = decode(&bytes);
            let marked = decoded.text.starts_with('\u{feff}');
            prop_assert!(!marked || bytes.starts_with(b"\xEF\xBB\xBF"));
            if let Ok(text) = std::str::from_utf8(&bytes) && !bytes.contains(&0) && !text.starts_with('\u{feff}') && !bytes.starts_with(b"\xFF") {
                prop_assert_eq!(decoded.text, text);
            }
        }
    }
}
