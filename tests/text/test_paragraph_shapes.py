"""Rules G1–G6: indents, blocks and alignment of a paragraph."""

from __future__ import annotations

import pytest
from composing import compose, glyphs, origins, paragraph, texts

HAN = "天地玄黄宇宙洪荒日月盈昃辰宿列张"


def test_G1_the_first_line_is_indented_and_no_other() -> None:
    lines = compose(HAN * 2, 10, indent=2.0)
    assert [line.x for line in lines] == [2, 0, 0, 0]
    assert [origins(line)[0] for line in lines] == [2, 0, 0, 0]
    assert [len(line.text) for line in lines] == [8, 10, 10, 4]
    assert [len(text) for text in texts(HAN, 10, indent=1.0)] == [9, 7]


@pytest.mark.parametrize("typed", ["\u3000\u3000", "  ", "\t", "\u3000"])
def test_G1_typed_indents_are_stripped(typed: str) -> None:
    p = paragraph(typed + HAN, indent=2.0)
    lines = p.lines(p.break_lines([10]), [10])
    assert glyphs(lines[0])[0] == ("天", 2.0)
    assert lines[0].start == 0  # but they are characters of the paragraph
    assert p.characters == len(typed) + len(HAN)


def test_G4_a_hanging_indent_sets_back_every_line_but_the_first() -> None:
    lines = compose(HAN * 2, 10, hanging_indent=2.0)
    assert [line.x for line in lines] == [0, 2, 2, 2]
    assert [len(line.text) for line in lines] == [10, 8, 8, 6]
    for line in lines[:-1]:
        assert line.x + line.width == 10


def test_G5_a_block_is_indented_on_both_sides() -> None:
    lines = compose(HAN * 2, 12, left=2.0, right=1.0, indent=2.0)
    assert [line.x for line in lines] == [4, 2, 2, 2]
    assert [len(line.text) for line in lines] == [7, 9, 9, 7]
    assert {line.x + line.width for line in lines[:-1]} == {11}
    assert lines[-1].available == 2


def test_G6_each_paragraph_of_a_quotation_may_open_its_quotes_and_only_the_last_close_them() -> None:
    first = compose("“" + HAN + "。", 40)[0]
    assert glyphs(first)[0] == ("“", -0.5)
    western = compose("他说：“Hello " + HAN, 40)[0]
    x = dict(glyphs(western))
    assert x["H"] - x["“"] == 1  # a mark without a partner in its paragraph is still beside Han


def test_a_paragraph_may_be_set_flush_right_or_centred() -> None:
    text = "天地玄黄，宇宙"
    (left,) = compose(text, 10, align="left")
    (right,) = compose(text, 10, align="right")
    (centre,) = compose(text, 10, align="center")
    assert (left.x, right.x, centre.x) == (0, 3, 1.5)
    assert origins(right)[-1] == 9
    assert [x - 3 for x in origins(right)] == origins(left)


def test_lines_that_are_not_justified_keep_their_widths() -> None:
    for align in ("left", "right", "center"):
        for line in compose("天地玄黄AB宇宙，洪荒日月CD盈昃辰宿列张寒来", 7.4, align=align):
            assert line.loose == 0
            assert line.width <= 7.4


def test_the_last_line_reports_its_room() -> None:
    *_, last = compose(HAN, 10, indent=2.0)
    assert last.text == HAN[8:]
    assert last.available == 2
    assert last.x + last.width + last.available == last.measure


def test_a_paragraph_without_characters_has_no_lines() -> None:
    assert compose("", 10) == []
    (blank,) = compose(" \u3000 ", 10)
    assert (blank.text, blank.start, blank.end) == ("", 0, 3)


def test_measures_may_differ_from_line_to_line() -> None:
    assert [len(text) for text in texts(HAN * 2, 10, 8, 6)] == [10, 8, 6, 6, 2]


def test_a_line_cannot_end_inside_a_character_pair() -> None:
    p = paragraph("天地——玄黄")
    with pytest.raises(ValueError, match="no line can end"):
        p.lines([3, 6], [10])
