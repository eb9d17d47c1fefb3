//! The campaign that a plan serves, and its sector.

use std::sync::LazyLock;

use daachorse::charwise::CharwiseDoubleArrayAhoCorasick;
use regex::Regex;

use crate::lexicon::gazetteer::Gazetteer;
use crate::lexicon::{Lexicon, word_automaton};
use crate::model::Genre;

/// The tables `campaigns` and `sectors`, ready to search.
pub struct Names {
    campaigns: CharwiseDoubleArrayAhoCorasick<u32>,
    campaign_values: Vec<String>,
    sectors: CharwiseDoubleArrayAhoCorasick<u32>,
    sector_values: Vec<String>,
}

impl Names {
    /// Take the names from the tables.
    pub fn new(lexicon: &Lexicon) -> Self {
        let owned = |cells: Vec<&str>| cells.into_iter().map(str::to_owned).collect();
        Self {
            campaigns: word_automaton(lexicon.cells("campaigns", "key")),
            campaign_values: owned(lexicon.cells("campaigns", "value")),
            sectors: word_automaton(lexicon.cells("sectors", "key")),
            sector_values: owned(lexicon.cells("sectors", "value")),
        }
    }

    /// The campaign of the lexicon that is named first in `text`.
    fn campaign(&self, text: &str) -> Option<&str> {
        self.campaigns
            .leftmost_find_iter(text)
            .next()
            .and_then(|found| self.campaign_values.get(found.value() as usize))
            .map(String::as_str)
    }

    /// The campaign that is named most often in `text`, with its count.
    fn most_named(&self, text: &str) -> Option<(&str, usize)> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for found in self.campaigns.leftmost_find_iter(text) {
            let Some(name) = self.campaign_values.get(found.value() as usize) else { continue };
            match counts.iter_mut().find(|(known, _)| known == name) {
                Some((_, count)) => *count += 1,
                None => counts.push((name, 1)),
            }
        }
        counts.into_iter().rev().max_by_key(|(_, count)| *count)
    }
}

/// What makes a name that of a campaign, behind its last words: 违法建设专项整治, “百日攻坚”行动, 效能建设年.
const ENDS: [&str; 49] = [
    "改厕",
    "改水",
    "防控",
    "禁毒",
    "禁烧",
    "防火",
    "防汛",
    "绿化",
    "造林",
    "普法",
    "达标",
    "再就业",
    "拆违",
    "扶贫",
    "禁放",
    "行动",
    "整治",
    "治理",
    "创建",
    "竞赛",
    "讨论",
    "攻坚",
    "攻坚战",
    "战役",
    "会战",
    "大检查",
    "专项检查",
    "排查",
    "清理",
    "清查",
    "整顿",
    "评议",
    "普查",
    "走访",
    "评比",
    "教育活动",
    "实践活动",
    "主题活动",
    "主题教育",
    "学习教育",
    "斗争",
    "宣传月",
    "宣传周",
    "建设年",
    "活动月",
    "活动年",
    "活动周",
    "服务年",
    "运动",
];

/// Ends that by themselves name no campaign.
const GENERIC: [&str; 22] = [
    "专项行动",
    "专项整治",
    "专项整治行动",
    "专项治理",
    "专项检查",
    "集中整治",
    "整治",
    "治理",
    "行动",
    "行动计划",
    "主题活动",
    "大检查",
    "教育活动",
    "三年行动",
    "创建",
    "创建活动",
    "竞赛",
    "评议",
    "排查",
    "清理",
    "普查",
    "整顿",
];

/// What stands before a campaign's name in a title: who carries it out, and verbs.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:.*(?:印发|转发)《?|关于|在?全[国省市县区州镇乡局校院系][^开深组]{0,16}?(?:中|内|范围内)?|我[省市县区州镇乡局校院]|中?小学|医院|学校|各?乡镇|县直|市直|区|县|市|镇|乡|集中|深入|扎实|组织|全面|进一步|认真|积极|开展好?|实施好?|推进|做好|加强|启动|深化|落实|进行|贯彻|切实|好|(?:19|20)\d\d\s?年(?:度)?|[ⅹxX×]{2,4}年(?:度)?|第[一二三四五六七八九十]+批)",
    )
    .expect("a literal pattern")
});

/// What stands behind it: kind of document, and what only says that something is done.
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"的?(?:总体|具体|推进|实施|工作|活动|试点|动员|督导|指导|部署|推动|的)*(?:方案|意见|通知|计划|要点|总结|办法|安排|规划|目标任务|细则|预案|大会|会议?)?(?:上的讲话|上的发言)?(?:[(（][^()（）]{1,16}[)）])?$",
    )
    .expect("a literal pattern")
});

/// The campaign.
///
/// Evidence, in this order: a campaign of the lexicon in the title; a name in the title that ends like a campaign (某某专项行动,
/// “百日攻坚”行动); one of the lexicon that the first 1,500 characters name again and again, three times if they name no other;
/// without a title, what the document says that it carries out. Counter-example: 2003年卫生工作要点 serves no
/// campaign though it mentions several. Misses local campaigns whose titles do not end so.
pub fn campaign(title: Option<&str>, opening: &str, lexicon: &Lexicon) -> Option<String> {
    let names = &lexicon.compiled().campaign;
    if let Some((title, name)) = title.and_then(|title| Some((title, names.campaign(title)?))) {
        return Some(counted(title, name));
    }
    if let Some(local) = title.and_then(|title| local(title, lexicon)) {
        return Some(local);
    }
    // Without a title, or with one that names no campaign, the opening must name one again and again.
    let least = if title.is_some() { 4 } else { 5 };
    let alone = |name: &str| {
        title.is_none()
            && names
                .campaigns
                .leftmost_find_iter(opening)
                .all(|found| names.campaign_values.get(found.value() as usize).is_some_and(|other| other == name))
    };
    let most = names
        .most_named(opening)
        .filter(|(name, count)| *count >= least || *count >= 3 && alone(name))
        .map(|(name, _)| name.to_owned());
    most.or_else(|| if title.is_none() { carried_out(opening) } else { None })
}

/// A census with its number, which tells it from the one before: 第二次全国污染源普查.
fn counted(title: &str, name: &str) -> String {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"第[一二三四五六七八九十]{1,3}次(?:全国|全省|全市)?$").expect("a literal pattern")
    });
    let before = title.find(name).filter(|_| name.ends_with("普查")).and_then(|at| NUMBER.find(&title[..at]));
    before.map_or_else(|| name.to_owned(), |number| format!("{}{name}", number.as_str()))
}

/// The campaign's name out of the title of a local plan: the title without place and issuer, verbs before it and the kind of
/// document behind it.
///
/// Evidence: what remains ends as campaigns do ([`ENDS`]) or holds a quotation (“绿满家园”家庭评比). A quotation with 活动 behind it is
/// the name by itself (“效能建设年”活动 → 效能建设年). Counter-example: 2012年水利工作要点. Misses names without such an end.
fn local(title: &str, lexicon: &Lexicon) -> Option<String> {
    let kind = lexicon.compiled().line.genre(title)?;
    if matches!(kind, Genre::Measures | Genre::KeyPoints | Genre::Other) {
        return None;
    }
    let title = inner(title);
    let mut core = &title[..TAIL.find(title).map_or(title.len(), |tail| tail.start())];
    loop {
        let shorter = without_place(core).unwrap_or(core);
        let shorter = LEAD.find(shorter).map_or(shorter, |lead| &shorter[lead.end()..]).trim_start();
        if shorter.len() == core.len() {
            break;
        }
        core = shorter;
    }
    name(title, core)
}

/// The name of the plan that a notice passes on.
fn inner(title: &str) -> &str {
    let open = title.rfind('《').map(|at| at + '《'.len_utf8());
    let inner = open.and_then(|open| Some(&title[open..open + title[open..].find('》')?]));
    inner.filter(|inner| inner.chars().count() >= 6).unwrap_or(title)
}

/// A title without the place or the issuing body that it begins with. Short names of places (霍山) stay: they may be words.
fn without_place(title: &str) -> Option<&str> {
    if let Some(issuer) = super::head::title_issuer(title)
        && let Some(rest) = title.strip_prefix(issuer.as_str())
    {
        return Some(rest);
    }
    let first = Gazetteer::builtin().mentions(title, None).into_iter().next();
    if let Some(place) = first.filter(|place| place.span.start == 0 && place.full && !place.doubtful) {
        return title.get(place.span.end as usize..);
    }
    let bare = title.strip_prefix('在').unwrap_or(title);
    super::region::township_at(bare).map(|name| &bare[name.len()..])
}

/// Whether words end as the names of campaigns do.
fn is_named(words: &str) -> bool {
    let rest = words.strip_suffix("活动").unwrap_or(words);
    ENDS.iter().any(|end| words.ends_with(end) || rest.ends_with(end))
}

/// What is left of a title as the name of a campaign, if it is one.
fn name(title: &str, core: &str) -> Option<String> {
    let core = core.trim_matches(['《', '》', '的', '、', '：', ':', '!', '！']);
    let quoted = core.find(['“', '‘']).zip(core.find(['”', '’'])).filter(|(open, close)| open < close);
    let core = match quoted {
        Some((open, close)) => {
            let inner = core[open..close].trim_start_matches(['“', '‘']);
            let behind = core[close..].trim_start_matches(['”', '’']);
            // “效能建设年”活动, and “书香”进“万家”; 加强“三农”工作 names no campaign.
            let alone = behind.is_empty()
                && (title.contains("”活动")
                    || title.contains("”专项")
                    || is_named(inner)
                    || inner.ends_with(['年', '月', '周']));
            match () {
                () if alone => inner,
                () if is_named(core) || open == 0 && !behind.is_empty() => core,
                () => return None,
            }
        }
        None if is_named(core) => core.strip_suffix("活动").filter(|rest| is_named(rest)).unwrap_or(core),
        None => return None,
    };
    let chars = core.chars().count();
    let balanced = core.matches(['“', '‘', '(', '（']).count() == core.matches(['”', '’', ')', '）']).count();
    let placeholder = core.contains(['x', 'X', '×', '*', '某']);
    (balanced
        && !placeholder
        && (3..=30).contains(&chars)
        && !GENERIC.contains(&core)
        && !core.contains(['。', '，', ',', '；']))
    .then(|| core.to_owned())
}

/// The campaign that an untitled document carries out, by its own words: 决定开展餐饮油烟专项整治工作.
static CARRIED_OUT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:开展|实施|召开|组织)(?:好|了)?(?:全[省市县区镇乡])?([一-龥“”]{2,20}?(?:专项整治|专项行动|专项治理|集中整治|攻坚行动|百日行动|大排查|大走访))(?:工作|活动|动员|行动)?")
        .expect("a literal pattern")
});

/// Named twice at least, and by no other name.
fn carried_out(opening: &str) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for found in CARRIED_OUT.captures_iter(opening).filter_map(|found| found.get(1)) {
        names.push(found.as_str());
    }
    let first = *names.first()?;
    // 清理专项整治工作: the name is shortened when it comes again.
    let short = first.char_indices().rev().nth(5).map_or(first, |(at, _)| &first[at..]);
    let again = names.len() >= 2 || opening.matches(short).count() >= 3;
    (again && names.iter().all(|name| *name == first)).then(|| name(first, first)).flatten()
}

/// The sector: of the issuer, else of the title, else the one that the opening names most.
pub fn sector(issuer: Option<&str>, title: Option<&str>, opening: &str, lexicon: &Lexicon) -> Option<String> {
    let names = &lexicon.compiled().campaign;
    let first = |text: &str| {
        names
            .sectors
            .leftmost_find_iter(text)
            .filter_map(|found| names.sector_values.get(found.value() as usize))
            .find(|name| !name.is_empty())
            .cloned()
    };
    if let Some(found) = issuer.and_then(first).or_else(|| title.and_then(first)) {
        return Some(found);
    }
    let mut counts: Vec<(&String, usize)> = Vec::new();
    for found in names.sectors.leftmost_find_iter(opening) {
        let Some(name) = names.sector_values.get(found.value() as usize).filter(|name| !name.is_empty()) else {
            continue;
        };
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .filter(|(_, count)| *count >= 4)
        .map(|(name, _)| name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn campaigns() {
        let lexicon = Lexicon::builtin();
        for (title, expected) in [
            (Some("关于在全县深入开展创先争优活动的实施意见"), Some("创先争优")),
            (Some("青河县农村道路“百日攻坚”行动实施方案"), Some("农村道路“百日攻坚”行动")),
            (Some("古塔乡违规占地专项整治工作方案"), Some("违规占地专项整治")),
            (Some("望江镇机关“效能提升年”活动实施方案"), Some("效能提升年")),
            (Some("关于印发《宁远县“绿满家园”行动工作方案》的通知"), Some("“绿满家园”行动")),
            (Some("城区农贸市场集中整治工作方案"), Some("城区农贸市场集中整治")),
            (Some("第四次全国经济普查工作方案"), Some("第四次全国经济普查")),
            (Some("关于做好校园护航行动试点工作的通知"), Some("校园护航行动")),
            (Some("专项整治工作方案"), None),
            (Some("社区服务体系建设规划"), None),
            (Some("城乡居民养老保险办法"), None),
            (Some("关于开展液化气站安全专项整治的通知"), Some("液化气站安全专项整治")),
            (Some("2012年水利工作要点"), None),
            (None, None),
        ] {
            assert_eq!(campaign(title, "", lexicon).as_deref(), expected, "{title:?}");
        }
    }

    #[test]
    fn every_row_is_recognised_in_its_example() {
        let lexicon = Lexicon::builtin();
        for (value, example) in lexicon.table("campaigns").unwrap().pairs("value", "example") {
            assert_eq!(campaign(Some(example), "", lexicon).as_deref(), Some(value), "{example}");
        }
        for (value, example) in lexicon.table("sectors").unwrap().pairs("value", "example") {
            assert_eq!(sector(Some(example), None, "", lexicon).unwrap_or_default(), value, "{example}");
        }
    }
}
