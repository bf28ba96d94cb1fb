"""Gaps between Han and Western text in the samples: even in narrow columns (rules D1, E4)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import layout

ISSUES = Path(__file__).parents[2] / "issues"
HAN_THEN_WESTERN = re.compile("(?=[\u4e00-\u9fff][A-Za-z0-9])")


@pytest.mark.parametrize("name", ["2026-11", "campus-autumn", "bulletin-12"])
def test_E4_a_gap_grows_to_a_third_of_an_em_and_the_rest_is_shared_by_all(name):
    pages = layout.compose(layout.load(ISSUES / name))
    gaps = []
    for frame in (frame for page in pages.pages for frame in page.frames if frame.role == "body"):
        for line in frame.lines:
            placed = [(char, x) for span in line.spans for char, x in zip(span.text, span.xs, strict=True)]
            text = "".join(char for char, _ in placed)
            for at in (match.start() for match in HAN_THEN_WESTERN.finditer(text)):
                gaps.append((placed[at + 1][1] - placed[at][1]) / line.size - 1)
    assert len(gaps) > 15
    # what is shared by all gaps comes on top of it: as much as looks well (rule E12)
    assert max(gaps) <= 1 / 3 + 0.1
    assert sum(gap > 0.25 + 1e-3 for gap in gaps) > 0
