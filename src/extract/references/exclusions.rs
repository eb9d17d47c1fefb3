//! Titles that are no documents: journals, forms, licences, works of art, the annexes of the document itself.

use super::titles::Titled;
use crate::lexicon::Lexicon;

/// The rows of the table `reference_exclusions`, by what they exclude.
pub(crate) struct Exclusions {
    pub(super) generic: Vec<String>,
    forms: Vec<String>,
    periodicals: Vec<String>,
    before: Vec<String>,
    after: Vec<String>,
    media: Vec<String>,
    works: Vec<String>,
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
            works: rows("work"),
        }
    }
}

/// Whether a title is no document: a form, a journal, a programme, a placeholder.
pub(super) fn excluded(titled: &Titled, before: &str, after: &str, exclusions: &Exclusions) -> bool {
    let title = titled.bare.as_str();
    let placeholder = is_masked(&titled.title) && !is_told_apart(&titled.title);
    // What stands before a comma or another title tells of something else.
    let clause = before.rsplit([',', '，', '》', '；', '：']).next().unwrap_or("");
    let near: String = clause.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
    let near = near.trim_end_matches(['“', '"', '‘']);
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
        || exclusions.works.iter().any(|word| near.ends_with(word.as_str()))
        || exclusions.before.iter().any(|word| near.contains(word.as_str()))
        || exclusions.after.iter().any(|word| follows.starts_with(word.as_str()))
}

/// Whether a title has signs instead of words.
fn is_masked(title: &str) -> bool {
    title.contains("××") || title.to_lowercase().contains("xx")
}

/// Whether what is left of a masked title names a document: only a place at its beginning is hidden, and the rest is more
/// than a kind (《××镇农村饮水安全巩固提升行动方案》, not 《××县实施意见》, 《关于××工作的意见》).
fn is_told_apart(title: &str) -> bool {
    let mask = |c: char| matches!(c, '×' | 'X' | 'x' | 'Ｘ' | 'ｘ');
    let mut rest = title;
    for _ in 0..3 {
        let bare = rest.trim_start_matches(mask);
        if bare.len() == rest.len() {
            break;
        }
        let Some(place) = bare.strip_prefix(['省', '市', '县', '区', '州', '旗', '镇', '乡', '村']) else {
            return false;
        };
        rest = place;
    }
    !rest.contains(mask) && rest.chars().filter(|c| c.is_alphanumeric()).count() >= 10
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
