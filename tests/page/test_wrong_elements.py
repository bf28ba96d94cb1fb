"""A mistake in any element is rejected by name: where it stands, what is wrong, what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from elements import png

import layout
from issues import copy, issue, write
from layout.errors import LayoutError, Problem, Severity

PICTURE = {"file": "photo.png", "alt": "白"}
CHART = {"kind": "bar", "data": [["香樟", 6], ["银杏", 3]], "alt": "香樟多"}
TABLE = {"columns": [{"title": "名"}, {"title": "数"}], "rows": [["春", 1]]}
TWO = [PICTURE | {"id": "p"}, PICTURE | {"id": "q"}]


def told(folder: Path, article: dict[str, Any], **fields: Any) -> list[Problem]:
    """Everything that is said of an issue with one article, by the reader or else by whoever makes it up."""
    png(folder)
    areas = fields.pop("areas", [{20: "a a a"}])
    data = issue(
        {"a": {"headline": "题", "body": copy(60)} | article}, areas, fields.pop("columns", {"a": 3}), **fields
    )
    try:
        loaded = layout.load(write(folder, data))
        return [*loaded.problems, *layout.compose(loaded).problems]
    except LayoutError as error:
        return list(error.problems)


@pytest.mark.parametrize(
    ("article", "rule", "words"),
    [
        ({"pictures": [PICTURE | {"focus": [2, 0.5]}]}, "out-of-range", "“2” is out of range"),
        ({"pictures": [PICTURE | {"focus": [0.5]}]}, "wrong-type", "a list of 2"),
        (
            {"pictures": [PICTURE | {"keep": [0.9, 0.1, 0.2, 0.8]}]},
            "out-of-range",
            "the first corner of keep is not above the second",
        ),
        (
            {"pictures": [PICTURE | {"crop": [2, 1]}]},
            "out-of-range",
            "the first ratio of crop is greater than the second",
        ),
        ({"pictures": [PICTURE | {"columns": 13}]}, "out-of-range", "“13” is out of range"),
        ({"pictures": [PICTURE | {"lines": 1}]}, "out-of-range", "“1” is out of range"),
        ({"pictures": [{"file": "phot.png", "alt": "白"}]}, "no-file", "there is no file phot.png"),
        ({"pictures": [{"alt": "白"}]}, "missing-key", "file is missing"),
        ({"pictures": [{"file": "photo.png", "caption": "图说"}]}, "no-alt", "photo.png has no alt"),
        ({"pictures": TWO, "groups": [{"pictures": ["p", "r"]}]}, "unknown-name", "no picture called “r”"),
        ({"pictures": TWO, "groups": [{"pictures": ["p"]}]}, "out-of-range", "at least 2 items"),
        ({"pictures": TWO, "groups": [{"pictures": ["p", "q"], "columns": 0}]}, "out-of-range", "“0” is out of range"),
        ({"charts": [CHART | {"kind": "bars"}]}, "wrong-type", "wants one of bar, column, line, pie"),
        ({"charts": [CHART | {"data": [["香樟", "六"]]}]}, "wrong-type", "wants a number"),
        ({"charts": [CHART | {"data": []}]}, "out-of-range", "at least 1 item"),
        ({"charts": [CHART | {"data": [["香樟", 6], ["银杏"]]}]}, "row-width", "1 cells, not 2"),
        ({"charts": [CHART | {"series": ["去年", "今年"], "data": [["香樟", 6]]}]}, "row-width", "2 cells, not 3"),
        ({"charts": [CHART | {"kind": "pie", "data": [["香樟", -6], ["银杏", 3]]}]}, "chart", "pie"),
        ({"tables": [TABLE | {"rows": [["春", 1, 2]]}]}, "row-width", "3 cells, not 2"),
        ({"tables": [TABLE | {"total": ["合计"]}]}, "row-width", "1 cells, not 2"),
        ({"tables": [TABLE | {"columns": [{"title": "名", "align": "rigth"}, {}]}]}, "wrong-type", "wants one of left"),
        ({"tables": [TABLE | {"rows": []}]}, "out-of-range", "at least 1 item"),
        ({"body": "| 甲 | 乙 |\n|--|--|\n| 1 | 2 | 3 |"}, "row-width", "3 cells, the head 2"),
        ({"names": [{"names": []}]}, "out-of-range", "at least 1 item"),
        ({"names": [{"names": [{"role": "女"}]}]}, "missing-key", "name is missing"),
        ({"pull_quotes": [{"speaker": "周怡"}]}, "missing-key", "text is missing"),
        ({"kind": "briefs", "items": [{"headline": "停水"}]}, "missing-key", "body is missing"),
        ({"kind": "brief"}, "wrong-type", "wants one of story"),
        ({"rank": "head"}, "wrong-type", "wants one of lead, major, minor, brief"),
        ({"headline_direction": "down"}, "wrong-type", "wants one of horizontal, vertical"),
        ({"headline_direction": "vertical"}, "vertical-headline", "has no area of its own"),
        ({"headline": copy(280)}, "headline-long", "characters too long for its box"),
        ({"headline_box": "tnit"}, "unknown-box", "no box called “tnit”"),
        ({"box": "ofxord"}, "unknown-box", "no box called “ofxord”"),
        ({"headpiece": "flower.svg"}, "no-file", "there is no file flower.svg"),
        ({"standing_head": "lamp.svg"}, "no-file", "there is no file lamp.svg"),
        ({"byline": [{"role": "记者"}]}, "missing-key", "name is missing"),
        ({"drop_initial": "yes please"}, "wrong-type", "wants true or false"),
        ({"end_mark": "■"}, "wrong-type", "wants true or false"),
        ({"editors_note": "# 编者按"}, "markdown", "a body cannot have"),
        ({"body": copy(60) + "（下转第3版）"}, "typed-jump", "by hand"),
        ({"body": copy(60) + "上接第一版"}, "typed-jump", "by hand"),
        ({"body": copy(60) + "\n\n![](chart)"}, "unknown-name", "no picture, chart or quote called “chart”"),
    ],
    ids=lambda value: None if isinstance(value, dict) else str(value)[:24],
)
def test_an_element(article: dict[str, Any], rule: str, words: str, tmp_path: Path) -> None:
    found = [problem for problem in told(tmp_path, article) if problem.rule == rule]
    assert len(found) == 1
    assert words in found[0].what.en + found[0].remedy.en
    assert found[0].mark
    assert found[0].mark.line > 1
    assert all((*found[0].what, *found[0].remedy))


@pytest.mark.parametrize(
    ("fields", "rule", "words"),
    [
        ({"publication": {"title": "试刊", "emblem": "emblem.svg"}}, "no-file", "there is no file emblem.svg"),
        ({"publication": {"title": "试刊", "logotype": "t.svg"}}, "no-file", "there is no file t.svg"),
        ({"publication": {"sponsor": "试刊社"}}, "missing-key", "title is missing"),
        ({"publication": {"title": "试刊", "ear": "多云"}}, "wrong-type", "wants a list"),
        ({"teasers": [{"article": "b"}]}, "unknown-name", "no article called “b”"),
        ({"staff_box": ["主编 周怡"]}, "wrong-type", "wants a mapping"),
        ({"colophon": {"print_run": 0}}, "out-of-range", "“0” is out of range"),
        ({"colophon": {"print_date": "11月20日"}}, "wrong-type", "wants a date"),
        ({"bulletin_foot": {"print_run": "六十"}}, "wrong-type", "wants a whole number"),
        ({"bulletin_head": {"class": "密"}}, "unknown-key", "“class” is not known here"),
        ({"profile": "secret"}, "wrong-type", "wants one of internal, official"),
        ({"areas": [{20: "a a a a"}]}, "area-row", "4 cells, which do not divide"),
        ({"areas": [{20: "a b"}]}, "area-name", "“b” names no article"),
        ({"areas": [{60: "a"}]}, "area-height", "10 more than the 50"),
        (
            {"areas": [{9: "nameplate nameplate a"}, {9: "nameplate a a"}]},
            "area-shape",
            "“nameplate” is not a rectangle",
        ),
        ({"areas": [{9: "a.headline"}]}, "no-text-area", "none for its text"),
        ({"areas": [{20: "a a a"}], "columns": {"a": 40}}, "out-of-range", "“40” is out of range"),
        ({"areas": [{20: "a a a"}], "columns": {"a": 24}}, "columns", "columns"),
        ({"pages": [{"spread": True, "areas": [{20: "a a a . . ."}]}]}, "spread-page", "back to back"),
    ],
    ids=lambda value: None if isinstance(value, dict) else str(value)[:24],
)
def test_furniture_and_map(fields: dict[str, Any], rule: str, words: str, tmp_path: Path) -> None:
    found = [problem for problem in told(tmp_path, {}, **fields) if problem.rule == rule]
    assert len(found) == 1
    assert words in found[0].what.en + found[0].remedy.en
    assert found[0].mark
    assert found[0].mark.line >= 1
    assert found[0].severity is Severity.ERROR


@pytest.mark.parametrize("field", ["columns", "head_spans"])
def test_a_count_of_columns_for_nobody(field: str, tmp_path: Path) -> None:
    page = {"areas": [{20: "a a a"}], field: {"aa": 2}}
    (problem,) = [problem for problem in told(tmp_path, {}, pages=[page]) if problem.rule == "area-name"]
    assert "aa" in problem.what.en
    assert problem.mark
    assert problem.mark.line > 1
