//! The words around a quantity: its clause, what of it is quoted, and what the quantity tells about.

use super::Words;
use super::quantity::{Quantity, UnitKind};
use crate::numeral;
use crate::span::Span;

/// Longest quote, in characters.
pub(super) const QUOTE: usize = 40;

/// Where clauses of a sentence end.
pub(super) fn is_clause_end(c: char) -> bool {
    matches!(c, ',' | '，' | ';' | '；' | '。' | ':' | '：' | '!' | '！' | '―')
}

/// Whether the byte at a place stands between two digits.
fn in_number(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    digit(at.checked_sub(1)) && digit(Some(at + 1))
}

/// Whether a place follows another one by at most twenty-four characters.
pub(super) fn near(text: &str, end: Option<usize>, at: usize) -> bool {
    end.is_some_and(|end| {
        at.saturating_sub(end) <= 24 * 4 && text.get(end..at).is_some_and(|gap| gap.chars().count() <= 24)
    })
}

/// Up to two hundred characters before a place.
pub(super) fn context_before(text: &str, at: usize) -> &str {
    let head = text.get(..at).unwrap_or("");
    head.get(head.char_indices().rev().take(200).last().map_or(0, |(place, _)| place)..).unwrap_or("")
}

/// Whether a place follows an opening bracket.
pub(super) fn in_brackets(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|head| head.ends_with(['(', '（']))
}

/// Whether a place stands between 《 and 》.
pub(super) fn in_title_marks(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or("");
    let near = head.get(head.char_indices().rev().take(80).last().map_or(0, |(place, _)| place)..).unwrap_or("");
    near.rfind('《').is_some_and(|open| !near.get(open..).unwrap_or("").contains('》'))
}

/// The part of a clause that tells about one quantity: 、 parts items that have each their own, brackets a remark.
pub(super) fn part(
    text: &str,
    (mut from, mut until): (usize, usize),
    quantity: &Quantity,
    previous: Option<&Quantity>,
    next: Option<&Quantity>,
) -> (usize, usize) {
    if let Some(previous) = previous
        && previous.end > from
        && let Some(cut) = text.get(previous.end..quantity.start).and_then(|gap| gap.find('、'))
    {
        from = previous.end + cut + '、'.len_utf8();
    }
    if let Some(next) = next.filter(|next| next.start < until)
        && let Some(cut) = text.get(quantity.end..next.start).and_then(|gap| gap.find(['、', '和']))
    {
        until = quantity.end + cut;
    }
    let head = text.get(from..quantity.start).unwrap_or("");
    if let Some(open) = head.rfind(['(', '（']).filter(|open| !head.get(*open..).unwrap_or("").contains([')', '）']))
    {
        let inside = from + open + head.get(open..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        if let Some(close) = text.get(quantity.end..until).and_then(|tail| tail.find([')', '）'])) {
            (from, until) = (inside, quantity.end + close);
        }
    }
    (from, until)
}

/// The clause around a quantity.
pub(super) fn clause(text: &str, quantity: &Quantity) -> (usize, usize) {
    let head = text.get(..quantity.start).unwrap_or("");
    // The comma of 1,842 ends nothing.
    let ends = |at: usize, c: char| is_clause_end(c) && !(c == ',' && in_number(text, at));
    let from = head.char_indices().rev().take(120).find(|&(at, c)| ends(at, c)).map(|(at, c)| at + c.len_utf8());
    let from = from.unwrap_or_else(|| head.char_indices().rev().take(120).last().map_or(0, |(at, _)| at));
    let from = labelled(head, from).unwrap_or(from);
    let rest = text.get(quantity.end..).unwrap_or("");
    let to = rest.char_indices().take(80).find(|&(at, c)| ends(quantity.end + at, c)).map(|(at, _)| at);
    let to = to.unwrap_or_else(|| rest.char_indices().nth(80).map_or(rest.len(), |(at, _)| at));
    (from, quantity.end + to)
}

/// Nouns of what is measured, as they end an indicator.
const INDICATORS: &[&str] = &[
    "率", "面", "度", "比例", "比重", "占比", "规模", "收入", "时间", "量", "总值", "产值", "标准", "人数", "面积",
    "增速", "增幅", "浓度", "水平", "里程", "投资", "投入", "额", "寿命", "数",
];

/// Whether a text ends with a noun for what is measured.
pub(super) fn is_indicator(text: &str) -> bool {
    INDICATORS.iter().any(|noun| text.ends_with(noun))
}

/// Where the label of a quantity begins that a colon parts from it: 接种率:不低于95%. A label is an indicator of at most
/// sixteen characters. Counter-example: 主要目标:接种率95%.
fn labelled(head: &str, from: usize) -> Option<usize> {
    let label = head.get(..from)?.strip_suffix([':', '：'])?;
    if !is_indicator(label) {
        return None;
    }
    let before = label.char_indices().rev().take(17);
    let start = before.clone().find(|(_, c)| is_clause_end(*c) || *c == '\n').map(|(at, c)| at + c.len_utf8());
    start.or_else(|| (before.count() < 17).then_some(0))
}

/// The clause without marks at its ends, cut down to the longest quote around the quantity.
pub(super) fn quote_span(text: &str, from: usize, to: usize, quantity: &Quantity) -> Span {
    let mut span = Span::new(from, to.max(quantity.end)).trimmed(text);
    let lead = span.of(text);
    let lead = lead.len() - lead.trim_start_matches(['―', '—', '-', '–', '、', '·', '●', ' ', '\u{3000}', '-']).len();
    let lead = lead + marker(span.of(text).get(lead..).unwrap_or(""));
    span.start = (span.start + lead as u32).min(quantity.start as u32);
    let chars = span.of(text).chars().count();
    if chars > QUOTE {
        let tail = text.get(quantity.end..span.end as usize).map_or(0, |tail| tail.chars().count());
        // What stands before the quantity says what it is; what follows is cut first.
        let head = text.get(span.start as usize..quantity.end).map_or(0, |head| head.chars().count());
        let keep_tail = tail.min(QUOTE.saturating_sub(head.min(QUOTE - 8)));
        let keep_head = QUOTE - keep_tail;
        let start = text
            .get(..quantity.end)
            .map_or(0, |head| head.char_indices().rev().take(keep_head).last().map_or(0, |(at, _)| at));
        let rest = text.get(quantity.end..).unwrap_or("");
        let end = quantity.end + rest.char_indices().nth(keep_tail).map_or(rest.len(), |(at, _)| at);
        span = Span::new(start.max(span.start as usize), end.min(span.end as usize));
    }
    span
}

/// The length of the number that begins an item: (一), 2., 三、, 一是.
fn marker(text: &str) -> usize {
    let open = text.chars().next().filter(|c| matches!(c, '(' | '（')).map_or(0, char::len_utf8);
    let rest = text.get(open..).unwrap_or("");
    let is_digit = |c: char| c.is_ascii_digit() || numeral::is_chinese(c);
    let digits: usize = rest.chars().take_while(|c| is_digit(*c)).take(4).map(char::len_utf8).sum();
    let mut behind = rest.get(digits..).unwrap_or("").chars();
    let closes = match behind.next() {
        Some(c @ (')' | '）')) if open > 0 => c.len_utf8(),
        Some(c @ ('、' | '．')) if open == 0 => c.len_utf8(),
        Some('.') if open == 0 && !behind.next().is_some_and(is_digit) => 1,
        Some('是') if open == 0 && rest.starts_with(numeral::is_chinese) && digits == '一'.len_utf8() => {
            '是'.len_utf8()
        }
        _ => return 0,
    };
    if digits == 0 { 0 } else { open + digits + closes }
}

/// Subject and indicator where they are plain: 参合率 of `参合率达到95%`, 优秀医生 of `50名优秀医生`.
pub(super) fn about(quote: &str, at: usize, quantity: &Quantity, words: &Words) -> (Option<String>, Option<String>) {
    let han = |c: char| matches!(c, '一'..='龥');
    let mut head = quote.get(..at).unwrap_or("");
    if let Some((_, length)) = words.measures.before(head) {
        head = head.get(..head.len() - length).unwrap_or("");
    }
    let head = head.trim_end_matches([':', '：']).trim_end_matches(['均', '要', '应', '将', '力', '争', '至', '少']);
    let start = head.char_indices().rev().take(14).take_while(|(_, c)| han(*c)).last().map_or(head.len(), |(at, _)| at);
    // A run of characters that is longer has no beginning here: what follows its last 的 stands, or nothing.
    let begun = !head.get(..start).unwrap_or("").ends_with(han);
    let noun = head.get(start..).unwrap_or("");
    let noun = if begun { noun } else { noun.rsplit_once('的').map_or("", |(_, noun)| noun) };
    if is_indicator(noun) {
        let subject = head.get(..start).unwrap_or("").trim_matches(['、', ' ', '“', '”', '(', ')', '（', '）']);
        let subject = if subject.contains(|c: char| c.is_ascii_digit()) { "" } else { subject };
        return (
            Some(subject.to_owned()).filter(|subject| subject.chars().count() >= 2),
            Some(indicator(noun, words).to_owned()).filter(|noun| noun.chars().count() >= 2),
        );
    }
    let length = quantity.end - quantity.start;
    let behind = quote.get(at + length..).unwrap_or("");
    let behind = words.measures.after(behind).map_or(behind, |(_, length)| behind.get(length..).unwrap_or(""));
    let subject: String = behind.chars().take_while(|c| han(*c)).take(12).collect();
    (Some(subject).filter(|subject| subject.chars().count() >= 2 && quantity.kind == UnitKind::Count), None)
}

/// Words that state an aim wherever they stand before an indicator.
const AIMS: &[&str] = &["确保", "力争", "实现", "争取", "保证", "做到", "完成", "要求"];

/// The indicator in a noun: without the aim (各村要确保参合率), the verb or the place (提高全县参合率) that leads it. The 增加
/// of 增加值率 and the 覆盖 of 覆盖率 are no verbs; 高于全县增速 names what is compared.
fn indicator<'a>(noun: &'a str, words: &Words) -> &'a str {
    const PLACES: &[&str] =
        &["全国", "全省", "全市", "全县", "全区", "全旗", "全州", "全盟", "全镇", "全乡", "全村", "全校", "全院"];
    let aim = AIMS.iter().filter_map(|aim| noun.rfind(aim).map(|at| at + aim.len())).max().unwrap_or(0);
    let rest = noun.get(aim..).unwrap_or("").trim_start_matches(['年', '月', '日', '底', '前']);
    let mut rest = rest.strip_prefix("其中").unwrap_or(rest);
    for _ in 0..4 {
        let verb =
            || words.verbs.iter().filter_map(|verb| rest.strip_prefix(verb.as_str())).min_by_key(|rest| rest.len());
        let place = PLACES.iter().find_map(|place| rest.strip_prefix(place));
        match place.or_else(verb) {
            Some(tail) if tail.chars().count() >= 2 && !tail.starts_with(['率', '面', '度', '量', '数', '值']) => {
                rest = tail;
            }
            _ => break,
        }
    }
    if rest.starts_with("高于") || rest.starts_with("低于") { "" } else { rest }
}
