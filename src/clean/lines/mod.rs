//! Lines that a page's width broke inside a sentence, joined again ([`joints`]); page numbers between them ([`page`]) or
//! before each page ([`leaves`]); the
//! single spaces that page ends left ([`spaces`]); and lines that run on where one should begin ([`run_in`]).

mod joints;
mod leaves;
mod page;
mod run_in;
mod spaces;

use std::collections::HashMap;

use super::fix::Fix;
use super::{Context, Pass, hanzi};
use crate::diagnostic::Diagnostic;
use crate::model::RepairKind;
use page::Page;

/// The pass. Each kind has its own file, which says what it takes as evidence.
pub(super) const PASS: Pass = Pass { kind: RepairKind::Line, find };

/// Joints whose pairs of characters are looked up.
const MOST: usize = 2000;

fn find(text: &str, context: &Context<'_>, _: &mut Vec<Diagnostic>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    if context.profile.han < 30 {
        return fixes;
    }
    page::numbers(text, &mut fixes);
    leaves::find(text, &mut fixes);
    run_in::find(text, &mut fixes);
    let page = Page::of(text).or_else(|| Page::as_printed(context.source, text));
    let joints = joints::find(text, page.as_ref());
    let spaces = spaces::find(text);
    if !joints.is_empty() || !spaces.is_empty() {
        let pairs = pairs_elsewhere(text, joints.iter().chain(&spaces));
        let is_pair = |joint: &&Joint| pairs.get(&joint.pair).is_some_and(|count| *count >= 2);
        let joined = joints.iter().filter(|joint| joint.certain || is_pair(joint));
        fixes.extend(joined.map(|joint| Fix::delete(joint.start..joint.end)));
        let credible: Vec<&Joint> = spaces.iter().filter(is_pair).collect();
        if credible.len() >= spaces::ENOUGH {
            fixes.extend(credible.iter().map(|joint| Fix::delete(joint.start..joint.end)));
        }
    }
    fixes.sort_by_key(|fix| fix.range.start);
    fixes
}

/// A place where two parts of a sentence may belong together.
struct Joint {
    start: usize,
    end: usize,
    /// The characters on either side.
    pair: (char, char),
    certain: bool,
}

/// How often the pairs over the joints stand in the text; the joints themselves, which a break or a space parts, do not
/// count.
fn pairs_elsewhere<'a>(text: &str, joints: impl Iterator<Item = &'a Joint>) -> HashMap<(char, char), u32> {
    let mut pairs: HashMap<(char, char), u32> = joints.take(MOST).map(|joint| (joint.pair, 0)).collect();
    // A bit for each character that a pair begins with spares most look-ups.
    let mut begins = [0u64; 1024];
    for (first, _) in pairs.keys() {
        if let Some(word) = begins.get_mut(*first as usize / 64) {
            *word |= 1 << (*first as u32 % 64);
        }
    }
    let mut before = '\n';
    for c in text.chars() {
        let begins_pair = begins.get(before as usize / 64).is_some_and(|word| word & (1 << (before as u32 % 64)) != 0);
        if begins_pair
            && hanzi::is_hanzi(c)
            && hanzi::is_hanzi(before)
            && let Some(count) = pairs.get_mut(&(before, c))
        {
            *count += 1;
        }
        before = c;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, untouched};
    use super::PASS;

    #[test]
    fn broken_sentences_are_joined() {
        check(
            PASS,
            &[
                (
                    "各乡镇要落实河道管护责任，加强巡查，及时清理漂浮物，并将管护情况按照\n县水务局的要求每月上报一次，不得迟报漏报。",
                    "各乡镇要落实河道管护责任，加强巡查，及时清理漂浮物，并将管护情况按照县水务局的要求每月上报一次，不得迟报漏报。",
                ),
                (
                    "加强管护工作，做好清淤工作。各村要明确专人负责，定期检查，认真做好日常管护工\n作，确保水质达标。",
                    "加强管护工作，做好清淤工作。各村要明确专人负责，定期检查，认真做好日常管护工作，确保水质达标。",
                ),
            ],
        );
    }

    #[test]
    fn a_page_of_fixed_width_is_joined() {
        let words = "为切实加强农村饮水安全工程建设和运行管理保障农村居民用水需要促进城乡供水一体化";
        let line: String = format!("{words}，").chars().take(30).collect();
        let page = format!(
            "关于农村供水的意见\n{line}\n{line}\n{line}\n{line}\n{line}\n{line}\n并抓好落实，按期完成。\n一、总体要求\n完成任务。\n"
        );
        let joined =
            format!("关于农村供水的意见\n{}并抓好落实，按期完成。\n一、总体要求\n完成任务。\n", line.repeat(6));
        check(PASS, &[(&page, &joined)]);
    }

    #[test]
    fn single_spaces_in_sentences_go() {
        let before = "要把群众的幸福放在心上，群众的幸 福是大事。党员要带头，广大党 员干部要带头，推动工作，推 动各项工作向前走。党员推动幸福。";
        check(PASS, &[(before, &before.replace(' ', ""))]);
    }

    #[test]
    fn headings_titles_and_lists_stay() {
        untouched(
            PASS,
            &[
                "临水县人民政府关于印发全县农村饮水安全\n工程建设实施方案的通知\n各乡镇人民政府，县政府各部门：\n为做好工作，制定本方案。",
                "一、提高思想认识，切实增强做好河道管护工作的责任感和紧迫感\n河道管护是一项长期工作，各乡镇要高度重视。",
                "突出重点，落实责任，全面推进农村人居环境整治各项任务\n各乡镇要结合实际，制定方案，明确任务。",
                "组长：张三，县长；成员：李四、王五、赵六、钱七、孙八\n领导小组下设办公室，办公室设在县水务局，负责日常工作。",
                "各乡镇要加强领导，落实责任，扎实推进，确保全面完成年度任务\n临水县水务局\n2012年3月5日",
                "请各单位于月底前报送总结，联系人张三，电话另行通知\n附件：任务分解表，共三张。",
                "坚持以人为本，服务群众，把解决饮水困难作为第一任务，分步实施，具体\n\n二、任务，目标。",
                "各单位要认真学习，深刻领会，全面贯彻，抓好落实，做到\n（一）认识到位，责任到位。",
                "《中共中央 国务院关于加快水利改革发展的决定》，中共中央 国务院印发，县委 县政府贯彻，县委 县政府落实",
                "出席会议的有张三丰 李四光 王五福 赵六合等同志，张三丰主持，李四光讲话",
            ],
        );
    }
}
