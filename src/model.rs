//! What is extracted: plain structs, one a table. All spans are of the cleaned text.

use crate::diagnostic::Diagnostic;
use crate::source_map::SourceMap;
use crate::span::Span;

/// Declares an enum whose variants are written as text in the tables, with the list of them for the schema.
macro_rules! text_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// The texts of all variants, in order: the categories of the column.
            pub const TEXTS: &'static [&'static str] = &[$($text),+];

            /// The variant as the tables write it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The variant that a text names.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

pub(crate) use text_enum;

text_enum! {
    /// Script of a source.
    Script {
        /// Simplified.
        Hans = "hans",
        /// Traditional.
        Hant = "hant",
        /// Both, in earnest.
        Mixed = "mixed",
    }
}

text_enum! {
    /// Kind of document (文种), after 党政机关公文处理工作条例 (2012) and custom.
    Genre {
        /// 实施方案, 工作方案, 活动方案.
        Scheme = "方案",
        /// 指导意见, 实施意见.
        Opinion = "意见",
        /// 通知, 通报.
        Notice = "通知",
        /// 工作要点.
        KeyPoints = "要点",
        /// 讲话, 致辞.
        Speech = "讲话",
        /// 办法, 规定, 细则, 条例.
        Measures = "办法",
        /// 总结, 汇报.
        Summary = "总结",
        /// 计划, 规划.
        Programme = "计划",
        /// Anything else.
        Other = "其他",
    }
}

text_enum! {
    /// Administrative level of the body that a plan belongs to.
    AdminLevel {
        /// 中央, 国务院, 部委.
        National = "national",
        /// 省级.
        Province = "province",
        /// 地级.
        Prefecture = "prefecture",
        /// 县级.
        County = "county",
        /// 乡级.
        Township = "township",
        /// A unit below (医院, 学校, 企业).
        Unit = "unit",
    }
}

text_enum! {
    /// What a region was inferred from.
    RegionBasis {
        /// The title.
        Title = "title",
        /// The issuer.
        Issuer = "issuer",
        /// The prefix of the document number.
        DocNumber = "doc_number",
        /// The addressees.
        Addressee = "addressee",
        /// The body of the text.
        Body = "body",
    }
}

text_enum! {
    /// What the year of a plan was taken from.
    YearBasis {
        /// The title, of what is planned for one year (2011年工作要点).
        Title = "title",
        /// The day of issue.
        Date = "date",
        /// The document number.
        DocNumber = "doc_number",
        /// The campaign's window or its phases.
        Window = "window",
        /// The text.
        Text = "text",
    }
}

text_enum! {
    /// Where a place lies from that of the plan that names it.
    PlaceRelation {
        /// The plan's own place.
        Own = "own",
        /// Within it.
        Inside = "inside",
        /// What it lies in.
        Superior = "superior",
        /// Somewhere else.
        Elsewhere = "elsewhere",
    }
}

text_enum! {
    /// What a name left over from another document names.
    ResidueKind {
        /// A place.
        Place = "place",
        /// A body of a place.
        Body = "body",
    }
}

text_enum! {
    /// What of two plans is compared for their similarity.
    SimilarityOn {
        /// Words, weighted by TF-IDF.
        Text = "text",
        /// Pairs of characters, weighted by TF-IDF.
        Characters = "characters",
        /// The tree of headings.
        Structure = "structure",
        /// The order of canonical stages.
        Phases = "phases",
        /// Frameworks of criteria and their items.
        Criteria = "criteria",
    }
}

text_enum! {
    /// How a plan repeats an earlier one.
    DuplicateKind {
        /// Letter for letter.
        Same = "same",
        /// Nearly.
        Near = "near",
    }
}

text_enum! {
    /// What tells which of two plans that share text is the source.
    Direction {
        /// The other one cites it.
        Cites = "cites",
        /// It was issued on an earlier day.
        Date = "date",
        /// It belongs to an earlier year.
        Year = "year",
        /// It is the other's superior.
        Level = "level",
    }
}

text_enum! {
    /// What became of an administrative unit; later kinds weigh more where several happened one after the other.
    ChangeKind {
        /// Nothing: the same name under the same code.
        Same = "same",
        /// Another code, the same name.
        Recoded = "recoded",
        /// Another name of the same class (襄樊市, 襄阳市).
        Renamed = "renamed",
        /// Another class (县 to 市 or 区, 地区 to 市).
        Upgraded = "upgraded",
        /// To another prefecture or province.
        Moved = "moved",
        /// Into a unit that was there before, or together with others.
        Merged = "merged",
        /// Into several units.
        Split = "split",
        /// It ended, and what took over is not known.
        Abolished = "abolished",
        /// Looking back: it was not there yet, and what it came from is not known.
        Created = "created",
    }
}

text_enum! {
    /// How exactly a date is stated.
    Precision {
        /// A day.
        Day = "day",
        /// 上旬, 中旬, 下旬.
        TenDays = "ten_days",
        /// A month.
        Month = "month",
        /// A quarter.
        Quarter = "quarter",
        /// 上半年, 下半年.
        HalfYear = "half_year",
        /// A year.
        Year = "year",
    }
}

text_enum! {
    /// The standard parts of a plan.
    Component {
        /// Why: 重要意义, 背景.
        Significance = "重要意义",
        /// 指导思想.
        Guideline = "指导思想",
        /// 总体要求.
        Overall = "总体要求",
        /// 基本原则.
        Principles = "基本原则",
        /// 目标任务.
        Goals = "目标任务",
        /// 范围对象.
        Scope = "范围对象",
        /// 主要内容.
        Content = "主要内容",
        /// 标准条件.
        Standards = "标准条件",
        /// 方法步骤.
        Steps = "方法步骤",
        /// 时间安排.
        Schedule = "时间安排",
        /// 工作措施.
        Measures = "工作措施",
        /// 组织领导.
        Leadership = "组织领导",
        /// 责任分工.
        Division = "责任分工",
        /// 监督考核.
        Assessment = "监督考核",
        /// 表彰奖励.
        Reward = "表彰奖励",
        /// 宣传.
        Publicity = "宣传",
        /// 保障措施.
        Safeguards = "保障措施",
        /// 工作要求.
        Requirements = "工作要求",
        /// 总结.
        Summary = "总结",
        /// 附则.
        Supplementary = "附则",
    }
}

text_enum! {
    /// A phase of the campaign, or a step.
    PhaseKind {
        /// 阶段.
        Stage = "stage",
        /// 环节, 步骤.
        Step = "step",
    }
}

text_enum! {
    /// Canonical kind of phase, for comparing campaigns whose phases have other names.
    Stage {
        /// 动员部署, 宣传发动.
        Mobilise = "mobilise",
        /// 学习调研, 学习培训.
        Study = "study",
        /// 分析检查, 自查自纠, 调查摸底.
        Examine = "examine",
        /// 组织实施, 全面推进, 集中整治.
        Implement = "implement",
        /// 整改落实.
        Rectify = "rectify",
        /// 巩固提高, 建章立制.
        Consolidate = "consolidate",
        /// 检查验收, 考核评估, 群众评议, 总结.
        Review = "review",
        /// 评选表彰.
        Commend = "commend",
    }
}

text_enum! {
    /// What a framework of criteria asks for.
    CriterionKind {
        /// A standard that a body or person is to meet (五个好).
        Standard = "standard",
        /// A requirement of the work (六个结合).
        Requirement = "requirement",
        /// Actions to be taken (五个一活动).
        Action = "action",
    }
}

text_enum! {
    /// How a target compares with its value.
    Comparator {
        /// Exactly, or no word said.
        Equal = "=",
        /// 不少于, 以上.
        AtLeast = ">=",
        /// 不超过, 以内.
        AtMost = "<=",
        /// 超过, 大于.
        Above = ">",
        /// 低于, 少于.
        Below = "<",
        /// 左右, 约.
        About = "~",
    }
}

text_enum! {
    /// Where a target's deadline comes from.
    DeadlineBasis {
        /// Stated with the target.
        Stated = "stated",
        /// From the sentence, the section or the year of the plan.
        Inherited = "inherited",
    }
}

text_enum! {
    /// What one document does with another that it names.
    Relation {
        /// 根据, 按照: acts on it.
        Basis = "basis",
        /// 印发, 转发: passes it on.
        Forwards = "forwards",
        /// Only names it.
        Cites = "cites",
    }
}

text_enum! {
    /// Kind of repair.
    RepairKind {
        /// Pinyin injected after characters.
        Pinyin = "pinyin",
        /// Traditional script.
        Script = "script",
        /// Taiwan vocabulary.
        TaiwanVocabulary = "taiwan_vocabulary",
        /// Text decoded wrongly.
        Mojibake = "mojibake",
        /// Slips of character recognition.
        Ocr = "ocr",
        /// Full-width, half-width and compatibility forms, invisible characters, entities.
        Width = "width",
        /// Watermarks and crawler insertions.
        Watermark = "watermark",
        /// Wrapped and merged lines.
        Line = "line",
    }
}

/// A day with the precision at which the text states it: the first day of what is stated where it begins something,
/// the last where it ends something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Moment {
    /// The day.
    pub date: jiff::civil::Date,
    /// What was stated.
    pub precision: Precision,
}

/// Where a plan belongs: official names at the time.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Region {
    /// 山东省.
    pub province: Option<String>,
    /// 日照市.
    pub prefecture: Option<String>,
    /// 沾化县.
    pub county: Option<String>,
    /// 双山镇.
    pub township: Option<String>,
    /// A zone that is no administrative unit (平潭综合实验区); the names above are then those of the unit that holds it.
    pub zone: Option<String>,
    /// GB/T 2260 code at the time, of the most specific unit with one.
    pub adcode: Option<String>,
    /// Level of the issuing body.
    pub level: Option<AdminLevel>,
    /// What it was inferred from.
    pub basis: Option<RegionBasis>,
}

impl Region {
    /// The most specific name.
    pub fn name(&self) -> Option<&str> {
        [&self.township, &self.zone, &self.county, &self.prefecture, &self.province]
            .into_iter()
            .find_map(|name| name.as_deref())
    }
}

/// One document of a source.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[allow(missing_docs)] // the columns of `plans`, told in frames/schema.rs
pub struct Plan {
    pub ordinal: u32,
    pub span: Span,
    pub title: Option<String>,
    pub genre: Option<Genre>,
    pub campaign: Option<String>,
    pub sector: Option<String>,
    pub issuer: Option<String>,
    pub doc_number: Option<String>,
    pub addressees: Vec<String>,
    pub region: Region,
    pub issued: Option<Moment>,
    pub year: Option<i32>,
    pub year_basis: Option<YearBasis>,
    pub window_start: Option<Moment>,
    pub window_end: Option<Moment>,
    pub themes: Vec<String>,
    pub carriers: Vec<String>,
    pub truncated: bool,
    pub sections: Vec<Section>,
    pub phases: Vec<Phase>,
    pub criteria: Vec<Criterion>,
    pub targets: Vec<Target>,
    pub leaders: Vec<Leader>,
    pub references: Vec<Reference>,
    pub slogans: Vec<Slogan>,
}

/// A heading with the text under it, down to the next heading of any level.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Section {
    /// Counts from 1 within the plan, in document order.
    pub id: u32,
    /// The section that it stands under.
    pub parent: Option<u32>,
    /// Depth of nesting, from 1.
    pub level: u8,
    /// The marker as printed (一、), empty for an unnumbered lead-in.
    pub marker: String,
    /// The number of the marker, where it has one.
    pub number: Option<u64>,
    /// The heading, without marker and final punctuation.
    pub heading: String,
    /// Which of the standard parts of a plan it is.
    pub component: Option<Component>,
    /// The section's own text behind the heading, without its subsections.
    pub text: String,
    /// From the marker to the end of the section's own text.
    pub span: Span,
    /// The heading in the text.
    pub heading_span: Span,
    /// From the marker to the end of the last subsection.
    pub whole: Span,
    /// Whether the heading does not stand on lines of its own: its marker is in the middle of a line, or it runs into its
    /// text without punctuation.
    pub merged: bool,
}

/// A phase or step.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[allow(missing_docs)] // the columns of `phases`, told in frames/schema.rs
pub struct Phase {
    pub id: u32,
    pub parent: Option<u32>,
    pub ordinal: u32,
    pub level: u8,
    pub kind: PhaseKind,
    pub label: Option<String>,
    pub name: Option<String>,
    pub stage: Option<Stage>,
    pub start: Option<Moment>,
    pub end: Option<Moment>,
    pub date_text: Option<String>,
    pub span: Span,
}

/// One item of a framework of criteria, or a framework that is only named (`item` is `None`).
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[allow(missing_docs)] // the columns of `criteria`, told in frames/schema.rs
pub struct Criterion {
    pub id: u32,
    pub framework: String,
    pub kind: CriterionKind,
    pub applies_to: Option<String>,
    pub declared: Option<u32>,
    pub found: u32,
    pub ordinal: Option<u32>,
    pub item: Option<String>,
    pub span: Span,
}

/// A quantity that is aimed at.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[allow(missing_docs)] // the columns of `targets`, told in frames/schema.rs
pub struct Target {
    pub quote: String,
    pub subject: Option<String>,
    pub indicator: Option<String>,
    pub comparator: Option<Comparator>,
    pub value: Option<f64>,
    pub value_max: Option<f64>,
    pub unit: Option<String>,
    pub deadline: Option<Moment>,
    pub deadline_basis: Option<DeadlineBasis>,
    pub is_target: bool,
    pub reason: Option<String>,
    pub span: Span,
}

/// A person in charge.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[allow(missing_docs)] // the columns of `leaders`, told in frames/schema.rs
pub struct Leader {
    pub body: String,
    pub role: String,
    pub name: String,
    pub post: Option<String>,
    pub span: Span,
}

/// Another document that this one names.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[allow(missing_docs)] // the columns of `references`, told in frames/schema.rs
pub struct Reference {
    pub title: Option<String>,
    pub doc_number: Option<String>,
    pub relation: Relation,
    pub span: Span,
}

/// A numeral formula that is no criterion (三个代表).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[allow(missing_docs)] // the columns of `slogans`, told in frames/schema.rs
pub struct Slogan {
    pub formula: String,
    pub declared: Option<u32>,
    pub items: Vec<String>,
    pub span: Span,
}

/// A repair that `clean` made. `span` is of the **source** text, not of the cleaned one.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[allow(missing_docs)] // the columns of `repairs`, told in frames/schema.rs
pub struct Repair {
    pub kind: RepairKind,
    pub span: Span,
    pub after: String,
    pub confidence: Option<f32>,
}

impl Repair {
    /// What the source has in its place.
    pub fn before<'a>(&self, source: &'a str) -> &'a str {
        self.span.of(source)
    }
}

/// A cleaned text: the output of `clean`.
#[derive(Clone, Debug, Default)]
pub struct Cleaned {
    /// Simplified, repaired.
    pub text: String,
    /// From it to the source.
    pub map: SourceMap,
    /// What was repaired, in source order.
    pub repairs: Vec<Repair>,
    /// Script of the source; `None` where it has no Chinese.
    pub script: Option<Script>,
    /// Kinds of noise that were met (traditional, taiwan_vocabulary, pinyin, mojibake, ocr …), sorted.
    pub noise: Vec<&'static str>,
}

/// Text that no rule understood.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Unparsed {
    /// Ordinal of the plan that it stands in.
    pub plan: Option<u32>,
    /// Where, in the cleaned text.
    pub span: Span,
    /// The text.
    pub text: String,
}

/// Everything that the pipeline makes of one source.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The source as it was given, after decoding.
    pub source: String,
    /// The cleaned text with its map.
    pub cleaned: Cleaned,
    /// The documents in it.
    pub plans: Vec<Plan>,
    /// What no rule understood.
    pub unparsed: Vec<Unparsed>,
    /// What is doubtful.
    pub diagnostics: Vec<Diagnostic>,
    /// Kinds of noise, those of `clean` and those of `split` (boilerplate, truncated, concatenated, merged_lines), sorted.
    pub noise: Vec<&'static str>,
    /// Share of the source's characters (white space aside) that belong to a plan or to named boilerplate.
    pub coverage: f64,
}
