//! 发文机关署名 and 成文日期: who signed a document, and when.

use std::sync::LazyLock;

use regex::Regex;

use super::Head;
use crate::extract::dates;
use crate::model::{Moment, Precision};
use crate::outline::marker::Family;
use crate::span::Span;
use crate::split::line::Line;
use crate::split::title::{Title, is_body};

pub(super) static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:主题词|主\s*题\s*词|抄\s*送|抄\s*报|联\s*系\s*人|联系电话|电\s*话|传\s*真|电子邮箱|邮\s*箱|附件\s*[:：\d]|附\s*[:：]|[(（]?(?:此件|本文有删减|共印)|\d{1,2}[.．、]|.{0,40}印发$|印发$|打字|校对|公开方式|信息公开选项|[(（]共印)").expect("a literal pattern")
});

pub(super) static ANNEX: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^附\s*[件表]\s*[一二三四五六七八九十\d]{0,2}\s*[:：]?$").expect("a literal pattern"));

/// Issuer and date as signed: of a notice that forwards a plan, above the plan; otherwise at the end.
pub(super) fn signatures(
    text: &str,
    lines: &[Line],
    notice: Option<&Title>,
    own: Option<&Title>,
    first_section: u32,
    head: &mut Head,
) {
    if let Some(notice) = notice {
        let stop = own.map_or_else(
            || lines.iter().position(|l| l.span.start >= first_section).unwrap_or(lines.len()),
            |t| t.first,
        );
        let between = &lines[(notice.last + 1).min(lines.len())..stop.max(notice.last + 1).min(lines.len())];
        if let Some(signed) = signature(text, between) {
            head.issuer = signed.issuer;
            head.issued = Some(signed.date);
            if own.is_some() {
                head.head_end = head.head_end.max(signed.span.end);
            }
        }
    }
    // A speech and many plans carry their date in brackets below the title.
    let below = own.or(notice).map_or(0, |t| t.last + 1);
    for line in lines.iter().skip(below).take(2) {
        let body = line.span.of(text);
        if line.chars <= 24
            && body.starts_with(['(', '（'])
            && let Some((date, _)) = dates::signature_date(body.trim_matches(['(', ')', '（', '）']))
        {
            head.issued.get_or_insert(date);
        }
    }
    let lines = &parted(text, lines)[..];
    // The tail stands behind the text: never above the first heading, nor above the plan that a notice forwards.
    let own_end = own.map_or(0, |t| t.span.end);
    // The headings may all be those of an annex.
    let is_annex = |line: &&Line| line.chars <= 8 && ANNEX.is_match(line.span.of(text));
    let annexed = lines.iter().filter(|line| line.span.start >= own_end).find(is_annex);
    let headed =
        first_section < lines[lines.len() - 1].span.end && annexed.is_none_or(|annex| first_section < annex.span.start);
    let text_start = own_end.max(if headed { first_section } else { 0 });
    let tail: Vec<Line> = lines.iter().rev().take(24).take_while(|l| l.span.start >= text_start).copied().collect();
    let tail: Vec<Line> = tail.into_iter().rev().collect();
    // The signature stands before the annexes, whose own signatures are not the document's.
    let annex =
        lines.iter().rposition(|l| l.span.start >= text_start && l.chars <= 8 && ANNEX.is_match(l.span.of(text)));
    let annex = annex.map(|last| {
        lines[..last]
            .iter()
            .position(|l| l.span.start >= text_start && l.chars <= 8 && ANNEX.is_match(l.span.of(text)))
            .unwrap_or(last)
    });
    if let Some(annex) = annex
        && let Some(signed) = signature(text, &lines[annex.saturating_sub(12)..annex])
    {
        head.tail_start = signed.span.start;
        head.issued = head.issued.or(Some(signed.date));
        head.issuer = head.issuer.take().or(signed.issuer);
        return;
    }
    let mut end = tail.len();
    while end > 0 && tail[end - 1].chars <= 120 && TAIL.is_match(tail[end - 1].span.of(text)) {
        end -= 1;
    }
    // Numbered lines are a list of annexes only below 附件; otherwise they are the end of the text.
    while tail.get(end).is_some_and(|line| line.span.of(text).starts_with(|c: char| c.is_ascii_digit())) {
        end += 1;
    }
    if let Some(signed) = signature(text, &tail[..]) {
        head.tail_start = signed.span.start;
        if head.issued.is_none() {
            head.issued = Some(signed.date);
        }
        if head.issuer.is_none() {
            head.issuer = signed.issuer;
        }
    } else {
        if end < tail.len() && end > 0 {
            head.tail_start = tail[end].span.start.max(first_section);
        }
        // A signature without a date.
        if head.issuer.is_none()
            && end > 1
            && tail[end - 1].chars <= 30
            && is_body(tail[end - 1].span.of(text))
            && tail[end - 2].span.of(text).ends_with(['。', '！', '.'])
        {
            head.issuer = bodies(text, &tail[end - 1..end]);
            head.tail_start = tail[end - 1].span.start;
        }
        if head.issued.is_none()
            && let Some((date, _)) =
                tail.iter().rev().filter(|l| l.chars <= 60).find_map(|l| dates::signature_date(l.span.of(text)))
        {
            head.issued = Some(date);
        }
    }
}

/// The lines, with what stands behind the last full stop of the last one as a line of its own where lines were merged:
/// …抓好落实。某县水务局2012年3月5日.
fn parted(text: &str, lines: &[Line]) -> Vec<Line> {
    let mut lines = lines.to_vec();
    if let Some(last) = lines.last_mut()
        && last.chars > 70
    {
        let body = last.span.of(text);
        let stop = body.rfind(['。', '！']).map(|at| at + body[at..].chars().next().map_or(1, char::len_utf8));
        if let Some(stop) = stop.filter(|&stop| (12..=200).contains(&(body.len() - stop))) {
            let start = last.span.start + stop as u32;
            let rest = Span { start, end: last.span.end }.trimmed(text);
            last.span.end = start;
            lines.push(Line { span: rest, boilerplate: None, chars: rest.of(text).chars().take(200).count() });
        }
    }
    lines
}

pub(super) struct Signature {
    pub(super) issuer: Option<String>,
    pub(super) date: Moment,
    pub(super) span: Span,
}

/// The last date of the lines that stands alone or behind a body's name, with the bodies named above it.
///
/// Evidence: a full date at the end of a short line without commas; above it, up to five short lines without stops that end
/// like bodies when put together. Example: 某市环境保护局 / 某市公安局 / 二〇一二年三月一日. Counter-example: a date inside a sentence.
/// Misses seals and signatures printed as pictures.
pub(super) fn signature(text: &str, lines: &[Line]) -> Option<Signature> {
    for (at, line) in lines.iter().enumerate().rev() {
        let body = line.span.of(text);
        if line.chars > 70 || body.ends_with("印发") || body.ends_with("印") {
            continue;
        }
        let Some((date, span)) = dates::signature_date(body.trim_end_matches(['。', '|', ' ', '．', '.'])) else {
            continue;
        };
        let before = body[..span.start as usize].trim();
        if before.contains(['，', ',', '。', '；', ':', '：', '《', '“'])
            || before.starts_with(['(', '（'])
            || date.precision == Precision::Year
        {
            continue;
        }
        if !before.is_empty() && bodies_in(&[before]).is_none() && !before.ends_with(['(', '（']) {
            continue;
        }
        let mut first = at;
        while first > 0 && at - first < 5 {
            let above = &lines[first - 1];
            let above_text = above.span.of(text);
            let plain = above.chars <= 72
                && !above_text.contains(['。', '，', ',', '；', ';', ':', '：', '！', '、', '《', '”'])
                && !above_text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '（'))
                // 三都水族自治县 and 九龙坡区 are no headings.
                && crate::outline::marker::scan(text, above.span).iter().all(|marker| marker.family == Family::HanBare)
                && dates::signature_date(above_text).is_none();
            if !plain {
                break;
            }
            first -= 1;
        }
        let mut parts: Vec<&str> = lines[first..at].iter().map(|l| l.span.of(text)).collect();
        parts.push(before);
        // Lines that only look like part of the signature (a heading, a title) are given up from the top.
        let mut issuer = None;
        let mut from = 0;
        while issuer.is_none() && from < parts.len() {
            issuer = bodies_in(&parts[from..]);
            from += usize::from(issuer.is_none());
        }
        let start = if issuer.is_some() { lines[(first + from).min(at)].span.start } else { line.span.start };
        return Some(Signature { issuer, date, span: Span { start, end: line.span.end } });
    }
    None
}

pub(super) fn bodies(text: &str, lines: &[Line]) -> Option<String> {
    let parts: Vec<&str> = lines.iter().map(|l| l.span.of(text)).collect();
    bodies_in(&parts)
}

/// The bodies that lines name: pieces between blanks are put together until they end like a body. `None` if anything is left.
pub(super) fn bodies_in(parts: &[&str]) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    let mut name = String::new();
    for piece in parts.iter().flat_map(|part| part.split_whitespace()) {
        let piece = piece.trim_matches(['(', ')', '（', '）']);
        if piece.is_empty() || matches!(piece, "代章" | "盖章" | "章") {
            continue;
        }
        name.push_str(piece);
        if is_body(&name) {
            names.push(std::mem::take(&mut name));
        }
    }
    let names: Vec<String> = names.into_iter().flat_map(|name| apart(&name)).collect();
    let placeholder = |name: &str| name.contains(['x', 'X', 'ｘ', '×', '某', '*', '＊', '○', '_']);
    (name.is_empty() && !names.is_empty() && !names.iter().any(|name| placeholder(name))).then(|| names.join("、"))
}

/// 中共某县委办公室某县人民政府办公室: party and government of one place, written without a blank.
fn apart(name: &str) -> Vec<String> {
    let place =
        name.strip_prefix("中共").and_then(|rest| rest.split('委').next()).filter(|place| place.chars().count() >= 2);
    let second = place.and_then(|place| name.rfind(place).filter(|at| *at > "中共".len() + place.len()));
    match second {
        Some(at) => vec![name[..at].to_owned(), name[at..].to_owned()],
        None => vec![name.to_owned()],
    }
}
