"""Removes and reports boilerplate of a 公众号 round an article: calls to follow it, END, editors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..manuscript import Figure, ImportLog, SourceBlock, SourceParagraph

FIRST, LAST = 4, 14  # how many paragraphs at the top and at the end are examined
_CALL = re.compile(
    r"[▲△↑☝👆\s]*(?:请?(?:点击|轻触|戳)(?:上方|下方|上面|下面|这里|此处|标题下)?.{0,12}(?:蓝字|关注|订阅|名片).{0,16}"
    r"|(?:长按|扫码|扫描|识别|扫一扫).{0,16}(?:二维码|关注|码).{0,12}"
    r"|.{0,6}(?:点赞|在看|分享|转发|收藏|三连).{0,6}(?:点赞|在看|分享|转发|收藏|支持|朋友圈).{0,12}"
    r"|(?:点个?|给个)?.{0,3}(?:在看|赞).{0,8}|(?:关注我们|欢迎关注.{0,16}|阅读原文|查看原文|往期(?:推荐|回顾|精彩).{0,10}|推荐阅读|预览时标签不可点|微信扫一扫.{0,14}))[👇↓\s.。!！~～]*"
)
_OVER = re.compile(r"[-—~·•◆\s]*(?:END|The End|全文完|完)[-—~·•◆\s]*", re.IGNORECASE)
_STAFF = re.compile(
    r"[（(]?\s*(?:(?:责任编辑|本期编辑|责编|编辑|编审|审核|审稿|校对|初审|复审|二审|三审|一审|终审|核稿|签发|监制|排版|录入|来源|供稿单位|图文编辑|美编|值班编辑|主编)\s*[:：|｜丨/／]\s*\S.{0,30})+"
)
# The line of a site that tells date, source and author under the headline.
_LABEL = (
    r"(?:发布时间|发布日期|发文日期|更新时间|成文日期|日期|时间|信息来源|文章来源|稿件来源|来源|作者|撰稿|编辑|责任编辑|审核|浏览次数|浏览量|浏览"
    r"|阅读次数|阅读量|阅读|点击数|点击量|点击|访问量|字体|字号|文号|索引号)"
)
_META = re.compile(
    rf"(?:[【\[]?\s*{_LABEL}\s*[:：][^:：]{{0,30}}?(?:\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?\s*[】\]]?[\s\u3000|｜/]*){{2,}}"
)
_SURE_META = re.compile("来源|发布|浏览|阅读|点击|访问|字体|字号")
_AUTHOR = re.compile(
    r"(?:作者|撰稿)\s*[:：]\s*(?P<who>[\u4e00-\u9fff·]{2,8}(?:[\s\u3000、][\u4e00-\u9fff·]{2,4}(?=[\s\u3000、|｜]|$)(?!\s*[:：]))*)"
)


def author_in(text: str) -> str:
    """The author that the line of a site with date and source names; "" for a text that is no such line."""
    found = _AUTHOR.search(text) if _META.fullmatch(text.strip()) and _SURE_META.search(text) else None
    return found["who"] if found else ""


def without_page_line(blocks: Sequence[SourceBlock], fields: dict[str, str], notes: ImportLog) -> list[SourceBlock]:
    """The blocks without a site's line of date and source at the top, which is reported; its author goes into
    `page_author` of the fields."""
    top = [block for block in blocks if isinstance(block, SourceParagraph)][:FIRST]
    lines = [line for line in top if _META.fullmatch(line.text) and _SURE_META.search(line.text)]
    for line in lines:
        zh, en = f"网页的发布信息没有带进来：{line.text}", f"a page's line of date and source was left out: {line.text}"
        notes.report("page-line", zh, en, at=line.number)
        if author := author_in(line.text):
            fields.setdefault("page_author", author)
    return [block for block in blocks if block not in lines]


def without_boilerplate(blocks: Sequence[SourceBlock], notes: ImportLog) -> list[SourceBlock]:
    """The blocks without boilerplate; lines of editors are reported together with signatures."""
    paragraphs = [block for block in blocks if isinstance(block, SourceParagraph)]
    top, foot = paragraphs[:FIRST], paragraphs[-LAST:]
    removed = {id(block) for block in (*top, *foot) if _CALL.fullmatch(block.text)}
    # Below END there are only short lines of staff and calls.
    over = next((i for i, block in enumerate(foot) if _OVER.fullmatch(block.text)), None)
    if over is not None and all(_is_tail(block.text) for block in foot[over + 1 :]):
        removed |= {id(block) for block in foot[over:]}
    while removed and foot and (id(foot[-1]) in removed or _STAFF.fullmatch(foot[-1].text)):
        if "供稿" not in foot[-1].text:
            removed.add(id(foot[-1]))
        foot = foot[:-1]
    for block in paragraphs:
        if id(block) in removed:
            zh, en = f"公众号的套话没有带进来：{block.text}", f"what an account adds was left out: {block.text}"
            staff = bool(_STAFF.fullmatch(block.text))
            notes.report("editors" if staff else "boilerplate", zh, en, at=block.number, needs_review=staff)
    return [block for block in blocks if isinstance(block, Figure) or id(block) not in removed]


def _is_tail(text: str) -> bool:
    return bool(_STAFF.fullmatch(text) or _CALL.fullmatch(text) or _OVER.fullmatch(text))
