"""Pages of the kinds that government sites have had since 2000, around any text."""

from __future__ import annotations

import quopri
from collections.abc import Callable
from html import escape

TITLE = "信息公开"


def _lines(text: str) -> list[str]:
    return [escape(line) for line in text.split("\n")]


def content_system(text: str) -> bytes:
    """Nested div, TRS_Editor, a paragraph a line, everything around it that a portal prints."""
    body = "".join(f'<p style="text-indent:2em">&nbsp;&nbsp;{line}</p>\n' for line in _lines(text))
    menu = "".join(f'<li><a href="/{name}/">{name}</a></li>' for name in ("首页", "政务公开", "办事服务", "互动交流"))
    related = "".join(f'<li><a href="{n}.html">青河县第{n}次常务会议召开</a></li>' for n in range(1, 7))
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}_青河县人民政府门户网站</title>
<style>.a{{color:red}}</style><script>var a = "请各单位认真落实，不得有误。";</script></head><body>
<div class="header"><ul class="nav">{menu}</ul></div><div class="dqwz">您现在的位置：<a href="/">首页</a>&gt;<a href="/x">文件</a></div>
<div class="wrap"><div class="main"><div class="bar">发布时间：2024-03-05 10:22 浏览次数：<span id="n">231</span> 【字体：<a>大</a> <a>中</a> <a>小</a>】</div>
<div class="con"><div class="TRS_Editor"><style>.TRS_Editor p{{margin:0}}</style>{body}</div></div>
<div class="bdsharebuttonbox">分享到：<a>微信</a><a>微博</a></div><div class="print">【打印】【关闭】</div></div>
<div class="right"><h3>相关链接</h3><ul>{related}</ul></div></div>
<div class="footer"><p>主办单位：青河县人民政府办公室 技术支持：青河县大数据中心</p><p>版权所有 某ICP备05000001号 网站标识码：0000000001</p></div>
</body></html>""".encode()


def table_layout(text: str) -> bytes:
    """Tables within tables, fonts within fonts, lines parted by br, GBK."""
    body = "<br>\r\n".join(f"&nbsp;&nbsp;&nbsp; <span><font size=3>{line}</font></span>" for line in _lines(text))
    return f"""<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>{TITLE}</title></head>
<body bgcolor=#ffffff><table width=778 align=center><tr><td><a href=/><img src=logo.gif></a></td><td><a href=1>网站首页</a> | <a href=2>机构设置</a> | <a href=3>政策法规</a></td></tr></table>
<table width=778 align=center><tr><td width=180 valign=top><table><tr><td><a href=a>机关党建</a></td></tr><tr><td><a href=b>下载中心</a></td></tr></table></td>
<td valign=top><table width=100%><tr><td>当前位置：首页 &gt;&gt; 文件通知</td></tr><tr><td align=center>发布日期：2009-4-2　点击数：88</td></tr>
<tr><td><font face=宋体><font color=#000000>{body}</font></font></td></tr><tr><td align=right>【<a href="javascript:window.print()">打印本页</a>】【<a href="javascript:window.close()">关闭窗口</a>】</td></tr></table></td></tr></table>
<table width=778 align=center><tr><td align=center>版权所有：青河县卫生局 地址：青河县人民路1号</td></tr></table></body></html>""".encode(
        "gb18030"
    )


def word_export(text: str) -> bytes:
    """What Word saves as a page: runs in spans, o:p, conditional comments, vector drawings; GBK by its meta."""
    body = "".join(
        f"<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span style='font-size:16.0pt;\nfont-family:仿宋_GB2312'>"
        f"{line}<span lang=EN-US><o:p></o:p></span></span></p>\n\n"
        for line in _lines(text)
    )
    return f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=Generator content="Microsoft Word 11"><title>{TITLE}</title>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>张三</o:Author></o:DocumentProperties></xml><![endif]-->
<style><!-- @font-face {{font-family:宋体;}} p.MsoNormal {{mso-style-parent:"";}} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><div class=Section1 style='layout-grid:15.6pt'>
<!--[if gte vml 1]><v:shapetype id="_x0000_t75"><v:stroke joinstyle="miter"/></v:shapetype><![endif]-->{body}</div></body></html>""".encode(
        "gb18030"
    )


def archive(text: str) -> bytes:
    """What a browser saves as one file: quoted-printable, a picture beside the page; every line in a div."""
    body = "".join(f"<div>{line or '<br>'}</div>" for line in _lines(text))
    page = f"""<html><head><title>{TITLE}</title></head><body><div id="page"><div id="nav"><a href="/">首页</a><a href="/b">要闻</a></div>
<div id="zoom">{body}</div><div id="footer">主办：青河县人民政府 某ICP备05000001号</div></div></body></html>"""
    coded = quopri.encodestring(page.encode()).replace(b"\n", b"\r\n")
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://example.invalid/1.html\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n\r\n------B\r\nContent-Type: image/png\r\n'
        b"Content-Transfer-Encoding: base64\r\nContent-Location: http://example.invalid/a.png\r\n\r\niVBORw0KGgo=\r\n------B\r\n"
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: http://example.invalid/1.html\r\n\r\n"
        + coded
        + b"\r\n------B--\r\n"
    )


def frame(text: str) -> bytes:
    """A page whose document stands in an iframe's srcdoc, in sections without a known name, bare lines between br."""
    inner = "<section><article>" + "<br/>".join("　　" + line for line in _lines(text)) + "</article></section>"
    menu = "".join(f"<a href='{n}'>专题专栏{n}</a> " for n in range(20))
    return f"""<!doctype html><html><head><meta charset="gbk"><title>{TITLE}</title></head><body><nav>{menu}</nav>
<iframe width="100%" srcdoc="{escape(inner, quote=True)}"></iframe><noscript>请打开脚本，否则无法浏览。</noscript>
<select><option>友情链接</option><option>省政府</option></select><footer>网站地图 | 联系我们</footer></body></html>""".encode()


TEMPLATES: dict[str, Callable[[str], bytes]] = {
    "content_system": content_system,
    "table_layout": table_layout,
    "word_export": word_export,
    "archive": archive,
    "frame": frame,
}
"""The pages by name: functions from a text to the bytes of a file."""
