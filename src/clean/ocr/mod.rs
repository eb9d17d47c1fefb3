//! Slips of character recognition, and the spaces that PDF files put around digits.

mod digits;
mod percent;
mod spaces;
mod strays;

use std::sync::{Arc, LazyLock};

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::cache::Cached;
use super::fix::Fix;
use super::{Context, Pass};
use crate::diagnostic::Diagnostic;
use crate::lexicon::Table;
use crate::model::RepairKind;

/// The pass. Each kind has its own file, which says what it takes as evidence; words that recognition gets wrong (入民, 根木)
/// are rows of the table `ocr_confusions`.
pub(super) const PASS: Pass = Pass { kind: RepairKind::Ocr, find };

/// Words that recognition gets wrong, and the right ones.
#[derive(Default)]
struct Words {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    values: Vec<String>,
}

static CACHE: LazyLock<Cached<Words>> = LazyLock::new(Cached::default);

fn compile(table: Option<&Table>) -> Words {
    let Some(table) = table else { return Words::default() };
    let keys: Vec<&str> = table.cells("key").collect();
    Words {
        automaton: CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(keys).ok(),
        values: table.cells("value").map(str::to_owned).collect(),
    }
}

fn find(text: &str, context: &Context<'_>, _: &mut Vec<Diagnostic>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    spaces::find(text, &mut fixes);
    digits::find(text, &mut fixes);
    percent::find(text, &mut fixes);
    strays::find(text, &mut fixes);
    let words: Arc<Words> = CACHE.get(context.lexicon, "ocr_confusions", compile);
    if let Some(automaton) = &words.automaton {
        for found in automaton.leftmost_find_iter(text) {
            if let Some(value) = words.values.get(found.value() as usize) {
                fixes.push(Fix::new(found.start()..found.end(), value.clone()));
            }
        }
    }
    fixes.sort_by_key(|fix| (fix.range.start, fix.range.end));
    fixes
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, untouched};
    use super::PASS;
    use crate::lexicon::Lexicon;

    #[test]
    fn slips_are_repaired() {
        check(
            PASS,
            &[
                ("2010 年 6 月 15 日前完成", "2010年6月15日前完成"),
                ("第一阶段（2010 年6 月中旬）", "第一阶段（2010年6月中旬）"),
                ("所属学校 4 0%达标", "所属学校40%达标"),
                ("迎接建党90 周年", "迎接建党90周年"),
                ("水文【2011】82 号文件", "水文【2011】82号文件"),
                ("全县 12 个乡镇", "全县12个乡镇"),
                ("组建专业队3 个，下派干部 6 名", "组建专业队3个，下派干部6名"),
                ("学制3年，2010年 9月完工", "学制3年，2010年9月完工"),
                ("创建示范岗l个，先进l0名", "创建示范岗1个，先进10名"),
                ("截至2Ol0年底", "截至2010年底"),
                ("建党9O周年，发放300O份", "建党90周年，发放3000份"),
                ("2010年6月 ll 日，7月l5日", "2010年6月 11 日，7月15日"),
                ("二OO九年十月", "二〇〇九年十月"),
                ("党员受教育面达95人\n", "党员受教育面达95%\n"),
                ("竞争上岗率达到100人；", "竞争上岗率达到100%；"),
                ("抓D机制；重D点工作。I\n改革I创新。D\n", "抓机制；重点工作。\n改革创新。\n"),
            ],
        );
    }

    #[test]
    fn every_row_recognises_its_example() {
        let table = Lexicon::builtin().table("ocr_confusions").unwrap();
        for ((key, value), example) in table.pairs("key", "value").zip(table.cells("example")) {
            assert_eq!(super::super::testing::run(PASS, example), example.replace(key, value));
        }
    }

    #[test]
    fn numbers_and_letters_of_their_own_stay() {
        untouched(
            PASS,
            &[
                "1 总则\n1.1 编制目的",
                "5.1.2 省级人民政府",
                "专栏1 个人信息保护工程",
                "专栏2 智能化改造",
                "镇卫生院 2010年6月",
                "12 15 18",
                "联系人：张三 0311-8888",
                "9:00～11:00 建设工程",
                "O型血、I期工程、D级危房、A区、E级计算机",
                "为代表的N个行业和X个场景",
                "培训覆盖面达90人次",
                "受教育面达900人。",
                "参加率95%，共90人。",
                "T恤、B超、X光、K歌",
                "二〇〇九年、二○○九年、2009年、二○一○年",
                "至于部分单位，加入民建，自己经常检查",
                "林木单位产量、土木部门、树木地区",
                "乔木基木桩",
                "Word文档、PPTl张",
                "3 个人申请",
                "O3日最大8小时平均，含氧量（O2%），O2O项目",
                "H1号楼、I1号楼、5l次氯酸钠",
                "分为A、B、C、D四等，判为D的整改，连续为D的清退，由D升为C的公示，D先D后",
                "比例不低于2人。",
                "行动3 家政服务、行动4 人居环境，指标C3 万元能耗",
                "|1 家禽存栏|万只|",
                "8:30 家访，14:30 台账检查",
                "邮编318000 台州市、466000 周口市",
                "学制3年 9月入学，工期2年 3月开工",
                "档次1 3%、档次2 5%",
            ],
        );
    }
}
