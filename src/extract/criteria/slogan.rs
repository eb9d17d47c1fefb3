//! Mottos without quotes, and numbers that name a project.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::{Context, near};
use crate::span::Span;

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"“(?:(\d{3,4})”(工程|行动|计划|规划)?|(\d{5,8})”(?:模式|思路|工作法|战略))").expect("a literal pattern")
});

/// Mottos of the lexicon that stand without quotes (四项基本原则), and numbers in quotes that name a project (“831”工程, “12345”模式).
///
/// Counter-example: “12345”热线. Misses mottos of two and three characters, which are parts of other words too often.
pub(super) fn unquoted(context: &Context) -> Vec<(Span, String)> {
    let text = context.of(context.span);
    let offset = context.span.start as usize;
    let formulas = &context.lexicon.compiled().formula;
    let mut out: Vec<(Span, String)> = formulas
        .slogans(text)
        .map(|found| (Span::new(offset + found.start, offset + found.end), text[found].to_owned()))
        .collect();
    let quotes = memchr::memmem::find_iter(text.as_bytes(), "“");
    let numbers = quotes.filter(|at| text[at + "“".len()..].starts_with(char::is_numeric));
    for near in near::around(text, numbers, 0, 40) {
        let offset = offset + near.start;
        out.extend(NUMBERED.captures_iter(&text[near]).filter_map(|captures| {
            let (whole, number) = (captures.get(0)?, captures.get(1).or(captures.get(3))?);
            let kind = captures.get(2).map_or("", |m| m.as_str());
            Some((Span::new(offset + whole.start(), offset + whole.end()), format!("{}{kind}", number.as_str())))
        }));
    }
    out
}
