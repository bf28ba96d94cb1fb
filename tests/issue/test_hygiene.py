"""What a keyboard left behind, and what is printed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.issue import hygiene
from layout.rules.hygiene import BY_NAME, HYGIENE_RULES, HygieneRule

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
    # a stop after per cent
    ("完成100%.至此收官", "完成100%。至此收官"),
    # spaces that separate nothing go
    ("　　会上 , 代表发言 ", "会上，代表发言"),
    ("他用 Word 和 WPS 写稿", "他用Word和WPS写稿"),
    ("零\u200b宽\ufeff", "零宽"),
    ("船到了\n　　人也到了。", "船到了人也到了。"),
    ("one\ntwo", "one two"),
    # those that separate are an em
    ("1987年7月1日  一号装置投产", "1987年7月1日　一号装置投产"),
    ("日期：2026年7月20日    地点：礼堂", "日期：2026年7月20日　地点：礼堂"),
    ("姓名____  部门____", "姓名____　部门____"),
    ("8:30\t签到", "8:30　签到"),
    ("评委：张三。    记录：王五", "评委：张三。　记录：王五"),
    ("王 英  李 芳", "王 英　　李 芳"),
    ("王英\n李芳\n张伟", "王英 李芳 张伟"),
    ("签名（    ）", "签名（　　）"),
]
KEPT = [
    "上午9:30，比分3:2，共1,000人",
    "见http://a.example/x,y(z)和www.b.example/?q=1",
    "信箱a.b@c.example，谢谢",
    "Python(a language), it runs",
    "“Hello, world!”他说",
    "姓名　单位",
    "姓名　　单位",
    "word -- word ... word",
    '5"屏',
    "——……",
    "3.25亿元，38 kW",
    "0.5%的人",
    "王英 李芳 张伟",
    "王 英 李芳芳",
    "记者 苏南枝 通讯员 顾行舟",
    "安环部 卫守拙",
    "文/王英 图/李芳",
    "王英（组长） 李芳（组员）",
    "《渡口》 《船歌》",
    "奋进“十五五” 建功新时代",
    "姓名____ 部门____",
    "A - B",
    "第一名 王英",
]


@pytest.mark.parametrize(("typed", "printed"), CHANGED)
def test_what_is_typed_badly_is_printed_well(typed: str, printed: str) -> None:
    assert hygiene.clean(typed) == printed


@pytest.mark.parametrize("text", KEPT)
def test_what_separates_and_numbers_addresses_and_latin_stay(text: str) -> None:
    assert hygiene.clean(text) == text
    assert hygiene.edits(text) == []


def test_three_hundred_names_stay_three_hundred() -> None:
    names = [
        f"{surname}{given}"
        for surname in "王李张刘陈杨赵黄周吴"
        for given in "英芳伟敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂文辉力玲华云兰飞"
    ]
    assert len(names) == 300
    for gap in (" ", "  ", "\t", "\u3000", "\n"):
        assert re.split(r"[ \u3000]+", hygiene.clean(gap.join(names))) == names


def test_a_space_in_a_headline_is_a_pause() -> None:
    assert hygiene.clean("守住 一江清水 ", headline=True) == "守住 一江清水"
    assert hygiene.clean("奋进新征程！ 建功新时代", headline=True) == "奋进新征程！ 建功新时代"
    assert hygiene.clean("奋进新征程！ 建功新时代") == "奋进新征程！建功新时代"
    assert hygiene.clean("新船 40 座", headline=True) == "新船40座"


def test_a_line_of_verse_keeps_its_indent() -> None:
    assert hygiene.clean("　　桨声慢", verse=True) == "　　桨声慢"
    assert hygiene.clean("    桨声慢 ", verse=True) == "　　桨声慢"
    assert hygiene.clean("　　桨声慢") == "桨声慢"


@pytest.mark.parametrize("rule", HYGIENE_RULES, ids=lambda rule: rule.name)
def test_a_rule_does_what_its_row_says_and_nothing_else(rule: HygieneRule) -> None:
    """The row's example comes out as printed, by edits of this rule alone; what an edit does not cover is as typed."""
    edits = hygiene.named_edits(rule.example)
    assert hygiene.clean(rule.example) == rule.printed
    assert {name for named in edits for name in named.rules} == ({rule.name} if rule.sure else set())
    assert hygiene.apply(rule.example, [named.edit for named in edits]) == rule.printed
    assert hygiene.clean(rule.printed) == rule.printed


def test_names_of_rules_are_used_once() -> None:
    assert len(BY_NAME) == len(HYGIENE_RULES)


def test_changes_are_reported_with_their_place() -> None:
    assert hygiene.edits("会,议 --") == [(1, 2, "，"), (3, 6, "——")]
    assert hygiene.typed_offsets("会,议 --", hygiene.edits("会,议 --")) == [0, 1, 2, 3, 4, 6]
    assert hygiene.named_edits("会,议 --") == [
        ((1, 2, "，"), ("full-width",)),
        ((3, 6, "——"), ("dash", "beside-a-mark")),
    ]


ANY = st.text(st.sampled_from([*"中文说A b1 2,;:?!()（）\"'“”‘’-－.。…・１Ａ，：《》　\n\t\u200b—/@w|_%"]), max_size=14)


@given(ANY, st.booleans(), st.booleans())
@settings(max_examples=300)
def test_cleaning_twice_is_cleaning_once(text: str, headline: bool, verse: bool) -> None:
    once = hygiene.clean(text, headline=headline, verse=verse)
    assert hygiene.clean(once, headline=headline, verse=verse) == once


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


MARKS = str.maketrans("，；：？！（）“”‘’　·", ",;:?!()\"\"'' ・")


def skeleton(text: str) -> str:
    """What no rule may touch: every letter, digit, Han and mark but for how wide it is and how long a dash is."""
    text = text.translate({code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)}).translate(MARKS)
    text = re.sub(r"[-－—]{2,}", "—", re.sub(r"\.{3,}|。{3,}|…+", "…", text))
    return re.sub(r"[\s\u200b]+", "", re.sub(r"(?<=%)[.。](?=[\u3400-\u9fff])", "", text))


@given(ANY, st.booleans())
@settings(max_examples=300)
def test_no_rule_takes_a_letter_a_digit_a_han_or_a_mark_away(text: str, headline: bool) -> None:
    assert skeleton(hygiene.clean(text, headline=headline)) == skeleton(text)


@given(ANY, st.booleans())
@settings(max_examples=300)
def test_every_change_has_a_rule_that_is_sure(text: str, headline: bool) -> None:
    for named in hygiene.named_edits(text, headline=headline):
        assert named.rules
        assert all(BY_NAME[name].sure for name in named.rules)


@given(st.text(st.sampled_from([*"渡口换了新船。，、“”《》"]), max_size=40).filter(lambda text: "。。。" not in text))
def test_clean_chinese_is_left_alone(text: str) -> None:
    assert hygiene.edits(text) == []
