"""The records of a style: appearance without content. They define and document `style.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from ..composition import BLACK, Colour
from ..records import Length, Record, described
from ..rules.rule import CHECKS_EN, CHECKS_ZH, Weight
from ..runtime.gate import STYLE, Gate, leads_out
from ..text.language import DEFAULT_LANGUAGE
from .elements import (
    BoxStyle,
    ChartStyle,
    DropInitialStyle,
    FootnoteStyle,
    FurnitureStyle,
    KindStyle,
    NamesStyle,
    PictureStyle,
    QuoteStyle,
    RuleStyle,
    TableStyle,
    TextLinesStyle,
)
from .grid import Grid
from .planning import PlanStyle
from .references import FaceName
from .texts import HeadlineStyle, ResolvedTextStyle, TextStyle


class Sheet(Record):
    width: Length = described(zh="成品宽", en="trim width", default=Length(595.2756))
    height: Length = described(zh="成品高", en="trim height", default=Length(841.8898))


class GridStyle(Record):
    """The grid of the pages: measures (rule H7) of units with gutters (rule H8) in em, leading (rule H4)."""

    size: Length = described(zh="正文字号，即一个 em", en="body size: one em", default=Length(9.0))
    leading: Length = described(zh="行高", en="leading of the body", default=Length(15.0))
    units: int = described(zh="版心横分几个单位", en="units across", default=6, minimum=1, maximum=24)
    unit: float = described(
        zh="一个单位几个字宽（em）", en="width of a unit in em", default=8.0, minimum=2, maximum=200
    )
    gutter: float = described(zh="单位之间的栏距（em）", en="gutter in em", default=2.0, minimum=0.5, maximum=50)
    lines: int = described(zh="版心高多少行", en="lines of the type area", default=50, minimum=1, maximum=500)
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


Measure = Literal["heights", "headline", "deck", "crop", "spacing", "tracking"]


class FitStyle(Record):
    """The adjustments that copyfitting may make to fill a page, and their limits."""

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
        """The cost of a line gained by an adjustment: the later in the order, the greater."""
        names: tuple[str, ...] = self.order
        return 1.0 + (names.index(measure) if measure in names else len(names)) / 2

    def lines_short(self, columns: int) -> int:
        """Lines that an article may leave empty: `short` in each of its last columns except the longest."""
        return self.short * max(1, columns - 1) if self.level else self.short


class SpotColour(Record):
    """A spot colour (专色) on its own plate; the four process values are its alternate colour."""

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
    fonts: dict[str, str] = described(
        zh="另加的字体：名字: 文件，文件#字款，或本机字体家族的名字",
        en="further faces: name: file, file#face, or an installed family",
        default_factory=dict,
        example="{Serif: SourceHanSerif.ttc#2, Sans: SourceHanSans-VF.otf#weight=600}",
    )
    fallback: tuple[FaceName, ...] = described(
        zh="缺字时依次取用的字体", en="faces that stand in for a missing character", default=("Song-Regular",)
    )
    faces: dict[str, dict[str, FaceName]] = described(
        zh="各种语言的字体：语言: {字体: 改用的字体}",
        en="faces of other languages: language: {face: face instead}",
        default_factory=dict,
        example="{ja: {Song-Regular: Mincho, Hei-Bold: Gothic-Bold}, en: {Song-Regular: Serif}}",
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
    footnotes: FootnoteStyle = described(zh="脚注", en="footnotes", default=FootnoteStyle())
    text_lines: TextLinesStyle = described(
        zh="专名号、书名线", en="lines under names and titles", default=TextLinesStyle()
    )
    pictures: PictureStyle = described(zh="图片", en="pictures", default=PictureStyle())
    names: NamesStyle = described(zh="名单", en="name lists", default=NamesStyle())
    quotes: QuoteStyle = described(zh="引语摘句", en="pull quotes", default=QuoteStyle())
    charts: ChartStyle = described(zh="图表", en="charts", default=ChartStyle())
    furniture: dict[str, FurnitureStyle] = described(zh="版面构件", en="furniture", default_factory=dict)
    fit: FitStyle = described(zh="排不满、排不下时的微调", en="fitting", default=FitStyle())
    plan: PlanStyle = described(zh="由程序安排版面", en="planning pages without a map", default=PlanStyle())
    words: dict[str, str] = described(
        zh="版面上的固定字样；别的语言的写 键.语言，如 date.en",
        en="fixed wording; that of another language as key.language, such as date.en",
        default_factory=dict,
    )
    checks: dict[str, Weight] = described(
        zh=CHECKS_ZH, en=CHECKS_EN, default_factory=dict, example="{through-gutter: note, white: off}"
    )
    folders: tuple[Path, ...] = ()  # its own first, then those of the styles it extends

    def word(self, key: str, usual: str, language: str = DEFAULT_LANGUAGE) -> str:
        """A fixed wording in a language: `jump.en` before `jump`."""
        own = self.words.get(f"{key}.{language.partition('-')[0]}") if language != DEFAULT_LANGUAGE else None
        return self.words.get(key, usual) if own is None else own

    def words_in(self, language: str) -> Mapping[str, str]:
        """All fixed wordings, those of a language in the place of the others."""
        if language == DEFAULT_LANGUAGE:
            return self.words
        return self.words | {key: self.word(key, "", language) for key in self.words}

    @cached_property
    def _colours(self) -> dict[str, Colour]:
        return {}

    @cached_property
    def _set_texts(self) -> dict[str, ResolvedTextStyle]:
        return {}

    def file(self, name: str) -> Path | None:
        """The path of a template, style sheet or font in the style or the nearest extended style that has it."""
        if leads_out(name):
            return None
        return next((folder / name for folder in self.folders if self.gate.is_file(folder / name)), None)

    @cached_property
    def gate(self) -> Gate:
        """The gate through which the style's files are opened."""
        return Gate(self.folders, STYLE)

    def font_files(self) -> dict[str, Path]:
        """The style's own faces: name → file, `FILE#FACE`, or installed family. Missing ones are reported when the
        faces are loaded."""
        return {name: self._font_file(message) for name, message in self.fonts.items()}

    def _font_file(self, message: str) -> Path:
        if whole := self.file(message):
            return whole
        name, sign, choice = message.partition("#")
        found = self.file(name) or self.folders[0] / name
        return found.with_name(found.name + sign + choice)

    def colour(self, name: str) -> Colour:
        """The colour of that name; black where there is none."""
        if name not in self._colours:  # looked up once a line
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
        """The style of a kind of article."""
        return self.kinds.get(name) or KindStyle()

    def headline(self, article_rank: str, kind: str) -> HeadlineStyle:
        """The headline style of an article: that of its kind where there is one, else that of its rank."""
        return self.headlines[self.kind(kind).headline or article_rank]

    def text_style(self, role: str) -> ResolvedTextStyle:
        """The style of a role, with values left out taken from its bases, finally from the body."""
        if role not in self._set_texts:
            self._set_texts[role] = self._set_text(role)
        return self._set_texts[role]

    def _set_text(self, role: str) -> ResolvedTextStyle:
        chain: list[TextStyle] = []
        name = role if role in self.text else "body"
        while name in self.text and self.text[name] not in chain:
            chain.append(self.text[name])
            name = "" if name == "body" else self.text[name].base
        resolved = ResolvedTextStyle(size=self.grid.size, leading=self.grid.leading)
        for style in reversed(chain):
            own: Mapping[str, object] = {
                name: value
                for name in ResolvedTextStyle.__struct_fields__
                if (value := getattr(style, name, None)) is not None
            }
            resolved = replace(resolved, **own)
        return resolved
