//! The name of a phase.

use std::sync::LazyLock;

use regex::Regex;

use super::headings::STAGE_LABEL;
use crate::outline::one_line;

pub(super) static DATED_BRACKET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[(（\[【〔][^()（）]{0,40}(?:月|年|日|天|周|前|底|起|\d)[^()（）]{0,20}(?:[)）\]】〕]|$)")
        .expect("a literal pattern")
});

pub(super) static LEADING_DATES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:从|自)?(?:\d{4}年|\d{1,2}月|[—\-–~～至到\d年月日上中下旬初底末前起开始 ，,:：]){2,}(?:为|是|，|,|:|：)?",
    )
    .expect("a literal pattern")
});

/// The name of a phase: its heading without label, dates and the word 阶段. `None` where nothing is left.
pub(super) fn name(heading: &str) -> Option<String> {
    let heading = STAGE_LABEL.replace(heading, "");
    let heading = beside_bracket(&heading);
    let heading = LEADING_DATES.replace(heading, "");
    let edge = |c: char| {
        c.is_whitespace()
            || matches!(c, ':' | '：' | ',' | '，' | '。' | '、' | '-' | '—' | '"' | '.' | ';' | '；' | '为')
    };
    let heading = unquoted(heading.trim());
    let mut name = heading.trim_matches(edge);
    for word in ["阶段", "环节"] {
        if let Some(at) = name.find(word).filter(|&at| {
            at > 0 && at + word.len() == name.len()
                || at >= 6 && name[at + word.len()..].starts_with([',', '，', ':', '：', '、', ' ', '-', '—'])
        }) {
            name = name[..at].trim_matches(edge);
        }
    }
    let name = one_line(name);
    (name.chars().count() >= 2).then(|| shorten(&name))
}

/// A name that is a sentence is cut at its first comma.
pub(super) fn shorten(name: &str) -> String {
    if name.chars().count() <= 24 {
        return name.to_owned();
    }
    name.split([',', '，', '；', ';', '。']).next().unwrap_or(name).to_owned()
}

/// What stands before the dates in brackets, else behind them; what follows on the next line is text.
fn beside_bracket(heading: &str) -> &str {
    let Some(found) = DATED_BRACKET.find(heading) else { return heading };
    let before = heading.get(..found.start()).unwrap_or("");
    if before.chars().filter(|c| c.is_alphanumeric()).count() >= 2 {
        return before;
    }
    heading.get(found.end()..).unwrap_or("").trim_start().lines().next().unwrap_or("")
}

/// A text without quotation marks around all of it, or whose other half is lost: “动员部署”, 动员部署”. Those of
/// “三违”行为清查 stay.
fn unquoted(text: &str) -> &str {
    let text = text.trim_matches([' ', '：', ':', '，', ',']);
    let text = if text.contains('”') { text } else { text.trim_start_matches('“') };
    let text = if text.contains('“') { text } else { text.trim_end_matches('”') };
    let inner = text.strip_prefix('“').and_then(|rest| rest.strip_suffix('”'));
    inner.filter(|inner| !inner.contains(['“', '”'])).unwrap_or(text)
}
