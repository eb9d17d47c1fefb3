//! Townships: known by pattern only (石湖镇卫生院), their county by the only one that the document names.

use super::{Evidence, cues, field, fill};
use crate::diagnostic::Diagnostic;
use crate::lexicon::gazetteer::Chain;
use crate::model::{AdminLevel, Region, RegionBasis};
use std::collections::BTreeMap;

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
    "三下",
    "主要",
];

/// What titles begin with before 街道 or 乡镇 of no name: 整治主要街道, 建设文明街道.
const NOT_OPENING: &[&str] = &[
    "整治", "加强", "开展", "规范", "清理", "治理", "创建", "建设", "推进", "做好", "深入", "集中", "管理", "净化",
    "成立", "同意", "撤销", "组建", "设立", "调整",
];

/// Adds the township that issuer or title begins with, or name right behind its county, or that the body of a township's document
/// names again and again, and the county where only one is plausible.
pub(super) fn read(
    evidence: &Evidence,
    context: &field::Context,
    region: &mut Region,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let names = [(evidence.title, RegionBasis::Title), (evidence.issuer, RegionBasis::Issuer)];
    let letterhead = cues::letterhead(evidence.head).map(|name| (name, RegionBasis::Issuer));
    let named = names.into_iter().chain(letterhead).find_map(|(text, basis)| Some((find(text, context)?, basis)));
    let Some((name, basis)) = named.or_else(|| Some((in_body(evidence.body)?, RegionBasis::Body))) else { return };
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
        [] => diagnostics.extend(
            namesakes(name, context).map(|message| Diagnostic::warning("region-ambiguous", evidence.span, message)),
        ),
        several => {
            let names: Vec<String> = several.iter().take(10).map(Chain::full_name).collect();
            let message = format!("{name} may lie in any of {}; the text does not say which", names.join(", "));
            diagnostics.push(Diagnostic::warning("region-ambiguous", evidence.span, message));
        }
    }
}

/// What townships bear a name today, where the text tells no county: a hint for a reader, since one that was unique need not have
/// been so at the time.
fn namesakes(name: &str, context: &field::Context) -> Option<String> {
    const MOST: usize = 12;
    let gazetteer = context.gazetteer;
    let counties: Vec<String> = gazetteer
        .townships_named(name)
        .filter_map(|township| gazetteer.latest_by_code(township.county()))
        .map(|county| gazetteer.chain(county, None).full_name())
        .collect();
    let shown = counties.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
    match counties.len() {
        0 => None,
        count if count > MOST => {
            Some(format!("the text does not say where {name} is; today there are {count}: {shown} …"))
        }
        _ => Some(format!("the text does not say where {name} is; today there is one in {shown}")),
    }
}

/// The township that a body names as its own, where it speaks of 我镇 or 全镇: 成立石桥镇…领导小组, 加强石桥镇….
///
/// Evidence: a name that stands there twice behind different characters, which shows where it begins. Misses townships that are
/// named once, and short names.
fn in_body(body: &str) -> Option<&str> {
    let own = ["我镇", "全镇", "我乡", "全乡"].iter().any(|word| body.contains(word));
    let other = ["我县", "我市", "我省", "我区"].iter().any(|word| body.contains(word));
    if !own || other {
        return None;
    }
    let reach = body.char_indices().nth(4000).map_or(body, |(end, _)| &body[..end]);
    let places = reach.char_indices().filter(|(_, c)| matches!(c, '镇' | '乡')).map(|(at, c)| at + c.len_utf8());
    // The name with the four characters before it, last character first, so that names with one end stand together.
    let mut tails: Vec<(Vec<char>, usize)> =
        places.map(|end| (reach[..end].chars().rev().take(6).collect(), end)).collect();
    tails.sort();
    let mut best: Option<(usize, &str)> = None;
    for pair in tails.windows(2) {
        let common = std::iter::zip(&pair[0].0, &pair[1].0).take_while(|(a, b)| a == b).count();
        let end = pair[0].1;
        let start = reach[..end].char_indices().rev().nth(common.saturating_sub(1)).map_or(0, |(at, _)| at);
        let name = &reach[start..end];
        let behind = reach.get(end..).unwrap_or("");
        if (3..=4).contains(&common)
            && (!name.contains('乡') || name.ends_with('乡'))
            && township_at(&format!("{name}人民")).is_some_and(|found| found == name)
            && !behind.starts_with("村")
            && best.is_none_or(|(longest, _)| common > longest)
        {
            best = Some((common, name));
        }
    }
    best.map(|(_, name)| name)
}

fn find<'t>(text: &'t str, context: &field::Context) -> Option<&'t str> {
    let text = text.trim();
    let text = text.strip_prefix("中共").unwrap_or(text);
    // Behind each place, at the beginning, and behind what a title begins with (关于印发《).
    let mentions =
        context.gazetteer.mentions(text, context.year).into_iter().take(4).map(|mention| mention.span.range());
    // 支援彭州市通济镇: the township of a place that is only cited.
    let ends = mentions.filter(|range| !cues::is_cited(text, range.start, range.end)).map(|range| range.end);
    let opened = cues::OPENINGS.iter().filter_map(|word| Some(text.find(word)? + word.len()));
    std::iter::once(0).chain(ends).chain(opened).find_map(|at| township_at(text.get(at..)?))
}

/// The name of a township with which a text begins: 石湖镇|卫生院, 大河乡|2011年…, 古镇镇|全面…; not 乡镇, 城镇居民, 小城镇建设.
///
/// Evidence: two to four characters and 镇, 乡 or 街道, none of them of a word for all townships; a body of townships (人民政府,
/// 卫生院) behind a name that may be such a word (城关镇).
pub fn township_at(text: &str) -> Option<&str> {
    name_at(text, false)
}

/// The name of a township right behind that of its county, where the end of the clause is as good as a body: 涟水县|石湖镇, 昆山市|玉山镇、….
pub(super) fn behind_county(text: &str) -> Option<&str> {
    name_at(text, true)
}

fn name_at(text: &str, placed: bool) -> Option<&str> {
    text.char_indices().take(7).find_map(|(at, _)| {
        let (stem, rest) = text.split_at(at);
        let class = ["街道", "镇", "乡", "苏木"].into_iter().find(|class| rest.starts_with(class))?;
        let behind = &rest[class.len()..];
        let chars = stem.chars().count();
        // Names of 苏木 are Mongolian and long.
        let longest = if class == "苏木" { 6 } else { 4 };
        let plausible = (if placed { 1..=longest } else { 2..=longest }).contains(&chars)
            && stem.chars().all(|c| matches!(c, '一'..='龥'))
            && !stem.starts_with(NOT_FIRST)
            && !NOT_OPENING.iter().any(|word| stem.starts_with(word))
            && !NOT_STEM.iter().any(|word| stem == *word || stem.ends_with(word) && word.chars().count() > 1)
            && !stem.contains(['县', '市', '区', '某']);
        // 古镇镇 is a name, 乡镇 and 集镇 are words.
        let is_word =
            stem.contains(['乡', '城', '村', '街', '社', '农', '集', '小']) || stem.contains('镇') && chars > 2;
        let sure = BODIES.iter().any(|word| behind.starts_with(word))
            || behind.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '二' | '〇' | '○'))
            || placed && behind.chars().next().is_none_or(|c| !c.is_alphanumeric());
        // 镇化 and 镇级 end no name, but 瓜沥镇|化纤企业 does behind its county.
        let goes_on = behind.chars().next().is_some_and(|c| {
            crate::outline::marker::is_han(c)
                && (placed && c == '化' || !"级域化区长村居镇乡党和等与及的江海原巴雄远安平坪赉康沅宁".contains(c))
        });
        (plausible && (sure || (!is_word || placed) && goes_on)).then(|| &text[..at + class.len()])
    })
}

/// What stands behind the name of a township in the name of one of its bodies.
const BODIES: &[&str] = &[
    "党", "委", "人民", "政府", "卫生", "中心", "医院", "初级", "中学", "小学", "学校", "幼儿", "办事", "工委", "纪委",
    "人大", "综治", "综合", "社会", "经济", "财政", "农业", "安全", "关于", "深入", "开展",
];
