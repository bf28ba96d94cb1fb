"""One page is painted: boxes, pictures and text, each marked with what it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from ..composition import Box, Frame, Line, Page, Picture, Span
from ..errors import Problem, Severity, Words
from .bleed import bled, bled_picture, edges_of
from .drawing import draw
from .fonts import Face, Fonts
from .inks import Inks
from .links import Threads, with_links
from .marks import draw_marks
from .painter import Canvas
from .pieces import Pieces
from .structure import Element, Structure
from .table_rows import Row, table_rows
from .target import Target
from .writer import Writer, numbers, text_string

Rectangle = tuple[float, float, float, float]
_paragraph = attrgetter("paragraph")


class Sheet:
    """Paints pages into a file, one after another. `pages` gives each page's object by its number, `threads` the
    pages that each article runs through."""

    def __init__(
        self,
        writer: Writer,
        target: Target,
        inks: Inks,
        fonts: Fonts,
        pieces: Pieces,
        structure: Structure,
        pages: Mapping[int, int],
        about: Mapping[str, str],
        slug_face: Face,
        threads: Threads,
    ) -> None:
        self.heads: dict[str, tuple[int, float]] = {}  # article → page object, top of its headline in the page's units
        self._writer = writer
        self._target = target
        self._inks = inks
        self._fonts = fonts
        self._pieces = pieces
        self._structure = structure
        self._pages = pages
        self._about = about
        self._slug_face = slug_face
        self._threads = threads

    def paint(self, page: Page, parent: int) -> None:
        """The page with its contents, in reading order; `parent` is the page tree's object."""
        number, target = self._pages[page.number], self._target
        canvas = Canvas(page, target, self._inks, self._fonts, self._writer)
        key = self._structure.begin_page(number)
        for frame in page.frames:
            if frame.lines:
                self._structure.article(frame.article)  # read in the order of texts, not of pictures, which come first
        bleed, margin = target.bleed, target.margin
        if target.marks:
            canvas.clip(-bleed, -bleed, page.width + 2 * bleed, page.height + 2 * bleed)
        for box in page.boxes:
            self._box(canvas, box, page)
        for picture in page.pictures:
            self._picture(canvas, bled_picture(picture, page, bleed))
        for frame in page.frames:
            if target.edition == "screen":
                frame = with_links(frame, page.number, self._threads)
            self._frame(canvas, frame, number)
        if target.marks:
            canvas.unclip()
            canvas.mark(b"Artifact")
            draw_marks(canvas, page, target, self._about, len(self._pages), self._slug_face)
            canvas.unmark()
        self._structure.end_page()
        contents = self._writer.stream(b"", b"\n".join(canvas.out))
        width, height = page.width + 2 * margin, page.height + 2 * margin
        edge = margin - bleed
        boxes = (
            b"/MediaBox[%s]" % numbers(0, 0, width, height),
            b"/BleedBox[%s]" % numbers(edge, edge, width - edge, height - edge),
            b"/TrimBox[%s]" % numbers(margin, margin, width - margin, height - margin),
        )
        links = b"/Annots[%s]" % b" ".join(b"%d 0 R" % link for link in canvas.annotations)
        self._writer.add(
            b"<</Type/Page/Parent %d 0 R%s/Resources<<%s>>/Contents %d 0 R"
            b"/Group<</Type/Group/S/Transparency/I true/CS/Device%s>>/StructParents %d/Tabs/S%s>>"
            % (
                parent,
                b"".join(boxes),
                canvas.resources(),
                contents,
                b"CMYK" if target.edition == "print" else b"RGB",
                key,
                links if canvas.annotations else b"",
            ),
            number,
        )

    # Boxes and pictures.

    def _box(self, canvas: Canvas, box: Box, page: Page) -> None:
        if box.kind == "furniture":
            self._furniture(canvas, box, page)
            return
        if box.kind == "drawing":
            self._drawing(canvas, box)
            return
        canvas.mark(b"Artifact")
        x, y, width, height = box.x, box.y, box.width, box.height
        if box.bleed:
            x, y, width, height = bled((x, y, width, height), page, self._target.bleed)
        if box.fill is not None:
            canvas.rectangle(x, y, width, height, box.fill)
        canvas.outline(box, x, y, width, height)
        canvas.unmark()

    def _furniture(self, canvas: Canvas, box: Box, page: Page) -> None:
        where = box.x, box.y, box.width, box.height
        edges = edges_of(box, page, self._target.bleed)
        number = self._pieces.furniture(box, edges)
        if number is None:
            return
        if box.alt:
            canvas.mark(b"Figure", self._structure.figure(box.article, box.alt, canvas.to_page(*where)))
        else:
            canvas.mark(b"Artifact", b"/Type/Pagination")
        left, _, _, bottom = edges
        foot = box.y + box.height + bottom
        canvas.place(number, box.x - left, foot, 1.0, 1.0, self._pieces.spots(number))
        canvas.unmark()
        for one in self._pieces.addresses(number):
            words = b"/Alt%s" % text_string(one.link)
            owner = self._structure.new(b"Link", self._structure.article(box.article), words)
            where = canvas.to_page(box.x - left + one.x, foot - one.y - one.height, one.width, one.height)
            self._annotate(canvas, owner, one.link, one.link, where)
            self._structure.close_element(owner)

    def _drawing(self, canvas: Canvas, box: Box) -> None:
        where = canvas.to_page(box.x, box.y, box.width, box.height)
        figure = (b"Figure", self._structure.figure(box.article, box.alt, where)) if box.alt else (b"Artifact",)
        canvas.mark(*figure)
        draw(canvas, box)
        canvas.unmark()

    def _picture(self, canvas: Canvas, picture: Picture) -> None:
        placed = self._pieces.picture(picture)
        if placed is None:
            return
        number, across, down = placed
        if picture.alt:
            where = canvas.to_page(picture.x, picture.y, picture.width, picture.height)
            canvas.mark(b"Figure", self._structure.figure(picture.article, picture.alt, where, picture.order))
        else:
            canvas.mark(b"Artifact")  # without words for it a picture is an ornament
            if self._target.edition == "screen":
                self._pieces.problems.append(_no_words(picture))
        canvas.place(number, picture.x, picture.y + picture.height, across, down, self._pieces.spots(number))
        canvas.unmark()

    # Text.

    def _frame(self, canvas: Canvas, frame: Frame, page: int) -> None:
        self._structure.reach(frame.article, frame.order)
        if frame.role == "headline" and frame.lines:
            self.heads.setdefault(frame.article, (page, canvas.top - frame.y))
        if frame.role == "table":
            self._table(canvas, frame)
            return
        for _, lines in groupby(frame.lines, key=_paragraph):
            group = list(lines)
            element = self._structure.paragraph(frame, group[0])
            self._lines(canvas, element, group)
            if group[-1].ends_paragraph:  # a text without a number is no longer than its frame
                self._structure.end_paragraph(frame, group[-1])

    def _table(self, canvas: Canvas, frame: Frame) -> None:
        """A table with its rows; a title and notes are paragraphs before and after it."""
        structure = self._structure
        article, table = structure.article(frame.article), None
        for row in table_rows(frame.lines):
            if not isinstance(row, Row):
                alone = structure.new(b"P", article)
                self._lines(canvas, alone, row)
                structure.close_element(alone)
                continue
            table = table or structure.new(b"Table", article)
            line = structure.new(b"TR", table)
            for cell in row.cells:
                scope = b"/A<</O/Table/Scope/Column>>" if row.head else b""
                place = structure.new(b"TH" if row.head else b"TD", line, scope)
                if cell:
                    self._lines(canvas, place, cell)
                structure.close_element(place)
            structure.close_element(line)
        if table:
            structure.close_element(table)

    def _lines(self, canvas: Canvas, element: Element, lines: Sequence[Line]) -> None:
        if self._target.edition == "screen" and any(span.link for line in lines for span in line.spans):
            self._linked(canvas, element, lines)
        else:
            self._marked(canvas, element, ((line, span) for line in lines for span in line.spans))

    def _marked(self, canvas: Canvas, element: Element, spans: Iterable[tuple[Line, Span]]) -> None:
        """Spans as one piece of marked content that belongs to an element."""
        canvas.mark(element.tag, self._structure.mark(element))
        canvas.begin()
        show = canvas.span
        for line, span in spans:
            if span.text:
                show(line, span)
        canvas.end()
        canvas.unmark()

    def _linked(self, canvas: Canvas, element: Element, lines: Sequence[Line]) -> None:
        """A paragraph's lines, in which spans that lead elsewhere are Link elements of their own."""
        spans = ((line, span) for line in lines for span in line.spans)
        for link, group in groupby(spans, key=lambda pair: pair[1].link):
            if not link:
                self._marked(canvas, element, group)
                continue
            owner = self._structure.new(b"Link", element)
            shown = list(group)
            self._marked(canvas, owner, shown)
            for line, span in shown:
                self._annotate(canvas, owner, span.link, span.text, canvas.extent(line, span))
            self._structure.close_element(owner)

    def _annotate(
        self, canvas: Canvas, owner: Element, link: str, text: str, where: tuple[float, float, float, float]
    ) -> None:
        """A link over printed text: to a page of the issue where it is `#` and a number, else to an address."""
        from urllib.parse import quote

        page = self._pages.get(int(link[1:])) if link[0] == "#" and link[1:].isdigit() else None
        address = text_string(quote(link, safe="%/:=&?~#+!$,;'@()*[]"))
        action = b"/Dest[%d 0 R/Fit]" % page if page else b"/A<</S/URI/URI%s>>" % address
        words = text_string(text if page else link)
        number = self._writer.reserve()
        key = self._structure.annotation(owner, number)
        self._writer.add(
            b"<</Type/Annot/Subtype/Link/Rect[%s]/Border[0 0 0]/F 4/StructParent %d/Contents%s%s>>"
            % (numbers(*where), key, words, action),
            number,
        )
        canvas.annotations.append(number)


def _no_words(picture: Picture) -> Problem:
    name = Path(picture.file).name
    return Problem(
        "no-alt",
        Words(f"图片 {name} 没有替代文字", f"picture {name} has no text for those who cannot see it"),
        Words("给图片写 alt：画面上是什么", "write alt: for the picture: what it shows"),
        picture.mark,
        Severity.WARNING,
    )
