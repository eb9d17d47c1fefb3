//! Rows of `leaders`.

use super::View;
use super::builder::TableBuilder;

pub(super) fn write(table: &mut TableBuilder, view: &View<'_>) {
    for plan in &view.parsed.plans {
        let plan_id = view.plan_id(plan.ordinal);
        for leader in &plan.leaders {
            table
                .row()
                .str(plan_id.as_str())
                .str(leader.body.as_str())
                .str(leader.role.as_str())
                .str(leader.name.as_str())
                .str(leader.post.as_deref())
                .place(view.places.of(leader.span));
        }
    }
}
