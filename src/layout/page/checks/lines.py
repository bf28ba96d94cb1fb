"""Checks of lines (rule E12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...composition import Frame, Page, PlacedLine
from ...errors import Message, Problem, Severity
from ...roles import SPACED_ROLES
from ...rules.makeup import MAKEUP
from ...text.spacing import LOOSE_STRETCH


def is_loose(line: PlacedLine, frame: Frame) -> bool:
    """Whether the gaps between Han are wider than a reader overlooks."""
    return line.loose > LOOSE_STRETCH / 1000 and frame.role not in SPACED_ROLES


def loose_lines(pages: Iterable[Page]) -> Iterator[Problem]:
    """Every loose line of the pages, at its place in the editor's file."""
    remedy = MAKEUP["E12"].remedy
    for page in pages:
        for frame in page.frames:
            for line in frame.lines:
                if is_loose(line, frame):
                    what = Message(
                        f"这一行太松，字间 {line.loose:.2f} 字宽：{line.text}",
                        f"a loose line, {line.loose:.2f} em between characters: {line.text}",
                    )
                    yield Problem("E12", what, remedy, line.mark, Severity.WARNING, page.number)
