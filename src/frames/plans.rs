//! Rows of `plans`.

use super::View;
use super::builder::TableBuilder;
use crate::model::{AdminLevel, Genre, RegionBasis, YearBasis};

pub(super) fn write(table: &mut TableBuilder, view: &View<'_>) {
    for plan in &view.parsed.plans {
        let (start, end) = view.places.of(plan.span);
        let region = &plan.region;
        table
            .row()
            .str(view.plan_id(plan.ordinal).as_str())
            .str(view.origin.source_id.as_str())
            .u32(plan.ordinal)
            .str(plan.title.as_deref())
            .category(plan.genre.map(Genre::as_str))
            .str(plan.campaign.as_deref())
            .str(plan.sector.as_deref())
            .str(plan.issuer.as_deref())
            .str(plan.doc_number.as_deref())
            .list(&plan.addressees)
            .str(region.province.as_deref())
            .str(region.prefecture.as_deref())
            .str(region.county.as_deref())
            .str(region.township.as_deref())
            .str(region.adcode.as_deref())
            .str(region.name())
            .category(region.level.map(AdminLevel::as_str))
            .category(region.basis.map(RegionBasis::as_str))
            .date(plan.issued)
            .precision(plan.issued)
            .i32(plan.year)
            .date(plan.window_start)
            .date(plan.window_end)
            .precision(plan.window_start)
            .precision(plan.window_end)
            .list(&plan.themes)
            .list(&plan.carriers)
            .bool(plan.truncated)
            .u32(end - start)
            .place_before((start, end))
            .str(region.zone.as_deref())
            .category(plan.year_basis.map(YearBasis::as_str))
            .end();
    }
}
