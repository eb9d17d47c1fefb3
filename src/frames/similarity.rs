//! Rows of `similarity`, and what of plans is compared for them.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::builder::TableBuilder;
use super::reading::Reading;
use super::schema::SIMILARITY;
use super::stored::Stored;
use crate::compare::{Counts, FeatureBuilder, Index, Label, Measure, Search, Tree, Vector, character_ngrams, tf_idf};
use crate::lexicon::Lexicon;
use crate::model::SimilarityOn;

/// Characters of an n-gram.
const NGRAM: usize = 2;

/// Features of a plan's text, with how often each occurs: words that say something, or n-grams of characters.
pub fn text_features(reading: &Reading, on: SimilarityOn, lexicon: &Lexicon) -> Vec<(String, Vec<(String, u32)>)> {
    let words = &lexicon.compiled().words;
    let of = |text: &str| match on {
        SimilarityOn::Characters => character_ngrams(text, NGRAM),
        _ => words.of(text).into_iter().filter(|word| !word.stop).map(|word| (word.text.to_owned(), 1)).collect(),
    };
    reading.plans.iter().map(|(id, plan)| (id.clone(), of(plan.of(reading.text())))).collect()
}

/// A search among plans by the features of their texts.
pub fn by_text(features: Vec<Vec<(String, u32)>>) -> Search {
    let mut builder = FeatureBuilder::new();
    let counts: Vec<Counts> = features.into_iter().map(|features| builder.texts(features)).collect();
    Search::Vectors(Index::new(tf_idf(&counts)), Measure::Cosine)
}

/// A search among plans by what their tables say.
pub fn by_tables(plans: &[Stored], on: SimilarityOn) -> Search {
    match on {
        SimilarityOn::Phases => Search::Sequences(plans.iter().map(stages).collect()),
        SimilarityOn::Criteria => Search::Vectors(Index::new(criteria(plans)), Measure::Jaccard),
        _ => {
            let trees: Vec<Tree> = plans.iter().map(tree).collect();
            let mut builder = FeatureBuilder::new();
            let headings = trees.iter().map(|tree| Vector::of_counts(&builder.keys(tree.heading_features()))).collect();
            Search::Trees(trees, Index::new(headings))
        }
    }
}

/// The canonical stages of a plan's own phases, in order.
fn stages(stored: &Stored) -> Vec<u8> {
    let own = stored.plan.phases.iter().filter(|phase| phase.level == 1);
    own.filter_map(|phase| phase.stage).map(|stage| stage as u8).collect()
}

fn tree(stored: &Stored) -> Tree {
    Tree::new(stored.plan.sections.iter().map(|section| {
        let part = stored.part(section).map(|component| component as u8);
        (stored.above(section), Label::new(part, &section.heading))
    }))
}

/// Frameworks and items of criteria, each weighted by how rare it is: ln((1 + N) / (1 + df)) + 1.
fn criteria(plans: &[Stored]) -> Vec<Vector> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut builder = FeatureBuilder::new();
    let counts: Vec<Counts> = plans
        .iter()
        .map(|stored| {
            let features = stored.plan.criteria.iter().flat_map(|criterion| {
                let framework = letters(&criterion.framework);
                let item = criterion.item.as_deref().map(|item| format!("{framework}\t{}", letters(item)));
                std::iter::once(framework).chain(item)
            });
            builder.texts(features.map(|feature| (feature, 1)))
        })
        .collect();
    let mut frequency = vec![0u32; builder.size()];
    for (id, _) in counts.iter().flatten() {
        frequency[*id as usize] += 1;
    }
    let all = 1.0 + plans.len() as f64;
    let rarity = |id: u32| ((all / (1.0 + f64::from(frequency[id as usize]))).ln() + 1.0) as f32;
    counts.iter().map(|features| Vector::new(features.iter().map(|(id, _)| (*id, rarity(*id))).collect())).collect()
}

/// The rows of what was found for each plan, in order.
pub fn rows(ids: &[String], on: SimilarityOn, found: &[Vec<(usize, Option<f64>)>]) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&SIMILARITY);
    for (plan, others) in ids.iter().zip(found) {
        for (other, likeness) in others {
            table.row().str(plan.as_str()).str(ids[*other].as_str()).category(on.as_str()).f64(*likeness).end();
        }
    }
    table.finish()
}
