//! By when: the time that belongs to a quantity.

use super::Reading;
use super::quantity::{Quantity, UnitKind};
use super::quote::context_before;
use crate::extract::dates::{Kind, Time};
use crate::model::{Comparator, DeadlineBasis, Moment};

impl Reading<'_> {
    /// 比2010年翻一番: whether a time is what something is compared with.
    pub(super) fn is_compared(&self, time: &Time) -> bool {
        self.text.get(..time.span.start as usize).is_some_and(|head| head.ends_with(['比', '较', '以']))
    }

    /// By when: the nearest time before the quantity in its sentence, else the first one behind it, else what the goals,
    /// the stage or the plan for one year give.
    pub(super) fn deadline(
        &self,
        quantity: &Quantity,
        comparator: Comparator,
    ) -> (Option<Moment>, Option<DeadlineBasis>) {
        let text = self.text;
        // When the work goes on is no deadline for how long it takes: only 全年, 年内 are.
        let lasting = quantity.kind == UnitKind::Time;
        let first_behind = self.times.partition_point(|time| time.span.end as usize <= quantity.start);
        let (earlier, later) = self.times.split_at(first_behind);
        let fits = |time: &&Time| {
            !self.is_compared(time) && (!lasting || (time.kind == Kind::Year && !time.span.of(text).contains("今年")))
        };
        let mut before = earlier.iter().rev().take(200).filter(fits).take(20);
        let mut behind =
            later.iter().take(200).filter(fits).take(20).filter(|time| {
                time.span.start as usize >= quantity.end && (time.start.is_none() || self.is_column(time))
            });
        if let Some(time) = before.find(|time| time.end.is_some()).or_else(|| behind.find(|time| time.end.is_some())) {
            let loose = time.kind == Kind::Year && !time.has_year && !time.span.of(text).contains(['底', '末']);
            return (time.end, Some(if loose { DeadlineBasis::Inherited } else { DeadlineBasis::Stated }));
        }
        if self.inherited.is_none()
            && !lasting
            && in_campaign(context_before(text, quantity.start))
            && self.window.is_some()
        {
            return (self.window, Some(DeadlineBasis::Inherited));
        }
        // 三年内引进5家: no year of the plan.
        let within = |time: &Time| {
            time.kind == Kind::Duration && text.get(time.span.end as usize..).is_some_and(|tail| tail.starts_with('内'))
        };
        if earlier
            .iter()
            .rev()
            .take(5)
            .any(|time| within(time) || time.kind == Kind::Duration && time.span.of(text).ends_with('内'))
        {
            return (None, None);
        }
        let goals = self.inherited.filter(|_| !lasting);
        let stage = self.setting.stage.filter(|_| !lasting || comparator == Comparator::AtLeast);
        let found = goals.or(stage).or(self.setting.year);
        (found, found.map(|_| DeadlineBasis::Inherited))
    }

    /// Whether a time stands in a cell of its own in a row of a table that lost its lines, or is labelled as the time by which
    /// something is due: 改造窖560座 2016年9月底 县农牧局; 完成时限：9月底.
    fn is_column(&self, time: &Time) -> bool {
        const LABELS: &[&str] = &["时限", "期限", "完成时间", "时间节点"];
        let before = self.text.get(..time.span.start as usize).unwrap_or("");
        let behind = self.text.get(time.span.end as usize..).unwrap_or("");
        let is_gap = |c: char| matches!(c, ' ' | '\u{3000}' | '\t' | '|' | '│');
        let opens = before.chars().next_back().is_some_and(is_gap);
        let closes = behind.chars().next().is_none_or(|c| is_gap(c) || c == '\n');
        let label = before.trim_end_matches([':', '：', ' ']);
        opens && closes || label.len() < before.len() && LABELS.iter().any(|word| label.ends_with(word))
    }
}

/// Whether a sentence speaks of the campaign as a whole: 一百天里，全村改厕50座.
fn in_campaign(sentence: &str) -> bool {
    const WHOLE: &[&str] = &[
        "一百天里",
        "一百天内",
        "100天里",
        "100天内",
        "百日内",
        "攻坚期内",
        "攻坚期间",
        "行动期间",
        "活动期间",
        "整治期间",
    ];
    WHOLE.iter().any(|word| sentence.contains(word))
}
