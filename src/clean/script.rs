//! Traditional script → Simplified, phrases before characters.

use std::sync::{Arc, LazyLock};

use super::cache::Cached;
use super::fix::Fix;
use super::phrases::Phrases;
use super::{Context, Pass, hanzi};
use crate::diagnostic::Diagnostic;
use crate::lexicon::{Lexicon, Table};
use crate::model::{RepairKind, Script};

/// Phrases of `OpenCC` whose characters do not convert one by one.
static OPENCC: &str = include_str!("../lexicon/data/script_phrases_opencc.txt");

/// The pass.
///
/// Evidence is the script of the document, and of the sentence: a Traditional document is converted throughout, in a
/// Simplified or mixed one only the sentences that are Traditional; elsewhere only characters that Simplified text does
/// not have. 著, 乾 and 於 in a Simplified sentence stay, and so do the characters of names (昇, 甯). It misses words that the
/// scripts write with different words; those are the task of the pass for Taiwan's vocabulary.
pub(super) const PASS: Pass = Pass { kind: RepairKind::Script, find };

static CACHE: LazyLock<Cached<Phrases>> = LazyLock::new(Cached::default);

fn compile(own: Option<&Table>) -> Phrases {
    let opencc = OPENCC.lines().filter_map(|line| line.split_once('\t'));
    Phrases::new(own.into_iter().flat_map(|table| table.pairs("key", "value")).chain(opencc))
}

fn find(text: &str, context: &Context<'_>, _: &mut Vec<Diagnostic>) -> Vec<Fix> {
    if context.profile.traditional == 0 {
        return Vec::new();
    }
    let phrases: Arc<Phrases> = CACHE.get(context.lexicon, "script_phrases", compile);
    let mut fixes = Vec::new();
    if context.script == Some(Script::Hant) {
        convert(text, 0, &phrases, context.lexicon, &mut fixes);
        return fixes;
    }
    let mut start = 0;
    for sentence in text.split_inclusive(['\n', '。']) {
        let (mut traditional, mut simplified) = (0, 0);
        for c in sentence.chars() {
            match hanzi::script(c) {
                hanzi::TRADITIONAL => traditional += 1,
                hanzi::SIMPLIFIED => simplified += 1,
                _ => {}
            }
        }
        // A line of a list of names tells nothing of the script of its text.
        let is_name = traditional < ENOUGH && sentence.chars().filter(|c| hanzi::is_hanzi(*c)).count() < ENOUGH;
        if traditional > simplified && (context.script != Some(Script::Hans) || !is_name) {
            convert(sentence, start, &phrases, context.lexicon, &mut fixes);
        } else if traditional > 0 {
            convert_certain(sentence, start, &mut fixes);
        }
        start += sentence.len();
    }
    fixes
}

/// Everything that is Traditional.
fn convert(text: &str, offset: usize, phrases: &Phrases, lexicon: &Lexicon, fixes: &mut Vec<Fix>) {
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        if at < skip || !hanzi::is_hanzi(c) {
            continue;
        }
        if is_of_name(text, at, c, lexicon) {
            continue;
        }
        if let Some((key, value)) = phrases.at(c, &text[at..]) {
            phrase(key, value, offset + at, fixes);
            skip = at + key.len();
        } else if let Some(to) = hanzi::simplified(c) {
            fixes.push(Fix::new(offset + at..offset + at + c.len_utf8(), to));
        }
    }
}

/// Whether a character belongs to the name of a person, which keeps it: 張乾、李徵祥 (乾, 徵), 於立明同志 (於).
///
/// Evidence: a surname (table `surnames`) before 乾 or 徵 with nothing but the start of a name before it (a mark, a blank,
/// the end of a post) and the end of one behind it, at most a character later; 於 with two characters and 同志 behind it.
/// Counter-example: `高乾燥`. It misses names inside sentences.
fn is_of_name(text: &str, at: usize, c: char, lexicon: &Lexicon) -> bool {
    if c == '於' {
        return text[at..].chars().nth(3) == Some('同') && text[at..].chars().nth(4) == Some('志');
    }
    if !matches!(c, '乾' | '徵') {
        return false;
    }
    let mut back = text[..at].chars().rev();
    let surname = back.next().map(|c| hanzi::simplified(c).map_or_else(|| c.to_string(), str::to_owned));
    let is_surname = surname.is_some_and(|surname| lexicon.cells("surnames", "key").contains(&surname.as_str()));
    let begins = back.next().is_none_or(|c| !hanzi::is_hanzi(c) || "長任記員席".contains(c));
    let ends = |c: Option<char>| c.is_none_or(|c| !hanzi::is_hanzi(c) || c == '同');
    let behind = &text[at + c.len_utf8()..];
    is_surname && begins && (ends(behind.chars().next()) || ends(behind.chars().nth(1)))
}

/// A phrase: character by character where the lengths agree, so that the map stays fine.
fn phrase(key: &str, value: &str, at: usize, fixes: &mut Vec<Fix>) {
    if key.chars().count() != value.chars().count() {
        fixes.push(Fix::new(at..at + key.len(), value.to_owned()));
        return;
    }
    for ((start, from), to) in key.char_indices().zip(value.chars()) {
        if from != to {
            let range = at + start..at + start + from.len_utf8();
            match hanzi::simplified(from).filter(|simplified| simplified.starts_with(to)) {
                Some(simplified) => fixes.push(Fix::new(range, simplified)),
                None => fixes.push(Fix::new(range, to.to_string())),
            }
        }
    }
}

/// Chinese characters that a line has at least if its script is to be told from it.
const ENOUGH: usize = 8;

/// Only characters that Simplified text does not have, and only into characters that it commonly has: rare ones are the
/// spelling of a name.
fn convert_certain(text: &str, offset: usize, fixes: &mut Vec<Fix>) {
    for (at, c) in text.char_indices() {
        if hanzi::script(c) == hanzi::TRADITIONAL
            && hanzi::is_common(c)
            && !text[..at].ends_with("日本")
            && let Some(to) = hanzi::simplified(c)
        {
            fixes.push(Fix::new(offset + at..offset + at + c.len_utf8(), to));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, run, untouched};
    use crate::lexicon::Lexicon;

    #[test]
    fn every_row_gives_its_phrase_in_its_example() {
        for (value, example) in Lexicon::builtin().table("script_phrases").unwrap().pairs("value", "example") {
            let after = run(super::PASS, &format!("全縣衛生係統黨員幹部認真執行；{example}"));
            assert!(after.contains(value), "{example}: {value} is not in {after}");
        }
    }

    #[test]
    fn traditional_text_becomes_simplified() {
        check(
            super::PASS,
            &[
                ("全縣衛生系統黨員幹部", "全县卫生系统党员干部"),
                ("做好乾部職工的思想工作", "做好干部职工的思想工作"),
                ("乾安縣實施乾坤工程", "乾安县实施乾坤工程"),
                ("著力推動，圍繞著中心，標誌著開端", "着力推动，围绕着中心，标志着开端"),
                ("著重抓好顯著成效的著作，著名學者編著", "着重抓好显著成效的著作，著名学者编著"),
                ("成績卓著，執著追求，論著三部", "成绩卓著，执着追求，论著三部"),
                ("瞭解情況，站在瞭望塔上", "了解情况，站在瞭望塔上"),
                ("裡面、裏頭、這裡", "里面、里头、这里"),
                ("頭髮與發展", "头发与发展"),
                ("落後、皇后、然後", "落后、皇后、然后"),
                ("關於貫穿於各項工作之中", "关于贯穿于各项工作之中"),
                ("關于開展標准化係統建設", "关于开展标准化系统建设"),
                ("台灣、臺州、檯面", "台湾、台州、台面"),
                ("範圍、彙報、佈置、瞭然、扎實、紮實", "范围、汇报、布置、了然、扎实、扎实"),
                ("憑藉優勢，藉助網絡", "凭借优势，借助网络"),
                ("麼、麵粉、乾淨、餘額", "么、面粉、干净、余额"),
                ("徵求意見，象徵", "征求意见，象征"),
                ("準確把握標準，允許批準", "准确把握标准，允许批准"),
                ("三隻手，隻爭朝夕", "三只手，只争朝夕"),
                ("組長：張乾、李徵祥，於立明同志任副組長", "组长：张乾、李徵祥，於立明同志任副组长"),
                ("天氣乾燥，應徵入伍，關於同志們", "天气干燥，应征入伍，关于同志们"),
            ],
        );
    }

    #[test]
    fn a_traditional_sentence_in_a_simplified_text_is_converted_alone() {
        check(
            super::PASS,
            &[
                (
                    "各乡镇要认真组织，著名企业、乾县分公司参加。各單位要著力抓好乾部隊伍。",
                    "各乡镇要认真组织，著名企业、乾县分公司参加。各单位要着力抓好干部队伍。",
                ),
                ("认真执行国家标準，组织学习", "认真执行国家标准，组织学习"),
            ],
        );
    }

    #[test]
    fn simplified_text_stays() {
        untouched(
            super::PASS,
            &[
                "著名作家的著作在乾县出版，成效显著",
                "於立明同志任组长",
                "乾坤湾景区管理办法",
                "征求意见，宫商角徵羽",
                "李昇平、钟灵毓秀",
                "各镇名单\n甯　昇\n於　翀",
                "各镇语种栏目：English/日本語，自行束脩以上",
                "瞭望塔",
                "国家标准化体系",
            ],
        );
    }
}
