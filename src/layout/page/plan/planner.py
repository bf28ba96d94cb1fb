"""Planning an issue: which articles go on which page, and where they stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...errors import Mark, Problem, Severity, Words
from ...issue.model import Issue
from ...issue.pages import PageSpec
from ...style.model import Style
from ...text.faces import Faces
from ..areas import NAME
from .dealing import Card, Deal, Dealer, Table, changed
from .desk import Desk, Piece, draw
from .manuscripts import Manuscript
from .pages import PlannedPage, plan_page
from .panels import AT_THE_FOOT, AT_THE_TOP, Panel, strip, teasers
from .settings import NEVER, Settings
from .slices import Slicer

TRADES = 5  # trades of a page that are looked at closer
ROUNDS = 12
GOOD = 120  # a page that costs no more is left as it is
AS_GOOD = 60  # what a rectangle may cost more than the best one, to count among an article's areas
NO_WAY = 5000  # a page that cannot be made up


@dataclass(frozen=True, slots=True)
class Plan:
    """An area map for every page. `planned` are the numbers of the pages that were planned, `held` the articles that
    found no room; `problems` say what is over or under, and by how much."""

    pages: tuple[PageSpec, ...]
    planned: tuple[int, ...] = ()
    held: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    cost: int = 0

    def of(self, issue: Issue) -> Issue:
        """The issue with this plan for its pages, without the articles held over."""
        articles = {id: article for id, article in issue.articles.items() if id not in self.held}
        return replace(issue, pages=self.pages, articles=articles)


def plan_issue(issue: Issue, style: Style, faces: Faces, *, count: int = 1) -> list[Plan]:
    """Plans of the pages that have no map, `count` different ones at most, the best first."""
    return _Planner(Desk(issue, style, faces)).plans(count)


@dataclass(slots=True)
class _Room:
    """A page to be planned: its number, what the editor said of it, and the strips at its top and foot."""

    number: int
    spec: PageSpec
    lines: int
    top: Piece | None
    foot: Piece | None


@dataclass(slots=True)
class _Planner:
    desk: Desk
    slices: list[Settings | Panel] = field(default_factory=list)
    rooms: list[_Room] = field(default_factory=list)
    known: dict[tuple[int, int, int], list[PlannedPage]] = field(default_factory=dict)
    slicer: Slicer = field(init=False)

    def plans(self, count: int) -> list[Plan]:
        issue, grid = self.desk.issue, self.desk.grid
        most = grid.lines + self.desk.style.grid.gap
        placed = named(issue.pages)
        self.slices = [
            Settings(Manuscript(self.desk, one), most) for id, one in issue.articles.items() if id not in placed
        ]
        cards = [self._card(at, one) for at, one in enumerate(self.slices) if isinstance(one, Settings)]
        specs = list(issue.pages) or [PageSpec() for _ in range(self._pages_for(cards))]
        self.rooms = self._rooms(specs)
        if not self.rooms or not cards:
            return [Plan(tuple(specs))]
        panel = teasers(self.desk, most, len(specs)) if self.rooms[0].number == 1 else None
        if panel:
            self.slices.append(panel)
        self.slicer = Slicer(self.desk, self.slices, most)
        tables = [
            Table(
                grid.units * room.lines - (panel.least * 2 if panel and room.number == 1 else 0),
                room.spec.sections,
                room.number == 1,
            )
            for room in self.rooms
        ]
        dealer = Dealer(self.desk, cards, tables)
        deal = self._trade(dealer, dealer.better(dealer.first()))
        return [self._plan(specs, deal, nth) for nth in range(count)]

    # What there is to place.

    def _card(self, number: int, settings: Settings) -> Card:
        areas: list[tuple[int, int]] = []
        for units in range(1, self.desk.grid.units + 1):
            for curve in settings.curve(units) if self.desk.grid.measure(units) >= self.desk.plan.measures[0] else ():
                best = int(curve.min())
                if best < NEVER:
                    fitting = [height for height, cost in enumerate(curve) if cost <= best + AS_GOOD]
                    areas += [(best, units * int(curve.argmin())), (best + AS_GOOD, units * fitting[0])]
                    areas.append((best + AS_GOOD, units * fitting[-1]))
        one = settings.of
        sizes = sorted(area for _, area in areas) or [0]
        usual = sorted(area for cost, area in areas if cost <= min(areas)[0] + AS_GOOD // 2) or sizes
        return Card(
            number, one.rank, one.article.section, sizes[0], usual[len(usual) // 2], sizes[-1], bool(one.visuals)
        )

    def _pages_for(self, cards: Sequence[Card]) -> int:
        """The fewest pages that hold everything: one, two, or a multiple of the style's."""
        multiple, area = self.desk.plan.pages, sum(card.least for card in cards)
        strips = sum(
            piece[1] for piece in map(lambda names: strip(self.desk, names), (AT_THE_TOP, AT_THE_FOOT)) if piece
        )
        pages = 1
        while area > self.desk.grid.units * (pages * self.desk.grid.lines - strips):
            pages = pages + 1 if pages + 1 <= min(2, multiple) else (pages // multiple + 1) * multiple
        return pages

    def _rooms(self, specs: Sequence[PageSpec]) -> list[_Room]:
        grid, gap = self.desk.grid, self.desk.style.grid.gap
        rooms = []
        number = 1
        for at, spec in enumerate(specs):
            if not spec.areas:
                top = strip(self.desk, AT_THE_TOP) if number == 1 else None
                foot = strip(self.desk, AT_THE_FOOT) if at == len(specs) - 1 else None
                lines = grid.lines - (top[1] if top else -gap) - (foot[1] if foot else 0)
                rooms.append(
                    _Room(
                        number,
                        spec,
                        lines,
                        Piece(top[0], 0, 0, grid.units, top[1]) if top else None,
                        Piece(foot[0], 0, grid.lines - foot[1], grid.units, foot[1]) if foot else None,
                    )
                )
            number += 2 if spec.spread else 1
        return rooms

    # How it is dealt.

    def _page(self, at: int, cards: frozenset[int], count: int = 1) -> list[PlannedPage]:
        mask = sum(1 << card for card in cards)
        if self.rooms[at].number == 1 and isinstance(self.slices[-1], Panel):
            mask |= 1 << len(self.slices) - 1
        key = mask, self.rooms[at].lines, count
        if key not in self.known:
            self.known[key] = plan_page(self.desk, self.slicer, mask, self.rooms[at].lines, count) if mask else []
        return self.known[key]

    def _cost(self, dealer: Dealer, at: int, cards: frozenset[int]) -> int:
        pages = self._page(at, cards) if len(cards) <= 8 else []
        return (pages[0].cost if pages else NO_WAY) + dealer.cost(at, cards) // 2

    def _trade(self, dealer: Dealer, deal: Deal) -> Deal:
        """Lets the worst page trade with the others as long as that helps."""
        costs = [self._cost(dealer, at, cards) for at, cards in enumerate(deal)]
        tried: set[int] = set()
        for _ in range(ROUNDS if len(deal) > 1 else 0):
            bad = [at for at in range(len(deal)) if costs[at] > GOOD and at not in tried]
            if not bad:
                break
            worst = max(bad, key=lambda at: costs[at])
            changes = sorted(
                dealer.changes(deal, worst),
                key=lambda change: sum(dealer.cost(at, cards) - dealer.cost(at, deal[at]) for at, cards in change),
            )
            for change in changes[:TRADES]:
                found = {at: self._cost(dealer, at, cards) for at, cards in change}
                if sum(found.values()) < sum(costs[at] for at in found):
                    deal = changed(deal, change)
                    for at, cost in found.items():
                        costs[at] = cost
                    tried.clear()
                    break
            else:
                tried.add(worst)
        return deal

    # What comes of it.

    def _plan(self, specs: Sequence[PageSpec], deal: Deal, nth: int) -> Plan:
        made = dict(enumerate(specs))
        problems: list[Problem] = []
        cost = 0
        index = {id(room.spec): at for at, room in enumerate(self.rooms)}
        for place, spec in enumerate(specs):
            at = index.get(id(spec))
            if at is None:
                continue
            pages = self._page(at, deal[at], nth + 1)
            if not pages:
                continue
            page = pages[min(nth, len(pages) - 1)]
            cost += page.cost
            made[place] = self._drawn(self.rooms[at], page)
            problems += self._said(self.rooms[at], page)
        return Plan(
            tuple(made[place] for place in sorted(made)), tuple(r.number for r in self.rooms), (), tuple(problems), cost
        )

    def _drawn(self, room: _Room, page: PlannedPage) -> PageSpec:
        """The page's map; its name is that of its sections, where the editor gave none."""
        shift = room.top.lines if room.top else -self.desk.style.grid.gap
        pieces = [piece.moved(0, shift) for one in page.standing for piece in one.pieces]
        pieces = [
            piece if piece.line >= 0 else Piece(piece.name, piece.unit, 0, piece.units, piece.lines + piece.line)
            for piece in pieces
        ]
        pieces += [piece for piece in (room.top, room.foot) if piece]
        columns = {self._id(one.slot.slice): one.setting.columns for one in page.standing if one.setting}
        spec = draw(pieces, self.desk.grid.units, columns)
        sections = dict.fromkeys(
            article.section
            for one in sorted(page.standing, key=lambda one: (-one.weight, one.slot.slice))
            if one.setting and (article := self.desk.issue.articles[self._id(one.slot.slice)]).section
        )
        name = room.spec.name or type(room.spec.name)("·".join(list(sections)[:2]))
        return replace(room.spec, name=name, areas=spec.areas, columns=spec.columns)

    def _id(self, number: int) -> str:
        slice = self.slices[number]
        assert isinstance(slice, Settings)
        return slice.of.id

    def _said(self, room: _Room, page: PlannedPage) -> list[Problem]:
        del room, page
        return []


def named(specs: Sequence[PageSpec]) -> set[str]:
    """What the maps of pages name, articles and all else."""
    return {
        parts["name"] for spec in specs for row in spec.areas for cell in row.cells if (parts := NAME.fullmatch(cell))
    }


__all__ = ["Mapping", "Mark", "Plan", "Severity", "Words", "plan_issue"]
