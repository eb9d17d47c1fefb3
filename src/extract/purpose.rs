//! What the campaign says of itself: its theme (主题), its carrier (载体) and its time window.

use std::sync::LazyLock;

use regex::Regex;

use super::Context;
use super::dates::{self, Base};
use crate::charset::CharSet;
use crate::model::Moment;
use crate::outline::one_line;
use crate::span::Span;

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
        let sentence = around(body, place);
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

/// The sentence around a place, as far as 120 characters to either side.
fn around(text: &str, place: usize) -> &str {
    let from = text[..place].char_indices().rev().take(120).take_while(|(_, c)| !matches!(c, '。' | '\n')).last();
    let behind = &text[place..];
    let to = behind.char_indices().take(120).find(|(_, c)| matches!(c, '。' | '\n'));
    let to = to.or_else(|| behind.char_indices().nth(120)).map_or(text.len(), |(at, _)| place + at);
    &text[from.map_or(place, |(at, _)| at)..to]
}

static WINDOW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:时间|活动|工作|行动|整治|开展|周期|期限|年度|从|自)[^。；\n]{0,30}").expect("a literal pattern")
});

/// What every one of the words in [`window`] that speak of the whole campaign ends with.
static WHOLE_SIGN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("结束|为期|实施年度|实施期限|实施周期|基本完成|活动时间|整治时间|行动时间|集中学习")
        .expect("a literal pattern")
});

/// The matches of [`WINDOW`] in sentences with one of the words that [`window`] asks for; no match reaches over a 。 or ；.
fn windows(body: &str) -> Vec<std::ops::Range<usize>> {
    let stops = ['。', '；', '\n'];
    let mut out = Vec::new();
    let mut done = 0;
    for sign in WHOLE_SIGN.find_iter(body) {
        if sign.start() < done {
            continue;
        }
        let start = body[done..sign.start()].rfind(stops).map_or(done, |at| done + at);
        done = body[sign.end()..].find(stops).map_or(body.len(), |at| sign.end() + at);
        out.extend(WINDOW.find_iter(&body[start..done]).map(|found| start + found.start()..start + found.end()));
    }
    out
}

/// A time window: its first and its last day.
type Window = (Option<Moment>, Option<Moment>);

/// The window that the preamble decides: 我院决定从2011年6月至12月，在全院开展…活动.
///
/// Evidence: a range behind 从, 自, 于 or 决定 in the first 600 characters before the first heading, in a sentence that carries out
/// something (决定, 开展). Counter-example: 2008年至2010年取得了明显成效.
fn decided(context: &Context, base: &Base) -> Option<Window> {
    let first = context.sections.first().map_or(context.body.end, |section| section.span.start);
    let preamble = Span { start: context.body.start.min(first), end: first };
    let text = context.of(preamble);
    let reach = text.char_indices().nth(600).map_or(text, |(end, _)| &text[..end]);
    for sentence in reach.split(['。', '\n']).filter(|sentence| DECIDES.iter().any(|word| sentence.contains(word))) {
        for time in dates::expressions(sentence, base) {
            let before = sentence[..time.span.start as usize].trim_end();
            let words = time.span.of(sentence);
            let opens = words.starts_with(['从', '自'])
                || ["从", "自", "于", "决定", "决定在"].iter().any(|word| before.ends_with(word));
            let past = ["以来", "成效", "成绩", "成果", "开展了"].iter().any(|word| sentence.contains(word));
            if !opens || past {
                continue;
            }
            if time.kind == dates::Kind::Range && time.start.is_some() && time.end > time.start {
                return Some((time.start, time.end));
            }
            // 决定自6月24日起在县城开展…: the end is left open.
            if time.start.is_some() && time.end.is_none() && words.ends_with('起') && sentence.contains("决定") {
                return Some((time.start, None));
            }
        }
    }
    None
}

/// The window of a campaign that a sentence divides into phases: 专项行动自4月1日起至11月30日止，共分三个阶段.
fn staged(context: &Context, base: &Base) -> Option<Window> {
    let text = context.of(context.body);
    for sign in ["个阶段", "个步骤", "个环节"] {
        for (at, _) in text.match_indices(sign).take(20) {
            let sentence = around(text, at);
            let found = dates::expressions(sentence, base).into_iter().find(|time| {
                let opens = time.span.of(sentence).starts_with(['从', '自'])
                    || sentence[..time.span.start as usize].trim_end().ends_with(['从', '自']);
                opens && time.kind == dates::Kind::Range && time.start.is_some() && time.start < time.end
            });
            if let Some(time) = found {
                return Some((time.start, time.end));
            }
        }
    }
    None
}

/// What a preamble carries out its campaign with.
const DECIDES: [&str; 3] = ["决定", "开展", "定于"];

/// (20242026年): the dash between two years was lost.
static GLUED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[(（](20\d\d)(20\d\d)年").expect("a literal pattern"));

/// The window that a title gives in brackets: 安全生产三年行动方案(2024—2026年).
fn titled(title: Option<&str>) -> Option<Window> {
    let title = title?.trim_end();
    let inner = title.strip_suffix([')', '）'])?;
    let inner = &inner[inner.rfind(['(', '（'])?..];
    let parted = GLUED.replace(inner, "($1—$2年");
    let time = dates::expressions(&parted, &Base::default()).into_iter().next()?;
    (time.kind == dates::Kind::Range && time.start < time.end).then_some((time.start, time.end))
}

/// The whole campaign's time window, where the text states one: 从2009年10月开始到2010年2月基本结束, 活动时间:3月至6月.
///
/// Evidence: a range (or a beginning) in a sentence that speaks of the whole campaign's time: under a heading on time, or with
/// 开始…结束, 活动时间, 实施年度; not inside a phase. Counter-example: 3月1日至10日为宣传周. Misses windows that only the phases add up to.
pub fn window(context: &Context, title: Option<&str>, phase_spans: &[Span]) -> (Option<Moment>, Option<Moment>) {
    let base = Base { year: context.year, issued: context.issued.map(|moment| moment.date), before: None };
    let on_time = |section: &crate::model::Section| {
        let heading = &section.heading;
        ["活动时间", "时间安排", "整治时间", "实施时间", "行动时间", "工作时间", "试点时间", "检查时间"]
            .iter()
            .any(|word| heading.contains(word))
            || matches!(heading.as_str(), "时间" | "起止时间" | "开展时间" | "活动期限" | "活动起止时间")
    };
    for section in context.sections.iter().filter(|section| on_time(section)) {
        let text: String = section.text.chars().take(60).collect();
        let stop = text.find(['。', '；', '\n']).unwrap_or(text.len());
        // 一季度以…为重点 is one part of the time.
        let found = dates::expressions(&text[..stop], &base).into_iter().next();
        if let Some(dates::Time { start, end, span, kind: dates::Kind::Range, .. }) = found
            && start.is_some()
            && span.start <= 30
            // 整治时间 above the phases, whose first one has run into its line.
            && !phase_spans.iter().any(|phase| section.span.start < phase.start && phase.start < section.span.end)
        {
            return (start, end);
        }
    }
    if let Some(found) = decided(context, &base).or_else(|| titled(title)).or_else(|| staged(context, &base)) {
        return found;
    }
    let body = context.of(context.body);
    if !["结束", "时间", "完成", "开始", "年度", "期限"].iter().any(|word| body.contains(word)) {
        return (None, None);
    }
    let offset = context.body.start;
    for place in windows(body) {
        let at = offset + place.start as u32;
        if phase_spans.iter().any(|span| span.start <= at && at < span.end) {
            continue;
        }
        let end = (place.end..body.len().min(place.end + 200))
            .find(|&at| body.is_char_boundary(at) && body[at..].starts_with(['。', '；', '\n']))
            .unwrap_or(place.end);
        let sentence = body.get(place.start..end).unwrap_or("");
        let whole = [
            "结束",
            "为期",
            "实施年度",
            "实施期限",
            "实施周期",
            "基本完成",
            "集中活动时间",
            "活动时间",
            "整治时间",
            "行动时间",
            "集中学习",
        ]
        .iter()
        .any(|word| sentence.contains(word));
        let whole =
            whole && ["开始", "时间", "结束", "年度", "期限", "周期", "起"].iter().any(|word| sentence.contains(word));
        if !whole || sentence.contains("报名") || sentence.contains("考试") {
            continue;
        }
        let found = dates::range_in(sentence, &base).map(|(start, end, span)| {
            // 从3月开始,8月基本完成: the end stands by itself.
            let rest = sentence.get(span.end as usize..).unwrap_or("");
            let single = start.map(|m| m.date) == end.map(|m| m.date) || end.is_none() || sentence.contains("开始");
            let later = dates::range_in(rest, &base).filter(|(_, end, later)| {
                end.is_some()
                    && rest
                        .get(later.end as usize..)
                        .is_some_and(|after| after.trim_start().starts_with(['基', '结', '完', '底', '前']))
            });
            match later {
                Some((_, later_end, _)) if single && later_end > start => (start, later_end, span),
                _ => (start, end, span),
            }
        });
        let in_phase = |span: &Span| {
            let at = offset + place.start as u32 + span.start;
            phase_spans.iter().any(|phase| phase.start <= at && at < phase.end)
        };
        if let Some((start, end, span)) = found
            && !in_phase(&span)
            && start.is_some()
            && (end.is_some() || sentence.contains("开始"))
            && start.map(|m| m.date) != end.map(|m| m.date)
        {
            return (start, end);
        }
    }
    (None, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn with<T>(text: &str, f: impl Fn(&Context) -> T) -> T {
        let span = Span::new(0, text.len());
        f(&Context {
            text,
            span,
            body: span,
            sections: &[],
            lexicon: Lexicon::builtin(),
            issued: None,
            year: Some(2012),
        })
    }

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

    #[test]
    fn windows() {
        let day = |m: Option<Moment>| m.map(|m| m.date.to_string());
        for (text, expected) in [
            ("整治工作从2012年3月开始，到2012年10月底结束。", (Some("2012-03-01"), Some("2012-10-31"))),
            ("县里决定从2012年5月起至2012年11月，在全县开展村庄清洁行动。", (Some("2012-05-01"), Some("2012-11-30"))),
            ("专项行动自2012年4月1日起至11月30日止，共分三个阶段。", (Some("2012-04-01"), Some("2012-11-30"))),
            ("2009年至2011年，我县组织实施改水工程，取得明显成效。", (None, None)),
            ("各村每月上报一次。", (None, None)),
        ] {
            let (start, end) = with(text, |context| window(context, None, &[]));
            assert_eq!((day(start).as_deref(), day(end).as_deref()), expected, "{text}");
        }
    }
}
