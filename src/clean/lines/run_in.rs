//! Lines that run on where another one should begin: a signature inside a line, a heading behind the indent of a paragraph.

use std::sync::LazyLock;

use regex::Regex;

use super::super::fix::Fix;
use super::super::hanzi;

/// Bytes of the shortest line that may hold another one.
const SHORTEST: usize = 240;

/// A date behind what the name of a body ends with.
static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:[府委局厅部院会室处组司校所站党]|中心|公司)[\u{3000} ]*(?:(?:19|20)[0-9]{2}|[一二][〇○零O九][〇○零O一二三四五六七八九]{2})年[0-9一二三四五六七八九十]{1,2}月[0-9一二三四五六七八九十]{1,3}日")
        .expect("a literal pattern")
});

/// The name of a body between the end of a sentence, or the beginning of the line, and its date.
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(^|[。！）)；：])[\u{3000} ]*([\p{Han}、\u{3000} ]{3,40})$").expect("a literal pattern")
});

/// A heading that times name, with its date behind it.
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[一二三四五六七八九十]{1,3}[、）)][\p{Han}]{0,6}(?:时间|期限|时限)((?:19|20)[0-9]{2}年)")
        .expect("a literal pattern")
});

/// The fixes for a text: breaks put in.
///
/// Evidence, all in lines of eighty characters or more: the name of a body behind the end of a sentence with a whole date
/// behind it, of which no sentence goes on (`…贯彻执行。某县人民政府2012年3月5日某县工作方案`); two ideographic or four other spaces, the
/// indent of a paragraph, before a marker (`　　第一阶段：`) or behind the end of a sentence; a numbered heading that ends in 时间
/// with a year behind it. Counter-examples: `由县政府2012年3月5日印发`, `姓名　　职务`. It misses signatures without a sentence's end
/// before them, and headings run in without an indent, which the outline divides.
pub(super) fn find(text: &str, fixes: &mut Vec<Fix>) {
    let timed =
        ["时间", "期限", "时限"].iter().any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some());
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).chain([text.len()]) {
        let line = &text[start..end];
        if line.len() >= SHORTEST {
            signatures(line, start, fixes);
            if BLANKS.iter().any(|blank| memchr::memmem::find(line.as_bytes(), blank.as_bytes()).is_some()) {
                indents(line, start, fixes);
            }
            if timed {
                let dates = TIME.captures_iter(line).filter_map(|found| found.get(1));
                fixes.extend(dates.map(|date| Fix::new(start + date.start()..start + date.start(), "\n")));
            }
        }
        start = end;
    }
}

/// What an indent is made of at least.
const BLANKS: [&str; 3] = ["\u{3000}\u{3000}", "    ", "\u{a0}\u{a0}"];

/// Bytes of the longest date, with the end of the name before it.
const LONGEST_DATE: usize = 64;

/// The boundary between characters at or before a place.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn signatures(line: &str, offset: usize, fixes: &mut Vec<Fix>) {
    for day in memchr::memmem::find_iter(line.as_bytes(), "日".as_bytes()) {
        let (from, end) = (floor(line, day.saturating_sub(LONGEST_DATE)), day + "日".len());
        if !line[from..day].contains('年') {
            continue;
        }
        let Some(found) = SIGNED.find_iter(&line[from..end]).last().filter(|found| from + found.end() == end) else {
            continue;
        };
        let found = from + found.start()..end;
        let date = found.start
            + line[found.clone()].find(|c: char| c.is_ascii_digit() || matches!(c, '一' | '二')).unwrap_or(0);
        let from = line[..date].char_indices().rev().nth(44).map_or(0, |(at, _)| at);
        let Some(body) = BODY.captures(&line[from..date]) else { continue };
        let (Some(mark), Some(body)) = (body.get(1), body.get(2)) else { continue };
        // A line may begin with the body; a part of a line does not.
        if mark.is_empty() && from > 0 {
            continue;
        }
        let behind = &line[found.end..];
        if goes_on(behind) || body.as_str().contains(['，', '的']) {
            continue;
        }
        if from + body.start() > 0 {
            fixes.push(Fix::new(offset + from + body.start()..offset + from + body.start(), "\n"));
        }
        fixes.push(Fix::new(offset + date..offset + date, "\n"));
        if !behind.trim_start_matches([' ', '\u{3000}']).starts_with(['\n', ')', '）']) && !behind.is_empty() {
            fixes.push(Fix::new(offset + found.end..offset + found.end, "\n"));
        }
    }
}

/// Whether a sentence goes on behind a date.
fn goes_on(behind: &str) -> bool {
    const SO: &[&str] = &[
        "，", "、", "；", "。", "：", "—", "－", "-", "~", "～", "”", "》", "至", "到", "起", "前", "后", "以", "之",
        "在", "的", "召", "下", "印", "发", "颁", "制", "通", "会", "上", "中", "和", "与", "及", "由", "对", "将",
        "从", "于", "公布", "施行", "实行", "执行", "作出", "批准", "批复", "审", "给", "提", "向",
    ];
    SO.iter().any(|word| behind.starts_with(word))
}

/// Indents inside a line.
fn indents(line: &str, offset: usize, fixes: &mut Vec<Fix>) {
    let mut done = line.len() - line.trim_start().len();
    while let Some(start) = line[done..].find(is_blank).map(|at| done + at) {
        let rest = line[start..].trim_start_matches(is_blank);
        done = line.len() - rest.len();
        let columns: usize = line[start..done].chars().map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum();
        let ends = line[..start].ends_with(['。', '；', '！', '”', '）', ')', '：', ':', ';']);
        let runs = || rest.chars().take(12).all(|c| hanzi::is_hanzi(c) || "“《，（".contains(c));
        if columns >= 4 && (begins_with_marker(rest) || ends && runs()) {
            fixes.push(Fix::new(offset + start..offset + start, "\n"));
        }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{3000}')
}

fn begins_with_marker(text: &str) -> bool {
    static MARKER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[、.．]|第[一二三四五六七八九十]{1,3}(?:阶段|步|章|条|部分))")
            .expect("a literal pattern")
    });
    MARKER.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{check, untouched};
    use super::super::PASS;

    fn long(text: &str) -> String {
        format!("{}{text}", "各乡镇要明确专人负责管护，按月上报进展。".repeat(5))
    }

    #[test]
    fn lines_are_divided() {
        let cases = [
            (
                "贯彻执行。临水县人民政府2012年3月5日临水县清淤方案",
                "贯彻执行。\n临水县人民政府\n2012年3月5日\n临水县清淤方案",
            ),
            (
                "三、步骤　　第一阶段：动员。　　第二阶段：清淤。",
                "三、步骤\n　　第一阶段：动员。\n　　第二阶段：清淤。",
            ),
            ("一、检查时间2014年12月5日至2015年2月28日。", "一、检查时间\n2014年12月5日至2015年2月28日。"),
        ];
        let cases: Vec<(String, String)> = cases.iter().map(|(a, b)| (long(a), long(b))).collect();
        let cases: Vec<(&str, &str)> = cases.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        check(PASS, &cases);
    }

    #[test]
    fn running_text_stays() {
        for text in [
            "方案由县政府2012年3月5日印发。",
            "已经完成。县政府2012年3月5日召开会议部署。",
            "姓名　　职务　　单位",
            "工期时间2014年完成。",
        ] {
            untouched(PASS, &[&long(text)]);
        }
    }
}
