"""Filling text into columns: where lines go, what is kept together, what is left over. Set in the square test face."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.page.composed_lines import setting_of
from layout.page.flow.filling import fill_columns
from layout.page.map.columns import Column
from layout.page.parts.flow_block import FlowBlock
from layout.page.parts.flow_solution import FlowedStory
from layout.style.texts import ResolvedTextStyle
from layout.text.paragraph import Paragraph, TextRun

EM = 9.0
BODY = ResolvedTextStyle(face="Square", indent=2, widows=0, orphans=0)
KEPT = ResolvedTextStyle(face="Square", indent=2, widows=2, orphans=2)
CROSSHEAD = ResolvedTextStyle(face="Square", indent=0, before=1, keep=2)
BYLINE = ResolvedTextStyle(face="Square", indent=0, align="right")


@pytest.fixture(scope="module")
def block(square):
    def make(characters: int, style: ResolvedTextStyle = BODY, role: str = "body", number: int = 1) -> FlowBlock:
        paragraph = Paragraph([TextRun("田" * characters, "Square")], setting_of(style), square)
        return FlowBlock(role, style, paragraph, number, shares_line=role == "byline")

    return make


def columns(*lines: int, measure: float = 10) -> list[Column]:
    return [Column(0, number, number * 12, measure, 0, count) for number, count in enumerate(lines, 1)]


def slots(flow: FlowedStory) -> list[tuple[int, ...]]:
    return [placed.slots for placed in flow.placed]


def test_text_takes_the_next_free_line(block):
    flow = fill_columns([block(18), block(8)], columns(5), EM)
    assert slots(flow) == [(0, 1), (2,)]
    assert flow.used == 3


def test_a_paragraph_is_parted_between_columns_at_a_full_line(block):
    flow = fill_columns([block(38)], columns(2, 2), EM)
    assert [line.end for _, _, line, _ in flow.lines()] == [8, 18, 28, 38]


def test_what_does_not_fit_is_counted_and_not_dropped(block):
    flow = fill_columns([block(38)], columns(3), EM)
    assert (flow.overset_lines, flow.overset_characters) == (1, 10)
    assert sum(line.end - line.start for _, _, line, _ in flow.lines()) == 38


def test_G7_a_last_line_is_not_alone_at_a_columns_head(block):
    flow = fill_columns([block(28, KEPT), block(48, KEPT)], columns(5, 5), EM)
    first, second = flow.placed
    heads = [slot for slot in second.slots if slot >= 5]
    assert len(heads) != 1 or len(first.slots) != 3


def test_G7_a_first_line_is_not_alone_at_a_columns_foot(block):
    flow = fill_columns([block(38, KEPT), block(38, KEPT)], columns(5, 6), EM)
    assert sum(slot < 5 for slot in flow.placed[1].slots) != 1


def test_a_line_stays_empty_before_a_paragraph_is_spread_so_that_the_eye_sees_it(block):
    flow = fill_columns(
        [block(36, KEPT)], columns(3, 6), EM
    )  # with a line more, gaps of an eighth of an em in all its lines
    assert slots(flow) == [(0, 1, 3, 4)]


def test_G7_is_the_styles_choice(block):
    flow = fill_columns([block(38), block(38)], columns(5, 6), EM)
    assert sum(slot < 5 for slot in flow.placed[1].slots) == 1


def test_I8_a_crosshead_has_two_lines_of_text_after_it(block):
    flow = fill_columns([block(48), block(4, CROSSHEAD, "crosshead"), block(48)], columns(7, 9), EM)
    assert flow.placed[1].slots == (7,)
    assert flow.placed[2].slots[0] == 8


def test_a_crosshead_has_a_line_before_it_but_not_at_a_columns_head(block):
    flow = fill_columns([block(8), block(4, CROSSHEAD, "crosshead"), block(48)], columns(12), EM)
    assert flow.placed[1].slots == (2,)


def test_a_byline_shares_the_last_line_where_it_fits(block):
    flow = fill_columns([block(13), block(4, BYLINE, "byline")], columns(5), EM)
    assert slots(flow) == [(0, 1), (1,)]


def test_a_byline_takes_a_line_of_its_own_where_it_does_not_fit(block):
    flow = fill_columns([block(16), block(4, BYLINE, "byline")], columns(5), EM)
    assert slots(flow) == [(0, 1), (2,)]


def test_columns_of_unequal_measure_are_each_filled(block):
    thread = [Column(0, 1, 0, 10, 0, 2), Column(1, 1, 12, 20, 0, 5)]
    flow = fill_columns([block(60)], thread, EM)
    assert [line.end for _, _, line, _ in flow.lines()] == [8, 18, 38, 58, 60]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 120), min_size=1, max_size=6), st.lists(st.integers(2, 12), min_size=1, max_size=4))
def test_every_character_is_set_once_and_in_order(block, lengths, heights):
    flow = fill_columns([block(length, KEPT) for length in lengths], columns(*heights), EM)
    for placed, length in zip(flow.placed, lengths, strict=True):
        assert [line.start for line in placed.lines] == [0, *(line.end for line in placed.lines[:-1])]
        assert placed.lines[-1].end == length
    used = [slot for placed in flow.placed for slot in placed.slots]
    assert all(a < b for a, b in pairwise(used))
