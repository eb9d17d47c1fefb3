//! A document with its outline → facts. One kind of fact a file.

pub mod campaign;
pub mod criteria;
pub mod dates;
pub mod head;
pub mod leaders;
mod near;
pub mod number;
pub mod phases;
pub mod purpose;
pub mod references;
pub mod region;
pub mod targets;
pub mod window;
mod year;

use crate::diagnostic::Diagnostic;
use crate::lexicon::Lexicon;
use crate::model::{Moment, Plan, Section, YearBasis};
use crate::outline;
use crate::span::Span;
use crate::split::Document;

/// What every extractor sees: one document of a cleaned text, its outline, and what is known of it already.
///
/// All spans index into `text`, which is the **whole** cleaned text of the source, other documents included.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The cleaned text of the source.
    pub text: &'a str,
    /// The document.
    pub span: Span,
    /// The document without its head (title, number, addressees) and tail (signature, date, 主题词, 抄送).
    pub body: Span,
    /// Its sections, in document order.
    pub sections: &'a [Section],
    /// The vocabulary.
    pub lexicon: &'a Lexicon,
    /// When it was issued.
    pub issued: Option<Moment>,
    /// The year that it belongs to.
    pub year: Option<i32>,
}

impl<'a> Context<'a> {
    /// The text of a span.
    pub fn of(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// The innermost section that holds a position.
    pub fn section_at(&self, at: u32) -> Option<&'a Section> {
        // Sections are in order and nested, so that only the last one to begin and those above it can hold the position.
        let last = self.sections.partition_point(|section| section.whole.start <= at).checked_sub(1)?;
        let mut section = self.sections.get(last)?;
        while at >= section.whole.end {
            section = self.place_of(section.parent?).and_then(|place| self.sections.get(place))?;
        }
        Some(section)
    }

    /// Place in `sections` of the section with an id.
    fn place_of(&self, id: u32) -> Option<usize> {
        self.sections.binary_search_by_key(&id, |section| section.id).ok()
    }

    /// The sections right under a section, in order.
    pub fn children(&self, section: &Section) -> Vec<&'a Section> {
        let behind = self.place_of(section.id).map_or(self.sections.len(), |place| place + 1);
        let inside = self.sections.get(behind..).unwrap_or(&[]).iter().take_while(|below| below.level > section.level);
        inside.filter(|below| below.parent == Some(section.id)).collect()
    }

    /// Sentences of a span: cut behind 。！？；!?; and at line breaks; without surrounding white space, empty ones left out.
    /// A 、 or ， does not cut; an ASCII full stop cuts only between Chinese characters.
    pub fn sentences(&self, span: Span) -> Vec<Span> {
        let mut out = Vec::new();
        let mut start = span.start as usize;
        for (at, c) in self.of(span).char_indices() {
            if matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n') {
                let end = span.start as usize + at + c.len_utf8();
                out.push(Span::new(start, end).trimmed(self.text));
                start = end;
            }
        }
        out.push(Span::new(start, span.end as usize).trimmed(self.text));
        out.retain(|sentence| !sentence.is_empty());
        out
    }
}

/// Extract everything from one document.
pub fn plan(text: &str, document: &Document, lexicon: &Lexicon) -> (Plan, Vec<Diagnostic>) {
    let (mut sections, mut diagnostics) = outline::outline(text, document.span, lexicon);
    let head = head::read(text, document.span, &sections, lexicon);
    outline::end_at(text, &mut sections, head.tail_start);
    let opening = opening(text, document.span);
    let told = year::of_head(&head, opening);
    let context = Context {
        text,
        span: document.span,
        body: Span { start: head.head_end, end: head.tail_start.max(head.head_end) },
        sections: &sections,
        lexicon,
        issued: head.issued,
        year: told.map(|(year, _)| year),
    };
    let (phases, more) = phases::extract(&context);
    diagnostics.extend(more);
    let told = told
        .or_else(|| year::of_phases(&phases))
        .or_else(|| year::of_dates(&context))
        .or_else(|| year::of_purpose(&context));
    let context = Context { year: told.map(|(year, _)| year), ..context };
    let phase_spans: Vec<Span> = phases.iter().map(|phase| phase.span).collect();
    let (window_start, window_end) = window::window(&context, head.title.as_deref(), &phase_spans);
    let told = told.or_else(|| Some((i32::from(window_start?.date.year()), YearBasis::Window)));
    let year = told.map(|(year, _)| year);
    let context = Context { year, ..context };
    let (references, more) = references::extract(&context);
    diagnostics.extend(more);
    let (criteria, slogans, more) = criteria::extract(&context);
    diagnostics.extend(more);
    let (leaders, more) = leaders::extract(&context);
    diagnostics.extend(more);
    let (targets, more) = targets::extract(&context, window_end);
    diagnostics.extend(more);
    let evidence = region::Evidence {
        title: head.notice.as_deref().or(head.title.as_deref()).unwrap_or(""),
        issuer: head.issuer.as_deref().or(head.speaker.as_deref()).unwrap_or(""),
        doc_number: head.doc_number.as_deref().unwrap_or(""),
        addressees: &head.addressees,
        head: Span { start: document.span.start, end: head.head_end.max(document.span.start) }.of(text),
        tail: Span { start: context.body.end, end: document.span.end }.of(text),
        body: context.of(context.body),
        year,
        span: document.span,
    };
    let (region, more) = region::region(&evidence, lexicon);
    diagnostics.extend(more);
    let breaks_off_here = !document.truncated && breaks_off_in_list(&context, &phases, &criteria);
    if breaks_off_here {
        let last = context.span.of(text).trim_end();
        let line = last.rfind('\n').map_or(0, |at| at + 1);
        let start = context.span.start as usize;
        let place = Span::new(start + line, start + last.len());
        diagnostics.push(Diagnostic::warning(
            "truncated",
            place,
            "the document breaks off inside a list that announces more",
        ));
    }
    let plan = Plan {
        ordinal: document.ordinal,
        span: document.span,
        genre: head.genre,
        campaign: campaign::campaign(head.title.as_deref(), opening, lexicon),
        sector: campaign::sector(head.issuer.as_deref(), head.title.as_deref(), opening, lexicon),
        themes: purpose::themes(&context),
        carriers: purpose::carriers(&context),
        truncated: document.truncated || breaks_off_here,
        year,
        year_basis: told.map(|(_, basis)| basis),
        window_start,
        window_end,
        phases,
        references,
        criteria,
        slogans,
        leaders,
        targets,
        region,
        title: head.title,
        issuer: head.issuer,
        doc_number: head.doc_number,
        addressees: head.addressees,
        issued: head.issued,
        sections,
    };
    (plan, diagnostics)
}

/// Whether the document ends inside a list that declares more than it gives: “五个好” with two items, 分四个阶段 with one phase.
///
/// Evidence: the last thing of the document, up to its final 160 bytes, is such an item. Misses lists that declare no number.
fn breaks_off_in_list(context: &Context, phases: &[crate::model::Phase], criteria: &[crate::model::Criterion]) -> bool {
    let near_end = |span: Span| {
        let rest = Span { start: span.end.min(context.span.end), end: context.span.end }.of(context.text);
        // Behind the last item only its own explanation follows: no heading, no signature.
        rest.chars().count() <= 160
            && !context.sections.iter().any(|s| s.span.start > span.end)
            && context.body.end >= context.span.end
    };
    let in_criteria = criteria.last().is_some_and(|last| {
        last.item.is_some() && last.declared.is_some_and(|declared| last.found < declared) && near_end(last.span)
    });
    let outer = phases.iter().filter(|phase| phase.level == 1).count() as u64;
    let in_phases = phases.last().is_some_and(|last| {
        phases::declared(context).is_some_and(|(declared, _)| outer < declared) && near_end(last.span)
    });
    in_criteria || in_phases || lone_first(context) || bare_first(context)
}

/// Whether the document ends with the heading of the first section of a series and nothing behind it: (一)宣传发动阶段.
fn bare_first(context: &Context) -> bool {
    context.sections.last().is_some_and(|last| {
        let alone = context.sections.iter().filter(|section| section.parent == last.parent).count() == 1;
        last.number == Some(1)
            && alone
            && last.parent.is_some()
            && last.text.is_empty()
            && context.body.end >= context.span.end
    })
}

/// Whether the document ends with the first item of a series under a heading that names two things: 五、监督考核和奖励措施
/// with 1. 监督考核 alone below it.
///
/// Evidence: a last section with the number 1, alone under its parent, one of whose two parts it bears, and no signature
/// behind it. Misses series that break off behind their second item.
fn lone_first(context: &Context) -> bool {
    let Some(last) = context.sections.last().filter(|last| last.number == Some(1)) else { return false };
    let is_alone = context.sections.iter().filter(|section| section.parent == last.parent).count() == 1;
    let parent = context.sections.iter().find(|section| Some(section.id) == last.parent);
    let names_two = parent.is_some_and(|parent| {
        let parts: Vec<&str> = parent.heading.split(['和', '与', '及', '、']).collect();
        parts.len() == 2 && parts[0].chars().count() >= 4 && last.heading.starts_with(parts[0])
    });
    // A signature stands behind the section; what is taken for annexes may be the section itself.
    let unsigned = context.body.end >= context.span.end || context.body.end <= last.span.start;
    is_alone && names_two && unsigned
}

/// The first 1,500 characters of a document.
fn opening(text: &str, span: Span) -> &str {
    let body = span.of(text);
    let end = body.char_indices().nth(1500).map_or(body.len(), |(at, _)| at);
    &body[..end]
}

#[cfg(test)]
mod testing {
    use super::Context;
    use crate::lexicon::Lexicon;
    use crate::span::Span;

    /// Show a rule a text as the body of a document of 2012 without sections.
    pub(super) fn with<T>(text: &str, rule: impl Fn(&Context) -> T) -> T {
        let span = Span::new(0, text.len());
        rule(&Context {
            text,
            span,
            body: span,
            sections: &[],
            lexicon: Lexicon::builtin(),
            issued: None,
            year: Some(2012),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;
    use crate::pipeline::{Options, parse};

    const PLAN: &str = "临水县改厕工作实施方案
为改善农村环境，结合我县实际，制定本方案。
一、工作目标
年内新建户厕五千座，农户满意率达到95%以上。
二、考核监督和表彰奖励
";

    #[test]
    fn documents_that_break_off_in_a_list_are_known() {
        for (tail, truncated) in [
            ("1.考核监督。县爱卫办每季度检查一次，结果通报全县。", true),
            ("1.考核监督。县爱卫办每季度检查一次。\n2.表彰奖励。年底评选先进。", false),
            ("1.考核监督。县爱卫办每季度检查一次。\n临水县人民政府\n2012年3月5日", false),
            ("（一）监督考核", true),
            ("（一）总的要求。县爱卫办每季度检查一次，年底评选先进。", false),
            ("各单位要做到“三到位”：\n（一）认识到位。开好会议。\n（二）措施到位。", true),
        ] {
            let parsed = parse(format!("{PLAN}{tail}"), Lexicon::builtin(), &Options::default());
            assert_eq!(parsed.plans[0].truncated, truncated, "{tail}");
            let doubts = parsed.diagnostics.iter().filter(|doubt| doubt.code == "truncated").count();
            assert_eq!(doubts, usize::from(truncated), "{tail}");
        }
    }
}
