//! The pipeline on one screen.

use crate::lexicon::Lexicon;
use crate::model::{Parsed, RepairKind};
use crate::{clean, extract, split};

/// What a caller can choose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The repairs that `clean` may make; `None` for all.
    pub repairs: Option<Vec<RepairKind>>,
}

/// Parse one source text. Never fails and loses no text.
pub fn parse(source: String, lexicon: &Lexicon, options: &Options) -> Parsed {
    let (cleaned, mut diagnostics) = clean::clean(&source, lexicon, options);
    let (divided, more) = split::split(&cleaned, lexicon);
    diagnostics.extend(more);
    let mut plans = Vec::with_capacity(divided.documents.len());
    for document in &divided.documents {
        let (plan, more) = extract::plan(&cleaned.text, document, lexicon);
        diagnostics.extend(more.into_iter().map(|mut diagnostic| {
            diagnostic.plan = Some(document.ordinal);
            diagnostic
        }));
        plans.push(plan);
    }
    let mut noise = cleaned.noise.clone();
    noise.extend(divided.noise.iter().copied());
    if plans.iter().any(|plan| plan.truncated) {
        noise.push("truncated");
    }
    let merged = |plan: &crate::model::Plan| plan.sections.iter().filter(|section| section.merged).count();
    if plans.iter().any(|plan| merged(plan) >= 2) || plans.iter().map(merged).sum::<usize>() >= 3 {
        noise.push("merged_lines");
    }
    noise.sort_unstable();
    noise.dedup();
    Parsed { source, plans, unparsed: divided.unparsed, diagnostics, noise, coverage: divided.coverage, cleaned }
}
