//! The place that a title, an issuer or an addressee names as its own.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer::{Bearer, Chain, Gazetteer, Mention, UnitId};
use crate::model::AdminLevel;

use super::{Evidence, cues};

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
    /// Whether it is a place by its full name.
    pub full: bool,
    /// Whether it stands behind an opening (印发《定陶县…》), not in the middle of a sentence.
    pub own: bool,
    /// A name that could be several places, and which.
    pub ambiguous: Option<(String, Vec<String>)>,
    /// A name that no place bore at the time.
    pub undated: Option<String>,
    /// What the field begins with may be, whether it counts or not: it tells nothing by itself, but may agree with what does.
    pub begins: Vec<Chain>,
    /// The zone in the place, where it is one that speaks (平潭综合实验区管委会).
    pub zone: Option<String>,
}

/// Adjacent mentions, outermost first (江苏省 南京市 浦口区), read as one place.
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
    /// The zone that it ends with.
    zone: Option<Arc<str>>,
    /// Who bears its name.
    bearer: Option<Bearer>,
}

/// What stands between the names of bodies that issue together.
const BETWEEN_BODIES: &[char] = &['、', ' ', '\u{3000}', ';', '；', '\n'];

/// What all fields are read against.
pub(super) struct Context<'a> {
    pub gazetteer: &'a Gazetteer,
    pub year: Option<i32>,
    lexicon: &'a Lexicon,
    evidence: Evidence<'a>,
    mentions: OnceCell<Vec<(&'a str, Mention)>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(evidence: &Evidence<'a>, lexicon: &'a Lexicon) -> Self {
        let gazetteer = &lexicon.compiled().gazetteer;
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
                    if mention.bearer.is_none() && !cues::is_cited(text, range.start, range.end) {
                        out.push((mention.span.of(text), mention));
                    }
                }
            }
            out
        })
    }

    /// The places that a mention may be.
    pub(super) fn chains(&self, units: &[UnitId]) -> Vec<Chain> {
        let mut chains: Vec<Chain> = units.iter().map(|&id| self.at_the_time(id)).collect();
        chains.dedup();
        chains
    }

    /// A unit with what it lies in. Years are states at their end: in the year in which a prefecture changed its name or a county went to
    /// another, it is the old one if the document names that and not the new one (驻马店地区 of 2000).
    fn at_the_time(&self, id: UnitId) -> Chain {
        let now = self.gazetteer.chain(id, self.year);
        let Some(year) = self.year.filter(|_| now.county.is_some()) else { return now };
        let [before] = self.gazetteer.as_of(id, year - 1).units[..] else { return now };
        let before = self.gazetteer.chain(before, Some(year - 1));
        let named = |name: Option<&str>| {
            let evidence = &self.evidence;
            let texts = [evidence.title, evidence.issuer, evidence.head, evidence.body, evidence.tail];
            name.is_some_and(|name| texts.iter().any(|text| text.contains(name)))
        };
        let changed = before.prefecture != now.prefecture && before.county == now.county;
        if changed && named(before.prefecture) && !named(now.prefecture) { before } else { now }
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
        if let Some(first) = groups.first().filter(|group| cues::is_leading(text.get(..group.start).unwrap_or(""))) {
            reading.begins = self.chains(&first.units);
        }
        let national = self.begins_national(text, kind);
        let place_in_body = kind == Kind::Body && groups.iter().any(|group| !group.short && group.dated);
        if national && !place_in_body {
            return Reading { field: Some(Field::National), leading: true, ..reading };
        }
        for (at, group) in groups.iter().enumerate() {
            let before = text.get(..group.start).unwrap_or("");
            let leading = cues::is_leading(before);
            let own = leading || cues::OPENINGS.iter().any(|opening| before.ends_with(opening));
            let obeyed = kind == Kind::Title && cues::is_obeyed(text, group.start);
            // 北京大学深圳医院: the hospital is in the second.
            if group.bearer == Some(Bearer::Organisation) && at + 1 < groups.len() {
                continue;
            }
            if obeyed || cues::is_cited(text, group.start, group.end) || !accepted(text, group, kind, own) {
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
                reading.full = !group.short;
                reading.own = own;
                reading.zone = group.zone.as_deref().map(str::to_owned);
            } else {
                let names = chains.iter().map(Chain::full_name).collect();
                reading.ambiguous = text.get(group.start..group.end).map(|name| (name.to_owned(), names));
            }
            return reading;
        }
        reading
    }

    /// The place with whose full name a text begins, if it can be one only, and where the name ends.
    pub(super) fn read_with_end(&self, text: &str) -> Option<(Chain, usize)> {
        let group = self.groups(text).into_iter().next()?;
        let begins = group.start == 0 && !group.short && !group.doubtful && group.dated && group.zone.is_none();
        match self.resolve(&group)[..] {
            [chain] if begins => Some((chain, group.end)),
            _ => None,
        }
    }

    /// The title; one that begins with several bodies (长沙市…局 长沙市…局关于…) is read as what they have in common.
    pub(super) fn title(&self, title: &str) -> Reading {
        let issuers = title.split("关于").next().filter(|issuers| issuers.len() < title.len()).unwrap_or("");
        let names: Vec<&str> = issuers.split(BETWEEN_BODIES).filter(|name| !name.is_empty()).collect();
        if names.len() > 1 && names.iter().all(|name| cues::is_body(name)) {
            return self.bodies(names.into_iter());
        }
        self.read(title, Kind::Title)
    }

    /// Several bodies together: what they have in common. With a body of the centre, they are the centre's.
    pub(super) fn issuer(&self, evidence: &Evidence) -> Reading {
        let mut out = self.bodies(evidence.issuer.split(BETWEEN_BODIES));
        if out.field.is_none() {
            let found = self.bodies(cues::letterhead(evidence.head));
            out.ambiguous = out.ambiguous.or(found.ambiguous);
            out.field = found.field;
            out.zone = found.zone;
        }
        if out.field.is_none() {
            let found = self.bodies(cues::signature(evidence.tail));
            out.ambiguous = out.ambiguous.or(found.ambiguous);
            out.field = found.field;
            out.zone = found.zone;
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
            // Bodies of a zone and of others together are not the zone's.
            out.zone = reading.zone.filter(|zone| !seen || out.zone.as_ref() == Some(zone));
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

    /// Joins adjacent mentions that lie one in the other.
    fn groups(&self, text: &str) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for mention in self.gazetteer.mentions(text, self.year) {
            let (start, end) = (mention.span.start as usize, mention.span.end as usize);
            if let Some(last) = groups.last_mut()
                && text.get(last.end..start).is_some_and(|gap| gap.trim().is_empty() && !gap.contains('\n'))
            {
                let inside = self.inside(&last.units, &mention);
                if !inside.is_empty() {
                    last.level = self.level(&inside);
                    last.units = inside;
                    last.end = end;
                    last.dated &= mention.dated;
                    // 朝阳双塔区: the district confirms the city.
                    last.doubtful = false;
                    last.zone = mention.zone;
                    continue;
                }
            }
            let units = if mention.full { mention.candidates } else { self.gazetteer.highest(&mention.candidates) };
            groups.push(Group {
                start,
                end,
                level: self.level(&units),
                units,
                short: !mention.full,
                doubtful: mention.doubtful,
                dated: mention.dated,
                zone: mention.zone,
                bearer: mention.bearer,
            });
        }
        groups
    }

    /// The units of a mention that lie in one of `holders`; a zone may lie in the holder itself (郑州市郑东新区).
    fn inside(&self, holders: &[UnitId], mention: &Mention) -> Vec<UnitId> {
        let holders = self.chains(holders);
        let lies = |&id: &UnitId| {
            let chain = self.gazetteer.chain(id, self.year);
            holders.iter().any(|holder| (mention.zone.is_some() || chain != *holder) && chain.within(holder))
        };
        mention.candidates.iter().copied().filter(lies).collect()
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
                && mention.zone.is_none()
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

/// Whether a place counts here. Full names do; short names of provinces too; others only where they are the field's own,
/// and those of counties only in the name of a body.
fn accepted(text: &str, group: &Group, kind: Kind, own: bool) -> bool {
    // 吉林大学 tells where it is seated, 上海路 and 书记王新野 tell nothing.
    if group.doubtful || matches!(group.bearer, Some(Bearer::Thing | Bearer::Person)) {
        return false;
    }
    if group.zone.is_some() {
        return own || !group.short;
    }
    if !group.short || group.level == AdminLevel::Province {
        return true;
    }
    let behind = text.get(group.end..).unwrap_or("");
    // 衡阳街道, 上海路 and 长安镇 bear the name of another place.
    if ["街道", "路", "大道", "街", "镇", "乡", "社区", "桥", "大桥"].iter().any(|word| behind.starts_with(word))
    {
        return false;
    }
    // 昆山城管局, 曲阜教体局: the short name of a county at the beginning of a body's name.
    let body = behind.split("关于").next().unwrap_or(behind);
    let body = body.find(['局', '委', '办', '院']).is_some_and(|at| body[..at].chars().count() <= 6);
    own && match group.level {
        AdminLevel::Prefecture => true,
        _ => body && (kind == Kind::Body || text.get(..group.start).is_some_and(cues::is_leading)),
    }
}

/// Whether two places are joined as equals: 北京市、天津市.
fn is_list(text: &str, a: &Group, b: &Group) -> bool {
    matches!(text.get(a.end..b.start).map(str::trim), Some("、" | "和" | "与" | "及" | "，" | "," | "-" | "—"))
}
