"""Galleys: paragraphs as they were last approved, line by line, in many settings.

A line of a galley is its text, with `↵` where it is the last one of its paragraph, and under it where its characters
stand, in em: `2+1.1×9` is one at 2 and nine more, 1.1 em apart. How it came to its measure follows.
`pytest --update` writes them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from composing import FACES
from galleys import number, places
from generated import Writer

from layout.text.paragraph import LineSetting, Paragraph, SetLine, TextRun

Golden = Callable[[str, str], None]
PROSE = [Writer(300 + seed).paragraph(130, numbers=0.15) for seed in range(3)]
MIXED = [Writer(400 + seed).paragraph(110, numbers=0.2, latin=0.3) for seed in range(4)]
MEDLEY = [Writer(500 + seed).medley(110) for seed in range(4)]
NARROW = (
    "第12期international通讯，见https://www.example.org/issues/2026?page=3。",
    "state-of-the-art的communication，2020—2026年",
)


def described(line: SetLine, last: bool) -> str:
    facts = {
        "x": line.x, "loose": line.loose, "tight": line.tight, "shortfall": line.shortfall, "hung": line.hung,
        "free": line.available,
    }  # fmt: skip
    words = [f"{number(line.width)} of {number(line.measure)}"]
    words += [f"{name} {number(value)}" for name, value in facts.items() if number(value) != "0"]
    words += [name for name in ("hyphenated", "forced", "runt") if getattr(line, name)]
    for piece in line.pieces:
        if piece.size != 1 or piece.rise:
            words.append(f"{piece.text}: size {piece.size:g} rise {number(piece.rise)}")
        if piece.dots:
            words.append("dots " + " ".join(map(number, piece.dots)))
        if piece.ruby:
            words.append(f"{piece.ruby} at {number(piece.ruby_x)} size {piece.ruby_size:g}")
    return f"{line.text}{'↵' if last else ''}\n    {places([x for piece in line.pieces for x in piece.xs])} · {', '.join(words)}\n"


def galley(text: str | Sequence[TextRun], measures: Sequence[float], setting: dict[str, Any], **how: Any) -> str:
    runs = [TextRun(text, "Square")] if isinstance(text, str) else text
    p = Paragraph(runs, LineSetting(**setting), FACES)
    head = f"{', '.join(f'{key} {value}' for key, value in {**setting, **how}.items())} · {[*measures]}\n"
    ends = p.break_lines(measures, **how)
    if ends is None:
        return head + "no such lines\n"
    lines = p.lines(ends, measures)
    assert [line.end for line in lines] == ends
    return head + "".join(described(line, line is lines[-1]) for line in lines)


SETTINGS: dict[str, list[dict[str, Any]]] = {
    "levels": [{"level": level} for level in ("none", "basic", "gb", "strict")],
    "schemes": [{"scheme": scheme} for scheme in ("natural", "full", "kaiming", "half", "line_end_half")],
    "pairs": [{"pairs": "keep"}, {"pairs": "tight"}, {"pairs": "keep", "line_end": "needed"}],
    "edges": [{"line_end": "needed"}, {"line_start": "first"}, {"line_start": "full"}, {"hanging_punctuation": True}],
    "widths": [
        {"gap": 0.125, "gap_most": 0.25}, {"word_space": 0.5}, {"interpunct": 1.0}, {"han_space": 0.5},
        {"digit_width": 0.55}, {"tracking": 0.02}, {"tracking": -0.02},
    ],
    "places": [
        {"align": "left"}, {"align": "right", "right": 1.0}, {"align": "center", "left": 1.0, "right": 2.0},
        {"align": "distribute"}, {"indent": 0.0, "hanging_indent": 1.0}, {"left": 1.0, "right": 0.5},
    ],
    "choices": [
        {"squeeze_stops": False, "tight": 0.0}, {"tight": 0.1}, {"hyphenate": False}, {"keep_names": True},

    ],
}  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_marks_of_every_kind_are_set_as_approved(name: str, golden: Golden) -> None:
    text = ""
    for place, setting in enumerate(SETTINGS[name]):
        for breaking in ("optimum", "first-fit"):
            text += galley(MEDLEY[place % 4], [13], setting, breaking=breaking)
        text += galley(MIXED[place % 4], [9.5], setting)
    golden(f"galley-{name}", text)


@pytest.mark.parametrize("measure", [8, 9, 13, 18.5])
def test_prose_is_broken_as_approved(measure: float, golden: Golden) -> None:
    text = "".join(galley(prose, [measure], {}, breaking=how) for prose in PROSE for how in ("optimum", "first-fit"))
    golden(f"galley-prose-{measure}", text)


def test_lines_of_several_measures_and_frames_ends_are_as_approved(golden: Golden) -> None:
    text = ""
    for prose in PROSE:
        for measures in ([18, 18, 12, 12, 28, 9], [6, 6, 18]):
            text += galley(prose, measures, {}) + galley(prose, measures, {}, frame_ends=(1, 3, 5))
    golden("galley-measures", text)


def test_paragraphs_of_a_wished_number_of_lines_are_as_approved(golden: Golden) -> None:
    text = ""
    for prose, measure in zip([*PROSE, *MIXED], (18, 13, 11, 18, 13, 28, 16), strict=True):
        p = Paragraph([TextRun(prose, "Square")], LineSetting(), FACES)
        fewest, natural, most = p.line_range([measure])
        text += f"{fewest} to {most} lines, {natural} at best\n"
        for lines in range(fewest - 1, most + 2):
            text += galley(prose, [measure], {}, lines=lines)
    golden("galley-wished", text)


def test_words_and_letters_that_do_not_fit_are_divided_as_approved(golden: Golden) -> None:
    text = ""
    for words in NARROW:
        for measure in (3, 4.5, 6, 8):
            text += galley(words, [measure], {"indent": 0.0}, breaking="optimum")
            text += galley(words, [measure], {"indent": 0.0}, breaking="first-fit")
    golden("galley-narrow", text)


def test_runs_of_every_kind_are_set_as_approved(golden: Golden) -> None:
    runs = [
        TextRun("秋收", "Square"), TextRun("晒谷场，号子", "Square", dots=True), TextRun("渔港", "Square", ruby="yúgǎng"),
        TextRun("码头", "Square", ruby="mǎ"), TextRun("（见注", "Square"), TextRun("12", "Square", superscript=True),
        TextRun("）小字，Smith’s", "Square", size=0.75), TextRun("大字。", "Square", size=1.5),
        TextRun("欧阳明月", "Square", tag="name"), TextRun("和社火锣鼓，", "Square"),
        TextRun("老人：", "Square", tag="speaker"), TextRun("“开船了——”大家 OK 说 10 km。", "Square", ruby=""),
        TextRun("The ferry", "Square", dots=True), TextRun("靠岸", "Square", ruby="kào àn", size=0.8),
    ]  # fmt: skip
    text = ""
    for measure in (7, 9, 13.5, 60):
        for how in ("optimum", "first-fit"):
            text += galley(runs, [measure], {"indent": 0.0}, breaking=how)
    text += galley(runs, [13.5], {"align": "distribute", "ruby": 0.4, "keep_names": True}, breaking="optimum")
    golden("galley-runs", text)
