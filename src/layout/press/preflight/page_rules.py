"""Rules about the marks of a page: colour, overprint, sizes, resolution, bleed and safety margin (rule H15)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from ...errors import Message, Severity
from ...pdfcontent.colour import PROCESS, ColourSpace, PaintedColour
from ...pdfcontent.painted import (
    Limited,
    Oddity,
    PaintedGroup,
    PaintedImage,
    PaintedMark,
    PaintedPath,
    PaintedShading,
    PaintedText,
    TextAppearance,
)
from ...pdfcontent.rectangles import EVERYWHERE, NOWHERE, Rectangle, intersection
from ...units import MM
from ..page_boxes import PageBoxes, contains
from ..printer import Printer
from .findings import Findings

TEXT_SUBJECT = Message("文字", "text")
PATH = Message("图形", "a path")
LINE = Message("线", "a line")
PICTURE = Message("图片", "a picture")
SHADING = Message("渐变", "a gradient")
_FORBIDDEN = {
    "transfer": Message("传递曲线", "a transfer curve"),
    "postscript": Message("PostScript 代码", "PostScript code"),
    "reference": Message("外部文件的引用", "a reference to another file"),
    "opi": Message("OPI 替换图", "an OPI link"),
}
_EPSILON = 0.005  # pt: sizes are rounded in the file
_AT_TRIM = 0.3 * MM  # an edge this near the trim counts as being on it
_ENOUGH = 0.25  # mm that may be missing at the edge of the bleed, as with creep
_RICH_BLACK = 0.85  # from this much black on, a colour with other inks is a rich black (GWG R0015)
_WHOLE_PIXELS = 2  # ppi by which a resampled picture may miss the target, as its sides are whole pixels
_SINGLE_PIXEL = 1  # a picture one pixel wide or high is a flat tint


def _boxes(marks: list[PaintedMark]) -> Iterator[Rectangle]:
    """The boxes of marks that are not pictures."""
    for mark in marks:
        if isinstance(mark, PaintedText):
            yield from mark.lines
        elif isinstance(mark, PaintedPath | PaintedShading):
            yield mark.box


class UsedInFile(Struct):
    """Plates and appearances used so far, for the rules about the whole file and the job ticket."""

    plates: set[str] = field(default_factory=set)
    spots: dict[str, int] = field(default_factory=dict)  # name of a plate → first page
    fonts: dict[str, int] = field(default_factory=dict)
    sound: set[TextAppearance] = field(default_factory=set)  # appearances of text that break no rule by themselves


def check_marks(
    marks: list[PaintedMark],
    boxes: PageBoxes,
    page: int,
    findings: Findings,
    seen: UsedInFile,
    intent: str,
    intent_is_rgb: bool,
) -> None:
    """Checks the marks of page number `page`; `intent` is the MD5 of the output intent's profile."""
    check = _PageCheck(boxes, page, findings, seen, intent, intent_is_rgb)
    for mark in marks:
        kind = type(mark)
        if kind is PaintedText:
            check.text(mark)  # type: ignore[arg-type]
        elif kind is PaintedPath:
            check.path(mark)  # type: ignore[arg-type]
        elif kind is PaintedImage:
            check.picture(mark)  # type: ignore[arg-type]
        elif kind is PaintedShading:
            check.shading(mark)  # type: ignore[arg-type]
        elif kind is PaintedGroup:
            check.group(mark)  # type: ignore[arg-type]
        elif kind is Limited:
            check.report("limit", mark.box, mark.what)  # type: ignore[union-attr]
        else:
            check.oddity(mark)  # type: ignore[arg-type]
    check.whole(marks)


class _PageCheck:
    def __init__(
        self, boxes: PageBoxes, page: int, findings: Findings, seen: UsedInFile, intent: str, intent_is_rgb: bool
    ) -> None:
        self.boxes, self.page, self.findings, self.seen = boxes, page, findings, seen
        self.intent, self.intent_is_rgb = intent, intent_is_rgb
        self.printer: Printer = findings.printer
        self.bleed = boxes.bleed
        self.trim = boxes.trim
        bleed = self.printer.sheet.bleed
        x0, y0, x1, y1 = boxes.trim
        self.to_reach: Rectangle = (x0 - bleed, y0 - bleed, x1 + bleed, y1 + bleed)
        inset = self.printer.sheet.safety
        self.safe: Rectangle = (x0 + inset, y0 + inset, x1 - inset, y1 - inset)
        self.is_empty = True
        self.reported = 0
        self.noted: set[int] = set()  # colours whose plates are recorded, by identity: the marks refer to them
        self.calm = intersection(self.safe, self.bleed) or NOWHERE

    def report(
        self,
        rule: str,
        box: Rectangle,
        subject: Message | str = "",
        value: float | str = 0,
        limit: float | str = 0,
        severity: Severity | None = None,
    ) -> None:
        if not self.findings.holds(rule):
            return
        self.reported += 1
        places = () if box == EVERYWHERE else (self.boxes.place(box),)
        self.findings.report(rule, self.page, places, subject=subject, value=value, limit=limit, severity=severity)

    # ── marks ──

    def text(self, mark: PaintedText) -> None:
        box, appearance, lines = mark
        if appearance in self.seen.sound and contains(self.calm, box, 0):
            self.is_empty &= not appearance.colour.prints
            return
        for line in lines:
            self._line(line, appearance)

    def _line(self, box: Rectangle, appearance: TextAppearance) -> None:
        if appearance in self.seen.sound and contains(self.calm, box, 0):
            self.is_empty &= not appearance.colour.prints
            return
        before = self.reported
        size, font, colour, overprint, is_plain = (
            appearance.size,
            appearance.font,
            appearance.colour,
            appearance.overprint,
            appearance.is_plain,
        )
        if font.name not in self.seen.fonts:
            self.seen.fonts[font.name] = self.page
        if not font.embedded:
            self.report("X7", box, font.name)
        elif font.fault:
            zh, en = font.fault
            self.report("X12", box, Message(f"字体 {font.name}：{zh}", f"the font {font.name}: {en}"))
        if font.name.startswith("Courier"):
            self.report("GWG R0014", box, font.name)
        self._space(colour.space, TEXT_SUBJECT, box)
        if intersection(box, self.bleed) is None:
            return
        self._note(colour, box)
        limits = self.printer.type
        family = colour.space.family
        is_white = colour.is_white
        if overprint.on:
            if family == "DeviceGray":
                self.report("GWG R0013", box, TEXT_SUBJECT)
            elif is_white:
                self.report("GWG R0007", box)
        if is_white:
            if size < limits.least_reversed - _EPSILON:
                self.report("GWG R0016", box, "", size, limits.least_reversed)
        else:
            self._inked_text(
                box, size, colour, overprint.on and (overprint.mode == 1 or family != "DeviceCMYK"), is_plain
            )
        self._tint(colour, box)
        if self.reported == before:
            self.seen.sound.add(appearance)
        if not contains(self.safe, box, 0.05 * MM):
            inside = intersection(box, self.trim)
            if inside is not None:
                x0, y0, x1, y1 = box
                left, bottom, right, top = self.trim
                distance = min(x0 - left, y0 - bottom, right - x1, top - y1)
                self.report("S3", box, "", distance / MM, self.printer.sheet.safety / MM)

    def _inked_text(self, box: Rectangle, size: float, colour: PaintedColour, overprints: bool, is_plain: bool) -> None:
        limits = self.printer.type
        if colour.space.family == "DeviceGray":
            if size < limits.overprint_below - _EPSILON:
                self.report("GWG R0011", box, "", size)
        elif colour.is_black and is_plain and not overprints and size < limits.overprint_below - _EPSILON:
            self.report("GWG R0009", box, "", size, limits.overprint_below)
        is_multi = colour.ink_count > 1
        is_rich = is_multi and colour.total > 0 and colour.values[3] >= _RICH_BLACK
        if is_multi and size < limits.least_multi_ink - _EPSILON:
            self.report("GWG R0017", box, "", size, limits.least_multi_ink)
        elif is_rich and size < limits.one_ink_below - _EPSILON:
            self.report("S6", box, "", size)
        elif size < limits.least - _EPSILON:
            self.report("S7", box, TEXT_SUBJECT, size, limits.least)
        if is_rich and colour.total > self.printer.ink.rich_black + 0.5:
            self.report("GWG R0015", box, "", colour.total, self.printer.ink.rich_black)

    def path(self, mark: PaintedPath) -> None:
        box, width, is_stroke, colour, overprint, is_plain = mark
        subject = LINE if is_stroke else PATH
        self._space(colour.space, subject, box)
        if intersection(box, self.bleed) is None:
            return
        self._note(colour, box)
        family = colour.space.family
        is_white = colour.is_white
        if overprint.on:
            if family == "DeviceGray":
                self.report("GWG R0013", box, subject)
            elif is_white:
                self.report("GWG R0008", box)
        limits = self.printer.lines
        if width < limits.overprint_below - _EPSILON and not is_white:
            if family == "DeviceGray":
                self.report("GWG R0012", box, "", width)
            elif (
                colour.is_black and is_plain and not (overprint.on and (overprint.mode == 1 or family != "DeviceCMYK"))
            ):
                self.report("GWG R0010", box, "", width, limits.overprint_below)
        if width < limits.least - _EPSILON:
            rule = "GWG R0018" if is_white else "GWG R0019" if colour.ink_count > 1 else "S8"
            self.report(rule, box, "", width, limits.least)
        self._tint(colour, box)
        if colour.prints:
            self._reach(box, subject)

    def picture(self, mark: PaintedImage) -> None:
        box = mark.box
        self._space(mark.space if mark.colour is None else mark.colour.space, PICTURE, box)
        if intersection(box, self.bleed) is None:
            return
        if mark.colour is not None:
            self._note(mark.colour, box)
        else:
            self.is_empty = False
            self._note_space(mark.space, box)
        self._reach(box, PICTURE)
        if min(mark.width, mark.height) <= _SINGLE_PIXEL:
            return
        limits = self.printer.pictures
        if mark.bits == 1:
            self._resolution("GWG R0032", box, mark.ppi, limits.line_art_refused, limits.line_art_warned)
        elif (
            not self._resolution("GWG R0031", box, mark.ppi, limits.refused, limits.warned)
            and mark.ppi < limits.wanted - _WHOLE_PIXELS
        ):
            self.report("S5", box, "", mark.ppi, limits.wanted)

    def _resolution(self, rule: str, box: Rectangle, ppi: float, refused: float, warned: float) -> bool:
        if ppi <= refused:
            self.report(rule, box, "", ppi, refused)
        elif ppi <= warned:
            self.report(rule, box, "", ppi, warned, Severity.WARNING)
        return ppi <= warned

    def shading(self, mark: PaintedShading) -> None:
        self._space(mark.space, SHADING, mark.box)
        if intersection(mark.box, self.bleed) is not None:
            self.is_empty = False
            self._note_space(mark.space, mark.box)
            self._reach(mark.box, SHADING)

    def group(self, mark: PaintedGroup) -> None:
        space = mark.space.leaf
        if space.family != "DeviceCMYK" and not (mark.is_mask and space.components == 1):
            self.report("GWG R0030", mark.box, space.name)

    def oddity(self, mark: Oddity) -> None:
        if mark.kind == "transparency":
            self.report("X6", mark.box)
        elif mark.kind == "damaged":
            self.report("GWG R0001", mark.box, Message("页面内容损坏", "the page's content is damaged"))
        elif mark.kind == "too-long":
            what = Message("页面太复杂，只查了前一部分", "the page is too complex; only the first part was checked")
            self.report("not-checked", mark.box, what)
        else:
            self.report("X10", mark.box, _FORBIDDEN[mark.kind])

    def whole(self, marks: list[PaintedMark]) -> None:
        """Checks the rules about the page as a whole."""
        if self.is_empty:
            self.report("GWG R0005", self.trim)
        pictures = [mark for mark in marks if isinstance(mark, PaintedImage)]
        if len(pictures) == 1 and not any(intersection(box, self.trim) for box in _boxes(marks)):
            picture = pictures[0]
            seen = intersection(picture.box, self.trim)
            width, height = self.boxes.size
            if seen is not None and (seen[2] - seen[0]) * (seen[3] - seen[1]) > 0.95 * width * height:
                limits = self.printer.pictures
                self._resolution("GWG R0033", picture.box, picture.ppi, limits.page_refused, limits.page_warned)

    # ── shared by several kinds of marks ──

    def _space(self, space: ColourSpace, subject: Message, box: Rectangle) -> None:
        leaf = space.leaf
        family = leaf.family
        if family == "DeviceRGB":
            self.report("GWG R0027" if self.intent_is_rgb else "X5", box, subject, family)
        elif family == "ICCBased":
            if leaf.profile == self.intent:
                self.report("X11", box, subject)
            else:
                self.report("GWG R0027", box, subject, leaf.name)
        elif family in ("CalRGB", "CalGray", "Lab"):
            self.report("GWG R0027", box, subject, family)

    def _note(self, colour: PaintedColour, box: Rectangle) -> None:
        """Records the plates of a colour."""
        if id(colour) in self.noted:
            return
        if "All" not in colour.space.leaf.inks:
            self.noted.add(id(colour))
        if colour.prints:
            self.is_empty = False
        if colour.space.is_cmyk and colour.values:
            self.seen.plates.update(ink for ink, value in zip(PROCESS, colour.values, strict=False) if value > 0)
        else:
            self._note_space(colour.space, box)

    def _note_space(self, space: ColourSpace, box: Rectangle) -> None:
        leaf = space.leaf
        if leaf.inks:
            if "All" in leaf.inks:
                self.report("GWG R0024", box)
            self.seen.plates.update(ink for ink in leaf.inks if ink in PROCESS)
            for spot in leaf.spots:
                self.seen.spots.setdefault(spot, self.page)
        elif leaf.components == 1 and leaf.family != "unknown":
            self.seen.plates.add("Black")
        elif leaf.components >= 3:
            self.seen.plates.update(PROCESS)

    def _tint(self, colour: PaintedColour, box: Rectangle) -> None:
        if 0.1 < colour.strongest < self.printer.ink.least_tint - 0.01:
            self.report("S9", box, "", colour.strongest, self.printer.ink.least_tint)

    def _reach(self, box: Rectangle, subject: Message) -> None:
        """Reports artwork that touches the trim and does not reach the edge of the bleed (rule S2)."""
        if self.boxes.trim_box is None:
            return
        x0, y0, x1, y1 = self.trim
        if contains((x0 + _AT_TRIM, y0 + _AT_TRIM, x1 - _AT_TRIM, y1 - _AT_TRIM), box, 0):
            return
        if box[0] >= x1 - _AT_TRIM or box[2] <= x0 + _AT_TRIM or box[1] >= y1 - _AT_TRIM or box[3] <= y0 + _AT_TRIM:
            return  # outside the page, as printers' marks are
        short = _ENOUGH * MM
        out = self.to_reach
        if (
            out[0] + short < box[0] < x0 + _AT_TRIM
            or out[1] + short < box[1] < y0 + _AT_TRIM
            or x1 - _AT_TRIM < box[2] < out[2] - short
            or y1 - _AT_TRIM < box[3] < out[3] - short
        ):
            self.report("S2", box, subject)
