//! Lines that a page's width broke inside a sentence, joined again; page numbers between them; and the single spaces that
//! page ends left. Lines that run on where one should begin are in [`run_in`].

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::fix::Fix;
use super::{Context, Pass, hanzi, language, run_in};
use crate::diagnostic::Diagnostic;
use crate::model::RepairKind;

/// The pass.
///
/// A break goes only if the line before it is running text (it has a clause's punctuation, or is as wide as the page), ends
/// within a sentence, and the next line goes on with it: no marker, no indent, no date or signature, with punctuation of
/// its own. On a page with a fixed width that is enough; elsewhere the joint itself must show it: a word that cannot end a line (和, 按照; not 普及, whose last character is part of a word), or a pair of
/// characters over the joint that the text has elsewhere.
/// The number of a page on a line of its own goes as well. Counter-examples: headings, titles, letterheads, signatures, lists of names, the address of a speech. It misses breaks inside short lines and
/// broken titles, which other stages put together.
pub(super) const PASS: Pass = Pass { kind: RepairKind::Line, find };

/// Joints whose pairs of characters are looked up.
const MOST: usize = 2000;

/// Half-width columns of the narrowest line that may have been broken by a page's width.
const NARROWEST: usize = 40;

/// Half-width columns of the widest page.
const WIDEST: usize = 130;

fn find(text: &str, context: &Context<'_>, _: &mut Vec<Diagnostic>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    if context.profile.han < 30 {
        return fixes;
    }
    let mut joints = Vec::new();
    breaks(text, &mut joints, &mut fixes);
    let spaces = spaces(text);
    run_in::find(text, &mut fixes);
    if joints.is_empty() && spaces.is_empty() {
        fixes.sort_by_key(|fix| fix.range.start);
        return fixes;
    }
    let pairs = pairs_elsewhere(text, joints.iter().chain(&spaces));
    for joint in &joints {
        if joint.certain || pairs.get(&joint.pair).is_some_and(|count| *count >= 2) {
            fixes.push(Fix::delete(joint.start..joint.end));
        }
    }
    let credible: Vec<&Joint> =
        spaces.iter().filter(|joint| pairs.get(&joint.pair).is_some_and(|count| *count >= 2)).collect();
    if credible.len() >= 3 {
        fixes.extend(credible.iter().map(|joint| Fix::delete(joint.start..joint.end)));
    }
    fixes.sort_by_key(|fix| fix.range.start);
    fixes
}

/// A place where two parts of a sentence may belong together.
struct Joint {
    start: usize,
    end: usize,
    /// The characters on either side.
    pair: (char, char),
    certain: bool,
}

/// How often the pairs over the joints stand in the text; the joints themselves, which a break or a space parts, do not count.
fn pairs_elsewhere<'a>(text: &str, joints: impl Iterator<Item = &'a Joint>) -> HashMap<(char, char), u32> {
    let mut pairs: HashMap<(char, char), u32> = joints.take(MOST).map(|joint| (joint.pair, 0)).collect();
    // A bit for each character that a pair begins with spares most look-ups.
    let mut begins = [0u64; 1024];
    for (first, _) in pairs.keys() {
        if let Some(word) = begins.get_mut(*first as usize / 64) {
            *word |= 1 << (*first as u32 % 64);
        }
    }
    let mut before = '\n';
    for c in text.chars() {
        let begins_pair = begins.get(before as usize / 64).is_some_and(|word| word & (1 << (before as u32 % 64)) != 0);
        if begins_pair
            && hanzi::is_hanzi(c)
            && hanzi::is_hanzi(before)
            && let Some(count) = pairs.get_mut(&(before, c))
        {
            *count += 1;
        }
        before = c;
    }
    pairs
}

/// Whether a line is the number that a page was printed with: `— 3 —`, `第3页`, `第 3 页 共 5 页`.
fn is_page_number(line: &str) -> bool {
    if line.len() > 40 || !line.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^\s*(?:[-—－–─]+\s*[0-9]{1,3}\s*[-—－–─]+|第\s*[0-9]{1,3}\s*页(?:[\s，,/]*共\s*[0-9]{1,3}\s*页)?)$",
        )
        .expect("a literal pattern")
    });
    NUMBER.is_match(line)
}

/// Half-width columns of a line, or of as much of it as shows that it is wider than a page.
fn width(line: &str) -> usize {
    line.chars().take(WIDEST + 10).map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with([
        '。', '！', '？', '；', '：', ':', ';', '!', '?', '.', '…', '”', '）', ')', '】', '》', '|', '"', '—',
    ])
}

/// The width of a page, and how it counts.
#[derive(Clone, Copy)]
struct Page {
    width: usize,
    measure: fn(&str) -> usize,
}

impl Page {
    /// Whether a line reaches the edge of the page.
    fn is_full(self, line: &str) -> bool {
        (self.measure)(line) + 4 >= self.width
    }
}

/// Twice the characters of a line, for pages that count characters and not columns.
fn twice_characters(line: &str) -> usize {
    line.chars().take(WIDEST + 10).count() * 2
}

/// The page that a text was printed on, if it has one: five lines or more, and a quarter of all, break off without the end of
/// a sentence within two characters of the widest such line, and it has commas or stops at all (a list of names has none).
fn page(text: &str) -> Option<Page> {
    if !text.contains(['，', ',', '。']) {
        return None;
    }
    let measures: [fn(&str) -> usize; 2] = [width, twice_characters];
    measures.into_iter().find_map(|measure| Some(Page { width: page_width(text, measure)?, measure }))
}

fn page_width(text: &str, measure: fn(&str) -> usize) -> Option<usize> {
    let mut counts = [0usize; WIDEST + 1];
    let mut all = 0usize;
    for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        all += 1;
        // A character has three bytes in two columns; the count of bytes spares that of the columns of a paragraph.
        if line.len() > WIDEST * 2 || ends_sentence(line) {
            continue;
        }
        let width = measure(line);
        if (NARROWEST..=WIDEST).contains(&width) {
            counts[width] += 1;
        }
    }
    let sum = |width: usize| counts[width.saturating_sub(4)..=width].iter().sum::<usize>();
    let best =
        (NARROWEST..=WIDEST).rev().find(|width| counts[*width] > 0 && sum(*width) >= 5 && sum(*width) * 4 >= all)?;
    // Longer lines than the page is wide are paragraphs: then it has no width.
    let longer = text.lines().filter(|line| measure(line.trim_end()) > best + 4).count();
    (longer * 10 <= all).then_some(best)
}

fn breaks(text: &str, joints: &mut Vec<Joint>, pages: &mut Vec<Fix>) {
    let page = page(text);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let body = line.trim_end();
        let next_line = text[end..].split('\n').next().unwrap_or("");
        if line.ends_with('\n') && is_page_number(body) && start > 0 && end < text.len() {
            pages.push(Fix::delete(start..end));
            start = end;
            continue;
        }
        if line.ends_with('\n')
            && let (Some(before), Some(behind)) = (body.chars().next_back(), next_line.chars().next())
            && let Some(joint) = joint(body, next_line, (before, behind), page)
        {
            joints.push(Joint { start: start + body.len(), end, pair: (before, behind), certain: joint });
        }
        start = end;
    }
}

/// Whether two lines may be one sentence; `Some(true)` if that is certain.
fn joint(line: &str, next: &str, (before, behind): (char, char), page: Option<Page>) -> Option<bool> {
    // A closing mark, or the unit of a number, never begins a line.
    let torn = matches!(behind, '）' | ')' | '。' | '，' | '；' | '》' | '”' | '：' | '！' | '？')
        || tears_bracket(line, next)
        || tears_date(line, next) && !is_form(line);
    if torn && !line.is_empty() && !ends_sentence(line) && width(line) >= 24 {
        return Some(true);
    }
    let goes_on = hanzi::is_hanzi(before) || matches!(before, '，' | ',' | '、') || before.is_ascii_digit();
    let starts =
        hanzi::is_hanzi(behind) || matches!(behind, '“' | '《' | '、' | '，' | ',' | '。') || behind.is_ascii_digit();
    if !goes_on || !starts || ends_sentence(line) || is_marked(next) || is_form(line) || is_form(next) {
        return None;
    }
    let next = next.trim_end();
    let full = page.is_some_and(|page| page.is_full(line));
    let next_runs = next.contains(['，', ',', '。', '；', ';', '、']) || ends_sentence(next);
    let tail = line.rsplit(['。', '；', ';']).next().unwrap_or(line);
    let runs = line.contains(['，', ',', '。', '；', ';', '：', ':'])
        && (!is_marked(line) || line.contains('。') || line.contains(['：', ':']));
    let odd = matches!(behind, '、' | '，' | ',' | '。') || matches!(before, '、' | '，' | ',');
    if full {
        // A full line, going on in a line of running text or in another full one.
        let next_full = page.is_some_and(|page| page.is_full(next));
        return (next_runs || next_full).then_some(!is_marked(line) || odd || line.contains(['。', '，', ',']));
    }
    if !runs || !next_runs || width(line) < 24 || !hanzi::is_hanzi(before) && !odd {
        return None;
    }
    // The heading before its text: `一、提高认识，加强领导`; names: `成员：甲、乙`.
    let names = tail.contains('、') && !tail.contains(['，', ',', '的']);
    if names && !odd {
        return None;
    }
    if is_address(line) || is_address(next) {
        return None;
    }
    let open_end = OPEN_ENDS.iter().any(|word| line.ends_with(word) && !ends_word(line, word));
    Some(odd || open_end)
}

/// What cannot end a line that is complete.
const OPEN_ENDS: &[&str] = &[
    "按照", "根据", "以及", "和", "与", "及", "或", "把", "将", "以", "从", "向", "由", "被", "使", "为了", "围绕",
    "并", "且", "在",
];

/// Whether a line ends in a longer word than the one of a character that it seems to end in: 普及 rather than 及.
fn ends_word(line: &str, word: &str) -> bool {
    let mut back = line.chars().rev();
    match (back.next(), back.next()) {
        (Some(last), Some(before)) if word.chars().nth(1).is_none() => language::is_pair(before, last),
        _ => false,
    }
}

/// Whether a break parts a number from the unit of a date, or from its percent sign.
fn tears_date(line: &str, next: &str) -> bool {
    let digits = line.bytes().rev().take_while(u8::is_ascii_digit).count();
    let more = next.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && more > 0 {
        let before = &line[..line.len() - digits];
        return match next[more..].chars().next() {
            Some('年') => digits + more == 4,
            Some('月') => digits + more == 2 && before.ends_with('年'),
            Some('日') => digits + more == 2 && before.ends_with('月'),
            Some('%' | '％') => digits + more <= 3,
            _ => false,
        };
    }
    match next.chars().next() {
        Some('年') => matches!(digits, 1 | 2 | 4) && !next.starts_with("年度"),
        Some('月') => matches!(digits, 1 | 2),
        Some('日') => matches!(digits, 1 | 2) && !next.starts_with("日常"),
        Some('%' | '％') => digits > 0,
        _ => false,
    }
}

/// Whether a break parts a quotation, a title or what stands in brackets: what opens in the line closes in the next one.
fn tears_bracket(line: &str, next: &str) -> bool {
    let closes = |open: char, close: char| {
        let is_open = line.rfind(open).is_some_and(|at| !line[at..].contains(close));
        is_open && next.find(close).is_some_and(|at| !next[..at].contains(open))
    };
    !is_marked(next)
        && [('“', '”'), ('《', '》'), ('（', '）'), ('(', ')'), ('〔', '〕')].iter().any(|pair| closes(pair.0, pair.1))
}

/// Whether a line addresses those to whom a speech is made.
fn is_address(line: &str) -> bool {
    ["各位", "女士们", "同志们", "先生们", "朋友们", "代表们", "乡亲们"].iter().any(|word| line.contains(word))
}

/// Whether a line begins with a marker, an indent, or a word that begins a paragraph of its own.
fn is_marked(line: &str) -> bool {
    let mut characters = line.chars();
    let Some(first) = characters.next() else { return true };
    if matches!(first, ' ' | '\u{3000}' | '\u{a0}' | '\t' | '(' | '（' | '第' | '①'..='⑳' | '㈠'..='㈩' | '【' | '-' | '—' | '–' | '―' | '－' | '●' | '•' | '◆' | '■' | '□' | '★' | '※' | '▲' | '○' | '*')
    {
        return true;
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    if rest.len() < line.len() && rest.starts_with(['、', '.', '．', ')', '）', '是', ':', '：', ' ']) {
        return true;
    }
    [
        "附件",
        "附表",
        "附：",
        "附:",
        "主题词",
        "抄送",
        "抄报",
        "首先",
        "其次",
        "再次",
        "最后",
        "目标",
        "组长",
        "成员",
        "副组长",
    ]
    .iter()
    .any(|word| line.starts_with(word))
}

/// Rows of tables, dates, addresses and other lines that are no running text.
fn is_form(line: &str) -> bool {
    line.contains(['|', '\t', '│', '┃'])
        || line.contains("://")
        || line.trim_start().contains("  ")
        || line.contains("\u{3000}\u{3000}") && !line.starts_with('\u{3000}')
        || (line.ends_with('日') && line.chars().count() <= 16)
}

/// Single spaces inside sentences, between Chinese characters.
///
/// Evidence (with three or more of them in the text): the only space of its clause, with running text on both sides, eight characters or more in all,
/// and a pair of characters over it that the text has elsewhere. Counter-examples: `中共中央 国务院`, `县长 张三丰`,
/// `张三 李四`, `姓  名`, the halves of a slogan.
fn spaces(text: &str) -> Vec<Joint> {
    let mut joints = Vec::new();
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b' ', bytes) {
        let (back, front) = (&text[..at], &text[at + 1..]);
        let (Some(before), Some(behind)) = (back.chars().next_back(), front.chars().next()) else { continue };
        if !hanzi::is_hanzi(before) || !hanzi::is_hanzi(behind) || ENDS_OF_NAMES.contains(before) {
            continue;
        }
        let run = |characters: &mut dyn Iterator<Item = char>| {
            characters.take(24).take_while(|c| hanzi::is_hanzi(*c)).count()
        };
        let left = run(&mut back.chars().rev());
        let right = run(&mut front.chars());
        let stops = |text: &mut dyn Iterator<Item = char>| text.take(24).find(|c| !hanzi::is_hanzi(*c)) == Some(' ');
        let alone = !stops(&mut back.chars().rev()) && !stops(&mut front.chars());
        // Two halves of a slogan are of one length.
        let is_slogan = left == right && is_edge(back.chars().nth_back(left)) && is_edge(front.chars().nth(right));
        if alone && left + right >= 8 && !is_slogan {
            joints.push(Joint { start: at, end: at + 1, pair: (before, behind), certain: false });
        }
    }
    joints
}

/// Whether a quotation or a line begins or ends here.
fn is_edge(c: Option<char>) -> bool {
    c.is_none_or(|c| matches!(c, '\n' | '“' | '”' | '"' | '：' | '　'))
}

/// What names of bodies and posts end with, behind which a space parts them from another name.
const ENDS_OF_NAMES: &str = "央院厅部局委会府室司处科办中长记任员席理授";

#[cfg(test)]
mod tests {
    use super::super::testing::{check, untouched};
    use super::PASS;

    #[test]
    fn broken_sentences_are_joined() {
        check(
            PASS,
            &[
                (
                    "各乡镇要落实河道管护责任，加强巡查，及时清理漂浮物，并将管护情况按照\n县水务局的要求每月上报一次，不得迟报漏报。",
                    "各乡镇要落实河道管护责任，加强巡查，及时清理漂浮物，并将管护情况按照县水务局的要求每月上报一次，不得迟报漏报。",
                ),
                (
                    "加强管护工作，做好清淤工作。各村要明确专人负责，定期检查，认真做好日常管护工\n作，确保水质达标。",
                    "加强管护工作，做好清淤工作。各村要明确专人负责，定期检查，认真做好日常管护工作，确保水质达标。",
                ),
            ],
        );
    }

    #[test]
    fn a_page_of_fixed_width_is_joined() {
        let words = "为切实加强农村饮水安全工程建设和运行管理保障农村居民用水需要促进城乡供水一体化";
        let line: String = format!("{words}，").chars().take(30).collect();
        let page = format!(
            "关于农村供水的意见\n{line}\n{line}\n{line}\n{line}\n{line}\n{line}\n并抓好落实，按期完成。\n一、总体要求\n完成任务。\n"
        );
        let joined =
            format!("关于农村供水的意见\n{}并抓好落实，按期完成。\n一、总体要求\n完成任务。\n", line.repeat(6));
        check(PASS, &[(&page, &joined)]);
    }

    #[test]
    fn single_spaces_in_sentences_go() {
        let before = "要把群众的幸福放在心上，群众的幸 福是大事。党员要带头，广大党 员干部要带头，推动工作，推 动各项工作向前走。党员推动幸福。";
        check(PASS, &[(before, &before.replace(' ', ""))]);
    }

    #[test]
    fn headings_titles_and_lists_stay() {
        untouched(
            PASS,
            &[
                "临水县人民政府关于印发全县农村饮水安全\n工程建设实施方案的通知\n各乡镇人民政府，县政府各部门：\n为做好工作，制定本方案。",
                "一、提高思想认识，切实增强做好河道管护工作的责任感和紧迫感\n河道管护是一项长期工作，各乡镇要高度重视。",
                "突出重点，落实责任，全面推进农村人居环境整治各项任务\n各乡镇要结合实际，制定方案，明确任务。",
                "组长：张三，县长；成员：李四、王五、赵六、钱七、孙八\n领导小组下设办公室，办公室设在县水务局，负责日常工作。",
                "各乡镇要加强领导，落实责任，扎实推进，确保全面完成年度任务\n临水县水务局\n2012年3月5日",
                "请各单位于月底前报送总结，联系人张三，电话另行通知\n附件：任务分解表，共三张。",
                "坚持以人为本，服务群众，把解决饮水困难作为第一任务，分步实施，具体\n\n二、任务，目标。",
                "各单位要认真学习，深刻领会，全面贯彻，抓好落实，做到\n（一）认识到位，责任到位。",
                "《中共中央 国务院关于加快水利改革发展的决定》，中共中央 国务院印发，县委 县政府贯彻，县委 县政府落实",
                "出席会议的有张三丰 李四光 王五福 赵六合等同志，张三丰主持，李四光讲话",
            ],
        );
    }
}
