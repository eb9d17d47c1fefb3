//! Slips of character recognition, and the spaces that PDF files put around digits.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use regex::Regex;

use super::cache::Cached;
use super::fix::Fix;
use super::{Context, Pass, hanzi};
use crate::diagnostic::Diagnostic;
use crate::lexicon::Table;
use crate::model::RepairKind;

/// The pass. Each kind has its own function, which says what it takes as evidence.
pub(super) const PASS: Pass = Pass { kind: RepairKind::Ocr, find };

/// Words that recognition gets wrong, and the right ones.
#[derive(Default)]
struct Words {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    values: Vec<String>,
}

static CACHE: LazyLock<Cached<Words>> = LazyLock::new(Cached::default);

fn compile(table: Option<&Table>) -> Words {
    let Some(table) = table else { return Words::default() };
    let keys: Vec<&str> = table.cells("key").collect();
    Words {
        automaton: CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(keys).ok(),
        values: table.cells("value").map(str::to_owned).collect(),
    }
}

fn find(text: &str, context: &Context<'_>, _: &mut Vec<Diagnostic>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    spaces(text, &mut fixes);
    digits(text, &mut fixes);
    percent(text, &mut fixes);
    stray_letters(text, &mut fixes);
    let words: Arc<Words> = CACHE.get(context.lexicon, "ocr_confusions", compile);
    if let Some(automaton) = &words.automaton {
        for found in automaton.leftmost_find_iter(text) {
            if let Some(value) = words.values.get(found.value() as usize) {
                fixes.push(Fix::new(found.start()..found.end(), value.clone()));
            }
        }
    }
    fixes.sort_by_key(|fix| (fix.range.start, fix.range.end));
    fixes
}

/// Words that a number belongs to as its name, so that what follows it is another word: `专栏1 个人信息`.
const NAMED: &[&str] = &["专栏", "表", "图", "附件", "附录", "案例", "任务", "步骤", "项目", "章", "节"];

/// Spaces in numbers and dates: `2010 年 6 月`, `4 0%`, `90 周年`.
///
/// Evidence: one space between a digit and a unit that counts it, or between a digit and the last digit of a percentage;
/// the space before the number goes with the one behind it. Counter-examples: `1 总则`, `专栏1 个人信息`,
/// `办公室 2010年6月`, a table's `12 15`. It misses units that are words of their own (`3 个人`).
fn spaces(text: &str, fixes: &mut Vec<Fix>) {
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
            is_number_place(before, unit)
        } else {
            // `4 0%`: one digit on either side.
            start + 1 == at && is_digit(at + 1) && behind[1..].starts_with(['%', '％'])
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
                "年 " => unit == Some('月'),
                "月 " => unit == Some('日'),
                _ => unit.is_some_and(|c| "条章批期次届个名项".contains(c)),
            };
            if (1..=2).contains(&digits) && fits {
                fixes.push(Fix::delete(space..space + 1));
            }
        }
    }
    fixes.sort_by_key(|fix| (fix.range.start, fix.range.end));
    fixes.dedup();
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

/// Whether a number may stand here that the unit counts: not at the start of a line, where it counts a heading, unless the
/// unit is one of dates; and not behind a word whose name it is.
fn is_number_place(before: &str, unit: char) -> bool {
    let word = before.trim_end_matches(' ');
    if word.is_empty() || word.ends_with(['\n', '\u{3000}']) {
        return matches!(unit, '年' | '月' | '日' | '％' | '%');
    }
    !NAMED.iter().any(|name| word.ends_with(name))
}

static LETTER_DIGITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[0-9lIOo]{0,3}[lIOo][0-9lIOo]{0,3}(?:个|名|项|家|次|年|月|日|条|人|期|篇|件|所|支|批|户|%|号)")
        .expect("a literal pattern")
});

static CHINESE_YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[一二][一二三四五六七八九零〇ＯOo0○]{3}年").expect("a literal pattern"));

/// Letters in the place of digits: `l个` → `1个`, `2Ol0年` → `2010年`, `二OO九年` → `二〇〇九年`.
///
/// Evidence: a lone `l`, or digits with `l`, `I`, `O` among them, before a unit that counts them and behind no letter or digit.
/// Counter-examples: `O型`, `I期工程` (a lone I or O), `Vol个`.
fn digits(text: &str, fixes: &mut Vec<Fix>) {
    let bytes = text.as_bytes();
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
        let is_number = body.bytes().any(|b| b.is_ascii_digit()) && !body.contains("Io") && body.len() > 1;
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

static RATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:率|覆盖面|教育面|受训面|普及面|占比|比例|比重|满意度|知晓度)(?:达到|达|为|在|要达|要达到|不低于|保持在|提高到|超过|实现)([0-9]{1,3}(?:\.[0-9]{1,2})?)(人)(?:[\n;；,，。、]|以上|$)")
        .expect("a literal pattern")
});

/// A percent sign read as 人: `覆盖面达90人` → `90%`.
///
/// Evidence: a rate, a verb and a number of at most 100 with nothing counted behind it. Counter-example: `培训率达90人次`, `受益面达900人`.
fn percent(text: &str, fixes: &mut Vec<Fix>) {
    // Every match has 人 behind a digit.
    let mut people = memchr::memmem::find_iter(text.as_bytes(), "人");
    if !people.any(|at| text[..at].ends_with(|c: char| c.is_ascii_digit())) {
        return;
    }
    for found in RATE.captures_iter(text) {
        if let (Some(number), Some(sign)) = (found.get(1), found.get(2))
            && number.as_str().parse::<f64>().is_ok_and(|number| number <= 100.0)
        {
            fixes.push(Fix::new(sign.range(), "%"));
        }
    }
}

/// Strays that make the letters credible as damage.
const ENOUGH: usize = 4;

/// Single letters that a scan saw in the margin: `运行D机制`, `文明程度。I`.
///
/// Evidence: four or more places in the text with I, D, l or J between Chinese characters or at the end of a Chinese line,
/// each of which is not the letter of a class (`D级`, `I类`). Counter-example: a single `E级`, `N个行业`.
fn stray_letters(text: &str, fixes: &mut Vec<Fix>) {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in memchr::memchr3_iter(b'I', b'D', b'l', text.as_bytes()).chain(memchr::memchr_iter(b'J', text.as_bytes()))
    {
        let (before, behind) = (text[..at].chars().next_back().unwrap_or('\n'), text[at + 1..].chars().next());
        let is_text = |c: char| hanzi::is_hanzi(c) || "，。；、：”）,;.".contains(c);
        let fits = match behind {
            None | Some('\n') => is_text(before),
            Some(c) => {
                is_text(before) && hanzi::is_hanzi(c) && !"级类型区栋座等期项个盘卡证口线打股槽组班表条款轮".contains(c)
            }
        };
        if fits {
            found.push(at..at + 1);
        }
    }
    if found.len() >= ENOUGH {
        fixes.extend(found.into_iter().map(Fix::delete));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, untouched};
    use super::PASS;
    use crate::lexicon::Lexicon;

    #[test]
    fn slips_are_repaired() {
        check(
            PASS,
            &[
                ("2010 年 6 月 15 日前完成", "2010年6月15日前完成"),
                ("第一阶段（2010 年6 月中旬）", "第一阶段（2010年6月中旬）"),
                ("所属学校 4 0%达标", "所属学校40%达标"),
                ("迎接建党90 周年", "迎接建党90周年"),
                ("水文【2011】82 号文件", "水文【2011】82号文件"),
                ("全县 12 个乡镇", "全县12个乡镇"),
                ("创建示范岗l个，先进l0名", "创建示范岗1个，先进10名"),
                ("截至2Ol0年底", "截至2010年底"),
                ("二OO九年十月", "二〇〇九年十月"),
                ("党员受教育面达95人\n", "党员受教育面达95%\n"),
                ("竞争上岗率达到100人；", "竞争上岗率达到100%；"),
                ("抓D机制；重D点工作。I\n改革I创新。D\n", "抓机制；重点工作。\n改革创新。\n"),
            ],
        );
    }

    #[test]
    fn every_row_recognises_its_example() {
        let table = Lexicon::builtin().table("ocr_confusions").unwrap();
        for ((key, value), example) in table.pairs("key", "value").zip(table.cells("example")) {
            assert_eq!(super::super::testing::run(PASS, example), example.replace(key, value));
        }
    }

    #[test]
    fn numbers_and_letters_of_their_own_stay() {
        untouched(
            PASS,
            &[
                "1 总则\n1.1 编制目的",
                "5.1.2 省级人民政府",
                "专栏1 个人信息保护工程",
                "专栏2 智能化改造",
                "镇卫生院 2010年6月",
                "12 15 18",
                "联系人：张三 0311-8888",
                "9:00～11:00 建设工程",
                "O型血、I期工程、D级危房、A区、E级计算机",
                "为代表的N个行业和X个场景",
                "培训覆盖面达90人次",
                "受教育面达900人。",
                "参加率95%，共90人。",
                "T恤、B超、X光、K歌",
                "二〇〇九年、二○○九年、2009年、二○一○年",
                "至于部分单位，加入民建，自己经常检查",
                "林木单位产量、土木部门、树木地区",
                "乔木基木桩",
                "Word文档、PPTl张",
                "3 个人申请",
            ],
        );
    }
}
