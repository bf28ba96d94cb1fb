"""The manual of the issue file: it lists every field, and its examples build."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from manuals import DOCS, examples, made_up

from layout.errors import has_errors
from layout.issue.manual import issue_reference
from layout.issue.model import FURNITURE, Issue
from layout.records import field_table

MANUAL = DOCS / "issue-format.md"
EXAMPLES = examples("issue-format.md")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"line-{one['line']}")
def test_an_example_builds(example: dict, tmp_path: Path) -> None:
    pages = made_up(example, tmp_path)
    assert not has_errors(pages.problems), [problem.in_language() for problem in pages.problems]
    assert pages.overset == ()


def test_the_manual_lists_every_field_of_an_issue(request: pytest.FixtureRequest) -> None:
    """`pytest --update` writes the tables anew."""
    begin, mark, tables = MANUAL.read_text(encoding="utf-8").partition("<!-- python -m layout.issue.manual -->\n")
    if request.config.getoption("--update"):
        MANUAL.write_text(begin + mark + issue_reference(), encoding="utf-8")
        tables = issue_reference()
    assert tables == issue_reference()
    for row in field_table(Issue):
        assert f"| `{row.name}` | " in tables, row.name


def test_every_record_of_an_issue_has_its_table() -> None:
    tables = issue_reference()
    assert len(re.findall(r"^### ", tables, re.MULTILINE)) == len({row.record for row in field_table(Issue)})
    told = {row.name for row in field_table(Issue) if row.record == "Issue"}
    assert told == {*Issue.__struct_fields__} - {"folder", "problems", "chosen_style", "mark", "marks"}


def test_the_examples_use_every_element() -> None:
    """What an article may hold, every kind of article, every furniture fragment that the text tells of."""
    articles = [one for example in EXAMPLES for one in example["data"].get("articles", {}).values()]
    used = {key for one in articles for key in one}
    wanted = {row.name for row in field_table(Issue) if row.record == "Article"}
    assert wanted - used == {"section", "standing_head", "headpiece", "body_file", "length", "fit"}
    assert {one.get("kind", "story") for one in articles} >= {
        "briefs", "notices", "questions", "verse", "picture_news", "names", "letter", "filler",
    }  # fmt: skip
    cells = {cell for example in EXAMPLES for page in example["data"].get("pages", [])
             for row in page["areas"] for text in row.values() for cell in text.split()}  # fmt: skip
    assert cells >= set(FURNITURE) - {"folio_line", "ear", "colophon"}
