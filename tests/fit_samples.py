"""How full the sample issues come out: python tests/fit_samples.py [--typed] [--notes] [--proof FOLDER] [ISSUE …]

Every height of their area maps is left to the text. For each page: white space in parts of the type area, by how many
lines the columns of an article are off level, lines over, steps that fitting took; for each issue the CPU seconds that
composing takes, and fitting of them. The exit status says whether all pages are full: less than 3 % white, columns
level to a line, nothing over, no errors.
"""

from __future__ import annotations

import argparse
import math
import re
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

import layout
from layout.composition import Composition, Page
from layout.errors import Severity
from layout.issue.model import Issue
from layout.issue.pages import numbered
from layout.page.copyfit.fit import Copyfitter
from layout.style.grid import Grid
from layout.style.model import Style
from layout.style.reader import load_style

SAMPLES = Path(__file__).parent.parent / "issues"
HEIGHT = re.compile(r"^(\s+- )(?:\d+|\d+/\d+):(\s+\S)")
WHITE = 0.03  # of the type area, below which a page is full
UNDER = 1.5
COVERS = 0.25  # of a line's height: what takes more of it stands on that line


def with_auto_heights(folder: Path, out: Path) -> Path:
    """A copy of an issue with all rows of its maps as high as what stands in them makes them."""
    shutil.copytree(folder, out)
    lines, rows = [], False
    for line in (folder / "issue.yaml").read_text(encoding="utf-8").splitlines():
        if line.strip():
            rows = line.strip() == "areas:" or (rows and line.startswith("      "))
        lines.append(line if not rows else HEIGHT.sub(r"\1auto:\2", line))
    (out / "issue.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return out


class Fullness(Struct, frozen=True):
    """Of one page. `white`: part of the type area that is empty; `uneven`: lines by which the white at the feet of two
    columns of one article differs at most; `over`: lines too many, of articles that end there; `steps` of fitting."""

    page: int
    white: float
    uneven: int
    over: int
    steps: int

    @property
    def is_full(self) -> bool:
        return self.white < WHITE and self.uneven <= 1 and not self.over


def fullness(issue: Issue, pages: Composition) -> list[Fullness]:
    style = load_style(issue.style, issue.folder, issue.place("style"))
    grid = style.grid.grid(style.sheet)
    facing = {number + 1 for number, spec in numbered(issue.pages) if spec.spread}
    found = []
    for page in pages.pages:
        empty = _empty(page, grid)
        if page.number in facing:
            _cover_beside_heads(pages.pages[page.number - 2], page, empty, grid)
        white = sum(length for column in empty for length in _runs(column, style).values())
        ends = [fit for fit in pages.fit if fit.pages and fit.pages[-1] == page.number]
        found.append(
            Fullness(
                page.number,
                white / (len(empty) * grid.lines),
                _uneven(page, empty, grid, style),
                sum(max(0, fit.lines_used - fit.lines) for fit in ends),
                sum(problem.rule == "fit" and problem.page == page.number for problem in pages.problems),
            )
        )
    return found


def _empty(page: Page, grid: Grid) -> list[list[bool]]:
    """For each em across the type area its lines: does nothing stand there?

    Gutters belong to what is beside them; a box stands on its first and last line.
    """
    wide = round(grid.measure(grid.units))
    empty = [[True] * grid.lines for _ in range(wide)]

    def cover(x: float, y: float, width: float, height: float) -> None:
        first, last = (x - grid.left) / grid.em - 1.5, (x + width - grid.left) / grid.em + 1.5
        top, foot = (y - grid.top) / grid.leading, (y + height - grid.top) / grid.leading
        rows = [n for n in range(grid.lines) if min(foot, n + 1) - max(top, n) > min(COVERS, (foot - top) / 2)]
        for em in range(max(0, int(first)), min(wide, int(last + 1))):
            for row in rows:
                empty[em][row] = False

    for frame in page.frames:
        if frame.lines:
            cover(frame.x, frame.y, frame.width, frame.height)
            if frame.lines[0].vertical:  # what stays free under a headline that is set downwards is its own
                cover(frame.x, frame.y, frame.width, frame.height * UNDER)
    for picture in page.pictures:
        cover(picture.x, picture.y, picture.width, picture.height)
    for box in page.boxes:
        if box.kind in ("furniture", "drawing") and box.name != "emphasis_dots":
            cover(box.x, box.y, box.width, box.height)
        elif box.kind == "frame":
            cover(box.x, box.y, box.width, grid.leading)
            cover(box.x, box.y + box.height - grid.leading, box.width, grid.leading)
    return empty


def _cover_beside_heads(left: Page, right: Page, empty: list[list[bool]], grid: Grid) -> None:
    """On the right page of a double truck: the lines beside a kicker and a deck whose headline runs on over both."""
    for headline in right.frames:
        if headline.role == "headline":
            block = [
                f for f in left.frames if f.article == headline.article and f.role in ("kicker", "headline", "deck")
            ]
            if not any(frame.y == headline.y for frame in block):
                continue
            top, foot = min(f.y for f in block), max(f.y + f.height for f in block)
            for row in range(int((top - grid.top) / grid.leading), math.ceil((foot - grid.top) / grid.leading)):
                for column in empty:
                    column[row] = False


def _runs(column: list[bool], style: Style) -> dict[int, int]:
    """Line → how many from there on are empty, without what parts one thing from the next; those at the foot whole."""
    runs: dict[int, int] = {}
    start: int | None = None
    for row, is_empty in enumerate([*column, False]):
        if is_empty and start is None:
            start = row
        elif not is_empty and start is not None:
            gap = 0 if row == len(column) else style.grid.gap
            runs[start] = max(0, row - start - gap)
            start = None
    return runs


def _uneven(page: Page, empty: list[list[bool]], grid: Grid, style: Style) -> int:
    """By how many lines the white under the columns of an article differs at most."""
    feet: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for frame in page.frames:
        if frame.role in ("body", "byline") and frame.lines:
            foot = round((frame.y + frame.height - grid.top) / grid.leading)
            em = round((frame.x - grid.left) / grid.em)
            feet[frame.article][em] = max((foot, em), feet[frame.article].get(em, (0, 0)))
    worst = 0
    for columns in feet.values():
        white = [_runs(empty[em], style).get(foot, 0) for foot, em in columns.values()]
        worst = max(worst, max(white) - min(white))
    return worst


def cpu_of(folder: Path) -> float:
    issue = layout.load(folder)
    started = time.process_time()
    layout.compose(issue)
    return time.process_time() - started


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("issues", nargs="*", default=sorted(path.name for path in SAMPLES.iterdir()))
    options.add_argument("--typed", action="store_true", help="heights as they are typed, none made auto")
    options.add_argument("--notes", action="store_true", help="print what fitting did and what is wrong")
    options.add_argument("--proof", type=Path, metavar="FOLDER", help="write each issue's PDF for the screen there")
    chosen = options.parse_args()
    wrong = False
    for name in chosen.issues:
        with tempfile.TemporaryDirectory() as scratch:
            folder = SAMPLES / name if chosen.typed else with_auto_heights(SAMPLES / name, Path(scratch) / name)
            seconds, fitting = _cpu_of(folder)
            issue = layout.load(folder)
            pages = layout.compose(issue)
            found = fullness(issue, pages)
            errors = sum(problem.severity is Severity.ERROR for problem in pages.problems)
            print(f"{name}: {seconds:.2f} s, of it fitting {fitting:.2f} s; {errors} errors")
            print(f"  {'page':>4} {'white':>6} {'uneven':>6} {'over':>4} {'steps':>5}")
            for one in found:
                print(f"  {one.page:>4} {one.white:>6.1%} {one.uneven:>6} {one.over:>4} {one.steps:>5}")
            whole = sum(one.white for one in found) / len(found)
            print(f"  {'all':>4} {whole:>6.1%} {max(one.uneven for one in found):>6}", flush=True)
            wrong = wrong or errors > 0 or any(not one.is_full for one in found)
            if chosen.notes:
                print("".join(f"    {problem.in_language()}\n" for problem in pages.problems), end="")
            if chosen.proof:
                chosen.proof.mkdir(parents=True, exist_ok=True)
                layout.build(folder, chosen.proof / f"{name}.pdf", screen=True, allow_overset=True)
    sys.exit(wrong)


def _cpu_of(folder: Path) -> tuple[float, float]:
    """CPU seconds that composing takes, and those of them that fitting takes, the least of three times."""
    whole = parts = math.inf
    for _ in range(3):
        issue = layout.load(folder)
        clock = _Clock()
        started = time.process_time()
        with clock.on(Copyfitter, "settle_heights"), clock.on(Copyfitter, "relieve"):
            layout.compose(issue)
        whole, parts = min(whole, time.process_time() - started), min(parts, clock.seconds)
    return whole, parts


class _Clock:
    """Adds up the CPU seconds that methods take."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def on(self, owner: type, name: str) -> Iterator[None]:
        method = getattr(owner, name)

        def timed(*given: Any) -> Any:
            started = time.process_time()
            try:
                return method(*given)
            finally:
                self.seconds += time.process_time() - started

        setattr(owner, name, timed)
        try:
            yield
        finally:
            setattr(owner, name, method)


if __name__ == "__main__":
    main()
