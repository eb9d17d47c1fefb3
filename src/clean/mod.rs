//! Text → repaired Simplified text, with the way back.
//!
//! A pass is a function from a text to the changes that it wants; they are made here, in one place, which keeps the map
//! to the source and the list of repairs. The passes, in this order because each relies on those before it:
//!
//! 1. `mojibake`: wrong decoding, before anything touches the characters that are its only evidence;
//! 2. `width`: forms of characters, so that the patterns of later passes are simple;
//! 3. `pinyin`: while the characters are still those that the readings were put behind, and before phrases are sought;
//! 4. `script`: Traditional → Simplified; from here on the text is Simplified;
//! 5. `taiwan`: words of Taiwan, whose table is in Simplified script;
//! 6. `watermark`: sentences of crawlers, which would hide the ends of lines;
//! 7. `ocr`: slips of character recognition, some of which stand at the ends of lines;
//! 8. `lines`: wrapped lines.
//!
//! The round is repeated as long as it changes something (three times at most), so that cleaning a cleaned text again
//! changes nothing.

mod cache;
mod fix;
pub(crate) mod hanzi;
mod language;
mod lines;
mod mojibake;
mod ocr;
mod phrases;
mod pinyin;
mod profile;
mod script;
mod taiwan;
mod watermark;
mod width;

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::lexicon::Lexicon;
use crate::model::{Cleaned, Repair, RepairKind, Script};
use crate::pipeline::Options;
use crate::source_map::SourceMap;

use fix::Fix;
use profile::Profile;

/// What a pass may know besides the text.
struct Context<'a> {
    lexicon: &'a Lexicon,
    /// The source.
    source: &'a str,
    /// Counts of the text's characters at the start of the round.
    profile: Profile,
    /// Script of the source.
    script: Option<Script>,
}

/// A pass: the changes that it wants, in order and without overlap. Diagnostics have spans of the pass's input.
#[derive(Clone, Copy)]
struct Pass {
    kind: RepairKind,
    find: fn(&str, &Context<'_>, &mut Vec<Diagnostic>) -> Vec<Fix>,
}

const PASSES: &[Pass] =
    &[mojibake::PASS, width::PASS, pinyin::PASS, script::PASS, taiwan::PASS, watermark::PASS, ocr::PASS, lines::PASS];

/// Rounds of all passes.
const ROUNDS: usize = 3;

/// From how many repairs of a kind on the source counts as damaged in that way.
const DAMAGE: usize = 3;

/// Clean one source text.
pub fn clean(source: &str, lexicon: &Lexicon, options: &Options) -> (Cleaned, Vec<Diagnostic>) {
    let profile = Profile::of(source);
    let script = profile.script();
    let mut work = Work { text: Cow::Borrowed(source), map: SourceMap::identity(), repairs: Vec::new(), version: 0 };
    let mut diagnostics = Vec::new();
    // English and Japanese stay as they are; what is Latin-1 only may be Chinese decoded wrongly.
    if script.is_none() && profile.latin == 0 {
        return (Cleaned { text: source.to_owned(), ..Cleaned::default() }, diagnostics);
    }
    let mut context = Context { lexicon, source, profile, script };
    // The version of the text that a pass last found nothing to do in: it need not read that one again.
    let mut content = [None; PASSES.len()];
    for round in 0..ROUNDS {
        let mut changed = false;
        for (pass, content) in PASSES.iter().zip(&mut content) {
            if *content == Some(work.version) {
                continue;
            }
            if options.repairs.as_ref().is_some_and(|kinds| !kinds.contains(&pass.kind)) {
                continue;
            }
            let mut doubts = Vec::new();
            let fixes = (pass.find)(&work.text, &context, &mut doubts);
            if round == 0 {
                diagnostics.extend(doubts.into_iter().map(|doubt| work.of_source(doubt)));
            }
            if work.make(pass.kind, fixes) {
                changed = true;
                // What was Latin-1 may be Chinese now, or no longer Latin.
                if pass.kind == RepairKind::Mojibake && round == 0 {
                    context.profile = Profile::of(&work.text);
                    context.script = context.profile.script();
                }
            } else {
                *content = Some(work.version);
            }
            if context.script.is_none() {
                break;
            }
        }
        if !changed {
            break;
        }
        let profile = Profile::of(&work.text);
        if profile.opens_more_than(&context.profile) {
            content = [None; PASSES.len()];
        }
        context.profile = profile;
    }
    let script = context.script;
    let noise = noise(source, script, &work.repairs);
    work.repairs.sort_by_key(|repair| (repair.span.start, repair.span.end));
    for diagnostic in &mut diagnostics {
        diagnostic.span = work.map.to_output(diagnostic.span);
    }
    (Cleaned { text: work.text.into_owned(), map: work.map, repairs: work.repairs, script, noise }, diagnostics)
}

/// The text as far as it has been repaired.
struct Work<'a> {
    text: Cow<'a, str>,
    map: SourceMap,
    repairs: Vec<Repair>,
    /// How often the text has changed.
    version: usize,
}

impl Work<'_> {
    /// Make changes; whether there were any.
    fn make(&mut self, kind: RepairKind, mut fixes: Vec<Fix>) -> bool {
        if fixes.is_empty() {
            return false;
        }
        let (text, map) = fix::apply(&self.text, &mut fixes);
        if map.is_identity() {
            return false;
        }
        let mut places = self.map.reader();
        let told = fixes.iter().filter(|fix| !fix.quiet);
        let mut told = told.map(|fix| (places.next_source(fix.range.clone().into()), fix));
        // The text of one repair is put together here, so that it is allocated once.
        let mut after = String::new();
        let mut open = told.next();
        while let Some((mut span, fix)) = open {
            let mut confidence = fix.confidence;
            after.clear();
            after.push_str(&fix.with);
            open = told.next();
            // Neighbours are one repair: 衛生 rather than 衛 and 生.
            while let Some((next, fix)) = open.filter(|(next, _)| next.start == span.end && !next.is_empty()) {
                span.end = next.end;
                after.push_str(&fix.with);
                confidence = [confidence, fix.confidence].into_iter().flatten().reduce(f32::min);
                open = told.next();
            }
            self.repairs.push(Repair { kind, span, after: after.as_str().into(), confidence });
        }
        self.map = if self.map.is_identity() { map } else { self.map.then(&map) };
        self.version += 1;
        self.text = Cow::Owned(text);
        true
    }

    /// A diagnostic with its span of the source.
    fn of_source(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        diagnostic.span = self.map.to_source(diagnostic.span);
        diagnostic
    }
}

/// The kinds of noise that the source has in earnest, by the names that analysts use.
fn noise(source: &str, script: Option<Script>, repairs: &[Repair]) -> Vec<&'static str> {
    // A space that goes is no damage.
    let damage = |repair: &&Repair| !repair.before(source).trim().is_empty();
    let count = |kind: RepairKind| repairs.iter().filter(|repair| repair.kind == kind).filter(damage).count();
    let mut noise = Vec::new();
    if matches!(script, Some(Script::Hant | Script::Mixed)) {
        noise.push("traditional");
    }
    for (kind, name, enough) in [
        (RepairKind::Pinyin, "pinyin", DAMAGE),
        (RepairKind::Mojibake, "mojibake", 1),
        (RepairKind::Ocr, "ocr", DAMAGE),
        (RepairKind::TaiwanVocabulary, "taiwan_vocabulary", 2),
    ] {
        if count(kind) >= enough {
            noise.push(name);
        }
    }
    noise.sort_unstable();
    noise
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
