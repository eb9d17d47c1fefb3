//! What the campaign says of itself: its theme (主题) and its carrier (载体).

use std::sync::LazyLock;

use regex::Regex;

use super::{Context, near};
use crate::charset::CharSet;
use crate::outline::one_line;

const QUOTE: &str = r"[“\x22‘]([^“”\x22\n]{4,90})[”\x22’]";

static THEME: LazyLock<Regex> = LazyLock::new(|| both("主题"));
static CARRIER: LazyLock<Regex> = LazyLock::new(|| both("载体"));

/// “X”为…主题, or 主题是…“X”.
fn both(word: &str) -> Regex {
    let behind = format!(
        r"{QUOTE}(?:(?:作?为)[我本全][一-龥]{{0,14}}?的?|这一|这个|为|作为|的|是|活动|实践|总|主要|教育|[一1]个|本次|此次|工作|\s)*{word}"
    );
    let before = format!(r"{word}(?:就?是|为|定为|确定为|[，,]?即|:|：)+{QUOTE}");
    Regex::new(&format!("{behind}|{before}")).expect("a literal pattern")
}

static SUB_ACTIVITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:举办|举行|组织|开展|召开|积极|广泛|通过)[^。；，]{0,12}(?:以|围绕)?$").expect("a literal pattern")
});

/// Themes: quoted slogans that the text gives as the campaign's own.
///
/// Evidence: a quotation right before 主题 or right behind 主题是. Example: 活动主题是“为民务实清廉”. Counter-example: 开展以“爱绿护绿”为主题的
/// 植树活动 is the theme of one activity among others. Themes without quotes are taken only as
/// the one line below the heading 活动主题: 以科学发展观为主题 is everybody's.
pub fn themes(context: &Context) -> Vec<String> {
    let quoted = quoted(context, &THEME, "主题");
    if quoted.is_empty() { under_heading(context).into_iter().collect() } else { quoted }
}

/// The theme as the one short line below 活动主题: 一、活动主题⏎爱惜粮食、反对浪费.
///
/// Evidence: the heading is 活动主题 or 主题 and nothing else, and its text is one line of 4 to 30 characters, no sentence.
fn under_heading(context: &Context) -> Option<String> {
    let named = |section: &&crate::model::Section| {
        matches!(section.heading.as_str(), "活动主题" | "主题" | "宣传主题" | "年度主题")
    };
    let section = context.sections.iter().find(named)?;
    let text = section.text.trim().trim_end_matches('。').trim_matches(['“', '”', '"']);
    let fits = (4..=30).contains(&text.chars().count()) && !text.contains(['。', '\n', '；', '：', ':', '“']);
    fits.then(|| one_line(text))
}

/// Carriers: quoted slogans that the text gives as the campaign's 载体; as for themes.
pub fn carriers(context: &Context) -> Vec<String> {
    quoted(context, &CARRIER, "载体")
}

fn quoted(context: &Context, pattern: &Regex, word: &str) -> Vec<String> {
    let body = context.of(context.span);
    let mut out: Vec<String> = Vec::new();
    if !body.contains(word) {
        return out;
    }
    // Every match holds the word, with a quotation of at most 92 characters beside it.
    let mut places: Vec<std::ops::Range<usize>> = Vec::new();
    for at in memchr::memmem::find_iter(body.as_bytes(), word) {
        let (before, behind) = (&body[..at], &body[at + word.len()..]);
        // 主题是, 主题： … or a quotation with nothing but the words of [`both`] behind it.
        let announced = behind.trim_start_matches(['就', '是', '为', '定', '确', '即', ':', '：', ',', '，']);
        let announces = announced.len() < behind.len() && announced.starts_with(['“', '"', '‘']);
        let quotation = before.trim_end_matches(|c: char| BETWEEN.has(c) || c.is_whitespace());
        let quotation = quotation.strip_suffix(['”', '"', '’']).filter(|_| before.len() - quotation.len() <= REACH);
        let quotation = quotation.or_else(|| assigned(before));
        if !announces && quotation.is_none() {
            continue;
        }
        let start = quotation.map_or(at, opening_mark);
        let end = if announces {
            let quotation = announced.char_indices().nth(LONGEST_QUOTE + 2).map_or(announced.len(), |(end, _)| end);
            body.len() - announced.len() + quotation
        } else {
            at + word.len()
        };
        let mut near = start..end;
        while let Some(last) = places.pop_if(|last| near.start <= last.end) {
            near = near.start.min(last.start)..near.end.max(last.end);
        }
        places.push(near);
    }
    for near in places {
        quoted_in(context, near, pattern, word, &mut out);
    }
    out
}

/// What stands before the closing quote in …“党员河长在行动”为我局学习活动的, up to 20 characters before 载体.
fn assigned(before: &str) -> Option<&str> {
    let from = before.char_indices().rev().nth(22).map_or(0, |(at, _)| at);
    let close = from + before[from..].rfind(['”', '"', '’'])?;
    let behind = before[close..].trim_start_matches(['”', '"', '’']);
    let own = behind.trim_start_matches(['作', '为']);
    (own.len() < behind.len() && own.starts_with(['我', '本', '全'])).then(|| &before[..close])
}

/// Where the quotation begins, at the earliest, whose words a text ends with.
fn opening_mark(text: &str) -> usize {
    let mut start = text.len();
    for (at, c) in text.char_indices().rev().take(LONGEST_QUOTE + 1) {
        match c {
            '“' | '"' => return at,
            '”' | '\n' => return start,
            _ => start = at,
        }
    }
    start
}

/// The characters of the longest quotation that [`QUOTE`] takes.
const LONGEST_QUOTE: usize = 90;

/// The characters of the words that [`both`] lets stand between a quotation and 主题.
static BETWEEN: CharSet = CharSet::of(&['这', '一', '个', '为', '作', '的', '是', '活', '动', '实', '践', '总', '主'])
    .with(&['要', '教', '育', '1', '本', '次', '此', '工']);

/// Bytes of the words that may stand between a quotation and 主题.
const REACH: usize = 600;

fn quoted_in(context: &Context, line: std::ops::Range<usize>, pattern: &Regex, word: &str, out: &mut Vec<String>) {
    let body = context.of(context.span);
    for captures in pattern.captures_iter(&body[line.clone()]) {
        let (Some(whole), Some(found)) = (captures.get(0), captures.get(1).or_else(|| captures.get(2))) else {
            continue;
        };
        let before: String =
            body[..line.start + whole.start()].chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = body[line.start + whole.end()..].chars().take(14).collect();
        let one_of_many = SUB_ACTIVITY.is_match(&before)
            && after.starts_with(['的', '活'])
            && [
                "活动",
                "竞赛",
                "讨论",
                "征文",
                "演讲",
                "教育",
                "比赛",
                "展示",
                "宣传",
                "班会",
                "队会",
                "党课",
                "讲座",
                "晚会",
                "培训",
                "宣讲",
                "论坛",
                "座谈",
                "报告会",
            ]
            .iter()
            .any(|word| after.contains(word));
        let named_activity = after.starts_with("教育")
            || after.starts_with("党日")
            || after.starts_with("日")
            || after.starts_with("实践")
            || after.starts_with("实践活动")
            || after.starts_with("大讨论")
            || after.starts_with("活动") && captures.get(1).is_some() && !whole.as_str().contains('为');
        // Inside a task the theme is that of the task, unless the heading or the words say otherwise.
        let at = context.span.start + (line.start + whole.start()) as u32;
        let of_a_task = word == "主题"
            && context.section_at(at).is_some_and(|section| {
                let general = ["主题", "总体", "指导", "目标", "要求", "原则", "意义"]
                    .iter()
                    .any(|word| section.heading.contains(word));
                section.level >= 2 && !general
            })
            && !["活动主题", "活动的主题", "本次", "此次", "主题是", "主题为"]
                .iter()
                .any(|word| whole.as_str().contains(word));
        // 围绕“爱岗敬业”这个主题，取得了明显成效: that of an earlier round.
        let place = line.start + whole.start();
        let sentence = near::sentence(body, place);
        let past = sentence.contains("以来") && ["取得", "成效", "成果"].iter().any(|word| sentence.contains(word));
        let text = one_line(found.as_str());
        if !past && !of_a_task && !one_of_many && !named_activity && !out.contains(&text) {
            // 以“甲”和“乙”为载体.
            if let Some(first) = beside(&body[..place]).map(one_line).filter(|first| !out.contains(first)) {
                out.push(first);
            }
            out.push(text);
        }
    }
}

/// The quotation that a text ends with before 和, 与 or 、.
fn beside(before: &str) -> Option<&str> {
    let quoted = before.strip_suffix(['和', '与', '、', '及'])?.strip_suffix('”')?;
    let open = quoted.rfind('“')?;
    let inner = &quoted[open + '“'.len_utf8()..];
    (4..=LONGEST_QUOTE).contains(&inner.chars().count()).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::testing::with;

    #[test]
    fn themes_and_carriers() {
        for (text, expected) in [
            ("本次活动的主题是“治脏治乱、共建家园”，", vec!["治脏治乱、共建家园"]),
            ("以“守护碧水、造福子孙”为活动主题，以“党员河长在行动”为载体。", vec!["守护碧水、造福子孙"]),
            ("组织开展以“绿色出行”为主题的征文活动。", vec![]),
            ("各班要组织一次以“文明上网”为主题的班会。", vec![]),
            ("活动开展以来，各村围绕“净家园、促和谐”这个主题扎实工作，取得明显成效。", vec![]),
            ("以“守护碧水”和“造福子孙”为主题。", vec!["守护碧水", "造福子孙"]),
            ("以科学发展观为主题。", vec![]),
        ] {
            assert_eq!(with(text, themes), expected, "{text}");
        }
        for text in ["以“党员河长在行动”为实践载体。", "确定“党员河长在行动”为我局学习活动的载体。"]
        {
            assert_eq!(with(text, carriers), ["党员河长在行动"], "{text}");
        }
    }
}
