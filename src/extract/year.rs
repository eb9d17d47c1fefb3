//! The year that a plan belongs to, and what says so.

use std::sync::LazyLock;

use regex::Regex;

use super::{Context, dates, head};
use crate::model::{Genre, Phase, Precision, YearBasis};

/// The year that the head tells: an annual plan's title, else the day of issue, the number, a year in the title or, without a title,
/// in the first words.
pub(super) fn of_head(head: &head::Head, opening: &str) -> Option<(i32, YearBasis)> {
    let title = |year| (year, YearBasis::Title);
    annual(head)
        .map(title)
        .or_else(|| {
            let issued = head.issued?;
            // Without a date, the day of issue is the year of the number.
            let of_number = issued.precision == Precision::Year && head.number_year.is_some();
            let basis = if of_number { YearBasis::DocNumber } else { YearBasis::Date };
            Some((i32::from(issued.date.year()), basis))
        })
        .or_else(|| head.number_year.map(|year| (year, YearBasis::DocNumber)))
        .or_else(|| head.title.as_deref().and_then(title_year).map(title))
        .or_else(|| opening_year(head, opening).map(|year| (year, YearBasis::Text)))
}

/// A document that gives its year only in its phases belongs to the year in which they begin.
pub(super) fn of_phases(phases: &[Phase]) -> Option<(i32, YearBasis)> {
    let first = phases.iter().filter_map(|phase| phase.start.or(phase.end)).map(|moment| moment.date.year()).min()?;
    Some((i32::from(first), YearBasis::Window))
}

/// The year of an annual plan by its title, which may be signed before the year begins: 2013年造林绿化工作要点, of December 2012.
///
/// Only a year next to that of the signature: 关于表彰2005年度先进单位的通知 looks back.
fn annual(head: &head::Head) -> Option<i32> {
    let signed = i32::from(head.issued?.date.year());
    let genre = head.genre?;
    let plans = matches!(genre, Genre::KeyPoints | Genre::Programme | Genre::Scheme);
    head.title.as_deref().and_then(title_year).filter(|year| plans && *year == signed + 1)
}

/// The year that the first words of a document without a title give. Not that of another document in 《》, nor of a number.
fn opening_year(head: &head::Head, opening: &str) -> Option<i32> {
    let start: String = opening.chars().take(60).collect();
    first_year(&start).filter(|_| head.title.is_none())
}

/// The year for whose work a document says that it is made: 为做好2009年夏季饮水保障工作，制定本方案.
///
/// Counter-example: 到2020年, 2008年以来, which are aims and history.
pub(super) fn of_purpose(context: &Context) -> Option<(i32, YearBasis)> {
    static PURPOSE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:做好|搞好|抓好|完成|开展|推进|落实)(?:全[省市县区]|我[省市县区]|本[市县])?((?:19|20)\d\d)年[^以底末至到前—-]").expect("a valid pattern")
    });
    let body = context.of(context.body).trim_start();
    let sentence = body.split(['。', '\n']).next().unwrap_or(body);
    let sentence = sentence.char_indices().nth(120).map_or(sentence, |(at, _)| &sentence[..at]);
    let found = PURPOSE.captures(sentence)?;
    Some((found.get(1)?.as_str().parse().ok()?, YearBasis::Text))
}

/// The year that all full dates of the text give, if it is one: 于2022年7月31日前报送. Mere years may be goals or history.
pub(super) fn of_dates(context: &Context) -> Option<(i32, YearBasis)> {
    let body = context.of(context.body);
    let body = if body.len() > 60_000 { return None } else { body };
    let mut years: Vec<i16> = dates::expressions(body, &dates::Base::default())
        .into_iter()
        // 日期:2017-04-17 is when the page was put up.
        .filter(|time| {
            let before = body[..time.span.start as usize].trim_end().trim_end_matches([':', '：']);
            !["日期", "时间", "于", "更新"].iter().any(|word| before.ends_with(word)) || before.ends_with('于')
        })
        .flat_map(|time| [time.start, time.end])
        .flatten()
        .filter(|moment| !matches!(moment.precision, crate::model::Precision::Year))
        .map(|moment| moment.date.year())
        .collect();
    years.sort_unstable();
    years.dedup();
    match years[..] {
        [year] => Some((i32::from(year), YearBasis::Text)),
        _ => None,
    }
}

/// The year of a title; that of the document which it issues too (关于印发《2011年工作要点》的通知), not of one that it obeys.
fn title_year(title: &str) -> Option<i32> {
    let issued = ["印发《", "发布《", "公布《", "下发《"].iter().find_map(|word| title.split_once(word));
    first_year(title).or_else(|| issued.and_then(|(_, inner)| first_year(inner)))
}

/// The first year with 年 behind it that stands outside 《》 and brackets of numbers.
fn first_year(text: &str) -> Option<i32> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '《' | '〔' | '[' => depth += 1,
            '》' | '〕' | ']' => depth = depth.saturating_sub(1),
            '1' | '2' if depth == 0 && !text[..at].ends_with(|c: char| c.is_ascii_digit()) => {
                let digits = text[at..].get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
                if let Some(digits) = digits
                    && text[at + 4..].trim_start().starts_with('年')
                    && let Ok(year) = digits.parse::<i32>()
                    && (1949..=2100).contains(&year)
                {
                    return Some(year);
                }
            }
            _ => {}
        }
    }
    None
}
