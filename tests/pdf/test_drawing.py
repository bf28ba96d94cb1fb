"""Drawings of a composition: paths that print in their own inks, dots that are round, thin black that overprints."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from layout.composition import Box, Colour, DrawnShape

from .compositions import issue, page, write
from .readers import assert_clean, plates

RED, BLACK = Colour(0, 1, 1, 0.15), Colour()
SQUARE = (("m", 0.0, 0.0), ("l", 60.0, 0.0), ("l", 60.0, 40.0), ("l", 0.0, 40.0), ("h",))


def drawing(*shapes: DrawnShape, **more: str) -> Box:
    return Box("drawing", 100.0, 200.0, 60.0, 40.0, shapes=shapes, **more)


def content(path: Path) -> bytes:
    with pikepdf.open(path) as pdf:
        return pdf.pages[0].Contents.read_bytes()


def test_a_filled_path_prints_where_it_stands_in_its_own_inks(tmp_path):
    path = write(issue(page(boxes=(drawing(DrawnShape(SQUARE, RED)),))), tmp_path / "a.pdf")
    assert_clean(path)
    with pdfplumber.open(path) as pdf:
        (shape,) = [*pdf.pages[0].rects, *pdf.pages[0].curves]
        box = pdf.pages[0].trimbox
    left, top = shape["x0"] - box[0], shape["top"] - (pdf.pages[0].height - box[3])
    assert (left, top) == (pytest.approx(100, abs=0.01), pytest.approx(200, abs=0.01))
    assert (shape["width"], shape["height"]) == (pytest.approx(60), pytest.approx(40))
    assert shape["non_stroking_color"] == pytest.approx((0, 1, 1, 0.15))


def test_a_red_path_leaves_nothing_on_the_cyan_plate(tmp_path):
    path = write(issue(page(boxes=(drawing(DrawnShape(SQUARE, RED)),))), tmp_path / "a.pdf")
    cyan, magenta, _, _ = plates(path)
    assert cyan.getextrema()[1] == 0
    assert magenta.getextrema()[1] == 255


def test_dashes_of_no_length_with_round_ends_are_dots(tmp_path):
    dotted = DrawnShape((("m", 0.5, 0.5), ("l", 59.5, 0.5)), None, RED, 1.0, (0.0, 2.95), True)
    path = write(issue(page(boxes=(drawing(dotted),))), tmp_path / "a.pdf")
    assert_clean(path)
    stream = content(path)
    assert b"1 J 1 j" in stream
    assert b"[0 2.95] 0 d" in stream
    _, magenta, _, _ = plates(path, dpi=600)
    line = magenta.crop(magenta.getbbox())
    middle = [line.getpixel((x, line.height // 2)) > 127 for x in range(line.width)]
    runs = sum(inked and not before for before, inked in zip([False, *middle], middle, strict=False))
    assert runs == 21  # 59 pt in steps of 2.95, a dot at either end


def test_a_thin_black_line_overprints_and_a_red_one_knocks_out(tmp_path):
    def states(colour: Colour) -> bytes:
        line = DrawnShape((("m", 0.0, 0.0), ("l", 60.0, 0.0)), None, colour, 0.4)
        return content(write(issue(page(boxes=(drawing(line),))), tmp_path / f"{colour.k}.pdf"))

    assert b"/Over gs" in states(BLACK)
    assert b"/Over gs" not in states(RED)


def test_a_drawing_that_is_reported_in_words_is_a_figure_and_any_other_an_ornament(tmp_path):
    told = write(
        issue(page(boxes=(drawing(DrawnShape(SQUARE, RED), alt="横条图", article="trees"),))), tmp_path / "a.pdf"
    )
    assert b"/Figure" in content(told)
    with pikepdf.open(told) as pdf:
        assert any(
            "横条图" in str(item.get("/Alt", "")) for item in pdf.objects if isinstance(item, pikepdf.Dictionary)
        )
    plain = write(issue(page(boxes=(drawing(DrawnShape(SQUARE, RED)),))), tmp_path / "b.pdf")
    assert b"/Figure" not in content(plain)
    assert b"/Artifact" in content(plain)
