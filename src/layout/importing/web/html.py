"""Web pages and pasted HTML, parsed by tinyhtml5 as in a browser."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from ...errors import Message
from ...issue.body import Run
from ...runtime.limits import MANUSCRIPT_TEXT_BYTES, TABLE_CELLS
from ..manuscript import Figure, Manuscript, ParagraphRole, SourceBlock, SourceParagraph, clip, join_runs
from ..recognition.boilerplate import author_in
from ..recognition.table_shape import Cell, in_order, shaped
from ..sources import read_source, within
from ..text.encodings import decode
from ..word.formula import LOWERED_CHARACTERS, RAISED_CHARACTERS
from ..word.styles import KAI
from .page import BLOCKS, headline_outside, strip_page, text_of

DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([-\w]+)""", re.IGNORECASE)
PASTED = re.compile(r"\A\s*Version:[\d.]+\r?\nStartHTML:.*?(?=<)", re.DOTALL)
_SIZE = re.compile(r"font-size\s*:\s*([\d.]+)\s*(pt|px)")
LOST = {
    "iframe": Message("嵌入的网页", "an embedded page"),
    "video": Message("视频", "a video"),
    "audio": Message("音频", "a sound"),
    "embed": Message("嵌入的对象", "an embedded object"),
    "object": Message("嵌入的对象", "an embedded object"),
    "canvas": Message("画布", "a canvas"),
    "svg": Message("矢量图", "a vector drawing"),
    "math": Message("公式", "an equation"),
}
_ROLES: dict[str, ParagraphRole] = {
    "h1": "heading",
    "h2": "crosshead",
    "h3": "crosshead",
    "h4": "crosshead",
    "h5": "crosshead",
    "h6": "crosshead",
    "figcaption": "caption",
    "blockquote": "quote",
}
_VERSE = ("language-verse", "language-诗")
_REQUEST_PICTURE = Message("请作者另发原图", "ask the author for the picture itself")
_NAMES_PICTURE = re.compile(r"src$|^data-(?:original|lazy|url|file|img)|^original$", re.IGNORECASE)
LARGEST_PICTURE = 200 << 20


def read_web(path: Path) -> Manuscript:
    """Reads an `.html` file; pictures are read from files beside it, never from the network.

    Raises:
        ArticleError: `not-text`.
    """
    manuscript = Manuscript(path)
    data = read_source(path, MANUSCRIPT_TEXT_BYTES)
    found = DECLARED.search(data[:4096])
    text = decode(data, path, manuscript.notes, found[1].decode("ascii") if found else "")
    read_html(PASTED.sub("", text, count=1), manuscript)
    return manuscript


def read_html(text: str, manuscript: Manuscript) -> None:
    """Reads HTML, a page or a part of one, into a manuscript."""
    from ..html_parser import parse_html

    root = parse_html(text, manuscript.path)
    title = root.find("head/title")
    article, outside = strip_page(root, manuscript.notes)
    if author := next(filter(None, map(author_in, outside)), ""):
        manuscript.fields.setdefault("page_author", author)
    walker = _Walker(manuscript)
    if (headline := headline_outside(root, article)) is not None:
        walker.block(headline, _Shape())
        manuscript.headline_apart = True
    walker.block(article, _Shape())
    walker.flush(_Shape())
    if title is not None and (words := " ".join((title.text or "").split())):
        manuscript.fields.setdefault("page_title", words)


class _Shape(Struct, frozen=True):
    """The formatting that an element inherits."""

    run: Run = field(default_factory=lambda: Run(""))
    role: ParagraphRole = ""
    size: float = 0.0
    centred: bool = False
    right: bool = False
    level: int = 0
    label: str = ""
    verbatim: bool = False  # white space is significant, as in `pre`


class _Walker:
    def __init__(self, manuscript: Manuscript) -> None:
        self.manuscript, self.notes = manuscript, manuscript.notes
        self.number = 0
        self.out: list[SourceBlock] = manuscript.blocks
        self.lines: list[list[Run]] = [[]]
        self.figures: list[Figure] = []
        self.label = ""
        self.gap = False  # the last paragraph was empty

    @property
    def at(self) -> int:
        return self.number + 1

    # --- blocks

    def block(self, element: Any, shape: _Shape) -> None:
        shape = self._shaped(element, shape)
        tag = element.tag
        self.flush(shape)
        if tag == "table":
            self._table(element, shape)
        elif tag in ("ul", "ol"):
            self._list(element, shape)
        elif tag == "hr":
            self.notes.report("rule", "分隔线没有带进来", "a rule was left out", at=self.at)
        else:
            self._content(element, shape)
            self.flush(shape)

    def _content(self, element: Any, shape: _Shape) -> None:
        self._text(element.text, shape)
        for child in element:
            self._child(child, shape)
            self._text(child.tail, shape)

    def _child(self, child: Any, shape: _Shape) -> None:
        tag = child.tag
        if not isinstance(tag, str):
            return
        if tag in BLOCKS:
            self.flush(shape)
            self.block(child, shape)
            self.flush(shape)
        elif tag == "br":
            self.lines.append([])
        elif tag == "img":
            self._image(child)
        elif tag in ("del", "strike", "s"):
            self._struck(child, shape)
        elif tag in ("sup", "sub"):
            self._raised(child, shape)
        elif tag == "ruby":
            self._ruby(child, shape)
        elif tag.rpartition("}")[2] in LOST:
            what = LOST[tag.rpartition("}")[2]]
            words = " ".join(filter(None, (text_of(child), child.get("src") or child.get("data") or "")))
            zh, en = f"{what.zh}没有带进来：{words}", f"{what.en} was left out: {words}"
            self.notes.report("embedded-object", zh, en, at=self.at, needs_review=True)
        elif tag == "wbr":
            return
        else:
            self._content(child, self._shaped(child, shape))

    def _shaped(self, element: Any, shape: _Shape) -> _Shape:
        """The formatting of an element: its parent's with that of its tag, style and attributes."""
        tag, style = element.tag, element.get("style", "")
        run = shape.run
        weight = re.search(r"font-weight\s*:\s*(\w+)", style)
        heavy = weight is not None and weight[1] in ("bold", "bolder", "600", "700", "800", "900")
        if tag in ("b", "strong") or heavy:
            run = replace(run, bold=True)
        elif weight is not None and weight[1] in ("normal", "400"):
            run = replace(run, bold=False)
        face = re.search(r"font-family\s*:\s*([^;]+)", style)
        if tag in ("i", "em", "cite") or "italic" in style or KAI.search(face[1] if face else element.get("face", "")):
            run = replace(run, kai=True)
        if "text-emphasis" in style and "none" not in style:
            run = replace(run, dots=True)
        if tag == "a" and element.get("href"):
            run = replace(run, link=str(element.get("href")))
        size = _SIZE.search(style)
        align = re.search(r"text-align\s*:\s*(\w+)", style)
        side = (align[1] if align else element.get("align", "") if tag in BLOCKS else "").lower()
        side = "center" if tag == "center" else side
        role = _ROLES.get(tag, shape.role)
        if tag == "pre" and (code := element.find("code")) is not None and code.get("class") in _VERSE:
            role = "verse"
        return replace(
            shape,
            run=run,
            role=role,
            size=float(size[1]) * (1 if size[2] == "pt" else 0.75) if size else shape.size,
            centred=side == "center" if side else shape.centred,
            right=side in ("right", "end") if side else shape.right,
            verbatim=shape.verbatim or tag == "pre",
        )

    def _text(self, text: str | None, shape: _Shape) -> None:
        if not text:
            return
        if shape.verbatim:
            first, *rest = text.split("\n")
            self._add(first, shape)
            for line in rest:
                self.lines.append([])
                self._add(line, shape)
        else:
            self._add(re.sub(r"[ \t\n\r\f\xa0]+", " ", text), shape)

    def _add(self, text: str, shape: _Shape) -> None:
        if text:
            self.lines[-1].append(replace(shape.run, text=text))

    def flush(self, shape: _Shape) -> None:
        """Ends the open paragraph; forced breaks divide it into lines, an empty line into paragraphs."""
        lines, self.lines = [_squeezed(line) for line in self.lines], [[]]
        figures, self.figures = self.figures, []
        words = any(lines)
        if words:
            self.number += 1
        # An empty paragraph separates its neighbours.
        continues, apart, self.gap = False, self.gap and words, (self.gap or len(lines) > 1) and not words
        for line in lines:
            if not line:
                apart, continues = words, False
                continue
            paragraph = SourceParagraph(
                self.number, line, shape.role, shape.size, shape.centred, shape.right, continues=continues, apart=apart
            )
            if shape.label and shape.role in ("", "list"):
                paragraph = replace(paragraph, role="list", level=shape.level, label=self.label)
                self.label = ""
            self.out.append(paragraph)
            continues, apart = True, False
        self.out += [replace(figure, number=self.number) for figure in figures]

    def _list(self, element: Any, shape: _Shape) -> None:
        self._text(element.text, shape)
        self.flush(shape)
        start = element.get("start", "1")
        number = int(start) if start.isdecimal() and len(start) < 7 else 1
        for item in element:
            if item.tag != "li":
                self._child(item, shape)
                self._text(item.tail, shape)
                continue
            self.label = f"{number}." if element.tag == "ol" else "•"
            number += 1
            inner = replace(shape, level=shape.level + 1, label=self.label)
            self._content(item, self._shaped(item, inner))
            self.flush(inner)
            self._text(item.tail, shape)
            self.flush(shape)

    def _table(self, table: Any, shape: _Shape) -> None:
        caption = table.find("caption")
        if caption is not None:
            self.block(caption, shape)
        rows = list(table.iter("tr"))
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        width = max((len(row) for row in cells), default=0)
        if width < 2 or any(_arranges(cell) for row in cells for cell in row):
            words = clip(text_of(table), 40)
            if words:
                zh, en = (
                    f"排版用的表格，内容按顺序收入：{words}",
                    f"a table that only arranges was read in order: {words}",
                )
                self.notes.report("layout-table", zh, en, at=self.at)
            out = self.out
            arranged: list[list[list[SourceBlock]]] = []
            for row in (row for row in rows if _owner(table, row)):
                arranged.append([])
                for cell in row:
                    self.out = []
                    self.block(cell, replace(shape, centred=False))
                    arranged[-1].append(self.out)
            self.out = out
            self.out += in_order(arranged)
            return
        self.number += 1
        self.out.append(shaped(self.number, _grid(cells, self.manuscript.path), self.notes))

    # --- inside a line

    def _struck(self, element: Any, shape: _Shape) -> None:
        words = text_of(element)
        if element.tag == "del":
            self.notes.report(
                "tracked-changes",
                f"标明删去的字没有带进来：{words}",
                f"deleted words were left out: {words}",
                at=self.at,
                needs_review=True,
            )
            return
        self._content(element, self._shaped(element, shape))
        zh, en = f"划掉的字照收，请看要不要删：{words}", f"struck-out words were kept; should they go? {words}"
        self.notes.report("struck-out", zh, en, at=self.at, needs_review=True)

    def _raised(self, element: Any, shape: _Shape) -> None:
        words = text_of(element)
        found = words.translate(RAISED_CHARACTERS if element.tag == "sup" else LOWERED_CHARACTERS)
        if any(c in words for c in found):
            what = Message("上标", "superscript") if element.tag == "sup" else Message("下标", "subscript")
            zh, en = f"{what.zh}“{words}”成了普通字", f"the {what.en} “{words}” became plain text"
            self.notes.report("raised-text", zh, en, at=self.at, needs_review=True)
            found = words
        self._add(found, self._shaped(element, shape))

    def _ruby(self, element: Any, shape: _Shape) -> None:
        reading = " ".join(text_of(rt) for rt in element.iter("rt"))
        base = (element.text or "") + "".join(
            (text_of(child) if child.tag not in ("rt", "rp", "rtc") else "") + (child.tail or "") for child in element
        )
        self.lines[-1].append(
            replace(shape.run, text="".join(base.split()), ruby=reading, bold=False, kai=False, link="")
        )

    def _image(self, image: Any) -> None:
        # Pages that load pictures lazily name them in other attributes; the first file beside the page is used.
        named = [value for name, value in image.items() if value and _NAMES_PICTURE.search(name)]
        named = list(dict.fromkeys((image.get("src") or "", *named)))
        source = next((name for name in named if self._picture(name) is not None), named[-1])
        alt = " ".join((image.get("alt") or "").split())
        data = self._picture(source)
        if data is None:
            zh = f"图片没有取到：{source[:200]}" + (f"（{alt}）" if alt else "")
            en = f"a picture could not be had: {source[:200]}" + (f" ({alt})" if alt else "")
            self.notes.report("linked-picture", zh, en, at=self.at, remedy=_REQUEST_PICTURE, needs_review=True)
            return
        name = "data" if source.startswith("data:") else Path(unquote(urlsplit(source).path)).name
        self.figures.append(Figure(self.number, data, name, alt=alt))

    def _picture(self, source: str) -> bytes | None:
        """The bytes of a picture, from a data URL or a file below the page's folder."""
        if source.startswith("data:"):
            head, _, body = source.partition(",")
            try:
                return (
                    base64.b64decode("".join(body.split()), validate=True)
                    if head.endswith(";base64")
                    else unquote(body).encode()
                )
            except (binascii.Error, ValueError):
                return None
        parts = urlsplit(source)
        if parts.scheme or parts.netloc or not parts.path:
            return None
        folder = self.manuscript.path.parent
        try:
            path = (folder / unquote(parts.path)).resolve()
            if path.is_relative_to(folder.resolve()) and path.is_file() and path.stat().st_size < LARGEST_PICTURE:
                return path.read_bytes()
        except (OSError, ValueError):
            pass
        return None


def _squeezed(line: list[Run]) -> tuple[Run, ...]:
    """A line with white space collapsed and trimmed; empty where there is no text."""
    runs = list(join_runs(line))
    for index, run in enumerate(runs):
        text = run.text
        if index == 0 or runs[index - 1].text.endswith(" "):
            text = text.lstrip(" ")
        runs[index] = replace(run, text=text)
    while runs and not runs[-1].text.rstrip(" \u3000"):
        runs.pop()
    if runs:
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" \u3000"))
    return join_runs(runs) if "".join(run.text for run in runs).strip() else ()


def _arranges(cell: Any) -> bool:
    """Whether a cell has content of a layout table."""
    inner = any(cell.find(f".//{tag}") is not None for tag in ("table", "img", "h1", "h2", "h3"))
    return inner or len(cell.findall(".//p")) > 2 or len(text_of(cell)) > 120


def _grid(cells: list[list[Any]], path: Path) -> list[list[Cell]]:
    """The text of a table, with a cell for each that a merged one covers."""
    grid: dict[tuple[int, int], Cell] = {}
    for row, line in enumerate(cells):
        column = 0
        for cell in line:
            while (row, column) in grid:
                column += 1
            across, down = (
                int(v) if (v := cell.get(n, "1")).isdecimal() and len(v) < 4 and 0 < int(v) < 100 else 1
                for n in ("colspan", "rowspan")
            )
            for below in range(down):
                for beside in range(across):
                    within(TABLE_CELLS, len(grid), path)
                    grid[row + below, column + beside] = Cell(text_of(cell), beside > 0, below > 0)
            column += across
    rows, columns = (max(at[axis] for at in grid) + 1 for axis in (0, 1))
    within(TABLE_CELLS, rows * columns, path)
    empty = Cell("")
    return [[grid.get((row, column), empty) for column in range(columns)] for row in range(min(rows, len(cells)))]


def _owner(table: Any, row: Any) -> bool:
    """Whether a row belongs to the table itself, not to a nested one."""
    return row in list(table) or any(row in list(part) for part in table if part.tag in ("tbody", "thead", "tfoot"))
