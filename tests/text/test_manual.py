"""The manual of typography: its examples give what it says, its lists are those of the tests, its rules are cited."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
from test_uax14 import ALLOWED, FORBIDDEN

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs" / "typography.md"
TESTS = [
    (file.stem.removeprefix("test_"), file.read_text(encoding="utf-8")) for file in (ROOT / "tests").rglob("test_*.py")
]
RULES = re.findall(r"^\| ([A-Z]\d+) \|.*\| `(\w+)` \|$", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_example_gives_what_it_says() -> None:
    failed, tried = doctest.testfile(str(MANUAL), module_relative=False, encoding="utf-8")
    assert failed == 0
    assert tried >= 10


@pytest.mark.parametrize(("rule", "name"), RULES)
def test_every_rule_has_a_test_of_its_name_where_the_manual_says(rule: str, name: str) -> None:
    assert any(file == name and re.search(rf"def test_(?:\w+_)?{rule}_", tests) for file, tests in TESTS)


def test_every_rule_that_has_a_test_of_its_name_is_in_the_manual() -> None:
    named = {
        rule
        for _, tests in TESTS
        for names in re.findall(r"def test_((?:[A-NV]\d{1,2}_)+)", tests)
        for rule in names.rstrip("_").split("_")
    }
    assert named <= {rule for rule, _ in RULES}
    assert len(RULES) == len(dict(RULES)) > 90


def test_every_rule_is_cited_by_its_number_where_the_code_has_it() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "src" / "layout").rglob("*.py"))
    cited = set(re.findall(r"\b[A-Z]\d{1,2}\b", code))
    assert {rule for rule, _ in RULES} <= cited


def test_the_differences_from_unicode_line_breaking_are_listed() -> None:
    manual = MANUAL.read_text(encoding="utf-8")
    for who, rows in (("我们 we", ALLOWED), ("UAX #14", FORBIDDEN)):
        for rule, why, _ in rows:
            assert f"| {who} | {rule} | {why} |" in manual
