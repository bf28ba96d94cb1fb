"""The rules of composition on finished pages: PDFs read back by the origins of their glyphs, in another library.

One page is crammed with every mark, number form and Latin mixture, in bold and plain; the others are the sample issue.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

import pytest
from finished import (
    CLOSING,
    FULL,
    HAN,
    ISSUES,
    LEADING,
    OPENING,
    PAUSES,
    STOPS,
    TOLERANCE,
    PressLine,
    last_advance,
    pressed,
)
from generated import LATIN, NUMBERS, Writer

from issues import article, issue, write


def crammed(length: int, seed: int) -> str:
    """Text of nothing but short words, each with a mark, a number or a Latin word; every fifth clause begins bold."""
    writer = Writer(seed)
    r, text = writer.random, ""
    while len(text) < length:
        paragraph = "会上"
        while len(paragraph) < 150:
            word, other = writer.words(2, 5), writer.words(1, 4)
            number = r.randrange(len(OPENING))
            paragraph += r.choice(
                [
                    word + r.choice(PAUSES + STOPS),
                    word + OPENING[number] + other + CLOSING[number],
                    word + r.choice(PAUSES) + OPENING[number] + other + r.choice(STOPS) + CLOSING[number],
                    word + r.choice("·～–／"),
                    word + r.choice(["——", "……", "々"]),
                    word + r.choice(NUMBERS),
                    word + r.choice(["7%", "8‰", "9℃"]) + other + r.choice(LATIN[:8]),
                    f"{word}，**{other}**，",
                ]
            )
        text += paragraph + "晒谷场。\n\n"
    return text


@pytest.fixture(scope="module")
def crammed_page(tmp_path_factory: pytest.TempPathFactory) -> list[list[PressLine]]:
    folder = tmp_path_factory.mktemp("crammed")
    articles = {"a": article(body=crammed(1000, 1)), "b": article(body=crammed(900, 2))}
    data = issue(articles, [{4: "a.headline"}, {20: "a"}, {4: "b.headline"}, {22: "b"}], {"a": 3, "b": 6})
    return pressed(write(folder, data), folder / "out.pdf")[1]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> list[list[PressLine]]:
    return pressed(ISSUES / "2026-11", tmp_path_factory.mktemp("sample") / "out.pdf")[1]


@pytest.fixture(scope="module")
def lines(crammed_page: list[list[PressLine]], sample: list[list[PressLine]]) -> list[PressLine]:
    """Every line of body text of all pages."""
    return [line for column in (*crammed_page, *sample) for line in column]


NEVER_FIRST = {
    "A1": PAUSES + STOPS,
    "A2": CLOSING,
    "A4": "～–",
    "A5": "·",
    "A6": "／",
    "A8": "%‰℃",
    "A9": "々",
}


@pytest.mark.parametrize("rule", NEVER_FIRST)
def test_A1_A2_A4_A5_A6_A8_A9_no_line_starts_with_such_a_mark(rule: str, lines: list[PressLine]) -> None:
    assert sum(mark in NEVER_FIRST[rule] for line in lines for mark in line.text) > 3
    assert [line.text for line in lines if line.text[0] in NEVER_FIRST[rule]] == []


def test_A3_no_line_ends_with_an_opening_mark(lines: list[PressLine]) -> None:
    assert sum(mark in OPENING for line in lines for mark in line.text) > 100
    assert [line.text for line in lines if line.text[-1] in OPENING] == []


def test_A14_marks_that_stand_beside_bold_obey_as_well(crammed_page: list[list[PressLine]]) -> None:
    beside = 0
    for column in crammed_page:
        for line in column:
            for before, after in pairwise(line.glyphs):
                beside += before.font != after.font and (before.text + after.text)[0] in FULL
            assert line.text[0] not in PAUSES + STOPS + CLOSING
    assert beside > 10


@pytest.mark.parametrize("unit", ["——", "……"])
def test_B1_B2_dashes_and_ellipses_are_whole_and_two_em(unit: str, lines: list[PressLine]) -> None:
    seen = 0
    for line in lines:
        assert (
            len(re.findall(unit[0], line.text.replace("⋯", "…"))) % 2 == 0 or "—" in unit
        )  # a single — is a connector
        for at in (found.start() for found in re.finditer(unit, line.text)):
            seen += 1
            assert line.glyphs[at + 1].x - line.glyphs[at].x == pytest.approx(1, abs=TOLERANCE)
    assert seen > 5


def test_C3_of_two_marks_with_white_between_them_half_an_em_has_gone(lines: list[PressLine]) -> None:
    found = [step for line in lines for a, b, step in line.steps() if a in CLOSING + PAUSES + STOPS and b in OPENING]
    assert len(found) > 20
    assert max(found) < 0.5 + 0.3  # from origin to origin; a full pair would be 1 em and more
    for line in lines:
        for a, b, step in line.steps():
            if a in STOPS + PAUSES and b in CLOSING:
                assert step == pytest.approx(0.5, abs=0.3), line.text


def test_C9_an_opening_mark_at_a_lines_start_has_its_ink_at_the_edge(lines: list[PressLine]) -> None:
    starts = [line for line in lines if line.text[0] in OPENING and not line.indented]
    assert len(starts) > 5
    assert all(line.glyphs[0].x == pytest.approx(-0.5, abs=TOLERANCE) for line in starts)


def test_C10_a_mark_at_a_lines_end_takes_half_an_em(lines: list[PressLine]) -> None:
    ends = [line for line in lines if line.text[-1] in CLOSING + PAUSES + STOPS and not line.last]
    assert len(ends) > 20
    for line in ends:
        assert line.measure - line.glyphs[-1].x == pytest.approx(0.5, abs=TOLERANCE), line.text


def test_C11_an_indented_opening_mark_is_indented_to_its_ink(sample: list[list[PressLine]]) -> None:
    starts = [line for column in sample for line in column if line.text[0] in OPENING and line.indented]
    assert starts
    assert all(line.glyphs[0].x == pytest.approx(1.5, abs=TOLERANCE) for line in starts)


def test_D1_D7_between_han_and_latin_an_eighth_to_half_an_em_is_left(sample: list[list[PressLine]]) -> None:
    gaps = [
        step - 1
        for column in sample
        for line in column
        for a, b, step in line.steps()
        if HAN.match(a) and re.match("[A-Za-z0-9]", b)
    ]
    assert len(gaps) > 100
    assert min(gaps) >= 0.125 - TOLERANCE
    assert max(gaps) <= 0.5 + TOLERANCE
    assert sorted(gaps)[len(gaps) // 2] == pytest.approx(0.25, abs=TOLERANCE)


def test_D2_no_gap_stands_at_a_lines_edge(lines: list[PressLine]) -> None:
    starts = [line.glyphs[0].x for line in lines if re.match("[A-Za-z0-9]", line.text) and not line.indented]
    assert len(starts) > 10
    assert starts == pytest.approx([0] * len(starts), abs=TOLERANCE)


def test_D3_no_gap_stands_beside_a_full_width_mark(lines: list[PressLine]) -> None:
    steps = [(a, step) for line in lines for a, b, step in line.steps() if a in FULL and re.match("[A-Za-z0-9]", b)]
    assert len(steps) > 30
    assert all(step <= 1 + 0.26 for _, step in steps)  # what a loose line gives to every gap, and no quarter besides
    assert sum(step <= 1 + TOLERANCE for _, step in steps) > len(steps) / 2


def test_D8_no_letter_or_digit_is_full_width(lines: list[PressLine]) -> None:
    assert not [line.text for line in lines if re.search("[０-９Ａ-Ｚａ-ｚ]", line.text)]


def test_E1_every_line_but_last_ones_ends_at_its_column_s_edge(lines: list[PressLine]) -> None:
    inner = [
        line for line in lines if not line.last and line.text[-1] not in "·–-"
    ]  # those stand in their cells' middle
    assert len(inner) > 300
    for line in inner:
        assert line.glyphs[-1].x + last_advance(line) == pytest.approx(line.measure, abs=TOLERANCE), line.text


def test_E3_E4_all_gaps_between_han_in_a_line_are_alike(lines: list[PressLine]) -> None:
    for line in lines:
        steps = [step for a, b, step in line.steps() if HAN.match(a) and HAN.match(b)]
        if steps:
            assert max(steps) - min(steps) < 2 * TOLERANCE, line.text


def test_E5_E11_nothing_grows_inside_numbers_and_dashes(lines: list[PressLine]) -> None:
    advances = defaultdict(set)
    for line in lines:
        for before, after in pairwise(line.glyphs):
            if re.match("[0-9]{2}", before.text + after.text) and before.font == after.font:
                advances[before.font, before.text].add(round(after.x - before.x, 2))
    assert len(advances) > 10
    assert all(max(widths) - min(widths) < 0.021 for widths in advances.values())


def test_E7_last_lines_are_solid(lines: list[PressLine]) -> None:
    steps = [step for line in lines if line.last for a, b, step in line.steps() if HAN.match(a) and HAN.match(b)]
    assert len(steps) > 100
    assert max(steps) <= 1 + TOLERANCE


def test_E9_no_last_line_has_a_single_character(sample: list[list[PressLine]]) -> None:
    last = [line for column in sample for line in column if line.last]
    assert len(last) > 30
    assert [line.text for line in last if len(re.findall(r"\w", line.text)) < 2] == []


def test_E12_gaps_between_han_look_well(sample: list[list[PressLine]]) -> None:
    gaps = [
        step - 1
        for column in sample
        for line in column
        if line.measure >= 13
        for a, b, step in line.steps()
        if HAN.match(a) and HAN.match(b)
    ]
    assert len(gaps) > 2000
    assert min(gaps) >= -0.05 - TOLERANCE
    assert max(gaps) <= 0.1 + TOLERANCE


def test_F1_nothing_hangs_out_of_a_column(lines: list[PressLine]) -> None:
    assert all(line.glyphs[-1].x + last_advance(line) <= line.measure + TOLERANCE for line in lines)


def test_G1_paragraphs_begin_two_em_in_and_nothing_else_does(sample: list[list[PressLine]]) -> None:
    for column in sample:
        for before, line in pairwise(column):
            ink = line.glyphs[0].x + (0.5 if line.text[0] in OPENING else 0)
            assert ink == pytest.approx(2 if before.last else 0, abs=TOLERANCE), line.text
            assert line.text[0] != "\u3000"


def test_G2_no_white_stands_between_paragraphs(sample: list[list[PressLine]]) -> None:
    for column in sample:
        for before, line in pairwise(column):
            assert line.y - before.y == pytest.approx(LEADING, abs=0.11)


def test_G7_no_paragraph_leaves_one_line_alone_at_a_column_s_head_or_foot(sample: list[list[PressLine]]) -> None:
    parted = 0
    for before, column in pairwise(sample):
        if before[-1].article == column[0].article and not before[-1].last:
            parted += 1
            assert not column[0].last, column[0].text
            assert not before[-1].indented, before[-1].text
            assert not (len(before) > 1 and before[-2].last), before[-1].text
    assert parted >= 3
