"""Emphasis dots, ruby, superscripts and runs: rules A13, D5, J1, J6, J7."""

from __future__ import annotations

from itertools import pairwise

import pytest
from composing import compose, glyphs, origins, solid

from layout.text.paragraph import SetLine, TextRun


def run(text: str, **attributes: object) -> TextRun:
    return TextRun(text, "Square", **attributes)  # type: ignore[arg-type]


def pieces(line: SetLine) -> list[str]:
    return [piece.text for piece in line.pieces]


def test_a_piece_is_what_one_run_has_in_one_line() -> None:
    runs = [run("聚焦问题。"), run("天地玄黄宇宙", link="https://example.org"), run("洪荒")]
    lines = compose(runs, 8)
    assert [pieces(line) for line in lines] == [["聚焦问题。", "天地玄"], ["黄宇宙", "洪荒"]]
    assert [piece.run for piece in lines[0].pieces] == [0, 1]
    assert lines[1].pieces[0].xs == [0, 1, 2]


def test_J1_a_lead_in_is_a_run_and_runs_on() -> None:
    runs = [run("本镇讯", tag="dateline"), run("\u3000天地玄黄")]
    line = solid(runs)
    assert glyphs(line)[3:5] == [("\u3000", 3.0), ("天", 4.0)]


def test_J6_emphasis_dots_stand_under_the_middle_of_each_character() -> None:
    line = solid([run("天"), run("地，玄A", dots=True), run("黄")])
    (_, dotted, _) = line.pieces
    assert dotted.text == "地，玄A"
    assert dotted.dots == (1.5, 3.5, 4.5)  # none under the pause; 地 at 1, 玄 at 3, A at 4¼


def test_J6_dots_follow_their_characters_when_the_line_is_justified() -> None:
    lines = compose([run("天地玄"), run("黄宇宙洪", dots=True), run("荒日月盈昃")], 6.5)
    for line in lines:
        for piece in line.pieces:
            if piece.dots:
                assert piece.dots == tuple(x + 0.5 for x in piece.xs)
    assert lines[0].loose > 0


def test_J7_ruby_stands_centred_over_its_characters() -> None:
    line = solid([run("天"), run("地", ruby="de"), run("玄")])
    piece = line.pieces[1]
    assert (piece.ruby, piece.ruby_size) == ("de", 0.5)
    assert piece.ruby_x == pytest.approx(1.5 - 0.25)  # two letters of ½ em at half size
    assert origins(line) == [0, 1, 2]  # the line is as wide as without


def test_J7_a_ruby_is_as_large_as_the_style_says() -> None:
    line = solid([run("天"), run("地", ruby="de"), run("玄")], ruby=0.75)
    assert line.pieces[1].ruby_size == 0.75
    assert line.pieces[1].ruby_x == pytest.approx(1.5 - 0.375)


def test_J7_ruby_wider_than_its_characters_overhangs_han_by_a_quarter_and_then_makes_room() -> None:
    overhanging = solid([run("天"), run("地", ruby="zhuang"), run("玄")])  # 1½ em: ¼ on each side
    assert origins(overhanging) == [0, 1, 2]
    assert overhanging.pieces[1].ruby_x == pytest.approx(0.75)
    wider = solid([run("天"), run("地", ruby="zhuangzh"), run("玄")])  # 2 em
    assert origins(wider) == [0, 1.25, 2.5]
    assert wider.pieces[1].ruby_x == pytest.approx(0.75)


def test_J7_ruby_overhangs_the_white_half_of_a_mark_but_not_its_ink() -> None:
    pause, closing = (
        solid([run("天，"), run("地", ruby="zhuang"), run("玄")]),
        solid([run("天"), run("地", ruby="zhuang"), run("，玄")]),
    )
    assert origins(pause) == [0, 1, 2, 3]
    assert origins(closing) == [0, 1, 2.25, 3.25]


def test_J7_rubies_in_a_row_do_not_touch() -> None:
    line = solid([run("天", ruby="zhuang"), run("地", ruby="shuang"), run("玄", ruby="chuang")])
    edges = [(piece.ruby_x, piece.ruby_x + 0.25 * len(piece.ruby)) for piece in line.pieces]
    for (_, right), (left, _) in pairwise(edges):
        assert left - right == pytest.approx(0.125, abs=0.002)


def test_J7_a_ruby_at_a_lines_edge_stays_inside_it() -> None:
    first, last = (
        [run("天", ruby="zhuang"), run("地玄黄宇宙")],
        [run("地玄黄"), run("宇", ruby="zhuang"), run("宙洪荒")],
    )
    assert compose(first, 4)[0].pieces[0].ruby_x == 0
    line = compose(last, 4)[0]
    assert line.pieces[-1].ruby_x + 1.5 == pytest.approx(4)


def test_J7_a_word_under_one_ruby_is_not_parted() -> None:
    for n in range(1, 8):
        runs = [run("天地玄黄宇宙洪"[:n]), run("重庆", ruby="Chóngqìng"), run("日月盈昃")]
        assert any("重庆" in line.text for line in compose(runs, 6))


def test_A13_a_superscript_is_small_raised_and_close() -> None:
    line = solid([run("天"), run("[1]", superscript=True), run("地")])
    mark = line.pieces[1]
    assert mark.size == 0.6
    assert mark.rise > 0
    assert mark.xs == [1, 1.3, 1.6]
    assert origins(line)[-1] == pytest.approx(1.9)


def test_a_run_may_be_of_another_size() -> None:
    line = solid([run("天地"), run("玄黄，", size=1.5), run("宇")])
    assert origins(line) == [0, 1, 2, 3.5, 5, 6.5]
    assert [piece.size for piece in line.pieces] == [1, 1.5, 1]


def test_marks_of_a_larger_run_give_in_proportion() -> None:
    line = compose([run("天，", size=2.0), run("地玄黄宇")], 3.0)[0]
    assert line.text == "天，"
    assert origins(line) == [0, 2]
    assert line.width == pytest.approx(3)
    flush = compose([run("“天”", size=2.0)], 10)[0]
    assert origins(flush) == [-1, 1, 3]


class Condensed:
    """A face whose Han are 0.9 em wide."""

    advances = type("Advances", (dict,), {"__missing__": lambda self, c: 450 if c.isascii() else 900})()

    def covers(self, char: str) -> bool:
        return True


def test_a_face_whose_han_are_not_one_em_still_works() -> None:
    from layout.text.paragraph import LineSetting, Paragraph

    p = Paragraph(
        [TextRun("天地，“玄黄”——宇宙2026年", "Narrow")], LineSetting(indent=0.0, gap=0.0), {"Narrow": Condensed()}
    )
    (line,) = p.lines(p.break_lines([40]), [40])
    xs = dict(glyphs(line))
    assert xs["地"] == pytest.approx(0.9)
    assert xs["玄"] - xs["地"] == pytest.approx(0.9 * 2.5)  # ，“ together 1½ of its own ems
    assert xs["宇"] - xs["黄"] == pytest.approx(0.9 * 4)
    assert p.lines(p.break_lines([9]), [9])[0].width == pytest.approx(9)
