"""The tokeniser of content streams (ISO 32000-1 7.8.2): `operations` one by one, `statements` many at once.

`operations` is the plain form. `statements` is for preflight, which spends its time here: what comes by the thousand, lines
of text and subpaths, is found by one match of a regular expression. `tests/press/test_content_tokens.py` holds both
equal, and holds them against qpdf's parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import DecodeError
from msgspec.json import Decoder

# Possessive quantifiers stand on single characters only: on groups they match nothing before Python 3.11.5. The groups
# repeat greedily instead; what follows each begins as no further turn of it could, so going back fails at once, and
# `_TURNS` bounds the states that the engine stores for going back.
_TURNS = rb"{0,1000}"
_REGULAR = rb"[^\s\0()<>\[\]{}/%]"
_PLAIN = rb"[^()\\]*+"
_INNERMOST = _PLAIN + rb"(?:\\." + _PLAIN + rb")*"
_NESTED = _PLAIN + rb"(?:(?:\\.|\(" + _INNERMOST + rb"\))" + _PLAIN + rb")*"
INSIDE_STRING = _PLAIN + rb"(?:(?:\\.|\(" + _NESTED + rb"\))" + _PLAIN + rb")*"
STRING = rb"\(" + INSIDE_STRING + rb"\)"
_HEXADECIMAL = rb"<[0-9A-Fa-f\s\0]*+>"
_ARRAY = rb"\[[^\[\]()%]*+(?:" + STRING + rb"[^\[\]()%]*+)*\]"
_KERNS = rb"[-+.0-9\s]*+"
_SHOWN = (
    rb"(?:" + STRING + rb"|\[" + _KERNS + rb"(?:(?:" + STRING + rb"|" + _HEXADECIMAL + rb")" + _KERNS + rb")*\]"
    rb"|" + _HEXADECIMAL + rb")"
)
_WORD = rb"[+,\-.0-9]" + _REGULAR + rb"*+"  # a number, or what should be one
_OPERAND = _WORD + rb"|/" + _REGULAR + rb"*+|" + STRING + rb"|<<|>>|" + _HEXADECIMAL + rb"|" + _ARRAY
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
_INLINE = re.compile(rb"BI(?<![^\s\0()<>\[\]{}%]BI)(?!" + _REGULAR + rb")")
_END_INLINE = re.compile(rb"(?<=[\s\0>])EI(?=[\s\0]|$)")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_BEGINS_OPERAND = tuple(bytes([byte]) for byte in b"+,-.0123456789/(<[>")
_KEYWORDS = (b"true", b"false", b"null")  # operands that look like operators
_HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
_decode_numbers = Decoder(list[float]).decode
_LONG = 8_000_000  # bytes of content whose statements would fill the memory if all were made at once

Statement = tuple[bytes, bytes, bytes, bytes, bytes, bytes]


def statements(data: bytes) -> Iterable[Statement]:
    """The operations of a content stream, lines of text and subpaths many operations at once.

    A statement has six places and fills those of one kind: (0) lines of text in one font and colour: `x y Td (…) Tj`,
    `Tc` within, `ET … BT` between them; (1) a subpath from its `m` on; (2, 3) operands that are numbers, and their
    operator; (4, 5) operands of any kind, and their operator. An inline picture is a statement of the operator `BI`
    whose operand goes from `BI` to `EI`.
    """
    if len(data) > _LONG or (b"BI" in data and _INLINE.search(data)):
        return _one_by_one(data)
    return _STATEMENT.findall(data)


def _one_by_one(data: bytes) -> Iterator[Statement]:
    at = 0
    while True:
        for found in _STATEMENT.finditer(data, at):
            if b"BI" in found.group(4, 6):
                at = _end_of_inline_picture(data, found.end())
                yield b"", b"", b"", b"", data[found.end() - 2 : at], b"BI"
                break
            yield found.groups(b"")  # type: ignore[misc]
        else:
            return


class Operation(NamedTuple):
    """An operator with its operands; `source` is the text of both as it stands in the stream.

    An inline picture is one operation `BI` whose operand goes from `BI` to `EI`.
    """

    operator: bytes
    operands: list[bytes]
    source: bytes


def operations(data: bytes) -> Iterator[Operation]:
    """The operations of a content stream, one by one; operands that no operator follows are left out.

    A name, a string or an array of numbers and strings is one operand; of any other array and of a dictionary each
    token is one. What is no token is passed over, as viewers do.
    """
    at = 0
    while True:
        operands: list[bytes] = []
        start = -1
        for found in _TOKEN.finditer(data, at):
            token = found.group()
            if token[:1] == b"%":
                continue
            if start < 0:
                start = found.start()
            if token[:1] in _BEGINS_OPERAND or token in _KEYWORDS:
                operands.append(token)
                continue
            if token == b"BI":
                at = _end_of_inline_picture(data, found.end())
                yield Operation(b"BI", [data[found.start() : at]], data[found.start() : at])
                break
            yield Operation(token, operands, data[start : found.end()])
            operands, start = [], -1
        else:
            return


def _end_of_inline_picture(data: bytes, start: int) -> int:
    """Where the picture ends whose `BI` ends at `start`: behind its `EI`, or at the end of the stream."""
    body = data.find(b"ID", start)
    end = _END_INLINE.search(data, body + 2) if body >= 0 else None
    return end.end() if end else len(data)


def lines_of_text(chunk: bytes) -> list[tuple[bytes, bytes, bytes, bytes, bytes]]:
    """The lines in a statement of lines: `BT` or nothing, x, y, character space or nothing, and what is shown."""
    return _LINE_PARTS.findall(chunk)


def numbers_in(words: Sequence[bytes]) -> list[float]:
    """Raises ValueError where one is no number."""
    try:
        return _decode_numbers(
            b"[" + b",".join(words) + b"]"
        )  # three times as fast as `float`, for the numbers that JSON allows
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
    return unescaped(inner) if b"\\" in inner else inner


def unescaped(text: bytes) -> bytes:
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
