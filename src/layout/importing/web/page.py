"""Extracts the article of a web page; navigation and the like are removed and reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from ..manuscript import ImportLog

# Tags without text of the article, with their names in reports, "" for none.
DROPPED_TAGS = {
    "script": "",
    "style": "",
    "template": "",
    "link": "",
    "meta": "",
    "head": "",
    "base": "",
    "nav": "导航",
    "aside": "侧栏",
    "footer": "页脚",
    "form": "表单",
    "button": "按钮",
    "select": "表单",
    "textarea": "表单",
    "input": "",
    "dialog": "弹窗",
    "noscript": "备用内容",
}
# Words in `id` and `class` with the same meaning, and the names in reports.
_SIGNS = re.compile(
    r"(?:^|[-_ ])(?:(?P<导航>nav\w*|menu\w*|breadcrumbs?|crumbs?|position|location|topbar|toolbar|tabs?)"
    r"|(?P<侧栏>side\w*|aside|related|recommend\w*|hot\w*|rank\w*|widget\w*)"
    r"|(?P<页脚>foot\w*|copyright|icp|friend-?links?)"
    r"|(?P<分享和评论>share\w*|social\w*|comments?|reply|like|qr-?code|bdshare\w*|jiathis\w*)"
    r"|(?P<广告>ads?|advert\w*|banner|popup|modal|cookie\w*)"
    r"|(?P<翻页>pag(?:er|ination|enav)\w*|prev-?next|sibling\w*)"
    r"|(?P<搜索和登录>search\w*|login\w*|user-?bar))(?=$|[-_ ])",
    re.IGNORECASE,
)
# Elements with the text in common systems: government and university sites, WeChat, blogs.
_CONTENT = re.compile(
    r"(?:^|[-_ ])(?:article|content|post|entry|rich_media_content|js_content|img-content|TRS_\w*|v_news_content|UCAP-CONTENT|zoom)"
    r"(?:[-_ ]?(?:content|body|text|con|box|detail))?(?=$|[-_ ])",
    re.IGNORECASE,
)
_MOST_CALLED = 20  # nested elements that are called article
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
        "h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul",
    )
)


def text_of(element: Any) -> str:
    """All text inside, without scripts."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Any) -> Iterator[str]:
    if isinstance(element.tag, str) and DROPPED_TAGS.get(element.tag) == "":
        return
    if isinstance(element.tag, str):
        yield element.text or ""
    for child in element:
        yield from _texts(child)
        if child.tag in BLOCKS or child.tag in ("br", "option"):
            yield " "
        yield child.tail or ""


def strip_page(root: Any, notes: ImportLog) -> tuple[Any, list[str]]:
    """The element of the article, with other parts removed and reported; and the texts outside it."""
    body = root.find("body")
    body = body if body is not None else root
    removed: dict[str, list[str]] = {}
    _strip(body, removed, _contents(body), inside=False)
    article = _article(body)
    outside: list[str] = []
    if article is not body:
        outside = [text for text in _outside(body, article) if text]
        if outside:
            removed.setdefault("正文以外", []).append(" ".join(outside))
    for kind, texts in removed.items():
        words = " / ".join(dict.fromkeys(texts))
        zh, en = f"网页的{kind}没有带进来：{words}", f"of the page, its {_ENGLISH[kind]} was left out: {words}"
        notes.report("navigation", zh, en)
    return article, outside


_ENGLISH = {
    "导航": "navigation",
    "侧栏": "side column",
    "页脚": "footer",
    "表单": "form",
    "按钮": "button",
    "弹窗": "dialog",
    "备用内容": "fallback",
    "分享和评论": "sharing and comments",
    "广告": "advertising",
    "翻页": "paging",
    "搜索和登录": "search and login",
    "链接列表": "list of links",
    "看不见的内容": "hidden content",
    "正文以外": "content outside the article",
}


class _Content(Struct):
    """Counts of an element's content: characters without space, characters in links, links, pictures."""

    words: int = 0
    linked: int = 0
    links: int = 0
    pictures: int = 0


def _contents(body: Any) -> dict[Any, _Content]:
    """The content of every element, in one traversal: separate ones would take time in proportion to the depth."""
    found: dict[Any, _Content] = {}

    def count(element: Any, in_link: bool) -> _Content:
        content = found[element] = _Content()
        if isinstance(element.tag, str) and DROPPED_TAGS.get(element.tag) != "":
            in_link = in_link or element.tag == "a"
            words = len("".join((element.text or "").split()))
            for child in element:
                inner = count(child, in_link)
                content.words += inner.words
                content.linked += inner.linked
                content.links += inner.links + (child.tag == "a")
                content.pictures += inner.pictures + (child.tag == "img")
                words += len("".join((child.tail or "").split()))
            content.words += words
            content.linked += words if in_link else 0
        return content

    count(body, False)
    return found


def _strip(element: Any, removed: dict[str, list[str]], contents: dict[Any, _Content], *, inside: bool) -> None:
    """Removes parts that are not the article; `inside` an article, a header belongs to it."""
    before = None  # the child before, which gets the text after a removed one
    for child in list(element):
        if not isinstance(child.tag, str):
            kind: str | None = ""
        else:
            kind = _kind(child, contents.get(child, _Content()), inside)
        if kind is None:
            _strip(child, removed, contents, inside=inside or child.tag in ("article", "main"))
            before = child
            continue
        words = text_of(child)
        if kind and words:
            removed.setdefault(kind, []).append(words)
        tail = child.tail or ""
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            element.text = (element.text or "") + tail
        element.remove(child)


def _kind(element: Any, content: _Content, inside: bool) -> str | None:
    """The kind of a part to remove; "" for one that is not reported, None for one to keep."""
    tag = element.tag
    if tag in DROPPED_TAGS and not (tag in ("footer", "aside") and inside and text_of(element)):
        return DROPPED_TAGS[tag]
    if tag == "header" and not inside and element.find(".//h1") is None:
        return "导航"
    if re.search(r"display\s*:\s*none", element.get("style", "")) or element.get("hidden") is not None:
        return "看不见的内容"
    if element.get("role") in ("navigation", "banner", "complementary", "contentinfo", "search"):
        return "导航"
    names = f"{element.get('id', '')} {element.get('class', '')}"
    if tag in BLOCKS and not inside and not _CONTENT.search(names) and (found := _SIGNS.search(names)):
        return found.lastgroup
    if tag in ("div", "ul", "ol", "section", "table") and _is_link_list(content):
        return "链接列表"
    return None


def _is_link_list(content: _Content) -> bool:
    """Whether an element has three links or more and hardly any other text."""
    return content.links >= 3 and not content.pictures and content.linked >= 0.8 * content.words


def _article(body: Any) -> Any:
    """The smallest element that is called article and has most of the remaining text."""
    whole = len(text_of(body))
    best, tried = body, 0
    for element in body.iter():
        names = f"{element.get('id', '')} {element.get('class', '')}"
        called = element.tag in ("article", "main") or element.get("role") == "main" or _CONTENT.search(names)
        if called and element.tag in BLOCKS and tried < _MOST_CALLED and len(text_of(element)) >= 0.5 * whole:
            best, tried = element, tried + 1
    return best


def _outside(element: Any, article: Any) -> Iterator[str]:
    """The text outside the article, without the headline, which is found separately."""
    if element is article:
        return
    if article not in list(element.iter()):
        if element.tag != "h1":
            yield text_of(element)
        return
    yield " ".join((element.text or "").split())
    for child in element:
        yield from _outside(child, article)
        yield " ".join((child.tail or "").split())


def headline_outside(root: Any, article: Any) -> Any | None:
    """The page's first `h1` if it is outside the article."""
    found = next(root.iter("h1"), None)
    return None if found is None or found in list(article.iter()) else found
