//! Rows of `unparsed`.

use super::View;
use super::builder::TableBuilder;

pub(super) fn write(table: &mut TableBuilder, view: &View<'_>) {
    for unparsed in &view.parsed.unparsed {
        table
            .row()
            .str(view.origin.source_id.as_str())
            .str(unparsed.plan.map(|ordinal| view.plan_id(ordinal)).as_deref())
            .str_with(|| view.places.text(unparsed.span))
            .place(view.places.of(unparsed.span));
    }
}
