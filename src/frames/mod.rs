//! Tables as Arrow record batches: [`schema`] lists the columns, one file a table writes the rows.

mod builder;
pub mod comparison;
mod criteria;
pub mod dates;
mod diagnostics;
pub mod diffusion;
pub mod duplicates;
mod leaders;
pub mod ledger;
pub mod mentions;
mod phases;
mod place;
mod plans;
pub mod reading;
mod references;
pub mod regions;
mod repairs;
pub mod reuse;
pub mod schema;
pub mod scores;
mod sections;
pub mod similarity;
mod slogans;
mod sources;
pub mod stored;
pub mod strings;
mod targets;
mod unparsed;
mod verify;
pub mod words;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

pub use builder::{Row, TableBuilder, arrow_schema};
pub use place::Places;
pub use sources::Origin;
pub use verify::{Claim, check};

use crate::model::Parsed;
use crate::span::CharIndex;

/// One source with everything that was made of it.
pub struct Outcome {
    /// Where it came from.
    pub origin: Origin,
    /// What the pipeline made of it; empty where it could not be read.
    pub parsed: Parsed,
    /// Index of the source text.
    pub chars: CharIndex,
}

impl Outcome {
    /// Index a parsed source.
    pub fn new(origin: Origin, parsed: Parsed) -> Self {
        let chars = CharIndex::new(&parsed.source);
        Self { origin, parsed, chars }
    }
}

/// What the writers of the tables see of a source.
pub(crate) struct View<'a> {
    pub origin: &'a Origin,
    pub parsed: &'a Parsed,
    pub places: Places<'a>,
}

impl View<'_> {
    fn plan_id(&self, ordinal: u32) -> String {
        format!("{}#{ordinal}", self.origin.source_id)
    }
}

type Writer = fn(&mut TableBuilder, &View<'_>);

const WRITERS: &[(&schema::Table, Writer)] = &[
    (&schema::SOURCES, sources::write),
    (&schema::PLANS, plans::write),
    (&schema::SECTIONS, sections::write),
    (&schema::PHASES, phases::write),
    (&schema::CRITERIA, criteria::write),
    (&schema::TARGETS, targets::write),
    (&schema::LEADERS, leaders::write),
    (&schema::REFERENCES, references::write),
    (&schema::SLOGANS, slogans::write),
    (&schema::REPAIRS, repairs::write),
    (&schema::UNPARSED, unparsed::write),
    (&schema::DIAGNOSTICS, diagnostics::write),
    (&schema::TEXTS, sources::write_text),
];

/// All tables of a corpus while they are being written.
pub struct Tables {
    builders: Vec<(TableBuilder, Writer)>,
}

impl Default for Tables {
    fn default() -> Self {
        Self { builders: WRITERS.iter().map(|(table, writer)| (TableBuilder::new(table), *writer)).collect() }
    }
}

impl Tables {
    /// One table only, and of it the columns whose names are wanted; nothing where there is no such table.
    pub fn only(name: &str, wanted: impl Fn(&str) -> bool) -> Self {
        let chosen = WRITERS.iter().filter(|(table, _)| table.name == name);
        Self { builders: chosen.map(|(table, writer)| (TableBuilder::of(table, &wanted), *writer)).collect() }
    }

    /// Names and Arrow schemas, in the order of [`Self::finish`]: those of [`schema::TABLES`], then `texts`.
    pub fn schemas(&self) -> Vec<(&'static str, arrow_schema::SchemaRef)> {
        self.builders.iter().map(|(builder, _)| (builder.name(), builder.schema())).collect()
    }

    /// Write the rows of one source.
    pub fn push(&mut self, outcome: &Outcome) {
        let view = View {
            origin: &outcome.origin,
            parsed: &outcome.parsed,
            places: Places::new(&outcome.parsed, &outcome.chars),
        };
        for (builder, write) in &mut self.builders {
            write(builder, &view);
        }
    }

    /// One record batch a table; the builders are empty again.
    pub fn finish(&mut self) -> Result<Vec<RecordBatch>, ArrowError> {
        self.builders.iter_mut().map(|(builder, _)| builder.finish()).collect()
    }
}

#[cfg(test)]
mod tests;
