//! Frameworks of criteria against their canonical form.

use std::collections::BTreeMap;

use super::{Evidence, Gap, Measured};
use crate::compare::Bigrams;
use crate::lexicon::Lexicon;
use crate::model::{Criterion, Plan};

/// The canonical frameworks of campaigns: the table `frameworks`.
pub struct Frameworks(Vec<Framework>);

struct Framework {
    /// The formulas that name it (五带头, 五个带头).
    names: Vec<String>,
    campaigns: Vec<String>,
    items: Vec<Bigrams>,
}

impl Framework {
    fn belongs_to(&self, campaign: Option<&str>) -> bool {
        campaign.is_some_and(|campaign| self.campaigns.iter().any(|known| known == campaign))
    }
}

impl Frameworks {
    /// The frameworks of a vocabulary.
    pub fn new(lexicon: &Lexicon) -> Self {
        let Ok(table) = lexicon.table("frameworks") else { return Self(Vec::new()) };
        let rows =
            table.cells("key").zip(table.cells("value")).zip(table.cells("campaign")).zip(table.cells("aliases"));
        Self(
            rows.map(|(((key, items), campaign), aliases)| Framework {
                names: std::iter::once(key)
                    .chain(aliases.split('|'))
                    .filter(|name| !name.is_empty())
                    .map(bare)
                    .collect(),
                campaigns: campaign.split('|').map(str::to_owned).collect(),
                items: items.split('|').map(Bigrams::new).filter(|item| !item.is_empty()).collect(),
            })
            .collect(),
        )
    }

    fn named(&self, formula: &str, campaign: Option<&str>) -> Option<&Framework> {
        let formula = bare(formula);
        let named = |framework: &&Framework| framework.names.contains(&formula);
        // 四好 of one campaign is not that of another.
        self.0.iter().filter(named).find(|framework| framework.belongs_to(campaign))
    }

    /// The share of the frameworks of the plan's campaign that it has.
    pub(super) fn covered(&self, plan: &Plan) -> Measured {
        let of_campaign: Vec<&Framework> =
            self.0.iter().filter(|framework| framework.belongs_to(plan.campaign.as_deref())).collect();
        if of_campaign.is_empty() {
            return (Err(Gap::NotApplicable("no canonical frameworks are known for its campaign".into())), Vec::new());
        }
        let has = |framework: &&&Framework| {
            plan.criteria.iter().any(|criterion| framework.names.contains(&bare(&criterion.framework)))
        };
        let number = of_campaign.iter().filter(has).count();
        let names = |criterion: &&Criterion| {
            of_campaign.iter().any(|framework| framework.names.contains(&bare(&criterion.framework)))
        };
        let evidence = plan.criteria.iter().filter(names).map(|criterion| Evidence::Row(criterion.span)).collect();
        (Ok(number as f64 / of_campaign.len() as f64), evidence)
    }

    /// How near the plan's items are to the canonical ones: the mean, over its items of canonical frameworks of its campaign, of the
    /// Dice coefficient with the nearest item.
    pub(super) fn wording(&self, plan: &Plan) -> Measured {
        let mut likeness = Vec::new();
        let mut evidence = Vec::new();
        // Where the document breaks off, the last item of an unfinished list is a stump.
        let stump = plan.criteria.last().filter(|last| plan.truncated && last.declared.is_some_and(|n| last.found < n));
        for criterion in plan.criteria.iter().filter(|criterion| stump.is_none_or(|stump| stump.id != criterion.id)) {
            let (Some(framework), Some(item)) =
                (self.named(&criterion.framework, plan.campaign.as_deref()), &criterion.item)
            else {
                continue;
            };
            if framework.items.is_empty() {
                continue;
            }
            let item = Bigrams::new(item);
            likeness.push(framework.items.iter().map(|known| known.dice(&item)).fold(0.0, f64::max));
            evidence.push(Evidence::Row(criterion.span));
        }
        if likeness.is_empty() {
            return (
                Err(Gap::NotApplicable("it has no items of a framework whose canonical wording is known".into())),
                evidence,
            );
        }
        (Ok(likeness.iter().sum::<f64>() / likeness.len() as f64), evidence)
    }
}

/// Of the items that the formulas declare (五个好: five), how many are there. Each framework counts once, with its fullest list.
pub(super) fn found_of_declared(plan: &Plan) -> Measured {
    let mut frameworks: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let mut evidence = Vec::new();
    for criterion in &plan.criteria {
        let Some(declared) = criterion.declared else { continue };
        let entry = frameworks.entry(&criterion.framework).or_default();
        *entry = (entry.0.max(declared), entry.1.max(criterion.found));
        evidence.push(Evidence::Row(criterion.span));
    }
    let declared: u32 = frameworks.values().map(|(declared, _)| declared).sum();
    if declared == 0 {
        return (Err(Gap::NotApplicable("no framework declares how many items it has".into())), evidence);
    }
    let found: u32 = frameworks.values().map(|(declared, found)| found.min(declared)).sum();
    (Ok(f64::from(found) / f64::from(declared)), evidence)
}

/// Letters and digits of a formula.
fn bare(formula: &str) -> String {
    formula.chars().filter(|c| c.is_alphanumeric()).collect()
}
