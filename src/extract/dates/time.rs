//! One time expression at its place: a point, a range of two, what recurs, how long something lasts.

use super::point::{Point, When, point};
use super::scan::{any, before, connector, is_numeral, number, rest, skip, word, word_unless};
use super::{Base, Basis, Kind, Time};
use crate::model::{Moment, Precision};
use crate::span::Span;

/// The expression that begins with the character `c` at `at`.
pub(super) fn time_at(text: &str, at: usize, c: char, base: &Base) -> Option<Time> {
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
    let days = first.days(first.year.or(base.lent()), base);
    let (begin, close) = (days.map(|days| days.0), days.map(|days| days.1));
    let tail = skip(text, first.end);
    let basis = days.map(|_| first.basis(base));
    let time = |from: usize, end: usize, begin, close| Time {
        span: Span::new(from, end),
        kind: first.kind(),
        start: begin,
        end: close,
        has_year: first.explicit,
        basis,
    };
    if let Some(limit) = within(text, start, first, base) {
        return limit;
    }
    if let Some(end) = ends_here(text, tail) {
        // What is to be done before a festival lies ahead of the document: 春节前 said in December is that of the next year.
        if let (When::Feast(rule), Some(day), Some(issued), false) = (first.when, close, base.issued, first.explicit)
            && day.date < issued
            && let Some(date) = rule
                .day(i32::from(issued.year()))
                .filter(|day| *day >= issued)
                .or_else(|| rule.day(i32::from(issued.year()) + 1))
        {
            let basis = Some(Basis::IssuedOn);
            return Time { basis, ..time(at, end, None, Some(Moment { date, ..day })) };
        }
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

/// 自印发之日起30日内: so many days, months or years from the day of issue. Working days have no dates, because their number
/// depends on the holidays of the year.
fn within(text: &str, start: usize, first: Point, base: &Base) -> Option<Time> {
    let When::Now = first.when else { return None };
    let count = number(text, skip(text, any(text, first.end, &["起", "开始"])?))?;
    let unit = skip(text, count.end);
    let many = i32::try_from(count.value).ok()?;
    let span = jiff::Span::new();
    let days = [
        ("个工作日", None),
        ("工作日", None),
        ("日", span.try_days(many).ok()),
        ("天", span.try_days(many).ok()),
        ("个月", span.try_months(many).ok()),
        ("年", span.try_years(many).ok()),
    ];
    let (end, length) = days.into_iter().find_map(|(name, length)| Some((word(text, unit, name)?, length)))?;
    let end = any(text, end, &["之内", "内", "以内"])?;
    let issued = base.issued.zip(length);
    let date = issued.and_then(|(issued, length)| issued.checked_add(length).ok());
    let last = date.map(|date| Moment { date, precision: Precision::Day });
    let basis = last.map(|_| Basis::IssuedOn);
    Some(Time { end: last, basis, ..Time::undated(start, end, Kind::Relative) })
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
    let lent = first.year.or(second.year).or(base.lent());
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
        basis: (begin.is_some() || close.is_some()).then(|| {
            let ends = [first, second].map(|end| end.basis(base));
            match ends {
                _ if ends.contains(&Basis::IssuedOn) => Basis::IssuedOn,
                _ if ends.contains(&Basis::Stated) => Basis::Stated,
                [basis, _] => basis,
            }
        }),
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
    Some(Time::undated(at, end, Kind::Recurring))
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
            word_unless(text, at_unit, "年", &['级', '代', '龄', '度', '轮', '制', '薪', '检', '月', '底', '第', '义'])
                .filter(|end| !rest(text, *end).starts_with("一贯"))
        })?;
    Some(Time::undated(at, end, Kind::Duration))
}

/// Whether an expression that begins with a character can go on with the next one: most words that begin with 本 or 上
/// are no times, and this spares the look at each word that is one. Numerals are not told here.
fn may_go_on(head: char, next: Option<char>) -> bool {
    let behind = match head {
        '今' | '明' | '去' | '次' | '翌' | '全' => "年",
        '本' => "年通意方办文届",
        '即' => "日",
        '现' => "在",
        '发' => "文布",
        '印' => "发",
        '通' => "知",
        '文' => "件",
        '上' => "一半海",
        '下' => "发半",
        '年' => "初底末内",
        '元' => "旦宵月",
        '国' => "庆",
        '春' => "节",
        '除' => "夕",
        '清' => "明",
        '端' => "午",
        '重' => "阳",
        '党' => "的",
        '北' => "京",
        '广' => "州",
        '教' => "师",
        '“' | '"' | '「' | '‘' => "元国春清端中重二三五六七八九十",
        // Only the second end of a range begins with these.
        '中' => "秋共国",
        '同' => "年",
        '当' | '来' | '底' | '月' => "",
        _ => return true,
    };
    next.is_some_and(|next| behind.contains(next))
}
