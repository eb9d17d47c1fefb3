//! The items of a framework, in the layouts in which documents list them.

mod before;
mod list;
mod series;
mod trim;

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::Context;
use crate::extract::criteria::{formula, mention};
use crate::span::Span;
pub(super) use before::preceding;
use list::{beginning, counted_run, quoted, split};
pub(super) use series::numbered;
pub(super) use series::share;
use series::{belong, lines};
use trim::{shorten, trim_lead, trim_tail};

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Its words.
    pub(super) text: String,
    /// Where they stand.
    pub(super) span: Span,
}

static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:的?[一-龥]{0,14})?(?:[(（]|[—－]{2}|[:：][ \u{3000}]*(?:即|就是|一方面)?[:：，,]?|[，,；;。]?\s*(?:即|也就是|具体是|分别是|具体为|分别为|包括|是指|指的是|分别指|指达到|指)(?:要)?[:：]?)").expect("a literal pattern")
});

/// The items that follow a formula whose text ends at `at`, `count` of them being declared.
///
/// Layouts: in brackets, (领导班子好、…); behind a colon, a dash or 即 as 一是…二是…, as (1)…(2)… or 1、…2、…, one a line, as a list with 、 or ；;
/// in the sentences behind (“四个先”。一是…). The first layout that gives enough items is taken.
pub(super) fn following(context: &Context, at: usize, formula: &str, count: u32) -> Vec<Item> {
    let text = context.text;
    let rest = |from: usize| text.get(from..context.span.end as usize).unwrap_or("");
    // The closing quote, and a few words between: “五个好”先进基层党组织(…), “五个一”活动:…
    let closing = rest(at).chars().next().filter(|c| matches!(c, '”' | '"' | '’' | '」'));
    let start = at + closing.map_or(0, char::len_utf8);
    let Some(lead) = LEAD.find(rest(start)) else { return apart(context, at, start, formula, count) };
    let opener = lead.as_str();
    // 指导, 指标: a word, no explanation.
    if opener.ends_with('指')
        && rest(start + lead.end()).starts_with(['导', '标', '示', '定', '挥', '派', '明', '南', '数'])
    {
        return Vec::new();
    }
    let start = start + lead.end();
    if opener.ends_with(['(', '（']) {
        return bracketed(context, start, formula, count);
    }
    let numbered = numbered(context, start, count);
    if numbered.len() >= 2 {
        return numbered;
    }
    let lines = lines(context, start, formula, count);
    if !lines.is_empty() {
        return lines;
    }
    in_line(context, start, formula, count, opener.contains([':', '：', '—', '－']))
}

/// The items in a bracket that opens before `start`.
fn bracketed(context: &Context, start: usize, formula: &str, count: u32) -> Vec<Item> {
    let text = context.text;
    let inner = text.get(start..context.span.end as usize).unwrap_or("");
    let line_end = inner.find('\n').unwrap_or(inner.len());
    let body = &inner[..closing(inner).unwrap_or(line_end)];
    let words = ["即：", "即:", "即", "是指", "指"];
    let lead = words.iter().find(|word| body.starts_with(**word)).map_or(0, |word| word.len());
    let span = Span::new(start + lead, start + body.len());
    let each = quoted(text, span, count);
    if !each.is_empty() {
        return each;
    }
    shorten(trim_lead(text, split(text, span, formula, count)), formula)
}

/// The items as a list on the line. Behind 即 it ends with its clause; behind a colon with the sentence.
fn in_line(context: &Context, start: usize, formula: &str, count: u32, colon: bool) -> Vec<Item> {
    let text = context.text;
    let rest = text.get(start..context.span.end as usize).unwrap_or("");
    let start = start + rest.len() - rest.trim_start().len();
    let behind = beginning(rest.trim_start());
    let until = |marks: &[char]| Span::new(start, start + behind.find(marks).unwrap_or(behind.len()));
    let clause = until(&['。', '\n', '；', ';', '）', ')']);
    let in_quotes = quoted(text, clause, count);
    if !in_quotes.is_empty() {
        return in_quotes;
    }
    let found = split(text, clause, formula, count);
    if found.len() == count as usize {
        let found = trim_tail(found);
        return if colon { found } else { trim_lead(text, found) };
    }
    let run = counted_run(text, clause, formula, count);
    if !run.is_empty() {
        return run;
    }
    let sentence = Span::new(start, start + sentence_end(behind));
    let found = shorten(split(text, sentence, formula, count), formula);
    // Fewer than three fifths of what is declared: it was no list of the formula's.
    if found.len() as u32 * 5 >= count * 3 || begin_with_counted(&found, formula) { found } else { Vec::new() }
}

/// The end of a sentence, over lines that end with ；.
fn sentence_end(text: &str) -> usize {
    let ends = text.char_indices().filter(|(_, c)| matches!(c, '。' | '\n'));
    let goes_on = |at: usize| text[..at].trim_end().ends_with(['；', ';']);
    ends.map(|(at, _)| at).find(|&at| text[at..].starts_with('。') || !goes_on(at)).unwrap_or(text.len())
}

/// Whether all items begin with what the formula counts, so that they are its items however many are left: “九个确保”,即确保…;确保….
pub(super) fn begin_with_counted(found: &[Item], formula: &str) -> bool {
    let counted = formula::counted(formula);
    counted.chars().count() >= 2 && found.len() >= 2 && found.iter().all(|item| item.text.starts_with(&counted))
}

/// What one does with a standard.
const MET: [&str; 12] =
    ["做到", "达到", "坚持", "执行", "遵守", "牢记", "落实", "实行", "符合", "具备", "恪守", "践行"];

/// Items that no colon announces: in the sentences or lines behind the formula (“四个先”。一是学习在先。…), or as one sentence.
///
/// Only where they show that they are the formula's ([`belong`]), and nothing is left over: any list may follow a formula.
fn apart(context: &Context, at: usize, start: usize, formula: &str, count: u32) -> Vec<Item> {
    static APART: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[一-龥]{0,10}(?:[。；;，,]\s{0,4}|\s{0,4}\n\s{0,4})").expect("a literal pattern")
    });
    let rest = context.text.get(start..context.span.end as usize).unwrap_or("");
    let before = mention::sentence(context, at as u32).trim_end_matches(['“', '"', '‘', '「']);
    let before = before.strip_suffix(formula).unwrap_or(before).trim_end_matches(['“', '"', '‘', '「']);
    // 开好“四个会”: things to be held, not met.
    let is_met = formula::is_quality(formula) || MET.iter().any(|verb| before.ends_with(verb));
    if !is_met {
        return next_sentence(context, start, formula, count);
    }
    if let Some(lead) = APART.find(rest) {
        let found = shorten(numbered(context, start + lead.end(), count + 1), formula);
        if belong(&found, formula, count, 24) {
            return found;
        }
    }
    next_sentence(context, start, formula, count)
}

/// What a formula is called.
const NAMED_AS: [&str; 8] = ["活动", "制度", "工程", "责任制", "责任", "措施", "要求", "机制"];

/// The items as the sentence behind the formula: 实行“三统一”。统一尺度，统一表格，统一报送。
///
/// Only where it parts into exactly the declared count, all items are short, and half of them share a character with the
/// formula: any sentence may follow a formula. Behind a noun (“六个一”活动。) the items must each tell of one thing, or form a run.
fn next_sentence(context: &Context, start: usize, formula: &str, count: u32) -> Vec<Item> {
    let text = context.text;
    let rest = text.get(start..context.span.end as usize).unwrap_or("");
    // “六个一”活动。 “三包”责任，
    let noun = NAMED_AS.iter().find(|noun| rest.starts_with(**noun));
    let skipped = noun.map_or(0, |noun| noun.len());
    let rest = rest.get(skipped..).unwrap_or("");
    let Some(first) = rest.chars().next().filter(|c| matches!(c, '。' | '，' | ',' | '：' | ':')) else {
        return Vec::new();
    };
    let from = start + skipped + first.len_utf8();
    let ones = formula.ends_with("个一") && noun.is_some();
    let gap = rest.get(first.len_utf8()..).map_or(0, |rest| rest.len() - rest.trim_start().len());
    let from = from + if ones { gap } else { 0 };
    let body = beginning(text.get(from..context.span.end as usize).unwrap_or(""));
    let sentence = body.find(['。', '\n']).unwrap_or(body.len());
    let clause = body.find(['。', '\n', '；', ';']).unwrap_or(body.len());
    for end in [clause, sentence] {
        let found = shorten(split(text, Span::new(from, from + end), formula, count), formula);
        if count >= 3 && noun.is_none() && belong(&found, formula, count, 14) {
            return found;
        }
        // 每班要做到上一堂课、办一期板报、…
        let found = trim_lead(text, split(text, Span::new(from, from + end), "", count));
        let one = |item: &Item| item.text.chars().count() <= 14 && item.text.contains('一');
        if ones && found.len() == count as usize && count >= 3 && found.iter().all(one) {
            return found;
        }
        let run = counted_run(text, Span::new(from, from + end), formula, count);
        if !run.is_empty() {
            return run;
        }
    }
    Vec::new()
}

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
