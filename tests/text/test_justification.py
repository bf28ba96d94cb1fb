"""Rules E1–E12: how a line comes to its measure."""

from __future__ import annotations

from itertools import pairwise

import pytest
from composing import compose, glyphs, origin, origins, paragraph, solid, steps, texts
from generated import Writer

import layout
from layout.text.characters import EM
from layout.text.paragraph import TextRun
from layout.text.spacing import EXPANSION, REDUCTION

BOTH = pytest.mark.parametrize("breaking", ["first-fit", "optimum"])
PROSE = [Writer(seed).paragraph(240) for seed in range(12)]


def reach(line_text: str, less: float, **setting: object) -> list[float]:
    """Steps of a line that must be `less` em narrower than it is; more text follows."""
    measure = solid(line_text, **setting).width - less
    rest = "天" * 30
    from layout.text.justification import justify

    p = paragraph(line_text + rest, **setting)
    items = p._items()
    end = items.item_at(len(line_text))
    assert end
    return steps(justify(items, [end, items.size], [measure, 1000])[0])


def test_the_two_orders_are_those_of_clreq() -> None:
    assert [step.number for step in REDUCTION] == [1, 2, 3, 4, 5, 6, 7]
    assert [step.number for step in EXPANSION] == [1, 2, 3]
    assert all("CLREQ" in step.source for step in (*REDUCTION, *EXPANSION))


@BOTH
@pytest.mark.parametrize("measure", [8, 12, 13, 18, 28.5])
def test_E1_every_line_but_the_last_reaches_its_measure(measure: float, breaking: str) -> None:
    for text in PROSE:
        for line in compose(text, measure, breaking=breaking)[:-1]:
            assert line.x + line.width == pytest.approx(measure, abs=1e-6)


def test_E2_a_line_that_must_change_is_compressed_before_it_is_stretched() -> None:
    # 7 em of 7½: the pause may give ½ em so that 荒 comes in, or gaps of 0.08 em let it go.
    line = compose("天地，玄黄宇洪荒日月盈昃辰宿列张寒来暑往秋收冬藏", 7.5, 7, breaking="optimum")[0]
    assert line.text == "天地，玄黄宇洪荒"
    assert line.tight == pytest.approx(1)


@BOTH
def test_E2_no_line_is_compressed_and_stretched(breaking: str) -> None:
    for text in PROSE:
        for set_line in compose(text, 13, breaking=breaking):
            assert not (set_line.loose > 0 and set_line.tight)


def test_E3_1_the_mark_at_the_end_gives_first() -> None:
    xs = reach("天“地”，玄黄，", 0.4, pairs="keep", line_end="needed")
    assert xs == [1, 1, 1, 1, 1, 1, 1]


def test_E3_2_then_word_spaces_down_to_a_quarter() -> None:
    text = "天in a地，玄"
    rest = reach(text, 0.0)
    some = reach(text, 0.05)
    assert some[3] == pytest.approx(rest[3] - 0.05, abs=1e-3)  # the step from the space's own origin
    assert some[:3] + some[4:] == rest[:3] + rest[4:]


def test_E3_2_a_word_space_keeps_a_quarter_of_an_em() -> None:
    line = reach("天in a地，玄", 0.2)
    assert line[3] == pytest.approx(0.25, abs=1e-3)


def test_E3_3_then_the_interpunct_to_half_an_em() -> None:
    xs = reach("天·地“玄”，黄A宇", 0.5, interpunct=1.0, pairs="keep")
    assert xs[:2] == pytest.approx([1.0, 0.5])
    assert xs[2:] == reach("天·地“玄”，黄A宇", 0.0, interpunct=1.0, pairs="keep")[2:]


def test_E3_4_then_brackets_all_alike() -> None:
    xs = reach("天“地”玄，黄A宇。洪", 0.5)
    assert xs[:4] == pytest.approx([0.75, 1, 1, 0.75])
    assert xs[4:] == reach("天“地”玄，黄A宇。洪", 0.0)[4:]


@pytest.mark.parametrize("pause", "，、；：")
def test_E3_5_then_pauses_colon_included(pause: str) -> None:
    xs = reach(f"天“地”玄{pause}黄A宇。洪", 1.2)
    assert xs[:4] == pytest.approx([0.5, 1, 1, 0.5])
    assert xs[5] == pytest.approx(0.8)
    assert xs[6:] == reach(f"天“地”玄{pause}黄A宇。洪", 0.0)[6:]


def test_E3_6_then_the_western_gap_down_to_an_eighth() -> None:
    xs = reach("天“地”玄，黄A宇。洪", 1.5 + 0.2)
    assert xs[5] == pytest.approx(0.5)
    assert xs[6:8] == pytest.approx([1.15, 0.65])
    assert xs[8:] == [1, 1]


@pytest.mark.parametrize("stop", "。？！")
def test_E3_7_and_stops_last_unless_the_style_forbids(stop: str) -> None:
    text = f"天“地”玄，黄A宇{stop}洪"
    xs = reach(text, 1.5 + 0.25 + 0.3)
    assert xs[6:8] == pytest.approx([1.125, 0.625])
    assert xs[9] == pytest.approx(0.7)
    assert reach(text, 1.75 + 0.3, squeeze_stops=False, tight=0.0)[9] == 1


@BOTH
@pytest.mark.parametrize("measure", [8, 13, 17])
def test_E3_a_step_gives_only_when_those_before_it_are_spent_and_alike_at_all_places(
    measure: float, breaking: str
) -> None:
    tight_lines = 0
    for text in PROSE:
        p = paragraph(text)
        ends = p.break_lines([measure], breaking)  # type: ignore[call-overload]
        items = p._items()
        for line in p.lines(ends, [measure]):
            if not 0 < line.tight < 1:
                continue
            tight_lines += 1
            i, j = items.item_at(line.start), items.item_at(line.end)
            assert i is not None
            assert j is not None
            taken: dict[int, list[float]] = {}
            for k in range(i + 1, j - 1):
                if items.step[k] and len(items.tokens[k]) == 1 and items.step[k] in (5, 7):
                    x = dict(enumerate(origins(line)))
                    place = line.text.index(items.tokens[k]) if line.text.count(items.tokens[k]) == 1 else None
                    if place is not None and place + 1 in x:
                        follows = origins(line)[place + 1] - origins(line)[place]
                        if items.shape[k + 1] in b"HMm":
                            taken.setdefault(items.step[k], []).append(round(items.own[k] / EM - follows, 4))
            for amounts in taken.values():
                assert max(amounts) - min(amounts) < 2e-3
            if 7 in taken and 5 in taken and max(taken[7]) > 1e-3:
                assert min(taken[5]) == pytest.approx(0.5, abs=2e-3)
    assert tight_lines


def test_E4_1_word_spaces_grow_first_to_half_an_em() -> None:
    line = compose("天in a地玄黄宇", 6.25, gap=0.25)[0]
    short = 6.25 - solid("天in a地玄").width
    assert line.text == "天in a地玄"
    assert 0.16 < short < 1
    assert origin(line, "a") - origin(line, "n") - 0.5 == pytest.approx(0.5, abs=1e-3)


def test_E4_1_alone_where_they_suffice() -> None:
    want = solid("天in a地玄").width + 0.1
    line = compose("天in a地玄黄宇", want)[0]
    assert origin(line, "a") - origin(line, "n") - 0.5 == pytest.approx(1 / 3 + 0.1, abs=1e-3)
    assert origin(line, "i") == pytest.approx(1.25)


def test_E4_2_then_western_gaps_to_half_an_em() -> None:
    line = compose("天地AB玄黄宇宙", 4.7)[0]
    assert line.text == "天地AB玄"
    assert steps(line) == pytest.approx([1, 1.35, 0.5, 0.85], abs=1e-3)
    assert line.loose == 0


def test_E4_3_then_every_other_gap_alike() -> None:
    line = compose("天地玄黄宇，洪荒", 5.4, scheme="half")[0]
    assert line.text == "天地玄黄宇" or line.text == "天地玄黄"
    line = compose("天地玄黄AB宇宙洪荒", 7.3)[0]
    assert line.text == "天地玄黄AB宇"
    gaps = steps(line)
    assert gaps[3] == pytest.approx(1.5)
    assert gaps[0] == gaps[1] == gaps[2] == pytest.approx(1 + line.loose)
    assert line.loose == pytest.approx(0.3 / 3, abs=1e-3)


@pytest.mark.parametrize("unit", ["——", "……", "WTO", "2026", "3.5%", "！！"])
def test_E5_nothing_grows_inside_a_unit(unit: str) -> None:
    natural = steps(solid(f"天{unit}地"))[1 : len(unit)]
    line = compose(f"天{unit}地玄黄", 8.6, align="distribute")[0]
    assert unit in line.text
    assert steps(line)[1 : len(unit)] == pytest.approx(natural)


@pytest.mark.parametrize("mark", ["～", "—", "–", "/"])
def test_E5_nothing_grows_beside_connectors_and_solidus(mark: str) -> None:
    natural, line = solid(f"天{mark}地"), compose(f"天{mark}地玄黄宇宙洪荒", 6.8)[0]
    assert line.loose > 0
    assert steps(line)[:2] == pytest.approx(steps(natural))


def test_E6_a_colon_gives_with_the_pauses() -> None:
    assert reach("天：地，玄A黄", 0.5) == pytest.approx([1, 0.75, 1, 0.75, 1.25, 0.75])


@BOTH
def test_E7_the_last_line_is_solid(breaking: str) -> None:
    for text in PROSE:
        last = compose(text, 13, breaking=breaking)[-1]
        assert last.loose == 0
        if not last.tight:
            natural = solid(last.text)
            assert last.width <= natural.width + 1e-6


def test_E8_the_optimum_looks_at_the_whole_paragraph() -> None:
    def widest(breaking: str) -> float:
        return max(line.loose for text in PROSE for line in compose(text, 13, breaking=breaking))

    assert widest("optimum") < widest("first-fit")


@pytest.mark.parametrize(
    ("measure", "breaking"), [(8, "optimum"), (9, "optimum"), (13, "optimum"), (18, "optimum"), (13, "first-fit")]
)
def test_E9_the_last_line_holds_two_han_besides_marks(measure: int, breaking: str) -> None:
    han = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往"
    for start in range(1, 4):
        for n in range(measure * 2, measure * 3 + 1):
            body = (han * 4)[start : start + n]
            text = body[:5] + "，" + body[5:] + "。"
            last = compose(text, measure, breaking=breaking)[-1]
            assert sum(c in han for c in last.text) >= 2
            assert not last.runt


def test_E9_a_runt_that_only_a_loose_line_could_mend_is_reported() -> None:
    last = compose("地玄黄宇宙，洪荒日月盈昃辰宿列张寒来暑往天地玄黄。", 8)[-1]
    assert last.text == "黄。"
    assert last.runt


def test_E9_a_runt_is_pulled_in_where_marks_can_give() -> None:
    lines = texts("天地，玄黄，宇宙洪荒日月。", 10.5)
    assert lines[-1] not in ("月。", "。")


def test_E10_even_spacing_spreads_a_name_over_its_cells() -> None:
    (two,) = compose("王明", 3, align="distribute")
    assert origins(two) == [0, 2]
    (three,) = compose("王小明", 3, align="distribute")
    assert origins(three) == [0, 1, 2]
    (four,) = compose("欧阳小明", 5, align="distribute")
    assert {round(step, 3) for step in steps(four)} == {1.333}
    (heads,) = compose("单位", 6, align="distribute")
    assert origins(heads) == [0, 5]


def test_E11_a_dash_stays_two_em_when_its_neighbours_spread() -> None:
    line = compose("天地——玄黄宇宙洪荒", 8.6)[0]
    assert line.loose > 0
    dashes = [x for c, x in glyphs(line) if c == "—"]
    assert dashes[1] - dashes[0] == pytest.approx(1)


def test_E12_a_loose_line_says_so() -> None:
    loose = compose("天地玄黄ABCDEFGHIJKL宇宙洪荒", 8, hyphenate=False)[0]
    assert loose.text == "天地玄黄"
    assert loose.loose > 0.25
    fine = compose("天地玄黄宇宙洪荒", 4)[0]
    assert fine.loose == 0
    stretched = compose("天地玄黄宇宙洪荒日月盈昃", 10.5)[0]
    assert stretched.loose == pytest.approx(0.5 / 9)


SQUEEZED = "天地玄黄宇宙洪荒日月盈。昃辰宿列张寒来暑往秋收冬藏闰余成岁"


def test_E12_gaps_between_han_give_a_twentieth_rather_than_the_line_be_looser_than_is_good() -> None:
    # 10 characters in 11 em are 1/9 em too far apart; 11 and a stop, 11½ em, are drawn together by less than half that.
    line = compose(SQUEEZED, 11, breaking="optimum")[0]
    assert line.text == "天地玄黄宇宙洪荒日月盈。"
    assert steps(line) == pytest.approx([1 - 0.5 / 11] * 11, abs=1e-4)
    assert line.loose == pytest.approx(-0.5 / 11)
    assert (line.x + line.width, line.shortfall) == (pytest.approx(11), 0)
    assert compose(SQUEEZED, 11)[0].loose == pytest.approx(1 / 9)  # first fit never does it
    assert compose(SQUEEZED, 11, breaking="optimum", tight=0.0)[0].loose == pytest.approx(1 / 9)


def test_E12_a_paragraph_whose_gaps_give_takes_as_many_lines_as_it_takes() -> None:
    p = paragraph("天地玄黄宇宙洪荒日月盈。" + "昃辰宿列张寒来暑往秋收" * 3)
    ends = p.break_lines([11])
    assert p.lines(ends, [11])[0].loose < 0
    assert p.break_lines([11], lines=len(ends)) == ends


def test_E12_they_never_give_more_and_not_where_a_line_looks_well_without() -> None:
    ten = compose("天地玄黄宇宙洪荒日。" + SQUEEZED, 9, breaking="optimum")[0]  # 9½ em in 9: more than 9 twentieths
    assert ten.loose > 0
    thirteen = compose("天地玄黄宇宙洪荒日月盈昃辰。" + SQUEEZED, 13, breaking="optimum")[0]
    assert thirteen.loose == pytest.approx(1 / 11)
    for text in PROSE:
        for line in compose(text, 13, breaking="optimum"):
            assert line.loose >= -0.05 - 1e-9


def test_E12_what_no_gap_can_fill_is_a_shortfall() -> None:
    one, other = (
        TextRun("天", "Square"),
        TextRun("地玄黄宇", "Square", ruby="one"),
    )  # four Han under one ruby are not parted
    lines = compose([one, other], 4)
    assert lines[0].text == "天"
    assert lines[0].shortfall == pytest.approx(3)


@BOTH
def test_right_edges_hold_where_measures_differ(breaking: str) -> None:
    measures = [18, 18, 12, 12, 28, 9]
    for text in PROSE:
        lines = compose(text, *measures, breaking=breaking, indent=2.0)
        for n, line in enumerate(lines[:-1]):
            assert line.measure == measures[min(n, 5)]
            assert line.x + line.width == pytest.approx(line.measure, abs=1e-6)
        for before, after in pairwise(lines):
            assert before.end == after.start


def test_D4_a_space_that_a_line_swallows_takes_no_part_of_what_the_line_lacks() -> None:
    first, *_ = layout.set_lines("山高水长《风清月明春华秋实好处 山高水长风清月明", 16, indent=0)
    last, x, _ = first.glyphs[-1]
    assert (last, x + 1) == ("处", pytest.approx(16.0))
