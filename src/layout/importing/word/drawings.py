"""What floats or stands in Word's text: pictures, boxes with text, WordArt, SmartArt, charts, embedded objects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from ...errors import Message
from ..manuscript import Figure, ImportLog, clip
from .styles import W

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
V = "{urn:schemas-microsoft-com:vml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

# Words that Word puts where the author wrote none.
_NO_ALT = re.compile(
    r"(?:图片|图像|图|照片)?\s*[-_.A-Za-z0-9 ]*|.*(?:已自动生成|automatically generated|AI-generated).*", re.DOTALL
)
AS_PICTURE = Message(
    "在 Word 里右键它，“另存为图片”（PNG），放进 pictures 文件夹；文字抄进正文",
    "in Word, right-click it and save it as a picture (PNG) into the folder pictures; type its words into the text",
)


class DrawingContent(Struct):
    """What was found in a drawing: pictures, the contents of text boxes, and lines of WordArt."""

    figures: list[Figure] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    art: list[str] = field(default_factory=list)


def local_name(element: Any) -> str:
    """The name of an element without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def chosen_alternative(alternatives: Any) -> Any | None:
    """The one of several forms of the same content that is read: the newest, else the fallback."""
    choice = alternatives.find(f"{MC}Choice")
    return choice if choice is not None else alternatives.find(f"{MC}Fallback")


def elements_inside(element: Any) -> Iterator[Any]:
    """Every element inside, each content once, and not what stands in the text boxes."""
    for child in element:
        if child.tag == f"{MC}AlternateContent":
            form = chosen_alternative(child)
            if form is not None:
                yield from elements_inside(form)
            continue
        yield child
        if child.tag != f"{W}txbxContent":
            yield from elements_inside(child)


def text_in(element: Any) -> str:
    """All words inside an element, whatever it is, paragraph by paragraph."""
    found: list[str] = []
    for item in element.iter():
        name = local_name(item)
        if name in ("t", "delText", "v") and item.text:
            found.append(item.text)
        elif name in ("p", "tr", "br", "tab", "pt") and found:
            found.append(" ")
        elif name == "textpath":
            found.append(f"{item.get('string', '')} ")
    return " ".join("".join(found).split())


def read_drawing(element: Any, part: Any, at: int, notes: ImportLog) -> DrawingContent:
    """What a `w:drawing`, `w:pict` or `w:object` holds."""
    drawn = DrawingContent()
    reported = False
    alt, program = "", ""
    for item in elements_inside(element):
        if item.tag == f"{WP}docPr":
            alt = _alt(item.get("descr") or item.get("title") or "")
        elif item.tag == f"{A}blip":
            reported = _blip(item, part, at, notes, alt, drawn) or reported
        elif item.tag == f"{V}imagedata":
            reported = (
                _picture(item.get(f"{R}id") or item.get(f"{R}href"), part, at, notes, alt, None, drawn) or reported
            )
        elif item.tag == f"{W}txbxContent":
            drawn.boxes.append(item)
        elif item.tag == f"{V}textpath" and item.get("string"):
            drawn.art.append(item.get("string"))
        elif item.tag == f"{C}chart" and item.get(f"{R}id"):
            _chart(item, part, at, notes)
            reported = True
        elif item.tag == f"{DGM}relIds":
            _diagram(item, part, at, notes)
            reported = True
        elif item.tag == f"{O}OLEObject":
            program = item.get("ProgID", "?")
    if program:
        _embedded(program, at, notes)
    elif not (reported or drawn.figures or drawn.boxes or drawn.art):
        words = text_in(element)
        notes.report(
            "drawing",
            "有画出来的图形（线条、箭头等），没有带进来" + (f"：{words}" if words else ""),
            "a drawn shape (a line, an arrow …) was left out" + (f": {words}" if words else ""),
            at=at,
        )
    return drawn


def _alt(text: str) -> str:
    text = " ".join(text.split())
    return "" if _NO_ALT.fullmatch(text) else text


def _blip(item: Any, part: Any, at: int, notes: ImportLog, alt: str, drawn: DrawingContent) -> bool:
    drawing = item.find(f".//{SVG}svgBlip")
    reference = (drawing.get(f"{R}embed") if drawing is not None else None) or item.get(f"{R}embed")
    effects = [local_name(child) for child in item if local_name(child) not in ("extLst", "")]
    if effects:
        notes.report(
            "picture-effect",
            f"Word 里给图片加的效果没有带进来（{'、'.join(effects)}）",
            f"effects that Word gave a picture were left out ({', '.join(effects)})",
            at=at,
        )
    crop = item.getparent().find(f"{A}srcRect") if item.getparent() is not None else None
    focus = _focus(crop, at, notes) if crop is not None else None
    return _picture(reference or item.get(f"{R}link"), part, at, notes, alt, focus, drawn)


def _focus(crop: Any, at: int, notes: ImportLog) -> tuple[float, float] | None:
    """The middle of what Word showed of a cropped picture."""
    left, top, right, bottom = (_share(crop.get(side)) for side in "ltrb")
    if max(left, top, right, bottom) <= 0.005 or left + right >= 1 or top + bottom >= 1:
        return None
    notes.report(
        "cropped-picture",
        f"图片在 Word 里裁过（左 {left:.0%} 上 {top:.0%} 右 {right:.0%} 下 {bottom:.0%}），这里取的是裁切前的全图",
        f"Word cropped the picture (left {left:.0%}, top {top:.0%}, right {right:.0%}, bottom {bottom:.0%}); "
        "here it is whole",
        at=at,
        remedy=Message(
            "看一看裁掉的部分能不能登；focus 已指向原来露出的部分",
            "see whether what was cut off may be printed; focus points at what was shown",
        ),
        needs_review=True,
    )
    return round((left + 1 - right) / 2, 3), round((top + 1 - bottom) / 2, 3)


def _share(text: str | None) -> float:
    """A thousandth of a percent, as DrawingML counts; negative where the picture was made larger."""
    try:
        return max(0.0, float((text or "0").rstrip("%")) / (100 if (text or "").endswith("%") else 100_000))
    except ValueError:
        return 0.0


def _picture(
    reference: str | None,
    part: Any,
    at: int,
    notes: ImportLog,
    alt: str,
    focus: tuple[float, float] | None,
    drawn: DrawingContent,
) -> bool:
    """Whether something was reported; the picture, where there is one, joins what was drawn."""
    relation = part.rels.get(reference) if reference else None
    if relation is None:
        notes.report(
            "lost-picture",
            "图片在文件里找不到了",
            "a picture is missing inside the file",
            at=at,
            remedy=_REQUEST_PICTURE,
            needs_review=True,
        )
        return True
    if relation.is_external:
        notes.report(
            "linked-picture",
            f"图片只是链接，不在文件里：{relation.target_ref}",
            f"a picture is only linked, not in the file: {relation.target_ref}",
            at=at,
            remedy=_REQUEST_PICTURE,
            needs_review=True,
        )
        return True
    name = str(relation.target_part.partname).rpartition("/")[2]
    drawn.figures.append(Figure(at, relation.target_part.blob, name, alt=alt, focus=focus))
    return False


_REQUEST_PICTURE = Message("请作者另发原图", "ask the author for the picture itself")


def _related(reference: str | None, part: Any) -> str:
    """The words of another part of the package."""
    from docx.oxml import parse_xml

    relation = part.rels.get(reference) if reference else None
    if relation is None or relation.is_external:
        return ""
    return text_in(parse_xml(relation.target_part.blob))


def _chart(item: Any, part: Any, at: int, notes: ImportLog) -> None:
    words = _related(item.get(f"{R}id"), part)
    notes.report(
        "embedded-chart",
        f"有图表，没有带进来；里面的字和数：{words}",
        f"a chart was left out; its words and numbers: {words}",
        at=at,
        remedy=Message(
            "在稿件里用 charts 按数字重画，或存成图片", "draw it anew from its numbers under charts, or as a picture"
        ),
        needs_review=True,
    )


def _diagram(item: Any, part: Any, at: int, notes: ImportLog) -> None:
    words = _related(item.get(f"{R}dm"), part)
    what = (f"有 SmartArt，没有带进来；里面的字：{words}", f"SmartArt was left out; its words: {words}")
    notes.report("smartart", *what, at=at, remedy=AS_PICTURE, needs_review=True)


def _embedded(program: str, at: int, notes: ImportLog) -> None:
    if "Equation" in program or "MathType" in program:
        notes.report(
            "equation",
            f"有公式（{program}），是嵌入的图形",
            f"an equation ({program}) is an embedded drawing",
            at=at,
            remedy=Message("把公式写成文字，或存成图片", "write it as text, or save it as a picture"),
            needs_review=True,
        )
        return
    notes.report(
        "embedded-object",
        f"有嵌入的文件（{clip(program, 40)}），没有带进来",
        f"an embedded file ({clip(program, 40)}) was left out",
        at=at,
        remedy=Message("打开它，把要登的内容复制到正文", "open it and copy what is to be printed into the text"),
        needs_review=True,
    )
