//! The one list of columns: name, type, Chinese name and meaning, for every table and analysis result.
//!
//! The builders write their cells in this order, the Python side reads names, categories and Chinese headings from here,
//! and the manual's tables are checked against it.

use crate::model::{
    AdminLevel, Comparator, Component, CriterionKind, DeadlineBasis, Genre, PhaseKind, Precision, RegionBasis,
    Relation, RepairKind, Script, Stage, YearBasis,
};

mod results;

pub use results::*;

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text.
    Str,
    /// One of a fixed list of texts.
    Enum(&'static [&'static str]),
    /// A list of texts.
    ListStr,
    /// A list of places: `start` and `end`.
    ListSpan,
    /// Whole number of 8 bits.
    UInt8,
    /// Whole number of 32 bits.
    UInt32,
    /// Whole number of 32 bits with a sign.
    Int32,
    /// Real number.
    Float64,
    /// True or false.
    Bool,
    /// A day.
    Date,
    /// Bytes.
    Binary,
}

impl Type {
    /// The type as the manual writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Str => "Str",
            Self::Enum(_) => "Enum",
            Self::ListStr => "List[Str]",
            Self::ListSpan => "List[Struct(start, end)]",
            Self::UInt8 => "UInt8",
            Self::UInt32 => "UInt32",
            Self::Int32 => "Int32",
            Self::Float64 => "Float64",
            Self::Bool => "Bool",
            Self::Date => "Date",
            Self::Binary => "Binary",
        }
    }

    /// The texts that an Enum column may hold.
    pub fn categories(self) -> &'static [&'static str] {
        if let Self::Enum(texts) = self { texts } else { &[] }
    }
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Name.
    pub name: &'static str,
    /// Type.
    pub dtype: Type,
    /// Whether a cell may be null: the text does not say.
    pub nullable: bool,
    /// Name in reports in Chinese.
    pub chinese: &'static str,
    /// What a cell holds.
    pub meaning: &'static str,
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Name.
    pub name: &'static str,
    /// Name in Chinese.
    pub chinese: &'static str,
    /// What a row is.
    pub meaning: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
}

const fn col(name: &'static str, dtype: Type, chinese: &'static str, meaning: &'static str) -> Column {
    Column { name, dtype, nullable: false, chinese, meaning }
}

/// A column that may be null.
const fn opt(name: &'static str, dtype: Type, chinese: &'static str, meaning: &'static str) -> Column {
    Column { name, dtype, nullable: true, chinese, meaning }
}

use Type::{Binary, Bool, Date, Enum, Float64, Int32, ListStr, Str, UInt8, UInt32};

const PRECISION: Type = Enum(Precision::TEXTS);
const PLAN_ID: Column = col("plan_id", Str, "方案编号", "The plan: `source_id#ordinal`");
const SOURCE_ID: Column = col("source_id", Str, "来源编号", "The source");
const START: Column = col("start", UInt32, "起点", "First character of the evidence in the source text");
const END: Column = col("end", UInt32, "终点", "Character after the last one of the evidence");

/// Severities of a diagnostic.
pub const SEVERITIES: &[&str] = &["info", "warning"];
/// `sources`.
pub const SOURCES: Table = Table {
    name: "sources",
    chinese: "来源",
    meaning: "A file or text that was given",
    columns: &[
        SOURCE_ID,
        opt("path", Str, "路径", "Where it was read from; null for a string"),
        col("format", Str, "格式", "docx for a Word document; else the ending of the file's name, `text` for a string"),
        col("encoding", Str, "编码", "utf-8, utf-16le, utf-16be, gb18030, big5; `str` for a string"),
        opt("script", Enum(Script::TEXTS), "字体", "Simplified, Traditional or both; null without Chinese"),
        col("n_chars", UInt32, "字符数", "Characters of the source text"),
        col("n_plans", UInt32, "方案数", "Documents found in it"),
        col("noise", ListStr, "噪声", "Kinds of noise met, sorted"),
        col("coverage", Float64, "覆盖率", "Share of its characters in a plan or in named boilerplate"),
        opt("error", Str, "错误", "Why it could not be read; null where it could"),
    ],
};

/// `plans`.
pub const PLANS: Table = Table {
    name: "plans",
    chinese: "方案",
    meaning: "A document",
    columns: &[
        PLAN_ID,
        SOURCE_ID,
        col("ordinal", UInt32, "序号", "Place among the documents of its source, from 1"),
        opt("title", Str, "标题", "Title"),
        opt("genre", Enum(Genre::TEXTS), "文种", "Kind of document"),
        opt("campaign", Str, "活动", "Campaign that it belongs to, canonical name"),
        opt("sector", Str, "领域", "Sector of policy"),
        opt("issuer", Str, "发文机关", "Issuing body"),
        opt("doc_number", Str, "发文字号", "Document number, written 日卫党发〔2010〕11号"),
        col("addressees", ListStr, "主送机关", "Bodies that it is addressed to"),
        opt("province", Str, "省", "Official name at the time"),
        opt("prefecture", Str, "市", "Official name at the time"),
        opt("county", Str, "县", "Official name at the time"),
        opt("township", Str, "乡镇", "Official name at the time"),
        opt("adcode", Str, "行政区划代码", "GB/T 2260 code at the time, of the most specific unit that has one"),
        opt("region", Str, "地区", "The most specific of the names"),
        opt("admin_level", Enum(AdminLevel::TEXTS), "行政层级", "Level of the issuing body"),
        opt("region_basis", Enum(RegionBasis::TEXTS), "地区依据", "What the region was inferred from"),
        opt("issued_on", Date, "发文日期", "Day of issue"),
        opt("issued_precision", PRECISION, "发文日期精度", "How exactly the day of issue is stated"),
        opt("year", Int32, "年份", "Year that it belongs to"),
        opt("window_start", Date, "活动开始", "First day of the campaign"),
        opt("window_end", Date, "活动结束", "Last day of the campaign"),
        opt("window_start_precision", PRECISION, "活动开始精度", "How exactly the first day is stated"),
        opt("window_end_precision", PRECISION, "活动结束精度", "How exactly the last day is stated"),
        col("themes", ListStr, "主题", "Themes that it names"),
        col("carriers", ListStr, "载体", "Activities that carry the campaign"),
        col("truncated", Bool, "截断", "Whether the document breaks off"),
        col("n_chars", UInt32, "字符数", "Characters of the document in the source text"),
        START,
        END,
        opt(
            "zone",
            Str,
            "功能区",
            "A zone that is no administrative unit (开发区, 新区, 兵团); the other names are then what holds it",
        ),
        opt("year_basis", Enum(YearBasis::TEXTS), "年份依据", "What the year was taken from"),
    ],
};

/// `sections`.
pub const SECTIONS: Table = Table {
    name: "sections",
    chinese: "章节",
    meaning: "A heading with the text under it, down to the next heading of any level",
    columns: &[
        PLAN_ID,
        col("section_id", UInt32, "章节编号", "Counts from 1 within the plan"),
        opt("parent_id", UInt32, "上级章节", "The section that it stands under"),
        col("level", UInt8, "层级", "Depth of nesting, from 1"),
        col("marker", Str, "序号标记", "The marker as printed (一、), empty for an unnumbered heading"),
        col("heading", Str, "小标题", "Heading without marker and final punctuation"),
        opt("component", Enum(Component::TEXTS), "组成部分", "Which of the standard parts of a plan it is"),
        col("text", Str, "文本", "Its own text behind the heading, without subsections"),
        START,
        END,
    ],
};

/// `phases`.
pub const PHASES: Table = Table {
    name: "phases",
    chinese: "阶段",
    meaning: "A phase of the campaign, or a step",
    columns: &[
        PLAN_ID,
        col("phase_id", UInt32, "阶段编号", "Counts from 1 within the plan"),
        opt("parent_id", UInt32, "上级阶段", "The phase that a step belongs to"),
        col("ordinal", UInt32, "序号", "Place among its siblings, from 1"),
        col("level", UInt8, "层级", "1: the campaign's own phases; 2: steps inside them"),
        col(
            "kind",
            Enum(PhaseKind::TEXTS),
            "类别",
            "Stage; or step: part of a stage, or of a plan that speaks of no 阶段",
        ),
        opt("label", Str, "标签", "What it is called by number (第一阶段)"),
        opt("name", Str, "名称", "What it is called by content (动员部署)"),
        opt("stage", Enum(Stage::TEXTS), "规范阶段", "Canonical kind of phase"),
        opt("start_on", Date, "开始日期", "First day of what the text states"),
        opt("end_on", Date, "结束日期", "Last day of what the text states"),
        opt("start_precision", PRECISION, "开始日期精度", "How exactly the first day is stated"),
        opt("end_precision", PRECISION, "结束日期精度", "How exactly the last day is stated"),
        opt("date_text", Str, "日期原文", "The words that state the dates"),
        col("text", Str, "文本", "The phase as the plan describes it"),
        START,
        END,
    ],
};

/// `criteria`.
pub const CRITERIA: Table = Table {
    name: "criteria",
    chinese: "标准",
    meaning: "An item of a framework of criteria, or a framework that is only named",
    columns: &[
        PLAN_ID,
        col("criterion_id", UInt32, "标准编号", "Counts from 1 within the plan"),
        col("framework", Str, "标准体系", "Formula that names the framework (五个好)"),
        col("kind", Enum(CriterionKind::TEXTS), "类别", "Standard to be met, requirement of the work, or action"),
        opt("applies_to", Str, "适用对象", "Who is to meet it"),
        opt("declared", UInt32, "应有条数", "Items that the formula declares"),
        col("found", UInt32, "实有条数", "Items that were found"),
        opt("ordinal", UInt32, "序号", "Place of the item, from 1; null where the framework is only named"),
        opt("item", Str, "条目", "The item; null where the framework is only named"),
        col("text", Str, "文本", "The text of the item"),
        START,
        END,
    ],
};

/// `targets`.
pub const TARGETS: Table = Table {
    name: "targets",
    chinese: "指标",
    meaning: "A quantity that is aimed at, or looks as if it were",
    columns: &[
        PLAN_ID,
        col("target_id", UInt32, "指标编号", "Counts from 1 within the plan"),
        col("quote", Str, "引文", "The words that state it"),
        opt("subject", Str, "主体", "Who is to reach it"),
        opt("indicator", Str, "指标名称", "What is measured"),
        opt("comparator", Enum(Comparator::TEXTS), "比较", "How the indicator is to compare with the value"),
        opt("value", Float64, "数值", "The quantity; null where it is a word (全部, 翻番)"),
        opt("value_max", Float64, "数值上限", "Upper end of a range"),
        opt("unit", Str, "单位", "Unit of the value"),
        opt("deadline", Date, "期限", "Last day by which it is to be reached"),
        opt("deadline_precision", PRECISION, "期限精度", "How exactly the deadline is stated"),
        opt("deadline_basis", Enum(DeadlineBasis::TEXTS), "期限依据", "Stated with the target, or inherited"),
        col("is_target", Bool, "是否指标", "Whether it has both an aim and a quantity"),
        opt("reason", Str, "原因", "Why it is no target"),
        START,
        END,
    ],
};

/// `leaders`.
pub const LEADERS: Table = Table {
    name: "leaders",
    chinese: "领导",
    meaning: "A person in charge",
    columns: &[
        PLAN_ID,
        col("body", Str, "机构", "The leading group or office"),
        col("role", Str, "职务", "Role in it (组长)"),
        col("name", Str, "姓名", "Name"),
        opt("post", Str, "现任职务", "Post that the person holds otherwise"),
        START,
        END,
    ],
};

/// `references`.
pub const REFERENCES: Table = Table {
    name: "references",
    chinese: "引用文件",
    meaning: "Another document that this one names",
    columns: &[
        PLAN_ID,
        opt("title", Str, "标题", "Title of the other document"),
        opt("doc_number", Str, "发文字号", "Its document number"),
        col("relation", Enum(Relation::TEXTS), "关系", "Acts on it, passes it on, or only cites it"),
        opt("resolved_plan_id", Str, "对应方案", "The plan of this corpus that it is, where that is certain"),
        START,
        END,
    ],
};

/// `slogans`.
pub const SLOGANS: Table = Table {
    name: "slogans",
    chinese: "口号",
    meaning: "A numeral formula that is no criterion (三个代表)",
    columns: &[
        PLAN_ID,
        col("formula", Str, "提法", "The formula"),
        opt("declared", UInt32, "应有条数", "Items that it declares"),
        col("items", ListStr, "条目", "Items that the text gives"),
        START,
        END,
    ],
};

/// `repairs`.
pub const REPAIRS: Table = Table {
    name: "repairs",
    chinese: "修复",
    meaning: "A repair of the source text",
    columns: &[
        SOURCE_ID,
        col("kind", Enum(RepairKind::TEXTS), "类别", "What was wrong"),
        col("before", Str, "修复前", "The source text"),
        col("after", Str, "修复后", "What it was read as"),
        START,
        END,
        opt(
            "confidence",
            Float64,
            "可信度",
            "How likely that reading is, where a wrong decoding was undone; otherwise the rule decides alone",
        ),
    ],
};

/// `unparsed`.
pub const UNPARSED: Table = Table {
    name: "unparsed",
    chinese: "未解析",
    meaning: "Text that no rule understood",
    columns: &[
        SOURCE_ID,
        opt("plan_id", Str, "方案编号", "The plan that it stands in"),
        col("text", Str, "文本", "The text"),
        START,
        END,
    ],
};

/// `diagnostics`.
pub const DIAGNOSTICS: Table = Table {
    name: "diagnostics",
    chinese: "疑点",
    meaning: "Something doubtful in the source, or in the parse of it",
    columns: &[
        SOURCE_ID,
        opt("plan_id", Str, "方案编号", "The plan that it concerns"),
        col("code", Str, "代码", "Stable name of the kind of doubt"),
        col("severity", Enum(SEVERITIES), "程度", "`warning` where a cell may be wrong or missing because of it"),
        col("message", Str, "说明", "What was found"),
        START,
        END,
    ],
};

/// The source texts; not a table of the corpus, but kept with it as evidence.
pub const TEXTS: Table = Table {
    name: "texts",
    chinese: "原文",
    meaning: "The text of a source as it was given",
    columns: &[SOURCE_ID, col("text", Str, "原文", "The text after decoding, before any repair")],
};

/// What is kept of plans to find duplicates; not a table of the corpus.
pub const FINGERPRINTS: Table = Table {
    name: "fingerprints",
    chinese: "指纹",
    meaning: "A plan's letters in brief",
    columns: &[
        PLAN_ID,
        col("digest", Str, "摘要", "XXH3 (128 bits) of its letters and digits, in hexadecimal"),
        col("n_letters", UInt32, "字数", "Letters and digits"),
        col("facts", Binary, "事实", "Hashes of county, township, year, document number and issuer, 0 where unknown"),
        col("signature", Binary, "签名", "MinHash signature of its runs of five letters"),
    ],
};

/// The tables of a corpus, in the order of the manual.
pub const TABLES: &[&Table] = &[
    &SOURCES,
    &PLANS,
    &SECTIONS,
    &PHASES,
    &CRITERIA,
    &TARGETS,
    &LEADERS,
    &REFERENCES,
    &SLOGANS,
    &REPAIRS,
    &UNPARSED,
    &DIAGNOSTICS,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Tables whose rows are no single place of a source.
    const NO_OFFSETS: &[&str] = &[
        "sources",
        "score",
        "score_totals",
        "scores",
        "compare",
        "compare_groups",
        "similarity",
        "reuse",
        "ledger",
        "diffusion",
        "duplicates",
        "ngrams",
        "keyness",
        "panel",
        "summary",
        "regions",
        "townships",
        "as_of",
    ];

    #[test]
    fn names_are_unique_and_every_evidence_table_has_offsets() {
        let mut seen = std::collections::BTreeSet::new();
        for table in TABLES.iter().chain(RESULTS) {
            assert!(seen.insert(table.name), "{} stands twice", table.name);
            let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
            let chinese: std::collections::BTreeSet<_> = table.columns.iter().map(|column| column.chinese).collect();
            assert_eq!(chinese.len(), names.len(), "{}: a Chinese name stands twice", table.name);
            assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), names.len());
            if !NO_OFFSETS.contains(&table.name) {
                assert!(names.windows(2).any(|pair| pair == ["start", "end"]), "{}", table.name);
            }
        }
    }
}
