//! Quantities that say which case is meant, what is there, or what is paid.

use super::quantity::{Quantity, UnitKind};
use crate::model::Comparator;

/// What is ordered for a case, as it stands behind 的.
const ORDERS: &[&str] = &["限期", "予以", "一律", "责令", "不予", "给予", "取消", "由", "按", "须", "应", "要"];

/// Comparisons that say a mark was missed.
const MISSED: &[&str] = &["未达", "未达到", "没有达到", "达不到", "没达到", "不到", "不足", "不满", "未满"];

/// Whether a quantity bounds a case that something is ordered for: 满意率低于70%的支部要补课, 未达80%的科室,
/// 存栏500头以上、未配套设施的限期治理. Counter-example: 80%以上的村要达标, where the rate is the aim.
pub(super) fn is_case(
    quantity: &Quantity,
    head: &str,
    tail: &str,
    before: Option<(Comparator, usize)>,
    after: Option<(Comparator, usize)>,
) -> bool {
    let below = before.is_some_and(|(comparator, _)| comparator == Comparator::Below);
    let bound = matches!(after, Some((Comparator::AtLeast | Comparator::AtMost, _)));
    let ordered = || {
        tail.match_indices('的').take(3).any(|(at, _)| {
            let rest = tail.get(at + '的'.len_utf8()..).unwrap_or("");
            ORDERS.iter().any(|order| rest.starts_with(order))
        })
    };
    // 新增税收500万元以上的，给予奖励.
    let ends = after.is_some_and(|(_, length)| tail.get(length..).is_some_and(|rest| rest.trim_end() == "的"));
    ends || below && tail.starts_with('的')
        || MISSED.iter().any(|word| head.ends_with(word))
        || bound && before.is_none() && quantity.kind != UnitKind::Rate && ordered()
}

/// Whether a count is of all that a place has: 确保全校1346名师生平安, 辖区76家企业. Counter-example: 全县新建10所.
pub(super) fn is_existing(quantity: &Quantity, head: &str) -> bool {
    const WHOLES: &[&str] = &[
        "全国",
        "全省",
        "全市",
        "全县",
        "全区",
        "全镇",
        "全乡",
        "全村",
        "全校",
        "全局",
        "全院",
        "全街道",
        "全社区",
        "全系统",
        "辖区",
        "辖区内",
        "境内",
        "现有",
        "我校",
        "我县",
        "我镇",
        "我村",
        "我局",
    ];
    quantity.kind == UnitKind::Count && WHOLES.iter().any(|whole| head.ends_with(whole))
}

/// Whether a length bounds the surroundings of something: 校门口200米内, 河岸两侧各500米范围.
pub(super) fn is_surroundings(quantity: &Quantity, tail: &str) -> bool {
    let near: String = tail.chars().take(6).collect();
    matches!(quantity.unit.as_str(), "米" | "公里" | "千米") && (tail.starts_with('内') || near.contains("范围"))
}

/// Whether an amount of money is paid for something or to somebody: 各奖5000元, 每亩补助150元，每户最高不超过1500元.
/// Counter-example: 每年财政投入300万元.
pub(super) fn is_subsidy(quantity: &Quantity, sentence: &str, head: &str) -> bool {
    if head.ends_with("补助") {
        return true;
    }
    let paid = |text: &str| {
        ["补助", "补贴", "奖补", "奖励", "贴息", "资助", "奖给", "罚款", "补偿"].iter().any(|word| text.contains(word))
    };
    let each = head.trim_start().starts_with("每") || head.contains("最高") || head.contains("封顶");
    quantity.unit.ends_with('元')
        && (["奖", "各奖", "补", "再奖", "再补", "奖给"].iter().any(|word| head.ends_with(word))
            || each && paid(sentence))
}
