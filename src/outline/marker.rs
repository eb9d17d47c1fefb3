//! The markers of numbered headings: 第一章, 一、, (一), 1., (1), ①, 第一阶段, 一是 …
//!
//! GB/T 9704-2012, 7.3.3 sets the usual order 一、 → （一） → 1. → （1）; real documents deviate, so a marker says only
//! its family and number here, and [`super::tree`] decides the level by nesting and series.

use crate::charset::CharSet;
use crate::numeral;
use crate::span::Span;

/// Style of a marker. The order is that of the usual seniority, which only breaks ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// 第一章, 第一部分, 第一编.
    Chapter,
    /// 第一节.
    Part,
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
    let mut out = Vec::new();
    let mut previous: Option<char> = None; // last character that is no blank, on the same line
    let mut skip_to = 0;
    for (at, c) in body.char_indices() {
        if at >= skip_to && may_begin(c) {
            let mut place = place_of(previous);
            if place == Place::Middle && heads_only(&out, base + at, text) {
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

/// Length in bytes, family and number of the marker at the beginning of `rest`.
fn read(rest: &str, place: Place) -> Option<(usize, Family, u64)> {
    let first = rest.chars().next()?;
    match first {
        '第' => ordinal(rest),
        '阶' => stage_behind(rest),
        '(' | '（' | '〔' => bracketed(rest, place),
        _ if numeral::enclosed(first).is_some() => {
            let number = numeral::enclosed(first)?;
            let family = match first {
                '①'..='⑳' | '❶'..='❿' => Family::Circled,
                '㈠'..='㈩' | '㊀'..='㊉' => Family::HanBracket,
                '⑴'..='⒇' => Family::ArabicBracket,
                _ => Family::Arabic,
            };
            let length = first.len_utf8();
            Some((length + separator(&rest[length..], &['、', '.', '．', ' ', '\u{3000}']), family, number))
        }
        _ if first.is_ascii_digit() || ('０'..='９').contains(&first) => arabic(rest, place),
        _ => han(rest, place),
    }
}

/// Bytes of the longest run of the given separators, at most three characters.
fn separator(rest: &str, allowed: &[char]) -> usize {
    rest.chars().take(3).take_while(|c| allowed.contains(c)).map(char::len_utf8).sum()
}

fn han_number(rest: &str) -> Option<(usize, u64)> {
    let length: usize = rest
        .chars()
        .take(4)
        .take_while(|&c| numeral::is_chinese(c) && !matches!(c, '千' | '万' | '亿' | '两' | '○'))
        .map(char::len_utf8)
        .sum();
    let number = numeral::value(rest.get(..length)?)?;
    (1..=199).contains(&number).then_some((length, number))
}

fn arabic_number(rest: &str, most: usize) -> Option<(usize, u64)> {
    let digits: Vec<char> =
        rest.chars().take(most + 1).take_while(|c| numeral::digit(*c).is_some() && !c.is_alphabetic()).collect();
    if digits.is_empty() || digits.len() > most {
        return None;
    }
    let length = digits.iter().map(|c| c.len_utf8()).sum();
    Some((length, numeral::value(&rest[..length])?))
}

/// 第一章, 第一节, 第一条, 第一阶段, 第一步, 第一,
fn ordinal(rest: &str) -> Option<(usize, Family, u64)> {
    let start = '第'.len_utf8();
    let inner = &rest[start..];
    let (length, number) = han_number(inner).or_else(|| arabic_number(inner, 3))?;
    let after = &inner[length..];
    let until = |word: &str| start + length + word.len();
    for (word, family) in [
        ("阶段", Family::Stage),
        ("步骤", Family::Stage),
        ("环节", Family::Stage),
        ("部分", Family::Chapter),
        ("章", Family::Chapter),
        ("编", Family::Chapter),
        ("节", Family::Part),
        ("条", Family::Article),
        ("步", Family::Stage),
    ] {
        if after.starts_with(word) {
            return Some((until(word), family, number));
        }
    }
    let comma = separator(after, &['，', ',', '、', '：', ':']);
    (comma > 0).then_some((start + length + comma, Family::Ordinal, number))
}

/// 阶段一:
fn stage_behind(rest: &str) -> Option<(usize, Family, u64)> {
    let after = rest.strip_prefix("阶段")?;
    let (length, number) = han_number(after).or_else(|| arabic_number(after, 1))?;
    let next = after[length..].chars().next()?;
    (number <= 9 && matches!(next, ':' | '：' | '、' | '(' | '（' | ' ' | '\u{3000}' | '.')).then_some((
        "阶段".len() + length,
        Family::Stage,
        number,
    ))
}

/// (一) (1) () and the forms with a mark behind, (一)、
fn bracketed(rest: &str, place: Place) -> Option<(usize, Family, u64)> {
    let open = rest.chars().next()?.len_utf8();
    let inner = &rest[open..];
    let pad: usize = inner.chars().take(2).take_while(|&c| is_blank(c)).map(char::len_utf8).sum();
    let inner_start = open + pad;
    let inner = &rest[inner_start..];
    let (length, family, number) = if let Some((length, number)) = han_number(inner) {
        (length, Family::HanBracket, number)
    } else if let Some((length, number)) = arabic_number(inner, 2) {
        (length, Family::ArabicBracket, number)
    } else if place != Place::Middle {
        (0, Family::Lost, 0)
    } else {
        return None;
    };
    let after = &inner[length..];
    let pad: usize = after.chars().take(2).take_while(|&c| is_blank(c)).map(char::len_utf8).sum();
    let close = after[pad..].chars().next().filter(|c| matches!(c, ')' | '）' | '〕'))?;
    let end = inner_start + length + pad + close.len_utf8();
    Some((end + separator(&rest[end..], &['、', '.', '．', ' ', '\u{3000}']), family, number))
}

/// 1、 1. 1． 1) 1.1
fn arabic(rest: &str, place: Place) -> Option<(usize, Family, u64)> {
    let (length, number) = arabic_number(rest, 2)?;
    let after = &rest[length..];
    let next = after.chars().next()?;
    let behind = after[next.len_utf8()..].chars().next();
    match next {
        '、' => Some((length + 3, Family::Arabic, number)),
        '.' | '．' if behind.is_some_and(|c| c.is_ascii_digit()) => decimal(rest, length + next.len_utf8(), place),
        '.' | '．' => {
            let end = length + next.len_utf8();
            Some((end + separator(&rest[end..], &['、', '.', '．', ' ', '\u{3000}']), Family::Arabic, number))
        }
        ')' | '）' if place != Place::Middle => Some((length + next.len_utf8(), Family::ArabicBracket, number)),
        ',' | '，' | '：' | ':' if place == Place::LineStart && behind.is_some_and(is_han) => {
            Some((length + next.len_utf8(), Family::Arabic, number))
        }
        ' ' | '\u{3000}' if place == Place::LineStart => {
            let end = length + separator(after, &[' ', '\u{3000}']);
            rest[end..].chars().next().is_some_and(is_han).then_some((end, Family::Arabic, number))
        }
        _ => None,
    }
}

/// 1.1 or 1.1.1 at the beginning of a line, with words behind.
fn decimal(rest: &str, second: usize, place: Place) -> Option<(usize, Family, u64)> {
    if place != Place::LineStart {
        return None;
    }
    let (length, number) = arabic_number(&rest[second..], 2)?;
    let mut end = second + length;
    let (mut family, mut number) = (Family::Decimal2, number);
    if let Some(third) = rest[end..].strip_prefix(['.', '．'])
        && let Some((length, third_number)) = arabic_number(third, 2)
    {
        end = rest.len() - third.len() + length;
        (family, number) = (Family::Decimal3, third_number);
    }
    let gap = separator(&rest[end..], &[' ', '\u{3000}', '、', '.', '．']);
    let word = rest[end + gap..].chars().next()?;
    // 2.5万 and 10.1 as quantities stand without a gap before a unit.
    (is_han(word) && (gap > 0 || !is_unit(word))).then_some((end + gap, family, number))
}

fn is_unit(c: char) -> bool {
    matches!(
        c,
        '万' | '亿'
            | '元'
            | '个'
            | '倍'
            | '米'
            | '公'
            | '平'
            | '吨'
            | '人'
            | '年'
            | '月'
            | '日'
            | '号'
            | '度'
            | '分'
            | '百'
            | '千'
            | '亩'
            | '小'
            | '次'
            | '时'
            | '折'
            | '级'
    )
}

/// 一、 一． 一是 一要 and 一 with its punctuation lost
fn han(rest: &str, place: Place) -> Option<(usize, Family, u64)> {
    let (length, number) = han_number(rest)?;
    let after = &rest[length..];
    let next = after.chars().next()?;
    match next {
        '、' => Some((length + 3, Family::Han, number)),
        '.' | '．' | '，' | ',' | '：' | ':' | ' ' | '\u{3000}' if place == Place::LineStart && number <= 30 => {
            let end = length + separator(after, &['.', '．', '，', ',', '：', ':', ' ', '\u{3000}', '、']);
            rest[end..].chars().next().is_some_and(is_han).then_some((end, Family::Han, number))
        }
        ')' | '）' if place != Place::Middle => Some((length + next.len_utf8(), Family::HanBracket, number)),
        '是' | '要' | '查' if number <= 12 => Some((length + next.len_utf8(), Family::HanVerb, number)),
        _ if place != Place::Middle && number <= 12 && is_han(next) && !is_counted(next) => {
            Some((length, Family::HanBare, number))
        }
        _ => None,
    }
}

/// A character that makes the numeral before it a count or a word (一个, 二十, 三农, 四中全会), not a marker.
fn is_counted(c: char) -> bool {
    numeral::is_chinese(c)
        || matches!(
            c,
            '个' | '年'
                | '月'
                | '日'
                | '次'
                | '名'
                | '项'
                | '届'
                | '级'
                | '类'
                | '种'
                | '家'
                | '批'
                | '位'
                | '天'
                | '条'
                | '是'
                | '要'
                | '查'
                | '方'
                | '切'
                | '些'
                | '般'
                | '直'
                | '定'
                | '步'
                | '旦'
                | '样'
                | '起'
                | '同'
                | '体'
                | '线'
                | '流'
                | '把'
                | '手'
                | '中'
                | '大'
                | '支'
                | '套'
                | '县'
                | '区'
                | '市'
                | '省'
                | '镇'
                | '乡'
                | '村'
                | '农'
                | '好'
                | '型'
                | '五'
                | '号'
                | '季'
                | '期'
                | '至'
                | '到'
                | '者'
                | '带'
                | '下'
                | '上'
                | '点'
                | '分'
                | '时'
                | '小'
                | '周'
                | '星'
                | '面'
                | '边'
                | '代'
                | '严'
                | '包'
                | '票'
                | '路'
                | '所'
                | '校'
                | '院'
                | '处'
                | '科'
                | '部'
                | '员'
                | '局'
                | '本'
                | '旬'
                | '份'
                | '人'
                | '户'
                | '亩'
                | '元'
                | '等'
        )
}

pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇' | '“' | '‘' | '《' | '"' | '「')
}

/// What stands around a marker must let it be one.
fn fits(before: &str, after: &str, family: Family, place: Place) -> bool {
    let next = after.chars().find(|&c| !is_blank(c));
    let previous = before.chars().next_back();
    match family {
        // 第(一)至(四)项, (一)、(二)款: a reference to an item.
        Family::HanBracket | Family::ArabicBracket | Family::Circled => {
            let referred = next.is_none_or(|c| "至、，,项款条)）和或—-～。;；".contains(c));
            let inside = place == Place::Middle && previous.is_some_and(|c| "第至、和条款表图式".contains(c));
            !referred && !inside
        }
        // 十七届三、四中全会; 二、三产业; 一、二、三等奖.
        Family::Han => {
            let year = place == Place::LineStart && after.trim_start().chars().take(4).all(|c| c.is_ascii_digit());
            let counted =
                !year && next.is_none_or(|c| numeral::is_chinese(c) && c != '一' || c.is_ascii_digit() || c == '\n');
            let listed = place == Place::Middle
                && previous.is_some_and(|c| {
                    numeral::is_chinese(c)
                        || matches!(
                            c,
                            '届' | '第'
                                | '、'
                                | '十'
                                | '和'
                                | '与'
                                | '至'
                                | '初'
                                | '高'
                                | '上'
                                | '每'
                                | '年'
                                | '了'
                                | '这'
                                | '有'
                                | '各'
                                | '“'
                                | '‘'
                        )
                });
            !counted && !listed && !after.starts_with('\n')
        }
        Family::Arabic => {
            next.is_some_and(|c| {
                is_han(c)
                    || c.is_ascii_alphabetic()
                    || (place == Place::LineStart && (matches!(c, '(' | '（' | '[' | '〔') || c.is_ascii_digit()))
            }) && !(place == Place::Middle
                && previous.is_some_and(|c| {
                    c.is_ascii_alphanumeric()
                        || matches!(c, '、' | '，' | ',' | '-' | '—' | '/' | '第' | '约' | '为' | '达' | '超')
                }))
                && !(place == Place::AfterStop && previous == Some('.'))
        }
        Family::Stage => {
            // 第一阶段的主要任务, 在第一阶段工作中: a mention in a sentence.
            place != Place::Middle
                && !matches!(
                    next,
                    None | Some(
                        '的' | '工'
                            | '任'
                            | '性'
                            | '，'
                            | ','
                            | '。'
                            | '和'
                            | '与'
                            | '、'
                            | '；'
                            | ';'
                            | '要'
                            | '主'
                            | '集'
                            | '是'
                            | '为'
                            | '结'
                            | '基'
                            | '开'
                    )
                )
                || place == Place::LineStart && next.is_some()
        }
        Family::HanVerb => {
            place != Place::Middle
                || !previous.is_some_and(|c| matches!(c, '第' | '十' | '、' | '有' | '之' | '统' | '唯'))
        }
        Family::Article | Family::Chapter | Family::Part => {
            place == Place::LineStart
                || (place == Place::AfterStop
                    && matches!(next, Some(c) if is_blank(c) || is_han(c))
                    && !matches!(next, Some('规' | '第' | '的' | '至' | '、')))
        }
        Family::Ordinal => place != Place::Middle && next.is_some_and(is_han),
        Family::Lost => {
            next.is_some_and(is_han) && (place == Place::LineStart || matches!(previous, Some(':' | '：' | '。')))
        }
        Family::HanBare => place == Place::LineStart || matches!(previous, Some(':' | '：')),
        Family::Decimal2 | Family::Decimal3 => true,
    }
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
