//! Rows of `locate`, `regions`, `townships` and `as_of`.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::builder::TableBuilder;
use super::place::Places;
use super::schema::{AS_OF, LOCATE, REGIONS, TOWNSHIPS};
use crate::clean;
use crate::extract::region;
use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer::{AsOf, Chain, Change, Gazetteer, UnitId, YEARS};
use crate::model::{AdminLevel, ChangeKind, Parsed};
use crate::pipeline::Options;
use crate::span::CharIndex;

/// The places that a source text names, read from the repaired text, with their places in the source.
pub fn locate(source: String, lexicon: &Lexicon, year: Option<i32>) -> Result<RecordBatch, ArrowError> {
    let (cleaned, _) = clean::clean(&source, lexicon, &Options::default());
    let chars = CharIndex::new(&source);
    let parsed = Parsed { source, cleaned, ..Parsed::default() };
    let places = Places::new(&parsed, &chars);
    let mut table = TableBuilder::new(&LOCATE);
    for place in region::locate(&parsed.cleaned.text, year, &lexicon.compiled().gazetteer) {
        table
            .row()
            .str(places.text(place.span))
            .category(place.level.map(AdminLevel::as_str))
            .str(place.name.as_deref())
            .str(place.code.as_deref())
            .f64(place.confidence)
            .list(&place.candidates)
            .place_before(places.of(place.span))
            .str(place.chain.and_then(|chain| chain.province))
            .str(place.chain.and_then(|chain| chain.prefecture))
            .str(place.chain.and_then(|chain| chain.county))
            .end();
    }
    table.finish()
}

/// The units at the end of a year; without one, every unit of the gazetteer with its first and last year.
pub fn regions(gazetteer: &Gazetteer, year: Option<i32>) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&REGIONS);
    for (id, unit) in gazetteer.units().filter(|(_, unit)| year.is_none_or(|year| unit.valid(year))) {
        let chain = gazetteer.chain(id, year);
        let origins = gazetteer.origins_of(id);
        let from: Vec<UnitId> = origins.iter().map(|change| change.from).collect();
        let end = gazetteer.end_of(id);
        let to = end.map(|change| change.to.clone()).unwrap_or_default();
        table
            .row()
            .str(unit.adcode().as_str())
            .str(unit.name)
            .str(unit.short())
            .category(unit.level().as_str())
            .str(class(unit.name, unit.level()))
            .str(chain.province)
            .str(chain.prefecture)
            .str(parent(&chain).as_deref())
            .i32(unit.from)
            .i32((unit.to <= YEARS.1).then_some(unit.to - 1))
            .category(origins.iter().map(|change| change.kind).max().map(ChangeKind::as_str))
            .list(codes(gazetteer, &from))
            .list(names(gazetteer, &from))
            .category(end.map(|change| change.kind.as_str()))
            .list(codes(gazetteer, &to))
            .list(names(gazetteer, &to))
            .end();
    }
    table.finish()
}

/// The townships of the table.
pub fn townships(gazetteer: &Gazetteer) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&TOWNSHIPS);
    for township in gazetteer.townships() {
        let chain = gazetteer.latest_by_code(township.county()).map(|county| gazetteer.chain(county, None));
        table
            .row()
            .str(format!("{:09}", township.code).as_str())
            .str(township.name)
            .str(format!("{:06}", township.county()).as_str())
            .str(chain.and_then(|chain| chain.province))
            .str(chain.and_then(|chain| chain.prefecture))
            .str(chain.and_then(|chain| chain.county))
            .end();
    }
    table.finish()
}

/// Units, by code and the year of the code, seen from `year`; one row each, empty where there is no such unit.
pub fn as_of(
    gazetteer: &Gazetteer,
    units: &[(Option<u32>, Option<i32>)],
    year: i32,
) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&AS_OF);
    for &(code, at) in units {
        let id = code.and_then(|code| gazetteer.known(code, at));
        let seen = id.map(|id| gazetteer.as_of(id, year));
        let chains: Vec<Chain> =
            seen.iter().flat_map(|seen| &seen.units).map(|&unit| gazetteer.chain(unit, Some(year))).collect();
        let common = chains.split_first().map(|(first, rest)| rest.iter().fold(*first, |all, one| all.common(one)));
        let one = if let [one] = chains[..] { Some(one) } else { None };
        let province = common.and_then(|chain| chain.province);
        table
            .row()
            .category(seen.as_ref().map(|seen| seen.kind.as_str()))
            .str(one.map(|chain| format!("{:06}", chain.code)).as_deref())
            .str(province)
            .str(province.and(common).map(|chain| format!("{:06}", chain.code / 10_000 * 10_000)).as_deref())
            .str(common.and_then(|chain| chain.prefecture))
            .str(common.and_then(|chain| chain.prefecture_code).map(|code| format!("{code:06}")).as_deref())
            .str(one.and_then(|chain| chain.county))
            .list(chains.iter().map(|chain| format!("{:06}", chain.code)))
            .list(chains.iter().map(Chain::full_name))
            .list(seen.as_ref().map(|seen| steps(gazetteer, seen)).unwrap_or_default())
            .end();
    }
    table.finish()
}

/// 2014: 371624 沾化县 upgraded to 371603 沾化区.
fn steps(gazetteer: &Gazetteer, seen: &AsOf) -> Vec<String> {
    let unit = |id: UnitId| format!("{} {}", gazetteer.unit(id).adcode(), gazetteer.unit(id).name);
    let told = |step: &&Change| {
        let to: Vec<String> = step.to.iter().map(|&id| unit(id)).collect();
        let into = match step.kind {
            ChangeKind::Merged | ChangeKind::Split => "into",
            _ => "to",
        };
        if to.is_empty() {
            format!("{}: {} {}", step.year, unit(step.from), step.kind.as_str())
        } else {
            format!("{}: {} {} {into} {}", step.year, unit(step.from), step.kind.as_str(), to.join("、"))
        }
    };
    seen.steps.iter().map(told).collect()
}

fn codes(gazetteer: &Gazetteer, units: &[UnitId]) -> Vec<String> {
    units.iter().map(|&id| gazetteer.unit(id).adcode()).collect()
}

fn names(gazetteer: &Gazetteer, units: &[UnitId]) -> Vec<String> {
    units.iter().map(|&id| gazetteer.unit(id).name.to_owned()).collect()
}

/// Code of what a unit lies in.
fn parent(chain: &Chain) -> Option<String> {
    let code = match (chain.county, chain.prefecture_code) {
        (Some(_), Some(prefecture)) => prefecture,
        (None, None) => return None,
        _ => chain.code / 10_000 * 10_000,
    };
    Some(format!("{code:06}"))
}

/// The class of a unit by the end of its name and its level (GB/T 2260): 地级市, 县级市, 市辖区.
fn class(name: &str, level: AdminLevel) -> &'static str {
    let ends = |word: &str| name.ends_with(word);
    match level {
        AdminLevel::Province if ends("自治区") => "自治区",
        AdminLevel::Province if ends("特别行政区") => "特别行政区",
        AdminLevel::Province if ends("市") => "直辖市",
        AdminLevel::Province => "省",
        AdminLevel::Prefecture if ends("自治州") => "自治州",
        AdminLevel::Prefecture if ends("盟") => "盟",
        AdminLevel::Prefecture if ends("市") => "地级市",
        AdminLevel::Prefecture => "地区",
        _ if ends("自治县") => "自治县",
        _ if ends("自治旗") => "自治旗",
        _ if ends("旗") => "旗",
        _ if ends("林区") && name != "新林区" => "林区",
        _ if ends("特区") => "特区",
        _ if ends("县") => "县",
        _ if ends("市") => "县级市",
        _ if ends("区") => "市辖区",
        _ => "其他",
    }
}
