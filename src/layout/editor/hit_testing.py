"""Hit testing: from a point on a page to the location in the editor's files, and back."""

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

_ASCENT, DESCENT = 0.9, 0.24  # em above and below the baseline that count as the line


class PageBox(Struct, frozen=True):
    """A rectangle in pt from the trim's top left corner."""

    x: float
    y: float
    width: float
    height: float

    def distance(self, x: float, y: float) -> float:
        """The distance of a point from the box; 0 inside."""
        return max(self.x - x, x - self.x - self.width, 0) + max(self.y - y, y - self.y - self.height, 0)


class TextHit(Struct, frozen=True):
    """The text at a point of a page, its article and role, and the location where it was typed."""

    article: str
    role: str
    text: str
    mark: SourceLocation
    rectangle: PageBox


HIT_DISTANCE = 12.0  # pt by which a click may miss


def hit_test(build: Build, page: Page, x: float, y: float) -> TextHit | None:
    """The text at a point, or the nearest within `HIT_DISTANCE`."""
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
    """The items of a page that have a location in a file; lines first, then the items under them."""
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
    """The index of the character of the line at a point."""
    if any(span.glyphs for span in line.spans):
        return _index_in_words(line, x)
    starts = [start for span in line.spans if not span.rise for start in span.xs]
    return max(0, bisect_right(starts, y if line.vertical else x) - 1)


def _index_in_words(line: PlacedLine, x: float) -> int:
    """The same in a line with shaped words, whose characters may run leftward."""
    _, span, place = max(
        (start, number, place)
        for number, span in enumerate(line.spans)
        for place, start in enumerate(span.xs)
        if start <= x or (number, place) == (0, 0)
    )
    found = line.text.find(line.spans[span].text)
    return max(found, 0) + place


def line_mark(issue: Issue, article: str, line: PlacedLine, index: int = 0) -> SourceLocation | None:
    """The location of a character of a printed line; in the body of an article with its exact column."""
    block = _block(issue, article, line)
    if block is None or line.mark is None:
        return line.mark
    offset = min(line.start + index, max(line.start, line.end - 1))
    start, mark = block.lines[bisect_right(block.lines, offset, key=lambda pair: pair[0]) - 1]
    return mark._replace(column=mark.column + offset - start)


def _block(issue: Issue, article: str, line: PlacedLine) -> Block | None:
    """The block of the body that a line was printed from."""
    if article not in issue.articles or line.mark is None:
        return None
    blocks = issue.articles[article].body.blocks
    block = blocks[line.paragraph - 1] if 0 < line.paragraph <= len(blocks) else None
    return block if block is not None and block.mark == line.mark else None


class PrintedLine(Struct, frozen=True):
    """A printed line, and the locations of its first and last character."""

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
    """The printed line with the text at a location; None where that is not printed."""
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
