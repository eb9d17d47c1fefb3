//! The region that the addressees tell.

use super::field::{Context, Field, Kind};
use crate::lexicon::gazetteer::Chain;
use crate::model::RegionBasis;

/// What stands behind the place of bodies that it addresses itself: 荣县|各乡镇, 定边县|所属各单位.
const OWN: &[&str] = &["各", "所属", "直属", "全体"];

/// The addressees: the counties of one city, or the cities of one province, are addressed by it; 荣县各乡镇 by 荣县; 各省、自治区、直辖市 by the
/// centre.
///
/// Counter-example: one addressee of its own (四川省人民政府), which anybody may write to.
pub(super) fn read(addressees: &[String], context: &Context) -> Option<(Field, RegionBasis)> {
    let found = |field| Some((field, RegionBasis::Addressee));
    if addressees.iter().any(|to| addresses_provinces(to)) {
        return found(Field::National);
    }
    let mut places: Vec<Chain> = Vec::new();
    for to in addressees.iter().flat_map(|to| to.split('、')).take(200) {
        let own = context.read_with_end(to);
        if let Some((place, end)) = own
            && OWN.iter().any(|word| to[end..].trim_start().starts_with(word))
        {
            return found(Field::Place(place));
        }
        if let Some(Field::Place(chain)) = context.read(to, Kind::Body).field
            && !places.contains(&chain)
        {
            places.push(chain);
        }
    }
    let (first, rest) = places.split_first()?;
    let common = rest.iter().fold(*first, |common, place| common.common(place));
    // One addressee may be anybody; two parts of one whole are addressed by the whole.
    let parts = places.iter().filter(|place| **place != common).count();
    if common.province.is_some() && parts >= 2 { found(Field::Place(common)) } else { None }
}

/// Whether an addressee is all provinces; not 各省辖市.
fn addresses_provinces(to: &str) -> bool {
    let part = ["各省辖", "各省直", "各省属"].iter().any(|word| to.starts_with(word));
    to.contains("各省、自治区") || to.starts_with("各省") && !part
}
