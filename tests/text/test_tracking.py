"""Tracking is what copyfitting gives or takes between characters: to all alike, not in words, not at a line's edge."""

from __future__ import annotations

import pytest
from composing import FACES, compose, origins, solid, steps
from generated import Writer

from layout.text.plain_lines import set_lines
from layout.text.setting import LineSetting

HAN = "春种秋收夏耘冬藏灯火照桥" * 12


@pytest.mark.parametrize("tracking", [-0.02, 0.01, 0.02])
def test_every_character_takes_its_share(tracking):
    assert steps(solid(HAN[:10], tracking=tracking)) == pytest.approx([1 + tracking] * 9)


def test_words_and_the_space_round_them_stay_as_they_are():
    plain, tracked = solid("春ABC秋收", gap=0.25), solid("春ABC秋收", gap=0.25, tracking=0.02)
    assert steps(tracked)[:4] == steps(plain)[:4]
    assert steps(tracked)[4] == pytest.approx(steps(plain)[4] + 0.02)


@pytest.mark.parametrize("breaking", ["first-fit", "optimum"])
@pytest.mark.parametrize("tracking", [-0.02, 0.02])
def test_a_tracked_line_fills_its_measure_and_begins_at_its_edge(tracking, breaking):
    lines = compose(HAN, 18, tracking=tracking, breaking=breaking)
    assert all(origins(line)[0] == pytest.approx(0) for line in lines)
    assert all(line.x + line.width == pytest.approx(18) for line in lines[:-1])


def test_two_hundredths_save_or_add_a_line_of_a_long_paragraph():
    text = (HAN * 3)[:300]
    assert [len(compose(text, 60, tracking=tracking)) for tracking in (-0.02, 0.02)] == [5, 6]


def test_nothing_of_the_text_is_lost():
    text = "会上（村组）说：“三个一”活动2026年启动；ABC项目完工。" * 6
    for tracking in (-0.02, 0.02):
        assert "".join(line.text for line in compose(text, 17, tracking=tracking, breaking="optimum")) == text


@pytest.mark.parametrize("breaking", ["first-fit", "optimum"])
@pytest.mark.parametrize("tracking", [-0.02, -0.005, 0.015, 0.02])
def test_whole_paragraphs_are_tracked_for_other_tools_as_well_and_end_at_their_edge(tracking, breaking):
    setting, plain = LineSetting(tracking=tracking), LineSetting()
    lines = {True: 0, False: 0}
    for seed in range(20):
        text = Writer(seed).paragraph(200, numbers=0.1, latin=0.1)
        for measure in (13, [18, 18, 12, 28]):
            tracked = set_lines(text, measure, breaking=breaking, font=FACES["Square"], setting=setting)
            lines[True] += len(tracked)
            lines[False] += len(set_lines(text, measure, breaking=breaking, font=FACES["Square"], setting=plain))
            rooms = [measure] * 99 if isinstance(measure, int) else [*measure, *[28] * 99]
            for number, (line, room) in enumerate(zip(tracked[:-1], rooms, strict=False)):
                x, advance = line.glyphs[-1][1:]
                if line.text.isascii() and " " not in line.text:  # a word or an address alone is ragged (rule E5)
                    assert x + advance < room
                else:
                    assert x + advance == pytest.approx(room, abs=1e-6), (number, line.text)
    more = lines[True] - lines[False]
    assert more * tracking >= 0
    assert more or abs(tracking) < 0.02
