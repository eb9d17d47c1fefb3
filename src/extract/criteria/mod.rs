//! Frameworks of criteria (五个好) with their items, and the numeral formulas that are only slogans (三个代表).

mod formula;
mod items;

use std::collections::HashSet;
use std::sync::LazyLock;

use daachorse::charwise::CharwiseDoubleArrayAhoCorasick;
use regex::Regex;

use super::{Context, near};
use crate::charset::CharSet;
use crate::diagnostic::Diagnostic;
use crate::lexicon::{Lexicon, word_automaton};
use crate::model::{Criterion, CriterionKind, Slogan};
use crate::span::Span;
use items::Item;

/// The table `formulas`, ready to search.
pub struct Formulas {
    slogans: CharwiseDoubleArrayAhoCorasick<u32>,
    keys: Vec<String>,
    known: std::collections::HashMap<String, Known>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Slogan,
    Framework,
    None,
}

impl Formulas {
    /// Take the formulas from the table.
    pub fn new(lexicon: &Lexicon) -> Self {
        let keys = lexicon.cells("formulas", "key");
        let values = lexicon.cells("formulas", "value");
        let known = |value: &str| match value {
            "slogan" => Known::Slogan,
            "framework" => Known::Framework,
            _ => Known::None,
        };
        // Without quotes only longer mottos can be told from other words.
        let slogans: Vec<&str> = keys
            .iter()
            .zip(&values)
            .filter(|(key, value)| **value == "slogan" && key.chars().count() >= 4)
            .map(|(key, _)| *key)
            .collect();
        Self {
            keys: slogans.iter().map(|key| (*key).to_owned()).collect(),
            slogans: word_automaton(slogans),
            known: keys.iter().zip(&values).map(|(key, value)| (bare(key), known(value))).collect(),
        }
    }

    fn of(&self, formula: &str) -> Option<Known> {
        self.known.get(&bare(formula)).copied()
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A formula where it stands in the text.
struct Mention {
    formula: String,
    declared: u32,
    /// The formula, quotes left out.
    span: Span,
    /// Where the text behind it begins (at its closing quote, if it has one).
    after: usize,
    quoted: bool,
}

static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"“(\d{3,4})”(工程|行动|计划|规划)?").expect("a literal pattern"));
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:做到|达到|坚持|实现|把握好?|落实|突出|抓好|搞好|处理好|注重|强化|确保|努力|具备|符合|围绕|遵循|开展)((?:增|促|抓|保)?[一二两三四五六七八九十](?:个|项)?[一-龥]{1,5}(?:、?(?:促|保)?[一二两三四五六七八九十]个?[一-龥]{1,4}){0,2})[:：(（]")
        .expect("a literal pattern")
});

/// Extract the frameworks and the slogans.
///
/// Evidence: a numeral formula in quotes, or behind 做到, 坚持 … and before a colon or bracket; with items behind it, it is a
/// framework; only named, it is one if it speaks of qualities (五好, 五个模范) of a body or person that stands beside it.
/// Example: 努力做到“四个到位”:一是责任到位。… Counter-example: “一把手”, “十二五”, 三个月. Misses frameworks whose items stand
/// before their name, and those without a numeral.
pub fn extract(context: &Context) -> (Vec<Criterion>, Vec<Slogan>, Vec<Diagnostic>) {
    let formulas = &context.lexicon.compiled().formula;
    let mut criteria: Vec<Criterion> = Vec::new();
    let mut slogans: Vec<Slogan> = Vec::new();
    let mut diagnostics = Vec::new();
    let mut named: Vec<(Mention, Option<String>)> = Vec::new();
    // What is itemised, as (formula, first item): a framework may be set twice, for two kinds of bodies.
    let mut itemised: Vec<(String, Vec<String>)> = Vec::new();
    for mention in mentions(context) {
        let known = formulas.of(&mention.formula);
        if known == Some(Known::None) {
            continue;
        }
        let mut found = Vec::new();
        if known != Some(Known::Slogan) {
            found = items::following(context, mention.after, &mention.formula, mention.declared);
            if (found.len() as u32) < mention.declared && mention.quoted {
                let before = items::preceding(context, mention.span.start as usize, &mention.formula, mention.declared);
                if !before.is_empty() {
                    found = before;
                }
            }
        }
        let texts: Vec<String> = found.iter().map(|item| item.text.clone()).collect();
        let repeated = itemised.iter().any(|(formula, items)| {
            *formula == mention.formula
                && (found.is_empty() || items.first() == texts.first() && same_kind(items, &texts))
        });
        if repeated {
            continue;
        }
        let applies_to = applies_to(context, &mention, &found);
        if found.len() < 2 || !plausible(&mention, &found) {
            named.push((mention, applies_to));
            continue;
        }
        itemised.push((mention.formula.clone(), texts));
        if found.len() as u32 != mention.declared {
            let message = format!("“{}” declares {} items, {} found", mention.formula, mention.declared, found.len());
            diagnostics.push(Diagnostic::warning("criteria-declared", mention.span, message));
        }
        push(&mut criteria, &mention, applies_to.as_deref(), &found);
    }
    for (mention, applies_to) in named {
        let stands = itemised.iter().any(|(formula, _)| *formula == mention.formula);
        if stands {
            continue;
        }
        let known = formulas.of(&mention.formula);
        let quality =
            known != Some(Known::Slogan) && (known == Some(Known::Framework) || formula::is_quality(&mention.formula));
        let asked = applies_to.is_some() || before(context, &mention).ends_with("做到");
        if quality && asked && mention.quoted {
            if !criteria.iter().any(|c| c.framework == mention.formula && c.applies_to == applies_to) {
                push(&mut criteria, &mention, applies_to.as_deref(), &[]);
            }
        } else if criteria.iter().any(|criterion| criterion.framework == mention.formula) {
            // Named again without its body.
        } else if mention.quoted && !slogans.iter().any(|slogan| slogan.formula == mention.formula) {
            slogans.push(Slogan {
                formula: mention.formula,
                declared: Some(mention.declared),
                items: Vec::new(),
                span: mention.span,
            });
        }
    }
    let mut known: HashSet<String> = slogans.iter().map(|slogan| bare(&slogan.formula)).collect();
    for (found, formula) in unquoted_slogans(context) {
        if known.insert(bare(&formula)) {
            slogans.push(Slogan { declared: formula::declared(&formula), formula, items: Vec::new(), span: found });
        }
    }
    criteria.sort_by_key(|criterion| criterion.span.start);
    slogans.sort_by_key(|slogan| slogan.span.start);
    for (criterion, id) in criteria.iter_mut().zip(1u32..) {
        criterion.id = id;
    }
    (criteria, slogans, diagnostics)
}

/// Two lists of items that are the same list, told at different length.
fn same_kind(a: &[String], b: &[String]) -> bool {
    a.iter().zip(b).filter(|(x, y)| x == y).count() * 2 >= a.len().min(b.len())
}

/// Items that are short enough, and enough of them, to be what the formula declares.
fn plausible(mention: &Mention, items: &[Item]) -> bool {
    let enough = items.len() as u32 * 5 >= mention.declared * 2 || items.len() >= 4;
    // A list of things before or behind 三大革命 is not one of criteria where its first item drags the sentence along.
    let dragged = items.iter().any(|item| item.text.contains(['“', '”', '‘', '’']) && !balanced(&item.text));
    if dragged {
        return false;
    }
    let longest = if mention.quoted { 90 } else { 60 };
    enough && items.len() as u32 <= mention.declared && items.iter().all(|item| item.text.chars().count() <= longest)
}

fn balanced(text: &str) -> bool {
    text.matches(['“', '‘']).count() == text.matches(['”', '’']).count()
}

fn push(criteria: &mut Vec<Criterion>, mention: &Mention, applies_to: Option<&str>, found: &[Item]) {
    let kind = if formula::is_quality(&mention.formula) {
        CriterionKind::Standard
    } else if mention.formula.ends_with('一') || mention.formula.contains("活动") {
        CriterionKind::Action
    } else {
        CriterionKind::Requirement
    };
    let row = |ordinal: Option<u32>, item: Option<String>, span: Span| Criterion {
        id: 0,
        framework: mention.formula.clone(),
        kind,
        applies_to: applies_to.map(str::to_owned),
        declared: Some(mention.declared),
        found: found.len() as u32,
        ordinal,
        item,
        span,
    };
    if found.is_empty() {
        criteria.push(row(None, None, mention.span));
    }
    for (item, ordinal) in found.iter().zip(1u32..) {
        criteria.push(row(Some(ordinal), Some(item.text.clone()), item.span));
    }
}

/// What stands in quotes on one line, two to fifteen characters of it.
fn quotations(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut done = 0;
    // All marks but the ASCII one begin with this byte.
    for at in memchr::memchr2_iter(b'"', "“".as_bytes()[0], text.as_bytes()) {
        let Some(mark) = text[at..].chars().next().filter(|mark| at >= done && matches!(mark, '“' | '"' | '‘'))
        else {
            continue;
        };
        let start = at + mark.len_utf8();
        let inner = text[start..].char_indices().take(16).enumerate();
        let stop = inner
            .map(|(count, (place, c))| (count, start + place, c))
            .find(|(_, _, c)| matches!(c, '“' | '”' | '"' | '‘' | '’' | '\n'));
        if let Some((count, end, mark @ ('”' | '"' | '’'))) = stop
            && count >= 2
        {
            out.push(start..end);
            done = end + mark.len_utf8();
        }
    }
    out
}

/// Colons and brackets close behind a numeral: what [`ANNOUNCED`] ends with.
fn announcing(text: &str) -> Vec<usize> {
    static SIGNS: CharSet =
        CharSet::of(&[':', '：', '(', '（', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十']);
    let mut out = Vec::new();
    let mut numeral = None;
    for (at, c) in text.char_indices().filter(|(_, c)| SIGNS.has(*c)) {
        if !matches!(c, ':' | '：' | '(' | '（') {
            numeral = Some(at);
        } else if numeral.is_some_and(|numeral| at - numeral <= 80) && has_verb(&text[..at]) {
            out.push(at);
        }
    }
    out
}

/// The longest match of [`ANNOUNCED`], in characters.
const ANNOUNCED_LONGEST: usize = 30;

/// Whether one of the verbs of [`ANNOUNCED`] stands in the run of Chinese characters and 、 at the end of a text.
fn has_verb(text: &str) -> bool {
    const VERBS: [&str; 19] = [
        "做到",
        "达到",
        "坚持",
        "实现",
        "把握",
        "落实",
        "突出",
        "抓好",
        "搞好",
        "处理好",
        "注重",
        "强化",
        "确保",
        "努力",
        "具备",
        "符合",
        "围绕",
        "遵循",
        "开展",
    ];
    static BEGIN: CharSet = CharSet::of(&['做', '达', '坚', '实', '把', '落', '突', '抓', '搞', '处'])
        .with(&['注', '强', '确', '努', '具', '符', '围', '遵', '开']);
    let run = text.char_indices().rev().take(ANNOUNCED_LONGEST);
    let mut run = run.take_while(|(_, c)| matches!(c, '一'..='龥' | '、'));
    run.any(|(at, c)| BEGIN.has(c) && VERBS.iter().any(|verb| text[at..].starts_with(verb)))
}

/// All formulas in the document, in order.
fn mentions(context: &Context) -> Vec<Mention> {
    let text = context.of(context.span);
    let offset = context.span.start as usize;
    let mut out: Vec<Mention> = Vec::new();
    for inner in quotations(text) {
        if let Some(declared) = formula::declared(&text[inner.clone()]) {
            out.push(Mention {
                formula: formula::core(&text[inner.clone()]).to_owned(),
                declared,
                span: Span::new(offset + inner.start, offset + inner.end),
                after: offset + inner.end,
                quoted: true,
            });
        }
    }
    let quoted: Vec<Span> = out.iter().map(|mention| mention.span).collect();
    let near = near::around(text, announcing(text).into_iter(), 150, 3);
    for (inner, offset) in near.into_iter().flat_map(|near| {
        ANNOUNCED
            .captures_iter(&text[near.clone()])
            .filter_map(|found| found.get(1))
            .map(move |inner| (inner, offset + near.start))
    }) {
        let span = Span::new(offset + inner.start(), offset + inner.end());
        if let Some(declared) = formula::declared(inner.as_str())
            && !quoted
                .get(quoted.partition_point(|known| known.end <= span.start))
                .is_some_and(|known| known.overlaps(span))
        {
            out.push(Mention {
                formula: inner.as_str().to_owned(),
                declared,
                span,
                after: offset + inner.end(),
                quoted: false,
            });
        }
    }
    out.sort_by_key(|mention| mention.span.start);
    out
}

/// Mottos of the lexicon that stand without quotes, and numbers in quotes that name a project (“831”工程).
fn unquoted_slogans(context: &Context) -> Vec<(Span, String)> {
    let text = context.of(context.span);
    let offset = context.span.start as usize;
    let formulas = &context.lexicon.compiled().formula;
    let mut out: Vec<(Span, String)> = formulas
        .slogans
        .leftmost_find_iter(text)
        .filter(|found| formulas.keys.get(found.value() as usize).is_some())
        .map(|found| {
            (Span::new(offset + found.start(), offset + found.end()), text[found.start()..found.end()].to_owned())
        })
        .collect();
    let quotes = memchr::memmem::find_iter(text.as_bytes(), "“");
    let numbers = quotes.filter(|at| text[at + "“".len()..].starts_with(char::is_numeric));
    for near in near::around(text, numbers, 0, 40) {
        let offset = offset + near.start;
        out.extend(NUMBERED.captures_iter(&text[near]).filter_map(|captures| {
            let (whole, number) = (captures.get(0)?, captures.get(1)?);
            let kind = captures.get(2).map_or("", |m| m.as_str());
            Some((Span::new(offset + whole.start(), offset + whole.end()), format!("{}{kind}", number.as_str())))
        }));
    }
    out
}

/// The 60 characters before a mention.
fn before<'a>(context: &Context<'a>, mention: &Mention) -> &'a str {
    let text = &context.text[context.span.start as usize..mention.span.start as usize];
    let start = text.char_indices().rev().nth(90).map_or(0, |(at, _)| at);
    text[start..].trim_end_matches(['“', '"', '‘'])
}

static BODY_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[”\x22’]?(?:[(（][^()（）]{0,160}[)）])?(?:的|要求的)?([一-龥]{0,6}?(?:基层党组织|党组织|党支部|党总支|党委|共产党员|党员干部|党员|领导班子|班子|机关|干部|单位|队伍|标兵|企业|学校|医院|科室|村|社区|家庭))").expect("a literal pattern")
});
static STANDARD_OF: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([一-龥]{2,16}?)的?(?:基本要求|基本标准|评价标准|评选标准|评选条件|具体标准|基本条件|主要标准|标准|条件)(?:是|为|:|：)").expect("a literal pattern")
});
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([一-龥]{0,6}(?:基层党组织|党组织|党支部|共产党员|党员领导干部|领导干部|党员干部|领导班子|干部职工|党员|机关|单位|医务人员|教师|民警|村))(?:都?要|应|应当|必须|需)?[^。；\n]{0,40}$").expect("a literal pattern")
});

/// Whom a framework is set for: the body that stands behind it (“五好”党支部), else the one whose standard it is called
/// (党员的基本要求是…), else the subject of the sentence.
fn applies_to(context: &Context, mention: &Mention, found: &[Item]) -> Option<String> {
    let after: String =
        context.text.get(mention.after..context.span.end as usize).unwrap_or("").chars().take(200).collect();
    let behind = BODY_BEHIND.captures(&after).and_then(|c| c.get(1)).map(|m| m.as_str().to_owned());
    if behind.is_some() {
        return behind;
    }
    let before = before(context, mention);
    if let Some(of) = STANDARD_OF.captures_iter(before).last().and_then(|c| c.get(1)) {
        return Some(of.as_str().trim_start_matches(['的', '是', '为']).to_owned());
    }
    if found.is_empty() {
        return None;
    }
    SUBJECT.captures(before).and_then(|c| c.get(1)).map(|m| m.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn found(text: &str) -> (Vec<String>, Vec<String>) {
        let span = Span::new(0, text.len());
        let context =
            Context { text, span, body: span, sections: &[], lexicon: Lexicon::builtin(), issued: None, year: None };
        let (criteria, slogans, _) = extract(&context);
        let line = |c: &Criterion| {
            format!(
                "{}/{} {} {}",
                c.framework,
                c.declared.unwrap_or(0),
                c.applies_to.as_deref().unwrap_or("-"),
                c.item.as_deref().unwrap_or("-")
            )
        };
        (criteria.iter().map(line).collect(), slogans.into_iter().map(|s| s.formula).collect())
    }

    #[test]
    fn layouts() {
        for (text, criteria) in [
            (
                "争创“四好”班子（政治素质好、经营业绩好、团结协作好、作风形象好）。",
                vec![
                    "四好/4 班子 政治素质好",
                    "四好/4 班子 经营业绩好",
                    "四好/4 班子 团结协作好",
                    "四好/4 班子 作风形象好",
                ],
            ),
            (
                "先进村的基本标准是，努力做到“三个到位”：一是责任到位。分工清楚。二是措施到位。办法管用。三是保障到位。经费落实。",
                vec!["三个到位/3 先进村 责任到位", "三个到位/3 先进村 措施到位", "三个到位/3 先进村 保障到位"],
            ),
            (
                "领导班子要做到“三查”：一查学习是否深入，二查作风是否扎实，三查群众是否满意。",
                vec![
                    "三查/3 领导班子 查学习是否深入",
                    "三查/3 领导班子 查作风是否扎实",
                    "三查/3 领导班子 查群众是否满意",
                ],
            ),
            (
                "努力做到三个有：1、有目标。\n写进规划。\n2、有措施。\n责任到人。\n3、有检查。\n按月通报。",
                vec!["三个有/3 - 有目标", "三个有/3 - 有措施", "三个有/3 - 有检查"],
            ),
            ("开展“五好”党支部创建活动。", vec!["五好/5 党支部 -"]),
            ("为期三个月，分两个阶段。", vec![]),
            ("党政“一把手”要亲自抓。", vec![]),
        ] {
            assert_eq!(found(text).0, criteria, "{text}");
        }
    }

    #[test]
    fn slogans() {
        for (text, expected) in [
            ("以“三个代表”重要思想为指导，做到两手抓、两不误、两促进。", vec!["三个代表", "两手抓、两不误、两促进"]),
            ("深化“一满意四规范”活动，实施“831”工程。", vec!["一满意四规范", "831工程"]),
            ("“十二五”期间，党政“一把手”负总责。", vec![]),
        ] {
            assert_eq!(found(text).1, expected, "{text}");
        }
    }
}
