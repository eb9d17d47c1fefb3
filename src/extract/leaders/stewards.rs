//! Who has charge of a river, a forest or a road: 河长, 林长, 路长 and their like, each named with what is in his charge.
//!
//! **Evidence**: a run of at most ten characters that begins a clause and ends with 河长 (湖长, 林长 …), and a name behind a
//! colon, blanks, or nothing. **Example**: `清水河河长：王文华（副县长）；县级林长 李大海`.
//! **Counter-examples**: `河长负责日常巡查`, `总河长办公室`, `全河长 12公里`: no name follows.
//! **Misses**: 王文华任清水河河长; tables with a column for each river.

use super::is_blank;
use super::names::{Names, is_han};

/// What these offices are called; 总河长 and its like are rows of the table `leader_roles`.
const OFFICES: &[&str] = &["河长", "湖长", "林长", "田长", "路长", "链长", "塘长", "库长", "渠长", "湾长"];

/// The body that persons in such an office belong to, where the text names none: the system of these offices, 河长制.
pub(super) fn system_of(role: &str) -> Option<String> {
    // 总河湖长, 第一总河长.
    let office = OFFICES.iter().find(|office| role.ends_with(**office))?;
    (role.chars().count() >= 2).then(|| format!("{office}制"))
}

/// Longest role of this kind, in characters.
const LONGEST: usize = 10;

/// The places of such roles: where one begins, where the names begin, and the role.
pub(super) fn stewards<'t>(text: &'t str, span: crate::span::Span, names: &Names) -> Vec<(usize, usize, &'t str)> {
    let part = span.of(text);
    let mut out = Vec::new();
    for (place, _) in part.match_indices('长') {
        let behind = place + '长'.len_utf8();
        let head = part.get(..behind).unwrap_or("");
        if !OFFICES.iter().any(|office| head.ends_with(office)) {
            continue;
        }
        let start = head.char_indices().rev().take(LONGEST + 1).take_while(|(_, c)| is_han(*c)).last();
        let Some((start, _)) = start else { continue };
        let role = head.get(start..).unwrap_or("");
        if role.chars().count() > LONGEST || role.contains(['任', '为', '由', '的', '和', '及']) {
            continue;
        }
        let opens = head.get(..start).and_then(|before| before.chars().next_back());
        let rest = part.get(behind..).unwrap_or("");
        if opens.is_none_or(opens_clause)
            && let Some(gap) = before_name(rest, names)
        {
            let at = span.start as usize;
            out.push((at + start, at + behind + gap, role));
        }
    }
    out
}

/// Whether a clause begins behind a character.
fn opens_clause(c: char) -> bool {
    c.is_whitespace() || matches!(c, '，' | ',' | '；' | ';' | '。' | '：' | ':' | '、' | '.' | ')' | '）' | '|')
}

/// How much stands between the role and a whole name; nothing where no name follows.
fn before_name(rest: &str, names: &Names) -> Option<usize> {
    let name = rest.trim_start_matches(|c| is_blank(c) || matches!(c, '：' | ':' | '|'));
    let gap = rest.len() - name.len();
    let end = name.char_indices().take(9).find(|(_, c)| !is_han(*c)).map(|(end, _)| end);
    let end = end.or_else(|| (name.chars().count() <= 8).then_some(name.len()))?;
    let run = name.get(..end)?;
    let spaced = run.chars().count() == 1
        && super::entries::spaced(name, 0, name.char_indices().nth(12).map_or(name.len(), |(end, _)| end), names)
            .is_some();
    (spaced || names.is_name(run) || names.with_post(run).is_some()).then_some(gap)
}
