"""A form or image XObject with the objects that it needs, independent of a file, so that it can be stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from msgspec import Struct

from ..composition import Colour
from .writer import Writer

# In an object's dictionary NUL n NUL stands for "n 0 R" of the form's nth object, NUL @face NUL for that face's font.
NUMBER_PLACEHOLDER = b"\0"


class ShownGlyph(Struct, frozen=True):
    """A glyph that a form shows: its number in the face, its advance in thousandths of an em, its text."""

    face: str
    number: int
    advance: int
    text: str


class PrintedAddress(Struct, frozen=True):
    """An address that a form prints, and its target; its box in pt from the form's lower left corner."""

    link: str
    x: float
    y: float
    width: float
    height: float


class FormXObject(Struct, frozen=True):
    """Objects, each after those it refers to; the last is a form or an image XObject.

    An image fills the unit square, a form its own size (`width`, `height` in pt). `inks` are its spot colours,
    `addresses` what are links on a screen.
    """

    objects: tuple[tuple[bytes, bytes | None], ...]
    width: float = 1.0
    height: float = 1.0
    glyphs: tuple[ShownGlyph, ...] = ()
    inks: tuple[Colour, ...] = ()
    addresses: tuple[PrintedAddress, ...] = ()

    def pack(self) -> bytes:
        facts = {
            "size": [self.width, self.height],
            "glyphs": [[glyph.face, glyph.number, glyph.advance, glyph.text] for glyph in self.glyphs],
            "inks": [[ink.c, ink.m, ink.y, ink.k, ink.spot] for ink in self.inks],
            "addresses": [[one.link, one.x, one.y, one.width, one.height] for one in self.addresses],
            "lengths": [[len(head), -1 if data is None else len(data)] for head, data in self.objects],
        }
        head = json.dumps(facts, separators=(",", ":")).encode()
        parts = [b"%d\n" % len(head), head]
        for object_head, data in self.objects:
            parts.append(object_head)
            parts.append(data or b"")
        return b"".join(parts)

    @classmethod
    def unpack(cls, packed: bytes) -> FormXObject:
        """Raises ValueError, KeyError or TypeError on what `pack` did not write."""
        start = packed.index(b"\n") + 1
        at = start + int(packed[: start - 1])
        facts = json.loads(packed[start:at])
        objects: list[tuple[bytes, bytes | None]] = []
        for head, data in facts["lengths"]:
            body = None if data < 0 else packed[at + head : at + head + data]
            objects.append((packed[at : at + head], body))
            at += head + max(data, 0)
        glyphs = tuple(ShownGlyph(*values) for values in facts["glyphs"])
        width, height = facts["size"]
        inks = tuple(Colour(*ink) for ink in facts["inks"])
        return cls(
            tuple(objects), width, height, glyphs, inks, tuple(PrintedAddress(*one) for one in facts["addresses"])
        )

    def place(self, writer: Writer, font: Callable[[str], int]) -> int:
        """Writes its objects into a file, those excepted that the file has already; the XObject's number."""
        numbers: list[int] = []
        for head, data in self.objects:
            numbers.append(writer.once(_filled(head, numbers, font), data))
        return numbers[-1]


def _filled(head: bytes, numbers: Sequence[int], font: Callable[[str], int]) -> bytes:
    if NUMBER_PLACEHOLDER not in head:
        return head
    parts = head.split(NUMBER_PLACEHOLDER)
    for index in range(1, len(parts), 2):
        hole = parts[index]
        number = font(hole[1:].decode()) if hole.startswith(b"@") else numbers[int(hole)]
        parts[index] = b"%d 0 R" % number
    return b"".join(parts)
