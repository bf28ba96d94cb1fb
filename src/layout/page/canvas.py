"""The canvas (版样): what has been placed on the pages while they are made up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from ..composition import Box, Fit, Frame, Overset, PlacedPicture
from ..errors import Problem
from ..issue.model import Issue
from ..style.grid import Grid
from ..style.model import Style
from ..text.fonts.faces import Faces
from .caches import Caches
from .decisions import CopyfitDecisions
from .glyphs import GlyphFallback
from .map.areas import Area
from .map.threads import PagePlan
from .setup import Setup


class BoxInsets(Struct, frozen=True):
    """What a box keeps free inside an area: `left` and `right` in em, `top` and `foot` in lines."""

    left: float = 0.0
    right: float = 0.0
    top: int = 0
    foot: int = 0


NO_INSETS = BoxInsets()


class Canvas(Struct):
    """The pages of one setup with what has been placed on them so far, by page number, and the problems found."""

    setup: Setup
    caches: Caches
    problems: list[Problem] = field(default_factory=list)
    frames: dict[int, list[Frame]] = field(default_factory=dict)
    boxes: dict[int, list[Box]] = field(default_factory=dict)
    pictures: dict[int, list[PlacedPicture]] = field(default_factory=dict)
    overset: list[Overset] = field(default_factory=list)
    fit: list[Fit] = field(default_factory=list)
    sides: dict[Area, BoxInsets] = field(default_factory=dict)  # of areas in boxes
    boxed: set[str] = field(default_factory=set)  # articles in boxes
    inks: dict[str, str] = field(default_factory=dict)  # article → the colour of all its text, where its box has one

    @property
    def issue(self) -> Issue:
        return self.setup.issue

    @property
    def style(self) -> Style:
        return self.setup.style

    @property
    def faces(self) -> Faces:
        return self.setup.faces

    @property
    def grid(self) -> Grid:
        return self.setup.grid

    @property
    def plans(self) -> Sequence[PagePlan]:
        return self.setup.plans

    @property
    def decisions(self) -> CopyfitDecisions:
        return self.setup.decisions

    @property
    def glyphs(self) -> GlyphFallback:
        return self.caches.glyphs

    def language(self, name: str) -> str:
        """The language of an article or of one of its floats, by name."""
        return self.setup.languages.get(name) or self.setup.language

    def box(self, area: Area) -> tuple[float, float, float, float]:
        """A rectangular area without its gap and what its box keeps free: x, y, width, height in pt."""
        gap, sides = self.setup.gap(area), self.sides.get(area, NO_INSETS)
        return (
            self.grid.x(self.grid.start(area.unit) + sides.left),
            self.grid.y(area.line + gap + sides.top),
            (self.grid.measure(area.units) - sides.left - sides.right) * self.grid.em,
            (area.lines - gap - sides.top - sides.foot) * self.grid.leading,
        )

    def add_frames(self, page: int, frames: Iterable[Frame]) -> None:
        self.frames.setdefault(page, []).extend(frames)

    def add_boxes(self, page: int, boxes: Iterable[Box]) -> None:
        self.boxes.setdefault(page, []).extend(boxes)

    def add_picture(self, page: int, picture: PlacedPicture) -> None:
        self.pictures.setdefault(page, []).append(picture)
