"""Compositions made by hand, as small as a statement about them needs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from layout.composition import Box, Composition, Frame, Page, PlacedLine, PlacedPicture, Span
from layout.pdf.document import write_pdf
from layout.pdf.target import Target, print_target
from layout.press.printer import load_printer
from layout.text.fonts.faces import Faces, load_faces

A4 = (595.2756, 841.8898)
DATE = "2026-11-20"
SAMPLE = (
    "柳河镇的秋天从晒谷场开始。天还没有亮透，合作社的院子里已经排起了车，装的都是新打下来的稻子；"
    "过秤、验水分、记账，一样一样做下来，谁也不着急。今年雨水匀，稻穗沉，老周说他种了四十年地，"
    "这样的年景数得过来。“收成好，价也稳，”他把草帽往后推了推，“明年还种这个。”"
)


@cache
def faces() -> Faces:
    return load_faces()


@cache
def press(*, marks: bool = False, printer: str = "offset-coated") -> Target:
    return print_target(load_printer(printer), marks=marks)


def span(
    text: str, x: float, *, face: str = "Song-Regular", size: float = 9.0, gap: float = 0.0, **rest: object
) -> Span:
    """Characters set solid from `x`, with `gap` pt more after each."""
    xs, at = [], x
    for character in text:
        xs.append(at)
        at += faces()[face].advances[character] * size / 1000 + gap
    return Span(text, face, size, xs, **rest)  # type: ignore[arg-type]


def line(text: str, x: float, baseline: float, *, paragraph: int = 1, ends: bool = True, **rest: object) -> PlacedLine:
    shown = span(text, x, **rest)  # type: ignore[arg-type]
    width = shown.xs[-1] - x + shown.size
    return PlacedLine(text, x, baseline, width, shown.size, (shown,), paragraph, ends_paragraph=ends)


def lines_of(
    text: str, x: float, top: float, *, measure: int = 18, leading: float = 15.0, paragraph: int = 1, **rest: object
) -> Iterator[PlacedLine]:
    """A text cut every `measure` characters: enough of a paragraph to paint."""
    parts = [text[at : at + measure] for at in range(0, len(text), measure)]
    for number, part in enumerate(parts):
        ends = number == len(parts) - 1
        yield line(part, x, top + (number + 1) * leading - 3.6, paragraph=paragraph, ends=ends, **rest)


def body(text: str = SAMPLE, x: float = 36.64, y: float = 50.0, *, article: str = "harvest", **rest: object) -> Frame:
    lines = tuple(lines_of(text, x, y, **rest))  # type: ignore[arg-type]
    return Frame(article, "body", x, y, 162.0, 15.0 * len(lines), lines)


def page(
    *frames: Frame, number: int = 1, boxes: tuple[Box, ...] = (), pictures: tuple[PlacedPicture, ...] = ()
) -> Page:
    return Page(number, "要闻", *A4, frames, boxes, pictures)


def issue(*pages: Page, **metadata: str) -> Composition:
    about = {"title": "柳河新声", "date": DATE, "language": "zh-Hans", **metadata}
    return Composition(pages, metadata=about)


def write(composition: Composition, path: Path, *, target: Target | None = None, cache: Path | None = None) -> Path:
    problems = write_pdf(composition, path, faces=faces(), target=target or press(), cache=cache)
    assert problems == [], [problem.in_language() for problem in problems]
    return path
