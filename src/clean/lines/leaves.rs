//! Numbers that sites for sharing documents print before the text of each page: `1、…全镇人民⏎2、的思想道德…`.

use super::super::fix::Fix;
use super::super::hanzi::is_hanzi;

/// Bytes of the shortest page.
const SHORTEST: usize = 500;
/// Line breaks within a page: such a site runs its lines together.
const MOST_BREAKS: usize = 2;

/// A line that begins with a number and 、.
struct Leaf {
    /// Where the line before it ends.
    before: usize,
    start: usize,
    /// Behind the 、.
    body: usize,
}

/// The numbers of pages, and the line breaks before them.
///
/// Evidence: the lines that begin with a number are 1、, 2、 and so on to the last; each page is long and has next to no
/// line breaks of its own; and at least half of the breaks, one in any case, part a sentence between two characters.
/// Counter-example: a list whose items end as sentences do. Misses the pages of a text whose lines were kept.
pub(super) fn find(text: &str, fixes: &mut Vec<Fix>) {
    let Some(leaves) = leaves(text).filter(|leaves| leaves.len() >= 2) else { return };
    let ends = leaves.iter().skip(1).map(|leaf| leaf.before);
    let long = std::iter::zip(&leaves, ends).all(|(leaf, end)| {
        let page = text.get(leaf.body..end).unwrap_or("");
        page.len() >= SHORTEST && memchr::memchr_iter(b'\n', page.as_bytes()).count() <= MOST_BREAKS
    });
    let parted = leaves[1..].iter().filter(|leaf| {
        text[..leaf.before].ends_with(|c| is_hanzi(c) || matches!(c, '，' | ',' | '、'))
            && text[leaf.body..].starts_with(|c| is_hanzi(c) || matches!(c, '，' | ',' | '、' | '。'))
    });
    if !long || parted.count() * 2 < (leaves.len() - 1).max(2) {
        return;
    }
    fixes.push(Fix::delete(leaves[0].start..leaves[0].body));
    fixes.extend(leaves[1..].iter().map(|leaf| Fix::delete(leaf.before..leaf.body)));
}

/// The numbered lines, if their numbers are 1, 2, 3 … without a gap.
fn leaves(text: &str) -> Option<Vec<Leaf>> {
    let mut out: Vec<Leaf> = Vec::new();
    let (mut start, mut before) = (0, 0);
    for line in text.split_inclusive('\n') {
        let digits = line.bytes().take(4).take_while(u8::is_ascii_digit).count();
        if digits > 0 && line[digits..].starts_with('、') {
            let number: usize = line[..digits].parse().ok()?;
            if number != out.len() + 1 {
                return None;
            }
            out.push(Leaf { before, start, body: start + digits + '、'.len_utf8() });
        }
        start += line.len();
        let words = text[..start].trim_end();
        before = words.len();
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{check, untouched};
    use super::super::PASS;

    #[test]
    fn numbers_of_pages_go() {
        let page = "各村要对照目标逐项排查，发现问题立即整改，确保年底前通过验收。".repeat(8);
        let before = format!(
            "某镇改厕工作方案.docx\n1、某镇改厕工作方案{page}镇里将组织专\n2、班逐村验收。{page}各村要加\n3、强领导。"
        );
        let after =
            format!("某镇改厕工作方案.docx\n某镇改厕工作方案{page}镇里将组织专班逐村验收。{page}各村要加强领导。");
        check(PASS, &[(&before, &after)]);
    }

    #[test]
    fn lists_stay() {
        let item = "各村要对照目标逐项排查，发现问题立即整改，确保年底前通过验收。".repeat(8);
        untouched(
            PASS,
            &[
                &format!("工作重点如下：\n1、{item}\n2、{item}\n3、{item}"),
                "工作重点\n1、排查隐患\n2、整改问题\n3、检查验收，各乡镇要按月上报排查整改情况，做到件件有着落",
            ],
        );
    }
}
