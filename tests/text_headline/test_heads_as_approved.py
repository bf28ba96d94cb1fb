"""Headlines as they were last approved: how each is broken and fitted to boxes of many widths, across and down.

`pytest --update` writes them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from galleys import number, places

from layout.text.fonts.faces import Faces
from layout.text.headline.fitting import FittedHeadline, break_headline, fit_headline
from layout.text.headline.name_list import ListedName, name_list, spread_evenly
from layout.text.headline.vertical import set_vertical

Golden = Callable[[str, str], None]
HEADS = [
    "柳溪镇秋收过半，晒谷场灯火通明",
    "“我们村的桥”修好了：两岸孩子不再绕路上学",
    "渡口",
    "新渡船",
    "风雨无阻",
    "石桥镇长陈晓文赴上海考察“数字乡村”建设",
    "120亩水稻全部颗粒归仓——合作社社员算了一笔账",
    "全镇GDP增长8.5%，人均收入达3.25万元",
    "图书室夜里也开门了吗？志愿者说：开！",
    "老街拆了|老戏台还在",
    "WTO与我们的渔港",
    "码头检查、堤坝整修、渔船归港：台风来临之前镇上做了三件事",
    "第3期《今日渡口》读者来信选登",
    "爷爷和他的号子（三）",
    "Hello, 渡口！",
]


def described(made: FittedHeadline) -> str:
    facts = [f"{number(made.size)} pt", f"fill {number(made.fill)}", f"cost {number(made.cost)}"]
    facts += [f"tracking {number(made.tracking)}"] * bool(made.tracking)
    facts += [f"scale {number(made.scale)}"] * (made.scale != 1)
    facts += [f"over {made.over}: {problem.rule}: {problem.what.en}" for problem in made.problems]
    lines = [
        f"  {line.text} [{line.start}:{line.end}] {number(line.width)}: {places(line.xs)}\n" for line in made.lines
    ]
    return ", ".join(facts) + "\n" + "".join(lines)


@pytest.mark.parametrize("align", ["left", "center", "right", "justify"])
def test_headlines_fit_their_boxes_as_approved(align: Any, square: Faces, golden: Golden) -> None:
    text = ""
    for place, head in enumerate(HEADS if align == "center" else HEADS[:6]):
        for width in (120 + 7 * place, 260, 480):
            made = fit_headline(
                head, width_pt=width, sizes=(20, 24, 28, 32), face=square["Square"], align=align,
                height_pt=(None, 60, 90)[place % 3], max_lines=2 + place % 2, terms=("今日渡口",),
            )  # fmt: skip
            text += f"{head} in {width} pt: {described(made)}"
    golden(f"heads-{align}", text)


@pytest.mark.parametrize("centred", [False, True])
def test_headlines_are_broken_as_approved(centred: bool, square: Faces, golden: Golden) -> None:
    text = ""
    for head in HEADS:
        for measures in (5.0, 8.0, 11.0, 16.5, (6.0, 9.0), (12.0, 8.0, 4.0)):
            made = break_headline(
                head, measure_em=measures, face=square["Square"], align="center" if centred else "left"
            )
            text += f"{head} in {measures} em: {described(made)}"
    golden(f"heads-broken-{'centred' if centred else 'left'}", text)


def test_vertical_headlines_are_set_as_approved(square: Faces, golden: Golden) -> None:
    text = ""
    for place, head in enumerate(HEADS):
        for height in (100.0, 160.0, 300.0):
            align = ("top", "center", "bottom")[place % 3]
            made = set_vertical(head, height_pt=height, size=20, face=square["Square"], align=align)  # type: ignore[arg-type]
            text += f"{head} in {number(height)} pt, {align}: {number(made.width)} wide"
            text += "".join(f", over {made.over}: {problem.what.en}" for problem in made.problems) + "\n"
            for line in made.lines:
                text += f"  {line.text} [{line.start}:{line.end}] at {number(line.x)}, {number(line.top)}"
                text += f", {number(line.height)} high\n"
                for part in line.parts:
                    text += f"    {part.orientation} {part.text} {places(part.ys)}"
                    text += f" across {places(part.xs)}" * bool(part.xs)
                    text += f" scale {number(part.scale)}" * (part.scale != 1) + "\n"
    golden("heads-vertical", text)


PEOPLE: Sequence[str | ListedName] = [
    "陈晓文", "林海", "欧阳明月", ListedName("何芳", note="（女）"), "沈一舟", ListedName("顾平", deceased=True),
    "Ann Smith", "许青禾", ListedName("司马长风", note="（候补）", deceased=True), "陆山", "宋月兰", "张—王",
]  # fmt: skip


def test_names_stand_in_columns_as_approved(square: Faces, golden: Golden) -> None:
    text = ""
    for measure, options in (
        (18.0, {}),
        (12.0, {}),
        (28.0, {"columns": 4}),
        (9.0, {"gap": 0.5}),
        (16.0, {"slot": 4.0}),
    ):
        made = name_list(PEOPLE, measure, face=square["Square"], **options)  # type: ignore[arg-type]
        text += f"in {number(measure)} em: {made.columns} columns, over {', '.join(made.over) or 'none'}\n"
        for row in made.rows:
            for cell in row:
                frame = f" frame {' '.join(map(number, cell.frame))}" if cell.frame else ""
                text += f"  {cell.text} {number(cell.x)} {number(cell.width)}{frame}: {places(cell.xs)}"
            text += "\n"
    for cells in (1.0, 3.0, 5.5):
        for name in ("文", "林海", "欧阳明月", "A班", "张—王"):
            text += f"{name} over {number(cells)}: {places(spread_evenly(name, cells, square['Square']))}\n"
    golden("names", text)
