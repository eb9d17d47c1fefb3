//! What turns one short text into another, written out.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Up to so many characters on both sides the shortest edit is looked for; above it a good one, in bounded time.
const SHORT: usize = 4_000;

/// What is taken out and what is put in its place, in characters of the old text and of the new one; one of the two may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    old: Range<usize>,
    new: Range<usize>,
}

impl Change {
    fn size(&self) -> usize {
        self.old.len().max(self.new.len())
    }
}

/// The edit from `a` to `b` in the notation of wdiff, by characters: `全[-市-]{+县+}卫生系统`.
///
/// Without what stands in `{+…+}` and the marks `[-…-]` it is `a`; without what stands in `[-…-]` and the marks `{+…+}` it is
/// `b`. So that this holds for texts with such marks in them too, the first character of an opening mark that both texts have is
/// written as taken out and put in again, and a closing mark inside a change parts it in two.
///
/// Of the shortest edits one is taken that reads well: what is only put in or only taken out is moved to punctuation where it
/// can be (`[-完善制度，-]完善机制`, not `完善[-制度，完善-]机制`), and a single letter between two longer changes, where two letters or
/// more are replaced, is taken for an accident (`[-宣传发动-]{+动员部署+}`, not around 动). Counter-examples:
/// `全[-市-]{+县+}和[-市-]{+县+}直`, where both changes are short; `各[-县-]{+乡镇+}要{+认真+}落实`, where next to nothing is taken out.
/// A number is changed as a whole (`[-80-]{+85+}%`): raised figures are what a reader looks for. Misses what was moved within the text: it
/// is taken out here and put in there.
pub fn edit(a: &str, b: &str) -> String {
    let (old, new): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut changes = changes(&old, &new);
    settle(&mut changes, &old, &new);
    write(&whole_numbers(fold(changes, &old), &old, &new), &old, &new)
}

fn changes(old: &[char], new: &[char]) -> Vec<Change> {
    let algorithm = if old.len() + new.len() <= SHORT { Algorithm::RawMyers } else { Algorithm::Myers };
    let mut out: Vec<Change> = Vec::new();
    for op in capture_diff_slices(algorithm, old, new) {
        if op.tag() == DiffTag::Equal {
            continue;
        }
        let (old, new) = (op.old_range(), op.new_range());
        match out.last_mut() {
            Some(last) if last.old.end == old.start && last.new.end == new.start => {
                last.old.end = old.end;
                last.new.end = new.end;
            }
            _ => out.push(Change { old, new }),
        }
    }
    out
}

/// Move what is only put in or only taken out to punctuation, where the characters around it allow.
fn settle(changes: &mut [Change], old: &[char], new: &[char]) {
    for at in 0..changes.len() {
        let change = changes[at].clone();
        if !change.old.is_empty() && !change.new.is_empty() {
            continue;
        }
        let (text, range) = if change.new.is_empty() { (old, &change.old) } else { (new, &change.new) };
        // How far it may go: one character of what both have stays between two changes.
        let before =
            at.checked_sub(1).map_or(change.old.start, |at| (change.old.start - changes[at].old.end).max(1) - 1);
        let behind =
            changes.get(at + 1).map_or(old.len() - change.old.end, |next| (next.old.start - change.old.end).max(1) - 1);
        let left = (1..=before).take_while(|n| text[range.start - n] == text[range.end - n]).count();
        let right = (0..behind).take_while(|n| text[range.start + n] == text[range.end + n]).count();
        let border =
            |at: usize| at == 0 || at == text.len() || [at - 1, at].iter().any(|at| !text[*at].is_alphanumeric());
        let borders = |at: usize| u8::from(border(at)) + u8::from(border(at + range.len()));
        // The most borders, then the shortest way, then to the left.
        let best = (range.start - left..=range.start + right)
            .min_by_key(|start| (2 - borders(*start), start.abs_diff(range.start), *start));
        let Some(best) = best else { continue };
        let moved = |range: &Range<usize>, from: usize| range.start + best - from..range.end + best - from;
        changes[at] = Change { old: moved(&change.old, range.start), new: moved(&change.new, range.start) };
    }
}

/// Join changes between which a single letter stands by accident.
fn fold(changes: Vec<Change>, old: &[char]) -> Vec<Change> {
    let mut out: Vec<Change> = Vec::with_capacity(changes.len());
    for change in changes {
        let joins = |last: &Change| {
            let between = &old[last.old.end..change.old.start];
            between.len() == 1
                && between[0].is_alphanumeric()
                && last.size().min(change.size()) >= 2
                && (last.old.len() + change.old.len()).min(last.new.len() + change.new.len()) >= 2
        };
        match out.last_mut() {
            Some(last) if joins(last) => {
                last.old.end = change.old.end;
                last.new.end = change.new.end;
            }
            _ => out.push(change),
        }
    }
    out
}

/// Widen changes that begin or end within a number to the whole of it.
fn whole_numbers(changes: Vec<Change>, old: &[char], new: &[char]) -> Vec<Change> {
    let digit = |text: &[char], at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    // A point is part of a number where a digit stands on either side.
    let numeric = |text: &[char], at: usize| {
        digit(text, at)
            || text.get(at) == Some(&'.') && at.checked_sub(1).is_some_and(|at| digit(text, at)) && digit(text, at + 1)
    };
    let mut out: Vec<Change> = Vec::with_capacity(changes.len());
    let ends: Vec<usize> = changes.iter().skip(1).map(|next| next.old.start).chain([old.len()]).collect();
    for (mut change, limit) in changes.into_iter().zip(ends) {
        // What a side has at either edge: its first and last changed character, or what stands beside it where it has none.
        let begins = numeric(old, change.old.start) || numeric(new, change.new.start);
        let last = |range: &Range<usize>, text: &[char]| range.end.checked_sub(1).is_some_and(|at| numeric(text, at));
        let finishes = last(&change.old, old) || last(&change.new, new);
        let floor = out.last().map_or(0, |last| last.old.end);
        while begins && change.old.start > floor && numeric(old, change.old.start - 1) {
            change.old.start -= 1;
            change.new.start -= 1;
        }
        while finishes && change.old.end < limit && numeric(old, change.old.end) {
            change.old.end += 1;
            change.new.end += 1;
        }
        match out.last_mut() {
            Some(last) if last.old.end == change.old.start && last.new.end == change.new.start => {
                last.old.end = change.old.end;
                last.new.end = change.new.end;
            }
            _ => out.push(change),
        }
    }
    out
}

fn write(changes: &[Change], old: &[char], new: &[char]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for change in changes {
        write_kept(&mut out, &old[at..change.old.start]);
        write_change(&mut out, ["[-", "-]"], &old[change.old.clone()]);
        write_change(&mut out, ["{+", "+}"], &new[change.new.clone()]);
        at = change.old.end;
    }
    write_kept(&mut out, &old[at..]);
    out
}

fn write_kept(out: &mut String, letters: &[char]) {
    for (at, c) in letters.iter().enumerate() {
        match (c, letters.get(at + 1)) {
            ('[', Some('-')) => out.push_str("[-[-]{+[+}"),
            ('{', Some('+')) => out.push_str("[-{-]{+{+}"),
            _ => out.push(*c),
        }
    }
}

fn write_change(out: &mut String, [opens, closes]: [&str; 2], letters: &[char]) {
    if letters.is_empty() {
        return;
    }
    out.push_str(opens);
    for (at, c) in letters.iter().enumerate() {
        out.push(*c);
        if letters.get(at + 1).is_some_and(|next| closes.chars().eq([*c, *next])) {
            out.push_str(closes);
            out.push_str(opens);
        }
    }
    out.push_str(closes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn literal_cases() {
        for (a, b, expected) in [
            ("全市卫生系统", "全县卫生系统", "全[-市-]{+县+}卫生系统"),
            ("全市和市直单位", "全县和县直单位", "全[-市-]{+县+}和[-市-]{+县+}直单位"),
            ("各县要落实", "各乡镇要认真落实", "各[-县-]{+乡镇+}要{+认真+}落实"),
            ("2010年3月15日", "2011年4月20日", "[-2010-]{+2011+}年[-3-]{+4+}月[-15-]{+20+}日"),
            // A number as a whole; one that only stands beside a change is left alone.
            ("达到80%以上", "达到85%以上", "达到[-80-]{+85+}%以上"),
            ("投入2.5万元", "投入12.5万元", "投入[-2.5-]{+12.5+}万元"),
            ("12月底前", "1月底前", "[-12-]{+1+}月底前"),
            ("共10户", "共计10户", "共{+计+}10户"),
            // 动 is an accident; the comma is none.
            ("宣传发动阶段", "动员部署阶段", "[-宣传发动-]{+动员部署+}阶段"),
            ("统一思想，落实责任", "提高认识，健全制度", "[-统一思想-]{+提高认识+}，[-落实责任-]{+健全制度+}"),
            // To punctuation rather than around 完善.
            ("完善制度，完善机制。", "完善机制。", "[-完善制度，-]完善机制。"),
            ("完善制度。", "完善制度，完善机制。", "完善制度{+，完善机制+}。"),
            ("同", "同", "同"),
            ("", "新增", "{+新增+}"),
            ("删去", "", "[-删去-]"),
            ("", "", ""),
            // Texts with marks in them.
            ("甲[-乙", "甲[-丙", "甲[-[-]{+[+}-[-乙-]{+丙+}"),
            ("甲x-]y", "甲", "甲[-x--][-]y-]"),
        ] {
            assert_eq!(edit(a, b), expected, "{a} {b}");
        }
    }

    /// The two texts of an edit.
    fn sides(edit: &str) -> (String, String) {
        let (mut old, mut new, mut rest) = (String::new(), String::new(), edit);
        while let Some(c) = rest.chars().next() {
            if let Some(inside) = rest.strip_prefix("[-") {
                let (taken, behind) = inside.split_once("-]").expect("a closing mark");
                old.push_str(taken);
                rest = behind;
            } else if let Some(inside) = rest.strip_prefix("{+") {
                let (put, behind) = inside.split_once("+}").expect("a closing mark");
                new.push_str(put);
                rest = behind;
            } else {
                old.push(c);
                new.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        (old, new)
    }

    #[test]
    fn long_texts_too() {
        let a: String = (0..3_000u32).filter_map(|n| char::from_u32(0x4e00 + n * n % 800)).collect();
        let b: String = (0..3_000u32).filter_map(|n| char::from_u32(0x4e00 + n * n % 801)).collect();
        assert_eq!(sides(&edit(&a, &b)), (a, b));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn an_edit_holds_both_texts(a in "[甲乙丙，]{0,14}", b in "[甲乙丙，]{0,14}") {
            prop_assert_eq!(sides(&edit(&a, &b)), (a, b));
        }

        #[test]
        fn no_number_is_cut(a in "[甲12.]{0,14}", b in "[甲12.]{0,14}") {
            let edit = edit(&a, &b);
            prop_assert_eq!(sides(&edit), (a, b));
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            for (at, mark) in edit.match_indices(['[', '{']) {
                let inside = edit[at + mark.len() + 1..].chars().next();
                prop_assert!(!(digit(edit[..at].chars().next_back()) && digit(inside)), "{}", edit);
            }
        }

        #[test]
        fn also_of_texts_with_marks_in_them(a in "[甲\\[\\]{}+-]{0,14}", b in "[甲\\[\\]{}+-]{0,14}") {
            prop_assert_eq!(sides(&edit(&a, &b)), (a, b));
        }

        #[test]
        fn a_text_and_itself_have_no_edit(a in "[甲乙丙，。]{0,20}") {
            prop_assert_eq!(edit(&a, &a), a);
        }
    }
}
