"""Columns of a short story are level to one line; its white stands at their feet (rule H11)."""

from __future__ import annotations

from itertools import pairwise

import pytest
import yaml

import layout
from issues import article, copy, issue, write

STYLE = {"name": "plain", "extends": "town"}


def columns_of(pages, id: str = "a") -> list[int]:
    """Lines of text in each column of an article."""
    found: dict[int, int] = {}
    for page in pages.pages:
        for frame in page.frames:
            if frame.article == id and frame.role == "body":
                found[frame.column] = found.get(frame.column, 0) + len(frame.lines)
    return [found[number] for number in sorted(found)]


def paragraphs(characters: int, every: int) -> str:
    return "\n\n".join(copy(every, start) for start in range(0, characters, every))


def composed(folder, characters: int, every: int = 90, fit: dict | None = None, **fields):
    if fit is not None:
        (folder / "style").mkdir(parents=True)
        (folder / "style" / "style.yaml").write_text(yaml.safe_dump(STYLE | {"fit": fit}), encoding="utf-8")
        fields["style"] = "style"
    body = paragraphs(characters, every)
    data = issue({"a": article(body=body, fit={"tracking": "never"})}, [{40: "a"}], {"a": 3}, **fields)
    return layout.compose(layout.load(write(folder, data)))


@pytest.mark.parametrize("characters", range(1000, 1700, 90))
def test_columns_of_one_story_are_level_to_one_line(tmp_path, characters):
    pages = composed(tmp_path, characters)
    heights = columns_of(pages)
    assert len(heights) == 3
    assert max(heights) - min(heights) <= 1


def test_the_longer_columns_come_first(tmp_path):
    heights = [columns_of(composed(tmp_path / str(n), n, every=30)) for n in range(1200, 1500, 30)]
    assert any(len({*h}) > 1 for h in heights)
    assert all(h == sorted(h, reverse=True) for h in heights)


def test_no_text_is_lost_by_levelling(tmp_path):
    pages = composed(tmp_path, 1300)
    lines = [line for frame in pages.pages[0].frames if frame.role == "body" for line in frame.lines]
    assert "".join(line.text for line in lines) == paragraphs(1300, 90).replace("\n", "")


def test_levelling_makes_no_widow(tmp_path):
    for number, characters in enumerate(range(1000, 1600, 70)):
        pages = composed(tmp_path / str(number), characters, every=70)
        frames = [frame for frame in pages.pages[0].frames if frame.role == "body"]
        for frame in frames:
            last = frame.lines[0]
            assert not (last.start > 0 and last.ends_paragraph), "a widow at a column's head"


def test_column_rules_end_with_the_longer_text_at_their_sides(tmp_path):
    made = (composed(tmp_path / str(n), n, every=30) for n in range(1200, 1500, 30))
    page = next(pages for pages in made if len({*columns_of(pages)}) > 1).pages[0]
    feet = [max(f.y + f.height for f in page.frames if f.role == "body" and f.column == n) for n in (1, 2, 3)]
    rules = sorted((box for box in page.boxes if box.name == "column_rule"), key=lambda box: box.x)
    inset = 3.0  # the foot of the last line's em box
    assert [box.y + box.height for box in rules] == pytest.approx([max(p) - inset for p in pairwise(feet)])


def test_a_column_rule_goes_down_beside_a_jump_line_and_not_beside_another_story(tmp_path):
    areas = [{20: "a a a a a a"}, {20: "a a b b b b"}], [{40: "a"}]
    data = issue({"a": article(1800), "b": article(600)}, [], {})
    data["pages"] = [
        {"name": "一", "areas": areas[0], "columns": {"a": 3, "b": 1}},
        {"name": "二", "areas": areas[1], "columns": {"a": 3}},
    ]
    page = layout.compose(layout.load(write(tmp_path, data))).pages[0]
    jump = next(frame for frame in page.frames if frame.role == "jump_line")
    rules = [box for box in page.boxes if box.name == "column_rule"]
    assert len(rules) == 2
    assert [box.y + box.height for box in rules] == pytest.approx([jump.y + jump.height - 3.0] * 2)


def test_a_style_may_leave_the_white_in_the_last_column(tmp_path):
    heights = columns_of(composed(tmp_path, 1300, fit={"level": False}))
    assert max(heights) - min(heights) > 3


def test_a_story_of_a_few_lines_stays_in_its_first_column(tmp_path):
    assert len(columns_of(composed(tmp_path, 300))) == 1


def test_what_stays_empty_is_reported_as_before(tmp_path):
    level, not_level = composed(tmp_path / "a", 1300), composed(tmp_path / "b", 1300, fit={"level": False})
    assert level.fit == not_level.fit
