//! Where a plan belongs: the region of its issuer, with official names at the time.
//!
//! Evidence, most trusted first: a place or a body of the centre that *begins* the title; the issuer (given, in the
//! letterhead, in the signature); another place in the title; the document number; the addressees; the body. A place that is only
//! cited (学习寿光经验, 赴定陶县考察, a list of many) is no evidence. What stays ambiguous (朝阳区) stays empty, with the diagnostic
//! `region-ambiguous` that lists the candidates.

mod addressees;
mod body;
mod cues;
mod field;
mod level;
mod locate;
mod number;
mod township;

pub use locate::{Located, locate};
pub use township::township_at;

use crate::diagnostic::Diagnostic;
use crate::extract::Context;
use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer::Chain;
use crate::model::{AdminLevel, Plan, Region, RegionBasis};
use crate::span::Span;
use field::{Field, Reading};

/// How many candidates a diagnostic lists.
const MOST_CANDIDATES: usize = 12;

/// What is known of a document when its region is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence<'a> {
    /// The title.
    pub title: &'a str,
    /// The issuer, or several, separated by 、 or a space.
    pub issuer: &'a str,
    /// The document number.
    pub doc_number: &'a str,
    /// The addressees.
    pub addressees: &'a [String],
    /// The head of the document: letterhead, number, title.
    pub head: &'a str,
    /// The tail: signature, date, 抄送.
    pub tail: &'a str,
    /// The text between.
    pub body: &'a str,
    /// The year that it belongs to.
    pub year: Option<i32>,
    /// The document in the cleaned text, for the diagnostics.
    pub span: Span,
}

impl<'a> Evidence<'a> {
    /// What a document and the facts found in it so far say: head and tail are what `body` leaves out.
    pub fn of(context: &Context<'a>, plan: &'a Plan) -> Self {
        let part = |start, end| context.text.get(start as usize..end as usize).unwrap_or("");
        Self {
            title: plan.title.as_deref().unwrap_or(""),
            issuer: plan.issuer.as_deref().unwrap_or(""),
            doc_number: plan.doc_number.as_deref().unwrap_or(""),
            addressees: &plan.addressees,
            head: part(context.span.start, context.body.start),
            tail: part(context.body.end, context.span.end),
            body: context.of(context.body),
            year: context.year,
            span: context.span,
        }
    }
}

/// The region of a document. Never guesses: what the text does not say stays `None`.
pub fn region(evidence: &Evidence, lexicon: &Lexicon) -> (Region, Vec<Diagnostic>) {
    let context = field::Context::new(evidence, lexicon);
    let mut title = context.title(evidence.title);
    if evidence.title.is_empty()
        && let Some(line) = cues::first_line(evidence.head, evidence.body)
    {
        // 贺县人民政府关于…的布告: no kind of document that is known, but a title all the same.
        title = Some(context.title(line)).filter(|title| title.leading && title.full).unwrap_or_default();
    }
    let issuer = context.issuer(evidence);
    let mut diagnostics = Vec::new();
    let mut region = Region::default();

    let joint = evidence.issuer.contains('、');
    let mut number = None;
    let found = choose(&title, &issuer, joint)
        .or_else(|| {
            let reading = number::read(evidence, lexicon, &context);
            number = reading.ambiguous;
            reading.found
        })
        .or_else(|| addressees::read(evidence.addressees, &context))
        .or_else(|| body::read(evidence, &context));
    // 云南省…实施方案 of a county that fits it to its own circumstances.
    let found = match (found, body::fitted(evidence.body, &context)) {
        (Some((Field::Place(whole), RegionBasis::Title)), Some(own)) if own != whole && own.within(&whole) => {
            Some((Field::Place(own), RegionBasis::Body))
        }
        (found, _) => found,
    };
    if let Some((place, basis)) = found {
        // 神农架…方案 of 神农架林业管理局: the title begins with the place too, if less surely.
        let agrees = matches!(place, Field::Place(chain) if title.begins.contains(&chain));
        region.basis = Some(if agrees { RegionBasis::Title } else { basis });
        match place {
            // The centre is no region.
            Field::National => {
                region.basis = None;
                region.level = Some(AdminLevel::National);
            }
            Field::Place(chain) => {
                fill(&mut region, &chain);
                region.zone = match basis {
                    RegionBasis::Title => title.zone.clone().or_else(|| issuer.zone.clone()),
                    RegionBasis::Issuer => issuer.zone.clone(),
                    _ => None,
                };
            }
        }
        // A zone is no rung of the ladder.
        if region.zone.is_some() {
            region.level = None;
        }
    }
    let ambiguous = title.ambiguous.as_ref().or(issuer.ambiguous.as_ref()).or(number.as_ref());
    if region.province.is_none()
        && region.level != Some(AdminLevel::National)
        && let Some((name, candidates)) = ambiguous
    {
        let more = candidates.len().saturating_sub(MOST_CANDIDATES);
        let shown = candidates[..candidates.len() - more].join(", ");
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let message = format!("{name} may be any of {shown}{more}; the text does not say which");
        diagnostics.push(Diagnostic::warning("region-ambiguous", evidence.span, message));
    }
    if let (Some(Field::Place(a)), Some(Field::Place(b))) = (&title.field, &issuer.field)
        && title.leading
        && !a.within(b)
        && !b.within(a)
    {
        let message = format!("the title says {}, the issuer {}", a.full_name(), b.full_name());
        diagnostics.push(Diagnostic::info("region-conflict", evidence.span, message));
    }
    if let Some(name) = title.undated.as_ref().or(issuer.undated.as_ref())
        && region.province.is_some()
    {
        let message = format!("{name} was not the name of a place in {}", evidence.year.unwrap_or_default());
        diagnostics.push(Diagnostic::info("region-anachronism", evidence.span, message));
    }
    if region.level != Some(AdminLevel::National) {
        township::read(evidence, &context, &mut region, &mut diagnostics);
        level::read(evidence, &mut region);
    }
    // 我市 tells the level of the place, not the place.
    if region.province.is_none() && region.township.is_none() && region.level != Some(AdminLevel::National) {
        region.basis = None;
    }
    (region, diagnostics)
}

/// What title and issuer say together.
fn choose(title: &Reading, issuer: &Reading, joint: bool) -> Option<(Field, RegionBasis)> {
    let of_title = title.field.map(|field| (field, RegionBasis::Title));
    let of_issuer = issuer.field.map(|field| (field, RegionBasis::Issuer));
    match (title.field, issuer.field) {
        // 长沙市岳麓区…局、长沙市天心区…局: the title begins with the first of several.
        (Some(Field::Place(a)), Some(Field::Place(b))) if title.leading && joint && a != b && a.within(&b) => of_issuer,
        (Some(Field::Place(a)), Some(Field::Place(b))) if title.leading => {
            // The issuer of a document titled 山东省…规划 may be a city of Shandong, never another province.
            if b.within(&a) && a != b { of_issuer } else { of_title }
        }
        (Some(Field::Place(a)), Some(Field::Place(b))) => {
            // 关于印发《定陶县…方案》: where the issuer is only the province or the city, the title may be about a place in it.
            if a.within(&b) && a != b && title.own { of_title } else { of_issuer }
        }
        (Some(_), _) if title.leading => of_title,
        (_, Some(_)) => of_issuer,
        _ => of_title,
    }
}

fn fill(region: &mut Region, chain: &Chain) {
    region.province = chain.province.map(str::to_owned);
    region.prefecture = chain.prefecture.map(str::to_owned);
    region.county = chain.county.map(str::to_owned);
    region.adcode = chain.province.map(|_| format!("{:06}", chain.code));
    region.level = chain.level();
}

#[cfg(test)]
mod tests;
