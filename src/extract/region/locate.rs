//! The places that any text names.

use crate::lexicon::gazetteer::{Chain, Gazetteer};
use crate::model::AdminLevel;
use crate::span::Span;

/// A name of a place in a text, and what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// Where.
    pub span: Span,
    /// Level of the unit, where it is one.
    pub level: Option<AdminLevel>,
    /// Official name, where it is one.
    pub name: Option<&'static str>,
    /// Code, where it is one.
    pub code: Option<String>,
    /// 1 for a full name of one place, less where the context or a short name decided, 0 where it is ambiguous.
    pub confidence: f64,
    /// All that it may be: full names.
    pub candidates: Vec<String>,
}

/// Every place that a text names, those that are words as well (合作, 公园) left out unless a parent stands before them.
/// A name with several candidates is decided by the place right before it, else by the other places of the text.
pub fn locate(text: &str, year: Option<i32>) -> Vec<Located> {
    let gazetteer = Gazetteer::builtin();
    let mentions = gazetteer.mentions(text, year);
    let read: Vec<Vec<Chain>> = mentions
        .iter()
        .map(|mention| {
            let mut chains: Vec<Chain> = mention.candidates.iter().map(|&id| gazetteer.chain(id, year)).collect();
            chains.dedup();
            chains
        })
        .collect();
    let mut sure: Vec<Chain> = read
        .iter()
        .zip(&mentions)
        .filter(|(_, m)| m.full)
        .filter_map(|(chains, _)| chains.first().filter(|_| chains.len() == 1))
        .copied()
        .collect();
    sure.sort_unstable_by_key(|chain| chain.code);
    sure.dedup();
    // A text of thousands of places decides nothing by its context.
    sure.truncate(64);
    let mut out = Vec::with_capacity(mentions.len());
    let mut before: Option<(u32, Chain)> = None;
    for (mention, chains) in mentions.iter().zip(&read) {
        let parent = before.filter(|(end, _)| *end == mention.span.start).map(|(_, chain)| chain);
        let under = |parent: &Chain| -> Vec<Chain> {
            chains.iter().copied().filter(|chain| chain != parent && chain.within(parent)).collect()
        };
        let adjacent = parent.map(|parent| under(&parent)).unwrap_or_default();
        if mention.doubtful {
            continue;
        }
        let (found, confidence) = match (&adjacent[..], &chains[..]) {
            ([one], _) => (Some(*one), 1.0),
            (_, [one]) => (Some(*one), if mention.full { 1.0 } else { 0.7 }),
            _ => {
                let mut near: Vec<Chain> = sure.iter().flat_map(under).collect();
                near.sort_unstable_by_key(|chain| chain.code);
                near.dedup();
                if let [one] = near[..] { (Some(one), 0.8) } else { (None, 0.0) }
            }
        };
        before = found.map(|chain| (mention.span.end, chain));
        out.push(Located {
            span: mention.span,
            level: found.and_then(|chain| chain.level()),
            name: found.and_then(|chain| chain.county.or(chain.prefecture).or(chain.province)),
            code: found.map(|chain| format!("{:06}", chain.code)),
            confidence: if mention.dated { confidence } else { confidence * 0.5 },
            candidates: chains.iter().map(Chain::full_name).collect(),
        });
    }
    out
}
