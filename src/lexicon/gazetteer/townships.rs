//! The townships of September 2026, to compare names with: nobody keeps their history. Those of cities without counties (东莞市) are
//! not in the source.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Gazetteer, UnitId, YEARS};

const TOWNSHIPS: &str = include_str!("../data/townships.tsv");

/// A township.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Township {
    /// Code of nine digits (GB/T 10114).
    pub code: u32,
    /// Official name.
    pub name: &'static str,
}

impl Township {
    /// Code of its county.
    pub fn county(&self) -> u32 {
        self.code / 1_000
    }
}

/// All townships by code, where those of each county begin, and which bear a name.
struct Townships {
    all: Vec<Township>,
    of_county: HashMap<u32, std::ops::Range<usize>>,
    by_name: HashMap<&'static str, Vec<usize>>,
}

static ALL: LazyLock<Townships> = LazyLock::new(|| {
    let mut out = Townships { all: Vec::with_capacity(39_000), of_county: HashMap::new(), by_name: HashMap::new() };
    for line in TOWNSHIPS.lines().skip(1) {
        let Some((county, inside)) = line.split_once('\t') else { continue };
        let Ok(county) = county.parse::<u32>() else { continue };
        let first = out.all.len();
        for entry in inside.split(' ') {
            let Some((digits, name)) = entry.split_at_checked(3) else { continue };
            let Ok(last) = digits.parse::<u32>() else { continue };
            out.by_name.entry(name).or_default().push(out.all.len());
            out.all.push(Township { code: county * 1_000 + last, name });
        }
        out.of_county.insert(county, first..out.all.len());
    }
    out
});

impl Gazetteer {
    /// All townships of the table, by code.
    pub fn townships(&self) -> &'static [Township] {
        &ALL.all
    }

    /// The townships of that name.
    pub fn townships_named(&self, name: &str) -> impl Iterator<Item = Township> + use<> {
        ALL.by_name.get(name).into_iter().flatten().map(|&at| ALL.all[at])
    }

    /// The township of a unit, or of what took over from it, with whose name a text begins; the longest.
    pub fn township_of(&self, id: UnitId, text: &str) -> Option<&'static str> {
        let counties = self.as_of(id, YEARS.1).units;
        let inside = counties.iter().filter_map(|&county| ALL.of_county.get(&self.unit(county).code)).cloned();
        let names = inside.flatten().map(|at| ALL.all[at].name);
        names.filter(|name| text.starts_with(name)).max_by_key(|name| name.len())
    }
}
