//! How often something is to be done: 每季度通报一次, 每月评选10户.
//!
//! **Evidence**: 每 with a stretch of time (每月, 每半个月, 每两周, 每学期) in the clause of a quantity, or a rhythm behind it
//! (一月一次). A duty that returns is an aim of its own: it has a quantity (一次) and no day by which it is done.
//! **Counter-examples**: 每月5日前报送一次 tells by when a report is due; 每年一次的年会 names an event; 一次性 is
//! no count; 每年享受一次补贴 is a right.
//! **Misses**: rhythms without 每 (按季调度, 逢五巡查).

use super::quantity::Quantity;

/// Units of what happens again and again.
const OCCURRENCES: &[&str] = &[
    "次", "期", "场", "轮", "批次", "场次", "篇", "条", "件", "份", "节", "课时", "堂", "遍", "趟", "人次", "课次",
    "次数",
];

/// Stretches of time, as they stand behind 每 and a number.
const STRETCHES: &[&str] = &["季度", "星期", "学期", "学年", "年", "月", "周", "季", "旬", "天", "日"];

/// What is done to persons, households and things at regular times.
const ACTS: &[&str] =
    &["评选", "设立", "设置", "表彰", "推出", "曝光", "抽查", "抽检", "走访", "巡查", "通报", "评出", "选树"];

/// What hands something in.
const HANDED_IN: &[&str] = &["报送", "上报", "报告", "报表", "报备", "汇报"];

/// Where the beginning of a clause says how often: the bytes of 每季度, 每半个月.
fn rhythm(head: &str) -> Option<std::ops::Range<usize>> {
    head.match_indices('每')
        .map(|(at, _)| at)
        .filter_map(|at| {
            let rest = head.get(at + '每'.len_utf8()..)?;
            let bare = rest.trim_start_matches([
                '半', '两', '二', '三', '四', '五', '六', '隔', '1', '2', '3', '4', '5', '6', '一', '个',
            ]);
            let stretch = STRETCHES.iter().find(|stretch| bare.starts_with(**stretch))?;
            (rest.len() - bare.len() <= 9 && !bare.starts_with("年龄"))
                .then(|| at..head.len() - bare.len() + stretch.len())
        })
        .next_back()
}

/// Whether the clause before a quantity says how often.
pub(super) fn recurs(head: &str) -> bool {
    rhythm(head).is_some()
}

/// Whether a quantity counts what is to be done again and again.
pub(super) fn is_frequency(quantity: &Quantity, head: &str, tail: &str) -> bool {
    let acts = || {
        let behind = rhythm(head).and_then(|range| head.get(range.end..)).unwrap_or("");
        ACTS.iter().any(|act| behind.contains(act)) && !behind.contains(['补', '奖', '资', '费'])
    };
    let counts = OCCURRENCES.contains(&quantity.unit.as_str())
        || quantity.arabic && quantity.unit.starts_with(['户', '名', '个', '家', '人', '处']) && acts();
    // 每月向党委汇报一次, 每天播放一次: what is handed in, and daily routine.
    let single = quantity.value <= 1.0 && !quantity.arabic;
    let routine = single && (HANDED_IN.iter().any(|word| head.contains(word)) || daily(head));
    counts
        && !routine
        && !is_due(head)
        && !tail.starts_with(['的', '性'])
        && !tail.ends_with('的')
        && !head.contains("享受")
        && !names_event(quantity, head)
}

/// Whether the rhythm is that of every day.
fn daily(head: &str) -> bool {
    rhythm(head).and_then(|range| head.get(range)).is_some_and(|rhythm| rhythm.ends_with(['天', '日']))
}

/// 每月25日前报送一次: by when something is due.
fn is_due(head: &str) -> bool {
    HANDED_IN.iter().any(|word| head.contains(word))
        && head.get(rhythm(head).map_or(0, |range| range.end)..).is_some_and(|rest| {
            rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with(['底', '末', '初'])
        })
}

/// 每年一度, 每年一次: nothing is said that is done.
fn names_event(quantity: &Quantity, head: &str) -> bool {
    let gap = rhythm(head).and_then(|range| head.get(range.end..)).unwrap_or("");
    gap.trim().is_empty() && !quantity.arabic && quantity.value <= 1.0
}

#[cfg(test)]
mod tests {
    use super::{is_due, recurs};

    #[test]
    fn rhythms_are_recognised() {
        for (head, expected, due) in [
            ("办公室每季度通报", true, false),
            ("镇里每半个月调度", true, false),
            ("每两周会商", true, false),
            ("每户补助", false, false),
            ("每年龄段", false, false),
            ("各乡镇每月25日前报送", true, true),
            ("每月底上报", true, true),
            ("每月报送", true, false),
        ] {
            assert_eq!((recurs(head), is_due(head)), (expected, due), "{head}");
        }
    }
}
