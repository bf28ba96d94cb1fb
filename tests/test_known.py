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
from layout.known import MOST, Known, known_in
from layout.page import hands, makeup
from layout.page.makeup import compose
from layout.page.stories import set_story
from layout.page.ways import KnownWays
from layout.pdf.store import Store

ISSUE = {
    "publication": {"title": "河湾镇讯", "sponsor": "河湾镇"},
    "number": 3,
    "date": "2026-11-20",
    "style": "town",
    "articles": {"a": {"headline": "渡口通了新桥，两岸走动更近", "body": "新桥通了车，两岸的人都来看。" * 12}},
    "pages": [{"name": "要闻", "areas": [{6: "nameplate"}, {20: "a"}], "columns": {"a": 3}}],
}


def html(known: dict, folder: Path, **changes: object) -> list[str]:
    pages = compose(layout.load(write(folder, ISSUE | changes)), known=known)
    return [box.html for page in pages.pages for box in page.boxes if box.kind == "furniture"]


@pytest.fixture(autouse=True)
def forget():
    Store.forget()
    yield
    Store.forget()


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
    first = compose(layout.load(write(tmp_path, ISSUE)), known=known)
    assert known
    assert compose(layout.load(tmp_path), known=known) == first == compose(layout.load(tmp_path))


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
    known = Known()
    html(known, tmp_path)
    known.is_new = False
    file = tmp_path / "issue.yaml"
    file.write_text("# a line more\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    compose(layout.load(tmp_path), known=known)
    assert not known.is_new


def test_findings_last_and_broken_files_count_as_missing(tmp_path):
    with known_in(tmp_path) as (known, _):
        known["甲"] = [[1, 2.0]]
    Store.forget()
    with known_in(tmp_path) as (known, _):
        assert known["甲"] == [[1, 2.0]]
    Store.forget()
    for file in tmp_path.glob("??/*"):
        file.write_bytes(file.read_bytes()[:-3])
    with known_in(tmp_path) as (known, _):
        assert not known
        known["乙"] = 1
    with known_in(None) as (known, _):
        assert not known


def test_findings_are_bounded_and_the_least_used_go_first():
    known = Known({name: name * (MOST // 3) for name in "甲乙丙"})
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


def test_ways_of_pouring_change_nothing_and_only_a_changed_story_needs_new_ones(tmp_path):
    issue = layout.load(write(tmp_path, STORIES))
    ways = KnownWays()
    first = compose(issue, ways=ways)
    again = KnownWays(json.loads(json.dumps(ways.asked)))
    assert compose(issue, ways=again) == first == compose(issue)
    assert again.asked == ways.asked

    changed = copy.deepcopy(STORIES)
    changed["articles"]["丙"]["body"] += "再加上一句话。"
    issue = layout.load(write(tmp_path, changed))
    kept: list[str] = []
    again = KnownWays(ways.asked)
    keep = again.keep
    again.keep = lambda way: kept.append(way.name) or keep(way)  # type: ignore[method-assign]
    assert compose(issue, ways=again) == compose(issue)
    assert 0 < len(kept) < len(ways.asked) / 2


def test_ways_depend_on_style_and_columns(tmp_path):
    ways = KnownWays()
    compose(layout.load(write(tmp_path, STORIES)), ways=ways)
    narrower = copy.deepcopy(STORIES)
    narrower["pages"][1]["columns"]["丙"] = 1
    issue = layout.load(write(tmp_path, narrower))
    assert compose(issue, ways=KnownWays(ways.asked)) == compose(issue)
    style = tmp_path / "own"
    style.mkdir()
    (style / "style.yaml").write_text("name: own\nextends: town\ntext:\n  body: {indent: 1}\n", encoding="utf-8")
    issue = layout.load(write(tmp_path, STORIES | {"style": "own"}))
    assert compose(issue, ways=KnownWays(ways.asked)) == compose(issue)


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


@pytest.mark.skipif(not hasattr(hands.os, "fork"), reason="no processes are forked here")
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
def test_another_hand_sets_every_story_as_it_would_be_set_here(tmp_path, monkeypatch, content, handed):
    issue = layout.load(write(tmp_path, content))
    alone_ways, ways = KnownWays({}, {}), KnownWays({}, {})
    alone = compose(issue, ways=alone_ways)
    passes = []

    def by_another(dummy, stories):
        hand, heard = hands._Hand(dummy, [*enumerate(stories)]), {}
        until = time.monotonic() + 30
        while time.monotonic() < until and not hand.has_gone:
            heard.update(hand.heard())
        hand.dismiss()
        for number, story in enumerate(stories):
            if number in heard:
                hands._take(dummy, story, pickle.loads(heard[number]))
            else:
                set_story(dummy, story, hands._order(number))
        passes.append(len(heard))

    monkeypatch.setattr(makeup, "set_stories", by_another)
    assert compose(issue, ways=ways) == alone
    assert set(passes) == {handed}
    assert ways.asked == alone_ways.asked


@pytest.mark.skipif(not hasattr(hands.os, "fork"), reason="no processes are forked here")
def test_more_hands_make_the_same_pages(tmp_path, monkeypatch):
    issue = layout.load(write(tmp_path, STORIES))
    alone = compose(issue)
    monkeypatch.setattr(hands, "_hands", lambda stories: 2)
    monkeypatch.setattr(hands, "NEW", 1)
    assert compose(issue) == alone


def test_small_issues_and_processes_with_threads_get_no_more_hands(tmp_path, monkeypatch):
    issue = layout.load(write(tmp_path, STORIES))
    asked = []
    monkeypatch.setattr(hands, "_Hand", lambda dummy, stories: asked.append(stories))
    monkeypatch.setattr(hands, "NEW", 1)
    compose(issue)
    monkeypatch.setattr(hands, "WORTH_IT", 0)
    monkeypatch.setattr(hands.threading, "active_count", lambda: 2)
    compose(issue)
    assert not asked


def test_nobody_is_called_to_help_with_what_the_last_build_knew(tmp_path, monkeypatch):
    issue = layout.load(write(tmp_path, STORIES))
    ways = KnownWays()
    compose(issue, ways=ways)
    monkeypatch.setattr(hands, "WORTH_IT", 0)
    monkeypatch.setattr(hands, "_hands", lambda stories: pytest.fail("help was called"))
    compose(issue, ways=KnownWays(ways.asked))


def test_lines_that_a_process_keeps_are_those_it_would_set(tmp_path):
    folder = write(tmp_path / "issue", STORIES)
    for change in ("", "再加一句话。", ""):
        changed = copy.deepcopy(STORIES)
        changed["articles"]["乙"]["body"] += change
        write(folder, changed)
        issue = layout.load(folder)
        with known_in(tmp_path / "cache", folder) as (known, ways):
            assert compose(issue, known=known, ways=ways) == compose(issue)
        assert ways.lines
