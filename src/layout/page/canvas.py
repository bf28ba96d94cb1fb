"""The canvas (版样): pages while they are being made up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from ..composition import Box, Fit, Frame, Overset, PlacedPicture
from ..errors import Problem
from ..issue.model import Issue
from ..issue.pages import numbered
from ..style.grid import Grid
from ..style.model import Style
from ..text.fonts.faces import Faces
from .copyfit.decisions import NO_DECISIONS, CopyfitDecisions
from .flow.solution import SolutionCache
from .glyphs import GlyphFallback
from .map.areas import Area
from .map.threads import PagePlan


class BoxInsets(Struct, frozen=True):
    """What a box keeps free inside an area: `left` and `right` in em, `top` and `foot` in lines."""

    left: float = 0.0
    right: float = 0.0
    top: int = 0
    foot: int = 0


NO_INSETS = BoxInsets()


class Canvas(Struct, dict=True):
    """The issue's parts at hand, and what has been placed on each page so far."""

    issue: Issue
    style: Style
    faces: Faces
    grid: Grid
    plans: Sequence[PagePlan]
    problems: list[Problem] = field(default_factory=list)
    frames: dict[int, list[Frame]] = field(default_factory=dict)
    boxes: dict[int, list[Box]] = field(default_factory=dict)
    pictures: dict[int, list[PlacedPicture]] = field(default_factory=dict)
    overset: list[Overset] = field(default_factory=list)
    fit: list[Fit] = field(default_factory=list)
    decisions: CopyfitDecisions = NO_DECISIONS
    trial_cache: dict[object, object] = field(default_factory=dict)  # what trials of the same issue need not make again
    result_cache: dict[str, Any] = field(default_factory=dict)  # what later builds need not find again
    solutions: SolutionCache | None = None  # how stories were flowed before
    sides: dict[Area, BoxInsets] = field(default_factory=dict)  # of areas in boxes
    boxed: set[str] = field(default_factory=set)  # articles in boxes
    inks: dict[str, str] = field(default_factory=dict)  # article → the colour of all its text, where its box has one

    @cached_property
    def glyphs(self) -> GlyphFallback:
        glyphs = self.trial_cache.setdefault("glyphs", GlyphFallback(self.faces, self.style.fallback))
        assert isinstance(glyphs, GlyphFallback)
        return glyphs

    @cached_property
    def tag_colours(self) -> Mapping[str, str]:
        """Of runs that a text style of their tag's name colours."""
        return {role: text.colour for role, text in self.style.text.items() if text.colour}

    def gap(self, area: Area) -> int:
        """Lines left free at an area's top: none at the page's head and under the article's own headline."""
        own = {f"{area.name}.headline"}
        if area.line == 0 or area.above <= own:
            return 0
        return self.style.grid.gap + (0 if area.part else self.decisions.gaps.get(area.name, 0))

    def is_one_map(self, page: int, other: int) -> bool:
        """Whether two pages are the same, or face each other as a double truck."""
        if page == other:
            return True
        left, right = sorted((page, other))
        return right == left + 1 and any(left == n and spec.spread for n, spec in numbered(self.issue.pages))

    @property
    def terms(self) -> Sequence[str]:
        """Words that no headline may part."""
        return (*self.issue.publication.terms, *self.issue.publication.people)

    def owner(self, name: str) -> str:
        """The article that an area's name belongs to: itself, or the one whose picture it is; empty for furniture."""
        if name in self.issue.articles:
            return name
        return self.issue.floats().get(name, ("", None))[0]

    def box(self, area: Area) -> tuple[float, float, float, float]:
        """A rectangular area without its gap and what its box keeps free: x, y, width, height in pt."""
        gap, sides = self.gap(area), self.sides.get(area, NO_INSETS)
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
