//! Zones that are no administrative units (开发区, 新区, 兵团, 垦区): from the table `zones`, or by their words behind a place.

/// What a zone is called behind the name of the place that holds it: 镇江|经济技术开发区. Longer ones first.
const CLASSES: &[&str] = &[
    "国家级经济技术开发区",
    "国家级高新技术产业开发区",
    "国家高新技术产业开发区",
    "国家农业高新技术产业示范区",
    "农业高新技术产业示范区",
    "高新技术产业开发区",
    "高新技术产业园区",
    "国家经济技术开发区",
    "经济技术开发区",
    "高新技术开发区",
    "旅游经济开发区",
    "国家旅游度假区",
    "生态旅游度假区",
    "旅游度假区",
    "风景名胜区",
    "经济开发区",
    "综合保税区",
    "综合实验区",
    "综合试验区",
    "出口加工区",
    "化工园区",
    "工业园区",
    "循环经济区",
    "空港经济区",
    "临港经济区",
    "保税港区",
    "保税区",
    "高新区",
    "经开区",
    "开发区",
    "新区",
];

/// Classes that mean all zones of a place as well as one: 江苏省开发区, 全市高新区.
const PLAIN: &[&str] = &["开发区", "高新区", "经开区", "工业园区", "化工园区", "新区", "风景名胜区", "旅游度假区"];

/// The length in bytes of the class words of a zone that follow a place's name.
///
/// Evidence: one of the words stands right behind the name. Example: 镇江|经济技术开发区管委会, 常州|高新区. Counter-example: 江苏省开发区条例 (all of the
/// province), 日照市新区建设 (a new quarter of the city: behind a full name, 新区 is none), 沿海开发区 (no place before it). Misses zones with a
/// name of their own, which the table `zones` has, and those named after a direction (苏州|东部新城).
pub(super) fn class_behind(behind: &str, province: bool, full: bool) -> Option<usize> {
    let class = CLASSES.iter().find(|class| behind.starts_with(**class))?;
    let plain = PLAIN.contains(class);
    let goes_on = behind[class.len()..].starts_with(['域', '县', '划', '们', '条']);
    (!(plain && province || goes_on || *class == "新区" && full)).then_some(class.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        let cases: &[(&str, bool, bool, Option<&str>)] = &[
            ("经济技术开发区管委会", false, false, Some("经济技术开发区")),
            ("高新区教育局", false, true, Some("高新区")),
            ("开发区条例", true, true, None),
            ("新区建设", false, true, None),
            ("新区管委会", false, false, Some("新区")),
            ("新区域", false, false, None),
            ("卫生局", false, true, None),
        ];
        for (behind, province, full, expected) in cases {
            let found = class_behind(behind, *province, *full).map(|length| &behind[..length]);
            assert_eq!(found, *expected, "{behind}");
        }
    }
}
