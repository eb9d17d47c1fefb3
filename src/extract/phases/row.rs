//! One line or sentence that opens a phase: its label, name and dates, in whatever order they stand.
//!
//! **Evidence**: `第一阶段,宣传培训(3月至4月)`, `第一阶段（3月）：调查摸底。`, `(一)动员阶段（3月）。`, `3月份:宣传发动。`,
//! `一是调查核实阶段（2月10日至20日）`.
//! **Counter-examples**: `在动员阶段，各单位要…` (no name begins so), `第二阶段的主要任务是…` (told by [`super::prose`]),
//! `3月5日:召开大会。` (a day is an event), `11月20日前报送总结` (a deadline).
//! **Misses**: names of more than sixteen characters.

use std::sync::LazyLock;

use regex::Regex;

use super::headings::NOT_STAGE;
use super::name::name;
use super::when::{Dated, base};
use crate::extract::Context;
use crate::extract::dates::{self, Base, Kind};
use crate::model::Moment;
use crate::numeral;

/// What makes a row a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// 第一阶段.
    Stage,
    /// 第一步, 第一环节.
    Step,
    /// …阶段.
    Named,
    /// Dates lead it.
    Dated,
}

/// What was read from the beginning of a line or sentence.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub form: Form,
    pub label: Option<String>,
    pub number: Option<u64>,
    pub name: Option<String>,
    pub dates: Option<Dated>,
    /// The word 阶段 stands in it.
    pub says_stage: bool,
}

static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\s　]*(?:[(（][一二三四五六七八九十\dSs]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[、.．)）](?:[^\d]|$)|[①②③④⑤⑥⑦⑧⑨⑩]|[一二三四五六七]是|[—－●·]{1,2})?").expect("a literal pattern")
});

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(第([一二三四五六七八九十\d]{1,2})个?(阶段|步骤?|环节)|(阶段)([一二三四五六七八九十\d]))")
        .expect("a literal pattern")
});

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[^\s，。；：:,;()（）、]{2,16}?(?:阶段|环节)[\s(（:：,，。\n]").expect("a literal pattern")
});

static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[\s　，,：:、—\-]|为|是|(?:活动|起止|工作)?时间(?:安排)?(?:是|为)?)*").expect("a literal pattern")
});

/// How no name of a phase begins.
const NO_NAME: &[&str] = &[
    "的",
    "在",
    "当前",
    "现阶段",
    "现在",
    "这",
    "该",
    "各",
    "本",
    "此",
    "到",
    "进入",
    "处于",
    "对于",
    "对处",
    "从",
    "主要",
    "任务",
    "重点任务",
    "要",
    "第",
    "是",
    "不",
    "由",
    "以",
    "将",
    "按",
    "经过",
    "根据",
    "下一",
    "上一",
    "前一",
    "后一",
    "每",
];

/// Whether a text can begin a row, by its first characters.
pub(super) fn may_open(text: &str) -> bool {
    let text = text.trim_start();
    let near = text.char_indices().nth(20).map_or(text, |(end, _)| text.get(..end).unwrap_or(text));
    near.contains("阶段") || near.contains(['步', '月', '年']) || near.contains("环节")
}

/// The place behind the marker of a numbered line.
pub(super) fn behind_marker(text: &str) -> usize {
    let Some(found) = MARKER.find(text) else { return 0 };
    // A digit marker is told by the character behind it, which is none of it.
    let marker = found.as_str();
    let last = marker.chars().next_back();
    match last {
        Some(c)
            if marker.trim_start().starts_with(|c: char| c.is_ascii_digit())
                && !matches!(c, '、' | '.' | '．' | ')' | '）') =>
        {
            found.end() - c.len_utf8()
        }
        _ => found.end(),
    }
}

/// Reads the row that a text opens; `text` is at most a few hundred characters of it.
pub(super) fn row(context: &Context, text: &str, after: Option<Moment>) -> Option<Row> {
    let mut at = behind_marker(text);
    let rest = text.get(at..)?;
    let base = base(context, after);
    let mut row = Row { form: Form::Named, label: None, number: None, name: None, dates: None, says_stage: false };
    if let Some(label) = LABEL.captures(rest) {
        let digits = label.get(2).or(label.get(5))?;
        let stage = label.get(3).is_none_or(|word| word.as_str() == "阶段");
        row.form = if stage { Form::Stage } else { Form::Step };
        row.says_stage = stage;
        row.number = numeral::value(digits.as_str());
        row.label = Some(label.get(1)?.as_str().to_owned());
        at += label.get(1)?.end();
        // 第一阶段。学习动员.
        at += text.get(at..)?.strip_prefix('。').map_or(0, |_| '。'.len_utf8());
        parts(text.get(at..)?, &base, &mut row);
        return Some(row);
    }
    if leading(rest, &base).is_some() {
        row.form = Form::Dated;
    } else if !NAMED.is_match(rest) && !NAMED.is_match(&format!("{rest}\n")) {
        return None;
    }
    parts(rest, &base, &mut row);
    let whole = row.form == Form::Named || row.dates.is_some();
    (row.name.is_some() && whole).then_some(row)
}

/// The dates that begin a text: a stretch of time, not a day and not a deadline.
fn leading(text: &str, base: &Base) -> Option<(Dated, usize)> {
    let lead = text.len() - text.trim_start_matches(['从', '自', ' ']).len();
    let rest = text.get(lead..)?;
    let end = rest.char_indices().nth(48).map_or(rest.len(), |(end, _)| end);
    let stop = rest.get(..end)?;
    let stop = stop.get(..stop.find(['。', '；', ';', '\n', '(', '（']).unwrap_or(stop.len()))?;
    let time = dates::expressions(stop, base).into_iter().next().filter(|time| time.span.start == 0)?;
    if !matches!(time.kind, Kind::Month | Kind::Range | Kind::TenDays | Kind::Quarter | Kind::HalfYear) {
        return None;
    }
    time.start?;
    let end = time.span.end as usize;
    // 3月份.
    let end = end + stop.get(end..)?.strip_prefix('份').map_or(0, |_| '份'.len_utf8());
    Some(((time.start, time.end, Some(time.span.of(stop).to_owned())), lead + end))
}

/// Name and dates, in either order, from the beginning of a text.
fn parts(text: &str, base: &Base, row: &mut Row) {
    let mut at = 0;
    for _ in 0..4 {
        at += BETWEEN.find(text.get(at..).unwrap_or("")).map_or(0, |found| found.end());
        let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) else { return };
        if let Some(inner) = rest.strip_prefix(['(', '（', '[', '【']) {
            let close = inner.char_indices().take(60).find(|(_, c)| matches!(c, ')' | '）' | ']' | '】' | '\n'));
            let length = close.map_or(inner.len(), |(close, _)| close);
            let inner = inner.get(..length).unwrap_or("");
            let Some((start, end, span)) = dates::range_in(inner, base).filter(|_| row.dates.is_none()) else { return };
            row.dates = Some((start, end, Some(span.of(inner).to_owned())));
            let open = bracket(rest);
            at += open + length + bracket(rest.get(open + length..).unwrap_or(""));
            continue;
        }
        if row.dates.is_none()
            && let Some((dates, length)) =
                leading(rest, base).or_else(|| day_range(rest, base, row.name.is_some(), text.get(..at).unwrap_or("")))
        {
            row.dates = Some(dates);
            at += length;
            continue;
        }
        // Behind its name a phase has its dates or its text.
        let Some((found, length)) = clause(rest).filter(|_| row.name.is_none()) else { return };
        row.says_stage |= rest.get(..length).is_some_and(|clause| clause.contains("阶段"));
        row.name = Some(found);
        at += length;
        at += text.get(at..).and_then(|rest| rest.strip_prefix('。')).map_or(0, |_| '。'.len_utf8());
    }
}

/// The length of the bracket that begins a text.
fn bracket(text: &str) -> usize {
    text.chars().next().filter(|c| "()（）[]【】".contains(*c)).map_or(0, char::len_utf8)
}

/// A day or range behind a name (动员，3月5日至20日) which [`leading`] does not take.
fn day_range(text: &str, base: &Base, named: bool, before: &str) -> Option<(Dated, usize)> {
    let end = text.char_indices().nth(48).map_or(text.len(), |(end, _)| end);
    let stop = text.get(..end)?;
    let stop = stop.get(..stop.find(['。', '；', ';', '\n']).unwrap_or(stop.len()))?;
    let (start, end, span) = dates::range_in(stop, base)?;
    // 启动阶段:3月底前,…: by when, where a colon or 时间 says that it is the time of the phase.
    let told = before.trim_end().ends_with([':', '：', '为', '是']) && start.is_none() && end.is_some();
    let fits = named && span.start <= 3 && (told || start.is_some() && end.is_some() && start != end);
    fits.then(|| ((start, end, Some(span.of(stop).to_owned())), span.end as usize))
}

/// The clause that begins a text, as a name, and its length.
fn clause(text: &str) -> Option<(String, usize)> {
    let stop = text.find(['，', ',', '。', '；', ';', '：', ':', '(', '（', '\n', '\t', '|']).unwrap_or(text.len());
    let mut clause = text.get(..stop)?;
    for word in ["阶段", "环节"] {
        if let Some(end) = clause.find(word) {
            clause = clause.get(..end + word.len())?;
        }
    }
    let length = clause.len();
    let found = name(clause)?;
    let fits = (2..=16).contains(&found.chars().count())
        && !NO_NAME.iter().any(|word| found.starts_with(word))
        && !found.contains(|c: char| c.is_ascii_digit())
        && !NOT_STAGE.is_match(clause);
    fits.then_some((found, length))
}
