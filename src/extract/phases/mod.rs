//! The phases of a campaign (阶段) and its steps (步骤, 环节).
//!
//! The layouts, tried in this order; the first that fits is taken:
//! 1. headings that say so: 第一阶段:动员部署(3月1日—3月20日), (一)宣传发动阶段; or sibling headings that all carry dates;
//! 2. the headings, or the items of a list, under a section on steps (方法步骤, 实施步骤, 时间安排);
//! 3. a series of headings most of which are names of steps (动员部署, 公开承诺, 领导点评 …), whatever stands above them;
//! 4. the rows of a table that the page has flattened: 宣传阶段 / 3月1日—3月20日 / 发放明白卡 (the rows of a table
//!    with the headings 阶段 and 时间 come before all of these, and before layout 1 where its headings stand in the table);
//! 5. lines and sentences that the outline does not take for headings: 第一阶段,宣传(3月);第二阶段,… or 3月份:宣传发动;
//! 6. running text: 分两步进行：三月份登记造册，…；四月份复核公示，…; 从现在起到5月底为第一阶段,主要任务是…. 第二阶段…; 分为宣传、整治、总结三个阶段;
//! 7. the years of a campaign: 2018年,…; 2019年,… under 分阶段、分步骤.
//!
//! Where layout 1 finds another number than the text declares, and layout 5 finds just that, layout 5 is taken.

mod check;
mod columns;
mod course;
mod headings;
mod lines;
mod list;
mod lost;
mod name;
mod prose;
mod row;
mod series;
mod steps;
mod table;
mod when;
mod years;

use daachorse::charwise::CharwiseDoubleArrayAhoCorasick;

use super::Context;
use super::dates::{self, Base, Kind};
use crate::diagnostic::Diagnostic;
use crate::lexicon::{Lexicon, word_automaton};
use crate::model::{Phase, PhaseKind, Stage};
use crate::span::Span;
use check::check;
pub use check::declared;
use columns::from_columns;
use course::from_course;
use headings::{from_dated_headings, from_stage_headings};
use lines::from_lines;
use prose::from_prose;
use series::{from_named_steps, from_steps_section};
use table::from_table;
use years::from_years;

/// The table `phase_names`, ready to search.
pub struct Names {
    words: CharwiseDoubleArrayAhoCorasick<u32>,
    stages: Vec<Option<Stage>>,
    lengths: Vec<usize>,
}

impl Names {
    /// Take the words from the table.
    pub fn new(lexicon: &Lexicon) -> Self {
        let keys = lexicon.cells("phase_names", "key");
        Self {
            stages: lexicon.cells("phase_names", "value").into_iter().map(Stage::parse).collect(),
            lengths: keys.iter().map(|key| key.chars().count()).collect(),
            words: word_automaton(keys),
        }
    }

    /// The canonical kind of the phase that a name names: by the longest word in it, of equal ones the last.
    pub fn stage(&self, name: &str) -> Option<Stage> {
        let mut best: Option<(usize, Stage)> = None;
        for found in self.words.leftmost_find_iter(name) {
            let at = found.value() as usize;
            if let (Some(&length), Some(&Some(stage))) = (self.lengths.get(at), self.stages.get(at))
                && best.is_none_or(|(longest, _)| length >= longest)
            {
                best = Some((length, stage));
            }
        }
        best.map(|(_, stage)| stage)
    }
}

/// Extract the phases.
pub fn extract(context: &Context) -> (Vec<Phase>, Vec<Diagnostic>) {
    let context = &Context { year: context.year.or_else(|| stated_above(context)), ..*context };
    let mut phases = lost::add(context, from_stage_headings(context));
    if !phases.is_empty() {
        phases = fuller(context, phases);
    }
    let rows = from_columns(context);
    if phases.is_empty() || phases.iter().any(|phase| rows.iter().any(|row| begins_in(phase.span, row.span))) {
        phases = if rows.is_empty() { phases } else { rows };
    }
    if phases.is_empty() {
        phases = from_dated_headings(context);
    }
    if phases.is_empty() {
        phases = from_steps_section(context);
    }
    if phases.is_empty() {
        phases = from_named_steps(context);
    }
    if phases.is_empty() {
        phases = from_table(context);
    }
    if phases.is_empty() {
        phases = from_lines(context);
    }
    if phases.is_empty() {
        phases = from_course(context);
    }
    if phases.is_empty() {
        phases = from_prose(context);
    }
    if phases.is_empty() {
        phases = from_years(context);
    }
    // Where the plan has no 阶段, its parts are the steps of its work.
    if !speaks_of_stages(context.of(context.span)) {
        for phase in &mut phases {
            phase.kind = PhaseKind::Step;
        }
    }
    for (phase, id) in phases.iter_mut().zip(1u32..) {
        phase.id = id;
    }
    link(&mut phases);
    let diagnostics = check(context, &phases);
    (phases, diagnostics)
}

/// A phase at a place, by its name: what a layout tells besides is filled in over this.
fn phase_at(context: &Context, name: Option<String>, span: Span) -> Phase {
    Phase {
        id: 0,
        parent: None,
        ordinal: 0,
        level: 1,
        kind: PhaseKind::Stage,
        label: None,
        stage: name.as_deref().and_then(|name| context.lexicon.compiled().phase.stage(name)),
        name,
        start: None,
        end: None,
        date_text: None,
        span,
    }
}

/// Whether a text divides anything into stages: 分三个阶段, 宣传阶段; not 现阶段, 阶段性 or 高中阶段. Takes 阶段 of another campaign, told in
/// passing, for its own.
fn speaks_of_stages(text: &str) -> bool {
    text.match_indices("阶段").any(|(at, word)| {
        let (before, behind) = (&text[..at], &text[at + word.len()..]);
        !behind.starts_with('性') && !before.ends_with(['现', '中', '学', '育', '级'])
    })
}

/// Whether one span begins in another.
fn begins_in(span: Span, other: Span) -> bool {
    (other.start..other.end).contains(&span.start)
}

/// The phases that were found as headings, unless the text declares another number and its sentences give just that: the
/// first label of …第一阶段为动员阶段。…第二阶段为… may be all that the outline takes for a heading.
fn fuller(context: &Context, phases: Vec<Phase>) -> Vec<Phase> {
    let outer = |phases: &[Phase]| phases.iter().filter(|phase| phase.level == 1).count();
    let found = outer(&phases);
    let wanted = declared(context).map(|(number, _)| number);
    if found >= 2 && wanted.is_none_or(|wanted| wanted == found as u64) {
        return phases;
    }
    let other = from_lines(context);
    let more = outer(&other) > found && (found <= 1 || wanted == Some(outer(&other) as u64));
    if more { other } else { phases }
}

/// The year of a document that states none for itself: the one that the full dates of its first six hundred characters
/// give, outside 《》. Example: 决定于2012年4月至6月开展专项行动, above (一)动员阶段（4月10日—4月30日）; 一九九九年…方案.
/// Counter-example: two years (2011年4月…2012年6月).
fn stated_above(context: &Context) -> Option<i32> {
    let text = context.of(context.span);
    let end = text.char_indices().nth(600).map_or(text.len(), |(end, _)| end);
    let text = text.get(..end)?;
    let title = text.lines().next().unwrap_or("");
    let times = dates::expressions(text, &Base::default());
    let mut years = times.iter().filter(|time| time.has_year).filter_map(|time| {
        let start = time.span.start as usize;
        let open =
            text.get(..start)?.rfind('《').is_some_and(|open| !text.get(open..start).unwrap_or("").contains('》'));
        let exact = time.kind != Kind::Year || start < title.len();
        let moment = time.start.or(time.end)?;
        (exact && !open).then(|| i32::from(moment.date.year()))
    });
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

/// Give steps the phase before them as parent.
fn link(phases: &mut [Phase]) {
    let mut above = None;
    for phase in phases {
        if phase.level == 1 {
            above = Some(phase.id);
        } else {
            phase.parent = above;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Moment;
    use pretty_assertions::assert_eq;

    fn found(text: &str) -> Vec<String> {
        let lexicon = Lexicon::builtin();
        let span = Span::new(0, text.len());
        let (sections, _) = crate::outline::outline(text, span, lexicon);
        let context = Context { text, span, body: span, sections: &sections, lexicon, issued: None, year: Some(2012) };
        let day = |m: Option<Moment>| m.map_or("-".to_owned(), |m| m.date.to_string());
        let line = |p: &Phase| {
            format!(
                "{} {} {} {} {}",
                p.level,
                p.kind.as_str(),
                p.name.as_deref().unwrap_or("-"),
                day(p.start),
                day(p.end)
            )
        };
        extract(&context).0.iter().map(line).collect()
    }

    #[test]
    fn layouts() {
        for (text, expected) in [
            (
                "一、工作步骤\n第一阶段：宣传发动（3月1日—3月20日）\n张贴通告。\n第二阶段：集中整治（3月21日至6月底）\n逐户检查。\n",
                vec!["1 stage 宣传发动 2012-03-01 2012-03-20", "1 stage 集中整治 2012-03-21 2012-06-30"],
            ),
            (
                "一、方法步骤\n（一）自查自纠阶段。2012年5月上旬，各单位对照清单自查。\n（二）总结验收阶段。各单位形成报告。\n",
                vec!["1 stage 自查自纠 2012-05-01 2012-05-10", "1 stage 总结验收 - -"],
            ),
            (
                "一、活动安排\n（一）动员部署。召开大会。\n（二）公开承诺。张榜公示。\n（三）评选表彰。评出先进。\n",
                vec!["1 step 动员部署 - -", "1 step 公开承诺 - -", "1 step 评选表彰 - -"],
            ),
            (
                "活动分三步走。从即日起到5月底为第一阶段,主要任务是广泛宣传动员,营造氛围。第二阶段的主要任务是全面推进。第三阶段主要是总结验收。",
                vec!["1 stage 广泛宣传动员 - 2012-05-31", "1 stage 全面推进 - -", "1 stage 总结验收 - -"],
            ),
            (
                "一、安排\n整治工作分为动员部署、集中整治、检查验收三个阶段进行。\n",
                vec!["1 stage 动员部署 - -", "1 stage 集中整治 - -", "1 stage 检查验收 - -"],
            ),
            (
                "一、步骤\n第一阶段：学习讨论。重点抓好集中学习、专题讨论两项工作。\n第二阶段：查摆整改。\n开展批评。\n",
                vec!["1 stage 学习讨论 - -", "2 step 集中学习 - -", "2 step 专题讨论 - -", "1 stage 查摆整改 - -"],
            ),
            ("整治分两步进行。第一步,登记造册;第二步,张榜公示。\n", vec!["1 step 登记造册 - -", "1 step 张榜公示 - -"]),
            (
                "工作安排表\n阶段\n时间\n内容\n动员阶段\n2012年3月\n开会\n检查阶段\n4月1日至20日\n入户\n",
                vec!["1 stage 动员 2012-03-01 2012-03-31", "1 stage 检查 2012-04-01 2012-04-20"],
            ),
            (
                "进度表\n自查阶段\t3月\t填表\n抽查阶段\t4月至5月\t到户\n",
                vec!["1 stage 自查 2012-03-01 2012-03-31", "1 stage 抽查 2012-04-01 2012-05-31"],
            ),
            (
                "3月1日至5日为宣传阶段,3月6日至4月底为换证阶段。\n",
                vec!["1 stage 宣传 2012-03-01 2012-03-05", "1 stage 换证 2012-03-06 2012-04-30"],
            ),
            (
                "四、时间安排\n3月份:组队训练。\n4月份:分片比赛。\n",
                vec!["1 step 组队训练 2012-03-01 2012-03-31", "1 step 分片比赛 2012-04-01 2012-04-30"],
            ),
            (
                "工作分阶段推进。\n2012年,全面动员,查清底数。\n2013年,从即日起至11月底,集中攻坚。\n",
                vec!["1 stage 全面动员 2012-01-01 2012-12-31", "1 stage 集中攻坚 2013-01-01 2013-11-30"],
            ),
            (
                "一、步骤\n（一）排查阶段（3月）。逐户登记。(S)巩固阶段（5月以后）。建章立制。\n二、要求\n加强领导。\n",
                vec!["1 stage 排查 2012-03-01 2012-03-31", "1 stage 巩固 2012-05-01 -"],
            ),
            ("二、补助标准\n（一）小学阶段。每人一百元。\n（二）初中阶段。每人二百元。\n", vec![]),
            ("三、安排\n3月5日:召开动员大会。\n4月8日:召开推进大会。\n", vec![]),
            ("当前已进入攻坚阶段，各村要加力。在动员阶段，各单位要学习。\n", vec![]),
            ("2012年,全县建成学校3所。\n2013年,全县建成学校5所。\n", vec![]),
            (
                "一、加强领导\n（一）提高认识。抓好落实。\n（二）加强宣传。营造氛围。\n（三）强化督查。定期通报。\n",
                vec![],
            ),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn every_row_is_recognised_in_its_example() {
        let names = &Lexicon::builtin().compiled().phase;
        let table = Lexicon::builtin().table("phase_names").unwrap();
        for (value, example) in table.pairs("value", "example") {
            assert_eq!(names.stage(example).map(Stage::as_str), Some(value), "{example}");
        }
    }
}
