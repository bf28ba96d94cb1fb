"""From a spot on a page to the place in the editor's files that it was printed from, and back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from ..composition import Composition, Frame, Page, PlacedLine
from ..errors import SourceLocation
from ..issue.body import Block
from ..issue.model import Issue
from .build import Build

_ASCENT, DESCENT = 0.9, 0.24  # em over and under the baseline that a line is given to be seen and clicked


class PageBox(Struct, frozen=True):
    """In pt from the trim's top left corner."""

    x: float
    y: float
    width: float
    height: float

    def distance(self, x: float, y: float) -> float:
        """How far a spot lies outside; 0 inside."""
        return max(self.x - x, x - self.x - self.width, 0) + max(self.y - y, y - self.y - self.height, 0)


class TextHit(Struct, frozen=True):
    """What stands at a spot of a page: its `text`, the article and the role it has there, and where it was typed."""

    article: str
    role: str
    text: str
    mark: SourceLocation
    rectangle: PageBox


HIT_DISTANCE = 12.0  # pt that a click may miss by


def hit_test(build: Build, page: Page, x: float, y: float) -> TextHit | None:
    """What stands at a spot, or near it."""
    found = [(rectangle.distance(x, y), what) for rectangle, what in _placed_items(page)]
    distance, what = min(found, key=lambda pair: pair[0], default=(HIT_DISTANCE, None))
    if what is None or distance > HIT_DISTANCE:
        return None
    if isinstance(what, TextHit):
        return what
    frame, line = what
    mark = line_mark(build.issue, frame.article, line, _index_at(line, x, y))
    return TextHit(frame.article, frame.role, line.text, mark, line_rectangle(line)) if mark else None


def _placed_items(page: Page) -> Iterator[tuple[PageBox, TextHit | tuple[Frame, PlacedLine]]]:
    """Everything of a page that has a place in a file: lines before what stands under them."""
    for frame in page.frames:
        for line in frame.lines:
            if line.mark:
                yield line_rectangle(line), (frame, line)
    for picture in page.pictures:
        rectangle = PageBox(picture.x, picture.y, picture.width, picture.height)
        if picture.mark:
            yield rectangle, TextHit(picture.article, "picture", picture.alt or picture.file, picture.mark, rectangle)
    for box in page.boxes:
        rectangle = PageBox(box.x, box.y, box.width, box.height)
        if box.mark:
            yield rectangle, TextHit(box.article, box.name or box.kind, box.alt or box.name, box.mark, rectangle)


def line_rectangle(line: PlacedLine) -> PageBox:
    if line.vertical:
        return PageBox(line.x - line.size / 2, line.baseline, line.size, line.width)
    return PageBox(line.x, line.baseline - _ASCENT * line.size, line.width, (_ASCENT + DESCENT) * line.size)


def _index_at(line: PlacedLine, x: float, y: float) -> int:
    """Which character of the line stands at a spot."""
    starts = [start for span in line.spans if not span.rise for start in span.xs]
    return max(0, bisect_right(starts, y if line.vertical else x) - 1)


def line_mark(issue: Issue, article: str, line: PlacedLine, index: int = 0) -> SourceLocation | None:
    """Where a character of a printed line was typed. In a paragraph of a body the column is its own."""
    block = _block(issue, article, line)
    if block is None or line.mark is None:
        return line.mark
    offset = min(line.start + index, max(line.start, line.end - 1))
    start, mark = block.lines[bisect_right(block.lines, offset, key=lambda pair: pair[0]) - 1]
    return mark._replace(column=mark.column + offset - start)


def _block(issue: Issue, article: str, line: PlacedLine) -> Block | None:
    """The paragraph that a line was printed from, where it is one of a body."""
    if article not in issue.articles or line.mark is None:
        return None
    blocks = issue.articles[article].body.blocks
    block = blocks[line.paragraph - 1] if 0 < line.paragraph <= len(blocks) else None
    return block if block is not None and block.mark == line.mark else None


class PrintedLine(Struct, frozen=True):
    """A printed line, and where what it says was typed: from `first` up to `last`."""

    first: SourceLocation
    last: SourceLocation
    page: int
    rectangle: PageBox


@lru_cache(4)
def printed_lines(build: Build) -> tuple[PrintedLine, ...]:
    """All printed lines in the order of the files they were typed in."""
    found = list(_printed(build.issue, build.composition))
    return tuple(sorted(found, key=lambda printed: (printed.first, printed.last)))


def _printed(issue: Issue, composition: Composition) -> Iterator[PrintedLine]:
    for page in composition.pages:
        for frame in page.frames:
            for line in frame.lines:
                first = line_mark(issue, frame.article, line)
                if first is not None:
                    last = line_mark(issue, frame.article, line, line.end - line.start - 1) or first
                    yield PrintedLine(first, max(first, last), page.number, line_rectangle(line))


def find_printed_line(build: Build, mark: SourceLocation) -> PrintedLine | None:
    """The printed line that a place in a file went into; None for places that are not printed."""
    lines = printed_lines(build)
    index = bisect_right(lines, mark, key=lambda printed: printed.first) - 1
    if index >= 0:
        found = lines[index]
        if found.first.file == mark.file and found.first.line <= mark.line <= found.last.line:
            return found
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following and (following.first.file, following.first.line) == (mark.file, mark.line):
        return following
    return None
