//! The place that a title, an issuer or an addressee names as its own.

use std::cell::OnceCell;

use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer::{Chain, Gazetteer, Mention, UnitId};
use crate::model::{AdminLevel, RegionBasis};

use super::Evidence;

/// What a field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// A body of the centre.
    National,
    /// A place.
    Place(Chain),
}

/// Kind of field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A title: a place may stand anywhere in it.
    Title,
    /// The name of a body: its place stands at the beginning.
    Body,
}

/// What a field says, and how sure it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// What it says.
    pub field: Option<Field>,
    /// Whether that begins the field.
    pub leading: bool,
    /// Whether it stands behind an opening (印发《沾化县…》), not in the middle of a sentence.
    pub own: bool,
    /// A name that could be several places, and which.
    pub ambiguous: Option<(String, Vec<String>)>,
    /// A name that no place bore at the time.
    pub undated: Option<String>,
}

/// Adjacent mentions, outermost first (江苏省 南京市 江宁区), read as one place.
struct Group {
    start: usize,
    end: usize,
    units: Vec<UnitId>,
    /// Whether the first name is short.
    short: bool,
    /// Whether the first name may be no place.
    doubtful: bool,
    level: AdminLevel,
    dated: bool,
}

/// Words before a place that is visited, helped or asked about.
const CITED: &[&str] = &[
    "学习", "赴", "考察", "对口", "援助", "支援", "援建", "向", "帮扶", "支持", "借鉴", "参观", "同意", "批复", "驻",
    "来自", "批准", "推广", "复制",
];
/// Words behind a place that is an example to others.
const EXAMPLE: &[&str] = &["经验", "模式", "做法", "现场会", "精神", "事件", "事故", "地震"];
/// What may stand between the beginning of a body's name and its place.
const BEFORE: &[&str] = &[
    "中共",
    "中国共产党",
    "共青团",
    "中国共产主义青年团",
    "政协",
    "中国人民政治协商会议",
    "国家税务总局",
    "国家统计局",
    "中国人民银行",
    "国网",
    "国家电网",
    "中国电信",
    "中国移动",
    "中国联通",
    "中国邮政",
    "中国农业银行",
    "中国石化",
    "中国人民解放军",
    "国家税务局",
    "民革",
    "民盟",
    "民建",
    "九三学社",
];
/// What a place stands behind in a title where it is the title's own.
const OPENINGS: &[&str] = &[
    "《",
    "“",
    "\"",
    "「",
    "关于印发",
    "关于转发",
    "印发",
    "转发",
    "关于在",
    "关于",
    "发布",
    "公布",
    "推进",
    "推动",
    "建设",
    "打造",
    "加快",
    "开展",
];

/// What all fields are read against.
pub(super) struct Context<'a> {
    pub gazetteer: &'static Gazetteer,
    pub year: Option<i32>,
    lexicon: &'a Lexicon,
    evidence: Evidence<'a>,
    mentions: OnceCell<Vec<(&'a str, Mention)>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(evidence: &Evidence<'a>, gazetteer: &'static Gazetteer, lexicon: &'a Lexicon) -> Self {
        Self { gazetteer, year: evidence.year, lexicon, evidence: *evidence, mentions: OnceCell::new() }
    }

    /// Every name of a place in the document that is not merely cited, with its text; found once, when first asked for.
    pub(super) fn mentions(&self) -> &[(&'a str, Mention)] {
        self.mentions.get_or_init(|| {
            let evidence = &self.evidence;
            let fields = [evidence.title, evidence.issuer, evidence.head, evidence.body, evidence.tail];
            let mut out = Vec::new();
            for text in fields.into_iter().chain(evidence.addressees.iter().map(String::as_str)) {
                for mention in self.gazetteer.mentions(text, self.year) {
                    let range = mention.span.range();
                    if !is_cited(text, range.start, range.end) {
                        out.push((mention.span.of(text), mention));
                    }
                }
            }
            out
        })
    }

    /// The places that a mention may be.
    pub(super) fn chains(&self, units: &[UnitId]) -> Vec<Chain> {
        let mut chains: Vec<Chain> = units.iter().map(|&id| self.gazetteer.chain(id, self.year)).collect();
        chains.dedup();
        chains
    }

    /// Whether the document names a place, in full or short.
    pub(super) fn named(&self, place: &Chain) -> bool {
        self.mentions().iter().any(|(_, mention)| {
            !mention.doubtful && self.chains(&mention.candidates).iter().any(|chain| chain.within(place))
        })
    }

    /// Read one field.
    pub(super) fn read(&self, text: &str, kind: Kind) -> Reading {
        let mut reading = Reading::default();
        let text = text.trim();
        let groups = self.groups(text);
        let national = self.begins_national(text, kind);
        let place_in_body = kind == Kind::Body && groups.iter().any(|group| !group.short && group.dated);
        if national && !place_in_body {
            return Reading { field: Some(Field::National), leading: true, ..reading };
        }
        for (at, group) in groups.iter().enumerate() {
            let before = text.get(..group.start).unwrap_or("");
            let leading = is_leading(before);
            let own = leading || OPENINGS.iter().any(|opening| before.ends_with(opening));
            if is_cited(text, group.start, group.end) || !accepted(text, group, kind, own) {
                continue;
            }
            if groups.get(at + 1).is_some_and(|next| is_list(text, group, next)) {
                // 北京市、天津市和河北省: whose text it is, it does not say.
                return reading;
            }
            let chains = self.resolve(group);
            if !group.dated {
                reading.undated = text.get(group.start..group.end).map(str::to_owned);
            }
            if let [chain] = chains[..] {
                reading.field = Some(Field::Place(chain));
                reading.leading = leading;
                reading.own = own;
            } else {
                let names = chains.iter().map(Chain::full_name).collect();
                reading.ambiguous = text.get(group.start..group.end).map(|name| (name.to_owned(), names));
            }
            return reading;
        }
        reading
    }

    /// Several bodies together: what they have in common. With a body of the centre, they are the centre's.
    pub(super) fn issuer(&self, evidence: &Evidence) -> Reading {
        let mut out = self.bodies(evidence.issuer.split(['、', ' ', '\u{3000}', ';', '；', '\n']));
        if out.field.is_none() {
            let found = self.bodies(letterhead(evidence.head));
            out.ambiguous = out.ambiguous.or(found.ambiguous);
            out.field = found.field;
        }
        if out.field.is_none() {
            let found = self.bodies(signature(evidence.tail));
            out.ambiguous = out.ambiguous.or(found.ambiguous);
            out.field = found.field;
        }
        out
    }

    fn bodies<'t>(&self, names: impl Iterator<Item = &'t str>) -> Reading {
        let mut out = Reading::default();
        let mut seen = false;
        for name in names.filter(|name| !name.trim().is_empty()).take(20) {
            let reading = self.read(name, Kind::Body);
            out.ambiguous = out.ambiguous.or(reading.ambiguous);
            out.undated = out.undated.or(reading.undated);
            let Some(field) = reading.field else { continue };
            out.field = match (out.field, field) {
                _ if !seen => Some(field),
                (Some(Field::Place(a)), Field::Place(b)) => {
                    let common = a.common(&b);
                    common.province.map(|_| Field::Place(common))
                }
                (same, _) => same,
            };
            seen = true;
        }
        out.leading = true;
        out
    }

    /// The addressees: the counties of one city, or the cities of one province, are addressed by it. 各省、自治区、直辖市 by the centre.
    pub(super) fn addressees(&self, addressees: &[String]) -> Option<(Field, RegionBasis)> {
        if addressees.iter().any(|to| {
            to.contains("各省、自治区")
                || to.starts_with("各省")
                    && !to.starts_with("各省辖")
                    && !to.starts_with("各省直")
                    && !to.starts_with("各省属")
        }) {
            return Some((Field::National, RegionBasis::Addressee));
        }
        let mut places: Vec<Chain> = Vec::new();
        for to in addressees.iter().take(200) {
            if let Some(Field::Place(chain)) = self.read(to, Kind::Body).field
                && !places.contains(&chain)
            {
                places.push(chain);
            }
        }
        let (first, rest) = places.split_first()?;
        let common = rest.iter().fold(*first, |common, place| common.common(place));
        // One addressee may be anybody; two parts of one whole are addressed by the whole.
        let parts = places.iter().filter(|place| **place != common).count();
        (common.province.is_some() && parts >= 2).then_some((Field::Place(common), RegionBasis::Addressee))
    }

    /// Joins adjacent mentions that lie one in the other.
    fn groups(&self, text: &str) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for mention in self.gazetteer.mentions(text, self.year) {
            let (start, end) = (mention.span.start as usize, mention.span.end as usize);
            if let Some(last) = groups.last_mut()
                && text.get(last.end..start).is_some_and(|gap| gap.trim().is_empty() && !gap.contains('\n'))
            {
                let inside = self.inside(&last.units, &mention.candidates);
                if !inside.is_empty() {
                    last.level = self.level(&inside);
                    last.units = inside;
                    last.end = end;
                    last.dated &= mention.dated;
                    // 朝阳双塔区: the district confirms the city.
                    last.doubtful = false;
                    continue;
                }
            }
            let units = if mention.full { mention.candidates } else { self.highest(mention.candidates) };
            groups.push(Group {
                start,
                end,
                level: self.level(&units),
                units,
                short: !mention.full,
                doubtful: mention.doubtful,
                dated: mention.dated,
            });
        }
        groups
    }

    /// Those of `units` that lie in one of `holders`.
    fn inside(&self, holders: &[UnitId], units: &[UnitId]) -> Vec<UnitId> {
        let holders = self.chains(holders);
        let lies = |&id: &UnitId| {
            let chain = self.gazetteer.chain(id, self.year);
            holders.iter().any(|holder| chain != *holder && chain.within(holder))
        };
        units.iter().copied().filter(lies).collect()
    }

    /// A short name means the highest unit that bears it: 吉林 the province, 恩施 the prefecture.
    fn highest(&self, units: Vec<UnitId>) -> Vec<UnitId> {
        let level = self.level(&units);
        units.into_iter().filter(|&id| self.gazetteer.unit(id).level() == level).collect()
    }

    fn level(&self, units: &[UnitId]) -> AdminLevel {
        units.iter().map(|&id| self.gazetteer.unit(id).level()).min().unwrap_or(AdminLevel::County)
    }

    /// The places that a group may be; where it is several, only those whose prefecture or province the document names.
    fn resolve(&self, group: &Group) -> Vec<Chain> {
        let chains = self.chains(&group.units);
        if chains.len() < 2 {
            return chains;
        }
        for level in [AdminLevel::Prefecture, AdminLevel::Province] {
            let named: Vec<Chain> = chains.iter().copied().filter(|chain| self.parent_is_named(chain, level)).collect();
            if named.len() == 1 {
                return named;
            }
        }
        chains
    }

    fn parent_is_named(&self, chain: &Chain, level: AdminLevel) -> bool {
        self.mentions().iter().any(|(_, mention)| {
            mention.full
                && !mention.zone
                && self.chains(&mention.candidates).iter().any(|parent| {
                    parent.level() == Some(level) && chain != parent && chain.within(parent)
                        // 北京市 is the parent of its districts directly.
                        || level == AdminLevel::Prefecture
                            && chain.prefecture.is_none()
                            && parent.level() == Some(AdminLevel::Province)
                            && chain.within(parent)
                })
        })
    }

    /// Whether a field begins with a body of the centre.
    fn begins_national(&self, text: &str, kind: Kind) -> bool {
        let text = text.strip_prefix("中华人民共和国").unwrap_or(text);
        let bodies = self.lexicon.cells("national_bodies", "key");
        let rest = bodies.iter().filter_map(|body| text.strip_prefix(body)).min_by_key(|rest| rest.len());
        if let Some(rest) = rest {
            // 教育部门, 商务部署, 财政部分 begin with the same characters.
            return !rest.starts_with(['门', '署', '分', '队', '位', '下', '长']) || rest.starts_with("分管");
        }
        kind == Kind::Body
            && (text.starts_with("国家") || text.starts_with("全国") || text.starts_with("中央"))
            && ["局", "委", "委员会", "总局", "署", "办公室", "办", "部", "小组", "协会", "总社"]
                .iter()
                .any(|ending| text.ends_with(ending))
    }
}

/// Whether what stands before a place leaves it at the beginning.
fn is_leading(before: &str) -> bool {
    let mut rest = before.trim();
    loop {
        if rest.is_empty() {
            return true;
        }
        match BEFORE.iter().find_map(|prefix| rest.strip_prefix(prefix)) {
            Some(shorter) => rest = shorter.trim_start(),
            None => return false,
        }
    }
}

/// Whether a place is visited, helped or an example, by the words right around it.
pub(super) fn is_cited(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).unwrap_or("");
    let at = before.char_indices().rev().nth(4).map_or(0, |(at, _)| at);
    let near = before.get(at..).unwrap_or("");
    let near = near.rsplit(['，', ',', '。', '；', ';', '、', '《', '“', '\n']).next().unwrap_or("");
    let behind = text.get(end..).unwrap_or("");
    let at = behind.char_indices().nth(4).map_or(behind.len(), |(at, _)| at);
    let behind = behind.get(..at).unwrap_or("");
    // 方向, 面向 and 转向 are no visits.
    let visited = |word: &&str| {
        near.contains(*word) && !(**word == *"向" && ["方向", "面向", "转向", "意向"].iter().any(|w| near.contains(w)))
    };
    CITED.iter().any(|word| visited(&word)) || EXAMPLE.iter().any(|word| behind.starts_with(word))
}

/// Whether a place counts here. Full names do; short names of provinces too; others only where they are the field's own,
/// and those of counties only in the name of a body.
fn accepted(text: &str, group: &Group, kind: Kind, own: bool) -> bool {
    if group.doubtful {
        return false;
    }
    if !group.short || group.level == AdminLevel::Province {
        return true;
    }
    let behind = text.get(group.end..).unwrap_or("");
    let suffixed =
        ["经济", "卫生", "教育", "公安", "人民", "环", "国土", "财政", "民政", "农", "水", "地", "县", "市", "区"];
    own && match group.level {
        AdminLevel::Prefecture => true,
        _ => kind == Kind::Body && suffixed.iter().any(|word| behind.starts_with(word)),
    }
}

/// Whether two places are joined as equals: 北京市、天津市.
fn is_list(text: &str, a: &Group, b: &Group) -> bool {
    matches!(text.get(a.end..b.start).map(str::trim), Some("、" | "和" | "与" | "及" | "，" | "," | "-" | "—"))
}

/// The letterhead: a line of the head that is a body's name and 文件.
fn letterhead(head: &str) -> impl Iterator<Item = &str> {
    head.lines()
        .take(12)
        .map(str::trim)
        .filter(|line| line.len() <= 120)
        .filter_map(|line| line.strip_suffix("文件").or_else(|| line.strip_suffix("办公室").map(|_| line)))
}

/// The signature: the lines at the end that are nothing but the name of a body.
fn signature(tail: &str) -> impl Iterator<Item = &str> {
    tail.lines().rev().take(12).map(str::trim).filter(|line| {
        line.len() <= 150
            && !line.contains(['：', ':', '。', '，', ','])
            && [
                "局",
                "委",
                "委员会",
                "政府",
                "办公室",
                "厅",
                "院",
                "小组",
                "党组",
                "部",
                "协会",
                "公司",
                "学校",
                "中心",
                "指挥部",
                "党委",
            ]
            .iter()
            .any(|ending| line.ends_with(ending))
    })
}
