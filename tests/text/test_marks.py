"""Rules M1 and M2: what is never parted at a line's end, as an editor types it."""

from __future__ import annotations

import pytest
from composing import compose, solid
from test_units import BOTH, HAN

from layout.issue import hygiene
from layout.issue.markdown import parse
from layout.records import Prose
from layout.text.paragraph import TextRun


def printed(typed: str) -> str:
    """A paragraph of a body as it is set, without what holds it together being lost."""
    body, problems = parse(Prose.of_file(typed, "a.md"))
    assert not problems
    return body.blocks[0].text


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("老\u00a0魏来了", "老\u00a0魏来了"),
        ("第\u2060三章", "第\u2060三章"),
        ("第\\ 三章", "第\u00a0三章"),
        ("图\u00a05", "图\u20605"),  # the gap of D1 stands there, and is held
        ("a\u202fb", "a\u202fb"),
        ("a \u2060b", "a\u00a0b"),
    ],
)
def test_M1_no_break_spaces_and_joiners_are_kept_where_they_hold_something(typed: str, held: str) -> None:
    assert printed(typed) == held
    assert hygiene.clean(held) == held


@pytest.mark.parametrize(
    ("typed", "held"), [("\u2060开头", "开头"), ("末尾\u2060", "末尾"), ("天，\u00a0地", "天，地"), ("\ufeff天", "天")]
)
def test_M1_those_that_hold_nothing_are_removed(typed: str, held: str) -> None:
    assert printed(typed) == held


@BOTH
@pytest.mark.parametrize("typed", ["甲\u2060乙", "图\u00a05", "AI\u2060版", "v2\u2060beta"])
def test_M1_nothing_is_parted_there(typed: str, breaking: str) -> None:
    held = printed(typed)
    for n in range(3, 12):
        lines = compose(HAN[:n] + held + HAN, 6.5, breaking=breaking)
        assert any(held in line.text for line in lines)


def test_M1_a_joiner_inside_a_western_word_leaves_no_gap() -> None:
    assert solid("AI\u2060B").width == solid("AIB").width


@BOTH
def test_M2_a_whole_run_is_never_parted(breaking: str) -> None:
    for n in range(1, 9):
        runs = [TextRun(HAN[:n], "Square"), TextRun("重点项目", "Square", whole=True), TextRun(HAN, "Square")]
        assert any("重点项目" in line.text for line in compose(runs, 7, breaking=breaking))
        loose = [TextRun(HAN[:n], "Square"), TextRun("重点项目", "Square"), TextRun(HAN, "Square")]
        assert compose(loose, 7, breaking=breaking)[0].text  # set all the same


@BOTH
def test_M2_it_is_held_across_the_face_that_stands_in_and_apart_from_the_next(breaking: str) -> None:
    part = {"whole": True, "span": 1}
    for n in range(1, 9):
        runs = [TextRun(HAN[:n], "Square"), TextRun("重点", "Square", **part), TextRun("项目", "Song-Regular", **part)]
        lines = compose([*runs, TextRun(HAN, "Square")], 7, breaking=breaking)
        assert any("重点项目" in line.text for line in lines)
    two = [TextRun("天地玄黄", "Square", whole=True, span=1), TextRun("宇宙洪荒", "Square", whole=True, span=2)]
    assert [line.text for line in compose(two, 4, breaking=breaking)] == ["天地玄黄", "宇宙洪荒"]


@BOTH
def test_M2_one_that_is_wider_than_its_measure_loses_no_text(breaking: str) -> None:
    text = HAN[:24]
    lines = compose([TextRun("天", "Square"), TextRun(text, "Square", whole=True)], 8, breaking=breaking)
    assert "".join(line.text for line in lines) == "天" + text
