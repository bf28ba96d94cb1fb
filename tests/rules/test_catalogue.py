"""The catalogue has every rule that anything reports by, and the manual has the catalogue."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import pytest
from rule_names import uses, words
from test_mistakes import MISTAKES

from issues import write
from layout.errors import Severity
from layout.production import BuildStopped, Production
from layout.rules.catalogue import ADJUSTABLE_RULES, CATALOGUE, TABLES, problems_tables
from layout.rules.makeup import MAKEUP
from layout.rules.press import RULES
from layout.text.spacing import LOOSE_STRETCH

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs" / "problems.md"
MARK = "<!-- python -m layout.rules.catalogue -->\n"
SAMPLES = sorted(path.parent for path in (ROOT / "issues").glob("*/issue.yaml"))


def test_every_rule_that_the_source_reports_by_is_in_the_catalogue() -> None:
    found = list(uses())
    assert len({use.rule for use in found}) > 200
    assert [use for use in found if use.rule not in CATALOGUE] == []


def test_every_rule_of_the_catalogue_is_used() -> None:
    assert set(CATALOGUE) - words() == set()


def test_no_rule_stands_in_two_tables() -> None:
    assert len(CATALOGUE) == sum(len(table.rules) for table in TABLES)


def test_the_severity_of_a_rule_is_the_greatest_that_it_is_reported_with() -> None:
    """Where the call itself says it: `Problem` without one is an error, a proofreader's question a warning."""
    order = ["note", "warning", "error"]
    found: dict[str, list[str]] = defaultdict(list)
    for use in uses():
        if use.call == "Problem":
            found[use.rule].append(use.severity.lower() or "error")
        elif use.call in ("add_error", "_add_error", "_error", "reject"):
            found[use.rule].append("error")
        elif use.call in ("question", "_add_warning", "_warning"):
            found[use.rule].append("warning")
    assert len(found) > 120
    wrong = {
        rule: severities
        for rule, severities in found.items()
        if (severity := CATALOGUE[rule].severity) and severity.value != max(severities, key=order.index)
    }
    assert wrong == {}


def test_every_rule_says_in_both_languages_what_it_is_and_has_its_source() -> None:
    for id, rule in CATALOGUE.items():
        assert re.search("[一-鿿]|UserUnit|CropBox", rule.title.zh), id
        assert re.search("[a-z]", rule.title.en), id
        assert not re.search("[一-鿿]", rule.title.en.replace("几", "")), id
        assert rule.source, id
        assert id == "not-checked" or (rule.remedy.zh and rule.remedy.en), id


def test_the_sources_that_are_pages_of_the_manual_are_there() -> None:
    pages = {found[0] for rule in CATALOGUE.values() if (found := re.match(r"[a-z-]+\.md", rule.source))}
    assert len(pages) > 8
    assert [page for page in pages if not (ROOT / "docs" / page).is_file()] == []
    numbers = {found[1] for rule in CATALOGUE.values() if (found := re.fullmatch(r"typography\.md (\w+)", rule.source))}
    typography = (ROOT / "docs" / "typography.md").read_text(encoding="utf-8")
    assert [number for number in numbers if not re.search(rf"\b{number}\b", typography)] == []


def test_every_rule_of_makeup_is_a_warning_as_it_is_reported() -> None:
    assert {rule.severity for rule in MAKEUP.values()} == {Severity.WARNING}


def test_the_severity_of_a_preflight_rule_is_the_printers_but_for_what_was_not_read() -> None:
    assert {id for id, rule in RULES.items() if rule.severity} == {"limit", "not-checked"}
    assert RULES["limit"].severity is Severity.ERROR


def test_errors_that_keep_a_wrong_page_from_being_printed_are_errors_in_the_catalogue() -> None:
    for id in ("overset", "unknown-character", "no-glyph", "limit", "inset-left-over", "picture-unreadable"):
        assert CATALOGUE[id].severity is Severity.ERROR
        assert id in ADJUSTABLE_RULES  # named in `checks`, it is refused as an error, not as unknown


def test_the_general_words_of_a_loose_line_agree_with_its_limit() -> None:
    assert LOOSE_STRETCH == 250
    assert "四分之一" in CATALOGUE["E12"].title.zh


def test_the_manual_has_the_catalogue(request: pytest.FixtureRequest) -> None:
    """`pytest --update` writes the tables anew."""
    begin, mark, tables = MANUAL.read_text(encoding="utf-8").partition(MARK)
    if request.config.getoption("--update"):
        MANUAL.write_text(begin + mark + problems_tables(), encoding="utf-8")
        tables = problems_tables()
    assert tables == problems_tables()
    assert all(f"| `{id}` |" in tables for id in CATALOGUE)


def rules_of(path: Path) -> set[str]:
    job = Production()
    with suppress(BuildStopped):
        issue = job.read(path)
        job.proofread(issue)
        job.compose(issue, check_pages=True)
    return {problem.rule for problem in job.report.problems}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_what_a_sample_reports_is_in_the_catalogue(sample: Path) -> None:
    assert rules_of(sample) <= set(CATALOGUE)


@pytest.mark.parametrize("name", MISTAKES)
def test_what_a_mistake_reports_is_in_the_catalogue(name: str, tmp_path: Path) -> None:
    found = rules_of(write(tmp_path, MISTAKES[name][0]))
    assert found
    assert found <= set(CATALOGUE)


@pytest.mark.slow
def test_what_importing_reports_is_in_the_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "importing"))
    from corpus.characters import files

    from layout.importing import import_article

    found = {problem.rule for path in files(tmp_path) for problem in import_article(path).notes}
    assert len(found) > 10
    assert found <= set(CATALOGUE)
