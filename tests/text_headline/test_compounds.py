"""Terms of several words are kept whole wherever that fits: eighty headlines that were written before the list (I1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest

from layout.text.fonts.faces import Faces
from layout.text.headline.compounds import COMPOUNDS, compounds_in
from layout.text.headline.fitting import break_headline

HEADLINES = [
    line
    for line in Path(__file__).with_name("compounds.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def terms(marked: str) -> Iterator[tuple[int, int]]:
    """Where the terms of a headline begin and end."""
    at = 0
    for part in re.split(r"(\[[^\]]*\])", marked):
        length = len(part.strip("[]"))
        if part.startswith("["):
            yield at, at + length
        at += length


def parted(square: Faces, marked: str, measure: int) -> bool:
    """Whether a line ends inside a term that would fit in it."""
    headline = marked.replace("[", "").replace("]", "")
    made = break_headline(headline, measure_em=measure, face=square["Square"], max_lines=3)
    cuts = list(accumulate(len(text) for text in made.texts[:-1]))
    return any(start < cut < end and end - start <= measure for cut in cuts for start, end in terms(marked))


def test_I1_98_of_100_headlines_part_no_term_at_8_to_20_em(square: Faces) -> None:
    assert len(HEADLINES) == 80
    wrong = [(marked, measure) for marked in HEADLINES for measure in range(8, 21) if parted(square, marked, measure)]
    assert len(wrong) / (len(HEADLINES) * 13) <= 0.02, wrong


@pytest.mark.parametrize(
    ("headline", "whole"),
    [
        ("县委书记调研乡村振兴重点项目建设", "乡村振兴"),
        ("县党委理论学习中心组举行集体学习", "学习中心组"),
        ("第十五届柳河龙舟赛鸣锣开赛", "龙舟赛"),
        ("我县提高城乡居民基本医疗保险报销比例", "基本医疗保险"),
    ],
)
def test_I1_a_compound_is_whole_where_the_lines_are_as_many(square: Faces, headline: str, whole: str) -> None:
    for measure in (10, 11, 12, 13):
        made = break_headline(headline, measure_em=measure, face=square["Square"], max_lines=2)
        assert any(whole in text for text in made.texts), made.texts


def test_I1_a_compound_wider_than_its_line_is_broken_between_its_words(square: Faces) -> None:
    made = break_headline("新时代文明实践站揭牌", measure_em=5, face=square["Square"], max_lines=3)
    assert made.texts[0] in ("新时代", "新时代文明")
    assert "".join(made.texts) == "新时代文明实践站揭牌"


def test_compounds_are_found_where_they_stand() -> None:
    found = list(compounds_in("县乡村振兴局与乡村振兴"))
    assert found.count((1, 5)) == 1
    assert found.count((7, 11)) == 1
    assert min(map(len, COMPOUNDS)) > 2
