//! The items of a framework, in the layouts in which documents list them.

use std::sync::LazyLock;

use regex::Regex;

use super::formula;
use crate::extract::Context;
use crate::outline;
use crate::outline::marker::{Family, Place};
use crate::span::Span;

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// The items that follow a formula whose text ends at `at`, `count` of them being declared.
///
/// Layouts: in brackets, (领导班子好、…); behind a colon or 即 as 一是…二是…, as (1)…(2)… or 1、…2、…, as a list with 、 or ；
/// The first layout that gives at least two items is taken. Misses items that stand before the formula.
pub fn following(context: &Context, at: usize, formula: &str, count: u32) -> Vec<Item> {
    let limit = context.span.end as usize;
    let mut start = at;
    let text = context.text;
    let rest = |from: usize| text.get(from..limit).unwrap_or("");
    // The closing quote, and a few words between: “五个好”先进基层党组织(…), “五个一”活动:…
    let skipped: usize =
        rest(start).chars().take(1).take_while(|c| matches!(c, '”' | '"' | '’')).map(char::len_utf8).sum();
    start += skipped;
    let Some(lead) = LEAD.find(rest(start)) else { return next_sentence(context, start, formula, count) };
    let opener = lead.as_str();
    // 指导, 指标: a word, no explanation.
    if opener.ends_with('指')
        && rest(start + lead.end()).starts_with(['导', '标', '示', '定', '挥', '派', '明', '南', '数'])
    {
        return Vec::new();
    }
    start += lead.end();
    if opener.ends_with(['(', '（']) {
        let inner = rest(start);
        let line_end = inner.find('\n').unwrap_or(inner.len());
        let close = closing(inner).unwrap_or(line_end);
        let inner_span = Span::new(start, start + close);
        let body = inner_span.of(text);
        let lead: usize = ["即：", "即:", "即", "是指", "指"]
            .iter()
            .find(|word| body.starts_with(**word))
            .map_or(0, |word| word.len());
        return shorten(trim_lead(split(text, Span::new(start + lead, start + close), formula, count)), formula);
    }
    let numbered = numbered(context, start, count);
    if numbered.len() >= 2 {
        return numbered;
    }
    let colon = opener.contains([':', '：']);
    // Behind 即 the list ends with its clause; behind a colon with the sentence.
    let behind = beginning(rest(start));
    let sentence_end = behind.find(['。', '\n']).unwrap_or(behind.len());
    let clause_end = behind.find(['。', '\n', '；', ';', '）', ')']).unwrap_or(behind.len());
    let in_quotes = quoted_list(text, Span::new(start, start + clause_end), count);
    if !in_quotes.is_empty() {
        return in_quotes;
    }
    let found = split(text, Span::new(start, start + clause_end), formula, count);
    if found.len() == count as usize {
        return if colon { found } else { trim_lead(found) };
    }
    let found = shorten(split(text, Span::new(start, start + sentence_end), formula, count), formula);
    // Fewer than three fifths of what is declared: it was no list of the formula's.
    if found.len() as u32 * 5 >= count * 3 { found } else { Vec::new() }
}

/// The items as the sentence behind the formula: 实行“三统一”。统一尺度，统一表格，统一报送。
///
/// Only where it parts into exactly the declared count, all items are short, and half of them share a character with the
/// formula: any sentence may follow a formula.
fn next_sentence(context: &Context, start: usize, formula: &str, count: u32) -> Vec<Item> {
    let text = context.text;
    let rest = text.get(start..context.span.end as usize).unwrap_or("");
    let Some(first) = rest.chars().next().filter(|c| matches!(c, '。' | '，' | ',' | '：' | ':')) else {
        return Vec::new();
    };
    let from = start + first.len_utf8();
    let body = beginning(text.get(from..context.span.end as usize).unwrap_or(""));
    let sentence = body.find(['。', '\n']).unwrap_or(body.len());
    let clause = body.find(['。', '\n', '；', ';']).unwrap_or(body.len());
    let counted = formula::counted(formula);
    let shares = |item: &Item| item.text.chars().any(|c| counted.contains(c));
    for end in [clause, sentence] {
        let found = shorten(split(text, Span::new(from, from + end), formula, count), formula);
        let fits = found.len() == count as usize
            && count >= 3
            && found.iter().all(|item| item.text.chars().count() <= 14)
            && found.iter().filter(|item| shares(item)).count() * 2 >= found.len();
        if fits {
            return found;
        }
    }
    Vec::new()
}

/// Items that begin with what the formula counts are cut at their first comma: “三个注重”:注重实效,在…上下功夫 → 注重实效.
fn shorten(mut found: Vec<Item>, formula: &str) -> Vec<Item> {
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

/// The items that stand right before a formula which begins at `before`: 有制度、有标准、有经费的“三有”, “增强意识、明确标准”的“两先”.
///
/// Only where they part into exactly the declared count: a list before a formula may be another list.
pub fn preceding(context: &Context, before: usize, formula: &str, count: u32) -> Vec<Item> {
    let text = context.text;
    // Every list that counts begins within 360 bytes.
    let floor = before.saturating_sub(1500).max(context.span.start as usize);
    let floor = (floor..before).find(|&at| text.is_char_boundary(at)).unwrap_or(before);
    let head = text.get(floor..before).unwrap_or("");
    let head = head.trim_end_matches(['“', '"', '‘']);
    let joined = ["这一", "这", "等", "的"].iter().fold(head, |head, word| head.strip_suffix(word).unwrap_or(head));
    // Without 的 the list must show that it is the formula's: by what is counted, or by one ending for all.
    let is_joined = joined.len() < head.len();
    let head = joined;
    let end = floor + head.len();
    if let Some(inner) = head.strip_suffix(['”', '"', '’', ')', '）']) {
        let Some(open) = inner.rfind(['“', '"', '‘', '(', '（']).filter(|&open| inner.len() - open < 360) else {
            return Vec::new();
        };
        let start = floor + open + inner[open..].chars().next().map_or(0, char::len_utf8);
        let found = split(text, Span::new(start, floor + inner.len()), formula, count);
        return if found.len() == count as usize { found } else { Vec::new() };
    }
    let from = head.rfind(['。', '；', ';', '：', ':', '\n', '，', ',', '“', '”']).filter(|&at| head.len() - at < 300);
    let Some(from) = from else { return Vec::new() };
    let start = floor + from + head[from..].chars().next().map_or(0, char::len_utf8);
    let found = split(text, Span::new(start, end), formula, count);
    let counted = formula::counted(formula);
    let shares = found.iter().filter(|item| item.text.chars().any(|c| counted.contains(c))).count() * 2 >= found.len();
    let ending = |item: &Item| item.text.chars().next_back();
    let alike =
        found.iter().filter(|item| ending(item) == found.last().and_then(ending)).count() * 5 >= found.len() * 3;
    if found.len() != count as usize
        || found.iter().any(|item| !(2..=16).contains(&item.text.chars().count()))
        || !(is_joined || shares || alike)
        || found.last().is_some_and(|last| last.text.chars().count() < 3 && !shares)
    {
        return Vec::new();
    }
    trim_lead(found)
}

/// The first of the items may carry the verb of the sentence (健全有制度): it is cut to the form of the others where they all
/// begin alike.
fn trim_lead(mut found: Vec<Item>) -> Vec<Item> {
    if found.is_empty() {
        return found;
    }
    let longest = found.iter().skip(1).map(|item| item.text.chars().count()).max().unwrap_or(0);
    for verb in ["开展", "实施", "推进", "落实", "坚持", "做到", "努力", "推行", "健全", "建立", "形成", "达到", "实现"]
    {
        if let Some(rest) =
            found[0].text.strip_prefix(verb).filter(|rest| rest.chars().count() >= 2 && rest.chars().count() <= longest)
            && found[0].text.chars().count() > longest
        {
            let rest = rest.to_owned();
            found[0].span.start = (found[0].span.start + verb.len() as u32).min(found[0].span.end);
            found[0].text = rest;
            return found;
        }
    }
    let Some(first) = found.get(1).and_then(|item| item.text.chars().next()) else { return found };
    if found.iter().skip(1).all(|item| item.text.starts_with(first))
        && let Some(at) = found[0].text.find(first).filter(|&at| at > 0)
    {
        let cut = found[0].text[..at].len() as u32;
        found[0].text.drain(..at);
        found[0].span.start = (found[0].span.start + cut).min(found[0].span.end);
    }
    found
}

/// A list in quotes behind the formula: “三个一”指达到“一个档案，一份承诺，一张卡片”的要求.
fn quoted_list(text: &str, span: Span, count: u32) -> Vec<Item> {
    let body = span.of(text);
    let Some(open) = body.find('“').filter(|&open| open < 60) else { return Vec::new() };
    let inner = open + '“'.len_utf8();
    let Some(close) = body[inner..].find('”') else { return Vec::new() };
    let found = split(text, Span::new(span.start as usize + inner, span.start as usize + inner + close), "", count);
    if found.len() == count as usize { found } else { Vec::new() }
}

/// Characters of the longest list on one line.
const LONGEST: usize = 600;

/// As much of a text as shows that it is too long for a list, however far its sentence goes.
fn beginning(text: &str) -> &str {
    text.char_indices().nth(LONGEST + 1).map_or(text, |(end, _)| &text[..end])
}

static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:的?[一-龥]{0,14})?(?:[(（]|[:：]\s*(?:即|就是|一方面)?[:：，,]?|[，,；;。]?\s*(?:即|也就是|具体是|分别是|具体为|分别为|包括|是指|指的是|分别指|指达到|指)(?:要)?[:：]?)").expect("a literal pattern")
});

/// The end of a bracket that is already open.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in text.char_indices().take(600) {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            '\n' if depth == 1 && at > 400 => return None,
            _ => {}
        }
    }
    None
}

/// 一是…二是…, 一查…二查…, (1)…(2)…, 1、…2、… in order, on one line or over several.
fn numbered(context: &Context, start: usize, count: u32) -> Vec<Item> {
    let text = context.text;
    let limit = (start + 6000).min(context.span.end as usize);
    let limit = (limit..=context.span.end as usize).find(|&at| text.is_char_boundary(at)).unwrap_or(start);
    let span = Span::new(start, limit);
    // The first marker begins behind two characters at most; without one there, the rest need not be looked at.
    let near = text.get(start..limit).unwrap_or("");
    let third = near.char_indices().filter(|(_, c)| !c.is_whitespace()).nth(2).map_or(limit, |(at, _)| start + at);
    let reach = (third + 150..limit).find(|&at| text.is_char_boundary(at)).unwrap_or(limit);
    if !outline::marker::scan(text, Span::new(start, reach))
        .iter()
        .any(|m| m.number == 1 && m.span.start as usize <= third)
    {
        return Vec::new();
    }
    let markers = outline::marker::scan(text, span);
    let lead = |at: u32| text.get(start..at as usize).unwrap_or("").trim().chars().count();
    let Some(first) = markers.iter().find(|m| m.number == 1 && lead(m.span.start) <= 2) else { return Vec::new() };
    let mut series: Vec<outline::marker::Marker> = Vec::new();
    for marker in markers.iter().filter(|m| m.family == first.family) {
        if marker.number != series.len() as u64 + 1 {
            if marker.number == 1 {
                break;
            }
            continue;
        }
        // A senior heading between two items ends the series.
        let crossed = series.last().is_some_and(|last| {
            markers.iter().any(|m| {
                last.span.end < m.span.start
                    && m.span.start < marker.span.start
                    && m.family < marker.family
                    && m.place == Place::LineStart
                    && matches!(m.family, Family::Han | Family::Chapter | Family::HanBracket)
            })
        });
        if crossed || series.len() as u32 >= count {
            break;
        }
        series.push(*marker);
    }
    let mut out: Vec<Item> = Vec::new();
    for (at, marker) in series.iter().enumerate() {
        let from = marker.span.end as usize;
        let to = series.get(at + 1).map_or(limit, |next| next.span.start as usize);
        let body = text.get(from..to).unwrap_or("");
        let item = Span::new(from, from + clause_end(body)).trimmed(text);
        let item = Span::new(
            item.start as usize,
            item.start as usize + item.of(text).trim_end_matches([',', '，', '、']).len(),
        );
        // 一查思想是否更新: the verb belongs to the item.
        let verb = text[..from].chars().next_back().filter(|&c| marker.family == Family::HanVerb && c == '查');
        let words = outline::one_line(item.of(text));
        let words = verb.map_or(words.clone(), |verb| format!("{verb}{words}"));
        if words.chars().count() < 2 {
            break;
        }
        let from = item.start - verb.map_or(0, |verb| verb.len_utf8() as u32);
        out.push(Item { text: words, span: Span { start: from, end: item.end } });
    }
    out
}

/// Where the words of an item end: at the first stop, or at a comma behind a short first clause that more follows.
fn clause_end(body: &str) -> usize {
    let stop = body.find(['。', '；', ';', '：', ':', '\n', '！']).unwrap_or(body.len());
    let clause = &body[..stop];
    match clause.find(['，', ',']) {
        Some(comma) if clause[..comma].chars().count() <= 14 && clause.chars().count() > 16 => comma,
        // 工作业绩好，位次靠前: a short quality, then what shows it.
        Some(comma) if clause[..comma].chars().count() <= 7 && clause[comma..].chars().count() > 4 => comma,
        _ => stop,
    }
}

/// Connectives with which the sentence goes on behind a list.
const AFTER_LIST: [&str; 7] = ["从而", "使", "以", "进一步", "切实", "确保", "不断"];

/// A list on one line, parted at ；, else at 、, else at ，: whichever gives the declared count, else the strongest that parts.
fn split(text: &str, span: Span, formula: &str, count: u32) -> Vec<Item> {
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

/// An item without what only joins it to the others.
fn tidy(text: &str) -> String {
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
    text.trim_matches(|c: char| matches!(c, '“' | '”' | '：' | ':' | '，' | ',' | '等' | '。') || c.is_whitespace())
        .to_owned()
}
