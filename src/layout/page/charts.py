"""Charts (图表) from numbers: bars, columns, lines, a pie, in the style's colours and faces, whole lines high."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from ..composition import Box, Frame, Line, Span
from ..errors import Mark, Problem, Words
from ..issue.insets import Chart
from ..style.texts import SetText
from ..text.paragraph import Run
from .dummy import Dummy
from .passages import Passage, compose_passage, set_passage, whole_lines
from .pictures import Rectangle
from .plots import LEGEND, PIE_PART, NoRoom, advance_of, plot, printed, series_of
from .plotting import Drawing


class Setting(Struct, frozen=True):
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
        rows = len(chart.data) * (1 + 0.7 * (series_of(chart) - 1))
        tall = rows * style.row_height + _legend_height(chart, text)
    elif chart.kind == "pie":
        tall = max(width * PIE_PART * 0.86, len(chart.data) * LEGEND * text.size)
    else:
        tall = width * style.height
    return whole_lines(dummy, made.over + tall + made.under + style.air * dummy.grid.leading)


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
        try:
            drawing = dummy.kept[key] = plot(dummy, chart, width, room)
        except NoRoom:
            dummy.problems.append(_too_small(chart, page))
            return
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
            steps = [advance_of(dummy, text, character) * word.size for character in part]
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


def _legend_height(chart: Chart, text: SetText) -> float:
    return LEGEND * text.size if series_of(chart) > 1 else 0.0


def _told(chart: Chart) -> str:
    """The chart in words, for those who cannot see it."""
    rows = "；".join("、".join([str(row[0]), *(printed(float(value)) for value in row[1:])]) for row in chart.data)
    return f"{chart.title or '图表'}：{rows}{chart.unit}"


# What may be wrong with a chart.


def _faults(chart: Chart) -> Iterator[Problem]:
    numbers = [float(value) for row in chart.data for value in row[1:]]
    if series_of(chart) < 1:
        what = Words("图表各项没有数", "the rows of the chart hold no numbers")
        yield _fault(what, Words("写成 [名目, 数]", "write [label, number]"), chart.place("data"))
    elif series_of(chart) > 1 and chart.kind != "pie" and len(chart.series) != series_of(chart):
        what = Words(
            f"图表有 {series_of(chart)} 列数，series 写了 {len(chart.series)} 个名字",
            f"the chart has {series_of(chart)} columns of numbers and {len(chart.series)} names in series",
        )
        yield _fault(what, Words("给每列数一个名字", "name each column"), chart.place("series"))
    if chart.kind == "pie":
        if series_of(chart) > 1:
            what = Words("饼图只能有一列数", "a pie has one column of numbers")
            yield _fault(what, Words("改用 bar 或 column", "take bar or column"), chart.place("kind"))
        if any(value < 0 for value in numbers) or not sum(numbers):
            what = Words("饼图的数都要大于 0", "the numbers of a pie must be above 0")
            yield _fault(what, Words("改正，或改用 bar", "mend them, or take bar"), chart.place("data"))


def _fault(what: Words, remedy: Words, mark: Mark) -> Problem:
    return Problem("chart", what, remedy, mark)


def _too_small(chart: Chart, page: int) -> Problem:
    return Problem(
        "inset-high",
        Words(
            f"图表 {chart.id} 的名目和数字占满了它的区域，画不下",
            f"names and numbers fill the area of the chart {chart.id} and leave no room to draw",
        ),
        Words("把名目写短，或把区域加宽、加高", "shorten the names, or make its area wider or higher"),
        chart.mark,
        page=page,
    )


def _too_low(chart: Chart, page: int) -> Problem:
    return Problem(
        "inset-high",
        Words(f"图表 {chart.id} 的区域太矮，画不下", f"the area of the chart {chart.id} is too low for it"),
        Words("把区域加高", "make its area higher"),
        chart.mark,
        page=page,
    )
