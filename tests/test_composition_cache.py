"""What earlier builds found is asked for again, and is never wrong."""

import copy
import json
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

import layout
from issues import write
from layout.api import compose
from layout.composition_cache import MOST, ResultCache, open_composition_cache
from layout.page import makeup
from layout.page.flow import workers
from layout.page.flow.solution_cache import FlowSolutionCache
from layout.page.flow.stories import set_story
from layout.runtime.store import ArtifactStore

ISSUE = {
    "publication": {"title": "河湾镇讯", "sponsor": "河湾镇"},
    "number": 3,
    "date": "2026-11-20",
    "style": "town",
    "articles": {"a": {"headline": "渡口通了新桥，两岸走动更近", "body": "新桥通了车，两岸的人都来看。" * 12}},
    "pages": [{"name": "要闻", "areas": [{6: "nameplate"}, {20: "a"}], "columns": {"a": 3}}],
}


def html(result_cache: dict, folder: Path, **changes: object) -> list[str]:
    pages = compose(layout.load(write(folder, ISSUE | changes)), result_cache=result_cache)
    return [box.html for page in pages.pages for box in page.boxes if box.kind == "furniture"]


@pytest.fixture(autouse=True)
def forget():
    ArtifactStore.clear_memory()
    yield
    ArtifactStore.clear_memory()


@pytest.mark.slow
def test_a_second_build_needs_neither_dictionary_nor_template_engine(tmp_path):
    folder = write(tmp_path / "issue", ISSUE)
    code = f"""
import sys, layout
report = layout.build({str(folder)!r}, {str(tmp_path / "a.pdf")!r})
assert report.pdf, report.problems
print(*(name in sys.modules for name in ("rjieba", "jinja2")))
"""
    said = []
    for _ in range(2):
        environment = {"LAYOUT_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(Path(layout.__file__).parents[1])}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        said.append(done.stdout.strip())
    assert said == ["True True", "False False"]


def test_what_is_known_changes_nothing(tmp_path):
    known: dict = {}
    first = compose(layout.load(write(tmp_path, ISSUE)), result_cache=known)
    assert known
    assert compose(layout.load(tmp_path), result_cache=known) == first == compose(layout.load(tmp_path))


@pytest.mark.parametrize("change", [{"number": 4}, {"date": "2026-11-21"}, {"publication": {"title": "河西镇讯"}}])
def test_furniture_that_is_known_follows_the_issue(tmp_path, change):
    known: dict = {}
    before = html(known, tmp_path)
    after = html(known, tmp_path, **change)
    assert before != after == html({}, tmp_path, **change)


def test_furniture_that_is_known_follows_its_template(tmp_path):
    style = tmp_path / "own"
    style.mkdir(parents=True)
    (style / "style.yaml").write_text("name: own\nextends: town\n", encoding="utf-8")
    known: dict = {}
    before = html(known, tmp_path, style="own")
    (style / "nameplate.html").write_text("<p>{{ publication.title }}</p>", encoding="utf-8")
    after = html(known, tmp_path, style="own")
    assert "<p>河湾镇讯</p>" not in before
    assert "<p>河湾镇讯</p>" in after


def test_places_in_the_file_are_not_printed_and_ask_for_nothing_new(tmp_path):
    known = ResultCache()
    html(known, tmp_path)
    known.is_new = False
    file = tmp_path / "issue.yaml"
    file.write_text("# a line more\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    compose(layout.load(tmp_path), result_cache=known)
    assert not known.is_new


def test_findings_last_and_broken_files_count_as_missing(tmp_path):
    with open_composition_cache(tmp_path) as (known, _):
        known["甲"] = [[1, 2.0]]
    ArtifactStore.clear_memory()
    with open_composition_cache(tmp_path) as (known, _):
        assert known["甲"] == [[1, 2.0]]
    ArtifactStore.clear_memory()
    for file in tmp_path.glob("??/*"):
        file.write_bytes(file.read_bytes()[:-3])
    with open_composition_cache(tmp_path) as (known, _):
        assert not known
        known["乙"] = 1
    with open_composition_cache(None) as (known, _):
        assert not known


def test_findings_are_bounded_and_the_least_used_go_first():
    known = ResultCache({name: name * (MOST // 3) for name in "甲乙丙"})
    assert known["甲"]
    known["丁"] = 1
    kept = dict(json.loads(known.packed()))
    assert list(kept) == ["丙", "甲", "丁"]
    assert len(known.packed().decode()) < MOST + 10


TEXT = "新桥通了车，两岸的人都来看，说起往年涨水时要等渡船，等上半天也是常事。"
STORIES = ISSUE | {
    "articles": {
        name: {"headline": f"{name}村修好了水渠", "body": "\n\n".join(TEXT * (2 + (at * k) % 5) for k in range(6))}
        for at, name in enumerate("甲乙丙丁", 2)
    },
    "pages": [
        {"name": "要闻", "areas": [{25: "甲"}, {24: "乙"}], "columns": {"甲": 3, "乙": 3}},
        {"name": "综合", "areas": [{30: "丙 丙 丁"}], "columns": {"丙": 2, "丁": 1}},
    ],
}


def test_ways_of_filling_change_nothing_and_only_a_changed_story_needs_new_ones(tmp_path):
    issue = layout.load(write(tmp_path, STORIES))
    solutions = FlowSolutionCache()
    first = compose(issue, solutions=solutions)
    again = FlowSolutionCache(json.loads(json.dumps(solutions.used)))
    assert compose(issue, solutions=again) == first == compose(issue)
    assert again.used == solutions.used

    changed = copy.deepcopy(STORIES)
    changed["articles"]["丙"]["body"] += "再加上一句话。"
    issue = layout.load(write(tmp_path, changed))
    kept: list[str] = []
    again = FlowSolutionCache(solutions.used)
    keep = again.store
    again.store = lambda solution: kept.append(solution.name) or keep(solution)  # type: ignore[method-assign]
    assert compose(issue, solutions=again) == compose(issue)
    assert 0 < len(kept) < len(solutions.used) / 2


def test_ways_depend_on_style_and_columns(tmp_path):
    solutions = FlowSolutionCache()
    compose(layout.load(write(tmp_path, STORIES)), solutions=solutions)
    narrower = copy.deepcopy(STORIES)
    narrower["pages"][1]["columns"]["丙"] = 1
    issue = layout.load(write(tmp_path, narrower))
    assert compose(issue, solutions=FlowSolutionCache(solutions.used)) == compose(issue)
    style = tmp_path / "own"
    style.mkdir()
    (style / "style.yaml").write_text("name: own\nextends: town\ntext:\n  body: {indent: 1}\n", encoding="utf-8")
    issue = layout.load(write(tmp_path, STORIES | {"style": "own"}))
    assert compose(issue, solutions=FlowSolutionCache(solutions.used)) == compose(issue)


def with_box(name: str) -> dict:
    changed = copy.deepcopy(STORIES)
    for article in changed["articles"].values():
        article["box"] = name
    return changed


def with_text(text: str) -> dict:
    changed = copy.deepcopy(STORIES)
    for article in changed["articles"].values():
        article["body"] = text + article["body"]
    return changed


@pytest.mark.skipif(not hasattr(workers.os, "fork"), reason="no processes are forked here")
@pytest.mark.parametrize(
    ("content", "handed"),
    [
        (STORIES, 4),
        (with_text(TEXT * 40), 4),  # overset
        (with_text("čďę"), 4),  # characters of another face, told once
        (with_box("headline"), 4),
        (with_box("nobody’s"), 0),  # told once, so not by another
    ],
)
def test_another_worker_sets_every_story_as_it_would_be_set_here(tmp_path, monkeypatch, content, handed):
    issue = layout.load(write(tmp_path, content))
    alone_ways, solutions = FlowSolutionCache({}, {}), FlowSolutionCache({}, {})
    alone = compose(issue, solutions=alone_ways)
    passes = []

    def by_another(canvas, stories):
        worker, results = workers._StoryWorker(canvas, [*enumerate(stories)]), {}
        until = time.monotonic() + 30
        while time.monotonic() < until and worker.has_more:
            results.update(worker.results())
        worker.stop()
        for number, story in enumerate(stories):
            if number in results:
                workers._add_result(canvas, story, pickle.loads(results[number]))
            else:
                set_story(canvas, story, workers._order(number))
        passes.append(len(results))

    monkeypatch.setattr(makeup, "set_stories", by_another)
    assert compose(issue, solutions=solutions) == alone
    assert set(passes) == {handed}
    assert solutions.used == alone_ways.used


@pytest.mark.skipif(not hasattr(workers.os, "fork"), reason="no processes are forked here")
def test_more_workers_make_the_same_pages(tmp_path, monkeypatch):
    issue = layout.load(write(tmp_path, STORIES))
    alone = compose(issue)
    monkeypatch.setattr(workers, "_worker_count", lambda stories: 2)
    monkeypatch.setattr(workers, "NEW_STORIES", 1)
    assert compose(issue) == alone


def test_small_issues_and_processes_with_threads_get_no_more_workers(tmp_path, monkeypatch):
    issue = layout.load(write(tmp_path, STORIES))
    asked = []
    monkeypatch.setattr(workers, "_StoryWorker", lambda canvas, stories: asked.append(stories))
    monkeypatch.setattr(workers, "NEW_STORIES", 1)
    compose(issue)
    monkeypatch.setattr(workers, "LEAST_CHARACTERS", 0)
    monkeypatch.setattr(workers.threading, "active_count", lambda: 2)
    compose(issue)
    assert not asked


def test_nobody_is_called_to_help_with_what_the_last_build_knew(tmp_path, monkeypatch):
    issue = layout.load(write(tmp_path, STORIES))
    solutions = FlowSolutionCache()
    compose(issue, solutions=solutions)
    monkeypatch.setattr(workers, "LEAST_CHARACTERS", 0)
    monkeypatch.setattr(workers, "_worker_count", lambda stories: pytest.fail("help was called"))
    compose(issue, solutions=FlowSolutionCache(solutions.used))


def test_lines_that_a_process_keeps_are_those_it_would_set(tmp_path):
    folder = write(tmp_path / "issue", STORIES)
    for change in ("", "再加一句话。", ""):
        changed = copy.deepcopy(STORIES)
        changed["articles"]["乙"]["body"] += change
        write(folder, changed)
        issue = layout.load(folder)
        with open_composition_cache(tmp_path / "cache", folder) as (known, solutions):
            assert compose(issue, result_cache=known, solutions=solutions) == compose(issue)
        assert solutions.lines
