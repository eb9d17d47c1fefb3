//! Words of Taiwan back to those of the mainland, after a converter put them in: 資訊 → 信息, 專題排程 → 专题调度.

use std::sync::{Arc, LazyLock};

use super::cache::Cached;
use super::fix::Fix;
use super::phrases::Phrases;
use super::{Context, Pass};
use crate::diagnostic::Diagnostic;
use crate::lexicon::Table;
use crate::model::{RepairKind, Script};

/// The pass.
///
/// Evidence: a source in Traditional script with a word that only Taiwan has (型别, 排程), or two if it names no body of the
/// mainland. Words of both sides
/// (资讯, 社群) give way only where the mainland's word is missing from the text: a converter leaves none. Counter-examples:
/// a document of Taiwan itself (行政院, 民国), which stays as it is; 幹部檔案 and 工作程序, which are in no row. It misses
/// words that the converter put in without a Taiwan-only word beside them. The 檔案 of a letterhead is 文件 by its place alone.
pub(super) const PASS: Pass = Pass { kind: RepairKind::TaiwanVocabulary, find };

/// What only documents of Taiwan name.
const OF_TAIWAN: &[&str] = &["行政院", "立法院", "民国", "台湾省政府", "考试院", "监察院"];
/// What only documents of the mainland name.
const OF_MAINLAND: &[&str] = &["党委", "党支部", "中共", "市委", "县委", "区委", "省委", "党组织", "国务院"];

#[derive(Debug, Default)]
struct Terms {
    phrases: Phrases,
    taiwan: std::collections::HashSet<String>,
}

static CACHE: LazyLock<Cached<Terms>> = LazyLock::new(Cached::default);

fn compile(table: Option<&Table>) -> Terms {
    let Some(table) = table else { return Terms::default() };
    let taiwan = table.pairs("key", "note").filter(|row| row.1 == "taiwan").map(|row| row.0.to_owned()).collect();
    Terms { phrases: Phrases::new(table.pairs("key", "value")), taiwan }
}

fn find(text: &str, context: &Context<'_>, _: &mut Vec<Diagnostic>) -> Vec<Fix> {
    if !matches!(context.script, Some(Script::Hant | Script::Mixed)) {
        return Vec::new();
    }
    let has =
        |words: &[&str]| words.iter().any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some());
    // The second question is answered early in nearly every text.
    let of_mainland = has(OF_MAINLAND);
    if !of_mainland && has(OF_TAIWAN) {
        return Vec::new();
    }
    let letterhead = letterhead(text);
    let terms: Arc<Terms> = CACHE.get(context.lexicon, "taiwan_terms", compile);
    let found: Vec<(usize, &str, &str)> = terms.phrases.all(text).filter(|(_, key, value)| key != value).collect();
    let mut evidence: Vec<&str> = found.iter().map(|found| found.1).filter(|key| terms.taiwan.contains(*key)).collect();
    evidence.sort_unstable();
    evidence.dedup();
    let enough = if of_mainland { 1 } else { 2 };
    if evidence.len() + usize::from(letterhead.is_some()) < enough {
        return letterhead.into_iter().collect();
    }
    let mut twins: Vec<(&str, bool)> = Vec::new();
    let mut has_twin = |value| {
        if let Some((_, has)) = twins.iter().find(|(known, _)| *known == value) {
            return *has;
        }
        let has = memchr::memmem::find(text.as_bytes(), str::as_bytes(value)).is_some();
        twins.push((value, has));
        has
    };
    let mut fixes: Vec<Fix> = found
        .into_iter()
        .filter(|(_, key, value)| terms.taiwan.contains(*key) || !has_twin(value))
        .map(|(at, key, value)| Fix::new(at..at + key.len(), value.to_owned()))
        .chain(letterhead)
        .collect();
    fixes.sort_by_key(|fix| fix.range.start);
    fixes
}

/// The 文件 of a letterhead, which a converter makes 檔案: at the end of a short line with the number of a document below it.
///
/// Example: `某县卫生局档案` above `某卫发〔2010〕8号`. Counter-example: the heading `职工档案`, without a number below.
fn letterhead(text: &str) -> Option<Fix> {
    let mut start = 0;
    let mut lines = text.split_inclusive('\n').take(30).peekable();
    while let Some(line) = lines.next() {
        let body = line.trim_end();
        let numbered = |next: &&str| next.trim_end().ends_with('号') && next.contains(['〔', '[', '（', '(', '【']);
        if body.ends_with("档案") && body.chars().count() <= 40 && lines.peek().is_some_and(numbered) {
            let end = start + body.len();
            return Some(Fix::new(end - "档案".len()..end, "文件"));
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::clean;
    use crate::lexicon::Lexicon;
    use crate::pipeline::Options;

    fn cleaned(text: &str) -> String {
        clean(text, Lexicon::builtin(), &Options::default()).0.text
    }

    #[test]
    fn converted_words_come_back() {
        for (before, after) in [
            (
                "各支部要查詢差距，不同型別的單位專題排程，編發資訊簡報",
                "各支部要查找差距，不同类型的单位专题调度，编发信息简报",
            ),
            ("縣委釋出通知，網路專案按期建成，社群衛生服務中心", "县委发布通知，网络项目按期建成，社区卫生服务中心"),
            (
                "臨水縣衛生局檔案\n臨衛發〔2010〕8號\n縣委認真建檔案庫",
                "临水县卫生局文件\n临卫发〔2010〕8号\n县委认真建档案库",
            ),
            // The mainland's own word shows that 社群 and 資訊 were written so.
            ("縣委釋出通知，網路社群與社區建設，資訊和信息", "县委发布通知，网络社群与社区建设，资讯和信息"),
        ] {
            assert_eq!(cleaned(before), after);
        }
    }

    #[test]
    fn every_row_gives_its_word_in_its_example() {
        for (value, example) in Lexicon::builtin().table("taiwan_terms").unwrap().pairs("value", "example") {
            let after = cleaned(&format!("縣委釋出網路專案，各單位認真執行；{example}"));
            assert!(after.contains(value), "{example}: {value} is not in {after}");
        }
    }

    #[test]
    fn words_without_evidence_stay() {
        for (before, after) in [
            ("幹部檔案管理工作程序，資訊平台", "干部档案管理工作程序，资讯平台"),
            ("行政院公告：資訊專案與網路軟體", "行政院公告：资讯专案与网路软体"),
            ("公安机关专案组、资讯平台、支援灾区、社群", "公安机关专案组、资讯平台、支援灾区、社群"),
            ("縣公安局專案組對口支援", "县公安局专案组对口支援"),
        ] {
            assert_eq!(cleaned(before), after);
        }
    }
}
