//! Each document once: short forms under their full titles.

use std::collections::{HashMap, HashSet};

use super::exclusions::Exclusions;
use crate::model::{Reference, Relation};

/// A reference before short forms are merged.
pub(super) struct Found {
    pub bare: String,
    pub reference: Reference,
    /// Named in one list with the document before it, so that it is none of its short forms.
    pub listed: bool,
}

/// Longest short form, in characters.
const SHORT: usize = 12;

/// Each document once: short forms under their full titles, lone short forms left out.
pub(super) fn merged(
    found: Vec<Found>,
    own: &[String],
    aliases: &[(String, String)],
    exclusions: &Exclusions,
) -> Vec<Reference> {
    let aliases: HashMap<&str, &str> = aliases.iter().map(|(short, full)| (short.as_str(), full.as_str())).collect();
    // The longest title that ends in a short form.
    let mut endings: HashMap<String, String> = HashMap::new();
    for title in found.iter().map(|found| &found.bare).chain(own) {
        for (place, _) in title.char_indices().rev().take(SHORT).filter(|(place, _)| *place > 0) {
            let ending = endings.entry(title.get(place..).unwrap_or("").to_owned()).or_default();
            if ending.len() < title.len() {
                title.clone_into(ending);
            }
        }
    }
    let apart = told_apart(&found, exclusions);
    let own: HashSet<&str> = own.iter().map(String::as_str).collect();
    let (mut by_name, mut by_number): (HashMap<String, usize>, HashMap<String, usize>) =
        (HashMap::new(), HashMap::new());
    let mut out: Vec<Reference> = Vec::new();
    for Found { bare, reference, .. } in found {
        let longer = endings.get(&bare).filter(|_| reference.title.is_some() && !apart.contains(&bare));
        let name = match (aliases.get(bare.as_str()), longer) {
            (Some(full), _) => (*full).to_owned(),
            (None, Some(full)) => full.clone(),
            (None, None) if exclusions.generic.contains(&bare) => continue,
            (None, None) => bare,
        };
        if own.contains(name.as_str()) {
            continue;
        }
        let number = reference.doc_number.clone();
        let known = by_name.get(&name).or_else(|| numbered(&by_number, number.as_ref()?, &reference)).copied();
        let at = known.unwrap_or(out.len());
        by_name.entry(name).or_insert(at);
        if let Some(number) = number {
            by_number.entry(number).or_insert(at);
        }
        match out.get_mut(at) {
            Some(known) => {
                known.doc_number = known.doc_number.take().or(reference.doc_number);
                let length = |title: &Option<String>| title.as_ref().map_or(0, String::len);
                if length(&reference.title) > length(&known.title) {
                    known.title = reference.title;
                    known.span = reference.span;
                }
                if reference.relation == Relation::Basis {
                    known.relation = Relation::Basis;
                }
            }
            None => out.push(reference),
        }
    }
    out
}

/// Titles that stand in one list with a longer one that ends with them: 《殡葬管理条例》、《某省殡葬管理条例》 are two documents.
fn told_apart(found: &[Found], exclusions: &Exclusions) -> HashSet<String> {
    let mut apart = HashSet::new();
    for pair in found.windows(2) {
        let [first, second] = pair else { continue };
        if second.listed && first.bare != second.bare {
            let (short, long) = if first.bare.len() < second.bare.len() { (first, second) } else { (second, first) };
            if long.bare.ends_with(&short.bare) && !exclusions.generic.contains(&short.bare) {
                apart.insert(short.bare.clone());
            }
        }
    }
    apart
}

/// The document that a number stands for. A number alone may have taken in the word before it: 对浙委〔2008〕14号.
fn numbered<'m>(by_number: &'m HashMap<String, usize>, number: &str, reference: &Reference) -> Option<&'m usize> {
    let whole = by_number.get(number);
    let shorter = || {
        let mut ends = number.char_indices().skip(1).take(3).filter_map(|(place, _)| number.get(place..));
        ends.find_map(|end| by_number.get(end)).filter(|_| reference.title.is_none())
    };
    whole.or_else(shorter)
}
