"""A short text set in a width of its own, off the grid: a caption, a cell of a table, a label."""

from __future__ import annotations

from msgspec import Struct

from ...errors import SourceLocation
from ...style.texts import ResolvedTextStyle
from ...text.paragraph import Paragraph, SetLine


class TextBlock(Struct, frozen=True):
    """A text in its lines. It was set in a `width` in pt, from whose left edge the lines' `x` is counted."""

    style: ResolvedTextStyle
    paragraph: Paragraph
    lines: tuple[SetLine, ...]
    width: float
    mark: SourceLocation | None

    @property
    def height(self) -> float:
        """In pt; each line is as high as the leading."""
        return len(self.lines) * self.style.leading

    @property
    def extent(self) -> float:
        """The width of its widest line in pt."""
        return max((line.width for line in self.lines), default=0.0) * self.style.size

    def over(self) -> bool:
        """Whether a line is wider than the block."""
        return any((line.x + line.width) * self.style.size > self.width + 0.01 for line in self.lines)
