//! Lists on one line: parted at ；, at 、, at ， or by the quotes around their items.

use super::Item;
use super::trim::tidy;
use crate::extract::criteria::formula;
use crate::span::Span;

/// Characters of the longest list on one line.
const LONGEST: usize = 600;

/// As much of a text as shows that it is too long for a list, however far its sentence goes.
pub(super) fn beginning(text: &str) -> &str {
    text.char_indices().nth(LONGEST + 1).map_or(text, |(end, _)| &text[..end])
}

/// Connectives with which the sentence goes on behind a list.
const AFTER_LIST: [&str; 7] = ["从而", "使", "以", "进一步", "切实", "确保", "不断"];

/// A list on one line, parted at ；, else at 、, else at ，: whichever gives the declared count, else the strongest that parts.
pub(super) fn split(text: &str, span: Span, formula: &str, count: u32) -> Vec<Item> {
    let body = span.of(text);
    if body.trim().is_empty() || body.chars().count() > LONGEST {
        return Vec::new();
    }
    let has = |marks: &[char]| body.contains(marks);
    let (has_semicolon, has_comma, has_pause) = (has(&['；', ';']), has(&['，', ',']), has(&['、']));
    let by = |marks: &[char]| -> Vec<Item> {
        let mut out = Vec::new();
        let mut from = span.start as usize;
        let mut depth = 0usize;
        for (at, c) in body.char_indices() {
            match c {
                '(' | '（' | '“' | '《' => depth += 1,
                ')' | '）' | '”' | '》' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && marks.contains(&c) {
                let end = span.start as usize + at;
                out.push(Span::new(from, end));
                from = end + c.len_utf8();
            }
        }
        out.push(Span::new(from, span.end as usize));
        out.into_iter()
            .map(|part| part.trimmed(text))
            .filter(|part| part.of(text).chars().count() >= 2)
            .map(|part| Item { text: tidy(part.of(text)), span: part })
            .filter(|item| item.text.chars().count() >= 2)
            .collect()
    };
    let mut commas = by(&['、']);
    // A、B和C
    if commas.len() + 1 == count as usize
        && let Some(last) = commas.last().cloned()
        && let Some((at, c)) = last.text.char_indices().find(|&(at, c)| matches!(c, '和' | '与' | '及') && at > 3)
        && last.span.of(text).contains(&last.text)
    {
        let offset = last.span.of(text).find(&last.text).unwrap_or(0) as u32;
        let middle = last.span.start + offset + at as u32;
        commas.pop();
        commas.push(Item { text: last.text[..at].to_owned(), span: Span { start: last.span.start, end: middle } });
        let rest = &last.text[at + c.len_utf8()..];
        commas.push(Item {
            text: rest.to_owned(),
            span: Span { start: middle + c.len_utf8() as u32, end: last.span.end },
        });
    }
    // Lists with fewer than two items count nowhere below.
    let semicolons = if has_semicolon { by(&['；', ';']) } else { Vec::new() };
    // The list may be followed by what it is for.
    if semicolons.len() > count as usize
        && AFTER_LIST.iter().any(|word| semicolons[count as usize].text.starts_with(word))
    {
        return semicolons[..count as usize].to_vec();
    }
    let is_exact = |list: &Vec<Item>| list.len() == count as usize;
    if is_exact(&semicolons) {
        return semicolons;
    }
    if is_exact(&commas) {
        return commas;
    }
    let clauses = if has_comma { by(&['，', ',']) } else { Vec::new() };
    if is_exact(&clauses) {
        return clauses;
    }
    // Without a kind of mark, the pieces are those of the other kind alone.
    let both = match (has_comma, has_pause) {
        (true, true) => by(&['，', ',', '、']),
        (true, false) => clauses.clone(),
        (false, _) => commas.clone(),
    };
    if is_exact(&both) {
        return both;
    }
    let parts = match (has_semicolon, has_comma) {
        (true, true) => by(&['；', ';', '，', ',']),
        (true, false) => semicolons.clone(),
        (false, _) => clauses.clone(),
    };
    let pauses = if has_semicolon { by(&['；', ';', '、']) } else { commas.clone() };
    let lists = [semicolons, commas, clauses, both, parts, pauses];
    if let Some(exact) = lists.iter().find(|list| is_exact(list)) {
        return exact.clone();
    }
    let merged = by_what_is_counted(text, &lists[4], formula);
    if merged.len() == count as usize {
        return merged;
    }
    // Otherwise the list that comes nearest to the declared count from below.
    lists
        .into_iter()
        .filter(|list| {
            list.len() >= 2 && list.len() <= count as usize && list.iter().all(|item| item.text.chars().count() <= 40)
        })
        .max_by_key(Vec::len)
        .unwrap_or_default()
}

/// The run of pieces that begin with what the formula counts, where it has exactly the declared length, whatever stands before or
/// behind it: “五个一”,即一名帮扶干部、一个增收项目、…,由乡镇建册; “三基三严”…严谨态度,人人达标. Misses runs whose first piece begins otherwise.
pub(super) fn counted_run(text: &str, span: Span, formula: &str, count: u32) -> Vec<Item> {
    let body = span.of(text);
    let counted = formula::begun_with(formula);
    if count < 3 || counted.is_empty() || body.chars().count() > LONGEST {
        return Vec::new();
    }
    let mut runs: Vec<Vec<Item>> = vec![Vec::new()];
    let mut from = span.start as usize;
    for piece in body.split_inclusive(['、', '，', ',', '；', ';', '：', ':']) {
        let words = piece.trim_end_matches(['、', '，', ',', '；', ';', '：', ':']);
        let part = Span::new(from, from + words.len()).trimmed(text);
        from += piece.len();
        let item = Item { text: tidy(part.of(text)), span: part };
        let fits = (3..=16).contains(&item.text.chars().count()) && item.text.starts_with(|c| counted.contains(c));
        match runs.last_mut() {
            Some(run) if fits => run.push(item),
            Some(run) if !run.is_empty() => runs.push(Vec::new()),
            _ => {}
        }
    }
    runs.into_iter().find(|run| run.len() == count as usize).unwrap_or_default()
}

/// Pieces between commas put together to items: an item begins behind a ； and with what the formula counts
/// (“三明确一承诺”:明确目标,明确措施,明确分工;采取适当方式公布,作出承诺).
fn by_what_is_counted(text: &str, pieces: &[Item], formula: &str) -> Vec<Item> {
    let counted = formula::counted(formula);
    let mut out: Vec<Item> = Vec::new();
    for piece in pieces {
        let begins = piece.text.chars().take(2).all(|c| counted.contains(c)) && piece.text.chars().count() >= 2;
        let behind_semicolon = text[..piece.span.start as usize].trim_end().ends_with(['；', ';']);
        match out.last_mut() {
            Some(last) if !begins && !behind_semicolon => {
                last.span.end = piece.span.end;
                last.text = tidy(last.span.of(text));
            }
            _ => out.push(piece.clone()),
        }
    }
    out
}

/// A list in quotes behind the formula: “三个一”指达到“一个档案，一份承诺，一张卡片”的要求; or one pair of quotes to an item: 即“来有迎声”“去有送声”.
pub(super) fn quoted(text: &str, span: Span, count: u32) -> Vec<Item> {
    let body = span.of(text);
    let Some(open) = body.find('“').filter(|&open| open < 60) else { return Vec::new() };
    let inner = open + '“'.len_utf8();
    let Some(close) = body[inner..].find('”') else { return Vec::new() };
    let at = |from: usize, to: usize| Span::new(span.start as usize + from, span.start as usize + to);
    let found = split(text, at(inner, inner + close), "", count);
    if found.len() == count as usize {
        return found;
    }
    let each = each_quoted(text, at(open, body.len()));
    if each.len() == count as usize { each } else { Vec::new() }
}

/// Items of which each stands in quotes, with nothing but a mark between two of them.
fn each_quoted(text: &str, span: Span) -> Vec<Item> {
    let mut out = Vec::new();
    let mut rest = span.start as usize;
    while let Some(inner) = text[rest..span.end as usize].strip_prefix('“') {
        let Some(close) = inner.find('”') else { break };
        let start = rest + '“'.len_utf8();
        let item = Span::new(start, start + close);
        if !(2..=30).contains(&item.of(text).chars().count()) {
            break;
        }
        out.push(Item { text: item.of(text).to_owned(), span: item });
        let behind = start + close + '”'.len_utf8();
        let mark = text[behind..].chars().next().filter(|c| matches!(c, '、' | '，' | ',' | '；' | ';'));
        rest = behind + mark.map_or(0, char::len_utf8);
        if rest > span.end as usize {
            break;
        }
    }
    out
}
