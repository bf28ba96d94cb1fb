"""Text of other languages: marks of Traditional Chinese and Japanese, words of Korean and English (rules L1 to L10)."""

from __future__ import annotations

import re

import pytest
from composing import FACES, FULL, HALF, origin, origins, paragraph, solid, steps, texts

from layout.text.fonts.faces import load_faces
from layout.text.headline.fitting import fit_headline
from layout.text.hyphenation import hyphenated_parts
from layout.text.language import LANGUAGES, language_tag, nearest_tag, unsupported
from layout.text.paragraph import LineSetting, Paragraph, SetLine, TextRun
from layout.text.setting import setting_in

SHIPPED = load_faces()
ENGLISH = (
    "When the bell rang for the last time on Saturday, most of the village was already standing on the bank, and the "
    "schoolchildren had been given an extraordinary holiday. Representatives of the administration congratulated the "
    "ferryman; the neighbouring communities contributed refreshments, entertainment and miscellaneous recollections."
)
KOREAN = "토요일 장터가 방앗간 마당으로 옮겨 갑니다. 등록한 상인은 자리를 그대로 지키며, 새로 오는 사람은 신청하십시오."


def shipped(text: str, language: str, measure: float, face: str = "Song-Regular", **setting: object) -> list[SetLine]:
    """The lines of a text in a face of the library, as pages set it."""
    made = setting_in(LineSetting(**setting), language, measure)  # type: ignore[arg-type]
    p = Paragraph([TextRun(text, face)], made, SHIPPED)
    return p.lines(p.break_lines([measure]), [measure])


def spaces(line: SetLine) -> list[float]:
    """The width of each space of a line between words."""
    (piece,) = line.pieces
    xs = [*piece.xs, line.x + line.width]
    return [round(xs[at + 1] - xs[at], 3) for at, c in enumerate(piece.text) if c == " "]


@pytest.mark.parametrize("language", ["zh-Hant-TW", "zh-Hant-HK"])
def test_L1_a_mark_in_the_middle_of_its_cell_is_whole_at_a_line_end(language: str) -> None:
    simplified = paragraph("一二，三四", align="left").lines([3, 5], [3.0])[0]
    traditional = paragraph("一二，三四", align="left", language=language).lines([3, 5], [3.0])[0]
    assert simplified.width == 2.5
    assert traditional.width == 3.0


def test_L1_it_gives_white_on_both_sides_alike() -> None:
    p = paragraph("天地，玄黃", language="zh-Hant-TW")
    (line,) = p.lines([5], [4.6])
    assert line.width == pytest.approx(4.6)
    assert steps(line) == pytest.approx([1.0, 0.8, 0.8, 1.0])
    (least,) = p.lines([5], [4.5])
    assert origin(least, "，") == pytest.approx(1.75)  # its glyph stands in the middle of what is left of its cell
    assert origin(least, "玄") == pytest.approx(2.5)


def test_L1_a_closing_mark_after_it_does_not_trim_it_and_an_opening_one_loses_its_own_white() -> None:
    assert steps(solid("總！」說", language="zh-Hant-TW")) == [1.0, 1.0, 1.0]
    assert steps(solid("总！”说")) == [1.0, HALF, 1.0]
    assert solid("說，「好", language="zh-Hant-TW").width == 3.5
    assert solid("說」，好", language="zh-Hant-TW").width == 3.5


def test_L1_no_such_mark_starts_a_line() -> None:
    for mark in "，、；：。！？":
        lines = texts(f"天地玄{mark}黃", 3, language="zh-Hant-TW")
        assert not any(line.startswith(mark) for line in lines)


def test_L1_in_a_headline_half_of_its_white_is_at_either_side() -> None:
    face = SHIPPED["Song-Bold"]
    shift = {}
    for language in ("zh-Hans", "zh-Hant-TW"):
        fitted = fit_headline("新橋：通了", width_pt=200, sizes=[20], face=face, letterspace=False, language=language)
        (line,) = fitted.lines
        shift[language] = line.xs[2] / fitted.size - 2
    assert shift["zh-Hans"] == pytest.approx(0.0)
    assert shift["zh-Hant-TW"] == pytest.approx(-0.25)


def test_L2_dividing_marks_of_japanese_are_whole_and_middle_dots_give_on_both_sides() -> None:
    assert steps(solid("行く！」と", language="ja")) == [1.0, 1.0, 1.0, 1.0]
    assert steps(solid("行く！”と")) == [1.0, 1.0, HALF, 1.0]
    p = paragraph("川・町", language="ja")
    assert p.lines([3], [9.0])[0].width == 3.0
    (line,) = p.lines([3], [2.5])
    assert origins(line) == pytest.approx([0.0, 0.75, 1.5])


def test_L2_a_full_stop_of_japanese_gives_nothing_inside_a_line() -> None:
    text = "川。町、村"
    setting = setting_in(LineSetting(indent=0.0), "ja")
    assert not setting.squeeze_stops
    p = Paragraph([TextRun(text, "Square")], setting, FACES)
    (line,) = p.lines([len(text)], [4.5])
    assert steps(line) == pytest.approx([1.0, 1.0, 1.0, HALF])


@pytest.mark.parametrize("character", "ぁっゃョッーヵゞヽ々")
def test_L3_small_kana_prolonged_sounds_and_iteration_marks_start_no_line_of_japanese(character: str) -> None:
    assert texts(f"あいう{character}え", 3, language="ja")[1][0] != character
    assert texts(f"あいう{character}え", 3, language="ja", level="none")[1][0] == character


def test_L3_at_level_basic_small_kana_may_start_one() -> None:
    assert texts("あいうっえ", 3, language="ja", level="basic")[1][0] == "っ"


def test_L4_lines_of_korean_break_at_words() -> None:
    lines = [line.text for line in shipped(KOREAN, "ko", 40.0, hyphenate=False)]
    assert len(lines) == 2
    assert " ".join(lines) == KOREAN


def test_L4_a_word_of_korean_is_parted_between_syllables_where_a_line_would_be_loose() -> None:
    parted = shipped(KOREAN, "ko", 12.0)
    whole = shipped(KOREAN, "ko", 12.0, hyphenate=False)
    assert max(line.loose for line in parted) < max(line.loose for line in whole)
    words = KOREAN.split()
    assert all(word in words for line in whole for word in line.text.split())
    assert not all(word in words for line in parted for word in line.text.split())
    assert not any(line.hyphenated for line in parted)


def test_L5_a_space_of_korean_is_no_em_but_a_third() -> None:
    assert spaces(shipped("새 다리", "ko", 40.0)[0]) == [pytest.approx(1 / 3, abs=0.001)]
    assert solid("새 다리").width == pytest.approx(4.0)


def test_L5_korean_beside_han_has_its_own_words() -> None:
    runs = [TextRun("报上写着 ", "Square"), TextRun("새 다리", "Square", language="ko"), TextRun(" 三字", "Square")]
    line = solid(runs)
    assert line.text == "报上写着새 다리三字"
    assert line.width == pytest.approx(4 + 0.25 + 3 + 1 / 3 + 0.25 + 2, abs=0.01)


def test_L6_words_of_english_stand_a_quarter_em_apart() -> None:
    assert spaces(shipped("the new bridge", "en", 40.0)[0]) == [0.25, 0.25]
    setting = setting_in(LineSetting(word_space=0.3), "en")
    assert setting.word_space == 0.3  # what a style says is kept


def test_L6_a_space_gives_to_a_fifth_before_a_line_is_overfull() -> None:
    (line,) = shipped("the new bridge", "en", 40.0, indent=0.0)
    setting = setting_in(LineSetting(indent=0.0), "en")
    p = Paragraph([TextRun("the new bridge", "Song-Regular")], setting, SHIPPED)
    (narrow,) = p.lines([14], [line.width - 0.1])
    assert spaces(narrow) == [0.2, 0.2]
    assert narrow.shortfall == 0.0


def test_L6_the_first_line_is_indented_by_an_em_and_that_of_chinese_by_two() -> None:
    indents = {language: setting_in(LineSetting(), language).indent for language in LANGUAGES}
    assert {indents[tag] for tag in ("zh-Hans", "zh-Hant-TW", "zh-Hant-HK")} == {2.0}
    assert {indents[tag] for tag in ("ja", "ko", "en", "en-GB")} == {1.0}
    assert setting_in(LineSetting(indent=0.0), "en").indent == 0.0


def test_L6_a_headline_keeps_its_commas_and_its_words_are_a_space_apart() -> None:
    face = SHIPPED["Song-Bold"]
    for language, typed in (("en", "Boats, bells|and bridges."), ("ko", "나룻배, 강을 건너다")):
        fitted = fit_headline(typed, width_pt=2000, sizes=[20], face=face, letterspace=False, language=language)
        assert " ".join(line.text.strip() for line in fitted.lines) == typed.replace("|", " ")
    (line,) = fit_headline("new bridge", width_pt=400, sizes=[20], face=face, letterspace=False, language="en").lines
    gap = line.xs[4] - line.xs[3]
    assert gap == pytest.approx(0.25 * 20)


def test_L7_quotation_marks_and_the_ellipsis_of_english_are_proportional() -> None:
    (line,) = shipped("“Go on…” he said", "en", 40.0, indent=0.0)
    xs = dict(zip(line.text, line.pieces[0].xs, strict=True))
    assert xs["G"] == pytest.approx(0.465)
    assert xs["”"] - xs["…"] == pytest.approx(0.9)
    assert SHIPPED["Song-Regular"].proportional["“"] == 465


def test_L7_in_a_run_of_english_too_whatever_stands_beside_it() -> None:
    han = [TextRun("他说", "Song-Regular"), TextRun("“", "Song-Regular"), TextRun("好", "Song-Regular")]
    english = [han[0], TextRun("“", "Song-Regular", language="en"), han[2]]
    widths = [Paragraph(runs, LineSetting(indent=0.0), SHIPPED).lines([4], [40.0])[0].width for runs in (han, english)]
    assert widths[0] == pytest.approx(4.0)
    assert widths[1] < 3.75 + 0.26


def test_L7_no_dash_starts_a_line_and_one_without_spaces_may_end_it() -> None:
    text = (
        "Its bell — cast in the year of the great frost — will hang in the pier of the bridge — so they say — for ever."
    )
    for measure in range(12, 24):
        assert not any(line.text.startswith("—") for line in shipped(text, "en", measure))
    assert [part for part, _ in hyphenated_parts("river—bridge", "en", False)] == ["river—", "bridge"]
    assert [part for part, _ in hyphenated_parts("river—bridge", "zh-Hans", False)] == ["river—bridge"]


@pytest.mark.parametrize("measure", range(15, 29))
def test_L8_no_more_than_two_lines_in_a_row_end_in_a_hyphen(measure: int) -> None:
    rows = "".join("-" if line.hyphenated else " " for line in shipped(ENGLISH, "en", measure))
    assert "---" not in rows


def test_L8_a_row_of_three_hyphens_is_broken_otherwise() -> None:
    text = "extraordinary administration representatives congratulated communities entertainment recollections " * 2
    found = []
    for tenth in range(60, 200):
        measure = tenth / 10
        p = Paragraph([TextRun(text.strip(), "Song-Regular")], setting_in(LineSetting(), "en"), SHIPPED)
        rows = "".join("-" if line.hyphenated else " " for line in p.lines(p.break_lines([measure]), [measure]))
        found.append("---" in rows)
    assert sum(found) <= 5  # where a word is wider than what is left of any line


def test_L8_the_last_word_gets_no_hyphen() -> None:
    for measure in range(15, 29):
        for length in range(150, len(ENGLISH), 25):
            text = ENGLISH[:length].rsplit(" ", 1)[0]
            lines = shipped(text, "en", measure)
            assert not (len(lines) > 1 and lines[-2].hyphenated and " " not in lines[-1].text)


def test_L8_english_is_ragged_in_narrow_columns_with_spaces_all_alike() -> None:
    for line in shipped(ENGLISH, "en", 12.0):
        assert set(spaces(line)) <= {0.25}
        assert line.loose == 0.0
    wide = shipped(ENGLISH, "en", 20.0)
    assert {round(line.x + line.width, 3) for line in wide[:-1]} == {20.0}


def test_L8_letters_of_english_are_never_spread() -> None:
    face = SHIPPED["Song-Regular"]
    for line in shipped(ENGLISH, "en", 16.0):
        (piece,) = line.pieces
        for at, (before, after) in enumerate(zip(piece.text, piece.text[1:], strict=False)):
            if re.fullmatch("[a-eg-z]{2}", before + after):
                assert piece.xs[at + 1] - piece.xs[at] == pytest.approx(face.advances[before] / 1000, abs=0.002)


def test_L9_words_are_hyphenated_as_their_country_does() -> None:
    british = [part for part, _ in hyphenated_parts("democracy", "en-GB", True)]
    american = [part for part, _ in hyphenated_parts("democracy", "en-US", True)]
    assert "".join(british) == "".join(american) == "democracy"
    assert british != american
    assert hyphenated_parts("democracy", "en", True) == hyphenated_parts("democracy", "en-US", True)


def test_L10_the_letters_of_a_ligature_share_its_advance() -> None:
    face = SHIPPED["Song-Regular"]
    assert {"ffi", "ffl", "ff", "fi", "fl"} <= set(face.ligatures)
    (joined,) = shipped("fin", "en", 40.0, indent=0.0)
    assert joined.pieces[0].xs[2] == pytest.approx(face.ligatures["fi"] / 1000)
    (plain,) = shipped("fin", "zh-Hans", 40.0, indent=0.0)
    assert plain.pieces[0].xs[2] == pytest.approx((face.advances["f"] + face.advances["i"]) / 1000)


def test_a_face_of_latin_alone_is_set_in_its_own_em() -> None:
    class Latin:
        advances = dict.fromkeys(map(chr, range(32, 127)), 500)
        advances["中"] = 250  # that of the glyph for what is missing

        def covers(self, char: str) -> bool:
            return char != "中"

    p = Paragraph([TextRun("abc", "Latin")], setting_in(LineSetting(indent=0.0), "en"), {"Latin": Latin()})  # type: ignore[dict-item]
    assert p.lines([3], [40.0])[0].width == pytest.approx(1.5 * FULL)


@pytest.mark.parametrize(
    ("typed", "tag"),
    [("zh", "zh-Hans"), ("zh_tw", "zh-Hant-TW"), ("zh-Hant", "zh-Hant-TW"), ("JA", "ja"), ("ug-CN", "ug")],
)
def test_a_language_may_be_written_in_several_ways(typed: str, tag: str) -> None:
    assert language_tag(typed) == tag


@pytest.mark.parametrize(
    ("typed", "near"), [("jp", "ja"), ("en-AU", "en"), ("mn", "mn-Mong"), ("日语", "ja"), ("fr", "")]
)
def test_an_unknown_language_is_named_with_the_near_one(typed: str, near: str) -> None:
    assert language_tag(typed) == ""
    assert nearest_tag(typed) == near
    problem = unsupported(typed, None)
    assert problem is not None
    assert typed in problem.what.zh
    assert near in problem.remedy.en


def test_tags_and_what_is_like_them_lead_to_languages() -> None:
    assert all(language_tag(tag) == tag for tag in LANGUAGES)
    assert unsupported("en", None) is None
    assert unsupported("", None) is None
