//! Townships: known by pattern only (石湖镇卫生院), their county by the only one that the document names.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::{Evidence, field, fill};
use crate::diagnostic::Diagnostic;
use crate::lexicon::gazetteer::Chain;
use crate::model::{AdminLevel, Region, RegionBasis};

/// A township's name with a body behind it: 石湖镇卫生院, 石桥街道党工委, 石湖镇人民政府, 大河乡2011年…; not 各乡镇卫生院, 城镇居民.
static TOWNSHIP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^([一-龥]{1,4}?(?:镇|乡|街道))(?:党|委|人民|政府|卫生|中心|医院|初级|中学|小学|学校|幼儿|办事|工委|纪委|人大|综治|综合|社会|经济|财政|农业|安全|关于|深入|开展|[0-9０-９二〇○])",
    )
    .expect("a valid pattern")
});

/// Characters that no township's name begins with, and stems that are words (乡镇, 城镇, 建制镇).
const NOT_FIRST: &[char] =
    &['各', '全', '我', '本', '该', '某', '在', '对', '为', '和', '及', '与', '的', '省', '市', '县', '区'];
const NOT_STEM: &[&str] = &[
    "乡",
    "城",
    "小城",
    "特色小",
    "重点",
    "中心",
    "建制",
    "美丽",
    "农村",
    "文明",
    "示范",
    "有关",
    "相关",
    "所有",
    "部分",
    "经济强",
    "家",
    "下",
    "故",
    "城市",
    "社区",
    "村",
    "集",
    "市",
];

/// Adds the township that issuer or title begins with, or name right behind its county, and the county where only one is plausible.
pub(super) fn read(
    evidence: &Evidence,
    context: &field::Context,
    region: &mut Region,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let names = [(evidence.issuer, RegionBasis::Issuer), (evidence.title, RegionBasis::Title)];
    let Some((name, basis)) = names.into_iter().find_map(|(text, basis)| Some((find(text, context)?, basis))) else {
        return;
    };
    region.township = Some(name.to_owned());
    if region.basis.is_none() || region.basis == Some(RegionBasis::Body) {
        region.basis = Some(basis);
    }
    if region.county.is_some() {
        return;
    }
    let holder = (region.province.as_deref(), region.prefecture.as_deref());
    let mut counties: BTreeMap<u32, Chain> = BTreeMap::new();
    for (_, mention) in
        context.mentions().iter().filter(|(_, mention)| mention.full && !mention.doubtful && mention.dated)
    {
        let chains = context.chains(&mention.candidates);
        let [chain] = chains[..] else { continue };
        let fits = holder.0.is_none_or(|province| chain.province == Some(province))
            && holder.1.is_none_or(|prefecture| chain.prefecture == Some(prefecture));
        if chain.level() == Some(AdminLevel::County) && fits {
            counties.insert(chain.code, chain);
        }
    }
    let mut counties: Vec<Chain> = counties.into_values().collect();
    // The opening names the superior whose plan is carried out (根据《某县…》); other counties come later, by the way.
    let opening = evidence.body.char_indices().nth(200).map_or(evidence.body, |(at, _)| &evidence.body[..at]);
    let opening = opening.split("一、").next().unwrap_or(opening);
    let named = |chain: &Chain| chain.county.is_some_and(|county| opening.contains(county));
    if counties.len() > 1 && counties.iter().filter(|chain| named(chain)).count() == 1 {
        counties.retain(named);
    }
    match &counties[..] {
        [county] => fill(region, county),
        [] => {}
        several => {
            let names: Vec<String> = several.iter().take(10).map(Chain::full_name).collect();
            let message = format!("{name} may lie in any of {}; the text does not say which", names.join(", "));
            diagnostics.push(Diagnostic::warning("region-ambiguous", evidence.span, message));
        }
    }
}

fn find<'t>(text: &'t str, context: &field::Context) -> Option<&'t str> {
    let text = text.trim();
    let text = text.strip_prefix("中共").unwrap_or(text);
    // Behind each place, and at the beginning.
    let ends =
        context.gazetteer.mentions(text, context.year).into_iter().take(4).map(|mention| mention.span.end as usize);
    std::iter::once(0).chain(ends).find_map(|at| {
        let name = TOWNSHIP.captures(text.get(at..)?)?.get(1)?.as_str();
        let stem = ["街道", "镇", "乡"].iter().find_map(|class| name.strip_suffix(class))?;
        let plausible = stem.chars().count() >= 2
            && !stem.starts_with(NOT_FIRST)
            && !NOT_STEM.iter().any(|word| stem == *word || stem.ends_with(word) && word.chars().count() > 1)
            && !stem.contains(['县', '市', '区', '某']);
        plausible.then_some(name)
    })
}
