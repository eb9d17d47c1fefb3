//! Days that have names: festivals by the solar and the lunar calendar, five-year plans, and congresses.
//!
//! **Evidence**: the name with 前, 期间, 节 and the like behind it. A name by itself is none: 国庆假日, “五四”奖章 and 八一小学 are
//! no times.
//! **Example**: `春节前` in 2011 ends on 2011-02-03, `党的十八大召开前` on 2012-11-08.
//! **Counter-examples**: `春节联欢会`, `“十二五”规划`, `学习贯彻党的十八大精神`.
//! **Misses**: how long a festival lasts (国庆期间 has no dates), festivals of single peoples or places, and congresses below
//! the national level.

use jiff::civil::Date;
use tyme4rs::tyme::lunar::LunarDay;
use tyme4rs::tyme::solar::SolarTerm;

use super::scan::{any, rest, word};

/// How the day of a festival is found in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// The same date each year.
    Solar(i8, i8),
    /// A day of the lunar calendar, whose year begins in the year that is meant.
    Lunar(i8, i8),
    /// 清明, by the sun.
    Qingming,
    /// The day before the first of the lunar year.
    Eve,
}

/// A festival: what it is called, when it is, and whether the plain name, without quotation marks, can mean nothing else.
const FESTIVALS: &[(&str, Rule, bool)] = &[
    ("元旦", Rule::Solar(1, 1), true),
    ("春节", Rule::Lunar(1, 1), true),
    ("除夕", Rule::Eve, true),
    ("元宵", Rule::Lunar(1, 15), true),
    ("清明", Rule::Qingming, true),
    ("端午", Rule::Lunar(5, 5), true),
    ("中秋", Rule::Lunar(8, 15), true),
    ("重阳", Rule::Lunar(9, 9), true),
    ("三八", Rule::Solar(3, 8), false),
    ("五一", Rule::Solar(5, 1), false),
    ("五四", Rule::Solar(5, 4), false),
    ("六一", Rule::Solar(6, 1), false),
    ("七一", Rule::Solar(7, 1), true),
    ("八一", Rule::Solar(8, 1), false),
    ("十一", Rule::Solar(10, 1), false),
    ("国庆", Rule::Solar(10, 1), true),
    ("教师节", Rule::Solar(9, 10), true),
];

/// Names that a festival may have behind its short one: 五一国际劳动节, 端午节.
const IN_FULL: &[&str] =
    &["国际劳动妇女节", "国际劳动节", "劳动节", "国际儿童节", "儿童节", "青年节", "建党节", "建军节", "妇女节", "节"];

/// Five-year plans by name, with their first years.
const FIVE_YEARS: &[(&str, i32)] = &[
    ("十一五", 2006),
    ("十二五", 2011),
    ("十三五", 2016),
    ("十四五", 2021),
    ("十五五", 2026),
    ("十五", 2001),
    ("九五", 1996),
    ("八五", 1991),
    ("七五", 1986),
];

/// First days of meetings and celebrations that documents of their time take as a date to be ready by.
const EVENTS: &[(&str, i16, i8, i8)] = &[
    ("十五届三中全会", 1998, 10, 12),
    ("十五届四中全会", 1999, 9, 19),
    ("十五届五中全会", 2000, 10, 9),
    ("十五届六中全会", 2001, 9, 24),
    ("十六届三中全会", 2003, 10, 11),
    ("十六届四中全会", 2004, 9, 16),
    ("十六届五中全会", 2005, 10, 8),
    ("十六届六中全会", 2006, 10, 8),
    ("十七届三中全会", 2008, 10, 9),
    ("十七届四中全会", 2009, 9, 15),
    ("十七届五中全会", 2010, 10, 15),
    ("十七届六中全会", 2011, 10, 15),
    ("十八届三中全会", 2013, 11, 9),
    ("十八届四中全会", 2014, 10, 20),
    ("十八届五中全会", 2015, 10, 26),
    ("十八届六中全会", 2016, 10, 24),
    ("十九届三中全会", 2018, 2, 26),
    ("十九届四中全会", 2019, 10, 28),
    ("十九届五中全会", 2020, 10, 26),
    ("十九届六中全会", 2021, 11, 8),
    ("二十届三中全会", 2024, 7, 15),
    ("二十届四中全会", 2025, 10, 20),
    ("十五大", 1997, 9, 12),
    ("十六大", 2002, 11, 8),
    ("十七大", 2007, 10, 15),
    ("十八大", 2012, 11, 8),
    ("十九大", 2017, 10, 18),
    ("二十大", 2022, 10, 16),
    ("北京奥运会", 2008, 8, 8),
    ("上海世博会", 2010, 5, 1),
    ("广州亚运会", 2010, 11, 12),
];

const OPENING: &[&str] = &["“", "\"", "「", "‘", "＂"];
const CLOSING: &[&str] = &["”", "\"", "」", "’", "＂"];

/// Whether one of the names of this file can begin with two characters: the quick question before the long lists.
pub(super) fn may_begin(first: char, second: Option<char>) -> bool {
    let behind = match first {
        '“' | '"' | '「' | '‘' | '＂' => return true,
        '元' => "旦宵",
        '春' => "节",
        '除' => "夕",
        '清' => "明",
        '端' => "午",
        '中' => "秋共国",
        '重' => "阳",
        '国' => "庆",
        '教' => "师",
        '党' => "的",
        '北' => "京",
        '广' => "州",
        '上' => "海",
        '三' => "八",
        '五' => "一四",
        '六' => "一",
        '七' | '八' => "一五",
        '九' => "五",
        '十' => "一二三四五六七八九",
        '二' => "十",
        _ => return false,
    };
    second.is_some_and(|second| behind.contains(second))
}

/// What makes a name a time.
const BEHIND: &[&str] = &["前夕", "前", "之前", "以前", "期间", "至", "到"];

fn date(year: i32, month: i8, day: i8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, month, day).ok()
}

impl Rule {
    /// The day in a year.
    pub(super) fn day(self, year: i32) -> Option<Date> {
        let lunar = |month: i8, day: i8| {
            // The calendar's tables are exact for the years that documents speak of.
            let year = (1900..=2100).contains(&year).then_some(isize::try_from(year).ok()?)?;
            let solar = LunarDay::new(year, isize::from(month), usize::try_from(day).ok()?).ok()?.get_solar_day();
            Date::new(i16::try_from(solar.get_year()).ok()?, solar.get_month() as i8, solar.get_day() as i8).ok()
        };
        match self {
            Self::Solar(month, day) => date(year, month, day),
            Self::Lunar(month, day) => lunar(month, day),
            Self::Eve => lunar(1, 1)?.yesterday().ok(),
            Self::Qingming => {
                let day = SolarTerm::new(isize::try_from(year).ok()?, "清明").ok()?.get_solar_day();
                Date::new(i16::try_from(day.get_year()).ok()?, day.get_month() as i8, day.get_day() as i8).ok()
            }
        }
    }
}

/// The festival at `at`, and the place behind its name. `after_year`: a year stands before it, so that the plain name is
/// enough. `None` as the rule: the festival as a stretch of days (国庆期间).
pub(super) fn festival(text: &str, at: usize, after_year: bool) -> Option<(Option<Rule>, usize)> {
    let (from, quoted) = any(text, at, OPENING).map_or((at, false), |end| (end, true));
    let (mut end, rule, clear) =
        FESTIVALS.iter().find_map(|&(name, rule, clear)| Some((word(text, from, name)?, rule, clear)))?;
    // “七一”建党节 and “五一国际劳动节”.
    end = any(text, end, IN_FULL).unwrap_or(end);
    if quoted {
        end = any(text, end, CLOSING)?;
        end = any(text, end, IN_FULL).unwrap_or(end);
    }
    if !(after_year || quoted || clear) {
        return None;
    }
    if let Some(end) = word(text, end, "期间") {
        return Some((None, end));
    }
    any(text, end, BEHIND).map(|_| (Some(rule), end))
}

/// What of a five-year plan is named: its first year, and whether its end alone is meant. The name without 期间 or 末 is
/// that of a plan, not a time.
pub(super) fn five_years(text: &str, at: usize) -> Option<(i32, bool, usize)> {
    let (from, quoted) = any(text, at, OPENING).map_or((at, false), |end| (end, true));
    let (end, year) = FIVE_YEARS.iter().find_map(|&(name, year)| Some((word(text, from, name)?, year)))?;
    let end = if quoted { any(text, end, CLOSING)? } else { end };
    if let Some(end) = any(text, end, &["期间", "时期"]) {
        return Some((year, false, end));
    }
    any(text, end, &["期末", "末"]).map(|end| (year, true, end))
}

/// The first day of the congress at `at`, where its being held is what counts: 党的十八大召开前, 十八大以来.
pub(super) fn event(text: &str, at: usize) -> Option<(Date, usize)> {
    let from = any(text, at, &["党的", "中共", "中国共产党第"]).unwrap_or(at);
    let (end, (year, month, day)) =
        EVENTS.iter().find_map(|&(name, y, m, d)| Some((word(text, from, name)?, (y, m, d))))?;
    let held = any(text, end, &["胜利召开", "召开", "开幕", "举办", "举行"]).unwrap_or(end);
    let counts = rest(text, held).starts_with(['前', '之', '以']) && !rest(text, held).starts_with("之后");
    let counts = counts && any(text, held, &["前", "之前", "以前", "以来"]).is_some();
    counts.then_some((Date::new(year, month, day).ok()?, held))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_may_begin() {
        let festivals = FESTIVALS.iter().map(|(name, _, _)| *name);
        let plans = FIVE_YEARS.iter().map(|(name, _)| *name);
        let events = EVENTS.iter().map(|(name, ..)| *name);
        for name in
            festivals.chain(plans).chain(events).chain(["党的十八大", "中共十八大", "中国共产党第十八次", "“七一”"])
        {
            let mut chars = name.chars();
            assert!(may_begin(chars.next().unwrap(), chars.next()), "{name}");
        }
    }

    #[test]
    fn lunar_days_and_solar_terms() {
        for (rule, year, expected) in [
            (Rule::Lunar(1, 1), 2011, "2011-02-03"),
            (Rule::Lunar(1, 1), 1996, "1996-02-19"),
            (Rule::Lunar(1, 15), 2010, "2010-02-28"),
            (Rule::Lunar(5, 5), 2020, "2020-06-25"),
            (Rule::Lunar(8, 15), 2024, "2024-09-17"),
            (Rule::Lunar(9, 9), 2013, "2013-10-13"),
            (Rule::Eve, 2014, "2014-01-30"),
            (Rule::Qingming, 2008, "2008-04-04"),
            (Rule::Qingming, 2015, "2015-04-05"),
        ] {
            assert_eq!(rule.day(year).map(|day| day.to_string()), Some(expected.into()), "{rule:?} {year}");
        }
        assert_eq!(Rule::Lunar(1, 1).day(99_999), None);
    }
}
