"""The dummy (版样): pages while they are being made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..composition import Box, Fit, Frame, Overset, Picture
from ..errors import Problem
from ..issue.model import Issue
from ..style.grid import Grid
from ..style.model import BoxStyle, Style
from ..text.faces import Faces
from .areas import Area
from .glyphs import Glyphs
from .threads import PagePlan


@dataclass(slots=True)
class Dummy:
    """The issue's parts at hand, and what has been placed on each page so far."""

    issue: Issue
    style: Style
    faces: Faces
    grid: Grid
    plans: Sequence[PagePlan]
    problems: list[Problem] = field(default_factory=list)
    frames: dict[int, list[Frame]] = field(default_factory=dict)
    boxes: dict[int, list[Box]] = field(default_factory=dict)
    pictures: dict[int, list[Picture]] = field(default_factory=dict)
    overset: list[Overset] = field(default_factory=list)
    fit: list[Fit] = field(default_factory=list)
    glyphs: Glyphs = field(init=False)

    def __post_init__(self) -> None:
        self.glyphs = Glyphs(self.faces, self.style.fallback)

    def gap(self, area: Area) -> int:
        """Lines left free at an area's top: none at the page's head and under the article's own headline."""
        own = {f"{area.name}.headline"}
        return 0 if area.line == 0 or area.above <= own else self.style.grid.gap

    @property
    def terms(self) -> Sequence[str]:
        """Words that no headline may part."""
        return self.issue.publication.terms

    def owner(self, name: str) -> str:
        """The article that an area's name belongs to: itself, or the one whose picture it is; empty for furniture."""
        if name in self.issue.articles:
            return name
        return next((id for id, a in self.issue.articles.items() if any(p.id == name for p in a.pictures)), "")

    def framed(self, box: BoxStyle, x: float, y: float, width: float, height: float) -> Box:
        """A tint box or frame of the style's, at a place in pt."""
        fill, stroke = (self.style.colour(name) if name else None for name in (box.fill, box.stroke))
        return Box("frame", x, y, width, height, fill=fill, stroke=stroke, stroke_width=box.width if stroke else 0.0)

    def box(self, area: Area) -> tuple[float, float, float, float]:
        """A rectangular area without its gap: x, y, width, height in pt."""
        gap = self.gap(area)
        return (
            self.grid.x(self.grid.start(area.unit)),
            self.grid.y(area.line + gap),
            self.grid.measure(area.units) * self.grid.em,
            (area.lines - gap) * self.grid.leading,
        )

    def add_frames(self, page: int, frames: Sequence[Frame]) -> None:
        self.frames.setdefault(page, []).extend(frames)

    def add_boxes(self, page: int, boxes: Sequence[Box]) -> None:
        self.boxes.setdefault(page, []).extend(boxes)

    def add_picture(self, page: int, picture: Picture) -> None:
        self.pictures.setdefault(page, []).append(picture)
