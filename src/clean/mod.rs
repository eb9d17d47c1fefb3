//! Text → repaired Simplified text, with the way back.

use crate::diagnostic::Diagnostic;
use crate::lexicon::Lexicon;
use crate::model::Cleaned;
use crate::pipeline::Options;

/// Clean one source text.
pub fn clean(source: &str, _lexicon: &Lexicon, _options: &Options) -> (Cleaned, Vec<Diagnostic>) {
    (Cleaned { text: source.to_owned(), ..Cleaned::default() }, Vec::new())
}
