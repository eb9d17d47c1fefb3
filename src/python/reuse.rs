//! What plans have of each other: passages, likely sources, and a ledger of clauses.

use std::collections::{BTreeSet, HashMap};

use pyo3::prelude::*;

use super::arrow::{ArrowTable, Tables};
use super::errors::internal;
use super::lexicon::Lexicon;
use super::reading::{Given, Work};
use crate::compare::reuse::{Collection, Letters, Shared, Terms};
use crate::compare::{Party, sources as likely_sources};
use crate::frames::ledger::{PlanText, ledger};
use crate::frames::reading::Reading;
use crate::frames::reuse::{letters, rows};
use crate::frames::schema::{DIFFUSION, LEDGER, REUSE};
use crate::frames::stored::plans;
use crate::frames::{arrow_schema, diffusion};

/// Plans between two looks at Ctrl-C.
const CHUNK: usize = 16;

/// The plans of a corpus in order, each with the number of its region.
type Order = Vec<(String, Option<u32>)>;

/// What counts as a passage: letters that have to be the same, regions in which boilerplate stands, and whether all pairs are compared.
type TermsTuple = (usize, u32, bool);

/// The passages that plans share.
#[pyfunction]
#[pyo3(signature = (sources, order, terms, *, lexicon=None, repairs=None, threads=None, progress=None))]
#[allow(clippy::too_many_arguments)] // keywords of a Python function
pub fn reuse_rows(
    py: Python<'_>,
    sources: Vec<Given<'_>>,
    order: Order,
    terms: TermsTuple,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
    threads: Option<i64>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<ArrowTable> {
    let work = Work::new(py, lexicon, repairs, threads, progress)?;
    let (ids, collection, found) = find(&work, sources, order, terms)?;
    let batch = rows(&ids, &collection, &found).map_err(internal)?;
    Ok(ArrowTable::new(arrow_schema(&REUSE), vec![batch]))
}

/// For each plan its likely sources; `cites` has pairs of plans of which the first cites the second.
#[pyfunction]
#[pyo3(signature = (sources, order, terms, tables, cites, least, *, lexicon=None, repairs=None, threads=None, progress=None))]
#[allow(clippy::too_many_arguments)] // keywords of a Python function
pub fn diffusion_rows(
    py: Python<'_>,
    sources: Vec<Given<'_>>,
    order: Order,
    terms: TermsTuple,
    tables: Tables,
    cites: Vec<(String, String)>,
    least: f64,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
    threads: Option<i64>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<ArrowTable> {
    let work = Work::new(py, lexicon, repairs, threads, progress)?;
    // Stored plans have the order of the table `plans`, as `order` has.
    let stored = plans(&tables.0).map_err(internal)?;
    let (ids, collection, found) = find(&work, sources, order, terms)?;
    let cites: BTreeSet<(&str, &str)> = cites.iter().map(|(who, whom)| (who.as_str(), whom.as_str())).collect();
    let batch = py.detach(|| {
        let parties: Vec<Party> = stored.iter().map(diffusion::party).collect();
        let cited = |who: usize, whom: usize| cites.contains(&(ids[who].as_str(), ids[whom].as_str()));
        diffusion::rows(&stored, &likely_sources(&collection, &found, &parties, cited, least))
    });
    let batch = batch.map_err(internal)?;
    Ok(ArrowTable::new(arrow_schema(&DIFFUSION), vec![batch]))
}

/// What a subordinate's plan made of its superior's; `sources` are those of the two, one if they stand in the same.
#[pyfunction]
#[pyo3(signature = (sources, superior, subordinate, *, lexicon=None, repairs=None))]
pub fn ledger_rows(
    py: Python<'_>,
    sources: Vec<Given<'_>>,
    superior: &str,
    subordinate: &str,
    lexicon: Option<&Lexicon>,
    repairs: Option<Vec<String>>,
) -> PyResult<ArrowTable> {
    let work = Work::new(py, lexicon, repairs, Some(1), None)?;
    let readings: Vec<Reading> = work.readings(sources)?;
    let find = |id: &str| readings.iter().find_map(|reading| PlanText::find(reading, id));
    let (Some(a), Some(b)) = (find(superior), find(subordinate)) else {
        return Err(internal("a plan is not in the sources that were given"));
    };
    let batch = py.detach(|| ledger(&a, &b)).map_err(internal)?;
    Ok(ArrowTable::new(arrow_schema(&LEDGER), vec![batch]))
}

/// The ids of the plans, the plans as they are compared, and what each shares with those behind it.
fn find(
    work: &Work,
    sources: Vec<Given<'_>>,
    order: Order,
    (min_chars, boilerplate_regions, exhaustive): TermsTuple,
) -> PyResult<(Vec<String>, Collection, Vec<Vec<Shared>>)> {
    let terms = Terms { min_chars, boilerplate_regions, exhaustive };
    let mut by_id: HashMap<String, Letters> =
        work.quietly().sources(sources, |reading, _| letters(reading))?.into_iter().flatten().collect();
    let (ids, regions): (Vec<String>, Vec<Option<u32>>) = order.into_iter().unzip();
    let letters = ids.iter().map(|id| by_id.remove(id).unwrap_or_default()).collect();
    let collection = work.py.detach(|| Collection::new(letters, &regions));
    let found = work.each((0..ids.len()).collect(), CHUNK, |plan| collection.shared(plan, terms))?;
    Ok((ids, collection, found))
}
