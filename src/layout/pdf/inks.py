"""Colours as a PDF has them: inks for the press, RGB for a screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from ..composition import Colour
from .target import Target
from .writer import name, numbers

# GWG R0009, R0010: black text and thin black lines overprint; with OPM 1 the inks they do not name are left as they are.
# Line is for a path whose outline does and whose inside does not.
TOGGLES = {
    b"Over": b"<</Type/ExtGState/OP true/op true/OPM 1>>",
    b"Line": b"<</Type/ExtGState/OP true/op false/OPM 1>>",
    b"Knock": b"<</Type/ExtGState/OP false/op false/OPM 1>>",
}


class ScreenColour(Struct, frozen=True):
    """RGB from 0 to 1, in the screen edition alone."""

    red: float
    green: float
    blue: float

    @property
    def spot(self) -> str:
        return ""


Paint = Colour | ScreenColour


def is_black(colour: Paint) -> bool:
    """Black ink alone, at full strength."""
    if isinstance(colour, ScreenColour):
        return False
    return colour.k >= 0.9995 and not (colour.c or colour.m or colour.y or colour.spot) and colour.tint >= 0.9995


class Inks:
    """The colours of one target."""

    def __init__(self, target: Target) -> None:
        self.screen = target.edition == "screen"
        self.thin = target.thin
        self._icc = target.icc
        self._cache: dict[tuple[Paint, bool], bytes] = {}

    def operator(self, colour: Paint, *, stroke: bool = False) -> bytes:
        """The operator that sets a colour; a spot colour's also needs its space, named by `space` before it."""
        key = (colour, stroke)
        if (cached := self._cache.get(key)) is None:
            if self.screen or isinstance(colour, ScreenColour):
                cached = numbers(*self.components(colour)) + (b" RG" if stroke else b" rg")
            elif colour.spot:
                cached = numbers(colour.tint) + (b" SCN" if stroke else b" scn")
            else:
                cached = numbers(*process_values(colour)) + (b" K" if stroke else b" k")
            self._cache[key] = cached
        return cached

    def space(self, colour: Paint) -> bytes:
        """The Separation space of a spot colour (ISO 32000-1 8.6.6.4); empty for every other."""
        if self.screen or isinstance(colour, ScreenColour) or not colour.spot:
            return b""
        return separation(colour.spot, (colour.c, colour.m, colour.y, colour.k))

    def components(self, colour: Paint) -> tuple[float, ...]:
        """The components of a colour for a shading's function, in `space` or else the device's space."""
        if isinstance(colour, ScreenColour):
            return colour.red, colour.green, colour.blue
        if self.screen:
            return self.light(colour)
        return (colour.tint,) if colour.spot else process_values(colour)

    def light(self, colour: Colour) -> tuple[float, ...]:
        """RGB from 0 to 1: a tint of black is a grey, the rest is as the printed sheet would show it."""
        c, m, y, k = process_values(colour)
        if not (c or m or y):
            return (1 - k,) * 3
        return _through(self._icc, "CMYK", (c, m, y, k))

    def from_light(self, red: float, green: float, blue: float) -> Paint:
        """The inks of an RGB colour: greys are black alone, the rest is converted by the profile. For a screen it stays RGB."""
        if self.screen:
            return ScreenColour(red, green, blue)
        if max(red, green, blue) - min(red, green, blue) < 0.004:
            return Colour(0.0, 0.0, 0.0, round(1 - red, 4))
        return _colour(_through(self._icc, "RGB", (red, green, blue)))

    def from_lab(self, lightness: float, a: float, b: float) -> Colour:
        """The inks of a CIE Lab colour."""
        return _colour(_through(self._icc, "LAB", (lightness / 100, (a + 128) / 255, (b + 128) / 255)))


def separation(ink: str, alternate: tuple[float, ...]) -> bytes:
    return b"[/Separation%s/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[%s]/N 1>>]" % (
        name(ink),
        numbers(*alternate),
    )


def process_values(colour: Colour) -> tuple[float, float, float, float]:
    return (colour.c * colour.tint, colour.m * colour.tint, colour.y * colour.tint, colour.k * colour.tint)


def _colour(values: Sequence[float], spot: str = "", tint: float = 1.0) -> Colour:
    c, m, y, k = values
    return Colour(c, m, y, k, spot, tint)


@lru_cache(4096)
def _through(icc: Path, mode: str, values: tuple[float, ...]) -> tuple[float, ...]:
    """One colour through the printer's profile: RGB or Lab to inks, inks to RGB; 0 to 1."""
    from PIL import Image, ImageCms

    pixel: Any = Image.new(mode, (1, 1), tuple(round(255 * value) for value in values))
    converted: Any = ImageCms.applyTransform(pixel, _transform(icc, mode))
    result = converted.getpixel((0, 0))
    return tuple(round(value / 255, 4) for value in result)


@lru_cache(16)
def _transform(icc: Path, mode: str) -> Any:
    from PIL import ImageCms

    printer = ImageCms.getOpenProfile(str(icc))
    other = ImageCms.createProfile("LAB" if mode == "LAB" else "sRGB")
    source, result = (printer, other) if mode == "CMYK" else (other, printer)
    return ImageCms.buildTransform(
        source,
        result,
        mode,
        "RGB" if mode == "CMYK" else "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


class PlaceholderColours:
    """RGB colours that represent inks while WeasyPrint draws; importing its drawing replaces them by the inks.

    Thus gradients and shadows, which WeasyPrint draws in RGB only, keep their inks, and CSS can name a spot colour:
    `separation("PANTONE 186 C" 0.8 0 1 0.75 0.05)`: name, tint, and the CMYK of its alternate space. A
    colour's red is its number, green and blue are the same for all and unlikely in any design.
    """

    _INKS = re.compile(r"device-cmyk\(([^()]*)\)")
    _SPOT = re.compile(r"""separation\(\s*(["'])(.*?)\1([^()]*)\)""")
    _GREEN, _BLUE = 0.7313, 0.9137

    def __init__(self) -> None:
        self._colours: list[Colour] = []

    def write(self, text: str) -> str:
        """CSS, HTML or SVG with its inks replaced."""
        if "separation(" in text:
            text = self._SPOT.sub(self._spot, text)
        return self._INKS.sub(self._process, text)

    def colour(self, red: float, green: float, blue: float) -> Colour | None:
        """The ink of a placeholder; None for any other RGB colour. Raises ValueError for a mixture of placeholders."""
        if abs(green - self._GREEN) > 2e-5 or abs(blue - self._BLUE) > 2e-5:
            return None
        number = round(red * 1000) - 1
        if abs(red * 1000 - number - 1) > 0.01 or not 0 <= number < len(self._colours):
            raise ValueError("inks are mixed")
        return self._colours[number]

    def _process(self, match: re.Match[str]) -> str:
        values, alpha = _numbers(match[1])
        return self._placeholder(_colour(values), alpha) if len(values) == 4 else match[0]

    def _spot(self, match: re.Match[str]) -> str:
        values, alpha = _numbers(match[3])
        if len(values) != 5:
            return match[0]
        return self._placeholder(_colour(values[1:], match[2], values[0]), alpha)

    def _placeholder(self, colour: Colour, alpha: str) -> str:
        if colour not in self._colours:
            self._colours.append(colour)
        red = 0.001 * (self._colours.index(colour) + 1)
        rgb = " ".join(f"{255 * value:.6f}" for value in (red, self._GREEN, self._BLUE))
        return f"rgb({rgb} / {alpha})" if alpha else f"rgb({rgb})"


def _numbers(text: str) -> tuple[list[float], str]:
    """The numbers of a CSS function, per cents as parts of one, and its alpha as it stands; none if not all are."""
    body, _, alpha = text.partition("/")
    try:
        values = [
            float(part[:-1]) / 100 if part.endswith("%") else float(part) for part in body.replace(",", " ").split()
        ]
    except ValueError:
        return [], ""
    return [min(max(value, 0.0), 1.0) for value in values], alpha.strip()
