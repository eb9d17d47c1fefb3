//! Persons in charge: who leads which body, in which role.
//!
//! **Evidence**: a role with a colon (组长：) or at the start of a table row, and names behind it; 任 with a role and
//! names before it; a role, 由, names and 兼任; the cells of a flattened table; a role in brackets behind a name. Every name begins with a known surname; names without anything between them
//! are parted by their surnames and by what is likely in a given name. The body is the phrase (…领导小组, …指挥部, 办公室) named just before.
//! **Example**: `成立植树活动领导小组。组长：王文华 副组长：李明赵大海` gives three persons of 植树活动领导小组.
//! **Counter-examples**: `组长：院长` (a post), `成员：人事科、财务科` (units), `联系人：王文华`, `王文华副书记出席会议`,
//! `以某某院士为组长的专家组`.
//! **Misses**: names with rare surnames that are not in the table `surnames`; masked names (陈某某).

mod appointments;
mod bodies;
mod entries;
mod foreign;
mod gaps;
mod names;
mod posts;
mod roles;
mod roster;
mod rosters;
mod stewards;
mod tables;
mod words;

use std::collections::HashMap;

use crate::charset::CharSet;
use crate::diagnostic::Diagnostic;
use crate::extract::Context;
use crate::lexicon::Lexicon;
use crate::model::Leader;
use crate::span::Span;
use appointments::appointments;
use bodies::{OFFICE, body_before, office_of};
use entries::Person;
use names::Names;
use rosters::rosters;
use stewards::system_of;
use tables::{Columns, tables};

/// The tables `surnames`, `name_stopwords` and `leader_roles`, ready to search.
pub(crate) struct Words {
    names: Names,
    /// Longest first.
    roles: Vec<String>,
    /// The characters that a role begins with, and those that one ends with.
    begins: CharSet,
    ends: CharSet,
    /// A role as it is written, and as the table shows it: 付组长, 副组长.
    written: HashMap<String, String>,
    columns: Columns,
}

/// What may stand before a role and belongs to it.
const MODIFIERS: &[&str] = &["第一", "第二", "常务", "执行", "名誉", "专职"];

impl Words {
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let mut roles: Vec<String> = lexicon.cells("leader_roles", "key").into_iter().map(str::to_owned).collect();
        // 第一副总指挥, 执行组长: every role may be told apart from others of its kind.
        let told: Vec<String> =
            MODIFIERS.iter().flat_map(|word| roles.iter().map(move |role| format!("{word}{role}"))).collect();
        roles.extend(told);
        roles.sort_by_key(|role| std::cmp::Reverse(role.len()));
        let edge = |of: fn(&str) -> Option<char>| {
            let characters: Vec<char> = roles.iter().filter_map(|role| of(role)).collect();
            CharSet::of(&characters)
        };
        let (begins, ends) = (edge(|role| role.chars().next()), edge(|role| role.chars().next_back()));
        let table = lexicon.table("leader_roles").ok();
        let written =
            table.into_iter().flat_map(|table| table.pairs("key", "value")).filter(|(key, value)| key != value);
        let written = written.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        Self { names: Names::new(lexicon), roles, begins, ends, written, columns: Columns::new(lexicon) }
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
    groups.extend(tables(context.text, context.span, &roles, words));
    groups.sort_by_key(|group| group.span);

    let mut leaders: Vec<Leader> = Vec::new();
    let mut body: Option<String> = None;
    // The last body with a name of its own, for which 领导小组 alone stands later.
    let mut full: Option<String> = None;
    let mut in_office = false;
    let mut done = context.span.start as usize;
    for group in groups {
        if (group.span.start as usize) < done {
            continue;
        }
        let named = group.body.or_else(|| body_before(context.text, done, group.start));
        let in_office_still =
            in_office && named.is_none() && ["副主任", "工作人员"].iter().any(|role| group.role.ends_with(role));
        // 总河长：王文华: no body leads there, but the system of these offices.
        let named = match system_of(&group.role) {
            Some(system) => named.filter(|named| named != OFFICE).or(Some(system)),
            None => named,
        };
        match named.map(|named| in_full(named, full.as_deref())) {
            Some(named) if named == OFFICE => body = Some(office_of(body.as_deref())),
            Some(named) => {
                if ["领导小组", "指挥部"].iter().any(|kind| named.ends_with(kind)) {
                    full = Some(named.clone());
                }
                body = Some(named);
            }
            None if group.start.saturating_sub(done) > 600 => body = None,
            None => {}
        }
        done = group.span.end as usize;
        in_office = group.role.starts_with(OFFICE) || in_office_still;
        let (role, named) = match group.role.strip_prefix(OFFICE) {
            Some(role) => (role.to_owned(), office_of(body.as_deref())),
            None if in_office_still => (group.role, office_of(body.as_deref())),
            None => (group.role, body.clone().unwrap_or_else(|| "领导小组".into())),
        };
        let role = words.written.get(&role).cloned().unwrap_or(role);
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

/// The name of a body in full, where 领导小组 or its 办公室 is all that is said of it.
fn in_full(named: String, full: Option<&str>) -> String {
    let Some(full) = full else { return named };
    match named.strip_suffix(OFFICE).unwrap_or(&named) {
        kind @ ("领导小组" | "指挥部") if full.ends_with(kind) => named.replacen(kind, full, 1),
        _ => named,
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\t' | '\u{a0}')
}

#[cfg(test)]
mod tests;
