//! Time limits: what must be done within how long.
//!
//! **Evidence**: a length of time with 内, 之内, 以内 behind it, and a duty before it (应, 须, 要, 必须), a starting point
//! (之日起, 后), or 在.
//! **Example**: `应在5个工作日内答复`, `自受理之日起十日内办结`, `接报后2小时内上报`.
//! **Counter-examples**: `近3天内`, `未在5日内答复的` (a condition), `60日内申请行政复议` (a right).
//! **Misses**: limits without 内 (限3天办结).

use super::quantity::{Quantity, UnitKind};

/// What a length of time with 内 is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// Something must be done by then.
    Duty,
    /// A case that is spoken of, or what somebody may do.
    Condition,
}

const UNITS: &[&str] = &["工作日", "日", "天", "小时", "分钟", "月"];

/// Reads a length of time as a limit. `head` and `tail` are what stands before and behind it in its clause; `carried` says
/// that another limit stands right before (须在1日内受理，5日内办结).
pub(super) fn limit(quantity: &Quantity, head: &str, tail: &str, carried: bool) -> Option<Limit> {
    if quantity.kind != UnitKind::Time || !UNITS.iter().any(|unit| quantity.unit.ends_with(unit)) {
        return None;
    }
    let rest = behind_brackets(tail);
    let rest = ["之内", "以内", "内"].iter().find_map(|word| rest.strip_prefix(word))?;
    if rest.starts_with(['部', '容', '涵', '科', '设', '外']) {
        return None;
    }
    let near: String = head.chars().rev().take(16).collect::<Vec<_>>().into_iter().rev().collect();
    if ["近", "过去", "最近", "连续", "前", "每"].iter().any(|word| near.trim_end_matches(['的', ' ']).ends_with(word))
    {
        return None;
    }
    // 住院日控制在9天以内: an indicator.
    if ["控制在", "保持在", "稳定在", "压缩在", "缩短在", "维持在"].iter().any(|word| near.ends_with(word))
    {
        return None;
    }
    let months = quantity.unit.ends_with('月');
    let duty = ["应", "须", "必", "务", "限", "要"].iter().any(|word| near.contains(word));
    let from = ["之日起", "后", "起", "在", "于"].iter().any(|word| near.ends_with(word) || near.contains("之日起"));
    let remark = tail.starts_with([')', '）']) && head.contains('在');
    // 48小时内答复: what is to be done within it.
    let done = [
        "答复", "办结", "上报", "反馈", "回复", "处置", "报送", "受理", "报告", "疏散", "到达", "赶到", "抵达", "到场",
        "响应", "送达",
    ]
    .iter()
    .any(|verb| rest.starts_with(verb));
    if !(duty || done || carried || (from || remark) && !months) {
        return None;
    }
    let case = ["未在", "没有在", "未能在", "不在", "如在", "若在", "重新"].iter().any(|word| near.contains(word))
        || ["没有", "未", "不", "仍"].iter().any(|word| rest.starts_with(word))
        || ["复议", "诉讼", "申诉", "上诉", "异议"].iter().any(|word| rest.contains(word));
    Some(if case { Limit::Condition } else { Limit::Duty })
}

/// What stands behind a remark in brackets, or behind the bracket that closes the remark a quantity stands in.
fn behind_brackets(tail: &str) -> &str {
    let tail = tail.trim_start();
    if let Some(rest) = tail.strip_prefix([')', '）']) {
        return rest;
    }
    let Some(inner) = tail.strip_prefix(['(', '（']) else { return tail };
    let close = inner.char_indices().take(24).find(|(_, c)| matches!(c, ')' | '）'));
    close.and_then(|(place, c)| inner.get(place + c.len_utf8()..)).unwrap_or(tail)
}
