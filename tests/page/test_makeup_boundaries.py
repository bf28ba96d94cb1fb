"""The rules of makeup at their limits, on pages whose frames stand where the test puts them.

The grid of the style `town`: 58 em by 50 lines in six units of 8 em, gutters of 2 em; em 9 pt, leading 15 pt. Frames
are placed in em and lines from the type area's top left corner.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

import issues
import layout
from layout.composition import Box, Colour, Composition, Frame, Page, PlacedLine, PlacedPicture
from layout.errors import Problem, Severity, SourceLocation
from layout.page.checks.columns import check_measures
from layout.page.checks.inspection import PageInspection, is_inside, white_space, widows_and_orphans
from layout.page.checks.makeup import check_makeup
from layout.page.map.areas import Area, Strip
from layout.page.map.columns import divide
from layout.page.map.threads import PagePlan, gather_stories, read_pages
from layout.style.grid import Grid
from layout.style.reader import load_style
from layout.units import MM

GRID = Grid(9.0, 15.0, 6, 8.0, 2.0, 50, 36.63779527559058, 50.0)
THREE = (0.0, 20.0, 40.0)  # where three columns of 18 em begin
Thing = Frame | PlacedPicture | Box


def line(
    text: str = "天地玄黄", paragraph: int = 1, start: int = 0, ends: bool = True, vertical: bool = False
) -> PlacedLine:
    return PlacedLine(text, 0, 0, 0, 9, (), paragraph, start, start + len(text), ends, vertical=vertical)


def frame(
    article: str, role: str, x: float, y: float, width: float, lines: float | Sequence[PlacedLine] = 1, column: int = 1
) -> Frame:
    placed = tuple(lines) if isinstance(lines, Sequence) else (line(),)
    height = len(placed) if isinstance(lines, Sequence) else lines
    return Frame(article, role, GRID.x(x), GRID.y(y), width * GRID.em, height * GRID.leading, placed, column)


def body(article: str, x: float, lines: float, *, y: float = 0, width: float = 18, column: int = 1) -> Frame:
    return frame(article, "body", x, y, width, lines, column)


def picture(x: float, y: float, width: float, lines: float, article: str = "") -> PlacedPicture:
    return PlacedPicture("weir.png", GRID.x(x), GRID.y(y), width * GRID.em, lines * GRID.leading, article=article)


def box(kind: str, x: float, y: float, width: float, lines: float, article: str = "", **fields: Any) -> Box:
    return Box(kind, GRID.x(x), GRID.y(y), width * GRID.em, lines * GRID.leading, article=article, **fields)


class Map(NamedTuple):
    """A page's map, to be looked at with any things on it."""

    issue: Any
    style: Any
    plans: Sequence[PagePlan]

    def composition(self, things: Sequence[Thing]) -> Composition:
        frames = tuple(thing for thing in things if isinstance(thing, Frame))
        boxes = tuple(thing for thing in things if isinstance(thing, Box))
        pictures = tuple(thing for thing in things if isinstance(thing, PlacedPicture))
        return Composition((Page(1, "要闻", 595.28, 841.89, frames, boxes, pictures),))

    def problems(self, *things: Thing, rule: str = "") -> list[Problem]:
        assert self.style.grid.grid(self.style.sheet) == GRID
        found = check_makeup(self.composition(things), self.plans, self.issue, self.style)
        return [problem for problem in found if problem.rule == rule or not rule]

    def white(self, *things: Thing) -> float:
        (share,) = white_space(self.composition(things), self.plans, self.issue, self.style)
        return share


@pytest.fixture
def page(tmp_path: Path) -> Callable[..., Map]:
    def page(areas: list[dict[Any, str]], columns: dict[str, int] | None = None, **articles: Any) -> Map:
        names = {name.split(".")[0] for row in areas for cells in row.values() for name in cells.split()}
        texts = {name: issues.article(60) for name in sorted(names & set("abc"))} | articles
        for place, (name, text) in enumerate(texts.items()):
            text["headline"] = text["headline"] and f"{name}{place}"
        loaded = layout.load(issues.write(tmp_path, issues.issue(texts, areas, columns)))
        style = load_style(loaded.style, loaded.folder, None)
        plans, problems = read_pages(loaded, style, {})
        assert not problems
        return Map(loaded, style, plans)

    return page


# Columns of one article (rule H11).


def three_columns(*lines: float, y: float = 0, article: str = "a") -> list[Frame]:
    return [body(article, x, count, y=y, column=n) for n, (x, count) in enumerate(zip(THREE, lines, strict=True), 1)]


def test_H11_columns_may_differ_by_one_line_and_no_more(page: Callable[..., Map]) -> None:
    one = page([{50: "a"}], {"a": 3})
    assert one.problems(*three_columns(50, 50, 49), rule="uneven-columns") == []
    assert one.problems(*three_columns(49, 50, 49), rule="uneven-columns") == []
    (found,) = one.problems(*three_columns(50, 50, 48), rule="uneven-columns")
    assert found.what == ("第 1 版：《a0》各栏相差 2 行", "page 1: the columns of “a0” differ by 2 lines")
    (found,) = one.problems(*three_columns(50, 45, 48), rule="uneven-columns")
    assert "5 lines" in found.what.en
    (found,) = one.problems(*three_columns(47, 44, 46), rule="uneven-columns")  # none of them full
    assert found.what == ("第 1 版：《a0》各栏相差 3 行", "page 1: the columns of “a0” differ by 3 lines")


def test_a_problem_gives_its_page_its_rectangle_in_mm_and_its_article(page: Callable[..., Map]) -> None:
    (found,) = page([{30: "b"}, {20: "a"}], {"a": 3}).problems(*three_columns(20, 20, 18, y=30), rule="uneven-columns")
    assert (found.page, found.severity) == (1, Severity.WARNING)
    wanted = GRID.left / MM, (50 + 30 * 15) / MM, 58 * 9 / MM, 20 * 15 / MM
    assert found.place == pytest.approx(wanted)
    assert found.mark is not None
    assert found.mark.file.endswith("issue.yaml")


@pytest.mark.parametrize(("bottom", "short"), [(48.0, 2), (48.59, 2), (48.61, 1), (47.61, 2), (47.59, 3)])
def test_a_column_s_end_counts_in_whole_lines_from_four_tenths_up(
    page: Callable[..., Map], bottom: float, short: int
) -> None:
    """A line of which less than 0.4 is free counts as full."""
    problems = page([{50: "a"}], {"a": 3}).problems(*three_columns(50, 50, bottom), rule="uneven-columns")
    assert [problem.what.en.split()[-2] for problem in problems] == ([str(short)] if short > 1 else [])


def test_what_ends_below_the_foot_fills_its_column_and_no_more(page: Callable[..., Map]) -> None:
    one = page([{30: "a"}, {20: "b"}], {"a": 3})
    over = picture(40, 25, 18, 10, "a")
    assert one.problems(*three_columns(30, 30, 25), over, rule="uneven-columns") == []


def test_what_begins_at_the_foot_or_beside_a_column_does_not_fill_it(page: Callable[..., Map]) -> None:
    one = page([{30: "a"}, {20: "b"}], {"a": 3})
    for thing in (picture(40, 30, 18, 10, "a"), picture(39, 25, 18, 5, "a"), box("frame", 40, 25, 19, 5, "a")):
        assert len(one.problems(*three_columns(30, 30, 25), thing, rule="uneven-columns")) == 1, thing
    for thing in (
        picture(40, 25, 18, 5, "a"),
        picture(41, 25, 16, 5, "a"),
        picture(40, 25, 19, 5, "a"),
        box("rule", 40, 25, 18, 5),
    ):
        assert one.problems(*three_columns(30, 30, 25), thing, rule="uneven-columns") == [], thing


def test_a_frame_of_another_article_does_not_fill_a_column(page: Callable[..., Map]) -> None:
    one = page([{30: "a"}, {20: "b"}], {"a": 3})
    assert len(one.problems(*three_columns(30, 30, 25), picture(40, 25, 18, 5, "b"), rule="uneven-columns")) == 1
    assert len(one.problems(*three_columns(30, 30, 25), box("frame", 40, 25, 18, 5), rule="uneven-columns")) == 1


def test_a_box_s_padding_is_no_empty_line(page: Callable[..., Map]) -> None:
    """A tinted box keeps 1 em free on each side: the text ends a line above its foot, and columns are narrower by it."""
    one = page([{30: "a"}, {20: "b"}], {"a": 2}, a=issues.article(60, box="tint"))
    padding = one.style.boxes["tint"].padding
    assert 0 < padding * 9 <= 15
    (area,) = (area for _, area in gather_stories(one.issue, one.plans)[0]["a"].text)
    columns, _ = divide(area, 2, GRID, left=padding, right=padding)
    full = [body("a", column.start, 29, width=column.measure, column=column.number) for column in columns]
    assert one.white(*full) == pytest.approx(20 * 3 * 19 / 3000)  # that of b
    assert one.problems(*full, rule="uneven-columns") == []
    wide = body("a", columns[0].start - 1, 29, width=columns[0].measure + 1)
    assert one.white(wide, full[1]) == pytest.approx(20 * 3 * 19 / 3000)  # it covers all of the column


@pytest.mark.parametrize(("padding", "lines"), [(0.0, 30), (1.6, 29), (1.7, 28), (3.4, 27)])
def test_a_box_s_padding_is_as_many_lines_as_it_takes(page: Callable[..., Map], padding: float, lines: int) -> None:
    """Lines of 1⅔ em: two of them are free below a text with 1.7 em of padding."""
    one = page([{30: "a"}, {20: "b"}], {"a": 1}, a=issues.article(60, box="tint"))
    boxes = {**one.style.boxes, "tint": replace(one.style.boxes["tint"], padding=padding)}
    padded = one._replace(style=replace(one.style, boxes=boxes))
    below = 20 * 3 * 19  # the place of b
    assert padded.white(body("a", padding, lines, width=58 - 2 * padding)) == pytest.approx(below / 3000)
    shorter = padded.white(body("a", padding, lines - 1, width=58 - 2 * padding))
    assert shorter == pytest.approx((below + 59 - 2 * padding) / 3000)


def test_a_box_s_padding_is_at_its_foot_and_not_above_a_step(page: Callable[..., Map]) -> None:
    one = page([{20: "a a b"}, {30: "a b b"}], {"a": 2, "b": 1}, a=issues.article(60, box="tint"))
    (area,) = (area for _, area in gather_stories(one.issue, one.plans)[0]["a"].text)
    padding = one.style.boxes["tint"].padding
    columns, _ = divide(area, 2, GRID, left=padding, right=padding)
    assert [column.lines for column in columns] == [50, 20]
    full = [
        body("a", column.start, column.lines - (column.lines == 50), width=column.measure, column=column.number)
        for column in columns
    ]
    assert one.problems(*full, rule="uneven-columns") == []
    short = [full[0], body("a", columns[1].start, 18, width=columns[1].measure)]
    assert len(one.problems(*short, rule="uneven-columns")) == 1
    assert one.problems(full[0], body("a", columns[1].start, 19, width=columns[1].measure), rule="uneven-columns") == []


@pytest.mark.parametrize(
    ("left", "right", "counts"), [(1.9, 0, True), (2, 0, True), (2.1, -5, False), (0, 1.9, True), (-5, 2.1, False)]
)
def test_what_reaches_out_of_a_column_by_two_points_stands_in_it(
    page: Callable[..., Map], left: float, right: float, counts: bool
) -> None:
    one = page([{30: "a"}, {20: "b"}], {"a": 3})
    thing = PlacedPicture("weir.png", GRID.x(40) - left, GRID.y(25), 18 * 9 + left + right, 5 * 15, article="a")
    found = one.problems(*three_columns(30, 30, 25), thing, rule="uneven-columns")
    assert len(found) == (not counts)


@pytest.mark.parametrize(
    ("left", "right", "counts"), [(1.9, 9, True), (2, 9, True), (2.1, 9, False), (-9, -2, True), (-9, -2.1, False)]
)
def test_what_reaches_over_a_column_may_leave_two_points_of_it_free(
    page: Callable[..., Map], left: float, right: float, counts: bool
) -> None:
    """A picture does; a rule or a tint that is wider than the column does not fill it."""
    one = page([{30: "a"}, {20: "b"}], {"a": 3})
    place = GRID.x(40) + left, GRID.y(25), 18 * 9 - left + right, 5 * 15
    found = one.problems(*three_columns(30, 30, 25), PlacedPicture("weir.png", *place, article="a"))
    assert [problem.rule for problem in found].count("uneven-columns") == (not counts)
    assert one.problems(*three_columns(30, 30, 25), Box("rule", *place), rule="uneven-columns")


def test_what_has_no_height_does_not_fill_a_column(page: Callable[..., Map]) -> None:
    one = page([{30: "a"}, {20: "b"}], {"a": 3})
    assert len(one.problems(*three_columns(30, 30, 25), box("rule", 40, 29, 18, 0), rule="uneven-columns")) == 1
    assert one.problems(*three_columns(30, 30, 25), box("rule", 40, 28.9, 18, 0.1), rule="uneven-columns") == []


@pytest.mark.parametrize(
    ("line", "off", "counts"), [(25, 0, True), (0, -1, True), (0, -1.1, False), (30, -1.1, True), (30, -1, False)]
)
def test_what_begins_within_a_column_fills_it_to_its_foot(
    page: Callable[..., Map], line: int, off: float, counts: bool
) -> None:
    """From a point above the column's head to a point above its foot."""
    one = page([{30: "a"}, {20: "b"}], {"a": 3})
    thing = PlacedPicture("weir.png", GRID.x(40), GRID.y(line) + off, 18 * 9, 40 * 15, article="a")
    found = one.problems(*three_columns(30, 30, 25), thing, rule="uneven-columns")
    assert len(found) == (not counts)


# White.


def test_white_is_the_part_of_the_type_area_at_columns_feet_and_in_empty_cells(page: Callable[..., Map]) -> None:
    full = page([{50: "a"}], {"a": 3})
    assert full.white(*three_columns(50, 50, 50)) == 0
    assert full.white(*three_columns(40, 50, 50)) == pytest.approx(10 * 19 / (60 * 50))
    assert full.white(*three_columns(40, 30, 50)) == pytest.approx(30 * 19 / (60 * 50))


def test_every_empty_cell_of_the_map_is_white(page: Callable[..., Map]) -> None:
    half = page([{25: "a a ."}, {25: "b b b"}], {"a": 2, "b": 3})
    things = [body("a", x, 25, column=n) for n, x in enumerate(THREE[:2], 1)] + three_columns(
        25, 25, 25, y=25, article="b"
    )
    assert half.white(*things) == pytest.approx(1 / 6)


def test_more_than_three_per_cent_of_white_are_reported(page: Callable[..., Map]) -> None:
    one = page([{50: "a"}], {"a": 3})
    assert one.problems(*three_columns(46, 50, 50), rule="white") == []  # 2.5 %
    (found,) = one.problems(*three_columns(45, 50, 50), rule="white")  # 3.2 %
    assert "空着版心的 3%" in found.what.zh
    assert "3% of" in found.what.en
    assert found.place is None


# Measures and gutters (rules H10, H13, G).


@pytest.mark.parametrize(("columns", "measure", "reported"), [(6, 8, False), (7, 6, True), (5, 10, False)])
def test_H10_columns_have_eight_em_or_more(
    page: Callable[..., Map], columns: int, measure: int, reported: bool
) -> None:
    problems = page([{50: "a"}], {"a": columns}).problems(rule="bastard-measure")
    assert [f"{measure} em wide, too narrow" in problem.what.en for problem in problems] == [True] * reported


@pytest.mark.parametrize(("unit", "gutter", "reported"), [(8.0, 2.0, False), (8.25, 2.75, True), (7.75, 1.25, False)])
def test_H10_gutters_are_at_most_twice_as_wide_as_usual(
    page: Callable[..., Map], unit: float, gutter: float, reported: bool
) -> None:
    """Units of no whole em leave more between columns of whole em: here three of them, with gutters of 1 em."""
    one = page([{50: "a b"}], {"a": 2, "b": 1})
    grid = Grid(9.0, 15.0, 6, unit, 1.0, 50, 0.0, 0.0)
    measure = (3 * unit + 2 - gutter) / 2
    assert grid.divided(grid.measure(3), 2) == (measure, gutter)
    stories, _ = gather_stories(one.issue, one.plans)
    made_up = one.composition([body("a", 0, 1)]).pages[0]
    inspection = PageInspection(made_up, one.plans[0], one.issue, one.style, grid, stories)
    check_measures(inspection)
    assert [problem.what for problem in inspection.found] == [
        ("第 1 版：《a0》每栏 12 字，栏距过宽", "page 1: the columns of “a0” are 12 em wide, and too far apart")
    ] * reported


def test_a_column_of_less_than_four_em_is_refused() -> None:
    def area(unit_em: float) -> tuple[int, list[str]]:
        grid = Grid(9.0, 15.0, 1, unit_em, 2.0, 50, 0.0, 0.0)
        columns, problems = divide(Area("a", "", (Strip(0, 1, 0, 10),), SourceLocation("issue.yaml")), 2, grid)
        return len(columns), [problem.rule for problem in problems]

    assert area(10.0) == (2, [])  # two columns of 4 em
    assert area(9.0) == (0, ["columns"])  # of 3 em


@pytest.mark.parametrize(
    ("width", "apart", "reported"), [(7, 2.9, True), (7, 3.1, False), (8, 2, False), (7.9, -1, True)]
)
def test_H13_lines_beside_a_picture_have_eight_em_or_more(
    page: Callable[..., Map], width: float, apart: float, reported: bool
) -> None:
    one = page([{50: "a"}], {"a": 3})
    for x, at in ((20, 20 + width + apart), (20, 20 - apart - 10)):  # to the right and to the left
        problems = one.problems(body("a", x, 10, width=width), picture(at, 5, 10, 10), rule="narrow-beside")
        assert [f"only {width:.0f} em wide" in problem.what.en for problem in problems] == [True] * reported


def test_H13_a_picture_above_or_below_the_text_is_not_beside_it(page: Callable[..., Map]) -> None:
    one = page([{50: "a"}], {"a": 3})
    text = body("a", 20, 10, y=10, width=7)
    assert one.problems(text, picture(28, 0, 10, 10), rule="narrow-beside") == []
    assert one.problems(text, picture(28, 20, 10, 10), rule="narrow-beside") == []
    assert len(one.problems(text, picture(28, 19, 10, 10), picture(28, 12, 5, 5), rule="narrow-beside")) == 1
    assert one.problems(frame("a", "caption", 20, 10, 7, 10), picture(28, 12, 5, 5), rule="narrow-beside") == []


# Headlines (rules I6, I8).


def heads(apart: float, down: float, role: str = "headline") -> list[Frame]:
    return [frame("a", "headline", 0, 0, 20, 3), frame("b", role, 20 + apart, down, 20, 3)]


@pytest.mark.parametrize(
    ("apart", "down", "reported"),
    [(2, 0, True), (3, 0, True), (3.1, 0, False), (0, 0, True), (-0.1, 0, True), (-0.2, 0, False),
     (2, 1.4, True), (2, 1.5, False), (2, -1.4, True), (2, -1.5, False)],
)  # fmt: skip
def test_headlines_side_by_side_are_a_tombstone(
    page: Callable[..., Map], apart: float, down: float, reported: bool
) -> None:
    one = page([{50: "a b"}], {"a": 1, "b": 1})
    found = one.problems(*heads(apart, down), rule="tombstone")
    assert [problem.what.en for problem in found] == [
        "page 1: the headlines of “a0” and “b1” stand side by side"
    ] * reported
    assert bool(one.problems(*reversed(heads(apart, down)), rule="tombstone")) == reported


def test_a_headline_with_its_kicker_and_deck_is_one_block(page: Callable[..., Map]) -> None:
    one = page([{50: "a b"}], {"a": 1, "b": 1})
    left, right = heads(2, 2)
    assert one.problems(left, right, rule="tombstone") == []
    (found,) = one.problems(left, right, frame("b", "kicker", 24, 0, 10, 1), rule="tombstone")
    assert found.place == pytest.approx((GRID.x(22) / MM, 50 / MM, 20 * 9 / MM, 15 / MM))
    (found,) = one.problems(left, frame("b", "kicker", 24, 0, 10, 1), right, rule="tombstone")
    assert found.place == pytest.approx((GRID.x(22) / MM, 50 / MM, 20 * 9 / MM, 75 / MM))
    wide = [frame("a", "kicker", 0, 0, 5, 1), frame("a", "headline", 2, 1, 18, 2)]
    assert len(one.problems(*wide, frame("b", "headline", 22, 0, 20, 3), rule="tombstone")) == 1
    assert len(one.problems(*reversed(wide), frame("b", "headline", 22, 0, 20, 3), rule="tombstone")) == 1


def test_headlines_in_a_box_or_vertical_are_no_tombstone(page: Callable[..., Map]) -> None:
    one = page([{50: "a b"}], {"a": 1, "b": 1})
    left, right = heads(2, 0)
    assert one.problems(left, right, box("frame", 22, 0, 20, 3), rule="tombstone") == []
    assert one.problems(left, right, box("frame", 0, 0, 20, 3), rule="tombstone") == []
    assert len(one.problems(left, right, box("rule", 22, 0, 20, 3), rule="tombstone")) == 1
    vertical = frame("b", "headline", 22, 0, 20, [line(vertical=True)])
    assert one.problems(left, vertical, rule="tombstone") == []


@pytest.mark.parametrize(
    ("dx", "dy", "wider", "higher", "inside"),
    [(0, 0, 0, 0, True), (-1, 0, 0, 0, True), (-1.1, 0, 0, 0, False), (0, -1, 0, 0, True), (0, -1.1, 0, 0, False),
     (0, 0, 1, 0, True), (0, 0, 1.1, 0, False), (0, 0, 0, 1, True), (0, 0, 0, 1.1, False)],
)  # fmt: skip
def test_what_reaches_out_of_a_box_by_a_point_is_inside(
    dx: float, dy: float, wider: float, higher: float, inside: bool
) -> None:
    thing = Frame("a", "headline", 100 + dx, 100 + dy, 50 - dx + wider, 20 - dy + higher)
    assert is_inside(thing, Box("frame", 100, 100, 50, 20)) is inside


@pytest.mark.parametrize(
    ("lines", "runt"),
    [
        (["秋收过半", "灯火"], "灯火"), (["秋收过半", "灯火通"], ""), (["灯火"], ""), (["秋收过半", "灯火。"], "灯火。"),
        (["秋收过半", "灯火。”"], ""), (["灯", "秋收过半"], "灯"), (["灯", "秋收过半", "火"], "灯"), (["秋收过半", "2026年"], ""),
    ],
)  # fmt: skip
def test_I6_a_line_of_a_headline_has_more_than_two_characters(
    page: Callable[..., Map], lines: list[str], runt: str
) -> None:
    one = page([{50: "a"}], {"a": 1})
    found = one.problems(frame("a", "headline", 0, 0, 20, [line(text) for text in lines]), rule="headline-runt")
    assert [f"is only “{runt}”" in problem.what.en for problem in found] == [True] * bool(runt)
    assert not one.problems(frame("a", "deck", 0, 0, 20, [line(text) for text in lines]), rule="headline-runt")


def covered(page: Callable[..., Map], head: Frame, *things: Thing, **article: Any) -> bool:
    one = page([{50: "a"}], {"a": 3}, a=issues.article(60, **article))
    return not one.problems(head, *three_columns(50, 50, 50, y=0), *things, rule="head-cover")


def test_a_headline_covers_the_middle_of_every_column(page: Callable[..., Map]) -> None:
    assert covered(page, frame("a", "headline", 0, 0, 58, 3))
    assert covered(page, frame("a", "headline", 0, 0, 49, 3))  # the middle of the third column
    assert not covered(page, frame("a", "headline", 0, 0, 48.8, 3))
    assert covered(page, frame("a", "headline", 9, 0, 49, 3))
    assert not covered(page, frame("a", "headline", 9.2, 0, 48.8, 3))


@pytest.mark.parametrize(("past", "covers"), [(0, True), (1, True), (1.5, False)])
def test_a_column_s_middle_may_lie_a_point_beside_what_covers_it(
    page: Callable[..., Map], past: float, covers: bool
) -> None:
    middle = GRID.x(49)  # of the third column
    head = frame("a", "headline", 0, 0, 38, 3)
    for left in (middle - past - 10, middle + past):
        assert covered(page, head, PlacedPicture("weir.png", left, 50, 10, 30, article="a")) is covers


def test_each_story_of_a_page_is_looked_at_whatever_those_before_it_are(page: Callable[..., Map]) -> None:
    """The first has no headline, the second one at its side, the third one that leaves columns uncovered."""
    one = page([{20: "a a a"}, {10: "b c c"}, {20: "d d d"}], {"a": 3, "b": 1, "c": 2, "d": 3}, d=issues.article(60))
    heads = [frame("c", "headline", 0, 20, 18, 3), frame("d", "headline", 0, 30, 20, 3)]
    text = three_columns(20, 20, 20, y=30, article="d")
    (found,) = one.problems(*heads, *text, rule="head-cover")
    assert "“d3”" in found.what.en


@pytest.mark.parametrize(("lines", "covers"), [(1, False), (2, True)])
def test_a_column_that_begins_two_lines_below_its_article_s_head_needs_no_cover(
    page: Callable[..., Map], lines: int, covers: bool
) -> None:
    one = page([{lines: "a a b"}, {50 - lines: "a a a"}], {"a": 3, "b": 1})
    head = frame("a", "headline", 0, 0, 38, 1)
    text = [body("a", x, 45, y=lines, column=n) for n, x in enumerate(THREE, 1)]
    assert (not one.problems(head, *text, rule="head-cover")) is covers


def test_a_picture_box_or_caption_of_the_article_covers_a_column_too(page: Callable[..., Map]) -> None:
    head = frame("a", "headline", 0, 0, 38, 3)
    assert not covered(page, head)
    assert covered(page, head, picture(40, 0, 18, 5, "a"))
    assert covered(page, head, box("rule", 40, 0, 18, 5, "a"))
    assert covered(page, head, frame("a", "caption", 40, 0, 18, 1))
    assert not covered(page, head, picture(40, 0, 18, 5))
    assert not covered(page, head, frame("a", "jump_line", 40, 0, 18, 1))


def test_a_headline_at_the_side_or_vertical_need_not_cover(page: Callable[..., Map]) -> None:
    assert covered(page, frame("a", "headline", 0, 0, 20, [line(vertical=True)]))
    side = page([{50: "b a a"}], {"a": 2, "b": 1})
    assert side.problems(frame("a", "headline", 0, 0, 18, 3), rule="head-cover") == []
    assert len(side.problems(frame("a", "headline", 0, 0, 20.5, 3), rule="head-cover")) == 1
    assert side.problems(rule="head-cover") == []


def test_I8_two_lines_follow_a_crosshead_that_goes_on_in_the_next_column(page: Callable[..., Map]) -> None:
    one = page([{50: "a"}], {"a": 3})

    def stranded(after: int, further: bool = True, role: str = "crosshead", **what: Any) -> bool:
        things = [frame("a", role, 0, 39, 18, [line("收成"), line("好")])]
        things += [frame("a", what.get("below", "body"), what.get("x", 0), 41, 18, [line()] * after)] if after else []
        things += [body("a", 20, 10, column=2)] if further else []
        found = one.problems(*things, rule="stranded-head")
        assert all("“收成”" in problem.what.en for problem in found)
        return bool(found)

    assert stranded(0)
    assert stranded(1)
    assert not stranded(2)
    assert stranded(0, further=False)
    assert not stranded(1, further=False)  # a short item is its article's end
    assert stranded(1, role="item_head")
    assert not stranded(1, role="body")
    assert stranded(2, below="caption")
    assert stranded(2, x=20)


@pytest.mark.parametrize(("off", "follows"), [(0.0, True), (0.9, True), (-0.9, True), (1.0, False), (-1.0, False)])
def test_I8_what_follows_a_crosshead_begins_where_it_does_or_less_than_a_point_beside(
    page: Callable[..., Map], off: float, follows: bool
) -> None:
    head = Frame("a", "crosshead", 100.0, 200.0, 162.0, 15.0, (line("收成"),))
    text = Frame("a", "body", 100.0 + off, 215.0, 162.0, 30.0, (line(), line()))
    assert bool(page([{50: "a"}], {"a": 3}).problems(head, text, rule="stranded-head")) is not follows


# Single lines (rule G7).


@pytest.mark.parametrize(
    ("first", "last", "rules"),
    [
        ((0, True), (0, True), []),
        ((8, True), (0, True), ["widow"]),
        ((8, False), (0, True), []),
        ((0, False), (0, False), ["orphan"]),
        ((8, True), (0, False), ["widow", "orphan"]),
        ((0, True), (8, False), []),
        ((1, True), (1, False), ["widow"]),
    ],
)
def test_G7_single_lines_stand_neither_at_a_column_s_head_nor_at_its_foot(
    page: Callable[..., Map], first: tuple[int, bool], last: tuple[int, bool], rules: list[str]
) -> None:
    lines = [line(start=first[0], ends=first[1]), line(), line(start=last[0], ends=last[1])]
    one = page([{50: "a"}], {"a": 1})
    split = [frame("a", "body", 0, 20, 18, lines[1:]), frame("a", "body", 0, 0, 18, lines[:1])]  # in any order
    found = [problem for problem in one.problems(*split) if problem.rule in ("widow", "orphan")]
    assert [problem.rule for problem in found] == rules
    words = {"widow": "ends alone at a column's head", "orphan": "begins alone at a column's foot"}
    assert all(words[problem.rule] in problem.what.en for problem in found)
    assert [round(problem.place.y * MM - 50) for problem in found if problem.place] == [
        {"widow": 0, "orphan": 300}[rule] for rule in rules
    ]
    note = frame("a", "editors_note", 0, 0, 18, lines)
    assert not [problem for problem in one.problems(note) if problem.rule in ("widow", "orphan")]


@pytest.mark.parametrize("limit", [0, 1, 2, 3])
def test_G7_a_style_that_lets_single_lines_stand_has_none_reported(limit: int) -> None:
    class Style:
        def text_style(self, role: str) -> SimpleNamespace:
            assert role == "body"
            return SimpleNamespace(widows=limit, orphans=limit)

    lines = [line(start=8, ends=True), line(), line(start=0, ends=False)]
    found = widows_and_orphans([frame("a", "body", 0, 0, 18, lines)], Style())  # type: ignore[arg-type]
    assert [kind for kind, _ in found] == (["widow", "orphan"] if limit > 1 else [])


# The page.


@pytest.mark.parametrize(("lines", "reported"), [(44, False), (45, True), (50, True)])
def test_a_gutter_runs_through_from_nine_tenths_of_the_page(
    page: Callable[..., Map], lines: int, reported: bool
) -> None:
    rows = [{50: "a b"}] if lines == 50 else [{lines: "a b"}, {50 - lines: "c"}]
    found = page(rows, {"a": 1, "b": 1}).problems(rule="through-gutter")
    assert len(found) == reported
    if found:
        assert found[0].place == pytest.approx((GRID.x(28) / MM, 50 / MM, 18 / MM, 750 / MM))


def test_the_part_that_is_left_empty_is_told_in_per_cent(page: Callable[..., Map]) -> None:
    (found,) = page([{50: "a"}], {"a": 3}).problems(*three_columns(5, 5, 5), rule="white")  # 45 of 50 lines
    assert ("空着版心的 86%" in found.what.zh, "86% of the type area" in found.what.en) == (True, True), found.what


def test_a_float_belongs_to_its_story_and_an_empty_map_has_no_gutters(page: Callable[..., Map]) -> None:
    chart = {"id": "sheaves", "kind": "bar", "data": [["九月", 12], ["十月", 30]], "alt": "两个月收的稻捆"}
    one = page([{50: "a sheaves"}], {"a": 1}, a=issues.article(60, charts=[chart]))
    assert one.problems(rule="through-gutter") == []


def test_a_page_with_text_has_a_picture_or_a_dark_mass_where_the_issue_has_any(page: Callable[..., Map]) -> None:
    chart = {"id": "sheaves", "kind": "bar", "data": [["九月", 12], ["十月", 30]], "alt": "两个月收的稻捆"}
    one = page([{50: "a sheaves"}], {"a": 1}, a=issues.article(60, charts=[chart]))
    text = body("a", 0, 50, width=28)
    assert len(one.problems(text, rule="no-picture")) == 1
    assert one.problems(rule="no-picture") == []  # nothing is on it
    ink = Colour(k=0.1)
    assert one.problems(text, picture(30, 0, 28, 50), rule="no-picture") == []
    assert one.problems(text, box("drawing", 30, 0, 28, 50, alt="稻捆"), rule="no-picture") == []
    assert one.problems(text, box("frame", 30, 0, 28, 50, fill=ink), rule="no-picture") == []
    for pale in (box("drawing", 30, 0, 8, 8), box("frame", 30, 0, 8, 8), box("rule", 30, 0, 8, 8, fill=ink)):
        assert len(one.problems(text, pale, rule="no-picture")) == 1
    without = page([{50: "a"}], {"a": 1})
    assert without.problems(text, rule="no-picture") == []
