"""Rules J4, J5, J11 and J12: what is put right in the text by itself, and what its editor is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

import layout
from issues import issue, write
from layout.issue.hygiene import clean
from layout.proofreading import proofread
from layout.text.fonts.faces import Faces
from layout.text.headline.fitting import break_headline


def asked(folder: Path, body: str) -> set[str]:
    """The rules by which something is asked about a text."""
    data = issue({"a": {"headline": "渡口换了新船", "body": body}}, [{"auto": "a"}])
    return {problem.rule for problem in proofread(layout.load(write(folder, data)))}


@pytest.mark.parametrize("body", ["他读<<诗经>>两遍。", "他读《《诗经》的船》两遍。", "新书《渡口的书架上有。"])
def test_J4_titles_stand_in_book_title_marks_that_come_in_pairs(body: str, tmp_path: Path) -> None:
    assert "J4" in asked(tmp_path, body)
    assert "J4" not in asked(tmp_path, "他读《〈诗经〉的船》两遍，又读《渡口》。")


def test_J4_a_short_title_is_not_broken_in_a_headline(square: Faces) -> None:
    for measure in range(8, 16):
        made = break_headline("读者评议长篇小说《渡口人家》座谈会", measure_em=measure, face=square["Square"])
        assert any("《渡口人家》" in line for line in made.texts)


@pytest.mark.parametrize(
    "body", ["他说：“船上写着“柳渡”两个字。”", "船头写着‘柳渡’两个字。", "船头写着「柳渡」两个字。"]
)
def test_J5_quotes_are_double_outside_and_single_inside(body: str, tmp_path: Path) -> None:
    assert "J5" in asked(tmp_path, body)
    assert "J5" not in asked(tmp_path, "他说：“船上写着‘柳渡’两个字。”")


def test_J5_straight_quotes_become_curly_ones() -> None:
    assert clean("他说:\"船上写着'柳渡'两个字。\"") == "他说：“船上写着‘柳渡’两个字。”"


def test_J11_numbers_of_lists_have_their_marks_and_their_order(tmp_path: Path) -> None:
    good = "一、先量水位\n\n（一）早晨\n\n（二）傍晚\n\n二、再看天气"
    assert "J11" not in asked(tmp_path, good)
    assert "J11" in asked(tmp_path, good.replace("二、", "三、"))
    assert "J11" in asked(tmp_path, good.replace("一、先", "一，先"))
    assert "J11" in asked(tmp_path, good.replace("（二）", "（二）、"))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("会议,2023年召开;议程:略(见附件).", "会议，2023年召开；议程：略（见附件）."),
        ("他--一个人", "他——一个人"),
        ("走了...", "走了……"),
        ("１２３ＡＢ", "123AB"),
        ("列夫・托尔斯泰", "列夫·托尔斯泰"),
        ("上午9:30，比分3:2，共1,000人", "上午9:30，比分3:2，共1,000人"),
        ("见https://a.example/x,y(z)", "见https://a.example/x,y(z)"),
    ],
)
def test_J12_a_keyboard_s_marks_become_print_s_but_not_in_numbers_and_addresses(typed: str, printed: str) -> None:
    assert clean(typed) == printed
