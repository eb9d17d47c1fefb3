//! Rows of `diagnostics`.

use super::View;
use super::builder::TableBuilder;
use crate::diagnostic::Severity;

pub(super) fn write(table: &mut TableBuilder, view: &View<'_>) {
    for diagnostic in &view.parsed.diagnostics {
        let severity = match diagnostic.severity {
            Severity::Info => "info",
            Severity::Warning => "warning",
        };
        table
            .row()
            .str(view.origin.source_id.as_str())
            .str(diagnostic.plan.map(|ordinal| view.plan_id(ordinal)).as_deref())
            .str(diagnostic.code)
            .category(severity)
            .str(diagnostic.message.as_str())
            .place(view.places.of(diagnostic.span));
    }
}
