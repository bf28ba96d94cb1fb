"""Which areas belong to which article, page after page: the thread its text runs through (转栏, 转版)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..errors import Mark, Problem, Words
from ..issue.model import Article, Issue
from ..issue.pages import PageSpec
from ..style.model import Style
from .areas import Area, MapRow, not_a_rectangle, read_map


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page whose map has been read: its areas, in the order of reading."""

    number: int
    spec: PageSpec
    areas: tuple[Area, ...]


@dataclass(slots=True)
class Story:
    """An article and its places: (page, area) of its text in the order of its thread, and of its headline."""

    id: str
    article: Article
    text: list[tuple[PagePlan, Area]] = field(default_factory=list)
    head: tuple[PagePlan, Area] | None = None


def read_pages(
    issue: Issue, style: Style, heights: Mapping[int, Sequence[int]]
) -> tuple[list[PagePlan], list[Problem]]:
    """Every page's map; `heights` gives pages their rows' lines where fitting has decided them."""
    known = {*issue.articles, *issue.insets(), *style.furniture}
    grid = style.grid.grid(style.sheet)
    plans, problems = [], []
    for number, spec in enumerate(issue.pages, 1):
        rows = settle_heights(spec, grid.lines, heights.get(number))
        areas, found = read_map(rows, grid, known)
        problems.extend(found)
        plans.append(PagePlan(number, spec, tuple(areas)))
    return plans, problems


def settle_heights(spec: PageSpec, lines: int, decided: Sequence[int] | None = None) -> list[MapRow]:
    """The rows in lines, as decided, else as typed: rows of height `auto` divide what the others leave."""
    known = decided or typed_heights(spec, lines)
    open_rows = list(known).count(None)
    share, rest = divmod(max(0, lines - sum(height or 0 for height in known)), open_rows or 1)
    heights = iter([share + (index < rest) for index in range(open_rows)])
    return [
        MapRow(next(heights) if height is None else height, tuple(row.cells), row.mark or spec.mark or Mark(""))
        for row, height in zip(spec.areas, known, strict=True)
    ]


def typed_heights(spec: PageSpec, lines: int) -> list[int | None]:
    """The heights of a page's rows in lines, shares of the type area rounded; None where the text decides."""
    return [row.height.lines or (round(row.height.share * lines) if row.height.share else None) for row in spec.areas]


def gather(issue: Issue, plans: Sequence[PagePlan]) -> tuple[dict[str, Story], list[Problem]]:
    """The stories in the order in which the pages name them; an article in no area and a headline in two is refused."""
    stories: dict[str, Story] = {}
    problems: list[Problem] = []
    for plan in plans:
        for area in plan.areas:
            article = issue.articles.get(area.name)
            if article is None:
                continue
            story = stories.setdefault(area.name, Story(area.name, article))
            if area.part != "headline":
                story.text.append((plan, area))
            elif not area.is_rectangle:
                problems.append(not_a_rectangle(area, 1))
            elif story.head:
                problems.append(_placed_twice(f"{area.name}.headline", area.mark))
            else:
                story.head = (plan, area)
    for story in stories.values():
        story.text.sort(key=lambda place: (place[0].number, place[1].part or "1"))
        if not story.text:
            problems.append(_only_a_head(story))
    problems.extend(_placed_nowhere(id, article) for id, article in issue.articles.items() if id not in stories)
    return stories, problems


def rectangles(plans: Sequence[PagePlan], names: Mapping[str, object], once: bool) -> list[Problem]:
    """What is wrong with areas that must be one rectangle: pictures (`once` in the issue) and furniture (once a page)."""
    problems = []
    seen: dict[object, int] = {}
    for plan in plans:
        for area in plan.areas:
            if area.name not in names:
                continue
            if not area.is_rectangle:
                problems.append(not_a_rectangle(area, 1))
            key = area.name if once else (plan.number, area.name)
            seen[key] = seen.get(key, 0) + 1
            if seen[key] == 2:
                problems.append(_placed_twice(area.name, area.mark))
    return problems


def _placed_twice(name: str, mark: Mark) -> Problem:
    return Problem(
        "placed-twice",
        Words(f"“{name}”放了两次", f"“{name}” is placed twice"),
        Words("只留一处", "keep one of the two"),
        mark,
    )


def _placed_nowhere(id: str, article: Article) -> Problem:
    return Problem(
        "placed-nowhere",
        Words(f"稿件“{id}”没有放进任何一版", f"the article “{id}” is placed on no page"),
        Words("在某一版的 areas 里写上它的名字", "name it in the areas of a page"),
        article.mark,
    )


def _only_a_head(story: Story) -> Problem:
    assert story.head is not None
    return Problem(
        "no-text-area",
        Words(
            f"“{story.id}”只有标题区，没有正文区", f"“{story.id}” has an area for its headline and none for its text"
        ),
        Words(f"在区域图里给“{story.id}”留出正文的位置", f"give “{story.id}” an area for its text in the map"),
        story.head[1].mark,
    )
