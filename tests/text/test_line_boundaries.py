"""Where one more thousandth of an em, or one cost less, would end a line elsewhere."""

from __future__ import annotations

import pytest
from composing import compose, glyphs, origins, paragraph, solid, steps, texts

from layout.text import line_breaking
from layout.text.paragraph import TextRun

HAN = "天地玄黄宇宙洪荒"
WIDE = {"interpunct": 1.0}  # both of its sides give ¼ em


def optimum(text: str, measure: float) -> list[str]:
    return texts(text, measure, breaking="optimum")


# Contrast: a tight line next to a loose one (rule E11).


@pytest.mark.parametrize("second", ["宙「洪」，荒", "宙（洪）荒，"])
def test_a_tight_line_does_not_follow_a_loose_one_where_it_need_not(second: str) -> None:
    """The second line has room for one more character if its marks give; after an even line they do."""
    rest = "日月盈昃辰宿列张寒"
    loose, even = "天地玄黄宇，", "天地玄黄宇宙"
    assert optimum(loose + second + rest, 6)[:2] == [loose, second]
    assert optimum(even + second + rest, 6)[:2] == [even, second + rest[0]]


# An interpunct of 1 em (rules C1, C2; GB/T 15834 5.1.7): inside a line both sides give, at its edges the inner one.


def test_C2_an_interpunct_of_one_em_gives_on_both_sides_inside_a_line() -> None:
    assert origins(solid("天·地", **WIDE)) == [0, 1.25, 2]
    (line, *_) = compose("天·地玄黄。" + HAN, 5, **WIDE)  # after the stop, which gives its half first
    assert glyphs(line) == [("天", 0), ("·", 1.0), ("地", 1.5), ("玄", 2.5), ("黄", 3.5), ("。", 4.5)]
    (line, *_) = compose("天·地玄黄。" + HAN, 5.3, **WIDE)
    assert origins(line) == [0, 1.15, 1.8, 2.8, 3.8, 4.8]


def test_C2_an_interpunct_of_one_em_at_a_line_s_end_gives_its_inner_side_alone() -> None:
    """A quarter of an em, not the half that it gives inside a line: what else is missing comes from the comma."""
    (line, *_) = compose("天地玄黄·" + HAN, 4.75, **WIDE)
    assert line.text == "天地玄黄·"
    assert origins(line) == [0, 1, 2, 3, 4]
    (line, *_) = compose("天，地玄黄·" + HAN, 5.75, **WIDE)
    assert origins(line) == [0, 1, 2, 3, 4, 5]
    (line, *_) = compose("天，地玄黄·" + HAN, 5.6, **WIDE)
    assert line.text == "天，地玄黄·"
    assert origins(line) == [0, 1, 1.85, 2.85, 3.85, 4.85]
    assert line.width == pytest.approx(5.6)


def test_C2_what_gives_more_than_an_interpunct_s_inner_side_ends_elsewhere() -> None:
    assert texts("天地玄黄·" + HAN, 4.75, **WIDE)[0] == "天地玄黄·"
    assert texts("天地玄黄·" + HAN, 4.74, **WIDE)[0] == "天地玄"
    assert texts("天，地玄黄·" + HAN, 5.25, **WIDE)[0] == "天，地玄黄·"
    assert texts("天，地玄黄·" + HAN, 5.24, **WIDE)[0] == "天，地玄"


def test_C2_an_interpunct_of_half_an_em_gives_nothing() -> None:
    assert texts("天地玄黄·" + HAN, 4.5)[0] == "天地玄黄·"
    assert texts("天地玄黄·" + HAN, 4.49)[0] == "天地玄"
    assert steps(solid("天·地")) == [1, 0.5]


def test_J7_ruby_over_two_characters_is_centred_over_both() -> None:
    line = solid([TextRun("天", "Square"), TextRun("地玄", "Square", ruby="di"), TextRun("黄", "Square")])
    assert line.pieces[1].ruby_x == pytest.approx(2 - 0.25)  # two letters of ½ em at half size


def test_B9_a_row_of_dashes_is_as_wide_as_its_characters_and_a_long_one_is_two_em() -> None:
    """Each dash 1 em, the one character of two cells 2 em; a letter before them is a word of its own."""
    assert steps(solid("天——地")) == [1, 1, 1]
    assert steps(solid("天⸺地")) == [1, 2]
    assert steps(solid("天……地")) == [1, 1, 1]


def test_B4_first_fit_divides_a_number_that_the_narrowest_line_does_not_hold() -> None:
    """Ten digits are 5 em: they fit the second line, and not the first."""
    lines = compose("1234567890" + HAN, 4, 18)
    assert lines[0].text == "12345678"
    assert all(line.shortfall >= 0 for line in lines)
    assert compose("1234567890" + HAN, 5, 18)[0].text == "1234567890"


def test_a_character_with_a_mark_of_its_own_is_as_wide_as_without_it() -> None:
    """Pinyin writes ê with a macron or a caron, for which there is no character of its own."""
    assert origins(solid("天ê\u0304地")) == [0, 1, 1.5, 1.5]
    assert origins(solid("天ê\u0304\u030c地")) == [0, 1, 1.5, 1.5, 1.5]


@pytest.mark.parametrize("breaking", ["first-fit", "optimum"])
def test_F2_a_mark_hangs_where_its_line_is_full_without_it(breaking: str) -> None:
    """Five Han in 5 em with the comma outside; in 5.1 em it hangs too, in 5.5 em it stands within."""
    for measure, hung in ((5, 0.5), (5.1, 0.5), (5.5, 0)):
        line = compose("天地玄黄宇，" + HAN, measure, breaking=breaking, hanging_punctuation=True)[0]
        assert (line.text, round(line.hung, 3)) == ("天地玄黄宇，", hung)


def test_F2_lines_with_a_mark_outside_cost_nothing() -> None:
    items = paragraph("天地玄黄宇，" * 3, hanging_punctuation=True)._items()
    assert (best := line_breaking.optimum(items, (5000,))).worst == 0
    assert best.ends == [6, 12, 18]


def test_a_line_of_white_alone_has_no_width() -> None:
    (line,) = compose("　 ", 5, indent=2.0)
    assert (line.text, line.x, line.width, line.available) == ("", 2, 0, 3)
