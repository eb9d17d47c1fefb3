//! Persons in charge: who leads which body, in which role.
//!
//! **Evidence**: a role with a colon (组长：) or at the start of a table row, and names behind it; 任 with a role and
//! names before it; a role, 由, names and 兼任. Every name begins with a known surname; names without anything between them
//! are parted by their surnames. The body is the phrase (…领导小组, …指挥部, 办公室) named just before.
//! **Example**: `成立植树活动领导小组。组长：王文华 副组长：李明赵大海` gives three persons of 植树活动领导小组.
//! **Counter-examples**: `组长：院长` (a post), `成员：人事科、财务科` (units), `联系人：王文华`, `王文华副书记出席会议`,
//! `以某某院士为组长的专家组`.
//! **Misses**: names with rare surnames that are not in the table `surnames`; masked names (陈某某).

mod bodies;
mod names;
mod roster;

use crate::charset::CharSet;
use crate::diagnostic::Diagnostic;
use crate::extract::Context;
use crate::lexicon::Lexicon;
use crate::model::Leader;
use crate::span::Span;
use bodies::{OFFICE, body_before, body_behind, office_of};
use names::Names;
use roster::{Person, people, trailing_people};

/// The tables `surnames`, `name_stopwords` and `leader_roles`, ready to search.
pub(crate) struct Words {
    names: Names,
    /// Longest first.
    roles: Vec<String>,
    /// The characters that a role begins with, and those that one ends with.
    begins: CharSet,
    ends: CharSet,
}

impl Words {
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let mut roles: Vec<String> = lexicon.cells("leader_roles", "key").into_iter().map(str::to_owned).collect();
        roles.sort_by_key(|role| std::cmp::Reverse(role.len()));
        let edge = |of: fn(&str) -> Option<char>| {
            let characters: Vec<char> = roles.iter().filter_map(|role| of(role)).collect();
            CharSet::of(&characters)
        };
        let (begins, ends) = (edge(|role| role.chars().next()), edge(|role| role.chars().next_back()));
        Self { names: Names::new(lexicon), roles, begins, ends }
    }
}

/// Persons in one role, as one place of the text tells them.
struct Group {
    /// From the role or the first name to the last name.
    span: Span,
    /// What stands before this decides which body is meant.
    start: usize,
    role: String,
    people: Vec<Person>,
    /// The body, where it is named behind the role: 任组长的植树领导小组.
    body: Option<String>,
}

/// The persons in charge that a document names, in text order.
pub fn extract(context: &Context) -> (Vec<Leader>, Vec<Diagnostic>) {
    let words = &context.lexicon.compiled().leader;
    let roles: Vec<&str> = words.roles.iter().map(String::as_str).collect();
    let mut groups = rosters(context.text, context.span, &roles, words);
    groups.extend(appointments(context.text, context.span, &roles, words));
    groups.sort_by_key(|group| group.span);

    let mut leaders: Vec<Leader> = Vec::new();
    let mut body: Option<String> = None;
    let mut done = context.span.start as usize;
    for group in groups {
        if (group.span.start as usize) < done {
            continue;
        }
        match group.body.or_else(|| body_before(context.text, done, group.start)) {
            Some(named) if named == OFFICE => body = Some(office_of(body.as_deref())),
            Some(named) => body = Some(named),
            None if group.start - done > 600 => body = None,
            None => {}
        }
        done = group.span.end as usize;
        let (role, named) = match group.role.strip_prefix(OFFICE) {
            Some(role) => (role.to_owned(), office_of(body.as_deref())),
            None => (group.role, body.clone().unwrap_or_else(|| "领导小组".into())),
        };
        for person in group.people {
            let same = |known: &&Leader| known.name == person.name && known.role == role && known.body == named;
            if leaders.iter().rev().take(200).any(|known| same(&known)) {
                continue;
            }
            leaders.push(Leader {
                body: named.clone(),
                role: role.clone(),
                name: person.name,
                post: person.post,
                span: person.span,
            });
        }
    }
    (leaders, Vec::new())
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\t' | '\u{a0}')
}

/// The longest role that ends at `at`, blanks inside it left out, with its first byte.
fn role_before<'a>(text: &str, from: usize, at: usize, roles: &[&'a str]) -> Option<(&'a str, usize)> {
    let head = text.get(from..at)?;
    let last: Vec<(usize, char)> = head.char_indices().rev().take(16).filter(|(_, c)| !is_blank(*c)).collect();
    roles.iter().find_map(|role| {
        let mut place = last.iter();
        let start = role
            .chars()
            .rev()
            .try_fold(0, |_, wanted| place.next().filter(|(_, c)| *c == wanted).map(|(at, _)| *at))?;
        let before = head.get(..start)?.trim_end_matches(is_blank);
        // 小组长, 班子成员, 车间主任 are no roles of a body of the campaign.
        let other = [
            "小",
            "班子",
            "党组",
            "党委",
            "支委",
            "家庭",
            "工会",
            "全体",
            "车间",
            "村委会",
            "居委会",
            "科",
            "系",
            "总",
            "家长",
        ];
        let marked = other.iter().any(|word| before.ends_with(word)) && !before.ends_with("领导小");
        (!marked).then_some((*role, from + start))
    })
}

/// 组长：…, and rows of a table that begin with a role.
fn rosters(text: &str, span: Span, roles: &[&str], words: &Words) -> Vec<Group> {
    let names = &words.names;
    let (from, to) = (span.start as usize, span.end as usize);
    let mut anchors: Vec<(usize, usize, &str)> = Vec::new();
    let (mut line_start, mut clause_start, mut item_start) = (true, true, false);
    for (place, c) in span.of(text).char_indices() {
        let at = from + place;
        if matches!(c, ':' | '：') {
            let last = text.get(from..at).and_then(|head| head.chars().rev().find(|c| !is_blank(*c)));
            if last.is_some_and(|last| words.ends.has(last))
                && let Some((role, start)) = role_before(text, from, at, roles)
            {
                anchors.push((start, at + c.len_utf8(), role));
            }
        } else if !words.begins.has(c) {
            // No role begins here.
        } else if (clause_start || (item_start && is_body_role(text, at, to)))
            && let Some((role, end)) = role_with_name(text, at, to, roles, names)
        {
            // 组长王文华，副组长李大海: a role with a name right behind it.
            anchors.push((at, end, role));
        } else if line_start && !is_blank(c) && c != '\n' {
            anchors.extend(role_row(text, at, to, roles).map(|(role, end)| (at, end, role)));
        }
        clause_start = matches!(c, '，' | ',' | '；' | ';' | '。' | '\n' | '：' | ':') || (clause_start && is_blank(c));
        item_start = matches!(c, '、' | ')' | '）');
        line_start = c == '\n' || (line_start && is_blank(c));
    }
    let ends: Vec<usize> = anchors.iter().skip(1).map(|anchor| anchor.0).chain([to]).collect();
    let mut groups = Vec::new();
    for ((start, begin, role), end) in anchors.into_iter().zip(ends) {
        let people = people(text, begin, end.max(begin), names);
        if let Some(last) = people.iter().map(|person| person.span.end).max() {
            groups.push(Group {
                span: Span { start: start as u32, end: last },
                start,
                role: role.to_owned(),
                people,
                body: None,
            });
        }
    }
    groups
}

/// Whether a role stands there that is no post anywhere else: 副组长, not 主任.
fn is_body_role(text: &str, at: usize, to: usize) -> bool {
    let rest = text.get(at..to).unwrap_or("");
    ["组长", "副组长", "成员", "组员", "副总指挥", "总指挥", "副指挥长"].iter().any(|role| rest.starts_with(role))
}

/// Words between a role and its names: 成员有王文华、李大海.
const LINKS: &[&str] = &["分别为", "分别是", "包括", "有", "为", "是"];

/// A role that has a whole name right behind it: the role and the place behind it.
fn role_with_name<'a>(text: &str, at: usize, to: usize, roles: &[&'a str], names: &Names) -> Option<(&'a str, usize)> {
    let rest = text.get(at..to)?;
    let role = roles.iter().find(|role| rest.starts_with(**role))?;
    let behind = rest.get(role.len()..)?;
    let named = |text: &str| {
        let end = text.char_indices().find(|(_, c)| !names::is_han(*c)).map_or(text.len(), |(end, _)| end);
        let run = text.get(..end).unwrap_or("");
        let run = ["等同志", "同志", "等"].iter().find_map(|end| run.strip_suffix(end)).unwrap_or(run);
        run.chars().take(13).count() <= 12
            && (names.is_name(run) || (run.chars().count() > 4 && names.part(run).is_some()))
    };
    if named(behind) {
        return Some((role, at + role.len()));
    }
    // One name alone behind 为 or 有 may be a word (有权决定): a list shows that it is none.
    let link = LINKS.iter().find(|link| behind.starts_with(**link))?;
    let listed = behind.get(link.len()..)?;
    let next = listed.char_indices().find(|(_, c)| !names::is_han(*c)).map(|(_, c)| c);
    let list = next == Some('、') || link.starts_with('分');
    (list && named(listed)).then_some((*role, at + role.len() + link.len()))
}

/// A role that begins a line and has blanks, not a colon, behind it: 组　长　王文华.
fn role_row<'a>(text: &str, at: usize, to: usize, roles: &[&'a str]) -> Option<(&'a str, usize)> {
    let line = text.get(at..to)?;
    roles.iter().find_map(|role| {
        let mut chars = line.char_indices().filter(|(_, c)| !is_blank(*c));
        let end = role.chars().try_fold(0, |_, wanted| {
            chars.next().filter(|(_, c)| *c == wanted).map(|(place, c)| place + c.len_utf8())
        })?;
        line.get(end..)?.starts_with(is_blank).then_some((*role, at + end))
    })
}

/// 王文华任组长, 李明等同志为成员, 主任由赵大海兼任, 由钱立负责日常工作.
fn appointments(text: &str, span: Span, roles: &[&str], words: &Words) -> Vec<Group> {
    let names = &words.names;
    let (from, to) = (span.start as usize, span.end as usize);
    let mut groups = Vec::new();
    let mut floor = from;
    for (place, c) in span.of(text).char_indices() {
        let at = from + place;
        match c {
            '任' | '为' => {
                let behind = text.get(at + c.len_utf8()..to).unwrap_or("");
                if !behind.chars().next().is_some_and(|c| words.begins.has(c)) {
                    continue;
                }
                let Some(role) = roles.iter().find(|role| behind.starts_with(**role)) else { continue };
                let end = at + c.len_utf8() + role.len();
                let rest = text.get(end..to).unwrap_or("");
                let named = body_behind(rest);
                if named.is_none() && !rest.chars().next().is_none_or(ends_appointment) {
                    continue;
                }
                let people = trailing_people(text, floor, at, names);
                floor = end;
                if let Some(first) = people.iter().map(|person| person.span.start).min() {
                    let span = Span { start: first, end: end as u32 };
                    // 王文华任组长，李大海任副组长的领导小组: the body of both.
                    let sentence = first - (sentence_before(text, from, first as usize).len() as u32).min(first);
                    let same = |group: &&mut Group| group.span.start >= sentence && group.body.is_none();
                    if named.is_some() {
                        for group in groups.iter_mut().rev().take(4).filter(same) {
                            group.body.clone_from(&named);
                        }
                    }
                    let role = (*role).to_owned();
                    groups.push(Group { span, start: first as usize, role, people, body: named });
                }
            }
            '由' => groups.extend(delegated(text, from, at, to, roles, names)),
            _ => {}
        }
    }
    groups
}

/// Whether an appointment can end before a character.
fn ends_appointment(c: char) -> bool {
    matches!(c, ',' | '，' | '、' | ';' | '；' | '。' | '.' | '\n' | ')' | '）' | ' ' | '\u{3000}')
}

/// 主任由王文华副局长兼任; 办公室 …由王文华负责日常工作.
fn delegated(text: &str, from: usize, at: usize, to: usize, roles: &[&str], names: &Names) -> Option<Group> {
    let begin = at + '由'.len_utf8();
    let rest = text.get(begin..to)?;
    let clause = rest
        .char_indices()
        .take(60)
        .find(|(_, c)| matches!(c, '。' | ';' | '；' | '\n' | ':' | '：'))
        .map_or_else(|| rest.char_indices().nth(60).map_or(rest.len(), |(place, _)| place), |(place, _)| place);
    let clause = rest.get(..clause)?;
    if let Some((role, start)) = role_before(text, from, at, roles) {
        // The 任 of 主任 is no verb: 担任 and 兼任 come first.
        let composed = clause.match_indices("组成").map(|(place, _)| place);
        let composed =
            composed.into_iter().find(|place| !clause.get(*place..).is_some_and(|c| c.starts_with("组成员")));
        let end = ["担任", "兼任"]
            .iter()
            .filter_map(|word| clause.find(word))
            .chain(composed)
            .min()
            .or_else(|| clause.rfind('任'))?;
        let people = people(text, begin, begin + end, names);
        let last = people.iter().map(|person| person.span.end).max()?;
        return Some(Group {
            span: Span { start: start as u32, end: last },
            start,
            role: role.to_owned(),
            people,
            body: None,
        });
    }
    let end = clause.find("负责")?;
    let who = clause.get(..end)?;
    if who.contains([',', '，']) || !sentence_before(text, from, at).contains(OFFICE) {
        return None;
    }
    let people = people(text, begin, begin + end, names);
    let last = people.iter().map(|person| person.span.end).max()?;
    let role: String = clause.get(end..)?.chars().take_while(|c| names::is_han(*c)).take(12).collect();
    Some(Group { span: Span { start: at as u32, end: last }, start: at, role, people, body: None })
}

/// Up to eighty characters before a place, back to the end of the last sentence.
fn sentence_before(text: &str, from: usize, at: usize) -> &str {
    let head = text.get(from..at).unwrap_or("");
    let start = head.char_indices().rev().take(80).take_while(|(_, c)| !matches!(c, '。' | '\n' | '；' | ';')).last();
    head.get(start.map_or(head.len(), |(place, _)| place)..).unwrap_or("")
}

#[cfg(test)]
mod tests;
