"""What touches the trim reaches the bleed's edge, and nothing else moves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from layout.composition import Page, PlacedPicture
from layout.pdf.painting.bleed import bled, bled_picture, overhang
from layout.units import mm

from .compositions import A4, issue, page, write
from .furniture_piece import plain
from .readers import plates

BLEED = mm(3)
SHEET = Page(1, "", *A4)


def test_only_edges_on_the_trim_move() -> None:
    assert overhang((0, 100, 300, 50), SHEET, BLEED) == (BLEED, 0, 0, 0)
    assert overhang((10, 100, A4[0] - 10, 50), SHEET, BLEED) == pytest.approx((0, 0, BLEED, 0))
    assert bled((0, 0, *A4), SHEET, BLEED) == pytest.approx((-BLEED, -BLEED, A4[0] + 2 * BLEED, A4[1] + 2 * BLEED))
    assert bled((20, 30, 40, 50), SHEET, BLEED) == (20, 30, 40, 50)


def test_what_is_past_the_bleed_stays() -> None:
    assert bled((-20, 100, 300, 50), SHEET, BLEED) == (-20, 100, 300, 50)


places = st.tuples(st.sampled_from([0.0, 50.0, A4[0] - 200]), st.sampled_from([0.0, 50.0, A4[1] - 100]))
crops = st.tuples(*[st.floats(0, 0.4)] * 2, *[st.floats(0.6, 1)] * 2)


@given(place=places, crop=crops)
def test_a_picture_at_the_trim_shows_more_of_itself_undistorted(
    place: tuple[float, float], crop: tuple[float, float, float, float]
) -> None:
    before = PlacedPicture("p.jpg", *place, 200, 100, crop)
    after = bled_picture(before, SHEET, BLEED)
    left, top, right, bottom = after.crop
    assert -1e-9 <= left < right <= 1 + 1e-9
    assert -1e-9 <= top < bottom <= 1 + 1e-9
    shape = (right - left) / after.width, (bottom - top) / after.height
    was = (crop[2] - crop[0]) / 200, (crop[3] - crop[1]) / 100
    assert shape[0] / shape[1] == pytest.approx(was[0] / was[1], rel=1e-6)
    if place == (50.0, 50.0):
        assert after is before


def test_a_picture_of_which_nothing_is_left_out_is_enlarged_a_little() -> None:
    after = bled_picture(PlacedPicture("p.jpg", 0, 0, 200, 100), SHEET, BLEED)
    assert (after.x, after.y) == (-BLEED, -BLEED)
    left, top, right, bottom = after.crop
    assert (right - left, bottom - top) == pytest.approx(((200 + BLEED) / (100 + BLEED) / 2, 1), abs=1e-6)


def test_a_full_picture_is_printed_up_to_the_bleed(tmp_path: Path) -> None:
    Image.new("CMYK", (600, 400), (255, 0, 0, 0)).save(tmp_path / "sea.tif")
    picture = PlacedPicture(str(tmp_path / "sea.tif"), 0, 0, A4[0], 300, (0.1, 0.1, 0.9, 0.9))
    cyan, *_ = plates(write(issue(page(pictures=(picture,))), tmp_path / "a.pdf"), dpi=72)
    width, _ = cyan.size
    assert {cyan.getpixel(at) for at in ((1, 1), (width - 2, 1), (1, 300), (width - 2, 300))} == {255}
    assert cyan.getpixel((width // 2, 312)) == 0


def test_furniture_can_bleed(tmp_path: Path) -> None:
    css = (
        "div{position:absolute;left:calc(-1*var(--bleed-left));top:calc(-1*var(--bleed-top));"
        "width:calc(var(--width) + var(--bleed-left) + var(--bleed-right));height:20pt;"
        "background:device-cmyk(0 1 0 0)}"
    )
    band = replace(plain("<div></div>", css, width=A4[0], height=40), x=0.0, y=0.0, bleed=True)
    _, magenta, *_ = plates(write(issue(page(boxes=(band,))), tmp_path / "a.pdf"), dpi=72)
    width, _ = magenta.size
    assert {magenta.getpixel(at) for at in ((1, 1), (width - 2, 1), (width // 2, 18))} == {255}
    assert magenta.getpixel((width // 2, 22)) == 0
    inside = replace(plain("<div></div>", css, width=200, height=40), x=50.0, y=50.0, bleed=True)
    _, magenta, *_ = plates(write(issue(page(boxes=(inside,))), tmp_path / "b.pdf"), dpi=72)
    assert magenta.getpixel((56, 70)) == 0
    assert magenta.getpixel((60, 62)) == 255
