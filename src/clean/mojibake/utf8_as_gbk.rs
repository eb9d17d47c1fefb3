//! UTF-8 read as GBK: `鍏充簬` was `关于`.

use std::ops::Range;

use encoding_rs::GBK;

use super::super::fix::Fix;
use super::{CERTAIN, confidence, is_plausible};

/// The fixes for a text.
///
/// Evidence: a run of characters beyond ASCII, one in twelve of them a rare one, whose GBK bytes are UTF-8 of common
/// Chinese characters. Counter-example: `喆斌、堃鹏`. A last character whose third byte was lost is left out of the run; one
/// inside it spoils the run. Where some runs were certainly so, those without a rare character are looked at as well.
pub(super) fn find(text: &str, rare_at: &[usize], fixes: &mut Vec<Fix>) {
    let ends_run = |c: char| c.is_ascii() || c == '\u{fffd}';
    let mut done = 0;
    for (place, &at) in rare_at.iter().enumerate() {
        let (Some(head), Some(tail)) = (text.get(done..at), text.get(at..)) else { continue };
        let start = head.char_indices().rev().find(|(_, c)| ends_run(*c)).map_or(0, |(end, c)| end + c.len_utf8());
        let range = done + start..at + tail.find(ends_run).unwrap_or(tail.len());
        done = range.end;
        let rare = rare_at[place..].iter().take_while(|at| **at < range.end).count();
        if rare * 12 >= text[range.clone()].chars().count() {
            undo(text, range, fixes);
        }
    }
    if fixes.iter().map(|fix| fix.with.chars().count()).sum::<usize>() >= ENOUGH {
        the_rest(text, fixes);
    }
}

/// Characters that were certainly UTF-8, from which on runs without a rare character are looked at too.
const ENOUGH: usize = 8;

/// Runs without a rare character, in a text of which others were UTF-8.
fn the_rest(text: &str, fixes: &mut Vec<Fix>) {
    let known: Vec<Range<usize>> = fixes.iter().map(|fix| fix.range.clone()).collect();
    let mut start = 0;
    for run in text.split(|c: char| c.is_ascii() || c == '\u{fffd}') {
        let range = start..start + run.len();
        start = range.end + text[range.end..].chars().next().map_or(0, char::len_utf8);
        let at = known.partition_point(|fix| fix.end <= range.start);
        if !run.is_empty() && known.get(at).is_none_or(|fix| fix.start >= range.end) {
            undo(text, range, fixes);
        }
    }
    fixes.sort_by_key(|fix| fix.range.start);
}

fn undo(text: &str, mut range: Range<usize>, fixes: &mut Vec<Fix>) {
    let (bytes, _, failed) = GBK.encode(&text[range.clone()]);
    if failed {
        return;
    }
    let valid = match std::str::from_utf8(&bytes) {
        Ok(valid) => valid,
        Err(error) if bytes.len() - error.valid_up_to() <= 2 => {
            // What is left of the last character is one character here.
            let last = text[range.clone()].chars().next_back().map_or(0, char::len_utf8);
            range.end -= last;
            let (valid, rest) = bytes.split_at(error.valid_up_to());
            if rest.len() != 2 {
                return;
            }
            std::str::from_utf8(valid).unwrap_or_default()
        }
        Err(_) => return,
    };
    let characters = valid.chars().count();
    let plausible = valid.chars().filter(|c| is_plausible(*c)).count();
    if plausible >= 2 && plausible * 10 >= characters * 9 {
        let likely = confidence(text[..range.start].chars().next_back(), &text[range.clone()], valid);
        if likely >= CERTAIN {
            fixes.push(Fix::likely(range, valid.to_owned(), likely));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{check, untouched};
    use super::super::PASS;
    use super::*;

    fn read_as_gbk(text: &str) -> String {
        GBK.decode(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn utf8_is_read_as_utf8() {
        let whole = read_as_gbk("关于认真做好扫盲工作的通知要点");
        check(
            PASS,
            &[
                (&format!("2012 {whole}"), "2012 关于认真做好扫盲工作的通知要点"),
                // The last character lost its last byte.
                ("2012 閫氱煡涔?", "2012 通知涔?"),
            ],
        );
    }

    #[test]
    fn rare_names_stay() {
        untouched(PASS, &["喆斌、堃鹏", "盱眙、鄠邑、歙县", "氹仔垟埇硚"]);
    }
}
