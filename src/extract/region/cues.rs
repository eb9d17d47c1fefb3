//! The words around a place that tell whose place it is.

/// Words before a place that is visited, helped or asked about.
const CITED: &[&str] = &[
    "学习", "赴", "考察", "对口", "援助", "支援", "援建", "向", "帮扶", "支持", "借鉴", "参观", "同意", "批复", "驻",
    "来自", "批准", "推广", "复制", "吸取", "汲取", "观摩",
];
/// Words in a title before a place whose document is obeyed: 贯彻《河南省…条例》 is a title of any county of Henan.
const OBEYED: &[&str] = &["贯彻", "落实", "执行", "实施《"];
/// Words behind a place that is an example to others.
const EXAMPLE: &[&str] = &["经验", "模式", "做法", "现场会", "精神", "事件", "事故", "地震"];
/// What may stand between the beginning of a body's name and its place.
const BEFORE: &[&str] = &[
    "中共",
    "中国共产党",
    "共青团",
    "中国共产主义青年团",
    "政协",
    "中国人民政治协商会议",
    "国家税务总局",
    "国家统计局",
    "中国人民银行",
    "国网",
    "国家电网",
    "中国电信",
    "中国移动",
    "中国联通",
    "中国邮政",
    "中国农业银行",
    "中国石化",
    "中国人民解放军",
    "国家税务局",
    "民革",
    "民盟",
    "民建",
    "九三学社",
];
/// What a place stands behind in a title where it is the title's own.
pub(super) const OPENINGS: &[&str] = &[
    "《",
    "“",
    "\"",
    "「",
    "关于印发",
    "关于转发",
    "印发",
    "转发",
    "关于在",
    "关于",
    "发布",
    "公布",
    "推进",
    "推动",
    "建设",
    "打造",
    "加快",
    "开展",
];

/// Whether what stands before a place leaves it at the beginning.
pub(super) fn is_leading(before: &str) -> bool {
    let mut rest = before.trim();
    loop {
        if rest.is_empty() {
            return true;
        }
        match BEFORE.iter().find_map(|prefix| rest.strip_prefix(prefix)) {
            Some(shorter) => rest = shorter.trim_start(),
            None => return false,
        }
    }
}

/// The few characters before a place, of the same clause.
fn near(text: &str, start: usize) -> &str {
    let before = text.get(..start).unwrap_or("");
    let at = before.char_indices().rev().nth(4).map_or(0, |(at, _)| at);
    let near = before.get(at..).unwrap_or("");
    near.rsplit(['，', ',', '。', '；', ';', '、', '\n']).next().unwrap_or("")
}

/// Whether a title only obeys the document of a place.
pub(super) fn is_obeyed(text: &str, start: usize) -> bool {
    let near = near(text, start);
    OBEYED.iter().any(|word| near.contains(word))
}

/// Whether a place is visited, helped or an example, by the words right around it.
pub(super) fn is_cited(text: &str, start: usize, end: usize) -> bool {
    let near = near(text, start);
    let behind = text.get(end..).unwrap_or("");
    let at = behind.char_indices().nth(4).map_or(behind.len(), |(at, _)| at);
    let behind = behind.get(..at).unwrap_or("");
    // 方向, 面向 and 转向 are no visits.
    let visited = |word: &str| {
        near.contains(word) && !(word == "向" && ["方向", "面向", "转向", "意向"].iter().any(|w| near.contains(w)))
    };
    CITED.iter().any(|word| visited(word)) || EXAMPLE.iter().any(|word| behind.starts_with(word))
}

/// The letterhead: a line of the head that is a body's name, mostly with 文件 behind it.
pub(super) fn letterhead(head: &str) -> impl Iterator<Item = &str> {
    head.lines().take(12).map(str::trim).filter(|line| line.len() <= 120).filter_map(|line| {
        line.strip_suffix("文件").or_else(|| (is_body(line) && !line.contains("关于")).then_some(line))
    })
}

/// The first line of a document in which no title was found, where it may be one: at most 60 characters, no sentence, no list of addressees.
///
/// Example: 贺县人民政府关于整顿锡矿生产秩序的布告. Counter-example: 各乡镇人民政府：. Misses titles over two lines.
pub(super) fn first_line<'t>(head: &'t str, body: &'t str) -> Option<&'t str> {
    let line = head.lines().chain(body.lines()).map(str::trim).find(|line| !line.is_empty())?;
    let fits = line.chars().count() <= 60 && !line.contains(['。', '；', '：', ':']);
    fits.then_some(line)
}

/// Whether a name is that of a body, by its end.
pub(super) fn is_body(name: &str) -> bool {
    [
        "局",
        "委",
        "委员会",
        "政府",
        "办公室",
        "厅",
        "院",
        "小组",
        "党组",
        "部",
        "协会",
        "公司",
        "学校",
        "中心",
        "指挥部",
        "党委",
        "支行",
        "分行",
        "分局",
        "总工会",
        "联合会",
        "妇联",
        "站",
        "支队",
        "大队",
        "管委会",
        "工委",
        "办事处",
        "团县委",
        "社",
        "公署",
        "行署",
        "处",
    ]
    .iter()
    .any(|ending| name.ends_with(ending))
}

/// The signature: the lines at the end that are nothing but the name of a body.
pub(super) fn signature(tail: &str) -> impl Iterator<Item = &str> {
    tail.lines()
        .rev()
        .take(12)
        .map(str::trim)
        .filter(|line| line.len() <= 150 && !line.contains(['：', ':', '。', '，', ',']) && is_body(line))
}
