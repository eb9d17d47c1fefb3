//! Phases in running text.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::name::name;
use super::phase_at;
use super::steps::split_at;
use super::when::{base, dated};
use crate::extract::{Context, dates, near};
use crate::model::{Phase, PhaseKind};
use crate::numeral;
use crate::span::Span;

pub(super) static PROSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:([^。；;\n]{2,30}?)为)?(第([一二三四五六])(?:个)?阶段)(?:的)?(?:[(（]([^()（）]{2,40})[)）])?(?:[,，:：]|为|是)?(?:的?(?:主要|重点|工作|中心)?任务(?:是|为|:|：)?|主要(?:是|抓好|工作是)?|重点(?:是|抓好)?)?([^。；;\n]{2,80})")
        .expect("a literal pattern")
});

pub(super) static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"分(?:为|成)?(?P<list>(?:[^、，。；：:,;\n]{2,10}、){1,6}[^、，。；：:,;\n]{2,10}?)等?(?P<count>[两二三四五六七])个(?P<word>阶段|步骤|环节)").expect("a literal pattern")
});

/// 三个阶段(即:甲、乙、丙).
pub(super) static LISTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<count>[两二三四五六七])个(?P<word>阶段|步骤|环节)[”〞]?[(（](?:即|分别为|分别是|[:：])*(?P<list>(?:[^、，。；：:,;\n()（）]{2,16}、){1,6}[^、，。；：:,;\n()（）]{2,16})[)）]").expect("a literal pattern")
});

/// The first match of a pattern with a count of phases or steps in it (个阶段), which reaches at most so many bytes before and
/// behind the count, and the offset of its places.
pub(super) fn first_counted<'t>(
    pattern: &Regex,
    text: &'t str,
    before: usize,
    behind: usize,
) -> Option<(Captures<'t>, usize)> {
    let counts = memchr::memmem::find_iter(text.as_bytes(), "个")
        .filter(|at| ["阶段", "步骤", "环节"].iter().any(|word| text[at + "个".len()..].starts_with(word)));
    near::around(text, counts, before, behind)
        .into_iter()
        .find_map(|near| pattern.captures(&text[near.clone()]).map(|found| (found, near.start)))
}

/// 7月1日至15日为宣传阶段,7月16日至9月30日为集中换证阶段: stretches of time, each with the name of a phase behind it.
///
/// Evidence: two of them in one sentence, its semicolons included, or three where they are called 期 (为筹备期). Counter-examples: 从现在起到
/// 5月底为第一阶段 (a label); 3月至5月为春季防火期，9月至11月为秋季防火期. Misses sentences that name one each.
fn from_spells(context: &Context) -> Vec<Phase> {
    let mut out: Vec<Phase> = Vec::new();
    let mut last_end = None;
    let mut periods = 0;
    for sentence in context.sentences(context.span) {
        let text = context.of(sentence);
        let tells = text.contains(['为', '是']) && (text.contains("阶段") || text.contains('期'));
        let times = if tells { dates::expressions(text, &base(context, last_end)) } else { Vec::new() };
        for time in times {
            let rest = text.get(time.span.end as usize..).unwrap_or("");
            let Some(rest) = rest.strip_prefix(['为', '是']) else { continue };
            let near: String = rest.chars().take(16).collect();
            // 为集中建设期: three of them make phases, fewer may be 防火期.
            let period = near.find(['，', ',', '；', ';', '。']).filter(|&end| near[..end].ends_with('期'));
            let period = period.map(|end| (end - "期".len(), "期"));
            let stage = near.find("阶段").map(|end| (end, "阶段"));
            let Some((end, word)) = stage.or(period).filter(|_| time.start.is_some()) else { continue };
            periods += usize::from(word == "期");
            let clause = near.get(..end).unwrap_or("");
            if clause.starts_with('第') || clause.contains(['，', ',', '。', '；', '、']) {
                continue;
            }
            let Some(name) = name(clause) else { continue };
            last_end = time.end.or(last_end);
            let start = sentence.start + time.span.start;
            let length = "为".len() + end + word.len();
            out.push(Phase {
                ordinal: out.len() as u32 + 1,
                start: time.start,
                end: time.end,
                date_text: Some(time.span.of(text).to_owned()),
                ..phase_at(context, Some(name), Span { start, end: sentence.start + time.span.end + length as u32 })
            });
        }
        // 3月至5月为筹备期；6月至9月为建设期。 is one sentence.
        if text.ends_with(['；', ';']) && !out.is_empty() {
            continue;
        }
        if out.len() >= 2 && (periods == 0 || out.len() >= 3) {
            return out;
        }
        out.clear();
        periods = 0;
    }
    Vec::new()
}

/// Layout 6.
pub(super) fn from_prose(context: &Context) -> Vec<Phase> {
    let body = context.of(context.body);
    let spells = from_spells(context);
    if !spells.is_empty() {
        return spells;
    }
    if !body.contains("阶段") && !body.contains("步骤") && !body.contains("环节") {
        return Vec::new();
    }
    let offset = context.body.start as usize;
    let names = &context.lexicon.compiled().phase;
    let mut out: Vec<Phase> = Vec::new();
    let mut last_end = None;
    let labels = memchr::memmem::find_iter(body.as_bytes(), "阶段").filter(|&at| {
        let number = body[..at].strip_suffix('个').unwrap_or(&body[..at]);
        number.strip_suffix(['一', '二', '三', '四', '五', '六']).is_some_and(|head| head.ends_with('第'))
    });
    let near = near::around(body, labels, 150, 600);
    for (captures, offset) in near
        .into_iter()
        .flat_map(|near| PROSE.captures_iter(&body[near.clone()]).map(move |found| (found, offset + near.start)))
    {
        let (Some(whole), Some(label), Some(number), Some(task)) =
            (captures.get(0), captures.get(2), captures.get(3), captures.get(5))
        else {
            continue;
        };
        let Some(ordinal) = numeral::value(number.as_str()) else { continue };
        if ordinal != out.len() as u64 + 1 {
            continue;
        }
        let base = base(context, last_end);
        let (start, end, date_text) = [captures.get(4), captures.get(1)]
            .into_iter()
            .flatten()
            .find_map(|m| dated(m.as_str(), &base))
            .unwrap_or((None, None, None));
        last_end = end.or(last_end);
        let task = task.as_str().trim_start_matches(['是', '为', '：', ':', '，', ',']);
        let clause = task.split(['，', ',', '、']).next().unwrap_or(task);
        let pair = task.split(['，', ',']).take(2).collect::<Vec<_>>().join(",");
        // 查找差距，明确方向 is one name in two halves; 长效常治，总结三年经验 is a name and what is done.
        let length = clause.chars().count();
        let halves = length <= 3 || length <= 5 && pair.chars().count() == 2 * length + 1;
        let text = if halves && pair.chars().count() <= 16 { pair } else { clause.to_owned() };
        out.push(Phase {
            ordinal: ordinal as u32,
            label: Some(label.as_str().to_owned()),
            stage: names.stage(task),
            start,
            end,
            date_text,
            ..phase_at(context, name(&text), Span::new(offset + whole.start(), offset + whole.end()))
        });
    }
    if out.len() >= 2 {
        return out;
    }
    let counted = first_counted(&COUNTED, body, 400, 30).or_else(|| first_counted(&LISTED, body, 30, 500));
    let Some((captures, offset)) = counted.map(|(found, at)| (found, offset + at)) else { return Vec::new() };
    let (Some(list), Some(count), Some(word)) = (captures.name("list"), captures.name("count"), captures.name("word"))
    else {
        return Vec::new();
    };
    let parts = split_at(list.as_str());
    if numeral::value(count.as_str()) != Some(parts.len() as u64) {
        return Vec::new();
    }
    let kind = if word.as_str() == "阶段" { PhaseKind::Stage } else { PhaseKind::Step };
    let phases = parts.into_iter().zip(1u32..).filter_map(|((at, part), ordinal)| {
        let start = offset + list.start() + at;
        let name = name(part)?;
        Some(Phase { ordinal, kind, ..phase_at(context, Some(name), Span::new(start, start + part.len())) })
    });
    phases.collect()
}
