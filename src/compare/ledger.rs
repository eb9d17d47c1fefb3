//! What a subordinate's plan made of its superior's, clause by clause.

use std::collections::{BTreeMap, HashMap};

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

/// Clauses with fewer letters are paired only when they are identical: 加强领导 has four.
const SHORT: usize = 4;
/// Clauses are paired from this Dice coefficient on.
const ALIKE: f64 = 0.5;
/// Pairs of equal clauses that are weighed against each other; where a clause is repeated more often, the n-th is paired with
/// the n-th.
const MOST_EQUALS: usize = 10_000;
/// Steps through the index. Two texts of some 3,000 clauses that differ stay below it; for longer ones the bigrams that most clauses have
/// no longer make two clauses a candidate, so that time and memory stay bounded.
const MOST_STEPS: u64 = 8_000_000;

struct Clause {
    span: Span,
    letters: String,
    count: usize,
    bigrams: Bigrams,
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
    let mut partners = Partners { of_left: vec![None; left.len()], of_right: vec![None; right.len()] };
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

/// Which clause of the other side each clause is paired with.
struct Partners {
    of_left: Vec<Option<usize>>,
    of_right: Vec<Option<usize>>,
}

impl Partners {
    /// Pair two clauses unless one of them has a partner.
    fn pair(&mut self, i: usize, j: usize) {
        if self.of_left[i].is_none() && self.of_right[j].is_none() {
            self.of_left[i] = Some(j);
            self.of_right[j] = Some(i);
        }
    }

    fn order(&self) -> Order {
        let end = distance(self.of_left.len(), self.of_right.len());
        Order { left: around(&self.of_left, end, distance), right: around(&self.of_right, end, |j, i| distance(i, j)) }
    }
}

/// How far the place in the subordinate's text is from that in the superior's.
fn distance(i: usize, j: usize) -> isize {
    j.cast_signed() - i.cast_signed()
}

/// How far the partners of the nearest paired clauses, before and behind each clause, are from their own place. The
/// beginnings and the ends of the two texts count as pairs.
struct Order {
    left: Vec<[isize; 2]>,
    right: Vec<[isize; 2]>,
}

fn around(partners: &[Option<usize>], end: isize, distance: impl Fn(usize, usize) -> isize) -> Vec<[isize; 2]> {
    let mut out = vec![[0, end]; partners.len()];
    let mut nearest = 0;
    for (at, partner) in partners.iter().enumerate() {
        out[at][0] = nearest;
        nearest = partner.map_or(nearest, |partner| distance(at, partner));
    }
    nearest = end;
    for (at, partner) in partners.iter().enumerate().rev() {
        out[at][1] = nearest;
        nearest = partner.map_or(nearest, |partner| distance(at, partner));
    }
    out
}

impl Order {
    /// How much a pair would break the order of the pairs around it; the same from both sides.
    fn broken(&self, i: usize, j: usize) -> usize {
        let distance = distance(i, j);
        self.left[i].iter().chain(&self.right[j]).map(|other| distance.abs_diff(*other)).sum()
    }
}

/// Pair the clauses that have the same letters: those first that both sides have once, since they are certain.
fn pair_equal(left: &[Clause], right: &[Clause], partners: &mut Partners) {
    let mut groups: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (i, clause) in left.iter().enumerate() {
        groups.entry(&clause.letters).or_default().0.push(i);
    }
    for (j, clause) in right.iter().enumerate() {
        if let Some((_, places)) = groups.get_mut(clause.letters.as_str()) {
            places.push(j);
        }
    }
    for (ours, theirs) in groups.values() {
        if let ([i], [j]) = (ours.as_slice(), theirs.as_slice()) {
            partners.pair(*i, *j);
        }
    }
    let order = partners.order();
    for (ours, theirs) in groups.values().filter(|(ours, theirs)| ours.len().max(theirs.len()) > 1) {
        if ours.len().saturating_mul(theirs.len()) > MOST_EQUALS {
            ours.iter().zip(theirs).for_each(|(i, j)| partners.pair(*i, *j));
            continue;
        }
        let mut candidates: Vec<(usize, usize, usize)> =
            ours.iter().flat_map(|i| theirs.iter().map(|j| (order.broken(*i, *j), *i, *j))).collect();
        candidates.sort_unstable();
        for (_, i, j) in candidates {
            partners.pair(i, j);
        }
    }
}

/// The bigrams of one clause: which, and how often.
type Counts = Vec<(usize, usize)>;

/// Pair the rest by likeness, the most alike first. Two clauses are compared only if they share a bigram of the index.
fn pair_alike(left: &[Clause], right: &[Clause], partners: &mut Partners) {
    let mut names: Vec<(char, char)> = Vec::new();
    let mut known: HashMap<(char, char), usize> = HashMap::new();
    let mut count = |clauses: &[Clause], partners: &[Option<usize>]| -> Vec<Counts> {
        let free = |(clause, partner): (&Clause, &Option<usize>)| partner.is_none() && clause.count >= SHORT;
        let mut number = |pair: (char, char)| {
            *known.entry(pair).or_insert_with(|| {
                names.push(pair);
                names.len() - 1
            })
        };
        clauses
            .iter()
            .zip(partners)
            .map(|both| {
                let letters = if free(both) { both.0.letters.as_str() } else { "" };
                let mut numbers: Vec<usize> = letters.chars().zip(letters.chars().skip(1)).map(&mut number).collect();
                numbers.sort_unstable();
                numbers.chunk_by(|x, y| x == y).map(|same| (same[0], same.len())).collect()
            })
            .collect()
    };
    let (ours, theirs) = (count(left, &partners.of_left), count(right, &partners.of_right));
    let indexed = indexed(&names, &ours, &theirs);
    let mut index: Vec<Vec<(usize, usize)>> = vec![Vec::new(); names.len()];
    for (j, counts) in theirs.iter().enumerate() {
        for (number, times) in counts.iter().filter(|(number, _)| indexed[*number]) {
            index[*number].push((j, *times));
        }
    }
    let size = |counts: &Counts| counts.iter().map(|(_, times)| times).sum::<usize>();
    let left_out =
        |counts: &Counts| counts.iter().filter(|(number, _)| !indexed[*number]).map(|(_, n)| n).sum::<usize>();
    let sizes: Vec<(usize, usize)> = theirs.iter().map(|counts| (size(counts), left_out(counts))).collect();
    let order = partners.order();
    let mut candidates: Vec<(f64, usize, usize, usize)> = Vec::new();
    let mut shared = vec![0; right.len()];
    let mut touched: Vec<usize> = Vec::new();
    for (i, counts) in ours.iter().enumerate() {
        for (number, times) in counts {
            for (j, others) in &index[*number] {
                if shared[*j] == 0 {
                    touched.push(*j);
                }
                shared[*j] += times.min(others);
            }
        }
        let (our_size, our_rest) = (size(counts), left_out(counts));
        for j in touched.drain(..) {
            let (their_size, their_rest) = sizes[j];
            let most = std::mem::take(&mut shared[j]) + our_rest.min(their_rest);
            if 4 * most >= our_size + their_size {
                let score = left[i].bigrams.dice(&right[j].bigrams);
                if score >= ALIKE {
                    candidates.push((score, order.broken(i, j), i, j));
                }
            }
        }
    }
    candidates.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2, x.3).cmp(&(y.1, y.2, y.3))));
    for (_, _, i, j) in candidates {
        partners.pair(i, j);
    }
}

/// Which bigrams make two clauses candidates: the rarest first, as many as `MOST_STEPS` allows.
fn indexed(names: &[(char, char)], ours: &[Counts], theirs: &[Counts]) -> Vec<bool> {
    let mut clauses = vec![(0u64, 0u64); names.len()];
    ours.iter().flatten().for_each(|(number, _)| clauses[*number].0 += 1);
    theirs.iter().flatten().for_each(|(number, _)| clauses[*number].1 += 1);
    let mut steps: Vec<(u64, (char, char), usize)> =
        clauses.iter().enumerate().map(|(number, (ours, theirs))| (ours * theirs, names[number], number)).collect();
    steps.sort_unstable();
    let mut indexed = vec![false; names.len()];
    let mut all = 0;
    for (steps, _, number) in steps {
        all += steps;
        indexed[number] = all <= MOST_STEPS;
    }
    indexed
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
