//! What a subordinate's plan made of its superior's, clause by clause.

mod pairing;

use pairing::{Partners, pair_alike, pair_equal};

use super::align::Status;
use super::clauses::clauses;
use super::edit::edit;
use super::similarity::Bigrams;
use crate::outline::marker::{Family, scan};
use crate::span::Span;

/// What became of a clause.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Kept, edited, dropped (only the superior has it) or added (only the subordinate has it); never moved.
    pub status: Status,
    /// The clause of the superior.
    pub a: Option<Span>,
    /// The clause of the subordinate.
    pub b: Option<Span>,
    /// Dice coefficient of the two clauses without their markers; 0 for what only one side has.
    pub similarity: f64,
    /// What turns the one into the other ([`edit`]), for edited clauses.
    pub edit: Option<String>,
}

/// A clause as it is compared: without its marker, letters and digits alone.
struct Clause {
    span: Span,
    letters: String,
    bigrams: Bigrams,
    /// How many letters.
    count: usize,
}

/// Align the clauses of a superior's text with those of a subordinate's.
///
/// Evidence: the letters and digits of a clause; punctuation, white space and a leading marker (一、 （二） 3. 第一，) are left
/// out. The same letters are *kept*. Of the rest, clauses of at least four letters whose bigrams have a Dice coefficient of at
/// least a half are *edited*. Each clause is used once: equal ones first, then the most alike; of several equally alike the
/// pair that keeps the order best, seen from the pairs around it that are certain, then the first.
/// Example: 一、各县要落实责任。 and （一）各乡镇要落实责任。 (4 bigrams of 6 and 7 shared: 0.62).
/// Counter-example: 加强宣传，营造氛围。 and 加强督导，严肃问责。 have only 加强 in common, so one was dropped and one added.
/// Misses a clause that was parted in two or joined with another (the likelier half is paired, if any), what was put in
/// other words, and, in texts of many thousand clauses, pairs that have nothing but the commonest bigrams in common.
///
/// The order is that of the subordinate; a dropped clause stands behind the entry of the nearest earlier clause of the
/// superior that has a partner, at the beginning if none has. Exchanging the texts gives the same pairs.
pub fn ledger(superior: &str, subordinate: &str) -> Vec<Entry> {
    let (left, right) = (read(superior), read(subordinate));
    let mut partners = Partners::new(left.len(), right.len());
    pair_equal(&left, &right, &mut partners);
    pair_alike(&left, &right, &mut partners);
    let mut dropped: Vec<Vec<Entry>> = vec![Vec::new(); right.len() + 1];
    let mut behind = 0;
    for (clause, partner) in left.iter().zip(&partners.of_left) {
        match partner {
            Some(j) => behind = j + 1,
            None => dropped[behind].push(alone(Status::Dropped, clause.span)),
        }
    }
    let mut out = Vec::with_capacity(left.len() + right.len());
    out.append(&mut dropped[0]);
    for (j, b) in right.iter().enumerate() {
        out.push(match partners.of_right[j].and_then(|i| left.get(i)) {
            None => alone(Status::Added, b.span),
            Some(a) => {
                let kept = a.letters == b.letters;
                Entry {
                    status: if kept { Status::Kept } else { Status::Edited },
                    a: Some(a.span),
                    b: Some(b.span),
                    similarity: a.bigrams.dice(&b.bigrams),
                    edit: (!kept).then(|| edit(a.span.of(superior), b.span.of(subordinate))),
                }
            }
        });
        out.append(&mut dropped[j + 1]);
    }
    out
}

fn alone(status: Status, span: Span) -> Entry {
    let (a, b) = if status == Status::Dropped { (Some(span), None) } else { (None, Some(span)) };
    Entry { status, a, b, similarity: 0.0, edit: None }
}

fn read(text: &str) -> Vec<Clause> {
    clauses(text)
        .into_iter()
        .map(|span| {
            let letters: String = unmarked(span.of(text)).chars().filter(|c| c.is_alphanumeric()).collect();
            Clause { span, count: letters.chars().count(), bigrams: Bigrams::new(&letters), letters }
        })
        .collect()
}

/// A clause without the marker, or markers, that it begins with; the whole of it if it has nothing else.
///
/// 第一阶段 says which phase is meant, and 一 in 一查 belongs to a verb: they are no mere numbers.
fn unmarked(clause: &str) -> &str {
    let head = clause.char_indices().nth(24).map_or(clause.len(), |(at, _)| at);
    let mut end = 0;
    for marker in scan(clause, Span::new(0, head)) {
        let counts = match marker.family {
            Family::Stage | Family::HanBare | Family::Lost => false,
            Family::HanVerb => marker.span.of(clause).ends_with('是'),
            _ => true,
        };
        if !counts || clause[end..marker.span.start as usize].contains(char::is_alphanumeric) {
            break;
        }
        end = marker.span.end as usize;
    }
    let rest = &clause[end..];
    if rest.contains(char::is_alphanumeric) { rest } else { clause }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told<'t>(a: &'t str, b: &'t str) -> Vec<(&'static str, &'t str, &'t str)> {
        let of = |span: Option<Span>, text: &'t str| span.map_or("", |span| span.of(text));
        ledger(a, b).iter().map(|entry| (entry.status.as_str(), of(entry.a, a), of(entry.b, b))).collect()
    }

    #[test]
    fn literal_cases() {
        let cases: &[(&str, &str, &[(&str, &str, &str)])] = &[
            // Markers and punctuation do not count; 8/13 of the second; what was dropped stands behind it.
            (
                "一、加强领导。各县要落实责任。定期上报进度。",
                "（一）加强领导\n各乡镇要落实责任。召开动员大会。",
                &[
                    ("kept", "一、加强领导。", "（一）加强领导"),
                    ("edited", "各县要落实责任。", "各乡镇要落实责任。"),
                    ("dropped", "定期上报进度。", ""),
                    ("added", "", "召开动员大会。"),
                ],
            ),
            // The equal one first, although the other comes first.
            (
                "各村建好台账。",
                "各村要建好台账。各村建好台账。",
                &[("added", "", "各村要建好台账。"), ("kept", "各村建好台账。", "各村建好台账。")],
            ),
            // The 动员会 behind the inspection, since it keeps the order; the other one was dropped at the beginning.
            (
                "开好动员会。严格检查。开好动员会！",
                "严格检查；开好动员会；",
                &[
                    ("dropped", "开好动员会。", ""),
                    ("kept", "严格检查。", "严格检查；"),
                    ("kept", "开好动员会！", "开好动员会；"),
                ],
            ),
            // Equally alike (2 of 3 bigrams); the order decides: 宣传 stands behind the meeting in the superior's.
            (
                "召开会议。抓好宣传。",
                "搞好宣传。召开会议。做好宣传。",
                &[
                    ("added", "", "搞好宣传。"),
                    ("kept", "召开会议。", "召开会议。"),
                    ("edited", "抓好宣传。", "做好宣传。"),
                ],
            ),
            // A half of the bigrams, but three letters are too few.
            ("抓宣传。", "搞宣传。", &[("dropped", "抓宣传。", ""), ("added", "", "搞宣传。")]),
            ("", "", &[]),
        ];
        for (a, b, expected) in cases {
            assert_eq!(told(a, b), *expected, "{a} | {b}");
        }
    }

    #[test]
    fn an_edited_clause_says_how() {
        let found = ledger("1.全市各单位要落实责任。", "2.全县各单位要落实责任。");
        assert_eq!(found[0].edit.as_deref(), Some("[-1-]{+2+}.全[-市-]{+县+}各单位要落实责任。"));
        // 9 bigrams each, 7 of them shared.
        assert!((found[0].similarity - 14.0 / 18.0).abs() < 1e-9);
    }

    #[test]
    fn markers_do_not_count() {
        for (clause, expected) in [
            ("一、总则", "总则"),
            ("（二）目标", "目标"),
            ("3．任务", "任务"),
            ("第一，统一思想", "统一思想"),
            ("（一）1.统一思想", "统一思想"),
            ("三是落实责任", "落实责任"),
            ("第一阶段：宣传", "第一阶段：宣传"),
            ("三查三看", "三查三看"),
            ("2010年以来", "2010年以来"),
            ("一、", "一、"),
        ] {
            assert_eq!(unmarked(clause), expected, "{clause}");
        }
    }

    #[test]
    fn very_long_texts() {
        // Every clause is repeated, and alike to all the others: the index leaves out what they have in common. The rows of
        // one number are the most alike: 5 of the 7 bigrams of 第5村改厕三十户.
        let lines = |word: &str| {
            let rows: Vec<String> = (0..2_000).map(|n| format!("第{}村{word}三十户。", n % 150)).collect();
            rows.concat()
        };
        let (a, b) = (lines("改厕"), lines("改水"));
        let found = ledger(&a, &b);
        assert_eq!(found.len(), 2_000);
        assert!(found.iter().all(|entry| entry.status == Status::Edited && entry.similarity > 0.7));
        assert!(ledger(&a, &a).iter().all(|entry| entry.status == Status::Kept && entry.a == entry.b));
    }

    fn text() -> impl Strategy<Value = String> {
        proptest::collection::vec("(一、|2\\.|)[甲乙丙]{1,7}[。；\n]", 0..9).prop_map(|clauses| clauses.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn every_clause_stands_once(a in text(), b in text()) {
            let found = ledger(&a, &b);
            let mut left: Vec<Span> = found.iter().filter_map(|entry| entry.a).collect();
            left.sort_unstable();
            let right: Vec<Span> = found.iter().filter_map(|entry| entry.b).collect();
            prop_assert_eq!(left, clauses(&a));
            prop_assert_eq!(right, clauses(&b));
        }

        #[test]
        fn a_text_and_itself_are_kept_in_order(a in text()) {
            let found = ledger(&a, &a);
            prop_assert!(found.iter().all(|entry| entry.status == Status::Kept && entry.a == entry.b));
            prop_assert!(found.iter().all(|entry| (entry.similarity - 1.0).abs() < 1e-9));
        }

        #[test]
        fn exchanging_the_texts_gives_the_same_pairs(a in text(), b in text()) {
            let set = |entries: Vec<Entry>, exchanged: bool| {
                let mut out: Vec<_> = entries
                    .into_iter()
                    .map(|entry| match (exchanged, entry.status) {
                        (false, status) => (entry.a, entry.b, status.as_str(), entry.similarity.to_bits()),
                        (true, Status::Added) => (entry.b, None, "dropped", 0),
                        (true, Status::Dropped) => (None, entry.a, "added", 0),
                        (true, status) => (entry.b, entry.a, status.as_str(), entry.similarity.to_bits()),
                    })
                    .collect();
                out.sort_unstable();
                out
            };
            prop_assert_eq!(set(ledger(&a, &b), false), set(ledger(&b, &a), true));
        }
    }
}
