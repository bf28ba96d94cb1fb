"""What a keyboard left behind, and what is printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.issue import hygiene

CHANGED = [
    # marks beside Han become full width
    ("会议,2023年召开;议程:略(见附件)。", "会议，2023年召开；议程：略（见附件）。"),
    ("真的吗?!", "真的吗？！"),
    ("国内生产总值(GDP)增长", "国内生产总值（GDP）增长"),
    ("GDP(国内生产总值)", "GDP（国内生产总值）"),
    ("《渡口》,1998年", "《渡口》，1998年"),
    ("（含税)和(中）", "（含税）和（中）"),
    ("hello, 世界", "hello，世界"),
    # dashes and ellipses
    ("他--一个人", "他——一个人"),
    ("走了...", "走了……"),
    ("说。。。。", "说……"),
    ("它…的", "它……的"),
    # quotes face the right way
    ('他说:"船快了,人不急。"', "他说：“船快了，人不急。”"),
    ("'外'和\"内\"", "‘外’和“内”"),
    # letters and digits are half width
    ("１２３ＡＢ，３．５米", "123AB，3.5米"),
    # one interpunct
    ("列夫・托尔斯泰•选", "列夫·托尔斯泰·选"),
    # idle spaces go
    ("　　会上 , 代表  发言 ", "会上，代表发言"),
    ("他用 Word 和 WPS 写稿", "他用Word和WPS写稿"),
    ("零\u200b宽\ufeff", "零宽"),
    ("一行\n　　下一行", "一行下一行"),
    ("one\ntwo", "one two"),
]
KEPT = [
    "上午9:30，比分3:2，共1,000人",
    "见http://a.example/x,y(z)和www.b.example/?q=1",
    "信箱a.b@c.example，谢谢",
    "Python(a language), it runs",
    "“Hello, world!”他说",
    "姓名　单位",
    "word -- word ... word",
    '5"屏',
    "——……",
    "3.25亿元，38 kW",
]


@pytest.mark.parametrize(("typed", "printed"), CHANGED)
def test_what_is_typed_badly_is_printed_well(typed: str, printed: str) -> None:
    assert hygiene.clean(typed) == printed


@pytest.mark.parametrize("text", KEPT)
def test_numbers_addresses_and_latin_stay(text: str) -> None:
    assert hygiene.clean(text) == text
    assert hygiene.edits(text) == []


def test_a_space_in_a_headline_is_a_pause() -> None:
    assert hygiene.clean("守住 一江清水 ", headline=True) == "守住 一江清水"
    assert hygiene.clean("守住 一江清水 ") == "守住一江清水"
    assert hygiene.clean("新船 40 座", headline=True) == "新船40座"


def test_changes_are_told_with_their_place() -> None:
    assert hygiene.edits("会,议 --") == [(1, 2, "，"), (3, 6, "——")]
    assert hygiene.typed_offsets("会,议 --", hygiene.edits("会,议 --")) == [0, 1, 2, 3, 4, 6]


ANY = st.text(st.sampled_from([*"中文说A b1 2,;:?!()（）\"'“”‘’-－.。…・１Ａ，：《》　\n\u200b—/@w|"]), max_size=14)


@given(ANY, st.booleans())
@settings(max_examples=300)
def test_cleaning_twice_is_cleaning_once(text: str, headline: bool) -> None:
    once = hygiene.clean(text, headline=headline)
    assert hygiene.clean(once, headline=headline) == once


@given(ANY, st.booleans())
@settings(max_examples=300)
def test_the_changes_lead_from_the_one_text_to_the_other(text: str, headline: bool) -> None:
    edits = hygiene.edits(text, headline=headline)
    printed = hygiene.apply(text, edits)
    offsets = hygiene.typed_offsets(text, edits)
    assert printed == hygiene.clean(text, headline=headline)
    assert offsets == sorted(offsets)
    assert len(offsets) == len(printed) + 1
    assert offsets[-1] == len(text)


@given(st.text(st.sampled_from([*"渡口换了新船。，、“”《》"]), max_size=40).filter(lambda text: "。。。" not in text))
def test_clean_chinese_is_left_alone(text: str) -> None:
    assert hygiene.edits(text) == []
