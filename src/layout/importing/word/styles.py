"""The formatting of Word's paragraphs and runs, and the roles of styles by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from ..manuscript import ParagraphRole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KAI = re.compile("楷|kai", re.IGNORECASE)
HEI = re.compile("黑|雅黑|hei|yahei|pingfang|noto sans|source han sans", re.IGNORECASE)

# Names of styles: of Word in English and Chinese, WPS, LibreOffice, and common ones of editors.
_ROLES: tuple[tuple[str, ParagraphRole], ...] = (
    (r"title|标题|主标题|大标题|文章标题|主题|正题|headline", "title"),
    (r"heading ?1|标题 ?1|一级标题", "heading"),
    (r"subtitle|副标题|副题|子题|deck", "deck"),
    (r"引题|肩题|眉题|kicker", "kicker"),
    (r"提要|内容提要|摘要|abstract|summary", "summary"),
    (r"编者按|按语|编者的话", "editors_note"),
    (r"heading ?[2-9]|标题 ?[2-9]|[二三四五]级标题|小标题|插题|分题", "crosshead"),
    (r"caption|题注|图注|图片说明|图说|illustration|figure|插图|图", "caption"),
    (r"作者|署名|作者署名|供稿|byline|author|signature|签名", "byline"),
    (r"电头|消息头|dateline", "dateline"),
    (r"quote|intense quote|quotations|block text|引用|明显引用|引文|文本块", "quote"),
)


@cache
def role_of_name(name: str) -> ParagraphRole:
    """The role of a style by its name, "" for none."""
    name = re.sub(r"[\s_]+", " ", name.strip().lower())
    name = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", name)
    for pattern, role in _ROLES:
        if re.fullmatch(pattern, name):
            return role
    return ""


def on(element: Any, default: bool = True) -> bool:
    """The value of a boolean property: `<w:b/>` is true, `<w:b w:val="0"/>` false."""
    return default if (value := element.get(f"{W}val")) is None else value not in ("0", "false", "off", "none")


class Styles:
    """The styles of a document, with inheritance."""

    def __init__(self, root: Any) -> None:
        self.by_id = {style.get(f"{W}styleId"): style for style in root.iterfind(f"{W}style")}
        defaults = root.find(f"{W}docDefaults")
        self.defaults = defaults.find(f"{W}rPrDefault/{W}rPr") if defaults is not None else None
        plain = (s for s in self.by_id.values() if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") == "1")
        self.plain = next((s.get(f"{W}styleId") for s in plain), "")
        self._found: dict[tuple[str, str, str], Any] = {}

    def chain(self, style_id: str) -> Iterator[Any]:
        """A style, the one that it is based on, and so on."""
        seen = set()
        while style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            style = self.by_id[style_id]
            yield style
            base = style.find(f"{W}basedOn")
            style_id = base.get(f"{W}val") if base is not None else ""

    def role(self, style_id: str) -> ParagraphRole:
        """The role of a style, or of the nearest one that it is based on."""
        for style in self.chain(style_id):
            name = style.find(f"{W}name")
            if name is not None and (role := role_of_name(name.get(f"{W}val", ""))):
                return role
        return ""

    def name(self, style_id: str) -> str:
        style = self.by_id.get(style_id)
        name = style.find(f"{W}name") if style is not None else None
        return str(name.get(f"{W}val", "")) if name is not None else ""

    def inherited(self, style_id: str, properties: str, name: str) -> Any:
        """The element `name` among a style's `properties` (`rPr`, `pPr`), from the nearest style that has it."""
        key = (style_id, properties, name)
        if key not in self._found:
            found = None
            for style in self.chain(style_id):
                found = style.find(f"{W}{properties}/{W}{name}")
                if found is not None:
                    break
            self._found[key] = found
        return self._found[key]

    def of_paragraph(self, properties: Any, style_id: str, name: str) -> Any:
        """A property of a paragraph: its own, or its style's."""
        own = properties.find(f"{W}{name}") if properties is not None else None
        return own if own is not None else self.inherited(style_id, "pPr", name)

    def of_run(self, properties: Any, style_id: str, name: str) -> Any:
        """A property of a run: its own, its character style's, its paragraph's style's, or the document's."""
        if properties is not None:
            own = properties.find(f"{W}{name}")
            if own is not None:
                return own
            style = properties.find(f"{W}rStyle")
            if style is not None:
                found = self.inherited(style.get(f"{W}val", ""), "rPr", name)
                if found is not None:
                    return found
        found = self.inherited(style_id, "rPr", name)
        if found is None and self.defaults is not None:
            found = self.defaults.find(f"{W}{name}")
        return found

    def size(self, properties: Any, style_id: str) -> float:
        """The size in pt; 0 where unknown. Word stores half points."""
        found = self.of_run(properties, style_id, "sz")
        try:
            return float(found.get(f"{W}val")) / 2 if found is not None else 0.0
        except (TypeError, ValueError):
            return 0.0

    def font(self, properties: Any, style_id: str) -> str:
        """The East Asian face, "" where it is the theme's."""
        found = self.of_run(properties, style_id, "rFonts")
        return str(found.get(f"{W}eastAsia") or "") if found is not None else ""

    def switch(self, properties: Any, style_id: str, name: str) -> bool:
        found = self.of_run(properties, style_id, name)
        return found is not None and on(found)
