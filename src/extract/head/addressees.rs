//! 主送机关: to whom a document is addressed.

use super::Head;
use crate::outline::one_line;
use crate::span::Span;
use crate::split::line::Line;
use crate::split::opening::{ends_as_body, is_addressees};
use crate::split::title::Title;

/// 主送机关: a line below the title that ends with a colon and names bodies, or stands so before the text on the same line.
pub(super) fn addressees(text: &str, lines: &[Line], top: Option<&Title>, first_section: u32, head: &mut Head) {
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
        let fits = is_addressees(list);
        if fits {
            head.addressees = parts(list);
            head.head_end = head.head_end.max(span.start + at as u32 + colon.len_utf8() as u32);
            return;
        }
    }
}

/// The bodies of an address: parted at commas, and at 、 where whole bodies stand on both sides (各镇人民政府、街道办事处, but
/// 各科、室、站 and 各省、自治区、直辖市人民政府 are one).
pub(super) fn parts(list: &str) -> Vec<String> {
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
    let whole = |piece: &str| {
        piece.chars().count() >= if piece.starts_with(['各', '县', '市', '区', '镇']) { 3 } else { 4 }
            && ends_as_body(piece)
    };
    let mut out: Vec<String> = Vec::new();
    let mut part = String::new();
    for (at, (piece, mark)) in pieces.iter().enumerate() {
        part.push_str(piece);
        // 各中学、各幼儿园: each 各 begins a body.
        let ends = *mark != '、'
            || pieces.get(at + 1).is_some_and(|(next, _)| {
                // 国务院各部委、各直属机构 shares its first word.
                next.starts_with('各') && !part.starts_with("国务院")
                    || whole(piece) && whole(next) && !next.starts_with('各')
            });
        if ends {
            out.push(std::mem::take(&mut part));
        } else {
            part.push(*mark);
        }
    }
    out.push(part);
    out.into_iter().map(|part| one_line(part.trim())).filter(|part| !part.is_empty()).collect()
}
