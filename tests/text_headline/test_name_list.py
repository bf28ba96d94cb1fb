"""Rules E10, J2 and J10: names evenly spaced, in columns, framed for the dead. Han are 1 em."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.text.fonts.faces import Face, Faces
from layout.text.headline.name_list import ListedName, name_list, spread_evenly


@pytest.fixture(scope="module")
def face(square: Faces) -> Face:
    return square["Square"]


def test_E10_a_text_is_spread_evenly_over_the_width(face: Face) -> None:
    assert spread_evenly("王芳", 3, face) == (0, 2)
    assert spread_evenly("负责人", 5, face) == (0, 2, 4)
    assert spread_evenly("陈建国", 3, face) == (0, 1, 2)
    assert spread_evenly("年", 3, face) == (1,)


def test_E10_what_is_as_wide_or_wider_is_set_solid(face: Face) -> None:
    assert spread_evenly("欧阳文静", 3, face) == (0, 1, 2, 3)


def test_E5_latin_words_and_dashes_are_not_spread(face: Face) -> None:
    assert spread_evenly("用AI", 4, face) == (0, 3, 3.5)
    assert spread_evenly("一——", 5, face) == (0, 3, 4)


def test_J2_names_of_two_characters_are_as_wide_as_those_of_three(face: Face) -> None:
    made = name_list(["王芳", "陈建国", "李明"], 11, face=face)
    assert made.columns == 3
    (row,) = made.rows
    assert [cell.xs for cell in row] == [(0, 2), (4, 5, 6), (8, 10)]
    assert {cell.width for cell in row} == {3}


def test_J2_columns_begin_at_the_same_place_in_every_row_and_fill_the_measure(face: Face) -> None:
    made = name_list(["王芳", "陈建国", "李明", "周小满", "林晓", "赵志强", "孙玉梅"], 18, face=face)
    starts = [[cell.x for cell in row] for row in made.rows]
    assert starts == [[0, 5, 10, 15], [0, 5, 10]]
    assert made.rows[0][-1].x + made.rows[0][-1].width == 18


def test_J2_a_longer_name_or_a_note_takes_the_room_it_needs(face: Face) -> None:
    made = name_list(["王芳", ListedName("吴燕", note="（女）"), "陈建国"], 11, face=face)
    first, second = made.rows
    assert [cell.text for cell in first] == ["王芳", "吴燕（女）"]
    assert first[1].xs == (4, 6, 6.5, 7.5, 8.5)
    assert first[1].width == 5
    assert [cell.x for cell in second] == [0]


def test_J2_where_most_names_are_longer_the_columns_are_wider(face: Face) -> None:
    made = name_list(["欧阳文静", "司马青云", "李明"], 14, face=face)
    assert made.columns == 3
    assert [cell.x for cell in made.rows[0]] == [0, 5, 10]
    assert made.rows[0][2].xs == (10, 12)  # still spread to three


def test_J10_the_frame_of_the_dead_goes_round_the_name_and_not_its_note(face: Face) -> None:
    made = name_list(["王芳", ListedName("沈明", note="（女）", deceased=True)], 20, face=face)
    alive, dead = made.rows[0]
    assert alive.frame is None
    assert dead.frame == (dead.x, dead.x + 3)
    assert dead.width == 5


def test_a_name_wider_than_the_measure_is_reported(face: Face) -> None:
    assert name_list(["阿不都热合曼·买买提"], 6, face=face).over == ("阿不都热合曼·买买提",)


NAMES = st.lists(st.text(alphabet="王李张刘陈杨赵黄周吴", min_size=2, max_size=5), max_size=40)


@given(names=NAMES, measure=st.integers(6, 60))
def test_every_name_is_there_once_in_order_and_none_touches_another(
    square: Faces, names: list[str], measure: int
) -> None:
    made = name_list(names, measure, face=square["Square"])
    assert [cell.text for row in made.rows for cell in row] == names
    for row in made.rows:
        assert row[-1].x + row[-1].width <= measure + 1e-6
        for left, right in pairwise(row):
            assert left.x + left.width + 1 <= right.x + 1e-6
