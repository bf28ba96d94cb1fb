"""A printed page whose column breaks are known: set as its shop set it, every break falls by itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from composing import paragraph

PAGE: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "source_shape.yaml").read_text(encoding="utf-8"))[
    "articles"
]
AS_PRINTED = {"pairs": "keep", "line_end": "needed", "level": "gb", "scheme": "full", "indent": 2.0}


def written(shape: str) -> str:
    """Text of a shape: H3 is three Han, d2 a number of two digits, _ a space, anything else a mark."""
    letters = {"H": "字", "d": "1"}
    return "".join(
        letters[token[0]] * int(token[1:]) if re.fullmatch(r"[Hd]\d+", token) else token.replace("_", " ")
        for token in shape.split()
    )


def ends(article: dict[str, Any], measure: float, **setting: object) -> list[list[int]]:
    return [
        paragraph(written(shape), **{**AS_PRINTED, **setting}).break_lines([measure], "first-fit")
        for shape in article["paragraphs"]
    ]


@pytest.mark.parametrize("gap", [0.0, 0.25])
@pytest.mark.parametrize("article", PAGE, ids=lambda article: f"{article['measure']} em, {article['lines']} lines")
def test_the_page_breaks_where_it_was_printed_to_break(article: dict[str, Any], gap: float) -> None:
    lines = ends(article, article["measure"], gap=gap)
    assert sum(map(len, lines)) == article["lines"]
    for number, offset in article["breaks"]:
        assert offset in lines[number - 1]


def test_the_breaks_hold_at_the_measures_of_its_grid_alone() -> None:
    def holds(article: dict[str, Any], measure: float) -> bool:
        lines = ends(article, measure)
        return all(offset in lines[number - 1] for number, offset in article["breaks"])

    narrow, wide = (article for article in PAGE if article["breaks"])
    quarters = [quarter / 4 for quarter in range(64, 132)]  # 16 to 33 em
    assert [measure for measure in quarters if holds(narrow, measure)] == [18, 18.25, 18.5, 18.75]
    assert [measure for measure in quarters if holds(wide, measure)] == [28, 28.25, 28.5, 28.75]


@pytest.mark.parametrize("setting", [{"scheme": "half"}, {"pairs": "trim"}, {"level": "none"}], ids=str)
def test_set_otherwise_the_page_is_another(setting: dict[str, str]) -> None:
    missed = [
        offset
        for article in PAGE
        for number, offset in article["breaks"]
        if offset not in ends(article, article["measure"], **setting)[number - 1]
    ]
    assert missed
