//! Lines that look like the title of a document: on lines of their own, or glued to the text behind them.

use std::sync::LazyLock;

use regex::Regex;

use super::line::{Line, Words, without_note};
use crate::outline::marker::{is_blank, is_han};
use crate::span::Span;

/// A title that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Title {
    /// Index of its first line.
    pub first: usize,
    /// Index of its last line.
    pub last: usize,
    /// The title in the text.
    pub span: Span,
    /// Whether text follows it on the same line.
    pub glued: bool,
}

static NO_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:根据|按照|依据|为[^“]|结合|通过|认真|现将|现就|本[^科]|该|此|并|及|以[^“]|在此|各|对照|制定|制订|研究|组织|印发|下发|请|附件|附表|附[:：]|抄送|主题词|联系|第[一二三四五六七八九十]+(?:条|阶段|步|环节)|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．])",
    )
    .expect("a literal pattern")
});

static TITLE_WORD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"关于|活动|工作|实施|开展|创建|建设|学习|教育|整治|治理|行动|讲话|管理|改革|发展|规划|工程|培训|检查|整改|保护|试点|督查|普查|改造|预案|考核|评选|推进|会|倡议书|一封信|公开信").expect("a literal pattern")
});

/// What may stand right behind a glued title: not what would make it a word inside a sentence.
fn may_follow(rest: &str) -> bool {
    const NOT: [&str; 35] = [
        "的", "和", "等", "与", "及", "后", "要", "了", "，", ",", "。", "、", "；", ";", "”", "》", ")", "）", "如下",
        "进行", "制定", "确定", "要求", "精神", "中的", "中，", "中,", "自", "经", "已", "并", "是", "印发", "应",
        "由",
    ];
    rest.starts_with(|c: char| is_han(c) || is_blank(c) || c.is_alphanumeric() || matches!(c, '(' | '（' | '【' | '〔'))
        && !NOT.iter().any(|word| rest.starts_with(word))
}

/// Whether a line says how to reach someone: telephone, address.
pub(super) fn is_contact(line: &str) -> bool {
    let squeezed: String = line.chars().take(16).filter(|c| !c.is_whitespace()).collect();
    ["联系", "电话", "传真", "邮箱", "电子邮", "地址", "邮编", "邮政编码"].iter().any(|word| squeezed.starts_with(word))
}

/// Whether a text without the end of a sentence may be a title, by its words alone.
pub(super) fn may_be_title(text: &str) -> bool {
    TITLE_WORD.is_match(text) && !NO_TITLE.is_match(text)
}

fn has_stop(text: &str) -> bool {
    text.contains(['。', '；', '！', '？', ';', '!'])
}

/// The title that ends with line `at`, together with at most three lines above over which it is spread.
///
/// Evidence: the line ends with a genre word (方案, 意见 …), has no sentence stop and does not begin like a sentence or an
/// item; lines above belong to it while they are short, unfinished and no letterhead, up to the one with 关于.
/// Example: 关于在全县开展 / 村庄清洁行动的实施意见. Counter-example: 结合实际,制定本方案. Misses titles without a genre word.
pub fn own_lines(text: &str, lines: &[Line], at: usize, words: &Words) -> Option<Title> {
    let line = lines.get(at)?;
    let printed = line.span.of(text);
    // 实 施 方 案 的 通 知, 通　　知: letters set wide apart.
    let (least, longest) = if line.chars <= 6 { (1, 1) } else { (3, 2) };
    let spaced = printed.matches([' ', '\u{3000}']).count() >= least
        && printed.split_whitespace().all(|word| word.chars().count() <= longest);
    let closed: String = if spaced { printed.split_whitespace().collect() } else { String::new() };
    let last = if spaced { closed.as_str() } else { printed };
    let unnumbered = NUMBER_BEHIND.find(last).map_or(last, |number| &last[..number.start()]);
    if line.chars > 70 || line.boilerplate.is_some() || has_stop(last) || words.genre(unnumbered).is_none() {
        return None;
    }
    // 2012年3月5日某县水务局活动方案: the signature of the document before stands in front.
    let signed = DATE.find(printed).filter(|date| date.start() == 0 && printed[date.end()..].chars().count() >= 6);
    let signed = signed.map_or(0, |date| date.end());
    let (mut first, mut chars) = (at, line.chars);
    while signed == 0 && !starts_whole(lines[first].span.of(text)) && at - first < 3 && first > 0 {
        let above = &lines[first - 1];
        let above_text = above.span.of(text);
        // 某小学“阳光体育” / 实 施 方 案: the words for the kind of document alone make no title.
        let goes_on = spaced && closed.chars().count() <= 8
            || ["活动", "专项", "主题", "实施", "行动", "工作"].iter().any(|word| last.starts_with(word));
        let bare = goes_on && first == at && above_text.ends_with(['”', ')', '）']);
        let finished = above.boilerplate.is_some()
            || above.chars > 42
            || !bare && above_text.ends_with([')', '）', '”'])
            || above_text.ends_with(['。', ':', '：', ';', '；', '!', '！', '?', '？', '号', '日', '〕', ','])
            || above_text.ends_with("文件")
            || above_text.ends_with("同志们")
            || above_text.ends_with("印发")
            || is_contact(above_text)
            || words.genre(above_text).is_some()
            || NO_TITLE.is_match(above_text)
            || chars + above.chars > 110;
        if finished {
            break;
        }
        first -= 1;
        chars += above.chars;
        if above_text.contains("关于") {
            break;
        }
    }
    first = without_site(text, lines, first, at);
    // The name of the issuing body on a line of its own above 关于….
    if first > 0 && lines[first].span.of(text).starts_with("关于") {
        let above = &lines[first - 1];
        let above_text = above.span.of(text);
        if above.boilerplate.is_none() && above.chars <= 30 && is_body(above_text) {
            first -= 1;
        }
    }
    let counted = SITE.find(lines[first].span.of(text)).map_or(0, |site| site.end());
    // (2019—2021年), (试行) on the line below.
    let noted = lines.get(at + 1).filter(|below| is_note(below.span.of(text)));
    let last = if noted.is_some() { at + 1 } else { at };
    // …的通知(某办发〔2013〕14号): the number is no part of the title.
    let number = NUMBER_BEHIND.find(printed).map_or(printed.len(), |number| number.start());
    let end = if noted.is_some() { lines[last].span.end } else { line.span.start + number as u32 };
    let span = Span { start: lines[first].span.start + signed.max(counted) as u32, end };
    let whole = span.of(text);
    let enough = whole.chars().filter(|c| !c.is_whitespace()).count() >= 5;
    (enough && !NO_TITLE.is_match(whole) && (TITLE_WORD.is_match(whole) || without_note(whole).chars().count() >= 9))
        .then_some(Title { first, last, span, glued: false })
}

/// Whether a line is the note that belongs to the title above it: the years of a plan, or that it is a draft.
fn is_note(line: &str) -> bool {
    let inner = line.strip_prefix(['(', '（']).and_then(|rest| rest.strip_suffix([')', '）']));
    inner.is_some_and(|inner| {
        let years = inner.ends_with('年')
            && inner.contains(['—', '-', '～', '~', '至'])
            && inner.starts_with(|c: char| c.is_ascii_digit())
            && inner.chars().count() <= 14;
        years || matches!(inner, "试行" | "暂行" | "草案" | "征求意见稿" | "讨论稿" | "送审稿" | "修订稿" | "试行稿")
    })
}

/// The first line of a title spread over `first..=last` that is not the site's own form of it: 第一篇:某某方案 above the document's.
fn without_site(text: &str, lines: &[Line], first: usize, last: usize) -> usize {
    (first..last).rfind(|&at| SITE.is_match(lines[at].span.of(text))).map_or(first, |at| at + 1)
}

/// A document number in brackets at the end of a title.
static NUMBER_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\s*[(（][一-龥]{1,10}\s?[〔\[【(（](?:19|20)\d\d[〕\]】）)]\s?第?\d{1,4}\s?号[)）]$")
        .expect("a literal pattern")
});

/// How sites count the documents of a page, before the title of each.
static SITE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:第[一二三四五六七八九十]{1,3}篇|篇[一二三四五六七八九十]{1,3}|范文[一二三四五六七八九十]{1,3}|第\d{1,2}篇|篇\d{1,2})\s*[:：]\s*").expect("a literal pattern")
});

fn starts_whole(line: &str) -> bool {
    let head: String = line.chars().take(14).collect();
    let dated = head.starts_with(|c: char| c.is_ascii_digit()) && head.contains('年');
    line.contains("关于")
        || line.chars().count() > 26
            && TITLE_WORD.is_match(line)
            && (dated || head.contains(['省', '市', '县', '区', '院', '局']))
}

/// A body's name: it ends with what bodies end with and is no sentence.
pub fn is_body(text: &str) -> bool {
    const ENDS: [&str; 41] = [
        "初中",
        "高中",
        "幼儿园",
        "办事处",
        "管理处",
        "大队",
        "支队",
        "总队",
        "分行",
        "局",
        "厅",
        "部",
        "委",
        "委员会",
        "办公室",
        "政府",
        "党组",
        "党委",
        "支部",
        "总支",
        "小组",
        "指导组",
        "院",
        "校",
        "所",
        "站",
        "中心",
        "公司",
        "集团",
        "协会",
        "法院",
        "检察院",
        "指挥部",
        "大学",
        "中学",
        "小学",
        "党工委",
        "管委会",
        "会",
        "组",
        "办",
    ];
    let text = text.trim();
    let chars = text.chars().count();
    (3..=60).contains(&chars)
        && !has_stop(text)
        && !text.contains([':', '：', ',', '，', '《'])
        && ENDS.iter().any(|end| text.ends_with(end))
}

/// A title at the beginning of a line, glued to the text behind it.
///
/// Evidence: a genre word within the first 60 characters, nothing before it that a title does not hold, a title word (关于,
/// 活动 …), and behind it the beginning of a sentence or of a numbered series, not 的, 和 or a comma.
/// Example: 某县河道清理工作方案一、指导思想. Counter-example: 活动方案要报县局备案. Misses titles without a title word.
pub fn glued(text: &str, lines: &[Line], at: usize, words: &Words) -> Option<Title> {
    let line = lines.get(at)?;
    let body = line.span.of(text);
    if line.boilerplate.is_some() || NO_TITLE.is_match(body) {
        return None;
    }
    let skip = JUNK.find(body).map_or(0, |junk| junk.end());
    let whole_line = body;
    let body = &body[skip..];
    let limit = body.char_indices().nth(62).map_or(body.len(), |(at, _)| at);
    let head = &body[..limit];
    let stop = head.find(['。', '；', '！', '？', ';', '!', ':', '：', ',', '，']).unwrap_or(head.len());
    for (_, end) in words.genre_ends(head) {
        if end > stop {
            break;
        }
        let title = &body[..end];
        let mut rest = &body[end..];
        let mut end = end;
        if rest.starts_with(['(', '（'])
            && let Some(close) = rest.find([')', '）']).filter(|&close| close < 40)
        {
            end += close + rest[close..].chars().next().map_or(1, char::len_utf8);
            rest = &body[end..];
        }
        let balanced = title.matches('《').count() == title.matches('》').count();
        if balanced
            && title.chars().count() >= 6
            && TITLE_WORD.is_match(title)
            && may_follow(rest)
            && !["将对", "将把", "请各", "应当", "可以"].iter().any(|word| title.contains(word))
            && rest.chars().take(9).count() >= 5
        {
            // The signature of the document before may stand in front: 某县教育局2012年3月5日某县水务局活动方案…, or the
            // letterhead of this one: 某县水务局文件 某水发〔2012〕8号某县水务局活动方案….
            let signed = DATE.find(title).map_or(0, |date| date.end());
            let signed = signed.max(LETTERHEAD.find(title).map_or(0, |head| head.end()));
            if title[signed..].chars().count() < 6 {
                continue;
            }
            let start = line.span.start as usize + (whole_line.len() - body.len());
            return Some(Title { first: at, last: at, span: Span::new(start + signed, start + end), glued: true });
        }
    }
    None
}

/// A letterhead with its number, at the beginning of a line that goes on with the title.
static LETTERHEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[一-龥]{3,30}文件\s*[一-龥]{1,10}\s?[〔\[【（(](?:19|20)\d\d[〕\]】）)]\s?第?\d{1,4}\s?号\s*")
        .expect("a literal pattern")
});
/// A whole date, as signatures have it.
pub(super) static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日").expect("a literal pattern")
});
/// What document sites put right in front of a title.
static JUNK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:第\s*\d+\s*页\s*共\s*\d+\s*页|精选优质文档-+倾情为你奉上|文档仅供参考[^。]{0,20}[。]?|\d{1,2}、(?:[一-龥]{2,40}?\d{4,8}年\d{1,2}月\d{1,2}日)?文档仅供参考[^。]{0,20}[。])+").expect("a literal pattern")
});
static BEGINS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\s*(?:一、|第一章|1[、.．])|\s*(?:为|根据|按照)[^。]{6,120}?(?:制[定订]|提出|特)[^。]{0,40}?(?:方案|意见|计划|办法)[^。]{0,12}[。:：])").expect("a literal pattern")
});

/// Titles inside a long line, where documents were put together with nothing between them.
///
/// Evidence: a genre word; behind it the first numbered heading or the sentence that begins a plan (为…,制定本方案); before it,
/// up to 50 characters of title behind a sentence stop or a date. Example: …抓好落实。某县河道清理工作方案一、指导思想… Counter-example:
/// 落实《某县工作方案》一、二项任务. Misses documents that begin otherwise.
pub fn inside(text: &str, lines: &[Line], at: usize, words: &Words) -> Vec<Title> {
    let mut out = Vec::new();
    let Some(line) = lines.get(at).filter(|line| line.span.len() > 300 && line.boilerplate.is_none()) else {
        return out;
    };
    let body = line.span.of(text);
    let mut done = 0;
    for (_, end) in words.genre_ends(body) {
        let rest = &body[end..];
        let near = rest.char_indices().nth(200).map_or(rest.len(), |(at, _)| at);
        if end <= done || !BEGINS.is_match(&rest[..near]) {
            continue;
        }
        let from = body[..end].char_indices().rev().nth(50).map_or(0, |(at, _)| at);
        let window = &body[from..end];
        let stop = window
            .rfind(['。', '！', '？', '；', '…'])
            .map(|at| at + window[at..].chars().next().map_or(1, char::len_utf8));
        let Some(start) = stop.max(DATE.find_iter(window).last().map(|date| date.end())) else { continue };
        let title = &window[start..];
        let fits = (6..=50).contains(&title.chars().count())
            && !title.contains([',', '，', ':', '：', '、'])
            && title.matches('《').count() == title.matches('》').count()
            && !NO_TITLE.is_match(title)
            && TITLE_WORD.is_match(title);
        if fits && from + start > 0 {
            let base = line.span.start as usize;
            out.push(Title { first: at, last: at, span: Span::new(base + from + start, base + end), glued: true });
            done = end;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn titles() {
        let words = &Lexicon::builtin().compiled().line;
        let text = "某县水务局文件\n某水发〔2012〕8号\n关于在全县开展\n河道清理活动的实施意见\n各乡镇:\n为改善水质,制定本方案\n";
        let lines = lines(text, words);
        let found: Vec<&str> =
            (0..lines.len()).filter_map(|at| own_lines(text, &lines, at, words)).map(|t| t.span.of(text)).collect();
        assert_eq!(found, ["关于在全县开展\n河道清理活动的实施意见"]);
    }

    #[test]
    fn titles_inside_a_line() {
        let words = &Lexicon::builtin().compiled().line;
        let first = "各村要明确专人负责,按月上报进展,".repeat(8);
        let text =
            format!("一、任务{first}抓好落实。柳河县农村改厕工作方案一、指导思想坚持因地制宜。二、任务完成改厕。");
        let lines = lines(&text, words);
        let found: Vec<&str> = inside(&text, &lines, 0, words).iter().map(|t| t.span.of(&text)).collect();
        assert_eq!(found, ["柳河县农村改厕工作方案"]);
        let text = format!("一、任务{first}落实好《柳河县农村改厕工作方案》一、二项任务,抓好落实。");
        let lines = super::super::line::lines(&text, words);
        assert!(inside(&text, &lines, 0, words).is_empty());
    }

    #[test]
    fn glued_titles() {
        let words = &Lexicon::builtin().compiled().line;
        for (line, expected) in [
            ("河道清理活动实施方案一、指导思想以改善水质为目的", Some("河道清理活动实施方案")),
            ("校园安全整治工作方案(试行)为了保障师生安全,制定本方案。", Some("校园安全整治工作方案(试行)")),
            ("活动方案要报县局备案,未经批准不得实施。", None),
            ("根据活动实施方案安排,现通知如下。", None),
            ("各单位制定工作方案并认真组织实施。", None),
        ] {
            let lines = lines(line, words);
            assert_eq!(glued(line, &lines, 0, words).map(|t| t.span.of(line)), expected, "{line}");
        }
    }
}
