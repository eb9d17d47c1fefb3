//! Rows of `score` and of its totals.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::builder::TableBuilder;
use super::reading::Reading;
use super::schema::{SCORE, SCORE_TOTALS};
use super::stored::Stored;
use crate::lexicon::Lexicon;
use crate::score::{Evidence, Gap, Rubric, Subject, score, totals};

/// The scores of the plans of a source, one rubric after the other for each plan, and their totals. `plans` has them in the order of the
/// reading.
pub fn scores(
    reading: &Reading,
    plans: &[&Stored],
    rubrics: &[Rubric],
    lexicon: &Lexicon,
) -> Result<(RecordBatch, RecordBatch), ArrowError> {
    let (mut rows, mut sums) = (TableBuilder::new(&SCORE), TableBuilder::new(&SCORE_TOTALS));
    let places = reading.places();
    for ((id, span), stored) in reading.plans.iter().zip(plans) {
        let subject = Subject {
            plan: &stored.plan,
            text: span.of(reading.text()),
            diagnostics: &stored.diagnostics,
            frameworks: &lexicon.compiled().frameworks,
        };
        for rubric in rubrics {
            let scores = score(&subject, rubric);
            for scored in &scores {
                let mut evidence: Vec<(u32, u32)> = scored
                    .evidence
                    .iter()
                    .map(|evidence| match evidence {
                        Evidence::Row(place) => (place.start, place.end),
                        Evidence::Text(found) => places.of(found.shifted(span.start)),
                    })
                    .collect();
                evidence.sort_unstable();
                rows.row()
                    .str(id.as_str())
                    .str(rubric.name.as_str())
                    .str(scored.dimension.name.as_str())
                    .str(scored.item.name.as_str())
                    .f64(scored.value)
                    .f64(scored.item.value.maximum())
                    .f64(scored.item.weight)
                    .spans(evidence)
                    .str(scored.gap.as_ref().map(Gap::note))
                    .end();
            }
            for total in totals(rubric, &scores) {
                let band = total.value.filter(|_| total.dimension.is_none()).and_then(|value| rubric.band(value));
                sums.row()
                    .str(id.as_str())
                    .str(rubric.name.as_str())
                    .str(total.dimension.map(|dimension| dimension.name.as_str()))
                    .f64(total.value)
                    .f64(total.low)
                    .f64(total.high)
                    .f64(total.max)
                    .u32(total.decided)
                    .u32(total.items)
                    .str(band)
                    .end();
            }
        }
    }
    Ok((rows.finish()?, sums.finish()?))
}
