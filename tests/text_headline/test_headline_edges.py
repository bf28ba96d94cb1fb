"""Where the lines of a headline begin and end in their box."""

from __future__ import annotations

import pytest

from layout.text.fonts.faces import Faces
from layout.text.headline.fitting import break_headline, fit_headline
from layout.text.headline.vertical import set_vertical


def test_a_justified_line_is_as_wide_as_its_box(square: Faces) -> None:
    made = fit_headline("春耕备耕农资储备", width_pt=300, sizes=(32,), face=square["Square"], align="justify")
    assert [line.width for line in made.lines] == [pytest.approx(300)]
    assert made.lines[0].xs[-1] + 32 == pytest.approx(300)


@pytest.mark.parametrize(("align", "top"), [("top", 0), ("center", 20), ("bottom", 40)])
def test_I12_a_vertical_line_stands_at_the_top_middle_or_foot(square: Faces, align: str, top: float) -> None:
    made = set_vertical("一件民生小事", height_pt=100, size=10, face=square["Square"], align=align)
    assert [(line.top, line.height) for line in made.lines] == [(top, 60)]


@pytest.mark.parametrize("measure", [7, 8, 9, 10, 11])
def test_M1_no_line_ends_at_a_joiner_or_a_no_break_space(square: Faces, measure: float) -> None:
    face = square["Square"]
    assert any(
        "重点|项目" in "|".join(break_headline("县委书记调研重点项目建设", measure_em=m, face=face).texts)
        for m in range(5, 12)
    )
    for typed, held in (("县委书记调研重点\u2060项目建设", "重点项目"), ("苏南枝\u00a0何立新书出版发行", "苏南枝 何立")):
        made = break_headline(typed, measure_em=measure, face=face)
        assert any(held in line for line in made.texts), made.texts
        assert "\u2060" not in "".join(made.texts)
