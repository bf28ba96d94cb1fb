"""Text styles: roles of running text, and headline blocks."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from ..records import Length, Record, described
from .references import BoxName, ColourName, FaceName, RuleName, TextName

_Align = Literal["justify", "left", "right", "center", "distribute"]
_Scheme = Literal["natural", "full", "kaiming", "half", "line_end_half"]
_Pairs = Literal["keep", "trim", "tight"]
LineEnd = Literal["half", "needed"]
LineStart = Literal["flush", "first", "full"]
_Level = Literal["none", "basic", "gb", "strict"]
_Breaking = Literal["first-fit", "optimum"]


class TextStyle(Record):
    """The text style of one role; values left out are taken from `base`. White before and after is whole lines, none
    of them between paragraphs (rule G2)."""

    base: TextName = described(zh="没写的从哪个样式取", en="style to take the rest from", default="body")
    face: FaceName | None = described(zh="字体", en="face", default=None)
    bold: FaceName | None = described(zh="**粗** 用的字体", en="face of **bold**", default=None)
    kai: FaceName | None = described(zh="*楷* 用的字体", en="face of *emphasis*", default=None)
    size: Length | None = described(zh="字号", en="type size", default=None)
    leading: Length | None = described(zh="行高（只对不在网格上的文字）", en="leading off the grid", default=None)
    colour: ColourName | None = described(zh="颜色名", en="name of a colour", default=None)
    align: _Align | None = described(zh="对齐", en="alignment", default=None)
    indent: float | None = described(zh="首行缩进（em）", en="first-line indent, em", default=None)
    hanging: float | None = described(zh="凸排：次行起缩进（em）", en="hanging indent, em", default=None)
    left: float | None = described(zh="左边整体缩进（em）", en="block indent left, em", default=None)
    right: float | None = described(zh="右边整体缩进（em）", en="block indent right, em", default=None)
    scheme: _Scheme | None = described(
        zh="标点宽度：原宽、全角式、开明式、半角式、行末半角式", en="widths of marks", default=None
    )
    pairs: _Pairs | None = described(zh="相邻标点保留或挤压", en="adjacent marks", default=None)
    line_end: LineEnd | None = described(zh="行末标点一律半角或需要时才半角", en="marks at a line's end", default=None)
    line_start: LineStart | None = described(
        zh="行首开引号、开括号：顶格、段首留空、一律留空",
        en="opening marks at a line's start: flush, flush but in first lines, full",
        default=None,
    )
    level: _Level | None = described(
        zh="行首行尾禁则的级别", en="level of line-start and line-end prohibition", default=None
    )
    breaking: _Breaking | None = described(zh="断行方法", en="way of breaking", default=None)
    gap: float | None = described(zh="中西间距（em）", en="Han–Latin gap, em", default=None)
    gap_most: float | None = described(zh="中西间距最多拉到（em）", en="as far as that gap may grow, em", default=None)
    word_space: float | None = described(zh="西文词间（em）", en="space between Western words, em", default=None)
    interpunct: float | None = described(
        zh="间隔号宽（em），½ 或 1", en="width of an interpunct, ½ or 1 em", default=None
    )
    tight: float | None = described(
        zh="紧排：没有别的好排法时字间可减多少（em）",
        en="what a gap between Han may give where no line looks well else, em",
        default=None,
        minimum=0,
        maximum=0.1,
    )
    hyphenate: bool | None = described(zh="西文词断词", en="hyphenation of Western words", default=None)
    hang: bool | None = described(zh="行末点号悬挂", en="hanging punctuation", default=None)
    widows: int | None = described(zh="栏首至少几行", en="least lines at a column's head", default=None)
    orphans: int | None = described(zh="栏尾至少几行", en="least lines at a column's foot", default=None)
    before: int | None = described(zh="前面空几行", en="lines before", default=None)
    after: int | None = described(zh="后面空几行", en="lines after", default=None)
    keep: int | None = described(zh="后面至少跟几行正文", en="lines of text that must follow", default=None)
    ruby: float | None = described(
        zh="注音是所注的字的几倍大", en="size of readings (ruby) in sizes of their text", default=None
    )
    digits: float | None = described(
        zh="数字一律几个 em 宽，如表格里；0 随字体",
        en="width of every digit, em, as in tables; 0 as the face has it",
        default=None,
    )


class ResolvedTextStyle(Struct, frozen=True):
    """A text style with all values. Sizes in pt, indents and gaps in em of the style's own size."""

    face: str = "Song-Regular"
    bold: str = "Hei-Bold"
    kai: str = "Kai-Regular"
    size: float = 9.0
    leading: float = 15.0
    colour: str = "black"
    align: _Align = "justify"
    indent: float = 2.0
    hanging: float = 0.0
    left: float = 0.0
    right: float = 0.0
    scheme: _Scheme = "full"
    pairs: _Pairs = "trim"
    line_end: LineEnd = "half"
    line_start: LineStart = "flush"
    level: _Level = "gb"
    breaking: _Breaking = "optimum"
    gap: float = 0.25
    gap_most: float = 0.5
    word_space: float = 1 / 3
    interpunct: float = 0.5
    tight: float = 0.05
    hyphenate: bool = True
    hang: bool = False
    widows: int = 2
    orphans: int = 2
    before: int = 0
    after: int = 0
    keep: int = 0
    ruby: float = 0.5
    digits: float = 0.0


class DeckStyle(Record):
    """The lesser lines of a headline block: kicker, deck, summary."""

    face: FaceName = described(zh="字体", en="face", default="Kai-Regular")
    size: Length = described(zh="字号", en="type size", default=Length(12.0))
    colour: ColourName = described(zh="颜色名", en="name of a colour", default="black")
    align: Literal["left", "center", "right"] | None = described(zh="对齐；不写随主题", en="alignment", default=None)


class DepartmentStyle(DeckStyle):
    """The standing head (栏目): a label over the headline, or a drawing."""

    fill: ColourName = described(zh="底色名；不写没有底", en="colour of the label; none if left out", default="")
    padding: float = described(zh="字与底边的距离（em）", en="space round the words in the label, em", default=0.4)
    rule: RuleName = described(zh="下面的线，与题区同宽", en="rule under it, as wide as the block", default="")
    lines: float = described(zh="画的栏目头高几行", en="height of a drawn one, lines", default=2.0)


class HeadlineStyle(Record):
    """The headline block of one rank, or of one kind of article; kicker, headline and deck (rule I4) and faces (I10)."""

    face: FaceName = described(zh="主题字体", en="face of the headline", default="Song-Bold")
    sizes: tuple[Length, ...] = described(zh="可用字号，大的在前", en="sizes allowed, largest first", default=())
    leading: float = described(zh="行高是字号的几倍", en="leading in sizes", default=1.2)
    max_lines: int = described(zh="最多几行", en="most lines", default=2, minimum=1)
    align: Literal["left", "center", "right"] = described(zh="对齐", en="alignment", default="left")
    colour: ColourName = described(zh="颜色名", en="name of a colour", default="black")
    kicker: DeckStyle = described(zh="引题", en="kicker", default=DeckStyle())
    deck: DeckStyle = described(zh="副题", en="deck", default=DeckStyle())
    air: float = described(zh="题与正文之间至少空（行）", en="least space between head and text, lines", default=0.5)
    box: BoxName = described(
        zh="题框的盒子样式，用在自成一区、排在正文旁边的标题", en="box of a headline beside its text", default=""
    )
    department: DepartmentStyle = described(zh="栏目名", en="standing head", default=DepartmentStyle())
    headpiece: float = described(zh="题花高几行，排在标题左边", en="height of a headpiece, lines", default=3.0)
    leading_vertical: float = described(
        zh="竖题的行距是字号的几倍", en="leading of vertical lines in sizes", default=1.3
    )
