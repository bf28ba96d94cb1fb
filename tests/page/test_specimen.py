"""The specimen: every element once, composed without a complaint; its composition is kept as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from goldens import told

import layout
from layout.composition import Page
from layout.errors import Severity

SPECIMEN = Path(__file__).parents[2] / "issues" / "specimen"
ROLES = {
    "kicker", "headline", "deck", "summary", "department", "body", "crosshead", "quote", "list", "verse", "byline",
    "caption", "credit", "item_head", "editors_note", "table", "names", "chart", "pull_quote", "speaker", "jump_line",
    "continuation_line",
}  # fmt: skip


@pytest.fixture(scope="module")
def pages():
    return layout.compose(layout.load(SPECIMEN))


def test_every_element_stands_in_the_specimen(pages):
    assert {frame.role for page in pages.pages for frame in page.frames} == ROLES
    names = {box.name or box.kind for page in pages.pages for box in page.boxes}
    assert {"table_rule", "chart", "symbol_of_death", "emphasis_dots", "box_rule", "department", "frame"} <= names
    assert any(line.vertical for page in pages.pages for frame in page.frames for line in frame.lines)


def test_there_is_nothing_to_say_against_it(pages):
    assert [problem.in_language() for problem in pages.problems if problem.severity is not Severity.NOTE] == []
    assert pages.overset == ()


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_its_pages_are_composed_as_they_were(pages, number, golden):
    page: Page = pages.pages[number - 1]
    golden(f"specimen-{number}", told(layout.Composition((page,))))
