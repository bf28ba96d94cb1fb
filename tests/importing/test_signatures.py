"""Bylines, credits and datelines in the forms that authors type."""

from __future__ import annotations

import pytest

from layout.importing.recognition.bylines import (
    DATELINE,
    byline_of,
    credit_of,
    is_dateline,
    is_editor_credit,
    is_signature,
    signed_at_end,
)
from layout.importing.recognition.caption_text import split_caption


@pytest.mark.parametrize(
    ("text", "byline", "rest"),
    [
        ("沥青春节前铺好。（党群办）", "党群办", "沥青春节前铺好。"),
        ("沥青春节前铺好。(党群办)", "党群办", "沥青春节前铺好。"),
        ("沥青春节前铺好。（党群办（宣传））", "党群办（宣传）", "沥青春节前铺好。"),
        ("沥青春节前铺好。（供稿：镇村建办　何佳）", "镇村建办 何佳", "沥青春节前铺好。"),
        ("沥青春节前铺好。（镇村建办供稿）", "镇村建办", "沥青春节前铺好。"),
        ("“春节前铺好。”（通讯员 何佳 唐一鸣）", "通讯员 何佳 唐一鸣", "“春节前铺好。”"),
        ("沥青春节前铺好！（文/何佳）", "何佳", "沥青春节前铺好！"),
        ("（作者：沈小满）", "沈小满", ""),
        ("沥青铺好。（苇泾小学）。", "苇泾小学", "沥青铺好。"),
    ],
)
def test_a_byline_in_brackets_at_the_end(text: str, byline: str, rest: str) -> None:
    found = signed_at_end(text)
    assert found
    assert (found.byline, found.rest) == (byline, rest)


@pytest.mark.parametrize(
    "text",
    [
        "沥青春节前铺好。",
        "全镇共有七个行政村（含渔业队）",
        "全文到此为止。（完）",
        "机器共十二台（见图1）",
        "他说得好。（掌声）",
        "沥青铺好。（下转第3版）",
        "沥青铺好。（摘自《苇泾志》）",
        "沥青铺好。（2026年11月）",
        "沥青铺好。（路面宽六米，两侧有栏，可以推车）",
    ],
)
def test_other_brackets_at_the_end_are_text(text: str) -> None:
    assert signed_at_end(text) is None


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("通讯员：何佳", "通讯员 何佳"),
        ("记者 何佳　通讯员 唐一鸣", "记者 何佳 通讯员 唐一鸣"),
        ("作者：沈小满", "沈小满"),
        ("□ 何佳", "何佳"),
        ("文/何佳", "何佳"),
        ("镇文化站供稿", "镇文化站"),
        ("供稿单位：县水利站", "县水利站"),
    ],
)
def test_a_line_that_is_a_byline(text: str, byline: str) -> None:
    assert is_signature(text)
    assert byline_of(text) == byline


@pytest.mark.parametrize(
    "text", ["记者在现场看到，桥上人来人往。", "通讯员队伍今年扩大到32人", "文化站新到一批书。", "路修好了"]
)
def test_a_line_that_is_none(text: str) -> None:
    assert not is_signature(text)


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("图为铺好的石板。（王文炳 摄）", "图为铺好的石板。", "王文炳 摄"),
        ("图为铺好的石板。王文炳/摄", "图为铺好的石板。", "王文炳 摄"),
        ("铺好的石板。　镇村建办 供图", "铺好的石板。", "镇村建办 供图"),
        ("▲ 铺好的石板（摄影：王文炳）", "铺好的石板", "王文炳 摄"),
        ("图2 铺好的石板", "铺好的石板", ""),
        ("学生在菜地里拍摄", "学生在菜地里拍摄", ""),
        ("这是一张航拍图", "这是一张航拍图", ""),
    ],
)
def test_captions_and_their_credits(text: str, caption: str, credit: str) -> None:
    assert split_caption(text) == (caption, credit)


@pytest.mark.parametrize(
    ("text", "credit"),
    [("摄影：王文炳", "王文炳 摄"), ("（图片由镇村建办提供）", "镇村建办 供图"), ("图片很多，都很好", "")],
)
def test_credits_under_a_text(text: str, credit: str) -> None:
    assert credit_of(text) == credit


@pytest.mark.parametrize(
    ("text", "source", "who"),
    [
        ("本镇讯　到11月15日", "本镇讯", None),
        ("本刊讯（记者 何佳）到11月15日", "本刊讯", "记者 何佳"),
        ("【本网讯】到11月15日", "本网讯", None),
        ("（本校讯）到11月15日", "本校讯", None),
        ("苇泾讯 到11月15日", "苇泾讯", None),
        ("新华社北京11月15日电 到11月15日", "新华社北京11月15日电", None),
    ],
)
def test_datelines(text: str, source: str, who: str | None) -> None:
    found = DATELINE.match(text)
    assert is_dateline(found)
    assert found
    assert (found["source"], found["who"], text[found.end() :]) == (source, who, "到11月15日")


@pytest.mark.parametrize("text", ["到11月15日", "通讯 录已经更新", "本来讯号不好", "据县水利站电"])
def test_what_is_no_dateline(text: str) -> None:
    assert not is_dateline(DATELINE.match(text))


def test_editors_are_no_authors() -> None:
    assert is_editor_credit("责任编辑：何佳　审核：唐一鸣")
    assert is_editor_credit("（编辑：何佳）")
    assert not is_editor_credit("编辑部收到来信，信里说路修好了。")


@pytest.mark.parametrize(
    ("text", "byline"),
    [("企划部　荀子文", "企划部 荀子文"), ("何佳 文", "何佳"), ("文/王英 图/李芳", "文/王英 图/李芳")],
)
def test_a_name_that_ends_in_a_label_stays_whole(text: str, byline: str) -> None:
    assert byline_of(text) == byline
