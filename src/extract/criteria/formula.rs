//! Numeral formulas (数字缩略语): 五个好, 五带头, 四评五议两公开, 两保证、一带头.

use crate::numeral;

/// The count that a formula declares: the sum of its numerals (四评五议两公开 → 11). `None` where the text is no formula.
///
/// Evidence: it begins with a numeral (or a verb of one character and a numeral: 增三力、促三保), every numeral is at most 12 and is
/// followed by 个 or by the thing counted, and the whole is short. Example: 八个坚持、八个反对 → 16. Counter-example: 三个月, 第一批,
/// 十二五, 二〇一二, 一切. Misses formulas in Arabic digits.
pub fn declared(text: &str) -> Option<u32> {
    let text = core(text);
    let chars: Vec<char> = text.chars().collect();
    if !(2..=14).contains(&chars.len()) || chars.iter().any(|c| c.is_ascii() && *c != ',') {
        return None;
    }
    let mut sum = 0u64;
    let mut parts = 0;
    for part in text.split(['、', ',', '，', '；', '·']) {
        let found = part_count(part)?;
        sum += found;
        parts += 1;
    }
    // 双师课堂, 双千兆城市: names, no counts.
    let is_name = chars[0] == '双' && chars.len() > 3 && chars.iter().filter(|&&c| is_numeral(c)).count() == 1;
    (parts > 0 && !is_name && (2..=40).contains(&sum)).then_some(sum as u32)
}

/// A formula without the verb of two characters before it: 争当四标兵 → 四标兵.
pub fn core(text: &str) -> &str {
    let text = text.trim();
    ["争当", "争做", "争创", "做到", "创建", "开展", "坚持"]
        .iter()
        .find_map(|verb| text.strip_prefix(verb))
        .filter(|rest| rest.chars().count() >= 2)
        .unwrap_or(text)
}

/// The characters of what a formula counts: 三明确一承诺 → 明确承诺.
pub fn counted(text: &str) -> String {
    core(text).chars().filter(|&c| !is_numeral(c) && !matches!(c, '个' | '、' | ',' | '，')).collect()
}

/// The characters with which an item may begin that a formula counts: 基 and 严 of 三基三严, 一 of 五个一.
pub fn begun_with(text: &str) -> String {
    if text.ends_with("个一") { "一".to_owned() } else { counted(text.strip_prefix("门前").unwrap_or(text)) }
}

/// The count of one part: 四评五议两公开, 增三力, 五个好.
fn part_count(part: &str) -> Option<u64> {
    // 门前三包.
    let chars: Vec<char> = part.strip_prefix("门前").unwrap_or(part).chars().collect();
    let numeral = |at: usize| is_numeral(chars[at]) && !is_in_word(&chars, at);
    // One verb may stand before the first numeral: 增三力, 抓两头.
    let verb = chars.len() >= 3
        && !is_numeral(chars[0])
        && is_numeral(chars[1])
        && matches!(chars[0], '增' | '促' | '抓' | '保' | '提' | '强' | '转' | '争' | '做' | '创' | '带');
    let mut at = usize::from(verb);
    let mut sum = 0;
    while at < chars.len() {
        let from = at;
        while at < chars.len() && numeral(at) {
            at += 1;
        }
        let number: String = chars[from..at].iter().collect();
        let thing = at;
        while at < chars.len() && !numeral(at) {
            at += 1;
        }
        sum += count(&number, &chars[thing..at].iter().collect::<String>())?;
    }
    (sum > 0).then_some(sum)
}

/// A number and what it counts, if the two can be a formula's.
fn count(number: &str, thing: &str) -> Option<u64> {
    if thing.is_empty() || thing.chars().count() > 7 {
        return None;
    }
    if number == "双" {
        return (!NOT_DOUBLED.iter().any(|word| thing.starts_with(word))).then_some(2);
    }
    let value = numeral::value(number).filter(|value| (1..=20).contains(value))?;
    if matches!(value, 1 | 10) && NOT_ONE.iter().any(|word| thing.starts_with(word)) {
        return None;
    }
    let length = number.chars().count();
    let is_number = length == 1 || length == 2 && value >= 10;
    (is_number && !NOT_COUNTED.iter().any(|word| thing.starts_with(word))).then_some(value)
}

fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '双')
}

/// Whether 一 is part of what is counted: 五个一, 四个一样, 四统一, 三个第一, 五位一体.
fn is_in_word(chars: &[char], at: usize) -> bool {
    let compound = |before: char| match before {
        // 三到位一处理 is none.
        '位' => chars.get(at + 1) == Some(&'体'),
        _ => matches!(before, '个' | '统' | '唯' | '合' | '如' | '第' | '专' | '同'),
    };
    chars[at] == '一' && at >= 2 && compound(chars[at - 1])
}

/// What makes words with 一 and 十 that are no formulas: 一切, 十佳. 三定 is one.
const NOT_ONE: &[&str] = &["切", "些", "样", "般", "旦", "直", "定", "律", "味", "贯", "致", "佳"];

/// What makes words with 双 that are no formulas: 双方, 双向, 双语.
const NOT_DOUBLED: &[&str] =
    &["方", "向", "语", "休", "职工", "边", "轨", "赢", "重", "元", "人", "手", "层", "倍", "月", "周"];

/// What is counted but makes no formula: times, ordinals, persons, money.
const NOT_COUNTED: &[&str] = &[
    "件事",
    "个月",
    "年",
    "月",
    "日",
    "天",
    "次",
    "名",
    "人",
    "元",
    "万",
    "亿",
    "千",
    "百",
    "届",
    "级",
    "类",
    "批",
    "期",
    "周",
    "季度",
    "小时",
    "分钟",
    "岁",
    "页",
    "号",
    "楼",
    "中全会",
    "大精神",
    "起",
    "时",
    "度",
    "个人",
    "个部门",
    "个单位",
    "个文件",
    "个方面",
    "项活动",
    "项工作",
    "项任务",
    "项措施",
    "个环节",
    "个阶段",
    "个步骤",
    "个问题",
    "个重点",
    "项内容",
    "个部分",
    "个层面",
    "个层次",
    "个村",
    "个乡",
    "个镇",
];

/// Whether a formula speaks of qualities that a body or person is to have (五好, 三型, 五个模范), not of doctrines or measures.
pub fn is_quality(formula: &str) -> bool {
    const ENDS: &[&str] = &[
        "好",
        "带头",
        "模范",
        "型",
        "过硬",
        "优",
        "强",
        "满意",
        "坚持",
        "反对",
        "到位",
        "合格",
        "表率",
        "先",
        "有",
        "能",
        "清",
        "不让",
        "先锋",
        "带头人",
        "提高",
        "规范",
        "化",
        "达标",
        "放心",
        "零",
        "无",
        "美",
        "过硬",
        "文明",
        "有效",
        "齐全",
        "在前",
        "在先",
        "争先",
        "标杆",
        "严禁",
        "不准",
        "不得",
        "必须",
        "清楚",
        "熟悉",
        "先进",
    ];
    ENDS.iter().any(|end| formula.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        for (text, expected) in [
            ("五个好", Some(5)),
            ("五带头", Some(5)),
            ("五个一", Some(5)),
            ("争当四标兵", Some(4)),
            ("四评五议两公开", Some(11)),
            ("三明确一承诺", Some(4)),
            ("两保证、一带头", Some(3)),
            ("增三力、促三保", Some(6)),
            ("八个坚持、八个反对", Some(16)),
            ("三个月", None),
            ("二〇一二", None),
            ("第一批", None),
            ("一切", None),
            ("两个文件", None),
            ("服务群众", None),
            ("三十", None),
            ("四个一样", Some(4)),
            ("四个一批", Some(4)),
            ("五个一工程", Some(5)),
            ("四统一", Some(4)),
            ("五位一体", Some(5)),
            ("三到位一处理", Some(4)),
            ("两评三议一公开", Some(6)),
            ("双优", Some(2)),
            ("双随机、一公开", Some(3)),
            ("双联双创", Some(4)),
            ("五定", Some(5)),
            ("双方", None),
            ("双师课堂", None),
        ] {
            assert_eq!(declared(text), expected, "{text}");
        }
    }
}
