"""The manual of the area map: its examples are made up, and show what they are said to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from manuals import DOCS, examples, made_up

from layout.errors import has_errors

EXAMPLES = examples("area-map.md")


def of(words: str) -> dict:
    """The example whose map holds these words."""
    (found,) = [one for one in EXAMPLES if words in str(one["data"])]
    return found


def on(pages, role: str, number: int = 1) -> list:
    return [frame for frame in pages.pages[number - 1].frames if frame.role == role]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"line-{one['line']}")
def test_an_example_is_made_up_without_a_fault(example: dict, tmp_path: Path) -> None:
    pages = made_up(example, tmp_path)
    assert not has_errors(pages.problems), [problem.in_language() for problem in pages.problems]
    assert pages.overset == ()
    count = sum(2 if page.get("spread") else 1 for page in example["data"]["pages"])
    assert len(pages.pages) == count


def test_a_story_jumps_and_goes_on(tmp_path: Path) -> None:
    pages = made_up(of("文化"), tmp_path)
    assert on(pages, "jump_line", 1)[0].lines[0].text == "（下转第3版）"
    assert on(pages, "continuation_line", 3)[0].lines[0].text.startswith("（上接第1版）")


def test_no_text_stands_in_the_fold(tmp_path: Path) -> None:
    pages = made_up(of("spread"), tmp_path).pages
    left, right = pages[1], pages[2]
    assert {picture.file.rsplit("/", 1)[-1] for page in (left, right) for picture in page.pictures} == {"photo.png"}
    assert max(line.x + line.width for frame in left.frames for line in frame.lines) < left.width - 30
    assert min(line.x for frame in right.frames for line in frame.lines) > 30


def test_text_runs_round_a_picture_in_the_shape_of_an_L(tmp_path: Path) -> None:
    pages = made_up(of("harvest harvest harvest-1 harvest-1 safety safety"), tmp_path)
    columns = {(round(frame.x), round(frame.y)) for frame in on(pages, "body") if frame.article == "harvest"}
    assert len({y for _, y in columns}) == 2


def test_every_problem_of_a_map_is_in_the_table() -> None:
    told = set(re.findall(r"^\| `([a-z-]+)` \|", (DOCS / "area-map.md").read_text(encoding="utf-8"), re.MULTILINE))
    source = Path(__file__).parents[2] / "src" / "layout" / "page"
    refused = {
        rule
        for name in ("map/areas", "map/columns", "elements/spreads", "elements/boxes", "map/threads", "flow/stories")
        for rule in re.findall(r'Problem\(\s*"([a-z-]+)"', (source / f"{name}.py").read_text(encoding="utf-8"))
    }
    assert refused - {"unknown-box", "overset", "underset", "jump-unneeded"} == told
