//! Quantities: a number with a unit, and the words at its sides that say how it compares.

use std::collections::HashMap;

use crate::charset::CharSet;
use crate::lexicon::Lexicon;
use crate::model::Comparator;
use crate::numeral;

/// A number with its unit. Places are bytes of the text that was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    /// First byte of the number.
    pub start: usize,
    /// The byte after the unit.
    pub end: usize,
    pub value: f64,
    /// The upper end of a range.
    pub max: Option<f64>,
    pub unit: String,
    pub kind: UnitKind,
    /// Written with Arabic digits or as 百分之.
    pub arabic: bool,
    /// 余, 多 behind the number: more than it.
    pub over: bool,
    /// 级 behind the number: 7000亿级.
    pub graded: bool,
}

/// What kind of thing a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitKind {
    Rate,
    Count,
    Measure,
    Time,
}

/// The tables `units` and `comparators`.
pub(super) struct Measures {
    /// By their first character, longest first.
    units: HashMap<char, Vec<(String, UnitKind)>>,
    before: Vec<(String, Comparator)>,
    after: Vec<(String, Comparator)>,
}

impl Measures {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let mut units: HashMap<char, Vec<(String, UnitKind)>> = HashMap::new();
        let pairs = |name: &str| {
            lexicon.table(name).ok().map(|table| table.pairs("key", "value").collect::<Vec<_>>()).unwrap_or_default()
        };
        for (unit, kind) in pairs("units") {
            let kind = match kind {
                "rate" => UnitKind::Rate,
                "count" => UnitKind::Count,
                "time" => UnitKind::Time,
                _ => UnitKind::Measure,
            };
            if let Some(first) = unit.chars().next() {
                units.entry(first).or_default().push((unit.to_owned(), kind));
            }
        }
        for same in units.values_mut() {
            same.sort_by_key(|(unit, _)| std::cmp::Reverse(unit.len()));
        }
        let notes = lexicon.cells("comparators", "note");
        let mut sides: [Vec<(String, Comparator)>; 2] = [Vec::new(), Vec::new()];
        for ((word, value), note) in pairs("comparators").into_iter().zip(notes) {
            if let Some(comparator) = Comparator::parse(value)
                && let Some(side) = sides.get_mut(usize::from(note == "after"))
            {
                side.push((word.to_owned(), comparator));
            }
        }
        let [mut before, mut after] = sides;
        before.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        after.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        Self { units, before, after }
    }

    /// The unit at the start of a text, 万 or 亿 before it taken in.
    fn unit(&self, text: &str) -> Option<(usize, UnitKind)> {
        // 亿千瓦 is 亿 with 千瓦, 千人 is 千 with 人.
        [text.trim_start_matches(['万', '亿']), text.trim_start_matches(['万', '亿', '千', '百'])].into_iter().find_map(
            |bare| {
                let known = bare.chars().next().and_then(|first| self.units.get(&first));
                let found = known.into_iter().flatten().find(|(unit, _)| {
                    bare.strip_prefix(unit.as_str()).is_some_and(|rest| !(unit == "方" && is_word(rest)))
                });
                found.map(|(unit, kind)| (text.len() - bare.len() + unit.len(), *kind))
            },
        )
    }

    /// The comparator that ends right before a quantity, with its length.
    pub(super) fn before(&self, head: &str) -> Option<(Comparator, usize)> {
        let trimmed = head.trim_end_matches(|c: char| c == '了' || c.is_whitespace());
        self.before
            .iter()
            .find(|(word, _)| trimmed.ends_with(word.as_str()))
            .map(|(word, comparator)| (*comparator, head.len() - trimmed.len() + word.len()))
    }

    /// The comparator right behind a quantity, with its length.
    pub(super) fn after(&self, tail: &str) -> Option<(Comparator, usize)> {
        let trimmed = tail.trim_start();
        self.after
            .iter()
            .find(|(word, _)| trimmed.starts_with(word.as_str()))
            .map(|(word, comparator)| (*comparator, tail.len() - trimmed.len() + word.len()))
    }

    /// All quantities of a text.
    pub(super) fn quantities(&self, text: &str) -> Vec<Quantity> {
        let mut found = Vec::new();
        let mut at = 0;
        let mut previous: Option<char> = None;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if !may_begin(c) {
                previous = Some(c);
                at += c.len_utf8();
                continue;
            }
            let begins = c.is_ascii_digit()
                || matches!(c, '０'..='９')
                || (numeral::is_chinese(c) && !matches!(c, '亿' | '万' | '千' | '百' | '零' | '〇'))
                || c == '百'
                || c == '千'
                || c == '半'
                || (c == '万' && text.get(at..).is_some_and(|rest| rest.starts_with("万亿级")));
            if begins {
                let fits = !previous
                    .is_some_and(|p| matches!(p, '第' | '〔' | '“' | '.' | '-' | '—' | '/') || p.is_ascii_alphabetic())
                    || (previous == Some('“') && c.is_ascii_digit())
                    || previous == Some('—');
                if let Some(quantity) = self.quantity(text, at).filter(|_| fits) {
                    at = quantity.end;
                    previous = text.get(..at).and_then(|head| head.chars().next_back());
                    found.push(quantity);
                    continue;
                }
                let run = text.get(at..).unwrap_or("");
                let end = run
                    .find(|d: char| !(d.is_ascii_digit() || d == '.' || numeral::is_chinese(d) || d == '半'))
                    .unwrap_or(run.len())
                    .max(c.len_utf8());
                at += end;
                previous = text.get(..at).and_then(|head| head.chars().next_back());
                continue;
            }
            previous = Some(c);
            at += c.len_utf8();
        }
        found
    }

    /// Whether a text ends with a number and its unit.
    pub(super) fn ends_with_quantity(&self, text: &str) -> bool {
        let start = text.char_indices().rev().take(12).last().map_or(0, |(at, _)| at);
        let near = text.get(start..).unwrap_or("");
        self.quantities(near).last().is_some_and(|quantity| quantity.end == near.len())
    }

    /// Whether a text begins with a unit.
    pub(super) fn starts_with_unit(&self, text: &str) -> bool {
        self.unit(text).is_some()
    }

    fn quantity(&self, text: &str, at: usize) -> Option<Quantity> {
        let rest = text.get(at..)?;
        if let Some(quantity) = fixed(rest, at) {
            return Some(quantity);
        }
        if let Some(percent) = rest.strip_prefix("百分之") {
            let length =
                percent.find(|c: char| !numeral::is_chinese(c) && !c.is_ascii_digit()).unwrap_or(percent.len());
            let value = numeral::value(percent.get(..length)?)?;
            let end = at + "百分之".len() + length;
            return Some(Quantity {
                start: at,
                end,
                value: float(value),
                max: None,
                unit: "%".into(),
                kind: UnitKind::Rate,
                arabic: true,
                over: false,
                graded: false,
            });
        }
        let (value, length, arabic) = number(rest)?;
        let mut end = at + length;
        let mut max = None;
        // 2-3次, 60%—70%: the second number of a range, with the unit of both.
        let tail = text.get(end..)?;
        let inner = self.unit(tail).map_or(0, |(unit, _)| unit);
        let second = tail.get(inner..).and_then(|tail| tail.strip_prefix(['-', '—', '－', '至', '~', '～', '–']));
        if let Some((upper, length, _)) = second.and_then(number).filter(|(upper, ..)| *upper > value)
            && let Some(second) = second
            && self.unit(second.get(length..)?).is_some()
        {
            max = Some(upper);
            end = text.len() - second.len() + length;
        }
        let mut tail = text.get(end..)?;
        let blank = tail.len() - tail.trim_start_matches(' ').len();
        tail = tail.get(blank..)?;
        let over = tail.strip_prefix(['余', '多']);
        let (unit_text, skipped) = over.map_or((tail, 0), |rest| (rest, tail.len() - rest.len()));
        let (length, kind) = self.unit(unit_text)?;
        // 700亩(次), 2000场（次）.
        let remark = unit_text.get(length..).filter(|_| kind != UnitKind::Rate);
        let remark = remark.and_then(|rest| ["(次)", "（次）"].into_iter().find(|remark| rest.starts_with(remark)));
        let length = length + remark.map_or(0, str::len);
        let unit = unit_text.get(..length)?.replace('％', "%");
        Some(Quantity {
            start: at,
            end: end + blank + skipped + length,
            value,
            max,
            unit,
            kind,
            arabic,
            over: over.is_some(),
            graded: false,
        })
    }
}

/// Whether 方 begins a word, or ends one of a few parties: 三方面, 5方案, 多方协议. As a measure it stands at the end or before a bound.
fn is_word(rest: &str) -> bool {
    !rest.is_empty()
        && !rest.starts_with(['以', '左', ',', '，', '。', '、', ';', '；', ')', '）', '土', '石', '\n', '多'])
}

/// Whether a number can begin with a character.
fn may_begin(c: char) -> bool {
    static BEGINS: CharSet =
        CharSet::of(&['〇', '○', '零', '◯', '一', '壹', '二', '两', '贰', '三', '叁', '四', '肆', '半', '万'])
            .with(&['五', '伍', '六', '陆', '七', '柒', '八', '捌', '九', '玖', '十', '拾', '百', '佰', '千', '仟'])
            .and_range('0', '9')
            .and_range('０', '９');
    BEGINS.has(c)
}

/// 一半 as 50%; 万亿级 and 7000亿级, whose unit is 亿.
fn fixed(rest: &str, at: usize) -> Option<Quantity> {
    let quantity = |length: usize, value: f64, unit: &str, kind: UnitKind, graded: bool| Quantity {
        start: at,
        end: at + length,
        value,
        max: None,
        unit: unit.into(),
        kind,
        arabic: true,
        over: false,
        graded,
    };
    if ["一半", "半数"].iter().any(|word| rest.starts_with(word)) {
        return Some(quantity("一半".len(), 50.0, "%", UnitKind::Rate, false));
    }
    // 三成以上; 三成 alone may be a part of 三成立, 一成不变.
    if let Some(first) = rest.chars().next()
        && let Some(tail) = rest.get(first.len_utf8()..).and_then(|tail| tail.strip_prefix('成'))
        && ["以上", "以下", "以内", "左右"].iter().any(|word| tail.starts_with(word))
        && let Some(tenths) = numeral::value(rest.get(..first.len_utf8())?).filter(|tenths| (1..10).contains(tenths))
    {
        return Some(quantity(first.len_utf8() + '成'.len_utf8(), float(tenths * 10), "%", UnitKind::Rate, false));
    }
    for (word, value, unit) in
        [("万亿级", 1.0, "万亿"), ("千亿级", 1000.0, "亿"), ("百亿级", 100.0, "亿"), ("十亿级", 10.0, "亿")]
    {
        if rest.starts_with(word) {
            return Some(quantity(word.len(), value, unit, UnitKind::Measure, true));
        }
    }
    let (value, length, true) = number(rest)? else { return None };
    let tail = rest.get(length..)?;
    let unit =
        ["万亿", "亿", "万"].into_iter().find(|unit| tail.strip_prefix(unit).is_some_and(|r| r.starts_with('级')))?;
    Some(quantity(length + unit.len() + '级'.len_utf8(), value, unit, UnitKind::Measure, true))
}

#[expect(clippy::cast_precision_loss, reason = "quantities of documents are far below 2^53")]
fn float(value: u64) -> f64 {
    value as f64
}

/// The length of a number whose thousands are parted by commas: 1,842; not 1,2,3 or 12,34.
fn in_thousands(text: &str) -> Option<usize> {
    let run = text.find(|c: char| !(c.is_ascii_digit() || c == ',')).unwrap_or(text.len());
    let mut groups = text.get(..run)?.trim_end_matches(',').split(',');
    let mut length = groups.next().map(str::len).filter(|length| (1..=3).contains(length))?;
    let first = length;
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        length += 4;
    }
    (length > first).then_some(length)
}

/// The number at the start of a text: its value, its length, and whether it is Arabic.
fn number(text: &str) -> Option<(f64, usize, bool)> {
    let first = text.chars().next()?;
    if first == '半' {
        return None;
    }
    if first.is_ascii_digit() {
        let mut length = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
        // 4 0%: a blank slipped into the number.
        if let Some(second) = text.get(length..).and_then(|rest| rest.strip_prefix(' ')) {
            let more = second.find(|c: char| !c.is_ascii_digit()).unwrap_or(second.len());
            if length <= 2
                && more > 0
                && more <= 2
                && second.get(more..).is_some_and(|rest| rest.starts_with(['%', '％']))
            {
                let joined: String = text.get(..=length + more)?.split(' ').collect();
                length += 1 + more;
                return joined.parse().ok().map(|value| (value, length, true));
            }
        }
        // 3l0: a letter that character recognition took for a digit.
        if let Some(rest) = text.get(length..)
            && rest.starts_with(['l', 'I', 'O', 'o'])
            && let more = rest.bytes().skip(1).take(5).take_while(u8::is_ascii_digit).count()
            && (1..=4).contains(&more)
            && length <= 4
        {
            let read = |c: char| if matches!(c, 'l' | 'I') { '1' } else { '0' };
            let digits: String = text
                .get(..=length + more)?
                .chars()
                .map(|c| if c.is_ascii_alphabetic() { read(c) } else { c })
                .collect();
            return digits.parse().ok().map(|value| (value, length + 1 + more, true));
        }
        if let Some(length) = in_thousands(text) {
            return text.get(..length)?.replace(',', "").parse().ok().map(|value| (value, length, true));
        }
        let digits = text.get(..length)?.trim_end_matches('.');
        if digits.len() > 12 {
            return None;
        }
        return digits.parse().ok().map(|value| (value, digits.len(), true));
    }
    // A Chinese numeral; 万 and 亿 at its end belong to the unit where more digits stand before (三万元: 三 + 万元).
    let length = text.find(|c: char| !numeral::is_chinese(c)).unwrap_or(text.len());
    let digits = text.get(..length)?;
    let short = digits.trim_end_matches(['万', '亿']);
    let digits = if short.is_empty() { digits } else { short };
    numeral::value(digits).map(|value| (float(value), digits.len(), false))
}
