//! Which plans another was likely made from.

use super::reuse::{Collection, Shared};
use crate::model::{AdminLevel, Direction};

/// What of a plan tells whether another could have copied from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// First and last day on which it may have been issued, as days since 1970: one day where that is stated, else a month or a year.
    pub issued: Option<(i32, i32)>,
    /// Year that it belongs to.
    pub year: Option<i32>,
    /// Level of the issuing body.
    pub level: Option<AdminLevel>,
    /// GB/T 2260 code of its place.
    pub adcode: Option<u32>,
}

/// A likely source of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The source.
    pub plan: usize,
    /// Letters of the plan that stand in passages shared with it, and are the same.
    pub n_chars: usize,
    /// Those of them that are no boilerplate.
    pub own_chars: usize,
    /// Share of the plan's letters that `n_chars` are.
    pub share: f64,
    /// Share that `own_chars` are.
    pub own_share: f64,
    /// Share that sources of a better rank do not have already.
    pub new_share: f64,
    /// Number of passages.
    pub n_passages: usize,
    /// Whether the plan cites it.
    pub cites: bool,
    /// Whether it is a superior's.
    pub superior: bool,
    /// What tells that it is the source, and not the other way round.
    pub by: Direction,
    /// Days between the two, where both days of issue are stated.
    pub days: Option<i32>,
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
/// Evidence, the first that decides: one cites the other; one was issued before the other (of 6月 and 6月25日 nobody knows); one belongs to
/// an earlier year; one is the other's superior. Example: two plans without a date, of 日照市 and of 莒县. Counter-example: two counties' plans without dates. Misses a
/// common source of both that is not in the corpus.
pub fn direction(a: &Party, b: &Party, a_cites_b: bool, b_cites_a: bool) -> Option<(bool, Direction)> {
    if a_cites_b != b_cites_a {
        return Some((b_cites_a, Direction::Cites));
    }
    if let (Some(first), Some(second)) = (a.issued, b.issued)
        && (first.1 < second.0 || second.1 < first.0)
    {
        return Some((first.1 < second.0, Direction::Date));
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

/// The likely sources of each plan, the likeliest first: cited ones, then those of which more stands in it that is no boilerplate, then of
/// which more stands in it at all, then superiors, then the nearest in time.
///
/// `found` is what each plan of the collection shares with those behind it, `cites` tells whether the first plan cites the second. Sources of
/// a smaller share than `least` are left out, and so are pairs of which nothing tells which came first.
pub fn sources(
    collection: &Collection,
    found: &[Vec<Shared>],
    parties: &[Party],
    cites: impl Fn(usize, usize) -> bool,
    least: f64,
) -> Vec<Vec<Source>> {
    let mut likely: Vec<Vec<(Source, Vec<Explained>)>> = parties.iter().map(|_| Vec::new()).collect();
    for (first, passages) in found.iter().enumerate() {
        for same in passages.chunk_by(|a, b| a.other == b.other) {
            let Some(second) = same.first().map(|shared| shared.other) else { continue };
            let (first_cites, second_cites) = (cites(first, second), cites(second, first));
            let known = direction(&parties[first], &parties[second], first_cites, second_cites);
            let Some((first_is_source, by)) = known else { continue };
            let (source, target) = if first_is_source { (first, second) } else { (second, first) };
            let (from, to) = (&parties[source], &parties[target]);
            let letters = collection.letters()[target].len().max(1) as f64;
            let n_chars: usize = same.iter().map(|shared| shared.passage.same).sum();
            let own = same.iter().filter(|shared| !shared.boilerplate);
            let own_chars: usize = own.map(|shared| shared.passage.same).sum();
            if (n_chars as f64) < least * letters {
                continue;
            }
            let one_day = |party: &Party| party.issued.filter(|(first, last)| first == last).map(|(day, _)| day);
            let explained = same.iter().map(|shared| {
                let (start, end) = if first_is_source { shared.passage.b } else { shared.passage.a };
                Explained { start, end, same: shared.passage.same }
            });
            let source = Source {
                plan: source,
                n_chars,
                own_chars,
                share: n_chars as f64 / letters,
                own_share: own_chars as f64 / letters,
                new_share: 0.0,
                n_passages: same.len(),
                cites: if first_is_source { second_cites } else { first_cites },
                superior: from.is_superior_of(to),
                by,
                days: one_day(to).zip(one_day(from)).map(|(later, earlier)| later - earlier),
            };
            likely[target].push((source, explained.collect()));
        }
    }
    likely
        .into_iter()
        .enumerate()
        .map(|(target, mut likely)| {
            likely.sort_by(|(a, _), (b, _)| {
                let weight = |source: &Source| (source.cites, source.own_chars, source.n_chars, source.superior);
                let time = |source: &Source| (source.days.unwrap_or(i32::MAX), source.plan);
                weight(b).cmp(&weight(a)).then(time(a).cmp(&time(b)))
            });
            let mut known = vec![false; collection.letters()[target].len()];
            let letters = known.len().max(1) as f64;
            likely
                .into_iter()
                .map(|(source, passages)| {
                    let new_share = passages.iter().map(|passage| passage.explain(&mut known)).sum::<f64>() / letters;
                    Source { new_share, ..source }
                })
                .collect()
        })
        .collect()
}

/// A passage of a plan that a source explains: `same` of its letters.
struct Explained {
    start: usize,
    end: usize,
    same: usize,
}

impl Explained {
    /// How many letters it explains that were not known yet, by how much of the passage is the same; they are known then.
    fn explain(&self, known: &mut [bool]) -> f64 {
        let Some(letters) = known.get_mut(self.start..self.end) else { return 0.0 };
        let new = letters.iter().filter(|known| !**known).count();
        letters.fill(true);
        (new * self.same) as f64 / letters.len().max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::super::reuse::{Letters, Terms};
    use super::*;

    fn party(issued: Option<i32>, year: Option<i32>, level: AdminLevel, adcode: u32) -> Party {
        Party { issued: issued.map(|day| (day, day)), year, level: Some(level), adcode: Some(adcode) }
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
        // A month and a day within it: nobody knows which was first, so the level decides.
        let month = Party { issued: Some((0, 30)), ..city(None, Some(2010)) };
        let within = county(Some(20), Some(2010));
        assert_eq!(direction(&month, &within, false, false), Some((true, Direction::Level)));
        assert_eq!(direction(&month, &county(Some(31), None), false, false), Some((true, Direction::Date)));
    }

    #[test]
    fn a_sibling_explains_nothing_new() {
        let passage = "各乡镇要把植树任务落实到村到户严格施工标准做到栽一棵活一棵";
        let texts = [
            format!("全市总的要求{passage}按时完成"),
            format!("甲县具体安排{passage}认真落实"),
            format!("乙县有关事项{passage}抓紧进行"),
        ];
        let letters: Vec<Letters> = texts.iter().map(|text| Letters::new(text, |_, _| (0, 0))).collect();
        let collection = Collection::new(letters, &[None, None, None]);
        let terms = Terms { min_chars: 20, boilerplate_regions: 5, exhaustive: false };
        let found: Vec<Vec<Shared>> = (0..3).map(|plan| collection.shared(plan, terms)).collect();
        let parties = [
            party(Some(1), None, AdminLevel::Prefecture, 371_100),
            party(Some(2), None, AdminLevel::County, 371_122),
            party(Some(3), None, AdminLevel::County, 371_121),
        ];
        let likely = sources(&collection, &found, &parties, |_, _| false, 0.1);
        assert!(likely[0].is_empty());
        // Both have the passage: of 29 letters, in a text of 39. The superior is the likelier source, and explains all.
        let told: Vec<(usize, usize, bool)> =
            likely[2].iter().map(|source| (source.plan, source.n_chars, source.new_share > 0.0)).collect();
        assert_eq!(told, [(0, 29, true), (1, 29, false)]);
        assert!((likely[2][0].share - 29.0 / 39.0).abs() < 1e-12);
        assert_eq!(likely[2][0].days, Some(2));
        assert!(sources(&collection, &found, &parties, |_, _| false, 0.8).iter().all(Vec::is_empty));
    }
}
