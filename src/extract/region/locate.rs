//! The places that any text names.

use std::collections::HashSet;
use std::sync::Arc;

use super::township;
use crate::lexicon::gazetteer::{Chain, Gazetteer, Mention};
use crate::model::AdminLevel;
use crate::span::Span;

/// A name of a place in a text, and what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// Where.
    pub span: Span,
    /// Level of the unit; nothing for zones, and where it is ambiguous.
    pub level: Option<AdminLevel>,
    /// Official name at the time; that of the zone for zones.
    pub name: Option<Arc<str>>,
    /// The unit, or what a township or a zone lies in.
    pub chain: Option<Chain>,
    /// Code of the unit; nothing for townships and zones.
    pub code: Option<String>,
    /// How sure: 1 for the full name of one place, or one told by the place right before it; 0.8 where other places of the text decide;
    /// 0.7 for a short name; half of that where nobody bore the name in that year; 0 where it is ambiguous.
    pub confidence: f64,
    /// All that it may be: full names, by code.
    pub candidates: Vec<String>,
}

/// Every place that a text names, left to right: units, zones, and townships right behind their county.
///
/// A name with several candidates is decided by the place right before it, else by the other places of the text, if they leave one.
/// Left out are words (合作, 公园) that no parent stands before, and names that somebody or something bears (吉林大学, 上海路, 书记王新野).
pub fn locate(text: &str, year: Option<i32>, gazetteer: &Gazetteer) -> Vec<Located> {
    let mentions: Vec<Mention> = gazetteer
        .mentions(text, year)
        .into_iter()
        .filter(|mention| !mention.doubtful && mention.bearer.is_none())
        .collect();
    let read: Vec<Vec<Chain>> = mentions.iter().map(|mention| chains(mention, gazetteer, year)).collect();
    let sure = sure(&mentions, &read);
    let mut out: Vec<Located> = Vec::with_capacity(mentions.len());
    let mut before: Option<(u32, Chain)> = None;
    for (mention, chains) in mentions.iter().zip(&read) {
        // The township before took its characters (沛县|龙固镇).
        if out.last().is_some_and(|last| last.span.end > mention.span.start) {
            continue;
        }
        let parent = before.filter(|(end, _)| *end == mention.span.start).map(|(_, chain)| chain);
        let (found, confidence) = decide(mention, chains, parent.as_ref(), &sure);
        before = found.map(|chain| (mention.span.end, chain));
        let zone = mention.zone.clone();
        let own = found.and_then(|chain| chain.county.or(chain.prefecture).or(chain.province));
        out.push(Located {
            span: mention.span,
            level: found.filter(|_| zone.is_none()).and_then(|chain| chain.level()),
            code: found.filter(|_| zone.is_none()).map(|chain| format!("{:06}", chain.code)),
            name: zone.or(own.map(Arc::from)),
            chain: found,
            confidence: if mention.dated { confidence } else { confidence * 0.5 },
            candidates: chains.iter().map(Chain::full_name).collect(),
        });
        if let Some(chain) = found.filter(|chain| mention.zone.is_none() && chain.level() > Some(AdminLevel::Province))
            && let Some(name) = text.get(mention.span.end as usize..).and_then(|behind| {
                let known = mention.candidates.iter().find_map(|&id| gazetteer.township_of(id, behind));
                known.or_else(|| township::behind_county(behind))
            })
        {
            out.push(Located {
                span: Span::new(mention.span.end as usize, mention.span.end as usize + name.len()),
                level: Some(AdminLevel::Township),
                name: Some(Arc::from(name)),
                chain: Some(chain),
                code: None,
                confidence: if mention.full { 1.0 } else { 0.7 },
                candidates: vec![format!("{}{name}", chain.full_name())],
            });
        }
    }
    out
}

/// What a mention may be, each place once, by code.
fn chains(mention: &Mention, gazetteer: &Gazetteer, year: Option<i32>) -> Vec<Chain> {
    let units = if mention.full { mention.candidates.clone() } else { gazetteer.highest(&mention.candidates) };
    let mut chains: Vec<Chain> = units.iter().map(|&id| gazetteer.chain(id, year)).collect();
    let mut seen = HashSet::new();
    chains.retain(|chain| seen.insert(chain.full_name()));
    chains.sort_unstable_by_key(|chain| chain.code);
    chains
}

/// The places that a text names in full and without doubt, which decide what others mean.
fn sure(mentions: &[Mention], read: &[Vec<Chain>]) -> Vec<Chain> {
    let mut sure: Vec<Chain> = read
        .iter()
        .zip(mentions)
        .filter(|(_, mention)| mention.full && mention.zone.is_none())
        .filter_map(|(chains, _)| chains.first().filter(|_| chains.len() == 1))
        .copied()
        .collect();
    sure.sort_unstable_by_key(|chain| chain.code);
    sure.dedup();
    // A text of thousands of places decides nothing by its context.
    sure.truncate(64);
    sure
}

/// Which of the candidates it is, and how sure that is.
fn decide(mention: &Mention, chains: &[Chain], parent: Option<&Chain>, sure: &[Chain]) -> (Option<Chain>, f64) {
    let under = |parent: &Chain| -> Vec<Chain> {
        chains.iter().copied().filter(|chain| chain != parent && chain.within(parent)).collect()
    };
    let adjacent = parent.map(under).unwrap_or_default();
    match (&adjacent[..], chains) {
        ([one], _) => (Some(*one), 1.0),
        (_, [one]) => (Some(*one), if mention.full { 1.0 } else { 0.7 }),
        _ => {
            let mut near: Vec<Chain> = sure.iter().flat_map(under).collect();
            near.sort_unstable_by_key(|chain| chain.code);
            near.dedup();
            if let [one] = near[..] { (Some(one), 0.8) } else { (None, 0.0) }
        }
    }
}
