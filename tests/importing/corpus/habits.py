"""Saves an original of the fresh part in one habit of an office, part by part, with no library that reads or writes Word.

`#` is a crosshead numbered by the program itself, its number written before the text; `M` the line of a site that names
date and source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

from word_file import WordFile, image, numbered, p, picture, r, table

from .writers import INDENT, Line, lines_of, tables_in

Look = Callable[[Line], str]
KAI, FANG, HEI, SONG = (
    f'<w:rFonts w:eastAsia="{face}"/>' for face in ("楷体_GB2312", "仿宋_GB2312", "黑体", "方正小标宋简体")
)
BOLD = "<w:b/>"
FIRST_LINE = '<w:ind w:firstLineChars="200"/>'


def size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/>'


def paragraph(text: str, look: str = "", side: str = "", properties: str = "", style: str = "") -> str:
    return p(r(text, look), side=side, properties=properties, style=style)


def _wps(line: Line) -> str:
    """Styles by their Chinese names, over them sizes and faces by hand."""
    text = line.text.strip(INDENT)
    match line.kind:
        case "T":
            return paragraph(text, SONG + size(22), "center", style="c1")
        case "H":
            return paragraph(text, HEI + size(16), style="c2")
        case "#":
            return numbered(text.partition("、")[2], 1, style="c2")
        case "K" | "D" | "B" | "C":
            return paragraph(text, KAI + size(16), "center")
        case "A":
            return paragraph(text, size(10.5), "center", style="c3")
        case "R":
            return paragraph(text, FANG + size(16), "right")
    return paragraph(text, FANG + size(16), properties=FIRST_LINE)


def _bold(line: Line) -> str:
    """One face throughout; the headline centred, bold and larger, crossheads bold."""
    text = line.text.strip(INDENT)
    match line.kind:
        case "T":
            return paragraph(text, BOLD + size(18), "center")
        case "K" | "D" | "B" | "C":
            return paragraph(text, size(14), "center")
        case "H" | "G":
            return paragraph(text, BOLD + size(12), properties=FIRST_LINE)
        case "A":
            return paragraph(text, size(9), "center")
        case "R":
            return paragraph(text, size(12), "right")
    return paragraph(text, size(12), properties=FIRST_LINE)


def _alike(line: Line) -> str:
    """No size by hand: the headline block is centred and bold, all of it; the text begins with typed spaces."""
    text = line.text.strip(INDENT)
    match line.kind:
        case "T" | "D" | "K":
            return paragraph(text, BOLD, "center")
        case "B" | "C":
            return paragraph(text, "", "center")
        case "H" | "G":
            return paragraph(text, BOLD)
        case "R":
            return paragraph(text, "", "right")
        case "P" | "S" | "E":
            return paragraph("    " + text)
    return paragraph(text)


def _spaces(line: Line) -> str:
    """Everything in one look, put in its place by the space bar."""
    text = line.text.strip(INDENT)
    before = {"T": 22, "K": 18, "D": 20, "B": 24, "C": 18, "R": 40, "P": 4, "S": 4, "E": 4}.get(line.kind, 0)
    return paragraph(" " * before + text)


def _kai(line: Line) -> str:
    """A headline in a headline face; deck, byline and captions in Kai."""
    text = line.text.strip(INDENT)
    match line.kind:
        case "T":
            return paragraph(text, SONG + size(22), "center")
        case "K":
            return paragraph(text, HEI + size(15), "center")
        case "D" | "B" | "C":
            return paragraph(text, KAI + size(15), "center")
        case "H" | "G":
            return paragraph(text, HEI + size(15), properties=FIRST_LINE)
        case "A":
            return paragraph(text, KAI + size(12))
        case "R":
            return paragraph(text, KAI + size(15), "right")
    return paragraph(text, FANG + size(15), properties=FIRST_LINE)


def _left(line: Line) -> str:
    """Nothing centred: a large headline at the left, crossheads of a middle size."""
    text = line.text.strip(INDENT)
    points = {"T": 20, "K": 14, "D": 14, "B": 11, "H": 14, "G": 14, "A": 9}.get(line.kind, 12)
    return paragraph(text, size(points), "right" if line.kind == "R" else "")


def _libre(line: Line) -> str:
    """The styles of LibreOffice and of templates by their English names."""
    style = {"T": "e1", "D": "e2", "H": "e3", "A": "e4", "P": "e5", "K": "e6", "B": "e7"}.get(line.kind, "e5")
    return paragraph(line.text.strip(INDENT), style=style, side="right" if line.kind == "R" else "")


LOOKS: Mapping[str, Look] = MappingProxyType(
    {"wps": _wps, "bold": _bold, "alike": _alike, "spaces": _spaces, "kai": _kai, "left": _left, "libre": _libre}
)
STYLES = {
    "c1": ("标题 1", ""),
    "c2": ("标题 2", ""),
    "c3": ("题注", ""),
    "e1": ("Title", ""),
    "e2": ("Subtitle", ""),
    "e3": ("Heading 2", ""),
    "e4": ("Illustration", ""),
    "e5": ("Text Body", ""),
    "e6": ("Kicker", ""),
    "e7": ("Author", ""),
}
SUFFIX = {"plain": ".txt", "notepad": ".txt", "site": ".html", "account": ".html"}


def save(original: dict[str, Any], habit: str, folder: Path) -> Path:
    """The file of an original in a habit."""
    path = folder / f"{original['name']}-{habit}{SUFFIX.get(habit, '.docx')}"
    lines = lines_of(original)
    if habit in LOOKS:
        return _word(lines, LOOKS[habit], path)
    {"plain": _plain, "notepad": _notepad, "site": _site, "account": _account}[habit](lines, path)
    return path


def _word(lines: Sequence[Line], look: Look, path: Path) -> Path:
    blocks: list[str] = []
    pictures = 0
    for item in tables_in(list(lines)):
        if isinstance(item, list):
            blocks.append(table(*[[cell or p() for cell in row] for row in item]))
        elif item.kind == "I":
            blocks.append(p(picture(f"rId{10 + pictures}")))
            pictures += 1
        elif item.kind == "-":
            blocks.append(p())
        else:
            blocks.append(look(item))
    file = WordFile(*blocks)
    file.styles |= STYLES
    for number in range(pictures):
        file.part(f"media/image{number + 1}.jpg", image(1600 + number, 1100, kind="JPEG"), "image")
    file.numbering(_1=("chineseCounting", "%1、"))
    return file.save(path)


def _texts(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    yield from ((line.kind, line.text.strip(INDENT)) for line in lines if line.kind not in "IX")


def _plain(lines: Sequence[Line], path: Path) -> None:
    """As a phone sends it: an empty line between paragraphs, no indents."""
    parts = [text for kind, text in _texts(lines) if kind != "-"]
    path.write_text("\n\n".join(parts) + "\n", "utf-8")


def _notepad(lines: Sequence[Line], path: Path) -> None:
    """GB 18030 with lines of Windows; half-width spaces before the paragraphs and before what is to be centred."""
    before = {"P": 4, "S": 4, "E": 4, "T": 16, "B": 20, "D": 16, "K": 16, "R": 40}
    parts = [" " * before.get(kind, 0) + text for kind, text in _texts(lines)]
    path.write_bytes("\r\n".join(parts).encode("gb18030"))


def _site(lines: Sequence[Line], path: Path) -> None:
    """A page of a government's site: headline, a line with date and source, the text, paging, copyright."""
    headline = next(line.text for line in lines if line.kind == "T")
    body = "".join(
        f'<p style="text-align:{"center" if line.kind in "KDBCA" else "right" if line.kind == "R" else "left"}">'
        f"{'<b>' * (line.kind == 'H')}{escape(line.text.strip(INDENT))}{'</b>' * (line.kind == 'H')}</p>"
        for line in lines
        if line.kind not in "TMI"
    )
    meta = "".join(f'<div class="info">{escape(line.text)}</div>' for line in lines if line.kind == "M")
    path.write_text(
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{escape(headline)}-荻泾镇人民政府</title></head><body>"
        f'<div class="nav"><a href="/">首页</a> <a href="/z">政务公开</a> <a href="/b">办事服务</a></div>'
        f'<div class="main"><h1>{escape(headline)}</h1>{meta}<div class="TRS_Editor">{body}</div></div>'
        f'<div class="footer">版权所有：荻泾镇人民政府</div></body></html>',
        "utf-8",
    )


def _account(lines: Sequence[Line], path: Path) -> None:
    """A page of a 公众号: each line in sections within sections, empty ones between them."""
    headline = next(line.text for line in lines if line.kind == "T")
    looks = {
        "K": "text-align:center;font-size:14px;color:#999",
        "D": "text-align:center;font-size:16px",
        "B": "text-align:center;font-size:13px;color:#888",
        "H": "text-align:center;font-size:17px;font-weight:bold",
        "A": "text-align:center;font-size:12px;color:#888",
        "R": "text-align:right",
        "X": "text-align:center;font-size:13px;color:#aaa",
    }
    body = []
    for line in lines:
        if line.kind == "T":
            continue
        if line.kind == "I":
            folder = path.with_name(f"{path.stem}_files")
            folder.mkdir(exist_ok=True)
            (folder / "640.jpg").write_bytes(image(1600, 1100, kind="JPEG"))
            body.append(f'<p><img data-src="https://pic.example/640" src="{path.stem}_files/640.jpg"></p>')
            continue
        body.append(
            f'<section><section style="{looks.get(line.kind, "font-size:15px")}"><p><span>{escape(line.text)}</span></p>'
            "</section></section><section><br></section>"
        )
    path.write_text(
        f'<!DOCTYPE html><html><head><meta charset=utf-8><title>{escape(headline)}</title></head><body id="activity-detail">'
        f'<h1 class="rich_media_title">{escape(headline)}</h1><div id="meta_content"><span>荻泾之声</span></div>'
        f'<div class="rich_media_content" id="js_content">{"".join(body)}</div></body></html>',
        "utf-8",
    )
