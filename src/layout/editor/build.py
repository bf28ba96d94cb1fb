"""One build of the preview: issue, composition, problems, and a digest of each page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from time import perf_counter

from msgspec import Struct

from ..composition import Box, Composition, Frame, Page, Span
from ..errors import Problem
from ..issue.files import PICTURES
from ..issue.model import Issue
from ..style.model import Style

# Suffixes of files that furniture and pictures are drawn from: a change of one changes pages.
DRAWN_FROM = PICTURES | {".css", ".html", ".j2", ".ttf", ".otf", ".svgz"}


class Build(Struct, frozen=True, eq=False):
    """A successful build. `number` counts from 1; `digests` has one for each page, equal where pages print the same."""

    number: int
    issue: Issue
    style: Style
    composition: Composition
    problems: tuple[Problem, ...]
    digests: Mapping[int, str]
    seconds: float = 0.0

    @property
    def folders(self) -> tuple[Path, ...]:
        """The source folders of the build: the issue's, then the style's."""
        return (self.issue.folder.resolve(), *self.style.folders)


def make_build(path: str | Path, number: int, cache: Path | None = None, style: str | Path | None = None) -> Build:
    """Reads and composes an issue; `cache` is the folder of the composition cache, `style` replaces the issue's style.

    Raises:
        LayoutError: With all problems, where the issue cannot be composed.
    """
    from ..composition_cache import open_composition_cache
    from ..issue.reader import load
    from ..production import compose
    from ..style.reader import style_of
    from ..text.fonts.faces import load_faces

    start = perf_counter()
    issue = load(path, style=style)
    own = style_of(issue)
    with open_composition_cache(cache, issue.folder) as (result_cache, solutions):
        composition = compose(
            issue,
            own,
            load_faces(own.font_files(), own.font_places()),
            result_cache=result_cache,
            solutions=solutions,
            check_pages=True,
        )
    stamp = _stamp((issue.folder, *own.folders))
    digests = {page.number: page_digest(page, stamp) for page in composition.pages}
    problems = (*issue.problems, *composition.problems)
    return Build(number, issue, own, composition, problems, digests, perf_counter() - start)


def page_digest(page: Page, stamp: int = 0) -> str:
    """A digest that changes whenever the page prints differently, and not if only locations in the files moved.

    It is valid within one process. `stamp` identifies the files that pictures and furniture are drawn from.
    """
    parts = (
        (page.width, page.height, stamp),
        tuple(_frame(frame) for frame in page.frames),
        tuple(_box(box) for box in page.boxes),
        tuple((p.file, p.x, p.y, p.width, p.height, p.crop) for p in page.pictures),
    )
    return f"{hash(parts) & 0xFFFFFFFFFFFFFFFF:016x}"


def _frame(frame: Frame) -> tuple[object, ...]:
    return tuple((line.baseline, line.vertical, tuple(map(_span, line.spans))) for line in frame.lines)


def _span(s: Span) -> tuple[object, ...]:
    return s.text, s.face, s.size, tuple(s.xs), s.colour, s.rise, s.scale, s.turned


def _box(box: Box) -> tuple[object, ...]:
    drawn = (box.fill, box.stroke, box.stroke_width, tuple(box.dash), box.html, box.css, box.bleed, box.shapes)
    return (box.kind, box.x, box.y, box.width, box.height, *drawn)


def _stamp(folders: tuple[Path, ...]) -> int:
    return hash(tuple(state for folder in folders for state in _states(folder)))


def _states(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in DRAWN_FROM:
            try:
                status = path.stat()
            except OSError:
                continue
            yield str(path), status.st_mtime_ns, status.st_size
