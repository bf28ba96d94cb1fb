"""Where the lines of a headline begin and end in their box."""

from __future__ import annotations

from collections import defaultdict

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


@pytest.mark.parametrize("held", ["\u2060", "\u00a0"])
@pytest.mark.parametrize("headline", ["秋收过半晒谷场上灯火通明", "县委书记调研重点项目建设进展情况"])
def test_M1_no_line_ends_at_a_joiner_or_a_no_break_space(square: Faces, headline: str, held: str) -> None:
    for measure in range(7, 12):
        first, *rest = break_headline(headline, measure_em=measure, face=square["Square"], max_lines=2).texts
        assert rest, measure
        typed = first + held + headline[len(first) :]
        made = break_headline(typed, measure_em=measure, face=square["Square"], max_lines=2)
        joined = first[-1] + ("" if held == "\u2060" else " ") + rest[0][0]
        assert any(joined in line for line in made.texts), made.texts
        assert "".join(made.texts).replace(" ", "") == headline


class Wide:
    """A face in which every character, the marks too, is of one width."""

    def __init__(self, width: int) -> None:
        self.advances = defaultdict(lambda: width)

    def covers(self, char: str) -> bool:
        return True


@pytest.mark.parametrize(("width", "half"), [(1000, True), (760, True), (740, False), (500, False)])
def test_I3_a_mark_is_cut_to_half_an_em_where_its_face_has_it_wider_than_three_quarters(width: int, half: bool) -> None:
    """An interpunct stands in the middle of its half em, an opening mark at its right, a closing one at its left."""
    own, han = width / 1000, width / 1000
    for mark, shift in (("·", -0.25), ("“", -0.5), ("”", 0.0)):
        (line,) = break_headline(f"花{mark}木", measure_em=20, face=Wide(width), letterspace=False).lines
        assert line.xs[1] - line.xs[0] == pytest.approx(han + (shift if half else 0))
        assert line.xs[2] - line.xs[0] == pytest.approx(han + (0.5 if half else own))


@pytest.mark.parametrize(
    ("typed", "as_printed"), [("渡口 WTO", "渡口WTO"), ("WTO 渡口", "WTO渡口"), ("渡口 A", "渡口A")]
)
def test_D4_no_space_is_printed_beside_a_latin_word_at_an_end(square: Faces, typed: str, as_printed: str) -> None:
    assert break_headline(typed, measure_em=20, face=square["Square"], letterspace=False).texts == (as_printed,)
