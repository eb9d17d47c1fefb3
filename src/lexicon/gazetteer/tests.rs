use super::*;

fn chain_of(text: &str, year: Option<i32>) -> Vec<String> {
    let gazetteer = Gazetteer::builtin();
    let mentions = gazetteer.mentions(text, year);
    mentions.iter().flat_map(|m| &m.candidates).map(|&id| gazetteer.chain(id, year).full_name()).collect()
}

#[test]
fn rows_are_sound() {
    let gazetteer = Gazetteer::builtin();
    assert_eq!(gazetteer.units.len(), REGIONS.lines().count() - 1);
    for unit in &gazetteer.units {
        assert!((110_000..900_000).contains(&unit.code) && unit.from < unit.to, "{unit:?}");
        assert!((YEARS.0..=YEARS.1).contains(&unit.from), "{unit:?}");
    }
    // A code is one unit at a time.
    for ids in gazetteer.by_code.values() {
        for pair in ids.windows(2) {
            assert!(gazetteer.unit(pair[0]).to <= gazetteer.unit(pair[1]).from, "{:?}", gazetteer.unit(pair[0]));
        }
    }
    // A stated parent is there as long as the unit.
    for unit in gazetteer.units.iter().filter(|unit| unit.parent != 0) {
        assert!(gazetteer.by_code(unit.parent, unit.from).is_some(), "{unit:?}");
    }
    // Every unit lies in a province.
    for at in 0..gazetteer.units.len() {
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
            .map(|m| (m.span.of(text).to_owned(), m.full, m.dated, m.doubtful, m.zone))
    };
    let case = |text: &str, full, dated, common, zone| Some((text.to_owned(), full, dated, common, zone));
    assert_eq!(flags("在威海市里", 2009), case("威海市", true, true, false, false));
    assert_eq!(flags("在威海里", 2009), case("威海", false, true, false, false));
    assert_eq!(flags("定陶区", 2009), case("定陶区", true, false, false, false));
    assert_eq!(flags("合作", 2009), case("合作", false, true, true, false));
    assert_eq!(flags("雄安新区", 2019), case("雄安新区", true, true, false, true));
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
