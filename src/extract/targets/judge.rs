//! Whether a quantity is aimed at, and if not, why.

use super::case::{is_case, is_existing, is_subsidy, is_surroundings};
use super::frequency::is_frequency;
use super::limit::Limit;
use super::quantity::{Quantity, UnitKind};
use super::quote::is_indicator;
use super::tense::{looks_ahead, tells_past, tells_standing};
use super::{OBLIGED, Words};
use crate::model::Comparator;

/// Where a quantity stands.
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one place")]
pub(super) struct Place<'a> {
    /// The sentence before the quantity.
    pub sentence: &'a str,
    /// Its clause before the quantity.
    pub head: &'a str,
    /// Its clause behind the quantity.
    pub tail: &'a str,
    /// Among goals.
    pub in_goals: bool,
    /// Right behind a target.
    pub carried: bool,
    /// A part of what was counted before (共80家，其中企业50家), with the reason why that is no target.
    pub counted: Option<&'static str>,
    /// In a report of what was done.
    pub report: bool,
    /// Behind 每年, 每月 in the same clause.
    pub recurring: bool,
    /// Its clause goes on to a comparator with another quantity: 28种疾病报销比例达到80%.
    pub qualifies: bool,
    /// In the name of something in 《》.
    pub named: bool,
    /// As a time limit.
    pub limit: Option<Limit>,
}

/// Comparisons with the year before.
const COMPARED: &[&str] = &["同比", "比上年", "比去年", "较上年", "较去年", "比上一年", "同期"];

/// What follows a case: 低于85%的不予验收.
const SANCTIONS: &[&str] =
    &["不予", "给予", "予以", "扣", "视为", "取消", "一律", "责令", "处以", "由", "按", "不得", "要", "应", "可"];

/// What makes a comparison with the year before an aim, before it in its sentence.
const URGED: &[&str] = &["力争", "确保", "争取", "一律", "必须", "要", "务必", "努力", "通过", "实现", "使", "目标"];

/// Whether a verb of the table `aim_verbs` stands in a text. The 组织 of 党组织 and the 建设 of 建设用地 are none.
fn has_verb(text: &str, words: &Words) -> bool {
    // Any other verb is enough.
    let mut found = words.any_verb.leftmost_find_iter(text).peekable();
    if found.peek().is_none() {
        return false;
    }
    if found.any(|found| !matches!(text.get(found.start()..found.end()), Some("组织" | "建设"))) {
        return true;
    }
    words.verbs.iter().any(|verb| {
        text.match_indices(verb).any(|(at, _)| {
            let (before, behind) = (text.get(..at).unwrap_or(""), text.get(at + verb.len()..).unwrap_or(""));
            let noun = match verb.as_str() {
                "组织" => before.ends_with(['党', '群', '织']),
                "建设" => behind.starts_with("用地"),
                _ => false,
            };
            !noun
        })
    })
}

/// Whether what stands behind 100% is to be done by all: 取得许可证, 落实到位.
fn starts_with_aim(tail: &str) -> bool {
    const DONE: &[&str] = &[
        "取得", "达标", "签订", "建立", "完成", "落实", "持证", "上岗", "安装", "配备", "纳入", "公开", "实行", "达到",
        "建成", "覆盖",
    ];
    DONE.iter().any(|word| tail.trim_start().starts_with(word))
}

/// Whether a quantity is aimed at: `None` if nothing says so, else the comparator and, where it is no target, the reason.
pub(super) fn judge(quantity: &Quantity, place: &Place, words: &Words) -> Option<(Comparator, Option<&'static str>)> {
    let Place { head, tail, in_goals, carried, .. } = *place;
    if let Some(limit) = place.limit {
        let reason = match limit {
            Limit::Condition => Some("condition"),
            Limit::Duty if place.report || tail.contains('了') => Some("achieved"),
            Limit::Duty => None,
        };
        return Some((Comparator::AtMost, reason));
    }
    // 《健康扶贫30条措施》.
    if place.named {
        return None;
    }
    let before = words.measures.before(head);
    let after = words.measures.after(tail);
    // 不少于总人数的5%: a comparator with a noun between.
    let strong = ["不少于", "不低于", "不超过", "不高于", "不得少于", "不得低于", "不得超过", "不得突破", "不得高于"];
    let far = strong.iter().filter_map(|word| head.rfind(word).map(|at| at + word.len())).max();
    let far = far.filter(|at| head.get(*at..).is_some_and(|gap| gap.chars().count() <= 16));
    let before = before.or_else(|| words.measures.before(head.get(..far?)?));
    // 降到每千瓦时0.79元: a comparator with what it is counted by.
    let by = head.rfind('每').filter(|at| head.get(*at..).is_some_and(|per| (2..=5).contains(&per.chars().count())));
    let before = before.or_else(|| words.measures.before(head.get(..by?)?));
    let verb = has_verb(head, words);
    let single = !quantity.arabic && quantity.max.is_none();
    let obliged = OBLIGED.iter().any(|word| head.contains(word))
        || before.is_some_and(|(c, _)| c == Comparator::AtLeast)
        || after.is_some_and(|(c, _)| c == Comparator::AtLeast);
    // 每年召开两次: how often.
    let frequency = place.recurring && is_frequency(quantity, head, tail) && !place.report;
    // 八字方针, 16字要求: characters count only where something is to be written.
    if quantity.unit.ends_with('字') && before.is_none() && after.is_none() {
        return None;
    }
    // 达到万亿级 is a level that is reached, 千亿级产业 a kind of industry.
    if quantity.graded && before.is_none() {
        return None;
    }
    // 二十公里 and 三万元 are no idioms, as 百度, 三元 and 千亩 may be.
    let long_measure = quantity.kind == UnitKind::Measure
        && (quantity.unit.starts_with(['万', '亿']) || quantity.value >= 10.0)
        && ![100.0, 1000.0].contains(&quantity.value);
    // 一次, 三个 are idioms unless something makes them an obligation.
    if single
        && !long_measure
        && !frequency
        && quantity.kind != UnitKind::Rate
        && !(obliged && (before.is_some() || after.is_some() || head.contains('每') || head.contains("至少")))
    {
        return None;
    }
    let time = quantity.kind == UnitKind::Time;
    // 近3天内: what was, not what shall be.
    if time && head.ends_with('近') {
        return None;
    }
    let usual = ["一般为", "原则上为"].iter().any(|word| head.ends_with(word));
    // 实习时间一般为6个月.
    if time && before.is_none() && after.is_none() && !usual && !(verb && quantity.unit == "分钟") {
        return None;
    }
    if time && (quantity.unit == "年" || quantity.unit.ends_with("工作日") && before.is_none()) {
        return None;
    }
    // 增加的3亿元: what is, not what is aimed at.
    if before.is_none() && head.ends_with('的') && quantity.kind != UnitKind::Rate {
        return None;
    }
    // 76家企业100%取得许可证.
    let all = quantity.kind == UnitKind::Rate && quantity.value >= 100.0 && starts_with_aim(tail);
    let usual = usual && time;
    let rate = quantity.kind == UnitKind::Rate && head.trim_end_matches([':', '：']).ends_with(['率', '度', '面']);
    if before.is_none()
        && after.is_none()
        && !verb
        && !in_goals
        && !carried
        && !obliged
        && !rate
        && !usual
        && !all
        && !frequency
        && place.counted.is_none()
    {
        return None;
    }
    let stated = match (before, after) {
        (Some((Comparator::Equal, _)) | None, Some((comparator, _))) => comparator,
        // 至少达到85%: the word that bounds stands before the one that compares.
        (Some((Comparator::Equal, length)), None)
            if head.get(..head.len() - length).is_some_and(|rest| {
                let rest = rest.trim_end_matches(['要', '应', '须']);
                ["至少", "最少", "最低", "不得少于"].iter().any(|word| rest.ends_with(word))
            }) =>
        {
            Comparator::AtLeast
        }
        (Some((comparator, _)), _) => comparator,
        (None, None) if quantity.over => Comparator::Above,
        (None, None) if head.contains("至少") || quantity.max.is_some() => Comparator::AtLeast,
        (None, None) => Comparator::Equal,
    };
    let mut near: String = head.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    // 死亡人数同比下降10% is an aim among goals or behind 确保, else a report.
    let compared = COMPARED.iter().find(|word| near.contains(**word));
    let urged = || in_goals || carried || URGED.iter().any(|word| place.sentence.contains(word));
    if let Some(word) = compared.filter(|_| urged() && !near.contains(['已', '了'])) {
        near = near.replace(word, "");
    }
    let behind: String = tail.chars().take(8).collect();
    let aim = verb || in_goals || before.is_some() || carried;
    let firm = ["提高到", "不少于", "不低于", "至少", "不超过", "力争", "确保", "争取", "必须控制", "要控制", "应控制"]
        .iter()
        .any(|word| head.contains(word));
    // 形成日处理100吨以上的能力.
    let level = |rest: &str| ["的能力", "的规模", "的水平"].iter().any(|word| rest.starts_with(word));
    let follows_noun = after.is_some_and(|(_, length)| {
        tail.get(length..)
            .is_some_and(|rest| rest.chars().next().is_some_and(|c| matches!(c, '一'..='龥')) && !(verb && level(rest)))
    });
    let bound = matches!(after, Some((Comparator::AtLeast | Comparator::AtMost, _)));
    // 播种面积在8万亩以上: an indicator, and what it is to be.
    let stands = head.strip_suffix('在').is_some_and(is_indicator);
    // 投资500万元以上的项目, 收入过200亿元的集群: what kind of thing, not how much of it.
    let sizes = quantity.kind == UnitKind::Measure
        && ((bound
            && !stands
            && before.is_none()
            && !words.verbs.iter().any(|verb| head.ends_with(verb.as_str()))
            && (follows_noun || !verb))
            || tail.starts_with('的')
                && !["的目标", "的规模", "的水平", "的标准", "的能力"].iter().any(|word| tail.starts_with(word))
            || head.ends_with(['≥', '≤']) && !verb && !in_goals
            || tail.contains("基础上"));
    let done = head.trim_end_matches(['近', '约']).ends_with(['了', '共', '仅']) && !head.ends_with("为了");
    // 九大类, 三个方面; 围绕20条产业链, 6个支部全部达标.
    let kinds = before.is_none()
        && after.is_none()
        && matches!(quantity.unit.as_str(), "个" | "项" | "大类" | "类" | "种" | "期" | "条")
        && (words.excludes("count", &behind) || head.ends_with(['类', '等']));
    let scope = before.is_none()
        && quantity.kind != UnitKind::Rate
        && (tail.starts_with("范围") || words.excludes("scope", head));
    let scope = scope
        || before.is_none()
            && quantity.kind == UnitKind::Count
            && (["围绕", "针对", "聚焦"].iter().any(|word| near.contains(word))
                || (after.is_none() && !verb && tail.contains("全部")));
    // 对成活率低于85%的，…; 不发生死亡3人以上事故.
    let sanctioned = |rest: &str| rest.is_empty() || SANCTIONS.iter().any(|word| rest.starts_with(word));
    let case = tail.strip_prefix('的').is_some_and(sanctioned)
        || (follows_noun && bound && ["不发生", "杜绝", "防止", "遏制"].iter().any(|word| head.contains(word)));
    let since = if in_goals {
        before.is_none() && after.is_none() && (tells_standing(place.sentence) || tells_past(place.sentence))
    } else {
        tells_past(place.sentence)
    };
    let counted = place.counted.filter(|_| before.is_none() && after.is_none() && !verb);
    let case =
        case || is_case(quantity, head, tail, before, after) || before.is_none() && is_surroundings(quantity, tail);
    let reason = if counted.is_some() {
        counted
    } else if place.report || since || !firm && (done || words.excludes("achieved", &near) || tail.contains("惠及")) {
        Some("achieved")
    } else if words.excludes("forecast", &near)
        || words.excludes("forecast", place.sentence) && !looks_ahead(place.sentence)
    {
        Some("forecast")
    } else if words.excludes("event", &near) {
        Some("one-off event")
    } else if place.qualifies
        && before.is_none()
        && after.is_none()
        && quantity.kind == UnitKind::Count
        && !words.verbs.iter().any(|verb| head.ends_with(verb.as_str()))
    {
        Some("count")
    } else if (words.excludes("fee", head) && !time) || is_subsidy(quantity, place.sentence, head) {
        Some("fee")
    } else if kinds || scope || (before.is_none() && after.is_none() && is_existing(quantity, head)) {
        Some("count")
    } else if head.contains("发放") && matches!(quantity.unit.as_str(), "份" | "册" | "张" | "本" | "万份" | "万册")
    {
        Some("one-off event")
    } else if sizes
        || case
        || (quantity.kind == UnitKind::Count
            && ["的企业", "的单位", "的项目", "的机构", "的学校", "的村"].iter().any(|word| tail.starts_with(word))
            && !verb)
        || head.trim_end_matches(['约', '为']).ends_with("总投资") && before.is_none() && after.is_none() && !verb
        || (follows_noun && before.is_none() && !verb && !carried && !OBLIGED.iter().any(|word| head.contains(word)))
        || words.excludes("condition", head)
        || tail.starts_with("以上的") && !aim
    {
        Some("condition")
    } else if quantity.value <= 1.0
        && matches!(quantity.unit.as_str(), "次" | "期" | "场")
        && !obliged
        && !head.contains('每')
    {
        Some("one-off event")
    } else if time && (behind.starts_with("时间") || head.ends_with('用')) && before.is_none() && after.is_none() {
        Some("duration")
    } else {
        None
    };
    Some((stated, reason))
}
