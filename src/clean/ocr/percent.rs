//! A percent sign read as 人: `覆盖面达90人` → `90%`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::fix::Fix;

static RATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:率|覆盖面|教育面|受训面|普及面|占比|比例|比重|满意度|知晓度)(?:达到|达|为|在|要达|要达到|不低于|保持在|提高到|超过|实现)([0-9]{1,3}(?:\.[0-9]{1,2})?)(人)(?:[\n;；,，。、]|以上|$)")
        .expect("a literal pattern")
});

/// A percent sign read as 人: `覆盖面达90人` → `90%`.
///
/// Evidence: a rate, a verb and a number of at most 100 with nothing counted behind it. Counter-examples: `培训率达90人次`,
/// `受益面达900人`, `比例不低于2人`, where less than twenty are a ratio told in persons.
pub(super) fn find(text: &str, fixes: &mut Vec<Fix>) {
    // Every match has 人 behind a digit.
    let mut people = memchr::memmem::find_iter(text.as_bytes(), "人");
    if !people.any(|at| text[..at].ends_with(|c: char| c.is_ascii_digit())) {
        return;
    }
    for found in RATE.captures_iter(text) {
        if let (Some(number), Some(sign)) = (found.get(1), found.get(2))
            && number.as_str().parse::<f64>().is_ok_and(|number| (20.0..=100.0).contains(&number))
        {
            fixes.push(Fix::new(sign.range(), "%"));
        }
    }
}
