//! Plans read back from the tables of a corpus: what scores and comparisons are built on.
//!
//! Spans of these plans count characters of their sources, as the tables do, not bytes of the repaired text.

use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, UInt8Type, UInt32Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::ArrowError;
use jiff::ToSpan;

use crate::model::{
    AdminLevel, Comparator, Component, Criterion, CriterionKind, DeadlineBasis, Genre, Leader, Moment, Phase,
    PhaseKind, Plan, Precision, Reference, Region, Relation, Section, Stage, Target,
};
use crate::span::Span;

/// A plan of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    /// Its id.
    pub id: String,
    /// Its source.
    pub source_id: String,
    /// What its row and the rows of the tables by plan say.
    pub plan: Plan,
    /// The column `text` of its phases, in their order.
    pub phase_texts: Vec<String>,
    /// The column `text` of its criteria, in their order.
    pub criterion_texts: Vec<String>,
    /// Its diagnostics: code and place.
    pub diagnostics: Vec<(String, Span)>,
}

impl Stored {
    /// The place of the section that a section stands under. Sections stand in the order of their numbers.
    pub fn above(&self, section: &Section) -> Option<usize> {
        self.plan.sections.binary_search_by_key(&section.parent?, |other| other.id).ok()
    }

    /// The standard part that a section begins: its component, unless the section above it is the same part already.
    pub fn part(&self, section: &Section) -> Option<Component> {
        let above = self.above(section).and_then(|at| self.plan.sections[at].component);
        section.component.filter(|component| Some(*component) != above)
    }
}

/// The tables of a corpus, by name.
pub type Batches = HashMap<String, Vec<RecordBatch>>;

/// The plans of a corpus, in the order of its table `plans`. Tables that are not given have no rows.
pub fn plans(tables: &Batches) -> Result<Vec<Stored>, ArrowError> {
    let mut out = Vec::new();
    let mut places = HashMap::new();
    rows(tables, "plans", |row| {
        let id = row.str("plan_id")?.unwrap_or_default().to_owned();
        places.insert(id.clone(), out.len());
        let region = Region {
            province: row.string("province")?,
            prefecture: row.string("prefecture")?,
            county: row.string("county")?,
            township: row.string("township")?,
            zone: row.string("zone")?,
            adcode: row.string("adcode")?,
            level: row.str("admin_level")?.and_then(AdminLevel::parse),
            basis: None,
        };
        let plan = Plan {
            ordinal: row.u32("ordinal")?.unwrap_or_default(),
            span: row.span()?,
            title: row.string("title")?,
            genre: row.str("genre")?.and_then(Genre::parse),
            campaign: row.string("campaign")?,
            sector: row.string("sector")?,
            issuer: row.string("issuer")?,
            doc_number: row.string("doc_number")?,
            addressees: row.strings("addressees")?,
            region,
            issued: row.moment("issued_on", "issued_precision")?,
            year: row.i32("year")?,
            window_start: row.moment("window_start", "window_start_precision")?,
            window_end: row.moment("window_end", "window_end_precision")?,
            truncated: row.bool("truncated")?.unwrap_or_default(),
            ..Plan::default()
        };
        let source_id = row.string("source_id")?.unwrap_or_default();
        out.push(Stored { id, source_id, plan, ..Stored::default() });
        Ok(())
    })?;
    let mut each = |table: &str, add: &dyn Fn(&Row, &mut Stored) -> Result<(), ArrowError>| {
        rows(tables, table, |row| {
            let at = row.str("plan_id")?.and_then(|id| places.get(id)).copied();
            at.and_then(|at| out.get_mut(at)).map_or(Ok(()), |plan| add(row, plan))
        })
    };
    each("sections", &|row, stored| {
        let span = row.span()?;
        stored.plan.sections.push(Section {
            id: row.u32("section_id")?.unwrap_or_default(),
            parent: row.u32("parent_id")?,
            level: row.u8("level")?.unwrap_or(1),
            marker: row.string("marker")?.unwrap_or_default(),
            number: None,
            heading: row.string("heading")?.unwrap_or_default(),
            component: row.str("component")?.and_then(Component::parse),
            text: row.string("text")?.unwrap_or_default(),
            span,
            heading_span: span,
            whole: span,
            merged: false,
        });
        Ok(())
    })?;
    each("phases", &|row, stored| {
        stored.phase_texts.push(row.string("text")?.unwrap_or_default());
        stored.plan.phases.push(Phase {
            id: row.u32("phase_id")?.unwrap_or_default(),
            parent: row.u32("parent_id")?,
            ordinal: row.u32("ordinal")?.unwrap_or_default(),
            level: row.u8("level")?.unwrap_or(1),
            kind: row.str("kind")?.and_then(PhaseKind::parse).unwrap_or(PhaseKind::Stage),
            label: row.string("label")?,
            name: row.string("name")?,
            stage: row.str("stage")?.and_then(Stage::parse),
            start: row.moment("start_on", "start_precision")?,
            end: row.moment("end_on", "end_precision")?,
            date_text: row.string("date_text")?,
            span: row.span()?,
        });
        Ok(())
    })?;
    each("criteria", &|row, stored| {
        stored.criterion_texts.push(row.string("text")?.unwrap_or_default());
        stored.plan.criteria.push(Criterion {
            id: row.u32("criterion_id")?.unwrap_or_default(),
            framework: row.string("framework")?.unwrap_or_default(),
            kind: row.str("kind")?.and_then(CriterionKind::parse).unwrap_or(CriterionKind::Standard),
            applies_to: row.string("applies_to")?,
            declared: row.u32("declared")?,
            found: row.u32("found")?.unwrap_or_default(),
            ordinal: row.u32("ordinal")?,
            item: row.string("item")?,
            span: row.span()?,
        });
        Ok(())
    })?;
    each("targets", &|row, stored| {
        stored.plan.targets.push(Target {
            quote: row.string("quote")?.unwrap_or_default(),
            subject: row.string("subject")?,
            indicator: row.string("indicator")?,
            comparator: row.str("comparator")?.and_then(Comparator::parse),
            value: row.f64("value")?,
            value_max: row.f64("value_max")?,
            unit: row.string("unit")?,
            deadline: row.moment("deadline", "deadline_precision")?,
            deadline_basis: row.str("deadline_basis")?.and_then(DeadlineBasis::parse),
            is_target: row.bool("is_target")?.unwrap_or_default(),
            reason: row.string("reason")?,
            span: row.span()?,
        });
        Ok(())
    })?;
    each("leaders", &|row, stored| {
        stored.plan.leaders.push(Leader {
            body: row.string("body")?.unwrap_or_default(),
            role: row.string("role")?.unwrap_or_default(),
            name: row.string("name")?.unwrap_or_default(),
            post: row.string("post")?,
            span: row.span()?,
        });
        Ok(())
    })?;
    each("references", &|row, stored| {
        stored.plan.references.push(Reference {
            title: row.string("title")?,
            doc_number: row.string("doc_number")?,
            relation: row.str("relation")?.and_then(Relation::parse).unwrap_or(Relation::Cites),
            span: row.span()?,
        });
        Ok(())
    })?;
    each("diagnostics", &|row, stored| {
        let code = row.string("code")?.unwrap_or_default();
        stored.diagnostics.push((code, row.span()?));
        Ok(())
    })?;
    Ok(out)
}

fn rows(tables: &Batches, table: &str, mut read: impl FnMut(&Row) -> Result<(), ArrowError>) -> Result<(), ArrowError> {
    for batch in tables.get(table).into_iter().flatten() {
        (0..batch.num_rows()).try_for_each(|at| read(&Row { batch, at }))?;
    }
    Ok(())
}

/// One row of a batch.
struct Row<'a> {
    batch: &'a RecordBatch,
    at: usize,
}

macro_rules! number {
    ($name:ident, $type:ty, $arrow:ty) => {
        fn $name(&self, column: &str) -> Result<Option<$type>, ArrowError> {
            let cells = self.column(column)?;
            let cells = cells.as_primitive_opt::<$arrow>().ok_or_else(|| other(column))?;
            Ok(cells.is_valid(self.at).then(|| cells.value(self.at)))
        }
    };
}

impl<'a> Row<'a> {
    fn column(&self, name: &str) -> Result<&'a dyn Array, ArrowError> {
        let column = self.batch.column_by_name(name);
        column.map(AsRef::as_ref).ok_or_else(|| ArrowError::SchemaError(format!("there is no column {name}")))
    }

    number!(u8, u8, UInt8Type);
    number!(u32, u32, UInt32Type);
    number!(i32, i32, Int32Type);
    number!(f64, f64, Float64Type);
    number!(days, i32, Date32Type);

    fn bool(&self, column: &str) -> Result<Option<bool>, ArrowError> {
        let cells = self.column(column)?.as_boolean_opt().ok_or_else(|| other(column))?;
        Ok(cells.is_valid(self.at).then(|| cells.value(self.at)))
    }

    fn str(&self, column: &str) -> Result<Option<&'a str>, ArrowError> {
        let cells = self.column(column)?;
        if !cells.is_valid(self.at) {
            return Ok(None);
        }
        text(cells, self.at).map(Some).ok_or_else(|| other(column))
    }

    fn string(&self, column: &str) -> Result<Option<String>, ArrowError> {
        Ok(self.str(column)?.map(str::to_owned))
    }

    fn strings(&self, column: &str) -> Result<Vec<String>, ArrowError> {
        let cells = self.column(column)?.as_list_opt::<i64>().ok_or_else(|| other(column))?;
        if !cells.is_valid(self.at) {
            return Ok(Vec::new());
        }
        let values = cells.value(self.at);
        (0..values.len()).map(|at| text(&values, at).map(str::to_owned).ok_or_else(|| other(column))).collect()
    }

    fn moment(&self, date: &str, precision: &str) -> Result<Option<Moment>, ArrowError> {
        let (days, precision) = (self.days(date)?, self.str(precision)?.and_then(Precision::parse));
        let (Some(days), Some(precision)) = (days, precision) else { return Ok(None) };
        let date = jiff::civil::date(1970, 1, 1).checked_add(days.days()).ok();
        Ok(date.map(|date| Moment { date, precision }))
    }

    fn span(&self) -> Result<Span, ArrowError> {
        Ok(Span { start: self.u32("start")?.unwrap_or_default(), end: self.u32("end")?.unwrap_or_default() })
    }
}

/// A cell of text, in any of the ways that Arrow has; Polars hands over views.
fn text(cells: &dyn Array, at: usize) -> Option<&str> {
    if let Some(cells) = cells.as_string_view_opt() {
        return Some(cells.value(at));
    }
    if let Some(cells) = cells.as_string_opt::<i64>() {
        return Some(cells.value(at));
    }
    Some(cells.as_string_opt::<i32>()?.value(at))
}

fn other(column: &str) -> ArrowError {
    ArrowError::SchemaError(format!("the column {column} has another type than the tables of a corpus"))
}
