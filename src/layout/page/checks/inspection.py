"""A made-up page looked at: its areas with their columns, where each column ends, what stands in what."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from ...composition import Box, Composition, Frame, Page, PlacedPicture
from ...errors import Message, PageRectangle, Problem, Severity
from ...issue.model import Article, Issue
from ...roles import Role
from ...rules.makeup import MAKEUP
from ...style.grid import Grid
from ...style.model import Style
from ...units import MM
from ..map.areas import EMPTY, Area
from ..map.columns import Column, divide
from ..map.threads import PagePlan, Story, column_counts, gather_stories
from ..map.tiers import divide_into_tiers

PageItem = Frame | PlacedPicture | Box


class ColumnEnd(Struct, frozen=True):
    """A column of an area, and how many lines of it stay empty at its foot."""

    column: Column
    short: int


class PageInspection(Struct):
    """One page of a composition beside the map that it was made up from, and what was found on it."""

    page: Page
    plan: PagePlan
    issue: Issue
    style: Style
    grid: Grid
    stories: Mapping[str, Story]
    found: list[Problem] = field(default_factory=list)

    def add_problem(self, rule: str, zh: str, en: str, box: PageItem | None = None, article: str = "") -> None:
        """Reports what breaks a rule of `rules.makeup`, which gives the remedy."""
        place = PageRectangle(*(value / MM for value in (box.x, box.y, box.width, box.height))) if box else None
        one = self.issue.articles.get(article)
        self.found.append(
            Problem(
                rule,
                Message(f"第 {self.page.number} 版：{zh}", f"page {self.page.number}: {en}"),
                MAKEUP[rule].remedy,
                one.mark if one else None,
                Severity.WARNING,
                self.page.number,
                place,
            )
        )

    def boxed(self, thing: PageItem) -> bool:
        return any(box.kind == "frame" and is_inside(thing, box) for box in self.page.boxes)

    def white(self) -> float:
        """The part of the type area that is left empty."""
        grid = self.grid
        empty = 0.0
        for story, area in self.text_areas():
            for ending in self.endings(story, area):
                empty += max(0, ending.short) * (ending.column.measure + grid.gutter_em / 2)
        taken = {(unit, line) for area in self.plan.areas for unit, line in cells_of(area)}
        open_cells = grid.units * grid.lines - len(taken)
        empty += open_cells * (grid.unit_em + grid.gutter_em)
        return empty / ((grid.width_em + grid.gutter_em) * grid.lines)

    def title(self, article: str) -> str:
        one: Article | None = self.issue.articles.get(article)
        return one.title if one else article

    def text_areas(self) -> Iterator[tuple[Story, Area]]:
        for story in self.stories.values():
            for plan, area in story.text:
                if plan.number == self.plan.number:
                    yield story, area

    def rectangle(self, area: Area) -> Box:
        grid = self.grid
        width = grid.measure(area.units) * grid.em
        return Box("rule", grid.x(grid.start(area.unit)), grid.y(area.line), width, area.lines * grid.leading)

    def endings(self, story: Story, area: Area) -> list[ColumnEnd]:
        """The area's columns, and how far above its foot each ends."""
        counts, _ = column_counts(story)
        count = next(count for (_, other), count in zip(story.text, counts, strict=True) if other is area)
        box = self.style.boxes.get(story.article.box or self.style.kind(story.article.kind).box)
        padding = box.padding if box else 0.0
        foot = math.ceil(padding * self.grid.em / self.grid.leading - 1e-6) if box else 0
        if story.article.is_vertical:
            return self._tier_ends(story, area, count, padding, foot)
        columns, _ = divide(area, count, self.grid, left=padding, right=padding)
        things: list[PageItem] = [f for f in self.page.frames if f.article == story.id]
        things += [p for p in self.page.pictures if p.article == story.id]
        things += [b for b in self.page.boxes if b.kind != "frame"]
        return [
            ColumnEnd(column, self._short(column, things, foot if column.end == area.end else 0)) for column in columns
        ]

    def _tier_ends(self, story: Story, area: Area, count: int, padding: float, lines: int) -> list[ColumnEnd]:
        """The tiers of a vertical article, and how many lines of each stay empty at its left."""
        tiers, _ = divide_into_tiers(
            area, count, self.grid, left=padding, right=padding, top=lines if area.line else 0, foot=lines
        )
        things: list[PageItem] = [f for f in self.page.frames if f.article == story.id]
        things += [p for p in self.page.pictures if p.article == story.id]
        ends = []
        for tier in tiers:
            left, top, width, height = tier.box(self.grid, tier.line, tier.lines)
            inside = [one.x for one in things if left - 1 <= one.x < left + width and one.y < top + height - 1]
            inside = [x for x in inside if any(one.x == x and one.y + one.height > top + 1 for one in things)]
            ends.append(
                ColumnEnd(tier, int((min(inside, default=left + width) - left + 0.4 * tier.pitch) // tier.pitch))
            )
        return ends

    def _short(self, column: Column, things: Iterable[PageItem], padding: int) -> int:
        """Empty lines at a column's foot, under what stands in it and what covers all its width."""
        grid = self.grid
        left, right = grid.x(column.start) - 2, grid.x(column.start + column.measure) + 2
        top, foot = grid.y(column.line), grid.y(column.end - padding)
        bottoms = [
            min(thing.y + thing.height, foot)
            for thing in things
            if (
                (left <= thing.x and thing.x + thing.width <= right)
                or (not isinstance(thing, Box) and thing.x <= left + 4 and right - 4 <= thing.x + thing.width)
            )
            and top - 1 <= thing.y < foot - 1
            and thing.height > 0
        ]
        lowest = max(bottoms, default=top)
        return int((foot - lowest + grid.leading * 0.6) // grid.leading)


def widows_and_orphans(frames: Sequence[Frame], style: Style) -> list[tuple[str, Frame]]:
    """Single lines of a paragraph at a column's head (`widow`) or foot (`orphan`), by the style's limits (rule G7)."""
    body = style.text_style("body")
    columns: dict[tuple[str, int], list[Frame]] = {}
    for frame in frames:
        if frame.role is Role.BODY:
            columns.setdefault((frame.article, frame.column), []).append(frame)
    found = []
    for stretches in columns.values():
        stretches.sort(key=lambda frame: -frame.x if frame.lines[0].vertical else frame.y)
        lines = [line for frame in stretches for line in frame.lines]
        first, last = lines[0], lines[-1]
        if first.start > 0 and first.ends_paragraph and body.widows > 1:
            found.append(("widow", stretches[0]))
        if last.start == 0 and not last.ends_paragraph and body.orphans > 1:
            found.append(("orphan", stretches[-1]))
    return found


def is_inside(thing: PageItem, box: Box) -> bool:
    return (
        box.x - 1 <= thing.x
        and thing.x + thing.width <= box.x + box.width + 1
        and box.y - 1 <= thing.y
        and thing.y + thing.height <= box.y + box.height + 1
    )


def cells_of(area: Area) -> Iterator[tuple[int, int]]:
    for strip in area.strips if area.name != EMPTY else ():
        for unit in range(strip.unit, strip.unit + strip.units):
            for line in range(strip.line, strip.line + strip.lines):
                yield unit, line


def white_space(composition: Composition, plans: Sequence[PagePlan], issue: Issue, style: Style) -> list[float]:
    """The part of its type area that each page leaves empty: at the feet of columns, and where its map is empty."""
    stories, _ = gather_stories(issue, plans)
    grid = style.grid.grid(style.sheet)
    return [
        PageInspection(page, plan, issue, style, grid, stories).white()
        for page, plan in zip(composition.pages, plans, strict=True)
    ]
