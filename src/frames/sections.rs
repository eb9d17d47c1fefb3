//! Rows of `sections`.

use super::View;
use super::builder::TableBuilder;
use crate::model::Component;

pub(super) fn write(table: &mut TableBuilder, view: &View<'_>) {
    for plan in &view.parsed.plans {
        let plan_id = view.plan_id(plan.ordinal);
        for section in &plan.sections {
            table
                .row()
                .str(plan_id.as_str())
                .u32(section.id)
                .u32(section.parent)
                .u8(section.level)
                .str(section.marker.as_str())
                .str(section.heading.as_str())
                .category(section.component.map(Component::as_str))
                .str(section.text.as_str())
                .place(view.places.of(section.span));
        }
    }
}
