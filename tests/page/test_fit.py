"""Fitting: heights that the text decides, then smaller headlines, then no deck; nothing else, and all of it told."""

from __future__ import annotations

import pytest

import layout
from issues import article, issue, write


def fitted(folder, data):
    return layout.compose(layout.load(write(folder, data)))


def lines(pages) -> dict[str, int]:
    """Lines left in each article's place; below 0 those too many."""
    return {fit.article: fit.lines - fit.lines_used for fit in pages.fit}


def told(pages) -> list[str]:
    return [problem.what.en for problem in pages.problems if problem.rule == "fit"]


def test_auto_rows_take_what_their_text_needs(tmp_path):
    articles = {"a": article(1500), "b": article(500)}
    pages = fitted(tmp_path, issue(articles, [{"auto": "a"}, {"auto": "b"}], {"a": 3, "b": 3}))
    assert all(left >= 0 for left in lines(pages).values())
    heights = {frame.article: frame.y for page in pages.pages for frame in page.frames if frame.role == "headline"}
    assert heights["a"] < heights["b"]


def test_auto_rows_and_fixed_ones_fill_the_page(tmp_path):
    articles = {"a": article(900), "b": article(600)}
    pages = fitted(tmp_path, issue(articles, [{7: "nameplate"}, {"auto": "a"}, {"auto": "b"}], {"a": 3, "b": 2}))
    said = told(pages)[0]
    assert sum(map(int, said.rpartition("to ")[2].split()[:-1])) == 43


def test_the_same_input_gives_the_same_heights(tmp_path):
    data = issue({n: article(300 + 77 * i) for i, n in enumerate("abcd")}, [{"auto": f"{a}"} for a in "abcd"])
    assert fitted(tmp_path, data) == fitted(tmp_path, data)


def test_a_headline_is_made_smaller_before_text_is_left_over(tmp_path):
    head = "秋收过半晒谷场上灯火通明收割机进村"
    long = article(500, headline=head, rank="major")
    for height in range(30, 10, -1):
        pages = fitted(tmp_path, issue({"a": long}, [{height: "a ."}], {"a": 1}))
        if told(pages):
            assert "headline a grade smaller" in told(pages)[0]
            return
    pytest.fail("no height needed the measure")


def test_the_editor_may_forbid_it(tmp_path):
    head = "秋收过半晒谷场上灯火通明收割机进村"
    kept = article(500, headline=head, rank="major", fit={"headline": "never", "tracking": "never"})
    for height in range(30, 10, -1):
        assert not told(fitted(tmp_path, issue({"a": kept}, [{height: "a ."}], {"a": 1})))


def test_what_stays_over_is_told_in_characters(tmp_path):
    pages = fitted(tmp_path, issue({"a": article(4000)}, [{20: "a"}], {"a": 3}))
    assert pages.overset[0].characters > 2000
    assert lines(pages)["a"] < 0


def test_capacity_before_writing(tmp_path, capsys):
    from layout.cli import main

    empty = {"headline": "秋收过半晒谷场上灯火通明", "length": 5000}
    write(tmp_path, issue({"a": empty, "b": article(200)}, [{20: "a"}, {20: "b"}], {"a": 3, "b": 3}))
    assert main(["capacity", str(tmp_path), "--json", "--lang", "en"]) == 0
    import json

    said = capsys.readouterr()
    slots = {slot["article"]: slot for slot in json.loads(said.out)}
    assert 700 < slots["a"]["holds"] < 1000
    assert slots["a"]["has"] == 0
    assert "[length]" in said.err
