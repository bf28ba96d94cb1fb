"""Planning an issue: the assignment of articles to pages, and their places on each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..errors import IssueError, Message, Problem
from ..issue.model import Issue
from ..issue.pages import PageSpec, numbered
from ..issue.texts import Text
from ..page.map.areas import AREA_NAME
from ..runtime.progress import count_progress
from ..style.model import Style
from ..text.fonts.faces import Faces
from .assignment import Assigner, Assignment, AssignmentChange, AssignmentItem, PageSlot, with_change
from .cost_tables import CostTable
from .evaluator import MapPiece, PlanningContext, draw_map
from .furniture_strips import AT_THE_FOOT, AT_THE_TOP, FurnitureStrip, edge_furniture, teaser_strip
from .guillotine import GuillotineCutter
from .measured_articles import MeasuredArticle
from .pages import ATTEMPTS, VERIFIED_PAGES, PlacedArticle, PlannedPage, plan_page, quick_score
from .shortfalls import held_over_message, page_overset, page_underfilled, vertical_unplaced

TRADES = 8  # changes of a page that are scored
VERIFIED_TRADES = 8  # pages that are scored by estimates, for each page of the issue
VERIFIED_PLANS = 5  # pages that are verified, for each page of the issue
_MANY = 24  # in an issue with more pages each is scored and verified once, and few changes are
PROVED_OF_MANY = 3  # arrangements of each page that are verified there
KEPT_SETS = 20_000  # sets of articles with cached costs there
KEPT_TEXTS = 60  # articles with cached paragraphs there
QUICK_SCORES = 8  # changes of a page that are scored by estimates before some are verified
GOOD_PAGE_COST = 150  # a page that costs no more is left as it is
MOST_SLICES = 9  # on a page
IMPOSSIBLE_PAGE_COST = 20_000  # a page that cannot be made up
_LONGEST = 0.95  # an article that fills more of a page is divided
STRETCH = 0.6  # part of a page that a part of a divided article should fill
WITH_TEASERS = "nameplate"  # the teasers are on the page of this furniture
_MEASURED, _TRIED = Message("篇量好", "articles measured"), Message("次试排", "pages tried")
_PLANNED = Message("版排定", "pages planned")
CROWDED = 0.94  # part of all pages' capacity that the assigned articles may take


class Plan(Struct, frozen=True):
    """An area map for every page.

    `planned` are the numbers of the pages that were planned, `changed` those that `replan` changed, `held` the
    articles that did not fit; `problems` report overset and underfilled pages, with amounts.
    """

    pages: tuple[PageSpec, ...]
    planned: tuple[int, ...] = ()
    held: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    cost: int = 0
    changed: tuple[int, ...] = ()

    def of(self, issue: Issue) -> Issue:
        """The issue with this plan for its pages, without the articles held over."""
        articles = {id: article for id, article in issue.articles.items() if id not in self.held}
        return replace(issue, pages=self.pages, articles=articles)


def plan_issue(issue: Issue, style: Style, faces: Faces, *, count: int = 1) -> list[Plan]:
    """Plans for the pages that have no map, `count` different ones at most, the best first.

    Pages with a map are not changed. Where the issue has no pages, the plan has as many as the articles need.

    Raises:
        IssueError: an article whose lines run downwards is in no map: only the editor can place it.
    """
    return Planner(PlanningContext(issue, style, faces)).plans(count)


class OpenPage(Struct, frozen=True):
    """A page to be planned: its index, number and specification, the lines that are free for articles, and the
    furniture at its top and foot."""

    place: int
    number: int
    spec: PageSpec
    lines: int
    top: MapPiece | None
    foot: MapPiece | None


_PageScorer = Callable[[int, frozenset[int]], PlannedPage | None]


class Planner:
    """The state of planning one issue; `scored` counts the pages scored or verified so far."""

    cutter: GuillotineCutter
    assigner: Assigner

    def __init__(self, context: PlanningContext) -> None:
        self.context = context
        self.specs: list[PageSpec] = []
        self.open_pages: list[OpenPage] = []
        self.slices: list[CostTable | FurnitureStrip] = []
        self.held: list[CostTable] = []
        self.scored = 0
        self.verified_pages: dict[tuple[int, int], PlannedPage | None] = {}
        self.scored_pages: dict[tuple[int, int], PlannedPage | None] = {}

    def plans(self, count: int) -> list[Plan]:
        self.prepare()
        if not self.open_pages or not any(isinstance(one, CostTable) for one in self.slices):
            return [Plan(tuple(self.specs), held=self._held_ids(), problems=self._held_problems())]
        assignment = self.trade(self.assigner.better(self.assigner.first()))
        return self.finish(assignment, count)

    # --- articles and pages

    def prepare(self, *, hold: bool = True) -> None:
        """Measures the articles, counts the pages, divides too long articles, and holds over what does not fit."""
        context, issue = self.context, self.context.issue
        most = context.grid.lines + context.style.grid.gap
        placed = names_in_maps(issue.pages)
        if vertical := [one for id, one in issue.articles.items() if one.is_vertical and id not in placed]:
            raise IssueError([vertical_unplaced(one) for one in vertical])
        cost_table = [
            CostTable(MeasuredArticle(context, one), most) for id, one in issue.articles.items() if id not in placed
        ]
        # measured one by one, so that the paragraphs of hundreds of articles are not in memory at a time
        for number, one in enumerate(cost_table):
            count_progress(number, len(cost_table), _MEASURED)
            if one.area and len(cost_table) > 4 * _MANY:
                context.trim_cache()
        self.specs = list(issue.pages) or [PageSpec()] * self._pages_for(cost_table)
        self.open_pages = self._open_pages()
        furniture_strip = None
        if self.open_pages and self.open_pages[0].top and self.open_pages[0].top.name == WITH_TEASERS:
            furniture_strip = teaser_strip(context, most, len(self.specs))
        tables = [
            PageSlot(
                context.grid.units * open_page.lines
                - (furniture_strip.area if furniture_strip and open_page.number == 1 else 0),
                tuple(open_page.spec.sections),
                open_page.number == 1,
            )
            for open_page in self.open_pages
        ]
        total = sum(table.capacity for table in tables)
        if hold:
            self._hold(cost_table, total)
        divided: list[CostTable] = []
        front = max(cost_table, key=lambda one: one.rank).of.id if cost_table else ""
        for one in cost_table:
            divided += self._divided(one, front, most) if hold else [one]
        self.slices = [*divided, furniture_strip] if furniture_strip else list(divided)
        items = self._items()
        crowding = max(1.1, 1.2 * sum(item.areas[0] for item in items) / total) if total else 1.1
        self.cutter = GuillotineCutter(context, self.slices, most, crowding)
        if tables:
            self.assigner = Assigner(context, items, tables)

    def _items(self) -> list[AssignmentItem]:
        items: list[AssignmentItem] = []
        for number, one in enumerate(self.slices):
            if isinstance(one, CostTable):
                after = number - 1 if one.of.part else None
                items.append(
                    AssignmentItem(
                        number, one.rank, one.of.article.section, one.areas, bool(one.of.visuals), after=after
                    )
                )
        return items

    def _pages_for(self, cost_table: Sequence[CostTable]) -> int:
        """The fewest pages that hold all articles: one, two, or a multiple of the style's number."""
        context = self.context
        multiple, area = context.plan.pages, sum(2 * one.areas[0] + one.areas[1] for one in cost_table) // 3
        strips = sum(piece[1] for names in (AT_THE_TOP, AT_THE_FOOT) if (piece := edge_furniture(context, names)))
        pages = 1
        while area > context.grid.units * (pages * context.grid.lines - strips):
            pages = pages + 1 if pages + 1 <= min(2, multiple) else (pages // multiple + 1) * multiple
        return pages

    def _open_pages(self) -> list[OpenPage]:
        grid, gap = self.context.grid, self.context.style.grid.gap
        open_pages: list[OpenPage] = []
        for place, (number, spec) in enumerate(numbered(self.specs)):
            if spec.areas:
                continue
            top = edge_furniture(self.context, AT_THE_TOP) if number == 1 else None
            foot = edge_furniture(self.context, AT_THE_FOOT) if place == len(self.specs) - 1 else None
            lines = grid.lines - (top[1] if top else -gap) - (foot[1] if foot else 0)
            open_pages.append(
                OpenPage(
                    place,
                    number,
                    spec,
                    lines,
                    MapPiece(top[0], 0, 0, grid.units, top[1]) if top else None,
                    MapPiece(foot[0], 0, grid.lines - foot[1], grid.units, foot[1]) if foot else None,
                )
            )
        return open_pages

    def _hold(self, cost_table: list[CostTable], open_page: int) -> None:
        """Holds over articles of the lowest rank, as few as possible, where all together do not fit."""
        while (excess := sum(one.area for one in cost_table) - open_page * CROWDED) > 0 and len(cost_table) > 1:
            lowest = min(one.rank for one in cost_table)
            able = [one for one in cost_table if one.rank == lowest and one is not cost_table[0]] or cost_table[1:]
            enough = [one for one in able if one.area >= excess]
            chosen = min(enough, key=lambda one: one.area) if enough else max(able, key=lambda one: one.area)
            cost_table.remove(chosen)
            self.held.append(chosen)
        for one in sorted(self.held, key=lambda one: (-one.rank, -one.area)):  # articles that fit after all
            if sum(other.area for other in cost_table) + one.area <= open_page * CROWDED:
                self.held.remove(one)
                cost_table.append(one)
        order = list(self.context.issue.articles)
        cost_table.sort(key=lambda one: order.index(one.of.id))

    def _divided(self, one: CostTable, front: str, most: int) -> list[CostTable]:
        """The article, or its parts where it is too long for a page and there are several pages."""
        open_pages = [self.context.grid.units * open_page.lines for open_page in self.open_pages]
        if len(open_pages) < 2 or not one.of.has_text or one.of.box:
            return [one]
        page = open_pages[0] if one.of.id == front and self.open_pages[0].number == 1 else max(open_pages)
        if one.areas[0] <= _LONGEST * page:
            return [one]
        parts = min(len(self.open_pages), max(2, -int(-one.areas[0] // (STRETCH * page))))
        return [
            CostTable(
                MeasuredArticle(self.context, one.of.article, part, parts, 1 / parts, () if part == 0 else None), most
            )
            for part in range(parts)
        ]

    # --- assignment

    def page(self, at: int, items: frozenset[int]) -> PlannedPage | None:
        """The best page with these articles, verified; None where it cannot be made up."""
        key = self._mask(at, items), self.open_pages[at].lines
        if key not in self.verified_pages:
            self.scored += 1
            few = 0 < key[0].bit_count() <= MOST_SLICES
            attempts, trials = (ATTEMPTS, VERIFIED_PAGES) if len(self.open_pages) <= _MANY else (1, PROVED_OF_MANY)
            pages = plan_page(self.context, self.cutter, *key, attempts=attempts, trials=trials) if few else []
            self.verified_pages[key] = pages[0] if pages else None
        return self.verified_pages[key]

    def quick_page(self, at: int, items: frozenset[int]) -> PlannedPage | None:
        """The best page with these articles by estimates."""
        key = self._mask(at, items), self.open_pages[at].lines
        if key not in self.scored_pages:
            self.scored += 1
            few = 0 < key[0].bit_count() <= MOST_SLICES
            self.scored_pages[key] = quick_score(self.context, self.cutter, *key) if few else None
        return self.scored_pages[key]

    def _mask(self, at: int, items: frozenset[int]) -> int:
        mask = sum(1 << item for item in items)
        if self.open_pages[at].number == 1 and isinstance(self.slices[-1], FurnitureStrip):
            mask |= 1 << len(self.slices) - 1
        return mask

    def trade(self, assignment: Assignment) -> Assignment:
        """Exchanges articles of the worst page while that lowers the cost: scored by estimates first, then verified."""
        assignment = self._trade(assignment, self.quick_page, VERIFIED_TRADES)
        self.scored = 0
        self.scored_pages.clear()  # verified costs of layouts change the estimates
        return self._trade(assignment, self.page, VERIFIED_PLANS)

    def _price(self, scorer: _PageScorer, at: int, items: frozenset[int]) -> int:
        scored = self.scored
        page = scorer(at, items)
        if len(self.open_pages) > _MANY and self.scored > scored:
            self.cutter.trim_cache(KEPT_SETS)
            self.context.trim_cache(KEPT_TEXTS)
        return (page.cost if page else IMPOSSIBLE_PAGE_COST) + self.assigner.cost(at, items) // 2

    def _most_scorings(self, scorings: int, pages: int) -> int:
        """How many pages are scored at: so many for each, or where there are MANY one for each and a few more."""
        return scorings * pages if pages <= _MANY else pages + scorings * _MANY // 4

    def _trade(self, assignment: Assignment, scorer: _PageScorer, scorings: int) -> Assignment:
        costs = [self._price(scorer, at, items) for at, items in enumerate(assignment)]
        tried: set[int] = set()
        while self.scored < (most := self._most_scorings(scorings, len(assignment))) and len(assignment) > 1:
            pages = [scorer(at, items) for at, items in enumerate(assignment)]
            bad = [
                at for at, page in enumerate(pages) if at not in tried and (page is None or page.cost > GOOD_PAGE_COST)
            ]
            if not bad:
                break
            worst = max(bad, key=lambda at: costs[at])
            for change in self._promising(assignment, worst, scorer):
                count_progress(min(self.scored, most), most, _TRIED)
                found = {at: self._price(scorer, at, items) for at, items in change}
                if sum(found.values()) < sum(costs[at] for at in found):
                    assignment = with_change(assignment, change)
                    for at, cost in found.items():
                        costs[at] = cost
                    tried.clear()
                    break
            else:
                tried.add(worst)
        return assignment

    def _promising(self, assignment: Assignment, page: int, scorer: _PageScorer) -> list[AssignmentChange]:
        """The most promising changes of a page by the assigner's costs and, before verification, by quick scores."""
        changes = sorted(
            self.assigner.changes(assignment, page), key=lambda change: self.assigner.gain(assignment, change)
        )
        if scorer == self.quick_page:
            return changes[:TRADES]
        scored, candidates = self.scored, changes[:QUICK_SCORES]
        prices = {change: sum(self._price(self.quick_page, at, items) for at, items in change) for change in candidates}
        pages = {at for change in candidates for at, _ in change} if len(assignment) > _MANY else range(len(assignment))
        old = {at: self._price(self.quick_page, at, assignment[at]) for at in pages}
        self.scored = scored
        return sorted(candidates, key=lambda change: prices[change] - sum(old[at] for at, _ in change))[: TRADES // 2]

    # --- plans

    def finish(self, assignment: Assignment, count: int) -> list[Plan]:
        """Plans of an assignment; pages are planned in order, as a continuation depends on where its article begins."""
        found: list[list[PlannedPage]] = []
        for at, assigned in enumerate(assignment):
            count_progress(at, len(assignment), _PLANNED)
            items = self._possible(at, assigned)
            going_on = [
                one for item in sorted(items) if isinstance(one := self.slices[item], CostTable) and one.of.part
            ]
            for one in going_on:
                self._continue(one, found)
            mask = self._mask(at, items)
            pages = []
            if going_on or count > 1:
                pages = plan_page(self.context, self.cutter, mask, self.open_pages[at].lines, count) if items else []
            elif page := self.page(at, items):
                pages = [page]
            found.append(pages)
        plans = [self._plan([pages[nth % len(pages)] if pages else None for pages in found]) for nth in range(count)]
        return [plan for at, plan in enumerate(plans) if all(plan.pages != other.pages for other in plans[:at])]

    def _possible(self, at: int, items: frozenset[int]) -> frozenset[int]:
        """The articles of a page without those that have no layout there, which are held over."""
        while items and self.page(at, items) is None:
            least = min(items, key=lambda item: (self.assigner.items[item].rank, -item))
            items -= {least}
            slice = self.slices[least]
            if isinstance(slice, CostTable) and slice not in self.held and slice.of.part == 0:
                self.held.append(slice)
        return items

    def _continue(self, one: CostTable, found: Sequence[Sequence[PlannedPage]]) -> None:
        """Sets for a later part of an article where the earlier parts are and how much text is left."""
        before: list[tuple[tuple[MapPiece, ...], int]] = []
        done = 0.0
        for pages in found:
            for placed in pages[0].placed if pages else ():
                slice = self.slices[placed.slot.slice]
                if isinstance(slice, CostTable) and slice.of.id == one.of.id and placed.setting:
                    before.append((relative_pieces(placed), placed.setting.columns))
                    whole = slice.of.whole_text(placed.setting.text_units, placed.setting.columns)
                    lines = placed.setting.lines(placed.lines - placed.setting.base, placed.slot.hole)
                    done += (lines - 1 - (slice.of.part > 0)) / max(1, whole)
        share = max(0.02, 1 - done)
        if not one.of.goes_on:
            one.of.share = share
        one.of.before = tuple(before)
        one.clear()
        self.cutter.discard(self.slices.index(one))

    def _plan(self, pages: Sequence[PlannedPage | None]) -> Plan:
        specs = list(self.specs)
        problems = list(self._held_problems())
        cost = 0
        for open_page, page in zip(self.open_pages, pages, strict=True):
            if page is None:
                problems += page_underfilled(self.context, open_page.number, None, open_page.lines)
                furniture = [piece for piece in (open_page.top, open_page.foot) if piece]
                empty = draw_map(furniture, self.context.grid.units, {}, height=self.context.grid.lines)
                specs[open_page.place] = replace(open_page.spec, areas=empty.areas)
                continue
            cost += page.cost
            specs[open_page.place] = self.drawn(open_page, page)
            problems += self.page_problems(open_page, page)
        return Plan(
            tuple(specs),
            tuple(open_page.number for open_page in self.open_pages),
            self._held_ids(),
            tuple(problems),
            cost,
        )

    def drawn(self, open_page: OpenPage, page: PlannedPage) -> PageSpec:
        """The page's map; its name is that of its sections, where the editor gave none."""
        shift = open_page.top.lines if open_page.top else -self.context.style.grid.gap
        pieces = [piece.moved(0, shift) for one in page.placed for piece in one.pieces]
        pieces = [p if p.line >= 0 else replace(p, line=0, lines=p.lines + p.line) for p in pieces]
        pieces += [piece for piece in (open_page.top, open_page.foot) if piece]
        articles = self._articles(page)
        columns = {articles[one.slot.slice]: one.setting.columns for one in page.placed if one.setting}
        spec = draw_map(pieces, self.context.grid.units, columns, height=self.context.grid.lines)
        ranked = sorted(page.placed, key=lambda one: (-one.weight, one.slot.slice))
        sections = [self.context.issue.articles[articles[one.slot.slice]].section for one in ranked if one.setting]
        name = open_page.spec.name or Text("·".join(list(dict.fromkeys(filter(None, sections)))[:2]))
        return replace(open_page.spec, name=name, areas=spec.areas, columns=spec.columns)

    def page_problems(self, open_page: OpenPage, page: PlannedPage) -> list[Problem]:
        """The overset and underfilled problems of a page."""
        over = page_overset(self.context, open_page.number, page, self._articles(page))
        return [*over, *page_underfilled(self.context, open_page.number, page, open_page.lines)]

    def held_over(self, article: str) -> Problem:
        """The problem of an article that does not fit."""
        return held_over_message(MeasuredArticle(self.context, self.context.issue.articles[article]))

    def _articles(self, page: PlannedPage) -> dict[int, str]:
        """The article of each slice on a page."""
        numbers = [one.slot.slice for one in page.placed]
        return {number: one.of.id for number in numbers if isinstance(one := self.slices[number], CostTable)}

    def _held_ids(self) -> tuple[str, ...]:
        return tuple(one.of.id for one in self.held)

    def _held_problems(self) -> tuple[Problem, ...]:
        return tuple(held_over_message(one.of) for one in self.held)


def relative_pieces(placed: PlacedArticle) -> tuple[MapPiece, ...]:
    """The pieces of an article relative to the corner of its slot."""
    return tuple(piece.moved(-placed.slot.unit, -placed.slot.line) for piece in placed.pieces)


def names_in_maps(specs: Sequence[PageSpec]) -> set[str]:
    """All names in the maps of the pages."""
    return {
        found["name"]
        for spec in specs
        for row in spec.areas
        for cell in row.cells
        if (found := AREA_NAME.fullmatch(cell))
    }
