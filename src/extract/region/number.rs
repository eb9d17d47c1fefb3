//! The region that the beginning of a document number tells.

use std::collections::BTreeMap;

use super::Evidence;
use super::field::{Context, Field};
use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer::{Chain, Unit};
use crate::model::{AdminLevel, RegionBasis};

/// What a number's beginning says.
pub(super) struct Reading {
    /// The place, if it is one.
    pub found: Option<(Field, RegionBasis)>,
    /// The beginning, and the places that it may stand for, where it decides nothing.
    pub ambiguous: Option<(String, Vec<String>)>,
}

/// The region by the beginning of a document number.
///
/// Evidence: a row of the table `doc_number_prefixes` (浙政发〔2010〕3号 is Zhejiang's), where no other place uses the same characters; else
/// the only place that the text names in full among those whose names begin with the number's first character, or that the table has
/// for it: 余林〔2008〕30号 and 余姚市. Counter-example: 余卫发〔2010〕5号 alone could be of 新余, 余姚, 余干, 余庆 …: nothing, and the places that
/// it may be. Misses numbers that begin with a later character of the name (榕), but for those in the table.
pub(super) fn read(evidence: &Evidence, lexicon: &Lexicon, context: &Context) -> Reading {
    let number = evidence.doc_number.trim();
    let mut out = Reading { found: None, ambiguous: None };
    let Some(first) = number.chars().next().filter(|c| crate::outline::marker::is_han(*c)) else { return out };
    let found = |field| Some((field, RegionBasis::DocNumber));
    let row = row(number, lexicon);
    let customary = match row {
        Some(("national", _)) => {
            out.found = found(Field::National);
            return out;
        }
        Some((code, needs)) => {
            let chain = code.parse().ok().and_then(|code| context.gazetteer.place(code, evidence.year));
            if let Some(chain) = chain.filter(|chain| needs != "mention" || context.named(chain)) {
                out.found = found(Field::Place(chain));
                return out;
            }
            chain
        }
        None => None,
    };
    let mut named: BTreeMap<u32, Chain> = BTreeMap::new();
    for (text, mention) in context.mentions() {
        if mention.full
            && mention.dated
            && !mention.doubtful
            && mention.zone.is_none()
            && text.starts_with(first)
            && let [chain] = context.chains(&mention.candidates)[..]
        {
            named.insert(chain.code, chain);
        }
    }
    if let [chain] = named.values().copied().collect::<Vec<_>>()[..] {
        out.found = found(Field::Place(chain));
        return out;
    }
    let mut candidates: Vec<Chain> = customary.into_iter().collect();
    let year = evidence.year;
    let begins = |unit: &Unit| unit.name.starts_with(first) && unit.level() != AdminLevel::Province;
    let at_the_time = |unit: &Unit| year.is_some_and(|year| unit.valid(year));
    let units = context.gazetteer.units().filter(|(_, unit)| at_the_time(unit) && begins(unit));
    let mut units: Vec<_> = units.map(|(id, unit)| (unit.level(), id)).collect();
    units.sort_unstable();
    candidates.extend(units.into_iter().map(|(_, id)| context.gazetteer.chain(id, year)));
    if candidates.len() > 1 {
        let letters = number.split(['〔', '[', '（', '(', '【']).next().unwrap_or(number);
        out.ambiguous = Some((letters.to_owned(), candidates.iter().map(Chain::full_name).collect()));
    }
    out
}

/// Value and needs of the longest row that a number begins with.
fn row<'l>(number: &str, lexicon: &'l Lexicon) -> Option<(&'l str, &'l str)> {
    let table = lexicon.table("doc_number_prefixes").ok()?;
    table
        .pairs("key", "value")
        .zip(table.cells("needs"))
        .filter(|((key, _), _)| number.starts_with(key))
        .max_by_key(|((key, _), _)| key.len())
        .map(|((_, value), needs)| (value, needs))
}
