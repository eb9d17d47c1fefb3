//! What stands between the names of a list and is none: notes, numbers, telephones, the label or heading behind it.

use super::entries::{Person, in_name, run_end, token};
use super::names::{Names, is_han};

/// Whether brackets hold a note on the list that they stand before: 按姓氏笔画排序.
pub(super) fn is_note(text: &str) -> bool {
    ["排名", "排序", "顺序", "姓氏", "先后"].iter().any(|word| text.contains(word))
}

/// Past a note before the first name.
pub(super) fn past_note(text: &str, at: usize, to: usize) -> usize {
    let start = run_end(text, at, to, char::is_whitespace);
    let Some(rest) = text.get(start..to).filter(|rest| rest.starts_with(['(', '（'])) else { return at };
    let close =
        rest.char_indices().take(24).find(|(_, c)| matches!(c, ')' | '）')).map(|(place, c)| place + c.len_utf8());
    close.filter(|end| rest.get(..*end).is_some_and(is_note)).map_or(at, |end| start + end)
}

/// Past a 和 that joins two entries; 和 is also a surname, as behind 、 and where no name follows it otherwise: 、和丽华.
pub(super) fn past_and(text: &str, at: usize, to: usize, joins: bool, names: &Names) -> usize {
    let Some(rest) = text.get(at..to).and_then(|rest| rest.strip_prefix('和')) else { return at };
    let behind = at + '和'.len_utf8();
    let run = text.get(at..run_end(text, at, to, in_name)).unwrap_or("");
    let listed = text.get(..at).is_some_and(|head| head.ends_with('、'));
    let other = rest.get(..rest.find(|c| !in_name(c)).unwrap_or(rest.len())).unwrap_or("");
    let surname = names.is_name(run) && (listed || !joins || token(other, 0, names).is_none());
    if surname { at } else { behind }
}

/// Past the number of a list's item: 1.王文华 2.李大海.
pub(super) fn past_number(text: &str, at: usize, to: usize) -> usize {
    let open = usize::from(text.get(at..to).is_some_and(|rest| rest.starts_with('(')))
        + 3 * usize::from(text.get(at..to).is_some_and(|rest| rest.starts_with('（')));
    let digits = run_end(text, at + open, to, |c| c.is_ascii_digit());
    if !(1..=2).contains(&(digits - at - open)) {
        return at;
    }
    let marks = run_end(text, digits, to, |c| matches!(c, '.' | '．' | '、' | ')' | '）' | ' ' | '\u{3000}'));
    let named = text.get(marks..to).and_then(|rest| rest.chars().next()).is_some_and(is_han);
    if marks > digits && named { marks } else { at }
}

/// Past a telephone number among names.
pub(super) fn past_telephone(text: &str, at: usize, to: usize) -> Option<usize> {
    let end = run_end(text, at, to, |c| c.is_ascii_digit() || matches!(c, '-' | '—' | ' '));
    let digits = text.get(at..end)?.chars().filter(char::is_ascii_digit).count();
    (7..=24).contains(&digits).then_some(end)
}

/// Words that begin what stands behind a list, where nothing parts the two: 李大海成员单位：…
const LABELS: &[&str] = &[
    "成员",
    "组长",
    "副组长",
    "组员",
    "领导小组",
    "下设",
    "办公室",
    "联系",
    "联络",
    "职责",
    "工作职责",
    "主要职责",
    "电话",
    "责任单位",
    "牵头",
    "具体",
    "负责",
];

/// Names that run into the label behind them: the names.
pub(super) fn before_label(run: &str, at: usize, names: &Names) -> Option<Vec<Person>> {
    let place = LABELS.iter().filter_map(|label| run.find(label)).filter(|place| *place > 0).min()?;
    let head = run.get(..place)?;
    if names.is_name(head) || names.part(head).is_some() { token(head, at, names) } else { None }
}

/// Names that run into the next heading, 李明三、主要内容: the names without the numeral.
pub(super) fn before_marker<'t>(
    text: &str,
    run: &'t str,
    start: usize,
    end: usize,
    to: usize,
    names: &Names,
) -> Option<(&'t str, usize)> {
    let rest = text.get(end..to)?.strip_prefix(['、', '.', '．'])?;
    let head = run.trim_end_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    if head.len() == run.len() || head.is_empty() {
        return None;
    }
    let next = rest.get(..rest.find(|c| !in_name(c)).unwrap_or(rest.len()))?;
    (token(next, 0, names).is_none() && token(head, start, names).is_some()).then_some((head, end))
}
