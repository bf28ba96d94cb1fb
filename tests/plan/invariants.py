"""What holds of any pages: text in is text out, nothing overlaps, every baseline of the body stands on the grid."""

from __future__ import annotations

from itertools import combinations

from layout.composition import Composition
from layout.issue.model import Issue
from layout.style.model import Style

HEADS = {"headline", "kicker", "deck", "caption", "jump_line", "continuation_line"}


def assert_all_the_text_is_there(pages: Composition, loaded: Issue) -> None:
    over = {one.article: one.characters for one in pages.overset}
    for fit in pages.fit:
        frames = [f for page in pages.pages for f in page.frames if f.article == fit.article and f.role not in HEADS]
        printed = sum(line.end - line.start for frame in frames for line in frame.lines)
        assert printed + over.get(fit.article, 0) == fit.characters, fit.article
    assert {fit.article for fit in pages.fit} == set(loaded.articles)


def assert_nothing_overlaps(pages: Composition) -> None:
    for page in pages.pages:
        things = [frame for frame in page.frames if frame.role != "byline"] + list(page.pictures)
        for one, other in combinations(things, 2):
            across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
            down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
            assert across < 0.5 or down < 0.5, (page.number, one, other)


def assert_on_the_grid(pages: Composition, style: Style) -> None:
    grid = style.grid.grid(style.sheet)
    for page in pages.pages:
        for frame in page.frames:
            for line in frame.lines if frame.role == "body" else ():
                steps = (line.baseline - grid.baseline(0)) / grid.leading
                assert abs(steps - round(steps)) < 1e-6
