"""The page about manuscripts holds the table of hygiene that the code has."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.rules.hygiene import rules_table

PAGE = Path(__file__).parents[2] / "docs" / "manuscripts.md"
MARK = "<!-- python -m layout.rules.hygiene -->\n\n"


def test_the_rules_of_hygiene_are_in_the_manual(request: pytest.FixtureRequest) -> None:
    """`pytest --update` writes the table anew."""
    begin, _, rest = PAGE.read_text(encoding="utf-8").partition(MARK)
    table, _, end = rest.partition("\n## ")
    if request.config.getoption("--update"):
        PAGE.write_text(f"{begin}{MARK}{rules_table()}\n## {end}", encoding="utf-8")
        table = rules_table()
    assert table == rules_table()
