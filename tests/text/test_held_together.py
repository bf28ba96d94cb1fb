"""Rules B11–B17: numbers in groups, no-break spaces, units of several characters, formulas, identifiers, small digits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from composing import FACES, compose, glyphs, origin, solid, texts
from test_units import BOTH, HAN, parted

from layout.text.fonts.faces import load_faces
from layout.text.fonts.scripts import LOWERED, RAISED, SIZE
from layout.text.paragraph import LineSetting, Paragraph, TextRun


@BOTH
@pytest.mark.parametrize("space", [" ", "\u2009", "\u202f", "\u00a0"])
def test_B11_a_number_grouped_by_spaces_is_one(space: str, breaking: str) -> None:
    number = f"12{space}306{space}500"
    for n in range(3, 12):
        lines = texts(HAN[:n] + number + HAN, 9, breaking=breaking)
        assert any(number in line for line in lines)
    line = solid(f"共{number}户")
    assert origin(line, "3") - origin(line, "2") == pytest.approx(0.5 + FACES["Square"].advances[space] / 1000)


def test_B11_a_year_or_a_time_and_another_number_are_two() -> None:
    assert "2025" in texts("天地玄黄2025 306人列张", 6.5)[0]
    assert "8:30" in texts("天地玄黄8:30 200人列张", 6.5)[0]
    assert "200" not in texts("天地玄黄8:30 200人列张", 6.5)[0]


@BOTH
@pytest.mark.parametrize("held", ["老\u00a0魏", "第\u2060三", "AI\u2060时", "5\u00a0月", "图\u202f3"])
def test_B12_nothing_is_parted_at_a_no_break_space_or_a_word_joiner(held: str, breaking: str) -> None:
    assert not parted(held, breaking)


def test_B12_a_word_joiner_takes_no_room_and_no_gap_away() -> None:
    plain, joined = solid("用AI种菜"), solid("用\u2060AI\u2060种菜")
    assert joined.width == plain.width


@BOTH
@pytest.mark.parametrize("unit", ["万kWh", "公里", "平方公里", "万元", "亿元", "千瓦时", "小时", "个月", "毫升"])
def test_B13_a_unit_of_several_characters_is_whole(unit: str, breaking: str) -> None:
    for n in range(3, 12):
        lines = texts(f"{HAN[:n]}3.25{unit}{HAN}", 7, 8.5, breaking=breaking)
        assert any(unit in line for line in lines), lines


@BOTH
def test_B14_a_formula_is_parted_between_its_molecules_alone(breaking: str) -> None:
    molecules = {"2H2O2", "2H2O", "O2", "CH4", "2O2", "CO2"}
    for formula in ("2H2O2=2H2O+O2", "CH4+2O2→CO2+2H2O"):
        for n in range(1, 12):
            lines = texts(HAN[:n] + formula + HAN, 7, breaking=breaking)
            parts = "|".join(lines).replace("=", "=|").replace("+", "+|").replace("→", "→|").split("|")
            shown = {part.strip(HAN + "=+→") for part in parts} - {""}
            assert shown <= molecules, lines


@BOTH
@pytest.mark.parametrize("name", ["liuhe_fabu_international", r"C:\Programs\international", "get_education_area"])
def test_B15_identifiers_and_paths_get_no_hyphens(name: str, breaking: str) -> None:
    for n in range(1, 12):
        for line in compose(HAN[:n] + name + HAN, 8, breaking=breaking):
            assert not line.hyphenated
            assert "-" not in line.text


def test_B16_a_word_that_begins_with_a_full_stop_has_no_gap_inside() -> None:
    line = solid("用.NET编程")
    assert origin(line, "N") - origin(line, ".") == pytest.approx(0.5)
    assert texts("天地玄黄宇宙.NET洪荒", 6.75)[0] == "天地玄黄宇宙"


@BOTH
@pytest.mark.parametrize("whole", ["CO₂", "H₂O", "10⁸kW·h", "2⅓", "x²", "C₆H₁₂O₆"])
def test_B17_a_small_digit_is_never_parted_from_what_it_belongs_to(whole: str, breaking: str) -> None:
    assert not parted(whole, breaking, hyphenate=False)


def test_B17_a_note_in_raised_digits_starts_no_line_and_has_no_gap() -> None:
    for n in range(4, 9):
        assert not any(line.startswith("¹") for line in texts(HAN[:n] + "¹" + HAN, 6))
    assert origin(solid("天¹地"), "¹") == 1


@pytest.mark.parametrize(("character", "digit", "rise"), [("₂", "2", LOWERED), ("⁸", "8", RAISED)])
def test_B17_a_small_digit_is_made_of_the_digit_where_the_face_has_none(
    character: str, digit: str, rise: float
) -> None:
    face = load_faces()["Song-Regular"]
    assert not face.font.glyph(ord(character))
    (part,) = face.made(character)
    assert (part.character, part.size, part.rise) == (digit, SIZE, rise)
    assert face.advances[character] == pytest.approx(face.advances[digit] * SIZE, abs=1)
    assert face.covers(character)


def test_B17_a_heavy_tick_is_a_tick_where_the_face_has_no_other() -> None:
    for face in load_faces().values():
        (part,) = face.made("✔")
        assert (part.character, part.size, part.rise) == ("✓", 1.0, 0.0)
        assert face.covers("✔")
        assert face.advances["✔"] == face.advances["✓"]


def test_B17_a_fraction_is_a_raised_digit_a_bar_and_a_small_digit() -> None:
    face = load_faces()["Song-Regular"]
    over, bar, under = face.made("⅓")
    assert (over.character, under.character) == ("1", "3")
    assert over.rise > under.rise
    assert over.x < bar.x < under.x
    assert face.advances["⅓"] < 1000


def test_B17_a_small_digit_stays_with_its_word_in_another_run() -> None:
    runs = [TextRun("天地玄黄CO", "Square"), TextRun("₂", "Square"), TextRun("排放宇宙", "Square")]
    p = Paragraph(runs, LineSetting(indent=0), FACES)
    for measure in (5, 5.5, 6, 6.5):
        assert not any(line.text.startswith("₂") for line in p.lines(p.break_lines([measure]), [measure]))


@pytest.mark.parametrize("pair", ["〝〞", "〘〙", "〚〛", "｟｠"])
def test_A2_A3_rare_brackets_are_brackets(pair: str) -> None:
    opening, closing = pair
    for n in range(3, 12):
        for line in texts(f"{HAN[:n]}{opening}{HAN[:3]}{closing}{HAN}", 6):
            assert not line.endswith(opening)
            assert not line.startswith(closing)


@BOTH
@pytest.mark.parametrize("tail", ["……”", "——", "……", "来……”"])
def test_E9_a_last_line_is_never_an_ellipsis_or_a_dash_alone(tail: str, breaking: str) -> None:
    for n in range(20, 40):
        last = texts((HAN * 3)[:n] + tail, 17, breaking=breaking)[-1]
        assert sum(character not in "…—”" for character in last) >= (2 if breaking == "optimum" else 1), last


@BOTH
@pytest.mark.parametrize("word", ["Program", "supercalifragilistic", "https://liuhe.example.org/fabu/2026/11/autumn"])
def test_E5_letters_of_a_word_alone_on_its_line_are_not_spread(word: str, breaking: str) -> None:
    for align in ("justify", "distribute"):
        for measure in (7, 9, 12, 16):
            for line in compose(f"天地玄黄{word}天地玄黄", measure, breaking=breaking, align=align):
                shown = glyphs(line)
                for (a, x), (b, y) in pairwise(shown):
                    if a.isascii() and b.isascii():
                        assert y - x == pytest.approx(0.5), line.text


@BOTH
def test_a_combining_mark_stays_with_its_letter_where_a_word_is_parted_letter_by_letter(breaking: str) -> None:
    number = "".join(f"{digit}e\u0301" for digit in "123456789" * 6)
    for measure in (5, 5.5, 6, 6.5, 7):
        lines = texts(number, measure, breaking=breaking)
        assert len(lines) > 5
        assert not [line for line in lines if line.startswith("\u0301")]
