//! Roles: 组长, 副组长, 成员 …, before and behind the places where they can stand.

use super::entries::spaced_behind_post;
use super::is_blank;
use super::names::{self, Names};

/// The longest role that ends at `at`, blanks inside it left out, with its first byte.
pub(super) fn role_before<'a>(text: &str, from: usize, at: usize, roles: &[&'a str]) -> Option<(&'a str, usize)> {
    let head = text.get(from..at)?;
    let last: Vec<(usize, char)> = head.char_indices().rev().take(16).filter(|(_, c)| !is_blank(*c)).collect();
    roles.iter().find_map(|role| {
        let mut place = last.iter();
        let start = role
            .chars()
            .rev()
            .try_fold(0, |_, wanted| place.next().filter(|(_, c)| *c == wanted).map(|(at, _)| *at))?;
        let before = head.get(..start)?.trim_end_matches(is_blank);
        // 组织委员: a post of a party branch.
        let posts = ["组织", "宣传", "纪检", "学习", "文体", "生活", "青年", "统战", "保密", "群工", "妇女", "文娱"];
        let post = role.ends_with("委员") && posts.iter().any(|word| before.ends_with(word));
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
            "大",
            "中",
            "支",
            "班",
            "教研室",
            "社区",
            "村",
        ];
        let marked = other.iter().any(|word| before.ends_with(word)) && !before.ends_with("领导小");
        (!marked && !post).then_some((*role, from + start))
    })
}

/// Whether a role stands there that is no post anywhere else: 副组长, not 主任.
pub(super) fn is_body_role(text: &str, at: usize, to: usize) -> bool {
    let rest = text.get(at..to).unwrap_or("");
    ["组长", "副组长", "成员", "组员", "副总指挥", "总指挥", "副指挥长"].iter().any(|role| rest.starts_with(role))
}

/// Words between a role and its names: 成员有王文华、李大海.
const LINKS: &[&str] = &["分别为", "分别是", "包括", "有", "为", "是"];

/// A role that has a whole name right behind it: the role and the place behind it.
pub(super) fn role_with_name<'a>(
    text: &str,
    at: usize,
    to: usize,
    roles: &[&'a str],
    names: &Names,
) -> Option<(&'a str, usize)> {
    let rest = text.get(at..to)?;
    let role = roles.iter().find(|role| rest.starts_with(**role))?;
    let behind = rest.get(role.len()..)?;
    let named = |text: &str| {
        let end = text.char_indices().find(|(_, c)| !names::is_han(*c)).map_or(text.len(), |(end, _)| end);
        let run = text.get(..end).unwrap_or("");
        let run = ["等同志", "同志", "等"].iter().find_map(|end| run.strip_suffix(end)).unwrap_or(run);
        run.chars().take(13).count() <= 12
            && (names.is_name(run) || (run.chars().count() > 4 && names.parts_surely(run)))
    };
    if named(behind) {
        return Some((role, at + role.len()));
    }
    // One name alone behind 为 or 有 may be a word (有权决定): a list shows that it is none.
    let link = LINKS.iter().find(|link| behind.starts_with(**link))?;
    let listed = behind.get(link.len()..)?;
    let next = listed.char_indices().find(|(_, c)| !names::is_han(*c)).map(|(_, c)| c);
    // 组长为镇党委书记庞伟, 组长为县长张 莉: a post shows it too.
    let end = listed.find(|c| !names::is_han(c)).unwrap_or(listed.len());
    let run = listed.get(..end).unwrap_or("");
    let told = names.with_post(run).is_some_and(|(name, _)| run.ends_with(name))
        || spaced_behind_post(listed, 0, listed.len(), names).is_some();
    if told && link.ends_with(['为', '是']) && is_role_of_body(role) {
        return Some((*role, at + role.len() + link.len()));
    }
    let list = next == Some('、') || link.starts_with('分');
    (list && named(listed)).then_some((*role, at + role.len() + link.len()))
}

/// A role that begins a line and has blanks, not a colon, behind it: 组　长　王文华.
pub(super) fn role_row<'a>(text: &str, at: usize, to: usize, roles: &[&'a str]) -> Option<(&'a str, usize)> {
    let line = text.get(at..to)?;
    roles.iter().find_map(|role| {
        let mut chars = line.char_indices().filter(|(_, c)| !is_blank(*c));
        let end = role.chars().try_fold(0, |_, wanted| {
            chars.next().filter(|(_, c)| *c == wanted).map(|(place, c)| place + c.len_utf8())
        })?;
        line.get(end..)?.starts_with(|c| is_blank(c) || matches!(c, '|' | '｜')).then_some((*role, at + end))
    })
}

/// Whether a whole role is one of a body of the campaign: 常务副组长, not 主任, which is also a post.
pub(super) fn is_role_of_body(role: &str) -> bool {
    ["组长", "成员", "组员", "指挥", "指挥长", "召集人"].iter().any(|end| role.ends_with(end))
}

/// The role that a whole text is, blanks inside it left out.
pub(super) fn whole_role<'a>(text: &str, roles: &[&'a str]) -> Option<&'a str> {
    let text: String = text.chars().filter(|c| !is_blank(*c)).take(12).collect();
    roles.iter().find(|role| **role == text).copied()
}
