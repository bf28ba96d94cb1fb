"""Choosing line ends: the best paragraph, a wished number of lines, frames' ends, and many measures at no cost."""

from __future__ import annotations

import sys
from itertools import product

import pytest
from composing import PLAIN, compose, paragraph, texts
from generated import Writer

from layout.text import line_breaking as breaking_module
from layout.text.line_breaking import exactly, optimum
from layout.text.spacing import FAIR_STRETCH, GOOD_STRETCH

PROSE = [Writer(100 + seed).paragraph(180) for seed in range(20)]


def test_the_optimum_is_the_best_of_all_ways_to_break() -> None:
    """Checked against every way there is, for paragraphs short enough to try them all."""
    room, tried = 9000, 0
    for seed in range(60):
        p = paragraph(Writer(seed).paragraph(50, numbers=0.4)[:50] + "。")._items()
        best = optimum(p, (room,))
        line = breaking_module._Line(room, breaking_module.WIDTH_SLACK)
        solutions, every = [breaking_module.START_NODE], []
        while solutions:
            for end, way in breaking_module._ends(p, [solutions.pop()], line).items():
                if end == p.size:
                    every.append(way[0])
                else:
                    solutions.append(way)
        tried += len(every)
        assert best.cost == pytest.approx(min(every))
    assert tried > 3000


def test_the_beam_costs_nothing_on_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    def cost() -> float:
        return sum(optimum(paragraph(text)._items(), (13000,)).cost for text in PROSE)

    narrow = cost()
    monkeypatch.setattr(breaking_module, "_BEAM_WIDTH", 1000)
    assert narrow == pytest.approx(cost())


@pytest.mark.parametrize("measure", [12, 13, 16, 18, 28])
def test_no_line_of_the_optimum_is_looser_than_first_fits_loosest_and_than_can_be_seen(measure: int) -> None:
    for text in PROSE:
        plain = max(line.loose for line in compose(text, measure))
        best = max(line.loose for line in compose(text, measure, breaking="optimum"))
        assert best <= max(plain, GOOD_STRETCH / 1000 / 2) + 1e-6


@pytest.mark.parametrize("seed", [90, 189, 563])
def test_where_the_least_sum_has_a_looser_line_than_first_fit_a_way_that_has_none_is_taken(seed: int) -> None:
    p = paragraph(Writer(seed).paragraph(60, numbers=0.2))
    items, rooms = p._items(), (9000,)
    least = optimum(items, rooms)
    plain = breaking_module.first_fit(items, rooms)
    assert (
        breaking_module.loosest(items, least.ends, rooms) > breaking_module.loosest(items, plain, rooms) > GOOD_STRETCH
    )
    taken = max(line.loose for line in p.lines(p.break_lines([9]), [9]))
    assert taken <= breaking_module.loosest(items, plain, rooms) / 1000 + 1e-6


def test_lines_that_would_be_looser_than_is_fair_are_not_made_to_meet_a_number() -> None:
    p = paragraph("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余")
    assert len(p.break_lines([13])) == 2
    assert p.break_lines([13], lines=3) is not None  # 12 + 12 + 2
    assert p.break_lines([13], lines=4) is None


def test_a_wished_number_of_lines_is_met_or_refused() -> None:
    more, fewer, refused = 0, 0, 0
    for text, measure in product(PROSE, (13, 18)):
        p = paragraph(text)
        natural = len(p.break_lines([measure]))
        for lines in (natural - 1, natural, natural + 1):
            ends = p.break_lines([measure], lines=lines)
            if ends is None:
                refused += 1
                continue
            assert len(ends) == lines
            assert ends[-1] == len(text)
            set_lines = p.lines(ends, [measure])
            assert all(line.loose <= FAIR_STRETCH / 1000 + 1e-6 for line in set_lines)
            assert all(line.width <= measure + 1e-6 for line in set_lines)
            more += lines > natural
            fewer += lines < natural
        assert p.break_lines([measure], lines=natural) is not None
        assert p.break_lines([measure], lines=natural + 6) is None
        assert p.break_lines([measure], lines=1) is None
    assert more > 5
    assert fewer > 5
    assert refused


def test_the_natural_number_of_lines_costs_no_more_than_the_optimum() -> None:
    for text in PROSE:
        p = paragraph(text)._items()
        best = optimum(p, (13000,))
        again = exactly(p, (13000,), len(best.ends))
        assert again is not None
        assert again.cost <= best.cost + 1e-9


def test_the_range_of_lines_holds_what_can_be_met() -> None:
    for text, measure in product(PROSE, (13, 18)):
        p = paragraph(text)
        fewest, natural, most = p.line_range([measure])
        assert fewest <= natural <= most
        assert natural == len(p.break_lines([measure]))
        assert p.break_lines([measure], lines=fewest - 1) is None if fewest > 1 else True
        assert p.break_lines([measure], lines=most + 1) is None
    short = paragraph("天地玄黄")
    assert short.line_range([13]) == (1, 1, 1)


def test_before_a_frames_end_no_line_ends_in_a_function_word_or_parts_a_number() -> None:
    def bad(frame_ends: tuple[int, ...]) -> int:
        count = 0
        for text in PROSE:
            p = paragraph(text)
            ends = p.break_lines([18], frame_ends=frame_ends)
            for line in (2, 4, 6):
                if line < len(ends) - 1 and text[ends[line] - 1] in breaking_module.FUNCTION_WORDS:
                    count += 1
        return count

    assert bad((2, 4, 6)) < bad(())


def test_asking_again_gives_the_same_and_works_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    p = paragraph(PROSE[0])
    first = p.break_lines([18, 18, 12])
    first.append(99)  # what is handed out is the caller's own
    calls = []
    original = breaking_module._ends
    monkeypatch.setattr(breaking_module, "_ends", lambda *args, **more: calls.append(1) or original(*args, **more))
    assert p.break_lines([18, 18, 12, 12]) == first[:-1]
    assert not calls
    p.break_lines([18, 18, 13])  # two lines are known from before
    lines = len(p.break_lines([18, 18, 13]))
    assert 0 < len(calls) <= lines - 2 + 1


def test_a_long_paragraph_needs_no_deep_stack() -> None:
    text = Writer(7).paragraph(60_000)
    limit = sys.getrecursionlimit()
    p = paragraph(text)
    for way in ("first-fit", "optimum"):
        ends = p.break_lines([13], way)  # type: ignore[call-overload]
        assert len(ends) > limit
        assert ends[-1] == len(text)
    del p


def test_words_without_a_break_and_runs_of_marks_take_no_time_out_of_proportion() -> None:
    for text in ("(" * 3000, "a" * 5000, "。" * 3000, "“" * 2000 + "a", " " * 4000 + "天", "1," * 3000, "…" * 2001):
        p = paragraph(text, level="gb")
        for way in ("first-fit", "optimum"):
            ends = p.break_lines([13], way)  # type: ignore[call-overload]
            assert ends[-1] == len(text)


def test_offsets_count_characters_as_typed() -> None:
    text = "  天地 WTO 玄黄宇宙international洪荒日月。 "
    p = paragraph(text, indent=2.0)
    for measure in (6, 7, 8, 9, 10):
        lines = p.lines(p.break_lines([measure]), [measure])
        assert "".join(text[line.start : line.end] for line in lines) == text


def test_first_fit_and_optimum_agree_where_nothing_can_be_bettered() -> None:
    han = "天地玄黄宇宙洪荒日月盈昃"
    assert texts(han, 4) == texts(han, 4, breaking="optimum") == ["天地玄黄", "宇宙洪荒", "日月盈昃"]
    assert PLAIN["indent"] == 0
