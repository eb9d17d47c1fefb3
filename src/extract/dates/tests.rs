use super::*;
use pretty_assertions::assert_eq;
use proptest::prelude::*;

const BASE: Base = Base { year: Some(2010), issued: Some(jiff::civil::date(2010, 4, 20)), before: None };

fn show(moment: Option<Moment>) -> String {
    moment.map_or_else(|| "-".into(), |m| format!("{} {}", m.date, m.precision.as_str()))
}

fn read(text: &str, base: &Base) -> Vec<String> {
    expressions(text, base)
        .iter()
        .map(|t| format!("{}|{}|{}|{}", t.span.of(text), t.kind.as_str(), show(t.start), show(t.end)))
        .collect()
}

#[test]
fn reads_single_times() {
    for (text, expected) in [
        ("于2010年6月25日召开", "2010年6月25日|day|2010-06-25 day|2010-06-25 day"),
        ("2010 年6 月完成", "2010 年6 月|month|2010-06-01 month|2010-06-30 month"),
        ("2012年全面达标", "2012年|year|2012-01-01 year|2012-12-31 year"),
        ("6月25日上午", "6月25日|day|2010-06-25 day|2010-06-25 day"),
        ("6月25号上午", "6月25号|day|2010-06-25 day|2010-06-25 day"),
        ("二〇一〇年六月二十五日", "二〇一〇年六月二十五日|day|2010-06-25 day|2010-06-25 day"),
        ("二○○九年", "二○○九年|year|2009-01-01 year|2009-12-31 year"),
        ("二OO九年三月十九日", "二OO九年三月十九日|day|2009-03-19 day|2009-03-19 day"),
        ("日期2010-06-25", "2010-06-25|day|2010-06-25 day|2010-06-25 day"),
        ("(2010.6.25)", "2010.6.25|day|2010-06-25 day|2010-06-25 day"),
        ("2010/6/5发布", "2010/6/5|day|2010-06-05 day|2010-06-05 day"),
        ("2009年12月中旬", "2009年12月中旬|ten_days|2009-12-11 ten_days|2009-12-20 ten_days"),
        ("5月上旬启动", "5月上旬|ten_days|2010-05-01 ten_days|2010-05-10 ten_days"),
        ("11月底验收", "11月底|ten_days|2010-11-21 ten_days|2010-11-30 ten_days"),
        ("2011年2月末", "2011年2月末|ten_days|2011-02-21 ten_days|2011-02-28 ten_days"),
        ("8月初公布", "8月初|ten_days|2010-08-01 ten_days|2010-08-10 ten_days"),
        ("2011年上半年", "2011年上半年|half_year|2011-01-01 half_year|2011-06-30 half_year"),
        ("下半年开展", "下半年|half_year|2010-07-01 half_year|2010-12-31 half_year"),
        ("2010年第三季度", "2010年第三季度|quarter|2010-07-01 quarter|2010-09-30 quarter"),
        ("四季度总结", "四季度|quarter|2010-10-01 quarter|2010-12-31 quarter"),
        ("今年9月", "今年9月|month|2010-09-01 month|2010-09-30 month"),
        ("明年2月", "明年2月|month|2011-02-01 month|2011-02-28 month"),
        ("年底进行考核", "年底|year|2010-12-01 year|2010-12-31 year"),
        ("2010年年底", "2010年年底|year|2010-12-01 year|2010-12-31 year"),
        ("年内建成", "年内|year|2010-01-01 year|2010-12-31 year"),
        ("2010年度计划", "2010年度|year|2010-01-01 year|2010-12-31 year"),
        ("5月份集中宣传", "5月份|month|2010-05-01 month|2010-05-31 month"),
    ] {
        assert_eq!(read(text, &BASE), [expected], "{text}");
    }
}

#[test]
fn reads_ranges() {
    for (text, expected) in [
        ("2010年4月—5月", "2010年4月—5月|range|2010-04-01 month|2010-05-31 month"),
        ("(4月-5月)", "4月-5月|range|2010-04-01 month|2010-05-31 month"),
        ("4-5月", "4-5月|range|2010-04-01 month|2010-05-31 month"),
        ("2011年1—6月", "2011年1—6月|range|2011-01-01 month|2011-06-30 month"),
        ("3月1日至20日", "3月1日至20日|range|2010-03-01 day|2010-03-20 day"),
        ("(3月1日-20日)", "3月1日-20日|range|2010-03-01 day|2010-03-20 day"),
        ("3月10—20日", "3月10—20日|range|2010-03-10 day|2010-03-20 day"),
        ("3月1日—3月31日", "3月1日—3月31日|range|2010-03-01 day|2010-03-31 day"),
        ("3月1日一31日", "3月1日一31日|range|2010-03-01 day|2010-03-31 day"),
        (
            "2009年12月中旬至2010年1月中旬",
            "2009年12月中旬至2010年1月中旬|range|2009-12-11 ten_days|2010-01-20 ten_days",
        ),
        ("2009年12月中旬至1月中旬", "2009年12月中旬至1月中旬|range|2009-12-11 ten_days|2010-01-20 ten_days"),
        ("10月至2011年2月", "10月至2011年2月|range|2010-10-01 month|2011-02-28 month"),
        ("从2009年10月开始到2010年2月基本结束", "从2009年10月开始到2010年2月|range|2009-10-01 month|2010-02-28 month"),
        ("从2009年10月开始，至2010年2月结束", "从2009年10月开始，至2010年2月|range|2009-10-01 month|2010-02-28 month"),
        ("2009年5月上旬—6月底", "2009年5月上旬—6月底|range|2009-05-01 ten_days|2009-06-30 ten_days"),
        ("2011年6月-2011年7月", "2011年6月-2011年7月|range|2011-06-01 month|2011-07-31 month"),
        ("2016-2018年", "2016-2018年|range|2016-01-01 year|2018-12-31 year"),
        ("2016年至2018年", "2016年至2018年|range|2016-01-01 year|2018-12-31 year"),
        ("5月中、下旬", "5月中、下旬|range|2010-05-11 ten_days|2010-05-31 ten_days"),
        ("5月上旬至中旬", "5月上旬至中旬|range|2010-05-01 ten_days|2010-05-20 ten_days"),
        ("即日起至6月底", "即日起至6月底|range|2010-04-20 day|2010-06-30 ten_days"),
        ("自发文之日起至5月15日止", "自发文之日起至5月15日止|range|2010-04-20 day|2010-05-15 day"),
        ("从现在起到5月底", "从现在起到5月底|range|2010-04-20 day|2010-05-31 ten_days"),
        ("“十二五”期间", "“十二五”期间|range|2011-01-01 year|2015-12-31 year"),
        ("2010年6月1日～2010年6月30日", "2010年6月1日～2010年6月30日|range|2010-06-01 day|2010-06-30 day"),
        ("2010.3.1-2010.4.5", "2010.3.1-2010.4.5|range|2010-03-01 day|2010-04-05 day"),
        ("(2010.3—2010.5)", "2010.3—2010.5|range|2010-03-01 month|2010-05-31 month"),
        ("第二季度至第三季度", "第二季度至第三季度|range|2010-04-01 quarter|2010-09-30 quarter"),
    ] {
        assert_eq!(read(text, &BASE), [expected], "{text}");
    }
}

#[test]
fn reads_open_ends() {
    for (text, expected) in [
        ("6月底前报送", "6月底前|ten_days|-|2010-06-30 ten_days"),
        ("2010年底前", "2010年底前|year|-|2010-12-31 year"),
        ("5月10日以前", "5月10日以前|day|-|2010-05-10 day"),
        ("截至2010年6月", "截至2010年6月|month|-|2010-06-30 month"),
        ("到2012年底", "到2012年底|year|-|2012-12-31 year"),
        ("“七一”前表彰", "“七一”前|day|-|2010-07-01 day"),
        ("2011年七一前", "2011年七一前|day|-|2011-07-01 day"),
        ("国庆节前完成", "国庆节前|day|-|2010-10-01 day"),
        ("十二五末", "十二五末|year|2015-12-01 year|2015-12-31 year"),
        ("从2011年7月开始", "从2011年7月开始|month|2011-07-01 month|-"),
        ("自5月1日起施行", "自5月1日起|day|2010-05-01 day|-"),
        ("即日起", "即日起|relative|2010-04-20 day|-"),
    ] {
        assert_eq!(read(text, &BASE), [expected], "{text}");
    }
}

#[test]
fn reads_what_has_no_dates() {
    for (text, expected) in [
        ("用3个月时间", "3个月|duration|-|-"),
        ("15天内", "15天|duration|-|-"),
        ("为期三年", "三年|duration|-|-"),
        ("半年一考核", "半年|duration|-|-"),
        ("每周五下午", "每周五|recurring|-|-"),
        ("每周一次例会", "每周|recurring|-|-"),
        ("每月5日前上报", "每月5日前|recurring|-|-"),
        ("每年6月开展", "每年6月|recurring|-|-"),
        ("每季度通报", "每季度|recurring|-|-"),
    ] {
        assert_eq!(read(text, &BASE), [expected], "{text}");
    }
}

#[test]
fn leaves_other_numbers_alone() {
    for text in [
        "某卫发〔2010〕11号",
        "公告2010年第5号",
        "第12条",
        "增长3.5%",
        "电话0577-2010-0612",
        "电话13800138000",
        "投入10.1万元",
        "提出三点意见",
        "开展2-3次",
        "年满60周岁",
        "十七届三中全会",
        "补助800-1000元",
        "“811”行动",
        "建党90周年",
        "投入2010.6万元",
        "2月30日",
        "13月1日",
        "三年级学生",
        "“十二五”规划",
        "“五四”奖章",
        "第三月",
        "一月一查",
        "共2010个",
        "上海、上级、中央、下发",
        "2010件",
        "当年新增、上年度缴纳",
    ] {
        assert_eq!(read(text, &BASE), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn without_a_year_nothing_is_guessed() {
    for text in ["6月25日", "4月-5月", "年底前", "明年2月", "即日起至6月底", "上半年"] {
        let times = expressions(text, &Base::default());
        assert_eq!((times.len(), times[0].start, times[0].end), (1, None, None), "{text}");
    }
}

#[test]
fn several_times_in_one_sentence() {
    let times = read("2010年5月动员，6—8月推进，每月检查一次，12月底前总结。", &BASE);
    assert_eq!(times.len(), 4, "{times:?}");
}

#[test]
fn dates_of_phases_and_signatures() {
    let (start, end, span) = range_in("今年分两步(2010年5月-6月)", &BASE).unwrap();
    assert_eq!((show(start), show(end), span.start), ("2010-05-01 month".into(), "2010-06-30 month".into(), 16));
    for text in ["今年重点抓好", "用3个月时间", "每月一次", "2008年以来取得成效"] {
        assert_eq!(range_in(text, &BASE), None, "{text}");
    }
    for (text, expected) in [
        ("某局\n二〇一〇年六月二十五日", "2010-06-25 day"),
        ("某局二〇一〇年六月二十五日\n某局办公室 2010年6月28日印发", "2010-06-25 day"),
        ("某局办公室2010年6月28日印发", "2010-06-28 day"),
        ("某局\n2009年3月\n", "2009-03-01 month"),
    ] {
        assert_eq!(signature_date(text).map(|found| show(Some(found.0))), Some(expected.into()), "{text}");
    }
    for text in ["2010年6月25日召开会议", "截止2010年\n", "2010年3月至2011年4月", "无日期"] {
        assert_eq!(signature_date(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn spans_are_in_order_and_fit(text in "[0-9一二三十〇年月日号旬上中下底前起至到—. 每第个天“”七国庆\n]{0,40}") {
        let mut last = 0;
        for time in expressions(&text, &BASE) {
            prop_assert!(time.span.start >= last.min(time.span.start) && time.span.end > time.span.start);
            prop_assert!(!time.span.of(&text).is_empty());
            last = time.span.end;
        }
        let _ = (range_in(&text, &BASE), signature_date(&text));
    }

    #[test]
    fn any_day_is_read_back(days in 0i32..54_000) {
        let date = jiff::civil::date(1950, 1, 1).saturating_add(jiff::Span::new().days(days));
        let text = format!("{}年{}月{}日", date.year(), date.month(), date.day());
        let times = expressions(&text, &Base::default());
        prop_assert_eq!(times[0].start.map(|m| m.date), Some(date));
        prop_assert_eq!(times.len(), 1);
    }
}
