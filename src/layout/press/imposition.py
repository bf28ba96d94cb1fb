"""Imposition: pages of a finished PDF on press sheets, for saddle stitching or two side by side.

Output intent, XMP, overprint, spot colours and pictures are those of the source. Every page becomes a form XObject
clipped at its bleed, and at the fold where two pages meet.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name

from ..errors import LayoutError, Message, Problem
from ..pdfcontent.objects import FAULTS, TREE_FAULTS, bounded, text
from ..pdfcontent.resources import DocumentResources, content_of, inherited
from ..runtime.files import NotAFile, readable, regular, whole_file
from ..runtime.limits import FILE_BYTES, PDF_MEMORY, PDF_PAGES, LimitError, over
from ..units import MM, mm
from .page_boxes import PageBoxes, boxes_of, upright
from .slug_text import outlined_text

ImpositionStyle = Literal["saddle", "2-up"]
Binding = Literal["left", "right"]

# Papers by name, mm, landscape: A3 holds two A4 pages exactly, the others leave space for bleed and marks.
PAPERS = {
    "A3": (420.0, 297.0),
    "A3+": (483.0, 329.0),
    "SRA3": (450.0, 320.0),
    "SRA2": (640.0, 450.0),
}

_MARK_LENGTH = 5 * MM
_MARK_OFFSET = 1 * MM  # from the edge of the bleed
_MARK_WEIGHT = 0.25
_LETTERS = 6.0  # pt, of the slug line
_LONG = 4 << 20  # bytes of a page's content
_SLUG = 8 * MM  # outside the bleed where no paper is named


class Imposed(Struct, frozen=True):
    """The result: numbers of pages of the source, blank pages added, sheets, and sides of sheets."""

    pages: int
    blanks: int
    sheets: int
    sides: int


def saddle_order(pages: int) -> list[tuple[int, int]]:
    """Left and right page number of each side, front and back of the outermost sheet first; `pages` is a multiple of 4."""
    sides = []
    for sheet in range(pages // 4):
        first = 2 * sheet + 1
        last = pages - 2 * sheet
        sides += [(last, first), (first + 1, last - 1)]
    return sides


def impose(
    source: str | Path,
    target: str | Path,
    *,
    style: ImpositionStyle = "saddle",
    paper: str | tuple[float, float] | None = None,
    caliper: float = 0.1,
    binding: Binding = "left",
    marks: bool = True,
) -> Imposed:
    """Writes the pages of `source` as sheets to `target`.

    Args:
        source: A PDF.
        target: Where the sheets are written.
        scheme: `saddle`: folded and nested sheets read in order, blank pages fill up to a multiple of four; `2-up`:
            two pages side by side in reading order.
        paper: A name of `PAPERS` or width and height in mm; None, as large as bleed and marks need.
        caliper: The paper's thickness, mm: sheet by sheet towards the middle, pages move to the fold by as much
            (creep).
        binding: The side of the fold; right for vertical setting.

    Raises:
        LayoutError: The source cannot be read, its pages differ in size, or they do not fit on the paper.
    """
    try:
        with bounded(), _opened(Path(source)) as pdf:
            return _impose(pdf, Path(source), Path(target), style, paper, caliper, binding, marks)
    except FAULTS as error:
        raise LayoutError([_damaged(Path(source))]) from error
    except MemoryError as error:
        raise LimitError([over(PDF_MEMORY, subject=Path(source).name)]) from error


def _impose(
    pdf: pikepdf.Pdf,
    source: Path,
    target: Path,
    style: ImpositionStyle,
    paper: str | tuple[float, float] | None,
    caliper: float,
    binding: Binding,
    marks: bool,
) -> Imposed:
    pages = _pages(pdf, source)
    if not pages:
        raise LayoutError(
            [_refusal("no-pages", "文件没有页面", "the file has no pages", "选一个有页面的 PDF", "choose another PDF")]
        )
    every = [boxes_of(page) for page in pages]
    width, height = _one_size(every)
    bleed = min(_bleed_of(boxes) for boxes in every)
    multiple = 4 if style == "saddle" else 2
    total = -(-len(pages) // multiple) * multiple
    order = saddle_order(total) if style == "saddle" else [(n, n + 1) for n in range(1, total, 2)]
    margin = _margins(width, height, bleed, paper)
    title = _title(pdf) or source.stem
    document = DocumentResources()
    forms = [pdf.make_indirect(_form(pdf, page, boxes, document)) for page, boxes in zip(pages, every, strict=True)]
    sheets = []
    for number, (left, right) in enumerate(order):
        creep = number // 2 * mm(caliper) if style == "saddle" else 0.0
        pair = (right, left) if binding == "right" else (left, right)
        placed = [(forms[n - 1], every[n - 1]) if n <= len(pages) else None for n in pair]
        shown = " · ".join(str(n) if n <= len(pages) else "–" for n in pair)
        side = "背 back" if number % 2 else "正 front"
        message = f"{title}  印张 sheet {number // 2 + 1}/{-(-len(order) // 2)}  {side}  {shown}" if marks else ""
        sheets.append(_sheet(pdf, placed, width, height, bleed, margin, creep, style == "saddle", message))
    _replace_pages(pdf, source, sheets)
    # Streams of other filters than Flate stay as they are: to undo them here would not be bounded.
    with whole_file(target) as draft, draft.open("wb") as file:
        pdf.save(file, deterministic_id=not pdf.is_encrypted, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return Imposed(len(pages), total - len(pages), -(-len(order) // 2), len(order))


def _opened(path: Path) -> pikepdf.Pdf:
    try:
        regular(path, FILE_BYTES)
        return pikepdf.open(readable(path))
    except pikepdf.PasswordError:
        zh, en = "文件加密，打不开", "the file is encrypted and cannot be opened"
        refusal = _refusal("X10", zh, en, "去掉密码再拼版", "remove the password first")
    except FileNotFoundError:
        refusal = _refusal("no-file", f"没有文件 {path}", f"there is no file {path}", "改正文件名", "mend the name")
    except NotAFile:
        zh, en = f"{path} 不是普通文件", f"{path} is not a file"
        refusal = _refusal("no-file", zh, en, "写出一个 PDF 文件的名字", "name a PDF file")
    except OSError as error:
        zh, en = f"{path} 打不开：{error.strerror}", f"{path} cannot be opened: {error.strerror}"
        refusal = _refusal("no-file", zh, en, "检查文件的权限", "look at the file's permissions")
    except FAULTS:
        refusal = _damaged(path)
    raise LayoutError([refusal])


def _damaged(path: Path) -> Problem:
    zh, en = f"{path.name} 不是 PDF，或已损坏", f"{path.name} is no PDF, or damaged"
    return _refusal("GWG R0001", zh, en, "从原程序重新导出", "export it again")


def _pages(pdf: pikepdf.Pdf, source: Path) -> list[Any]:
    try:
        count = len(pdf.pages)
        pages = [pdf.pages[index].obj for index in range(min(count, PDF_PAGES.most))]
    except TREE_FAULTS as error:
        raise LayoutError([_damaged(source)]) from error
    if count > PDF_PAGES.most:
        raise LimitError([over(PDF_PAGES, found=count, subject=source.name)])
    return pages


def _title(pdf: pikepdf.Pdf) -> str:
    info = pdf.trailer.get("/Info")
    return text(info.get("/Title", "")) if isinstance(info, Dictionary) else ""


def _one_size(every: Sequence[PageBoxes]) -> tuple[float, float]:
    """The upright trim size that all pages share."""
    sizes = [_upright(boxes) for boxes in every]
    width, height = sizes[0]
    for number, (w, h) in enumerate(sizes, 1):
        if abs(w - width) > 0.2 or abs(h - height) > 0.2:
            zh = f"第 {number} 页成品 {w / MM:.1f} × {h / MM:.1f} mm，与第 1 页不同"
            en = f"page {number} is {w / MM:.1f} × {h / MM:.1f} mm, unlike page 1"
            raise LayoutError([_refusal("GWG R0004", zh, en, "拼版的各页要同样大", "all pages must be of one size")])
    return width, height


def _upright(boxes: PageBoxes) -> tuple[float, float]:
    width, height = boxes.size
    return (height, width) if boxes.rotation in (90, 270) else (width, height)


def _bleed_of(boxes: PageBoxes) -> float:
    outer, inner = boxes.bleed, boxes.trim
    return max(min(inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]), 0.0)


def _margins(width: float, height: float, bleed: float, paper: str | tuple[float, float] | None) -> tuple[float, float]:
    """The distance of the two pages from the sides, and from head and foot of the sheet."""
    if paper is None:
        return bleed + _SLUG, bleed + _SLUG
    if isinstance(paper, str):
        if paper not in PAPERS:
            names = "、".join(PAPERS)
            zh, en = f"没有纸张“{paper}”", f"there is no paper “{paper}”"
            raise LayoutError([_refusal("unknown-paper", zh, en, f"用 {names}，或给出毫米数", f"use {names}, or mm")])
        paper = PAPERS[paper]
    across, down = (mm(paper[0]) - 2 * width) / 2, (mm(paper[1]) - height) / 2
    if across < -0.2 or down < -0.2:
        zh = f"两页并排 {2 * width / MM:.0f} × {height / MM:.0f} mm，纸只有 {paper[0]:g} × {paper[1]:g} mm"
        en = f"two pages are {2 * width / MM:.0f} × {height / MM:.0f} mm, the paper {paper[0]:g} × {paper[1]:g} mm"
        raise LayoutError([_refusal("unknown-paper", zh, en, "换大一点的纸", "use larger paper")])
    return max(across, 0.0), max(down, 0.0)


def _form(pdf: pikepdf.Pdf, page: Any, boxes: PageBoxes, document: DocumentResources) -> pikepdf.Stream:
    """A page as a form XObject, clipped at its bleed and upright, with its trim's lower left corner at the origin."""
    data, _ = content_of(page, document)
    if len(data) > _LONG:  # compressed now, so that it is not in memory until the file is written
        form = pdf.make_stream(zlib.compress(data, 6))
        form.Filter = Name.FlateDecode
    else:
        form = pdf.make_stream(data)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([round(v, 4) for v in boxes.bleed])
    form.Matrix = Array([round(v, 4) for v in upright(boxes.trim, boxes.rotation)])
    resources = inherited(page, "/Resources")
    form.Resources = resources if resources is not None else Dictionary()
    if "/Group" in page:
        form.Group = page.Group
    return form


def _sheet(
    pdf: pikepdf.Pdf,
    pair: Sequence[tuple[Any, PageBoxes] | None],
    width: float,
    height: float,
    bleed: float,
    margin: tuple[float, float],
    creep: float,
    is_folded: bool,
    message: str,
) -> Dictionary:
    """One side of a sheet: two pages that meet at the middle, moved towards it by `creep`.

    `message` is the text of its slug line; without one there are no marks.
    """
    across, down = margin
    fold = across + width
    forms = Dictionary()
    operators = []
    for side, page in enumerate(pair):
        if page is None:
            continue
        name = f"/P{side + 1}"
        forms[name] = page[0]
        clip_x = across - bleed if side == 0 else fold
        x = across + creep if side == 0 else fold - creep
        operators.append(
            f"q {clip_x:.4f} {down - bleed:.4f} {width + bleed:.4f} {height + 2 * bleed:.4f} re W n "
            f"1 0 0 1 {x:.4f} {down:.4f} cm {name} Do Q"
        )
    resources = Dictionary(XObject=forms)
    if message:
        tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
        every_plate = Array([Name.Separation, Name("/All"), Name.DeviceCMYK, pdf.make_indirect(tint)])
        resources.ColorSpace = Dictionary(Every=every_plate)
        operators.append(_marks(across, down, width, height, bleed, is_folded))
        if down >= bleed + _MARK_OFFSET + _LETTERS:
            foot = down - bleed - _MARK_OFFSET - _MARK_LENGTH / 2 - 0.36 * _LETTERS
            letters, _ = outlined_text(message, _LETTERS, across + 8 * MM, max(foot, 1.0))
            operators.append(f"q /Every cs 1 scn\n{letters}\nQ")
    media = (0.0, 0.0, 2 * (across + width), 2 * down + height)
    sheet = Dictionary(
        Type=Name.Page,
        MediaBox=_array(media),
        BleedBox=_array(
            (
                max(across - bleed, 0),
                max(down - bleed, 0),
                min(fold + width + bleed, media[2]),
                min(down + height + bleed, media[3]),
            )
        ),
        TrimBox=_array((across, down, fold + width, down + height)),
        Resources=resources,
        Contents=pdf.make_stream("\n".join(operators).encode()),
    )
    if any(page is not None and "/Group" in page[0] for page in pair):
        sheet.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK, I=True)
    return pdf.make_indirect(sheet)


def _marks(across: float, down: float, width: float, height: float, bleed: float, is_folded: bool) -> str:
    """Crop marks at the corners, a fold mark (dashed) or cut mark between the pages, register marks at the sides."""
    near, far = bleed + _MARK_OFFSET, bleed + _MARK_OFFSET + _MARK_LENGTH
    left, middle, right = across, across + width, across + 2 * width
    foot, head = down, down + height
    lines = [f"q /Every CS 1 SCN {_MARK_WEIGHT} w"]
    for y in (foot, head):
        lines.append(f"{left - near:.3f} {y:.3f} m {left - far:.3f} {y:.3f} l S")
        lines.append(f"{right + near:.3f} {y:.3f} m {right + far:.3f} {y:.3f} l S")
    for x in (left, middle, right):
        if x == middle and is_folded:
            lines.append("[3 2] 0 d")
        lines.append(f"{x:.3f} {foot - near:.3f} m {x:.3f} {foot - far:.3f} l S")
        lines.append(f"{x:.3f} {head + near:.3f} m {x:.3f} {head + far:.3f} l S")
        if x == middle and is_folded:
            lines.append("[] 0 d")
    for x in (left - bleed - _MARK_OFFSET - _MARK_LENGTH / 2, right + bleed + _MARK_OFFSET + _MARK_LENGTH / 2):
        lines.append(_register_mark(x, (foot + head) / 2))
    return "\n".join([*lines, "Q"])


def _register_mark(x: float, y: float) -> str:
    """A cross in a circle with its centre at x, y."""
    arm, radius = _MARK_LENGTH / 2, _MARK_LENGTH / 4
    bend = 0.5523 * radius
    return (
        f"{x - arm:.3f} {y:.3f} m {x + arm:.3f} {y:.3f} l {x:.3f} {y - arm:.3f} m {x:.3f} {y + arm:.3f} l "
        f"{x + radius:.3f} {y:.3f} m "
        f"{x + radius:.3f} {y + bend:.3f} {x + bend:.3f} {y + radius:.3f} {x:.3f} {y + radius:.3f} c "
        f"{x - bend:.3f} {y + radius:.3f} {x - radius:.3f} {y + bend:.3f} {x - radius:.3f} {y:.3f} c "
        f"{x - radius:.3f} {y - bend:.3f} {x - bend:.3f} {y - radius:.3f} {x:.3f} {y - radius:.3f} c "
        f"{x + bend:.3f} {y - radius:.3f} {x + radius:.3f} {y - bend:.3f} {x + radius:.3f} {y:.3f} c h S"
    )


def _replace_pages(pdf: pikepdf.Pdf, source: Path, sheets: list[Dictionary]) -> None:
    """Replaces the pages by sheets, and removes what refers to the pages: tags, outline, labels, links.

    Raises LayoutError where the tree of pages is damaged: the library flattens it, and first then counts its leaves.
    """
    try:
        del pdf.pages[:]
        for sheet in sheets:
            pdf.pages.append(pikepdf.Page(sheet))
    except TREE_FAULTS as error:
        raise LayoutError([_damaged(source)]) from error
    for key in (
        "/StructTreeRoot",
        "/MarkInfo",
        "/Outlines",
        "/PageLabels",
        "/Dests",
        "/OpenAction",
        "/AcroForm",
        "/Threads",
    ):
        if key in pdf.Root:
            del pdf.Root[key]
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary) and "/Dests" in names:
        del names["/Dests"]


def _array(box: Sequence[float]) -> Array:
    return Array([round(v, 4) for v in box])


def _refusal(rule: str, zh: str, en: str, mend_zh: str, mend_en: str) -> Problem:
    return Problem(rule, Message(zh, en), Message(mend_zh, mend_en))
