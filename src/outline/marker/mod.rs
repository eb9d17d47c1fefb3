//! The markers of numbered headings: 第一章, 一、, (一), 1., (1), ①, 第一阶段, 一是 …
//!
//! GB/T 9704-2012, 7.3.3 sets the usual order 一、 → （一） → 1. → （1）; real documents deviate, so a marker says only
//! its family and number here, and [`super::tree`] decides the level by nesting and series.

mod fits;
mod read;

use crate::charset::CharSet;
use crate::span::Span;
use fits::fits;
use read::read;

/// Style of a marker. The order is that of the usual seniority, which only breaks ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// 第一章, 第一部分, 第一编.
    Chapter,
    /// 第一节.
    Part,
    /// Ⅰ. II、
    Roman,
    /// 一、
    Han,
    /// (一), ㈠, 一）
    HanBracket,
    /// 第一阶段, 第一步, 阶段一.
    Stage,
    /// 1、 1. 1．
    Arabic,
    /// 1.1
    Decimal2,
    /// 1.1.1
    Decimal3,
    /// (1), ⑴, 1)
    ArabicBracket,
    /// ①
    Circled,
    /// 第一条.
    Article,
    /// 第一,
    Ordinal,
    /// 一是, 一要, 一查.
    HanVerb,
    /// 一围绕中心: the punctuation behind the number is lost.
    HanBare,
    /// (): the number inside the brackets is lost.
    Lost,
}

/// What stands before a marker on its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the middle of words: only a series that goes on makes it a marker.
    Middle,
    /// Behind 。；： or a closing quote or bracket.
    AfterStop,
    /// At the beginning of a line.
    LineStart,
}

/// A possible marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    /// From its first character to the last that belongs to it (一、 with its 、).
    pub span: Span,
    /// Its style.
    pub family: Family,
    /// Its number; 0 for [`Family::Lost`].
    pub number: u64,
    /// Where it stands.
    pub place: Place,
}

/// All possible markers in `span` of `text`, in order.
///
/// Evidence is the form alone, with what stands around it: 三、四中全会, 2.5万, 1.2亿元, (二)至(四)项 are left out; a marker in
/// the middle of a line is kept only in the forms that survive merged lines, and [`Place::Middle`] says so.
/// Misses markers whose number and punctuation are both lost.
pub fn scan(text: &str, span: Span) -> Vec<Marker> {
    let body = span.of(text);
    let base = span.start as usize;
    let mut out: Vec<Marker> = Vec::new();
    let mut previous: Option<char> = None; // last character that is no blank, on the same line
    let mut skip_to = 0;
    for (at, c) in body.char_indices() {
        if at >= skip_to && may_begin(c) {
            let mut place = place_of(previous);
            // Only a junior marker follows a heading directly: （五）坚持标本合一、远近结合.
            let junior = |rest: &str| {
                let last = out.last()?.family;
                read(rest, Place::AfterStop).filter(|(_, family, _)| *family > last)
            };
            if place == Place::Middle && heads_only(&out, base + at, text) && junior(&body[at..]).is_some() {
                place = Place::AfterStop;
            }
            if let Some((length, family, number)) = read(&body[at..], place)
                && !(family == Family::Stage && directly_behind(&out, base + at, text))
                && fits(&body[..at], &body[at + length..], family, place)
            {
                out.push(Marker { span: Span::new(base + at, base + at + length), family, number, place });
                skip_to = at + length;
            }
        }
        if c == '\n' {
            previous = None;
        } else if !(is_blank(c) || previous.is_none() && is_bullet(c)) {
            previous = Some(c);
        }
    }
    out
}

/// 二、主要标准(一)…: nothing but a short heading stands between this marker and the one before it.
fn heads_only(markers: &[Marker], at: usize, text: &str) -> bool {
    markers.last().is_some_and(|last| {
        let between = text.get(last.span.end as usize..at).unwrap_or("");
        between.len() <= 42 && between.chars().all(is_han)
    })
}

/// 1. 第一阶段: the phase's label is part of the heading that another marker begins.
fn directly_behind(markers: &[Marker], at: usize, text: &str) -> bool {
    markers.last().is_some_and(|last| text[last.span.end as usize..at].trim().is_empty())
}

pub(crate) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '\u{a0}' | '\r')
}

fn may_begin(c: char) -> bool {
    static BEGINS: CharSet =
        CharSet::of(&['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '第', '阶', '(', '（', '〔'])
            .and_range('0', '9')
            .and_range('０', '９')
            // What `numeral::enclosed` knows.
            .with(&['I', 'V', 'X'])
            .and_range('①', '⒛')
            .and_range('㈠', '㈩')
            .and_range('㊀', '㊉')
            .and_range('Ⅰ', 'Ⅻ')
            .and_range('❶', '❿');
    BEGINS.has(c)
}

/// A bullet at the beginning of a line does not count: the marker behind it begins the line.
fn is_bullet(c: char) -> bool {
    matches!(c, '-' | '—' | '·' | '●' | '■' | '◆' | '★' | '*' | '#' | '|')
}

fn place_of(previous: Option<char>) -> Place {
    match previous {
        None => Place::LineStart,
        Some('。' | ';' | '；' | ':' | '：' | '!' | '！' | '?' | '？' | '”' | '…' | '》' | ')' | '）' | '.') => {
            Place::AfterStop
        }
        Some(_) => Place::Middle,
    }
}

pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇' | '“' | '‘' | '《' | '"' | '「')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<(&str, Family, u64)> {
        scan(text, Span::new(0, text.len())).iter().map(|m| (m.span.of(text), m.family, m.number)).collect()
    }

    #[test]
    fn forms() {
        use Family::*;
        for (text, expected) in [
            ("一、指导思想", vec![("一、", Han, 1)]),
            ("（二）工作目标", vec![("（二）", HanBracket, 2)]),
            ("(三)、健全制度", vec![("(三)、", HanBracket, 3)]),
            ("1、制定方案", vec![("1、", Arabic, 1)]),
            ("2. 宣传发动", vec![("2. ", Arabic, 2)]),
            ("３．督促检查", vec![("３．", Arabic, 3)]),
            ("⑵开展培训", vec![("⑵", ArabicBracket, 2)]),
            ("(4)建立台账", vec![("(4)", ArabicBracket, 4)]),
            ("③公开评议", vec![("③", Circled, 3)]),
            ("第一章 总则", vec![("第一章", Chapter, 1)]),
            ("第十二条 本办法自发布之日起施行", vec![("第十二条", Article, 12)]),
            ("第二阶段:自查自纠", vec![("第二阶段", Stage, 2)]),
            ("一围绕中心", vec![("一", HanBare, 1)]),
            ("二要突出重点", vec![("二要", HanVerb, 2)]),
            ("第一,统一思想", vec![("第一,", Ordinal, 1)]),
            ("2.1 组织机构", vec![("2.1 ", Decimal2, 1)]),
            ("加强管理。二、工作重点", vec![("二、", Han, 2)]),
            ("成员若干三、工作重点", vec![("三、", Han, 3)]),
            ("方法:()步骤", vec![("()", Lost, 0)]),
            ("1　总则", vec![("1　", Arabic, 1)]),
            ("Ⅰ.现状分析", vec![("Ⅰ.", Roman, 1)]),
            ("IV、保障措施", vec![("IV、", Roman, 4)]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_that_are_no_markers() {
        for text in [
            "十七届三、四中全会精神",
            "一、二、三等奖各一名",
            "2.5万人参加",
            "投资1.2亿元",
            "本办法第(一)至(四)项",
            "按照第一阶段的部署",
            "三农工作",
            "一个中心",
            "3个月",
            "2010年6月",
            "约1.5倍",
            "邓小平理论(2)。",
            "3、5年之内",
            "IT、通信行业",
            "V形山谷",
        ] {
            assert_eq!(found(text), vec![], "{text}");
        }
    }

    proptest! {
        #[test]
        fn spans_lie_on_boundaries(text in "[一二三十、()（）1-3.．。第阶段章条①\n 啊是要]{0,60}") {
            for marker in scan(&text, Span::new(0, text.len())) {
                prop_assert!(text.get(marker.span.range()).is_some());
            }
        }
    }
}
