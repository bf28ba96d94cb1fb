"""Colours: what stands for an ink while WeasyPrint draws, and what RGB is printed with."""

from __future__ import annotations

import re

import pytest

from layout.composition import Colour
from layout.pdf.inks import Inks, PlaceholderColours, ScreenColour, is_black
from layout.pdf.target import screen_target
from layout.pdf.writer import name, number, text_string

from .compositions import press


def stood_for(placeholders: PlaceholderColours, css: str) -> Colour | None:
    """The colour that the first RGB colour in a text stands for."""
    found = re.search(r"rgb\(([\d.]+) ([\d.]+) ([\d.]+)", css)
    assert found
    red, green, blue = (round(float(value) / 255, 6) for value in found.groups())
    return placeholders.colour(red, green, blue)


@pytest.mark.parametrize(
    ("css", "colour"),
    [
        ("device-cmyk(0 1 1 .15)", Colour(0, 1, 1, 0.15)),
        ("device-cmyk(0%, 100%, 50%, 0%)", Colour(0, 1, 0.5, 0)),
        ("device-cmyk(0 1 1 0 / 50%)", Colour(0, 1, 1, 0)),
        ('separation("PANTONE 186 C" 1 0 1 .8 .05)', Colour(0, 1, 0.8, 0.05, "PANTONE 186 C", 1)),
        ("separation('金 Gold' .4 0 .2 .6 .1)", Colour(0, 0.2, 0.6, 0.1, "金 Gold", 0.4)),
    ],
)
def test_an_ink_comes_back_as_it_was_written(css: str, colour: Colour) -> None:
    placeholders = PlaceholderColours()
    placeholders.write("device-cmyk(1 0 0 0) device-cmyk(0 0 0 1)")
    assert stood_for(placeholders, placeholders.write(f"color: {css}")) == colour


def test_alpha_stays_and_what_cannot_be_read_is_left_to_weasyprint() -> None:
    assert PlaceholderColours().write("device-cmyk(0 1 1 0 / .5)").endswith("/ .5)")
    for css in ("device-cmyk(var(--c) 0 0 0)", "device-cmyk(0 0 0)", "separation(x 1 0 0 0 0)"):
        assert PlaceholderColours().write(css) == css


def test_the_same_ink_has_one_stand_in_and_another_ink_another() -> None:
    placeholders = PlaceholderColours()
    first, again, other = (placeholders.write(f"device-cmyk(0 {m} 0 0)") for m in ("1", "100%", ".9"))
    assert first == again != other


def test_no_stand_in_stands_in_a_percent_encoded_address() -> None:
    assert "%" not in PlaceholderColours().write("url(data:image/svg+xml,<svg fill='device-cmyk(0 1 0 0)'/>)")


def test_a_mixture_of_stand_ins_is_refused() -> None:
    placeholders = PlaceholderColours()
    placeholders.write("device-cmyk(0 1 0 0) device-cmyk(1 0 0 0)")
    assert placeholders.colour(0.2, 0.4, 0.6) is None
    with pytest.raises(ValueError, match="mixed"):
        placeholders.colour(0.0015, 0.7313, 0.9137)


def test_greys_are_black_alone() -> None:
    inks = Inks(press())
    assert inks.from_light(0, 0, 0) == Colour(0, 0, 0, 1)
    assert inks.from_light(1, 1, 1) == Colour(0, 0, 0, 0)
    assert inks.from_light(0.25, 0.25, 0.25) == Colour(0, 0, 0, 0.75)


@pytest.mark.parametrize("other", [(1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 1, 1), (-1, 0, 0)])
def test_less_than_one_of_256_steps_between_red_green_and_blue_is_a_grey(other: tuple[int, int, int]) -> None:
    def found(step: float) -> Colour:
        colour = Inks(press()).from_light(*(0.5 + step * value for value in other))
        assert isinstance(colour, Colour)
        return colour

    grey, coloured = found(0.0039), found(0.0041)
    assert (grey.c, grey.m, grey.y) == (0, 0, 0)
    assert min(coloured.c, coloured.m, coloured.y) > 0.1


def test_a_colour_stays_within_what_the_paper_takes() -> None:
    inks = Inks(press())
    for light in ((0.02, 0, 0.01), (0, 0, 0.6), (0.9, 0.1, 0.1)):
        colour = inks.from_light(*light)
        assert isinstance(colour, Colour)
        assert colour.c + colour.m + colour.y + colour.k < 3.0


def test_a_screen_keeps_rgb() -> None:
    assert Inks(screen_target()).from_light(0.1, 0.2, 0.3) == ScreenColour(0.1, 0.2, 0.3)


def test_only_full_black_alone_is_black() -> None:
    assert is_black(Colour())
    for colour in (Colour(0.1, 0, 0, 1), Colour(0, 0, 0, 0.9), Colour(spot="PANTONE Black C"), Colour(tint=0.5)):
        assert not is_black(colour)


def test_numbers_names_and_strings_are_written_as_the_format_wants() -> None:
    assert [number(value) for value in (0, -0.0, 1.50, 595.27559, -3, 0.00001, 1e7)] == [
        *(b"0", b"0", b"1.5", b"595.2756", b"-3", b"0", b"10000000")
    ]
    assert name("PANTONE 186 C") == b"/PANTONE#20186#20C"
    assert name("金") == b"/#E9#87#91"
    assert text_string("a (b) \\") == rb"(a \(b\) \\)"
    assert text_string("柳") == b"<FEFF67F3>"
