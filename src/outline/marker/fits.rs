//! What stands around a marker must let it be one.

use super::{Family, Place, is_blank, is_han};
use crate::numeral;

/// What stands around a marker must let it be one.
pub(super) fn fits(before: &str, after: &str, family: Family, place: Place) -> bool {
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
            // 三、三个时段的工作: a count may begin a heading, but not 一、二、三等奖.
            let mut words = after.trim_start().chars().skip(1);
            let count =
                place == Place::LineStart && words.next().is_some_and(|c| matches!(c, '个' | '项' | '大' | '种'));
            let counted = !year
                && !count
                && next.is_none_or(|c| numeral::is_chinese(c) && c != '一' || c.is_ascii_digit() || c == '\n');
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
        // 3、5年之内: two numbers of one count.
        Family::Arabic if counts_on(after) => false,
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
        Family::Roman => place != Place::Middle && next.is_some_and(is_han),
        Family::Decimal2 | Family::Decimal3 => true,
    }
}

/// Whether one or two digits and a unit follow: the 5年 of 3、5年. A year (2010年) begins a heading.
fn counts_on(after: &str) -> bool {
    let digits = after.bytes().take(3).take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits)
        && after[digits..].starts_with(['年', '月', '日', '天', '个', '人', '周', '岁', '号', '名'])
}
