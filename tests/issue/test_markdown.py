"""Bodies: what Markdown becomes, what is rejected by name, and that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.issue.body import Block, Run
from layout.issue.markdown import _Reader, parse
from layout.records import Prose


def blocks(text: str, *, verse: bool = False) -> tuple[Block, ...]:
    body, problems = parse(Prose.of_file(text, "b.md"), verse=verse)
    assert problems == []
    return body.blocks


def refused(text: str) -> list[str]:
    _, problems = parse(Prose.of_file(text, "b.md"))
    return [problem.in_language("zh").splitlines()[0] for problem in problems]


def test_paragraphs_and_crossheads() -> None:
    found = blocks("　　这是一段\n接着写下去\n\n## 小标题\n\n又一段")
    assert [(block.kind, block.text, str(block.mark)) for block in found] == [
        ("paragraph", "这是一段接着写下去", "b.md:1:3"),
        ("crosshead", "小标题", "b.md:4:4"),
        ("paragraph", "又一段", "b.md:6:1"),
    ]


def test_bold_and_kai_beside_full_width_marks() -> None:
    """CommonMark itself leaves these as typed, since it wants a space beside a mark."""
    (block,) = blocks("他说**“快！”**又*（笑）*走了，*轻轻*地")
    assert [(run.text, run.bold, run.kai) for run in block.runs] == [
        ("他说", False, False),
        ("“快！”", True, False),
        ("又", False, False),
        ("（笑）", False, True),
        ("走了，", False, False),
        ("轻轻", False, True),
        ("地", False, False),
    ]


def test_a_star_between_figures_is_a_star() -> None:
    assert blocks("长3*4*5米")[0].runs == (Run("长3*4*5米"),)


def test_a_bold_lead_in_is_parted_from_its_text_by_an_em() -> None:
    (block,) = blocks("**救援队提醒** 冬天落水不要脱衣。")
    assert block.has_lead_in
    assert block.runs == (Run("救援队提醒", bold=True), Run("\u3000冬天落水不要脱衣。"))
    assert not blocks("**粗**接着")[0].has_lead_in


def test_after_a_lead_in_with_a_full_stop_there_is_no_further_space() -> None:
    (block,) = blocks("**把人找准。** 看河人不从外面请。")
    assert block.has_lead_in
    assert block.runs == (Run("把人找准。", bold=True), Run("看河人不从外面请。"))


def test_dots_readings_and_links() -> None:
    (block,) = blocks("请[务必]{.}到[苇泾]{wěi jīng}，见[网站](https://a.example/中)。")
    assert block.runs == (
        Run("请"),
        Run("务必", dots=True),
        Run("到"),
        Run("苇泾", ruby="wěi jīng"),
        Run("，见"),
        Run("网站", link="https://a.example/中"),
        Run("。"),
    )


def test_lists_quotes_and_tables() -> None:
    found = blocks("- 甲\n- 乙\n\n  接乙\n  1. 内\n\n> 引一\n>\n> 引二\n\n| 站 | 时 |\n|:-:|--:|\n| 渡口 | 8:30 |\n")
    assert [(b.kind, b.level, b.label, b.number, b.text) for b in found[:4]] == [
        ("list", 1, "•", 1, "甲"),
        ("list", 1, "•", 2, "乙"),
        ("list", 1, "", 2, "接乙"),
        ("list", 2, "1.", 1, "内"),
    ]
    assert [(b.kind, b.text) for b in found[4:6]] == [("quote", "引一"), ("quote", "引二")]
    table = found[6].table
    assert table is not None
    assert [(column.title, column.align) for column in table.columns] == [("站", "center"), ("时", "right")]
    assert table.rows == (("渡口", "8:30"),)
    assert str(table.mark) == "b.md:11:1"


def test_a_poem_is_set_line_by_line_in_stanzas() -> None:
    found = blocks("一行\n*二*行\n\n三行", verse=True)
    assert [(b.kind, b.number, b.text, b.mark.line) for b in found] == [
        ("verse", 1, "一行", 1),
        ("verse", 1, "二行", 2),
        ("verse", 2, "三行", 4),
    ]
    assert blocks("前\n\n```verse\n一行\n二行\n```\n后")[1:3] == blocks("\n\n\n一行\n二行", verse=True)


def test_a_figure_stands_by_its_name() -> None:
    (block,) = blocks("![](图-1)")
    assert (block.kind, block.name) == ("figure", "图-1")


def test_hygiene_sees_across_runs() -> None:
    (block,) = blocks("**重点**,再说--*完*...")
    assert block.text == "重点，再说——完……"
    assert [run.text for run in block.runs] == ["重点", "，再说——", "完", "……"]


def test_characters_lead_back_to_what_was_typed() -> None:
    (block,) = blocks("会上,**代 表**\n发言--好")
    assert block.text == "会上，代 表发言——好"
    assert block.source == "会上,代 表\n发言--好"
    assert [block.source[at : at + 1] for at in block.typed] == [*"会上,代 表发言--好", ""]
    assert str(block.place(6)) == "b.md:2:1"


def test_a_line_of_verse_keeps_the_indent_that_was_typed() -> None:
    found = blocks("```verse\n桨声慢\n　　潮声也慢\n    *灯火*近了\n```")
    assert [block.text for block in found] == ["桨声慢", "　　潮声也慢", "　　灯火近了"]
    assert [str(block.mark) for block in found] == ["b.md:2:1", "b.md:3:1", "b.md:4:1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# 题", "b.md:1:1: 错误: 正文里不能用一级标题 # [markdown]"),
        ("文\n\n### 题", "b.md:3:1: 错误: 正文里不能用三级以下的标题 ### [markdown]"),
        ("---", "b.md:1:1: 错误: 正文里不能用分割线 --- [markdown]"),
        ("```\n码\n```", "b.md:1:1: 错误: 正文里不能用代码块 ``` [markdown]"),
        ("<div>\n文\n</div>", "b.md:1:1: 错误: 正文里不能用HTML 标签 [markdown]"),
        ("<!-- 注 -->", "b.md:1:1: 错误: 正文里不能用HTML 标签 [markdown]"),
        ("一`码`", "b.md:1:2: 错误: 正文里不能用代码 `…` [markdown]"),
        ("图![说明](a.jpg)", "b.md:1:2: 错误: 正文里不能用文字中间的图片 ![…](…) [markdown]"),
        ("一\\\n二", "b.md:1:2: 错误: 正文里不能用强制换行 \\ [markdown]"),
        ("x __y__", "b.md:1:3: 错误: 正文里不能用下划线写的强调 _…_ [markdown]"),
        ("[点](javascript:x)", "b.md:1:1: 错误: 正文里不能用这种网址 [markdown]"),
        ("> - 项", "b.md:1:1: 错误: 正文里不能用引文里的列表、标题或表格 [markdown]"),
        ("- > 引", "b.md:1:1: 错误: 正文里不能用列表里的标题、引文或表格 [markdown]"),
        ("|甲|乙|\n|-|-|\n|**粗**|1|", "b.md:3:2: 错误: 正文里不能用表格里的强调、链接、脚注或图片 [markdown]"),
        ("|甲|乙|\n|-|-|\n|1|2|3|", "b.md:3:1: 错误: 这一行有 3 格，表头只有 2 格 [row-width]"),
        ("|甲|乙|\n|-|-|", "b.md:1:1: 错误: 表格没有内容 [empty-table]"),
    ],
)
def test_anything_else_is_refused_by_name_and_place(text: str, said: str) -> None:
    assert refused(text) == [said]


def test_what_markdown_would_swallow_stays() -> None:
    assert blocks("[注]: 另行通知")[0].text == "[注]：另行通知"
    assert blocks("    缩进的一行")[0].text == "缩进的一行"
    assert [b.kind for b in blocks("标题\n====")] == ["paragraph"]


MARKDOWN = st.text(st.sampled_from([*"中文说abA 12。，“”（）()**##>-|[]{}!_~`\n\n\\.:　"]), max_size=25)


@given(MARKDOWN)
@settings(max_examples=400)
def test_the_quick_way_and_the_thorough_one_agree(text: str) -> None:
    quick, thorough = (_Reader(Prose.of_file(text, "b.md")) for _ in range(2))
    if quick.quickly():
        thorough.thoroughly()
        assert thorough.problems == []
        assert quick.blocks == thorough.blocks


@given(MARKDOWN, st.booleans())
@settings(max_examples=400)
def test_every_han_character_is_read_once_or_its_mark_refused(text: str, verse: bool) -> None:
    body, problems = parse(Prose.of_file(text, "b.md"), verse=verse)
    if problems:
        return
    found = ""
    for block in body.blocks:
        found += block.name + "".join(run.text + run.ruby + run.link for run in block.runs)
        if block.table:
            found += "".join(column.title for column in block.table.columns)
            found += "".join(cell for row in block.table.rows for cell in row)
        assert len(block.typed) == len(block.text) + 1
    assert sorted(c for c in found if c in "中文说") == sorted(c for c in text if c in "中文说")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("排放CO~2~和H~2~SO~4~", "排放CO₂和H₂SO₄"),
        ("发电10^8^千瓦时，x^2^", "发电10⁸千瓦时，x²"),
        ("**CO~2~**减少", "CO₂减少"),
        ("[CO~2~](https://example.org)多了", "CO₂多了"),
        ("全程3~5天，8~10人", "全程3~5天，8~10人"),
        ("第一行CO~2~\n第二行", "第一行CO₂第二行"),
    ],
)
def test_B17_tildes_lower_and_carets_raise(typed: str, printed: str) -> None:
    assert "".join(block.text for block in blocks(typed)) == printed
    assert "".join(block.text for block in blocks(typed, verse=True)).replace("\n", "") == printed


def test_places_after_a_subscript_are_those_of_the_file() -> None:
    (block,) = blocks("甲CO~2~乙\n**丙**丁")
    assert str(block.place(block.text.index("丙"))) == "b.md:2:1"
