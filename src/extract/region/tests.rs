use super::*;
use crate::lexicon::gazetteer::Gazetteer;
use proptest::prelude::*;

fn run(evidence: &Evidence) -> (Region, Vec<Diagnostic>) {
    region(evidence, Lexicon::builtin())
}

fn names(region: &Region) -> String {
    [&region.province, &region.prefecture, &region.county, &region.township]
        .map(|name| name.as_deref().unwrap_or("-").to_owned())
        .join(" ")
}

/// Checks a table of cases and tells all that fail.
fn check(cases: &[(&str, i32, &str)], evidence: impl Fn(&'static str) -> Evidence<'static>) {
    let mut wrong = Vec::new();
    for &(text, year, expected) in cases {
        // The cases are literals; leaking them keeps the helper's type simple.
        let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
        let evidence = Evidence { year: (year != 0).then_some(year), ..evidence(text) };
        let (region, _) = run(&evidence);
        let level = region.level.map_or("-", AdminLevel::as_str);
        let found = format!("{} {level}", names(&region));
        if found != expected {
            wrong.push(format!("{text} ({year})\n  found    {found}\n  expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn issuers() {
    check(
        &[
            ("威海市卫生局", 2010, "山东省 威海市 - - prefecture"),
            ("中共威海市委组织部", 2010, "山东省 威海市 - - prefecture"),
            ("中共象山县环境保护局党组", 2009, "浙江省 宁波市 象山县 - county"),
            ("南京市浦口区卫生局", 2009, "江苏省 南京市 浦口区 - county"),
            ("江苏省南京市浦口区教育局", 2009, "江苏省 南京市 浦口区 - county"),
            ("昆山市人民政府", 2015, "江苏省 苏州市 昆山市 - county"),
            ("北京市朝阳区教育委员会", 2012, "北京市 - 朝阳区 - county"),
            ("长春市朝阳区民政局", 2012, "吉林省 长春市 朝阳区 - county"),
            ("北京市水务局", 2012, "北京市 - - - province"),
            ("济源市财政局", 2010, "河南省 - 济源市 - county"),
            ("济源市财政局", 1990, "河南省 焦作市 济源市 - county"),
            ("仙桃市农业局", 2016, "湖北省 - 仙桃市 - county"),
            ("东莞市教育局", 2016, "广东省 东莞市 - - prefecture"),
            ("湖南省教育厅", 2016, "湖南省 - - - province"),
            ("内蒙古自治区水利厅", 2016, "内蒙古自治区 - - - province"),
            ("广西壮族自治区林业局", 2016, "广西壮族自治区 - - - province"),
            ("延边州人民政府", 2016, "吉林省 延边朝鲜族自治州 - - prefecture"),
            ("长阳县林业局", 2016, "湖北省 宜昌市 长阳土家族自治县 - county"),
            ("襄樊市人民政府", 2009, "湖北省 襄樊市 - - prefecture"),
            ("襄阳市人民政府", 2013, "湖北省 襄阳市 - - prefecture"),
            ("襄樊市人民政府", 2010, "湖北省 襄樊市 - - prefecture"),
            ("定陶县国土资源局", 2009, "山东省 菏泽市 定陶县 - county"),
            ("定陶区国土资源局", 2016, "山东省 菏泽市 定陶区 - county"),
            ("定陶县国土资源局", 1995, "山东省 菏泽地区 定陶县 - county"),
            ("偃师市水利局", 2009, "河南省 洛阳市 偃师市 - county"),
            ("偃师区水利局", 2022, "河南省 洛阳市 偃师区 - county"),
            ("国家税务总局威海市税务局", 2019, "山东省 威海市 - - prefecture"),
            ("共青团温州市委员会", 2014, "浙江省 温州市 - - prefecture"),
            ("威海市卫生局、威海市教育局", 2011, "山东省 威海市 - - prefecture"),
            ("湖北省卫生厅、武汉市卫生局", 2011, "湖北省 - - - province"),
            ("四川省财政厅、重庆市财政局", 2021, "- - - - -"),
            ("镇江经济开发区管理委员会", 2014, "江苏省 镇江市 - - -"),
            ("江苏镇江市财政局", 2014, "江苏省 镇江市 - - prefecture"),
            ("雄安新区管理委员会", 2020, "河北省 - - - -"),
            ("朝阳区卫生局", 2011, "- - - - -"),
            ("鼓楼区教育局", 2011, "- - - - -"),
            ("市中区水务局", 2011, "- - - - -"),
            ("乐山市市中区水务局", 2011, "四川省 乐山市 市中区 - county"),
            ("徐州市鼓楼区教育局", 2011, "江苏省 徐州市 鼓楼区 - county"),
            ("XX县卫生局", 2011, "- - - - -"),
            ("××市人民政府", 2011, "- - - - -"),
            ("某某区教育局", 2011, "- - - - -"),
            ("和县水务局", 2012, "安徽省 马鞍山市 和县 - county"),
            ("东莞市虎门镇人民政府", 2012, "广东省 东莞市 - 虎门镇 township"),
            ("吉林市教育局", 2012, "吉林省 吉林市 - - prefecture"),
            ("吉林省教育厅", 2012, "吉林省 - - - province"),
            ("重庆市万州区教育委员会", 2012, "重庆市 - 万州区 - county"),
            ("重庆市万州区教育委员会", 1999, "重庆市 - 万州区 - county"),
            ("海南省三沙市委办公室", 2014, "海南省 三沙市 - - prefecture"),
            ("中共阜阳市委 阜阳市人民政府", 2014, "安徽省 阜阳市 - - prefecture"),
            ("辽宁朝阳市卫生局", 2014, "辽宁省 朝阳市 - - prefecture"),
            ("市委组织部", 2011, "- - - - -"),
            ("县人民政府办公室", 2011, "- - - - county"),
            ("公安局", 2011, "- - - - -"),
            ("合作办公室", 2011, "- - - - -"),
            ("国务院办公厅", 2018, "- - - - national"),
            ("教育部", 2018, "- - - - national"),
            ("国家粮食局办公室", 2018, "- - - - national"),
            ("全国爱国卫生运动委员会", 2008, "- - - - national"),
            ("中共中央办公厅", 2008, "- - - - national"),
            ("教育部门", 2008, "- - - - -"),
            ("财政部、教育部", 2008, "- - - - national"),
            ("威海市人民医院", 2011, "山东省 威海市 - - unit"),
            ("绍兴市第一中学党总支", 2011, "浙江省 绍兴市 - - unit"),
            ("威海市医院管理局", 2011, "山东省 威海市 - - prefecture"),
            ("涟水县石湖镇卫生院", 2011, "江苏省 淮安市 涟水县 石湖镇 unit"),
            ("涟水县石湖镇人民政府", 2011, "江苏省 淮安市 涟水县 石湖镇 township"),
            ("中共荣成市崖头街道工委", 2013, "山东省 威海市 荣成市 崖头街道 township"),
            ("石湖镇人民政府", 2011, "- - - 石湖镇 township"),
            ("各乡镇卫生院", 2011, "- - - - unit"),
        ],
        |issuer| Evidence { issuer, ..Evidence::default() },
    );
}

#[test]
fn titles() {
    check(
        &[
            ("威海市城市节约用水实施方案", 2015, "山东省 威海市 - - prefecture"),
            ("关于印发《涟水县秸秆禁烧工作方案》的通知", 2015, "江苏省 淮安市 涟水县 - county"),
            ("关于转发绍兴市秸秆禁烧工作方案的通知", 2015, "浙江省 绍兴市 - - prefecture"),
            ("绍兴推进智慧城市建设行动计划", 2019, "浙江省 绍兴市 - - prefecture"),
            ("关于加快数字浙江建设的意见", 2019, "浙江省 - - - province"),
            ("国务院关于同意设立绍兴市某试验区的批复", 2019, "- - - - national"),
            ("教育部关于支持海南省教育改革的意见", 2019, "- - - - national"),
            ("赴定陶县考察学习工作方案", 2009, "- - - - -"),
            ("关于学习寿光经验的通知", 2009, "- - - - -"),
            ("关于学习推广寿光市经验做法的通知", 2009, "- - - - -"),
            ("对口支援伊犁哈萨克自治州工作方案", 2012, "- - - - -"),
            ("北京市、天津市和河北省协同发展工作方案", 2015, "- - - - -"),
            ("全县秸秆禁烧工作实施方案", 2015, "- - - - county"),
            ("关于在全省开展安全生产检查的通知", 2015, "- - - - province"),
            ("提高县域经济发展水平工作方案", 2015, "- - - - -"),
            ("沿海城市绿化工作方案", 2015, "- - - - -"),
            ("振兴城市经济实施方案", 2015, "- - - - -"),
            ("平安县区创建方案", 2012, "- - - - -"),
            ("合作市场培育方案", 2012, "- - - - -"),
            ("推广东西部扶贫协作办法", 2018, "- - - - -"),
            ("黄河南岸堤防加固方案", 2018, "- - - - -"),
            ("鲁中山区扶贫工作方案", 2018, "- - - - -"),
            ("建设新城区工作方案", 2018, "- - - - -"),
            ("海城市绿化工作方案", 2015, "辽宁省 鞍山市 海城市 - county"),
            ("四川省高县绿化工作方案", 2015, "四川省 宜宾市 高县 - county"),
            ("关于印发高县绿化工作方案的通知", 2015, "四川省 宜宾市 高县 - county"),
            ("关于贯彻《河南省信访条例》的通知", 2015, "- - - - -"),
            ("关于学习贯彻《河南省信访条例》的通知", 2015, "- - - - -"),
            ("石湖镇中心小学教学方案", 2015, "- - - 石湖镇 unit"),
            ("青岛西海岸新区绿化实施方案", 2015, "山东省 青岛市 - - -"),
            ("湘西自治州林业工作方案", 2015, "湖南省 湘西土家族苗族自治州 - - prefecture"),
            ("关于赴深圳、东莞学习考察的方案", 2015, "- - - - -"),
            ("京津冀协同发展实施方案", 2015, "- - - - -"),
            ("新兴产业发展实施方案", 2015, "- - - - -"),
            ("资源节约工作方案", 2015, "- - - - -"),
            ("合作社规范化建设方案", 2015, "- - - - -"),
            ("公安机关作风整顿方案", 2015, "- - - - -"),
            ("城区环境整治方案", 2015, "- - - - -"),
            ("创建全国文明城市工作方案", 2015, "- - - - -"),
            ("全国文明城市创建方案", 2015, "- - - - -"),
            ("xx镇创先争优实施方案", 2011, "- - - - -"),
            ("XX市义务植树活动方案", 2011, "- - - - -"),
            ("医院关于开展创先争优活动的实施方案", 2011, "- - - - unit"),
            ("公立医院综合改革实施方案", 2015, "- - - - -"),
            ("威海市公立医院综合改革实施方案", 2015, "山东省 威海市 - - prefecture"),
            ("石湖镇卫生院2011年行风建设方案", 2011, "- - - 石湖镇 unit"),
            ("城镇居民基本医疗保险工作方案", 2011, "- - - - -"),
            ("乡镇卫生院管理办法", 2011, "- - - - -"),
            ("", 2011, "- - - - -"),
        ],
        |title| Evidence { title, ..Evidence::default() },
    );
}

#[test]
fn without_a_year_the_last_of_a_name() {
    check(
        &[
            ("定陶县卫生局", 0, "山东省 菏泽市 定陶县 - county"),
            ("襄樊市卫生局", 0, "湖北省 襄樊市 - - prefecture"),
            ("朝阳区卫生局", 0, "- - - - -"),
        ],
        |issuer| Evidence { issuer, ..Evidence::default() },
    );
}

#[test]
fn codes_are_those_of_the_time() {
    let cases = [
        ("定陶县卫生局", 1995, "372923"),
        ("定陶县卫生局", 2009, "371727"),
        ("定陶区卫生局", 2020, "371703"),
        ("北京市朝阳区卫生局", 2009, "110105"),
        ("威海市卫生局", 2009, "371000"),
        ("重庆市卫生局", 1996, "510200"),
        ("重庆市卫生局", 2001, "500000"),
        ("涟水县石湖镇卫生院", 2011, "320826"),
    ];
    for (issuer, year, code) in cases {
        let (region, _) = run(&Evidence { issuer, year: Some(year), ..Evidence::default() });
        assert_eq!(region.adcode.as_deref(), Some(code), "{issuer} {year}");
    }
}

#[test]
fn fields_together() {
    let to = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
    let counties = to(&["环翠区人民政府", "文登市人民政府", "荣成市人民政府"]);
    let provinces = to(&["各省、自治区、直辖市人民政府", "国务院各部委"]);
    let one = to(&["四川省人民政府"]);
    let base = Evidence { year: Some(2011), ..Evidence::default() };
    let cases: Vec<(&str, Evidence, &str, Option<&str>)> = vec![
        (
            "a parent in the body decides an ambiguous name",
            Evidence { issuer: "鼓楼区教育局", body: "根据徐州市有关要求，制定本方案。", ..base },
            "江苏省 徐州市 鼓楼区 - county",
            Some("issuer"),
        ),
        (
            "two parents in the body do not",
            Evidence { issuer: "鼓楼区教育局", body: "徐州市、福州市均有经办机构。", ..base },
            "- - - - -",
            None,
        ),
        (
            "the issuer wins over a place in the middle of the title",
            Evidence { title: "关于做好荣成市抗旱工作的通知", issuer: "山东省水利厅", ..base },
            "山东省 - - - province",
            Some("issuer"),
        ),
        (
            "the title's own place wins over a wider issuer",
            Evidence { title: "关于印发《荣成市抗旱工作方案》的通知", issuer: "山东省", ..base },
            "山东省 威海市 荣成市 - county",
            Some("title"),
        ),
        (
            "a letterhead",
            Evidence {
                title: "关于开展检查的通知", head: "荣成市水利局文件\n荣水〔2011〕3号", ..base
            },
            "山东省 威海市 荣成市 - county",
            Some("issuer"),
        ),
        (
            "a signature",
            Evidence {
                title: "关于开展检查的通知", tail: "特此通知。\n荣成市水利局\n2011年3月1日", ..base
            },
            "山东省 威海市 荣成市 - county",
            Some("issuer"),
        ),
        (
            "a document number that only one place uses",
            Evidence { doc_number: "浙政发〔2011〕3号", ..base },
            "浙江省 - - - province",
            Some("doc_number"),
        ),
        ("a document number that several use", Evidence { doc_number: "晋政发〔2011〕3号", ..base }, "- - - - -", None),
        (
            "the same with the place in the text",
            Evidence {
                doc_number: "晋政发〔2011〕3号", body: "全面提升山西省安全生产水平。", ..base
            },
            "山西省 - - - province",
            Some("doc_number"),
        ),
        ("a national document number", Evidence { doc_number: "国办发〔2011〕3号", ..base }, "- - - - national", None),
        (
            "the counties of one city",
            Evidence { addressees: &counties, ..base },
            "山东省 威海市 - - prefecture",
            Some("addressee"),
        ),
        ("all provinces", Evidence { addressees: &provinces, ..base }, "- - - - national", None),
        (
            "the prefecture of the year before, which the text names",
            Evidence {
                issuer: "西平县林业局", body: "根据驻马店地区行署部署。", year: Some(2000), ..base
            },
            "河南省 驻马店地区 西平县 - county",
            Some("issuer"),
        ),
        (
            "the prefecture as at the end of the year, where the text names none",
            Evidence { issuer: "西平县林业局", year: Some(2000), ..base },
            "河南省 驻马店市 西平县 - county",
            Some("issuer"),
        ),
        ("one addressee", Evidence { addressees: &one, ..base }, "- - - - -", None),
        (
            "a body that names its city",
            Evidence {
                body: "结合我市实际，制定本方案。威海市财政局牵头，威海市教育局配合。", ..base
            },
            "山东省 威海市 - - prefecture",
            Some("body"),
        ),
        (
            "a body with several cities",
            Evidence { body: "结合我市实际，威海市、烟台市、青岛市、潍坊市协同。", ..base },
            "- - - - prefecture",
            None,
        ),
        (
            "a plan fitted to a place",
            Evidence {
                title: "云南省农村改水实施方案", body: "结合剑川县改水工作实际，制定本方案。", ..base
            },
            "云南省 大理白族自治州 剑川县 - county",
            Some("body"),
        ),
        (
            "a township that the body names as its own",
            Evidence {
                body: "为改善我镇环境，加强石桥镇秸秆禁烧工作的领导，成立石桥镇秸秆禁烧领导小组。", ..base
            },
            "- - - 石桥镇 township",
            Some("body"),
        ),
        (
            "a body that only cites",
            Evidence { body: "组织人员赴定陶县考察，学习寿光市经验。", ..base },
            "- - - - -",
            None,
        ),
        (
            "a township with its county in the body",
            Evidence {
                title: "石湖镇卫生院2011年行风建设方案", body: "按照涟水县卫生系统统一部署。", ..base
            },
            "江苏省 淮安市 涟水县 石湖镇 unit",
            Some("title"),
        ),
        (
            "a township with two counties in the body",
            Evidence {
                title: "石湖镇卫生院2011年行风建设方案", body: "涟水县和荣成市均有试点。", ..base
            },
            "- - - 石湖镇 unit",
            Some("title"),
        ),
        (
            "我市 of one city and one county-level city in it",
            Evidence {
                body: "结合我市实际。昆山市财政局、昆山市教育局负责。苏州市支持。", ..base
            },
            "- - - - prefecture",
            None,
        ),
        (
            "我市 of a city and several in it",
            Evidence {
                body: "结合我市实际。苏州市财政局、苏州市教育局负责。昆山市、常熟市先行。", ..base
            },
            "江苏省 苏州市 - - prefecture",
            Some("body"),
        ),
        (
            "全区 in the title and 我市 in the body do not go together",
            Evidence {
                title: "全区行风建设方案", body: "我市统一部署。威海市卫生局、威海市财政局负责。", ..base
            },
            "- - - - -",
            None,
        ),
    ];
    for (what, evidence, expected, basis) in cases {
        let (region, _) = run(&evidence);
        let found = format!("{} {}", names(&region), region.level.map_or("-", AdminLevel::as_str));
        assert_eq!(found, expected, "{what}");
        assert_eq!(region.basis.map(RegionBasis::as_str), basis, "{what}");
    }
}

#[test]
fn doubts_are_told() {
    let codes = |evidence: &Evidence| -> Vec<(&'static str, String)> {
        run(evidence).1.into_iter().map(|diagnostic| (diagnostic.code, diagnostic.message)).collect()
    };
    let base = Evidence { year: Some(2011), ..Evidence::default() };
    let found = codes(&Evidence { issuer: "朝阳区卫生局", ..base });
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "region-ambiguous");
    assert!(found[0].1.contains("北京市朝阳区") && found[0].1.contains("吉林省长春市朝阳区"), "{}", found[0].1);
    let found = codes(&Evidence { title: "威海市绿化方案", issuer: "绍兴市林业局", ..base });
    assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["region-conflict"]);
    let found = codes(&Evidence { issuer: "定陶区林业局", ..base });
    assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["region-anachronism"]);
    assert!(codes(&Evidence { issuer: "威海市林业局", ..base }).is_empty());
}

#[test]
fn every_table_row_recognises_its_example() {
    let lexicon = Lexicon::builtin();
    let table = lexicon.table("doc_number_prefixes").expect("the table");
    for ((key, value), example) in table.pairs("key", "value").zip(table.cells("example")) {
        assert!(example.starts_with(key), "{key}: {example}");
        let province = value.parse().ok().and_then(|code| Gazetteer::builtin().place(code, Some(2010)));
        let body = province.map(|place| place.full_name()).unwrap_or_default();
        let evidence = Evidence { doc_number: example, body: &body, year: Some(2010), ..Evidence::default() };
        let (region, _) = run(&evidence);
        // The centre is no region, and has no basis.
        assert_eq!(region.basis.is_none(), value == "national", "{key}");
        assert_eq!(region.level == Some(AdminLevel::National), value == "national", "{key}");
    }
    let table = lexicon.table("national_bodies").expect("the table");
    for example in table.cells("example") {
        let (region, _) = run(&Evidence { title: example, ..Evidence::default() });
        assert_eq!(region.level, Some(AdminLevel::National), "{example}");
    }
    let table = lexicon.table("region_straddles").expect("the table");
    for (key, example) in table.pairs("key", "example") {
        // The middle of a sentence, in a year in which somebody bore the name.
        let text = format!("要{example}");
        let plain =
            Gazetteer::builtin().mentions(&text, None).into_iter().all(|m| m.span.of(&text) != key || m.doubtful);
        assert!(plain && example.contains(key), "{key}: {example}");
    }
    let table = lexicon.table("zones").expect("the table");
    for (key, example) in table.pairs("key", "example") {
        let (region, _) = run(&Evidence { issuer: example, year: Some(2020), ..Evidence::default() });
        assert!(region.province.is_some(), "{key}");
    }
}

#[test]
fn locates_names() {
    let found = locate("在江苏省徐州市鼓楼区和朝阳区，公园与合作社", Some(2012), Gazetteer::builtin());
    let names: Vec<_> = found.iter().map(|place| (place.name.as_deref(), place.code.as_deref())).collect();
    assert_eq!(
        names,
        [
            (Some("江苏省"), Some("320000")),
            (Some("徐州市"), Some("320300")),
            (Some("鼓楼区"), Some("320302")),
            (None, None)
        ]
    );
    assert!(found[3].candidates.len() > 1);
}

proptest! {
    #[test]
    fn never_panics(
        texts in prop::collection::vec("[威海市朝阳区中共国务院、《》浦口县定陶镇乡街道人民政府我全学习赴 0-9\n]{0,40}|\\PC{0,30}", 7),
        year in prop::option::of(1900..2100i32),
    ) {
        let to = vec![texts[0].clone()];
        let evidence = Evidence {
            title: &texts[1], issuer: &texts[2], doc_number: &texts[3], addressees: &to,
            head: &texts[4], tail: &texts[5], body: &texts[6], year, span: Span::default(),
        };
        let (region, _) = run(&evidence);
        // A county never stands without its province, a code never without a name.
        prop_assert!(region.county.is_none() || region.province.is_some());
        prop_assert_eq!(region.adcode.is_some(), region.province.is_some());
        for place in locate(&texts[6], year, Gazetteer::builtin()) {
            prop_assert!(!place.span.of(&texts[6]).is_empty());
            prop_assert!(!place.candidates.is_empty());
        }
    }
}
