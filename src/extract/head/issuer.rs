//! 发文机关标志: the issuer as the letterhead or the title names it.

use std::sync::LazyLock;

use regex::Regex;

use super::signature::bodies_in;
use crate::extract::number;
use crate::split::line::Line;
use crate::split::title::Title;

/// The body in the letterhead: 日照市卫生局文件, or a body that stands with its number above the title.
pub(super) fn letterhead(text: &str, lines: &[Line], top: Option<&Title>) -> Option<String> {
    // Glued to the title: 某县水务局文件 某水发〔2012〕8号某县水务局活动方案.
    if let Some(line) = top
        .and_then(|t| lines.get(t.first))
        .filter(|line| top.is_some_and(|t| t.glued && t.span.start > line.span.start))
        && let Some((name, _)) = line.span.of(text).split_once("文件")
        && let Some(found) = bodies_in(&[name])
    {
        return Some(found);
    }
    if let Some(names) = top.and_then(|t| joint(text, lines, t)) {
        return Some(names);
    }
    let last = top.map_or(4, |t| t.first).min(8);
    lines[..last.min(lines.len())].iter().find_map(|line| {
        let body = line.span.of(text);
        if line.chars > 60 {
            return None;
        }
        let name = body.strip_suffix("文件").or_else(|| {
            let (number, _) = number::numbers(body).into_iter().next()?;
            Some(&body[..number.start as usize])
        })?;
        bodies_in(&[name])
    })
}

/// Several bodies on lines of their own above 关于…, which may be part of the title: 某市公安局　某市教育局 / 某市民政局 / 关于….
fn joint(text: &str, lines: &[Line], top: &Title) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for line in lines.get(..=top.last)?.iter().rev().take(8) {
        match bodies_in(&[line.span.of(text)]).filter(|_| line.chars <= 60) {
            Some(found) => names.insert(0, found),
            None if names.is_empty() => {}
            None => break,
        }
    }
    let names = names.join("、");
    names.contains('、').then_some(names)
}

pub(super) static TITLE_ISSUER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^((?:[一-龥（）()、\d]{1,40}?(?:局|厅|委员会|委|办公室|人民政府|政府|党组|党委|支部|小组|指挥部|院|大学|中学|小学|初中|高中|学校|幼儿园|所|站|中心|公司|大队|支队|总队|部|办|会|国务院|行|社)\s*)+?)(?:关于|印发|转发|批转|开展|深入|实施|贯彻|推进|加强|进一步|集中|落实|学习|做好|党史|创[先建]|民主评议|行风|政风|师德|师风|疫情|消防|暑期|秋季|春季|冬季|作风|廉政|党风|效能|第[一二三四五六七八九十]批|(?:19|20)\d\d|二[〇○]|“|《)",
    )
    .expect("a literal pattern")
});

pub(super) static GENERIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:中共|全|各|本|我|某|[xX×*]+|人民|中心|基层|公立|民营|社区|第[一二三]|市|县|区|乡镇|镇|乡|村|医疗卫生|医疗|卫生|教育|环保)*(?:系统|医院|卫生院|学校|中学|小学|幼儿园|公司|企业|机关|局|委|中心|单位|支部|党支部|党委|党组|党总支|委员会|办公室|领导小组|社会|大会|部|会|院|所|站|办)+$",
    )
    .expect("a literal pattern")
});

pub(super) static YEAR_FIRST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:19|20)\d\d年度?").expect("a literal pattern"));

/// The body with which a title begins: 海口市水务局关于…, 昆山市教育局开展….
///
/// A name that fits any place (医院, 卫生院党支部, xx局) is no issuer.
pub fn title_issuer(title: &str) -> Option<String> {
    let title = YEAR_FIRST.replace(title, "");
    let found = TITLE_ISSUER.captures(&title)?.get(1)?;
    let names = bodies_in(&[&found.as_str().replace('、', " ")])?;
    let generic = names
        .split('、')
        .any(|name| GENERIC.is_match(name) && !is_ministry(name) || name.contains("关于") || name.contains("系统"));
    (!generic).then_some(names)
}

/// 教育部, 卫生部: a ministry's name is a word that would else be too general.
pub(super) fn is_ministry(name: &str) -> bool {
    name.ends_with('部')
        && !name.ends_with("支部")
        && (3..=9).contains(&name.chars().count())
        && !name.starts_with(['各', '全', '本', '我', '支'])
}
