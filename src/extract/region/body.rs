//! The region that only the body tells.

use std::collections::BTreeMap;

use super::field::{Context, Field};
use super::{Evidence, level};
use crate::lexicon::gazetteer::Chain;
use crate::model::{AdminLevel, RegionBasis};

/// The region that a body calls its own, where title, issuer, number and addressees say nothing.
///
/// Evidence: the body speaks of 我省, 我市 or 我县, and of the places of that level it names one only, or one at least four
/// times as often as all others together, and twice at least. Example: 结合我市实际 … 济南市 … 济南市. Counter-example: a list of cities,
/// or a model to learn from (学习寿光经验). Misses bodies that name their place once.
pub(super) fn read(evidence: &Evidence, context: &Context) -> Option<(Field, RegionBasis)> {
    if let Some(chain) = fitted(evidence.body, context) {
        return Some((Field::Place(chain), RegionBasis::Body));
    }
    let Some(level) = level::own_reach(evidence.body) else {
        return reach(evidence, context).or_else(|| subject(evidence, context));
    };
    if level::contradicts(evidence.title, level) {
        return None;
    }
    let mut places: BTreeMap<u32, (Chain, usize)> = BTreeMap::new();
    for (_, mention) in context.mentions() {
        // 智慧山东: a short name is enough for a province.
        let enough = mention.full || level == AdminLevel::Province;
        if !enough || !mention.dated || mention.doubtful || mention.zone.is_some() {
            continue;
        }
        let chains = context.chains(&mention.candidates);
        let named: Vec<&Chain> = chains.iter().filter(|chain| fits(chain, level)).collect();
        let [chain] = named[..] else { continue };
        places.entry(chain.code).or_insert((*chain, 0)).1 += 1;
    }
    let (best, count) = places.values().copied().max_by_key(|&(_, count)| count)?;
    // 我市 of a document that names one city and one county-level city in it may be either's.
    let inside = places.values().filter(|(place, _)| *place != best && place.within(&best));
    let parts = if inside.clone().count() > 1 { inside.map(|(_, count)| count).sum() } else { 0 };
    let others: usize = places.values().map(|(_, count)| count).sum::<usize>() - count - parts;
    let enough = if level == AdminLevel::Province { 1 } else { 2 };
    (count >= enough && count >= 4 * others).then_some((Field::Place(best), RegionBasis::Body))
}

/// The place of which the body's first sentence speaks, where it is the only one of the document: 木里县山高路险，入冬后大雪封山，现就…通知如下.
///
/// Evidence: the sentence begins with the place's full name, or with it behind 近年来, and leads up to the plan (如下, 制定本, 为此); no place that
/// does not hold it is named elsewhere. Counter-example: 昆明市发生的火灾…, what was held or found elsewhere. Misses places told further on.
fn subject(evidence: &Evidence, context: &Context) -> Option<(Field, RegionBasis)> {
    let body = evidence.body.trim_start();
    let sentence = body.split(['。', '\n']).next().unwrap_or(body);
    if sentence.chars().count() > 120 || !LEADS_UP.iter().any(|word| sentence.contains(word)) {
        return None;
    }
    let opening = sentence.strip_prefix("近年来").map_or(sentence, |rest| rest.trim_start_matches(['，', ',']));
    let (place, end) = context.read_with_end(opening)?;
    if HAPPENED.iter().any(|word| opening[end..].contains(word)) {
        return None;
    }
    let others = context.mentions().iter().filter(|(_, mention)| mention.full && !mention.doubtful);
    let only = others
        .map(|(_, mention)| context.chains(&mention.candidates))
        .all(|chains| chains.iter().any(|chain| place.within(chain) || chain.within(&place)));
    only.then_some((Field::Place(place), RegionBasis::Body))
}

/// The place in which a document says that it holds: 对闽侯县境内的歌舞厅进行清理, 荣成市辖区内.
///
/// Evidence: 境内, 辖区 or 范围内 right behind the full name of one place, in the first 600 characters. Counter-example: two places with such words;
/// 全县境内, which names none. Misses short names, and borders told further on.
fn reach(evidence: &Evidence, context: &Context) -> Option<(Field, RegionBasis)> {
    let opening = evidence.body.char_indices().nth(600).map_or(evidence.body, |(end, _)| &evidence.body[..end]);
    let mut found: Option<Chain> = None;
    for mention in context.gazetteer.mentions(opening, context.year) {
        let behind = &opening[mention.span.end as usize..];
        let own = ["境内", "辖区", "行政区域内", "范围内"].iter().any(|word| behind.starts_with(word));
        if !own || !mention.full || !mention.dated || mention.doubtful || mention.zone.is_some() {
            continue;
        }
        let [chain] = context.chains(&mention.candidates)[..] else { return None };
        if found.is_some_and(|known| known != chain) {
            return None;
        }
        found = Some(chain);
    }
    found.map(|chain| (Field::Place(chain), RegionBasis::Body))
}

/// What a sentence that leads up to a plan says.
const LEADS_UP: &[&str] = &["如下", "制定本", "为此", "现就", "特制定", "制订本"];
/// What happened in a place that a document only tells of.
const HAPPENED: &[&str] = &[
    "发生", "召开", "举办", "举行", "事故", "火灾", "疫情", "经验", "教训", "通报", "会议", "考察", "印发", "出台",
    "率先",
];

/// The place to whose circumstances a plan is fitted: 结合剑川县改水工作实际, 结合临海市实际.
///
/// Evidence: 结合 right before a place's full name and 实际 within the same clause. Counter-example: 结合我县实际. It is the plan's own
/// place as surely as one in its title.
pub(super) fn fitted(body: &str, context: &Context) -> Option<Chain> {
    let opening = body.char_indices().nth(1500).map_or(body, |(end, _)| &body[..end]);
    for (at, word) in opening.match_indices("结合") {
        let clause = &opening[at + word.len()..];
        let clause = &clause[..clause.find(['，', ',', '。', '；', '\n']).unwrap_or(clause.len())];
        if !clause.contains("实际") || clause.chars().count() > 24 {
            continue;
        }
        let first = context.gazetteer.mentions(clause, context.year).into_iter().next();
        let Some(place) = first.filter(|place| place.span.start == 0 && place.full && place.dated && !place.doubtful)
        else {
            continue;
        };
        if let [chain] = context.chains(&place.candidates)[..] {
            return Some(chain);
        }
    }
    None
}

/// Whether a place may be what a body of that level calls its own; 我市 may be a city of either level.
fn fits(chain: &Chain, level: AdminLevel) -> bool {
    match level {
        AdminLevel::Prefecture => {
            chain.level() == Some(AdminLevel::Prefecture) || chain.county.is_some_and(|name| name.ends_with('市'))
        }
        level => chain.level() == Some(level),
    }
}
