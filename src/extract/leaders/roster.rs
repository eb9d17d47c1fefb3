//! Lists of persons: names with what parts them, and the posts that stand with them.

use super::foreign;
use super::is_blank;
use super::names::{Names, is_han, is_post};
use crate::span::Span;

/// A person in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub name: String,
    pub post: Option<String>,
    /// The name with its post.
    pub span: Span,
}

fn run_end(text: &str, at: usize, to: usize, inside: impl Fn(char) -> bool) -> usize {
    let rest = text.get(at..to).unwrap_or("");
    at + rest.find(|c| !inside(c)).unwrap_or(rest.len())
}

fn in_name(c: char) -> bool {
    is_han(c) || matches!(c, '·' | '•' | '・')
}

/// A list's end without what says that it goes on or is one: 同志, 等, 等七名同志, 等5人.
fn without_others(text: &str) -> &str {
    let text = text.strip_suffix("同志").unwrap_or(text);
    let counted = text.trim_end_matches(['人', '名', '位', '个']);
    let bare = counted.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十几多两".contains(c));
    match bare.strip_suffix('等') {
        Some(head) if counted.len() < text.len() || bare.len() == text.len() => head,
        _ => text.strip_suffix('等').unwrap_or(text),
    }
}

/// One token of a list as persons. `at` is its place.
fn token<'t>(text: &'t str, at: usize, names: &Names) -> Option<Vec<Person>> {
    let text = without_others(text);
    let person = |name: &str, post: Option<&str>, start: usize, length: usize| Person {
        name: name.to_owned(),
        post: post.map(str::to_owned),
        span: Span::new(start, start + length),
    };
    if names.is_name(text) {
        return Some(vec![person(text, None, at, text.len())]);
    }
    let glued = |text: &'t str| {
        let mut start = at;
        names.part(text).map(|parts| {
            parts
                .into_iter()
                .map(|name| {
                    let found = person(name, None, start, name.len());
                    start += name.len();
                    found
                })
                .collect::<Vec<_>>()
        })
    };
    // 秦文杰殷长云严静: the 长 of a name is no end of a post.
    if text.chars().count() >= 6
        && let Some(persons) = glued(text)
    {
        return Some(persons);
    }
    if let Some((name, post)) = names.with_post(text) {
        return Some(vec![person(name, Some(post).filter(|post| *post != "同志"), at, text.len())]);
    }
    if foreign::is_name(text) {
        return Some(vec![person(text, None, at, text.len())]);
    }
    glued(text)
}

/// A name with a blank inside: 王　洪, 欧阳　文. The place behind it.
fn spaced(text: &str, at: usize, to: usize, names: &Names) -> Option<(String, usize)> {
    let first = run_end(text, at, to, is_han);
    let second = run_end(text, first, to, is_blank);
    let last = run_end(text, second, to, is_han);
    let count = |from: usize, to: usize| text.get(from..to).map_or(0, |part| part.chars().count());
    let surname = count(at, first) == 1 || names.is_compound(text.get(at..first)?);
    if !surname || !(1..=4).contains(&count(first, second)) || count(second, last) != 1 {
        return None;
    }
    let name = format!("{}{}", text.get(at..first)?, text.get(second..last)?);
    names.is_name(&name).then_some((name, last))
}

/// The persons of a list that begins at `from`; it ends with a sentence, before a line that begins with no name, or at `to`.
pub(super) fn people(text: &str, from: usize, to: usize, names: &Names) -> Vec<Person> {
    let mut found: Vec<Person> = Vec::new();
    let mut at = past_note(text, from, to);
    // Where the first half of a post begins: 县委常委、副县长王文华.
    let mut half: Option<usize> = None;
    loop {
        let start = run_end(text, at, to, |c| {
            is_blank(c) || matches!(c, '\n' | '\r' | '、' | '，' | ',' | '；' | ';' | '/' | '|')
        });
        let start = past_number(text, past_and(text, start, to, !found.is_empty(), names), to);
        let new_line = text.get(at..start).unwrap_or("").contains('\n');
        if start >= to {
            break;
        }
        if let Some((name, end)) = spaced(text, start, to, names) {
            found.push(Person { name, post: None, span: Span::new(start, end) });
            at = with_post(text, end, to, names, found.last_mut());
            continue;
        }
        let end = run_end(text, start, to, in_name);
        let run = text.get(start..end).unwrap_or("");
        if run.is_empty() {
            match past_telephone(text, start, to).filter(|_| !found.is_empty()) {
                Some(behind) => at = behind,
                None => break,
            }
            continue;
        }
        if let Some((head, end)) = before_marker(text, run, start, end, to, names) {
            found.extend(token(head, start, names).unwrap_or_default());
            debug_assert!(end <= to);
            break;
        }
        match persons_of(run, start, names) {
            Some(mut persons) => {
                if let (Some(half), Some(first)) = (half.take(), persons.first_mut())
                    && let Some(post) = first.post.as_ref().filter(|post| run.starts_with(post.as_str()))
                {
                    first.post = text.get(half..start + post.len()).map(str::to_owned);
                    first.span.start = half as u32;
                }
                found.extend(persons);
                at = with_post(text, end, to, names, found.last_mut());
            }
            // A unit among names is passed over; a line that begins with no name ends the list.
            None if let Some((persons, behind)) = post_first(text, start, to, names) => {
                found.extend(persons);
                at = behind;
            }
            None if let Some(persons) = before_label(run, start, names) => {
                found.extend(persons);
                break;
            }
            None if new_line || !text.get(end..to).is_some_and(|rest| rest.starts_with(['、', '，', ','])) => {
                break;
            }
            None => {
                half = half
                    .or(Some(start))
                    .filter(|_| is_post(run) && text.get(end..to).is_some_and(|rest| rest.starts_with('、')));
                at = end;
            }
        }
    }
    found
}

/// Whether brackets hold a note on the list that they stand before: 按姓氏笔画排序.
pub(super) fn is_note(text: &str) -> bool {
    ["排名", "排序", "顺序", "姓氏", "先后"].iter().any(|word| text.contains(word))
}

/// Past a note before the first name.
fn past_note(text: &str, at: usize, to: usize) -> usize {
    let start = run_end(text, at, to, char::is_whitespace);
    let Some(rest) = text.get(start..to).filter(|rest| rest.starts_with(['(', '（'])) else { return at };
    let close =
        rest.char_indices().take(24).find(|(_, c)| matches!(c, ')' | '）')).map(|(place, c)| place + c.len_utf8());
    close.filter(|end| rest.get(..*end).is_some_and(is_note)).map_or(at, |end| start + end)
}

/// Past a 和 that joins two entries; 和 is also a surname, as behind 、 and where no name follows it otherwise: 、和丽华.
fn past_and(text: &str, at: usize, to: usize, joins: bool, names: &Names) -> usize {
    let Some(rest) = text.get(at..to).and_then(|rest| rest.strip_prefix('和')) else { return at };
    let behind = at + '和'.len_utf8();
    let run = text.get(at..run_end(text, at, to, in_name)).unwrap_or("");
    let listed = text.get(..at).is_some_and(|head| head.ends_with('、'));
    let other = rest.get(..rest.find(|c| !in_name(c)).unwrap_or(rest.len())).unwrap_or("");
    let surname = names.is_name(run) && (listed || !joins || token(other, 0, names).is_none());
    if surname { at } else { behind }
}

/// Past the number of a list's item: 1.王文华 2.李大海.
fn past_number(text: &str, at: usize, to: usize) -> usize {
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
fn past_telephone(text: &str, at: usize, to: usize) -> Option<usize> {
    let end = run_end(text, at, to, |c| c.is_ascii_digit() || matches!(c, '-' | '—' | ' '));
    let digits = text.get(at..end)?.chars().filter(char::is_ascii_digit).count();
    (7..=24).contains(&digits).then_some(end)
}

/// A post, blanks, and who holds it: 市委副书记、市长　王文华. Gives the place behind it.
fn post_first(text: &str, at: usize, to: usize, names: &Names) -> Option<(Vec<Person>, usize)> {
    let end = at + text.get(at..to)?.char_indices().take(40).find(|(_, c)| !(is_han(*c) || *c == '、'))?.0;
    let post = text.get(at..end).filter(|post| is_post(post))?;
    let start = run_end(text, end, to, is_blank);
    let behind = run_end(text, start, to, in_name);
    let run = text.get(start..behind)?;
    let (name, behind) = match spaced(text, start, to, names) {
        Some(found) => found,
        None if start > end && (names.is_name(run) || foreign::is_name(run)) => (run.to_owned(), behind),
        None => return None,
    };
    (start > end).then(|| (vec![Person { name, post: Some(post.to_owned()), span: Span::new(at, behind) }], behind))
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
fn before_label(run: &str, at: usize, names: &Names) -> Option<Vec<Person>> {
    let place = LABELS.iter().filter_map(|label| run.find(label)).filter(|place| *place > 0).min()?;
    let head = run.get(..place)?;
    if names.is_name(head) || names.part(head).is_some() { token(head, at, names) } else { None }
}

/// Names that run into the next heading, 李明三、主要内容: the names without the numeral.
fn before_marker<'t>(
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

/// The post behind a name: in brackets, or behind a blank or comma on the same line. Gives the place behind it.
fn with_post(text: &str, at: usize, to: usize, names: &Names, person: Option<&mut Person>) -> usize {
    let Some(person) = person else { return at };
    let rest = text.get(at..to).unwrap_or("");
    let open = rest.trim_start_matches(is_blank);
    if let Some(inner) = open.strip_prefix(['(', '（']) {
        let Some((place, close)) = inner.char_indices().take(60).find(|(_, c)| matches!(c, ')' | '）' | '\n')) else {
            return at;
        };
        if close == '\n' {
            return at;
        }
        let post = inner.get(..place).unwrap_or("").trim();
        let end = to - inner.len() + place + close.len_utf8();
        if is_bracketed_post(post) {
            set_post(person, post, end);
            return end;
        }
        return post_behind(text, end, to, names, person);
    }
    post_behind(text, at, to, names, person)
}

/// The post behind a blank or comma.
fn post_behind(text: &str, at: usize, to: usize, names: &Names, person: &mut Person) -> usize {
    let rest = text.get(at..to).unwrap_or("");
    let gap = rest
        .find(|c: char| !(is_blank(c) || matches!(c, '，' | ',' | '：' | ':' | '-' | '—' | '|')))
        .unwrap_or(rest.len());
    // 副局长王文华，党组成员、…: what follows is the post of the next one.
    let comma = rest.get(..gap).is_some_and(|gap| gap.contains(['，', ',']));
    if gap == 0 || (person.post.is_some() && comma) {
        return at;
    }
    let begin = at + gap;
    let end = post_end(text, begin, to, names);
    let post = text.get(begin..end).unwrap_or("").trim();
    let first = post.split(['、', '，', ',', ' ', '\u{3000}']).next().unwrap_or("");
    if token(first, 0, names).is_some_and(|persons| persons.iter().all(|person| person.post.is_none()))
        || !is_post(post)
        || post.chars().count() > 40
    {
        return at;
    }
    set_post(person, post, begin + post.len());
    begin + post.len()
}

/// Brackets hold a post, unless they say 女, 兼, 回族, 党外, or a telephone number.
fn is_bracketed_post(text: &str) -> bool {
    let number = text.chars().filter(char::is_ascii_digit).count() >= 5;
    let duty = ["负责", "兼", "分管", "联系", "主持", "牵头", "协助", "电话", "手机", "常务)", "以下"]
        .iter()
        .any(|word| text.starts_with(word));
    text.chars().count() >= 2
        && !number
        && !duty
        && text != "常务"
        && !text.ends_with('族')
        && !text.starts_with("女")
        && !matches!(text, "党外" | "兼任" | "牵头" | "女性")
}

fn set_post(person: &mut Person, post: &str, end: usize) {
    person.post = Some(post.to_owned());
    person.span.end = person.span.end.max(end as u32);
}

/// Where a post ends: at the end of the line or sentence, or before a separator with a name behind it.
fn post_end(text: &str, from: usize, to: usize, names: &Names) -> usize {
    let rest = text.get(from..to).unwrap_or("");
    for (place, c) in rest.char_indices().take(60) {
        if matches!(c, '\n' | '。' | '；' | ';' | ':' | '：' | '(' | '（' | '|') {
            return from + place;
        }
        if is_blank(c) || matches!(c, '、' | '，' | ',') {
            let start = run_end(text, from + place, to, |c| is_blank(c) || matches!(c, '、' | '，' | ','));
            let end = run_end(text, start, to, in_name);
            if token(text.get(start..end).unwrap_or(""), 0, names).is_some() || spaced(text, start, to, names).is_some()
            {
                return from + place;
            }
        }
    }
    from + rest.char_indices().nth(60).map_or(rest.len(), |(place, _)| place)
}

/// The persons whose list ends right before `at`: …,章明、王大安等同志 任副组长. None at all if the nearest token is no name.
pub(super) fn trailing_people(text: &str, from: usize, at: usize, names: &Names) -> Vec<Person> {
    let head = text.get(from..at).unwrap_or("");
    let mut head = head.trim_end_matches(is_blank);
    for word in ["兼", "担", "接", "分别", "共同"] {
        head = head.strip_suffix(word).unwrap_or(head).trim_end_matches(is_blank);
    }
    // 不再担任, 曾任: somebody who does not, or no longer does.
    if ["不再", "不", "未", "曾", "曾经", "原"].iter().any(|word| head.ends_with(word)) {
        return Vec::new();
    }
    head = without_others(head).trim_end_matches(is_blank);
    let mut found: Vec<Person> = Vec::new();
    let mut end = head.len();
    // Brackets hold posts, in which 、 does not part persons.
    let mut depth = 0u32;
    for (place, c) in head.char_indices().rev().take(400) {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let stop = matches!(c, '。' | '；' | ';' | '：' | ':' | '\n' | '》' | '《');
        let parts = depth == 0 && (stop || is_blank(c) || matches!(c, '、' | '，' | ',' | '由' | '以'));
        if !parts && place > 0 {
            continue;
        }
        let start = if parts { place + c.len_utf8() } else { place };
        let entry = head.get(start..end).unwrap_or("");
        if !entry.is_empty() {
            match entry_people(entry, from + start, names) {
                Some(persons) => found.extend(persons.into_iter().rev()),
                // 县委常委、副县长王文华: the first half of a post.
                None if text.get(from + end..).is_some_and(|rest| rest.starts_with('、')) && is_post(entry) => {
                    if let Some(last) = found.last_mut().filter(|last| last.post.is_some()) {
                        let post = format!("{entry}、{}", last.post.as_deref().unwrap_or(""));
                        last.span.start = (from + start) as u32;
                        last.post = Some(post);
                    }
                }
                None => break,
            }
        }
        end = place;
        if stop {
            break;
        }
    }
    found.reverse();
    found
}

/// One entry of such a list, with its post in brackets.
fn entry_people(entry: &str, at: usize, names: &Names) -> Option<Vec<Person>> {
    let Some(open) = entry.find(['(', '（']) else {
        return persons_of(entry, at, names);
    };
    let mut persons = entry_people(entry.get(..open)?, at, names)?;
    let post = entry.get(open..)?.trim_matches(['(', ')', '（', '）']);
    if let Some(last) = persons.last_mut()
        && is_bracketed_post(post)
    {
        set_post(last, post, at + entry.len());
    }
    Some(persons)
}

/// The persons of one entry; 和 joins the last two, unless it is part of a name (许和平).
fn persons_of(entry: &str, at: usize, names: &Names) -> Option<Vec<Person>> {
    if names.is_name(entry) {
        return token(entry, at, names);
    }
    joined(entry, at, names).or_else(|| token(entry, at, names))
}

/// Two persons with 和, 及 or 与 between them: 副局长王文华和纪检组长李大海.
fn joined(entry: &str, at: usize, names: &Names) -> Option<Vec<Person>> {
    let parts = ["和", "以及", "及", "与"]
        .into_iter()
        .flat_map(|word| entry.match_indices(word).take(4).map(move |(place, _)| (place, place + word.len())));
    let mut first = None;
    for (place, second) in parts {
        let Some(mut both) = entry.get(..place).and_then(|head| token(head, at, names)) else { continue };
        let Some(rest) = entry.get(second..) else { continue };
        if let Some(others) = token(rest, at + second, names) {
            both.extend(others);
            return Some(both);
        }
        // 王文华及各科室负责人: one person, and who is not named.
        if first.is_none() && ["各", "相关", "有关", "其他", "全体"].iter().any(|word| rest.starts_with(word))
        {
            first = Some(both);
        }
    }
    first
}
