//! Whether a sentence tells what was, or what shall be.
//!
//! **Evidence**: a word for the past that leads a clause (去年, …; 近三年来, …; 截至…底, …; 先后举办), or one that turns to
//! what is to be done (力争, 要, 今年, 到…要达到).
//! **Counter-examples**: 比去年下降 compares, 主要 and 要求 turn to nothing.
//! **Misses**: reports without such a word (建成学校3所), for which the title or the heading has to speak.

/// Words for the past, which lead a clause.
const LEADING: &[&str] = &["去年", "上年", "前年", "上月", "上季度", "先后", "此前"];

/// Words for the past, wherever they stand.
const ANYWHERE: &[&str] = &["年来", "年多来", "月来", "以来", "截至", "截止", "截止到"];

/// Words that turn to what is to be done.
const TURNS: &[&str] =
    &["要", "力争", "确保", "必须", "争取", "努力", "今年", "今后", "计划", "明年", "下一步", "目标", "拟", "前完成"];

/// What is got from others.
const GOT: &[&str] = &[
    "资金",
    "项目",
    "上级",
    "国家",
    "中央",
    "省级",
    "专项",
    "各类",
    "到位",
    "到资金",
    "到项目",
    "到上级",
    "财政",
    "社会",
];

/// Whether what stands before a quantity in its sentence tells what was done.
pub(super) fn tells_past(sentence: &str) -> bool {
    if looks_ahead(sentence) {
        return false;
    }
    if ANYWHERE.iter().any(|word| sentence.contains(word)) {
        return true;
    }
    sentence.split(['，', ',', '；', ';', '。', '：', ':']).any(|clause| {
        let clause = clause.trim_start();
        // 我县去年…, 去年全县…; at the fifth character a comparison may have begun.
        let lead: String = clause.chars().take(5).collect();
        LEADING.iter().any(|word| {
            lead.find(word).is_some_and(|at| {
                !lead
                    .get(..at)
                    .unwrap_or("")
                    .ends_with(['比', '较', '在', '与', '和', '同', '照', '过', '据', '以', '于', '超'])
            })
        })
    })
}

/// Words for what a place has.
const STANDING: &[&str] = &["现有", "现辖", "下辖", "现共有", "目前有", "目前共有"];

/// Whether what stands before a quantity among goals tells how things stand or stood, nothing in it turning to what is to be done:
/// 街道现有老人11860人,占人口的; 去年接报警情29起,被骗金额.
pub(super) fn tells_standing(sentence: &str) -> bool {
    // A heading may run into the sentence: 一、工作目标街道现有….
    let standing = STANDING.iter().filter_map(|word| sentence.find(word)).min();
    let told = standing.and_then(|at| sentence.get(at..)).unwrap_or(sentence);
    !looks_ahead(told)
        && !["达到", "实现", "完成", "提高", "下降", "新增"].iter().any(|word| told.contains(word))
        && (standing.is_some() || tells_past(told))
}

/// Whether a sentence turns to what is to be done.
pub(super) fn looks_ahead(sentence: &str) -> bool {
    TURNS.iter().any(|word| {
        sentence.match_indices(word).any(|(at, _)| {
            let (head, rest) = (sentence.get(..at).unwrap_or(""), sentence.get(at + word.len()..).unwrap_or(""));
            let noun = head.ends_with(['主', '重', '需', '纪', '摘', '概', '首', '只'])
                || rest.starts_with(['求', '素', '点']);
            // 去年争取资金43万元: what was got.
            let got = *word == "争取" && GOT.iter().any(|thing| rest.starts_with(thing));
            (*word != "要" || !noun) && !got
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{looks_ahead, tells_past};

    #[test]
    fn the_past_is_told_from_what_is_to_be_done() {
        for (sentence, past, ahead) in [
            ("去年,全县入学率达到", true, false),
            ("我县去年新建", true, false),
            ("近三年来,全市铺设管网", true, false),
            ("两年多来,先后举办培训班36期,培训", true, false),
            ("截至6月底,覆盖率为", true, false),
            ("比去年下降", false, false),
            ("较上年提高", false, false),
            ("去年达到40%,今年要达到", false, true),
            ("确保比去年下降", false, true),
            ("主要农作物面积", false, false),
            ("去年争取资金43万元,改厕", true, false),
            ("以去年为基数,", false, false),
        ] {
            assert_eq!((tells_past(sentence), looks_ahead(sentence)), (past, ahead), "{sentence}");
        }
    }
}
