"""Floats: pictures, charts, tables, name lists and pull quotes in or beside a text; and people."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from ..records import Record, described
from .texts import HeadlineText, Text


def _id() -> Any:
    return described(
        zh="名字，写在版面图 areas 里，或正文的 ![](名字) 里；不写则由稿件名编号",
        en="its name in area maps and in ![](name) in the text; else numbered after its article",
        default="",
    )


class Person(Record):
    name: Text = described(zh="姓名", en="name")
    role: Text = described(zh="身份，如通讯员、摄影", en="what they did, such as correspondent", default=Text())
    department: Text = described(zh="部门", en="department", default=Text())
    deceased: bool = described(zh="已去世，名单里加框（示亡号）", en="boxed in a name list: deceased", default=False)


class Picture(Record):
    """A picture; `width` and `height` are the file's, in pixels (of an SVG in its units), `path` is that of the file."""

    beside = frozenset({"path"})

    file: str = described(zh="图片文件，在本期文件夹里", en="picture file inside the issue's folder")
    id: str = _id()
    caption: Text = described(zh="图片说明", en="caption", default=Text())
    credit: Text = described(zh="作者：摄影、绘图、供图", en="credit", default=Text())
    alt: Text = described(zh="给看不见图的人的说明", en="text for those who cannot see it", default=Text())
    focus: tuple[float, float] = described(
        zh="画面重心 [横, 纵]，0–1，裁切时留住",
        en="focus [x, y], 0 to 1, kept when cropping",
        default=(0.5, 0.5),
        minimum=0,
        maximum=1,
    )
    keep: tuple[float, float, float, float] | None = described(
        zh="不能裁掉的部分 [左, 上, 右, 下]，0–1", en="part that must show, 0 to 1", default=None, minimum=0, maximum=1
    )
    crop: tuple[float, float] | None = described(
        zh="裁切后宽与高之比的范围 [最小, 最大]",
        en="range of width to height after cropping",
        default=None,
        minimum=0.1,
        maximum=10,
    )
    columns: int = described(
        zh="排在文中时跨几栏", en="columns it spans inside the text", default=1, minimum=1, maximum=12
    )
    lines: int | None = described(zh="排在文中时占几行", en="lines it takes inside the text", default=None, minimum=2)
    width: float = 0.0
    height: float = 0.0
    path: Path = Path()


class PictureGroup(Record):
    """A group of pictures under one name (组图)."""

    pictures: tuple[str, ...] = described(zh="各张图片的名字", en="names of the pictures", least=2)
    id: str = _id()
    columns: int = described(zh="一行排几张", en="pictures in a row", default=2, minimum=1, maximum=12)
    caption: Text = described(zh="总说明", en="caption for all", default=Text())
    credit: Text = described(zh="作者", en="credit", default=Text())


class Chart(Record):
    """A chart drawn from data."""

    kind: Literal["bar", "column", "line", "pie"] = described(
        zh="横条、立柱、折线、饼", en="bars lying, columns standing, lines, a pie"
    )
    data: tuple[tuple[Text, *tuple[float, ...]], ...] = described(
        zh="一行一项：[名目, 数, …]",
        en="a row each: [label, number, ...]",
        example="[[香樟, 612], [银杏, 437]]",
        least=1,
    )
    id: str = _id()
    series: tuple[Text, ...] = described(zh="有几列数时各列的名字", en="names of the numbers' columns", default=())
    title: Text = described(zh="图题", en="title", default=Text())
    unit: Text = described(zh="单位", en="unit", default=Text())
    note: Text = described(zh="注", en="note", default=Text())
    credit: Text = described(zh="数据来源、制图", en="source, credit", default=Text())
    alt: Text = described(zh="给看不见图的人的说明", en="text for those who cannot see it", default=Text())


class TableColumn(Record):
    title: Text = described(zh="栏目名", en="heading", default=Text())
    align: Literal["left", "center", "right", "decimal"] | None = described(
        zh="对齐；decimal 对齐小数点；不写则数字靠右、文字靠左",
        en="alignment; else numbers right, text left",
        default=None,
    )


class Table(Record):
    """A table, from YAML or from the Markdown of a body."""

    columns: tuple[TableColumn, ...] = described(zh="各栏", en="columns", least=1)
    rows: tuple[tuple[Text, ...], ...] = described(zh="各行", en="rows", least=1)
    id: str = _id()
    title: Text = described(zh="表题", en="title", default=Text())
    total: tuple[Text, ...] = described(zh="合计行", en="row of totals", default=())
    note: Text = described(zh="注", en="note", default=Text())
    credit: Text = described(zh="资料来源", en="source", default=Text())


class NameGroup(Record):
    """Names set in even columns (均排) under a heading."""

    names: tuple[Text | Person, ...] = described(zh="姓名", en="names", least=1)
    id: str = _id()
    heading: Text = described(zh="这一组的名目", en="heading", default=Text())


class PullQuote(Record):
    text: HeadlineText = described(zh="摘出的话", en="the words pulled out")
    speaker: Text = described(zh="谁说的", en="who said them", default=Text())
    id: str = _id()
