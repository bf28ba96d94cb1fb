"""Charts (图表) from numbers: bars, columns, lines, a pie, in the style's colours and faces, whole lines high."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor
from typing import TYPE_CHECKING, Any

from ..composition import Box, Colour, Frame, Line, Span
from ..errors import Mark, Problem, Words
from ..issue.insets import Chart
from ..style.model import SetText
from ..text.paragraph import Run
from .dummy import Dummy
from .passages import Passage, compose_passage, set_passage, whole_lines
from .pictures import Rectangle
from .plotting import Advance, Drawing, draw, figure, stand_in

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TINTS = (1.0, 0.7, 0.45, 0.25)  # of a colour, when a chart has more parts than the style has colours
LABEL_GAP = 0.5  # em between a label and what it labels
MOST_TICKS = 5
LEAST_STEP = 4.2  # em a column must have for its number to stand over it
PIE_PART = 0.46  # of the width
LEGEND = 1.6  # leading of a pie's legend and height of the other charts', in sizes


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds the plot: words set for the chart's width."""

    title: Passage | None
    unit: Passage | None
    foot: tuple[Passage, ...]
    shared: bool  # title and unit stand on one line

    @property
    def over(self) -> float:
        """pt above the plot."""
        if self.title is None and self.unit is None:
            return 0.0
        heights = [passage.height for passage in (self.title, self.unit) if passage]
        return max(heights) if self.shared else sum(heights)

    @property
    def under(self) -> float:
        return sum(passage.height for passage in self.foot)


def chart_lines(dummy: Dummy, chart: Chart, article: str, width: float) -> int:
    """Whole lines that the chart takes at a width in pt."""
    style, made = dummy.style.charts, _surroundings(dummy, chart, width)
    text = dummy.style.text_style("chart")
    if chart.kind == "bar":
        rows = len(chart.data) * (1 + 0.7 * (_series(chart) - 1))
        plot = rows * style.row_height + _legend_height(chart, text)
    elif chart.kind == "pie":
        plot = max(width * PIE_PART * 0.86, len(chart.data) * LEGEND * text.size)
    else:
        plot = width * style.height
    return whole_lines(dummy, made.over + plot + made.under + style.air * dummy.grid.leading)


def place_chart(dummy: Dummy, page: int, chart: Chart, article: str, box: Rectangle, order: int) -> None:
    """Fills a box with the chart: title and unit over it, note and credit under it."""
    faults = list(_faults(chart))
    if faults:
        dummy.problems += faults
        return
    x, y, width, height = box
    made = _surroundings(dummy, chart, width)
    air = dummy.style.charts.air * dummy.grid.leading / 2
    top, lines = y + air, list[Line]()
    if made.title:
        lines += compose_passage(dummy, made.title, x, top)
    if made.unit:
        down = made.title.height if made.title and not made.shared else 0.0
        lines += compose_passage(dummy, made.unit, x, top + down, number=2)
    top += made.over
    room = height - 2 * air - made.over - made.under
    if room < dummy.grid.leading:
        dummy.problems.append(_too_low(chart, page))
        return
    key = ("chart", chart.id, article, width, room)
    drawing = dummy.kept.get(key)
    if not isinstance(drawing, Drawing):
        drawing = dummy.kept[key] = _plot(dummy, chart, width, room)
    alt = chart.alt or _told(chart)
    dummy.add_boxes(
        page,
        [
            Box(
                "drawing",
                x,
                top,
                width,
                room,
                shapes=tuple(drawing.shapes),
                name="chart",
                alt=alt,
                article=article,
                mark=chart.mark,
            )
        ],
    )
    lines += _words(dummy, chart, drawing, x, top)
    top += room
    colours = {"credit": dummy.style.text_style("credit").colour}
    for number, passage in enumerate(made.foot, 4 + len(drawing.words)):
        lines += compose_passage(dummy, passage, x, top, number=number, colours=colours)
        top += passage.height
    dummy.add_frames(page, [Frame(article, "chart", x, y, width, height, tuple(lines), order=order)])


def _surroundings(dummy: Dummy, chart: Chart, width: float) -> Setting:
    title = set_passage(dummy, "chart_title", chart.title, width, chart.place("title")) if chart.title else None
    unit, shared = None, False
    if chart.unit:
        words = dummy.style.words.get("unit", "单位：{unit}").format(unit=chart.unit)
        natural = set_passage(dummy, "chart", words, None, chart.place("unit"))
        shared = title is not None and title.extent + natural.extent + dummy.grid.em <= width
        unit = set_passage(dummy, "chart", words, width, chart.place("unit"), align="right" if shared else "left")
        if shared and title:  # on one baseline: both lines as high as the higher one
            leading = max(title.style.leading, unit.style.leading)
            title, unit = _led(title, leading), _led(unit, leading)
    foot = []
    if chart.note:
        foot.append(set_passage(dummy, "table_note", chart.note, width, chart.place("note")))
    if chart.credit:
        runs = [Run(chart.credit, dummy.style.text_style("credit").face, tag="credit")]
        foot.append(set_passage(dummy, "table_note", runs, width, chart.place("credit"), align="right"))
    return Setting(title, unit, tuple(foot), shared)


def _led(passage: Passage, leading: float) -> Passage:
    return replace(passage, style=replace(passage.style, leading=leading))


def _words(dummy: Dummy, chart: Chart, drawing: Drawing, x: float, y: float) -> Iterator[Line]:
    text = dummy.style.text_style("chart")
    for number, word in enumerate(drawing.words, 3):
        at, spans = x + word.x, []
        for part, face in dummy.glyphs.parts(word.text, text.face, chart.mark):
            steps = [_advance_of(dummy, text, character) * word.size for character in part]
            xs = [at + sum(steps[:index]) for index in range(len(part))]
            at += sum(steps)
            spans.append(Span(part, face, word.size, xs, word.colour))
        width = at - x - word.x
        yield Line(
            word.text,
            x + word.x,
            y + word.baseline,
            width,
            word.size,
            tuple(spans),
            number,
            0,
            len(word.text),
            mark=chart.mark,
        )


def _advance_of(dummy: Dummy, text: SetText, character: str) -> float:
    if text.digits and character.isdecimal() and character.isascii():
        return text.digits
    return dummy.faces[text.face].advances[character] / 1000


# The plot itself.


class _Plot:
    """A chart being plotted; lengths in pt. Colours are numbers of the palette: the series', then text and rules."""

    def __init__(self, dummy: Dummy, chart: Chart, made: Figure, width: float, height: float) -> None:
        style = dummy.style
        self.chart, self.made, self.width, self.height = chart, made, width, height
        self.style, text = style.charts, style.text_style("chart")
        self.size = text.size
        names = self.style.colours
        parts = len(chart.data) if chart.kind == "pie" else _series(chart)
        self.palette = [_tinted(style.colour(names[n % len(names)]), n // len(names)) for n in range(max(parts, 1))]
        self.fills = [stand_in(number) for number in range(len(self.palette))]
        axis, across = style.rules.get(self.style.axis), style.rules.get(self.style.lines_across)
        self.ink, self.axis, self.across = (stand_in(len(self.palette) + number) for number in range(3))
        self.palette += [
            style.colour(text.colour),
            *(style.colour(rule.colour if rule else "") for rule in (axis, across)),
        ]
        self.axis_width, self.across_width = (float(rule.width) if rule else 0.0 for rule in (axis, across))
        self.labels = [str(row[0]) for row in chart.data]
        self.numbers = [[float(value) for value in row[1:]] for row in chart.data]
        self.advance: Advance = lambda words: sum(_advance_of(dummy, text, character) for character in words)

    def widest(self, words: Sequence[str]) -> float:
        return max((self.advance(word) for word in words), default=0.0) * self.size

    def axes(self, left: float, top: float, right: float, foot: float) -> Axes:
        """Axes without lines or ticks, with these margins."""
        width, height = self.width - left - right, self.height - top - foot
        box = (left / self.width, foot / self.height, width / self.width, height / self.height)
        axes = self.made.add_axes(box)
        axes.patch.set_visible(False)
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.tick_params(length=0, pad=LABEL_GAP * self.size, labelsize=self.size, labelcolor=self.ink)
        return axes

    def spine(self, axes: Axes, side: str, at: Any = None) -> None:
        spine = axes.spines[side]
        spine.set(visible=bool(self.axis_width), color=self.axis, linewidth=self.axis_width)
        if at is not None:
            spine.set_position(("data", at))

    def legend(self) -> float:
        """The names of the series over the plot; the height they take."""
        if _series(self.chart) < 2:
            return 0.0
        x, y, size = 0.0, 0.5 * LEGEND * self.size, self.size
        for name, fill in zip(self.chart.series, self.fills, strict=False):
            self.swatch(x, y, fill)
            self.word(str(name), x + 1.3 * size, y)
            x += (1.3 + self.advance(str(name)) + 1.5) * size
        return LEGEND * size

    def swatch(self, x: float, y: float, fill: tuple[float, float, float]) -> None:
        """A square in a colour, its left edge at `x`, its middle at `y` from the top."""
        from matplotlib.patches import Rectangle

        side = 0.8 * self.size
        corner = (x / self.width, 1 - (y + side / 2) / self.height)
        patch = Rectangle(corner, side / self.width, side / self.height, facecolor=fill, linewidth=0)
        patch.set_transform(self.made.transFigure)
        self.made.add_artist(patch)

    def word(self, words: str, x: float, y: float, align: str = "left") -> None:
        self.made.text(
            x / self.width, 1 - y / self.height, words, fontsize=self.size, color=self.ink, ha=align, va="center"
        )

    def bars(self) -> None:
        """Lying bars, from top to foot; each number stands at its bar's end."""
        ends = [_figure(value) for row in self.numbers for value in row]
        low = min(0.0, *(value for row in self.numbers for value in row))
        high = max(0.0, *(value for row in self.numbers for value in row))
        gap = self.widest(ends) + 2 * LABEL_GAP * self.size
        left = self.widest(self.labels) + LABEL_GAP * self.size + (gap if low < 0 else 0.0)
        axes = self.axes(left, self.legend(), gap, 0.0)
        many = _series(self.chart)
        thick = self.style.bar / many if many == 1 else 0.8 / many
        for number, fill in enumerate(self.fills):
            places = [row + (number - (many - 1) / 2) * thick for row in range(len(self.labels))]
            values = [row[number] for row in self.numbers]
            drawn = axes.barh(places, values, height=thick * (0.92 if many > 1 else 1), color=fill, linewidth=0)
            axes.bar_label(
                drawn, [_figure(v) for v in values], padding=LABEL_GAP * self.size, fontsize=self.size, color=self.ink
            )
        axes.set_yticks(range(len(self.labels)), self.labels)
        if low < 0:
            axes.tick_params(axis="y", pad=LABEL_GAP * self.size + gap)
        axes.set_xticks([])
        axes.set_ylim(len(self.labels) - 0.5, -0.5)
        axes.set_xlim(low, high or 1.0)
        self.spine(axes, "left", 0.0 if low < 0 else None)

    def columns(self) -> None:
        """Standing columns; numbers over them where there is room, else ticks at the left."""
        many, step = _series(self.chart), self.width / len(self.labels)
        told = step / many >= LEAST_STEP * self.size * 0.62 and self.widest(self._all()) <= step / many
        axes = self._standing(told)
        thick = self.style.bar if many == 1 else 0.8 / many
        for number, fill in enumerate(self.fills):
            places = [at + (number - (many - 1) / 2) * thick for at in range(len(self.labels))]
            values = [row[number] for row in self.numbers]
            drawn = axes.bar(places, values, width=thick * (0.92 if many > 1 else 1), color=fill, linewidth=0)
            if told:
                axes.bar_label(
                    drawn, [_figure(v) for v in values], padding=0.25 * self.size, fontsize=self.size, color=self.ink
                )
        axes.set_xlim(-0.5, len(self.labels) - 0.5)
        low = min(0.0, *(value for row in self.numbers for value in row))
        high = max(0.0, *(value for row in self.numbers for value in row))
        axes.set_ylim(low, high or 1.0)
        self.spine(axes, "bottom", 0.0 if low < 0 else None)

    def lines(self) -> None:
        """Lines from point to point; the numbers of a single line stand over its points."""
        many, step = _series(self.chart), self.width / len(self.labels)
        told = many == 1 and self.widest(self._all()) <= step
        axes = self._standing(told)
        for number, fill in enumerate(self.fills):
            values = [row[number] for row in self.numbers]
            axes.plot(
                range(len(values)),
                values,
                color=fill,
                linewidth=float(self.style.line),
                marker="o",
                markersize=0.45 * self.size,
                markeredgewidth=0,
                clip_on=False,
            )
            for at, value in enumerate(values if told else ()):
                after = values[at + 1] if at + 1 < len(values) else value
                before = values[at - 1] if at else value
                # the number keeps to the side that the line does not take
                side = "right" if before <= value < after else "left" if before > value >= after else "center"
                axes.annotate(
                    _figure(value),
                    (at, value),
                    ({"right": -0.2, "left": 0.2, "center": 0.0}[side] * self.size, 0.4 * self.size),
                    textcoords="offset points",
                    ha=side,
                    va="bottom",
                    fontsize=self.size,
                    color=self.ink,
                )
        values = [value for row in self.numbers for value in row]
        spread = (max(values) - min(values)) or abs(max(values)) or 1.0
        axes.set_xlim(-0.5, len(self.labels) - 0.5)
        if told:
            axes.set_ylim(min(values) - 0.12 * spread, max(values))
        self.spine(axes, "bottom")

    def _standing(self, told: bool) -> Axes:
        """Axes for columns and lines: names under them, ticks at the left where the numbers are not told."""
        broken = [self._broken(label) for label in self.labels]
        rows = max(label.count("\n") + 1 for label in broken)
        foot = LABEL_GAP * self.size + rows * 1.2 * self.size
        over = self.legend() + (1.4 * self.size if told else 0.6 * self.size)
        left, ticks = 0.0, list[float]()
        if not told:
            from matplotlib.ticker import MaxNLocator

            values = [value for row in self.numbers for value in row]
            low = min(0.0, *values) if self.chart.kind == "column" else min(values)
            ticks = [float(tick) for tick in MaxNLocator(MOST_TICKS).tick_values(low, max(*values, low))]
            left = self.widest([_figure(tick) for tick in ticks]) + LABEL_GAP * self.size
        axes = self.axes(left, over, 0.0, foot)
        axes.set_xticks(range(len(broken)), broken)
        if told:
            axes.set_yticks([])
        else:
            axes.set_yticks(ticks, [_figure(tick) for tick in ticks])
            axes.set_ylim(ticks[0], ticks[-1])
            if self.across_width:
                axes.grid(axis="y", color=self.across, linewidth=self.across_width)
                axes.set_axisbelow(True)
        return axes

    def _broken(self, label: str) -> str:
        """A label in lines as narrow as its column."""
        step = max(1, floor(self.width / len(self.labels) / self.size))
        if self.advance(label) <= step:
            return label
        return "\n".join(label[at : at + step] for at in range(0, len(label), step))

    def _all(self) -> list[str]:
        return [_figure(value) for row in self.numbers for value in row]

    def pie(self) -> None:
        """A pie from twelve o'clock on; its parts are named at its right, with their numbers and shares."""
        values = [row[0] for row in self.numbers]
        side = min(self.height, self.width * PIE_PART)
        axes = self.made.add_axes((0, 0.5 - side / 2 / self.height, side / self.width, side / self.height))
        axes.patch.set_visible(False)
        axes.set_axis_off()
        edge = {"linewidth": 0}
        axes.pie(values, colors=self.fills, startangle=90, counterclock=False, radius=1.0, wedgeprops=edge)
        axes.set_xlim(-1, 1)
        axes.set_ylim(-1, 1)
        leading = min(LEGEND * self.size, self.height / len(values))
        x, y = side + 1.5 * self.size, self.height / 2 - (len(values) - 1) * leading / 2
        name_end = x + 1.3 * self.size + self.widest(self.labels)
        number_end = name_end + self.size + self.widest(self._all())
        share_end = number_end + self.size + self.widest(["100%"])
        total = sum(values)
        for label, value, fill in zip(self.labels, values, self.fills, strict=True):
            self.swatch(x, y, fill)
            self.word(label, x + 1.3 * self.size, y)
            self.word(_figure(value), number_end, y, "right")
            if share_end <= self.width:
                self.word(f"{value / total:.0%}", share_end, y, "right")
            y += leading


def _plot(dummy: Dummy, chart: Chart, width: float, height: float) -> Drawing:
    with figure(width, height) as made:
        plot = _Plot(dummy, chart, made, width, height)
        {"bar": plot.bars, "column": plot.columns, "line": plot.lines, "pie": plot.pie}[chart.kind]()
        return draw(made, plot.palette, plot.advance)


def _series(chart: Chart) -> int:
    return len(chart.data[0]) - 1


def _legend_height(chart: Chart, text: SetText) -> float:
    return LEGEND * text.size if _series(chart) > 1 else 0.0


def _figure(value: float) -> str:
    """A number as it is printed, without zeros after its decimals."""
    return f"{value:.10g}"


def _tinted(colour: Colour, step: int) -> Colour:
    part = TINTS[min(step, len(TINTS) - 1)]
    return Colour(colour.c * part, colour.m * part, colour.y * part, colour.k * part, colour.spot, colour.tint)


def _told(chart: Chart) -> str:
    """The chart in words, for those who cannot see it."""
    rows = "；".join("、".join([str(row[0]), *(_figure(float(value)) for value in row[1:])]) for row in chart.data)
    return f"{chart.title or '图表'}：{rows}{chart.unit}"


# What may be wrong with a chart.


def _faults(chart: Chart) -> Iterator[Problem]:
    numbers = [float(value) for row in chart.data for value in row[1:]]
    if _series(chart) < 1:
        what = Words("图表各项没有数", "the rows of the chart hold no numbers")
        yield _fault(what, Words("写成 [名目, 数]", "write [label, number]"), chart.place("data"))
    elif _series(chart) > 1 and chart.kind != "pie" and len(chart.series) != _series(chart):
        what = Words(
            f"图表有 {_series(chart)} 列数，series 写了 {len(chart.series)} 个名字",
            f"the chart has {_series(chart)} columns of numbers and {len(chart.series)} names in series",
        )
        yield _fault(what, Words("给每列数一个名字", "name each column"), chart.place("series"))
    if chart.kind == "pie":
        if _series(chart) > 1:
            what = Words("饼图只能有一列数", "a pie has one column of numbers")
            yield _fault(what, Words("改用 bar 或 column", "take bar or column"), chart.place("kind"))
        if any(value < 0 for value in numbers) or not sum(numbers):
            what = Words("饼图的数都要大于 0", "the numbers of a pie must be above 0")
            yield _fault(what, Words("改正，或改用 bar", "mend them, or take bar"), chart.place("data"))


def _fault(what: Words, remedy: Words, mark: Mark) -> Problem:
    return Problem("chart", what, remedy, mark)


def _too_low(chart: Chart, page: int) -> Problem:
    return Problem(
        "inset-high",
        Words(f"图表 {chart.id} 的区域太矮，画不下", f"the area of the chart {chart.id} is too low for it"),
        Words("把区域加高", "make its area higher"),
        chart.mark,
        page=page,
    )
