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
/// Evidence: a row of the table `doc_number_prefixes` (浙政发〔2010〕3号 is Zhejiang's), where no other place uses the same characters or the text
/// names the place or is addressed to its parts; else the only place that the text names in full among those whose names begin with the number's first character
/// (余林〔2008〕30号 and 余姚市); else the only place of the time whose name begins with it (滁政〔2012〕7号). Counter-example: 余卫发〔2010〕5号 alone could be of 新余, 余姚, 余干, 余庆 …: nothing, and the places that
/// it may be. Misses numbers that begin with a later character of the name (榕), but for those in the table.
pub(super) fn read(evidence: &Evidence, lexicon: &Lexicon, context: &Context) -> Reading {
    let number = evidence.doc_number.trim();
    let mut out = Reading { found: None, ambiguous: None };
    let Some(first) = number.chars().next().filter(|c| crate::outline::marker::is_han(*c)) else { return out };
    let found = |field| Some((field, RegionBasis::DocNumber));
    let mut candidates: Vec<Chain> = Vec::new();
    for (value, needs) in rows(number, lexicon) {
        if value == "national" {
            out.found = found(Field::National);
            return out;
        }
        let Some(chain) = value.parse().ok().and_then(|code| context.gazetteer.place(code, evidence.year)) else {
            continue;
        };
        if needs != "mention" || context.named(&chain) || addresses_parts(evidence.addressees, &chain) {
            out.found = found(Field::Place(chain));
            return out;
        }
        candidates.push(chain);
    }
    // 农发 and 环发 are sectors, 农政发 and 环政办 are places.
    let of_government = number.chars().nth(1).is_some_and(|second| "政府委党".contains(second));
    if ORGANS.contains(&first) && !of_government {
        return out;
    }
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
    let year = evidence.year;
    let begins = |unit: &Unit| unit.name.starts_with(first) && unit.level() != AdminLevel::Province;
    let at_the_time = |unit: &Unit| year.is_some_and(|year| unit.valid(year));
    let units = context.gazetteer.units().filter(|(_, unit)| at_the_time(unit) && begins(unit));
    let mut units: Vec<_> = units.map(|(id, unit)| (unit.level(), id)).collect();
    units.sort_unstable();
    candidates.extend(units.into_iter().map(|(_, id)| context.gazetteer.chain(id, year)));
    let mut seen = std::collections::HashSet::new();
    candidates.retain(|chain| seen.insert(chain.code));
    // 维稳办 is not 维西's.
    if let ([one], true) = (&candidates[..], year.is_some() && of_government) {
        out.found = found(Field::Place(*one));
    } else if candidates.len() > 1 {
        let letters = number.split(['〔', '[', '（', '(', '【']).next().unwrap_or(number);
        out.ambiguous = Some((letters.to_owned(), candidates.iter().map(Chain::full_name).collect()));
    }
    out
}

/// Whether the addressees are what a unit of that level is divided into: 各市 for a province, 各县 for a prefecture.
///
/// 晋政发〔2010〕3号 to 各市人民政府 is Shanxi's; 晋江市 has no cities to address.
fn addresses_parts(addressees: &[String], chain: &Chain) -> bool {
    let parts: &[&str] = match chain.level() {
        Some(AdminLevel::Province) => {
            &["各市人民政府", "各市、", "各设区", "各省辖市", "各市（", "各市(", "各州", "各行署", "各地区行署", "各盟"]
        }
        Some(AdminLevel::Prefecture) => &["各县", "各区县", "各县区", "各旗"],
        _ => return false,
    };
    addressees.iter().any(|to| parts.iter().any(|part| to.starts_with(part)))
}

/// Value and needs of the rows that a number begins with, the longest first.
fn rows<'l>(number: &str, lexicon: &'l Lexicon) -> Vec<(&'l str, &'l str)> {
    let Ok(table) = lexicon.table("doc_number_prefixes") else { return Vec::new() };
    let mut rows: Vec<(usize, &str, &str)> = table
        .pairs("key", "value")
        .zip(table.cells("needs"))
        .filter(|((key, _), _)| number.starts_with(key))
        .map(|((key, value), needs)| (key.len(), value, needs))
        .collect();
    rows.sort_by_key(|(length, _, _)| std::cmp::Reverse(*length));
    rows.into_iter().map(|(_, value, needs)| (value, needs)).collect()
}

/// First characters of sectors' codes, which are first characters of names too (农安县, 环县).
const ORGANS: &[char] = &[
    '农', '环', '民', '卫', '林', '水', '公', '安', '法', '工', '质', '商', '建', '财', '文', '教', '组', '宣', '纪',
    '统', '审', '人', '司', '档', '体', '食', '药', '国', '党', '团', '妇', '交', '土', '科', '经', '物', '粮', '旅',
    '税', '监', '信', '综', '政', '府', '办', '委', '中', '市', '县', '区', '省', '校', '院', '学', '城', '住', '能',
    '广', '新', '石', '电', '通',
];
