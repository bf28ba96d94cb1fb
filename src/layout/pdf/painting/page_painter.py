"""Paints one page: boxes, pictures and text, as tagged content in the screen edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from ...composition import NOTE_LINK, Box, Frame, Page, PlacedLine, PlacedPicture, Span, TableCell
from ...errors import Message, Problem, Severity
from ...roles import Role
from ..fonts import EmbeddedFonts, PdfFace
from ..inks import Inks
from ..tagging.links import NotePlaces, Threads, with_links
from ..tagging.structure import Element, Structure
from ..target import Target
from ..writer import Writer, numbers, text_string
from ..xobjects import XObjects
from .bleed import bled, bled_picture, edges_of
from .drawing import draw_shapes
from .page_content import PageContent
from .printers_marks import draw_marks

_Rectangle = tuple[float, float, float, float]
_paragraph = attrgetter("paragraph")


class PagePainter:
    """Paints pages into a file, one after another. `pages` is the page object by page number, `threads` the pages that
    each article runs through, `notes` the places of footnotes."""

    def __init__(
        self,
        writer: Writer,
        target: Target,
        inks: Inks,
        fonts: EmbeddedFonts,
        xobjects: XObjects,
        structure: Structure,
        pages: Mapping[int, int],
        about: Mapping[str, str],
        slug_face: PdfFace,
        threads: Threads,
        notes: NotePlaces,
    ) -> None:
        self.heads: dict[str, tuple[int, float]] = {}  # article → page object, top of its headline in the page's units
        self._writer = writer
        self._target = target
        self._inks = inks
        self._fonts = fonts
        self._xobjects = xobjects
        self._structure = structure
        self._pages = pages
        self._about = about
        self._slug_face = slug_face
        self._threads = threads
        self._notes = notes

    def paint(self, page: Page, parent: int) -> None:
        """The page with its contents, in reading order; `parent` is the page tree's object."""
        number, target = self._pages[page.number], self._target
        content = PageContent(page, target, self._inks, self._fonts, self._writer)
        key = self._structure.begin_page(number)
        for frame in page.frames:
            if frame.lines:
                self._structure.article(frame.article)  # read in the order of texts, not of pictures, which come first
        bleed, margin = target.bleed, target.margin
        if target.marks:
            content.clip(-bleed, -bleed, page.width + 2 * bleed, page.height + 2 * bleed)
        for box in page.boxes:
            self._box(content, box, page)
        for picture in page.pictures:
            self._picture(content, bled_picture(picture, page, bleed))
        for frame in page.frames:
            if target.edition == "screen":
                frame = with_links(frame, page.number, self._threads)
            self._frame(content, frame, number)
        if target.marks:
            content.unclip()
            content.mark(b"Artifact")
            draw_marks(content, page, target, self._about, len(self._pages), self._slug_face)
            content.unmark()
        self._structure.end_page()
        contents = self._writer.stream(b"", b"\n".join(content.out))
        width, height = page.width + 2 * margin, page.height + 2 * margin
        edge = margin - bleed
        boxes = (
            b"/MediaBox[%s]" % numbers(0, 0, width, height),
            b"/BleedBox[%s]" % numbers(edge, edge, width - edge, height - edge),
            b"/TrimBox[%s]" % numbers(margin, margin, width - margin, height - margin),
        )
        links = b"/Annots[%s]" % b" ".join(b"%d 0 R" % link for link in content.annotations)
        self._writer.add(
            b"<</Type/Page/Parent %d 0 R%s/Resources<<%s>>/Contents %d 0 R"
            b"/Group<</Type/Group/S/Transparency/I true/CS/Device%s>>/StructParents %d/Tabs/S%s>>"
            % (
                parent,
                b"".join(boxes),
                content.resources(),
                contents,
                b"CMYK" if target.edition == "print" else b"RGB",
                key,
                links if content.annotations else b"",
            ),
            number,
        )

    # Boxes and pictures.

    def _box(self, content: PageContent, box: Box, page: Page) -> None:
        if box.kind == "furniture":
            self._furniture(content, box, page)
            return
        if box.kind == "drawing":
            self._drawing(content, box)
            return
        content.mark(b"Artifact")
        x, y, width, height = box.x, box.y, box.width, box.height
        if box.bleed:
            x, y, width, height = bled((x, y, width, height), page, self._target.bleed)
        if box.fill is not None:
            content.rectangle(x, y, width, height, box.fill)
        content.outline(box, x, y, width, height)
        content.unmark()

    def _furniture(self, content: PageContent, box: Box, page: Page) -> None:
        where = box.x, box.y, box.width, box.height
        edges = edges_of(box, page, self._target.bleed)
        number = self._xobjects.furniture(box, edges)
        if number is None:
            return
        if box.alt:
            content.mark(b"Figure", self._structure.figure(box.article, box.alt, content.to_page(*where)))
        else:
            content.mark(b"Artifact", b"/Type/Pagination")
        left, _, _, bottom = edges
        foot = box.y + box.height + bottom
        content.place(number, box.x - left, foot, 1.0, 1.0, self._xobjects.spots(number))
        content.unmark()
        for one in self._xobjects.addresses(number):
            words = b"/Alt%s" % text_string(one.link)
            owner = self._structure.new(b"Link", self._structure.article(box.article), words)
            where = content.to_page(box.x - left + one.x, foot - one.y - one.height, one.width, one.height)
            self._annotate(content, owner, one.link, one.link, where)
            self._structure.close_element(owner)

    def _drawing(self, content: PageContent, box: Box) -> None:
        where = content.to_page(box.x, box.y, box.width, box.height)
        figure = (b"Figure", self._structure.figure(box.article, box.alt, where)) if box.alt else (b"Artifact",)
        content.mark(*figure)
        draw_shapes(content, box)
        content.unmark()

    def _picture(self, content: PageContent, picture: PlacedPicture) -> None:
        placed = self._xobjects.picture(picture)
        if placed is None:
            return
        number, across, down = placed
        if picture.alt:
            where = content.to_page(picture.x, picture.y, picture.width, picture.height)
            content.mark(b"Figure", self._structure.figure(picture.article, picture.alt, where, picture.order))
        else:
            content.mark(b"Artifact")  # a picture without a text alternative is an artifact
            if self._target.edition == "screen":
                self._xobjects.problems.append(_no_words(picture))
        content.place(number, picture.x, picture.y + picture.height, across, down, self._xobjects.spots(number))
        content.unmark()

    # Text.

    def _frame(self, content: PageContent, frame: Frame, page: int) -> None:
        self._structure.reach(frame.article, frame.order)
        if frame.role is Role.HEADLINE and frame.lines:
            self.heads.setdefault(frame.article, (page, content.top - frame.y))
        if frame.role is Role.TABLE:
            self._table(content, frame)
            return
        for _, lines in groupby(frame.lines, key=_paragraph):
            group = list(lines)
            element = self._structure.paragraph(frame, group[0])
            self._lines(content, element, group, frame.article)
            if group[-1].ends_paragraph:  # a text without a number is no longer than its frame
                self._structure.end_paragraph(frame, group[-1])

    def _table(self, content: PageContent, frame: Frame) -> None:
        """A table with its rows; its title and notes are paragraphs before and after it."""
        structure, article = self._structure, self._structure.article(frame.article)
        filled = [cell for row in frame.rows for cell in row.cells if cell.begin < cell.end]
        first = min((cell.begin for cell in filled), default=len(frame.lines))
        last = max((cell.end for cell in filled), default=len(frame.lines))
        self._paragraphs(content, article, frame.lines[:first])
        if not frame.rows:
            return
        table = structure.new(b"Table", article)
        for row in frame.rows:
            line = structure.new(b"TR", table)
            for cell in row.cells:
                tag, attributes = self._cell_type(cell)
                place = structure.new(tag, line, attributes)
                if cell.begin < cell.end:
                    self._lines(content, place, frame.lines[cell.begin : cell.end])
                structure.close_element(place)
            structure.close_element(line)
        self._paragraphs(content, article, frame.lines[last:])
        structure.close_element(table)

    def _cell_type(self, cell: TableCell) -> tuple[bytes, bytes]:
        """A cell's structure type, and its attributes (ISO 32000-1 14.8.5.7). Row heads are tagged in the screen edition
        only."""
        heads = cell.heads if self._target.edition == "screen" or cell.heads == "column" else ""
        scope = b"/Scope/%s" % heads.capitalize().encode() if heads else b""
        span = b"/ColSpan %d" % cell.columns if cell.columns > 1 else b""
        return b"TH" if heads else b"TD", b"/A<</O/Table%s%s>>" % (scope, span) if scope or span else b""

    def _paragraphs(self, content: PageContent, article: Element, lines: Sequence[PlacedLine]) -> None:
        for _, paragraph in groupby(lines, key=_paragraph):
            element = self._structure.new(b"P", article)
            self._lines(content, element, list(paragraph))
            self._structure.close_element(element)

    def _lines(self, content: PageContent, element: Element, lines: Sequence[PlacedLine], article: str = "") -> None:
        links = {span.link for line in lines for span in line.spans if span.link}
        if links and (self._target.edition == "screen" or any(link.startswith(NOTE_LINK) for link in links)):
            self._linked(content, element, lines, article)
        else:
            self._marked(content, element, ((line, span) for line in lines for span in line.spans))

    def _marked(self, content: PageContent, element: Element, spans: Iterable[tuple[PlacedLine, Span]]) -> None:
        """Spans as one marked-content sequence of an element."""
        content.mark(element.tag, self._structure.mark(element))
        content.begin()
        show = content.span
        for line, span in spans:
            if span.text:
                show(line, span)
        content.end()
        content.unmark()

    def _linked(self, content: PageContent, element: Element, lines: Sequence[PlacedLine], article: str) -> None:
        """A paragraph's lines; spans with a link become Link elements of their own. The mark of a footnote is a
        Reference, on screen with the link inside it (rule N6; ISO 32000-1 14.8.4.4)."""
        on_screen = self._target.edition == "screen"
        spans = ((line, span) for line in lines for span in line.spans)
        for link, group in groupby(spans, key=lambda pair: pair[1].link):
            if not link or not (on_screen or link.startswith(NOTE_LINK)):
                self._marked(content, element, group)
                continue
            if link.startswith(NOTE_LINK):
                self._reference(content, element, link, list(group), article)
                continue
            owner = self._structure.new(b"Link", element)
            shown = list(group)
            self._marked(content, owner, shown)
            for line, span in shown:
                self._annotate(content, owner, span.link, span.text, content.extent(line, span))
            self._structure.close_element(owner)

    def _reference(
        self, content: PageContent, element: Element, link: str, shown: list[tuple[PlacedLine, Span]], article: str
    ) -> None:
        """The mark of a footnote, which leads to the note where that is printed."""
        reference = self._structure.new(b"Reference", element)
        place = self._notes.get((article, int(link.removeprefix(NOTE_LINK))))
        if place is None or self._target.edition != "screen":
            self._marked(content, reference, shown)
        else:
            page, up = place
            action = b"/Dest[%d 0 R/XYZ null %s null]" % (self._pages[page], numbers(self._target.margin + up))
            owner = self._structure.new(b"Link", reference)
            self._marked(content, owner, shown)
            for line, span in shown:
                self._link(content, owner, action, span.text, content.extent(line, span))
            self._structure.close_element(owner)
        self._structure.close_element(reference)

    def _annotate(
        self, content: PageContent, owner: Element, link: str, text: str, where: tuple[float, float, float, float]
    ) -> None:
        """A link over printed text: to a page of the issue where it is `#` and a number, else to an address."""
        from urllib.parse import quote

        page = self._pages.get(int(link[1:])) if link[0] == "#" and link[1:].isdigit() else None
        address = text_string(quote(link, safe="%/:=&?~#+!$,;'@()*[]"))
        action = b"/Dest[%d 0 R/Fit]" % page if page else b"/A<</S/URI/URI%s>>" % address
        self._link(content, owner, action, text if page else link, where)

    def _link(
        self,
        content: PageContent,
        owner: Element,
        action: bytes,
        words: str,
        where: tuple[float, float, float, float],
    ) -> None:
        """A link annotation with what it does."""
        number = self._writer.reserve()
        key = self._structure.annotation(owner, number)
        self._writer.add(
            b"<</Type/Annot/Subtype/Link/Rect[%s]/Border[0 0 0]/F 4/StructParent %d/Contents%s%s>>"
            % (numbers(*where), key, text_string(words), action),
            number,
        )
        content.annotations.append(number)


def _no_words(picture: PlacedPicture) -> Problem:
    name = Path(picture.file).name
    return Problem(
        "no-alt",
        Message(f"图片 {name} 没有替代文字", f"picture {name} has no text for those who cannot see it"),
        Message("给图片写 alt：画面上是什么", "write alt: for the picture: what it shows"),
        picture.mark,
        Severity.WARNING,
    )
