//! The clauses of a text: what a comparison takes as one statement.

use crate::span::Span;

/// The clauses of a text, in order.
///
/// Evidence: 。！？； and their half-width forms, and the end of a line, so that a heading is a clause of its own. A stop inside
/// (…), 《…》, “…” or another pair of brackets cuts nothing, unless it is a 。 with nothing between it and the end of the
/// outermost pair: of 做到“认识到位；措施到位。”各村落实。 the first clause ends behind ”. Closing marks that follow a stop stay with
/// its clause. A pair is one only within a line: what opens and is not closed there counts for nothing.
/// Example: 一、加强领导。各村要落实责任；各组要做好登记。 has three. Counter-example: 开展“入党为什么？”大讨论。 is one.
/// Misses sentences whose stops are lost or typed as 、 or `.`, and straight quotation marks, which do not say whether they open.
/// White space around a clause is no part of it, and what holds no letter and no digit is none.
pub fn clauses(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut line_start = 0;
    for line in text.split(['\n', '\r']) {
        in_line(text, line_start, line, &mut out);
        line_start += line.len() + 1;
    }
    out
}

/// What closes a pair, for what opens it; both widths of a bracket are one.
fn closer(c: char) -> Option<char> {
    Some(match c {
        '（' | '(' => '）',
        '《' => '》',
        '〈' => '〉',
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '〔' | '[' | '［' => '〕',
        '【' => '】',
        _ => return None,
    })
}

/// The form of a closing mark that `closer` names; nothing for other characters.
fn closing(c: char) -> Option<char> {
    Some(match c {
        ')' => '）',
        ']' | '］' => '〕',
        '）' | '》' | '〉' | '”' | '’' | '」' | '』' | '〕' | '】' => c,
        _ => return None,
    })
}

fn in_line(text: &str, line_start: usize, line: &str, out: &mut Vec<Span>) {
    let pairs = outermost(line);
    let mut pairs = pairs.iter().peekable();
    let mut start = 0;
    // Bytes before `resume` are dealt with: the inside of a pair, or the tail of a clause.
    let mut resume = 0;
    let mut push = |start: usize, end: usize| {
        let span = Span::new(line_start + start, line_start + end).trimmed(text);
        if span.of(text).contains(char::is_alphanumeric) {
            out.push(span);
        }
    };
    for (at, c) in line.char_indices() {
        if at < resume {
            continue;
        }
        let end = if let Some((_, close)) = pairs.next_if(|(open, _)| *open == at) {
            resume = *close;
            if !line[..*close].trim_end_matches(|c| closing(c).is_some()).ends_with('。') {
                continue;
            }
            *close
        } else if matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';') {
            at + c.len_utf8()
        } else {
            continue;
        };
        // ？！ and 。” belong together.
        let rest = &line[end..];
        let is_tail = |c: char| matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';') || closing(c).is_some();
        let tail = rest.len() - rest.trim_start_matches(is_tail).len();
        push(start, end + tail);
        start = end + tail;
        resume = start;
    }
    push(start, line.len());
}

/// The outermost pairs of brackets and quotation marks of a line: where each opens, and the byte behind what closes it.
fn outermost(line: &str) -> Vec<(usize, usize)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, c) in line.char_indices() {
        if let Some(closer) = closer(c) {
            open.push((at, closer));
        } else if let Some(closing) = closing(c)
            && let Some(place) = open.iter().rposition(|(_, closer)| *closer == closing)
        {
            // What was opened in between was never closed.
            let opened = open[place].0;
            open.truncate(place);
            while pairs.last().is_some_and(|(inner, _)| *inner > opened) {
                pairs.pop();
            }
            pairs.push((opened, at + c.len_utf8()));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn literal_cases() {
        let cases: &[(&str, &[&str])] = &[
            (
                "一、加强领导。各村要落实责任；各组要做好登记。",
                &["一、加强领导。", "各村要落实责任；", "各组要做好登记。"],
            ),
            // A heading is a line.
            ("三、工作步骤\n  （一）动员部署\r\n召开会议。\n", &["三、工作步骤", "（一）动员部署", "召开会议。"]),
            ("做到!好?行;", &["做到!", "好?", "行;"]),
            // Inside a pair, a stop is none.
            ("开展“入党为什么？”大讨论。", &["开展“入党为什么？”大讨论。"]),
            ("各村（含居委会；下同）要落实。", &["各村（含居委会；下同）要落实。"]),
            ("学习《怎么办？》一书；", &["学习《怎么办？》一书；"]),
            // … unless the sentence ends with the pair.
            ("做到“认识到位；措施到位。”各村落实。", &["做到“认识到位；措施到位。”", "各村落实。"]),
            ("按时上报（表样见附件。）各村要快。", &["按时上报（表样见附件。）", "各村要快。"]),
            // What is not closed on its line counts for nothing, nor does what was never opened.
            ("“认识要到位。措施要到位。", &["“认识要到位。", "措施要到位。"]),
            ("（认识要到位。\n措施要到位。）各村落实。", &["（认识要到位。", "措施要到位。）", "各村落实。"]),
            ("认识到位。”措施到位。", &["认识到位。”", "措施到位。"]),
            // 》 closes 《; the bracket in between was never closed.
            ("印发《方案（试行》的通知。附后。", &["印发《方案（试行》的通知。", "附后。"]),
            // Two pairs, one inside the other.
            ("坚持“边学（真学。）边改”。再查。", &["坚持“边学（真学。）边改”。", "再查。"]),
            ("怎么办？！快办。", &["怎么办？！", "快办。"]),
            ("———\n。\n　好　\n", &["好"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = clauses(text).iter().map(|span| span.of(text)).collect();
            assert_eq!(found, *expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn clauses_hold_every_letter_once_and_no_line_end(text in "[甲乙1 。；？“”（）《》(\\]\n\r]{0,40}") {
            let spans = clauses(&text);
            let mut at = 0;
            for span in &spans {
                prop_assert!(span.start >= at);
                at = span.end;
                let clause = span.of(&text);
                prop_assert!(!clause.contains(['\n', '\r']));
                prop_assert_eq!(clause.trim(), clause);
                prop_assert!(clause.contains(char::is_alphanumeric));
            }
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            let kept: String = spans.iter().map(|span| letters(span.of(&text))).collect();
            prop_assert_eq!(kept, letters(&text));
        }
    }
}
