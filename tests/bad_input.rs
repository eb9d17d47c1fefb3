//! Whatever the input is, a parse comes out of it, in linear time, and every place in it is a place of the text.
//!
//! The sizes are such that work that grows with the square of the input would not end.

use std::fs;
use std::path::Path;

use fangan::lexicon::Lexicon;
use fangan::model::Parsed;
use fangan::span::Span;
use fangan::{Options, decode, parse};
use proptest::prelude::*;

const SENTENCE: &str =
    "各乡镇要认真贯彻文件精神，结合实际制定实施方案，明确工作责任，确保2010年6月底前完成85%以上的任务。";

fn parsed(text: String) -> Parsed {
    let parsed = parse(text, Lexicon::builtin(), &Options::default());
    check(&parsed);
    parsed
}

/// Every span lies in the cleaned text, on boundaries between characters, inside its plan, and leads back into the source.
fn check(parsed: &Parsed) {
    let text = parsed.cleaned.text.as_str();
    let whole = Span::new(0, text.len());
    let fits = |span: Span, within: Span, what: &str| {
        assert!(span.start <= span.end && text.get(span.range()).is_some(), "{what}: {span:?} is no place of the text");
        assert!(within.contains(span), "{what}: {span:?} is not inside {within:?}");
        let source = parsed.cleaned.map.to_source(span);
        assert!(parsed.source.get(source.range()).is_some(), "{what}: {span:?} comes from {source:?}");
    };
    let mut end = 0;
    for plan in &parsed.plans {
        fits(plan.span, whole, "plan");
        assert!(end <= plan.span.start, "plans overlap at {:?}", plan.span);
        end = plan.span.end;
        for section in &plan.sections {
            fits(section.span, plan.span, "section");
            fits(section.whole, plan.span, "whole section");
            fits(section.heading_span, plan.span, "heading");
        }
        plan.phases.iter().for_each(|phase| fits(phase.span, plan.span, "phase"));
        plan.criteria.iter().for_each(|criterion| fits(criterion.span, plan.span, "criterion"));
        plan.targets.iter().for_each(|target| fits(target.span, plan.span, "target"));
        plan.leaders.iter().for_each(|leader| fits(leader.span, plan.span, "leader"));
        plan.references.iter().for_each(|reference| fits(reference.span, plan.span, "reference"));
        plan.slogans.iter().for_each(|slogan| fits(slogan.span, plan.span, "slogan"));
    }
    parsed.unparsed.iter().for_each(|unparsed| fits(unparsed.span, whole, "unparsed"));
    parsed.diagnostics.iter().for_each(|diagnostic| fits(diagnostic.span, whole, "diagnostic"));
    for repair in &parsed.cleaned.repairs {
        assert!(parsed.source.get(repair.span.range()).is_some(), "{:?} is no place of the source", repair.span);
    }
    assert!((0.0..=1.0).contains(&parsed.coverage));
}

/// A sentence again and again, up to this many bytes.
fn filled(sentence: &str, bytes: usize) -> String {
    sentence.repeat(bytes / sentence.len())
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (1..=count).map(line).collect()
}

#[test]
fn five_megabytes_on_one_line() {
    assert_eq!(parsed(filled(SENTENCE, 5 << 20)).plans.len(), 1);
    assert_eq!(parsed(filled(&SENTENCE.replace('。', "，"), 5 << 20)).plans.len(), 1);
    assert_eq!(parsed(filled("各乡镇要认真贯彻文件精神", 5 << 20)).plans.len(), 1);
}

#[test]
fn nested_markers() {
    for text in ["一、甲乙\n（一）丙丁\n1．戊己\n（1）庚辛\n①壬癸\n", "一、甲（一）乙1．丙（1）丁①戊"]
    {
        parsed(text.repeat(10_000));
    }
}

#[test]
fn short_numbered_items() {
    parsed(numbered(50_000, |number| format!("{number}、甲\n")));
    parsed(numbered(50_000, |number| format!("{}、甲乙丙丁。戊己庚辛\n", number % 99 + 1)));
    parsed("1、甲\n".repeat(50_000));
    parsed(format!("一、方法步骤\n{}", "（一）动员\n1、宣传\n".repeat(20_000)));
    parsed(numbered(20_000, |number| format!("第{}阶段：动员\n", number % 9 + 1)));
    parsed("一是".repeat(33_000));
    parsed("一是甲，二是乙，".repeat(10_000));
}

#[test]
fn marks_that_are_never_closed() {
    for text in
        ["《", "《甲", "(", "（", "“", "“甲乙", "[", "〔2010", "什么?", "&", "&amp;", "amp;", "：", "。", "，", "."]
    {
        parsed(text.repeat(100_000));
    }
    parsed(format!("&{}", "amp;".repeat(100_000)));
}

#[test]
fn repeated_titles() {
    let title = |number: usize| format!("关于开展第{number}次环境卫生整治活动的实施方案\n");
    parsed("关于开展环境卫生整治活动的实施方案\n".repeat(20_000));
    parsed(numbered(20_000, title));
    parsed(numbered(20_000, |number| format!("{}各单位要认真执行，不得有误。\n", title(number))));
    let plan =
        |number: usize| format!("{}一、目标\n各单位要执行。\n二、步骤\n第一阶段：动员\n各村动员。\n", title(number));
    assert!(parsed(numbered(3_000, plan)).plans.len() > 1);
}

#[test]
fn many_facts() {
    let formula = |number: usize| char::from_u32(0x4e00 + number as u32).unwrap_or('好');
    parsed(numbered(20_000, |number| format!("做到“五个{}好”，三个代表，", formula(number))));
    parsed("努力做到“五个好”：领导班子好，".repeat(20_000));
    parsed(numbered(20_000, |number| format!("根据《关于{number}号工作的意见》（国发〔2010〕{number}号）")));
    parsed("不少于3个，建成5个、新建8个".repeat(40_000));
    parsed("不少于3天".repeat(50_000));
    parsed("组长：王文华 副组长：李明、赵大海 成员：".repeat(20_000));
    parsed(format!("组长：{}", "王文华李明赵大海".repeat(30_000)));
    parsed("2010年1月1日至2010年12月31日，".repeat(30_000));
    parsed("主题是“甲乙丙丁戊”主题活动时间从".repeat(30_000));
    parsed("以下简称《方案》".repeat(50_000));
    parsed("山东省济南市历下区人民政府，鼓楼区".repeat(30_000));
}

#[test]
fn numerals() {
    parsed("1234567890".repeat(100_000));
    parsed("一二三四五六七八九十".repeat(30_000));
    parsed("90%，".repeat(100_000));
    parsed("千".repeat(100_000));
}

#[test]
fn damaged_text() {
    parsed("衛(wèi)生系統(tǒng)黨員幹部，".repeat(30_000));
    parsed("方’案,范’文’库".repeat(50_000));
    parsed("提高()能力".repeat(50_000));
    let latin: String = filled(SENTENCE, 1 << 20).bytes().map(char::from).collect();
    parsed(latin);
    let mut random = random();
    parsed((0..400_000).map(|_| if random().is_multiple_of(2) { hanzi(random()) } else { 'h' }).collect());
}

#[test]
fn nothing_to_read() {
    for text in
        ["\0", "甲\0乙", " ", "\n", "\r\n", "\r", "\u{3000}", "\u{200b}", "\u{1b}", "\u{85}\u{2028}", "\u{fffd}", "𠮷"]
    {
        parsed(text.repeat(300_000));
    }
    assert!(parsed(String::new()).plans.is_empty());
}

/// Numbers that look random and are the same each time.
fn random() -> impl FnMut() -> u32 {
    let mut state = 7u64;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32
    }
}

fn hanzi(number: u32) -> char {
    char::from_u32(0x4e00 + number % 0x5200).unwrap_or('一')
}

#[test]
fn bytes_that_are_no_text() {
    let mut random = random();
    let noise: Vec<u8> = (0..3 << 20).map(|_| random() as u8).collect();
    parsed(decode::decode(&noise).text);
    parsed(decode::decode(&[b"%PDF-1.4\n".as_slice(), &noise].concat()).text);
    let high: Vec<u8> = noise.iter().map(|byte| 0x81 + byte % 0x7e).collect();
    parsed(decode::decode(&high).text);
    parsed(decode::decode(&vec![0; 1 << 20]).text);
    for length in 0..9 {
        parsed(decode::decode(&noise[..length]).text);
    }
}

/// The samples that come with the package.
fn samples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/fangan/samples/texts");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the samples").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths.iter().map(|path| decode::decode(&fs::read(path).expect("a sample")).text).collect()
}

/// A sample cut anywhere, with what is left of its lines in another order, on one line, or glued to part of another sample.
fn mutation() -> impl Strategy<Value = String> {
    let samples = samples();
    let sample = proptest::sample::select(samples);
    (sample.clone(), sample, any::<[u16; 4]>(), 0..5u8, any::<prop::sample::Index>(), any::<char>()).prop_map(
        |(one, other, cuts, kind, place, c)| {
            let cut = |text: &str, from: u16, to: u16| -> String {
                let count = text.chars().count() + 1;
                let (from, to) = (from as usize % count, to as usize % count);
                text.chars().skip(from.min(to)).take(from.abs_diff(to)).collect()
            };
            let part = cut(&one, cuts[0], cuts[1]);
            match kind {
                0 => part,
                1 => part + &cut(&other, cuts[2], cuts[3]),
                2 => part.replace('\n', ""),
                3 => {
                    let mut lines: Vec<&str> = part.lines().collect();
                    let count = lines.len().max(1);
                    lines.rotate_left(cuts[2] as usize % count);
                    lines.sort_by_key(|line| line.len() % (cuts[3] as usize % 7 + 1));
                    lines.join("\n")
                }
                _ => {
                    let mut characters: Vec<char> = part.chars().collect();
                    characters.insert(place.index(characters.len() + 1), c);
                    characters.into_iter().collect()
                }
            }
        },
    )
}

/// Text of what the stages look for, in any order.
const PIECES: &[&str] = &[
    "一、",
    "（一）",
    "1．",
    "(1)",
    "①",
    "第一阶段",
    "第二步",
    "：",
    "。",
    "，",
    "、",
    "\n",
    "《",
    "》",
    "“",
    "”",
    "（",
    "）",
    "(",
    ")",
    "五个好",
    "三个代表",
    "做到",
    "2010年",
    "6月底前",
    "至",
    "85%",
    "不少于",
    "90人",
    "建成",
    "组长",
    "任组长",
    "王文华",
    "李明",
    "关于",
    "实施方案",
    "印发",
    "通知",
    "各县区",
    "日照市",
    "卫生局",
    "国发〔2010〕1号",
    "主题",
    "是",
    "载体",
    "附件",
    "目录",
    "衛",
    "(wèi)",
    "錯",
    "é",
    "å…³",
    "鶎",
    "h",
    "?",
    "&nbsp;",
    "\u{3000}",
    " ",
    "\u{200b}",
    "\r\n",
    "活动时间",
    "从",
    "开始",
    "结束",
    "的",
    "要",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_parses(text in "\\PC{0,200}") {
        parsed(text);
    }

    #[test]
    fn any_characters_parse(text in proptest::collection::vec(any::<char>(), 0..200)) {
        parsed(text.into_iter().collect());
    }

    #[test]
    fn any_bytes_parse(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        parsed(decode::decode(&bytes).text);
    }

    #[test]
    fn any_pieces_parse(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..120)) {
        parsed(pieces.concat());
    }

    #[test]
    fn mutations_of_the_samples_parse(text in mutation()) {
        parsed(text);
    }
}
