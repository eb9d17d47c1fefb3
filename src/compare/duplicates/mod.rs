//! The same document under several names: which plans repeat an earlier one, letter for letter or nearly.
//!
//! A [`Fingerprint`] of a plan's letters is made once and is all that is needed afterwards: a digest for sameness, and a signature that tells
//! how many runs of five letters two plans have in common. [`Originals`] takes fingerprints one by one and says of each whether it is an
//! earlier plan again. [`Facts`] keep apart what is the same text of two counties, which is no copy but a template filled in twice.

mod banding;
mod facts;
mod fingerprint;
mod grams;
mod originals;
mod table;

pub use banding::Banding;
pub use facts::Facts;
pub use fingerprint::{BINS, Fingerprint};
pub use grams::{GRAM, Grams, letters};
pub use originals::{Duplicate, Originals, SHORTEST};
