//! Fields of a document's head as evidence: where the text has them.

use serde::Deserialize;

use super::{Evidence, Subject};
use crate::extract::dates::{Base, expressions};
use crate::model::{AdminLevel, Genre};
use crate::span::Span;

/// A field of `plans`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Title.
    Title,
    /// Issuing body.
    Issuer,
    /// Document number.
    DocNumber,
    /// Bodies that it is addressed to.
    Addressees,
    /// Day of issue.
    IssuedOn,
    /// Campaign.
    Campaign,
    /// Kind of document.
    Genre,
    /// Level of the issuing body.
    AdminLevel,
    /// How long the campaign lasts: `within_a_year`, `one_to_three_years`, `over_three_years`.
    Window,
}

impl Field {
    /// Whether it stands before the text, so that a document that breaks off has not lost it.
    pub(super) fn stands_at_the_head(self) -> bool {
        !matches!(self, Self::Issuer | Self::IssuedOn | Self::Window)
    }

    /// The values that it can have, where these are a fixed list.
    pub(super) fn values(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Genre => Some(Genre::TEXTS),
            Self::AdminLevel => Some(AdminLevel::TEXTS),
            Self::Window => Some(&["within_a_year", "one_to_three_years", "over_three_years"]),
            _ => None,
        }
    }

    /// What it says, and where: nothing where it is null or none of the values that are asked for.
    pub(super) fn find(self, subject: &Subject, values: &[String]) -> Vec<Evidence> {
        let plan = subject.plan;
        let title = plan.title.as_deref();
        let (value, shown): (Option<String>, Option<&str>) = match self {
            Self::Title => (plan.title.clone(), title),
            Self::Issuer => (plan.issuer.clone(), plan.issuer.as_deref()),
            Self::DocNumber => (plan.doc_number.clone(), plan.doc_number.as_deref()),
            Self::Addressees => (plan.addressees.first().cloned(), plan.addressees.first().map(String::as_str)),
            Self::Campaign => (plan.campaign.clone(), plan.campaign.as_deref()),
            Self::Genre => (plan.genre.map(Genre::as_str).map(str::to_owned), title),
            Self::AdminLevel => {
                (plan.region.level.map(AdminLevel::as_str).map(str::to_owned), plan.issuer.as_deref().or(title))
            }
            Self::IssuedOn => return Self::issued(subject),
            Self::Window => (Self::window(subject).map(str::to_owned), None),
        };
        let Some(value) = value else { return Vec::new() };
        if !values.is_empty() && !values.contains(&value) {
            return Vec::new();
        }
        vec![shown.and_then(|shown| find(subject.text, shown)).map_or(Evidence::Row(plan.span), Evidence::Text)]
    }

    /// The day of issue, as the text writes it: the last expression that states it, or the plan as a whole where it was made out of others.
    fn issued(subject: &Subject) -> Vec<Evidence> {
        let Some(issued) = subject.plan.issued else { return Vec::new() };
        let found = expressions(subject.text, &Base { year: subject.plan.year, ..Base::default() });
        let at = found.iter().rev().find(|time| time.start.is_some_and(|moment| moment.date == issued.date));
        let at = at.map(|time| time.span);
        vec![at.map_or(Evidence::Row(subject.plan.span), Evidence::Text)]
    }

    fn window(subject: &Subject) -> Option<&'static str> {
        let (start, end) = (subject.plan.window_start?, subject.plan.window_end?);
        let days = (end.date - start.date).get_days();
        Some(match days {
            ..=366 => "within_a_year",
            367..=1096 => "one_to_three_years",
            _ => "over_three_years",
        })
    }
}

/// Where a text has a phrase, white space aside: titles run over lines.
fn find(text: &str, phrase: &str) -> Option<Span> {
    if let Some(at) = text.find(phrase) {
        return Some(Span::new(at, at + phrase.len()));
    }
    let wanted: Vec<char> = phrase.chars().filter(|c| !c.is_whitespace()).collect();
    if wanted.is_empty() {
        return None;
    }
    let letters: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
    let at = letters.windows(wanted.len()).position(|window| window.iter().map(|(_, c)| c).eq(&wanted))?;
    let (start, (last, c)) = (letters[at].0, letters[at + wanted.len() - 1]);
    Some(Span::new(start, last + c.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_over_lines() {
        let text = "关于植树\n造林的通知";
        assert_eq!(find(text, "植树造林").map(|span| span.of(text)), Some("植树\n造林"));
        assert_eq!(find(text, "关于").map(|span| span.of(text)), Some("关于"));
        assert_eq!(find(text, "改厕"), None);
        assert_eq!(find("", "改厕"), None);
        assert_eq!(find("改厕", " "), None);
    }
}
