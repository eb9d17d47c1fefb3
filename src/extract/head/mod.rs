//! The head and the tail of a document: title, genre, number, addressees, issuer, date of issue.
//!
//! The parts are those of GB/T 9704-2012: 版头 (发文机关标志, 发文字号), 主体 (标题, 主送机关, 正文, 附件说明, 发文机关署名, 成文日期),
//! 版记 (抄送机关, 印发机关和印发日期). Scraped texts keep only some of them, so each is looked for where it may also stand.

mod addressees;
mod issuer;
mod signature;

use std::sync::LazyLock;

use regex::Regex;

use super::number;
use crate::lexicon::Lexicon;
use crate::model::{Component, Genre, Moment, Precision, Section};
use crate::outline::one_line;
use crate::span::Span;
use crate::split::line::{self, Line};
use crate::split::title::{self, Title};
use addressees::addressees;
use issuer::letterhead;
pub use issuer::title_issuer;
use signature::{signature, signatures};

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
    if title.is_none() && is_scheme(sections) {
        return Some(Genre::Scheme);
    }
    named.or(Some(Genre::Other))
}

/// Whether an untitled document, or what is left of one, has the parts that make a 方案: how it is carried out, by phases or steps,
/// and one of its other parts.
///
/// Counter-example: 要点 and 意见, which have tasks and safeguards but no phases.
fn is_scheme(sections: &[Section]) -> bool {
    let has = |part: Component| sections.iter().any(|section| section.component == Some(part));
    let named = |section: &&Section| section.heading.contains("阶段") || section.marker.contains("阶段");
    let phases = sections.iter().filter(named).count();
    let others =
        [Component::Leadership, Component::Assessment, Component::Measures, Component::Goals, Component::Guideline];
    (has(Component::Steps) || phases >= 2) && (others.into_iter().any(has) || phases >= 1)
}

/// The document's own number: in the letterhead, below the title, or right behind a title that is glued to it.
fn numbers(text: &str, lines: &[Line], top: Option<&Title>, first_section: u32, head: &mut Head) {
    let last = top.map_or(6, |t| t.last + 4);
    for (at, line) in lines.iter().enumerate().take(last).take_while(|(_, line)| line.span.start < first_section) {
        let mut body = line.span.of(text);
        if let Some(t) = top.filter(|t| !t.glued && (t.first..=t.last).contains(&at)) {
            // 关于…的通知(某办发〔2013〕14号)
            if at < t.last || t.span.end >= line.span.end {
                continue;
            }
            body = Span { start: t.span.end, end: line.span.end }.of(text);
        }
        let glued_title = top.filter(|t| t.glued && t.first == at);
        let whole_line = line.chars <= 70 && !body.contains('。') && !body.contains('《');
        if !whole_line && glued_title.is_none() {
            if line.chars >= 60 {
                break;
            }
            continue;
        }
        // Behind the title, or in the letterhead before it: 某县水务局文件 某水发〔2012〕8号某县水务局活动方案.
        let letterhead = glued_title.filter(|t| t.span.start > line.span.start);
        let part = match (letterhead, glued_title) {
            (Some(t), _) => Span { start: line.span.start, end: t.span.start }.of(text),
            (_, Some(t)) => Span { start: t.span.end, end: line.span.end }.of(text),
            _ => body,
        };
        let near = |start: usize| letterhead.is_some() || glued_title.is_none() || start < 12;
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
    fn a_signature_at_the_end_of_merged_lines() {
        let head = head(
            "关于开展秸秆禁烧工作的通知\n各乡镇人民政府：为改善空气质量，现就有关事项通知如下。一、目标任务全县不烧一把火。二、工作要求各乡镇要落实网格责任，昼夜巡查，逐村签订承诺书，发现火点立即扑灭并追究责任，确保任务完成。青河县环境保护局2013年5月20日",
        );
        assert_eq!(head.issuer.as_deref(), Some("青河县环境保护局"));
        assert_eq!(head.issued.map(|m| m.date.to_string()).as_deref(), Some("2013-05-20"));
        assert_eq!(head.addressees, ["各乡镇人民政府"]);
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
