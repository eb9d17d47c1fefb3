//! Other documents that a document names.
//!
//! **Evidence**: a title in 《》 (titles inside it included), with the number before or behind it, or a number alone.
//! 根据, 按照, 贯彻 … before it make it a basis. A short form (以下简称《条例》, or the end of a full title) is the same document.
//! **Example**: `根据《关于加强农技推广的意见》(鲁农发[2009]7号)`: a basis with its number.
//! **Counter-examples**: the document's own title; what it passes on (现将《…方案》印发给你们); journals, columns and
//! programmes (在《卫生视野》上开辟专栏); forms to be filled in (《登记表》); a short form without any full one (《方案》).
//! **Misses**: laws named without 《》; a document whose short form is no end of its title, unless 以下简称 says so.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::extract::Context;
use crate::extract::number::numbers;
use crate::lexicon::Lexicon;
use crate::model::{Reference, Relation};
use crate::span::Span;

/// Longest title, in characters; a mark that is not closed by then is a slip.
const LONGEST: usize = 150;

/// What must stand before a title or number that a document acts on.
const BASIS: &[&str] =
    &["根据", "按照", "依据", "依照", "遵照", "贯彻", "落实", "执行", "参照", "遵循", "符合", "为推进", "深入实施"];

/// What makes a document pass another one on.
const FORWARDS: &[&str] = &["印发", "转发", "批转", "颁发", "下发", "发布", "公布", "颁布"];

/// The rows of the table `reference_exclusions`, by what they exclude.
pub(crate) struct Exclusions {
    generic: Vec<String>,
    forms: Vec<String>,
    periodicals: Vec<String>,
    before: Vec<String>,
    after: Vec<String>,
    media: Vec<String>,
}

impl Exclusions {
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let table = lexicon.table("reference_exclusions").ok();
        let rows = |kind: &str| -> Vec<String> {
            let pairs = table.into_iter().flat_map(|table| table.pairs("key", "value"));
            pairs.filter(|(_, value)| *value == kind).map(|(key, _)| key.to_owned()).collect()
        };
        Self {
            generic: rows("generic"),
            forms: rows("form"),
            periodicals: rows("periodical"),
            before: rows("before"),
            after: rows("after"),
            media: rows("media"),
        }
    }
}

/// A title in its marks.
struct Titled {
    /// With the marks.
    span: Span,
    /// Clean.
    title: String,
    /// What is compared: without blanks, punctuation, 中华人民共和国 and a final (试行).
    bare: String,
}

/// A reference before short forms are merged.
struct Found {
    bare: String,
    reference: Reference,
}

/// The documents that a document names, each once, in the order of their first mention.
pub fn extract(context: &Context) -> (Vec<Reference>, Vec<Diagnostic>) {
    let exclusions = &context.lexicon.compiled().reference;
    let text = context.text;
    let body = context.body;
    let mut codes = shifted(numbers(context.of(body)), body.start);
    codes.retain(|(span, _)| !fills_line(text, *span, body));
    let mut used = vec![false; codes.len()];
    let head: String =
        Span::new(context.span.start as usize, body.start as usize).of(text).chars().take(2000).collect();
    let head = bare(&head);
    let mut own: Vec<String> = Vec::new();
    let mut aliases: Vec<(String, String)> = Vec::new();
    let mut found: Vec<Found> = Vec::new();
    let mut last: Option<(u32, Relation)> = None;

    for titled in titles(text, body) {
        let before = clause_before(text, titled.span.start as usize, body.start as usize);
        let after = window(text, titled.span.end as usize, body.end as usize, 90);
        if let Some(full) = found.last().filter(|_| before.ends_with("简称") || before.ends_with("以下称")) {
            aliases.push((titled.bare, full.bare.clone()));
            continue;
        }
        if before.ends_with("简称")
            && let Some(full) = own.last()
        {
            aliases.push((titled.bare, full.clone()));
            continue;
        }
        let (doc_number, span) = attached(text, titled.span, &codes, &mut used);
        let forwarded = FORWARDS
            .iter()
            .any(|word| before.ends_with(word) || before.strip_suffix("的").is_some_and(|b| b.ends_with(word)));
        if passes_on(&before, after, forwarded) {
            if (before.contains("转发") || after.contains("转发")) && doc_number.is_some() {
                found.push(Found {
                    bare: titled.bare,
                    reference: Reference { title: Some(titled.title), doc_number, relation: Relation::Forwards, span },
                });
            } else {
                own.push(titled.bare);
            }
            continue;
        }
        if excluded(&titled, &before, after, exclusions)
            || (!titled.bare.is_empty() && titled.bare.chars().count() > 6 && head.contains(&titled.bare))
        {
            continue;
        }
        let joined = last.is_some_and(|(end, _)| is_list_gap(text, end, titled.span.start));
        let relation = match last {
            Some((_, relation)) if joined => relation,
            _ if acts_on(&before) => Relation::Basis,
            _ => Relation::Cites,
        };
        last = Some((span.end, relation));
        found.push(Found {
            bare: titled.bare,
            reference: Reference { title: Some(titled.title), doc_number, relation, span },
        });
    }
    for ((span, form), used) in codes.iter().zip(&used) {
        if *used {
            continue;
        }
        let before = clause_before(text, span.start as usize, body.start as usize);
        let relation = if acts_on(&before) { Relation::Basis } else { Relation::Cites };
        let reference = Reference { title: None, doc_number: Some(form.clone()), relation, span: *span };
        found.push(Found { bare: form.clone(), reference });
    }
    found.sort_by_key(|found| found.reference.span);
    (merged(found, &own, &aliases, exclusions), Vec::new())
}

fn shifted(found: Vec<(Span, String)>, by: u32) -> Vec<(Span, String)> {
    found.into_iter().map(|(span, form)| (Span { start: span.start + by, end: span.end + by }, form)).collect()
}

/// A number that fills its line is the document's own.
fn fills_line(text: &str, span: Span, body: Span) -> bool {
    let blank = |c: &char| c.is_whitespace() && *c != '\n' || matches!(c, '(' | ')' | '（' | '）');
    let head = text.get(body.start as usize..span.start as usize).unwrap_or("");
    let tail = text.get(span.end as usize..body.end as usize).unwrap_or("");
    let before = head.chars().rev().find(|c| !blank(c));
    let after = tail.chars().find(|c| !blank(c));
    matches!((before, after), (None | Some('\n'), Some('\n')) | (Some('\n'), None))
}

/// Titles in 《》 of a span, the outermost marks of nested ones.
fn titles(text: &str, span: Span) -> Vec<Titled> {
    let part = span.of(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = part.get(at..).and_then(|rest| rest.find('《')).map(|place| at + place) {
        let mut depth = 0;
        let mut close = None;
        // Where the inner title of nested marks ends, in case the outer one is never closed.
        for (place, c) in part.get(open..).unwrap_or("").char_indices().take(LONGEST) {
            match c {
                '《' => depth += 1,
                '》' => depth -= 1,
                '。' => break,
                _ => {}
            }
            if depth == 0 {
                close = Some(open + place + c.len_utf8());
                break;
            }
        }
        let Some(close) = close else {
            let inner = open + '《'.len_utf8();
            at = inner;
            if let Some((length, title)) = unclosed(part.get(inner..).unwrap_or("")) {
                at = inner + length;
                found.push(Titled {
                    span: Span::new(span.start as usize + open, span.start as usize + at),
                    bare: bare(&title),
                    title,
                });
            }
            continue;
        };
        let title: String =
            part.get(open + '《'.len_utf8()..close - '》'.len_utf8()).unwrap_or("").replace(['\n', '\r', '\t'], "");
        let title = title.trim().to_owned();
        found.push(Titled {
            span: Span::new(span.start as usize + open, span.start as usize + close),
            bare: bare(&title),
            title,
        });
        at = close;
    }
    found
}

/// A title whose closing mark is lost (to character recognition, mostly): it ends with (试行), or, where it begins with
/// 关于, with its kind. Gives its length and the title.
fn unclosed(rest: &str) -> Option<(usize, String)> {
    let end =
        rest.char_indices().take(60).find(|(_, c)| matches!(c, '《' | '》' | '。' | '，' | ',' | '；' | ';' | '\n'));
    let end = end.or_else(|| rest.char_indices().nth(60)).map_or(rest.len(), |(place, _)| place);
    let rest = rest.get(..end)?;
    for trial in ["(试行", "（试行"] {
        if let Some(place) = rest.find(trial).filter(|place| *place > 0) {
            let close = if trial.starts_with('(') { ")" } else { "）" };
            let end = place + trial.len();
            return Some((end, format!("{}{close}", rest.get(..end)?)));
        }
    }
    let kind = ["的意见", "的通知", "的决定", "的办法", "的规定", "实施意见"];
    let end = kind.iter().filter_map(|kind| rest.find(kind).map(|place| place + kind.len())).min()?;
    rest.starts_with("关于").then(|| Some((end, rest.get(..end)?.to_owned())))?
}

/// What is compared of a title.
fn bare(title: &str) -> String {
    let kept: String = title.chars().filter(|c| c.is_alphanumeric()).collect();
    let kept = kept.strip_prefix("中华人民共和国").unwrap_or(&kept);
    ["试行", "暂行", "修订"].iter().find_map(|end| kept.strip_suffix(end)).unwrap_or(kept).to_owned()
}

/// Up to forty characters before a place, back to the end of the last sentence, blanks left out.
fn clause_before(text: &str, at: usize, from: usize) -> String {
    let head = text.get(from..at).unwrap_or("");
    let mut kept: Vec<char> = head
        .chars()
        .rev()
        .take(40)
        .take_while(|c| !matches!(c, '。' | '；' | ';' | '！' | '？'))
        .filter(|c| !c.is_whitespace())
        .collect();
    kept.reverse();
    kept.into_iter().collect()
}

/// At most `chars` characters from a place on, to the end of the sentence.
fn window(text: &str, at: usize, to: usize, chars: usize) -> &str {
    let rest = text.get(at..to).unwrap_or("");
    let end = rest.char_indices().take(chars).find(|(_, c)| *c == '。').map(|(place, _)| place);
    let end = end.or_else(|| rest.char_indices().nth(chars).map(|(place, _)| place)).unwrap_or(rest.len());
    rest.get(..end).unwrap_or("")
}

/// Whether the title is that of the plan which the document passes on.
fn passes_on(before: &str, after: &str, forwarded: bool) -> bool {
    // 国务院发布的《…条例》 and 《…》 in the middle of a sentence are named only; 关于印发《…》的通知 and 现将《…》 are passed on.
    let opening = before.contains("现将")
        || before.ends_with("关于印发")
        || before.ends_with("关于转发")
        || before.ends_with("关于批转");
    let handed = [
        "印发给你们",
        "印发你们",
        "转发给你们",
        "下发给你们",
        "现予印发",
        "现予发布",
        "现予公布",
        "现印发",
        "现转发",
        "予以印发",
        "现发给",
        "予以公布",
    ]
    .iter()
    .any(|word| after.contains(word));
    handed || (opening && (forwarded || after.contains("印发") || after.contains("转发")))
}

/// Whether a title is no document: a form, a journal, a programme, a placeholder.
fn excluded(titled: &Titled, before: &str, after: &str, exclusions: &Exclusions) -> bool {
    let title = titled.bare.as_str();
    let placeholder = titled.title.contains(['×', '＊', '*', 'X', 'x', '□']) && titled.title.contains("××")
        || titled.title.to_lowercase().contains("xx");
    let near: String = before.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
    let follows = behind_list(after);
    // A short name among media: 《卫生视野》、局网站开辟专栏.
    let kinds =
        ["法", "条例", "意见", "通知", "办法", "规定", "方案", "纲要", "规划", "章", "决定", "计划", "合同", "书"];
    let among: String = after.chars().take(14).collect();
    let short = title.chars().count() <= 8 && !kinds.iter().any(|kind| title.ends_with(kind));
    let medium = short && exclusions.media.iter().any(|word| among.contains(word.as_str()));
    title.chars().count() < 2
        || placeholder
        || medium
        || exclusions.forms.iter().any(|form| title.ends_with(form.as_str()))
        || exclusions.periodicals.iter().any(|name| title.ends_with(name.as_str()))
        || exclusions.before.iter().any(|word| near.contains(word.as_str()))
        || exclusions.after.iter().any(|word| follows.starts_with(word.as_str()))
}

/// What stands behind a list of titles: 《…》和《…》两个栏目 is a list of two columns.
fn behind_list(after: &str) -> &str {
    let mut rest = after.trim_start();
    for _ in 0..6 {
        let list = rest.trim_start_matches(['、', '和', '与', '及', ' ']);
        let Some((_, behind)) = list.strip_prefix('《').and_then(|list| list.split_once('》')) else { break };
        rest = behind.trim_start();
    }
    rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '两' | '三' | '四' | '个' | '等'))
}

/// The number in brackets right behind a title or right before it, with the span of both.
fn attached(text: &str, titled: Span, codes: &[(Span, String)], used: &mut [bool]) -> (Option<String>, Span) {
    let mut end = titled.end;
    let mut forms: Vec<&str> = Vec::new();
    let first = codes.partition_point(|(span, _)| span.start < titled.end);
    for (at, (span, form)) in codes.iter().enumerate().skip(first) {
        let between = text.get(end as usize..span.start as usize).unwrap_or("x").trim();
        let fits = if forms.is_empty() {
            between.trim_matches(['(', '（', '[', '【', '〔', '“', '"']).is_empty() && between.chars().count() <= 1
        } else {
            matches!(between, "、" | "," | "，" | "和")
        };
        if !fits {
            break;
        }
        forms.push(form);
        if let Some(flag) = used.get_mut(at) {
            *flag = true;
        }
        end = span.end;
    }
    let mut start = titled.start;
    if forms.is_empty()
        && let Some(at) = first.checked_sub(1)
        && let Some((span, form)) = codes.get(at)
        && used.get(at) == Some(&false)
        && span.end <= titled.start
        && matches!(
            text.get(span.end as usize..titled.start as usize).unwrap_or("x").trim(),
            "" | "文" | "文件" | ")" | "）"
        )
    {
        forms.push(form);
        start = span.start;
        if let Some(flag) = used.get_mut(at) {
            *flag = true;
        }
    }
    let form = if forms.is_empty() { None } else { Some(forms.join("、")) };
    (form, Span { start, end })
}

/// Whether the words before a title say that it is acted on: the last such word with no comma behind it outside of titles.
fn acts_on(before: &str) -> bool {
    let Some(at) = BASIS.iter().filter_map(|word| before.rfind(word).map(|at| at + word.len())).max() else {
        return false;
    };
    !before.get(at..).unwrap_or("").contains([',', '，', '：', ':'])
}

/// Whether only list marks, brackets and a few characters (国务院) stand between two titles.
fn is_list_gap(text: &str, end: u32, start: u32) -> bool {
    let gap = text.get(end as usize..start as usize).unwrap_or("x，x").trim();
    let gap = gap.trim_start_matches([')', '）', ']', '】']);
    gap.is_empty()
        || (gap.starts_with(['、', '和', '及', '与', '以'])
            && gap.chars().count() <= 12
            && !gap.contains([',', '，', '。', '；', ';']))
}

/// Longest short form, in characters.
const SHORT: usize = 12;

/// Each document once: short forms under their full titles, lone short forms left out.
fn merged(found: Vec<Found>, own: &[String], aliases: &[(String, String)], exclusions: &Exclusions) -> Vec<Reference> {
    let aliases: HashMap<&str, &str> = aliases.iter().map(|(short, full)| (short.as_str(), full.as_str())).collect();
    // The longest title that ends in a short form.
    let mut endings: HashMap<String, String> = HashMap::new();
    for title in found.iter().map(|found| &found.bare).chain(own) {
        for (place, _) in title.char_indices().rev().take(SHORT).filter(|(place, _)| *place > 0) {
            let ending = endings.entry(title.get(place..).unwrap_or("").to_owned()).or_default();
            if ending.len() < title.len() {
                title.clone_into(ending);
            }
        }
    }
    let own: HashSet<&str> = own.iter().map(String::as_str).collect();
    let (mut by_name, mut by_number): (HashMap<String, usize>, HashMap<String, usize>) =
        (HashMap::new(), HashMap::new());
    let mut out: Vec<Reference> = Vec::new();
    for Found { bare, reference } in found {
        let longer = endings.get(&bare).filter(|_| reference.title.is_some());
        let name = match (aliases.get(bare.as_str()), longer) {
            (Some(full), _) => (*full).to_owned(),
            (None, Some(full)) => full.clone(),
            (None, None) if exclusions.generic.contains(&bare) => continue,
            (None, None) => bare,
        };
        if own.contains(name.as_str()) {
            continue;
        }
        let number = reference.doc_number.clone();
        let known = by_name.get(&name).or_else(|| by_number.get(number.as_ref()?)).copied();
        let at = known.unwrap_or(out.len());
        by_name.entry(name).or_insert(at);
        if let Some(number) = number {
            by_number.entry(number).or_insert(at);
        }
        match out.get_mut(at) {
            Some(known) => {
                known.doc_number = known.doc_number.take().or(reference.doc_number);
                let length = |title: &Option<String>| title.as_ref().map_or(0, String::len);
                if length(&reference.title) > length(&known.title) {
                    known.title = reference.title;
                    known.span = reference.span;
                }
                if reference.relation == Relation::Basis {
                    known.relation = Relation::Basis;
                }
            }
            None => out.push(reference),
        }
    }
    out
}

#[cfg(test)]
mod tests;
