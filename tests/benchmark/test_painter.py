"""How long painting takes: eight pages of 24,000 characters. `pytest tests/benchmark --benchmark-only`"""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from layout.composition import Composition, Frame, Page, PlacedLine, Span
from layout.pdf.document import write_pdf
from layout.pdf.fonts import EmbeddedFonts
from layout.pdf.inks import Inks
from layout.pdf.painting.page_content import PageContent
from layout.pdf.target import Target, print_target
from layout.pdf.writer import Writer
from layout.press.printer import load_printer
from layout.runtime.store import ArtifactStore
from layout.text.fonts.faces import Faces, load_faces

SIZE, LEADING, MEASURE, ROWS, COLUMNS, PAGES = 9.0, 15.0, 18, 56, 3, 8


@pytest.fixture(scope="module")
def target() -> Target:
    return print_target(load_printer("offset-coated"))


@pytest.fixture(scope="module")
def faces() -> Faces:
    return load_faces()


@pytest.fixture(scope="module")
def composition(faces: Faces) -> Composition:
    """Lines as they come from the composer: some solid, most with one gap, some with a mark that gave half an em."""
    dice = random.Random(7)
    usual = [char for char in map(chr, range(0x4E00, 0x9FA5)) if faces["Song-Regular"].covers(char)][:9000:6]

    def line(x: float, baseline: float, paragraph: int) -> PlacedLine:
        text = "".join(dice.choices(usual, k=MEASURE - 1)) + dice.choice("，。、")
        gap, cut = dice.choice([(0.0, 0), (0.2, 0), (0.35, 0), (0.3, 9)])
        xs = [x + (SIZE + gap) * at - (4.5 if cut and at > cut else 0.0) for at in range(MEASURE)]
        return PlacedLine(text, x, baseline, MEASURE * SIZE, SIZE, (Span(text, "Song-Regular", SIZE, xs),), paragraph)

    def column(page: int, number: int) -> Frame:
        x = 36.64 + number * (MEASURE + 2) * SIZE
        lines = (line(x, 61.4 + row * LEADING, page * 100 + number * 20 + row // 9) for row in range(ROWS))
        return Frame(f"story {page}", "body", x, 50, MEASURE * SIZE, ROWS * LEADING, tuple(lines), number)

    pages = (
        Page(number, "", 595.2756, 841.8898, tuple(column(number, at) for at in range(COLUMNS)))
        for number in range(1, PAGES + 1)
    )
    return Composition(tuple(pages), metadata={"title": "柳河新声", "date": "2026-11-20"})


def test_lines_of_eight_pages(
    benchmark: BenchmarkFixture, composition: Composition, faces: Faces, target: Target
) -> None:
    """Operators alone: no compression, no fonts, no file."""

    def paint() -> int:
        writer = Writer(io.BytesIO())
        fonts, inks, length = EmbeddedFonts(faces, writer), Inks(target), 0
        for page in composition.pages:
            content = PageContent(page, target, inks, fonts, writer)
            content.begin()
            for frame in page.frames:
                for line in frame.lines:
                    content.line(line)
            content.end()
            length += len(b"\n".join(content.out))
        return length

    assert benchmark(paint) < 4 * PAGES * COLUMNS * ROWS * MEASURE


def test_a_file_of_eight_pages_whose_fonts_are_kept(
    benchmark: BenchmarkFixture, composition: Composition, faces: Faces, target: Target, tmp_path: Path
) -> None:
    def build() -> list[object]:
        return list(write_pdf(composition, tmp_path / "a.pdf", faces=faces, target=target, cache=tmp_path / "cache"))

    assert benchmark(build) == []


def test_a_file_of_eight_pages_from_nothing(
    benchmark: BenchmarkFixture, composition: Composition, faces: Faces, target: Target, tmp_path: Path
) -> None:
    def build() -> list[object]:
        ArtifactStore.clear_memory()
        return list(write_pdf(composition, tmp_path / "a.pdf", faces=faces, target=target, cache=None))

    assert benchmark(build) == []
