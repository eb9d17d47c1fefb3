//! Rows of `criteria`.

use super::View;
use super::builder::TableBuilder;

pub(super) fn write(table: &mut TableBuilder, view: &View<'_>) {
    for plan in &view.parsed.plans {
        let plan_id = view.plan_id(plan.ordinal);
        for criterion in &plan.criteria {
            table
                .row()
                .str(plan_id.as_str())
                .u32(criterion.id)
                .str(criterion.framework.as_str())
                .category(criterion.kind.as_str())
                .str(criterion.applies_to.as_deref())
                .u32(criterion.declared)
                .u32(criterion.found)
                .u32(criterion.ordinal)
                .str(criterion.item.as_deref())
                .str_with(|| view.places.text(criterion.span))
                .place(view.places.of(criterion.span));
        }
    }
}
