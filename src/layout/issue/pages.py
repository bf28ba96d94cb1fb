"""Area maps of pages and the limits of copyfitting on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar, Literal, Self

from msgspec import Struct

from ..errors import Message
from ..records import Entry, Record, described
from .texts import Text

Permission = Literal["never", "allow"]


class Height(Struct, frozen=True):
    """The height of a row: `lines`, or a `share` of the type area, or neither (`auto`: as the text needs)."""

    expects: ClassVar[Message] = Message(
        "行数、auto 或几分之几（1/3）", "a number of lines, auto, or a fraction such as 1/3"
    )
    schema: ClassVar[dict[str, object]] = {"type": ["string", "integer"], "pattern": r"^(auto|\d+|\d+/\d+)$"}

    lines: int | None = None
    share: Fraction | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        if text == "auto":
            return cls()
        if re.fullmatch(r"[1-9]\d{0,2}", text):
            return cls(lines=int(text))
        if re.fullmatch(r"[1-9]\d{0,2}/[1-9]\d{0,2}", text) and Fraction(text) <= 1:
            return cls(share=Fraction(text))
        raise ValueError(text)


class Cells(tuple[str, ...]):
    """The names in a row of the map, left to right; their number divides the grid's units."""

    __slots__ = ()
    expects: ClassVar[Message] = Message("一行名字，用空格隔开", "names with spaces between them")
    schema: ClassVar[dict[str, object]] = {"type": "string"}

    @classmethod
    def parse(cls, text: str) -> Self:
        names = text.split()
        if not names:
            raise ValueError(text)
        return cls(names)


class AreaRow(Entry):
    """One row of a page's map."""

    height: Height = described(
        zh="高：行数、auto 或几分之几",
        en="height: lines, auto, or a fraction of the type area",
        example="12: harvest harvest safety",
    )
    cells: Cells = described(
        zh="从左到右各格的名字：稿件、图片、版面构件，空着写 .",
        en="names from left to right: articles, pictures, furniture; . for an empty cell",
    )

    @property
    def lines(self) -> int | None:
        """The height in lines; None for `auto` and shares."""
        return self.height.lines


class FitRules(Record):
    """What copyfitting may change; a value left out is that of the page, the issue, or else the style."""

    heights: Permission | None = described(zh="改 auto 以外的高度", en="heights other than auto", default=None)
    headline: Permission | None = described(zh="换标题字号", en="sizes of headlines", default=None)
    deck: Permission | None = described(zh="去掉副题", en="leave out decks", default=None)
    crop: Permission | None = described(zh="裁切图片", en="crop pictures", default=None)
    spacing: Permission | None = described(zh="改框四周的空", en="space round boxes", default=None)
    tracking: Permission | None = described(zh="改字距", en="tracking", default=None)


class PageSpec(Record):
    """A page as the editor specified it; without `areas` it is planned."""

    name: Text = described(zh="版名，如要闻", en="name of the page, such as 要闻", default=Text())
    editor: Text = described(zh="本版责任编辑", en="editor of the page", default=Text())
    areas: tuple[AreaRow, ...] = described(
        zh="版面图：一行一条“高: 名字 名字 …”；不写由程序安排",
        en="map of the page, rows of “height: name name …”; left out, the page is planned",
        default=(),
    )
    columns: dict[str, int | tuple[int, ...]] = described(
        zh="稿件分几栏；占几处时可各写一个数",
        en="columns of an article, or of each of its areas",
        default_factory=dict,
        minimum=1,
        maximum=24,
        example="{harvest: 3, safety: 1}",
    )
    head_spans: dict[str, int] = described(
        zh="标题只盖住正文的几栏", en="columns of its text that a headline covers", default_factory=dict, minimum=1
    )
    sections: tuple[str, ...] = described(
        zh="由程序安排时放哪些栏目（稿件的 section）", en="sections that may be planned here", default=()
    )
    spread: bool = described(
        zh="跨版：左右相对的两版连成一张图，占两个版次",
        en="double truck: two facing pages in one map, which take two numbers",
        default=False,
    )
    pinned: bool = described(zh="固定：重新安排时不动", en="left as it is when planning again", default=False)
    fit: FitRules = described(zh="这一版上允许的微调", en="what fitting may do on this page", default=FitRules())

    def head_columns(self, name: str) -> int | None:
        """The number of text columns that an article's headline spans; None for all."""
        return self.head_spans.get(name)


def numbered(specs: Sequence[PageSpec]) -> list[tuple[int, PageSpec]]:
    """The pages with their numbers; a double truck has that of its left page."""
    pairs, number = [], 1
    for spec in specs:
        pairs.append((number, spec))
        number += 2 if spec.spread else 1
    return pairs
