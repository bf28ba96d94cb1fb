"""The thread of each article: its text areas in order, page after page (转栏, 转版)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct, field

from ...errors import Message, Problem, Severity, SourceLocation
from ...issue.floats import Picture
from ...issue.model import Article, Issue
from ...issue.pages import PageSpec, numbered
from ...records import nearest_match
from ...style.model import Style
from .areas import Area, MapRow, not_a_rectangle, read_map, read_spread
from .tiers import tier_count


class PagePlan(Struct, frozen=True):
    """A page whose map has been read: its areas, in the order of reading. Two pages of a double truck share a spec."""

    number: int
    spec: PageSpec
    areas: tuple[Area, ...]


class Story(Struct):
    """An article and its places: (page, area) of its text in the order of its thread, and of its headline."""

    id: str
    article: Article
    text: list[tuple[PagePlan, Area]] = field(default_factory=list)
    head: tuple[PagePlan, Area] | None = None


def read_pages(
    issue: Issue, style: Style, heights: Mapping[int, Sequence[int]], only: Collection[int] | None = None
) -> tuple[list[PagePlan], list[Problem]]:
    """The maps of all pages, or of `only` those; `heights` are the rows' lines where copyfitting has decided them.

    A double truck is two plans, one a page.
    """
    known = {*issue.articles, *issue.floats(), *style.furniture}
    grid = style.grid.grid(style.sheet)
    plans: list[PagePlan] = []
    problems: list[Problem] = []
    for number, spec in numbered(issue.pages):
        if only is not None and number not in only:
            continue
        rows = resolved_heights(spec, grid.lines, heights.get(number))
        if not spec.spread:
            areas, found = read_map(rows, grid, known)
            plans.append(PagePlan(number, spec, tuple(areas)))
        else:
            left, right, found = read_spread(rows, grid, known)
            plans += [PagePlan(number, spec, tuple(left)), PagePlan(number + 1, spec, tuple(right))]
            if number % 2:
                problems.append(_back_to_back(number, spec))
        problems.extend(found)
        problems.extend(_unknown_columns(number, spec, known))
    return plans, problems


def _unknown_columns(number: int, spec: PageSpec, known: Collection[str]) -> Iterator[Problem]:
    """Problems: `columns` of a page that name what its map does not hold; not those whose name in the map is misspelt."""
    held = {cell for row in spec.areas for cell in row.cells}
    held |= {cell.partition(".")[0] for cell in held}
    for counts in ("columns", "head_spans"):
        for name in getattr(spec, counts) if held else ():
            if name not in held:
                near = nearest_match(name, sorted(held))
                if name in known and near and near.partition(".")[0] not in known:
                    continue
                yield Problem(
                    "area-name",
                    Message(
                        f"{counts} 里的“{name}”不在第 {number} 版的图里", f"“{name}” in {counts} is not in the map"
                    ),
                    Message(f"是 {near} 吗？", f"do you mean {near}?")
                    if near
                    else Message("删去它，或在 areas 里写上", "take it away, or name it in the areas"),
                    spec.place(f"{counts}.{name}"),
                    Severity.WARNING,
                    page=number,
                )


def resolved_heights(spec: PageSpec, lines: int, decided: Sequence[int] | None = None) -> list[MapRow]:
    """The heights of the rows in lines: as decided, else as typed; rows of height `auto` share the rest of the page."""
    known = decided or typed_heights(spec, lines)
    open_rows = list(known).count(None)
    share, rest = divmod(max(0, lines - sum(height or 0 for height in known)), open_rows or 1)
    heights = iter([share + (index < rest) for index in range(open_rows)])
    return [
        MapRow(
            next(heights) if height is None else height, tuple(row.cells), row.mark or spec.mark or SourceLocation("")
        )
        for row, height in zip(spec.areas, known, strict=True)
    ]


def typed_heights(spec: PageSpec, lines: int) -> list[int | None]:
    """The heights of a page's rows in lines as typed, shares of the type area rounded; None for `auto`."""
    return [row.height.lines or (round(row.height.share * lines) if row.height.share else None) for row in spec.areas]


def gather_stories(
    issue: Issue, plans: Sequence[PagePlan], *, whole: bool = True
) -> tuple[dict[str, Story], list[Problem]]:
    """The stories in the order in which the pages name them; an article in no area and a headline in two is rejected.

    Unless `whole` the plans are not those of all pages, and articles may stand elsewhere.
    """
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
            elif area.continues:
                pass
            elif not area.is_rectangle:
                problems.append(not_a_rectangle(area))
            elif story.head:
                problems.append(_placed_twice(f"{area.name}.headline", area.place))
            else:
                story.head = (plan, area)
    for story in stories.values():
        story.text.sort(key=lambda place: (place[0].number, place[1].part or "1"))
        problems.extend(column_counts(story)[1])
        if story.head and not story.text:
            problems.append(_only_a_head(story))
    if whole:
        named = _named(issue, plans)
        problems.extend(_placed_nowhere(id, article) for id, article in issue.articles.items() if id not in named)
    return stories, problems


def _named(issue: Issue, plans: Sequence[PagePlan]) -> set[str]:
    """The articles that the maps name, also in a row that cannot be read, or misspelt."""
    cells = {cell.partition(".")[0] for plan in plans for row in plan.spec.areas for cell in row.cells}
    names = [*issue.articles, *issue.floats()]
    return cells | {nearest_match(cell, names) for cell in cells.difference(names)}


def column_counts(story: Story) -> tuple[list[int], list[Problem]]:
    """How many columns each of the story's text areas is divided into: as its page says, else one to two units.

    An area across the fold has its columns on the left and on the right of it; none may stand in the fold.
    """
    counts: list[int] = []
    problems: list[Problem] = []
    seen: dict[int, int] = {}
    beyond: dict[Area, int] = {}
    for plan, area in story.text:
        if area.continues:
            counts.append(beyond[area])
            continue
        own = plan.spec.columns.get(f"{area.name}.{area.part}") if area.part else None
        given = own or plan.spec.columns.get(story.id)
        number = seen[id(plan.spec)] = seen.get(id(plan.spec), -1) + 1
        if isinstance(given, tuple):
            given = given[min(number, len(given) - 1)]
        units = area.units + (area.beyond.units if area.beyond else 0)
        count = given or (tier_count(area) if story.article.is_vertical else max(1, units // 2))
        if area.beyond and story.article.is_vertical:
            problems.append(_vertical_across_the_fold(area))
            beyond[area.beyond] = count
        elif area.beyond:
            here, rest = divmod(count * area.units, units)
            if rest:
                problems.append(_in_the_fold(area, area.beyond, count))
                here = max(1, here)
            beyond[area.beyond] = max(1, count - here)
            count = here
        counts.append(count)
    return counts, problems


def rectangle_problems(plans: Sequence[PagePlan], names: Mapping[str, object], once: bool) -> list[Problem]:
    """Problems of areas that must be one rectangle: pictures (`once` in the issue) and furniture (once a page)."""
    problems = []
    seen: dict[object, int] = {}
    for plan in plans:
        for area in plan.areas:
            if area.name not in names or area.continues:
                continue
            if not area.is_rectangle:
                problems.append(not_a_rectangle(area))
            key = area.name if once else (plan.number, area.name)
            seen[key] = seen.get(key, 0) + 1
            if seen[key] == 2:
                problems.append(_placed_twice(area.name, area.place))
    return problems


def not_pictures(issue: Issue) -> set[str]:
    """Names of the floats that contain text."""
    return {name for name, (_, inset) in issue.floats().items() if not isinstance(inset, Picture)}


def fold_problems(plans: Sequence[PagePlan], names: Collection[str]) -> list[Problem]:
    """Problems: areas across the fold that hold text."""
    return [_holds_text(area) for plan in plans for area in plan.areas if area.beyond and area.name in names]


def _placed_twice(name: str, mark: SourceLocation) -> Problem:
    return Problem(
        "placed-twice",
        Message(f"“{name}”放了两次", f"“{name}” is placed twice"),
        Message("只留一处", "keep one of the two"),
        mark,
    )


def _placed_nowhere(id: str, article: Article) -> Problem:
    return Problem(
        "placed-nowhere",
        Message(f"稿件“{id}”没有放进任何一版", f"the article “{id}” is placed on no page"),
        Message("在某一版的 areas 里写上它的名字", "name it in the areas of a page"),
        article.mark,
    )


def _only_a_head(story: Story) -> Problem:
    assert story.head is not None
    return Problem(
        "no-text-area",
        Message(
            f"“{story.id}”只有标题区，没有正文区", f"“{story.id}” has an area for its headline and none for its text"
        ),
        Message(f"在区域图里给“{story.id}”留出正文的位置", f"give “{story.id}” an area for its text in the map"),
        story.head[1].place,
    )


def _back_to_back(number: int, spec: PageSpec) -> Problem:
    return Problem(
        "spread-page",
        Message(
            f"第 {number}、{number + 1} 版印在一张纸的两面，不能跨版",
            f"pages {number} and {number + 1} are back to back and cannot be a double truck",
        ),
        Message(
            f"跨版从双数版开始：移到第 {number - 1} 版或第 {number + 1} 版" if number > 1 else "移到第 2 版",
            f"begin it on an even page, {f'{number - 1} or ' if number > 1 else ''}{number + 1}",
        ),
        spec.place("spread"),
    )


def _in_the_fold(area: Area, beyond: Area, count: int) -> Problem:
    units = area.units + beyond.units
    fitting = [n for n in range(2, max(2, units // 2) + 1) if n * area.units % units == 0]
    return Problem(
        "fold",
        Message(
            f"“{area.name}”分成 {count} 栏，有一栏压在折缝上",
            f"a column of “{area.name}” in {count} stands in the fold",
        ),
        Message(
            f"分成 {'、'.join(map(str, fitting))} 栏，或让它只占一版",
            f"take {', '.join(map(str, fitting))} columns, or keep it on one page",
        ),
        area.place,
    )


def _vertical_across_the_fold(area: Area) -> Problem:
    return Problem(
        "fold",
        Message(
            f"直排的“{area.name}”跨了折缝：右边一版要先读，左边一版却先排",
            f"“{area.name}”, whose lines run downwards, stands across the fold: its right half is to be read first",
        ),
        Message("移到一版之内，另一版再写一处", "keep it on one page, and give it a further area on the other"),
        area.mark,
    )


def _holds_text(area: Area) -> Problem:
    return Problem(
        "fold",
        Message(f"“{area.name}”里有文字，不能压在折缝上", f"“{area.name}” holds text and cannot stand in the fold"),
        Message(
            "移到一版之内；能跨折缝的只有图片、标题和正文",
            "keep it on one page; only pictures, headlines and text run across the fold",
        ),
        area.place,
    )
