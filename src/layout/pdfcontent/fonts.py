"""The metrics of a PDF's fonts: the advances of strings that content streams show (ISO 32000-1 9.2.4, 9.7.4.3)."""

from __future__ import annotations

import re
import sys
from array import array
from typing import Any

import pikepdf

from ..errors import Message
from .colour import name_of
from .font_programs import program_fault
from .objects import Damaged, dictionary, integer, item, items, real
from .statements import INSIDE_STRING, STRING, string_token, unescaped

_STRINGS = re.compile(rb"\((" + INSIDE_STRING + rb")\)", re.DOTALL)
_ELEMENT = re.compile(STRING + rb"|<[^>]*+>|[-+.0-9]++", re.DOTALL)  # of an array that TJ shows
_NUMERAL = re.compile(rb"[\[\]]|[-+]?(?:\d+\.?\d*|\.\d+)")
_MOST_GLYPHS = 512  # of a Type 3 font whose content is interpreted
_MOST_ADVANCES = 50_000  # strings whose advance a font caches
_LONGEST_CACHED = 4096  # bytes of such a string
_MOST_WIDTHS = 262_144  # of a font: four times as many as it can have glyphs
_MOST_BYTES_OF_WIDTHS = 8 << 20


class _Widths(dict[int, float]):
    """Widths by code; a code without one has the font's default width."""

    def __init__(self, widths: dict[int, float], default: float) -> None:
        super().__init__(widths)
        self._default = default

    def __missing__(self, code: int) -> float:
        self[code] = self._default
        return self._default


class FontMetrics:
    """A font's name, whether it is embedded, and the advances of its text.

    A Type 3 font's `scale` comes from its own matrix, and its `glyphs` are content streams with its own `resources`;
    of every other font they are 1 and nothing.
    """

    __slots__ = (
        "_wide",
        "_widths",
        "advances",
        "embedded",
        "fault",
        "glyphs",
        "is_vertical",
        "name",
        "remembered",
        "resources",
        "scale",
        "type3",
    )

    def __init__(self, font: Any) -> None:
        self.name = name_of(font.get("/BaseFont", font.get("/Name", pikepdf.Name("/?"))))
        if self.name[6:7] == "+":
            self.name = self.name[7:]
        subtype = name_of(font.get("/Subtype", pikepdf.Name("/?")))
        self.type3 = subtype == "Type3"
        self.fault: Message | None = None  # what is wrong with its program (rule X12)
        self.scale = 1.0
        self.is_vertical = False
        self.glyphs: list[Any] = []
        self.resources: Any = None
        self._wide = subtype == "Type0"
        default = 1000.0 if self._wide else 500.0
        widths: dict[int, float] = {}
        self.advances: dict[bytes, tuple[float, int, int]] = {}
        self.remembered = 0  # bytes of the strings whose advances are cached
        if self._wide:
            descendant = dictionary(item(font.get("/DescendantFonts"), 0))
            descriptor = descendant.get("/FontDescriptor")
            encoding = font.get("/Encoding")
            if isinstance(encoding, pikepdf.Name):
                self.is_vertical = name_of(encoding).endswith("V")
            elif isinstance(encoding, pikepdf.Stream):
                self.is_vertical = integer(encoding.get("/WMode", 0)) == 1
            default = real(descendant.get("/DW", 1000))
            if "/W" in descendant:
                widths = _wide_widths(descendant.W)
        else:
            descriptor = font.get("/FontDescriptor")
            if descriptor is not None:
                default = real(dictionary(descriptor).get("/MissingWidth", 0)) or 500.0
            first = integer(font.get("/FirstChar", 0))
            widths = {first + i: real(w) for i, w in zip(range(_MOST_WIDTHS), items(font.get("/Widths")), strict=False)}
        self._widths = _Widths(widths, default)
        if self.type3:
            self.embedded = True
            glyphs = dictionary(font.get("/CharProcs")).values()
            self.glyphs = [glyph for _, glyph in zip(range(_MOST_GLYPHS), glyphs, strict=False)]
            self.resources = font.get("/Resources")
            self.scale = abs(real(item(font.get("/FontMatrix"), 0))) * 1000
        else:
            self.embedded = descriptor is not None and any(
                key in dictionary(descriptor) for key in ("/FontFile", "/FontFile2", "/FontFile3")
            )
            holder = name_of(dictionary(descendant).get("/Subtype", "")) if self._wide else subtype
            self.fault = program_fault(holder, descriptor) if self.embedded else None

    def advance(self, shown: bytes) -> tuple[float, int, int]:
        """The advance of a string or an array of `TJ` in thousandths of the size, its number of glyphs and of word spaces."""
        known = self.advances.get(shown)
        if known is None:
            if len(self.advances) > _MOST_ADVANCES:
                self.clear_cache()
            known = self._array(shown) if shown[:1] == b"[" else self._string(shown)
            if len(shown) <= _LONGEST_CACHED:
                self.advances[shown] = known
                self.remembered += len(shown)
        return known

    def clear_cache(self) -> None:
        """Clears the cached advances."""
        self.advances.clear()
        self.remembered = 0

    def _string(self, string: bytes) -> tuple[float, int, int]:
        moved, count, spaces = self._measure(string_token(string))
        return self.scale * moved, count, spaces

    def _array(self, array: bytes) -> tuple[float, int, int]:
        parts = _STRINGS.split(array[1:-1])
        between = b" ".join(parts[::2])
        if b"<" in between or between.translate(None, b" \n\r\t\f+-.0123456789"):
            return self._element_by_element(array)
        text = b"".join(parts[1::2])
        if b"\\" in text:  # an escape ends with its string: an escaped line break is nothing
            text = unescaped(b"\\\n".join(parts[1::2]))
        moved, count, spaces = self._measure(text)
        return self.scale * moved - sum(map(float, between.split())), count, spaces

    def _element_by_element(self, array: bytes) -> tuple[float, int, int]:
        moved, kerned, count, spaces = 0.0, 0.0, 0, 0
        for piece in _ELEMENT.findall(array):
            if piece[0] in b"(<":
                more, glyphs, blanks = self._measure(string_token(piece))
                moved, count, spaces = moved + more, count + glyphs, spaces + blanks
            else:
                kerned += float(piece)
        return self.scale * moved - kerned, count, spaces

    def _measure(self, text: bytes) -> tuple[float, int, int]:
        if not self._wide:
            return sum(map(self._widths.__getitem__, text)), len(text), text.count(b" ")
        count = len(text) // 2
        if self.is_vertical:
            return -1000.0 * count, count, 0
        codes = array("H", text if len(text) == 2 * count else text[:-1])
        if sys.byteorder == "little":
            codes.byteswap()
        return sum(map(self._widths.__getitem__, codes)), count, 0


def _wide_widths(array: Any) -> dict[int, float]:
    """The `W` array of a CID font: `first [w w w]` and `first last w`, read as text because it can be long."""
    if not isinstance(array, pikepdf.Array):
        raise Damaged("no widths")
    text = array.unparse(resolved=True)
    if b" R" in text:
        parts, length = [], 0
        for entry in array:
            parts.append(entry.unparse(resolved=True) if isinstance(entry, pikepdf.Object) else str(entry).encode())
            length += len(parts[-1])
            if length > _MOST_BYTES_OF_WIDTHS:
                raise Damaged("too many widths")
        text = b"[" + b" ".join(parts) + b"]"
    if len(text) > _MOST_BYTES_OF_WIDTHS:
        raise Damaged("too many widths")
    widths: dict[int, float] = {}
    row: list[float] | None = None
    plain: list[float] = []
    left = _MOST_WIDTHS
    for word in _NUMERAL.findall(text)[1:-1]:
        if word == b"[":
            row = []
        elif word == b"]":
            if plain and row is not None:
                first = int(plain.pop())
                widths.update(zip(range(first, first + len(row)), row, strict=True))
            row = None
        elif row is not None:
            row.append(float(word))
        else:
            plain.append(real(float(word)))
            if len(plain) == 3:
                start, last, width = plain
                first, end = max(int(start), 0), int(min(last, 65535)) + 1
                left -= max(end - first, 0)
                if left < 0:
                    raise Damaged("too many widths")
                widths.update(dict.fromkeys(range(first, end), width))
                plain.clear()
    return widths
