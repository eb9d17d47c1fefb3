//! The head and the tail of a document: title, genre, number, addressees, issuer, date of issue.
//!
//! The parts are those of GB/T 9704-2012: 版头 (发文机关标志, 发文字号), 主体 (标题, 主送机关, 正文, 附件说明, 发文机关署名, 成文日期),
//! 版记 (抄送机关, 印发机关和印发日期). Scraped texts keep only some of them, so each is looked for where it may also stand.

use std::sync::LazyLock;

use regex::Regex;

use super::dates;
use super::number;
use crate::lexicon::Lexicon;
use crate::model::{Genre, Moment, Precision, Section};
use crate::outline::one_line;
use crate::span::Span;
use crate::split::line::{self, Line};
use crate::split::title::{self, Title, is_body};

/// What the head and the tail say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// The document's own title; of a notice that forwards a plan, the plan's.
    pub title: Option<String>,
    /// The title in the text.
    pub title_span: Option<Span>,
    /// Title of the notice that forwards it.
    pub notice: Option<String>,
    /// Kind of document.
    pub genre: Option<Genre>,
    /// 日卫党发〔2010〕11号.
    pub doc_number: Option<String>,
    /// Year of the number, also where its prefix is a placeholder.
    pub number_year: Option<i32>,
    /// 主送机关.
    pub addressees: Vec<String>,
    /// 发文机关, several joined with 、.
    pub issuer: Option<String>,
    /// Date of issue.
    pub issued: Option<Moment>,
    /// The body that the speaker of a speech heads: 某市卫生局 of 某市卫生局局长 张三.
    pub speaker: Option<String>,
    /// Where the head ends and the text begins.
    pub head_end: u32,
    /// Where the text ends and the tail (signature, 主题词, 抄送) begins.
    pub tail_start: u32,
}

static FORWARDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:印发|转发|批转|颁发|下发|颁布|发布|公布)").expect("a literal pattern"));
static QUOTED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"《([^《》]{4,120}(?:〈[^〈〉]*〉[^《》]*)?)》").expect("a literal pattern"));
static ANY_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[〔\[【（(?？]\s*((?:19|20)\d\d)\s*年?\s*[〕\]】）)?？]\s*第?\s*\d{1,4}\s*号")
        .expect("a literal pattern")
});
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:主题词|主\s*题\s*词|抄\s*送|抄\s*报|联\s*系\s*人|联系电话|电\s*话|传\s*真|电子邮箱|邮\s*箱|附件\s*[:：\d]|附\s*[:：]|[(（]?(?:此件|本文有删减|共印)|\d{1,2}[.．、]|.{0,40}印发$|印发$|打字|校对|公开方式|信息公开选项|[(（]共印)").expect("a literal pattern")
});

static ANNEX: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^附\s*[件表]\s*[一二三四五六七八九十\d]{0,2}\s*[:：]?$").expect("a literal pattern"));

/// Read the head and the tail of a document.
pub fn read(text: &str, span: Span, sections: &[Section], lexicon: &Lexicon) -> Head {
    let words = &lexicon.compiled().line;
    let lines = line::plain_lines(text, span);
    let first_section = sections.first().map_or(span.end, |section| section.span.start);
    let mut head = Head { head_end: span.start, tail_start: span.end, ..Head::default() };
    if lines.is_empty() {
        return head;
    }
    let titles = titles(text, &lines, first_section, words);
    let forwarding = titles.iter().position(|t| is_forwarding(t.span.of(text)));
    let own = match forwarding {
        Some(at) => titles[at + 1..].iter().find(|t| !is_forwarding(t.span.of(text))),
        // Sites print their own form of the title above the document's: the last of several in a row is the document's.
        None => titles.iter().rev().find(|t| only_titles_above(text, &lines, t)).or(titles.first()),
    };
    let notice = forwarding.map(|at| titles[at]);
    let own_title = own.copied().or(notice);
    if let Some(found) = own_title {
        let printed = one_line(found.span.of(text));
        let inner =
            if own.is_none() && !sections.is_empty() { inner_title(text, &lines, &found, first_section) } else { None };
        head.title_span = Some(inner.as_ref().map_or(found.span, |(_, span)| *span));
        head.title = Some(inner.map_or(printed, |(title, _)| title));
    }
    head.notice = notice.filter(|_| own.is_some()).map(|n| one_line(n.span.of(text)));
    head.genre = genre(text, span, head.title.as_deref(), sections, words);

    // A notice without a title of its own: 各镇人民政府:《X》已经县政府同意,现印发给你们… above the plan X.
    let untitled = own_title.filter(|t| notice.is_none() && t.first > 0 && forwards_above(text, &lines[..t.first]));
    let top = if untitled.is_some() { None } else { notice.or(own_title) };
    head.head_end = own_title.map_or(span.start, |t| t.span.end);
    addressees(text, &lines, top.as_ref(), first_section, &mut head);
    numbers(text, &lines, top.as_ref(), first_section, &mut head);
    if let Some(plan) = untitled
        && let Some(signed) = signature(text, &lines[..plan.first])
    {
        head.issuer = signed.issuer;
        head.issued = Some(signed.date);
    }
    signatures(text, &lines, notice.as_ref(), own, first_section, &mut head);
    // The speaker's office stands between the title of a speech and its first words.
    if head.genre == Some(Genre::Speech)
        && let Some(at) = span.of(text).find("同志们").filter(|&at| at < 900)
    {
        head.head_end = head.head_end.max(span.start + at as u32);
        head.speaker = lines
            .iter()
            .take_while(|line| line.span.start < span.start + at as u32)
            .filter(|line| line.chars <= 40)
            .find_map(|line| SPEAKER.captures(line.span.of(text)))
            .and_then(|found| found.get(1))
            .map(|body| body.as_str().to_owned());
    }
    if head.issuer.is_none() {
        let letterhead = letterhead(text, &lines, top.as_ref());
        let notice_title = notice.map(|n| one_line(n.span.of(text)));
        head.issuer = letterhead
            .or_else(|| notice_title.as_deref().and_then(title_issuer))
            .or_else(|| head.title.as_deref().and_then(title_issuer));
    }
    if head.issued.is_none()
        && let Some(year) = head.number_year
        && let Ok(date) = jiff::civil::Date::new(year as i16, 1, 1)
    {
        head.issued = Some(Moment { date, precision: Precision::Year });
    }
    head
}

/// Whether nothing but short lines stands above a title.
fn only_titles_above(text: &str, lines: &[Line], title: &Title) -> bool {
    title.first <= 8
        && lines[..title.first]
            .iter()
            .all(|line| line.chars <= 60 && !line.span.of(text).contains(['。', '，', ',', ':', '：']))
}

/// Whether the lines above a title are those of a notice that passes the document on.
fn forwards_above(text: &str, lines: &[Line]) -> bool {
    lines.iter().take(14).any(|line| {
        let body = line.span.of(text);
        ["印发给你们", "现印发", "转发给你们", "现转发", "予以印发", "印发你们", "现予印发"]
            .iter()
            .any(|words| body.contains(words))
    })
}

static SPEAKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[(（]?((?:中共)?[一-龥]{2,24}?(?:局|委员会|委|人民政府|政府|院|厅|部|办公室))(?:党[委组])?(?:副?书记|副?局长|副?主任|副?院长|副?部长|副?厅长|副?市长|副?县长|副?区长|常委)")
        .expect("a literal pattern")
});

/// The titles that stand before the first numbered heading, in order, the same one printed twice only once.
fn titles(text: &str, lines: &[Line], first_section: u32, words: &line::Words) -> Vec<Title> {
    let mut found: Vec<Title> = Vec::new();
    let mut at = 0;
    // Without any numbered heading a title stands near the top.
    let limit = if first_section < lines[lines.len() - 1].span.end { 120 } else { 16 };
    while at < lines.len().min(limit) && lines[at].span.start < first_section {
        let own = title::own_lines(text, lines, at, words)
            .filter(|t| t.span.start >= found.last().map_or(0, |last| last.span.end));
        if let Some(t) =
            own.or_else(|| if found.is_empty() && at < 3 { title::glued(text, lines, at, words) } else { None })
        {
            found.push(t);
            at = t.last + 1;
        } else {
            at += 1;
        }
    }
    found
}

fn is_forwarding(title: &str) -> bool {
    let title = one_line(title);
    let tail: String = title.chars().rev().take(6).collect();
    (tail.starts_with("知通") || tail.starts_with('函') || tail.contains("知通")) && FORWARDS.is_match(&title)
}

/// The name of the plan inside the title of the notice that forwards it: 关于印发《X》的通知. Where the notice's own text
/// gives a longer name of it (《某县国土局X》), that one.
fn inner_title(text: &str, lines: &[Line], notice: &Title, first_section: u32) -> Option<(String, Span)> {
    let printed = notice.span.of(text);
    let (name, at) = match QUOTED.captures(printed).and_then(|c| c.get(1)) {
        Some(found) => (
            one_line(found.as_str()),
            Span::new(notice.span.start as usize + found.start(), notice.span.start as usize + found.end()),
        ),
        None => {
            let begin = FORWARDS.find(printed)?.end();
            let end = printed.rfind("的通知").filter(|&end| end > begin)?;
            (
                one_line(&printed[begin..end]),
                Span::new(notice.span.start as usize + begin, notice.span.start as usize + end),
            )
        }
    };
    if name.chars().count() < 6 {
        return None;
    }
    let core = bare(&name);
    for line in lines[notice.last + 1..].iter().take(12).filter(|line| line.span.start < first_section) {
        for captures in QUOTED.captures_iter(line.span.of(text)) {
            let Some(longer) = captures.get(1) else { continue };
            let longer_bare = bare(longer.as_str());
            if longer_bare.chars().count() > core.chars().count() && longer_bare.ends_with(&core) {
                let start = line.span.start as usize + longer.start();
                return Some((one_line(longer.as_str()), Span::new(start, start + longer.len())));
            }
        }
    }
    Some((name, at))
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

static SAYS_GENRE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:制[定订]|提出|拟定|就|将)[^。\n]{0,60}?(?:(?:本|此|如下|以下|该)(?:[^。，\n]{0,12}?)(?:(方案)|(意见)|(计划)|(通知)|(办法|规定|细则))|(?:(方案)|(意见)|(计划)|(通知)|(办法|规定|细则))如下)").expect("a literal pattern")
});

/// Kind of document: from its title, else from what it says of itself in its first sentences.
///
/// Example: 特制定如下实施方案: → 方案. Counter-example: 按照《…实施方案》要求 names another document. 同志们 makes a speech; a year's 指导思想 and 目标
/// above 重点做好以下…工作, without any title, make 要点.
fn genre(text: &str, span: Span, title: Option<&str>, sections: &[Section], words: &line::Words) -> Option<Genre> {
    let named = title.and_then(|title| words.genre(title));
    if named.is_some() {
        return named;
    }
    let head: String = span.of(text).chars().take(1200).collect();
    let first: String = head.chars().take(80).collect();
    if first.contains("同志们") || first.contains("各位代表") {
        return Some(Genre::Speech);
    }
    if let Some(captures) = SAYS_GENRE.captures_iter(&head).find(|c| {
        // Not inside 《》.
        let before = &head[..c.get(0).map_or(0, |m| m.start())];
        before.matches('《').count() == before.matches('》').count()
    }) {
        let genres = [Genre::Scheme, Genre::Opinion, Genre::Programme, Genre::Notice, Genre::Measures];
        if let Some(genre) = (1..=10).find(|&group| captures.get(group).is_some()).map(|group| genres[(group - 1) % 5])
        {
            return Some(genre);
        }
    }
    let yearly = head.contains("指导思想是") && head.contains("目标是")
        || head.contains("今年重点")
        || head.contains("工作要点");
    if title.is_none() && yearly && !sections.is_empty() {
        return Some(Genre::KeyPoints);
    }
    named.or(Some(Genre::Other))
}

static ADDRESSEE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:各|市|县|区|省|局|院|校|厅|委|全|有关|机关|直属|国务院|中央|驻|州|旗|乡|镇|街道|部属|集团|[一-龥]{2,9}(?:省|市|县|区|州|旗|厅|局|委|政府|镇|乡|公司))").expect("a literal pattern")
});
static ADDRESSED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:局|委|厅|办|单位|政府|部门|公司|院|校|站|党|会|机构|科室|所|中心|支部|组织|部|队|室|处|组|企业|园|社区|村|街道|乡镇|银行|社|团|兵团|高校|股室|集团|区|市|人员|同志)\s*(?:[)）])?$").expect("a literal pattern")
});

/// 主送机关: a line below the title that ends with a colon and names bodies, or stands so before the text on the same line.
fn addressees(text: &str, lines: &[Line], top: Option<&Title>, first_section: u32, head: &mut Head) {
    let from = top.map_or(0, |t| t.last + usize::from(!t.glued));
    for line in lines.iter().skip(from).take(8).take_while(|line| line.span.start < first_section) {
        let mut span = line.span;
        if let Some(t) = top
            && span.start < t.span.end
        {
            span = Span { start: t.span.end.min(span.end), end: span.end };
        }
        let body = span.of(text);
        let Some((at, colon)) = body.char_indices().take(260).find(|(_, c)| matches!(c, ':' | '：' | '。')) else {
            continue;
        };
        if colon == '。' {
            break;
        }
        let list = body[..at].trim();
        let fits = list.chars().count() >= 3
            && ADDRESSEE.is_match(list)
            && ADDRESSED.is_match(list)
            && !["如下", "通知", "意见", "同志们", "组长", "根据", "为了", "关于", "附件", "联系"]
                .iter()
                .any(|word| list.contains(word));
        if fits {
            head.addressees = parts(list);
            head.head_end = head.head_end.max(span.start + at as u32 + colon.len_utf8() as u32);
            return;
        }
    }
}

/// The bodies of an address: parted at commas, and at 、 where whole bodies stand on both sides (各镇人民政府、街道办事处, but
/// 各科、室、站 and 各省、自治区、直辖市人民政府 are one).
fn parts(list: &str) -> Vec<String> {
    let mut pieces: Vec<(String, char)> = Vec::new();
    let mut depth = 0usize;
    let mut piece = String::new();
    for c in list.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, ',' | '，' | ';' | '；' | '、') {
            pieces.push((std::mem::take(&mut piece), c));
        } else {
            piece.push(c);
        }
    }
    pieces.push((piece, ','));
    let whole =
        |piece: &str| piece.chars().count() >= if piece.starts_with('各') { 3 } else { 4 } && ADDRESSED.is_match(piece);
    let mut out: Vec<String> = Vec::new();
    let mut part = String::new();
    for (at, (piece, mark)) in pieces.iter().enumerate() {
        part.push_str(piece);
        let ends = *mark != '、' || whole(piece) && pieces.get(at + 1).is_some_and(|(next, _)| whole(next));
        if ends {
            out.push(std::mem::take(&mut part));
        } else {
            part.push(*mark);
        }
    }
    out.push(part);
    out.into_iter().map(|part| one_line(part.trim())).filter(|part| !part.is_empty()).collect()
}

/// The document's own number: in the letterhead, below the title, or right behind a title that is glued to it.
fn numbers(text: &str, lines: &[Line], top: Option<&Title>, first_section: u32, head: &mut Head) {
    let last = top.map_or(6, |t| t.last + 4);
    for (at, line) in lines.iter().enumerate().take(last).take_while(|(_, line)| line.span.start < first_section) {
        if top.is_some_and(|t| !t.glued && (t.first..=t.last).contains(&at)) {
            continue;
        }
        let body = line.span.of(text);
        let glued_title = top.filter(|t| t.glued && t.first == at);
        let whole_line = line.chars <= 70 && !body.contains('。') && !body.contains('《');
        if !whole_line && glued_title.is_none() {
            if line.chars >= 60 {
                break;
            }
            continue;
        }
        let offset = glued_title.map_or(0, |t| (t.span.end - line.span.start) as usize);
        let part = body.get(offset..).unwrap_or("");
        let near = |start: usize| glued_title.is_none() || start < 12;
        if head.number_year.is_none()
            && let Some(found) = ANY_NUMBER.captures(part)
            && found.get(0).is_some_and(|m| near(m.start()))
        {
            head.number_year = found.get(1).and_then(|year| year.as_str().parse().ok());
        }
        if let Some((span, number)) = number::numbers(part).into_iter().next()
            && near(span.start as usize)
        {
            head.doc_number = Some(number);
            return;
        }
    }
}

/// Issuer and date as signed: of a notice that forwards a plan, above the plan; otherwise at the end.
fn signatures(
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
    // The tail stands behind the text: never above the first heading, nor above the plan that a notice forwards.
    let text_start = own.map_or(0, |t| t.span.end).max(if first_section < lines[lines.len() - 1].span.end {
        first_section
    } else {
        0
    });
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

struct Signature {
    issuer: Option<String>,
    date: Moment,
    span: Span,
}

/// The last date of the lines that stands alone or behind a body's name, with the bodies named above it.
///
/// Evidence: a full date at the end of a short line without commas; above it, up to five short lines without stops that end
/// like bodies when put together. Example: 某市环境保护局 / 某市公安局 / 二〇一二年三月一日. Counter-example: a date inside a sentence.
/// Misses seals and signatures printed as pictures.
fn signature(text: &str, lines: &[Line]) -> Option<Signature> {
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
                && crate::outline::marker::scan(text, above.span).is_empty()
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

fn bodies(text: &str, lines: &[Line]) -> Option<String> {
    let parts: Vec<&str> = lines.iter().map(|l| l.span.of(text)).collect();
    bodies_in(&parts)
}

/// The bodies that lines name: pieces between blanks are put together until they end like a body. `None` if anything is left.
fn bodies_in(parts: &[&str]) -> Option<String> {
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
    let placeholder = |name: &str| name.contains(['x', 'X', 'ｘ', '×', '某', '*', '＊', '○', '_']);
    (name.is_empty() && !names.is_empty() && !names.iter().any(|name| placeholder(name))).then(|| names.join("、"))
}

/// The body in the letterhead: 日照市卫生局文件, or a body that stands with its number above the title.
fn letterhead(text: &str, lines: &[Line], top: Option<&Title>) -> Option<String> {
    let last = top.map_or(4, |t| t.first).min(8);
    lines[..last.min(lines.len())].iter().find_map(|line| {
        let body = line.span.of(text);
        if line.chars > 60 {
            return None;
        }
        let name = body.strip_suffix("文件").or_else(|| {
            let (number, _) = number::numbers(body).into_iter().next()?;
            Some(&body[..number.start as usize])
        })?;
        bodies_in(&[name])
    })
}

static TITLE_ISSUER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^((?:[一-龥（）()、\d]{1,40}?(?:局|厅|委员会|委|办公室|人民政府|政府|党组|党委|支部|小组|指挥部|院|大学|中学|小学|学校|所|站|中心|公司|部|办|会|国务院|行|社)\s*)+?)(?:关于|印发|转发|批转|开展|深入|实施|贯彻|推进|加强|进一步|集中|落实|学习|做好|党史|创[先建]|(?:19|20)\d\d|二[〇○]|“|《)",
    )
    .expect("a literal pattern")
});
static GENERIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:中共|全|各|本|我|某|[xX×*]+|人民|中心|基层|公立|民营|社区|第[一二三]|市|县|区|乡镇|镇|乡|村|医疗卫生|医疗|卫生|教育|环保)*(?:系统|医院|卫生院|学校|中学|小学|幼儿园|公司|企业|机关|局|委|中心|单位|支部|党支部|党委|党组|党总支|委员会|办公室|领导小组|社会|大会|部|会|院|所|站|办)+$",
    )
    .expect("a literal pattern")
});

static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?:19|20)\d\d年度?").expect("a literal pattern"));

/// The body with which a title begins: 海口市水务局关于…, 昆山市教育局开展….
///
/// A name that fits any place (医院, 卫生院党支部, xx局) is no issuer.
pub fn title_issuer(title: &str) -> Option<String> {
    let title = YEAR_FIRST.replace(title, "");
    let found = TITLE_ISSUER.captures(&title)?.get(1)?;
    let names = bodies_in(&[&found.as_str().replace('、', " ")])?;
    let generic = names
        .split('、')
        .any(|name| GENERIC.is_match(name) && !is_ministry(name) || name.contains("关于") || name.contains("系统"));
    (!generic).then_some(names)
}

/// 教育部, 卫生部: a ministry's name is a word that would else be too general.
fn is_ministry(name: &str) -> bool {
    name.ends_with('部')
        && !name.ends_with("支部")
        && (3..=9).contains(&name.chars().count())
        && !name.starts_with(['各', '全', '本', '我', '支'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn head(text: &str) -> Head {
        let lexicon = Lexicon::builtin();
        let span = Span::new(0, text.len());
        let (sections, _) = crate::outline::outline(text, span, lexicon);
        read(text, span, &sections, lexicon)
    }

    #[test]
    fn letterhead_form() {
        let head = head(
            "临水市环境保护局文件\n临环发〔2012〕8号\n关于在全市开展\n饮用水源保护专项行动的实施意见\n各县区环保局，市直有关单位：\n为保障饮水安全，现提出如下意见。\n一、指导思想\n保护优先。\n二、工作要求\n抓好落实。\n临水市环境保护局\n二〇一二年三月一日\n主题词：环保 水源 意见\n",
        );
        assert_eq!(head.title.as_deref(), Some("关于在全市开展饮用水源保护专项行动的实施意见"));
        assert_eq!(head.doc_number.as_deref(), Some("临环发〔2012〕8号"));
        assert_eq!(head.issuer.as_deref(), Some("临水市环境保护局"));
        assert_eq!(head.addressees, ["各县区环保局", "市直有关单位"]);
        assert_eq!(head.issued.map(|m| m.date.to_string()).as_deref(), Some("2012-03-01"));
        assert_eq!(head.genre, Some(Genre::Opinion));
    }

    #[test]
    fn a_notice_that_forwards_a_plan() {
        let head = head(
            "关于印发《校车安全整治工作方案》的通知\n各乡镇人民政府、县直各单位：\n现将《校车安全整治工作方案》印发给你们，请遵照执行。\n青河县人民政府办公室\n2013年4月2日\n校车安全整治工作方案\n为保障学生安全，制定本方案。\n一、工作目标\n消除隐患。\n二、工作要求\n抓好落实。",
        );
        assert_eq!(head.title.as_deref(), Some("校车安全整治工作方案"));
        assert_eq!(head.genre, Some(Genre::Scheme));
        assert_eq!(head.issuer.as_deref(), Some("青河县人民政府办公室"));
        assert_eq!(head.addressees, ["各乡镇人民政府", "县直各单位"]);
    }

    #[test]
    fn issuers_in_titles() {
        for (title, expected) in [
            ("临水市水务局关于公布水土保持方案的公告", Some("临水市水务局")),
            ("国务院办公厅关于做好防汛工作的通知", Some("国务院办公厅")),
            ("柳河镇卫生院2012年行风建设实施方案", Some("柳河镇卫生院")),
            ("医院关于开展优质服务活动的实施方案", None),
            ("中心卫生院开展优质服务活动方案", None),
            ("关于印发全市卫生工作要点的通知", None),
            ("xx县卫生局关于开展活动的通知", None),
        ] {
            assert_eq!(title_issuer(title).as_deref(), expected, "{title}");
        }
    }
}
