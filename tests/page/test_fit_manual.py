"""The manual of fitting: its examples are made up and do what is said of them, its tables are those of the code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from manuals import DOCS, examples, made_up

import layout
from issues import article, issue, write
from layout.capacity import slots_of, wrong_lengths
from layout.errors import Severity, has_errors
from layout.page.copyfit.adjustments import ADJUSTMENTS
from layout.style.model import FitStyle, Measure

TEXT = (DOCS / "fitting.md").read_text(encoding="utf-8")
EXAMPLES = examples("fitting.md")
DRAFT, STYLE = "length: 900", "extends"


def of(words: str) -> dict[str, Any]:
    (found,) = [one for one in EXAMPLES if words in str(one["data"]).replace("'", "")]
    return found


@pytest.mark.parametrize(
    "example",
    [one for one in EXAMPLES if "pages" in one["data"] and "articles" not in one["data"]],
    ids=lambda one: f"line-{one['line']}",
)
def test_an_example_is_made_up_without_a_fault(example: dict[str, Any], tmp_path: Path) -> None:
    pages = made_up(example, tmp_path)
    assert not has_errors(pages.problems), [problem.in_language() for problem in pages.problems]
    assert pages.overset == ()


def test_every_row_of_a_map_may_be_auto(tmp_path: Path) -> None:
    (said,) = [one.what.en for one in made_up(of("harvest.headline"), tmp_path).problems if "auto rows" in one.what.en]
    assert sum(map(int, re.findall(r"\d+", said))) == 50


def test_typed_heights_change_where_the_example_allows_it(tmp_path: Path) -> None:
    data = of("heights: allow")["data"]
    pages = [
        page | {"areas": [{24: "harvest"}, {26: "safety"}], "columns": {"harvest": 3, "safety": 3}}
        for page in data["pages"]
    ]
    articles = {"harvest": article(1270), "safety": article(1060)}
    whole = issue(articles, []) | data | {"pages": pages}
    told = [one.what.en for one in layout.compose(layout.load(write(tmp_path, whole))).problems]
    assert "row 1: 26 lines in place of 24" in told


def test_nothing_is_done_to_the_notice_that_forbids_it(tmp_path: Path) -> None:
    pages = made_up(of("停水公告"), tmp_path)
    assert not [one for one in pages.problems if one.rule == "fit"]


def test_the_style_of_the_example_is_read_and_heeded(tmp_path: Path) -> None:
    from layout.style.reader import load_style

    (tmp_path / "quiet").mkdir()
    (tmp_path / "quiet" / "style.yaml").write_text(yaml.safe_dump(of(STYLE)["data"]), encoding="utf-8")
    fit = load_style("quiet", tmp_path, None).fit
    assert fit.order == ("crop", "headline", "spacing")
    assert (fit.headline, fit.crop, fit.spacing) == (2, 0.1, 1)


def test_drafts_share_open_heights_by_the_lengths_agreed_on(tmp_path: Path) -> None:
    data = issue({}, []) | of(DRAFT)["data"]
    drafts = layout.load(write(tmp_path, data), drafts=True)
    composition = layout.compose(drafts)
    slots = slots_of(drafts, composition)
    assert all(slot.has == 0 and slot.holds >= slot.length for slot in slots)
    assert not wrong_lengths(drafts, composition, slots)


def test_measures_stand_in_the_order_and_with_the_limits_of_the_code() -> None:
    rows = re.findall(r"^\| (\d|默认不用) \| `(\w+)` \|.*\| (.*) \|$", TEXT, re.MULTILINE)
    style = FitStyle()
    assert tuple(name for number, name, _ in rows if number.isdigit()) == style.order
    assert {name for _, name, _ in rows} == set(get_args(Measure)) == ADJUSTMENTS.keys() | {"heights"}
    limits = {name: limit for _, name, limit in rows}
    assert f"（{style.headline}）" in limits["headline"]
    assert f"（{style.crop:.0%}）" in limits["crop"]
    assert f"（{style.spacing}）" in limits["spacing"]
    assert f"（{style.tracking:.0%}）" in limits["tracking"]
    assert f"（{style.heights}）" in limits["heights"]
    assert f"`short` 行（{style.short}）" in TEXT


def test_the_capacity_table_is_of_the_sample() -> None:
    rows = re.findall(r"^ +(\d+) +(\d+) +(\d+) +-?\d+ +-?\d+ +(\w+)$", TEXT, re.MULTILINE)
    sample = layout.load(DOCS.parent / "issues" / "2026-11")
    slots = {slot.article: slot for slot in slots_of(sample, layout.compose(sample))}
    assert len(rows) == 4
    for page, holds, has, name in rows:
        assert (int(page), int(has)) == (slots[name].page, slots[name].has)
        assert int(holds) == pytest.approx(slots[name].holds, rel=0.05)


def test_what_is_reported_is_in_the_table() -> None:
    assert set(re.findall(r"^\| `([a-z]+)` \| [^|]+ \|$", TEXT, re.MULTILINE)) == {
        "fit",
        "overset",
        "underset",
        "length",
    }
    sample = layout.load(DOCS.parent / "issues" / "2026-11")
    assert {one.severity for one in layout.compose(sample).problems if one.rule == "fit"} <= {Severity.NOTE}
