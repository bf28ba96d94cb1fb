"""The target of a file: a press condition, or a screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from ..runtime.resources import data_folder
from ..units import mm

if TYPE_CHECKING:
    from ..press.printer import Printer

Edition = Literal["print", "screen"]


class MarkStyle(Struct, frozen=True):
    """Which printer's marks are drawn, and how: each `length` pt long, `offset` outside the bleed, `weight` thick."""

    crop: bool = True
    register: bool = True
    colour_bar: bool = True
    slug_line: bool = True
    length: float = mm(5)
    offset: float = mm(1)
    weight: float = 0.25


class Target(Struct, frozen=True):
    """What a file depends on besides its composition. Lengths in pt.

    `icc` is the CMYK profile of the press condition; `condition_identifier`, `condition`, `registry` and `info` name
    it in the output intent (ISO 15930-7 6.2). `marks` puts printer's marks into the `slug`, the margin outside
    the bleed; black lines under `thin` overprint. Pictures of more than `max_ppi` are reduced to `target_ppi`.
    """

    icc: Path
    condition_identifier: str = "FOGRA39"
    condition: str = "Offset, coated, ISO 12647-2"
    registry: str = "http://www.color.org"
    info: str = "FOGRA39, coated, 300 %"
    bleed: float = mm(3)
    slug: float = mm(10)
    marks: bool = False
    mark_style: MarkStyle = MarkStyle()
    thin: float = 2.0
    max_ppi: float = 450.0
    target_ppi: float = 300.0
    jpeg_quality: int = 92
    edition: Edition = "print"

    @property
    def margin(self) -> float:
        """From the media's edge to the trim."""
        if self.edition == "screen":
            return 0.0
        return self.bleed + (self.slug if self.marks else 0.0)


def print_target(printer: Printer, *, marks: bool = False) -> Target:
    """The target of a printer's profile."""
    condition, drawn = printer.condition, printer.marks_drawn
    return Target(
        printer.profile,
        condition_identifier=condition.identifier,
        condition=condition.description,
        registry=condition.registry,
        info=condition.description,
        bleed=printer.sheet.bleed,
        slug=drawn.slug,
        marks=marks,
        mark_style=MarkStyle(
            crop=drawn.crop,
            register=drawn.registration,
            colour_bar=drawn.colour_bar,
            slug_line=drawn.slug_line,
            length=drawn.length,
            offset=drawn.offset,
            weight=drawn.weight,
        ),
        thin=printer.lines.overprint_below,
        max_ppi=printer.pictures.most,
        target_ppi=printer.pictures.wanted,
    )


def screen_target() -> Target:
    """The same pages for reading on a screen, colours as the coated sheet would show them."""
    return Target(
        data_folder("styles") / "printers" / "FOGRA39-coated-300.icc",
        bleed=0.0,
        slug=0.0,
        max_ppi=220.0,
        target_ppi=160.0,
        jpeg_quality=82,
        edition="screen",
    )
