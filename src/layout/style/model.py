"""A style: how an issue should look, with no content in it. Read from `style.yaml`, documented from here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ..composition import BLACK, Colour
from ..records import Length, Record, described
from .grid import Grid
from .names import BoxName, ColourName, FaceName, HeadlineName, RuleName, TextName
from .planning import PlanStyle

Align = Literal["justify", "left", "right", "center", "distribute"]
Scheme = Literal["natural", "full", "kaiming", "half", "line_end_half"]
Pairs = Literal["keep", "trim", "tight"]
LineEnd = Literal["half", "needed"]
LineStart = Literal["flush", "first", "full"]
Level = Literal["none", "basic", "gb", "strict"]
Breaking = Literal["first-fit", "optimum"]


class Sheet(Record):
    width: Length = described(zh="成品宽", en="trim width", default=Length(595.2756))
    height: Length = described(zh="成品高", en="trim height", default=Length(841.8898))


class GridStyle(Record):
    size: Length = described(zh="正文字号，即一个 em", en="body size: one em", default=Length(9.0))
    leading: Length = described(zh="行高", en="leading of the body", default=Length(15.0))
    units: int = described(zh="版心横分几个单位", en="units across", default=6, minimum=1, maximum=24)
    unit: float = described(zh="一个单位几个字宽（em）", en="width of a unit in em", default=8.0, minimum=2)
    gutter: float = described(zh="单位之间的栏距（em）", en="gutter in em", default=2.0, minimum=0.5)
    lines: int = described(zh="版心高多少行", en="lines of the type area", default=50, minimum=1)
    head: Length = described(zh="天头：版心上边到成品上边", en="head margin", default=Length(50.0))
    gap: int = described(zh="上下两个区域之间空几行", en="lines between an area and what stands above it", default=1)

    def grid(self, sheet: Sheet) -> Grid:
        width = (self.units * self.unit + (self.units - 1) * self.gutter) * self.size
        return Grid(
            self.size,
            self.leading,
            self.units,
            self.unit,
            self.gutter,
            self.lines,
            (sheet.width - width) / 2,
            self.head,
        )


class TextStyle(Record):
    """How text of one role is set. What is left out is taken from `base`."""

    base: TextName = described(zh="没写的从哪个样式取", en="style to take the rest from", default="body")
    face: FaceName | None = described(zh="字体", en="face", default=None)
    bold: FaceName | None = described(zh="**粗** 用的字体", en="face of **bold**", default=None)
    kai: FaceName | None = described(zh="*楷* 用的字体", en="face of *emphasis*", default=None)
    size: Length | None = described(zh="字号", en="type size", default=None)
    leading: Length | None = described(zh="行高（只对不在网格上的文字）", en="leading off the grid", default=None)
    colour: ColourName | None = described(zh="颜色名", en="name of a colour", default=None)
    align: Align | None = described(zh="对齐", en="alignment", default=None)
    indent: float | None = described(zh="首行缩进（em）", en="first-line indent, em", default=None)
    hanging: float | None = described(zh="凸排：次行起缩进（em）", en="hanging indent, em", default=None)
    left: float | None = described(zh="左边整体缩进（em）", en="block indent left, em", default=None)
    right: float | None = described(zh="右边整体缩进（em）", en="block indent right, em", default=None)
    scheme: Scheme | None = described(
        zh="标点宽度：原宽、全角式、开明式、半角式、行末半角式", en="widths of marks", default=None
    )
    pairs: Pairs | None = described(zh="相邻标点保留或挤压", en="adjacent marks", default=None)
    line_end: LineEnd | None = described(zh="行末标点一律半角或需要时才半角", en="marks at a line's end", default=None)
    line_start: LineStart | None = described(
        zh="行首开引号、开括号：顶格、段首留空、一律留空",
        en="opening marks at a line's start: flush, flush but in first lines, full",
        default=None,
    )
    level: Level | None = described(
        zh="行首行尾禁则的级别", en="level of line-start and line-end prohibition", default=None
    )
    breaking: Breaking | None = described(zh="断行方法", en="way of breaking", default=None)
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
    digits: float | None = described(
        zh="数字一律几个 em 宽，如表格里；0 随字体",
        en="width of every digit, em, as in tables; 0 as the face has it",
        default=None,
    )


class SetText(Struct, frozen=True):
    """A text style with nothing left open. Sizes in pt, indents and gaps in em of the style's own size."""

    face: str = "Song-Regular"
    bold: str = "Hei-Bold"
    kai: str = "Kai-Regular"
    size: float = 9.0
    leading: float = 15.0
    colour: str = "black"
    align: Align = "justify"
    indent: float = 2.0
    hanging: float = 0.0
    left: float = 0.0
    right: float = 0.0
    scheme: Scheme = "full"
    pairs: Pairs = "trim"
    line_end: LineEnd = "half"
    line_start: LineStart = "flush"
    level: Level = "gb"
    breaking: Breaking = "optimum"
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
    digits: float = 0.0


class DeckStyle(Record):
    """The lesser lines of a headline block: kicker, deck, summary."""

    face: FaceName = described(zh="字体", en="face", default="Kai-Regular")
    size: Length = described(zh="字号", en="type size", default=Length(12.0))
    colour: ColourName = described(zh="颜色名", en="name of a colour", default="black")
    align: Literal["left", "center", "right"] | None = described(zh="对齐；不写随主题", en="alignment", default=None)


class DepartmentStyle(DeckStyle):
    """The standing head (栏目): words in a label over the headline, or a drawing."""

    fill: ColourName = described(zh="底色名；不写没有底", en="colour of the label; none if left out", default="")
    padding: float = described(zh="字与底边的距离（em）", en="space round the words in the label, em", default=0.4)
    rule: RuleName = described(zh="下面的线，与题区同宽", en="rule under it, as wide as the block", default="")
    lines: float = described(zh="画的栏目头高几行", en="height of a drawn one, lines", default=2.0)


class HeadlineStyle(Record):
    """The headline block of one rank, or of one kind of article."""

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


class BoxStyle(Record):
    """A tint box, a frame, or rules of the trade round a story, a headline or a note."""

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
    """A rule of the trade: 正线、反线, 双线, 文武线 (`thick_thin`), 点线, 虚线, 曲线."""

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
        """How much room the whole rule takes, pt."""
        if not self.width:
            return 0.0
        second = {"double": self.width, "thick_thin": self.thin, "thin_thick": self.thin}.get(self.kind)
        if second is not None:
            return self.width + self.space + second
        return self.width + self.space / 3 if self.kind == "wavy" else float(self.width)


class TableStyle(Record):
    """Rules and spaces of tables; the rules are named in `rules`, and what is not named is not drawn."""

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
    """How articles of one kind are set: what is left out is as in a story."""

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
    """A piece of the page drawn by a template of the style, with its CSS."""

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


Measure = Literal["heights", "headline", "deck", "crop", "spacing", "tracking"]


class FitStyle(Record):
    """How far fitting may go in making a page come out full, and which measures it may take."""

    order: tuple[Measure, ...] = described(
        zh="允许的办法，依次试用",
        en="measures allowed, in the order they are tried",
        default=("headline", "deck", "crop", "spacing", "tracking"),
    )
    heights: int = described(
        zh="写了行数的区域最多改高、改低几行（heights 许可时）",
        en="lines by which typed heights may change, where `heights` is allowed",
        default=2,
        minimum=0,
    )
    headline: int = described(
        zh="标题最多改小、改大几级", en="grades a headline may be made smaller or larger", default=4, minimum=0
    )
    crop: float = described(
        zh="没写 crop 的图片最多裁去几成",
        en="part that a picture without `crop` may lose",
        default=0.2,
        minimum=0,
        maximum=0.5,
    )
    spacing: int = described(
        zh="稿件上方的空最多改几行", en="lines by which the space over an article may change", default=1, minimum=0
    )
    short: int = described(zh="末栏可空几行", en="lines that may stay empty in a last column", default=1, minimum=0)
    tracking: float = described(
        zh="字距最多改多少（em）", en="most tracking, em", default=0.02, minimum=0, maximum=0.05
    )
    level: bool = described(
        zh="排不满的稿件各栏排齐，空行分在各栏之末",
        en="columns of a short story are levelled, its white spread over their feet",
        default=True,
    )

    def price(self, measure: str) -> float:
        """What a line costs that a measure gives: the more, the later it stands in the order."""
        names: tuple[str, ...] = self.order
        return 1.0 + (names.index(measure) if measure in names else len(names)) / 2

    def lines_short(self, columns: int) -> int:
        """Lines that a story may leave empty: `short` in each of its last columns but the one that the others match."""
        return self.short * max(1, columns - 1) if self.level else self.short


class SpotColour(Record):
    """An ink of its own (专色), on a plate of its own; the four process values stand in where there is none."""

    spot: str = described(zh="专色的名字，如 PANTONE 186 C", en="name of the ink, such as PANTONE 186 C")
    cmyk: tuple[float, float, float, float] = described(
        zh="代替它的 [青, 品红, 黄, 黑]，百分数", en="its alternate in percent CMYK", minimum=0, maximum=100
    )
    tint: float = described(zh="平网，百分数", en="tint, percent", default=100.0, minimum=0, maximum=100)


class Style(Record, dict=True):
    beside = frozenset({"folders"})
    name: str = described(zh="样式的名字", en="name of the style", default="")
    extends: str = described(zh="在哪个样式上改", en="style that this one changes", default="")
    sheet: Sheet = described(zh="成品", en="the trimmed sheet", default=Sheet())
    grid: GridStyle = described(zh="版心与网格", en="type area and grid", default=GridStyle())
    fonts: dict[str, str] = described(zh="另加的字体：名字: 文件", en="further faces: name: file", default_factory=dict)
    fallback: tuple[FaceName, ...] = described(
        zh="缺字时依次取用的字体", en="faces that stand in for a missing character", default=("Song-Regular",)
    )
    colours: dict[str, tuple[float, ...] | SpotColour] = described(
        zh="颜色：名字: [青, 品红, 黄, 黑]，百分数；或专色 {spot, cmyk}",
        en="colours in percent CMYK, or spot colours {spot, cmyk}",
        default_factory=dict,
        example="{accent: [0, 100, 100, 15], seal: {spot: PANTONE 186 C, cmyk: [0, 100, 81, 4]}}",
    )
    text: dict[str, TextStyle] = described(zh="各种文字", en="text styles by role", default_factory=dict)
    headlines: dict[str, HeadlineStyle] = described(zh="各级标题", en="headlines by rank", default_factory=dict)
    boxes: dict[str, BoxStyle] = described(zh="框与底纹", en="boxes", default_factory=dict)
    table: TableStyle = described(zh="表格", en="tables", default=TableStyle())
    rules: dict[str, RuleStyle] = described(zh="线条", en="rules: column, story", default_factory=dict)
    kinds: dict[str, KindStyle] = described(zh="各种体裁", en="kinds of article", default_factory=dict)
    drop_initial: DropInitialStyle = described(zh="首字下沉", en="drop initials", default=DropInitialStyle())
    pictures: PictureStyle = described(zh="图片", en="pictures", default=PictureStyle())
    names: NamesStyle = described(zh="名单", en="name lists", default=NamesStyle())
    quotes: QuoteStyle = described(zh="引语摘句", en="pull quotes", default=QuoteStyle())
    charts: ChartStyle = described(zh="图表", en="charts", default=ChartStyle())
    furniture: dict[str, FurnitureStyle] = described(zh="版面构件", en="furniture", default_factory=dict)
    fit: FitStyle = described(zh="排不满、排不下时的微调", en="fitting", default=FitStyle())
    plan: PlanStyle = described(zh="由程序安排版面", en="planning pages without a map", default=PlanStyle())
    words: dict[str, str] = described(zh="版面上的固定字样", en="fixed wording", default_factory=dict)
    folders: tuple[Path, ...] = ()  # its own first, then those of the styles it extends

    @cached_property
    def _colours(self) -> dict[str, Colour]:
        return {}

    @cached_property
    def _set_texts(self) -> dict[str, SetText]:
        return {}

    def file(self, name: str) -> Path | None:
        """A template, style sheet or font of the style, or of the nearest style it extends that has it."""
        return next((folder / name for folder in self.folders if (folder / name).is_file()), None)

    def font_files(self) -> dict[str, Path]:
        """The style's own faces: name → file (a missing file is reported when the faces are loaded)."""
        return {name: self.file(file) or self.folders[0] / file for name, file in self.fonts.items()}

    def colour(self, name: str) -> Colour:
        """The colour of that name; black where there is none."""
        if name not in self._colours:  # asked for once a line
            self._colours[name] = self._colour(name)
        return self._colours[name]

    def _colour(self, name: str) -> Colour:
        values = self.colours.get(name)
        if values is None:
            return BLACK
        if isinstance(values, SpotColour):
            cyan, magenta, yellow, black = (value / 100 for value in values.cmyk)
            return Colour(cyan, magenta, yellow, black, values.spot, values.tint / 100)
        cyan, magenta, yellow, black = (value / 100 for value in values)
        return Colour(cyan, magenta, yellow, black)

    def kind(self, name: str) -> KindStyle:
        """How articles of a kind are set."""
        return self.kinds.get(name) or KindStyle()

    def headline(self, article_rank: str, kind: str) -> HeadlineStyle:
        """The headline style of an article: that of its kind where there is one, else that of its rank."""
        return self.headlines[self.kind(kind).headline or article_rank]

    def text_style(self, role: str) -> SetText:
        """The style of a role with everything it leaves open filled from its bases, in the end from the body."""
        if role not in self._set_texts:
            self._set_texts[role] = self._set_text(role)
        return self._set_texts[role]

    def _set_text(self, role: str) -> SetText:
        chain: list[TextStyle] = []
        name = role if role in self.text else "body"
        while name in self.text and self.text[name] not in chain:
            chain.append(self.text[name])
            name = "" if name == "body" else self.text[name].base
        known = SetText(size=self.grid.size, leading=self.grid.leading)
        for style in reversed(chain):
            given: Mapping[str, object] = {
                name: value for name in SetText.__struct_fields__ if (value := getattr(style, name, None)) is not None
            }
            known = replace(known, **given)
        return known
