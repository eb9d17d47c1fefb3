//! Titles in their marks.

use super::around::bare;
use crate::span::Span;

/// Longest title, in characters; a mark that is not closed by then is a slip.
const LONGEST: usize = 150;

/// A title in its marks.
pub(super) struct Titled {
    /// With the marks.
    pub span: Span,
    /// Clean.
    pub title: String,
    /// What is compared: without blanks, punctuation, 中华人民共和国 and a final (试行).
    pub bare: String,
}

/// Titles of a span: in 《》, the outermost marks of nested ones, or in marks that stand for them.
pub(super) fn titles(text: &str, span: Span) -> Vec<Titled> {
    let part = span.of(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = part.get(at..).and_then(|rest| rest.find(['《', '<', '〈'])).map(|place| at + place) {
        let rest = part.get(open..).unwrap_or("");
        let length = if rest.starts_with('《') { closed(rest) } else { other_marks(rest) };
        let (length, title) = match length {
            Some(length) => (length, inside(rest.get(..length).unwrap_or(""))),
            None => match rest.strip_prefix('《').and_then(unclosed) {
                Some((length, title)) => (length + '《'.len_utf8(), title),
                None => {
                    at = open + rest.chars().next().map_or(1, char::len_utf8);
                    continue;
                }
            },
        };
        at = open + length;
        found.push(Titled {
            span: Span::new(span.start as usize + open, span.start as usize + at),
            bare: bare(&title),
            title,
        });
    }
    found
}

/// The length of a title in 《》, with its marks, at the start of a text.
fn closed(rest: &str) -> Option<usize> {
    let mut depth = 0;
    for (place, c) in rest.char_indices().take(LONGEST) {
        match c {
            '《' => depth += 1,
            '》' => depth -= 1,
            '。' => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(place + c.len_utf8());
        }
    }
    None
}

/// The kinds of documents that a title in other marks must end with.
const KINDS: &[&str] = &[
    "法",
    "条例",
    "办法",
    "规定",
    "通知",
    "意见",
    "决定",
    "方案",
    "纲要",
    "规划",
    "细则",
    "规程",
    "准则",
    "计划",
    "要点",
    "公告",
    "规范",
    "章程",
    "若干政策",
    "决议",
];

/// The length of a title in <>, <<>> or 〈〉, with its marks: four to sixty characters that end with a kind of document.
/// `合格率<2%，准确率>98%` holds none.
fn other_marks(rest: &str) -> Option<usize> {
    let (open, close) =
        [("<<", ">>"), ("<", ">"), ("〈", "〉")].into_iter().find(|(open, _)| rest.starts_with(open))?;
    let inner = rest.get(open.len()..)?;
    let reach = inner.char_indices().nth(64).map_or(inner.len(), |(place, _)| place);
    let title = inner.get(..inner.get(..reach)?.find(close)?)?;
    let plain = title
        .trim_end_matches(['）', ')'])
        .trim_end_matches("试行")
        .trim_end_matches("暂行")
        .trim_end_matches(['（', '(']);
    (KINDS.iter().any(|kind| plain.ends_with(kind))
        && (4..=60).contains(&title.chars().count())
        && !title.contains(['。', '，', ',', '；', '<', '〈', '=', '/']))
    .then_some(open.len() + title.len() + close.len())
}

/// Ends of the names of bodies, behind which a blank parts two issuers: 中共中央 国务院关于….
const BODY_ENDS: &[&str] = &["中央", "委", "政府", "委员会", "办公厅", "办公室", "部", "厅", "局", "总局", "署"];

/// What stands inside of marks, without line breaks and the blanks between Chinese characters.
fn inside(marked: &str) -> String {
    let title = marked.trim_matches(['<', '>', ' ']);
    let title = title.strip_prefix(['《', '〈']).unwrap_or(title);
    let title = title.strip_suffix(['》', '〉']).unwrap_or(title).trim();
    let mut out = String::with_capacity(title.len());
    let mut rest = title.chars().peekable();
    while let Some(c) = rest.next() {
        let ascii = out.ends_with(|c: char| c.is_ascii()) && rest.peek().is_some_and(char::is_ascii);
        let issuers = !out.ends_with(' ') && BODY_ENDS.iter().any(|end| out.ends_with(end)) && !out.contains("关于");
        if !c.is_whitespace() || (matches!(c, ' ' | '　') && (ascii || issuers)) {
            out.push(if c == '　' { ' ' } else { c });
        }
    }
    out
}

/// A title whose closing mark is lost (to character recognition, mostly): it ends with (试行), or, where it begins with
/// 关于, with its kind. Gives its length and the title.
fn unclosed(rest: &str) -> Option<(usize, String)> {
    let end =
        rest.char_indices().take(60).find(|(_, c)| matches!(c, '《' | '》' | '。' | '，' | ',' | '；' | ';' | '\n'));
    let end = end.or_else(|| rest.char_indices().nth(60)).map_or(rest.len(), |(place, _)| place);
    let rest = rest.get(..end)?;
    for trial in ["(试行", "（试行"] {
        if let Some(place) = rest.find(trial).filter(|place| *place > 0) {
            let close = if trial.starts_with('(') { ")" } else { "）" };
            let end = place + trial.len();
            return Some((end, format!("{}{close}", rest.get(..end)?)));
        }
    }
    let kind = ["的意见", "的通知", "的决定", "的办法", "的规定", "实施意见"];
    let end = kind.iter().filter_map(|kind| rest.find(kind).map(|place| place + kind.len())).min()?;
    rest.starts_with("关于").then(|| Some((end, rest.get(..end)?.to_owned())))?
}
