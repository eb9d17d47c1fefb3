//! Places that a plan names, seen from its own, and those that no reader would expect there: the sign of a plan copied and not read
//! through.

use crate::extract::region::{Located, locate};
use crate::lexicon::gazetteer::{Chain, Gazetteer};
use crate::model::{PlaceRelation, ResidueKind};
use crate::span::Span;

/// A place that a plan names.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceUse {
    /// The place.
    pub place: Located,
    /// Where it lies from the plan's own; nothing where either is not known.
    pub relation: Option<PlaceRelation>,
    /// Why a reader expects it although it lies elsewhere; nothing where nothing says so.
    pub cited: Option<&'static str>,
    /// The name of the body that begins with it (临水县|卫生局).
    pub body: Option<Span>,
}

impl PlaceUse {
    /// What is left over of another document, if this is.
    ///
    /// Evidence: the full name of one place that lies elsewhere, and nothing around it that cites it, helps it, borders on it or lists it with
    /// others. Counter-example: 学习昆山市经验; 沭阳县、泗阳县和宿豫区. Misses short names, names that several places bear, and left-over names of
    /// bodies without a place.
    pub fn residue(&self) -> Option<ResidueKind> {
        let sure = self.place.confidence >= 0.8 && self.place.code.is_some();
        let elsewhere = self.relation == Some(PlaceRelation::Elsewhere) && self.cited.is_none();
        (sure && elsewhere).then_some(if self.body.is_some() { ResidueKind::Body } else { ResidueKind::Place })
    }
}

/// The places that a plan names, left to right; `own` is the plan's place, if it is known.
pub fn places(text: &str, year: Option<i32>, own: Option<&Chain>, gazetteer: &Gazetteer) -> Vec<PlaceUse> {
    let found = locate(text, year, gazetteer);
    let relations: Vec<Option<PlaceRelation>> =
        found.iter().map(|place| own.zip(place.chain).map(|(own, chain)| relation(own, &chain))).collect();
    let others: Vec<Span> = found
        .iter()
        .zip(&relations)
        .filter(|(_, relation)| !matches!(relation, Some(PlaceRelation::Own | PlaceRelation::Superior)))
        .map(|(place, _)| place.span)
        .collect();
    // 江苏省徐州市: what holds the place is cited with it.
    let mut out: Vec<PlaceUse> = Vec::with_capacity(found.len());
    for (place, relation) in found.into_iter().zip(relations) {
        let span = place.span;
        let cited = (relation == Some(PlaceRelation::Elsewhere)).then(|| cited(text, span, &others)).flatten();
        if let Some(last) = out.last_mut()
            && last.place.span.end == span.start
            && last.relation == Some(PlaceRelation::Elsewhere)
            && last.place.level < place.level
        {
            last.cited = last.cited.or(cited).or(Some("a part of it is meant"));
        }
        let body = body(text, span);
        out.push(PlaceUse { place, relation, cited, body });
    }
    out
}

fn relation(own: &Chain, other: &Chain) -> PlaceRelation {
    if own.code == other.code || own.full_name() == other.full_name() {
        PlaceRelation::Own
    } else if other.within(own) {
        PlaceRelation::Inside
    } else if own.within(other) {
        PlaceRelation::Superior
    } else {
        PlaceRelation::Elsewhere
    }
}

/// Characters on either side of a name within which a word says why it stands there: about two clauses.
const NEAR: usize = 20;

/// Words near a place that is expected, and what they say.
const CITING: &[(&str, &[&str])] = &[
    (
        "an example",
        &[
            "学习", "借鉴", "考察", "观摩", "参观", "经验", "模式", "做法", "先进", "推广", "试点", "典型", "外地",
            "兄弟", "参照", "参考", "仿照",
        ],
    ),
    ("an event", &["事故", "事件", "火灾", "地震", "洪灾", "疫情", "案件", "发生", "教训", "灾区", "讲话"]),
    (
        "dealings with it",
        &[
            "对口", "支援", "援助", "帮扶", "协作", "合作", "招商", "引进", "共建", "结对", "联合", "输出", "务工",
            "外出", "采购", "销往", "调运", "籍",
        ],
    ),
    ("a border", &["接壤", "毗邻", "交界", "相邻", "周边", "上游", "下游", "流域", "边界", "邻近", "跨"]),
    ("a way", &["高速", "铁路", "公路", "国道", "航线", "线路", "沿线", "机场", "专线"]),
    ("an origin", &["来自", "产地", "毕业", "出生", "户籍", "原籍", "生产的", "厂家"]),
];

/// Why a place that lies elsewhere is expected: a word near it in its sentence, a meeting held there, 《》 or quotation marks around it, or a
/// list of places.
///
/// Example: 赴昆山市学习经验; 在昆山市召开现场会. Counter-example: 召开昆山市、乡、村三级动员会, and a sentence of two lines that begins with 昆山市 and
/// ends with 公路. Misses slips that such a word happens to stand by, and takes for slips what is cited in words of its own.
fn cited(text: &str, span: Span, others: &[Span]) -> Option<&'static str> {
    let (start, end) = (span.start as usize, span.end as usize);
    let before = text.get(..start)?;
    let behind = text.get(end..)?;
    let opens =
        before.rfind(['。', '；', '！', '\n']).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let closes = behind.find(['。', '；', '！', '\n']).map_or(text.len(), |at| end + at);
    let sentence = &text[opens..closes];
    let from = sentence[..start - opens].char_indices().rev().take(NEAR).last().map_or(start - opens, |(at, _)| at);
    let rest = &sentence[end - opens..];
    let near = &sentence[from..end - opens + rest.char_indices().nth(NEAR).map_or(rest.len(), |(at, _)| at)];
    if let Some((why, _)) = CITING.iter().find(|(_, words)| words.iter().any(|word| near.contains(word))) {
        return Some(why);
    }
    if ["召开", "举办", "举行"].iter().any(|held| rest.starts_with(held)) {
        return Some("an event");
    }
    let inside = |open: char, close: char| {
        let open = sentence[..start - opens].rfind(open);
        let close = sentence[..start - opens].rfind(close);
        open.is_some_and(|open| close.is_none_or(|close| close < open))
    };
    if inside('《', '》') || inside('“', '”') || inside('〈', '〉') {
        return Some("a title or a quotation");
    }
    let joins = |gap: &str| gap.chars().count() <= 6 && gap.contains(['、', '和', '与', '及', '至', '—', '-']);
    let near = others.iter().any(|other| {
        let gap = if other.end <= span.start {
            text.get(other.end as usize..start)
        } else {
            text.get(end..other.start as usize)
        };
        *other != span && gap.is_some_and(joins)
    });
    near.then_some("a list of places")
}

/// The name of the body that a place begins, within the clause: 临水县|卫生局.
fn body(text: &str, span: Span) -> Option<Span> {
    const ENDINGS: &[&str] = &[
        "领导小组",
        "人民政府",
        "办公室",
        "委员会",
        "指挥部",
        "管委会",
        "局",
        "厅",
        "委",
        "办",
        "医院",
        "中学",
        "小学",
        "学校",
        "公司",
    ];
    let behind = text.get(span.end as usize..)?;
    let clause = behind.find(|c: char| !crate::outline::marker::is_han(c)).map_or(behind, |at| &behind[..at]);
    let near = clause.char_indices().nth(14).map_or(clause, |(at, _)| &clause[..at]);
    let end = ENDINGS.iter().filter_map(|ending| Some(near.find(ending)? + ending.len())).min()?;
    Some(Span { start: span.start, end: span.end + end as u32 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_over(text: &str) -> Vec<(String, &'static str)> {
        let gazetteer = Gazetteer::builtin();
        let own = gazetteer.place(371_122, Some(2012)).expect("莒县");
        places(text, Some(2012), Some(&own), gazetteer)
            .iter()
            .filter_map(|place| {
                let kind = place.residue()?;
                Some((place.body.unwrap_or(place.place.span).of(text).to_owned(), kind.as_str()))
            })
            .collect()
    }

    #[test]
    fn what_is_left_over_and_what_is_not() {
        let cases: &[(&str, &[(&str, &str)])] = &[
            ("莒县成立领导小组，办公室设在沂水县卫生局。", &[("沂水县卫生局", "body")]),
            ("力争把涟水县建成生态县。", &[("涟水县", "place")]),
            ("力争把江苏省涟水县建成生态县。", &[("涟水县", "place")]),
            ("日照市莒县、山东省卫生厅统一部署。", &[]),
            ("组织人员赴昆山市学习先进经验。", &[]),
            ("在昆山市召开现场会。", &[]),
            ("召开昆山市、乡、村三级动员会。", &[("昆山市", "place")]),
            (
                "到2020年，昆山市农村生活垃圾无害化处理率达到95%以上，畜禽粪污综合利用率不低于85%，旅游公路沿线全面绿化。",
                &[("昆山市", "place")],
            ),
            ("吸取天津市滨海新区爆炸事故教训。", &[]),
            ("与沂水县、沂南县交界的村庄。", &[]),
            ("宣传范围包括沂水县、沂南县和莒南县。", &[]),
            ("按照《浙江省人民政府关于绿化的意见》要求。", &[]),
            ("对口支援的新疆麦盖提县。", &[]),
            ("朝阳区卫生局负责。", &[]),
            ("莒县招贤镇先行。", &[]),
        ];
        for (text, expected) in cases {
            let found = left_over(text);
            let found: Vec<(&str, &str)> = found.iter().map(|(name, kind)| (name.as_str(), *kind)).collect();
            assert_eq!(found, *expected, "{text}");
        }
    }
}
