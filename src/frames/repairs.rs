//! Rows of `repairs`. Their spans are of the source already.

use super::View;
use super::builder::TableBuilder;

pub(super) fn write(table: &mut TableBuilder, view: &View<'_>) {
    for repair in &view.parsed.cleaned.repairs {
        table
            .row()
            .str(view.origin.source_id.as_str())
            .category(repair.kind.as_str())
            .str(repair.before(&view.parsed.source))
            .str(repair.after.as_str())
            .place_before(view.places.of_source(repair.span))
            .f64(repair.confidence.map(f64::from))
            .end();
    }
}
