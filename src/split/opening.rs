//! Lines that open a document without a title: to whom it is addressed, or the sentence that says what it is for.

use std::sync::LazyLock;

use regex::Regex;

static ADDRESSEE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:各|市|县|区|省|局|院|校|厅|委|全|有关|机关|直属|国务院|中央|驻|州|旗|乡|镇|街道|部属|集团|公司|本部|总部|[一-龥]{2,9}(?:省|市|县|区|州|旗|厅|局|委|政府|镇|乡|公司))").expect("a literal pattern")
});

static ADDRESSED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:局|委|厅|办|单位|政府|部门|公司|院|校|站|党|会|机构|科室|管理署|公署|行署|所|中心|支部|组织|部|队|室|处|组|企业|园|社区|村|街道|乡镇|银行|社|团|兵团|高校|股室|集团|区|市|人员|同志|学|班级|年级|车间|总支|党员|职工|居民|业户|经营者|团体)\s*(?:[)）])?$").expect("a literal pattern")
});

static PURPOSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"制[定订](?:本|如下|以下|了?本)|提出(?:如下|以下|本)|(?:通知|意见|公告|通告|方案|安排|部署)如下|现就.{2,80}(?:通知|意见|公告|要求)")
        .expect("a literal pattern")
});

/// Characters of the longest list of addressees.
const LONGEST: usize = 260;

/// Whether a list, without the colon behind it, is one of bodies that a document is addressed to (主送机关).
pub(crate) fn is_addressees(list: &str) -> bool {
    list.chars().count() >= 3
        && ADDRESSEE.is_match(list)
        && ADDRESSED.is_match(list)
        && !["如下", "通知", "意见", "同志们", "组长", "根据", "为了", "关于", "附件", "联系"]
            .iter()
            .any(|word| list.contains(word))
}

/// Whether a text ends as the name of a body, or of several, does.
pub(crate) fn ends_as_body(text: &str) -> bool {
    ADDRESSED.is_match(text)
}

/// Whether a line opens a document.
///
/// Evidence: it is a list of addressees with a colon behind it, of two bodies or of all (各…), or a sentence that begins
/// with what a document is for and ends with what it is (为…，制定本方案；根据…，现就…通知如下). Counter-examples: `成员单位：` before names;
/// 为了方便群众， in the middle of a plan. Misses speeches and documents that begin with a fact.
pub(super) fn is_opening(line: &str) -> bool {
    let is_list = line.strip_suffix(['：', ':']).is_some_and(|list| {
        list.chars().count() <= LONGEST
            && is_addressees(list)
            && (list.starts_with('各') || list.contains(['，', ',', '、']))
    });
    let begins =
        ["为", "根据", "按照", "随着", "近年来", "依据", "遵照", "经"].iter().any(|word| line.starts_with(word));
    is_list
        || begins && line.chars().nth(30).is_some() && {
            let near = line.char_indices().nth(500).map_or(line.len(), |(at, _)| at);
            PURPOSE.is_match(&line[..near])
        }
}

#[cfg(test)]
mod tests {
    use super::is_opening;

    #[test]
    fn openings() {
        for (line, expected) in [
            ("各乡镇人民政府，县直各部门：", true),
            ("为改善农村人居环境，建设美丽乡村，根据省里的统一部署，结合我县实际，制定本方案。", true),
            ("根据省水利厅的统一部署，现就做好今年汛期河道清淤工作的有关事项通知如下：", true),
            ("为方便群众办事，各单位要公开电话，实行首问负责，一次告知所需的全部材料。", false),
            ("成员单位：", false),
            ("县水务局：", false),
            ("一、为贯彻精神，制定本方案。", false),
        ] {
            assert_eq!(is_opening(line), expected, "{line}");
        }
    }
}
