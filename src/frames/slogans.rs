//! Rows of `slogans`.

use super::View;
use super::builder::TableBuilder;

pub(super) fn write(table: &mut TableBuilder, view: &View<'_>) {
    for plan in &view.parsed.plans {
        let plan_id = view.plan_id(plan.ordinal);
        for slogan in &plan.slogans {
            table
                .row()
                .str(plan_id.as_str())
                .str(slogan.formula.as_str())
                .u32(slogan.declared)
                .list(&slogan.items)
                .place(view.places.of(slogan.span));
        }
    }
}
