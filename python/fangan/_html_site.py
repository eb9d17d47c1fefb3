"""What a site prints around a document: how its lines look, and how those of a document do."""

from __future__ import annotations

import re

from fangan._html_blocks import Block

# Lines that are a site's wherever they stand: nothing else is on them.
_WORDS = (
    r"(?:【?\s*(?:正文)?字[体号]大?小?\s*[:：]?|大|中|小|特大|默认|打印(?:本页|此页|此文|本文|页面|文章|预览)?|关闭(?:本页|此页|窗口|页面)?"
    r"|分享(?:到|至)?|微信|微博|新浪微博|QQ空间|返回(?:顶部|首页|列表|上页|上一页)?|收藏(?:本页|本站)?|加入收藏|设为首页|推荐|保存"
    r"|纠错|我要纠错|繁体|繁體|简体|无障碍(?:浏览|阅读)?|(?:长者|关怀|适老)(?:模式|版)|下载(?:文字版|图片版)?|语音播报|朗读|放大|缩小|扫一扫(?:在手机(?:打开|上阅读)当前页)?"
    r"|复制链接|点击(?:打印|收藏)|t|T|A\+?|A-|首页|RSS订阅|政策解读|图解|相关解读|登录|注册|搜索|手机版|更多)"
)
_MARKS = r"[\s\u3000【】\[\]（）()|｜·、：:>»/\-—]*"
_ONLY_WORDS = re.compile(rf"^{_MARKS}(?:{_WORDS}{_MARKS})+$")
_ANYWHERE = re.compile(
    r"^[\s【\[]*(?:您|你)?(?:现在|当前|目前|所在)?(?:的|所在)?位置\s*(?:是|为)?\s*[:：>]"
    r"|^(?:网站)?首页\s*(?:>|»|›|＞|-\s*>|&gt;|/|→)"
    r"|浏览(?:次数|量)\s*[:：]|(?:点击|阅读|访问)(?:次数|数|量|率)\s*[:：]|字[体号](?:大小)?\s*[:：]\s*[【\[（(]?\s*(?:特?大|小)"
    r"|^今天是\s*[:：]?\s*\d{4}年|扫一扫在手机|分享到\s*[:：]|^[【\[(（]?\s*打印(?:本页|此页)?\s*[】\])）]|ICP备\s*\d|公网安备|网站标识码"
    r"|版权所有[:：©\s]|Copyright|All Rights Reserved|您使用的浏览器|请升级浏览器|建议使用.{0,20}分辨率",
    re.I,
)
_EDGE = re.compile(
    r"^[\s【\[(（]*(?:(?:信息|文章|稿件)?来源|发[布表](?:日期|时间|人)|发布于|更新(?:日期|时间)|(?:文章)?作者|责任编辑|责编|编辑|审核|审稿|校审"
    r"|上一[篇条]|下一[篇条]|相关(?:链接|文章|阅读|新闻|文件|解读|稿件|信息|附件下载)|延伸阅读|推荐阅读|热点(?:新闻|推荐)|最新(?:文章|动态)"
    r"|技术支持|联系我们|关于我们|网站(?:地图|声明|支持)|友情链接|政府网站找?错|设为首页|浏览)"
    r"|^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}:\d{2}|来源\s*[:：].{0,40}(?:时间|日期|作者|编辑|字号)"
    r"|(?:日期|时间)\s*[:：]\s*\d{4}[-年].{0,60}(?:来源|作者|字体|字号|浏览)",
)
_AFTER = re.compile(
    r"^[\s【\[]*(?:相关(?:链接|文章|阅读|新闻|解读|稿件|信息|推荐|文件)|延伸阅读|推荐阅读|热点(?:新闻|推荐)|上一[篇条]|下一[篇条]|友情链接"
    r"|责任编辑|版权所有|网站地图|关于我们|联系我们|设为首页|政府网站)|ICP备|公网安备|网站标识码|Copyright",
    re.I,
)
# What a document may say of itself as well; below it, in a part of the page of its own, it is the site's.
_IMPRINT = re.compile(
    r"^(?:主办|承办|运行维护|运维|维护)(?:单位)?\s*[:：]|^(?:单位|联系|办公)?地\s*址\s*[:：].*(?:电话|邮编|邮政编码|传真)"
)
_DATES = re.compile(r"[\d\-/.:：\[\]（）()年月日\s·•>|]+")
_SENTENCE = re.compile("[。；，,！]")
_STOP = re.compile("[。；]")
_STAMP = re.compile(
    r"^\S{0,40}?[\s\u3000]*(?:(?:19|20)\d\d|[二一][〇○零ＯO0九一二三四五六七八]{3})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*"
    r"[\d一二三四五六七八九十]{1,3}\s*日[)）]?$"
)
_BODY = re.compile(
    r"^[\u4e00-\u9fff（）()、\s]{2,40}(?:政府|局|委员会|委|办公室|厅|指挥部|领导小组|党组|院|部|处|所|站|大队|支队|公司|学校|中心|会)$"
)
_ABOVE_TITLE = re.compile(
    r"文\s*件\s*$|[〔\[（(【](?:19|20)\d\d[〕\]）)】]\s*第?\s*\d{1,4}\s*号|^(?:特急|加急|急件|机密|秘密)"
)
_TAIL = re.compile(
    r"^(?:附\s*[件表]\s*[\d一二三四五六七八九十]*\s*[:：.．]?|主\s*题\s*词|抄\s*[送报]|[（(](?:此件|本文有删减|联系人)|公开方式|信息公开选项)"
)


def is_sentence(block: Block) -> bool:
    """Whether a line is a sentence of a text rather than a name, a date or a link."""
    text = block.text
    long = (len(text) >= 25 and _SENTENCE.search(text)) or (len(text) >= 12 and _STOP.search(text))
    return bool(long) and block.links < 0.5 and not _IMPRINT.match(text)


def is_link(block: Block) -> bool:
    """Whether a line is nothing but links (dates beside them aside) that do not lead to the document's annexes."""
    if block.links < 0.3 or block.file or block.cells or _TAIL.match(block.text):
        return False
    return block.links * len(block.text) >= 0.75 * len(_DATES.sub("", block.text))


def is_imprint(block: Block) -> bool:
    """Whether a line names who runs something, or where to find it."""
    return bool(_IMPRINT.match(block.text))


def is_list_head(block: Block, below: Block | None) -> bool:
    """Whether a line is the heading of a list of links."""
    return below is not None and len(block.text) <= 12 and is_link(below) and not _TAIL.match(block.text)


def is_site(block: Block, *, edge: bool) -> bool:
    """Whether a line is a site's own. `edge`: it stands before the first or behind the last sentence of the text."""
    text = block.text
    if len(text) > 240 or (len(text) > 90 and text.endswith(("。", "；", "！"))):
        return False
    if _ONLY_WORDS.match(text) or (len(text) <= 160 and _ANYWHERE.search(text)):
        return True
    return edge and (is_link(block) or (len(text) <= 120 and bool(_EDGE.search(text))))


def ends_document(block: Block) -> bool:
    """Whether a line behind the text begins what the site prints below it."""
    return not is_sentence(block) and bool(_AFTER.search(block.text))


def belongs_below(block: Block) -> bool:
    """Whether a line below the text is of its tail: a signature, a date, annexes, 主题词, 抄送."""
    if block.links >= 0.5 and not block.file:
        return False
    text = block.text.strip()
    return bool(_STAMP.match(text) or _BODY.match(text) or _TAIL.match(text)) or (block.file and len(text) < 80)


def belongs_above(block: Block) -> bool:
    """Whether a line above the title is of its head: a letterhead, a number, an issuer."""
    text = block.text.strip()
    return len(text) <= 60 and block.links < 0.5 and bool(_ABOVE_TITLE.search(text) or _BODY.match(text))
