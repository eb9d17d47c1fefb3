use super::*;
use crate::model::ChangeKind;

fn chain_of(text: &str, year: Option<i32>) -> Vec<String> {
    let gazetteer = Gazetteer::builtin();
    let mentions = gazetteer.mentions(text, year);
    mentions.iter().flat_map(|m| &m.candidates).map(|&id| gazetteer.chain(id, year).full_name()).collect()
}

#[test]
fn rows_are_sound() {
    let gazetteer = Gazetteer::builtin();
    assert_eq!(gazetteer.units.all.len(), REGIONS.lines().count() - 1);
    for (_, unit) in gazetteer.units() {
        assert!((110_000..900_000).contains(&unit.code) && unit.from < unit.to, "{unit:?}");
        assert!((YEARS.0..=YEARS.1).contains(&unit.from), "{unit:?}");
    }
    // A code is one unit at a time.
    for ids in gazetteer.units.by_code.values() {
        for pair in ids.windows(2) {
            assert!(gazetteer.unit(pair[0]).to <= gazetteer.unit(pair[1]).from, "{:?}", gazetteer.unit(pair[0]));
        }
    }
    // A stated parent is there as long as the unit.
    for (_, unit) in gazetteer.units().filter(|(_, unit)| unit.parent != 0) {
        assert!(gazetteer.by_code(unit.parent, unit.from).is_some(), "{unit:?}");
    }
    // Every unit lies in a province.
    for at in 0..gazetteer.units.all.len() {
        let chain = gazetteer.chain(UnitId(at as u32), None);
        assert!(chain.province.is_some(), "{chain:?}");
    }
}

#[test]
fn names_by_year() {
    let cases: &[(&str, Option<i32>, &[&str])] = &[
        ("定陶县", Some(2009), &["山东省菏泽市定陶县"]),
        ("定陶县", Some(1995), &["山东省菏泽地区定陶县"]),
        ("定陶县", None, &["山东省菏泽市定陶县"]),
        ("定陶", Some(2020), &["山东省菏泽市定陶区"]),
        ("襄樊市", Some(2009), &["湖北省襄樊市"]),
        ("济源市", Some(2020), &["河南省济源市"]),
        ("密云县", Some(2009), &["北京市密云县"]),
        ("朝阳区", Some(2009), &["北京市朝阳区", "吉林省长春市朝阳区"]),
        ("红河州", Some(2009), &["云南省红河哈尼族彝族自治州"]),
        ("广西自治区", Some(2009), &["广西壮族自治区"]),
        ("威海", Some(2009), &["山东省威海市"]),
        ("和谐社会", Some(2009), &[]),
        ("", None, &[]),
    ];
    for (text, year, expected) in cases {
        assert_eq!(chain_of(text, *year), *expected, "{text} {year:?}");
    }
}

#[test]
fn flags() {
    let gazetteer = Gazetteer::builtin();
    let flags = |text: &str, year| {
        gazetteer
            .mentions(text, Some(year))
            .first()
            .map(|m| (m.span.of(text).to_owned(), m.full, m.dated, m.doubtful, m.zone.is_some()))
    };
    let case = |text: &str, full, dated, common, zone| Some((text.to_owned(), full, dated, common, zone));
    assert_eq!(flags("在威海市里", 2009), case("威海市", true, true, false, false));
    assert_eq!(flags("在威海里", 2009), case("威海", false, true, false, false));
    assert_eq!(flags("定陶区", 2009), case("定陶区", true, false, false, false));
    assert_eq!(flags("合作", 2009), case("合作", false, true, true, false));
    assert_eq!(flags("雄安新区", 2019), case("雄安新区", true, true, false, true));
}

/// Every unit of every year is found by its full name behind those of what it lies in, and is the only reading; the name that is found
/// leads back to its code.
#[test]
fn every_unit_of_every_year_is_found_by_its_full_name() {
    let gazetteer = Gazetteer::builtin();
    let mut checked = 0;
    for year in YEARS.0 + 1..=YEARS.1 {
        for (id, unit) in gazetteer.units().filter(|(_, unit)| unit.valid(year)) {
            let chain = gazetteer.chain(id, Some(year));
            assert!(chain.prefecture.is_none() || chain.prefecture != chain.province, "{chain:?} ({year})");
            let text = chain.full_name();
            let mentions = gazetteer.mentions(&text, Some(year));
            let last = mentions.last().unwrap_or_else(|| panic!("{text} ({year}) is not found"));
            assert_eq!(last.span.of(&text), unit.name, "{text} ({year})");
            assert!(last.full && last.dated && !last.doubtful && last.zone.is_none(), "{text} ({year}): {last:?}");
            // What bore the name the year before counts too: the code of either year.
            let inside = |id: &UnitId| {
                let found = gazetteer.chain(*id, Some(year));
                found.full_name() == text
            };
            assert!(last.candidates.contains(&id) || last.candidates.iter().any(inside), "{text} ({year}): {last:?}");
            let others: Vec<String> = last
                .candidates
                .iter()
                .filter(|other| gazetteer.unit(**other).valid(year) && !inside(other))
                // 海口市 of 1986 has the county-level 海口市 in it: the outer one is meant.
                .filter(|other| gazetteer.unit(**other).level() == unit.level())
                .map(|other| gazetteer.chain(*other, Some(year)))
                .filter(|other| other.prefecture == chain.prefecture && other.province == chain.province)
                .map(|other| other.full_name())
                .collect();
            assert!(others.is_empty(), "{text} ({year}) may be {others:?} too");
            checked += 1;
        }
    }
    assert!(checked > 140_000, "{checked}");
}

#[test]
fn changes_are_sound() {
    let gazetteer = Gazetteer::builtin();
    let rows = include_str!("../data/region_changes.tsv").lines().count() - 1;
    assert_eq!(gazetteer.changes().len(), rows, "a row names a unit that is not there");
    for change in gazetteer.changes() {
        let unit = gazetteer.unit(change.from);
        assert_eq!(unit.to, change.year, "{} {change:?}", unit.name);
        assert_eq!(change.to.is_empty(), change.kind == ChangeKind::Abolished, "{} {change:?}", unit.name);
        assert!(change.to.len() > 1 || change.kind != ChangeKind::Split, "{} {change:?}", unit.name);
    }
    // Nothing that ended since 2003 is without a successor.
    for (id, unit) in gazetteer.units().filter(|(_, unit)| (2003..=YEARS.1).contains(&unit.to)) {
        assert!(gazetteer.as_of(id, YEARS.1).kind != ChangeKind::Abolished, "{unit:?}");
    }
}

#[test]
fn units_as_of_another_year() {
    let gazetteer = Gazetteer::builtin();
    // Code, year of the code, year asked for, kind, names.
    let cases: &[(u32, i32, i32, &str, &[&str])] = &[
        (371_100, 2010, 2024, "same", &["山东省日照市"]),
        (371_624, 2010, 2024, "upgraded", &["山东省滨州市沾化区"]),
        (420_600, 2009, 2024, "renamed", &["湖北省襄阳市"]),
        (341_400, 2009, 2024, "split", &["安徽省合肥市", "安徽省芜湖市", "安徽省马鞍山市"]),
        (341_402, 2009, 2024, "upgraded", &["安徽省合肥市巢湖市"]),
        (341_423, 2009, 2024, "moved", &["安徽省马鞍山市含山县"]),
        (371_200, 2015, 2024, "merged", &["山东省济南市"]),
        (371_203, 2015, 2024, "moved", &["山东省济南市钢城区"]),
        (110_103, 2009, 2024, "merged", &["北京市东城区"]),
        (510_200, 1996, 2024, "upgraded", &["重庆市"]),
        (512_081, 2010, 2024, "moved", &["四川省成都市简阳市"]),
        (452_100, 2000, 2024, "split", &["广西壮族自治区南宁市", "广西壮族自治区崇左市"]),
        (372_901, 1999, 2024, "upgraded", &["山东省菏泽市牡丹区"]),
        (500_105, 2020, 2025, "merged", &["重庆市两江新区"]),
        (320_503, 2010, 2024, "merged", &["江苏省苏州市姑苏区"]),
        (130_421, 2010, 2024, "split", &["河北省邯郸市邯山区", "河北省邯郸市丛台区"]),
        // Looking back.
        (371_603, 2020, 2005, "upgraded", &["山东省滨州市沾化县"]),
        (420_600, 2020, 2005, "renamed", &["湖北省襄樊市"]),
        (120_116, 2020, 2005, "merged", &["天津市塘沽区", "天津市汉沽区", "天津市大港区"]),
        (653_228, 2025, 2010, "created", &[]),
    ];
    for &(code, at, year, kind, names) in cases {
        let id = gazetteer.by_code(code, at).unwrap_or_else(|| panic!("{code} {at}"));
        let found = gazetteer.as_of(id, year);
        let found_names: Vec<String> =
            found.units.iter().map(|&unit| gazetteer.chain(unit, Some(year)).full_name()).collect();
        assert_eq!(
            (found.kind.as_str(), &found_names[..]),
            (kind, &names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>()[..]),
            "{code}"
        );
    }
}

#[test]
fn common_ground() {
    let gazetteer = Gazetteer::builtin();
    let place = |code| gazetteer.place(code, Some(2012)).expect("a place");
    let (a, b, c) = (place(371_002), place(371_082), place(330_225));
    assert_eq!(a.common(&b), place(371_000));
    assert_eq!(a.common(&c).province, None);
    assert!(a.within(&place(371_000)) && a.within(&place(370_000)) && !place(370_000).within(&a));
}

#[test]
fn words_that_are_names_too_are_doubted_in_their_examples() {
    let table = crate::lexicon::Lexicon::builtin().table("region_common_words").unwrap();
    for (key, example) in table.pairs("key", "example") {
        assert!(example.contains(key), "{key}: {example}");
        let taken =
            Gazetteer::builtin().mentions(example, None).into_iter().filter(|place| !place.doubtful && !place.full);
        let names: Vec<&str> = taken.map(|place| place.span.of(example)).filter(|name| *name == key).collect();
        assert!(names.is_empty(), "{key} is taken for a place in {example}");
    }
}
