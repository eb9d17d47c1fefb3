//! **fangan** (方案) turns messy Chinese policy documents into tables of plans, phases and criteria, each cell with the
//! exact place in the source that says so.
//!
//! bytes → [`decode`] or [`formats`] → [`clean`] → [`split`] → [`outline`] → [`extract`] → `frames` → Python
//!
//! A stage is a function of its input and the [`lexicon::Lexicon`] that returns its output and its
//! [diagnostics](diagnostic::Diagnostic). No content is ever an error.

mod charset;
pub mod clean;
pub mod compare;
pub mod decode;
pub mod diagnostic;
pub mod error;
pub mod extract;
pub mod formats;
#[cfg(feature = "frames")]
pub mod frames;
pub mod lexicon;
pub mod model;
pub mod numeral;
pub mod outline;
pub mod pipeline;
#[cfg(feature = "python")]
#[allow(unsafe_code)]
mod python;
pub mod score;
pub mod source_map;
pub mod span;
pub mod split;
pub mod words;

pub use pipeline::{Options, parse};
