"""Rule S1: a script whose letters change with their neighbours, and that is not set, is refused by name wherever it
stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from elements import compose

import layout
from issues import copy, issue, write
from layout.errors import IssueError, Problem

THAI = "สวัสดี"


def refused(folder: Path, **fields: object) -> list[Problem]:
    with pytest.raises(IssueError) as caught:
        compose(folder, {"headline": "秋收过半", "body": copy(300)} | fields)
    return [problem for problem in caught.value.problems if problem.rule == "unsupported-script"]


@pytest.mark.parametrize(
    "fields",
    [
        {"body": f"泰国朋友说“{THAI}”。" + copy(200)},
        {"body": copy(100) + f"\n\n|甲|乙|\n|--|--|\n|{THAI}|2|\n"},
        {"headline": f"朋友说{THAI}"},
        {"deck": f"朋友说{THAI}"},
        {"byline": f"{THAI} 文"},
        {"editors_note": f"{THAI}是你好。"},
        {"pull_quotes": [{"text": f"{THAI}是你好。"}]},
    ],
    ids=["body", "table", "headline", "deck", "byline", "note", "quote"],
)
def test_S1_a_script_that_is_not_set_is_refused_wherever_it_stands(tmp_path: Path, fields: dict[str, object]) -> None:
    (problem,) = refused(tmp_path, **fields)
    assert f"泰文，1 处，如“{THAI}”" in problem.what.zh
    assert problem.mark is not None


def test_S1_the_problem_has_the_place_of_the_first_and_the_count_of_each_script(tmp_path: Path) -> None:
    data = issue({"a": {"headline": "秋收", "body": f"说“{THAI}”、“{THAI}”，又说“မင်္ဂလာပါ”。" + copy(300)}}, [{30: "a"}])
    with pytest.raises(IssueError) as caught:
        layout.compose(layout.load(write(tmp_path / "issue", data)))
    found = [problem for problem in caught.value.problems if problem.rule == "unsupported-script"]
    lines = (tmp_path / "issue" / "issue.yaml").read_text(encoding="utf-8").splitlines()
    assert ["泰文，2 处" in problem.what.zh for problem in found] == [True, False]
    assert "缅甸文、傣文等，1 处" in found[1].what.zh
    for problem, first in zip(found, "สမ", strict=True):
        assert problem.mark is not None
        assert lines[problem.mark.line - 1][problem.mark.column - 1] == first
    assert not any(problem.rule == "unknown-character" for problem in caught.value.problems)
