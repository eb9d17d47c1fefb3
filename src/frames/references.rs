//! Rows of `references`.

use super::View;
use super::builder::TableBuilder;

/// `resolved_plan_id` is left null here: only the whole corpus knows which of its plans another one names.
pub(super) fn write(table: &mut TableBuilder, view: &View<'_>) {
    for plan in &view.parsed.plans {
        let plan_id = view.plan_id(plan.ordinal);
        for reference in &plan.references {
            table
                .row()
                .str(plan_id.as_str())
                .str(reference.title.as_deref())
                .str(reference.doc_number.as_deref())
                .category(reference.relation.as_str())
                .str(None)
                .place(view.places.of(reference.span));
        }
    }
}
