//! Rows of `phases`.

use super::View;
use super::builder::TableBuilder;
use crate::model::Stage;

pub(super) fn write(table: &mut TableBuilder, view: &View<'_>) {
    for plan in &view.parsed.plans {
        let plan_id = view.plan_id(plan.ordinal);
        for phase in &plan.phases {
            table
                .row()
                .str(plan_id.as_str())
                .u32(phase.id)
                .u32(phase.parent)
                .u32(phase.ordinal)
                .u8(phase.level)
                .category(phase.kind.as_str())
                .str(phase.label.as_deref())
                .str(phase.name.as_deref())
                .category(phase.stage.map(Stage::as_str))
                .date(phase.start)
                .date(phase.end)
                .precision(phase.start)
                .precision(phase.end)
                .str(phase.date_text.as_deref())
                .str_with(|| view.places.text(phase.span))
                .place(view.places.of(phase.span));
        }
    }
}
