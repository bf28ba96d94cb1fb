"""A style that no page can be set in says so, and where; it used to take all memory, or for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.errors import StyleError
from layout.style.reader import load_style

GRID = "{size: 9pt, leading: 15pt, units: 6, unit: 8, gutter: 2, lines: 50, head: 50pt, gap: 1}"


def refused(folder: Path, text: str) -> set[tuple[str, int]]:
    """Rule and line of each problem of a style that extends the town's."""
    (folder / "odd").mkdir()
    (folder / "odd" / "style.yaml").write_text(f"name: odd\nextends: town\n{text}\n", encoding="utf-8")
    with pytest.raises(StyleError) as caught:
        load_style("odd", folder)
    return {(problem.rule, problem.mark.line) for problem in caught.value.problems if problem.mark}


@pytest.mark.parametrize(
    ("usual", "odd", "rule"),
    [
        ("units: 6", "units: 1000000", "out-of-range"),
        ("size: 9pt", "size: 0.0001pt", "out-of-range"),
        ("size: 9pt", "size: -9pt", "out-of-range"),
        ("leading: 15pt", "leading: 0pt", "out-of-range"),
        ("gap: 1", "gap: 1000000", "out-of-range"),
        ("lines: 50", "lines: 1000000000", "out-of-range"),
        ("unit: 8", "unit: 1000000", "out-of-range"),
        ("gutter: 2", "gutter: 1000000", "out-of-range"),
        ("head: 50pt", "head: 5000pt", "type-area"),
        ("head: 50pt", "head: -50pt", "type-area"),
    ],
)
def test_a_grid_that_no_page_has(tmp_path: Path, usual: str, odd: str, rule: str) -> None:
    assert (rule, 3) in refused(tmp_path, f"grid: {GRID.replace(usual, odd)}")


@pytest.mark.parametrize(
    "text",
    [
        "sheet: {width: 1mm, height: 297mm}",
        "sheet: {width: 210mm, height: 100000mm}",
        "text: {body: {size: 0.0001pt}}",
        "text: {body: {leading: 0.0001pt}}",
        "headlines: {lead: {sizes: [100000pt]}}",
        "headlines: {lead: {max_lines: 1000000000}}",
        f"headlines: {{lead: {{sizes: [{'20pt, ' * 1000}]}}}}",
    ],
)
def test_sizes_that_no_page_has(tmp_path: Path, text: str) -> None:
    assert ("out-of-range", 3) in refused(tmp_path, text)


def test_the_usual_grid_is_taken(tmp_path: Path) -> None:
    (tmp_path / "usual").mkdir()
    (tmp_path / "usual" / "style.yaml").write_text(f"name: usual\nextends: town\ngrid: {GRID}\n", encoding="utf-8")
    assert load_style("usual", tmp_path).grid.lines == 50
