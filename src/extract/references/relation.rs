//! Whether a document acts on another one, passes it on, or only cites it.

/// What makes a document pass another one on.
const FORWARDS: &[&str] = &["印发", "转发", "批转", "颁发", "下发", "发布", "公布", "颁布"];

/// Whether the title is that of the plan which the document passes on.
pub(super) fn passes_on(before: &str, after: &str) -> bool {
    let ends = |before: &str| FORWARDS.iter().any(|word| before.ends_with(word));
    let forwarded = ends(before) || before.strip_suffix('的').is_some_and(ends);
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
    .any(|word| up_to_other(after).contains(word));
    handed || (opening && (forwarded || after.contains("印发") || after.contains("转发")))
}

/// What stands behind a title up to one that is not of its list: in 按照《…规划》部署，制定了《…方案》，现印发给你们 only the second is
/// handed out.
fn up_to_other(after: &str) -> &str {
    let other = after.match_indices('《').map(|(place, _)| place).find(|place| {
        let between = after.get(..*place).unwrap_or("").rsplit('》').next().unwrap_or("").trim();
        !(between.is_empty() || between.starts_with(['、', '和', '及', '与']) && !between.contains(['，', ',']))
    });
    other.map_or(after, |place| after.get(..place).unwrap_or(after))
}

/// Words that make a document the ground of another one, wherever they stand.
const BASIS: &[&str] = &["根据", "根椐", "按照", "依据", "依照", "遵照", "参照", "遵循", "符合"];

/// Words that do so only where a document says why it is made: 为贯彻落实《…》, not 各单位要执行《…》.
const CARRIED_OUT: &[&str] = &["贯彻", "落实", "执行", "推进", "实施"];

/// What says that the document is made there.
const MADE: &[&str] = &[
    "制定",
    "制订",
    "现就",
    "现将",
    "特制",
    "如下意见",
    "如下通知",
    "通知如下",
    "意见如下",
    "如下措施",
    "如下实施",
    "现提出",
    "方案如下",
    "特通知",
    "拟定",
    "决定开展",
    "决定在",
];

/// What makes a document the ground behind its title: 以《…》为依据.
const GROUND: &[&str] = &["为依据", "为基准", "为指导", "为准绳", "为遵循"];

/// Whether the words around a title say that the document rests on it: the last such word with no comma behind it outside
/// of titles. `after` is the rest of the sentence.
pub(super) fn acts_on(before: &str, after: &str) -> bool {
    let last =
        |words: &[&str]| words.iter().filter_map(|word| before.rfind(word).map(|at| (at, at + word.len()))).max();
    // 参照本方案制定《…》: what is to be made is no ground.
    let reaches = |end: usize| {
        let between = before.get(end..).unwrap_or("");
        !between.contains([',', '，', '：', ':'])
            && !["制定", "制订", "编制", "出台", "起草"].iter().any(|word| between.contains(word))
    };
    let rest = after.trim_start_matches(|c: char| !matches!(c, '为' | ',' | '，' | '。'));
    if last(BASIS).is_some_and(|(_, end)| reaches(end)) || GROUND.iter().any(|word| rest.starts_with(word)) {
        return true;
    }
    let Some((at, _)) = last(CARRIED_OUT).filter(|(_, end)| reaches(*end)) else { return false };
    let clause = before.get(..at).unwrap_or("").rsplit([',', '，', '：', ':']).next().unwrap_or("");
    let purpose = clause.starts_with('为')
        || ["为了", "为进一步", "为深入", "为认真", "为全面", "为切实", "为更好"]
            .iter()
            .any(|word| clause.contains(word));
    purpose || MADE.iter().any(|word| after.contains(word))
}
