//! Documents that break off.

use std::sync::LazyLock;

use regex::Regex;

use super::{line, title};
use crate::span::Span;

static FINISHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:[。！？!?”…》）)】.；;]|[日号月份]|\d{5,}|\d年|表|名单|此件.{1,8}|(?:附件|附表|联系|电话|传\s*真|抄\s*送|主题词|共印).{0,60}|印发|打印|校对.{0,6}|废止|敬礼|施行|执行|实施|为准|此复|此通知|贯彻落实)$").expect("a literal pattern")
});

/// A line with a number of the outline's.
static BEGINS_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[、.．])")
        .expect("a literal pattern")
});
/// A number with nothing behind it.
static BARE_MARKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[（(][一二三四五六七八九十\d]{1,3}[)）]、?|[一二三四五六七八九十]{1,3}、|\d{1,2}[、.．])$")
        .expect("a literal pattern")
});

/// Whether a document's last line ends inside a sentence.
///
/// Evidence: no sentence stop, no date or signature, no list of annexes, no contact at its end, and it is long enough to be
/// a sentence. Example: …要始终坚持抓好学习和整; a (二) with
/// nothing behind it; a few characters below a heading or behind the last full stop. Counter-example: 某县卫生局. Misses documents cut behind a full stop.
pub(super) fn breaks_off(text: &str, last: Span, above: &str, words: &line::Words) -> bool {
    let line = last.of(text).trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '_'));
    if BARE_MARKER.is_match(line) {
        return true;
    }
    if FINISHED.is_match(line) || title::is_body(line) || words.genre(line).is_some() {
        return false;
    }
    // 五、落实责任。各县: the sentence behind the last stop, where it names no body that signs.
    if let Some(stop) = line.rfind('。') {
        let rest = line[stop + '。'.len_utf8()..].trim();
        return rest.chars().count() >= 2 && !title::is_body(rest);
    }
    // The rows of a table.
    let cells = |line: &str| line.split_whitespace().count();
    if cells(line) >= 4 && cells(above) >= 4 {
        return false;
    }
    let chars = line.chars().count();
    // (一)宣传发动阶段 / 召开: a few characters below a heading.
    let below_heading = BEGINS_HEADING.is_match(above) && above.chars().count() <= 40 && !above.ends_with(['：', ':']);
    if below_heading && (2..=8).contains(&chars) && line.chars().all(crate::outline::marker::is_han) {
        return true;
    }
    chars >= 25 || chars >= 12 && line.contains(['，', ',', '、'])
}

/// Whether a document begins inside a sentence: its first words are those that go on with one.
///
/// Evidence: a mark that closes, or 的, 和, 了 at the very beginning, and no title there. Counter-example: 和谐社区建设方案.
/// Misses documents that begin with a whole sentence of their middle.
pub(super) fn begins_within(text: &str, document: Span, words: &line::Words) -> bool {
    let first = document.of(text).lines().next().unwrap_or("").trim();
    let goes_on = first.starts_with(['，', '、', '；', '。', '）', ')', '”', '》', ',', ';', '：', '的', '了', '们']);
    goes_on && words.genre(first).is_none()
}
