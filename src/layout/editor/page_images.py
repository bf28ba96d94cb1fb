"""Pages as pictures for a screen: a PDF of one page, rendered by PDFium at the screen's resolution."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from collections.abc import Callable, ItemsView, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec.structs import replace

from ..composition import Composition, Page
from ..errors import LayoutError, has_errors

if TYPE_CHECKING:
    from PIL.Image import Image

    from ..pdf.target import Target

_LEAST, _MOST = 0.05, 6.0  # pixels a point
_SMALL = 0.4  # below this scale a larger rendering is reduced if there is one
FINE = 2.0  # above this scale photographs have all their pixels
SCREEN_PPI = 144.0
_QUALITY = 95  # of JPEG, without subsampling: no artefacts at type, in a fifth of PNG's time
pdfium = threading.Lock()  # PDFium is not thread safe

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class RecentlyUsed(Generic[_Key, _Value]):
    """A small cache of the most recently used values."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._cache: OrderedDict[_Key, _Value] = OrderedDict()

    def items(self) -> ItemsView[_Key, _Value]:
        return self._cache.items()

    def get(self, key: _Key, make: Callable[[], _Value]) -> _Value:
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        value = self._cache[key] = make()
        while len(self._cache) > self._most:
            self._cache.popitem(last=False)
        return value


class PageImages:
    """Renders pages, cached by the page's digest. Not thread safe."""

    def __init__(self, cache: Path | None) -> None:
        self._cache = cache
        self._files: RecentlyUsed[tuple[str, bool], bytes] = RecentlyUsed(24)
        self._drawn: RecentlyUsed[tuple[str, float], Image] = RecentlyUsed(12)
        self._encoded: RecentlyUsed[tuple[str, float], bytes] = RecentlyUsed(96)

    def jpeg(self, composition: Composition, page: Page, digest: str, scale: float) -> bytes:
        """The page within its trim, at so many pixels a point.

        Raises:
            LayoutError: the page cannot be written.
        """
        scale = min(max(round(scale, 3), _LEAST), _MOST)
        return self._encoded.get((digest, scale), lambda: _encoded(self._picture(composition, page, digest, scale)))

    def _picture(self, composition: Composition, page: Page, digest: str, scale: float) -> Image:
        if scale < _SMALL:
            larger = next((picture for key, picture in self._drawn.items() if key[0] == digest), None)
            larger = larger or self._drawn.get((digest, 1.0), lambda: self._draw(composition, page, digest, 1.0))
            return larger.resize((round(page.width * scale), round(page.height * scale)), reducing_gap=2.0)
        return self._drawn.get((digest, scale), lambda: self._draw(composition, page, digest, scale))

    def _draw(self, composition: Composition, page: Page, digest: str, scale: float) -> Image:
        fine = scale > FINE
        target = self._target if fine else replace(self._target, max_ppi=SCREEN_PPI * 1.2, target_ppi=SCREEN_PPI)
        data = self._files.get((digest, fine), lambda: page_pdf(composition, page, target, self._cache))
        return render_page(data, scale)

    @cached_property
    def _target(self) -> Target:
        from ..pdf.target import print_target
        from ..press.printer import load_printer

        return replace(print_target(load_printer("offset-coated")), bleed=0.0, slug=0.0)


def page_pdf(composition: Composition, page: Page, target: Target, cache: Path | None) -> bytes:
    """One page as a PDF of its own.

    Raises:
        LayoutError: With the reasons why it cannot be written.
    """
    return pdf_of(replace(composition, pages=(page,)), target, cache)


def pdf_of(composition: Composition, target: Target, cache: Path | None) -> bytes:
    """A composition as a PDF in memory.

    Raises:
        LayoutError: With the reasons why it cannot be written.
    """
    from ..pdf.document import write_pdf

    file = io.BytesIO()
    problems = write_pdf(composition, file, faces=composition.faces, target=target, cache=cache)
    if has_errors(problems):
        raise LayoutError(problems)
    return file.getvalue()


def render_page(pdf: bytes | Path, scale: float, *, number: int = 1) -> Image:
    """A page of a PDF as a picture, `scale` pixels a point."""
    with pdfium, _opened(pdf) as document:
        return _render(document[number - 1], scale, (0.0,) * 4)


def render_trimmed_page(pdf: bytes | Path, scale: float, number: int) -> Image:
    """A page of a PDF within its TrimBox."""
    with pdfium, _opened(pdf) as document:
        page = document[number - 1]
        crop, trim = page.get_cropbox(), page.get_trimbox()
        edges = trim[0] - crop[0], trim[1] - crop[1], crop[2] - trim[2], crop[3] - trim[3]
        return _render(page, scale, edges)


def page_count(pdf: bytes | Path) -> int:
    """The number of pages of a PDF.

    Raises:
        ValueError: It is not a PDF.
    """
    with pdfium, _opened(pdf) as document:
        return len(document)


@contextmanager
def _opened(pdf: bytes | Path) -> Iterator[Any]:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(pdf)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise ValueError(str(error)) from error
    try:
        yield document
    finally:
        document.close()


def _render(page: Any, scale: float, edges: tuple[float, ...]) -> Image:
    picture: Image = page.render(scale=scale, crop=edges, rev_byteorder=True).to_pil().convert("RGB")
    page.close()
    return picture


def _encoded(picture: Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=_QUALITY, subsampling=0)
    return file.getvalue()
