//! Names of places in a text: one automaton over all names of all times.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::words::is_across_words;
use super::zones::class_behind;
use super::{Gazetteer, Unit, UnitId, Units};
use crate::lexicon::Lexicon;
use crate::model::AdminLevel;
use crate::span::Span;

/// Who bears the name of a place, so that the name is no mention of the place itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// An organisation, mostly seated there (吉林大学).
    Organisation,
    /// A road, a product, an event (上海路, 长安汽车, 南昌起义).
    Thing,
    /// A person (书记王新野).
    Person,
}

/// A name of a place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // independent facts, not states
pub struct Mention {
    /// Where.
    pub span: Span,
    /// Whether it is a whole official name (威海市) and not a short one (威海).
    pub full: bool,
    /// Whether the candidates bore the name at the time asked for.
    pub dated: bool,
    /// Whether it may be no place at all: a word (合作, 城区) that no parent stands before, or a part of words (沿|海城市,
    /// 提|高县|域) that nothing sets apart.
    pub doubtful: bool,
    /// Who bears the name, where it is not the place.
    pub bearer: Option<Bearer>,
    /// The official name of the zone that it names (雄安新区, 镇江经济技术开发区); the candidates are then the unit that holds it.
    pub zone: Option<Arc<str>>,
    /// The units that it may name; never empty.
    pub candidates: Vec<UnitId>,
}

/// What one name can mean.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools)] // independent facts, not states
struct Name {
    full: Vec<UnitId>,
    short: Vec<UnitId>,
    /// Districts that bear it as a short name only behind their city.
    district: Vec<UnitId>,
    /// The full name is a plain word (城区).
    word: bool,
    /// The short name is a word (合作).
    short_word: bool,
    /// The full name arises across words (沿海城市, 合作市场).
    straddles: bool,
    /// A word in which names of places arise that are none (中山装, 推广安全).
    friend: bool,
    zone: Option<Zone>,
}

/// A zone with a name of its own.
#[derive(Clone)]
struct Zone {
    /// Official name.
    name: Arc<str>,
    /// The unit that holds it, at all times.
    holders: Vec<UnitId>,
}

/// The names and the automaton that finds them.
pub(super) struct Names {
    meanings: Vec<Name>,
    /// `None` only if it could not be built: there are no mentions then.
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// What follows a short name that something else bears.
    followers: Vec<(Box<str>, Bearer)>,
    surnames: HashSet<char>,
}

impl Names {
    pub(super) fn new(units: &Units, lexicon: &Lexicon) -> Self {
        let common: HashSet<&str> = lexicon.cells("region_common_words", "key").into_iter().collect();
        let straddling: HashSet<&str> = lexicon.cells("region_straddles", "key").into_iter().collect();
        let before = counties(&units.all);
        let mut table: HashMap<String, Name> = HashMap::with_capacity(12_000);
        for (at, unit) in units.all.iter().enumerate() {
            let id = UnitId(at as u32);
            let full = table.entry(unit.name.to_owned()).or_default();
            full.full.push(id);
            // 城区, 郊区 and 市中区 are units in some cities and plain words everywhere else.
            full.word |= is_plain_word(unit.name);
            full.straddles |= straddling.contains(unit.name);
            if let Some(alias) = unit.alias() {
                table.entry(alias).or_default().full.push(id);
            }
            // The short name of a district is mostly a word or another place (和平, 长安), unless it was a county before.
            // 神农架林区 and 万山特区 have short names of their own in the table.
            let district = unit.level() == AdminLevel::County && unit.name.ends_with('区') && unit.short.is_empty();
            if let Some(short) = unit.short() {
                let entry = table.entry(short.to_owned()).or_default();
                if !district || before.get(&(unit.code / 10_000, short)).is_some_and(|&first| first < unit.from) {
                    entry.short.push(id);
                    entry.short_word |= common.contains(short);
                } else if !is_plain_word(unit.name) {
                    entry.district.push(id);
                }
            }
        }
        if let Ok(aliases) = lexicon.table("region_aliases") {
            for (alias, name) in aliases.pairs("key", "value") {
                let units = units.all.iter().enumerate().filter(|(_, unit)| unit.name == name);
                let entry = table.entry(alias.to_owned()).or_default();
                entry.full.extend(units.map(|(at, _)| UnitId(at as u32)));
            }
        }
        for (name, zone) in zones(units, lexicon) {
            table.entry(name).or_default().zone = Some(zone);
        }
        for friend in lexicon.cells("region_false_friends", "key") {
            let name = table.entry(friend.to_owned()).or_default();
            name.friend = name.full.is_empty() && name.short.is_empty() && name.zone.is_none();
        }
        let mut patterns = Vec::with_capacity(table.len());
        let mut names = Vec::with_capacity(table.len());
        for (at, (pattern, name)) in table.into_iter().enumerate() {
            patterns.push((pattern, at as u32));
            names.push(name);
        }
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(patterns)
            .ok();
        Self { meanings: names, automaton, followers: followers(lexicon), surnames: surnames(lexicon) }
    }

    pub(super) fn find(&self, gazetteer: &Gazetteer, text: &str, year: Option<i32>) -> Vec<Mention> {
        let mut out: Vec<Mention> = Vec::new();
        let mut from = 0;
        while let Some((start, end, name)) = self.next(gazetteer, text, from, year) {
            from = end;
            if name.friend {
                continue;
            }
            let mut span = Span::new(start, end);
            let last = out.last().filter(|last| last.span.end == span.start);
            let Some((full, dated, zone, candidates)) =
                name.meaning(gazetteer, year).or_else(|| name.district(gazetteer, last, year))
            else {
                continue;
            };
            let before = text.get(..start).unwrap_or("");
            let behind = text.get(end..).unwrap_or("");
            let under_parent = last.is_some_and(|last| last.holds(&candidates, gazetteer));
            let province = is_province(&candidates, gazetteer);
            if !under_parent && zone.is_none() && is_across_words(before, span.of(text), behind, full, province) {
                // The next name may begin inside (提高|安徽).
                from = start + text[start..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
            let doubtful = !under_parent
                && match () {
                    () if full => name.word || name.straddles && !is_set_apart(before, behind),
                    () => name.short_word || is_direction(before, behind),
                };
            let mut zone = zone.map(|zone| zone.name.clone());
            if zone.is_none()
                && !doubtful
                && let Some(length) = class_behind(behind, province, full)
            {
                span.end += length as u32;
                from += length;
                zone = text.get(span.range()).map(Arc::from);
            }
            let bearer = if full || zone.is_some() { None } else { self.bearer(before, span.of(text), behind) };
            out.push(Mention { span, full, dated, doubtful, bearer, zone, candidates });
        }
        out
    }

    /// The next name at or behind a place: the leftmost and longest, but rather a full name than a short one that ends inside it
    /// (和|平舆县, not 和平|舆县).
    fn next(&self, gazetteer: &Gazetteer, text: &str, from: usize, year: Option<i32>) -> Option<(usize, usize, &Name)> {
        let automaton = self.automaton.as_ref()?;
        let found = |from: usize| {
            let found = automaton.leftmost_find_iter(text.get(from..)?).next()?;
            let name = self.meanings.get(found.value() as usize)?;
            Some((from + found.start(), from + found.end(), name))
        };
        let (start, end, name) = found(from)?;
        let is_full = |name: &Name| {
            let valid = |id: &UnitId| {
                year.is_none_or(|year| gazetteer.unit(*id).valid(year) || gazetteer.unit(*id).valid(year - 1))
            };
            !name.friend && name.full.iter().any(valid)
        };
        if !is_full(name) && name.zone.is_none() && !name.friend {
            let inner = start + text[start..].chars().next().map_or(1, char::len_utf8);
            if let Some((other, far, full)) = found(inner)
                && other < end
                && far > end
                && is_full(full)
                && text[other..far].chars().nth(2).is_some()
            {
                return Some((other, far, full));
            }
        }
        Some((start, end, name))
    }

    /// Who bears a short name.
    ///
    /// Evidence: a word of the table `region_followers` behind it (吉林|大学, 上海|路); or a surname before it, and before that a role or the
    /// beginning of a clause, and behind it 同志, a role or the end of the clause (书记王|新野, 由李|海城任组长). Counter-example: 日照|路网, 于|宁德召开. Misses
    /// persons with no such words around.
    fn bearer(&self, before: &str, name: &str, behind: &str) -> Option<Bearer> {
        let follower = self.followers.iter().find(|(word, _)| behind.starts_with(word.as_ref()));
        let rest = follower.map_or("", |(word, _)| &behind[word.len()..]);
        if is_university(behind) {
            return Some(Bearer::Organisation);
        }
        if let Some((word, bearer)) = follower
            && !(word.ends_with(['路', '街']) && rest.starts_with(ROAD_WORDS))
            && !(word.ends_with('镇') && rest.starts_with(TOWN_WORDS))
            && !(word.ends_with('乡') && rest.starts_with(['镇', '村', '城', '宁']))
        {
            return Some(*bearer);
        }
        let mut chars = before.chars();
        let surname = chars.next_back().filter(|c| self.surnames.contains(c))?;
        let before = chars.as_str();
        let opens = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric())
            || ROLES.iter().any(|role| before.ends_with(role));
        let closes = behind.chars().next().is_none_or(|c| !c.is_alphanumeric())
            || AFTER_NAMES.iter().any(|word| behind.starts_with(word));
        // A surname that is a preposition too stands before places as often (于宁德召开).
        let role = ROLES.iter().any(|role| before.ends_with(role) && *role != "由");
        let person = opens && (closes || role) && name.chars().count() == 2 && !AMBIGUOUS_SURNAMES.contains(&surname);
        person.then_some(Bearer::Person)
    }
}

impl Name {
    /// What the name means at a time: whether it is a full name, whether it was valid, the zone, the units.
    fn meaning(&self, gazetteer: &Gazetteer, year: Option<i32>) -> Option<(bool, bool, Option<&Zone>, Vec<UnitId>)> {
        let dated = |ids: &[UnitId]| -> Vec<UnitId> {
            let valid = |id: &UnitId| {
                let unit = gazetteer.unit(*id);
                year.is_none_or(|year| unit.valid(year) || unit.valid(year - 1))
            };
            ids.iter().copied().filter(valid).collect()
        };
        let (mut full, mut at_the_time, mut candidates) = (true, true, dated(&self.full));
        if candidates.is_empty()
            && let Some(zone) = &self.zone
        {
            let holders = dated(&zone.holders);
            let holders = if holders.is_empty() { zone.holders.clone() } else { holders };
            return Some((true, true, Some(zone), without_predecessors(gazetteer, holders)));
        }
        if candidates.is_empty() {
            full = false;
            candidates = dated(&self.short);
        }
        if candidates.is_empty() {
            at_the_time = false;
            full = !self.full.is_empty();
            // A short name outlives its unit for a while (襄樊); then it is rather a river or a word (清江).
            let lately =
                |id: &UnitId| year.is_none_or(|year| (year - OUTLIVES..year).contains(&(gazetteer.unit(*id).to - 1)));
            candidates = if full { self.full.clone() } else { self.short.iter().copied().filter(lately).collect() };
        }
        let candidates = without_predecessors(gazetteer, candidates);
        (!candidates.is_empty()).then_some((full, at_the_time, None, candidates))
    }

    /// A district by its short name, right behind the place that it lies in: 珠海|香洲教育局.
    fn district(
        &self,
        gazetteer: &Gazetteer,
        last: Option<&Mention>,
        year: Option<i32>,
    ) -> Option<(bool, bool, Option<&Zone>, Vec<UnitId>)> {
        let valid = |id: &UnitId| {
            year.is_none_or(|year| gazetteer.unit(*id).valid(year) || gazetteer.unit(*id).valid(year - 1))
        };
        let valid: Vec<UnitId> = self.district.iter().copied().filter(valid).collect();
        let inside = last.filter(|last| !last.doubtful && last.holds(&valid, gazetteer));
        inside.map(|_| (false, true, None, without_predecessors(gazetteer, valid)))
    }
}

/// The zones of the vocabulary, by each of their names.
fn zones(units: &Units, lexicon: &Lexicon) -> Vec<(String, Zone)> {
    let Ok(table) = lexicon.table("zones") else { return Vec::new() };
    let mut out = Vec::with_capacity(table.rows.len() * 2);
    for ((name, code), short) in table.pairs("key", "value").zip(table.cells("short")) {
        let Some(holders) = code.parse().ok().and_then(|code: u32| units.by_code.get(&code)) else { continue };
        let zone = Zone { name: Arc::from(name), holders: holders.clone() };
        let names = std::iter::once(name).chain(short.split('|')).filter(|name| !name.is_empty());
        out.extend(names.map(|name| (name.to_owned(), zone.clone())));
    }
    out
}

fn followers(lexicon: &Lexicon) -> Vec<(Box<str>, Bearer)> {
    let Ok(table) = lexicon.table("region_followers") else { return Vec::new() };
    let bearer = |kind| if kind == "organisation" { Bearer::Organisation } else { Bearer::Thing };
    table.pairs("key", "value").map(|(word, kind)| (word.into(), bearer(kind))).collect()
}

fn surnames(lexicon: &Lexicon) -> HashSet<char> {
    let one = |name: &&str| name.chars().nth(1).is_none();
    lexicon.cells("surnames", "key").into_iter().filter(one).filter_map(|name| name.chars().next()).collect()
}

/// Whether the rest of a university's name follows: 成都|理工大学; not 湖南|推进大学生就业.
fn is_university(behind: &str) -> bool {
    let near = behind.char_indices().nth(6).map_or(behind, |(at, _)| &behind[..at]);
    near.find("大学").is_some_and(|at| {
        let rest = &behind[at + "大学".len()..];
        near[..at].chars().all(crate::outline::marker::is_han) && !rest.starts_with(['生', '城', '毕', '校'])
    })
}

fn is_province(units: &[UnitId], gazetteer: &Gazetteer) -> bool {
    units.iter().any(|&id| gazetteer.unit(id).level() == AdminLevel::Province)
}

/// For how many years a short name is read behind the end of its unit.
const OUTLIVES: i32 = 15;

/// What makes 路 or 街 the beginning of another word: 日照|路网, 常州|街道.
const ROAD_WORDS: &[char] = &['网', '线', '径', '政', '局', '产', '权', '灯', '面', '况', '头', '办'];
/// What makes 镇 the beginning of a name: 江苏|镇江市.
const TOWN_WORDS: &[char] = &['江', '海', '原', '巴', '雄', '远', '安', '平', '坪', '赉', '康', '沅', '宁', '级'];
/// What stands before the name of a person.
const ROLES: &[&str] = &[
    "书记", "局长", "县长", "市长", "区长", "镇长", "乡长", "主任", "组长", "院长", "校长", "所长", "科长", "处长",
    "部长", "主席", "委员", "常委", "同志", "成员", "队长", "经理", "由",
];
/// What stands behind it.
const AFTER_NAMES: &[&str] =
    &["同志", "任", "担任", "兼", "为组长", "为副组长", "等", "副", "书记", "局长", "县长", "市长", "主任"];
/// Surnames that are words between a clause and a place: 于宁德召开, 和安阳.
const AMBIGUOUS_SURNAMES: &[char] =
    &['于', '和', '向', '从', '由', '对', '与', '及', '在', '到', '自', '经', '后', '前', '南', '东', '西', '北', '全'];

impl Mention {
    /// Whether one of its units holds one of the other units, by their codes.
    fn holds(&self, units: &[UnitId], gazetteer: &Gazetteer) -> bool {
        self.candidates.iter().any(|&holder| {
            let holder = gazetteer.unit(holder);
            let width = match holder.level() {
                AdminLevel::Province => 10_000,
                AdminLevel::Prefecture => 100,
                _ => return false,
            };
            units.iter().any(|&id| {
                let unit = gazetteer.unit(id);
                unit.code != holder.code && (unit.code / width == holder.code / width || unit.parent == holder.code)
            })
        })
    }
}

/// Whether something sets a name apart from the words around it: nothing, punctuation or an opening word before it, and no
/// character behind it that makes its class word the beginning of another (合作市|场, 高县|域).
fn is_set_apart(before: &str, behind: &str) -> bool {
    let opens = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric())
        || ["关于", "印发", "转发", "中共", "共青团", "国家税务总局", "向", "赴", "及", "与"]
            .iter()
            .any(|word| before.ends_with(word));
    opens && !behind.starts_with(['场', '级', '域', '际', '容', '间', '块', '区', '乡', '镇', '城'])
}

/// Whether a short name is rather a direction: 黄|河南|岸, 长|江西|部, 推|广东|西部协作.
fn is_direction(before: &str, behind: &str) -> bool {
    before.ends_with(['黄', '长', '推', '沿', '两', '太']) || behind.starts_with(['岸', '麓', '侧', '坡'])
}

/// Names of units that are words in any text about any city.
fn is_plain_word(name: &str) -> bool {
    name.chars().count() <= 2 && name.ends_with('区')
        || matches!(name, "市中区" | "城中区" | "市郊区" | "东郊区" | "西郊区" | "南郊区" | "北郊区" | "工农区")
}

/// First years of the counties and cities by province and short name: a district that was one of them (定陶县 before
/// 定陶区) keeps the short name.
fn counties(units: &[Unit]) -> HashMap<(u32, &'static str), i32> {
    let mut out = HashMap::with_capacity(units.len());
    for unit in units {
        let stem = unit.name.strip_suffix('县').or_else(|| unit.name.strip_suffix('市'));
        if let Some(stem) = stem {
            let first: &mut i32 = out.entry((unit.code / 10_000, stem)).or_insert(unit.from);
            *first = unit.from.min(*first);
        }
    }
    out
}

/// Leaves out the units that a candidate took over from: its namesake of the same level in the same province, or its successor
/// (重庆市 of 四川省).
fn without_predecessors(gazetteer: &Gazetteer, candidates: Vec<UnitId>) -> Vec<UnitId> {
    if candidates.len() < 2 {
        return candidates;
    }
    let replaced = |id: UnitId| {
        let a = gazetteer.unit(id);
        candidates.iter().filter(|&&other| other != id).any(|&other| {
            let b = gazetteer.unit(other);
            let namesake = b.code / 10_000 == a.code / 10_000 && b.level() == a.level() && b.from >= a.to;
            // 石家庄地区 went into 石家庄市, which was there before.
            namesake || a.to < b.to && gazetteer.as_of(id, b.from.max(a.to)).units == [other]
        })
    };
    let kept: Vec<UnitId> = candidates.iter().copied().filter(|&id| !replaced(id)).collect();
    if kept.is_empty() { candidates } else { kept }
}
