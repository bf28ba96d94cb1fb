"""The area map: rows of names become areas, or are rejected with the row that is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.errors import SourceLocation
from layout.page.map.areas import Area, MapRow, read_map
from layout.page.map.columns import divide
from layout.style.grid import Grid

GRID = Grid(em=9, leading=15, units=6, unit_em=8, gutter_em=2, lines=50, left=36.6, top=50)
NAMES = ("a", "b", "c")


def rows(*typed: tuple[int, str]) -> list[MapRow]:
    return [
        MapRow(height, tuple(cells.split()), SourceLocation("issue.yaml", line, 7))
        for line, (height, cells) in enumerate(typed, 1)
    ]


def areas(*typed: tuple[int, str]) -> dict[str, Area]:
    found, problems = read_map(rows(*typed), GRID, NAMES)
    assert problems == []
    return {f"{area.name}.{area.part}" if area.part else area.name: area for area in found}


def refused(*typed: tuple[int, str]) -> tuple[str, int, str]:
    _, problems = read_map(rows(*typed), GRID, NAMES)
    assert len(problems) == 1
    assert problems[0].mark is not None
    return problems[0].rule, problems[0].mark.line, problems[0].remedy.en


def test_one_name_fills_the_row():
    area = areas((12, "a"))["a"]
    assert (area.unit, area.units, area.line, area.lines) == (0, 6, 0, 12)


def test_cells_share_the_units_of_the_grid():
    found = areas((10, "a b b"))
    assert (found["a"].units, found["b"].units) == (2, 4)


def test_an_L_is_one_area_that_runs_round_another():
    found = areas((12, "a"), (17, "a b b"))
    assert not found["a"].is_rectangle
    assert (found["a"].lines, found["b"].line) == (29, 12)
    assert found["b"].above == {"a"}


def test_a_name_in_two_places_is_two_areas_in_reading_order():
    found, _ = read_map(rows((5, "a b"), (5, "b a")), GRID, NAMES)
    assert [(area.name, area.line) for area in found] == [("a", 0), ("b", 0), ("b", 5), ("a", 5)]


def test_a_further_stretch_of_a_thread_may_touch_the_first():
    found = areas((16, "a"), (17, "a.2 b"))
    assert found["a.2"].part == "2"
    assert found["a"].lines == 16


def test_empty_cells_belong_to_nobody():
    assert list(areas((5, ". a"))) == ["a"]


def test_a_row_that_does_not_divide_the_grid_is_refused():
    assert refused((5, "a"), (5, "a b c a")) == ("area-row", 2, "write one of 1, 2, 3, 6 cells")


def test_a_name_nobody_knows_is_refused_with_the_nearest():
    found, problems = read_map(rows((5, "harvset")), GRID, ["harvest", "safety"])
    assert problems[0].remedy.en == "do you mean “harvest”?"
    assert [area.name for area in found] == ["harvset"]


def test_more_lines_than_the_page_has_are_refused_at_the_row_that_runs_over():
    assert refused((30, "a"), (21, "b"), (3, "c"))[:2] == ("area-height", 2)


def test_the_columns_of_an_L_are_as_deep_as_it_is_there():
    columns, problems = divide(areas((12, "a"), (17, "a b b"))["a"], 3, GRID)
    assert problems == []
    assert [(c.start, c.measure, c.lines) for c in columns] == [(0, 18, 29), (20, 18, 12), (40, 18, 12)]


def test_a_bastard_measure_is_whole_em_and_the_gutters_take_the_rest():
    columns, _ = divide(areas((12, "a a b"))["a"], 3, GRID)
    assert [(c.start, c.measure) for c in columns] == [(0, 11), (13.5, 11), (27, 11)]


def test_a_column_cut_lengthwise_is_refused():
    _, problems = divide(areas((12, "a"), (17, "a b b"))["a"], 2, GRID)
    assert [p.rule for p in problems] == ["columns"]


def test_columns_too_narrow_to_read_are_refused():
    _, problems = divide(areas((12, "a b c"))["a"], 6, GRID)
    assert [p.rule for p in problems] == ["columns"]


@given(
    st.lists(
        st.tuples(st.integers(1, 20), st.lists(st.sampled_from([*NAMES, "."]), min_size=1, max_size=7)), max_size=8
    )
)
def test_any_map_is_read_or_refused_and_no_two_areas_overlap(typed):
    found, problems = read_map(rows(*((height, " ".join(cells)) for height, cells in typed)), GRID, NAMES)
    if problems:
        assert all(problem.mark for problem in problems)
        return
    taken = [
        (unit, line)
        for area in found
        for strip in area.strips
        for unit in range(strip.unit, strip.unit + strip.units)
        for line in range(strip.line, strip.line + strip.lines)
    ]
    assert len(taken) == len(set(taken))
    assert all(unit < GRID.units and line < GRID.lines for unit, line in taken)


@pytest.mark.parametrize(("units", "count", "measure"), [(6, 3, 18), (6, 2, 28), (6, 4, 13), (4, 2, 18), (3, 1, 28)])
def test_measures_of_the_standard_grid(units, count, measure):
    assert GRID.columns(units, count)[0] == measure
