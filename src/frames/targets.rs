//! Rows of `targets`.

use super::View;
use super::builder::TableBuilder;
use crate::model::{Comparator, DeadlineBasis};

pub(super) fn write(table: &mut TableBuilder, view: &View<'_>) {
    for plan in &view.parsed.plans {
        let plan_id = view.plan_id(plan.ordinal);
        for (number, target) in (1u32..).zip(&plan.targets) {
            table
                .row()
                .str(plan_id.as_str())
                .u32(number)
                .str(target.quote.as_str())
                .str(target.subject.as_deref())
                .str(target.indicator.as_deref())
                .category(target.comparator.map(Comparator::as_str))
                .f64(target.value)
                .f64(target.value_max)
                .str(target.unit.as_deref())
                .date(target.deadline)
                .precision(target.deadline)
                .category(target.deadline_basis.map(DeadlineBasis::as_str))
                .bool(target.is_target)
                .str(target.reason.as_deref())
                .place(view.places.of(target.span));
        }
    }
}
