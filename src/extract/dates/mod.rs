//! Time expressions: what a text says about when.
//!
//! **Evidence**: a numeral with 年, 月, 日, 旬, 季度 behind it, an ISO-like date, or one of a few words (年底, 即日起, “七一”前,
//! 十二五期间). Two of them joined by 至, 到 or a dash make a range, in which the second end takes over what it leaves out.
//! **Example**: `2009年12月中旬至1月中旬` runs from 2009-12-11 to 2010-01-20, at the precision of ten days.
//! **Counter-examples**: `〔2010〕11号`, `2010年第5号`, `10.1万`, `2-3次`, `60周岁`, `十七届三中全会`.
//! **A year left out** is that of the other end of a range, else the one that the sentence stated before (2010年3月动员，6月总结),
//! else that of the document; [`Basis`] says which.
//! **Misses**: 年中, 今冬明春, 近期, half school years, and 当年, 上年, which depend on what is spoken of.

mod calendar;
mod point;
mod scan;
mod time;

use jiff::civil::Date;

use crate::charset::CharSet;
use crate::model::{Moment, Precision, text_enum};
use crate::span::Span;
use scan::{is_numeral, rest, run_end};
use time::time_at;

/// What a text leaves out because its readers know it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Base {
    /// The year that the document belongs to: for 6月25日, 今年, 年底.
    pub year: Option<i32>,
    /// The day of issue: for 即日起.
    pub issued: Option<Date>,
    /// The year that the sentence has stated before the expression; [`expressions`] keeps it.
    pub before: Option<i32>,
}

impl Base {
    /// The year for an expression that states none.
    fn lent(&self) -> Option<i32> {
        self.before.or(self.year)
    }
}

text_enum! {
    /// What the days of an expression were worked out from.
    Basis {
        /// The expression is complete in itself.
        Stated = "stated",
        /// Its year was stated before, in the same sentence.
        Context = "context",
        /// Its year is that of the document.
        Year = "year",
        /// It counts from the day of issue.
        IssuedOn = "issued_on",
    }
}

text_enum! {
    /// Kind of time expression.
    Kind {
        /// 2010年6月25日.
        Day = "day",
        /// 6月上旬, 6月底.
        TenDays = "ten_days",
        /// 2010年6月.
        Month = "month",
        /// 第三季度.
        Quarter = "quarter",
        /// 上半年.
        HalfYear = "half_year",
        /// 2010年, 年底.
        Year = "year",
        /// 2010年4月—5月, 十二五期间.
        Range = "range",
        /// 3个月: no dates.
        Duration = "duration",
        /// 每周五: no dates.
        Recurring = "recurring",
        /// 即日起, 本届任期内.
        Relative = "relative",
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
    /// What the days were worked out from; `None` where there are none.
    pub basis: Option<Basis>,
}

impl Time {
    /// An expression that has no dates.
    fn undated(from: usize, end: usize, kind: Kind) -> Self {
        Self { span: Span::new(from, end), kind, start: None, end: None, has_year: false, basis: None }
    }

    /// The less exact of the precisions of both ends.
    pub fn precision(&self) -> Option<Precision> {
        [self.start, self.end].into_iter().flatten().map(|moment| moment.precision).max()
    }
}

/// All time expressions of a text, in order, not overlapping.
///
/// ```
/// use fangan::extract::dates::{Base, expressions};
/// let base = Base { year: Some(2010), ..Base::default() };
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
        let before = found.last().and_then(|last| stated_year(text, last, at));
        at = match time_at(text, at, c, &Base { before, ..*base }) {
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

/// The year that an expression lends to a later one at `at`: both stand in one sentence, and the year is where the sentence
/// puts itself (2010年3月动员，6月总结) rather than what it compares with (比2009年增长，6月底前) or aims at (到2015年).
fn stated_year(text: &str, last: &Time, at: usize) -> Option<i32> {
    let between = text.get(last.span.end as usize..at)?;
    let states = last.has_year || last.basis == Some(Basis::Context);
    if !states || between.contains(['。', '；', ';', '\n']) || between.starts_with(['以', '比', '来']) {
        return None;
    }
    let end = last.end?;
    let head = text.get(..last.span.start as usize)?.trim_end();
    let leads = || {
        head.is_empty() || head.ends_with(['。', '；', ';', '，', ',', '、', '：', ':', '\n', '(', '（', '在', '于'])
    };
    let whole_year = last.kind == Kind::Year && end.precision == Precision::Year;
    (!whole_year || last.start.is_some() && leads()).then(|| i32::from(end.date.year()))
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

#[cfg(test)]
mod tests;
