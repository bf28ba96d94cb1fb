"""Rules D1–D8: Han and Western text on one line."""

from __future__ import annotations

import pytest
from composing import compose, glyphs, origin, paragraph, solid, steps

from layout.text.paragraph import TextRun


def gap_after(line_text: str, **setting: object) -> float:
    """What stands between the first character, a Han, and the second."""
    return round(steps(solid(line_text, **setting))[0] - 1, 4)


@pytest.mark.parametrize("text", ["天A", "天8", "天é", "天WTO地", "天α"])
def test_D1_a_quarter_of_an_em_parts_han_from_letters_and_digits(text: str) -> None:
    assert gap_after(text) == 0.25


@pytest.mark.parametrize("text", ["A天", "8天", "50%天"])
def test_D1_on_both_sides(text: str) -> None:
    line = solid(text)
    assert origin(line, "天") - 0.25 == 0.5 * (len(text) - 1)


def test_D1_the_gap_gives_down_to_an_eighth_and_grows_to_a_half() -> None:
    tight = compose("天A地8玄，B黄", 7, scheme="half")[0]
    assert tight.text == "天A地8玄，B黄"
    line = compose("天WTO地玄黄", 4.75, gap=0.25)[0]
    assert line.text == "天WTO地"  # 3.5 and two gaps of ¼
    tight = compose("天WTO地，玄黄宇宙", 4.25, scheme="half")[0]
    assert tight.text == "天WTO地，"
    assert steps(tight)[0] == pytest.approx(1.125)
    loose = compose("天WTO地玄黄", 4.5, align="justify")[0]
    assert loose.text == "天WTO地"
    assert steps(loose)[0] == pytest.approx(1.5)
    assert loose.loose == 0


def test_D1_the_gap_is_the_styles_choice() -> None:
    assert gap_after("天A", gap=0.125) == 0.125
    assert gap_after("天A", gap=0.0) == 0
    third = compose("天WTO地玄黄", 4.5, gap_most=1 / 3)[0]
    assert steps(third)[0] > 1 + 1 / 3  # no other place in this line; the cap is passed last of all
    capped = compose("天WTO地玄黄宇宙洪", 7.5, gap_most=1 / 3)[0]
    assert capped.text == "天WTO地玄黄宇"
    assert steps(capped)[0] == pytest.approx(1 + 1 / 3, abs=0.001)


def test_D2_no_gap_at_a_lines_start_or_end() -> None:
    lines = compose("天地玄AB黄宇宙洪", 4)
    assert [line.text for line in lines][1] == "AB黄宇"
    lines = compose("天地玄黄AB宇宙荒", 4)
    assert lines[1].text.startswith("AB")
    assert glyphs(lines[1])[0] == ("A", 0.0)
    lines = compose("天地ABCD玄黄", 4.25)
    assert lines[0].text == "天地ABCD"
    assert lines[0].width == pytest.approx(4.25)
    assert glyphs(lines[1])[0] == ("玄", 0.0)


@pytest.mark.parametrize("mark", ["，", "。", "“", "”", "（", "）", "——", "……", "《", "》", "、", "·"])
def test_D3_no_gap_beside_full_width_marks(mark: str) -> None:
    after = origin(solid(f"天{mark}AB"), "A")
    assert origin(solid(f"天{mark} AB"), "A") == after
    assert origin(solid(f"天{mark}地"), "地") == after


@pytest.mark.parametrize("text", ["天 A 地", "天A 地", "天 A地", "天  A\t地"])
def test_D4_typed_spaces_are_absorbed_in_the_gap(text: str) -> None:
    assert glyphs(solid(text)) == glyphs(solid("天A地"))


def test_D4_a_typed_space_beside_a_full_width_mark_is_absorbed_in_its_white() -> None:
    assert glyphs(solid("天， 地")) == glyphs(solid("天，地"))
    assert glyphs(solid("天 “地”")) == glyphs(solid("天“地”"))


def test_D4_an_ideographic_space_is_kept_but_not_at_the_start_of_a_paragraph() -> None:
    assert glyphs(solid("天\u3000地")) == [("天", 0.0), ("\u3000", 1.0), ("地", 2.0)]
    assert glyphs(solid("\u3000\u3000天地"))[0] == ("天", 0.0)
    assert glyphs(solid(" 天地"))[0] == ("天", 0.0)


def test_D4_a_space_is_swallowed_where_a_line_ends() -> None:
    lines = compose("天地玄黄 宇宙洪荒", 4)
    assert [line.text for line in lines] == ["天地玄黄", "宇宙洪荒"]
    assert (lines[0].start, lines[0].end, lines[1].start) == (0, 5, 5)
    lines = compose("天地玄黄\u3000宇宙洪荒", 4)
    assert [line.text for line in lines] == ["天地玄黄", "宇宙洪荒"]
    lines = compose("one two six ten", 3.5)
    assert [line.text for line in lines] == ["one two", "six ten"]
    assert lines[0].end == lines[1].start == 8


def test_D4_a_space_between_western_words_is_a_word_space() -> None:
    line = solid("the big boat")
    assert line.text == "the big boat"
    assert origin(line, "b") == pytest.approx(1.5 + 1 / 3, abs=0.001)


def test_D5_the_gap_is_the_same_across_runs() -> None:
    runs = [TextRun("天", "Square"), TextRun("A", "Square", link="x"), TextRun("地", "Square")]
    assert glyphs(solid(runs)) == glyphs(solid("天A地"))


def test_D5_a_superscript_has_no_gap() -> None:
    runs = [TextRun("天", "Square"), TextRun("2", "Square", superscript=True), TextRun("地", "Square")]
    assert steps(solid(runs)) == [1, 0.3]


def test_D7_one_policy_holds_for_every_line() -> None:
    text = "天A地8玄B黄9宇"
    first = steps(solid(text))
    assert {round(step - (1 if n % 2 == 0 else 0.5), 4) for n, step in enumerate(first)} == {0.25}


def test_D8_digits_are_as_wide_as_the_face_has_them_or_as_the_style_says() -> None:
    assert solid("12345").width == 2.5
    assert solid("12345", digit_width=0.6).width == 3
    assert paragraph("天123", digit_width=0.6).break_lines([2.9]) == [1, 4]


@pytest.mark.parametrize("measure", [6, 7, 9, 12.5])
def test_one_text_with_and_without_typed_spaces_is_set_alike(measure: float) -> None:
    bare = "天地WTO玄黄2026年宇宙AB洪荒，CD日月50%盈昃"
    spaced = "天地 WTO 玄黄 2026 年宇宙 AB 洪荒， CD 日月 50% 盈昃"
    assert [glyphs(x) for x in compose(bare, measure)] == [glyphs(x) for x in compose(spaced, measure)]


@pytest.mark.parametrize("sign", ["--", "-", "–", "—", "/", "=", "+"])
def test_D4_a_sign_between_typed_spaces_is_a_word_of_its_own(sign: str) -> None:
    assert solid(f"tool {sign} four").text == f"tool {sign} four"
    assert steps(solid(f"天 {sign} 地"))[0] == 1.25
    assert solid(f"tool{sign}four").text == f"tool{sign}four"


def test_D4_a_space_after_a_field_to_fill_in_is_an_em() -> None:
    assert origin(solid("天__ 地"), "地") == 3
    assert origin(solid("天__地"), "地") == 2
