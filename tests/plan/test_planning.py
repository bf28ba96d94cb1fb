"""Planned pages: everything is placed or said to do not fit, nothing overlaps, every baseline stands on the grid."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from msgspec.structs import replace
from plan.invariants import assert_all_the_text_is_there, assert_nothing_overlaps, assert_on_the_grid
from plan.random_issues import random_issue
from seeds import seeds

import layout
from issues import article, issue, write
from layout.issue.model import Issue
from layout.page.checks.inspection import white_space
from layout.page.checks.page import MOST_WHITE
from layout.page.map.threads import read_pages
from layout.planning import Plan, plan_issue, plan_yaml
from layout.planning.evaluator import MapPiece, PlanningContext
from layout.style.model import Style
from layout.style.reader import load_style
from layout.text.fonts.faces import Faces, load_faces


@pytest.fixture(scope="module")
def style() -> Style:
    return load_style("town", Path(), None)


@pytest.fixture(scope="module")
def faces(style: Style) -> Faces:
    return load_faces(style.font_files())


def planned(folder: Path, data: object, style: Style, faces: Faces) -> tuple[Issue, Plan]:
    loaded = layout.load(write(folder, data))
    return loaded, plan_issue(loaded, style, faces)[0]


def open_pages(articles: dict[str, object], count: int, **fields: object) -> dict[str, object]:
    data = issue(articles, [{50: "."}])
    return data | {"pages": [{} for _ in range(count)]} | fields


def names(plan: Plan, page: int) -> set[str]:
    return {cell for row in plan.pages[page - 1].areas for cell in row.cells}


# Whatever the articles.


@pytest.mark.parametrize("seed", seeds(16, 4))
def test_any_issue_is_placed_or_said_to_be_over_or_under(tmp_path, style, faces, seed):
    data = random_issue(seed, tmp_path, kind="sound" if seed % 2 else "any", articles=(3, 14))
    loaded, plan = planned(tmp_path, data, style, faces)
    pages = layout.compose(plan.of(loaded), style, faces)
    plans, _ = read_pages(plan.of(loaded), style, {})
    said = {(problem.rule, problem.page) for problem in plan.problems}

    assert sum(rule == "plan-held" for rule, _ in said) >= bool(plan.held)
    for over in pages.overset:
        assert any(rule == "plan-over" for rule, _ in said), over
    for number, white in enumerate(white_space(pages, plans, plan.of(loaded), style), 1):
        assert white <= MOST_WHITE + 0.01 or ("plan-under", number) in said, number
    assert_all_the_text_is_there(pages, plan.of(loaded))
    assert_nothing_overlaps(pages)
    assert_on_the_grid(pages, style)


@pytest.mark.parametrize("stretch", [0.8, 1.0, 1.2])
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (3, 8))])
def test_articles_a_fifth_longer_or_shorter_still_fill(tmp_path, style, faces, seed, stretch):
    data = random_issue(seed, tmp_path, kind="sound", articles=(6, 12), stretch=stretch)
    loaded, plan = planned(tmp_path, data, style, faces)
    pages = layout.compose(plan.of(loaded), style, faces)
    plans, _ = read_pages(plan.of(loaded), style, {})
    assert not plan.held
    assert not pages.overset
    white = white_space(pages, plans, plan.of(loaded), style)
    assert sum(white) / len(white) < MOST_WHITE


def test_the_same_issue_gives_the_same_plan_whatever_the_hashes(tmp_path):
    write(tmp_path, random_issue(4, tmp_path, articles=(8, 12)))
    program = (
        "import layout; from layout.planning import plan_issue, plan_yaml; from layout.style.reader import load_style;"
        "from layout.text.fonts.faces import load_faces; from pathlib import Path; s = load_style('town', Path(), None);"
        f"print(plan_yaml(plan_issue(layout.load({str(tmp_path)!r}), s, load_faces(s.font_files()))[0]))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


# What an editor says.


def test_the_lead_stands_on_the_front_page_at_its_top(tmp_path, style, faces):
    articles = {"a": article(400), "b": article(900, rank="lead"), "c": article(500, rank="major"), "d": article(300)}
    _, plan = planned(tmp_path, open_pages(articles, 2), style, faces)
    rows = [row for row in plan.pages[0].areas if "nameplate" not in row.cells]
    assert {cell.split(".")[0] for cell in rows[0].cells} & {"b"}


def test_a_bent_article_has_no_column_too_narrow_for_text(tmp_path, style, faces):
    """Its areas have as many columns each: three of 11 em above, three of 4 em below."""
    loaded = layout.load(write(tmp_path, open_pages({"a": article(500)}, 1)))
    desk = PlanningContext(loaded, style, faces)
    assert desk.compose_trial("a", [MapPiece("a", 2, 0, 4, 20)], 3, head=False).good
    assert not desk.compose_trial("a", [MapPiece("a", 2, 0, 4, 12), MapPiece("a", 0, 12, 2, 24)], 3, head=False).good


def test_sections_asked_for_go_on_their_page(tmp_path, style, faces):
    articles = {f"a{n}": article(500, rank="major", section="民生" if n % 2 else "教育") for n in range(6)}
    data = open_pages(articles, 2) | {"pages": [{"sections": ["教育"]}, {"sections": ["民生"]}]}
    _, plan = planned(tmp_path, data, style, faces)
    assert {"a0", "a2", "a4"} <= names(plan, 1)
    assert {"a1", "a3", "a5"} <= names(plan, 2)


def test_a_page_drawn_by_worker_stays_and_its_articles_are_not_placed_again(tmp_path, style, faces):
    articles = {"a": article(700, rank="lead"), "b": article(700, rank="major"), "c": article(600, rank="major")}
    drawn = {"name": "要闻", "areas": [{10: "nameplate"}, {40: "a"}], "columns": {"a": 3}}
    data = open_pages(articles, 2) | {"pages": [drawn, {}]}
    loaded, plan = planned(tmp_path, data, style, faces)
    assert plan.planned == (2,)
    assert plan.pages[0] == loaded.pages[0]
    assert "a" not in names(plan, 2)
    assert {"b", "c"} <= names(plan, 2)


def test_without_pages_there_are_as_many_as_it_takes(tmp_path, style, faces):
    few = {"a": article(700, rank="lead"), "b": article(300)}
    many = {f"a{n}": article(800, rank="major") for n in range(10)}
    assert len(planned(tmp_path / "few", open_pages(few, 0), style, faces)[1].pages) == 1
    assert len(planned(tmp_path / "many", open_pages(many, 0), style, faces)[1].pages) % 4 == 0


def test_an_article_longer_than_a_page_goes_on_on_the_next(tmp_path, style, faces):
    articles = {"long": article(2900, rank="lead"), "b": article(400, rank="major"), "c": article(400, rank="major")}
    loaded, plan = planned(tmp_path, open_pages(articles, 2), style, faces)
    assert "long" in names(plan, 1) & names(plan, 2)
    pages = layout.compose(plan.of(loaded), style, faces)
    roles = [frame.role for page in pages.pages for frame in page.frames]
    assert "jump_line" in roles
    assert "continuation_line" in roles
    assert not pages.overset


def test_too_much_for_the_pages_is_held_over_with_its_characters(tmp_path, style, faces):
    articles = {f"a{n}": article(900, rank="lead" if n == 0 else "minor") for n in range(6)}
    loaded, plan = planned(tmp_path, open_pages(articles, 1), style, faces)
    assert plan.held
    assert "a0" not in plan.held
    said = [problem for problem in plan.problems if problem.rule == "plan-held"]
    assert len(said) == len(plan.held)
    assert all("900 characters" in problem.what.en for problem in said)
    layout.compose(plan.of(loaded), style, faces)


def test_too_little_is_said_in_characters_to_write(tmp_path, style, faces):
    articles = {"a": article(200, rank="lead")}
    _, plan = planned(tmp_path, open_pages(articles, 1), style, faces)
    said = [problem for problem in plan.problems if problem.rule == "plan-under"]
    assert [problem.page for problem in said] == [1]
    assert "characters" in said[0].remedy.en


def test_three_plans_differ(tmp_path, style, faces):
    loaded = layout.load(write(tmp_path, random_issue(5, tmp_path, kind="sound", articles=(8, 10))))
    plans = plan_issue(loaded, style, faces, count=3)
    assert len({plan_yaml(plan) for plan in plans}) == 3
    for plan in plans:
        assert layout.compose(plan.of(loaded), style, faces).pages


# As YAML.


def test_a_plan_pasted_into_the_issue_gives_the_same_pages(tmp_path, style, faces):
    data = random_issue(7, tmp_path, kind="sound", articles=(6, 8))
    loaded, plan = planned(tmp_path, data, style, faces)
    pasted = data | yaml.safe_load(plan_yaml(plan))
    again = layout.load(write(tmp_path, pasted))
    assert [(spec.name, spec.areas, spec.columns) for spec in again.pages] == [
        (spec.name, spec.areas, spec.columns) for spec in plan.pages
    ]
    assert layout.compose(again, style, faces).to_json() == layout.compose(plan.of(loaded), style, faces).to_json()


def test_what_an_editor_said_of_a_page_stays_in_the_yaml(tmp_path, style, faces):
    page = {"name": "民生", "editor": "唐一鸣", "sections": ["民生"], "pinned": True, "fit": {"tracking": "never"}}
    data = open_pages({"a": article(900, section="民生")}, 1) | {"pages": [page]}
    loaded, plan = planned(tmp_path, data, style, faces)
    told = yaml.safe_load(plan_yaml(replace(plan, pages=loaded.pages)))["pages"][0]
    assert told == page
