//! What analyses return: the columns of their results.

use super::Type::{Bool, Date, Enum, Float64, Int32, ListSpan, ListStr, Str, UInt32};
use super::{Column, END, PLAN_ID, PRECISION, SEVERITIES, START, Table, col, opt};
use crate::extract::dates::{Basis, Kind};
use crate::model::{AdminLevel, ChangeKind, Direction, DuplicateKind, PlaceRelation, ResidueKind, SimilarityOn};

/// Aspects that `compare` looks at.
pub const ASPECTS: &[&str] = &["section", "phase", "criterion", "target"];
/// What became of a row between two plans.
pub const STATUSES: &[&str] = &["kept", "edited", "moved", "added", "dropped"];

/// What became of a clause.
pub const CLAUSE_STATUSES: &[&str] = &["kept", "edited", "dropped", "added"];

/// What groups of plans are described by.
pub const GROUP_MEASURES: &[&str] = &["component", "stage", "framework", "score", "phase_days"];

/// What `summary()` groups plans or sources by.
pub const SUMMARY_ASPECTS: &[&str] = &[
    "corpus",
    "province",
    "prefecture",
    "county",
    "year",
    "genre",
    "admin_level",
    "campaign",
    "format",
    "encoding",
    "script",
    "noise",
    "coverage",
    "diagnostic",
    "unread",
];

const PLAN_A: Column = col("plan_a", Str, "甲方案", "The plan on side a");
const PLAN_B: Column = col("plan_b", Str, "乙方案", "The plan on side b");
const A_START: Column = col("a_start", UInt32, "甲起点", "Offsets into the source of a");
const A_END: Column = col("a_end", UInt32, "甲终点", "Offsets into the source of a");
const B_START: Column = col("b_start", UInt32, "乙起点", "Offsets into the source of b");
const B_END: Column = col("b_end", UInt32, "乙终点", "Offsets into the source of b");

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

/// Result of `duplicates()`.
pub const DUPLICATES: Table = Table {
    name: "duplicates",
    chinese: "重复",
    meaning: "A plan that is an earlier one again",
    columns: &[
        PLAN_ID,
        col("duplicate_of", Str, "所重复方案", "The earlier plan, which is no duplicate itself"),
        col("kind", Enum(DuplicateKind::TEXTS), "重复类型", "Letter for letter, or nearly"),
        col("similarity", Float64, "相似度", "1 where it is the same, else the Jaccard index of runs of five letters"),
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

/// Result of `summary()`.
pub const SUMMARY: Table = Table {
    name: "summary",
    chinese: "语料概况",
    meaning: "A group of plans or sources: how many there are, and how well they were read",
    columns: &[
        col("aspect", Enum(SUMMARY_ASPECTS), "分组依据", "What groups are formed by; corpus: everything"),
        opt(
            "item",
            Str,
            "组别",
            "The group; null where plans do not state it, and for sources without noise; of unread the source",
        ),
        opt("severity", Enum(SEVERITIES), "程度", "Severity of a diagnostic"),
        col("n_sources", UInt32, "来源数", "Sources of the group, or with a plan of it"),
        col(
            "n_plans",
            UInt32,
            "方案数",
            "Plans of the group, or in a source of it; of a diagnostic the plans that it concerns",
        ),
        opt(
            "share",
            Float64,
            "占比",
            "Share of all plans; for format, encoding, script, noise, coverage, diagnostic and unread of all sources",
        ),
        opt("median_chars", Float64, "字符数中位数", "Median length of its plans in characters"),
        opt("coverage", Float64, "覆盖率", "Share of the characters of its sources in a plan or in named boilerplate"),
        col("n_unread", UInt32, "未读来源数", "Sources of it that could not be read"),
        col("n_truncated", UInt32, "截断方案数", "Plans of it that break off"),
        col("n_diagnostics", UInt32, "疑点数", "Diagnostics of its plans; where it is made of sources, of these"),
        col("n_warnings", UInt32, "警告数", "Warnings among them"),
        opt("warnings_per_plan", Float64, "篇均警告数", "Warnings over plans; null without plans, and for diagnostics"),
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

/// The results of analyses.
pub const RESULTS: &[&Table] = &[
    &SCORE,
    &SCORE_TOTALS,
    &SCORES,
    &COMPARE,
    &COMPARE_GROUPS,
    &SIMILARITY,
    &DUPLICATES,
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
    &SUMMARY,
    &PLACES,
    &RESIDUE,
    &REGIONS,
    &TOWNSHIPS,
    &AS_OF,
];
