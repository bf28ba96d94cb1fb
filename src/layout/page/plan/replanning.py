"""Breaking news: articles come into a finished issue, or leave it, and as few pages change as can be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from ...errors import Problem, Severity, Words
from ...issue.model import Issue
from ...issue.pages import PageSpec, numbered
from ...style.model import Style
from ...text.faces import Faces
from .curves import Curves
from .desk import Desk
from .pages import PlannedPage
from .planner import Plan, Planner, Room, named

TRIED = 24  # moves between two pages that are tried


class _Change(Struct, frozen=True):
    """Pages made up anew: by room, the articles they hold and how they stand."""

    pages: tuple[tuple[int, PlannedPage], ...]
    cost: int

    @property
    def order(self) -> tuple[bool, int, int]:
        """What counts: that everything fits, then how few pages change, then how good they are."""
        misfit = sum(page.misfit for _, page in self.pages)
        return misfit > 0, len(self.pages), self.cost


def replan(issue: Issue, before: Plan, style: Style, faces: Faces) -> Plan:
    """The plan after articles were added to the issue, or taken out: only what must change does.

    Pages that are pinned, hand-drawn, or share an article with another page stay as they are. `Plan.changed` are the
    numbers of the pages that are not as before.
    """
    return _Replanner(Desk(issue, style, faces), before).plan()


class _Replanner:
    def __init__(self, desk: Desk, before: Plan) -> None:
        self.before = before
        issue = desk.issue
        owners = {name: article for name, (article, _) in issue.insets().items()}
        self.on: dict[int, set[str]] = {}
        lost: dict[int, set[str]] = {}
        for place, spec in enumerate(before.pages):
            names = {owners.get(name, name) for name in named([spec])}
            self.on[place] = {name for name in names if name in issue.articles}
            lost[place] = names - self.on[place] - set(style_names(desk))
        several = [name for name in issue.articles if sum(name in on for on in self.on.values()) > 1]
        numbers = dict(enumerate(number for number, _ in numbered(before.pages)))
        self.free = {
            place
            for place, spec in enumerate(before.pages)
            if numbers[place] in before.planned and not spec.pinned and not self.on[place] & set(several)
        }
        self.new = [name for name in issue.articles if not any(name in on for on in self.on.values())]
        self.bereft = {place for place in self.free if lost[place]}
        pages = tuple(_open(spec) if place in self.free else spec for place, spec in enumerate(before.pages))
        self.planner = Planner(replace(desk, issue=replace(issue, pages=pages)))
        self.planner.set_out(hold=False)
        self.card = {one.of.id: at for at, one in enumerate(self.planner.slices) if isinstance(one, Curves)}

    def plan(self) -> Plan:
        rooms = self.planner.rooms
        held: dict[int, frozenset[int]] = {
            at: frozenset(self.card[name] for name in self.on[room.place] if name in self.card)
            for at, room in enumerate(rooms)
        }
        specs, changed, problems = list(self.before.pages), set[int](), list[Problem]()
        stayed: list[str] = []
        for name in self.new:
            best = self._best(held, self.card[name]) if rooms and name in self.card else None
            if best is None:
                stayed.append(name)
                continue
            for at, page in best.pages:
                held[at] = frozenset(one.slot.slice for one in page.standing if one.setting)
                changed.add(at)
        for at, room in enumerate(rooms):
            if room.place in self.bereft:
                changed.add(at)
        for at in sorted(changed):
            made = self.planner.page(at, held[at])
            if made:
                specs[rooms[at].place] = self.planner.drawn(rooms[at], made)
                problems += self.planner.said(rooms[at], made)
                problems.append(_made_anew(rooms[at]))
        problems += [self.planner.held_over(name) for name in stayed]
        numbers = tuple(rooms[at].number for at in sorted(changed))
        return Plan(tuple(specs), self.before.planned, tuple(stayed), tuple(problems), changed=numbers)

    def _best(self, held: dict[int, frozenset[int]], card: int) -> _Change | None:
        best: _Change | None = None
        for change in self._changes(held, card):
            pages = []
            for at, cards in change:
                page = self.planner.page(at, cards)
                if page:
                    pages.append((at, page))
            if len(pages) < len(change):
                continue
            cost = sum(
                page.cost + self.planner.dealer.cost(at, cards)
                for (at, cards), (_, page) in zip(change, pages, strict=True)
            )
            cost -= sum(self.planner.dealer.cost(at, held[at]) for at, _ in change)
            found = _Change(tuple(pages), cost)
            if best is None or found.order < best.order:
                best = found
            if len(change) > 1 and not best.order[0]:
                break
        return best

    def _changes(self, held: dict[int, frozenset[int]], card: int) -> Iterator[tuple[tuple[int, frozenset[int]], ...]]:
        """The article on one page; then on one page from which another article goes to a second."""
        for at, cards in held.items():
            yield ((at, cards | {card}),)
        moves = []
        front = self.planner.dealer.front
        for here, there in combinations(held, 2):
            for at, to in ((here, there), (there, here)):
                for other in sorted(held[at] - {front}):
                    change = (at, held[at] - {other} | {card}), (to, held[to] | {other})
                    toll = sum(self.planner.dealer.cost(place, cards) for place, cards in change)
                    moves.append(
                        (toll - sum(self.planner.dealer.cost(place, held[place]) for place, _ in change), change)
                    )
        moves.sort(key=lambda move: move[0])
        for _, change in moves[:TRIED]:
            yield change


def style_names(desk: Desk) -> Iterator[str]:
    yield from desk.style.furniture


def _open(spec: PageSpec) -> PageSpec:
    return replace(spec, areas=(), columns={}, head_spans={})


def _made_anew(room: Room) -> Problem:
    return Problem(
        "replanned",
        Words(f"第 {room.number} 版重新安排了", f"page {room.number} was planned anew"),
        severity=Severity.NOTE,
        page=room.number,
    )
