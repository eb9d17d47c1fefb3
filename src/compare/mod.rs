//! Two plans side by side: which section, phase, criterion and target of the one is which of the other, and what became
//! of it.

mod align;
mod similarity;

pub use align::{Item, Pair, Status, compare};
pub use similarity::{Bigrams, dice};
