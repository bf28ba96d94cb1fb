"""The private names of WeasyPrint and pydyf that are used, in one table, and the drawing that uses them.

`quick_drawing` takes a drawing from WeasyPrint before it reads the fonts' files and cuts subsets, which takes longer than
to draw; the library embeds its own subsets. It is used with the versions of `HELD_TO` alone. With others
`public_api.plain_drawing` reads the finished PDF; `tests/pdf/test_weasyprint_ways.py` holds that both draw the same.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

from ...errors import Message, Problem, Severity
from ...runtime.store import versions
from .drawing import Drawing, DrawnFont, DrawnStream

# The versions in which everything in `PRIVATE_NAMES` was checked; `pyproject.toml` pins the same.
HELD_TO = {"weasyprint": "70.0", "pydyf": "0.13.0"}


class PrivateName(NamedTuple):
    """`name` is looked up in `module`; without one it is a fact about values, held by the tests of furniture."""

    module: str
    name: str
    use: str


PRIVATE_NAMES = (
    PrivateName("weasyprint.document", "Document.make_bookmark_tree", "called after painting, before fonts are subset"),
    PrivateName("weasyprint.pdf.fonts", "get_hb_object_data", "reads a font's file; replaced by nothing"),
    PrivateName("weasyprint.pdf.fonts", "Font", "family, weight, glyph_count, hash, widths, to_unicode of a font"),
    PrivateName("", "Document.fonts", "the fonts that were shown, by their keys"),
    PrivateName("", "PDF.objects, PDF.pages, Stream.stream", "the objects of a pydyf.PDF before it is written"),
    PrivateName("", "i‹MD5 of its address›‹0 or 1›", "the resource name of a picture; by the public way too"),
    PrivateName("", "lab-d50, lab-d65", "the resource names of CIE Lab spaces; by the public way too"),
    PrivateName("", "at ‹line›:‹column›", "the place in a message about a style sheet; by the public way too"),
    PrivateName("", "find_library, fontTools.subset", "what importing it runs: see `engine.open_weasyprint`"),
)


@lru_cache(1)
def installed_versions() -> dict[str, str]:
    """The versions of WeasyPrint and pydyf that are installed; one that is not is left out."""
    folders = [folder.removesuffix(".dist-info") for folder in versions(*HELD_TO).split()[1:]]
    return dict(reversed([(name, version) for name, _, version in (each.partition("-") for each in folders)]))


def is_held_version() -> bool:
    """Whether the versions are those that the private names are held to."""
    return installed_versions() == HELD_TO


def version_problem() -> Problem | None:
    """The warning that other versions are installed and furniture is drawn by the slower public API."""
    if is_held_version():
        return None
    found = " ".join(f"{name} {installed_versions().get(name, '?')}" for name in HELD_TO)
    wanted = " ".join(f"{name}=={version}" for name, version in HELD_TO.items())
    return Problem(
        "weasyprint-version",
        Message(
            f"装的是 {found}，本程序按 {wanted} 核对过：边饰改用公开接口绘制，较慢",
            f"{found} is installed, this program is held to {wanted}: furniture is drawn by the public API, which is slower",
        ),
        Message(f"装回核对过的版本：pip install {wanted}", f"install the held versions: pip install {wanted}"),
        severity=Severity.WARNING,
    )


@contextmanager
def replaced_function(module: ModuleType, name: str, ours: Callable[..., Any]) -> Iterator[None]:
    """Replaces a function of a module by `ours` in this thread for the length of the block."""
    theirs, us = getattr(module, name), threading.get_ident()

    def either(*args: Any, **options: Any) -> Any:
        return (ours if threading.get_ident() == us else theirs)(*args, **options)

    setattr(module, name, either)
    try:
        yield
    finally:
        setattr(module, name, theirs)


class _Finished(Exception):
    """Ends WeasyPrint's work: the drawing is complete."""


def quick_drawing(document: Any) -> Drawing:
    """A rendered document as a drawing, without its fonts' files being read."""
    shown: list[DrawnFont] = []
    taken: list[Any] = []

    def set_fonts_aside(*_: Any, **__: Any) -> list[Any]:
        shown.extend(
            DrawnFont(font.hash, font.family, font.weight, font.glyph_count, font.widths, font.to_unicode)
            for font in document.fonts.values()
        )
        document.fonts.clear()
        return []

    def take(_: Any, pdf: Any) -> None:
        taken.append(pdf)
        raise _Finished

    document.make_bookmark_tree = set_fonts_aside
    with (
        suppress(_Finished),
        replaced_function(import_module("weasyprint.pdf.fonts"), "get_hb_object_data", lambda *_: b""),
    ):
        document.write_pdf(finisher=take)
    (pdf,) = taken

    def resolve(value: Any) -> Any:
        if isinstance(value, bytes) and value.endswith(b" R"):
            value = pdf.objects[int(value.split()[0])]
        elif isinstance(value, int):
            value = pdf.objects[value]
        if hasattr(value, "stream"):
            items = (item.encode() if isinstance(item, str) else item for item in value.stream)
            return DrawnStream(value.extra, b"\n".join(getattr(item, "data", item) for item in items))
        return value

    # `Kids` holds numbers of generation and letters of references between the numbers of objects.
    return Drawing(shown, [resolve(kid) for kid in pdf.pages["Kids"][::3]], resolve)
