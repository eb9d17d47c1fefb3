//! Document numbers, and the titles that they belong to.

use crate::span::Span;

pub(super) fn shifted(found: Vec<(Span, String)>, by: u32) -> Vec<(Span, String)> {
    found.into_iter().map(|(span, form)| (Span { start: span.start + by, end: span.end + by }, form)).collect()
}

/// Whether a number has a word where its prefix should be: 根据〔2012〕8号 names no document.
pub(super) fn lacks_prefix(form: &str) -> bool {
    let prefix = form.split('〔').next().unwrap_or("");
    ["根据", "按照", "依据", "依照", "遵照", "参照", "贯彻", "落实", "执行", "文件", "通知"].contains(&prefix)
}

/// A number that fills its line is the document's own.
pub(super) fn fills_line(text: &str, span: Span, body: Span) -> bool {
    let blank = |c: &char| c.is_whitespace() && *c != '\n' || matches!(c, '(' | ')' | '（' | '）');
    let head = text.get(body.start as usize..span.start as usize).unwrap_or("");
    let tail = text.get(span.end as usize..body.end as usize).unwrap_or("");
    let before = head.chars().rev().find(|c| !blank(c));
    let after = tail.chars().find(|c| !blank(c));
    matches!((before, after), (None | Some('\n'), Some('\n')) | (Some('\n'), None))
}

/// The number in brackets right behind a title or right before it, with the span of both.
pub(super) fn attached(
    text: &str,
    titled: Span,
    codes: &[(Span, String)],
    used: &mut [bool],
) -> (Option<String>, Span) {
    let mut end = titled.end;
    let mut forms: Vec<&str> = Vec::new();
    let first = codes.partition_point(|(span, _)| span.start < titled.end);
    for (at, (span, form)) in codes.iter().enumerate().skip(first) {
        let between = text.get(end as usize..span.start as usize).unwrap_or("x").trim();
        let fits = if forms.is_empty() {
            between.trim_matches(['(', '（', '[', '【', '〔', '“', '"']).is_empty() && between.chars().count() <= 1
        } else {
            matches!(between, "、" | "," | "，" | "和")
        };
        if !fits {
            break;
        }
        forms.push(form);
        if let Some(flag) = used.get_mut(at) {
            *flag = true;
        }
        end = span.end;
    }
    let mut start = titled.start;
    if forms.is_empty()
        && let Some(at) = first.checked_sub(1)
        && let Some((span, form)) = codes.get(at)
        && used.get(at) == Some(&false)
        && span.end <= titled.start
        && matches!(
            text.get(span.end as usize..titled.start as usize).unwrap_or("x").trim(),
            "" | "文" | "文件" | ")" | "）"
        )
    {
        forms.push(form);
        start = span.start;
        if let Some(flag) = used.get_mut(at) {
            *flag = true;
        }
    }
    let form = if forms.is_empty() { None } else { Some(forms.join("、")) };
    (form, Span { start, end })
}
