//! Where a heading ends and its text begins.

use daachorse::charwise::CharwiseDoubleArrayAhoCorasick;

use super::marker::is_blank;
use crate::lexicon::{Lexicon, word_automaton};
use crate::span::Span;

/// A heading that is longer than this many characters is a sentence.
const LONGEST: usize = 48;
/// … unless it leads in what follows a colon.
const LONGEST_LEAD_IN: usize = 66;
/// A heading cut out of a line without punctuation is at least and at most this long.
const RUN_IN: std::ops::RangeInclusive<usize> = 4..=28;
/// Characters behind which no sentence begins: they join what follows to what stands before, or are half of a word with it.
const JOINS: &str = ",，、的和与及或在以不为是“《(（‘并进要对把将步于党需主重只必首还应该可能被由";
/// Verbs with which headings begin, besides those that begin sentences too.
const HEADING_VERBS: [&str; 24] = [
    "优化", "提高", "提升", "培训", "培养", "设立", "营造", "规范", "创新", "突出", "转变", "改进", "改善", "拓宽",
    "丰富", "整合", "构建", "打造", "发挥", "统筹", "立足", "注重", "培育", "壮大",
];

/// How the end of a heading was found; the surer, the larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    /// No end was found: the item is a whole sentence, or several.
    Sentence,
    /// At a ；: an item of a list.
    Semicolon,
    /// Where the sense divides a line that lost its punctuation.
    RunIn,
    /// At a 。
    Stop,
    /// At a ：
    Colon,
    /// At the end of the line.
    Line,
}

/// A heading and how its end was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The words of the heading, without marker and final punctuation.
    pub span: Span,
    /// Where the text behind it begins.
    pub body: u32,
    /// How it was cut.
    pub cut: Cut,
    /// Number of commas in it.
    pub commas: usize,
    /// Number of characters in it.
    pub chars: usize,
}

/// Words that begin a sentence of body text (通过, 各单位, 我局 …) and words that are whole headings (指导思想, 组织领导 …).
pub struct Words {
    starters: CharwiseDoubleArrayAhoCorasick<u32>,
    strong: Vec<bool>,
    whole: CharwiseDoubleArrayAhoCorasick<u32>,
}

impl Words {
    /// Take the words from the tables `body_starters` and `components`.
    pub fn new(lexicon: &Lexicon) -> Self {
        let whole = lexicon.cells("components", "key").into_iter().zip(lexicon.cells("components", "whole"));
        Self {
            starters: word_automaton(lexicon.cells("body_starters", "key")),
            strong: lexicon.cells("body_starters", "value").iter().map(|kind| *kind == "strong").collect(),
            whole: word_automaton(whole.filter(|(_, whole)| !whole.is_empty()).map(|(word, _)| word).collect()),
        }
    }
}

/// The heading that begins at `start` of `text` and the end of its line at `end` (or the next marker).
///
/// Evidence, in this order: a line of its own; the first 。 or ： outside quotes and brackets (a ： behind 是, 为 or 如下 does not
/// count, since what follows still belongs to the sentence); in a line that lost its punctuation, a word that is a whole
/// heading (指导思想|认真贯彻…) or the first word that begins a sentence (优化服务流程|通过…).
/// Counter-example: 加强组织领导和宣传 is not cut behind 组织领导. Misses a heading and a body that meet without such a word.
pub fn heading(text: &str, start: usize, end: usize, words: &Words) -> Heading {
    let line = text.get(start..end).unwrap_or("");
    let lead: usize = line
        .chars()
        .take_while(|&c| is_blank(c) || matches!(c, '、' | '.' | '．' | ':' | '：' | ',' | '，'))
        .map(char::len_utf8)
        .sum();
    let start = start + lead;
    let line = &line[lead..];
    let trimmed = line.trim_end();
    let (mut cut, mut length, mut body) = match first_stop(trimmed) {
        Some((at, mark)) if trimmed[at + mark.len_utf8()..].trim().is_empty() => {
            let cut = match mark {
                ';' | '；' => Cut::Semicolon,
                ':' | '：' => Cut::Colon,
                _ => Cut::Line,
            };
            (cut, at, at + mark.len_utf8())
        }
        Some((at, mark)) => {
            let cut = match mark {
                ';' | '；' => Cut::Semicolon,
                ':' | '：' => Cut::Colon,
                _ => Cut::Stop,
            };
            (cut, at, at + mark.len_utf8())
        }
        None => (Cut::Line, trimmed.len(), trimmed.len()),
    };
    // 第一步，自查自改，5月底前完成: behind a comma the name ends at the next one.
    let behind_comma = text.get(start - lead..start).is_some_and(|lead| lead.contains([',', '，']));
    if behind_comma && let Some(comma) = trimmed[..length].find([',', '，']).filter(|&comma| (6..=42).contains(&comma))
    {
        (cut, length) = (Cut::Stop, comma);
        body = comma + trimmed[comma..].chars().next().map_or(1, char::len_utf8);
    }
    let head = &trimmed[..length];
    let chars = head.chars().count();
    let commas = head.chars().filter(|c| matches!(c, ',' | '，')).count();
    // A lead-in may be long: …的基本要求是,…,努力做到“五个好”:
    let longest = if cut == Cut::Colon || trimmed.ends_with([':', '：']) { LONGEST_LEAD_IN } else { LONGEST };
    let sentence = cut == Cut::Line && body > length;
    let crowded = !sentence && (chars > longest || (chars > 30 && commas >= 2 && cut == Cut::Stop));
    let run_on = behind_dates(head)
        .or_else(|| at_blank(head))
        .or_else(|| whole_word(head, words, cut))
        .or_else(|| if crowded { run_in(head, words, false) } else { None })
        .or_else(|| if chars > 30 && sentence { run_in(head, words, true) } else { None })
        .or_else(|| taken_up(head));
    // 对成效明显的县给予支持: a sentence, wherever it could be cut.
    let run_on = run_on.filter(|_| !head.starts_with(['对', '将', '把', '由', '凡', '因']));
    if let Some(at) = run_on {
        (cut, length, body) = (Cut::RunIn, at, at);
    }
    if trimmed[..length].chars().count() > longest {
        cut = Cut::Sentence;
    }
    let head = trimmed[..length].trim_end_matches(['即', '：', ':', '(', '（']).trim_end_matches(|c: char| {
        is_blank(c) || matches!(c, '。' | ':' | '：' | ';' | '；' | ',' | '，' | '、' | '.' | '．')
    });
    Heading {
        span: Span::new(start, start + head.len()),
        body: (start + body) as u32,
        cut,
        commas: head.chars().filter(|c| matches!(c, ',' | '，')).count(),
        chars: head.chars().count(),
    }
}

/// The first mark that ends a sentence or a lead-in, outside quotes and brackets.
fn first_stop(line: &str) -> Option<(usize, char)> {
    let mut depth = 0usize;
    let mut previous = ' ';
    let mut quote = false;
    for (at, c) in line.char_indices().take(400) {
        match c {
            '“' | '《' | '(' | '（' | '〈' | '‘' | '「' => depth += 1,
            '”' | '》' | ')' | '）' | '〉' | '’' | '」' => depth = depth.saturating_sub(1),
            '"' => quote = !quote,
            '。' | '！' | '!' | '？' | '?' if depth == 0 || at > 240 => return Some((at, c)),
            ';' | '；' if depth == 0 && !quote => return Some((at, c)),
            '.' if depth == 0
                && line[at + 1..].chars().next().is_some_and(super::marker::is_han)
                && !previous.is_ascii_alphanumeric() =>
            {
                return Some((at, c));
            }
            // 3.1 第一阶段：拉网排查: the label is part of the heading.
            ':' | '：' if is_label(&line[..at]) => {}
            ':' | '：'
                if depth == 0 && !quote && !matches!(previous, '是' | '为' | '下') && !previous.is_ascii_digit() =>
            {
                return Some((at, c));
            }
            _ => {}
        }
        previous = c;
    }
    None
}

/// 第一阶段, 第二步.
fn is_label(text: &str) -> bool {
    let inner = text.trim_start().strip_prefix('第');
    let inner = inner.and_then(|rest| ["阶段", "步骤", "环节", "步"].iter().find_map(|word| rest.strip_suffix(word)));
    inner.is_some_and(|number| {
        (1..=2).contains(&number.chars().count()) && number.chars().all(crate::numeral::is_chinese)
    })
}

/// The end of a word that is a whole heading, where more follows that is no part of a longer heading.
fn whole_word(head: &str, words: &Words, cut: Cut) -> Option<usize> {
    let found = words.whole.leftmost_find_iter(head).next().filter(|found| found.start() == 0)?;
    let mut end = found.end();
    // 指导思想和总体要求, 主要任务及责任分工: two such words joined are one heading.
    for _ in 0..2 {
        let rest = &head[end..];
        let Some(joint) = rest.chars().next().filter(|c| matches!(c, '和' | '与' | '及' | '、')) else { break };
        let behind = &rest[joint.len_utf8()..];
        let Some(second) = words.whole.leftmost_find_iter(behind).next().filter(|second| second.start() == 0) else {
            break;
        };
        end += joint.len_utf8() + second.end();
    }
    // 主要内容 对居民楼下的餐饮门店…: a blank parts as well as a line would.
    let rest = head[end..].trim_start_matches(is_blank);
    let parted = rest.len() < head.len() - end;
    let goes_on = rest.starts_with(['和', '与', '及', '、', '的', '(', '（', ',', '，', '”', '》']);
    let longer =
        ["阶段", "环节", "步骤", "工作", "活动", "机制", "体系", "制度", "情况", "方案", "机构", "责任", "力度"];
    let goes_on = goes_on || longer.iter().any(|word| rest.starts_with(word));
    // 目标, 措施, 总结 are too common to end a heading unless a sentence begins right behind them.
    let starts = words.starters.leftmost_find_iter(rest).next().filter(|next| next.start() == 0);
    let goes_on = goes_on || end <= 6 && starts.is_none();
    let strong = starts.is_some_and(|next| words.strong.get(next.value() as usize) == Some(&true));
    let least = match cut {
        Cut::Colon => 4,
        _ if strong || parted => 6,
        _ => 9,
    };
    (!goes_on && rest.chars().count() >= least).then_some(end)
}

/// Where the text behind a heading takes up its words: 推行执法公示制度|执法公示是保障….
///
/// Evidence: four characters that stand in the heading as well, 12 characters or more behind them, and nothing before them
/// that joins. Counter-example: 领导班子建设和领导班子考核.
fn taken_up(head: &str) -> Option<usize> {
    let places: Vec<(usize, char)> = head.char_indices().take(*RUN_IN.end() + 4).collect();
    head.chars().nth(*RUN_IN.start() + 15)?;
    (*RUN_IN.start()..places.len().saturating_sub(3)).find_map(|at| {
        let (start, _) = places[at];
        let end = places.get(at + 4).map_or(head.len(), |place| place.0);
        let (before, words) = (&head[..start], &head[start..end]);
        let fits = words.chars().all(super::marker::is_han)
            && before.contains(words)
            && !before.ends_with(|c: char| JOINS.contains(c))
            && !before.contains([',', '，', '、', '“', '《', '(', '（'])
            && head[end..].chars().nth(8).is_some();
        fits.then_some(start)
    })
}

/// At a blank where a line break was lost: 二、充分认识…重要意义 近年来,….
///
/// Evidence: words without marks before it, and a sentence of some length behind it, or two blanks, or a date behind a word for
/// time (三、防火期 2022年1月1日至6月15日). Counter-examples: 从 2013 年起; 党员 干部. Misses headings with a comma.
fn at_blank(head: &str) -> Option<usize> {
    let at = head.find([' ', '\u{3000}'])?;
    let (before, after) = (&head[..at], head[at..].trim_start());
    // Two blanks part as a mark would: 抓巡查　　镇村两级….
    let wide = head[at..].starts_with('\u{3000}') || head[at..].chars().take_while(|&c| is_blank(c)).count() >= 2;
    // 防火期 2022年1月1日至6月15日为….
    let timed = ["期", "时间", "期限", "安排", "步骤"].iter().any(|end| before.ends_with(end))
        && after.starts_with(|c: char| c.is_ascii_digit());
    let short = (if wide || timed { 3 } else { 4 }..=44).contains(&before.chars().count())
        && !before.contains([',', '，', '“', '《'])
        && before.chars().all(super::marker::is_han);
    // 从 2013 年: blanks around a number part nothing.
    let spaced = !wide
        && !timed
        && (after.starts_with(|c: char| c.is_ascii_digit())
            || before.ends_with(|c: char| JOINS.contains(c) || matches!(c, '从' | '自' | '至' | '到')));
    let long =
        !spaced && after.chars().count() >= if wide { 6 } else { 20 } && (wide || after.contains([',', '，', '、']));
    (short && long).then_some(at)
}

/// Behind the dates in brackets with which the heading of a phase ends: 动员部署(2011年4月—5月)召开….
fn behind_dates(head: &str) -> Option<usize> {
    let open = head.find(['(', '（']).filter(|&open| (3..=60).contains(&open))?;
    let inner = &head[open..];
    let close = inner.find([')', '）'])?;
    let dated = inner[..close].contains(['月', '年', '日'])
        && inner[..close].contains(|c: char| c.is_ascii_digit() || crate::numeral::is_chinese(c));
    let end = open + close + inner[close..].chars().next().map_or(1, char::len_utf8);
    (dated && head[end..].chars().take(4).count() >= 2).then_some(end)
}

/// The first place, [`RUN_IN`] characters behind the marker, where a word stands that begins a sentence. `single`: the line
/// is one sentence with a full stop, which a list's item is too; then only a subject or preposition (各单位, 通过) counts.
fn run_in(head: &str, words: &Words, single: bool) -> Option<usize> {
    let total = head.chars().count();
    for found in words.starters.leftmost_find_iter(head) {
        let before = &head[..found.start()];
        let chars = before.chars().count();
        let strong = words.strong.get(found.value() as usize).copied().unwrap_or(false);
        if found.start() == 0 && strong {
            return None;
        }
        if chars < *RUN_IN.start() {
            continue;
        }
        if chars > *RUN_IN.end() {
            break;
        }
        let joined = before.ends_with(|c: char| JOINS.contains(c));
        let open = before.matches(['“', '《', '(', '（']).count() != before.matches(['”', '》', ')', '）']).count();
        let begins_with_verb = words.starters.leftmost_find_iter(before).next().is_some_and(|verb| verb.start() == 0)
            || HEADING_VERBS.iter().any(|verb| before.starts_with(verb));
        let fits = !single || (begins_with_verb && (strong || total > LONGEST) && !before.contains([',', '，', '、']));
        // 要求, 要点: the verb 要 is half of a word.
        let half =
            head[found.start()..].starts_with("要") && head[found.end()..].starts_with(['求', '点', '素', '闻', '件']);
        if fits && !half && !joined && !open && head[found.start()..].chars().count() >= 12 {
            return Some(found.start());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(line: &str) -> (&str, Cut) {
        let heading = heading(line, 0, line.len(), &Lexicon::builtin().compiled().heading);
        (heading.span.of(line), heading.cut)
    }

    #[test]
    fn every_row_begins_a_sentence_in_its_example() {
        let words = &Lexicon::builtin().compiled().heading;
        for (key, example) in Lexicon::builtin().table("body_starters").unwrap().pairs("key", "example") {
            let mut found =
                words.starters.leftmost_find_iter(example).map(|found| &example[found.start()..found.end()]);
            assert!(found.any(|word| word == key), "{key}: {example}");
        }
    }

    #[test]
    fn where_a_heading_ends() {
        for (line, expected) in [
            ("指导思想", ("指导思想", Cut::Line)),
            ("提高认识。各单位要把这项工作摆上日程。", ("提高认识", Cut::Stop)),
            ("宣传发动:印发明白纸,张贴标语。", ("宣传发动", Cut::Colon)),
            ("制定方案;", ("制定方案", Cut::Semicolon)),
            ("指导思想以科学发展观为统领,全面落实安全责任制,遏制重特大事故。", ("指导思想", Cut::RunIn)),
            ("组织领导成立领导小组,统筹推进全县农村改厕工作", ("组织领导", Cut::RunIn)),
            ("推行执法公示制度执法公示是保障公众知情权的重要措施,各级要抓好落实。", ("推行执法公示制度", Cut::RunIn)),
            ("领导班子建设和领导班子考核统筹安排稳步推进", ("领导班子建设和领导班子考核统筹安排稳步推进", Cut::Line)),
            ("第一阶段：拉网排查（4月1日～5月31日）", ("第一阶段：拉网排查（4月1日～5月31日）", Cut::Line)),
            ("抓巡查  两级河长每月巡河不少于一次", ("抓巡查", Cut::RunIn)),
            ("加强组织领导和宣传工作", ("加强组织领导和宣传工作", Cut::Line)),
            ("指导思想和基本原则", ("指导思想和基本原则", Cut::Line)),
            ("充分认识加强食品安全监管的重要意义。", ("充分认识加强食品安全监管的重要意义", Cut::Line)),
            (
                "规范垃圾收运流程通过对各村收集点逐一排查登记,摸清底数,分类制定整改清单,按周调度,逐项销号,确保运行平稳有序。",
                ("规范垃圾收运流程", Cut::RunIn),
            ),
            ("基本要求是:履行职责,做到“四个到位”:", ("基本要求是:履行职责,做到“四个到位”", Cut::Colon)),
        ] {
            assert_eq!(cut(line), expected, "{line}");
        }
    }
}
