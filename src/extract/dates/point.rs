//! One end of a time expression: a day, a month, a part of a year, and the first and last day of it.

use jiff::civil::Date;

use super::calendar::{self, Rule};
use super::scan::{Number, any, connector, is_numeral, number, rest, skip, word, word_unless};
use super::{Base, Basis, Kind};
use crate::charset::CharSet;
use crate::model::{Moment, Precision};

/// What is stated, apart from the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Year,
    YearStart,
    YearEnd,
    /// 上半年, 下半年: 1, 2.
    Half(i8),
    Quarter(i8),
    Month(i8),
    /// A month, and which of its thirds: 1 (上旬, 初), 2 (中旬), 3 (下旬, 底).
    Tens(i8, i8),
    Day(i8, i8),
    /// A festival.
    Feast(Rule),
    /// The day of issue: 即日, 发文之日.
    Now,
    /// The years of a five-year plan, by the first.
    FiveYears(i32),
    /// A school year, by the year that it begins in: 1 September to 31 August.
    SchoolYear(i32),
    /// Stated, but no day can be told.
    Unknown,
}

/// One end of an expression.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub when: When,
    /// The year, where it is stated or told by a word such as 今年.
    pub year: Option<i32>,
    /// The year stands in the text as a number.
    pub explicit: bool,
    /// The byte after it.
    pub end: usize,
}

impl Point {
    /// Its first and last day in a year.
    pub(super) fn days(self, year: Option<i32>, base: &Base) -> Option<(Moment, Moment)> {
        let both = |first: Date, last: Date, precision| {
            Some((Moment { date: first, precision }, Moment { date: last, precision }))
        };
        match self.when {
            When::Now => return base.issued.and_then(|day| both(day, day, Precision::Day)),
            When::FiveYears(first) => return both(day(first, 1, 1)?, day(first + 4, 12, 31)?, Precision::Year),
            When::SchoolYear(first) => return both(day(first, 9, 1)?, day(first + 1, 8, 31)?, Precision::Year),
            When::Unknown => return None,
            _ => {}
        }
        let year = year?;
        match self.when {
            When::Year => both(day(year, 1, 1)?, day(year, 12, 31)?, Precision::Year),
            When::YearStart => both(day(year, 1, 1)?, day(year, 1, 31)?, Precision::Year),
            When::YearEnd => both(day(year, 12, 1)?, day(year, 12, 31)?, Precision::Year),
            When::Half(1) => both(day(year, 1, 1)?, day(year, 6, 30)?, Precision::HalfYear),
            When::Half(_) => both(day(year, 7, 1)?, day(year, 12, 31)?, Precision::HalfYear),
            When::Quarter(n) => {
                both(day(year, n * 3 - 2, 1)?, day(year, n * 3, 1)?.last_of_month(), Precision::Quarter)
            }
            When::Month(m) => both(day(year, m, 1)?, day(year, m, 1)?.last_of_month(), Precision::Month),
            When::Tens(m, 1) => both(day(year, m, 1)?, day(year, m, 10)?, Precision::TenDays),
            When::Tens(m, 2) => both(day(year, m, 11)?, day(year, m, 20)?, Precision::TenDays),
            When::Tens(m, _) => both(day(year, m, 21)?, day(year, m, 1)?.last_of_month(), Precision::TenDays),
            When::Day(m, d) => both(day(year, m, d)?, day(year, m, d)?, Precision::Day),
            When::Feast(rule) => {
                let day = rule.day(year)?;
                both(day, day, Precision::Day)
            }
            When::Now | When::FiveYears(_) | When::SchoolYear(_) | When::Unknown => None,
        }
    }

    /// The kind of an expression that consists of this end alone.
    pub(super) fn kind(self) -> Kind {
        match self.when {
            When::Year | When::YearStart | When::YearEnd => Kind::Year,
            When::Half(_) => Kind::HalfYear,
            When::Quarter(_) => Kind::Quarter,
            When::Month(_) => Kind::Month,
            When::Tens(..) => Kind::TenDays,
            When::Day(..) | When::Feast(_) => Kind::Day,
            When::FiveYears(_) | When::SchoolYear(_) => Kind::Range,
            When::Now | When::Unknown => Kind::Relative,
        }
    }

    /// What its days are worked out from.
    pub(super) fn basis(self, base: &Base) -> Basis {
        match self.when {
            When::Now => Basis::IssuedOn,
            _ if self.explicit => Basis::Stated,
            _ if self.year.is_none() && base.before.is_some() => Basis::Context,
            _ => Basis::Year,
        }
    }

    fn month(self) -> Option<i8> {
        match self.when {
            When::Month(m) | When::Tens(m, _) | When::Day(m, _) => Some(m),
            _ => None,
        }
    }
}

fn day(year: i32, month: i8, day: i8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, month, day).ok()
}

/// The end of an expression that begins at `at`. `first` is the other end where this is the second one of a range; it
/// may then leave out month and year: 3月1日至20日.
pub(super) fn point(text: &str, at: usize, base: &Base, first: Option<&Point>) -> Option<Point> {
    word_point(text, at, base, first).or_else(|| number_point(text, at, first))
}

fn implied(when: When, end: usize) -> Point {
    Point { when, year: None, explicit: false, end }
}

/// The characters that the words begin with that an expression can begin with.
pub(super) const WORDS_BEGIN: &[char] = &[
    '今', '本', '当', '明', '来', '去', '次', '翌', '同', '即', '现', '发', '印', '通', '文', '上', '下', '中', '年',
    '全', '前', '第', '元', '国', '春', '除', '清', '端', '重', '党', '北', '广', '教', '“', '"', '「', '‘', '底',
    '月', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '1', '2', '3', '4',
];

/// Expressions that begin with a word. Only the words that begin with the character at `at` are tried.
fn word_point(text: &str, at: usize, base: &Base, first: Option<&Point>) -> Option<Point> {
    static BEGINS: CharSet = CharSet::of(WORDS_BEGIN);
    let head = rest(text, at).chars().next().filter(|&c| BEGINS.has(c))?;
    if matches!(head, '今' | '本' | '明' | '次' | '翌' | '去' | '上') {
        for (names, shift) in [
            (["今年", "本年度", "本年", "今年度"], 0),
            (["明年", "次年", "翌年", "明年度"], 1),
            (["去年度", "去年", "前一年度", "上一年度"], -1),
        ] {
            if let Some(end) = any(text, at, &names) {
                // 明年 counts from the year of the document, 次年 from the one that the sentence speaks of.
                let from = match head {
                    '次' | '翌' => first.and_then(|first| first.year).or(base.lent()),
                    _ => base.year,
                };
                let whole = Point { year: from.map(|year| year + shift), ..implied(When::Year, end) };
                let point = after_year(text, whole);
                return Some(if point.year.is_none() && shift != 0 {
                    Point { when: When::Unknown, ..point }
                } else {
                    point
                });
            }
        }
    }
    if head == '同'
        && let Some(end) = word(text, at, "同年")
    {
        let year = first.and_then(|first| first.year).or(base.before)?;
        return Some(after_year(text, Point { year: Some(year), ..implied(When::Year, end) }));
    }
    if let Some(end) = word(text, at, "元月") {
        return after_month(text, implied(When::Month(1), word(text, end, "份").unwrap_or(end)));
    }
    if matches!(head, '即' | '现' | '发' | '印' | '通' | '文' | '下' | '本')
        && let Some(end) = now(text, at)
    {
        return Some(implied(When::Now, end));
    }
    if (matches!(head, '上' | '下' | '第') || is_numeral(head))
        && let Some((when, end)) = part_of_year(text, at)
    {
        return Some(implied(when, end));
    }
    if let Some(end) = any(text, at, &["本届任期内", "本届任期"]) {
        return Some(implied(When::Unknown, end));
    }
    if head == '年' {
        for (name, when) in [("年初", When::YearStart), ("年底", When::YearEnd), ("年末", When::YearEnd)] {
            if let Some(end) = word(text, at, name) {
                return Some(implied(when, end));
            }
        }
    }
    if matches!(head, '年' | '全')
        && let Some(end) = word_unless(text, at, "年内", &['部', '容', '科']).or_else(|| word(text, at, "全年"))
    {
        return Some(Point { year: base.year, ..implied(When::Year, end) });
    }
    if calendar::may_begin(head, rest(text, at + head.len_utf8()).chars().next())
        && let Some(point) = named(text, at)
    {
        return Some(point);
    }
    // 上旬, 底 behind another end that names the month.
    let month = first.and_then(|first| first.month())?;
    let (part, end) = part_of_month(text, word(text, at, "当月").or_else(|| word(text, at, "月")).unwrap_or(at))?;
    Some(implied(When::Tens(month, part), end))
}

/// 即日, 发文之日: only where 起 or a range follows, which the caller's span then takes in.
fn now(text: &str, at: usize) -> Option<usize> {
    let end = any(
        text,
        at,
        &["即日", "现在", "发文之日", "印发之日", "发布之日", "通知下发之日", "文件下发之日", "下发之日"],
    )
    .or_else(|| {
        let end = word(text, at, "本")?;
        let end = any(text, end, &["通知", "意见", "方案", "办法", "文件"])?;
        any(text, end, &["印发之日", "发布之日", "下发之日", "发文之日"])
    })?;
    (any(text, end, &["起", "开始"]).is_some() || connector(text, end).is_some()).then_some(end)
}

/// 上半年, 第三季度, 三季度.
fn part_of_year(text: &str, at: usize) -> Option<(When, usize)> {
    for (name, half) in [("上半年", 1), ("下半年", 2)] {
        if let Some(end) = word(text, at, name) {
            return Some((When::Half(half), end));
        }
    }
    let from = word(text, at, "第").unwrap_or(at);
    let quarter = number(text, from)?;
    let end = word(text, quarter.end, "季度")?;
    let value = i8::try_from(quarter.value).ok().filter(|value| (1..=4).contains(value))?;
    Some(match any(text, end, &["末", "底"]) {
        Some(end) => (When::Tens(value * 3, 3), end),
        None => (When::Quarter(value), end),
    })
}

/// 上旬, 中旬, 下旬, 初, 底, 末, and 中 where nothing that it could begin follows.
fn part_of_month(text: &str, at: usize) -> Option<(i8, usize)> {
    for (name, part) in [("上旬", 1), ("中旬", 2), ("下旬", 3)] {
        if let Some(end) = word(text, at, name) {
            return Some((part, end));
        }
    }
    if let Some(end) = word_unless(text, at, "初", &['步', '级', '中', '期', '稿', '审']) {
        return Some((1, end));
    }
    if let Some(end) = word_unless(text, at, "底", &['线', '数', '稿', '册']).or_else(|| word(text, at, "末")) {
        return Some((3, end));
    }
    let end = word(text, at, "中")?;
    let next = rest(text, end).chars().next();
    next.is_none_or(|c| matches!(c, '前' | '至' | '到' | ',' | '，' | '。' | ')' | '）' | '-' | '—'))
        .then_some((2, end))
}

/// What begins with the name of a festival, a five-year plan or a congress.
fn named(text: &str, at: usize) -> Option<Point> {
    if let Some((rule, end)) = calendar::festival(text, at, false) {
        return Some(implied(rule.map_or(When::Unknown, When::Feast), end));
    }
    if let Some((first, end_only, end)) = calendar::five_years(text, at) {
        return Some(if end_only {
            Point { year: Some(first + 4), explicit: true, ..implied(When::YearEnd, end) }
        } else {
            Point { explicit: true, ..implied(When::FiveYears(first), end) }
        });
    }
    let (day, end) = calendar::event(text, at)?;
    let year = Some(i32::from(day.year()));
    Some(Point { year, explicit: true, ..implied(When::Day(day.month(), day.day()), end) })
}

/// Expressions that begin with a numeral.
fn number_point(text: &str, at: usize, first: Option<&Point>) -> Option<Point> {
    let head = number(text, at)?;
    if let Some(year) = head.year() {
        let whole = Point { when: When::Year, year: Some(year), explicit: true, end: head.end };
        if head.arabic
            && let Some(point) = separated(text, whole)
        {
            return Some(point);
        }
        if let Some(end) = word(text, skip(text, head.end), "年") {
            // 2010年第5号 is a number, 90年代 no year.
            let numbered = word(text, end, "第")
                .and_then(|at| number(text, at))
                .is_some_and(|n| rest(text, n.end).starts_with(['号', '期']));
            if numbered || rest(text, end).starts_with(['代', '级']) {
                return None;
            }
            let end = word(text, end, "度").unwrap_or(end);
            return Some(after_year(text, Point { end, ..whole }));
        }
        // 2016-2018年: the second end has the unit.
        let second = number(text, connector(text, head.end)?)?;
        if let Some(end) = any(text, second.end, &["学年度", "学年"]) {
            // Half of a school year has dates of its own in each province.
            let whole_year =
                second.year() == Some(year + 1) && !rest(text, end).starts_with(['第', '上', '下', '秋', '春']);
            let when = if whole_year { When::SchoolYear(year) } else { When::Unknown };
            return Some(Point { when, year: Some(year), explicit: true, end });
        }
        word(text, skip(text, second.end), "年").filter(|_| second.year().is_some_and(|second| second > year))?;
        return Some(whole);
    }
    if let Some(year) = head.short_year()
        && let Some(end) = word(text, head.end, "年")
    {
        let point = after_year(text, Point { when: When::Year, year: Some(year), explicit: true, end });
        // 10年 is a length of time more often than a year; with a month behind it, it is none.
        if matches!(point.when, When::Month(_) | When::Tens(..) | When::Day(..)) {
            return Some(point);
        }
    }
    if let Some(month) = month_end(text, head) {
        return after_month(text, implied(When::Month(month.0), month.1));
    }
    let month = first.and_then(|first| first.month())?;
    let end = day_end(text, head.end)?;
    Some(implied(When::Day(month, head.day()?), end))
}

/// The month that a numeral writes, and the place behind it: 6月, 6月份, and 4 in 4-5月.
fn month_end(text: &str, head: Number) -> Option<(i8, usize)> {
    let month = head.month()?;
    if let Some(end) = word(text, skip(text, head.end), "月") {
        // 一月一次 says how often.
        if !head.arabic
            && rest(text, end).starts_with(['一', '两'])
            && number(text, end).is_some_and(|n| day_end(text, n.end).is_none())
        {
            return None;
        }
        // 三月三 and 三月街 are festivals of peoples, on days of other calendars.
        if !head.arabic && any(text, end, &["街", "三民", "三歌", "三”", "三节"]).is_some() {
            return None;
        }
        return Some((month, word(text, end, "份").unwrap_or(end)));
    }
    let second = number(text, connector(text, head.end)?)?;
    let end = word(text, skip(text, second.end), "月")?;
    (second.month()? > month && head.arabic == second.arabic && !rest(text, end).starts_with('龄'))
        .then_some((month, head.end))
}

/// The place behind 日 or 号, where it closes a day.
fn day_end(text: &str, at: usize) -> Option<usize> {
    let at = skip(text, at);
    word_unless(text, at, "日", &['元', '照', '报'])
        .or_else(|| word_unless(text, at, "号", &['文', '令', '楼', '线', '召']))
}

/// 2010-06-25, 2010.6.25, 2010/6/25; 2010.6 only where the text goes on as behind a date.
fn separated(text: &str, whole: Point) -> Option<Point> {
    let mark = rest(text, whole.end).chars().next().filter(|c| matches!(c, '-' | '.' | '/' | '．' | '－'))?;
    let month = number(text, whole.end + mark.len_utf8()).filter(|month| month.arabic)?;
    let value = month.month()?;
    if let Some(rest) = rest(text, month.end).strip_prefix(mark)
        && let Some(day) = number(text, text.len() - rest.len()).filter(|day| day.arabic && day.chars <= 2)
    {
        return Some(Point {
            when: When::Day(value, day.day()?),
            end: word(text, day.end, "日").unwrap_or(day.end),
            ..whole
        });
    }
    let next = rest(text, month.end).chars().next();
    let closes = next.is_none_or(|c| matches!(c, ')' | '）' | '—' | '至' | '～' | '~') || (c == '-' && mark != '-'));
    (closes && mark != '-').then_some(Point { when: When::Month(value), end: month.end, ..whole })
}

/// What a year is narrowed to by the words behind it.
fn after_year(text: &str, whole: Point) -> Point {
    let at = skip(text, whole.end);
    if let Some((when, end)) = part_of_year(text, at) {
        return Point { when, end, ..whole };
    }
    let from = word(text, at, "年").unwrap_or(at);
    if let Some(end) = word_unless(text, from, "初", &['步', '级', '中', '期']) {
        return Point { when: When::YearStart, end, ..whole };
    }
    if let Some(end) = word_unless(text, from, "底", &['线', '数']).or_else(|| word(text, from, "末")) {
        return Point { when: When::YearEnd, end, ..whole };
    }
    if let Some(end) = word_unless(text, from, "内", &['部', '容', '科', '涵', '设']) {
        return Point { end, ..whole };
    }
    if let Some((rule, end)) = calendar::festival(text, at, true) {
        return Point { when: rule.map_or(When::Unknown, When::Feast), end, ..whole };
    }
    let january = || Some((1, word(text, at, "元月份").or_else(|| word(text, at, "元月"))?));
    let month = number(text, at).and_then(|head| month_end(text, head)).or_else(january);
    month.and_then(|(month, end)| after_month(text, Point { when: When::Month(month), end, ..whole })).unwrap_or(whole)
}

/// What a month is narrowed to by the words behind it. `None` where a day stands there that the month does not have.
fn after_month(text: &str, whole: Point) -> Option<Point> {
    let When::Month(month) = whole.when else { return Some(whole) };
    let at = skip(text, whole.end);
    if let Some((part, end)) = part_of_month(text, at) {
        return Some(Point { when: When::Tens(month, part), end, ..whole });
    }
    let Some(head) = number(text, at) else { return Some(whole) };
    if let Some(end) = day_end(text, head.end) {
        let valid = head.day().filter(|&d| day(whole.year.unwrap_or(2000), month, d).is_some())?;
        return Some(Point { when: When::Day(month, valid), end, ..whole });
    }
    // 3月10-20日: the second end has the unit.
    let second = connector(text, head.end).and_then(|at| number(text, at));
    if let (Some(first_day), Some(second)) = (head.day(), second)
        && second.day().is_some_and(|last| last > first_day)
        && day_end(text, second.end).is_some()
    {
        return Some(Point { when: When::Day(month, first_day), end: head.end, ..whole });
    }
    Some(whole)
}
