"""Content streams by chance, and the operations that a parser finds in one, in a form that can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from random import Random
from typing import Any

import pikepdf

from layout.pdfcontent.statements import Statement, lines_of_text, name_token, operations, string_token, tokens

KEYWORDS = {b"true": True, b"false": False, b"null": None}

Found = tuple[bytes, tuple[Any, ...]]  # an operator and its operands

_NUMBERS = ("0", "1", "-1", "+3", "12.5", "-.5", "4.", "0.0", "-0", "1234567", "00012", "+.25", "595.2756")
_NAMES = ("/F1", "/GS0", "/A#20B", "/", "/#e6#96#87", "/Na.me-1", "/DeviceCMYK", "/a:b", "/P&Q")
_STRINGS = ("()", "(a)", "(a(b)c)", "(\\(\\))", "(\\\\)", "(\\101\\7z)", "(a\\\nb)", "(\\n\\r\\t\\b\\f\\q)", "(%no)", "(((x)))", "(/N 1)",
            "<>", "<00ff>", "<0 0 A>", "<0a\n0B>")  # fmt: skip
_DICTIONARIES = ("<<>>", "<</MCID 3>>", "<</A(b)/C/D>>", "<</A<</B 1>>>>", "<</L[1 2]/M true/N null>>")
_SPACES = (" ", "\n", "\r\n", "\t", "  ", "\f", "\0", " % 1 ] (2 <<\n", "\r")
_FRAGMENTS = (
    b"(",
    b")",
    b"[",
    b"]",
    b"<",
    b">",
    b"<<",
    b">>",
    b"{",
    b"}",
    b"%",
    b"/",
    b"--",
    b"1.2.3",
    b"\\",
    b"true",
    b"\xff\xfe",
)
_OPERATORS = {
    "q": "", "Q": "", "cm": "nnnnnn", "w": "n", "J": "n", "d": "an", "gs": "N", "m": "nn", "l": "nn", "c": "nnnnnn", "v": "nnnn", "y": "nnnn",
    "h": "", "re": "nnnn", "S": "", "s": "", "f": "", "f*": "", "B": "", "B*": "", "b": "", "b*": "", "n": "", "W": "", "W*": "", "BT": "",
    "ET": "", "Tc": "n", "Tw": "n", "Tz": "n", "TL": "n", "Tf": "Nn", "Tr": "n", "Ts": "n", "Td": "nn", "TD": "nn", "Tm": "nnnnnn", "T*": "",
    "Tj": "s", "TJ": "t", "'": "s", '"': "nns", "CS": "N", "cs": "N", "SCN": "nN", "scn": "nnnn", "G": "n", "g": "n", "RG": "nnn", "rg": "nnn",
    "K": "nnnn", "k": "nnnn", "sh": "N", "Do": "N", "BMC": "N", "BDC": "ND", "DP": "ND", "EMC": "", "BX": "", "EX": "", "ri": "N",
}  # fmt: skip


def _operand(random: Random, kind: str) -> str:
    match kind:
        case "n":
            return random.choice(_NUMBERS)
        case "N":
            return random.choice(_NAMES)
        case "s":
            return random.choice(_STRINGS)
        case "D":
            return random.choice((*_DICTIONARIES, "/MC0"))
        case "a":
            return "[" + " ".join(random.choices(_NUMBERS, k=random.randrange(4))) + "]"
        case _:
            return (
                "["
                + random.choice(("", " ")).join(
                    random.choices((*_STRINGS, " -120 ", " 33.5 "), k=random.randrange(1, 6))
                )
                + "]"
            )


def _line(random: Random) -> str:
    """A line of text as most programs write it."""
    spacing = random.choice(("", "0.2 Tc "))
    shown = random.choice((_operand(random, "s") + " Tj", _operand(random, "t") + "TJ"))
    return f"{random.choice(_NUMBERS)} {random.choice(_NUMBERS)} Td {spacing}{shown}"


def _subpath(random: Random) -> str:
    parts = [" ".join(random.choices(_NUMBERS, k=2)) + " m"]
    for _ in range(random.randrange(1, 6)):
        operator = random.choice("lvych")
        parts.append(" ".join((*random.choices(_NUMBERS, k=len(_OPERATORS[operator])), operator)))
    return "\n".join(parts)


def _inline_picture(random: Random) -> str:
    data = bytes(random.choices(range(65, 91), k=random.randrange(2, 30))).decode()
    return f"BI /W 1 /H 1 /BPC 8 /CS /G ID {data}\nEI"


def good_stream(random: Random) -> bytes:
    """Operators with operands that they can have, in no sensible order, with every kind of white space between them."""
    parts: list[str] = []
    for _ in range(random.randrange(1, 40)):
        chance = random.random()
        if chance < 0.25:
            parts += [_line(random) for _ in range(random.randrange(1, 4))]
        elif chance < 0.4:
            parts.append(_subpath(random))
        elif chance < 0.43:
            parts.append(_inline_picture(random))
        else:
            operator = random.choice(list(_OPERATORS))
            parts.append(
                random.choice(_SPACES).join((*(_operand(random, kind) for kind in _OPERATORS[operator]), operator))
            )
    content = parts[0]
    for part in parts[1:]:
        content += random.choice(_SPACES if random.random() < 0.2 else (" ", "\n")) + part
    return content.encode("latin-1")


def broken_stream(random: Random) -> bytes:
    """A good stream with bytes removed, added, doubled or changed."""
    data = bytearray(good_stream(random))
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.randrange(len(data) + 1)
        match random.randrange(4):
            case 0:
                del data[at : at + random.choice((1, 1, 3, 20))]
            case 1:
                data[at:at] = random.choice(_FRAGMENTS)
            case 2:
                data[at:at] = data[max(at - 7, 0) : at]
            case _ if at < len(data):
                data[at] = random.randrange(256)
    return bytes(data)


def by_qpdf(data: bytes) -> list[Found]:
    """Raises pikepdf.PdfError and ValueError where the library cannot parse the stream."""
    with pikepdf.new() as pdf:
        return [
            (b"BI", ()) if bytes(operator) == b"INLINE IMAGE" else (bytes(operator), tuple(map(_of_qpdf, operands)))
            for operands, operator in pikepdf.parse_content_stream(pdf.make_stream(data))
        ]


def _of_qpdf(value: Any) -> Any:
    if isinstance(value, pikepdf.Array):
        return [_of_qpdf(item) for item in value]
    if isinstance(value, pikepdf.Dictionary):
        return {name: _of_qpdf(item) for name, item in value.items()}
    if isinstance(value, pikepdf.String):
        return bytes(value)
    if isinstance(value, pikepdf.Name):
        return name_token(bytes(value))
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return float(value) + 0.0  # there is one nought
    return value


def by_operations(data: bytes) -> list[Found]:
    return [(operator, _operands(operands, operator)) for operator, operands, _ in operations(data)]


def by_statements(found: Iterable[Statement]) -> list[Found]:
    """Statements taken apart again. `true`, `false` and `null` stand in them as operators: nothing that preflight
    interprets has such an operand."""
    told: list[Found] = []
    before: list[bytes] = []
    for lines, subpath, numbers, operator, operands, name in found:
        if lines:
            told += _of_lines(lines)
        elif subpath:
            told += by_operations(subpath)
        elif operator or name:
            all_operands = [*before, *([] if name == b"BI" else numbers.split() if operator else tokens(operands))]
            before = []
            if (operator or name) in KEYWORDS:
                before = [*all_operands, operator or name]
            else:
                told.append((operator or name, _operands(all_operands, operator or name)))
    return told


def _of_lines(lines: bytes) -> Iterator[Found]:
    for begins, x, y, spacing, shown in lines_of_text(lines):
        if begins:
            yield b"BT", ()
        yield b"Td", (_value(x), _value(y))
        if spacing:
            yield b"Tc", (_value(spacing),)
        yield b"Tj", (_value(shown),)


def _operands(found: list[bytes], operator: bytes) -> tuple[Any, ...]:
    if operator == b"BI":
        return ()
    return tuple(_structured(iter(found), b""))


def _structured(found: Iterator[bytes], end: bytes) -> Iterator[Any]:
    for token in found:
        if token == end:
            return
        if token == b"<<":
            entries = list(_structured(found, b">>"))
            yield {str(name): value for name, value in zip(entries[::2], entries[1::2], strict=False)}
        else:
            yield _value(token)


def _value(token: bytes) -> Any:
    if token[:1] in b"(<" and token != b"<<":
        return string_token(token)
    if token[:1] == b"/":
        return name_token(token)
    if token[:1] == b"[":
        return [_value(item) for item in tokens(token[1:-1])]
    if token in KEYWORDS:
        return KEYWORDS[token]
    try:
        return float(token) + 0.0
    except ValueError:
        return token
