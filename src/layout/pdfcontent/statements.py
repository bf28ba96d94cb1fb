"""Content streams as statements, and shown text as advances: the hot path, so bytes and regular expressions only."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pikepdf
from msgspec import DecodeError
from msgspec.json import Decoder

from ..errors import Message
from .colour import name_of
from .font_programs import program_fault
from .objects import Damaged, dictionary, integer, item, items, real

# Possessive quantifiers stand on single characters only: on groups they match nothing before Python 3.11.5. The groups
# repeat greedily instead; what follows each begins as no further turn of it could, so going back fails at once, and
# `_TURNS` bounds what the engine keeps to go back to.
_TURNS = rb"{0,1000}"
_REGULAR = rb"[^\s\0()<>\[\]{}/%]"
_PLAIN = rb"[^()\\]*+"
_INNERMOST = _PLAIN + rb"(?:\\." + _PLAIN + rb")*"
_NESTED = _PLAIN + rb"(?:(?:\\.|\(" + _INNERMOST + rb"\))" + _PLAIN + rb")*"
_INSIDE = _PLAIN + rb"(?:(?:\\.|\(" + _NESTED + rb"\))" + _PLAIN + rb")*"
_STRING = rb"\(" + _INSIDE + rb"\)"
_HEXADECIMAL = rb"<[0-9A-Fa-f\s\0]*+>"
_ARRAY = rb"\[[^\[\]()%]*+(?:" + _STRING + rb"[^\[\]()%]*+)*\]"
_KERNS = rb"[-+.0-9\s]*+"
_SHOWN = (
    rb"(?:" + _STRING + rb"|\[" + _KERNS + rb"(?:(?:" + _STRING + rb"|" + _HEXADECIMAL + rb")" + _KERNS + rb")*\]"
    rb"|" + _HEXADECIMAL + rb")"
)
_WORD = rb"[+,\-.0-9]" + _REGULAR + rb"*+"  # a number, or what should be one
_OPERAND = _WORD + rb"|/" + _REGULAR + rb"*+|" + _STRING + rb"|<<|>>|" + _HEXADECIMAL + rb"|" + _ARRAY
_OPERATOR = rb"[^\s\0()<>\[\]{}/%+,\-.0-9]" + _REGULAR + rb"*+"
_COMMENT = rb"%[^\r\n]*+"
_NUMBER = rb"[-+.0-9]++\s++"  # or what looks like one
_SAYS_NOTHING = (
    rb"(?:(?:ET|EMC|/" + _REGULAR + rb"*+\s*+(?:BMC|<<[^<>()%]*+>>\s*+BDC))\s++){0,16}"
)  # bounded: what begins no line is read again
_BETWEEN = _SAYS_NOTHING + rb"(?:BT\s++" + _SAYS_NOTHING + rb")?"
_LINE = _NUMBER * 2 + rb"Td\s++(?:" + _NUMBER + rb"Tc\s++)?" + _SHOWN + rb"\s*+T[jJ](?!" + _REGULAR + rb")\s*+"
_STEP = _NUMBER * 2 + rb"(?:l|" + _NUMBER * 2 + rb"(?:[vy]|" + _NUMBER * 2 + rb"c))\s++|h\s++"
_SUBPATH = _NUMBER * 2 + rb"m\s++(?:" + _STEP + rb"){1,50000}"
_STATEMENT = re.compile(
    rb"\s*+(?:((?:" + _BETWEEN + _LINE + rb"){1,1000})|(" + _SUBPATH + rb")"
    rb"|((?:" + _WORD + rb"\s++)" + _TURNS + rb")(" + _OPERATOR + rb")"
    # At last anything: operands of every kind, comments, and what is no token, which viewers pass over.
    rb"|((?:" + _OPERAND + rb"|" + _COMMENT + rb"|[\s\0]++|[()<>\[\]{}])" + _TURNS + rb")(" + _OPERATOR + rb"|\Z|))",
    re.DOTALL,
)
_TOKEN = re.compile(_OPERAND + rb"|" + _OPERATOR + rb"|" + _COMMENT, re.DOTALL)
_LINE_PARTS = re.compile(
    _SAYS_NOTHING
    + rb"(?:(BT)\s++"
    + _SAYS_NOTHING
    + rb")?(\S++)\s++(\S++)\s++Td\s++(?:(\S++)\s++Tc\s++)?("
    + _SHOWN
    + rb")\s*+T[jJ]\s*+",
    re.DOTALL,
)
_INLINE = re.compile(rb"BI(?<![^\s\0]BI)(?=[\s\0/])")
_END_INLINE = re.compile(rb"(?<=[\s\0>])EI(?=[\s\0]|$)")
_STRINGS = re.compile(rb"\((" + _INSIDE + rb")\)", re.DOTALL)
_PIECE = re.compile(_STRING + rb"|<[^>]*+>|[-+.0-9]++", re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
_NUMERAL = re.compile(rb"[\[\]]|[-+]?(?:\d+\.?\d*|\.\d+)")
_decode_numbers = Decoder(list[float]).decode
_LONG = 8_000_000  # bytes of content whose statements would fill the memory if all were made at once
_MOST_GLYPHS = 512  # of a Type 3 font that are looked at
_REMEMBERED = 50_000  # strings whose advance a font keeps
_LONGEST_REMEMBERED = 4096  # bytes of such a string
_MOST_WIDTHS = 262_144  # of a font: four times as many as it can have glyphs
_MOST_BYTES_OF_WIDTHS = 8 << 20

Statement = tuple[bytes, bytes, bytes, bytes, bytes, bytes]


def statements(data: bytes) -> Iterable[Statement]:
    """What a content stream says, operator by operator; what comes by the thousand, many operators at once.

    A statement is one of three, the other places being empty: lines of text in one font and colour
    (`x y Td (…) Tj`, `Tc` within, `ET … BT` between them); a subpath from its `m` on; or operands and their operator, twice: first
    where the operands are numbers, then where they may be anything. An inline picture is a statement of the operator
    `BI` whose operand goes from `BI` to `EI`.
    """
    if len(data) > _LONG or (b"BI" in data and _INLINE.search(data)):
        return _one_by_one(data)
    return _STATEMENT.findall(data)


def _one_by_one(data: bytes) -> Iterator[Statement]:
    at = 0
    while True:
        for found in _STATEMENT.finditer(data, at):
            if b"BI" in found.group(4, 6):
                start = found.end() - 2
                body = data.find(b"ID", start)
                end = _END_INLINE.search(data, body + 2) if body >= 0 else None
                at = end.end() if end else len(data)
                yield b"", b"", b"", b"", data[start:at], b"BI"
                break
            yield found.groups(b"")  # type: ignore[misc]
        else:
            return


def lines_of_text(chunk: bytes) -> list[tuple[bytes, bytes, bytes, bytes, bytes]]:
    """The lines in a statement of lines: `BT` or nothing, x, y, character space or nothing, and what is shown."""
    return _LINE_PARTS.findall(chunk)


def numbers_in(words: Sequence[bytes]) -> list[float]:
    """Raises ValueError where one is no number."""
    try:
        return _decode_numbers(b"[" + b",".join(words) + b"]")  # three times as fast as `float`, of what JSON knows too
    except DecodeError:
        return list(map(float, words))


def tokens(data: bytes) -> list[bytes]:
    """Operands and operators, one by one. A name, a string or an array of numbers and strings is one token."""
    found = _TOKEN.findall(data)
    return [token for token in found if token[:1] != b"%"] if b"%" in data else found


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
    return _unescaped(inner) if b"\\" in inner else inner


def _unescaped(text: bytes) -> bytes:
    parts = text.split(b"\\\\")  # a run of backslashes begins with an escaped one
    for i, part in enumerate(parts):
        if b"\\" in part:
            part = part.replace(b"\\(", b"(").replace(b"\\)", b")").replace(b"\\\n", b"").replace(b"\\r", b"\r")
            if b"\\" in part:
                return _ESCAPE.sub(_unescape, text)
            parts[i] = part
    return b"\\".join(parts)


def _unescape(found: re.Match[bytes]) -> bytes:
    octal, newline, letter = found.groups()
    if octal:
        return bytes([int(octal, 8) & 255])
    return b"" if newline else _LETTERS.get(letter, letter)


class _Widths(dict[int, float]):
    """Widths by code; a code that has none is as wide as the font says of such."""

    def __init__(self, widths: dict[int, float], default: float) -> None:
        super().__init__(widths)
        self._default = default

    def __missing__(self, code: int) -> float:
        self[code] = self._default
        return self._default


class FontMetrics:
    """What of a font the walk needs: its name, whether it is in the file, and how far its text moves.

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
        self.remembered = 0  # bytes of the strings whose advances are kept
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
        """How far a string or an array of `TJ` moves in thousandths of the size, its glyphs and its word spaces."""
        known = self.advances.get(shown)
        if known is None:
            if len(self.advances) > _REMEMBERED:
                self.forget()
            known = self._array(shown) if shown[:1] == b"[" else self._string(shown)
            if len(shown) <= _LONGEST_REMEMBERED:
                self.advances[shown] = known
                self.remembered += len(shown)
        return known

    def forget(self) -> None:
        """Lets go of the advances that are kept."""
        self.advances.clear()
        self.remembered = 0

    def _string(self, string: bytes) -> tuple[float, int, int]:
        moved, count, spaces = self._measure(string_token(string))
        return self.scale * moved, count, spaces

    def _array(self, array: bytes) -> tuple[float, int, int]:
        parts = _STRINGS.split(array[1:-1])
        between = b" ".join(parts[::2])
        if b"<" in between or between.translate(None, b" \n\r\t\f+-.0123456789"):
            return self._piece_by_piece(array)
        text = b"".join(parts[1::2])
        if b"\\" in text:  # an escape ends with its string: an escaped line break is nothing
            text = _unescaped(b"\\\n".join(parts[1::2]))
        moved, count, spaces = self._measure(text)
        return self.scale * moved - sum(map(float, between.split())), count, spaces

    def _piece_by_piece(self, array: bytes) -> tuple[float, int, int]:
        moved, kerned, count, spaces = 0.0, 0.0, 0, 0
        for piece in _PIECE.findall(array):
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
