"""`set_lines`: the composer for other tools, one paragraph at a time."""

from __future__ import annotations

import pytest
from composing import FACES, compose

from layout.text.paragraph import LineSetting
from layout.text.plain_lines import set_lines

FACE = FACES["Square"]
TEXT = "天地，玄黄“宇宙”洪荒2026年日月WTO盈昃。辰宿列张——寒来暑往"


def test_it_gives_lines_with_characters_places_and_advances() -> None:
    first, *_ = set_lines("天地，玄黄宇宙洪荒", 6, font=FACE)
    assert first.text == "天地，玄"
    assert first.glyphs == [("天", 2.0, 1.0), ("地", 3.0, 1.0), ("，", 4.0, 1.0), ("玄", 5.0, 1.0)]
    assert (first.width, first.loose, first.start, first.end) == (4.0, 0.0, 0, 4)


@pytest.mark.parametrize("breaking", ["first-fit", "optimum"])
@pytest.mark.parametrize("measure", [6, 9, 13, [10, 8, 6]])
def test_it_sets_what_the_composer_sets(measure: float | list[float], breaking: str) -> None:
    measures = measure if isinstance(measure, list) else [measure]
    ours = set_lines(TEXT, measure, font=FACE, breaking=breaking)  # type: ignore[arg-type]
    lines = compose(TEXT, *measures, breaking=breaking, indent=2.0)
    assert [line.text for line in ours] == [line.text for line in lines]
    assert [[x for _, x, _ in line.glyphs] for line in ours] == [
        [x for piece in line.pieces for x in piece.xs] for line in lines
    ]


def test_advances_lead_from_one_origin_to_the_next_and_to_the_edge() -> None:
    for line in set_lines(TEXT, 9, font=FACE, indent=0):
        for (_, x, advance), (_, after, _) in zip(line.glyphs, line.glyphs[1:], strict=False):
            assert x + advance == pytest.approx(after)
        _, x, advance = line.glyphs[-1]
        assert x + advance == pytest.approx(line.width)


@pytest.mark.parametrize(("scheme", "width"), [("natural", 4), ("full", 3.5), ("kaiming", 3), ("half", 3)])
def test_a_scheme_is_a_word(scheme: str, width: float) -> None:
    (line,) = set_lines("天，“地", 20, indent=0, scheme=scheme, font=FACE)  # type: ignore[arg-type]
    assert line.width == width


def test_a_level_is_a_word() -> None:
    text = "天地玄黄——宇宙洪荒"
    assert set_lines(text, 4, indent=0, level="gb", font=FACE)[1].text.startswith("——")
    assert not set_lines(text, 4, indent=0, level="strict", font=FACE)[1].text.startswith("——")


def test_a_setting_gives_what_the_arguments_do_not() -> None:
    (line,) = set_lines("天A", 20, indent=0, font=FACE, setting=LineSetting(gap=0.125))
    assert line.width == 1.625


def test_no_text_gives_no_lines() -> None:
    assert set_lines("", 10, font=FACE) == []
