"""Replanning: articles are added to a planned issue or removed, and as few pages as possible change."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..errors import LayoutError, Message, Problem, Severity, SourceLocation
from ..issue.model import Issue
from ..issue.pages import PageSpec, numbered
from ..style.model import Style
from ..text.fonts.faces import Faces
from .cost_tables import CostTable
from .evaluator import PlanningContext
from .pages import PlannedPage
from .planner import OpenPage, Plan, Planner, names_in_maps
from .yaml import read_plan

CHANGES_TRIED = 24  # moves between two pages that are tried


class _PageChange(Struct, frozen=True):
    """Pages planned again: (index of the open page, planned page)."""

    pages: tuple[tuple[int, PlannedPage], ...]
    cost: int

    @property
    def order(self) -> tuple[bool, int, int]:
        """The sort key: whether everything fits, then the number of pages, then their cost."""
        fit_error = sum(page.fit_error for _, page in self.pages)
        return fit_error > 0, len(self.pages), self.cost


def earlier_plan(issue: Issue, file: str = "") -> Plan:
    """The plan to start from: the issue's own maps, or a printed plan in a file, beside which the issue's own maps stay.

    Raises:
        LayoutError: the file cannot be read, or there is no map.
    """
    pages = read_plan(Path(file)) if file else issue.pages
    if not any(page.areas for page in pages):
        what = Message("这一期还没有版面图", "the issue has no maps yet")
        remedy = Message(
            "先用 layout plan 排一次，存成文件，写作 --again 文件", "plan it first, keep that, and say --again FILE"
        )
        raise LayoutError([Problem("no-plan", what, remedy, SourceLocation(file) if file else None)])
    drawn = {at for at, page in enumerate(issue.pages) if page.areas} if file else set[int]()
    kept = tuple(issue.pages[at] if at in drawn else page for at, page in enumerate(pages))
    numbers = [number for number, _ in numbered(kept)]
    return Plan(kept, tuple(number for at, number in enumerate(numbers) if at not in drawn and not kept[at].spread))


def replan(issue: Issue, before: Plan, style: Style, faces: Faces) -> Plan:
    """The plan after articles were added to the issue or removed; no page changes that need not.

    Pages that are pinned, have a map of the editor's, or share an article with another page do not change.
    `Plan.changed` are the numbers of the changed pages.
    """
    return _Replanner(PlanningContext(issue, style, faces), before).plan()


class _Replanner:
    def __init__(self, context: PlanningContext, before: Plan) -> None:
        self.before = before
        issue = context.issue
        owners = {name: article for name, (article, _) in issue.floats().items()}
        self.on: dict[int, set[str]] = {}
        lost: dict[int, set[str]] = {}
        for place, spec in enumerate(before.pages):
            names = {owners.get(name, name) for name in names_in_maps([spec])}
            self.on[place] = {name for name in names if name in issue.articles}
            lost[place] = names - self.on[place] - set(style_names(context))
        several = [name for name in issue.articles if sum(name in on for on in self.on.values()) > 1]
        numbers = dict(enumerate(number for number, _ in numbered(before.pages)))
        self.free = {
            place
            for place, spec in enumerate(before.pages)
            if numbers[place] in before.planned and not spec.pinned and not self.on[place] & set(several)
        }
        self.new = [name for name in issue.articles if not any(name in on for on in self.on.values())]
        self.bereft = {place for place in self.free if lost[place]}
        pages = tuple(_is_open(spec) if place in self.free else spec for place, spec in enumerate(before.pages))
        self.planner = Planner(replace(context, issue=replace(issue, pages=pages)))
        self.planner.prepare(hold=False)
        self.item = {one.of.id: at for at, one in enumerate(self.planner.slices) if isinstance(one, CostTable)}

    def plan(self) -> Plan:
        open_pages = self.planner.open_pages
        held: dict[int, frozenset[int]] = {
            at: frozenset(self.item[name] for name in self.on[open_page.place] if name in self.item)
            for at, open_page in enumerate(open_pages)
        }
        specs, changed, problems = list(self.before.pages), set[int](), list[Problem]()
        stayed: list[str] = []
        for name in self.new:
            best = self._best(held, self.item[name]) if open_pages and name in self.item else None
            if best is None:
                stayed.append(name)
                continue
            for at, page in best.pages:
                held[at] = frozenset(one.slot.slice for one in page.placed if one.setting)
                changed.add(at)
        for at, open_page in enumerate(open_pages):
            if open_page.place in self.bereft:
                changed.add(at)
        for at in sorted(changed):
            made = self.planner.page(at, held[at])
            if made:
                specs[open_pages[at].place] = self.planner.drawn(open_pages[at], made)
                problems += self.planner.page_problems(open_pages[at], made)
                problems.append(_replanned_message(open_pages[at]))
        problems += [self.planner.held_over(name) for name in stayed]
        numbers = tuple(open_pages[at].number for at in sorted(changed))
        return Plan(tuple(specs), self.before.planned, tuple(stayed), tuple(problems), changed=numbers)

    def _best(self, held: dict[int, frozenset[int]], item: int) -> _PageChange | None:
        best: _PageChange | None = None
        for change in self._changes(held, item):
            pages = []
            for at, items in change:
                page = self.planner.page(at, items)
                if page:
                    pages.append((at, page))
            if len(pages) < len(change):
                continue
            cost = sum(
                page.cost + self.planner.assigner.cost(at, items)
                for (at, items), (_, page) in zip(change, pages, strict=True)
            )
            cost -= sum(self.planner.assigner.cost(at, held[at]) for at, _ in change)
            found = _PageChange(tuple(pages), cost)
            if best is None or found.order < best.order:
                best = found
            if len(change) > 1 and not best.order[0]:
                break
        return best

    def _changes(self, held: dict[int, frozenset[int]], item: int) -> Iterator[tuple[tuple[int, frozenset[int]], ...]]:
        """Adding the article to one page; then also moving another article from that page to a second one."""
        for at, items in held.items():
            yield ((at, items | {item}),)
        moves = []
        front = self.planner.assigner.front
        for here, there in combinations(held, 2):
            for at, to in ((here, there), (there, here)):
                for other in sorted(held[at] - {front}):
                    change = (at, held[at] - {other} | {item}), (to, held[to] | {other})
                    penalty = sum(self.planner.assigner.cost(place, items) for place, items in change)
                    moves.append(
                        (penalty - sum(self.planner.assigner.cost(place, held[place]) for place, _ in change), change)
                    )
        moves.sort(key=lambda move: move[0])
        for _, change in moves[:CHANGES_TRIED]:
            yield change


def style_names(context: PlanningContext) -> Iterator[str]:
    yield from context.style.furniture


def _is_open(spec: PageSpec) -> PageSpec:
    return replace(spec, areas=(), columns={}, head_spans={})


def _replanned_message(open_page: OpenPage) -> Problem:
    return Problem(
        "replanned",
        Message(f"第 {open_page.number} 版重新安排了", f"page {open_page.number} was planned anew"),
        severity=Severity.NOTE,
        page=open_page.number,
    )
