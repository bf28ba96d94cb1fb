"""How long planning takes: thirty articles on eight pages. `pytest tests/benchmark/test_planner.py --benchmark-only`"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import layout
from layout.planning import plan_issue
from layout.style.reader import load_style
from layout.text.fonts.faces import load_faces

sys.path.insert(0, str(Path(__file__).parents[1] / "plan"))

from random_issues import random_issue

from issues import write

ARTICLES, PAGES = 30, 8


@pytest.mark.parametrize("wanted", range(5))
@pytest.mark.benchmark(timer=time.process_time)
def test_thirty_articles_on_eight_pages(benchmark: BenchmarkFixture, tmp_path: Path, wanted: int) -> None:
    issue = layout.load(write(tmp_path, _eight_pages(tmp_path, wanted)))
    style = load_style(issue.style)
    faces = load_faces(style.font_files())
    plans = benchmark.pedantic(plan_issue, args=(issue, style, faces), rounds=1)
    assert len(plans[0].of(issue).pages) == PAGES


def _eight_pages(folder: Path, wanted: int) -> dict[str, object]:
    """The issue of that number among those whose thirty articles about fill eight pages."""
    found = -1
    for seed in range(10_000):
        data = random_issue(seed, folder, kind="sound", articles=(ARTICLES, ARTICLES))
        found += len(data["pages"]) == PAGES
        if found == wanted:
            return data
    raise LookupError(f"fewer than {wanted + 1} issues of {PAGES} pages")
