"""Lines of text and subpaths, which preflight reads many at once, leave the marks that their operators leave one by one."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary
from press_sheets import clean, font, page_one

from layout.pdfcontent.interpreter import ContentInterpreter
from layout.pdfcontent.painted import PaintedMark, PaintedText
from layout.pdfcontent.resources import DocumentResources
from layout.pdfcontent.statements import lines_of_text
from layout.pdfcontent.text_interpreter import TextInterpreter
from layout.press.preflight.walker import walk_page

_NUMBERS = ("0", "1", "-1", "12.5", "-.5", "4.", "200", "-14", "--5", "1.2.3")  # two of them are none
_SHOWN = (
    "<00050006> Tj",
    "(\\000\\005) Tj",
    "[<0005> 500 <0006>] TJ",
    "[(\\000\\005)-30(\\000\\006)]TJ",
    "() Tj",
    "[1.2.3 <0005>]TJ",
)
_BETWEEN = ("ET EMC /P BMC BT ", "ET BT ", "EMC /P<</MCID 1>>BDC ", "", "", "")
_STATES = (
    "", "0.5 0 0 0.5 10 10 cm", "0 1 -1 0 300 0 cm", "1 0 0 -1 0 400 cm", "0 0 110 290 re W n", "2 Tr", "3 Tr", "/On gs", "3 Ts", "120 Tz",
    "0.3 Tc 2 Tw", "0 0 0 1 k", "1 0 0 1 50 60 Tm", "0.9 0.1 0 1 50 60 Tm", "/V 8 Tf",
)  # fmt: skip


def lines(random: Random) -> str:
    parts = []
    for _ in range(random.randrange(1, 8)):
        x, y = random.choices(_NUMBERS[: random.choice((8, 8, 10))], k=2)
        spacing = random.choice(("", "", f"{random.choice(_NUMBERS)} Tc "))
        parts.append(f"{random.choice(_BETWEEN)}{x} {y} Td {spacing}{random.choice(_SHOWN)}")
    return "\n".join(parts)


def subpath(random: Random) -> str:
    parts = [" ".join(random.choices(_NUMBERS[:8], k=2)) + " m"]
    for _ in range(random.randrange(1, 6)):
        operator, count = random.choice((("l", 2), ("l", 2), ("v", 4), ("y", 4), ("c", 6), ("h", 0)))
        parts.append(" ".join((*random.choices(_NUMBERS[: random.choice((8, 8, 10))], k=count), operator)))
    return " ".join(parts) + random.choice((" f", " S", " B", " W n"))


def stream(random: Random) -> bytes:
    parts = []
    for _ in range(random.randrange(1, 6)):
        state = random.choice(_STATES)
        if random.random() < 0.7:
            parts.append(f"q BT /F 10 Tf {state} {lines(random)} ET Q")
        else:
            parts.append(f"q {state} {subpath(random)} Q")
    return "\n".join(parts).encode()


@pytest.fixture(scope="module")
def sheet() -> pikepdf.Pdf:
    pdf = clean(1)
    page = page_one(pdf)
    face, vertical = font(pdf), font(pdf)
    face.DescendantFonts[0].W = Array([5, Array([500, 250])])
    vertical.Encoding = pikepdf.Name("/Identity-V")
    page.Resources.Font = Dictionary(F=face, V=vertical)
    page.Resources.ExtGState = Dictionary(On=Dictionary(op=True, OPM=1))
    return pdf


def marks(pdf: pikepdf.Pdf, data: bytes) -> list[tuple[Any, ...]]:
    """The marks of a page with this content, in a form that can be compared: texts line by line, in the order of paint."""
    page = page_one(pdf)
    page.Contents = pdf.make_stream(data)
    found = []
    for mark in walk_page(page, DocumentResources()):
        if isinstance(mark, PaintedText):
            look = mark.appearance
            rest = (round(look.size, 6), look.font.name, look.colour.values, look.overprint, look.is_plain)
            found += [("text", _rounded(line), rest) for line in mark.lines]
        else:
            found.append((type(mark).__name__, _rounded(mark.box), _rest(mark)))
    return found


def _rounded(box: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(round(value, 6) + 0.0 for value in box)


def _rest(mark: PaintedMark) -> tuple[Any, ...]:
    return tuple(
        round(value, 6) if isinstance(value, float) and math.isfinite(value) else getattr(value, "values", value)
        for value in mark[1:]
    )


def test_both_ways_leave_the_same_marks(sheet: pikepdf.Pdf, monkeypatch: pytest.MonkeyPatch) -> None:
    streams = [stream(Random(seed)) for seed in range(600)]
    fast = [marks(sheet, data) for data in streams]
    monkeypatch.setattr(TextInterpreter, "lines", lambda self, chunk: self._one_by_one(lines_of_text(chunk)))
    monkeypatch.setattr(ContentInterpreter, "subpath", ContentInterpreter._step_by_step)
    for seed, (data, found) in enumerate(zip(streams, fast, strict=True)):
        assert found == marks(sheet, data), (seed, data)
    assert sum(map(len, fast)) > 1000
