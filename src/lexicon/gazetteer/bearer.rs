//! Who bears the name of a place: 吉林大学, 上海路, 书记王新野.

use std::collections::HashSet;

use crate::lexicon::Lexicon;

/// Who bears the name of a place, so that the name is no mention of the place itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// An organisation, mostly seated there (吉林大学).
    Organisation,
    /// A road, a product, an event (上海路, 长安汽车, 南昌起义).
    Thing,
    /// A person (书记王新野).
    Person,
}

/// What tells who bears a name.
pub(super) struct Bearers {
    /// What follows a short name that something else bears.
    followers: Vec<(Box<str>, Bearer)>,
    surnames: HashSet<char>,
}

impl Bearers {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        Self { followers: followers(lexicon), surnames: surnames(lexicon) }
    }

    /// Who bears a short name.
    ///
    /// Evidence: a word of the table `region_followers` behind it (吉林|大学, 上海|路); or a surname before it, and before that a role or the
    /// beginning of a clause, and behind it 同志, a role or the end of the clause (书记王|新野, 由李|海城任组长). Counter-example: 日照|路网, 于|宁德召开. Misses
    /// persons with no such words around.
    pub(super) fn of(&self, before: &str, name: &str, behind: &str) -> Option<Bearer> {
        let follower = self.followers.iter().find(|(word, _)| behind.starts_with(word.as_ref()));
        let rest = follower.map_or("", |(word, _)| &behind[word.len()..]);
        if is_university(behind) {
            return Some(Bearer::Organisation);
        }
        if let Some((word, bearer)) = follower
            && !(word.ends_with(['路', '街']) && rest.starts_with(ROAD_WORDS))
            && !(word.ends_with('镇') && rest.starts_with(TOWN_WORDS))
            && !(word.ends_with('乡') && rest.starts_with(['镇', '村', '城', '宁']))
        {
            return Some(*bearer);
        }
        let mut chars = before.chars();
        let surname = chars.next_back().filter(|c| self.surnames.contains(c))?;
        let before = chars.as_str();
        let opens = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric())
            || ROLES.iter().chain(HONOURS).any(|word| before.ends_with(word));
        let closes = behind.chars().next().is_none_or(|c| !c.is_alphanumeric())
            || AFTER_NAMES.iter().any(|word| behind.starts_with(word));
        // A surname that is a preposition too stands before places as often (于宁德召开).
        let role = ROLES.iter().any(|role| before.ends_with(role) && *role != "由");
        let person = opens && (closes || role) && name.chars().count() == 2 && !AMBIGUOUS_SURNAMES.contains(&surname);
        person.then_some(Bearer::Person)
    }
}

fn followers(lexicon: &Lexicon) -> Vec<(Box<str>, Bearer)> {
    let Ok(table) = lexicon.table("region_followers") else { return Vec::new() };
    let bearer = |kind| if kind == "organisation" { Bearer::Organisation } else { Bearer::Thing };
    table.pairs("key", "value").map(|(word, kind)| (word.into(), bearer(kind))).collect()
}

fn surnames(lexicon: &Lexicon) -> HashSet<char> {
    let one = |name: &&str| name.chars().nth(1).is_none();
    lexicon.cells("surnames", "key").into_iter().filter(one).filter_map(|name| name.chars().next()).collect()
}

/// Whether the rest of a university's name follows: 成都|理工大学; not 湖南|推进大学生就业.
fn is_university(behind: &str) -> bool {
    let near = behind.char_indices().nth(6).map_or(behind, |(at, _)| &behind[..at]);
    near.find("大学").is_some_and(|at| {
        let rest = &behind[at + "大学".len()..];
        near[..at].chars().all(crate::outline::marker::is_han) && !rest.starts_with(['生', '城', '毕', '校'])
    })
}

/// What makes 路 or 街 the beginning of another word: 日照|路网, 常州|街道.
const ROAD_WORDS: &[char] = &['网', '线', '径', '政', '局', '产', '权', '灯', '面', '况', '头', '办'];
/// What makes 镇 the beginning of a name: 江苏|镇江市.
const TOWN_WORDS: &[char] = &['江', '海', '原', '巴', '雄', '远', '安', '平', '坪', '赉', '康', '沅', '宁', '级'];
/// What stands before the name of a person.
const ROLES: &[&str] = &[
    "书记", "局长", "县长", "市长", "区长", "镇长", "乡长", "主任", "组长", "院长", "校长", "所长", "科长", "处长",
    "部长", "主席", "委员", "常委", "同志", "成员", "队长", "经理", "由",
];
/// What is done to persons: 授予王海南、李延安等同志….
const HONOURS: &[&str] =
    &["授予", "给予", "表彰", "学习", "聘任", "聘请", "任命", "免去", "推荐", "选举", "提名", "慰问"];
/// What stands behind it.
const AFTER_NAMES: &[&str] =
    &["同志", "任", "担任", "兼", "为组长", "为副组长", "等", "副", "书记", "局长", "县长", "市长", "主任"];
/// Surnames that are words between a clause and a place: 于宁德召开, 和安阳.
const AMBIGUOUS_SURNAMES: &[char] =
    &['于', '和', '向', '从', '由', '对', '与', '及', '在', '到', '自', '经', '后', '前', '南', '东', '西', '北', '全'];
