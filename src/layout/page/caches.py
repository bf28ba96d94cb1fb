"""Results that composing an issue needs more than once; the pages do not depend on what they hold, only time does."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from .glyphs import GlyphFallback
from .parts.chart_drawing import ChartDrawing
from .parts.flow_block import FlowBlock
from .parts.flow_solution import SolutionCache
from .parts.headline_block import HeadlineBlock

# Widths and heights are pt, measures em of the grid, crops lines; a grade is that of the copyfit decisions.
BlocksKey = tuple[float, float | None, tuple[int, ...], float]  # measure, tracking, crops of the pictures in the text
HeadlineKey = tuple[str, float, float | None, int | None, bool]  # article, width, height, grade, without its deck
SideHeadlineKey = tuple[str, float, float, int | None]  # article, width, padding of its box, grade
ChartKey = tuple[str, str, float, float]  # chart, article, width, height


class Caches(Struct, frozen=True):
    """The caches that all trials of one issue share.

    `glyphs` also collects the characters that the faces lack: a cached block was resolved by it, so its findings stay
    with the blocks. `results` outlives the composing (see `compose`), and so does `solutions`.
    """

    glyphs: GlyphFallback
    results: dict[str, Any] = field(default_factory=dict)
    solutions: SolutionCache | None = None
    blocks: dict[str, dict[BlocksKey, list[FlowBlock]]] = field(default_factory=dict)  # article → its text
    headlines: dict[HeadlineKey, HeadlineBlock] = field(default_factory=dict)
    side_headline_lines: dict[SideHeadlineKey, int] = field(default_factory=dict)  # the lowest box, in lines
    charts: dict[ChartKey, ChartDrawing] = field(default_factory=dict)

    def clear(self) -> None:
        """Drops all that was measured; `glyphs`, `results` and `solutions` keep theirs."""
        for cache in (self.blocks, self.headlines, self.side_headline_lines, self.charts):
            cache.clear()
