//! What stands around a title, and what is compared of it.

/// What is compared of a title.
pub(super) fn bare(title: &str) -> String {
    let kept: String = title.chars().filter(|c| c.is_alphanumeric()).collect();
    let kept = kept.strip_prefix("中华人民共和国").unwrap_or(&kept);
    ["试行", "暂行", "修订"].iter().find_map(|end| kept.strip_suffix(end)).unwrap_or(kept).to_owned()
}

/// Up to forty characters before a place, back to the end of the last sentence, blanks left out.
pub(super) fn clause_before(text: &str, at: usize, from: usize) -> String {
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
pub(super) fn window(text: &str, at: usize, to: usize, chars: usize) -> &str {
    let rest = text.get(at..to).unwrap_or("");
    let end = rest.char_indices().take(chars).find(|(_, c)| *c == '。').map(|(place, _)| place);
    let end = end.or_else(|| rest.char_indices().nth(chars).map(|(place, _)| place)).unwrap_or(rest.len());
    rest.get(..end).unwrap_or("")
}

/// Whether only list marks, brackets and a few characters (国务院) stand between two titles.
pub(super) fn is_list_gap(text: &str, end: u32, start: u32) -> bool {
    let gap = text.get(end as usize..start as usize).unwrap_or("x，x").trim();
    let gap = gap.trim_start_matches([')', '）', ']', '】']);
    gap.is_empty()
        || (gap.starts_with(['、', '和', '及', '与', '以'])
            && gap.chars().count() <= 12
            && !gap.contains([',', '，', '。', '；', ';']))
}

/// Whether a title is that of the document itself: it stands in the head, and not as what the document carries out
/// (甲县贯彻落实乙办法的意见, 乙办法实施方案).
pub(super) fn is_own(head: &str, title: &str) -> bool {
    let carried_out = |place: usize| {
        let before = head.get(..place).unwrap_or("");
        let behind = head.get(place + title.len()..).unwrap_or("");
        ["贯彻", "落实", "执行", "实施"].iter().any(|word| before.ends_with(word))
            || ["实施", "的实施", "责任分工", "任务分工", "分工", "任务分解", "重点任务"]
                .iter()
                .any(|word| behind.starts_with(word))
    };
    title.chars().count() > 6 && head.match_indices(title).any(|(place, _)| !carried_out(place))
}

/// Whether a title stands in the list of annexes: a line that begins with 附件, or a numbered one among such lines.
pub(super) fn in_annexes(text: &str, from: usize, at: usize) -> bool {
    let head = text.get(from..at).unwrap_or("");
    let reach = head.char_indices().rev().take(400).last().map_or(head.len(), |(place, _)| place);
    let mut lines = head.get(reach..).unwrap_or("").rsplit('\n');
    let numbered =
        |line: &str| line.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', '．', '、', ' ']);
    let Some(first) = lines.next() else { return false };
    // 按附件1《评分细则》: an annex where it is spoken of.
    let spoken = first
        .trim_end()
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '：' | ':' | '一' | '二' | '三' | '四' | '五'));
    if spoken.ends_with("附件") {
        return true;
    }
    let annex = |line: &str| line.trim_start().starts_with("附件") || line.trim_start().starts_with("附：");
    if annex(first) {
        let mark = first.trim_start().trim_start_matches("附件").trim_start_matches(['：', ':', ' ', '　']);
        return mark.chars().count() < 8;
    }
    if !numbered(first.trim()) || first.trim().chars().count() > 4 {
        return false;
    }
    lines.take(12).map(str::trim).take_while(|line| annex(line) || numbered(line)).any(annex)
}
