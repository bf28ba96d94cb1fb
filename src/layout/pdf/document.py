"""A composition becomes a PDF: PDF/X-4 for the press, or a tagged PDF for a screen. The steps in order."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ..composition import Composition, Page
from ..errors import LayoutError, Message, Problem, has_errors
from ..runtime.files import draft_for, put, unwritable
from ..runtime.store import ArtifactStore
from .fonts import EmbeddedFonts, PdfFace
from .furniture_forms import FurnitureForms
from .inks import Inks
from .metadata import write_metadata, write_output_intent
from .painting.page_painter import PagePainter
from .tagging.links import places_of_notes, threads_of
from .tagging.structure import Structure
from .target import Target
from .writer import Writer, numbers, text_string
from .xobjects import XObjects, order_fragments

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from .weasyprint.worker import WeasyPrintWorker

_PAGES_AHEAD = 3  # pages whose pictures are converted while another is painted


def write_pdf(
    composition: Composition,
    file: BinaryIO | Path,
    *,
    faces: Mapping[str, PdfFace],
    target: Target,
    cache: Path | None,
    progress: Callable[[int, int], None] | None = None,
    worker: WeasyPrintWorker | None = None,
) -> list[Problem]:
    """Writes the composition as one PDF, whole or not at all.

    Args:
        composition: the pages.
        file: where the PDF goes.
        faces: the faces by name.
        target: the press condition, or a screen.
        cache: a folder for furniture forms, pictures and subsets that later builds use again; None to store nothing on
            disk. The bytes are the same with and without.
        progress: is called with the number of pages written and of all pages.
        worker: a WeasyPrint worker that was started earlier and draws furniture that is not in the cache.

    Returns:
        Every problem. If one of them is an error nothing was written, and a file of that name is unchanged.
    """
    try:
        if not isinstance(file, Path):
            memory = io.BytesIO()
            problems = write_draft(
                composition, memory, faces=faces, target=target, cache=cache, progress=progress, worker=worker
            )
            if not has_errors(problems):
                file.write(memory.getbuffer())
            return problems
        with draft_for(file) as draft:
            with draft.open("wb") as part:
                problems = write_draft(
                    composition, part, faces=faces, target=target, cache=cache, progress=progress, worker=worker
                )
            if not has_errors(problems):
                put(draft, file)
        return problems
    except OSError as error:
        return [unwritable(file if isinstance(file, Path) else "PDF", error)]


def write_draft(
    composition: Composition,
    file: BinaryIO,
    *,
    faces: Mapping[str, PdfFace],
    target: Target,
    cache: Path | None,
    progress: Callable[[int, int], None] | None = None,
    worker: WeasyPrintWorker | None = None,
) -> list[Problem]:
    """As `write_pdf`, into an open file, which is not valid where an error is returned.

    Raises:
        OSError: the file cannot be written.
    """
    store = ArtifactStore(cache)
    try:
        return _Document(composition, file, faces, target, store, worker).write(progress)
    except LayoutError as error:  # a font that cannot be embedded
        return [*error.problems]
    finally:
        store.close()


@contextmanager
def _converter_threads(pages: Sequence[Page]) -> Iterator[Executor | None]:
    """Threads that convert pictures; none where there are none to convert."""
    if not any(page.pictures for page in pages):
        yield None
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(os.cpu_count() or 1, "picture") as executor:
        yield executor


class _Document:
    """One file in the making."""

    def __init__(
        self,
        composition: Composition,
        file: BinaryIO,
        faces: Mapping[str, PdfFace],
        target: Target,
        store: ArtifactStore,
        worker: WeasyPrintWorker | None,
    ) -> None:
        self.composition = composition
        self.target = target
        self.store = store
        self.language = composition.metadata.get("language", "") or "zh-Hans"
        self.writer = writer = Writer(file, "1.6" if target.edition == "print" else "1.7")
        self.fonts = EmbeddedFonts(faces, writer)
        self.inks = Inks(target)
        self.furniture = FurnitureForms(faces, target, self.inks, store, worker)
        self.xobjects = XObjects(writer, self.fonts, self.furniture, target, store, composition.folders)
        self.structure = Structure(writer, self.language, composition.languages)
        self.root, self.tree = writer.reserve(), writer.reserve()
        self.pages = {page.number: writer.reserve() for page in composition.pages}
        plain = faces["Song-Regular"] if "Song-Regular" in faces else next(iter(faces.values()))
        self.sheet = PagePainter(
            writer,
            target,
            self.inks,
            self.fonts,
            self.xobjects,
            self.structure,
            self.pages,
            composition.metadata,
            plain,
            threads_of(composition) if target.edition == "screen" else {},
            places_of_notes(composition),
        )

    def write(self, progress: Callable[[int, int], None] | None) -> list[Problem]:
        pages = self.composition.pages
        for page in pages:
            order_fragments(page, self.furniture, self.target.bleed, self.composition.folders)
        with _converter_threads(pages) as executor:
            ordered = 0
            for index, page in enumerate(pages):
                if executor:
                    for later in pages[ordered : index + 1 + _PAGES_AHEAD]:
                        self.xobjects.order(later, executor)
                    ordered = index + 1 + _PAGES_AHEAD
                self.sheet.paint(page, self.tree)
                if progress:
                    progress(index + 1, len(pages))
        problems = [*self.xobjects.problems, *self.furniture.problems, *self.missing_characters()]
        if not has_errors(problems):
            self.finish()
        return problems

    def missing_characters(self) -> Iterator[Problem]:
        for font in self.fonts.fonts.values():
            for character in font.missing:
                code = f"U+{ord(character):04X}"
                yield Problem(
                    "no-glyph",
                    Message(
                        f"字体 {font.face.name} 没有“{character}”（{code}）",
                        f"face {font.face.name} has no glyph for “{character}” ({code})",
                    ),
                    Message("换一个字，或给样式加一个有这个字的字体", "use another character, or a face that has it"),
                )

    def finish(self) -> None:
        """Everything that can be written only when all pages are."""
        writer = self.writer
        self.fonts.write(self.store)
        self.structure.close()
        kids = b" ".join(b"%d 0 R" % number for number in self.pages.values())
        writer.add(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self.pages), kids), self.tree)
        intent = write_output_intent(writer, self.target, self.store)
        outline = self.outline() if self.target.edition == "screen" else b""
        xmp, info = write_metadata(writer, self.composition.metadata, self.target)
        writer.add(
            b"<</Type/Catalog/Pages %d 0 R/OutputIntents[%d 0 R]/Metadata %d 0 R/StructTreeRoot %d 0 R"
            b"/MarkInfo<</Marked true>>/Lang%s/ViewerPreferences<</DisplayDocTitle true>>%s>>"
            % (self.tree, intent, xmp, self.structure.root, text_string(self.language), outline),
            self.root,
        )
        writer.close(self.root, info)

    def outline(self) -> bytes:
        """Writes the outline: the articles' headlines in reading order; the catalogue's entries for it."""
        heads = [
            (article, *place) for article, place in self.sheet.heads.items() if self.composition.headlines.get(article)
        ]
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
