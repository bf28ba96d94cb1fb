"""Charts (图表) from numbers: bars, columns, lines, a pie, in the style's colours and faces, whole lines high."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from ....composition import Box, Frame, PlacedLine, Span
from ....errors import LayoutError, Message, Problem, SourceLocation
from ....issue.floats import Chart
from ....roles import Role
from ....style.texts import ResolvedTextStyle
from ....text.paragraph import TextRun
from ...canvas import Canvas
from ...parts.chart_drawing import ChartDrawing
from ...parts.text_block import TextBlock
from ..composer import WholeComposer
from ..pictures import BoxCorners
from ..text_blocks import compose_text_block, set_text_block, whole_lines
from .plot import LEGEND, PIE_PART, NoRoom, advance_of, plot, printed_number, series_names


class ChartSurroundings(Struct, frozen=True):
    """What surrounds the plot: words set for the chart's width."""

    title: TextBlock | None
    unit: TextBlock | None
    foot: tuple[TextBlock, ...]
    shared: bool  # title and unit stand on one line

    @property
    def over(self) -> float:
        """The height in pt above the plot."""
        if self.title is None and self.unit is None:
            return 0.0
        heights = [text_block.height for text_block in (self.title, self.unit) if text_block]
        return max(heights) if self.shared else sum(heights)

    @property
    def under(self) -> float:
        return sum(text_block.height for text_block in self.foot)


def chart_lines(canvas: Canvas, chart: Chart, article: str, width: float) -> int:
    """Whole lines that the chart takes at a width in pt."""
    style, made = canvas.style.charts, _surroundings(canvas, chart, width)
    text = canvas.style.text_style("chart")
    if chart.kind == "bar":
        rows = len(chart.data) * (1 + 0.7 * (series_names(chart) - 1))
        tall = rows * style.row_height + _legend_height(chart, text)
    elif chart.kind == "pie":
        tall = max(width * PIE_PART * 0.86, len(chart.data) * LEGEND * text.size)
    else:
        tall = width * style.height
    return whole_lines(canvas, made.over + tall + made.under + style.air * canvas.grid.leading)


def place_chart(canvas: Canvas, page: int, chart: Chart, article: str, box: BoxCorners, order: int) -> None:
    """Fills a box with the chart: title and unit over it, note and credit under it."""
    faults = list(_problems(chart))
    if faults:
        canvas.problems += faults
        return
    x, y, width, height = box
    made = _surroundings(canvas, chart, width)
    air = canvas.style.charts.air * canvas.grid.leading / 2
    top, lines = y + air, list[PlacedLine]()
    if made.title:
        lines += compose_text_block(canvas, made.title, x, top)
    if made.unit:
        down = made.title.height if made.title and not made.shared else 0.0
        lines += compose_text_block(canvas, made.unit, x, top + down, number=2)
    top += made.over
    room = height - 2 * air - made.over - made.under
    if room < canvas.grid.leading:
        canvas.problems.append(_too_low(chart, page))
        return
    key = chart.id, article, width, room
    drawing = canvas.caches.charts.get(key)
    if drawing is None:
        try:
            drawing = canvas.caches.charts[key] = plot(canvas, chart, width, room)
        except NoRoom:
            canvas.problems.append(_too_small(chart, page))
            return
        except LayoutError as error:  # matplotlib is not installed
            canvas.problems += [replace(problem, mark=chart.mark, page=page) for problem in error.problems]
            return
    alt = chart.alt or _alt_text(chart)
    canvas.add_boxes(
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
    lines += _words(canvas, chart, drawing, x, top)
    top += room
    colours = {"credit": canvas.style.text_style("credit").colour}
    for number, text_block in enumerate(made.foot, 4 + len(drawing.words)):
        lines += compose_text_block(canvas, text_block, x, top, number=number, colours=colours)
        top += text_block.height
    canvas.add_frames(page, [Frame(article, Role.CHART, x, y, width, height, tuple(lines), order=order)])


def _surroundings(canvas: Canvas, chart: Chart, width: float) -> ChartSurroundings:
    title = (
        set_text_block(canvas, "chart_title", chart.title, width, chart.place("title"), owner=chart.id)
        if chart.title
        else None
    )
    unit, shared = None, False
    if chart.unit:
        words = canvas.style.word("unit", "单位：{unit}", canvas.language(chart.id)).format(unit=chart.unit)
        natural = set_text_block(canvas, "chart", words, None, chart.place("unit"), owner=chart.id)
        shared = title is not None and title.extent + natural.extent + canvas.grid.em <= width
        unit = set_text_block(
            canvas, "chart", words, width, chart.place("unit"), align="right" if shared else "left", owner=chart.id
        )
        if shared and title:  # on one baseline: both lines as high as the higher one
            leading = max(title.style.leading, unit.style.leading)
            title, unit = _with_leading(title, leading), _with_leading(unit, leading)
    foot = []
    if chart.note:
        foot.append(set_text_block(canvas, "table_note", chart.note, width, chart.place("note"), owner=chart.id))
    if chart.credit:
        runs = [TextRun(chart.credit, canvas.style.text_style("credit").face, tag="credit")]
        foot.append(
            set_text_block(canvas, "table_note", runs, width, chart.place("credit"), align="right", owner=chart.id)
        )
    return ChartSurroundings(title, unit, tuple(foot), shared)


def _with_leading(text_block: TextBlock, leading: float) -> TextBlock:
    return replace(text_block, style=replace(text_block.style, leading=leading))


def _words(canvas: Canvas, chart: Chart, drawing: ChartDrawing, x: float, y: float) -> Iterator[PlacedLine]:
    text = canvas.style.text_style("chart")
    for number, word in enumerate(drawing.words, 3):
        at, spans = x + word.x, []
        for part, face in canvas.glyphs.parts(word.text, text.face, chart.mark):
            steps = [advance_of(canvas, text, character) * word.size for character in part]
            xs = [at + sum(steps[:index]) for index in range(len(part))]
            at += sum(steps)
            spans.append(Span(part, face, word.size, xs, word.colour))
        width = at - x - word.x
        yield PlacedLine(
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


def _legend_height(chart: Chart, text: ResolvedTextStyle) -> float:
    return LEGEND * text.size if series_names(chart) > 1 else 0.0


def _alt_text(chart: Chart) -> str:
    """The alternative text of the chart: its title and all its numbers."""
    rows = "；".join(
        "、".join([str(row[0]), *(printed_number(float(value)) for value in row[1:])]) for row in chart.data
    )
    return f"{chart.title or '图表'}：{rows}{chart.unit}"


# Problems of a chart.


def _problems(chart: Chart) -> Iterator[Problem]:
    numbers = [float(value) for row in chart.data for value in row[1:]]
    if series_names(chart) < 1:
        what = Message("图表各项没有数", "the rows of the chart hold no numbers")
        yield _problem(what, Message("写成 [名目, 数]", "write [label, number]"), chart.place("data"))
    elif series_names(chart) > 1 and chart.kind != "pie" and len(chart.series) != series_names(chart):
        what = Message(
            f"图表有 {series_names(chart)} 列数，series 写了 {len(chart.series)} 个名字",
            f"the chart has {series_names(chart)} columns of numbers and {len(chart.series)} names in series",
        )
        yield _problem(what, Message("给每列数一个名字", "name each column"), chart.place("series"))
    if chart.kind == "pie":
        if series_names(chart) > 1:
            what = Message("饼图只能有一列数", "a pie has one column of numbers")
            yield _problem(what, Message("改用 bar 或 column", "take bar or column"), chart.place("kind"))
        if any(value < 0 for value in numbers) or not sum(numbers):
            what = Message("饼图的数都要大于 0", "the numbers of a pie must be above 0")
            yield _problem(what, Message("改正，或改用 bar", "mend them, or take bar"), chart.place("data"))


def _problem(what: Message, remedy: Message, mark: SourceLocation) -> Problem:
    return Problem("chart", what, remedy, mark)


def _too_small(chart: Chart, page: int) -> Problem:
    return Problem(
        "inset-high",
        Message(
            f"图表 {chart.id} 的名目和数字占满了它的区域，画不下",
            f"names and numbers fill the area of the chart {chart.id} and leave no room to draw",
        ),
        Message("把名目写短，或把区域加宽、加高", "shorten the names, or make its area wider or higher"),
        chart.mark,
        page=page,
    )


def _too_low(chart: Chart, page: int) -> Problem:
    return Problem(
        "inset-high",
        Message(f"图表 {chart.id} 的区域太矮，画不下", f"the area of the chart {chart.id} is too low for it"),
        Message("把区域加高", "make its area higher"),
        chart.mark,
        page=page,
    )


COMPOSER = WholeComposer(chart_lines, place_chart, shrink=0.2, stretch=0.8)
