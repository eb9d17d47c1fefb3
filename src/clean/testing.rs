//! Tables of (before, after) for the tests of the passes.

use super::{Context, Pass, fix, profile::Profile};
use crate::lexicon::Lexicon;

/// What one pass alone makes of a text.
pub(super) fn run(pass: Pass, text: &str) -> String {
    let profile = Profile::of(text);
    let context = Context { lexicon: Lexicon::builtin(), source: text, script: profile.script(), profile };
    let mut fixes = (pass.find)(text, &context, &mut Vec::new());
    fix::apply(text, &mut fixes).0
}

/// The pass makes the second text of the first.
pub(super) fn check(pass: Pass, cases: &[(&str, &str)]) {
    for (before, after) in cases {
        assert_ne!(before, after, "a case that changes nothing belongs among the untouched ones");
        pretty_assertions::assert_eq!(run(pass, before), *after, "of {before:?}");
    }
}

/// The pass leaves these texts alone.
pub(super) fn untouched(pass: Pass, texts: &[&str]) {
    for text in texts {
        pretty_assertions::assert_eq!(run(pass, text), *text);
    }
}
