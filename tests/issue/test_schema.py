"""The schema of `issue.yaml` for editors that complete and check while typing."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from issue_folders import GOOD
from msgspec.structs import fields
from test_reader import EVERYTHING

from layout.issue import schema
from layout.issue.model import Issue
from layout.records import field_table, read_record

jsonschema = pytest.importorskip("jsonschema")


def accepts(text: str) -> bool:
    document = yaml.load(text, yaml.BaseLoader)
    return bool(jsonschema.Draft202012Validator(schema()).is_valid(_core(document)))


def _core(value: Any) -> Any:
    """Plain words as an editor's YAML 1.2 parser sees them."""
    if isinstance(value, dict):
        return {str(key): _core(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_core(item) for item in value]
    for kind in (int, float):
        try:
            return kind(value)
        except ValueError:
            continue
    return {"true": True, "false": False}.get(value, value)


def test_it_is_a_schema_and_takes_what_the_reader_takes() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert accepts(GOOD)
    assert accepts(EVERYTHING)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rank: lead", "rang: lead"),
        ("rank: lead", "rank: leader"),
        ("number: 7", "number: 七"),
        ("date: 2026-07-15\n", ""),
        ("- 20: ferry ferry ferry", "- {20: ferry, 21: fair}"),
        ("columns: {ferry: 3, fair: 2}", "columns: {ferry: 0}"),
        ("file: pictures/boat.png", "focus: [0.5]"),
    ],
)
def test_it_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    spoilt = GOOD.replace(old, new)
    assert spoilt != GOOD
    assert read_record(Issue, spoilt, "issue.yaml")[1]
    assert not accepts(spoilt)


def test_every_field_is_described_in_both_languages() -> None:
    rows = list(field_table(Issue))
    assert {row.record for row in rows} >= {"Issue", "Article", "Picture", "PageSpec", "AreaRow", "Chart", "Table"}
    for row in rows:
        assert any("\u4e00" <= character <= "\u9fff" for character in row.words.zh), row
        assert row.words.en.isascii() or "要闻" in row.words.en or "“" in row.words.en, row
        assert row.kind.zh
        assert row.kind.en
    assert len(rows) > len(fields(Issue))
