//! Text reuse: passages that two plans share, whatever was edited in them.
//!
//! [`Letters`] is what is compared: letters and digits of the repaired text, so that script, pinyin, punctuation and line ends play no part.
//! An index of fingerprints says which plans of a [`Collection`] are worth a closer look, [`tiles`] finds the runs that two plans share word
//! for word, [`passages`] joins runs into passages with the edits between them; in how many regions a passage stands tells national
//! boilerplate from a copy.

mod collection;
mod index;
mod letters;
mod passages;
mod tiles;

pub use collection::{Collection, Shared, Terms};
pub use letters::Letters;
pub use passages::{Passage, passages};
pub use tiles::{Tile, tiles};
