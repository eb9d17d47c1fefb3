//! Rows of `diffusion`: for each plan its likely sources.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::builder::{TableBuilder, days_since_1970};
use super::schema::DIFFUSION;
use super::stored::Stored;
use crate::compare::{Party, Source};
use crate::model::{Moment, Precision};

/// What of a plan tells whether another could have copied from it.
pub fn party(stored: &Stored) -> Party {
    let plan = &stored.plan;
    Party {
        issued: plan.issued.map(|moment| (days_since_1970(moment.date), days_since_1970(last_day(moment)))),
        year: plan.year,
        level: plan.region.level,
        adcode: plan.region.adcode.as_deref().and_then(|code| code.parse().ok()),
    }
}

/// The last day of what a first day stands for: 2010年6月 is stored as the first of June.
fn last_day(moment: Moment) -> jiff::civil::Date {
    use jiff::ToSpan;
    let end = |months: i32| moment.date.saturating_add(months.months()).last_of_month();
    match moment.precision {
        Precision::Day => moment.date,
        Precision::TenDays => moment.date.saturating_add(9.days()),
        Precision::Month => end(0),
        Precision::Quarter => end(2),
        Precision::HalfYear => end(5),
        Precision::Year => moment.date.last_of_year(),
    }
}

/// The rows of the likely sources of each plan, in the order of `plans`.
pub fn rows(plans: &[Stored], sources: &[Vec<Source>]) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&DIFFUSION);
    for (target, sources) in plans.iter().zip(sources) {
        for (found, rank) in sources.iter().zip(1..) {
            let source = &plans[found.plan];
            let campaigns = (source.plan.campaign.as_deref(), target.plan.campaign.as_deref());
            table
                .row()
                .str(source.id.as_str())
                .str(target.id.as_str())
                .f64(found.share)
                .u32(found.n_chars as u32)
                .bool(campaigns.0.zip(campaigns.1).map(|(one, other)| one == other))
                .bool(found.cites)
                .i32(found.days)
                .category(found.by.as_str())
                .u32(rank)
                .f64(found.own_share)
                .u32(found.n_passages as u32)
                .bool(found.superior)
                .f64(found.new_share)
                .end();
        }
    }
    table.finish()
}
