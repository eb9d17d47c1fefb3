//! Names of other languages, spelt with characters that are used for their sound.
//!
//! **Evidence**: four to nine characters, every one of them used in such spellings, at least half of them hardly ever used
//! in a Chinese name (尔, 拉, 嘎, 呷, 孜). **Example**: 尔古木呷, 额尔敦巴特尔.
//! **Counter-examples**: 马明吉安 (two Chinese names); 乌鲁木齐市 (a place says what it is).
//! **Misses**: short ones (巴桑: the table `surnames` has the frequent beginnings) and translations (白玛 and 王白玛).

use std::sync::LazyLock;

use crate::charset::CharSet;

/// Characters that spell sounds and hardly anything else.
const STRONG: &str = "尔呷拉嘎孜甫巴扎措旦吐买提克斯依达木布库塔曼孜汗娜妮卓仓央次仁顿珠图其格日勒哈萨苏赛迪丽帕热麦合乃再努亚森尼那莫阿乌额且惹牛吾伊";

/// Characters that spell sounds, and also stand in Chinese names.
const WEAK: &str = "古吉马沙都满德罗多洛索朗白玛美旺堆久培群欧江加嘉让才仓更登贡敦宝音孟和呼特敖登斯琴朝鲁曲比俄立史火铁肉玉素甫艾山力江玛木色子衣明姆普布杰桑邓珠拥中泽绒西热金";

static STRONG_SET: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(&STRONG.chars().collect::<Vec<_>>()));
static WEAK_SET: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(&WEAK.chars().collect::<Vec<_>>()));

/// Whether a whole text reads as one.
pub(super) fn is_name(text: &str) -> bool {
    let count = text.chars().take(10).count();
    let strong = text.chars().take(10).filter(|c| STRONG_SET.has(*c)).count();
    (4..=9).contains(&count) && 2 * strong >= count && text.chars().all(|c| STRONG_SET.has(c) || WEAK_SET.has(c))
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn spells_sounds() {
        for (text, expected) in [
            ("尔古木呷", true),
            ("额尔敦巴特尔", true),
            ("那仁满都拉", true),
            ("沙马拉且", true),
            ("马明吉安", false),
            ("乌鲁木齐市", false),
            ("水利局", false),
            ("阿克苏地区", false),
        ] {
            assert_eq!(is_name(text), expected, "{text}");
        }
    }
}
