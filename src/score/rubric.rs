//! Rubrics: what a score looks at, as data that an analyst can copy and edit.

use std::collections::BTreeSet;

use regex::Regex;
use serde::Deserialize;

use super::select::Selector;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Genre;

/// The rubrics that come with the package: name and text.
pub const BUILTIN: &[(&str, &str)] = &[
    ("completeness", include_str!("rubrics/completeness.toml")),
    ("specificity", include_str!("rubrics/specificity.toml")),
    ("criteria", include_str!("rubrics/criteria.toml")),
    ("consistency", include_str!("rubrics/consistency.toml")),
    ("pmc", include_str!("rubrics/pmc.toml")),
];

/// A rubric: dimensions, each with items, each with a way to measure it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// Name, as the column `rubric` has it.
    pub name: String,
    /// Name in Chinese.
    pub chinese: String,
    /// What it measures.
    pub meaning: String,
    /// Where the method comes from.
    pub source: String,
    /// What a plan gets that has everything: 1, or 10 for the PMC index.
    #[serde(default = "one")]
    pub scale: f64,
    /// Names of ranges of the total, the highest first.
    #[serde(default, rename = "band")]
    pub bands: Vec<Band>,
    /// The rows of a matrix of dimensions (the PMC surface).
    #[serde(default)]
    pub surface: Vec<Vec<String>>,
    /// The dimensions.
    #[serde(rename = "dimension")]
    pub dimensions: Vec<Dimension>,
}

/// A range of totals.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Name.
    pub name: String,
    /// Least total of it.
    pub least: f64,
}

/// A dimension: the weighted mean of its items.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Name, as the column `dimension` has it.
    pub name: String,
    /// Name in Chinese.
    pub chinese: String,
    /// Its weight in the total.
    #[serde(default = "one")]
    pub weight: f64,
    /// Whether exactly one of its items is full, be it unknown which (levels of issue).
    #[serde(default)]
    pub exclusive: bool,
    /// Whether there is no total where none of its items has a value.
    #[serde(default)]
    pub essential: bool,
    /// The items.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// An item: one number a plan.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Name, as the column `item` has it.
    pub name: String,
    /// What is measured.
    pub meaning: String,
    /// How the number is made.
    pub value: Value,
    /// What is counted.
    #[serde(default)]
    pub count: Vec<Selector>,
    /// What a share is a share of.
    #[serde(default)]
    pub of: Vec<Selector>,
    /// What has to be there for the item to apply; otherwise its value is null.
    #[serde(default)]
    pub needs: Vec<Selector>,
    /// Whether the value is open where `needs` are not there, rather than not asked for.
    #[serde(default)]
    pub open: bool,
    /// How many of `needs` have to be there.
    #[serde(default = "once")]
    pub needs_least: usize,
    /// How many of `count` make `any` true.
    #[serde(default = "once")]
    pub least: usize,
    /// Kinds of documents that it is asked of; all where none is named.
    #[serde(default)]
    pub genres: Vec<String>,
    /// Weight in the dimension; 0 for what is told but does not count.
    #[serde(default = "one")]
    pub weight: f64,
    /// Why it cannot be decided, for `undecided`.
    #[serde(default)]
    pub note: String,
}

/// How the number of an item is made.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// 1 if anything is found, else 0.
    Any,
    /// 1 if nothing is found, else 0.
    None,
    /// How many are found; without a maximum, so it has no part in the total.
    Count,
    /// How many are found in 1,000 characters; without a maximum.
    #[serde(rename = "per_1000")]
    PerThousand,
    /// Found of `of`, 0 to 1.
    Share,
    /// Canonical frameworks of the plan's campaign that it has, of all.
    FrameworksCovered,
    /// Items of frameworks that are there, of those that the formulas declare.
    FoundOfDeclared,
    /// How near items of canonical frameworks are to the canonical wording.
    CanonicalWording,
    /// Always null: text does not tell.
    Undecided,
}

impl Value {
    /// The greatest value; nothing where there is none.
    pub fn maximum(self) -> Option<f64> {
        (!matches!(self, Self::Count | Self::PerThousand)).then_some(1.0)
    }
}

fn one() -> f64 {
    1.0
}

fn once() -> usize {
    1
}

impl Rubric {
    /// Read a rubric. A mistake says which dimension and item it is in.
    pub fn parse(text: &str) -> Result<Self> {
        let bad = |message: String| Error::new(ErrorKind::InvalidArgument, message);
        let mut rubric: Rubric =
            toml::from_str(text).map_err(|error| bad(format!("the rubric cannot be read: {error}")))?;
        if !(rubric.scale > 0.0 && rubric.scale.is_finite()) {
            return Err(bad(format!("the scale is {}; give a number above 0", rubric.scale)));
        }
        if !rubric.bands.is_sorted_by(|above, below| above.least > below.least) {
            return Err(bad("the bands have to stand from the highest to the lowest".into()));
        }
        let (mut dimensions, mut items) = (BTreeSet::new(), BTreeSet::new());
        for dimension in &mut rubric.dimensions {
            if !dimensions.insert(dimension.name.clone()) {
                return Err(bad(format!("the dimension {:?} stands twice", dimension.name)));
            }
            check_weight(dimension.weight).map_err(|error| error.with_context(dimension.name.clone()))?;
            for item in &mut dimension.items {
                let context = format!("{}, {}", dimension.name, item.name);
                // Side by side, items are columns with these names.
                if !items.insert(format!("{} {}", dimension.name, item.name)) {
                    return Err(bad("another item is called the same".into()).with_context(context));
                }
                item.check().map_err(|error| error.with_context(context))?;
            }
        }
        for name in rubric.surface.iter().flatten() {
            if !rubric.dimensions.iter().any(|dimension| dimension.name == *name) {
                return Err(bad(format!("the surface names {name:?}, which is no dimension")));
            }
        }
        Ok(rubric)
    }

    /// A rubric that comes with the package.
    pub fn builtin(name: &str) -> Result<Self> {
        let Some((_, text)) = BUILTIN.iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = BUILTIN.iter().map(|(name, _)| *name).collect();
            let message = format!("no rubric is called {name:?}; there are {}", known.join(", "));
            return Err(Error::new(ErrorKind::NotFound, message));
        };
        Self::parse(text)
    }

    /// The name of the range that a total lies in.
    pub fn band(&self, total: f64) -> Option<&str> {
        self.bands.iter().find(|band| total >= band.least).map(|band| band.name.as_str())
    }
}

fn check_weight(weight: f64) -> Result<()> {
    if (0.0..=1e6).contains(&weight) {
        return Ok(());
    }
    Err(Error::new(ErrorKind::InvalidArgument, format!("the weight is {weight}; give 0 or more, a million at most")))
}

impl Item {
    fn check(&mut self) -> Result<()> {
        let bad = |message: String| Err(Error::new(ErrorKind::InvalidArgument, message));
        check_weight(self.weight)?;
        for genre in &self.genres {
            if Genre::parse(genre).is_none() {
                return bad(format!("{genre:?} is no genre; choose from {}", Genre::TEXTS.join(", ")));
            }
        }
        let counts = matches!(self.value, Value::Any | Value::None | Value::Count | Value::PerThousand | Value::Share);
        if counts == self.count.is_empty() {
            return bad(if counts { "`count` is missing" } else { "`count` has no meaning here" }.into());
        }
        if (self.value == Value::Share) == self.of.is_empty() {
            return bad("a share, and nothing else, needs `of`".into());
        }
        if self.value == Value::Undecided && self.note.is_empty() {
            return bad("`note` has to say why it is undecided".into());
        }
        if self.value.maximum().is_none() && self.weight > 0.0 {
            return bad("what has no maximum cannot count for the total; give it weight = 0".into());
        }
        [&mut self.count, &mut self.of, &mut self.needs].into_iter().flatten().try_for_each(Selector::prepare)
    }
}

/// A pattern of a rubric, read once.
pub(super) fn pattern(words: &[String]) -> Result<Regex> {
    let bad = |message: String| Error::new(ErrorKind::InvalidArgument, message);
    let all = words.iter().map(|word| format!("(?:{word})")).collect::<Vec<_>>().join("|");
    let pattern = Regex::new(&all).map_err(|error| bad(format!("`words` are no regular expressions: {error}")))?;
    if pattern.is_match("") {
        return Err(bad("`words` also match nothing at all, so they would be found everywhere".into()));
    }
    Ok(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
name = "small"
chinese = "小"
meaning = "A trial"
source = "none"
[[dimension]]
name = "one"
chinese = "一"
[[dimension.item]]
name = "leaders"
meaning = "Somebody leads"
value = "any"
count = [{ rows = "leaders" }]
"#;

    #[test]
    fn every_builtin_rubric_can_be_read() {
        for (name, _) in BUILTIN {
            let rubric = Rubric::builtin(name).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(rubric.name, *name);
            assert!(rubric.bands.windows(2).all(|pair| pair[0].least > pair[1].least), "{name}");
        }
        assert!(Rubric::builtin("none").unwrap_err().to_string().contains("completeness"));
    }

    #[test]
    fn mistakes_say_where() {
        let cases = [
            (SMALL.replace("rows = \"leaders\"", "rows = \"heads\""), "heads"),
            (SMALL.replace("value = \"any\"", "value = \"most\""), "most"),
            (
                SMALL.replace("value = \"any\"", "value = \"share\""),
                "one, leaders: a share, and nothing else, needs `of`",
            ),
            (SMALL.replace("value = \"any\"", "value = \"count\""), "weight = 0"),
            (SMALL.replace("rows = \"leaders\"", "words = [\"(\"]"), "one, leaders: `words`"),
            (SMALL.replace("rows = \"leaders\"", "rows = \"leaders\", where = [\"dated\"]"), "dated"),
            (SMALL.replace("rows = \"leaders\"", "field = \"colour\""), "colour"),
            (SMALL.replace("rows = \"leaders\"", "component = [\"领导\"]"), "领导"),
            (format!("{SMALL}genres = [\"诗\"]"), "诗"),
            (format!("{SMALL}weight = -1"), "0 or more"),
            (format!("{SMALL}weight = 1e308"), "0 or more"),
            (SMALL.replace("rows = \"leaders\"", "words = [\"资金|\"]"), "match nothing"),
            (SMALL.replace("rows = \"leaders\"", "diagnostic = [\"numbering_gap\"]"), "numbering-gap"),
            (SMALL.replace("rows = \"leaders\"", "field = \"admin_level\", is = [\"County\"]"), "county"),
            (SMALL.replace("source = \"none\"", "source = \"none\"\nscale = nan"), "scale"),
            (
                SMALL.replace(
                    "source = \"none\"",
                    "source = \"none\"\nband = [{name = \"low\", least = 0.0}, {name = \"high\", least = 0.5}]",
                ),
                "highest to the lowest",
            ),
            (
                SMALL.replace("rows = \"leaders\"", "rows = \"leaders\", where = [\"top\"]"),
                "top goes with rows of phases, sections only",
            ),
            (SMALL.replace("rows = \"leaders\"", ""), "one, leaders"),
        ];
        assert!(Rubric::parse(SMALL).is_ok());
        for (text, expected) in cases {
            let error = Rubric::parse(&text).expect_err(expected).to_string();
            assert!(error.contains(expected), "{expected}: {error}");
        }
    }
}
