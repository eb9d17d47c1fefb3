//! The one list of columns: name, type, Chinese name and meaning, for every table and analysis result.
//!
//! The builders write their cells in this order, the Python side reads names, categories and Chinese headings from here,
//! and the manual's tables are checked against it.

use crate::extract::dates::{Basis, Kind};
use crate::model::{
    AdminLevel, ChangeKind, Comparator, Component, CriterionKind, DeadlineBasis, Direction, Genre, PhaseKind,
    PlaceRelation, Precision, RegionBasis, Relation, RepairKind, ResidueKind, Script, SimilarityOn, Stage, YearBasis,
};

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

use Type::{Bool, Date, Enum, Float64, Int32, ListSpan, ListStr, Str, UInt8, UInt32};

const PRECISION: Type = Enum(Precision::TEXTS);
const PLAN_ID: Column = col("plan_id", Str, "方案编号", "The plan: `source_id#ordinal`");
const SOURCE_ID: Column = col("source_id", Str, "来源编号", "The source");
const START: Column = col("start", UInt32, "起点", "First character of the evidence in the source text");
const END: Column = col("end", UInt32, "终点", "Character after the last one of the evidence");

const PLAN_A: Column = col("plan_a", Str, "甲方案", "The plan on side a");
const PLAN_B: Column = col("plan_b", Str, "乙方案", "The plan on side b");
const A_START: Column = col("a_start", UInt32, "甲起点", "Offsets into the source of a");
const A_END: Column = col("a_end", UInt32, "甲终点", "Offsets into the source of a");
const B_START: Column = col("b_start", UInt32, "乙起点", "Offsets into the source of b");
const B_END: Column = col("b_end", UInt32, "乙终点", "Offsets into the source of b");

/// Severities of a diagnostic.
pub const SEVERITIES: &[&str] = &["info", "warning"];
/// Aspects that `compare` looks at.
pub const ASPECTS: &[&str] = &["section", "phase", "criterion", "target"];
/// What became of a row between two plans.
pub const STATUSES: &[&str] = &["kept", "edited", "moved", "added", "dropped"];

/// What became of a clause.
pub const CLAUSE_STATUSES: &[&str] = &["kept", "edited", "dropped", "added"];

/// What groups of plans are described by.
pub const GROUP_MEASURES: &[&str] = &["component", "stage", "framework", "score", "phase_days"];

/// `sources`.
pub const SOURCES: Table = Table {
    name: "sources",
    chinese: "来源",
    meaning: "A file or text that was given",
    columns: &[
        SOURCE_ID,
        opt("path", Str, "路径", "Where it was read from; null for a string"),
        col("format", Str, "格式", "Ending of the file's name, `text` for a string"),
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

/// Result of `score()`.
pub const SCORE: Table = Table {
    name: "score",
    chinese: "评分",
    meaning: "The value of one item of a rubric for a plan",
    columns: &[
        PLAN_ID,
        col("rubric", Str, "量表", "The rubric"),
        col("dimension", Str, "维度", "The dimension of the rubric"),
        col("item", Str, "项目", "The item of the dimension"),
        opt("value", Float64, "得分", "Its value; null where the document does not decide it"),
        opt(
            "max",
            Float64,
            "满分",
            "The greatest value; null where there is none, and the item has no part in the total",
        ),
        col("weight", Float64, "权重", "Its weight in the dimension"),
        col("evidence", ListSpan, "证据", "Where the source says so; empty where nothing was found"),
        opt("note", Str, "备注", "Why there is no value"),
    ],
};

/// Totals of `score()`, which `scores` and `pmc` are made of.
pub const SCORE_TOTALS: Table = Table {
    name: "score_totals",
    chinese: "总分",
    meaning: "A dimension of a rubric for a plan, or (without a dimension) the rubric as a whole",
    columns: &[
        PLAN_ID,
        col("rubric", Str, "量表", "The rubric"),
        opt("dimension", Str, "维度", "The dimension; null for the rubric as a whole"),
        opt(
            "value",
            Float64,
            "得分",
            "Weighted mean of what was decided, times the scale of the rubric; null where a part of the text was lost",
        ),
        opt("low", Float64, "下限", "What it would be if everything undecided were 0; null where nothing applies"),
        opt("high", Float64, "上限", "What it would be if everything undecided were full"),
        col("max", Float64, "满分", "The greatest value"),
        col("decided", UInt32, "已定项数", "Items that count and have a value"),
        col("items", UInt32, "应评项数", "Items that count and apply"),
        opt("band", Str, "等级", "The range that the value lies in, where the rubric has ranges"),
    ],
};

/// `scores`: what the rubrics that come with the package give, side by side.
pub const SCORES: Table = Table {
    name: "scores",
    chinese: "评分总表",
    meaning: "A plan with its totals and dimensions",
    columns: &[
        PLAN_ID,
        opt("completeness", Float64, "完整性", "Whether head and standard parts are there, 0 to 1"),
        opt("completeness_head", Float64, "完整性·版头要素", "Its dimension head"),
        opt("completeness_parts", Float64, "完整性·组成部分", "Its dimension parts"),
        opt("specificity", Float64, "具体性", "How concrete it is, 0 to 1"),
        opt("specificity_phases", Float64, "具体性·阶段", "Its dimension phases"),
        opt("specificity_targets", Float64, "具体性·指标", "Its dimension targets"),
        opt("specificity_responsibility", Float64, "具体性·责任", "Its dimension responsibility"),
        opt("specificity_deadlines", Float64, "具体性·时限", "Its dimension deadlines"),
        opt("criteria", Float64, "标准规范性", "How far it keeps to canonical frameworks, 0 to 1"),
        opt("criteria_coverage", Float64, "标准规范性·覆盖", "Its dimension coverage"),
        opt("criteria_items", Float64, "标准规范性·条目", "Its dimension items"),
        opt("criteria_wording", Float64, "标准规范性·表述", "Its dimension wording"),
        opt("consistency", Float64, "一致性", "Whether it contradicts itself, 0 to 1 (not at all)"),
        opt("consistency_numbering", Float64, "一致性·编号", "Its dimension numbering"),
        opt("consistency_phases", Float64, "一致性·阶段", "Its dimension phases"),
        opt("consistency_criteria", Float64, "一致性·标准", "Its dimension criteria"),
        opt("consistency_place", Float64, "一致性·地区", "Its dimension place"),
        opt("consistency_text", Float64, "一致性·文本", "Its dimension text"),
        opt("pmc", Float64, "PMC指数", "Policy Modeling Consistency index, 0 to 10"),
        opt("pmc_band", Str, "PMC等级", "Its grade: low, acceptable, good, perfect"),
        opt("pmc_low", Float64, "PMC下限", "The index if all undecided variables were 0"),
        opt("pmc_high", Float64, "PMC上限", "The index if all undecided variables were 1"),
        opt("pmc_X1", Float64, "PMC·政策性质", "Its first-level variable X1"),
        opt("pmc_X2", Float64, "PMC·政策时效", "Its first-level variable X2"),
        opt("pmc_X3", Float64, "PMC·发布层级", "Its first-level variable X3"),
        opt("pmc_X4", Float64, "PMC·政策领域", "Its first-level variable X4"),
        opt("pmc_X5", Float64, "PMC·政策内容", "Its first-level variable X5"),
        opt("pmc_X6", Float64, "PMC·政策工具", "Its first-level variable X6"),
        opt("pmc_X7", Float64, "PMC·政策评价", "Its first-level variable X7"),
        opt("pmc_X8", Float64, "PMC·激励保障", "Its first-level variable X8"),
        opt("pmc_X9", Float64, "PMC·作用对象", "Its first-level variable X9"),
        opt("pmc_X10", Float64, "PMC·政策公开", "Its first-level variable X10"),
    ],
};

/// Result of `compare(a, b)`.
pub const COMPARE: Table = Table {
    name: "compare",
    chinese: "对照",
    meaning: "A section, phase, criterion or target of two plans or groups of plans, side by side",
    columns: &[
        col("aspect", Enum(ASPECTS), "方面", "What is compared"),
        col("status", Enum(STATUSES), "变化", "What became of it from a to b"),
        col("similarity", Float64, "相似度", "Dice coefficient of character bigrams, 0 to 1"),
        opt("a_id", UInt32, "甲编号", "Its number in plan a"),
        opt("b_id", UInt32, "乙编号", "Its number in plan b"),
        opt("a_text", Str, "甲文本", "Its text in plan a"),
        opt("b_text", Str, "乙文本", "Its text in plan b"),
        opt("a_start", UInt32, "甲起点", "Offsets into the source of a"),
        opt("a_end", UInt32, "甲终点", "Offsets into the source of a"),
        opt("b_start", UInt32, "乙起点", "Offsets into the source of b"),
        opt("b_end", UInt32, "乙终点", "Offsets into the source of b"),
        opt("a_plan", Str, "甲方案", "The plan whose row it is; of a group the first that has it"),
        opt("b_plan", Str, "乙方案", "The plan whose row it is; of a group the first that has it"),
        opt("a_plans", UInt32, "甲方案数", "How many plans of a have it"),
        opt("b_plans", UInt32, "乙方案数", "How many plans of b have it"),
    ],
};

/// Result of `compare_groups(by)`, behind the columns of the group.
pub const COMPARE_GROUPS: Table = Table {
    name: "compare_groups",
    chinese: "分组概况",
    meaning: "Something that a group of plans is described by",
    columns: &[
        col("measure", Enum(GROUP_MEASURES), "指标类别", "What kind of thing"),
        col("item", Str, "项目", "Which one: a standard part, a canonical stage, a framework, a column of scores"),
        col("n_plans", UInt32, "方案数", "Plans of the group, for shares those that do not break off"),
        col("n", UInt32, "计数", "Plans that have it; for scores plans, for phase_days phases that have a value"),
        opt("value", Float64, "数值", "Share of the plans that have it; for scores and phase_days the median"),
        opt("low", Float64, "下界", "For shares the lower end of Wilson's 95 % interval, else the first quartile"),
        opt("high", Float64, "上界", "For shares the upper end of Wilson's 95 % interval, else the third quartile"),
    ],
};

/// Result of `similarity()`.
pub const SIMILARITY: Table = Table {
    name: "similarity",
    chinese: "相似度",
    meaning: "A pair of plans",
    columns: &[
        PLAN_A,
        PLAN_B,
        col("on", Enum(SimilarityOn::TEXTS), "比较内容", "What is compared"),
        opt("similarity", Float64, "相似度", "0 to 1; null where a plan has nothing of the kind to compare"),
    ],
};

/// Result of `reuse()`.
pub const REUSE: Table = Table {
    name: "reuse",
    chinese: "文本复用",
    meaning: "A passage that two plans share",
    columns: &[
        PLAN_A,
        PLAN_B,
        A_START,
        A_END,
        B_START,
        B_END,
        col("n_chars", UInt32, "相同字数", "Letters and digits of the passage that are the same on both sides"),
        col("similarity", Float64, "相似度", "Twice those over the letters and digits of both sides, 0.5 to 1"),
        col("boilerplate", Bool, "是否套话", "Whether it stands in the plans of many regions"),
        col("n_regions", UInt32, "地区数", "Regions in whose plans at least half of it stands"),
        col("longest", UInt32, "最长连续", "Letters and digits of the longest run without an edit"),
    ],
};

/// Result of `ledger(a, b)`.
pub const LEDGER: Table = Table {
    name: "ledger",
    chinese: "承接台账",
    meaning: "A clause of a superior's plan and what a subordinate's made of it",
    columns: &[
        col("clause", UInt32, "句序", "Counts from 1"),
        col("status", Enum(CLAUSE_STATUSES), "变化", "What became of it"),
        opt("a_text", Str, "上级文本", "The clause of the superior"),
        opt("b_text", Str, "下级文本", "The clause of the subordinate"),
        opt("a_start", UInt32, "上级起点", "Offsets into the superior's source"),
        opt("a_end", UInt32, "上级终点", "Offsets into the superior's source"),
        opt("b_start", UInt32, "下级起点", "Offsets into the subordinate's source"),
        opt("b_end", UInt32, "下级终点", "Offsets into the subordinate's source"),
        col("similarity", Float64, "相似度", "Dice coefficient of character bigrams, 0 to 1"),
        opt("edit", Str, "改动", "For edited clauses: [-taken out-]{+put in+}"),
    ],
};

/// Result of `diffusion()`.
pub const DIFFUSION: Table = Table {
    name: "diffusion",
    chinese: "扩散",
    meaning: "A plan and a likely source of its text",
    columns: &[
        col("source_plan", Str, "来源方案", "The likely source"),
        col("target_plan", Str, "目标方案", "The plan that has text of it"),
        col("share", Float64, "占比", "Share of the target's letters and digits that stand in shared passages"),
        col("n_chars", UInt32, "相同字数", "How many those are"),
        opt("same_campaign", Bool, "同一活动", "Whether they belong to one campaign; null where one is unknown"),
        col("cites", Bool, "是否引用", "Whether the target cites the source"),
        opt("days", Int32, "相隔天数", "Days from the issue of the source to that of the target"),
        col("direction", Enum(Direction::TEXTS), "方向依据", "What tells which of the two is the source"),
        col("rank", UInt32, "名次", "1 for the likeliest source of the target"),
        col("own_share", Float64, "非套话占比", "Share without the passages that are boilerplate"),
        col("n_passages", UInt32, "段数", "Number of passages"),
        col("superior", Bool, "是否上级", "Whether the source is the target's superior"),
        col("new_share", Float64, "新增占比", "Share that sources of a better rank do not have already"),
    ],
};

/// Result of `dates(text)`.
pub const DATES: Table = Table {
    name: "dates",
    chinese: "时间",
    meaning: "A time expression of a text",
    columns: &[
        col("text", Str, "时间原文", "The expression, in the repaired text"),
        col("kind", Enum(Kind::TEXTS), "时间类别", "What kind of expression"),
        opt(
            "start_on",
            Date,
            "开始日期",
            "First day; null where the expression states an end alone, or no days at all",
        ),
        opt("end_on", Date, "结束日期", "Last day"),
        opt("precision", PRECISION, "精度", "How exactly it is stated; of two ends, the less exact one"),
        opt("basis", Enum(Basis::TEXTS), "推算依据", "What a year or day left out was taken from; null without days"),
        START,
        END,
    ],
};

/// `locate`.
pub const LOCATE: Table = Table {
    name: "locate",
    chinese: "地名",
    meaning: "A place that a text names",
    columns: &[
        col("text", Str, "地名原文", "The name, in the repaired text"),
        opt("level", Enum(AdminLevel::TEXTS), "行政层级", "Level; null for zones and where it is ambiguous"),
        opt("name", Str, "名称", "Official name at the time; null where it is ambiguous"),
        opt("code", Str, "行政区划代码", "GB/T 2260 code at the time; null for townships and zones"),
        col("confidence", Float64, "可信度", "1: certain; 0.8: other places decide; 0.7: a short name; 0: ambiguous"),
        col("candidates", ListStr, "候选地区", "All that it may be: full names, by code"),
        START,
        END,
        opt("province", Str, "省", "What it lies in, or is"),
        opt("prefecture", Str, "市", "What it lies in, or is"),
        opt("county", Str, "县", "What it lies in, or is"),
    ],
};

/// `places`.
pub const PLACES: Table = Table {
    name: "places",
    chinese: "提及地区",
    meaning: "A place that a plan names",
    columns: &[
        PLAN_ID,
        col("text", Str, "地名原文", "The name, in the repaired text"),
        opt("level", Enum(AdminLevel::TEXTS), "行政层级", "Level; null for zones and where it is ambiguous"),
        opt("name", Str, "名称", "Official name at the time; null where it is ambiguous"),
        opt("code", Str, "行政区划代码", "GB/T 2260 code at the time; null for townships and zones"),
        col("confidence", Float64, "可信度", "As in locate"),
        opt("relation", Enum(PlaceRelation::TEXTS), "关系", "Where it lies from the plan's own place; null if unknown"),
        opt("cited", Str, "引述缘由", "Why a place that lies elsewhere is expected; null where nothing says so"),
        opt("body", Str, "机构", "Name of the body that begins with it"),
        START,
        END,
    ],
};

/// `residue`.
pub const RESIDUE: Table = Table {
    name: "residue",
    chinese: "残留地名",
    meaning: "A name that belongs to another place's document",
    columns: &[
        PLAN_ID,
        col("name", Str, "名称", "The place, or the body with its place"),
        col("kind", Enum(ResidueKind::TEXTS), "类别", "Place or body"),
        col("reason", Str, "理由", "Why it does not belong here"),
        START,
        END,
    ],
};

/// `tokens`.
pub const TOKENS: Table = Table {
    name: "tokens",
    chinese: "词",
    meaning: "A word of a plan",
    columns: &[
        PLAN_ID,
        col("word", Str, "词", "The word, in the repaired text"),
        col("tag", Str, "词性", "Part of speech, tag set of jieba (n noun, v verb, a adjective …)"),
        col("stop", Bool, "停用词", "Whether it says nothing by itself (的, 进一步)"),
        col(
            "run",
            UInt32,
            "片段",
            "Number of the run of words that it stands in: words of one run have no punctuation between them",
        ),
        START,
        END,
    ],
};

/// `kwic`.
pub const KWIC: Table = Table {
    name: "kwic",
    chinese: "语境",
    meaning: "A place where a pattern occurs, with what stands around it",
    columns: &[
        PLAN_ID,
        col("left", Str, "左文", "What stands before it"),
        col("match", Str, "命中", "What was found, in the repaired text"),
        col("right", Str, "右文", "What stands behind it"),
        START,
        END,
    ],
};

/// Result of `ngrams(n)`, behind the columns of the group.
pub const NGRAMS: Table = Table {
    name: "ngrams",
    chinese: "词串",
    meaning: "A word, or a sequence of words, of a group of plans",
    columns: &[
        col("ngram", Str, "词串", "Its words, with blanks between"),
        col("n", UInt32, "次数", "How often it occurs"),
        col("n_plans", UInt32, "方案数", "Plans in which it occurs"),
    ],
};

/// Result of `keyness(by)`, behind the columns of the group.
pub const KEYNESS: Table = Table {
    name: "keyness",
    chinese: "关键词",
    meaning: "A word that a group of plans uses more than the others",
    columns: &[
        col("word", Str, "词", "The word"),
        col("n", UInt32, "次数", "How often it occurs in the group"),
        col("n_rest", UInt32, "其余次数", "How often it occurs in the other groups"),
        col("n_plans", UInt32, "方案数", "Plans of the group in which it occurs"),
        col("per_million", Float64, "百万词频", "Occurrences in a million words of the group"),
        col("per_million_rest", Float64, "其余百万词频", "Occurrences in a million words of the other groups"),
        col("log_likelihood", Float64, "对数似然", "How sure the difference is"),
        col("log_ratio", Float64, "对数比", "How large it is: 1 is twice as often, 2 four times"),
    ],
};

/// Result of `panel(…)`, without the column that `by` names.
pub const PANEL: Table = Table {
    name: "panel",
    chinese: "面板",
    meaning: "A region in a year",
    columns: &[
        opt("code", Str, "行政区划代码", "GB/T 2260 code as of one year; null for plans without such a region"),
        opt("region", Str, "地区", "Name as of that year"),
        col("n_plans", UInt32, "方案数", "Plans of the cell"),
        opt("value", Float64, "数值", "Count, or the plans' values brought together"),
    ],
};

/// `regions`.
pub const REGIONS: Table = Table {
    name: "regions",
    chinese: "行政区划",
    meaning: "An administrative unit while its code, name and prefecture stay the same",
    columns: &[
        col("code", Str, "代码", "GB/T 2260 code"),
        col("name", Str, "名称", "Official name"),
        opt("short_name", Str, "简称", "Name without its class word; null where that is one character"),
        col("level", Enum(AdminLevel::TEXTS), "层级", "Province, prefecture or county"),
        col("class", Str, "类别", "Class word of the name, in full (地级市, 市辖区, 县级市)"),
        opt("province", Str, "省", "Province at the time"),
        opt("prefecture", Str, "市", "Prefecture at the time; null where the province governs a county itself"),
        opt("parent_code", Str, "上级代码", "Code of the prefecture or province"),
        col("valid_from", Int32, "始于", "First year, as a state at its end; 1980 is the first of the table"),
        opt("valid_to", Int32, "止于", "Last year; null where it still is so"),
        opt("origin", Enum(ChangeKind::TEXTS), "由来", "How it began; null where it was there in 1980, or is new"),
        col("predecessors", ListStr, "前身代码", "Codes of what it came from"),
        col("predecessor_names", ListStr, "前身名称", "Their names"),
        opt("change", Enum(ChangeKind::TEXTS), "变更类型", "How it ended"),
        col("successors", ListStr, "后继代码", "Codes of what took over"),
        col("successor_names", ListStr, "后继名称", "Their names"),
    ],
};

/// `townships`.
pub const TOWNSHIPS: Table = Table {
    name: "townships",
    chinese: "乡镇",
    meaning: "A township of September 2026",
    columns: &[
        col("code", Str, "代码", "Code of nine digits, GB/T 10114"),
        col("name", Str, "名称", "Official name"),
        col("county_code", Str, "上级代码", "Code of the county"),
        opt("province", Str, "省", "Province"),
        opt("prefecture", Str, "市", "Prefecture"),
        col("county", Str, "县", "County"),
    ],
};

/// The columns that `plans_as_of` adds to `plans`.
pub const AS_OF: Table = Table {
    name: "as_of",
    chinese: "可比地区",
    meaning: "A plan's region seen from one year: what plans_as_of adds to plans",
    columns: &[
        opt("as_of_relation", Enum(ChangeKind::TEXTS), "可比关系", "What became of the unit; null without a region"),
        opt("as_of_adcode", Str, "可比代码", "Code of the one unit that took over; null where there are several"),
        opt("as_of_province", Str, "可比省", "Province in that year"),
        opt("as_of_province_code", Str, "可比省代码", "Its code"),
        opt("as_of_prefecture", Str, "可比市", "Prefecture in that year, where all that took over lie in one"),
        opt("as_of_prefecture_code", Str, "可比市代码", "Its code"),
        opt("as_of_county", Str, "可比县", "County in that year"),
        col("as_of_codes", ListStr, "后继代码", "Codes of all units that took over"),
        col("as_of_names", ListStr, "后继名称", "Their full names"),
        col("as_of_changes", ListStr, "变更经过", "What happened in between, oldest first"),
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

/// The results of analyses.
pub const RESULTS: &[&Table] = &[
    &SCORE,
    &SCORE_TOTALS,
    &SCORES,
    &COMPARE,
    &COMPARE_GROUPS,
    &SIMILARITY,
    &REUSE,
    &LEDGER,
    &DIFFUSION,
    &DATES,
    &LOCATE,
    &KWIC,
    &TOKENS,
    &NGRAMS,
    &KEYNESS,
    &PANEL,
    &PLACES,
    &RESIDUE,
    &REGIONS,
    &TOWNSHIPS,
    &AS_OF,
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
        "ngrams",
        "keyness",
        "panel",
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
