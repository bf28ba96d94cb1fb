"""Furniture and pictures of a file: each is written once, however often it is shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..composition import Box, Colour, Page, PlacedPicture
from ..errors import Message, Problem
from ..runtime.store import ArtifactStore
from . import images
from .fonts import EmbeddedFonts
from .form_xobject import FormXObject, PrintedAddress
from .furniture_forms import FurnitureForms, FurnitureFragment
from .painting.bleed import bled_picture, edges_of
from .target import Target
from .writer import Writer

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future


class XObjects:
    """The XObjects of one file. What cannot be made is reported in `problems`, once."""

    def __init__(
        self,
        writer: Writer,
        fonts: EmbeddedFonts,
        furniture: FurnitureForms,
        target: Target,
        store: ArtifactStore,
        folders: tuple[str, ...] = (),
    ) -> None:
        self.problems: list[Problem] = []
        self._folders = folders
        self._writer = writer
        self._fonts = fonts
        self._furniture = furniture
        self._target = target
        self._store = store
        self._placed: dict[tuple[object, ...], int | None] = {}
        self._spots: dict[int, tuple[Colour, ...]] = {}
        self._addresses: dict[int, tuple[PrintedAddress, ...]] = {}
        self._coming: dict[tuple[object, ...], Future[FormXObject]] = {}

    def order(self, page: Page, executor: Executor) -> None:
        """Submits the conversion of a page's pictures to `executor`."""
        for placed in page.pictures:
            picture = bled_picture(placed, page, self._target.bleed)
            key = _key(picture)
            if not _is_vector(picture) and key not in self._placed and key not in self._coming:
                self._coming[key] = executor.submit(self._convert, picture)

    def furniture(self, box: Box, edges: tuple[float, float, float, float]) -> int | None:
        """The number of a box's form, whose unit is 1 pt; None where it has problems.

        `edges`: how far it goes out of its box on the left, at the top, on the right and at the bottom.
        """
        return self._fragment(_furniture_fragment(box, edges, self._folders))

    def picture(self, picture: PlacedPicture) -> tuple[int, float, float] | None:
        """The number of a picture's XObject and how large its unit is to be shown; None where it has problems."""
        if _is_vector(picture):
            number = self._fragment(_vector_fragment(picture, self._folders))
            return (number, 1.0, 1.0) if number else None
        key = _key(picture)
        if key not in self._placed:
            coming = self._coming.pop(key, None)
            try:
                self._placed[key] = self._place(coming.result() if coming else self._convert(picture))
            except images.BadPicture as error:
                self._placed[key] = None
                self.problems.append(_unreadable(picture, str(error)))
        number = self._placed[key]
        return (number, picture.width, picture.height) if number else None

    def spots(self, number: int) -> tuple[Colour, ...]:
        """The spot colours of an XObject."""
        return self._spots.get(number, ())

    def addresses(self, number: int) -> tuple[PrintedAddress, ...]:
        """The addresses that an XObject prints, which are links on a screen."""
        return self._addresses.get(number, ())

    def _fragment(self, fragment: FurnitureFragment) -> int | None:
        key = (fragment.html, fragment.css, fragment.base, fragment.width, fragment.height, fragment.edges)
        if key not in self._placed:
            form, problems = self._furniture.fragment(fragment)
            self.problems.extend(problem for problem in problems if problem not in self.problems)
            self._placed[key] = self._place(form) if form else None
        return self._placed[key]

    def _convert(self, picture: PlacedPicture) -> FormXObject:
        data = images.read_picture(Path(picture.file), self._folders)
        return images.convert_picture(data, picture.width, picture.height, picture.crop, self._target, self._store)

    def _place(self, form: FormXObject) -> int:
        for glyph in form.glyphs:
            self._fonts[glyph.face].adopt(glyph)
        number = form.place(self._writer, self._fonts.number)
        self._spots[number] = form.inks
        self._addresses[number] = form.addresses
        return number


def order_fragments(page: Page, furniture: FurnitureForms, bleed: float, folders: tuple[str, ...]) -> None:
    """Queues a page's furniture and vector pictures at the WeasyPrint worker, where there is one."""
    for box in page.boxes:
        if box.kind == "furniture":
            furniture.order(_furniture_fragment(box, edges_of(box, page, bleed), folders))
    for picture in page.pictures:
        if _is_vector(picture):
            furniture.order(_vector_fragment(bled_picture(picture, page, bleed), folders))


def _furniture_fragment(
    box: Box, edges: tuple[float, float, float, float], folders: tuple[str, ...]
) -> FurnitureFragment:
    return FurnitureFragment(
        box.html, box.css, box.base, box.width, box.height, box.name, box.mark, edges=edges, folders=folders
    )


def _key(picture: PlacedPicture) -> tuple[object, ...]:
    return picture.file, picture.crop, picture.width, picture.height


def _is_vector(picture: PlacedPicture) -> bool:
    return picture.file.lower().endswith((".svg", ".svgz"))


def _vector_fragment(picture: PlacedPicture, folders: tuple[str, ...]) -> FurnitureFragment:
    """A vector picture as a fragment: an image so large that its crop fills the box."""
    from urllib.parse import quote

    left, top, right, bottom = picture.crop
    width, height = picture.width / (right - left), picture.height / (bottom - top)
    path = Path(picture.file)
    html = (
        f'<div style="position:absolute;overflow:hidden;width:{picture.width:.4f}pt;height:{picture.height:.4f}pt">'
        f'<img src="{quote(path.name)}" style="position:absolute;left:{-left * width:.4f}pt;top:{-top * height:.4f}pt;'
        f'width:{width:.4f}pt;height:{height:.4f}pt;object-fit:fill"></div>'
    )
    return FurnitureFragment(
        html,
        "",
        str(path.parent),
        picture.width,
        picture.height,
        path.name,
        picture.mark,
        cropped=True,
        folders=folders,
    )


def _unreadable(picture: PlacedPicture, why: str) -> Problem:
    name = Path(picture.file).name
    return Problem(
        "picture-unreadable",
        Message(f"图片 {name} 打不开：{why}", f"picture {name} cannot be read: {why}"),
        Message(
            "换一份完好的文件（JPEG、PNG、TIFF、WebP、SVG）", "use an undamaged file: JPEG, PNG, TIFF, WebP or SVG"
        ),
        picture.mark,
    )
