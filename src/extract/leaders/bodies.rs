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
    "河长办",
    "林长办",
    "办公室",
];

/// What stands before the name of a body and is no part of it.
const BODY_LEADS: &[&str] = &[
    "决定对",
    "成立",
    "组建",
    "设立",
    "建立",
    "调整",
    "充实",
    "关于",
    "下设",
    "组成",
    "负责人",
    "班主任",
    "为",
    "的",
    "了",
    "即",
    "任",
];

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

/// Whether 三个 stands before the name of a body, which then is none: 三个工作组.
fn is_counted(head: &str) -> bool {
    head.ends_with('个') || head.ends_with("各") || head.ends_with("每")
}

/// The last place where a word names a body.
fn last_named(near: &str, word: &str) -> Option<usize> {
    near.rmatch_indices(word).map(|(place, _)| place).find(|place| !near.get(..*place).is_some_and(is_counted))
}

/// What may stand between the name of a body and its first person.
const LIST_WORDS: &[&str] = &[
    "组成人员名单",
    "成员名单",
    "人员名单",
    "名单",
    "成员表",
    "组成人员",
    "人员组成",
    "成员如下",
    "组成如下",
    "如下",
    "组成",
    "由",
    "成员",
];

/// The body whose name stands right before its first person, on a line of its own or before a bracket or comma:
/// `（二）宣传报道组⏎组长：…`, `材料组(组长：…)`. Any 组, 队 or 专班 is one there.
fn body_beside(head: &str) -> Option<String> {
    let gap = |c: char| c.is_whitespace() || matches!(c, '(' | '（' | ':' | '：' | ',' | '，' | '[' | '【');
    let mut head = head.trim_end_matches(gap);
    for word in LIST_WORDS {
        head = head.strip_suffix(word).unwrap_or(head).trim_end_matches(gap);
    }
    let name = |c: &char| names::is_han(*c) || c.is_ascii_digit() || matches!(c, '“' | '”' | '·');
    let start = head.char_indices().rev().take(40).take_while(|(_, c)| name(c)).last()?.0;
    let phrase = head.get(start..)?;
    let opens = head.get(..start)?.chars().next_back();
    let stands_alone = opens.is_none_or(|c| {
        matches!(c, '\n' | '、' | '.' | '．' | ')' | '）' | ':' | '：' | ';' | '；' | '。' | ',' | '，')
    });
    let phrase = BODY_LEADS.iter().fold(phrase, |phrase, lead| match phrase.rfind(lead) {
        Some(place) if place + lead.len() < phrase.len() => phrase.get(place + lead.len()..).unwrap_or(phrase),
        _ => phrase,
    });
    let phrase = phrase.strip_prefix(['和', '及', '设']).unwrap_or(phrase);
    let group = ["组", "队", "专班"].iter().any(|end| phrase.ends_with(end))
        && !["组员", "党小组", "村民小组", "党组", "领导小组", "个组", "分组", "班组", "两组"]
            .iter()
            .any(|end| phrase.ends_with(end));
    let counted = phrase.contains('个') || phrase.contains("以下");
    (group && !counted && stands_alone && (3..=24).contains(&phrase.chars().count())).then(|| phrase.to_owned())
}

/// The body that is named last before a place, at most 160 characters back; 办公室 alone for an office of the body before.
pub(super) fn body_before(text: &str, from: usize, at: usize) -> Option<String> {
    let head = text.get(from..at)?;
    let start = head.char_indices().rev().take(160).last().map(|(place, _)| place)?;
    let near = head.get(start..)?;
    if let Some(beside) = body_beside(near) {
        return Some(beside);
    }
    let mut best: Option<(usize, &str)> = None;
    for word in BODIES {
        if let Some(place) = last_named(near, word)
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

/// The body and the role in it that an appointment names: 任植树领导小组组长, 兼任该办主任. Gives also their length.
///
/// Only bodies of campaigns, and 该办, 该小组; 任县卫生局副局长 is a post.
pub(super) fn appointed_to<'r>(rest: &str, roles: &[&'r str]) -> Option<(String, &'r str, usize)> {
    let end = rest.char_indices().take(40).find(|(_, c)| !names::is_han(*c)).map_or(rest.len(), |(end, _)| end);
    let phrase = rest.get(..end).filter(|phrase| phrase.chars().count() <= 36)?;
    // 领导小组副组长兼办公室主任: the first of two.
    let phrase = phrase.split('兼').next().unwrap_or(phrase);
    let role = roles.iter().find(|role| phrase.ends_with(**role))?;
    let body = phrase.strip_suffix(*role)?;
    let office = ["该办", "该办公室", "其办公室", "小组办公室", "指挥部办公室", "专班办公室"];
    if office.iter().any(|end| body.ends_with(end)) {
        return Some((OFFICE.to_owned(), role, phrase.len()));
    }
    if ["该小组", "该领导小组", "本小组"].contains(&body) {
        return Some(("领导小组".to_owned(), role, phrase.len()));
    }
    let campaign = ["领导小组", "工作小组", "协调小组", "指挥部", "专班", "领导组", "工作组"];
    (body.chars().count() >= 4 && campaign.iter().any(|end| body.ends_with(end)))
        .then(|| (body.to_owned(), *role, phrase.len()))
}
