"""Content streams as tokens, and text strings as advances: the hot path, so bytes and regular expressions only."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from .colour import name_of

_STRING = rb"\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\))*+\)"
_TOKEN = re.compile(
    rb"[^\s\0()<>\[\]{}/%]++"  # a number or an operator
    rb"|/[^\s\0()<>\[\]{}/%]*+"
    rb"|" + _STRING + rb"|<<|>>|<[0-9A-Fa-f\s\0]*+>"
    rb"|\[(?:[^\[\]()%]++|" + _STRING + rb")*+\]"
    rb"|%[^\r\n]*+",
    re.DOTALL,
)
_INLINE = re.compile(rb"(?<![^\s\0])BI(?=[\s\0/])")
_END_INLINE = re.compile(rb"(?<=[\s\0>])EI(?=[\s\0]|$)")
_PIECE = re.compile(_STRING + rb"|<[^>]*+>|[-+.0-9]++", re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
_NUMBER = re.compile(rb"[\[\]]|[-+]?(?:\d+\.?\d*|\.\d+)")
_LONG = 32_000_000  # bytes of content whose tokens would fill the memory if all were made at once
_MOST_GLYPHS = 512  # of a Type 3 font that are looked at
_REMEMBERED = 50_000  # strings whose advance a font keeps


def tokens(data: bytes) -> Sequence[bytes] | Iterator[bytes]:
    """The tokens of a content stream. An inline picture comes as one token, from `BI` to `EI`.

    A name, a string or an array of numbers and strings is one token. What is no token is passed over, as viewers do.
    """
    if len(data) > _LONG or _INLINE.search(data):
        return _one_by_one(data)
    return _TOKEN.findall(data)


def _one_by_one(data: bytes) -> Iterator[bytes]:
    at = 0
    while True:
        for found in _TOKEN.finditer(data, at):
            token = found.group()
            if token == b"BI":
                start = found.start()
                body = data.find(b"ID", start)
                end = _END_INLINE.search(data, body + 2) if body >= 0 else None
                at = end.end() if end else len(data)
                yield data[start:at]
                break
            yield token
        else:
            return


def name_token(token: bytes) -> str:
    """`/Na#6De` as `/Name`, the way pikepdf spells a dictionary's keys."""
    if b"#" in token:
        token = _HASH.sub(lambda found: bytes([int(found.group(1), 16)]), token)
    return token.decode("utf-8", "surrogateescape")


def string_token(token: bytes) -> bytes:
    """The bytes of a literal `(…)` or hexadecimal `<…>` string."""
    if token[:1] == b"<":
        digits = token[1:-1].translate(None, b" \t\r\n\f\0")
        return bytes.fromhex((digits + b"0" if len(digits) % 2 else digits).decode("ascii", "ignore"))
    inner = token[1:-1]
    return _ESCAPE.sub(_unescape, inner) if b"\\" in inner else inner


def _unescape(found: re.Match[bytes]) -> bytes:
    octal, newline, letter = found.groups()
    if octal:
        return bytes([int(octal, 8) & 255])
    return b"" if newline else _LETTERS.get(letter, letter)


class Font:
    """What of a font the walk needs: its name, whether it is in the file, and how far its text moves.

    A Type 3 font's `scale` comes from its own matrix, and its `glyphs` are content streams with its own `resources`;
    of every other font they are 1 and nothing.
    """

    __slots__ = (
        "_advances",
        "_default",
        "_wide",
        "_widths",
        "embedded",
        "glyphs",
        "is_vertical",
        "name",
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
        self.scale = 1.0
        self.is_vertical = False
        self.glyphs: list[Any] = []
        self.resources: Any = None
        self._wide = subtype == "Type0"
        self._default = 1000.0 if self._wide else 500.0
        self._widths: dict[int, float] = {}
        self._advances: dict[bytes, tuple[float, int, int]] = {}
        if self._wide:
            descendant = font.DescendantFonts[0]
            descriptor = descendant.get("/FontDescriptor")
            encoding = font.get("/Encoding")
            if isinstance(encoding, pikepdf.Name):
                self.is_vertical = name_of(encoding).endswith("V")
            elif isinstance(encoding, pikepdf.Stream):
                self.is_vertical = int(encoding.get("/WMode", 0)) == 1
            self._default = float(descendant.get("/DW", 1000))
            if "/W" in descendant:
                self._widths = _wide_widths(descendant.W)
        else:
            descriptor = font.get("/FontDescriptor")
            if descriptor is not None:
                self._default = float(descriptor.get("/MissingWidth", 0)) or 500.0
            first = int(font.get("/FirstChar", 0))
            self._widths = {first + i: float(w) for i, w in enumerate(font.get("/Widths", ()))}
        if self.type3:
            self.embedded = True
            self.glyphs = [glyph for _, glyph in zip(range(_MOST_GLYPHS), font.CharProcs.values(), strict=False)]
            self.resources = font.get("/Resources")
            self.scale = abs(float(font.FontMatrix[0])) * 1000
        else:
            self.embedded = descriptor is not None and any(
                key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
            )

    def advance(self, token: bytes) -> tuple[float, int, int]:
        """How far a string moves in thousandths of the size, how many glyphs it has and how many word spaces."""
        known = self._advances.get(token)
        if known is None:
            if len(self._advances) > _REMEMBERED:
                self._advances.clear()
            known = self._advances[token] = self._measure(string_token(token))
        return known

    def _measure(self, text: bytes) -> tuple[float, int, int]:
        if not self._wide:
            widths, default = self._widths, self._default
            return sum([widths.get(code, default) for code in text]), len(text), text.count(b" ")
        count = len(text) // 2
        if self.is_vertical:
            return -1000.0 * count, count, 0
        get, default = self._widths.get, self._default
        return sum([get(code, default) for code in struct.unpack(f">{count}H", text[: 2 * count])]), count, 0


def pieces(array: bytes) -> list[bytes]:
    """The strings and numbers of a `TJ` array, in order."""
    return _PIECE.findall(array)


def _wide_widths(array: Any) -> dict[int, float]:
    """The `W` array of a CID font: `first [w w w]` and `first last w`, read as text because it can be long."""
    text = array.unparse(resolved=True)
    if b" R" in text:
        items = (i.unparse(resolved=True) if isinstance(i, pikepdf.Object) else str(i).encode() for i in array)
        text = b"[" + b" ".join(items) + b"]"
    widths: dict[int, float] = {}
    row: list[float] | None = None
    plain: list[float] = []
    for item in _NUMBER.findall(text)[1:-1]:
        if item == b"[":
            row = []
        elif item == b"]":
            if plain and row is not None:
                first = int(plain.pop())
                widths.update(zip(range(first, first + len(row)), row, strict=True))
            row = None
        elif row is not None:
            row.append(float(item))
        else:
            plain.append(float(item))
            if len(plain) == 3:
                start, last, width = plain
                widths.update(dict.fromkeys(range(int(start), min(int(last), 65535) + 1), width))
                plain.clear()
    return widths
