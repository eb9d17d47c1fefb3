//! The campaign's time window: its first and its last day.

use std::sync::LazyLock;

use regex::Regex;

use super::Context;
use super::dates::{self, Base};
use super::near;
use crate::model::Moment;
use crate::span::Span;

/// A time window: its first and its last day.
pub type Window = (Option<Moment>, Option<Moment>);

/// The whole campaign's time window, where the text states one: from its section on time, its preamble, its title, the sentence that
/// divides it into phases, or any sentence on the whole of it, in this order. Misses windows that only the phases add up to.
pub fn window(context: &Context, title: Option<&str>, phases: &[Span]) -> Window {
    let base = Base { year: context.year, issued: context.issued.map(|moment| moment.date), before: None };
    headed(context, &base, phases)
        .or_else(|| decided(context, &base))
        .or_else(|| titled(title))
        .or_else(|| staged(context, &base))
        .or_else(|| stated(context, &base, phases))
        .unwrap_or_default()
}

/// The window under a heading on time: 三、活动时间⏎3月至6月.
///
/// Evidence: a range among the first thirty bytes below the heading. Counter-examples: the dates of the first phase, where the
/// phases stand below such a heading; 一季度以宣传为重点.
fn headed(context: &Context, base: &Base, phases: &[Span]) -> Option<Window> {
    let on_time = |heading: &str| {
        ["活动时间", "时间安排", "整治时间", "实施时间", "行动时间", "工作时间", "试点时间", "检查时间"]
            .iter()
            .any(|word| heading.contains(word))
            || matches!(heading, "时间" | "起止时间" | "开展时间" | "活动期限" | "活动起止时间")
    };
    context.sections.iter().filter(|section| on_time(&section.heading)).find_map(|section| {
        let text: String = section.text.chars().take(60).collect();
        let stop = text.find(['。', '；', '\n']).unwrap_or(text.len());
        let time = dates::expressions(text.get(..stop)?, base).into_iter().next()?;
        let of_a_phase = phases.iter().any(|phase| section.span.start < phase.start && phase.start < section.span.end);
        let tells = time.kind == dates::Kind::Range && time.start.is_some() && time.span.start <= 30;
        (tells && !of_a_phase).then_some((time.start, time.end))
    })
}

/// The window that a sentence on the whole campaign states: 从2009年10月开始到2010年2月基本结束, 活动时间:3月至6月.
///
/// Evidence: a range (or a beginning) in a sentence with one of [`WHOLE_SIGN`]; not inside a phase. Counter-examples: 3月1日至10日为宣传周;
/// 报名时间.
fn stated(context: &Context, base: &Base, phases: &[Span]) -> Option<Window> {
    let body = context.of(context.body);
    let offset = context.body.start;
    let in_phase = |at: u32| phases.iter().any(|phase| phase.start <= at && at < phase.end);
    for place in windows(body) {
        let at = offset + place.start as u32;
        if in_phase(at) {
            continue;
        }
        let end = (place.end..body.len().min(place.end + 200))
            .find(|&at| body.get(at..).is_some_and(|rest| rest.starts_with(['。', '；', '\n'])))
            .unwrap_or(place.end);
        let sentence = body.get(place.start..end).unwrap_or("");
        let whole = WHOLE_SIGN.is_match(sentence)
            && ["开始", "时间", "结束", "年度", "期限", "周期", "起"].iter().any(|word| sentence.contains(word));
        if !whole || sentence.contains("报名") || sentence.contains("考试") {
            continue;
        }
        let Some((start, end, span)) = dates::range_in(sentence, base) else { continue };
        let end = later_end(sentence, start, end, span, base).or(end);
        if !in_phase(at + span.start)
            && start.is_some()
            && (end.is_some() || sentence.contains("开始"))
            && start.map(|m| m.date) != end.map(|m| m.date)
        {
            return Some((start, end));
        }
    }
    None
}

/// The end that stands by itself behind the beginning: 从3月开始,8月基本完成.
fn later_end(sentence: &str, start: Option<Moment>, end: Option<Moment>, span: Span, base: &Base) -> Option<Moment> {
    let single = start.map(|m| m.date) == end.map(|m| m.date) || end.is_none() || sentence.contains("开始");
    let rest = sentence.get(span.end as usize..).filter(|_| single)?;
    let (_, later, place) = dates::range_in(rest, base)?;
    let ends = rest.get(place.end as usize..)?.trim_start().starts_with(['基', '结', '完', '底', '前']);
    later.filter(|_| ends && later > start)
}

static WINDOW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:时间|活动|工作|行动|整治|开展|周期|期限|年度|从|自)[^。；\n]{0,30}").expect("a literal pattern")
});

/// Words that speak of the whole campaign's time.
static WHOLE_SIGN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("结束|为期|实施年度|实施期限|实施周期|基本完成|活动时间|整治时间|行动时间|集中学习")
        .expect("a literal pattern")
});

/// The matches of [`WINDOW`] in sentences with one of [`WHOLE_SIGN`]; no match reaches over a 。 or ；.
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
            let sentence = near::sentence(text, at);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::testing::with;

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
