"""Floats: pictures, charts, tables, name lists and pull quotes in or beside a text; their registry; and people.

All other modules go by the registry `ELEMENTS`: a new element is a record and a field here, an entry in `ELEMENTS`, a role
in `layout.roles`, and a module of `layout.page.elements` that composes it (see docs/extending.md).
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec import Struct

from ..records import Record, described, fields_of
from ..roles import Role
from .texts import HeadlineText, Text


class Float(Record, kw_only=True):
    """The base of every element that an article holds beside its text, or in it, under a name of its own."""

    id: str = described(
        zh="名字，写在版面图 areas 里，或正文的 ![](名字) 里；不写则由稿件名编号",
        en="its name in area maps and in ![](name) in the text; else numbered after its article",
        default="",
    )


class Person(Record):
    name: Text = described(zh="姓名", en="name")
    role: Text = described(zh="身份，如通讯员、摄影", en="what they did, such as correspondent", default=Text())
    department: Text = described(zh="部门", en="department", default=Text())
    deceased: bool = described(zh="已去世，名单里加框（示亡号）", en="boxed in a name list: deceased", default=False)


class Picture(Float):
    """A picture; `width` and `height` are the file's, in pixels (of an SVG in its units), `path` is that of the file."""

    beside = frozenset({"path"})

    file: str = described(zh="图片文件，在本期文件夹里", en="picture file inside the issue's folder")
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


class PictureGroup(Float):
    """A group of pictures under one name (组图)."""

    pictures: tuple[str, ...] = described(zh="各张图片的名字", en="names of the pictures", least=2)
    columns: int = described(zh="一行排几张", en="pictures in a row", default=2, minimum=1, maximum=12)
    caption: Text = described(zh="总说明", en="caption for all", default=Text())
    credit: Text = described(zh="作者", en="credit", default=Text())


class Chart(Float):
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


class Table(Float):
    """A table, from YAML or from the Markdown of a body."""

    columns: tuple[TableColumn, ...] = described(zh="各栏", en="columns", least=1)
    rows: tuple[tuple[Text, ...], ...] = described(zh="各行", en="rows", least=1)
    title: Text = described(zh="表题", en="title", default=Text())
    total: tuple[Text, ...] = described(zh="合计行", en="row of totals", default=())
    note: Text = described(zh="注", en="note", default=Text())
    credit: Text = described(zh="资料来源", en="source", default=Text())


class NameGroup(Float):
    """Names set in even columns (均排) under a heading."""

    names: tuple[Text | Person, ...] = described(zh="姓名", en="names", least=1)
    heading: Text = described(zh="这一组的名目", en="heading", default=Text())


class PullQuote(Float):
    text: HeadlineText = described(zh="摘出的话", en="the words pulled out")
    speaker: Text = described(zh="谁说的", en="who said them", default=Text())


class ArticleElements(Record, kw_only=True):
    """The elements that an article may hold, a field for each kind of them."""

    pictures: tuple[Picture, ...] = described(zh="图片", en="pictures", default=())
    groups: tuple[PictureGroup, ...] = described(zh="组图", en="groups of pictures", default=())
    charts: tuple[Chart, ...] = described(zh="图表", en="charts", default=())
    tables: tuple[Table, ...] = described(zh="表格", en="tables", default=())
    names: tuple[NameGroup, ...] = described(zh="名单", en="name lists", default=())
    pull_quotes: tuple[PullQuote, ...] = described(zh="引语摘句", en="pull quotes", default=())


class ElementKind(Struct, frozen=True):
    """An entry of the registry: all properties of a kind of element that the rest of the program uses.

    `field` is that of `ArticleElements`. Elements without a name are called after their article and `suffix`:
    `harvest-chart-1`. `role` is that of their words on the page. `composing` is the module of `layout.page.elements`
    whose `COMPOSER` composes them. `stands` is where one without an area and without a place in the text stands: at the
    head of the text (a visual, which is scaled to the box that it is given), in the middle of it, or at its end; an
    article of `article_kind` consists of such elements, so that there they stand in the text, whatever they are.
    """

    record: type[Float]
    field: str
    suffix: str
    role: Role
    composing: str
    stands: Literal["head", "middle", "end"]
    article_kind: str = ""

    def is_visual_in(self, article_kind: str) -> bool:
        """Whether it stands beside the text, not in it, in articles of a kind."""
        return self.stands == "head" and self.article_kind != article_kind


ELEMENTS = (
    ElementKind(Picture, "pictures", "", Role.CAPTION, "pictures", "head"),
    ElementKind(PictureGroup, "groups", "group", Role.CAPTION, "picture_groups", "head"),
    ElementKind(Chart, "charts", "chart", Role.CHART, "charts.chart", "head", article_kind="chart"),
    ElementKind(Table, "tables", "table", Role.TABLE, "tables", "end"),
    ElementKind(NameGroup, "names", "names", Role.NAMES, "name_lists", "end"),
    ElementKind(PullQuote, "pull_quotes", "quote", Role.PULL_QUOTE, "quotes", "middle"),
)
_KINDS = {kind.record: kind for kind in ELEMENTS}
if [kind.field for kind in ELEMENTS] != [*fields_of(ArticleElements)]:
    raise TypeError("ELEMENTS and the fields of ArticleElements differ")  # else what is written there is never printed


def kind_of(float_: Float) -> ElementKind:
    """The entry of an element.

    Raises:
        KeyError: its record has no entry in `ELEMENTS`.
    """
    return _KINDS[type(float_)]


def floats_of(article: ArticleElements) -> tuple[Float, ...]:
    """Everything of an article that stands beside its text, or in it, under a name of its own."""
    return tuple([float_ for kind in ELEMENTS for float_ in getattr(article, kind.field)])
