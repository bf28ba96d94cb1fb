"""Rules C1–C13 and F: how wide marks are, and which half of them gives."""

from __future__ import annotations

from itertools import pairwise

import pytest
from composing import FACES, compose, glyphs, origin, origins, solid, steps

from layout.text.characters import CLASSES, DERIVED
from layout.text.plain_lines import set_lines
from layout.text.spacing import EXPANSION, PROHIBITIONS, REDUCTION, UNITS

OPENING, CLOSING = "“‘（〔【〖［｛《〈「『", "”’）〕】〗］｝》〉」』"
KEPT = {"pairs": "keep"}


def width(mark: str, **setting: object) -> float:
    """From the origin of the Han before to that of the Han after, less that Han's own em."""
    line = solid(f"天{mark}地", **setting)
    return round(origin(line, "地") - origin(line, "天") - 1, 4)


@pytest.mark.parametrize("mark", ["，", "、", "；", "：", "。", "！", "？", "”", "》", "“", "（", "～", "—"])
def test_C1_marks_are_one_em_wide(mark: str) -> None:
    assert width(mark, scheme="natural") == 1


@pytest.mark.parametrize("mark", ["–", "·", "/", "-"])
def test_C1_interpunct_short_connector_and_solidus_are_half_an_em(mark: str) -> None:
    assert width(mark, scheme="natural") == 0.5


@pytest.mark.parametrize("unit", ["——", "……"])
def test_C1_dash_and_ellipsis_are_two_em(unit: str) -> None:
    assert width(unit) == 2


@pytest.mark.parametrize("mark", OPENING)
def test_C2_an_opening_mark_gives_on_its_left(mark: str) -> None:
    wide, half = solid(f"天{mark}地"), solid(f"天{mark}地", scheme="half")
    # The ink, in the right half of the cell, moves left with what follows; the origin is ½ em nearer the Han before.
    assert origin(half, "地") - origin(half, mark) == 1 == origin(wide, "地") - origin(wide, mark)
    assert origin(half, mark) - origin(half, "天") == 0.5


@pytest.mark.parametrize("mark", CLOSING + "，、；：。！？")
def test_C2_a_closing_mark_pause_or_stop_gives_on_its_right(mark: str) -> None:
    half = solid(f"天{mark}地", scheme="half")
    assert origin(half, mark) - origin(half, "天") == 1
    assert origin(half, "地") - origin(half, mark) == 0.5


def test_C2_an_interpunct_of_one_em_gives_on_both_sides() -> None:
    wide = solid("天·地", interpunct=1.0)
    assert steps(wide) == [1.25, 0.75]
    line = compose("天·地玄，黄宇宙", 4.25, interpunct=1.0, scheme="half")[0]
    assert line.text == "天·地玄，"
    assert steps(line)[:2] == pytest.approx([1.125, 0.625])


def test_C2_the_table_says_on_which_side_each_class_gives() -> None:
    sides = {row.code: row.adjustable for row in CLASSES}
    assert sides["("] == "left"
    assert {sides[code] for code in "),.!"} == {"right"}
    assert {sides[code] for code in "=e~-/"} == {"none"}
    assert all(row.source for row in CLASSES)


def test_every_class_that_a_rule_names_is_in_the_tables() -> None:
    known = {row.code for row in CLASSES} | set(DERIVED)
    named = "".join(row.kinds for row in (*PROHIBITIONS, *REDUCTION)) + "".join(pair for _, pair, _ in UNITS)
    assert set(named) - {"?"} <= known
    assert all(row.source for row in (*PROHIBITIONS, *REDUCTION, *EXPANSION))


PAIRS = {
    "opening after opening": ["（《", "“（", "《“"],
    "closing after closing": ["》）", "”》", "）”"],
    "opening after closing": ["》《", "”（", "）《"],
    "closing after stop": ["。”", "，）", "！”", "；）"],
    "stop after closing": ["”。", "》，", "）、", "”："],
    "opening after stop": ["，“", "、《", "。（", "：“"],
}


@pytest.mark.parametrize("pair", [pair for pairs in PAIRS.values() for pair in pairs])
def test_C3_two_adjacent_marks_take_one_em_and_a_half_or_two_or_one_as_the_style_says(pair: str) -> None:
    assert width(pair) == 1.5
    assert width(pair, pairs="keep") == 2
    assert width(pair, scheme="natural") == 2
    assert width(pair, pairs="tight") == 1


def test_C3_three_marks_are_trimmed_pair_by_pair() -> None:
    assert width("。》）") == 2
    assert width("（《“") == 2
    assert width("》、《") == 2


@pytest.mark.parametrize("pair", ["（）", "“”", "《》", "（？", "“！", "（，"])
def test_C4_opening_and_closing_mark_or_stop_keep_their_widths(pair: str) -> None:
    assert width(pair) == 2
    assert width(pair, pairs="tight") == 2


def test_C5_marks_stay_tight_to_what_they_enclose() -> None:
    closing = solid("天》）地")
    assert steps(closing) == [1, 0.5, 1]  # the inner one gives way
    opening = solid("天（《地")
    assert steps(opening) == [1, 0.5, 1]  # the inner one has its ink next to the outer one's
    between = solid("天》《地")
    assert steps(between) == [1, 0.5, 1]


@pytest.mark.parametrize("pair", ["。。", "，、", "；："])
def test_C6_of_two_pauses_or_stops_the_first_is_trimmed(pair: str) -> None:
    assert width(pair) == 1.5
    assert steps(solid(f"天{pair}地"))[1] == 0.5


def test_C7_quotation_marks_beside_han_are_full_width() -> None:
    assert width("“") == width("”") == width("‘") == width("’") == 1
    assert steps(solid("说“OK”吧", pairs="keep")) == [1, 1, 0.5, 0.5, 1]


def test_C7_quotation_marks_among_western_words_are_proportional() -> None:
    line = solid("the “big” boat")
    # Three letters and a word space come before the first mark: only the ink's half of its cell counts.
    assert origin(line, "b") - (1.5 + 1 / 3) == pytest.approx(0.48, abs=0.001)
    assert origin(line, "b") - origin(line, "“") == pytest.approx(1)
    assert origin(line, "”") - origin(line, "g") == pytest.approx(0.5)
    assert "".join(c for c, _ in glyphs(line)) == "the “big” boat"


def test_C7_an_apostrophe_is_never_full_width() -> None:
    line = solid("船Smith’s船")
    assert origin(line, "s") - origin(line, "’") < 0.5
    assert steps(solid("the workers’ boat"))[11] < 0.5


def test_C7_both_marks_of_a_pair_are_set_alike() -> None:
    line = solid("说“Hello, world” again")
    assert origin(line, "H") - origin(line, "“") == 1
    # Han stands before the first mark, so the second is full width as well.
    assert origin(line, "a") - origin(line, "”") == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("scheme", "pause", "stop", "bracket"),
    [
        ("natural", 1, 1, 1),
        ("full", 1, 1, 1),
        ("kaiming", 0.5, 1, 0.5),
        ("half", 0.5, 0.5, 0.5),
        ("line_end_half", 1, 1, 1),
    ],
)
def test_C8_each_scheme_has_its_widths(scheme: str, pause: float, stop: float, bracket: float) -> None:
    assert {width(mark, scheme=scheme) for mark in "，、；："} == {pause}
    assert {width(mark, scheme=scheme) for mark in "。！？"} == {stop}
    assert {width(mark, scheme=scheme) for mark in "“”（）《》"} == {bracket}


def test_C8_in_kaiming_a_stop_before_a_closing_quote_gives_its_width_to_the_quote() -> None:
    assert steps(solid("说。”他", scheme="kaiming")) == [1, 0.5, 1]
    assert steps(solid("说，”他", scheme="kaiming")) == [1, 0.5, 0.5]


def test_C8_line_end_half_is_half_at_a_lines_end_even_where_the_style_says_only_if_needed() -> None:
    def end(scheme: str) -> float:
        line = compose("天地玄黄，宇宙洪荒日月", 5, scheme=scheme, line_end="needed")[0]
        return round(5 - origins(line)[-1], 4)

    assert end("full") == 1
    assert end("line_end_half") == 0.5


@pytest.mark.parametrize("mark", OPENING)
def test_C9_an_opening_mark_at_a_lines_start_is_flush(mark: str) -> None:
    text = f"天地玄黄{mark}宇宙洪荒"
    assert origins(compose(text, 4)[1])[0] == -0.5
    assert origins(compose(text, 4, line_start="first")[1])[0] == -0.5
    assert origins(compose(text, 4, line_start="full")[1])[0] == 0
    assert origins(compose(text, 4, scheme="natural")[1])[0] == 0
    assert origins(compose(text, 4, scheme="half")[1])[0] == -0.5


@pytest.mark.parametrize("mark", "，、；：。！？" + CLOSING)
def test_C10_a_mark_at_a_lines_end_is_half_an_em(mark: str) -> None:
    text = f"天地玄{mark}黄宇宙洪荒"
    line = compose(text, 4)[0]
    assert line.text == f"天地玄{mark}"
    assert origins(line)[-1] == 3.5
    assert line.width == pytest.approx(4)
    needed = compose(text, 4, line_end="needed")[0]
    assert origins(needed)[-1] == 3


def test_C11_an_indented_opening_mark_is_indented_to_its_ink() -> None:
    assert origins(compose("“天地玄黄”", 10, indent=2.0)[0])[0] == 1.5
    assert origins(compose("“天地玄黄”", 10, indent=2.0, line_start="first")[0])[0] == 2
    assert origins(compose("“天地玄黄”", 10, indent=2.0, line_start="full")[0])[0] == 2


def test_C12_no_mark_is_trimmed_beyond_the_half_that_is_white() -> None:
    text = "说：“（天）《地》，‘玄。’——黄！”宇……（宙）"
    for scheme in ("full", "kaiming", "half", "line_end_half"):
        for pairs in ("keep", "trim", "tight"):
            for measure in (6, 7, 8, 9.5, 11, 40):
                for line in compose(text, measure, scheme=scheme, pairs=pairs):
                    ink = [
                        (x + (0.5 if c in OPENING else 0), x + (0.5 if c in CLOSING + "，。：！？" else 1))
                        for c, x in glyphs(line)
                    ]
                    assert all(right <= left + 1e-3 for (_, right), (left, _) in pairwise(ink))


@pytest.mark.parametrize("mark", OPENING + CLOSING + "，、；：。！？")
def test_C12_a_line_drawn_together_as_far_as_it_goes_leaves_each_mark_its_half(mark: str) -> None:
    text, natural = f"天地{mark}玄黄", solid(f"天地{mark}玄黄").width
    tightest = 9.0
    for hundredths in range(0, 100, 5):
        line = compose(text + "宇宙洪荒日月", natural - hundredths / 100, breaking="optimum", tight=0.0)[0]
        if line.text == text:
            tightest = min(tightest, origin(line, "玄") - origin(line, "地"))
    assert tightest == pytest.approx(1.5, abs=0.001)


def test_C13_western_brackets_take_no_part_in_trimming() -> None:
    line = solid("天(A)。地")
    assert origin(line, "地") - origin(line, "。") == 1
    assert origin(line, "。") - origin(line, ")") == 0.5
    alone = solid("天(地)。玄")
    assert origin(alone, "玄") - origin(alone, "。") == 1
    assert origin(alone, "。") - origin(alone, ")") == 0.5
    kept = solid("天)。地", **KEPT)
    assert origin(kept, "。") - origin(kept, ")") == 0.5


def test_F1_nothing_hangs_unless_the_style_says_so() -> None:
    for measure in (4, 5, 6, 7):
        for line in compose("天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。", measure):
            assert line.hung == 0
            assert line.width <= measure + 1e-6


@pytest.mark.parametrize("breaking", ["first-fit", "optimum"])
def test_F2_a_pause_that_would_start_the_next_line_hangs(breaking: str) -> None:
    text = "天地玄黄宇宙，洪荒日月盈昃，辰宿列张"
    lines = compose(text, 6, hanging_punctuation=True, scheme="full", breaking=breaking)
    assert [line.text for line in lines] == ["天地玄黄宇宙，", "洪荒日月盈昃，", "辰宿列张"]
    assert origins(lines[0])[-1] == 6
    assert lines[0].hung == 0.5
    assert lines[0].width == 6


def test_F2_one_mark_hangs_and_never_a_bracket_or_another_mark() -> None:
    for text in ("天地玄黄宇”，洪荒日月盈", "天地玄黄宇宙”洪荒日月", "天地玄黄宇宙！洪荒日月", "天地玄黄宇宙——洪荒"):
        assert not any(line.hung for line in compose(text, 6, hanging_punctuation=True))
    assert not any(line.hung for line in compose("天地玄黄宇宙”，洪荒日月盈", 6.5, hanging_punctuation=True))


def test_F2_a_mark_that_fits_does_not_hang() -> None:
    line = compose("天地玄黄宇，宙洪荒日月盈昃", 6, hanging_punctuation=True)[0]
    assert line.hung == 0
    assert origins(line)[-1] == 5.5


def test_the_library_face_composes_as_well() -> None:
    (line,) = set_lines("中文“排版”，WTO的2026年。", 40, indent=0, font="Song-Regular")
    assert line.text == "中文“排版”，WTO的2026年。"
    assert line.glyphs[0] == ("中", 0.0, 1.0)
    assert FACES["Square"].advances["中"] == 1000
