"""The state of reading a Word document: its parts, the current place, and the reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...errors import NO_MESSAGE, Message
from ..manuscript import ImportLog
from .drawings import R, local_name, text_in
from .numbering import Numbering
from .styles import HEI, KAI, Styles, W

if TYPE_CHECKING:
    from docx.document import Document

# Elements without printed content.
SILENT = frozenset(
    re.findall(
        r"\w+",
        "pPr rPr tblPr tblGrid tcPr trPr tblPrEx sectPr sdtPr sdtEndPr bookmarkStart bookmarkEnd proofErr permStart "
        "permEnd commentRangeStart commentRangeEnd moveFromRangeStart moveFromRangeEnd moveToRangeStart "
        "moveToRangeEnd customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd "
        "customXmlPr smartTagPr lastRenderedPageBreak footnoteRef endnoteRef annotationRef separator "
        "continuationSeparator softHyphen fldData",
    )
)
# Elements that only wrap their content.
WRAPPERS = frozenset(("ins", "moveTo", "customXml", "smartTag", "sdt", "sdtContent", "dir", "bdo", "fldSimple"))
DROPPED_FORMATTING = {
    "u": Message("下划线", "underlining"),
    "color": Message("文字颜色", "colour of text"),
    "highlight": Message("突出显示", "highlighting"),
    "shd": Message("底纹", "shading"),
    "bdr": Message("字符边框", "boxed characters"),
    "caps": Message("全部大写", "capitals"),
    "effect": Message("文字效果", "text effects"),
}
LONGEST_SHOWN = 120  # characters of a paragraph that is quoted completely
_OFF_VALUES = ("none", "auto", "0", "false", "off", "nil", "clear", "000000", "FFFFFF", None)


class WordContext:
    """`at` is the number of the current paragraph; `part` the part of the package that contains it."""

    def __init__(self, document: Document, notes: ImportLog) -> None:
        self.document, self.notes = document, notes
        self.part: Any = document.part
        self.body: Any = document.element.body
        self.at = 0
        self.styles = Styles(document.styles.element)
        self.numbering = Numbering(self._root("numbering"))
        self.comments = {item.get(f"{W}id"): item for item in self._items("comments")}
        self.footnotes = {
            kind: {item.get(f"{W}id"): item for item in self._items(f"{kind}s")} for kind in ("footnote", "endnote")
        }
        self.hei_is_body, self.kai_is_body = self._faces_of_body()
        self._dropped_formatting: dict[str, list[int]] = {}

    def related(self, kind: str) -> Iterator[Any]:
        """The related parts of a kind: `header`, `footnotes`, …"""
        for relation in self.document.part.rels.values():
            if relation.reltype.rpartition("/")[2] == kind and not relation.is_external:
                yield relation.target_part

    def _root(self, kind: str) -> Any | None:
        return next((element_of(part) for part in self.related(kind)), None)

    def _items(self, kind: str) -> list[Any]:
        root = self._root(kind)
        return [child for child in root if local_name(child)] if root is not None else []

    def _faces_of_body(self) -> tuple[bool, bool]:
        """Whether most of the text is in Hei, or in Kai: then that is not emphasis."""
        count = hei = kai = 0
        for paragraph in self.body.iter(f"{W}p"):
            style = self.style_of(paragraph.find(f"{W}pPr"))
            for run in paragraph.iter(f"{W}r"):
                length = sum(len(t.text or "") for t in run.iterfind(f"{W}t"))
                if length:
                    properties = run.find(f"{W}rPr")
                    face = self.styles.font(properties, style)
                    count += length
                    hei += length if HEI.search(face) else 0
                    kai += length if KAI.search(face) or self.styles.switch(properties, style, "i") else 0
        return hei * 2 > count, kai * 2 > count

    def style_of(self, properties: Any | None) -> str:
        """The id of a paragraph's style."""
        style = properties.find(f"{W}pStyle") if properties is not None else None
        return str(style.get(f"{W}val")) if style is not None else self.styles.plain

    # --- reports

    def report(self, rule: str, zh: str, en: str, *, remedy: Message = NO_MESSAGE, needs_review: bool = False) -> None:
        self.notes.report(rule, zh, en, at=self.at, remedy=remedy, needs_review=needs_review)

    def report_changes(self, changes: list[tuple[str, str]], text: str = "") -> None:
        """Reports tracked changes, each with the text before and after it, and the resulting text."""
        zh, en = [], []
        for old, new in ((" ".join(o.split()), " ".join(n.split())) for o, n in changes):
            if old and new:
                zh.append(f"“{old}”改为“{new}”")
                en.append(f"“{old}” became “{new}”")
            elif new:
                zh.append(f"加“{new}”")
                en.append(f"“{new}” added")
            elif old:
                zh.append(f"删“{old}”")
                en.append(f"“{old}” deleted")
        if zh:
            now = " ".join(text.split())
            shown = (
                Message(f"；现为：{now}", f"; it reads: {now}") if 0 < len(now) <= LONGEST_SHOWN else Message("", "")
            )
            self.report(
                "tracked-changes",
                f"有修订，按接受后的文字收入：{'；'.join(zh)}{shown.zh}",
                f"tracked changes were accepted: {'; '.join(en)}{shown.en}",
                needs_review=True,
            )

    def report_comment(self, comment: Any) -> None:
        who, words = comment.get(f"{W}author") or "?", text_in(comment)
        zh, en = f"{who} 的批注没有带进来：{words}", f"a comment by {who} was left out: {words}"
        self.report("comment", zh, en, needs_review=True)

    def report_contents(self, words: str) -> None:
        if words.strip():
            self.report("contents", f"目录没有带进来：{words}", f"a table of contents was left out: {words}")

    def report_unknown(self, element: Any) -> None:
        name, words = local_name(element), text_in(element)
        zh, en = f"不认识的内容 {name} 没有带进来", f"unknown content, {name}, was left out"
        self.report(
            "unknown-content", *((f"{zh}：{words}", f"{en}: {words}") if words else (zh, en)), needs_review=True
        )

    def report_placeholder(self, element: Any) -> None:
        if words := text_in(element):
            self.report(
                "placeholder",
                f"没有填写的提示文字没有带进来：{words}",
                f"a prompt nobody filled in was left out: {words}",
            )

    def report_embedded(self, element: Any) -> None:
        relation = self.part.rels.get(element.get(f"{R}id") or "")
        name = str(relation.target_part.partname) if relation is not None and not relation.is_external else "?"
        self.report(
            "embedded-file",
            f"这里嵌了另一个文件（{name}），没有带进来",
            f"another file is embedded here ({name}) and was left out",
            remedy=Message(
                "在 Word 里打开，全选复制到新文档，保存后再导入",
                "in Word, copy all of it into a new document, save that and import it",
            ),
            needs_review=True,
        )

    def note_formatting(self, properties: Any | None, link: str) -> None:
        """Records formatting of a run that is not imported."""
        for name in DROPPED_FORMATTING:
            found = properties.find(f"{W}{name}") if properties is not None else None
            if found is None or (link and name in ("u", "color")):
                continue
            if (found.get(f"{W}fill") if name == "shd" else found.get(f"{W}val", "1")) in _OFF_VALUES:
                continue
            numbers = self._dropped_formatting.setdefault(name, [])
            if self.at not in numbers:
                numbers.append(self.at)

    def report_rest(self) -> None:
        """Reports content outside paragraphs: comments without a place, headers, footers, formatting left out."""
        self.at = 0
        for comment in self.comments.values():
            self.report_comment(comment)
        for notes in self.footnotes.values():
            for note in notes.values():
                if words := text_in(note):
                    zh, en = f"没有引用的注释没有带进来：{words}", f"a note that nothing calls was left out: {words}"
                    self.report("footnote", zh, en, needs_review=True)
        reported = set()
        for kind, name in (("header", Message("页眉", "a header")), ("footer", Message("页脚", "a footer"))):
            for part in self.related(kind):
                words = text_in(element_of(part))
                pictures = sum(1 for r in part.rels.values() if r.reltype.endswith("/image"))
                if (words or pictures) and (kind, words) not in reported:
                    reported.add((kind, words))
                    more = (
                        Message(f"（有 {pictures} 张图）", f" (pictures: {pictures})") if pictures else Message("", "")
                    )
                    zh, en = f"{name.zh}没有带进来{more.zh}：{words}", f"{name.en} was left out{more.en}: {words}"
                    self.report("header", zh, en)
        for formatting, numbers in self._dropped_formatting.items():
            zh, en = "、".join(map(str, numbers[:8])), ", ".join(map(str, numbers[:8]))
            zh, en = (f"{zh} 等", f"{en} …") if len(numbers) > 8 else (zh, en)
            what = DROPPED_FORMATTING[formatting]
            self.report("formatting", f"{what.zh}没有带进来（第 {zh} 段）", f"{what.en} was left out (paragraphs {en})")


def element_of(part: Any) -> Any:
    """The root element of a part of the package."""
    from docx.oxml import parse_xml

    element = getattr(part, "element", None)
    return element if element is not None else parse_xml(part.blob)
