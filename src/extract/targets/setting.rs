//! What the place of a sentence says about its quantities: goals or a report, which year, by when.
//!
//! **Evidence**: the document's own title (2010年工作要点 is a plan for 2010, …工作总结 a report), and the headings of the
//! sections that hold the sentence: 工作目标, 主要做法, 2011年打算, 第二阶段（4月至6月）. What a section says its
//! subsections take over, unless their headings say otherwise.
//! **Counter-examples**: 关于报送工作总结的通知 is no report; 2010—2012年规划 is no plan for one year; 活动时间（3月至8月）
//! dates the whole campaign, not a stage.
//! **Misses**: reports whose title does not say so; stages that are dated in running text.

use crate::extract::Context;
use crate::extract::dates::{self, Base, Kind};
use crate::model::{Component, Moment, Section};

/// How the title of a report ends.
const REPORTS: &[&str] =
    &["总结", "汇报", "总结报告", "情况报告", "工作报告", "汇报材料", "述职报告", "经验材料", "情况通报", "情况"];

/// What the title of a plan for one year names.
const PLANS: &[&str] = &["要点", "计划", "方案", "安排", "打算", "目标", "责任书"];

/// Headings of what was done or is the case.
const DONE: &[&str] = &[
    "主要做法",
    "工作成效",
    "取得的成效",
    "主要成效",
    "取得成效",
    "工作情况",
    "开展情况",
    "完成情况",
    "基本情况",
    "工作回顾",
    "存在问题",
    "存在的问题",
    "主要问题",
    "现状",
    "取得的成绩",
    "主要成绩",
    "背景",
];

/// Headings of what is still to do.
const AHEAD: &[&str] =
    &["打算", "计划", "下一步", "下步", "思路", "目标", "安排", "任务", "今后", "明年", "要点", "规划"];

/// Headings of a stage.
const STAGES: &[&str] = &["阶段", "步", "战役", "环节"];

/// What holds where a sentence stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Setting {
    /// Among goals.
    pub goals: bool,
    /// The heading right above names goals, with their time if it states one.
    pub heading: Option<Moment>,
    /// In a report of what was done.
    pub report: bool,
    /// The end of the stage.
    pub stage: Option<Moment>,
    /// The end of the year that the document or the section is a plan for.
    pub year: Option<Moment>,
}

/// The settings of all sections of a document.
pub(super) struct Settings<'a> {
    sections: &'a [Section],
    of: Vec<Setting>,
    document: Setting,
}

impl<'a> Settings<'a> {
    pub(super) fn new(context: &Context<'a>, base: &Base) -> Self {
        let document = of_title(context, base);
        let mut of: Vec<Setting> = Vec::with_capacity(context.sections.len());
        for section in context.sections {
            let above = section.parent.and_then(|parent| of.get((parent as usize).checked_sub(1)?)).copied();
            of.push(of_section(section, above.unwrap_or(document), base));
        }
        Self { sections: context.sections, of, document }
    }

    /// What holds at a position.
    pub(super) fn at(&self, at: u32) -> Setting {
        // Sections nest: the last one that begins before the place, or one that holds it.
        let mut index = self.sections.partition_point(|section| section.whole.start <= at).checked_sub(1);
        for _ in 0..64 {
            let Some(section) = index.and_then(|index| self.sections.get(index)) else { return self.document };
            if at < section.whole.end {
                return index.and_then(|index| self.of.get(index)).copied().unwrap_or(self.document);
            }
            index = section.parent.and_then(|parent| (parent as usize).checked_sub(1)).filter(|up| Some(*up) < index);
        }
        self.document
    }
}

/// The lines of the head as titles: is it a report, or a plan for one year?
fn of_title(context: &Context, base: &Base) -> Setting {
    let head = context.text.get(context.span.start as usize..context.body.start as usize).unwrap_or("");
    // Where no head was told from the body, the lines above the first sentence may hold the title.
    let head = if head.trim().is_empty() { opening(context) } else { head };
    let mut setting = Setting::default();
    for line in head.lines().take(40) {
        let line = line.trim();
        if line.chars().count() > 80 || line.starts_with(['《', '(', '（']) {
            continue;
        }
        let bare = line.split(['(', '（']).next().unwrap_or(line).trim();
        setting.report |= REPORTS.iter().any(|end| bare.ends_with(end));
        if setting.year.is_none() && PLANS.iter().any(|word| line.contains(word)) {
            setting.year = year_of(line, base);
        }
    }
    if setting.report {
        setting.year = None;
    }
    setting
}

/// The first lines of a document before its first section and its first sentence, twelve at most.
fn opening<'a>(context: &Context<'a>) -> &'a str {
    let first = context.sections.first().map_or(context.span.end, |section| section.whole.start);
    let text = context.text.get(context.span.start as usize..first as usize).unwrap_or("");
    let lines = text.split_inclusive('\n').take(12);
    let length = lines.take_while(|line| !line.contains(['。', '，', ','])).map(str::len).sum();
    text.get(..length).unwrap_or("")
}

/// The last day of the one year that a title or heading names.
fn year_of(text: &str, base: &Base) -> Option<Moment> {
    let times = dates::expressions(text, base);
    let mut years = times.iter().filter(|time| time.kind != Kind::Duration);
    let first = years.next().filter(|time| time.kind == Kind::Year && time.has_year && time.start.is_some())?;
    first.end.filter(|_| years.next().is_none())
}

fn of_section(section: &Section, above: Setting, base: &Base) -> Setting {
    let heading = section.heading.as_str();
    let named = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    let goals = section.component == Some(Component::Goals) || heading.contains("目标") || heading.ends_with("指标");
    let ahead = named(AHEAD);
    let dated = || dates::expressions(heading, base).iter().find_map(|time| time.end);
    Setting {
        goals: goals || above.goals,
        heading: if goals { dated() } else { None },
        report: (above.report || named(DONE)) && !ahead,
        stage: stage_end(section, base).or(above.stage),
        year: if ahead { year_of(heading, base).or(above.year) } else { above.year },
    }
}

/// The end of the stage that a heading dates: 第一阶段 学习（3月至4月）; a stage is at most eleven months long.
fn stage_end(section: &Section, base: &Base) -> Option<Moment> {
    let heading = section.heading.as_str();
    let whole = ["时间", "期限", "期间"].iter().any(|word| heading.contains(word));
    let (start, end, span) = dates::range_in(heading, base)?;
    let (start, end) = (start?, end?);
    let days = start.date.until(end.date).ok()?.get_days();
    let stage = STAGES.iter().any(|word| heading.contains(word) || section.marker.contains(word));
    let rest = heading.get(span.end as usize..)?.trim_start_matches("底");
    let closes = rest.trim_matches([')', '）', ' ', '\u{3000}', '。']).is_empty() && rest.starts_with([')', '）']);
    let opens = span.start == 0 && days < 200;
    (!whole && (0..600).contains(&days) && (stage || closes || opens)).then_some(end)
}
