//! Bodies: the 领导小组, 指挥部 or 办公室 that persons are named for.

use super::names;

/// Words that end the name of a body; longer ones first where one ends another.
const BODIES: &[&str] = &[
    "领导小组",
    "工作小组",
    "协调小组",
    "推进小组",
    "活动小组",
    "领导组",
    "指挥部",
    "工作组",
    "工作专班",
    "专班",
    "督导组",
    "督查组",
    "指导组",
    "检查组",
    "专家组",
    "评审组",
    "考核组",
    "验收组",
    "推进组",
    "组委会",
    "委员会",
    "办公室",
];

/// What stands before the name of a body and is no part of it.
const BODY_LEADS: &[&str] =
    &["决定对", "成立", "组建", "设立", "建立", "调整", "充实", "关于", "下设", "组成", "为", "的", "了", "即", "任"];

/// Offices stand under the body that was named before them.
pub(super) const OFFICE: &str = "办公室";

/// The office of a body.
pub(super) fn office_of(body: Option<&str>) -> String {
    match body {
        Some(body) if body.ends_with(OFFICE) => body.to_owned(),
        Some(body) => format!("{body}{OFFICE}"),
        None => format!("领导小组{OFFICE}"),
    }
}

/// The body that is named last before a place, at most 160 characters back; 办公室 alone for an office of the body before.
pub(super) fn body_before(text: &str, from: usize, at: usize) -> Option<String> {
    let head = text.get(from..at)?;
    let start = head.char_indices().rev().take(160).last().map(|(place, _)| place)?;
    let near = head.get(start..)?;
    let mut best: Option<(usize, &str)> = None;
    for word in BODIES {
        if let Some(place) = near.rfind(word)
            && best.is_none_or(|(known, longest)| {
                place + word.len() > known + longest.len()
                    || (place < known && place + word.len() >= known + longest.len())
            })
        {
            best = Some((place, word));
        }
    }
    let (place, word) = best?;
    let name = |c: char| names::is_han(c) || c.is_ascii_digit() || matches!(c, '“' | '”' | '"' | '‘' | '’' | '·');
    let lead = near
        .get(..place)?
        .char_indices()
        .rev()
        .take(40)
        .take_while(|(_, c)| name(*c))
        .last()
        .map_or(place, |(place, _)| place);
    let mut phrase = near.get(lead..place + word.len())?;
    for lead in BODY_LEADS {
        if let Some(found) = phrase.rfind(lead).filter(|found| found + lead.len() + word.len() <= phrase.len()) {
            phrase = phrase.get(found + lead.len()..)?;
        }
    }
    let phrase = phrase.strip_prefix("组织领导").unwrap_or(phrase).trim_start_matches(['”', '’', '"']);
    // …领导小组（以下简称领导小组）: the full name stands before the brackets.
    if let Some(short) = near.get(lead..place).and_then(|before| before.find("简称")) {
        return body_before(text, from, from + start + lead + short).or_else(|| Some((*word).to_owned()));
    }
    if word == OFFICE {
        // 领导小组下设办公室: the office of the body that is named right there.
        if let Some(parent) = ["下设办公室", "设立办公室"]
            .iter()
            .filter_map(|word| near.rfind(word))
            .max()
            .and_then(|end| near.get(..end))
            && BODIES.iter().any(|body| body != &OFFICE && parent.ends_with(body))
        {
            return body_before(text, from, from + start + parent.len()).map(|parent| format!("{parent}{OFFICE}"));
        }
        let of_body = BODIES.iter().any(|body| *body != OFFICE && phrase.contains(body));
        return Some(if of_body { phrase.to_owned() } else { OFFICE.to_owned() });
    }
    (phrase.chars().count() >= 2).then(|| phrase.to_owned())
}

/// The body behind an appointment: 任副组长的领导小组. The panel of experts that 以…为组长的专家组 speaks of is no body of
/// the campaign.
pub(super) fn body_behind(rest: &str) -> Option<String> {
    let of = rest.strip_prefix('的')?;
    let of: String = of.chars().take(30).take_while(|c| names::is_han(*c)).collect();
    let end = ["领导小组", "工作小组", "指挥部", "专班", "委员会", "领导组"]
        .iter()
        .filter_map(|body| of.find(body).map(|place| place + body.len()))
        .min()?;
    of.get(..end).map(str::to_owned)
}
