"""Rules A1–A14: what may stand at a line's start and end."""

from __future__ import annotations

import pytest
from composing import compose, paragraph, texts
from generated import Writer

from layout.text.paragraph import TextRun

HAN = "天地玄黄宇宙洪荒"
BOTH = pytest.mark.parametrize("breaking", ["first-fit", "optimum"])
UNYIELDING = {"scheme": "half"}  # no mark gives, so nothing can be pushed in


def starts(text: str, mark: str, level: str = "gb", breaking: str = "first-fit") -> bool:
    """Does some line start with the mark, if it falls after every number of characters from 4 to 8?"""
    return any(
        line.startswith(mark)
        for n in range(4, 9)
        for line in texts(HAN[:n] + text + HAN * 2, n, level=level, breaking=breaking, **UNYIELDING)[1:]
    )


def ends(text: str, mark: str, level: str = "gb", breaking: str = "first-fit") -> bool:
    return any(
        line.endswith(mark)
        for n in range(4, 9)
        for line in texts(HAN[: n - 1] + text + HAN * 2, n, level=level, breaking=breaking, **UNYIELDING)[:-1]
    )


@BOTH
@pytest.mark.parametrize("mark", "、，。．：；！？‼⁇⁈⁉")
def test_A1_pause_and_stop_marks_never_start_a_line(mark: str, breaking: str) -> None:
    assert not starts(mark, mark, breaking=breaking)
    assert starts(mark, mark, level="none")


@BOTH
@pytest.mark.parametrize("mark", "”’）〕】〗］｝》〉」』")
def test_A2_closing_marks_never_start_a_line(mark: str, breaking: str) -> None:
    assert not starts(mark, mark, breaking=breaking)
    assert starts(mark, mark, level="none")


@BOTH
@pytest.mark.parametrize("mark", "“‘（〔【〖［｛《〈「『")
def test_A3_opening_marks_never_end_a_line(mark: str, breaking: str) -> None:
    def ends_with(level: str) -> bool:
        return any(
            line.endswith(mark)
            for n in (4.5, 5.5, 6.5, 7.5)
            for line in texts(HAN[: int(n)] + mark + HAN * 2, n, level=level, breaking=breaking, **UNYIELDING)[:-1]
        )

    assert not ends_with("gb")
    if breaking == "first-fit":
        assert ends_with("none")


@BOTH
@pytest.mark.parametrize("mark", ["–", "—", "～", "-"])
def test_A4_connectors_never_start_a_line_but_may_end_one(mark: str, breaking: str) -> None:
    assert not starts(mark, mark, breaking=breaking)
    assert starts(mark, mark, level="none")
    assert ends(mark, mark)


@BOTH
@pytest.mark.parametrize("mark", "·・•‧")
def test_A5_interpuncts_never_start_a_line(mark: str, breaking: str) -> None:
    assert not starts(mark, mark, breaking=breaking)
    assert starts(mark, mark, level="none")


@BOTH
@pytest.mark.parametrize("mark", ["/", "／"])
def test_A6_a_solidus_starts_no_line_and_at_level_gb_ends_none(mark: str, breaking: str) -> None:
    assert not starts(mark, mark, level="basic", breaking=breaking)
    assert starts(mark, mark, level="none")
    ending = [HAN[:n] + mark + HAN for n in range(3, 8)]
    assert not any(line.endswith(mark) for t in ending for line in texts(t, 4.5, breaking=breaking)[:-1])
    assert any(line.endswith(mark) for t in ending for line in texts(t, 4.5, level="basic"))


@pytest.mark.parametrize("unit", ["——", "⸺", "……", "⋯⋯"])
def test_A7_dashes_and_ellipses_start_no_line_at_level_strict_alone(unit: str) -> None:
    assert not starts(unit, unit, level="strict")
    assert not starts(unit, unit, level="strict", breaking="optimum")
    assert starts(unit, unit, level="gb")


def test_A7_at_level_gb_they_start_a_line_only_where_that_is_better() -> None:
    def count(breaking: str) -> int:
        paragraphs = [Writer(seed).paragraph(180) for seed in range(120)]
        return sum(line.startswith(("——", "……")) for text in paragraphs for line in texts(text, 16, breaking=breaking))

    assert 0 < count("optimum") < count("first-fit") * 0.7


@BOTH
@pytest.mark.parametrize("mark", "%‰℃℉°′″％")
def test_A8_suffix_symbols_never_start_a_line(mark: str, breaking: str) -> None:
    assert not starts(mark, mark, breaking=breaking)
    assert starts(mark, mark, level="none")


@BOTH
@pytest.mark.parametrize("mark", "々〻")
def test_A9_iteration_marks_never_start_a_line(mark: str, breaking: str) -> None:
    assert not starts(mark, mark, breaking=breaking)
    assert starts(mark, mark, level="none")


def test_A10_each_level_forbids_what_the_one_below_it_does_and_more() -> None:
    def forbidden(level: str) -> set[str]:
        found = {f"{m} first" for m in ["。", "”", "～", "·", "/", "%", "々", "——"] if not starts(m, m, level)}
        text = HAN[:4] + "/" + HAN
        return found | ({"/ last"} if not any(t.endswith("/") for t in texts(text, 4.5, level=level)) else set())

    none, basic, gb, strict = (forbidden(level) for level in ("none", "basic", "gb", "strict"))
    assert none == set()
    assert none < basic < gb < strict


@BOTH
def test_A11_a_mark_that_may_not_start_a_line_is_first_pushed_in(breaking: str) -> None:
    # Six characters and two marks of which each can give ½ em: exactly 7 em when both have.
    lines = compose("天地，玄黄宇宙，洪荒日月盈昃", 7, breaking=breaking, line_end="needed", scheme="full")
    assert lines[0].text == "天地，玄黄宇宙，"
    assert lines[0].tight == pytest.approx(1)


@BOTH
def test_A11_and_only_where_that_does_not_do_is_a_character_pushed_out(breaking: str) -> None:
    # Nothing gives but the last mark, and that is not enough.
    lines = texts("天地玄黄宇宙洪，荒日月盈昃辰宿", 7, breaking=breaking)
    assert lines[0] == "天地玄黄宇宙"
    assert lines[1].startswith("洪，")


@BOTH
def test_A12_three_marks_are_parted_rather_than_a_line_stretched_beyond_all(breaking: str) -> None:
    text = "天地玄。』」）宇宙洪荒"
    lines = compose(text, 4, breaking=breaking, scheme="half")
    assert lines[0].forced
    assert lines[0].text == "天地玄。』"
    # Two marks are not enough of an excuse, nor is a line that can be stretched.
    assert not any(line.forced for line in compose("天地玄黄。』宇宙洪荒", 4, breaking=breaking, scheme="half"))
    long = "天地玄黄宇宙洪荒日月盈昃辰。』」宿列张"
    assert not any(line.forced for line in compose(long, 13, breaking=breaking, scheme="half"))


@BOTH
@pytest.mark.parametrize("note", ["※", "[1]", "[23]"])
def test_A13_an_annotation_mark_stays_with_its_word(note: str, breaking: str) -> None:
    assert not starts(note, note, level="none", breaking=breaking)


@BOTH
def test_A13_a_superscript_stays_with_its_word(breaking: str) -> None:
    for n in range(4, 9):
        runs = [TextRun(HAN[:n], "Square"), TextRun("①", "Square", superscript=True), TextRun(HAN * 2, "Square")]
        lines = compose(runs, n, breaking=breaking)
        assert not any(line.text.startswith("①") for line in lines)


@BOTH
def test_A14_rules_hold_where_runs_meet(breaking: str) -> None:
    text = "天地（玄黄），“宇宙”洪荒。日月·盈昃《辰宿》列张——寒来50%暑往／秋收冬々藏"
    whole = paragraph(text)
    cut = paragraph([TextRun(c, "Square", link="a" if n % 2 else "") for n, c in enumerate(text)])
    for measure in range(4, 15):
        expected = whole.break_lines([measure], breaking)  # type: ignore[call-overload]
        assert cut.break_lines([measure], breaking) == expected  # type: ignore[call-overload]
