"""Footnotes as they are typed: rules N1 and N3."""

from __future__ import annotations

import pytest

from layout.issue.body import Body
from layout.issue.footnotes import sign
from layout.issue.markdown import parse
from layout.records import Prose


def read(text: str, **more: object) -> tuple[Body, list[str]]:
    body, problems = parse(Prose.of_file(text, "b.md"), **more)  # type: ignore[arg-type]
    return body, [problem.in_language("zh").splitlines()[0] for problem in problems]


def notes(body: Body) -> list[tuple[int, str]]:
    return [(block.number, block.text) for block in body.blocks if block.kind == "note"]


def test_N1_notes_are_numbered_in_the_order_of_their_marks() -> None:
    body, problems = read("甲[^z]乙[^a]。\n\n[^a]: 先写的。\n\n丙[^3]。\n[^3]: 再写的。\n[^z]: 后写的。")
    assert not problems
    assert [block.text for block in body.blocks if block.kind == "paragraph"] == ["甲①乙②。", "丙③。"]
    assert notes(body) == [(1, "后写的。"), (2, "先写的。"), (3, "再写的。")]


def test_N1_the_second_mark_of_a_note_has_its_number() -> None:
    body, problems = read("甲[^1]乙[^2]丙[^1]。\n\n[^1]: 一。\n\n[^2]: 二。")
    assert not problems
    assert body.blocks[0].text == "甲①乙②丙①。"
    assert [run.note for run in body.blocks[0].runs] == [0, 1, 0, 2, 0, 1, 0]


@pytest.mark.parametrize(
    ("number", "shown"), [(1, "①"), (20, "⑳"), (21, "㉑"), (35, "㉟"), (36, "㊱"), (50, "㊿"), (51, "[51]")]
)
def test_N1_signs_are_circled_to_fifty(number: int, shown: str) -> None:
    assert sign(number) == shown


def test_N1_a_mark_between_han_and_a_keyboard_mark_does_not_keep_it_from_its_full_width() -> None:
    body, _ = read('他说[^1],"好"[^1]!\n\n[^1]: 注。')
    assert body.blocks[0].text == "他说①，“好”①！"


def test_N1_a_note_has_emphasis_runs_to_the_next_empty_line_and_is_found_in_its_file() -> None:
    body, problems = read("甲[^1]。\n\n[^1]: 见**要闻**\n第二行。\n\n又一段。")
    assert not problems
    (note,) = (block for block in body.blocks if block.kind == "note")
    assert note.text == "见要闻第二行。"
    assert [run.bold for run in note.runs] == [False, True, False]
    assert str(note.mark) == "b.md:3:7"
    assert str(note.place(4)) == "b.md:4:2"
    assert body.blocks[1].text == "又一段。"


def test_N1_a_poem_may_have_notes() -> None:
    body, problems = read("桨声慢[^1]\n潮声也慢\n\n[^1]: 望苇桥下。", verse=True)
    assert not problems
    assert [block.text for block in body.blocks] == ["桨声慢①", "潮声也慢", "望苇桥下。"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲[^1]。", "b.md:1:2: 错误: 脚注 [^1] 没有注文 [note-mark]"),
        ("甲。\n\n[^1]: 注。", "b.md:3:7: 错误: 脚注 [^1] 在正文里没有注号 [note-mark]"),
        ("甲[^1]。\n\n[^1]: 注。\n\n[^1]: 又注。", "b.md:5:7: 错误: 脚注 [^1] 写了两遍 [note-mark]"),
        ("甲[^1]。\n\n[^1]: 注[^2]。", "b.md:3:8: 错误: 正文里不能用脚注里的脚注 [markdown]"),
    ],
)
def test_N3_what_does_not_agree_is_told_with_its_place(text: str, said: str) -> None:
    _, problems = read(text)
    assert problems == [said]


def test_N3_an_empty_note_is_told() -> None:
    _, problems = read("甲[^1]。\n\n[^1]:\n\n乙。")
    assert problems[0] == "b.md:3:1: 错误: 脚注 [^1] 是空的 [note-mark]"


def test_N3_a_text_that_can_have_no_notes_says_so() -> None:
    _, problems = read("甲[^1]。\n\n[^1]: 注。", first_note=0)
    assert len(problems) == 2
    assert all("只有稿件的正文里能用" in problem for problem in problems)


def test_a_mark_behind_a_backslash_is_text() -> None:
    body, problems = read("甲\\[^1]乙。")
    assert not problems
    assert body.blocks[0].text == "甲[^1]乙。"
