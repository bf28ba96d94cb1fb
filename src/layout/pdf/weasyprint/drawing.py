"""A drawing: one page that WeasyPrint has drawn, in the form in which it is imported, by either API."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct


class DrawnFont(Struct, frozen=True):
    """A font that a drawing shows. `name` is that of its resource; `widths` are in thousandths of an em, by glyph.

    `glyph_count` is that of the whole font, None where the drawing has only a subset of it.
    """

    name: str
    family: str
    weight: int
    glyph_count: int | None
    widths: Mapping[int, float]
    to_unicode: Mapping[int, str]


class DrawnStream(Struct, frozen=True):
    """A stream: the entries of its dictionary, and its content without filters."""

    extra: Mapping[str, Any]
    content: bytes


class Drawing(Struct, frozen=True):
    """`pages` are their dictionaries; `resolve` is the object that a reference stands for, and of a value itself.

    A dictionary is a mapping whose keys have no solidus, a name a string that has one, a stream a `DrawnStream`.
    """

    fonts: Sequence[DrawnFont]
    pages: Sequence[Mapping[str, Any]]
    resolve: Callable[[Any], Any]
