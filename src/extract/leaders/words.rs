//! What names, posts and units begin and end with, and how likely a character is in a given name.

/// Ends of what is a body or a post, not a name.
pub(super) const NOT_NAME_ENDS: &[&str] = &[
    "局",
    "委",
    "部",
    "厅",
    "办",
    "室",
    "处",
    "院",
    "所",
    "站",
    "队",
    "中心",
    "股",
    "会",
    "校",
    "区",
    "县",
    "市",
    "镇",
    "乡",
    "厂",
    "社",
    "公司",
    "集团",
    "单位",
    "部门",
    "负责人",
    "人员",
    "书记",
    "主任",
    "局长",
    "院长",
    "科长",
    "处长",
    "校长",
    "部长",
    "所长",
    "站长",
    "镇长",
    "乡长",
    "县长",
    "市长",
    "主席",
    "干部",
    "领导",
    "同志",
    "等",
    "组",
    "党",
    "科室",
    "街道",
    "支部",
    "班子",
    "小学",
    "中学",
    "大学",
    "医院",
    "代表",
    "经理",
    "老师",
    "职工",
    "任组",
];

/// What a post begins with when it is written right behind a name.
pub(super) const POST_STARTS: &[&str] = &[
    "副",
    "党",
    "县",
    "市",
    "区",
    "省",
    "镇",
    "乡",
    "院",
    "局",
    "国务院",
    "办公室",
    "主任",
    "书记",
    "纪",
    "工会",
    "医务",
    "科",
    "处",
    "部",
    "同志",
    "支部",
    "校",
    "总",
    "主席",
    "常务",
    "厅",
    "所长",
    "站长",
    "村",
    "街道",
    "团",
    "护",
    "人大",
    "政协",
    "中心",
    "教",
    "财务",
    "综合",
    "政工",
    "行政",
    "业务",
    "党组",
];

/// Surnames that hardly ever stand in a given name: where one does, a list was parted in the wrong place.
pub(super) const PURE_SURNAMES: &str = "陈刘赵吴徐孙郭谢郑韩冯邓曹彭曾肖蒋蔡潘魏吕姚卢崔谭陆汪廖贾邹熊薛侯孟沈傅阎邱段雷龚邵钱覃戴莫汤尹姜袁董梁罗何许丁苏杜";

/// Surnames that seldom stand in a given name.
pub(super) const RARELY_GIVEN: &str = "韦伍诸司谷王李张朱马胡叶程任钟范付秦史黎贺顾毛郝严武孔闫余周黄杨施樊葛邢倪聂翟殷詹申耿焦俞柳甘祝符舒阮柯纪裴霍涂苗翁冉骆宋于唐陶温庞颜欧齐乔";

/// What a name costs at most on average in a list without separators; beyond that some surname of it is unknown.
pub(super) const DEAREST: u32 = 4;

/// The same where no colon says that names follow.
pub(super) const SURE: u32 = 2;

/// What a post ends with.
pub(super) const POST_ENDS: &[&str] = &[
    "长",
    "主任",
    "书记",
    "员",
    "主席",
    "经理",
    "总裁",
    "师",
    "教授",
    "院士",
    "干部",
    "负责人",
    "组织",
    "科员",
    "常委",
    "巡视员",
    "专员",
    "秘书",
    "会计",
    "董事",
    "委员",
    "代表",
    "校长",
    "总监",
    "顾问",
    "干事",
    "同志",
    "助理",
    "所长",
    "副职",
    "检察官",
    "法官",
    "政委",
    "参谋",
    "调研员",
];

/// What the name of a unit ends with that stands before a person of it.
pub(super) const UNIT_ENDS: &[&str] =
    &["政府", "委员会", "办公室", "局", "委", "厅", "镇", "乡", "街道", "中心", "医院", "学校", "公司", "人大", "政协"];

/// Whether a text reads as the end of a post.
pub(super) fn is_post(text: &str) -> bool {
    POST_ENDS.iter().any(|end| text.ends_with(end)) && text.chars().count() >= 2
}

/// Whether what ends like a post tells of others: 各中心校校长, 由王文华兼任办公室主任.
pub(super) fn is_no_post(text: &str) -> bool {
    text.starts_with(['各', '由', '及'])
        || ["兼任", "担任", "任组长", "任副组长"].iter().any(|word| text.contains(word))
}

/// What it costs to read a character as part of a given name.
pub(super) fn cost_as_given(c: char) -> u32 {
    if PURE_SURNAMES.contains(c) {
        6
    } else if RARELY_GIVEN.contains(c) {
        3
    } else {
        0
    }
}
