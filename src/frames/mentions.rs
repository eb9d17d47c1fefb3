//! Rows of `places` and `residue`: the places that plans name, seen from their own.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::builder::TableBuilder;
use super::reading::Reading;
use super::schema::{PLACES, RESIDUE};
use crate::compare::{self, PlaceUse};
use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer::Chain;
use crate::model::{AdminLevel, PlaceRelation};
use crate::span::Span;

/// What is known of a plan's place: its code, and the year of the code.
pub type Own = (Option<u32>, Option<i32>);

/// The places that the plans of a source name, seen from their own; `own` has one entry a plan.
pub fn places(reading: &Reading, own: &[Own], lexicon: &Lexicon) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&PLACES);
    for plan in PlanPlaces::all(reading, own, lexicon) {
        for used in &plan.found {
            table
                .row()
                .str(plan.id)
                .str(used.place.span.of(plan.text))
                .category(used.place.level.map(AdminLevel::as_str))
                .str(used.place.name.as_deref())
                .str(used.place.code.as_deref())
                .f64(used.place.confidence)
                .category(used.relation.map(PlaceRelation::as_str))
                .str(used.cited)
                .str(used.body.map(|body| body.of(plan.text)))
                .place(plan.place(reading, used.place.span));
        }
    }
    table.finish()
}

/// The names in the plans of a source that belong to another place's document.
pub fn residue(reading: &Reading, own: &[Own], lexicon: &Lexicon) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&RESIDUE);
    for plan in PlanPlaces::all(reading, own, lexicon) {
        for used in &plan.found {
            let (Some(kind), Some(home), Some(chain)) = (used.residue(), &plan.home, used.place.chain) else {
                continue;
            };
            let name = used.body.unwrap_or(used.place.span);
            let (there, here) = (chain.full_name(), home.full_name());
            table
                .row()
                .str(plan.id)
                .str(name.of(plan.text))
                .category(kind.as_str())
                .str(format!("{there} is no part of {here}, and nothing around it cites it").as_str())
                .place(plan.place(reading, name));
        }
    }
    table.finish()
}

/// The places that one plan names.
struct PlanPlaces<'a> {
    id: &'a str,
    /// The plan's own place, if it is known.
    home: Option<Chain>,
    text: &'a str,
    start: u32,
    found: Vec<PlaceUse>,
}

impl<'a> PlanPlaces<'a> {
    fn all(reading: &'a Reading, own: &'a [Own], lexicon: &'a Lexicon) -> impl Iterator<Item = Self> {
        let gazetteer = &lexicon.compiled().gazetteer;
        reading.plans.iter().zip(own).map(move |((id, plan), (code, year))| {
            let text = plan.of(reading.text());
            let home = code.and_then(|code| gazetteer.place(code, *year));
            let found = compare::places(text, *year, home.as_ref(), gazetteer);
            Self { id, home, text, start: plan.start, found }
        })
    }

    /// Where a span of the plan stands in the source.
    fn place(&self, reading: &Reading, span: Span) -> (u32, u32) {
        reading.places().of(span.shifted(self.start))
    }
}
