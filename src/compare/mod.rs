//! Two plans side by side: which section, phase, criterion and target of the one is which of the other, and what became
//! of it. And what a plan names that is not its own: the residue of another.

mod align;
mod residue;
mod similarity;

pub use align::{Item, Pair, Status, compare};
pub use residue::{PlaceUse, places};
pub use similarity::{Bigrams, dice};
