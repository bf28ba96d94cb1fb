"""Rules B1–B10: what is never parted, and what is parted only where it must be."""

from __future__ import annotations

import re

import pytest
from composing import compose, glyphs, origin, paragraph, solid, steps, texts
from generated import GIVEN, SURNAMES, TITLES, Writer

from layout.text.paragraph import TextRun
from layout.text.spacing import FAIR_STRETCH

BOTH = pytest.mark.parametrize("breaking", ["first-fit", "optimum"])
HAN = "天地玄黄宇宙洪荒日月盈昃辰宿列张"


def parted(unit: str, breaking: str, **setting: object) -> bool:
    """Is the unit ever on two lines, wherever in a line it falls?"""
    return any(
        not any(unit in line.replace(" ", "") for line in texts(HAN[:n] + unit + HAN, m, breaking=breaking, **setting))
        for n in range(3, 12)
        for m in (6, 7, 8.5, 9, 12)
    )


@BOTH
@pytest.mark.parametrize("dash", ["——", "⸺"])
def test_B1_a_dash_is_one_unit_of_two_em(dash: str, breaking: str) -> None:
    assert not parted(dash, breaking, level="none")
    line = solid(f"天{dash}地")
    assert origin(line, "地") - origin(line, "天") == 3


def test_B1_the_halves_of_a_dash_stay_an_em_apart_in_a_stretched_line() -> None:
    line = compose("天地——玄黄宇宙洪荒", 7.5, align="distribute")[0]
    (first, second) = [x for c, x in glyphs(line) if c == "—"]
    assert second - first == pytest.approx(1)
    assert line.loose > 0


@BOTH
@pytest.mark.parametrize("dots", ["……", "⋯⋯"])
def test_B2_an_ellipsis_is_one_unit_of_two_em(dots: str, breaking: str) -> None:
    assert not parted(dots, breaking, level="none")
    line = solid(f"天{dots}地")
    assert origin(line, "地") - origin(line, "天") == 3


def test_B3_units_in_a_row_may_be_parted_from_each_other() -> None:
    assert texts("天地玄……——黄宇宙", 5, level="strict", scheme="half")[0] == "天地玄……"
    assert texts("天地玄——……黄宇宙", 5, level="strict", scheme="half")[0] == "天地"
    assert texts("天地玄——……黄宇宙", 5, level="gb", scheme="half")[0] == "天地玄——"


@BOTH
@pytest.mark.parametrize("word", ["WTO", "iPhone", "CO2", "C++", "A/B", "don't", "Smith’s", "e.g."])
def test_B4_a_western_word_is_whole(word: str, breaking: str) -> None:
    assert not parted(word, breaking, hyphenate=False)


def test_B4_a_word_is_hyphenated_only_where_its_line_would_look_bad_without() -> None:
    lines = compose("天地玄黄宇宙international洪荒日月盈昃辰宿", 9.5)
    assert [line.text for line in lines[:2]] == ["天地玄黄宇宙inter-", "national洪荒日月盈"]
    assert lines[0].hyphenated
    assert not lines[1].hyphenated
    whole = compose("天地玄黄宇宙international洪荒日月盈昃辰宿", 13)
    assert not any(line.hyphenated for line in whole)
    never = compose("天地玄黄宇宙international洪荒日月盈昃辰宿", 9.5, hyphenate=False)
    assert not any(line.hyphenated for line in never)


def test_B4_two_letters_stay_before_a_hyphen_and_three_after_it() -> None:
    words = ["international", "hyphenation", "typography", "education", "area", "original", "every", "money"]
    seen = 0
    for word in words:
        for n in range(1, 9):
            for line in compose(HAN[:n] + word + HAN, 6, gap=0.0):
                if line.hyphenated:
                    seen += 1
                    before = line.text.rstrip("-").lstrip(HAN)
                    assert len(before) >= 2
                    assert len(word) - len(before) >= 3
    assert seen


def test_B4_an_abbreviation_is_not_hyphenated() -> None:
    assert not any(line.hyphenated for line in compose("天地玄黄UNESCOUNICEF洪荒日月", 9))


@BOTH
@pytest.mark.parametrize(
    ("address", "after"),
    [("https://www.example.org/papers/2026/issue?page=3", "/.?="), ("editor.in-chief@example.org", "@.-")],
)
def test_B4_an_address_breaks_after_its_marks_alone(address: str, after: str, breaking: str) -> None:
    lines = texts("天地玄黄" + address + "洪荒日月盈昃", 13, breaking=breaking)
    pieces = [line.removeprefix("天地玄黄") for line in lines]
    broken = 0
    for line in pieces[:-1]:
        if line and line.isascii():
            broken += 1
            assert line[-1] in after
    assert broken
    assert "".join(lines).replace(" ", "") == "天地玄黄" + address + "洪荒日月盈昃"
    assert not any("-" in line and "-" not in address for line in lines)


@BOTH
@pytest.mark.parametrize(
    "number",
    [
        *("3.25", "1,280,000", "50%", "12‰", "-5℃", "+3.2%", "−40℃", "±0.5", "￥30", "$1,200", "№7", "1/2", "8:30"),
        *("2025-07-15", "10～20", "15–18", "3.5%~5%", "9·3"),
    ],
)
def test_B5_a_number_is_whole_with_its_sign_separators_and_suffix(number: str, breaking: str) -> None:
    assert not parted(number, breaking)
    assert not parted(number, breaking, level="none")  # one unit, whatever may start a line


@BOTH
@pytest.mark.parametrize("unit", ["2020—2023", "14:00—17:30", "1,250～1,400"])
def test_B5_a_long_range_is_parted_after_its_connector_alone_and_only_where_its_line_would_be_loose(
    unit: str, breaking: str
) -> None:
    start = unit[: re.search("[—～]", unit).end()]  # type: ignore[union-attr]
    room = solid("天" + start).width - 1
    for n in (6, 9, 13, 24):
        before = (HAN * 2)[:n]
        whole = (room + 0.1) / (n - 1)  # what each gap would be given
        line = texts(before + unit + HAN * 3, n + room + 0.1, breaking=breaking)[0]
        assert line == before + (start if whole > FAIR_STRETCH / 1000 else ""), n


@BOTH
def test_B5_a_hyphen_between_han_and_a_number_holds_to_both(breaking: str) -> None:
    for n in range(3, 9):
        for line in texts(HAN[:n] + "-2026" + HAN, 8, breaking=breaking):
            assert not line.startswith("-")
            assert not line.endswith("-")


def parted_in_prose(pattern: str, breaking: str) -> tuple[int, int]:
    """How many matches of a pattern newsletter prose has, and how many of them a line's end parts."""
    writer, total, cut = Writer(15834), 0, 0
    for _ in range(150):
        text = writer.paragraph(220, numbers=0.2)
        units = [range(found.start() + 1, found.end()) for found in re.finditer(pattern, text)]
        total += len(units)
        ends = paragraph(text).break_lines([16], breaking)  # type: ignore[call-overload]
        cut += sum(any(end in unit for unit in units) for end in ends)
    return total, cut


def test_B6_a_number_and_its_unit_hold_together_where_that_costs_little() -> None:
    pattern = r"[\d.,]+[亿万]?元|[\d,]+[亩名户]|\d+月\d+日|\d+年"
    total, plain = parted_in_prose(pattern, "first-fit")
    _, best = parted_in_prose(pattern, "optimum")
    assert total > 300
    assert plain > 15
    assert best < plain / 3


@BOTH
@pytest.mark.parametrize("text", ["10 kg", "3.8 km", "220 V"])
def test_B7_a_number_and_its_western_unit_are_on_one_line(text: str, breaking: str) -> None:
    assert not parted(text.replace(" ", ""), breaking)
    for n in range(3, 10):
        assert any(text in line for line in texts(HAN[:n] + text + HAN, 9, breaking=breaking))


@BOTH
def test_B8_no_and_its_number_are_on_one_line(breaking: str) -> None:
    for n in range(3, 12):
        assert any("No. 12" in line for line in texts(HAN[:n] + "No. 12" + HAN, 9, breaking=breaking))


def test_B8_the_prefix_of_an_ordinal_holds_to_its_number_where_that_costs_little() -> None:
    assert parted_in_prose(r"第\d|第三", "first-fit")[1] > 3
    assert parted_in_prose(r"第\d|第三", "optimum")[1] <= 1


@pytest.mark.parametrize(("marks", "width"), [("！！", 1), ("？？", 1), ("？！", 1), ("！！！", 2), ("？！！", 2)])
def test_B9_stacked_marks_are_one_unit_of_one_or_two_em(marks: str, width: float) -> None:
    line = solid(f"天{marks}地")
    assert origin(line, "地") - origin(line, "天") == 1 + width
    assert steps(line)[1] == 0.5
    assert not parted(marks, "first-fit", level="none")
    assert not any(line.startswith(marks) for n in range(4, 9) for line in texts(HAN[:n] + marks + HAN, n))


NAMES = (
    rf"(?<=[，。；：！？、])[{SURNAMES}][{GIVEN}]{{1,2}}(?=、)|(?<=、)[{SURNAMES}][{GIVEN}]{{1,2}}(?=[、，。；！？])"
)


def test_B10_names_in_a_list_and_after_a_title_hold_together_where_that_costs_little() -> None:
    titled = rf"[{''.join(title[-1] for title in TITLES)}][{SURNAMES}][{GIVEN}]"
    for pattern in (NAMES, titled):
        total, plain = parted_in_prose(pattern, "first-fit")
        assert total > 50
        assert plain > 3
        assert parted_in_prose(pattern, "optimum")[1] < plain / 2


def test_B10_where_names_are_to_be_kept_they_always_are() -> None:
    writer = Writer(10)
    for _ in range(40):
        text = "与会代表：" + "、".join(writer.name() for _ in range(12)) + "。"
        for breaking in ("first-fit", "optimum"):
            for line in texts(text, 12, breaking=breaking, keep_names=True):
                assert line.startswith(("与会", *SURNAMES))
                assert line.endswith(("、", "。", "："))


def test_B10_a_run_tagged_as_a_name_holds_together() -> None:
    for n in range(3, 12):
        runs = [TextRun(HAN[:n], "Square"), TextRun("欧阳明月", "Square", tag="name"), TextRun(HAN, "Square")]
        assert any("欧阳明月" in line for line in texts(runs, 9, keep_names=True))
    plain = [texts(HAN[:n] + "欧阳明月" + HAN, 9, keep_names=True) for n in range(3, 12)]
    assert not all(any("欧阳明月" in line for line in lines) for lines in plain)


@BOTH
def test_what_is_longer_than_any_line_is_parted_rather_than_set_over_it(breaking: str) -> None:
    for text in ("A" * 60, "天地" + "1234567890" * 5 + "玄黄", "x" * 30 + "。"):
        lines = compose(text, 9, breaking=breaking)
        assert all(line.x + line.width <= 9.001 for line in lines)
        assert "".join(line.text for line in lines).replace("-", "") == text


def test_every_offset_of_a_number_is_inside_it() -> None:
    p = paragraph("天地3.25亿")
    assert p.break_lines([50]) == [7]
