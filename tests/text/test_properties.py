"""What holds for any text in any setting."""

from __future__ import annotations

from itertools import pairwise

import hypothesis.strategies as st
import pytest
from composing import FACES
from generated import LATIN, MARKS, NUMBERS, RUNS_OF_MARKS, WORDS
from hypothesis import HealthCheck, given, settings

from layout.text.paragraph import LineSetting, Paragraph, TextRun

SPACES = " \u3000\t\n"
bits = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.sampled_from([*MARKS]),
    st.sampled_from(RUNS_OF_MARKS),
    st.sampled_from(NUMBERS + LATIN),
    st.sampled_from([" ", "\u3000", "  "]),
    st.text(max_size=3),
)
texts = st.lists(bits, max_size=40).map("".join)
measures = st.lists(st.sampled_from([4, 6, 8, 12, 13, 16.5, 18, 28]), min_size=1, max_size=4)
choices = st.fixed_dictionaries(
    {},
    optional={
        "level": st.sampled_from(["none", "basic", "gb", "strict"]),
        "scheme": st.sampled_from(["natural", "full", "kaiming", "half", "line_end_half"]),
        "pairs": st.sampled_from(["keep", "trim", "tight"]),
        "line_end": st.sampled_from(["half", "needed"]),
        "line_start": st.sampled_from(["flush", "first", "full"]),
        "align": st.sampled_from(["justify", "left", "right", "center", "distribute"]),
        "indent": st.sampled_from([0.0, 1.0, 2.0]),
        "hanging_indent": st.sampled_from([0.0, 1.0]),
        "gap": st.sampled_from([0.0, 0.125, 0.25]),
        "interpunct": st.sampled_from([0.5, 1.0]),
        "hanging_punctuation": st.booleans(),
        "squeeze_stops": st.booleans(),
        "hyphenate": st.booleans(),
        "keep_names": st.booleans(),
        "digit_width": st.sampled_from([0.0, 0.5]),
        "tracking": st.sampled_from([-0.02, 0.0, 0.02]),
        "tight": st.sampled_from([0.0, 0.05]),
    },
)
breakings = st.sampled_from(["first-fit", "optimum"])
sizes = st.sampled_from([1.0, 1.0, 1.0, 0.75, 1.5])


@st.composite
def runs_of(draw: st.DrawFn) -> list[TextRun]:
    text = draw(texts)
    cuts = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=3))})
    runs = []
    for start, end in pairwise(cuts):
        attributes: dict[str, object] = {"size": draw(sizes)}
        kind = draw(st.sampled_from(["plain", "plain", "plain", "dots", "superscript", "ruby", "name"]))
        if kind == "dots":
            attributes["dots"] = True
        elif kind == "name":
            attributes["tag"] = "name"
        elif end - start <= 3 and kind == "superscript":
            attributes["superscript"] = True
        elif end - start <= 3 and kind == "ruby":
            attributes["ruby"] = "pīnyīn"
        runs.append(TextRun(text[start:end], "Square", **attributes))  # type: ignore[arg-type]
    return runs or [TextRun("", "Square")]


@given(runs_of(), measures, choices, breakings)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_goes_in_comes_out_once_in_order_and_inside_its_measure(
    runs: list[TextRun], given_measures: list[float], setting: dict[str, object], breaking: str
) -> None:
    p = Paragraph(runs, LineSetting(**setting), FACES)  # type: ignore[arg-type]
    ends = p.break_lines(given_measures, breaking)  # type: ignore[call-overload]
    lines = p.lines(ends, given_measures)
    text = "".join(run.text for run in runs)

    assert [line.end for line in lines] == ends
    assert "".join(text[line.start : line.end] for line in lines) == text

    printed = ""
    for line in lines:
        printed += line.text.removesuffix("-") if line.hyphenated else line.text
    assert [c for c in printed if not c.isspace()] == [c for c in text if not c.isspace()]

    for number, line in enumerate(lines):
        assert all(len(piece.text) == len(piece.xs) for piece in line.pieces)
        # The white half of a mark may lie under what is before it; letters and Han come one after another.
        xs = [x for piece in line.pieces for c, x in zip(piece.text, piece.xs, strict=True) if c.isalnum()]
        assert xs == sorted(xs)
        if line.shortfall >= 0:
            assert line.x + line.width <= line.measure + 1e-6
        else:  # nothing could be parted: one item alone
            assert len(line.text) <= max(
                4, max((len(run.text) for run in runs if run.ruby or run.superscript), default=0)
            )
        if number < len(lines) - 1 and setting.get("align", "justify") == "justify" and not line.shortfall:
            assert line.x + line.width == pytest.approx(line.measure, abs=1e-6)
        for piece in line.pieces:
            assert runs[piece.run].face == piece.face


@given(runs_of(), measures, choices, breakings)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_composing_twice_gives_the_same(
    runs: list[TextRun], given_measures: list[float], setting: dict[str, object], breaking: str
) -> None:
    def once() -> list[object]:
        p = Paragraph(runs, LineSetting(**setting), FACES)  # type: ignore[arg-type]
        return [*p.lines(p.break_lines(given_measures, breaking), given_measures)]  # type: ignore[call-overload]

    assert once() == once()


@given(texts, measures, st.integers(1, 30))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_wished_number_of_lines_is_met_exactly_or_not_at_all(
    text: str, given_measures: list[float], wished: int
) -> None:
    p = Paragraph([TextRun(text, "Square")], LineSetting(), FACES)
    ends = p.break_lines(given_measures, lines=wished)
    assert ends is None or (len(ends) == wished and ends[-1] == len(text))
    fewest, natural, most = p.line_range(given_measures)
    assert fewest <= natural <= most


def test_a_runt_gets_company_only_where_its_line_has_room() -> None:
    """Found by the first of these properties: a character was sent to a last line that it made too wide."""
    sizes = (("里》”镇", 1.0), ("》—", 0.75), ("村，河", 1.0), ("，）），", 1.5))
    setting = LineSetting(indent=0.0, hanging_indent=1.0, level="strict")
    p = Paragraph([TextRun(text, "Square", size=size) for text, size in sizes], setting, FACES)
    lines = p.lines(p.break_lines([6.0], "first-fit"), [6.0])
    assert [line.text for line in lines] == ["里》”镇》—村，", "河，）），"]
    assert all(line.shortfall >= 0 for line in lines)
