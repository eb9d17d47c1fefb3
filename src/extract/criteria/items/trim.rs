//! Items without what does not belong to them.

use super::Item;
use crate::extract::criteria::formula;
use crate::outline;
use crate::outline::marker::Family;
use crate::span::Span;

/// An item without what only joins it to the others.
pub(super) fn tidy(text: &str) -> String {
    let mut text = outline::one_line(text);
    for word in ["即", "就是", "以及", "和"] {
        if text.strip_prefix(word).is_some_and(|rest| rest.chars().count() >= 3) {
            text.drain(..word.len());
        }
    }
    // 一是, (1), 1. left at its beginning.
    let lead = outline::marker::scan(&text, Span::new(0, text.len()))
        .into_iter()
        .next()
        .filter(|m| m.span.start == 0 && m.family != Family::HanBare);
    let verb_kept = lead.is_some_and(|m| m.family == Family::HanVerb && text[..m.span.end as usize].ends_with('查'));
    let text = match lead {
        Some(marker) if verb_kept => text[marker.span.end as usize - 3..].to_owned(),
        Some(marker) => text[marker.span.end as usize..].to_owned(),
        None => text,
    };
    let text = text.strip_prefix('把').and_then(|rest| rest.find('与').map(|at| rest[at..].to_owned())).unwrap_or(text);
    let text =
        text.trim_matches(|c: char| matches!(c, '：' | ':' | '，' | ',' | '等' | '。' | '.') || c.is_whitespace());
    // “一站式”结算 keeps its quotes; those that enclose the item, or have lost their partner, go.
    let is_inner = text.matches('“').count() == text.matches('”').count()
        && text.strip_prefix('“').is_some_and(|rest| !rest.ends_with('”'))
        || text.ends_with('”') && text.matches('“').count() == 1 && !text.starts_with('“');
    if is_inner { text.to_owned() } else { text.trim_matches(['“', '”']).to_owned() }
}

/// Items that begin with what the formula counts are cut at their first comma: “三个注重”:注重实效,在…上下功夫 → 注重实效.
pub(super) fn shorten(mut found: Vec<Item>, formula: &str) -> Vec<Item> {
    let counted = formula::counted(formula);
    if counted.chars().count() < 2 {
        return found;
    }
    for item in &mut found {
        let Some(comma) = item.text.find(['，', ',']) else { continue };
        let clause = &item.text[..comma];
        let begins = clause.chars().take(2).all(|c| counted.contains(c));
        let ends = clause.chars().rev().take(2).all(|c| counted.contains(c));
        if (begins || ends) && clause.chars().count() <= 14 && item.span.len() >= comma {
            let clause = clause.to_owned();
            item.span.end = item.span.start + clause.len() as u32;
            item.text = clause;
        }
    }
    found
}

/// Verbs that lead a list of qualities and do not belong to the first of them.
const VERBS: &[&str] = &[
    "开展",
    "实施",
    "推进",
    "落实",
    "坚持",
    "做到",
    "努力",
    "推行",
    "健全",
    "建立完善",
    "建立健全",
    "建立",
    "形成",
    "达到",
    "实现",
    "建设",
    "打造",
    "培养",
    "培育",
    "造就",
    "争创",
    "创建",
    "具备",
    "具有",
    "遵守",
    "执行",
    "严格执行",
    "完善",
    "突出",
    "构建",
    "成为",
    "争做",
    "争当",
    "确保",
    "包括",
    "要求",
    "选拔",
    "配备",
    "履行",
    "把握",
    "处理好",
    "按照",
    "围绕",
    "对照",
];

/// The first of the items may carry the beginning of the sentence (健全有制度, 各地要着力建设政治坚定): it is cut to the form of the others.
///
/// Evidence: the others begin alike (有…, 不…), and so does a part of the first; or behind the last verb that leads lists stands as much
/// as the others have, or what ends as they do. A first item whose verb the others have, too, stays.
pub(super) fn trim_lead(text: &str, mut found: Vec<Item>) -> Vec<Item> {
    let Some((first, others)) = found.split_first() else { return found };
    let Some(begin) = others.first().and_then(|item| item.text.chars().next()) else { return found };
    let lengths = || others.iter().map(|item| item.text.chars().count());
    let (shortest, longest) = (lengths().min().unwrap_or(0), lengths().max().unwrap_or(0));
    let alike = others.iter().all(|item| item.text.starts_with(begin));
    let cut = if alike {
        first.text.find(begin).filter(|&at| at > 0)
    } else {
        let others_begin = others.iter().any(|item| VERBS.iter().any(|verb| item.text.starts_with(verb)));
        let last = |item: &Item| item.text.chars().next_back();
        let ending = others.iter().filter(|item| last(item) == last(first)).count() * 2 >= others.len();
        let ends = VERBS.iter().filter_map(|verb| first.text.rfind(verb).map(|at| at + verb.len()));
        ends.max().filter(|_| !others_begin).filter(|&at| {
            let rest = first.text[at..].chars().count();
            let length = first.text.chars().count();
            rest >= 2 && (rest <= longest + 2 && length > longest || ending && rest + 1 >= shortest)
        })
    };
    let Some(cut) = cut else { return found };
    // 一是, 即 may stand before the words in the text.
    let before = found[0].span.of(text).find(&found[0].text).unwrap_or(0);
    found[0].text.drain(..cut);
    found[0].span.start = (found[0].span.start + (before + cut) as u32).min(found[0].span.end);
    found
}

/// The last of the items without what follows the list: 物常理,农户家中整洁; 帮扶到户的要求.
pub(super) fn trim_tail(mut found: Vec<Item>) -> Vec<Item> {
    let Some((last, others)) = found.split_last() else { return found };
    let longest = others.iter().map(|item| item.text.chars().count()).max().unwrap_or(0);
    let commas = others.iter().any(|item| item.text.contains(['，', ',']));
    if commas || last.text.chars().count() <= longest + 2 {
        return found;
    }
    let clause = last.text.split(['，', ',']).next().unwrap_or("");
    let ends = [
        "的总体要求",
        "的总要求",
        "的要求",
        "的标准",
        "的目标",
        "的原则",
        "的办法",
        "的方法",
        "的机制",
        "的模式",
        "的思路",
    ];
    let words = ends.iter().find_map(|end| clause.strip_suffix(end)).unwrap_or(clause);
    let length = words.len();
    if (2..=longest + 4).contains(&words.chars().count())
        && let Some(last) = found.last_mut()
    {
        last.span.end -= (last.text.len() - length).min(last.span.len()) as u32;
        last.text.truncate(length);
    }
    found
}

/// Where the words of an item end: at the first stop, or at a comma behind a short first clause that more follows.
pub(super) fn clause_end(body: &str) -> usize {
    let stop = body.find(['。', '；', ';', '：', ':', '\n', '！']).unwrap_or(body.len());
    let clause = &body[..stop];
    match clause.find(['，', ',']) {
        Some(comma) if clause[..comma].chars().count() <= 14 && clause.chars().count() > 16 => comma,
        // 工作业绩好，位次靠前: a short quality, then what shows it.
        Some(comma) if clause[..comma].chars().count() <= 7 && clause[comma..].chars().count() > 4 => comma,
        _ => stop,
    }
}
