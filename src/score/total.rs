//! From items to dimensions and to the total of a rubric.

use super::rubric::Rubric;
use super::{Dimension, Gap, Score};

/// A dimension of a plan, or (without a dimension) the rubric as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Total<'r> {
    /// The dimension; nothing for the rubric as a whole.
    pub dimension: Option<&'r Dimension>,
    /// The weighted mean of what was decided, times the scale; nothing where nothing was.
    pub value: Option<f64>,
    /// What it would be if everything undecided were 0; nothing where nothing applies.
    pub low: Option<f64>,
    /// What it would be if everything undecided were full (of items that exclude each other: one of them).
    pub high: Option<f64>,
    /// The greatest value.
    pub max: f64,
    /// Items that count and have a value.
    pub decided: u32,
    /// Items that count and apply.
    pub items: u32,
}

/// The dimensions of a plan, in the order of the rubric, then the rubric as a whole.
///
/// A dimension is the weighted mean of its items' values over their maxima; the whole is the weighted mean of the dimensions, times
/// the scale of the rubric. What does not apply is left out; what is undecided is left out too, and `low` and `high` say how far it could
/// move the number. Where something may be there unseen there is no number, only the bounds. Of items that exclude each other one is full,
/// whichever it is.
pub fn totals<'r>(rubric: &'r Rubric, scores: &[Score<'r>]) -> Vec<Total<'r>> {
    let mut out: Vec<Total<'r>> = Vec::with_capacity(rubric.dimensions.len() + 1);
    let mut whole = Means::default();
    // Nothing essential is missing, and nothing may be there unseen.
    let (mut complete, mut seen) = (true, true);
    // Something counts, and of what is essential something applies.
    let mut bounded = rubric.dimensions.iter().any(|dimension| dimension.weight > 0.0);
    let (mut decided, mut items) = (0, 0);
    for dimension in &rubric.dimensions {
        let (mut means, mut unseen) = (Means::default(), false);
        // Of items that exclude each other: whether one is full, and the weights of those that are open.
        let (mut full, mut open) = (false, Vec::new());
        let mut total =
            Total { dimension: Some(dimension), value: None, low: None, high: None, max: 1.0, decided: 0, items: 0 };
        for score in scores.iter().filter(|score| score.dimension == dimension) {
            let (Some(max), true) = (score.item.value.maximum(), score.item.weight > 0.0) else { continue };
            if matches!(score.gap, Some(Gap::NotApplicable(_))) {
                continue;
            }
            unseen |= matches!(score.gap, Some(Gap::Unseen(_)));
            let share = score.value.map(|value| value / max);
            means.add(share, (share.unwrap_or(0.0), share.unwrap_or(1.0)), score.item.weight);
            full |= share == Some(1.0);
            open.extend(share.is_none().then_some(score.item.weight));
            total.items += 1;
            total.decided += u32::from(share.is_some());
        }
        decided += total.decided;
        items += total.items;
        if total.items > 0 {
            let (mut low, mut high) = (means.low(), means.high());
            if dimension.exclusive && full {
                high = low;
            } else if dimension.exclusive && !open.is_empty() {
                // One of those that are open has to be full.
                low = open.iter().copied().fold(f64::INFINITY, f64::min) / means.all;
                high = open.iter().copied().fold(0.0, f64::max) / means.all;
            }
            let certain = dimension.exclusive && (full || !open.is_empty());
            let value = if certain { (low >= high).then_some(low) } else { means.value().filter(|_| !unseen) };
            unseen &= !certain;
            (total.value, total.low, total.high) = (value, Some(low), Some(high));
            whole.add(total.value, (low, high), dimension.weight);
        }
        seen &= !unseen;
        complete &= !dimension.essential || total.value.is_some();
        bounded &= !dimension.essential || total.items > 0;
        out.push(total);
    }
    let scale = rubric.scale;
    out.push(Total {
        dimension: None,
        value: whole.value().filter(|_| complete && seen).map(|value| value * scale),
        low: (bounded && whole.all > 0.0).then(|| whole.low() * scale),
        high: (bounded && whole.all > 0.0).then(|| whole.high() * scale),
        max: scale,
        decided,
        items,
    });
    out
}

/// Weighted means of values, and of their bounds.
#[derive(Default)]
struct Means {
    sum: f64,
    weight: f64,
    low: f64,
    high: f64,
    all: f64,
}

impl Means {
    fn add(&mut self, value: Option<f64>, (low, high): (f64, f64), weight: f64) {
        if let Some(value) = value {
            self.sum += weight * value;
            self.weight += weight;
        }
        self.low += weight * low;
        self.high += weight * high;
        self.all += weight;
    }

    fn value(&self) -> Option<f64> {
        (self.weight > 0.0).then(|| self.sum / self.weight)
    }

    fn low(&self) -> f64 {
        if self.all > 0.0 { self.low / self.all } else { 0.0 }
    }

    fn high(&self) -> f64 {
        if self.all > 0.0 { self.high / self.all } else { 0.0 }
    }
}
