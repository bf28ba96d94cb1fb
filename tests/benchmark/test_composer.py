"""The composer's speed: `pytest tests/benchmark --benchmark-enable --benchmark-only`; not part of the tests.

Each figure is for 200 paragraphs, some 40,000 characters of newsletter text at 18 em; `extra_info` has characters a
second of the fastest round.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "text"))

from generated import Writer

from layout.text.fonts.faces import load_faces
from layout.text.paragraph import Breaking, LineSetting, Paragraph, TextRun

pytestmark = pytest.mark.benchmark(timer=process_time)  # of one core, whatever else the machine does

TEXTS = [Writer(seed).paragraph(180, numbers=0.05) for seed in range(200)]
CHARACTERS = sum(map(len, TEXTS))
FACES = load_faces()
MEASURES = [18.0]


def paragraphs() -> list[Paragraph]:
    return [Paragraph([TextRun(text)], LineSetting(), FACES) for text in TEXTS]


def analysed() -> list[Paragraph]:
    """With everything worked out that does not depend on measures, and no breaks."""
    made = paragraphs()
    for p in made:
        p.line_range([30.0])
        p.break_lines([29.0], "first-fit")
    return made


def told(benchmark: Any, action: Callable[..., Any], setup: Callable[[], Any], times: int = 1) -> None:
    benchmark.pedantic(action, setup=lambda: ((setup(),), {}), rounds=12)
    benchmark.extra_info["characters a second"] = round(CHARACTERS * times / benchmark.stats.stats.min)


def test_analysis(benchmark: Any) -> None:
    told(benchmark, lambda _: [p._items() for p in paragraphs()], lambda: None)


@pytest.mark.parametrize("way", ["first-fit", "optimum"])
def test_breaks(benchmark: Any, way: Breaking) -> None:
    told(benchmark, lambda made: [p.break_lines(MEASURES, way) for p in made], analysed)


@pytest.mark.parametrize("way", ["first-fit", "optimum"])
def test_text_to_breaks(benchmark: Any, way: Breaking) -> None:
    told(benchmark, lambda _: [p.break_lines(MEASURES, way) for p in paragraphs()], lambda: None)


@pytest.mark.parametrize("way", ["first-fit", "optimum"])
def test_crammed_text_to_breaks(benchmark: Any, way: Breaking) -> None:
    """Every mark, number form and Latin mixture at once: the worst that can come."""
    texts = [Writer(seed).medley(180) for seed in range(200)]

    def action(_: None) -> None:
        for text in texts:
            Paragraph([TextRun(text)], LineSetting(), FACES).break_lines(MEASURES, way)

    benchmark.pedantic(action, setup=lambda: ((None,), {}), rounds=12)
    benchmark.extra_info["characters a second"] = round(sum(map(len, texts)) / benchmark.stats.stats.min)


@pytest.mark.parametrize("way", ["first-fit", "optimum"])
def test_breaks_to_set_lines(benchmark: Any, way: Breaking) -> None:
    def broken() -> list[tuple[Paragraph, list[int]]]:
        return [(p, p.break_lines(MEASURES, way)) for p in analysed()]

    told(benchmark, lambda made: [p.lines(ends, MEASURES) for p, ends in made], broken)


@pytest.mark.parametrize("way", ["first-fit", "optimum"])
def test_text_to_set_lines(benchmark: Any, way: Breaking) -> None:
    def compose(_: None) -> None:
        for p in paragraphs():
            p.lines(p.break_lines(MEASURES, way), MEASURES)

    told(benchmark, compose, lambda: None)


def test_breaking_again_where_ever_more_lines_are_wide(benchmark: Any) -> None:
    """What a page fitter asks: the same paragraph in frames that change their measure after ever more lines."""

    def ask(made: list[Paragraph]) -> None:
        for p in made:
            for narrow in range(8):
                p.break_lines([18.0] * narrow + [12.0])

    told(benchmark, ask, analysed, times=8)
