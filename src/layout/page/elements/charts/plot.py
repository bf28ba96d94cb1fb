"""Plots: bars, columns, lines and pies, laid out by matplotlib in the style's colours and the issue's faces."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from math import floor
from typing import TYPE_CHECKING, Any

from ....composition import Colour
from ....issue.floats import Chart
from ....style.texts import ResolvedTextStyle
from ...canvas import Canvas
from ...parts.chart_drawing import ChartDrawing
from .figures import Advance, draw_figure, figure, pack_drawing, placeholder_colour, unpack_drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TINTS = (1.0, 0.7, 0.45, 0.25)  # tints of the colours for a chart with more parts than the style has colours
_LABEL_GAP = 0.5  # em between a label and what it labels
MOST_TICKS = 5
NUMERALS = "0123456789.,+-−e%"
LEAST_STEP = 4.2  # em: least step of columns with numbers over them
PIE_PART = 0.46  # share of the chart's width
LEGEND = 1.6  # leading of a pie's legend and height of the other charts', in sizes


class NoRoom(Exception):
    """Names and numbers leave no space in a chart's box."""


class _ChartPlot:
    """A chart being plotted; lengths in pt. Colours are numbers of the palette: the series', then text and rules."""

    made: Figure

    def __init__(self, canvas: Canvas, chart: Chart, width: float, height: float) -> None:
        style = canvas.style
        self.chart, self.width, self.height = chart, width, height
        self.style, text = style.charts, style.text_style("chart")
        self.size = text.size
        names = self.style.colours
        parts = len(chart.data) if chart.kind == "pie" else series_names(chart)
        self.palette = [_tinted(style.colour(names[n % len(names)]), n // len(names)) for n in range(max(parts, 1))]
        self.fills = [placeholder_colour(number) for number in range(len(self.palette))]
        axis, across = style.rules.get(self.style.axis), style.rules.get(self.style.lines_across)
        self.ink, self.axis, self.across = (placeholder_colour(len(self.palette) + number) for number in range(3))
        self.palette += [
            style.colour(text.colour),
            *(style.colour(rule.colour if rule else "") for rule in (axis, across)),
        ]
        self.axis_width, self.across_width = (float(rule.width) if rule else 0.0 for rule in (axis, across))
        self.labels = [str(row[0]) for row in chart.data]
        self.numbers = [[float(value) for value in row[1:]] for row in chart.data]
        self.advance: Advance = lambda words: sum(advance_of(canvas, text, character) for character in words)

    def name(self) -> str:
        """The cache key: all that the drawing depends on, with the width of every character that it may print."""
        words = [*self.labels, *map(str, self.chart.series)]
        numbers = self.width, self.height, self.size, self.axis_width, self.across_width
        facts = self.chart.kind, words, self.numbers, numbers, self.palette, self.style
        advances = {character: self.advance(character) for character in sorted({*NUMERALS, *"".join(words)})}
        return f"plot {blake2b(repr((facts, advances)).encode(), digest_size=16).hexdigest()}"

    def draw(self) -> ChartDrawing:
        with figure(self.width, self.height) as self.made:
            {"bar": self.bars, "column": self.columns, "line": self.lines, "pie": self.pie}[self.chart.kind]()
            return draw_figure(self.made, self.palette, self.advance)

    def widest(self, words: Sequence[str]) -> float:
        return max((self.advance(word) for word in words), default=0.0) * self.size

    def axes(self, left: float, top: float, right: float, foot: float) -> Axes:
        """Axes without lines or ticks, with these margins. Raises NoRoom."""
        width, height = self.width - left - right, self.height - top - foot
        if width < self.size or height < self.size:
            raise NoRoom
        box = (left / self.width, foot / self.height, width / self.width, height / self.height)
        axes = self.made.add_axes(box)
        axes.patch.set_visible(False)
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.tick_params(length=0, pad=_LABEL_GAP * self.size, labelsize=self.size, labelcolor=self.ink)
        return axes

    def spine(self, axes: Axes, side: str, at: Any = None) -> None:
        spine = axes.spines[side]
        spine.set(visible=bool(self.axis_width), color=self.axis, linewidth=self.axis_width)
        if at is not None:
            spine.set_position(("data", at))

    def legend(self) -> float:
        """The names of the series over the plot; the height they take."""
        if series_names(self.chart) < 2:
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
        """Horizontal bars from top to foot; each number stands at its bar's end."""
        ends = [printed_number(value) for row in self.numbers for value in row]
        low = min(0.0, *(value for row in self.numbers for value in row))
        high = max(0.0, *(value for row in self.numbers for value in row))
        gap = self.widest(ends) + 2 * _LABEL_GAP * self.size
        left = self.widest(self.labels) + _LABEL_GAP * self.size + (gap if low < 0 else 0.0)
        axes = self.axes(left, self.legend(), gap, 0.0)
        many = series_names(self.chart)
        thick = self.style.bar / many if many == 1 else 0.8 / many
        for number, fill in enumerate(self.fills):
            places = [row + (number - (many - 1) / 2) * thick for row in range(len(self.labels))]
            values = [row[number] for row in self.numbers]
            drawn = axes.barh(places, values, height=thick * (0.92 if many > 1 else 1), color=fill, linewidth=0)
            axes.bar_label(
                drawn,
                [printed_number(v) for v in values],
                padding=_LABEL_GAP * self.size,
                fontsize=self.size,
                color=self.ink,
            )
        axes.set_yticks(range(len(self.labels)), self.labels)
        if low < 0:
            axes.tick_params(axis="y", pad=_LABEL_GAP * self.size + gap)
        axes.set_xticks([])
        axes.set_ylim(len(self.labels) - 0.5, -0.5)
        axes.set_xlim(low, high or 1.0)
        self.spine(axes, "left", 0.0 if low < 0 else None)

    def columns(self) -> None:
        """Vertical columns; numbers over them where they fit, else ticks at the left."""
        many, step = series_names(self.chart), self.width / len(self.labels)
        labelled = step / many >= LEAST_STEP * self.size * 0.62 and self.widest(self._all()) <= step / many
        axes = self._standing(labelled)
        thick = self.style.bar if many == 1 else 0.8 / many
        for number, fill in enumerate(self.fills):
            places = [at + (number - (many - 1) / 2) * thick for at in range(len(self.labels))]
            values = [row[number] for row in self.numbers]
            drawn = axes.bar(places, values, width=thick * (0.92 if many > 1 else 1), color=fill, linewidth=0)
            if labelled:
                axes.bar_label(
                    drawn,
                    [printed_number(v) for v in values],
                    padding=0.25 * self.size,
                    fontsize=self.size,
                    color=self.ink,
                )
        axes.set_xlim(-0.5, len(self.labels) - 0.5)
        low = min(0.0, *(value for row in self.numbers for value in row))
        high = max(0.0, *(value for row in self.numbers for value in row))
        axes.set_ylim(low, high or 1.0)
        self.spine(axes, "bottom", 0.0 if low < 0 else None)

    def lines(self) -> None:
        """Lines from point to point; the numbers of a single line stand over its points."""
        many, step = series_names(self.chart), self.width / len(self.labels)
        labelled = many == 1 and self.widest(self._all()) <= step
        axes = self._standing(labelled)
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
            for at, value in enumerate(values if labelled else ()):
                after = values[at + 1] if at + 1 < len(values) else value
                before = values[at - 1] if at else value
                # the number stands on the side without the line
                side = "right" if before <= value < after else "left" if before > value >= after else "center"
                axes.annotate(
                    printed_number(value),
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
        if labelled:
            axes.set_ylim(min(values) - 0.12 * spread, max(values))
        self.spine(axes, "bottom")

    def _standing(self, labelled: bool) -> Axes:
        """Axes for columns and lines: names under them, ticks at the left where no numbers are printed."""
        broken = [self._broken(label) for label in self.labels]
        rows = max(label.count("\n") + 1 for label in broken)
        foot = _LABEL_GAP * self.size + rows * 1.2 * self.size
        over = self.legend() + (1.4 * self.size if labelled else 0.6 * self.size)
        left, ticks = 0.0, list[float]()
        if not labelled:
            from matplotlib.ticker import MaxNLocator

            values = [value for row in self.numbers for value in row]
            low = min(0.0, *values) if self.chart.kind == "column" else min(values)
            ticks = [float(tick) for tick in MaxNLocator(MOST_TICKS).tick_values(low, max(*values, low))]
            left = self.widest([printed_number(tick) for tick in ticks]) + _LABEL_GAP * self.size
        axes = self.axes(left, over, 0.0, foot)
        axes.set_xticks(range(len(broken)), broken)
        if labelled:
            axes.set_yticks([])
        else:
            axes.set_yticks(ticks, [printed_number(tick) for tick in ticks])
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
        return [printed_number(value) for row in self.numbers for value in row]

    def pie(self) -> None:
        """A pie from twelve o'clock on; its legend at the right has names, numbers and shares."""
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
            self.word(printed_number(value), number_end, y, "right")
            if share_end <= self.width:
                self.word(f"{value / total:.0%}", share_end, y, "right")
            y += leading


def plot(canvas: Canvas, chart: Chart, width: float, height: float) -> ChartDrawing:
    """The chart itself in a box of this size (pt), without title, unit and notes.

    The drawing is cached by a digest of its input, so that a rebuild does not load matplotlib.

    Raises:
        NoRoom: names and numbers leave no room to draw in.
    """
    one = _ChartPlot(canvas, chart, width, height)
    name = one.name()
    if name in canvas.caches.results:
        return unpack_drawing(canvas.caches.results[name])
    drawing = one.draw()
    canvas.caches.results[name] = pack_drawing(drawing)
    return drawing


def series_names(chart: Chart) -> int:
    return len(chart.data[0]) - 1


def advance_of(canvas: Canvas, text: ResolvedTextStyle, character: str) -> float:
    if text.digits and character.isdecimal() and character.isascii():
        return text.digits
    return canvas.faces[text.face].advances[character] / 1000


def printed_number(value: float) -> str:
    """A number as it is printed, without zeros after its decimals."""
    return f"{value:.10g}"


def _tinted(colour: Colour, step: int) -> Colour:
    part = TINTS[min(step, len(TINTS) - 1)]
    return Colour(colour.c * part, colour.m * part, colour.y * part, colour.k * part, colour.spot, colour.tint)
