"""Breaking news: an article more, or one less, changes as few pages as it can, and they are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from plan.random_issues import random_issue

import layout
from issues import article, write
from layout.planning import plan_issue, replan
from layout.style.reader import load_style
from layout.text.fonts.faces import load_faces


@pytest.fixture(scope="module")
def kit():
    style = load_style("town", Path(), None)
    return style, load_faces(style.font_files())


@pytest.fixture
def finished(tmp_path, kit):
    """An issue of several pages with its plan, and the same issue with one article more."""
    data = random_issue(14, tmp_path, kind="sound", articles=(14, 16), stretch=0.9)
    before = layout.load(write(tmp_path, data))
    data["articles"]["news"] = article(220, rank="minor", section="民生")
    after = layout.load(write(tmp_path, data))
    return before, plan_issue(before, *kit)[0], after


def test_an_article_more_changes_few_pages_and_they_are_reported(finished, kit):
    _, plan, after = finished
    again = replan(after, plan, *kit)
    different = tuple(n for n, (one, other) in enumerate(zip(plan.pages, again.pages, strict=True), 1) if one != other)
    assert again.changed == different
    assert 1 <= len(again.changed) <= 2
    assert "news" in {cell for row in again.pages[again.changed[0] - 1].areas for cell in row.cells} | {
        cell for number in again.changed for row in again.pages[number - 1].areas for cell in row.cells
    }
    assert {problem.page for problem in again.problems if problem.rule == "replanned"} == set(again.changed)
    assert not layout.compose(again.of(after), *kit).overset


def test_nothing_new_changes_nothing(finished, kit):
    before, plan, _ = finished
    again = replan(before, plan, *kit)
    assert again.pages == plan.pages
    assert again.changed == ()


def test_an_article_less_changes_its_page_alone(finished, kit):
    before, plan, _ = finished
    gone = next(id for id, one in reversed(before.articles.items()) if one.rank != "lead")
    page = next(n for n, spec in enumerate(plan.pages, 1) if any(gone in row.cells for row in spec.areas))
    fewer = replace(before, articles={id: one for id, one in before.articles.items() if id != gone})
    again = replan(fewer, plan, *kit)
    assert again.changed == (page,)
    layout.compose(again.of(fewer), *kit)


def test_pinned_pages_stay(finished, kit):
    _, plan, after = finished
    first = replan(after, plan, *kit).changed
    pinned = tuple(replace(spec, pinned=True) if number in first else spec for number, spec in enumerate(plan.pages, 1))
    again = replan(after, replace(plan, pages=pinned), *kit)
    assert not set(again.changed) & set(first)
    for number in first:
        assert again.pages[number - 1] == pinned[number - 1]
