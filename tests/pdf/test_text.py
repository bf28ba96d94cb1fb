"""Lines are painted where the composer put them, and text comes out again as it went in."""

from __future__ import annotations

import re
from pathlib import Path

import pdfplumber
import pikepdf
import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from layout.composition import Frame, PlacedLine, Span
from layout.pdf.document import write_pdf
from layout.text.fonts.faces import Face

from .compositions import A4, SAMPLE, body, faces, issue, line, lines_of, page, press, span, write
from .readers import assert_clean, ink, plates, run, text_of

BLEED = 72 / 25.4 * 3


def characters(path: Path) -> list[tuple[str, float, float]]:
    """Every character with the origin of its cell: x from the trim's left, y of its baseline from the trim's top."""
    with pdfplumber.open(path) as pdf:
        return [
            (char["text"], char["matrix"][4] - BLEED, pdf.pages[0].height - BLEED - char["matrix"][5])
            for char in pdf.pages[0].chars
        ]


def test_every_character_stands_at_its_origin(tmp_path: Path) -> None:
    frame = body()
    found = characters(write(issue(page(frame)), tmp_path / "a.pdf"))
    wanted = [
        (char, x, shown.baseline)
        for shown in frame.lines
        for part in shown.spans
        for char, x in zip(part.text, part.xs, strict=True)
    ]
    assert [char for char, _, _ in found] == [char for char, _, _ in wanted]
    for (_, x, y), (_, wanted_x, wanted_y) in zip(found, wanted, strict=True):
        assert x == pytest.approx(wanted_x, abs=0.005)
        assert y == pytest.approx(wanted_y, abs=0.005)


steps = st.lists(st.floats(-3, 3), min_size=3, max_size=24)


@given(gaps=steps, size=st.sampled_from([6.5, 9.0, 10.5, 42.0]), scale=st.sampled_from([1.0, 0.8, 1.2]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_gaps_come_out_within_a_hundredth_of_an_em(
    tmp_path: Path, gaps: list[float], size: float, scale: float
) -> None:
    text = (SAMPLE + "2026 Linhe ")[-len(gaps) :]
    xs, at = [], 40.0
    for char, gap in zip(text, gaps, strict=True):
        xs.append(at)
        at += (faces()["Song-Regular"].advances[char] / 1000 * scale) * size + gap
    shown = PlacedLine(text, 40.0, 100.0, at - 40, size, (Span(text, "Song-Regular", size, xs, scale=scale),), 1)
    path = write(issue(page(Frame("a", "body", 40, 80, 400, 30, (shown,)))), tmp_path / "gaps.pdf")
    found = characters(path)
    assert "".join(char for char, _, _ in found) == text
    assert max(abs(x - wanted) for (_, x, _), wanted in zip(found, xs, strict=True)) <= 0.01 * size


def test_letters_far_apart_take_no_room_after_the_last(tmp_path: Path) -> None:
    shown = PlacedLine("收篙", 40, 100, 64, 16, (Span("收篙", "Hei-Bold", 16, (40.0, 88.0)),), 1)
    path = write(issue(page(Frame("a", "headline", 40, 80, 64, 30, (shown,)))), tmp_path / "a.pdf")
    with pdfplumber.open(path) as pdf:
        assert [char["x1"] - BLEED for char in pdf.pages[0].chars] == pytest.approx([56, 104], abs=0.01)
    with pikepdf.open(path) as pdf:
        assert "Tc" not in {str(operator) for _, operator in pikepdf.parse_content_stream(pdf.pages[0])}


def test_a_raised_span_stands_above_the_baseline(tmp_path: Path) -> None:
    low, high = span("水", 40), replace(span("2", 49, size=6.0), rise=3.0)
    shown = PlacedLine("水2", 40, 100, 12, 9, (low, high), 1)
    path = write(issue(page(Frame("a", "body", 40, 80, 50, 30, (shown,)))), tmp_path / "rise.pdf")
    baselines = [
        float(y) for y in re.findall(r'<char [^>]* y="([\d.]+)"', run("mutool", "draw", "-q", "-F", "stext", path))
    ]
    assert [y - BLEED for y in baselines] == pytest.approx([100, 97], abs=0.01)


def test_a_vertical_line_runs_down_its_centre(tmp_path: Path) -> None:
    text, tops = "竖排，好", [100.0, 120.0, 140.0, 165.0]
    shown = PlacedLine(text, 300, 100, 85, 20, (Span(text, "Song-Bold", 20, tops),), 1, vertical=True)
    path = write(issue(page(Frame("a", "headline", 290, 100, 20, 90, (shown,)))), tmp_path / "vertical.pdf")
    assert text_of(path) == text
    with pdfplumber.open(path) as pdf:
        for char, top in zip(pdf.pages[0].chars, tops, strict=True):
            x, y = char["matrix"][4] - BLEED, pdf.pages[0].height - BLEED - char["matrix"][5]
            assert (x, y) == (pytest.approx(300, abs=0.01), pytest.approx(top, abs=0.01))
    with pikepdf.open(path) as pdf:
        (font,) = pdf.pages[0].Resources.Font.values()
        assert str(font.Encoding) == "/Identity-V"


def test_letters_on_their_side_have_the_middle_of_their_em_on_the_centre(tmp_path: Path) -> None:
    turned = replace(span("Abc", 100, size=20.0), turned=True)
    shown = PlacedLine("Abc", 300, 100, 40, 20, (turned,), 1, vertical=True)
    path = write(issue(page(Frame("a", "headline", 290, 100, 20, 90, (shown,)))), tmp_path / "turned.pdf")
    assert text_of(path) == "Abc"
    with pdfplumber.open(path) as pdf:
        matrix = pdf.pages[0].chars[0]["matrix"]
        assert matrix[:4] == (0, -1, 1, 0)
        assert matrix[4] - BLEED == pytest.approx(300 - 0.38 * 20, abs=0.01)
        assert pdf.pages[0].height - BLEED - matrix[5] == pytest.approx(100, abs=0.01)


def test_text_comes_out_article_by_article_with_paragraphs_whole_over_columns_and_pages(tmp_path: Path) -> None:
    long = list(lines_of(SAMPLE * 3, 36.64, 50, paragraph=2))
    columns = [long[:8], long[8:15], long[15:]]
    frames = [Frame("a", "body", 36.64 + 180 * n, 50, 162, 700, tuple(part)) for n, part in enumerate(columns)]
    first = Frame("a", "headline", 36.64, 20, 400, 30, (line("秋粮入库", 36.64, 44, paragraph=0, size=24.0),))
    other = body("另一篇报道只有一句话。", 36.64, 600, article="b")
    rest = replace(frames[2], lines=tuple(replace(one, baseline=one.baseline - 100) for one in frames[2].lines))
    path = write(issue(page(first, *frames[:2], other), page(rest, number=2)), tmp_path / "flow.pdf")
    told = "".join(one.text for frame in (first, *frames[:2], other, rest) for one in frame.lines)
    assert text_of(path) == told
    assert "".join(run("mutool", "draw", "-q", "-F", "txt", path).split()) == told


class Twins(Struct, dict=True):
    """A face in which 二 has no glyph of its own but that of 一."""

    face: Face
    name: str = "Twins"
    stroke: float = 0.0

    def __post_init__(self) -> None:
        self.path, self.advances, self.vertical = self.face.path, self.face.advances, self.face.vertical
        self.glyphs = self.face.glyphs | {"二": self.face.glyphs["一"]}
        self.shape, self.made = self.face.shape, self.face.made


def test_two_characters_of_one_glyph_come_out_each_as_itself(tmp_path: Path) -> None:
    text = "一二一二"
    song = faces()["Song-Regular"]
    assert all(map(song.glyphs.__getitem__, text))
    shown = PlacedLine(text, 40, 100, 36, 9, (Span(text, "Twins", 9, [40.0, 49.0, 58.0, 67.0]),), 1)
    composition = issue(page(Frame("a", "body", 40, 80, 60, 30, (shown,))))
    path = tmp_path / "twins.pdf"
    assert write_pdf(composition, path, faces={"Twins": Twins(song)}, target=press(), cache=None) == []
    assert text_of(path) == text
    assert_clean(path)
    black = plates(path, dpi=144)[3]
    first, second = (black.crop((round(2 * (x + BLEED)), 190, round(2 * (x + BLEED)) + 18, 230)) for x in (40, 49))
    assert ink(first) == 255
    assert first.tobytes() == second.tobytes()


def test_joiners_and_variation_selectors_leave_no_trace(tmp_path: Path) -> None:
    assert text_of(write(issue(page(body("葛\ufe00城\u200b河"))), tmp_path / "a.pdf")) == "葛城河"


def test_a_long_dash_is_drawn_with_forms_that_join(tmp_path: Path) -> None:
    path = write(issue(page(body("春——秋"))), tmp_path / "dash.pdf")
    assert text_of(path) == "春——秋"
    joined = faces()["Song-Regular"].shape("春——秋")
    with pikepdf.open(path) as pdf:
        shown = b"".join(
            bytes(part)
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) == "Tj"
            for part in operands
        )
    assert shown[2:4] == joined[1].to_bytes(2, "big")


def test_glyph_widths_are_the_face_s(tmp_path: Path) -> None:
    path = write(issue(page(body("Linhe 2026，好。"))), tmp_path / "widths.pdf")
    with pdfplumber.open(path) as pdf:
        for char in pdf.pages[0].chars:
            wanted = faces()["Song-Regular"].advances[char["text"]] * 9 / 1000
            assert char["adv"] == pytest.approx(wanted, abs=0.005)


def test_the_page_is_as_large_as_the_sheet(tmp_path: Path) -> None:
    with pdfplumber.open(write(issue(page()), tmp_path / "a.pdf")) as pdf:
        assert pdf.pages[0].width == pytest.approx(A4[0] + 2 * BLEED, abs=0.001)


SMALL = "二氧化碳CO₂、H₂SO₄，发电10⁸kW·h，用料2⅓吨，E=mc²。"


def test_B17_small_digits_that_the_face_lacks_are_drawn_and_taken_out_as_typed(tmp_path: Path) -> None:
    path = write(issue(page(Frame("a", "body", 40, 80, 400, 30, (line(SMALL, 40, 100),)))), tmp_path / "small.pdf")
    assert_clean(path)
    assert text_of(path) == SMALL
    assert "".join(pymupdf.open(path)[0].get_text().split()) == SMALL
    with pdfplumber.open(path) as pdf:
        characters = pdf.pages[0].chars
    sizes = {char["text"]: round(char["size"], 2) for char in characters}
    assert (sizes.get("2", 9), sizes["₂"], sizes["⁸"]) == (9, 6.03, 6.03)


def test_B17_a_raised_digit_stands_higher_than_a_lowered_one(tmp_path: Path) -> None:
    shown = line("A²A⁸A₂A", 40, 100, size=100.0)
    path = write(issue(page(Frame("a", "body", 40, 20, 500, 100, (shown,)))), tmp_path / "small.pdf")
    black = plates(path, dpi=72)[3]
    xs = shown.spans[0].xs

    def top_and_foot(at: int) -> tuple[int, int]:
        left, right = round(xs[at] + BLEED + 1), round(xs[at + 1] + BLEED - 1)
        box = black.crop((left, 0, right, black.height)).point(lambda value: 255 * (value > 127)).getbbox()
        assert box is not None
        return box[1], box[3]

    letter, raised, lowered = top_and_foot(0), top_and_foot(3), top_and_foot(5)
    assert raised[0] <= letter[0] + 3 < raised[1] < letter[1] - 10
    assert letter[0] + 10 < lowered[0] < letter[1] < lowered[1]
