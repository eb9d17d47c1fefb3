//! Text reuse: passages that two plans share, whatever was edited in them.
//!
//! [`Letters`] is what is compared: letters and digits of the repaired text, so that script, pinyin, punctuation and line ends play no part.
//! [`Index`] says which plans are worth a closer look, [`tiles`] finds the runs that two plans share word for word, [`passages`] joins runs
//! into passages with the edits between them, and [`Index::regions`] tells national boilerplate from a copy.

mod index;
mod letters;
mod passages;
mod tiles;

pub use index::Index;
pub use letters::Letters;
pub use passages::{Passage, passages};
pub use tiles::{Tile, tiles};
