//! The administrative units of China (province, prefecture, county) by year, 1980–2026, what became of them, and where a text
//! names them.
//!
//! `regions.tsv` holds one row an interval in which code, name and parent stay the same. Years are states at the end of the
//! year, so a document of year *y* may use the names of *y* − 1 and of *y*; the rows of 2026 are as of September. Of townships there
//! are those of 2026 only: nobody keeps their history.

mod bearer;
mod changes;
mod meaning;
mod mentions;
mod townships;
mod words;
mod zones;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

pub use bearer::Bearer;
pub use changes::{AsOf, Change};
pub use mentions::Mention;
pub use townships::Township;

use super::Lexicon;
use crate::model::AdminLevel;

const REGIONS: &str = include_str!("../data/regions.tsv");

/// First and last year of the table.
pub const YEARS: (i32, i32) = (1980, 2026);

/// Class words at the end of official names, longest first; the rest is the short name.
const SUFFIXES: &[&str] = &["自治区", "自治州", "自治县", "自治旗", "地区", "省", "市", "县", "区", "盟", "旗"];

/// Place of a unit in the [`Gazetteer`]: one interval of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitId(u32);

/// One administrative unit while its code, name and parent stay the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// GB/T 2260 code of the time.
    pub code: u32,
    /// Official name.
    pub name: &'static str,
    /// First year, as a state at its end.
    pub from: i32,
    /// The year after the last one; `i32::MAX` where it still is so.
    pub to: i32,
    /// Code of the prefecture where the unit's own code does not tell it, else 0.
    parent: u32,
    /// Short name, where it is not the name without its class word.
    short: &'static str,
}

impl Unit {
    /// Province, prefecture or county.
    pub fn level(&self) -> AdminLevel {
        match self.code {
            code if code.is_multiple_of(10_000) => AdminLevel::Province,
            code if code.is_multiple_of(100) => AdminLevel::Prefecture,
            _ => AdminLevel::County,
        }
    }

    /// Whether the unit was so at the end of `year`.
    pub fn valid(&self, year: i32) -> bool {
        self.from <= year && year < self.to
    }

    /// The code as text.
    pub fn adcode(&self) -> String {
        format!("{:06}", self.code)
    }

    /// The name without its class word, or nothing where that would be a single character (沛县).
    pub fn short(&self) -> Option<&'static str> {
        let stem = if self.short.is_empty() {
            SUFFIXES.iter().find_map(|suffix| self.name.strip_suffix(suffix))?
        } else {
            self.short
        };
        (stem.chars().nth(1).is_some()).then_some(stem)
    }

    /// Other ways to write the full name that are as good: 红河州, 长阳县, 广西自治区.
    fn alias(&self) -> Option<String> {
        if self.short.is_empty() {
            return None;
        }
        let class = match () {
            () if self.name.ends_with("自治州") => "州",
            () if self.name.ends_with("自治县") => "县",
            () if self.name.ends_with("自治旗") => "旗",
            () if self.name.ends_with("自治区") => "自治区",
            () => return None,
        };
        Some(format!("{}{class}", self.short))
    }
}

/// Official names of a unit and of what it lies in, at one time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// 山东省.
    pub province: Option<&'static str>,
    /// 菏泽市; nothing in 北京市 and where the province governs the county itself (济源市).
    pub prefecture: Option<&'static str>,
    /// 定陶县.
    pub county: Option<&'static str>,
    /// Code of the prefecture, where there is one.
    pub prefecture_code: Option<u32>,
    /// Code of the unit itself.
    pub code: u32,
}

impl Chain {
    /// Whether this place lies in the other one, or is it.
    pub fn within(&self, other: &Chain) -> bool {
        self.province == other.province
            && (other.prefecture.is_none() || self.prefecture == other.prefecture)
            && (other.county.is_none() || self.county == other.county)
    }

    /// What both places lie in.
    #[must_use]
    pub fn common(&self, other: &Chain) -> Chain {
        let mut out = Chain::default();
        if self.province == other.province {
            out.province = self.province;
            out.code = self.code / 10_000 * 10_000;
            if self.prefecture == other.prefecture {
                out.prefecture = self.prefecture;
                out.prefecture_code = self.prefecture_code;
                if self.county == other.county {
                    return *self;
                }
                if let Some(code) = self.prefecture_code {
                    out.code = code;
                }
            }
        }
        out
    }

    /// The level of the deepest name.
    pub fn level(&self) -> Option<AdminLevel> {
        self.county
            .map(|_| AdminLevel::County)
            .or(self.prefecture.map(|_| AdminLevel::Prefecture))
            .or(self.province.map(|_| AdminLevel::Province))
    }

    /// The names one after the other: 山东省菏泽市定陶县.
    pub fn full_name(&self) -> String {
        [self.province, self.prefecture, self.county].into_iter().flatten().collect()
    }
}

/// The rows of `regions.tsv`.
struct Units {
    all: Vec<Unit>,
    by_code: HashMap<u32, Vec<UnitId>>,
}

/// All units, and an automaton of their names and those of zones.
pub struct Gazetteer {
    units: &'static Units,
    names: mentions::Names,
}

static UNITS: LazyLock<Units> = LazyLock::new(|| Units::parse(REGIONS));
static BUILTIN: LazyLock<Arc<Gazetteer>> = LazyLock::new(|| Arc::new(Gazetteer::new(Lexicon::builtin())));

/// The tables of the lexicon that decide which names are found.
const TABLES: &[&str] =
    &["region_common_words", "region_false_friends", "region_followers", "region_straddles", "surnames", "zones"];

impl Units {
    fn parse(table: &'static str) -> Self {
        let mut units = Vec::with_capacity(8_000);
        let mut by_code: HashMap<u32, Vec<UnitId>> = HashMap::with_capacity(7_000);
        for line in table.lines().filter(|line| line.as_bytes().first().is_some_and(u8::is_ascii_digit)) {
            let mut cells = line.split('\t');
            let mut next = || cells.next().unwrap_or("");
            let (code, name, from, to, parent, short) = (next(), next(), next(), next(), next(), next());
            let Ok(code) = code.parse() else { continue };
            by_code.entry(code).or_default().push(UnitId(units.len() as u32));
            units.push(Unit {
                code,
                name,
                from: from.parse().unwrap_or(YEARS.0),
                to: to.parse().unwrap_or(i32::MAX),
                parent: parent.parse().unwrap_or(0),
                short,
            });
        }
        Self { all: units, by_code }
    }
}

impl Gazetteer {
    /// The embedded gazetteer.
    pub fn builtin() -> &'static Gazetteer {
        &BUILTIN
    }

    /// The gazetteer with the zones and words of a vocabulary; the embedded one where these are as built in.
    pub fn of(lexicon: &Lexicon) -> Arc<Gazetteer> {
        let builtin = Lexicon::builtin();
        let same = TABLES.iter().all(|name| match (lexicon.shared(name), builtin.shared(name)) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            _ => false,
        });
        if same { BUILTIN.clone() } else { Arc::new(Self::new(lexicon)) }
    }

    fn new(lexicon: &Lexicon) -> Self {
        Self { units: &UNITS, names: mentions::Names::new(&UNITS, lexicon) }
    }

    /// All units, by code and year.
    pub fn units(&self) -> impl Iterator<Item = (UnitId, &'static Unit)> + use<> {
        self.units.all.iter().enumerate().map(|(at, unit)| (UnitId(at as u32), unit))
    }

    /// A unit by its id.
    pub fn unit(&self, id: UnitId) -> &'static Unit {
        &self.units.all[id.0 as usize]
    }

    /// The unit that had a code at the end of a year.
    pub fn by_code(&self, code: u32, year: i32) -> Option<UnitId> {
        self.units.by_code.get(&code)?.iter().copied().find(|&id| self.unit(id).valid(year))
    }

    /// The unit that had a code last.
    pub fn latest_by_code(&self, code: u32) -> Option<UnitId> {
        self.units.by_code.get(&code)?.last().copied()
    }

    /// Official names of a unit and of what it lay in at the end of `year`, or as near to it as the unit existed;
    /// without a year, as last.
    pub fn chain(&self, id: UnitId, year: Option<i32>) -> Chain {
        let unit = self.unit(id);
        let last = unit.to.saturating_sub(1).min(YEARS.1);
        let year = year.unwrap_or(last).clamp(unit.from.min(last), last);
        let name = |code| self.by_code(code, year).map(|id| self.unit(id).name);
        let province = name(unit.code / 10_000 * 10_000);
        let code = unit.code;
        match unit.level() {
            AdminLevel::Province => Chain { province: Some(unit.name), code, ..Chain::default() },
            AdminLevel::Prefecture => {
                Chain { province, prefecture: Some(unit.name), prefecture_code: Some(code), county: None, code }
            }
            _ => {
                let parent = if unit.parent == 0 { unit.code / 100 * 100 } else { unit.parent };
                // The counties of Hainan had codes under that of the province.
                let prefecture = name(parent).filter(|_| !parent.is_multiple_of(10_000));
                let prefecture_code = prefecture.map(|_| parent);
                Chain { province, prefecture, prefecture_code, county: Some(unit.name), code }
            }
        }
    }

    /// Those that a document of a year may name: valid at the end of the year or of the year before. All, without a year.
    fn in_use(&self, units: &[UnitId], year: Option<i32>) -> Vec<UnitId> {
        let valid = |id: &UnitId| {
            let unit = self.unit(*id);
            year.is_none_or(|year| unit.valid(year) || unit.valid(year - 1))
        };
        units.iter().copied().filter(valid).collect()
    }

    /// Those of the highest level: the short name 吉林 means the province, 恩施 the prefecture.
    pub fn highest(&self, units: &[UnitId]) -> Vec<UnitId> {
        let top = units.iter().map(|&id| self.unit(id).level()).min();
        units.iter().copied().filter(|&id| Some(self.unit(id).level()) == top).collect()
    }

    /// The unit that a code means in a document of a year: that at its end, else that of the year before, else the last.
    pub fn known(&self, code: u32, year: Option<i32>) -> Option<UnitId> {
        let year = year.map(|year| year.clamp(YEARS.0, YEARS.1));
        let at = year.and_then(|year| self.by_code(code, year).or_else(|| self.by_code(code, year - 1)));
        at.or_else(|| self.latest_by_code(code))
    }

    /// The place that a table row means by a code, at a time.
    pub fn place(&self, code: u32, year: Option<i32>) -> Option<Chain> {
        self.known(code, year).map(|id| self.chain(id, year))
    }

    /// All names of places in a text, left to right, the longest at each place, not overlapping; short names (威海) too.
    ///
    /// Candidates are the units that bore the name in `year` or the year before; if none did, those that ever did
    /// ([`Mention::dated`] is false then). Without a year: those that ever did. A unit with a later namesake in the same
    /// province that took over from it is left out, so a county whose code changed is one candidate.
    ///
    /// Zones are mentions of their own ([`Mention::zone`]). Names that somebody or something bears (吉林大学, 上海路, 书记王新野) are marked
    /// ([`Mention::bearer`]); those inside words of the table `region_false_friends` (中山装, 推广安全) are none.
    pub fn mentions(&self, text: &str, year: Option<i32>) -> Vec<Mention> {
        self.names.find(self, text, year.map(|year| year.clamp(YEARS.0 + 1, YEARS.1)))
    }
}

#[cfg(test)]
mod tests;
