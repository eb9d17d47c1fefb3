//! Quantities that are words: 翻番, 零增长, 全覆盖, 全部, 村村.
//!
//! **Evidence**: a word of the list in a clause with a word that states an aim (实现, 确保, 达到). The words for "all" say
//! little by themselves, so that they need a deadline in their sentence too: 到2015年底,实现社区服务全覆盖;
//! 9月底前,黄标车全部淘汰.
//! **Counter-examples**: 实现网格全覆盖 (no deadline: kept as a row that is no target), 已实现全覆盖, 全部费用.
//! **Misses**: 应保尽保 and other formulas that ask for all without one of the words.

use std::sync::LazyLock;

use daachorse::charwise::CharwiseDoubleArrayAhoCorasick;

use super::Reading;
use super::quantity::{Quantity, UnitKind};
use super::quote::{clause, context_before, quote_span};
use super::tense::tells_past;
use crate::lexicon::word_automaton;
use crate::model::{Comparator, DeadlineBasis, Target};
use crate::span::Span;

/// Words that are as good as a number.
const FIRM: &[&str] =
    &["零增长", "零事故", "翻一番", "翻两番", "翻番", "零上访", "零投诉", "零发生", "零死亡", "全部达标"];

/// Words for "all", which count only by a stated day.
const ALL: &[&str] = &["全覆盖", "村村", "户户", "每村", "每个村", "全部"];

/// Words that state an aim beyond doubt.
const EXPLICIT: &[&str] = &["实现", "确保", "达到", "力争", "做到", "保持", "争取"];

/// Whether a text may hold such a word.
pub(super) fn may_stand_in(text: &str) -> bool {
    static ANY: LazyLock<CharwiseDoubleArrayAhoCorasick<u32>> =
        LazyLock::new(|| word_automaton(FIRM.iter().chain(ALL).copied().collect()));
    ANY.leftmost_find_iter(text).next().is_some()
}

impl Reading<'_> {
    /// The aims of a sentence whose quantity is a word.
    pub(super) fn worded(&self, report: bool, year: Option<i32>, out: &mut Vec<Target>) {
        if report || !may_stand_in(self.text) {
            return;
        }
        for (words, firm) in [(FIRM, true), (ALL, false)] {
            for word in words {
                for (at, _) in self.text.match_indices(word).take(50) {
                    let found = self.word_at(at, word, firm, out);
                    // 到1956年,全部完成改造: history.
                    let past = |target: &Target| {
                        target.deadline.zip(year).is_some_and(|(day, year)| i32::from(day.date.year()) < year)
                    };
                    out.extend(found.filter(|target| !past(target)));
                }
            }
        }
    }

    /// The aim of one word, unless it overlaps with one that was found before.
    fn word_at(&self, at: usize, word: &str, firm: bool, found: &[Target]) -> Option<Target> {
        let (sentence, text) = (self.sentence, self.text);
        let quantity = Quantity {
            start: at,
            end: at + word.len(),
            value: 0.0,
            max: None,
            unit: String::new(),
            kind: UnitKind::Rate,
            arabic: true,
            over: false,
            graded: false,
        };
        let (from, to) = clause(text, &quantity);
        let (head, tail) = (text.get(from..at)?, text.get(quantity.end..to)?);
        let span = quote_span(text, from, to, &quantity);
        let whole = Span { start: span.start + sentence.start, end: span.end + sentence.start };
        // 全部销号,销号率达到100%: the number says the same.
        let said = |target: &Target| {
            target.value == Some(100.0) && target.span.start >= whole.end && target.span.start <= whole.end + 4
        };
        let covered = found.iter().rev().take(20).any(|target| target.span.overlaps(whole) || said(target));
        if covered || head.contains('已') || tells_past(context_before(text, at)) {
            return None;
        }
        let aim = EXPLICIT.iter().any(|aim| head.contains(aim));
        let (deadline, deadline_basis) = self.deadline(&quantity, Comparator::Equal);
        let by_day = deadline_basis == Some(DeadlineBasis::Stated) && self.ends_before(at);
        // 全部淘汰 says what is to happen, 全部费用 does not.
        let happens = word == "全部" && !tail.starts_with(['的', '费', '内', '人', '责', '过', '职', '资']);
        let is_target = if firm { aim || by_day } else { by_day && (happens || aim && word != "全部") };
        let lacks = !firm && word == "全覆盖" && aim && !is_target;
        (is_target || lacks).then(|| Target {
            quote: span.of(text).to_owned(),
            subject: None,
            indicator: None,
            comparator: None,
            value: None,
            value_max: None,
            unit: None,
            deadline,
            deadline_basis,
            is_target,
            reason: lacks.then(|| "no number".to_owned()),
            span: whole,
        })
    }

    /// Whether the time before a place is one by which something is to be: 9月底前, 到2015年.
    fn ends_before(&self, at: usize) -> bool {
        let first = self.times.partition_point(|time| time.span.end as usize <= at);
        let last = self
            .times
            .get(..first)
            .and_then(|times| times.iter().rev().find(|time| time.end.is_some() && !self.is_compared(time)));
        last.is_some_and(|time| time.start.is_none() || time.span.of(self.text).starts_with('到'))
    }
}
