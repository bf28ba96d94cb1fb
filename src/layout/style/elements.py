"""Styles of elements: boxes, rules, tables, pictures, charts, name lists, furniture."""

from __future__ import annotations

from typing import Literal

from ..records import Length, Record, described
from .references import BoxName, ColourName, HeadlineName, RuleName, TextName


class BoxStyle(Record):
    """A tint box, a frame, or rules round an article, a headline or a note."""

    fill: ColourName = described(zh="底色名", en="colour of the tint", default="")
    stroke: ColourName = described(zh="框线颜色名", en="colour of the frame", default="")
    width: Length = described(zh="框线粗细", en="width of the frame", default=Length(0.5))
    padding: float = described(zh="字与框的距离（em）", en="space inside, em", default=1.0)
    rule: RuleName = described(zh="四边用的线（rules 里的名字）", en="rule round it, a name from rules", default="")
    top: RuleName = described(zh="上边用的线", en="rule along its top", default="")
    foot: RuleName = described(zh="下边用的线", en="rule along its foot", default="")
    text: ColourName = described(
        zh="框内文字的颜色名（反白）", en="colour of the text in it, as for reversed type", default=""
    )


RuleKind = Literal["solid", "double", "thick_thin", "thin_thick", "dotted", "dashed", "wavy"]


class RuleStyle(Record):
    """A printed rule: 正线、反线, 双线, 文武线 (`thick_thin`), 点线, 虚线, 曲线."""

    kind: RuleKind = described(
        zh="线型：正线、双线、文武线（上粗下细、上细下粗）、点线、虚线、曲线", en="kind of rule", default="solid"
    )
    width: Length = described(zh="线的粗细；0 不画", en="width, 0 for none", default=Length(0.25))
    colour: ColourName = described(zh="颜色名", en="name of a colour", default="black")
    thin: Length = described(
        zh="文武线中细线的粗细", en="width of the thin line of a thick-thin rule", default=Length(0.4)
    )
    space: Length = described(
        zh="双线、文武线两线的间隔；点线、虚线的间隔；曲线的波长",
        en="space between two lines, between dots or dashes; length of a wave",
        default=Length(1.5),
    )

    @property
    def height(self) -> float:
        """The height of the whole rule, pt."""
        if not self.width:
            return 0.0
        second = {"double": self.width, "thick_thin": self.thin, "thin_thick": self.thin}.get(self.kind)
        if second is not None:
            return self.width + self.space + second
        return self.width + self.space / 3 if self.kind == "wavy" else float(self.width)


class TableStyle(Record):
    """Rules and spaces of tables; only the rules named in `rules` are drawn."""

    top: RuleName = described(zh="顶线", en="rule at the top", default="")
    head: RuleName = described(zh="表头下的线", en="rule under the head", default="")
    row: RuleName = described(zh="行与行之间的线", en="rule between rows", default="")
    total: RuleName = described(zh="合计行上的线", en="rule over the total", default="")
    foot: RuleName = described(zh="底线", en="rule at the foot", default="")
    column: RuleName = described(zh="栏与栏之间的线", en="rule between columns", default="")
    head_fill: ColourName = described(zh="表头底色名", en="tint of the head", default="")
    band: ColourName = described(zh="隔行的底色名", en="tint of every second row", default="")
    gap: float = described(zh="栏与栏至少隔多少（em）", en="least space between columns, em", default=1.0)
    inset: float = described(zh="表内左右各空多少（em）", en="space at the left and right inside, em", default=0.0)
    row_height: Length = described(zh="一行字的表行多高", en="height of a row of one line", default=Length(13.5))
    air: float = described(
        zh="排在文中时上下共空多少（行）", en="least space over and under it in the text, lines", default=0.5
    )
    sizes: tuple[Length, ...] = described(
        zh="放不下时可用的字号，大的在前", en="sizes allowed, largest first", default=()
    )


class KindStyle(Record):
    """How articles of one kind are set; values left out are those of a story."""

    text: TextName = described(zh="正文用哪个文字样式", en="text style of its paragraphs", default="body")
    headline: HeadlineName = described(
        zh="标题用哪个样式；不写按分量", en="headline style; else that of its rank", default=""
    )
    box: BoxName = described(zh="框或底纹", en="box of the whole article", default="")
    drop_initial: bool = described(zh="首字下沉", en="drop initial", default=False)
    end_mark: bool = described(zh="文末加尾花（words 里的 end_mark）", en="end mark, from words", default=False)
    item_head: Literal["run_in", "line"] = described(
        zh="各条的标题与正文同行，或自占一行", en="heads of items run in, or on a line of their own", default="run_in"
    )
    item_mark: str = described(zh="各条前面的符号", en="sign before each item", default="")
    item_gap: int = described(zh="各条之间空几行", en="lines between items", default=0, minimum=0)


class DropInitialStyle(Record):
    """A drop initial (首字下沉); its face and colour are those of the text style of that name."""

    lines: int = described(zh="下沉几行", en="lines it is high", default=2, minimum=2, maximum=6)
    gap: float = described(zh="右边空多少（em）", en="space at its right, em", default=0.3)


class TextLinesStyle(Record):
    """Lines under proper names and titles (专名号、书名线); what is not drawn is printed as plain text."""

    name: Literal["line", "none"] = described(
        zh="[…]{.name} 的专名号：直线，或不画", en="line under a proper name", default="line"
    )
    title: Literal["wave", "none"] = described(
        zh="[…]{.title} 的书名线：浪线，或不画", en="line under a title", default="wave"
    )
    brackets: bool = described(
        zh="《》里的也画书名线", en="the line of a title under what stands in 《》", default=False
    )
    colour: ColourName = described(zh="颜色名；不写随文字", en="name of a colour; else the text's", default="")


class FootnoteStyle(Record):
    """Footnotes (脚注); their text style is `footnote`, else four fifths of the body."""

    position: Literal["column", "article"] = described(
        zh="排在注号所在栏的栏脚，或全文之后",
        en="at the foot of the mark's column, or after the article",
        default="article",
    )
    sign: Literal["circled", "digits", "brackets"] = described(
        zh="注号：①、1、[1]", en="form of the mark: ①, 1 or [1]", default="circled"
    )
    rule: RuleName = described(zh="注文上的线；不写是细线", en="rule over the notes; else a hairline", default="")
    rule_length: float = described(
        zh="线长几字（em）；0 不画", en="length of the rule, em; 0 for none", default=6.0, minimum=0
    )


class PictureStyle(Record):
    air: float = described(zh="排在文中的图上面空多少（行）", en="space over a picture in the text, lines", default=0.5)
    gutter: float = described(zh="组图的图与图之间（em）", en="space between the pictures of a group, em", default=0.7)
    least_ppi: int = described(
        zh="印出来少于每英寸这么多像素就提醒", en="pixels an inch below which it is told", default=225, minimum=1
    )


class NamesStyle(Record):
    """Name lists (均排); their text styles are `names` and `names_head`."""

    slot: float = described(
        zh="两字姓名撑开到几字宽（em）", en="width that names of two are spread to, em", default=3.0
    )
    gap: float = described(zh="姓名之间至少空多少（em）", en="least space between names, em", default=1.0)
    row_height: Length = described(zh="一行多高", en="height of a row", default=Length(15.0))
    frame: Length = described(zh="示亡号的线粗", en="width of the frame round the dead", default=Length(0.4))
    air: float = described(zh="上下共空多少（行）", en="least space over and under it, lines", default=0.0)


class QuoteStyle(Record):
    """Pull quotes; their text styles are `pull_quote` and `speaker`."""

    box: BoxName = described(zh="框、底纹或上下线", en="box style", default="")
    air: float = described(zh="上下共空多少（行）", en="least space over and under it, lines", default=1.0)
    padding: float = described(zh="字与上下边的距离（行）", en="space inside at top and foot, lines", default=0.4)


class ChartStyle(Record):
    """Charts; their text styles are `chart`, `chart_title` and `table_note`."""

    colours: tuple[ColourName, ...] = described(zh="各列数的颜色名", en="colours of the series", default=("black",))
    axis: RuleName = described(zh="轴线用的线", en="rule of the axis", default="")
    lines_across: RuleName = described(zh="刻度线用的线；不写没有", en="rule of the grid lines", default="")
    bar: float = described(zh="条或柱占间隔的几分之几", en="thickness of bars in parts of their step", default=0.62)
    row_height: Length = described(zh="横条图一条占多高", en="height of a bar with its space", default=Length(15.0))
    height: float = described(zh="其他图的高与宽之比", en="height of other charts in widths", default=0.5)
    air: float = described(zh="上下共空多少（行）", en="least space over and under it, lines", default=0.5)
    line: Length = described(zh="折线的粗细", en="width of the line of a line chart", default=Length(1.2))


class FurnitureStyle(Record):
    """Furniture drawn by a template of the style, with its CSS."""

    template: str = described(zh="模板文件", en="template file", default="")
    css: str = described(zh="样式表文件", en="style sheet file", default="furniture.css")
    pages: Literal["first", "others", "all", "areas"] = described(
        zh="出现在哪些版：头版、其余各版、各版，或写在区域图里才有",
        en="on which pages: the first, the others, all, or where an area names it",
        default="areas",
    )
    top: Length | None = described(zh="离成品上边多远", en="distance from the trim's top", default=None)
    height: Length | None = described(zh="高", en="height", default=None)
    alt: str = described(zh="给屏幕版的说明", en="text for the screen edition", default="")
