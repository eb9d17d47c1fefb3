//! One snapshot a stage for a few of the bundled samples: what `clean` repaired, how `split` divided, the outline, the facts.
//!
//! A change of a rule shows here as a change of a snapshot. Regenerate with `INSTA_UPDATE=always cargo test --test snapshots`,
//! read the difference, and commit it with the change; never edit a snapshot by hand.

use std::fmt::Write as _;
use std::path::Path;

use fangan::decode::decode;
use fangan::lexicon::Lexicon;
use fangan::model::{Moment, Parsed, Plan};
use fangan::{Options, parse};

fn parsed(name: &str) -> Parsed {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/fangan/samples/texts").join(name);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    parse(decode(&bytes).text, Lexicon::builtin(), &Options::default())
}

fn day(moment: Option<Moment>) -> String {
    moment.map_or("-".into(), |moment| format!("{} ({})", moment.date, moment.precision.as_str()))
}

/// The repairs by kind, and the first of each.
fn cleaned(parsed: &Parsed) -> String {
    let mut out =
        format!("script {:?}, noise {:?}\n", parsed.cleaned.script.map(fangan::model::Script::as_str), parsed.noise);
    let mut seen: Vec<(&str, usize, String)> = Vec::new();
    for repair in &parsed.cleaned.repairs {
        let kind = repair.kind.as_str();
        match seen.iter_mut().find(|(known, _, _)| *known == kind) {
            Some((_, count, _)) => *count += 1,
            None => seen.push((kind, 1, format!("{:?} → {:?}", repair.before(&parsed.source), repair.after))),
        }
    }
    for (kind, count, first) in seen {
        let _ = writeln!(out, "{kind}: {count}, first {first}");
    }
    let head: String = parsed.cleaned.text.chars().take(160).collect();
    let _ = write!(out, "---\n{head}");
    out
}

/// First and last words of each document.
fn divided(parsed: &Parsed) -> String {
    let mut out = String::new();
    for plan in &parsed.plans {
        let text = plan.span.of(&parsed.cleaned.text);
        let head: String = text.chars().take(24).collect();
        let tail: String = text.chars().rev().take(16).collect::<Vec<_>>().into_iter().rev().collect();
        let _ = writeln!(out, "{} {head:?} … {tail:?} truncated={}", plan.ordinal, plan.truncated);
    }
    let _ = write!(out, "coverage {:.3}", parsed.coverage);
    out
}

fn outlined(plan: &Plan) -> String {
    let mut out = String::new();
    for section in &plan.sections {
        let component = section.component.map_or("-", fangan::model::Component::as_str);
        let indent = "  ".repeat(section.level as usize - 1);
        let _ = writeln!(out, "{indent}{} {} [{component}]", section.marker, section.heading);
    }
    out
}

fn facts(plan: &Plan) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "title {:?}\ngenre {:?}\ncampaign {:?}",
        plan.title,
        plan.genre.map(fangan::model::Genre::as_str),
        plan.campaign
    );
    let _ = writeln!(out, "issuer {:?}\nnumber {:?}\naddressees {:?}", plan.issuer, plan.doc_number, plan.addressees);
    let _ = writeln!(out, "region {:?}, issued {}, year {:?}", plan.region.name(), day(plan.issued), plan.year);
    let _ = writeln!(out, "window {} to {}", day(plan.window_start), day(plan.window_end));
    let _ = writeln!(out, "themes {:?}\ncarriers {:?}", plan.themes, plan.carriers);
    for phase in &plan.phases {
        let name = phase.name.as_deref().unwrap_or("-");
        let _ = writeln!(
            out,
            "phase {} {} {name}: {} to {}",
            phase.level,
            phase.kind.as_str(),
            day(phase.start),
            day(phase.end)
        );
    }
    for criterion in &plan.criteria {
        let _ = writeln!(out, "criterion {} of {:?}: {:?}", criterion.framework, criterion.applies_to, criterion.item);
    }
    for target in plan.targets.iter().filter(|target| target.is_target) {
        let sign = target.comparator.map_or("", fangan::model::Comparator::as_str);
        let _ = writeln!(
            out,
            "target {sign} {:?} {:?} by {}: {}",
            target.value,
            target.unit,
            day(target.deadline),
            target.quote
        );
    }
    for leader in &plan.leaders {
        let _ = writeln!(out, "leader {} {}: {}", leader.body, leader.role, leader.name);
    }
    for reference in &plan.references {
        let _ =
            writeln!(out, "reference {} {:?} {:?}", reference.relation.as_str(), reference.title, reference.doc_number);
    }
    for slogan in &plan.slogans {
        let _ = writeln!(out, "slogan {}", slogan.formula);
    }
    out
}

/// All stages of one sample.
fn stages(name: &str) {
    let parsed = parsed(name);
    let mut out = format!("# clean\n{}\n\n# split\n{}\n", cleaned(&parsed), divided(&parsed));
    for plan in &parsed.plans {
        let _ =
            write!(out, "\n# outline {}\n{}\n# facts {}\n{}", plan.ordinal, outlined(plan), plan.ordinal, facts(plan));
    }
    insta::assert_snapshot!(name.trim_end_matches(".txt"), out);
}

#[test]
fn a_clean_plan() {
    stages("01_rizhao2010.txt");
}

#[test]
fn yearly_goals_without_phases() {
    stages("02_changzhou2003.txt");
}

#[test]
fn two_plans_with_nothing_between() {
    stages("18_two_plans2010.txt");
}

#[test]
fn traditional_script_with_pinyin() {
    stages("27_hailun2010.txt");
}

#[test]
fn merged_lines() {
    stages("23_gongcheng2018.txt");
}
