"""A composition becomes a PDF: PDF/X-4 for the press, or a tagged PDF for a screen. The steps in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from ..composition import Box, Colour, Composition, Frame, Line, Page, Picture, Span
from ..errors import Mark, Problem, Words, has_errors
from . import pictures
from .fonts import Face, Fonts
from .frozen import Frozen
from .furniture import Piece, Workshop
from .inks import Inks
from .marks import draw_marks
from .metadata import write_metadata, write_output_intent
from .painter import Canvas, bled
from .store import Store
from .structure import Element, Structure
from .target import Target
from .writer import Writer, numbers, text_string

_AHEAD = 3  # pages whose pictures are converted while another is painted


def write_pdf(
    composition: Composition,
    file: BinaryIO | Path,
    *,
    faces: Mapping[str, Face],
    target: Target,
    cache: Path | None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Problem]:
    """Writes the composition as one PDF, whole or not at all.

    `cache` is a folder for pieces, pictures and subsets that later builds use again, None to keep nothing on disk;
    the bytes are the same with and without. `progress` is told pages done and pages in all.

    Returns everything that is wrong; with an error among it nothing was written, and a file of that name is as it was.
    """
    store = Store(cache)
    try:
        if not isinstance(file, Path):
            import io

            memory = io.BytesIO()
            problems = _Document(composition, memory, faces, target, store).write(progress)
            if not has_errors(problems):
                file.write(memory.getbuffer())
            return problems
        with _whole(file) as (part, keep):
            problems = _Document(composition, part, faces, target, store).write(progress)
            keep[0] = not has_errors(problems)
        return problems
    except OSError as error:
        where = str(file) if isinstance(file, Path) else "PDF"
        return [
            Problem(
                "unwritable",
                Words(f"写不了 {where}：{error.strerror or error}", f"cannot write {where}: {error.strerror or error}"),
                Words(
                    "检查文件夹的权限、磁盘空间，或关掉正打开它的程序", "check permissions, disk space, open programs"
                ),
                Mark(where),
            )
        ]
    finally:
        store.close()


@contextmanager
def _whole(path: Path) -> Iterator[tuple[BinaryIO, list[bool]]]:
    """A file that takes its name only when it is finished and kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.{id(path):x}.part")
    keep = [False]
    try:
        with part.open("wb") as file:
            yield file, keep
        if keep[0]:
            part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink()


class _Document:
    """One file in the making."""

    def __init__(
        self, composition: Composition, file: BinaryIO, faces: Mapping[str, Face], target: Target, store: Store
    ) -> None:
        self.composition = composition
        self.target = target
        self.store = store
        self.problems: list[Problem] = []
        self.screen = target.edition == "screen"
        self.about = composition.metadata
        self.writer = Writer(file, "1.7" if self.screen else "1.6")
        self.fonts = Fonts(faces, self.writer)
        self.inks = Inks(target)
        self.workshop = Workshop(faces, target, self.inks, store)
        self.structure = Structure(self.writer, self.about.get("language", "") or "zh-Hans")
        self.root, self.tree = self.writer.reserve(), self.writer.reserve()
        self.pages = {page.number: self.writer.reserve() for page in composition.pages}
        self.placed: dict[tuple[object, ...], int | None] = {}
        self.heads: dict[str, tuple[int, float]] = {}  # article → page object, top of its headline
        self.spots: dict[int, tuple[Colour, ...]] = {}  # of placed pieces
        self.plain_face = faces["Song-Regular"] if "Song-Regular" in faces else next(iter(faces.values()))

    def write(self, progress: Callable[[int, int], None] | None) -> list[Problem]:
        pages = self.composition.pages
        with ThreadPoolExecutor(os.cpu_count() or 1, "picture") as crew:
            ready: list[dict[Picture, Future[Frozen]]] = []
            for index, page in enumerate(pages):
                for later in pages[len(ready) : index + 1 + _AHEAD]:
                    ready.append(self.order_pictures(later, crew))
                self.page(page, ready[index])
                ready[index] = {}
                if progress:
                    progress(index + 1, len(pages))
        self.missing_characters()
        if not has_errors(self.problems):
            self.finish()
        return self.problems

    # Pages.

    def page(self, page: Page, ready: Mapping[Picture, Future[Frozen]]) -> None:
        number, target = self.pages[page.number], self.target
        canvas = Canvas(page, target, self.inks, self.fonts, self.writer)
        key = self.structure.begin_page(number)
        bleed = target.bleed
        if target.marks:
            canvas.clip(-bleed, -bleed, page.width + 2 * bleed, page.height + 2 * bleed)
        for box in page.boxes:
            self.box(canvas, box, page)
        for picture in page.pictures:
            self.picture(canvas, picture, page, ready)
        for frame in page.frames:
            self.frame(canvas, frame, number)
        if target.marks:
            canvas.unclip()
            canvas.mark(b"Artifact")
            draw_marks(canvas, page, target, self.about, len(self.pages), self.plain_face)
            canvas.unmark()
        self.structure.end_page()
        contents = self.writer.stream(b"", b"\n".join(canvas.out))
        media = (0.0, 0.0, page.width + 2 * target.margin, page.height + 2 * target.margin)
        bleed_box = self.inset(media, target.margin - bleed)
        trim = self.inset(media, target.margin)
        self.writer.add(
            b"<</Type/Page/Parent %d 0 R/MediaBox[%s]/BleedBox[%s]/TrimBox[%s]/Resources<<%s>>/Contents %d 0 R"
            b"/Group<</Type/Group/S/Transparency/I true/CS/Device%s>>/StructParents %d/Tabs/S%s>>"
            % (
                self.tree,
                numbers(*media),
                numbers(*bleed_box),
                numbers(*trim),
                canvas.resources(),
                contents,
                b"RGB" if self.screen else b"CMYK",
                key,
                b"/Annots[%s]" % b" ".join(b"%d 0 R" % link for link in canvas.annotations)
                if canvas.annotations
                else b"",
            ),
            number,
        )

    @staticmethod
    def inset(box: tuple[float, float, float, float], by: float) -> tuple[float, float, float, float]:
        return box[0] + by, box[1] + by, box[2] - by, box[3] - by

    def box(self, canvas: Canvas, box: Box, page: Page) -> None:
        if box.kind == "furniture":
            self.furniture(canvas, box, page)
            return
        canvas.mark(b"Artifact")
        x, y, width, height = box.x, box.y, box.width, box.height
        if box.bleed:
            x, y, width, height = bled(x, y, width, height, page, self.target.bleed)
        if box.fill is not None:
            canvas.rectangle(x, y, width, height, box.fill)
        canvas.outline(box, x, y, width, height)
        canvas.unmark()

    def furniture(self, canvas: Canvas, box: Box, page: Page) -> None:
        number = self.piece(Piece(box.html, box.css, box.base, box.width, box.height, box.name, box.mark), page)
        if number is None:
            return
        x, y, width, height = box.x, box.y, box.width, box.height
        if box.alt:
            canvas.mark(b"Figure", self.structure.figure("", box.alt, self.rectangle(canvas, x, y, width, height)))
        else:
            canvas.mark(b"Artifact", b"/Type/Pagination")
        self.show(canvas, number, x, y + height, 1.0, 1.0)
        canvas.unmark()

    def piece(self, piece: Piece, page: Page) -> int | None:
        """The number of a piece's form XObject, None where it has problems."""
        key = (piece.html, piece.css, piece.base, piece.width, piece.height)
        if key not in self.placed:
            frozen, problems = self.workshop.piece(piece)
            self.problems.extend(problems)
            self.placed[key] = self.place(frozen) if frozen else None
        return self.placed[key]

    def place(self, frozen: Frozen) -> int:
        for glyph in frozen.glyphs:
            self.fonts[glyph.face].adopt(glyph)
        number = frozen.place(self.writer, self.fonts.number)
        self.spots[number] = frozen.inks
        return number

    def show(self, canvas: Canvas, number: int, x: float, y: float, width: float, height: float) -> None:
        canvas.place(number, x, y, width, height)
        for ink in self.spots[number]:
            canvas.spots.setdefault(ink.spot, ink)

    @staticmethod
    def rectangle(canvas: Canvas, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        """In the page's own units."""
        return canvas.left + x, canvas.top - y - height, canvas.left + x + width, canvas.top - y

    # Pictures.

    def order_pictures(self, page: Page, crew: ThreadPoolExecutor) -> dict[Picture, Future[Frozen]]:
        """Has the page's pictures converted, those that are not in the file already."""
        return {
            picture: crew.submit(self.convert, picture)
            for picture in page.pictures
            if not _is_svg(picture) and self.picture_key(picture) not in self.placed
        }

    def convert(self, picture: Picture) -> Frozen:
        data = pictures.read(Path(picture.file))
        return pictures.convert(data, picture.width, picture.height, picture.crop, self.target, self.store)

    @staticmethod
    def picture_key(picture: Picture) -> tuple[object, ...]:
        return picture.file, picture.crop, picture.width, picture.height

    def picture(self, canvas: Canvas, picture: Picture, page: Page, ready: Mapping[Picture, Future[Frozen]]) -> None:
        x, y, width, height = picture.x, picture.y, picture.width, picture.height
        if _is_svg(picture):
            number, across, down = self.piece(_svg_piece(picture), page), 1.0, 1.0
        else:
            number, across, down = self.raster(picture, ready), width, height
        if number is None:
            return
        rectangle = self.rectangle(canvas, x, y, width, height)
        canvas.mark(b"Figure", self.structure.figure(picture.article, picture.alt, rectangle))
        self.show(canvas, number, x, y + height, across, down)
        canvas.unmark()

    def raster(self, picture: Picture, ready: Mapping[Picture, Future[Frozen]]) -> int | None:
        key = self.picture_key(picture)
        if key not in self.placed:
            try:
                frozen = ready[picture].result() if picture in ready else self.convert(picture)
                self.placed[key] = self.place(frozen)
            except pictures.BadPicture as error:
                self.placed[key] = None
                self.problems.append(_bad_picture(picture, str(error)))
        return self.placed[key]

    # Text.

    def frame(self, canvas: Canvas, frame: Frame, page: int) -> None:
        if frame.role == "headline" and frame.lines and frame.article not in self.heads:
            self.heads[frame.article] = page, canvas.top - frame.y
        for _, lines in groupby(frame.lines, key=lambda line: line.paragraph):
            group = list(lines)
            element = self.structure.paragraph(frame, group[0])
            if self.screen and any(span.link for line in group for span in line.spans):
                self.linked(canvas, element, group)
            else:
                self.marked(canvas, element, [(line, span) for line in group for span in line.spans])
            if group[-1].paragraph and group[-1].ends_paragraph:
                self.structure.end_paragraph(frame)

    def marked(self, canvas: Canvas, element: Element, spans: Iterable[tuple[Line, Span]]) -> None:
        """Spans as one piece of marked content that belongs to an element."""
        canvas.mark(element.tag, self.structure.mark(element))
        canvas.begin()
        for line, span in spans:
            if span.text:
                canvas.span(line, span)
        canvas.end()
        canvas.unmark()

    def linked(self, canvas: Canvas, element: Element, lines: Sequence[Line]) -> None:
        """A paragraph's lines, in which spans that lead elsewhere are Link elements of their own."""
        spans = ((line, span) for line in lines for span in line.spans)
        for link, group in groupby(spans, key=lambda pair: pair[1].link):
            if not link:
                self.marked(canvas, element, group)
                continue
            owner = self.structure.link(element)
            shown = list(group)
            self.marked(canvas, owner, shown)
            for line, span in shown:
                self.annotate(canvas, owner, line, span)
            self.structure.close_element(owner)

    def annotate(self, canvas: Canvas, owner: Element, line: Line, span: Span) -> None:
        """A link over a span: to a page of the issue where it is `#` and a number, else to an address."""
        page = self.pages.get(int(span.link[1:])) if span.link[1:].isdigit() and span.link[0] == "#" else None
        if page:
            action = b"/Dest[%d 0 R/Fit]" % page
        else:
            action = b"/A<</S/URI/URI%s>>" % text_string(quote(span.link, safe="%/:=&?~#+!$,;'@()*[]"))
        number = self.writer.reserve()
        key = self.structure.annotation(owner, number)
        self.writer.add(
            b"<</Type/Annot/Subtype/Link/Rect[%s]/Border[0 0 0]/F 4/StructParent %d/Contents%s%s>>"
            % (numbers(*canvas.extent(line, span)), key, text_string(span.link), action),
            number,
        )
        canvas.annotations.append(number)

    def missing_characters(self) -> None:
        for font in self.fonts.fonts.values():
            for character in font.missing:
                code = f"U+{ord(character):04X}"
                self.problems.append(
                    Problem(
                        "no-glyph",
                        Words(
                            f"字体 {font.face.name} 没有“{character}”（{code}）",
                            f"face {font.face.name} has no glyph for “{character}” ({code})",
                        ),
                        Words("换一个字，或给样式加一个有这个字的字体", "use another character, or a face that has it"),
                    )
                )

    # The end.

    def finish(self) -> None:
        writer = self.writer
        self.fonts.write(self.store)
        self.structure.close()
        kids = b" ".join(b"%d 0 R" % number for number in self.pages.values())
        writer.add(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self.pages), kids), self.tree)
        intent = write_output_intent(writer, self.target, self.store)
        outline = self.outline() if self.screen else b""
        xmp, info = write_metadata(writer, self.about, self.target)
        language = self.about.get("language", "") or "zh-Hans"
        writer.add(
            b"<</Type/Catalog/Pages %d 0 R/OutputIntents[%d 0 R]/Metadata %d 0 R/StructTreeRoot %d 0 R"
            b"/MarkInfo<</Marked true>>/Lang%s/ViewerPreferences<</DisplayDocTitle true>>%s>>"
            % (self.tree, intent, xmp, self.structure.root, text_string(language), outline),
            self.root,
        )
        writer.close(self.root, info)

    def outline(self) -> bytes:
        """The articles' headlines, in the order they stand in; what the catalogue says of it."""
        heads = [(article, *place) for article, place in self.heads.items() if self.composition.headlines.get(article)]
        if not heads:
            return b""
        root = self.writer.reserve()
        items = [self.writer.reserve() for _ in heads]
        for index, (article, page, top) in enumerate(heads):
            before = b"/Prev %d 0 R" % items[index - 1] if index else b""
            after = b"/Next %d 0 R" % items[index + 1] if index + 1 < len(items) else b""
            title = text_string(self.composition.headlines[article])
            self.writer.add(
                b"<</Title%s/Parent %d 0 R%s%s/Dest[%d 0 R/XYZ null %s null]>>"
                % (title, root, before, after, page, numbers(top)),
                items[index],
            )
        self.writer.add(
            b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (items[0], items[-1], len(items)), root
        )
        return b"/Outlines %d 0 R/PageMode/UseOutlines" % root


def _is_svg(picture: Picture) -> bool:
    return picture.file.lower().endswith((".svg", ".svgz"))


def _svg_piece(picture: Picture) -> Piece:
    """A drawn picture is a piece like furniture: an image that is placed so that its crop fills the box."""
    left, top, right, bottom = picture.crop
    width, height = picture.width / (right - left), picture.height / (bottom - top)
    path = Path(picture.file)
    html = (
        f'<div style="position:absolute;overflow:hidden;width:{picture.width:.4f}pt;height:{picture.height:.4f}pt">'
        f'<img src="{path.name}" style="position:absolute;left:{-left * width:.4f}pt;top:{-top * height:.4f}pt;'
        f'width:{width:.4f}pt;height:{height:.4f}pt;object-fit:fill"></div>'
    )
    return Piece(html, "", str(path.parent), picture.width, picture.height, path.name, picture.mark)


def _bad_picture(picture: Picture, why: str) -> Problem:
    name = Path(picture.file).name
    return Problem(
        "picture-unreadable",
        Words(f"图片 {name} 打不开：{why}", f"picture {name} cannot be read: {why}"),
        Words("换一份完好的文件（JPEG、PNG、TIFF、WebP、SVG）", "use an undamaged file: JPEG, PNG, TIFF, WebP or SVG"),
        picture.mark,
    )
