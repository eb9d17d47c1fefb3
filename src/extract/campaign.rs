//! The campaign that a plan serves, and its sector.

use std::sync::LazyLock;

use daachorse::charwise::CharwiseDoubleArrayAhoCorasick;
use regex::Regex;

use crate::lexicon::{Lexicon, word_automaton};

/// The tables `campaigns` and `sectors`, ready to search.
pub struct Names {
    campaigns: CharwiseDoubleArrayAhoCorasick<u32>,
    campaign_values: Vec<String>,
    sectors: CharwiseDoubleArrayAhoCorasick<u32>,
    sector_values: Vec<String>,
}

impl Names {
    /// Take the names from the tables.
    pub fn new(lexicon: &Lexicon) -> Self {
        let owned = |cells: Vec<&str>| cells.into_iter().map(str::to_owned).collect();
        Self {
            campaigns: word_automaton(lexicon.cells("campaigns", "key")),
            campaign_values: owned(lexicon.cells("campaigns", "value")),
            sectors: word_automaton(lexicon.cells("sectors", "key")),
            sector_values: owned(lexicon.cells("sectors", "value")),
        }
    }

    /// The campaign of the lexicon that is named first in `text`.
    fn campaign(&self, text: &str) -> Option<&str> {
        self.campaigns
            .leftmost_find_iter(text)
            .next()
            .and_then(|found| self.campaign_values.get(found.value() as usize))
            .map(String::as_str)
    }

    /// The campaign that is named most often in `text`, with its count.
    fn most_named(&self, text: &str) -> Option<(&str, usize)> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for found in self.campaigns.leftmost_find_iter(text) {
            let Some(name) = self.campaign_values.get(found.value() as usize) else { continue };
            match counts.iter_mut().find(|(known, _)| known == name) {
                Some((_, count)) => *count += 1,
                None => counts.push((name, 1)),
            }
        }
        counts.into_iter().rev().max_by_key(|(_, count)| *count)
    }
}

static LOCAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:关于|开展|印发|实施|深入|推进|组织|做好|加强|启动|深化|的通知|省|市|县|区|镇|乡|局|厅|委|院|年|系统|在全[国省市县区州镇乡局校院])*((?:[一-龥、A-Za-z0-9]{0,14})?(?:[“‘][^”’]{2,16}[”’])?[一-龥、]{0,12}?(?:专项行动|专项整治行动|专项整治|专项治理|专项检查|集中整治|整治行动|攻坚行动|百日行动|三年行动|行动计划|大检查|大排查|大整治|大走访|大讨论|主题教育|主题活动|主题实践活动|竞赛活动|创建活动|整治活动|教育活动|行动))(?:的?(?:总体|具体)?(?:实施|工作|活动|推进)?(?:方案|意见|通知|计划|要点|总结|办法|安排)|试点|动员|工作|$)",
    )
    .expect("a literal pattern")
});
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^.*(?:关于|在全[国省市县区州镇乡局校院]|(?:印发|转发)《?)(?:[一-龥]{2,12}?(?:省|市|县|区|州|旗|镇|乡|局|厅|委|院|校)(?:人民政府|办公室)?)?(?:(?:深入|集中|组织|全面|扎实)*开展|实施|印发|推进|做好|加强|启动|深化|深入)?(?:\d{4}年(?:度)?)?(?:第[一二三四五六七八九十]+批)?").expect("a literal pattern")
});

/// The campaign.
///
/// Evidence, in this order: a campaign of the lexicon in the title; one that the first 1,500 characters name twice or more;
/// a name in the title that ends like a campaign (某某专项行动, “百日攻坚”行动). Counter-example: 2003年卫生工作要点 serves no
/// campaign though it mentions several. Misses local campaigns whose titles do not end so.
pub fn campaign(title: Option<&str>, opening: &str, lexicon: &Lexicon) -> Option<String> {
    let names = &lexicon.compiled().campaign;
    if let Some(name) = title.and_then(|title| names.campaign(title)) {
        return Some(name.to_owned());
    }
    if let Some(local) = title.and_then(local) {
        return Some(local);
    }
    // Without a title, or with one that names no campaign, the opening must name one again and again.
    let least = if title.is_some() { 4 } else { 5 };
    names.most_named(opening).filter(|(_, count)| *count >= least).map(|(name, _)| name.to_owned())
}

/// The campaign's name out of the title of a local plan.
fn local(title: &str) -> Option<String> {
    let core = LEAD.replace(title, "");
    let found = LOCAL.captures(&core)?.get(1)?;
    let name = found.as_str().trim_matches(['《', '》', '的', '、']);
    let chars = name.chars().count();
    let generic =
        ["专项行动", "专项整治", "行动", "行动计划", "主题活动", "大检查", "教育活动", "三年行动", "集中整治"]
            .contains(&name);
    ((4..=26).contains(&chars) && !generic).then(|| name.to_owned())
}

/// The sector: of the issuer, else of the title, else the one that the opening names most.
pub fn sector(issuer: Option<&str>, title: Option<&str>, opening: &str, lexicon: &Lexicon) -> Option<String> {
    let names = &lexicon.compiled().campaign;
    let first = |text: &str| {
        names
            .sectors
            .leftmost_find_iter(text)
            .filter_map(|found| names.sector_values.get(found.value() as usize))
            .find(|name| !name.is_empty())
            .cloned()
    };
    if let Some(found) = issuer.and_then(first).or_else(|| title.and_then(first)) {
        return Some(found);
    }
    let mut counts: Vec<(&String, usize)> = Vec::new();
    for found in names.sectors.leftmost_find_iter(opening) {
        let Some(name) = names.sector_values.get(found.value() as usize).filter(|name| !name.is_empty()) else {
            continue;
        };
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .filter(|(_, count)| *count >= 4)
        .map(|(name, _)| name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn campaigns() {
        let lexicon = Lexicon::builtin();
        for (title, expected) in [
            (Some("关于在全县深入开展创先争优活动的实施意见"), Some("创先争优")),
            (Some("青河县农村道路“百日攻坚”行动实施方案"), Some("青河县农村道路“百日攻坚”行动")),
            (Some("关于开展液化气站安全专项整治的通知"), Some("液化气站安全专项整治")),
            (Some("2012年水利工作要点"), None),
            (None, None),
        ] {
            assert_eq!(campaign(title, "", lexicon).as_deref(), expected, "{title:?}");
        }
    }

    #[test]
    fn every_row_is_recognised_in_its_example() {
        let lexicon = Lexicon::builtin();
        for (value, example) in lexicon.table("campaigns").unwrap().pairs("value", "example") {
            assert_eq!(campaign(Some(example), "", lexicon).as_deref(), Some(value), "{example}");
        }
        for (value, example) in lexicon.table("sectors").unwrap().pairs("value", "example") {
            assert_eq!(sector(Some(example), None, "", lexicon).unwrap_or_default(), value, "{example}");
        }
    }
}
