//! What kind of body a plan belongs to.

use std::sync::LazyLock;

use regex::Regex;

use super::{Evidence, cues};
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

/// Schools and hospitals that are told by a number (石家庄市第十七中学), and universities, whatever follows.
static NAMED_UNIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^[^《》，、]{0,16}?第[一二三四五六七八九十百0-9]+(?:实验)?(?:中学|小学|医院|人民医院|幼儿园)|^[\u{4e00}-\u{9fa5}]{2,6}大学(?:[^生城校毕科附专和与、]|$)",
    )
    .expect("a valid pattern")
});

/// What names of bodies without a place begin with (县水利局, 镇人民政府, 团县委), and whose they are. 市 may be of either level.
const BARE: &[(&str, AdminLevel)] = &[
    ("省", AdminLevel::Province),
    ("县", AdminLevel::County),
    ("镇", AdminLevel::Township),
    ("乡", AdminLevel::Township),
    ("街道", AdminLevel::Township),
];

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
/// 全区 alone says nothing: it may be a district or an autonomous region.
pub(super) fn read(evidence: &Evidence, region: &mut Region) {
    let first = evidence.issuer.split(['、', ' ', '\u{3000}']).find(|body| !body.is_empty()).unwrap_or("");
    if UNIT_BODY.is_match(first) {
        region.level = Some(AdminLevel::Unit);
        region.basis = region.basis.or(Some(RegionBasis::Issuer));
        return;
    }
    let title = evidence.title.trim();
    let unit = first.is_empty() && UNIT_TITLE.is_match(title) || NAMED_UNIT.is_match(title);
    if unit && !title.starts_with("关于") {
        region.level = Some(AdminLevel::Unit);
        region.basis = region.basis.or(Some(RegionBasis::Title));
        return;
    }
    if let Some(township) = &region.township {
        let institution = is_institution(evidence, township);
        region.level = Some(if institution { AdminLevel::Unit } else { AdminLevel::Township });
        return;
    }
    let stated = REACH.iter().find(|(word, _)| title.contains(word)).map(|&(_, level)| level);
    if region.county.is_some() || region.prefecture.is_some() || region.zone.is_some() {
        return;
    }
    if let Some(level) = stated
        // A title about 全省 by a body whose place is known is that body's; 全市 under a known province narrows it.
        && region.level.is_none_or(|known| known < level)
    {
        region.level = Some(level);
        region.basis = region.basis.or(Some(RegionBasis::Title));
    }
    if region.level.is_none() {
        region.level = bare(evidence);
    }
    if region.level.is_none() && is_district(evidence) {
        region.level = Some(AdminLevel::County);
    }
    if region.level.is_none()
        && let Some(level) = own_reach(evidence.body)
        && !contradicts(title, level)
    {
        region.level = Some(level);
        region.basis = region.basis.or(Some(RegionBasis::Body));
    }
}

/// Whether issuer or title name an institution of a township: 石湖镇中心小学, 大关镇麻山小学; not 湖岭镇山区中学教师…方案 of its government.
fn is_institution(evidence: &Evidence, township: &str) -> bool {
    const INSTITUTIONS: &[&str] = &["卫生院", "医院", "学校", "小学", "中学", "初级中学", "幼儿园"];
    if ["政府", "党委", "办事处", "工委"].iter().any(|word| evidence.issuer.contains(word)) {
        return false;
    }
    let names = [evidence.issuer, evidence.title.trim()];
    names.iter().filter_map(|name| name.split_once(township)).any(|(_, behind)| {
        let behind = behind.strip_prefix("中心").unwrap_or(behind);
        let mut before = INSTITUTIONS.iter().filter_map(|word| behind.split_once(word)).map(|(before, _)| before);
        before.any(|before| before.chars().count() <= 3 && !before.contains('各'))
    })
}

/// The level that a body without a place tells: an issuer or a signature such as 县水利局, 中共县委, 镇人民政府; 县直各部门 among the addressees.
///
/// Counter-example: 市教育局, which may be a prefecture's or a county-level city's; 区卫生局. Misses signatures without 县 (水利局).
fn bare(evidence: &Evidence) -> Option<AdminLevel> {
    let issuers = evidence.issuer.split(['、', ' ', '\u{3000}']).chain(cues::signature(evidence.tail));
    let of_body = issuers.filter(|name| !name.is_empty()).find_map(|name| {
        let name = name.strip_prefix("中共").or_else(|| name.strip_prefix('团')).unwrap_or(name);
        BARE.iter()
            .find(|(word, _)| name.strip_prefix(word).is_some_and(|rest| !rest.starts_with(['级', '直'])))
            .map(|&(_, level)| level)
    });
    of_body.filter(|_| !evidence.title.contains("全市")).or_else(|| {
        let county = evidence.addressees.iter().any(|to| to.starts_with("县直") || to.starts_with("县委各"));
        county.then_some(AdminLevel::County)
    })
}

/// Whether the title speaks of another reach than `level`; 全区 is another than that of a city or a county.
pub(super) fn contradicts(title: &str, level: AdminLevel) -> bool {
    title.contains("全区") && level != AdminLevel::Province
        || REACH.iter().any(|&(word, other)| other != level && title.contains(word))
}

/// The one level that the body calls its own (我省, 我市, 我县; else 本省, 本市, 本县); nothing where it names several.
pub(super) fn own_reach(body: &str) -> Option<AdminLevel> {
    ['我', '本'].into_iter().find_map(|own| {
        let names = |place: &str| body.match_indices(own).any(|(at, own)| body[at + own.len()..].starts_with(place));
        let mut levels = REACH.iter().filter_map(|&(word, level)| {
            let place = word.strip_prefix('我')?;
            names(place).then_some(level)
        });
        let first = levels.next()?;
        levels.all(|level| level == first).then_some(first)
    })
}

/// Whether 全区, 我区 or 本区 is a district: its addressees are 街道 or 乡镇, or its own 区直 departments; those of an autonomous region are
/// cities and prefectures.
fn is_district(evidence: &Evidence) -> bool {
    let own = ["全区", "我区", "本区"].iter().any(|word| evidence.title.contains(word) || evidence.body.contains(word));
    let to = |words: &[&str]| evidence.addressees.iter().any(|to| words.iter().any(|word| to.contains(word)));
    own && to(&["街道", "乡镇", "镇人民政府", "各镇", "区直", "区属"]) && !to(&["各市", "地区", "盟", "自治区", "县"])
}
