//! Where numeral formulas stand: in quotes, behind a verb and before a list, before a body and 标准.

use std::sync::LazyLock;

use regex::Regex;

use super::formula;
use crate::charset::CharSet;
use crate::extract::{Context, near};
use crate::span::Span;

/// A formula where it stands in the text.
pub(super) struct Mention {
    pub(super) formula: String,
    pub(super) declared: u32,
    /// The formula, quotes left out.
    pub(super) span: Span,
    /// Where the text behind it begins (at its closing quote, if it has one).
    pub(super) after: usize,
    pub(super) quoted: bool,
    /// Whether it stands before a body and is called its standard: 达到五好党支部标准.
    pub(super) standard: bool,
}

impl Mention {
    fn new(span: Span, formula: &str, declared: u32, quoted: bool) -> Self {
        Self { formula: formula.to_owned(), declared, span, after: span.end as usize, quoted, standard: false }
    }

    /// The sentence up to the formula and its quote, 130 characters of it at most.
    pub(super) fn sentence<'a>(&self, context: &Context<'a>) -> &'a str {
        sentence(context, self.span.start).trim_end_matches(['“', '"', '‘', '「'])
    }

    /// Whether somebody strives for the formula: “争当四标兵”, 争做“四有”教师.
    pub(super) fn is_contested(&self, context: &Context) -> bool {
        const VERBS: [&str; 3] = ["争当", "争做", "争创"];
        let before = self.sentence(context);
        VERBS.iter().any(|verb| context.of(self.span).starts_with(verb) || before.ends_with(verb))
    }
}

/// The sentence up to a place, 130 characters of it at most. A heading that runs into it is no part of it.
pub(super) fn sentence<'a>(context: &Context<'a>, before: u32) -> &'a str {
    let heading = context.section_at(before).map(|section| section.heading_span);
    let first =
        heading.map_or(context.span.start, |span| if span.end <= before { span.end } else { span.start.min(before) });
    let text = context.text.get(first as usize..before as usize).unwrap_or("");
    let stops = |c: char| matches!(c, '。' | '；' | ';' | '\n' | '！' | '!');
    let run = text.char_indices().rev().take(130).take_while(|(_, c)| !stops(*c));
    &text[run.last().map_or(text.len(), |(at, _)| at)..]
}

/// All formulas in the document, in order.
pub(super) fn mentions(context: &Context) -> Vec<Mention> {
    let text = context.of(context.span);
    let offset = context.span.start as usize;
    let place = |range: std::ops::Range<usize>| Span::new(offset + range.start, offset + range.end);
    let mut out: Vec<Mention> = quotations(text)
        .into_iter()
        .filter_map(|inner| {
            let quoted = &text[inner.clone()];
            let declared = formula::declared(quoted)?;
            Some(Mention::new(place(inner), formula::core(quoted), declared, true))
        })
        .collect();
    let quoted: Vec<Span> = out.iter().map(|mention| mention.span).collect();
    let is_quoted = |span: Span| {
        quoted.get(quoted.partition_point(|known| known.end <= span.start)).is_some_and(|known| known.overlaps(span))
    };
    let headings: Vec<Mention> = headings(context);
    let announced = announced(text).into_iter().map(|inner| (inner, false));
    for (inner, standard) in announced.chain(standards(text).into_iter().map(|inner| (inner, true))) {
        let span = place(inner.clone());
        if let Some(declared) = formula::declared(&text[inner.clone()])
            && !is_quoted(span)
        {
            out.push(Mention { standard, ..Mention::new(span, &text[inner], declared, false) });
        }
    }
    out.extend(headings.into_iter().filter(|mention| !is_quoted(mention.span)));
    out.sort_by_key(|mention| mention.span.start);
    out.dedup_by_key(|mention| mention.span.start);
    out
}

/// What stands in quotes on one line, two to fifteen characters of it.
fn quotations(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut done = 0;
    // All marks but the ASCII one begin with one of these bytes.
    for at in memchr::memchr3_iter(b'"', "“".as_bytes()[0], "「".as_bytes()[0], text.as_bytes()) {
        let Some(mark) = text
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .filter(|mark| at >= done && matches!(mark, '“' | '"' | '‘' | '「'))
        else {
            continue;
        };
        let start = at + mark.len_utf8();
        let inner = text[start..].char_indices().take(16).enumerate();
        let stop = inner
            .map(|(count, (place, c))| (count, start + place, c))
            .find(|(_, _, c)| matches!(c, '“' | '”' | '"' | '‘' | '’' | '「' | '」' | '\n'));
        match stop {
            Some((count, end, mark @ ('”' | '"' | '’' | '」'))) if count >= 2 => {
                out.push(start..end);
                done = end + mark.len_utf8();
            }
            _ => {}
        }
        // “五化(绿化、…): the closing quote is lost, or stands behind the list.
        let bracket =
            text[start..].char_indices().take(8).find(|(_, c)| matches!(c, '(' | '（')).map(|(place, _)| start + place);
        if let Some(end) = bracket.filter(|&end| done <= end && formula::declared(&text[start..end]).is_some()) {
            out.push(start..end);
            done = end;
        }
    }
    out
}

static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:做到|达到|坚持|实现|把握好?|落实|突出|抓好|搞好|处理好|注重|强化|确保|努力|具备|符合|围绕|遵循|开展)((?:增|促|抓|保)?[一二两三四五六七八九十](?:个|项)?[一-龥]{1,5}(?:、?(?:促|保)?[一二两三四五六七八九十]个?[一-龥]{1,4}){0,2})[:：(（]")
        .expect("a literal pattern")
});

/// Formulas without quotes, behind a verb of [`ANNOUNCED`] and before a colon or bracket: 努力做到三个有:….
fn announced(text: &str) -> Vec<std::ops::Range<usize>> {
    let near = near::around(text, announcing(text).into_iter(), 150, 3);
    near.into_iter()
        .flat_map(|near| {
            let found: Vec<_> = ANNOUNCED.captures_iter(&text[near.clone()]).filter_map(|found| found.get(1)).collect();
            found.into_iter().map(move |inner| near.start + inner.start()..near.start + inner.end())
        })
        .collect()
}

/// Colons and brackets close behind a numeral: what [`ANNOUNCED`] ends with.
fn announcing(text: &str) -> Vec<usize> {
    static SIGNS: CharSet =
        CharSet::of(&[':', '：', '(', '（', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十']);
    let mut out = Vec::new();
    let mut numeral = None;
    for (at, c) in text.char_indices().filter(|(_, c)| SIGNS.has(*c)) {
        if !matches!(c, ':' | '：' | '(' | '（') {
            numeral = Some(at);
        } else if numeral.is_some_and(|numeral| at - numeral <= 80) && has_verb(&text[..at]) {
            out.push(at);
        }
    }
    out
}

/// The longest match of [`ANNOUNCED`], in characters.
const ANNOUNCED_LONGEST: usize = 30;

/// Whether one of the verbs of [`ANNOUNCED`] stands in the run of Chinese characters and 、 at the end of a text.
fn has_verb(text: &str) -> bool {
    const VERBS: [&str; 19] = [
        "做到",
        "达到",
        "坚持",
        "实现",
        "把握",
        "落实",
        "突出",
        "抓好",
        "搞好",
        "处理好",
        "注重",
        "强化",
        "确保",
        "努力",
        "具备",
        "符合",
        "围绕",
        "遵循",
        "开展",
    ];
    static BEGIN: CharSet = CharSet::of(&['做', '达', '坚', '实', '把', '落', '突', '抓', '搞', '处'])
        .with(&['注', '强', '确', '努', '具', '符', '围', '遵', '开']);
    let run = text.char_indices().rev().take(ANNOUNCED_LONGEST);
    let mut run = run.take_while(|(_, c)| matches!(c, '一'..='龥' | '、'));
    run.any(|(at, c)| BEGIN.has(c) && VERBS.iter().any(|verb| text[at..].starts_with(verb)))
}

/// Formulas without quotes that name a standard together with the body: 达到五好党支部标准, 创建三型机关.
///
/// Counter-example: 建设四好农村路, which names a programme.
fn standards(text: &str) -> Vec<std::ops::Range<usize>> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:达到|符合|争创|争当|争做|创建)([二两三四五六七八九十]个?[好型强优])[一-龥]{2,8}")
            .expect("a literal pattern")
    });
    let verbs =
        memchr::memmem::find_iter(text.as_bytes(), "争").chain(memchr::memmem::find_iter(text.as_bytes(), "到"));
    let mut verbs: Vec<usize> = verbs
        .chain(memchr::memmem::find_iter(text.as_bytes(), "创建"))
        .chain(memchr::memmem::find_iter(text.as_bytes(), "符合"))
        .collect();
    verbs.sort_unstable();
    near::around(text, verbs.into_iter(), 6, 60)
        .into_iter()
        .flat_map(|near| {
            let found: Vec<_> = NAMED.captures_iter(&text[near.clone()]).filter_map(|found| found.get(1)).collect();
            found.into_iter().map(move |inner| near.start + inner.start()..near.start + inner.end())
        })
        .collect()
}

/// Formulas without quotes that name the qualities of a body on a line of their own: 三、五型机关的建设内容.
fn headings(context: &Context) -> Vec<Mention> {
    let text = context.of(context.span);
    let mut out = Vec::new();
    let mut start = context.span.start as usize;
    for line in text.split_inclusive('\n') {
        if line.len() <= 90 && line.ends_with('\n') && !line.contains(['。', '，', ',', '；', ';']) {
            out.extend(in_heading(context, line).map(|(at, end, declared)| {
                Mention::new(Span::new(start + at, start + end), &line[at..end], declared, false)
            }));
        }
        start += line.len();
    }
    out
}

/// The first formula of qualities on a line that stands before a body: where it begins and ends, and its count.
fn in_heading(context: &Context, line: &str) -> Option<(usize, usize, u32)> {
    let bodies = &context.lexicon.compiled().body;
    let numerals = ['二', '两', '三', '四', '五', '六', '七', '八', '九', '十'];
    line.match_indices(numerals).find_map(|(at, _)| {
        let rest = &line[at..];
        let mut ends = rest.char_indices().skip(2).take(3).map(|(end, _)| end);
        let end = ends.find(|&end| formula::is_quality(&rest[..end]) && bodies.behind(&rest[end..]).is_some())?;
        Some((at, at + end, formula::declared(&rest[..end])?))
    })
}
