//! Letters in the place of digits: `l个` → `1个`, `2Ol0年` → `2010年`, `二OO九年` → `二〇〇九年`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::fix::Fix;
use super::super::hanzi;

static LETTER_DIGITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[0-9lIOo]{0,3}[lIOo][0-9lIOo]{0,3}(?:个|名|项|家|次|年|月|日|条|人|期|篇|件|所|支|批|户|周年|份|亩|元|万|亿|公里|米|吨|届|位|座|台|辆|岁|天|%|号)")
        .expect("a literal pattern")
});

/// A day of letters: `6月ll日`.
static DAY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"月 ?([lI]{2}|[lI][0-9]|[123][lI]) ?日").expect("a literal pattern"));

/// A day whose 日 was read as 曰: `16曰`.
static DAY_SAID: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"月 ?[0-9]{1,2} ?(曰)").expect("a literal pattern"));

/// The year of a document number: `〔2O23〕17号`.
static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[〔\[【(（]([12][0-9Oo]{3})[〕\]】)）] ?第?[0-9]{1,4} ?号").expect("a literal pattern")
});

static CHINESE_YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[一二][一二三四五六七八九零〇ＯOo0○]{3}年").expect("a literal pattern"));

/// Letters in the place of digits: `l个` → `1个`, `2Ol0年` → `2010年`, `二OO九年` → `二〇〇九年`.
///
/// Evidence: a lone `l`, or digits with `l`, `I`, `O` among them of which the first is no `I` or `O`, before a unit that
/// counts them and behind no letter or digit. Counter-examples: `O型`, `I期工程` (a lone I or O), `O3年均值`, `I1号楼`, `Vol个`,
/// `5l次氯酸钠`.
pub(super) fn find(text: &str, fixes: &mut Vec<Fix>) {
    let bytes = text.as_bytes();
    for found in DAY.captures_iter(text).filter_map(|found| found.get(1)) {
        fixes.push(Fix::new(found.range(), found.as_str().replace(['l', 'I'], "1")));
    }
    for said in DAY_SAID.captures_iter(text).filter_map(|found| found.get(1)) {
        fixes.push(Fix::new(said.range(), "日"));
    }
    for year in YEAR.captures_iter(text).filter_map(|found| found.get(1)) {
        for (at, _) in year.as_str().match_indices(['O', 'o']) {
            fixes.push(Fix::new(year.start() + at..year.start() + at + 1, "0"));
        }
    }
    if memchr::memchr3_iter(b'l', b'I', b'O', bytes).chain(memchr::memchr_iter(b'o', bytes)).next().is_some()
        && counts_with_letters(bytes)
    {
        letter_digits(text, fixes);
    }
    let is_numeral = |c: char| "一二三四五六七八九零〇○".contains(c);
    if memchr::memchr3_iter(b'O', b'o', b'0', bytes).any(|at| text[..at].ends_with(is_numeral)) {
        for found in CHINESE_YEAR.find_iter(text) {
            for (at, c) in found.as_str().char_indices() {
                if matches!(c, 'Ｏ' | 'O' | 'o' | '0') {
                    let start = found.start() + at;
                    fixes.push(Fix::new(start..start + c.len_utf8(), "〇"));
                }
            }
        }
    }
}

/// Whether somewhere digits and letters that look like them have a character of Chinese or `%` behind them: any match of
/// [`LETTER_DIGITS`] has.
fn counts_with_letters(bytes: &[u8]) -> bool {
    let is_letter = |b: u8| matches!(b, b'l' | b'I' | b'O' | b'o');
    std::iter::zip(bytes, bytes.iter().skip(1)).enumerate().any(|(at, (&one, &next))| {
        // The last of the letters, with at most three digits behind it.
        is_letter(one) && !is_letter(next) && {
            let behind = bytes[at + 1..].iter().take(4).find(|b| !b.is_ascii_digit());
            behind.is_some_and(|b| !b.is_ascii() || *b == b'%')
        }
    })
}

fn letter_digits(text: &str, fixes: &mut Vec<Fix>) {
    for found in LETTER_DIGITS.find_iter(text) {
        let body = found.as_str().trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let before = text[..found.start()].chars().next_back().unwrap_or('\n');
        let lone = body == "l"
            && !found.as_str().ends_with(['年', '月', '日', '号', '%', '期'])
            && (hanzi::is_hanzi(before) || "”》、，；：,;:".contains(before));
        let is_number = body.bytes().any(|b| b.is_ascii_digit())
            && !body.starts_with(['I', 'O', 'o'])
            && !text[found.end()..].starts_with('氯')
            && body.len() > 1;
        if before.is_ascii_alphanumeric() || matches!(before, '.' | '-' | '/') || !(lone || is_number) {
            continue;
        }
        let with: String = body
            .chars()
            .map(|c| {
                if matches!(c, 'l' | 'I') {
                    '1'
                } else if matches!(c, 'O' | 'o') {
                    '0'
                } else {
                    c
                }
            })
            .collect();
        fixes.push(Fix::new(found.start()..found.start() + body.len(), with));
    }
}
