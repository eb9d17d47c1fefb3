//! Items that stand before their formula: 品质优、包装优、服务优的“三优”农产品.

use super::Item;
use super::list::split;
use super::series::share;
use super::trim::trim_lead;
use crate::extract::Context;
use crate::span::Span;

/// Bytes of the longest list before a formula.
const REACH: usize = 300;

/// The items that stand right before a formula which begins at `before`: 有制度、有标准、有经费的“三有”, “增强意识、明确
/// 标准”的“两先”, 做到质量优、效率优,实现“两优”目标.
///
/// Only where they part into exactly the declared count, and 的 joins them to the formula or they share its characters or one ending: a
/// list before a formula may be another list.
pub(in super::super) fn preceding(context: &Context, before: usize, formula: &str, count: u32) -> Vec<Item> {
    let text = context.text;
    let first = context.span.start as usize;
    let floor = before.saturating_sub(1500).max(first);
    let floor = (floor..before).find(|&at| text.is_char_boundary(at)).unwrap_or(before);
    let head = text.get(floor..before).unwrap_or("").trim_end_matches(['“', '"', '‘', '「']);
    // (以下统称“三项制度”)
    let named = NAMED.iter().find_map(|words| head.strip_suffix(words)?.strip_suffix(['(', '（']));
    if let Some(list) = named {
        let found = last_of(text, floor, floor == first, list, formula, count);
        let last = |item: &Item| item.text.chars().next_back();
        let alike = found.iter().all(|item| last(item) == found.first().and_then(last));
        return if alike && fits(&found, formula, count, true) { found } else { Vec::new() };
    }
    let joined = ["这一", "这", "等", "的"].iter().fold(head, |head, word| head.strip_suffix(word).unwrap_or(head));
    let is_joined = joined.len() < head.len();
    let resumed = if is_joined { joined } else { resumed(head) };
    if let Some(inner) = joined.strip_suffix(['”', '"', '’', ')', '）']) {
        return enclosed(text, floor, inner, formula, count);
    }
    let found = last_of(text, floor, floor == first, resumed, formula, count);
    if fits(&found, formula, count, is_joined) { found } else { Vec::new() }
}

/// What names a list that stands before its bracket.
const NAMED: [&str; 6] = ["以下统称为", "以下统称", "以下简称为", "以下简称", "统称为", "统称"];

/// The list at the end of `head`, which begins at `floor` of the text; `whole`: nothing stands before it.
fn last_of(text: &str, floor: usize, whole: bool, head: &str, formula: &str, count: u32) -> Vec<Item> {
    let from =
        head.rfind(['。', '；', ';', '：', ':', '\n', '，', ',', '“', '”']).filter(|&at| head.len() - at < REACH);
    let start = match from {
        Some(from) => floor + from + head[from..].chars().next().map_or(0, char::len_utf8),
        None if whole && head.len() < REACH => floor,
        None => return Vec::new(),
    };
    trim_lead(text, split(text, Span::new(start, floor + head.len()), formula, count))
}

/// The text before a clause that only names the formula: …干部作风优,实现.
fn resumed(head: &str) -> &str {
    let verbs = ["实现", "达到", "做到", "打造", "形成", "创建", "努力实现", "确保实现", "真正做到", "切实做到"];
    verbs.iter().find_map(|verb| head.strip_suffix(verb)?.strip_suffix(['，', ','])).unwrap_or(head)
}

/// The items in the quotes or brackets that close at the end of `inner`, which begins at `floor`.
fn enclosed(text: &str, floor: usize, inner: &str, formula: &str, count: u32) -> Vec<Item> {
    let Some(open) = inner.rfind(['“', '"', '‘', '(', '（']).filter(|&open| inner.len() - open < 360) else {
        return Vec::new();
    };
    let start = floor + open + inner[open..].chars().next().map_or(0, char::len_utf8);
    let found = split(text, Span::new(start, floor + inner.len()), formula, count);
    if found.len() == count as usize { found } else { Vec::new() }
}

/// Whether a list before a formula is what it means.
fn fits(found: &[Item], formula: &str, count: u32, is_joined: bool) -> bool {
    let shares = share(found, formula);
    let last = |item: &Item| item.text.chars().next_back();
    let ending = found.last().and_then(last);
    let alike = found.iter().filter(|item| last(item) == ending).count() * 5 >= found.len() * 3;
    found.len() == count as usize
        && found.iter().all(|item| (2..=16).contains(&item.text.chars().count()))
        && (is_joined || shares || alike)
        && !found.last().is_some_and(|last| last.text.chars().count() < 3 && !shares)
}
