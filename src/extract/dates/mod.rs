//! Time expressions: what a text says about when.
//!
//! **Evidence**: a numeral with 年, 月, 日, 旬, 季度 behind it, an ISO-like date, or one of a few words (年底, 即日起, “七一”前,
//! 十二五期间). Two of them joined by 至, 到 or a dash make a range, in which the second end takes over what it leaves out.
//! **Example**: `2009年12月中旬至1月中旬` runs from 2009-12-11 to 2010-01-20, at the precision of ten days.
//! **Counter-examples**: `〔2010〕11号`, `2010年第5号`, `10.1万`, `2-3次`, `60周岁`, `十七届三中全会`.
//! **Misses**: two-digit years (09年), the lunar calendar (春节前), school years (2009—2010学年), 年中, and 当年, 上年, which depend on what is spoken of.

mod point;
mod scan;

use jiff::civil::Date;

use crate::charset::CharSet;
use crate::model::Moment;
use crate::span::Span;
use point::{Point, When, point};
use scan::{any, before, connector, is_numeral, number, rest, run_end, skip, word, word_unless};

/// What a text leaves out because its readers know it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Base {
    /// The year that the document belongs to: for 6月25日, 今年, 年底.
    pub year: Option<i32>,
    /// The day of issue: for 即日起.
    pub issued: Option<Date>,
}

/// Kind of time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 2010年6月25日.
    Day,
    /// 6月上旬, 6月底.
    TenDays,
    /// 2010年6月.
    Month,
    /// 第三季度.
    Quarter,
    /// 上半年.
    HalfYear,
    /// 2010年, 年底.
    Year,
    /// 2010年4月—5月, 十二五期间.
    Range,
    /// 3个月: no dates.
    Duration,
    /// 每周五: no dates.
    Recurring,
    /// 即日起.
    Relative,
}

impl Kind {
    /// The kind as the tables write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::TenDays => "ten_days",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::HalfYear => "half_year",
            Self::Year => "year",
            Self::Range => "range",
            Self::Duration => "duration",
            Self::Recurring => "recurring",
            Self::Relative => "relative",
        }
    }
}

/// One time expression. What ends something (6月底前) has no start, what begins something (从7月起) no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// Where, in the text that was read.
    pub span: Span,
    /// What kind.
    pub kind: Kind,
    /// First day.
    pub start: Option<Moment>,
    /// Last day.
    pub end: Option<Moment>,
    /// The year stands in the expression itself.
    pub has_year: bool,
}

/// All time expressions of a text, in order, not overlapping.
///
/// ```
/// use fangan::extract::dates::{Base, expressions};
/// let base = Base { year: Some(2010), issued: None };
/// let times = expressions("4月-5月动员，6月底前完成。", &base);
/// assert_eq!(times[0].start.unwrap().date.to_string(), "2010-04-01");
/// assert_eq!(times[0].end.unwrap().date.to_string(), "2010-05-31");
/// assert_eq!((times[1].start, times[1].end.unwrap().date.to_string()), (None, "2010-06-30".into()));
/// ```
pub fn expressions(text: &str, base: &Base) -> Vec<Time> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = rest(text, at).chars().next() {
        if !may_begin(c) {
            at += c.len_utf8();
            continue;
        }
        let next = if is_numeral(c) { run_end(text, at) } else { at + c.len_utf8() };
        at = match time_at(text, at, c, base) {
            Some(time) => {
                let end = time.span.end as usize;
                found.push(time);
                end.max(next.min(end)).max(at + 1)
            }
            None => next,
        };
    }
    found
}

/// Whether an expression can begin with a character: most begin none, and this is the first question at each of them.
fn may_begin(c: char) -> bool {
    // Letters stand for zero inside a numeral.
    static BEGINS: CharSet = CharSet::of(point::WORDS_BEGIN)
        .with(scan::NUMERALS)
        .and_range('0', '9')
        .and_range('０', '９')
        .with(&['每', '半', 'O', 'o', 'Ｏ', 'О']);
    BEGINS.has(c)
}

/// Whether an expression that begins with a character can go on with the next one: most words that begin with 本 or 上
/// are no times, and this spares the look at each word that is one. Numerals are not told here.
fn may_go_on(head: char, next: Option<char>) -> bool {
    let behind = match head {
        '今' | '明' | '去' | '次' | '翌' | '全' => "年",
        '本' => "年通意方办文",
        '即' => "日",
        '现' => "在",
        '发' => "文布",
        '印' => "发",
        '通' => "知",
        '文' => "件",
        '上' => "一半",
        '下' => "发半",
        '年' => "初底末内",
        '元' => "旦",
        '国' => "庆",
        '“' | '"' | '「' | '‘' => "元国三五六七八十",
        // Only the second end of a range begins with these.
        '当' | '来' | '同' | '中' | '底' | '月' => "",
        _ => return true,
    };
    next.is_some_and(|next| behind.contains(next))
}

/// The first expression of a text that can date a phase: it has a day at either end, and is no mere 今年, 去年 or 以来.
pub fn range_in(text: &str, base: &Base) -> Option<(Option<Moment>, Option<Moment>, Span)> {
    expressions(text, base)
        .into_iter()
        .find(|time| {
            let weak = time.kind == Kind::Year && !time.has_year && !time.span.of(text).contains(['底', '末', '初']);
            let since = rest(text, time.span.end as usize).starts_with("来") || time.span.of(text).ends_with("以来");
            (time.start.is_some() || time.end.is_some()) && !weak && !since
        })
        .map(|time| (time.start, time.end, time.span))
}

/// The date of a signature: a full date that closes a line, with nothing but 印发 behind it. Of several the last one that
/// is not the date of printing; a month alone counts where it fills its line.
///
/// Misses: dates with blanks inside Chinese numerals (二 〇 一 〇 年).
pub fn signature_date(text: &str) -> Option<(Moment, Span)> {
    let mut printed = None;
    let mut signed = None;
    for time in expressions(text, &Base::default()) {
        let (Some(moment), true) = (time.start, time.has_year) else { continue };
        if time.start != time.end && time.kind != Kind::Month {
            continue;
        }
        // Only a few characters on either side matter, so a text on one line costs no more.
        let before =
            text.get(..time.span.start as usize).unwrap_or("").chars().rev().find(|c| !c.is_whitespace() || *c == '\n');
        let after: String = rest(text, time.span.end as usize).chars().take(16).take_while(|c| *c != '\n').collect();
        let after = after.trim().trim_end_matches(['。', '.', ')', '）', '】', ' ']);
        match (time.kind, after) {
            (Kind::Day, "") => signed = Some((moment, time.span)),
            (Kind::Day, "印发" | "印" | "发" | "发布" | "公布") => printed = Some((moment, time.span)),
            (Kind::Month, "") if matches!(before, None | Some('\n')) => signed = Some((moment, time.span)),
            _ => {}
        }
    }
    signed.or(printed)
}

/// The expression that begins with the character `c` at `at`.
fn time_at(text: &str, at: usize, c: char, base: &Base) -> Option<Time> {
    if c == '每' {
        return recurring(text, at);
    }
    if !may_go_on(c, rest(text, at + c.len_utf8()).chars().next()) {
        return None;
    }
    let previous = before(text, at);
    if is_numeral(c) {
        if previous.is_some_and(|p| {
            matches!(p, '第' | '.' | '．' | '/' | '$' | '¥' | '〔' | '【') || p.is_ascii_alphanumeric()
        }) {
            return None;
        }
        if c.is_ascii_digit()
            && previous == Some('-')
            && before(text, at.saturating_sub(1)).is_some_and(|p| p.is_ascii_digit())
        {
            return None;
        }
    } else if matches!(c, '年' | '月' | '底' | '中' | '上' | '下')
        && previous.is_some_and(|p| is_numeral(p) || matches!(p, '每' | '半' | '个'))
    {
        return None;
    }
    match point(text, at, base, None) {
        Some(first) => Some(time_from(text, at, first, base)),
        None => duration(text, at),
    }
}

/// The expression whose first end is known: a range, or that end with the words around it.
fn time_from(text: &str, at: usize, first: Point, base: &Base) -> Time {
    let start = ["从", "自"]
        .iter()
        .find(|word| text.get(..at).is_some_and(|head| head.ends_with(**word)))
        .map_or(at, |word| at - word.len());
    let thirds = joined_thirds(text, first);
    let second = thirds.or_else(|| connector(text, first.end).and_then(|next| point(text, next, base, Some(&first))));
    if let Some(second) = second {
        return range(text, start, first, second, base);
    }
    let days = first.days(first.year.or(base.year), base);
    let (begin, close) = (days.map(|days| days.0), days.map(|days| days.1));
    let tail = skip(text, first.end);
    let time = |from: usize, end: usize, begin, close| Time {
        span: Span::new(from, end),
        kind: first.kind(),
        start: begin,
        end: close,
        has_year: first.explicit,
    };
    if let Some(end) = ends_here(text, tail) {
        return time(at, end, None, close);
    }
    if let Some(end) = begins_here(text, tail) {
        return time(start, end, begin, None);
    }
    let head = text.get(..at).unwrap_or("");
    if let Some(word) = ["截至", "截止到", "截止至", "截止", "到", "至"].iter().find(|word| head.ends_with(**word))
    {
        return time(at - word.len(), first.end, None, close);
    }
    time(at, first.end, begin, close)
}

/// 前, 以前, 止: the time before is an end.
fn ends_here(text: &str, at: usize) -> Option<usize> {
    any(text, at, &["以前", "之前", "前夕", "为止", "止"])
        .or_else(|| word_unless(text, at, "前", &['期', '往', '列', '景', '后', '来', '瞻', '沿', '进']))
        .or_else(|| word(text, at, "节前"))
}

/// 起, 开始, 以来: the time before is a start.
fn begins_here(text: &str, at: usize) -> Option<usize> {
    any(text, at, &["开始", "以来", "以后", "之后"])
        .or_else(|| word_unless(text, at, "起", &['草', '码', '诉', '步', '来', '点']))
}

/// 5月中、下旬: one stretch of two thirds.
fn joined_thirds(text: &str, first: Point) -> Option<Point> {
    let When::Month(month) = first.when else { return None };
    let at = skip(text, first.end);
    for (name, part, then, until) in [("上", 1, "中旬", 2), ("中", 2, "下旬", 3), ("上", 1, "下旬", 3)] {
        if let Some(end) = word(text, at, name).and_then(|end| any(text, end, &["、", "至", "-", "—"]).or(Some(end)))
            && let Some(end) = word(text, end, then)
        {
            // The first end becomes the first third; `range` takes its first day, which the month shares with 上旬.
            let when = if part == 1 { When::Tens(month, until) } else { When::Tens(month, 3) };
            return Some(Point { when, year: first.year, explicit: first.explicit, end });
        }
    }
    None
}

/// A range, in which each end lends the other the year that it leaves out.
fn range(text: &str, start: usize, mut first: Point, second: Point, base: &Base) -> Time {
    if let (When::Month(month), When::Tens(same, _)) = (first.when, second.when)
        && month == same
        && !second.explicit
        && rest(text, skip(text, first.end)).starts_with('中')
    {
        first.when = When::Tens(month, 2);
    }
    let lent = first.year.or(second.year).or(base.year);
    let mut begin = first.days(lent, base).map(|days| days.0);
    let mut close = second.days(second.year.or(lent), base).map(|days| days.1);
    if let (Some(from), Some(to)) = (begin, close)
        && to.date < from.date
        && let Some(year) = lent
    {
        // December to January: the end that states no year lies in the neighbouring one.
        if second.year.is_none() {
            close = second.days(Some(year + 1), base).map(|days| days.1);
        } else if first.year.is_none() {
            begin = first.days(Some(year - 1), base).map(|days| days.0);
        }
    }
    let tail = skip(text, second.end);
    let end = any(text, tail, &["为止", "止"]).unwrap_or(second.end);
    Time {
        span: Span::new(start, end),
        kind: Kind::Range,
        start: begin,
        end: close,
        has_year: first.explicit || second.explicit,
    }
}

/// 每年, 每周五, 每月5日前, 每年6月: how often, with everything that belongs to it.
fn recurring(text: &str, at: usize) -> Option<Time> {
    let mut end = word(text, at, "每")?;
    if let Some(after) = number(text, end).map(|count| count.end).or_else(|| any(text, end, &["半", "隔"])) {
        end = after;
    }
    end = word(text, end, "个").unwrap_or(end);
    let unit = any(text, end, &["季度", "星期", "学期", "年度", "年", "月", "周", "季", "天", "日"])?;
    let monthly = rest(text, end).starts_with('月');
    let weekly = rest(text, end).starts_with(['周', '星']);
    end = unit;
    if rest(text, unit).starts_with("龄") {
        return None;
    }
    if weekly && let Some(day) = any(text, end, &["一", "二", "三", "四", "五", "六", "日", "天"]) {
        // 每周一次 says how often, 每周一 when.
        if !rest(text, day).starts_with(['次', '个', '篇', '期', '份', '场', '节', '天', '学', '例', '通', '调'])
        {
            end = day;
        }
    } else if monthly {
        end = number(text, skip(text, end))
            .and_then(|day| any(text, skip(text, day.end), &["日", "号"]))
            .or_else(|| any(text, end, &["上旬", "中旬", "下旬", "底", "初", "末"]))
            .unwrap_or(end);
    } else if let Some(point) = point(text, skip(text, end), &Base::default(), None)
        && !point.explicit
        && !matches!(point.when, When::Now | When::Unknown)
    {
        end = point.end;
        if let Some(second) =
            connector(text, end).and_then(|next| self::point(text, next, &Base::default(), Some(&point)))
        {
            end = second.end;
        }
    } else if let Some(month) = any(text, end, &["年底", "底", "初", "末"]) {
        end = month;
    }
    end = ends_here(text, end).unwrap_or(end);
    Some(Time { span: Span::new(at, end), kind: Kind::Recurring, start: None, end: None, has_year: false })
}

/// 3个月, 15天, 三年, 半年: how long.
fn duration(text: &str, at: usize) -> Option<Time> {
    let count = match word(text, at, "半") {
        Some(end) if !before(text, at).is_some_and(|p| matches!(p, '上' | '下' | '每' | '过' | '一')) => end,
        Some(_) => return None,
        None => number(text, at).filter(|count| count.chars <= 3 && !(count.chars == 1 && count.value == 0))?.end,
    };
    let at_unit = skip(text, count);
    let end = any(text, at_unit, &["个半月", "个多月", "个月", "个星期", "个工作日", "工作日", "个季度", "天"])
        .or_else(|| word_unless(text, at_unit, "周", &['年', '岁', '边', '围', '密', '转', '刊']))
        .or_else(|| {
            word_unless(text, at_unit, "年", &['级', '代', '龄', '度', '轮', '制', '薪', '检', '月', '底', '第'])
        })?;
    Some(Time { span: Span::new(at, end), kind: Kind::Duration, start: None, end: None, has_year: false })
}

#[cfg(test)]
mod tests;
