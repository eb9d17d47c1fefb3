//! Which of two plans that share text is the likely source.

use crate::model::{AdminLevel, Direction};

/// What of a plan tells whether another could have copied from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// Day of issue, as days since 1970.
    pub issued: Option<i32>,
    /// Year that it belongs to.
    pub year: Option<i32>,
    /// Level of the issuing body.
    pub level: Option<AdminLevel>,
    /// GB/T 2260 code of its place.
    pub adcode: Option<u32>,
}

impl Party {
    /// Whether it is a superior of the other: of the centre, or of a place that the other's lies in, and of a higher level.
    ///
    /// Example: 日照市 (371100) and 莒县 (371122). Counter-example: 日照市卫生局 and 日照市, which are both of the prefecture. Misses units whose
    /// codes changed in between.
    pub fn is_superior_of(&self, other: &Self) -> bool {
        let (Some(level), Some(other_level)) = (self.level, other.level) else { return false };
        let holds = match (self.adcode, other.adcode) {
            (_, Some(_)) if level == AdminLevel::National => true,
            (Some(code), Some(inside)) => {
                let stem = [10_000, 100].into_iter().find(|size| code % size == 0).unwrap_or(1);
                code / stem == inside / stem
            }
            _ => false,
        };
        level < other_level && holds
    }
}

/// Whether `a` is the source of `b` (`true`) or `b` of `a`, and what tells; nothing where nothing does.
///
/// Evidence, the first that decides: one cites the other; one was issued on an earlier day; one belongs to an earlier year; one is the
/// other's superior. Example: two plans without a date, of 日照市 and of 莒县. Counter-example: two counties' plans without dates. Misses a
/// common source of both that is not in the corpus.
pub fn direction(a: &Party, b: &Party, a_cites_b: bool, b_cites_a: bool) -> Option<(bool, Direction)> {
    if a_cites_b != b_cites_a {
        return Some((b_cites_a, Direction::Cites));
    }
    if let (Some(first), Some(second)) = (a.issued, b.issued)
        && first != second
    {
        return Some((first < second, Direction::Date));
    }
    if let (Some(first), Some(second)) = (a.year, b.year)
        && first != second
    {
        return Some((first < second, Direction::Year));
    }
    match (a.is_superior_of(b), b.is_superior_of(a)) {
        (true, false) => Some((true, Direction::Level)),
        (false, true) => Some((false, Direction::Level)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(issued: Option<i32>, year: Option<i32>, level: AdminLevel, adcode: u32) -> Party {
        Party { issued, year, level: Some(level), adcode: Some(adcode) }
    }

    #[test]
    fn what_decides_comes_in_order() {
        use AdminLevel::{County, Prefecture};
        let city = |issued, year| party(issued, year, Prefecture, 371_100);
        let county = |issued, year| party(issued, year, County, 371_122);
        let other = |issued, year| party(issued, year, County, 320_411);
        let cases = [
            (city(Some(10), Some(2010)), county(Some(20), Some(2010)), (false, false), Some((true, Direction::Date))),
            // A citation weighs more than a date, which may be that of a later print.
            (city(Some(30), Some(2010)), county(Some(20), Some(2010)), (false, true), Some((true, Direction::Cites))),
            (city(Some(30), Some(2010)), county(Some(20), Some(2010)), (false, false), Some((false, Direction::Date))),
            (city(None, Some(2011)), county(Some(20), Some(2010)), (false, false), Some((false, Direction::Year))),
            (city(None, Some(2010)), county(Some(20), Some(2010)), (false, false), Some((true, Direction::Level))),
            (county(None, None), city(None, None), (false, false), Some((false, Direction::Level))),
            (county(None, None), other(None, None), (false, false), None),
            (city(None, None), other(None, None), (false, false), None),
            (city(Some(10), None), county(Some(10), None), (true, true), Some((true, Direction::Level))),
        ];
        for (a, b, (a_cites_b, b_cites_a), expected) in cases {
            assert_eq!(direction(&a, &b, a_cites_b, b_cites_a), expected, "{a:?} {b:?}");
            let mirrored = expected.map(|(first, by)| (!first, by));
            assert_eq!(direction(&b, &a, b_cites_a, a_cites_b), mirrored, "{b:?} {a:?}");
        }
    }
}
