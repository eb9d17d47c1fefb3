//! Plans beside each other: which row of the one is which of the other ([`compare`], [`pool`] for groups), which clause
//! ([`ledger`]), how alike they are ([`Search`]), which are an earlier one again ([`duplicates`]), which passages
//! they share ([`reuse`]) and from whom they likely have them ([`sources`]). And what a plan names that is not its own: the residue of another ([`places`]).

mod align;
mod candidates;
mod clauses;
mod diffusion;
pub mod duplicates;
mod edit;
mod features;
mod label;
mod ledger;
mod neighbours;
mod pool;
mod residue;
pub mod reuse;
mod search;
mod sequence;
mod similarity;
mod structure;
mod tree_edit;

pub use align::{Item, Pair, Status, compare, compare_groups};
pub use clauses::clauses;
pub use diffusion::{Party, Source, direction, sources};
pub use edit::edit;
pub use features::{Counts, FeatureBuilder, Measure, Vector, character_ngrams, tf_idf};
pub use label::Label;
pub use ledger::{Entry, ledger};
pub use neighbours::{Index, Scratch};
pub use pool::{Pooled, pool};
pub use residue::{PlaceUse, places};
pub use search::Search;
pub use sequence::order_likeness;
pub use similarity::{Bigrams, dice};
pub use structure::{Tree, Workspace};
