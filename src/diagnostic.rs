//! What is doubtful, and where: diagnostics tell an analyst where the source, or the parse of it, may be wrong.

use crate::span::Span;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// A cell of a table may be wrong or missing because of it.
    Warning,
}

/// All codes, sorted.
pub const CODES: &[&str] = &[
    "boilerplate",
    "criteria-declared",
    "file-partial",
    "id-repeated",
    "lone-surrogate",
    "mojibake-suspected",
    "numbering-gap",
    "phase-backwards",
    "phases-declared",
    "phases-overlap",
    "region-ambiguous",
    "region-anachronism",
    "region-conflict",
    "text-lost",
    "truncated",
    "undecodable-bytes",
    "web-page",
];

/// One doubt. `code` is stable and in kebab case (`numbering-gap`); `message` is a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Diagnostic {
    /// Stable name of the kind.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What was found, with the values that matter.
    pub message: String,
    /// Where, in the cleaned text.
    pub span: Span,
    /// Ordinal of the plan that it belongs to, if any.
    pub plan: Option<u32>,
}

impl Diagnostic {
    /// Something worth knowing.
    pub fn info(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        debug_assert!(CODES.contains(&code), "{code} is not in the list of codes");
        Self { code, severity: Severity::Info, message: message.into(), span, plan: None }
    }

    /// Something that may have made a cell wrong or empty.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        debug_assert!(CODES.contains(&code), "{code} is not in the list of codes");
        Self { code, severity: Severity::Warning, message: message.into(), span, plan: None }
    }
}
