//! What kind of body a plan belongs to.

use std::sync::LazyLock;

use regex::Regex;

use super::Evidence;
use crate::model::{AdminLevel, Region, RegionBasis};

/// Institutions below the government: 定陶县人民医院, 威海市第一中学党总支; not 威海市医院管理局.
static UNIT_BODY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:卫生院|医院|学校|中学|小学|大学|学院|幼儿园|公司|集团|中心|保健院|福利院|敬老院|研究院|图书馆|卫生所|卫生室)(?:党委|党总支|党支部|总支|支部|工会|团委|委员会|党政办|办公室){0,2}$",
    )
    .expect("a valid pattern")
});

/// The same at the beginning of a title: 石湖镇卫生院2011年…方案, 卫生院党支部开展…; not 公立医院改革…, 县级医院综合改革….
static UNIT_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^[^《》]{0,20}?(?:卫生院|医院|学校|中学|小学|大学|学院|幼儿园|公司|保健院)(?:党委|党总支|党支部|支部)?(?:[0-9〇○二０-９]|关于|深入|开展|创先|争先|学习|党的|党员|工会|$)",
    )
    .expect("a valid pattern")
});

/// The words of a text for its own reach, and what they say.
const REACH: &[(&str, AdminLevel)] = &[
    ("全省", AdminLevel::Province),
    ("我省", AdminLevel::Province),
    ("全市", AdminLevel::Prefecture),
    ("我市", AdminLevel::Prefecture),
    ("全县", AdminLevel::County),
    ("我县", AdminLevel::County),
    ("全镇", AdminLevel::Township),
    ("我镇", AdminLevel::Township),
    ("全乡", AdminLevel::Township),
    ("我乡", AdminLevel::Township),
];

/// Sets the level: that of an institution if issuer or title is one; that of the place; where the place is unknown, what 全省,
/// 全市, 全县 in the title say, or 我省, 我市 and 我县 in the body.
///
/// 全区 says nothing: it may be a district or an autonomous region.
pub(super) fn read(evidence: &Evidence, region: &mut Region) {
    let first = evidence.issuer.split(['、', ' ', '\u{3000}']).find(|body| !body.is_empty()).unwrap_or("");
    if UNIT_BODY.is_match(first) {
        region.level = Some(AdminLevel::Unit);
        region.basis = region.basis.or(Some(RegionBasis::Issuer));
        return;
    }
    let title = evidence.title.trim();
    if first.is_empty() && UNIT_TITLE.is_match(title) && !title.starts_with("关于") {
        region.level = Some(AdminLevel::Unit);
        region.basis = region.basis.or(Some(RegionBasis::Title));
        return;
    }
    if let Some(township) = &region.township {
        // 石湖镇中心小学: an institution of the township.
        let institution =
            [evidence.issuer, title].iter().filter_map(|text| text.split_once(township.as_str())).any(|(_, behind)| {
                let behind = behind.strip_prefix("中心").unwrap_or(behind);
                ["卫生院", "医院", "学校", "小学", "中学", "初级中学", "幼儿园"]
                    .iter()
                    .any(|word| behind.starts_with(word))
            });
        region.level = Some(if institution { AdminLevel::Unit } else { AdminLevel::Township });
        return;
    }
    let stated = REACH.iter().find(|(word, _)| title.contains(word)).map(|&(_, level)| level);
    if region.county.is_some() || region.prefecture.is_some() {
        return;
    }
    if let Some(level) = stated
        // A title about 全省 by a body whose place is known is that body's; 全市 under a known province narrows it.
        && region.level.is_none_or(|known| known < level)
    {
        region.level = Some(level);
        region.basis = region.basis.or(Some(RegionBasis::Title));
    }
    if region.level.is_none()
        && let Some(level) = own_reach(evidence.body)
        && !contradicts(title, level)
    {
        region.level = Some(level);
        region.basis = region.basis.or(Some(RegionBasis::Body));
    }
}

/// Whether the title speaks of another reach than `level`; 全区 is another than that of a city or a county.
pub(super) fn contradicts(title: &str, level: AdminLevel) -> bool {
    title.contains("全区") && level != AdminLevel::Province
        || REACH.iter().any(|&(word, other)| other != level && title.contains(word))
}

/// The one level that the body calls its own (我省, 我市, 我县); nothing where it names several.
pub(super) fn own_reach(body: &str) -> Option<AdminLevel> {
    let mut levels =
        REACH.iter().filter(|(word, _)| word.starts_with('我') && body.contains(word)).map(|&(_, level)| level);
    let first = levels.next()?;
    levels.all(|level| level == first).then_some(first)
}
