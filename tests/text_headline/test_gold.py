"""Headlines broken by hand, and what the breaker makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from layout.text.fonts.faces import Faces
from layout.text.headline.fitting import break_headline

HERE = Path(__file__).parent
SPACES = " ，"


def entries(name: str) -> tuple[list[str], list[dict[str, Any]]]:
    gold = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return gold["terms"], gold["headlines"]


def broken(square: Faces, entry: dict[str, Any], terms: list[str]) -> str:
    headline = entry["words"].replace("/", "")
    made = break_headline(headline, measure_em=entry["measure"], face=square["Square"], terms=terms)
    assert not made.problems
    return "|".join(made.texts)


def seams(words: str) -> set[int]:
    """Characters, spaces left out, before each place between two words."""
    places, at = set(), 0
    for char in words:
        if char in "/，" or char == " ":
            places.add(at)
        else:
            at += 1
    return places


def breaks(lines: str) -> set[int]:
    places, at = set(), 0
    for char in lines:
        if char == "|":
            places.add(at)
        elif char != " ":
            at += 1
    return places


@pytest.mark.parametrize("name", ["gold.yaml", "more.yaml"])
def test_at_least_97_of_100_headlines_are_broken_as_an_editor_would(
    name: str, square: Faces, capsys: pytest.CaptureFixture[str]
) -> None:
    terms, headlines = entries(name)
    assert len(headlines) == 150
    missed = [
        f"{got}, not {' or '.join(entry['good'])}"
        for entry in headlines
        if (got := broken(square, entry, terms)) not in entry["good"]
    ]
    rate = 1 - len(missed) / len(headlines)
    with capsys.disabled():
        print(f"\n{name}: {rate:.1%} of {len(headlines)} headlines broken acceptably")
    assert rate >= 0.97, "\n".join(missed)


@pytest.mark.parametrize("name", ["gold.yaml", "more.yaml"])
def test_no_headline_is_broken_inside_a_word(name: str, square: Faces) -> None:
    terms, headlines = entries(name)
    for entry in headlines:
        got = broken(square, entry, terms)
        assert breaks(got) <= seams(entry["words"]), got


@pytest.mark.parametrize("name", ["gold.yaml", "more.yaml"])
def test_the_worker_broken_lines_are_the_headline_and_fit_the_measure(name: str, square: Faces) -> None:
    _, headlines = entries(name)
    for entry in headlines:
        headline = entry["words"].replace("/", "")
        for good in entry["good"]:
            assert good.replace("|", "").replace(" ", "") == headline.replace("，", "").replace(" ", ""), good
            assert breaks(good) <= seams(entry["words"]), good
            for line in good.split("|"):
                one = break_headline(line, measure_em=100, max_lines=1, face=square["Square"], letterspace=False)
                narrowest = one.lines[0].width - 0.5 * line.count(" ")  # a space may be half as wide
                assert narrowest <= entry["measure"] + 1e-6, line
