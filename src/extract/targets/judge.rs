//! Whether a quantity is aimed at, and if not, why.

use super::limit::Limit;
use super::quantity::{Quantity, UnitKind};
use super::{OBLIGED, Words};
use crate::model::Comparator;

/// Where a quantity stands.
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
    /// A part of what was counted before: 共80家，其中企业50家.
    pub counted: bool,
    /// In a report of what was done.
    pub report: bool,
    /// Behind 每年, 每月 in the same clause.
    pub recurring: bool,
    /// As a time limit.
    pub limit: Option<Limit>,
}

/// Units of what happens again and again.
const OCCURRENCES: &[&str] = &["次", "期", "场", "轮", "批次", "场次", "篇", "条", "件", "份", "节", "课时", "堂"];

/// Comparisons with the year before.
const COMPARED: &[&str] = &["同比", "比上年", "比去年", "较上年", "较去年", "比上一年", "同期"];

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
            !(*verb == "组织" && before.ends_with(['党', '群', '织']))
                && !(*verb == "建设" && behind.starts_with("用地"))
        })
    })
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
    let before = words.measures.before(head);
    let after = words.measures.after(tail);
    // 不少于总人数的5%: a comparator with a noun between.
    let strong = ["不少于", "不低于", "不超过", "不高于", "不得少于", "不得低于", "不得超过"];
    let far = strong.iter().filter_map(|word| head.rfind(word).map(|at| at + word.len())).max();
    let far = far.filter(|at| head.get(*at..).is_some_and(|gap| gap.chars().count() <= 16));
    let before = before.or_else(|| words.measures.before(head.get(..far?)?));
    let verb = has_verb(head, words);
    let single = !quantity.arabic && quantity.max.is_none();
    let obliged = OBLIGED.iter().any(|word| head.contains(word))
        || before.is_some_and(|(c, _)| c == Comparator::AtLeast)
        || after.is_some_and(|(c, _)| c == Comparator::AtLeast);
    // 每年召开两次: how often, unless it is the 一次 of 每周召开一次例会.
    let frequency = place.recurring
        && OCCURRENCES.contains(&quantity.unit.as_str())
        && (quantity.arabic || quantity.value >= 2.0)
        && !place.report;
    // 达到万亿级 is a level that is reached, 千亿级产业 a kind of industry.
    if quantity.graded && before.is_none() {
        return None;
    }
    // 一次, 三个 are idioms unless something makes them an obligation.
    if single
        && !frequency
        && quantity.kind != UnitKind::Rate
        && !(obliged && (before.is_some() || after.is_some() || head.contains('每') || head.contains("至少")))
    {
        return None;
    }
    let time = quantity.kind == UnitKind::Time;
    if time && before.is_none() && after.is_none() && !(verb && quantity.unit == "分钟") {
        return None;
    }
    if time && (quantity.unit == "年" || quantity.unit.ends_with("工作日") && before.is_none()) {
        return None;
    }
    // 增加的3亿元: what is, not what is aimed at.
    if before.is_none() && head.ends_with('的') && quantity.kind != UnitKind::Rate {
        return None;
    }
    let rate = quantity.kind == UnitKind::Rate && head.ends_with(['率', '度', '面']);
    if before.is_none()
        && after.is_none()
        && !verb
        && !in_goals
        && !carried
        && !obliged
        && !rate
        && !frequency
        && !place.counted
    {
        return None;
    }
    let stated = match (before, after) {
        (Some((Comparator::Equal, _)) | None, Some((comparator, _))) => comparator,
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
    let firm =
        ["提高到", "不少于", "不低于", "至少", "不超过", "力争", "确保", "争取"].iter().any(|word| head.contains(word));
    let follows_noun = after.is_some_and(|(_, length)| {
        tail.get(length..).is_some_and(|rest| rest.chars().next().is_some_and(|c| matches!(c, '一'..='龥')))
    });
    let bound = matches!(after, Some((Comparator::AtLeast | Comparator::AtMost, _)));
    // 投资500万元以上的项目, 收入过200亿元的集群: what kind of thing, not how much of it.
    let sizes = quantity.kind == UnitKind::Measure
        && ((bound
            && before.is_none()
            && !words.verbs.iter().any(|verb| head.ends_with(verb.as_str()))
            && (follows_noun || !verb))
            || tail.starts_with('的') && !in_goals
            || tail.contains("基础上"));
    let done = head.trim_end_matches(['近', '约']).ends_with(['了', '共', '仅']) && !head.ends_with("为了");
    let since = place.sentence.contains("以来") && !in_goals && !verb_ahead(place.sentence);
    let counted = place.counted && before.is_none() && after.is_none() && !verb;
    let reason = if place.report
        || counted
        || !firm && (done || since || words.excludes("achieved", &near) || tail.contains("惠及"))
    {
        Some("achieved")
    } else if words.excludes("forecast", &near) {
        Some("forecast")
    } else if words.excludes("fee", head) {
        Some("fee")
    } else if before.is_none()
        && after.is_none()
        && matches!(quantity.unit.as_str(), "个" | "项" | "大类" | "类" | "种" | "期")
        && (words.excludes("count", &behind) || head.ends_with(['类', '等']))
    {
        Some("count")
    } else if sizes
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

/// Whether a sentence turns to what is to be done.
fn verb_ahead(sentence: &str) -> bool {
    ["要", "力争", "确保", "必须", "争取", "努力"].iter().any(|word| sentence.contains(word))
}
