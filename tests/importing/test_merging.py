"""Three versions of an article become one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.importing import ArticleError
from layout.importing.folder.entries import entries_of, set_entry
from layout.importing.folder.merging import Conflict, merge_entries, merge_lines

TEXT = "甲\n\n乙\n\n丙\n\n丁\n"
LINES = st.lists(st.sampled_from(["甲\n", "乙\n", "丙\n", "\n"]), max_size=12).map("".join)


@given(LINES, LINES)
def test_what_one_side_alone_changed_is_taken(base: str, other: str) -> None:
    assert merge_lines(base, base, other) == (other, [])
    assert merge_lines(base, other, base) == (other, [])
    assert merge_lines(base, other, other) == (other, [])


@given(LINES, LINES, LINES)
def test_no_line_of_the_editors_is_lost_where_both_changed(base: str, mine: str, theirs: str) -> None:
    merged, conflicts = merge_lines(base, mine, theirs)
    for conflict in conflicts:
        at = conflict.line - 1
        lines = merged.splitlines(keepends=True)[at : at + len(conflict.edited.splitlines())]
        assert "".join(lines) == conflict.edited


def test_changes_in_different_lines_are_both_taken() -> None:
    mine, theirs = TEXT.replace("乙", "乙乙"), TEXT.replace("丙", "丙丙").replace("丁\n", "丁\n\n戊\n")
    assert merge_lines(TEXT, mine, theirs) == ("甲\n\n乙乙\n\n丙丙\n\n丁\n\n戊\n", [])


def test_the_same_line_changed_twice_is_a_conflict_at_its_line() -> None:
    merged, conflicts = merge_lines(TEXT, TEXT.replace("乙", "乙一"), TEXT.replace("乙", "乙二"))
    assert merged == TEXT.replace("乙", "乙一")
    assert conflicts == [Conflict("body", "乙一\n", "乙二\n", 3)]


def test_lists_are_merged_by_id() -> None:
    base = {"pictures": [{"id": "a-1", "file": "1.jpg"}, {"id": "a-2", "file": "2.jpg"}]}
    mine = {"pictures": [{"id": "a-1", "file": "1.jpg", "caption": "渡口"}, {"id": "a-2", "file": "2.jpg"}]}
    theirs = {"pictures": [{"id": "a-1", "file": "1.png"}, {"id": "a-3", "file": "3.jpg"}]}
    assert merge_entries(base, mine, theirs) == (
        {"pictures": [{"id": "a-1", "file": "1.png", "caption": "渡口"}, {"id": "a-3", "file": "3.jpg"}]},
        [],
    )


def test_a_field_deleted_by_one_and_changed_by_the_other_is_a_conflict() -> None:
    assert merge_entries({"deck": "甲"}, {}, {"deck": "乙"}) == ({}, [Conflict("deck", "", "乙")])
    assert merge_entries({"deck": "甲"}, {"deck": "乙"}, {}) == ({"deck": "乙"}, [Conflict("deck", "乙", "")])


ISSUE = """\
number: 3
articles:
  ferry:   # 渡口
    headline: 渡口歇了  # 暂定
    # 谁写的
    byline: 苏南枝
    pictures:
      - {id: ferry-1, file: a.jpg, width: 2}
    body: |
      # 不是注释
      船停了。

  # 第二篇
  school:
    headline: "2026"

# 版面
pages: []
"""


def changed(text: str, id: str, **fields: object) -> str:
    before = entries_of(text, Path("issue.yaml"))[id]
    after = {key: value for key, value in {**before, **fields}.items() if value is not None}
    return set_entry(text, id, before, after, Path("issue.yaml"))


@pytest.mark.parametrize(
    ("fields", "old", "new"),
    [
        ({"headline": "渡口复航"}, "headline: 渡口歇了  # 暂定", "headline: 渡口复航  # 暂定"),
        ({"byline": None}, "    byline: 苏南枝\n", ""),
        ({"body": "开船。"}, "    body: |\n      # 不是注释\n      船停了。\n", "    body: 开船。\n"),
        ({"kind": "letter"}, "      船停了。\n", "      船停了。\n    kind: letter\n"),
    ],
    ids=["value", "gone", "literal", "more"],
)
def test_only_the_lines_of_what_changed_are_written(fields: dict[str, object], old: str, new: str) -> None:
    assert changed(ISSUE, "ferry", **fields) == ISSUE.replace(old, new)


def test_the_last_article_ends_before_the_comment_of_the_pages() -> None:
    assert changed(ISSUE, "school", deck="副题") == ISSUE.replace('"2026"\n', '"2026"\n    deck: 副题\n')


def test_numbers_stay_numbers_and_text_stays_text() -> None:
    pictures = entries_of(ISSUE, Path("issue.yaml"))["ferry"]["pictures"]
    after = changed(ISSUE, "ferry", pictures=[pictures[0] | {"caption": "渡口", "credit": "12"}])
    assert "        width: 2\n        caption: 渡口\n        credit: '12'\n" in after


def test_line_ends_stay() -> None:
    text = ISSUE.replace("\n", "\r\n")
    assert changed(text, "ferry", byline="顾行舟") == text.replace("苏南枝", "顾行舟")


def test_an_entry_in_braces_is_refused() -> None:
    with pytest.raises(ArticleError) as caught:
        changed("articles:\n  a: {headline: 甲}\n", "a", headline="乙")
    assert caught.value.problems[0].rule == "yaml-shape"
