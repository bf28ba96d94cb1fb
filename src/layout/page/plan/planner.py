"""Planning an issue: which articles go on which page, and where they stand there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ...errors import Problem
from ...issue.model import Issue
from ...issue.pages import PageSpec, numbered
from ...issue.texts import Text
from ...style.model import Style
from ...text.faces import Faces
from ..areas import NAME
from .curves import Curves
from .dealing import Card, Change, Deal, Dealer, Table, changed
from .desk import Desk, Piece, draw
from .manuscripts import Manuscript
from .pages import PlannedPage, Standing, glance, plan_page
from .panels import AT_THE_FOOT, AT_THE_TOP, Panel, strip, teasers
from .shortfalls import held_over, not_filled, too_long
from .slices import Slicer

TRADES = 8  # trades of a page that are looked at closer
LOOKS = 8  # pages of other deals that are glanced at, for each page of the issue
PROOFS = 5  # and pages that are proved
GLANCES = 8  # trades of a page that are glanced at before proofs are pulled
GOOD = 150  # a page that costs no more is left as it is
MOST_SLICES = 9  # on a page
NO_WAY = 20_000  # a page that cannot be made up
LONGEST = 0.95  # of a page, that an article may fill before it is parted
STRETCH = 0.6  # of a page, that a part of it should fill
WITH_TEASERS = "nameplate"  # teasers stand on its page
CROWDED = 0.94  # of its room, that a page may be dealt


class Plan(Struct, frozen=True):
    """An area map for every page.

    `planned` are the numbers of the pages that were planned, `changed` of those that planning again made up anew,
    `held` the articles that found no room; `problems` say what is over or under, and by how much.
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
    """Plans of the pages that have no map, `count` different ones at most, the best first.

    Pages with a map stay as they are. Where the issue has no pages, there are as many as it takes.
    """
    return Planner(Desk(issue, style, faces)).plans(count)


class Room(Struct, frozen=True):
    """A page to be planned: its place among the pages, its number, what its editor said of it, the lines that are free
    for articles, and the furniture at its top and foot."""

    place: int
    number: int
    spec: PageSpec
    lines: int
    top: Piece | None
    foot: Piece | None


_Look = Callable[[int, frozenset[int]], PlannedPage | None]


class Planner:
    """One issue being planned."""

    slicer: Slicer
    dealer: Dealer

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.specs: list[PageSpec] = []
        self.rooms: list[Room] = []
        self.slices: list[Curves | Panel] = []
        self.held: list[Curves] = []
        self.looked = 0
        self.known: dict[tuple[int, int], PlannedPage | None] = {}
        self.glimpsed: dict[tuple[int, int], PlannedPage | None] = {}

    def plans(self, count: int) -> list[Plan]:
        self.set_out()
        if not self.rooms or not any(isinstance(one, Curves) for one in self.slices):
            return [Plan(tuple(self.specs), held=self._held_ids(), problems=self._held_problems())]
        deal = self.trade(self.dealer.better(self.dealer.first()))
        return self.finish(deal, count)

    # What there is to place, and where.

    def set_out(self, *, hold: bool = True) -> None:
        """Measures the articles, counts the pages, parts what is too long for one, holds over what is too much."""
        desk, issue = self.desk, self.desk.issue
        most = desk.grid.lines + desk.style.grid.gap
        placed = named(issue.pages)
        curves = [Curves(Manuscript(desk, one), most) for id, one in issue.articles.items() if id not in placed]
        self.specs = list(issue.pages) or [PageSpec()] * self._pages_for(curves)
        self.rooms = self._rooms()
        panel = None
        if self.rooms and self.rooms[0].top and self.rooms[0].top.name == WITH_TEASERS:
            panel = teasers(desk, most, len(self.specs))
        tables = [
            Table(
                desk.grid.units * room.lines - (panel.area if panel and room.number == 1 else 0),
                tuple(room.spec.sections),
                room.number == 1,
            )
            for room in self.rooms
        ]
        total = sum(table.room for table in tables)
        if hold:
            self._hold(curves, total)
        parted: list[Curves] = []
        front = max(curves, key=lambda one: one.rank).of.id if curves else ""
        for one in curves:
            parted += self._parted(one, front, most) if hold else [one]
        self.slices = [*parted, panel] if panel else list(parted)
        cards = self._cards()
        crowding = max(1.1, 1.2 * sum(card.areas[0] for card in cards) / total) if total else 1.1
        self.slicer = Slicer(desk, self.slices, most, crowding)
        if tables:
            self.dealer = Dealer(desk, cards, tables)

    def _cards(self) -> list[Card]:
        cards: list[Card] = []
        for number, one in enumerate(self.slices):
            if isinstance(one, Curves):
                after = number - 1 if one.of.part else None
                cards.append(
                    Card(number, one.rank, one.of.article.section, one.areas, bool(one.of.visuals), after=after)
                )
        return cards

    def _pages_for(self, curves: Sequence[Curves]) -> int:
        """The fewest pages that hold everything: one, two, or a multiple of the style's."""
        desk = self.desk
        multiple, area = desk.plan.pages, sum(2 * one.areas[0] + one.areas[1] for one in curves) // 3
        strips = sum(piece[1] for names in (AT_THE_TOP, AT_THE_FOOT) if (piece := strip(desk, names)))
        pages = 1
        while area > desk.grid.units * (pages * desk.grid.lines - strips):
            pages = pages + 1 if pages + 1 <= min(2, multiple) else (pages // multiple + 1) * multiple
        return pages

    def _rooms(self) -> list[Room]:
        grid, gap = self.desk.grid, self.desk.style.grid.gap
        rooms: list[Room] = []
        for place, (number, spec) in enumerate(numbered(self.specs)):
            if spec.areas:
                continue
            top = strip(self.desk, AT_THE_TOP) if number == 1 else None
            foot = strip(self.desk, AT_THE_FOOT) if place == len(self.specs) - 1 else None
            lines = grid.lines - (top[1] if top else -gap) - (foot[1] if foot else 0)
            rooms.append(
                Room(
                    place,
                    number,
                    spec,
                    lines,
                    Piece(top[0], 0, 0, grid.units, top[1]) if top else None,
                    Piece(foot[0], 0, grid.lines - foot[1], grid.units, foot[1]) if foot else None,
                )
            )
        return rooms

    def _hold(self, curves: list[Curves], room: int) -> None:
        """Holds over the least of the articles, as few as will do, where all together do not fit."""
        while (excess := sum(one.area for one in curves) - room * CROWDED) > 0 and len(curves) > 1:
            lowest = min(one.rank for one in curves)
            able = [one for one in curves if one.rank == lowest and one is not curves[0]] or curves[1:]
            enough = [one for one in able if one.area >= excess]
            chosen = min(enough, key=lambda one: one.area) if enough else max(able, key=lambda one: one.area)
            curves.remove(chosen)
            self.held.append(chosen)
        for one in sorted(self.held, key=lambda one: (-one.rank, -one.area)):  # what finds room after all
            if sum(other.area for other in curves) + one.area <= room * CROWDED:
                self.held.remove(one)
                curves.append(one)
        order = list(self.desk.issue.articles)
        curves.sort(key=lambda one: order.index(one.of.id))

    def _parted(self, one: Curves, front: str, most: int) -> list[Curves]:
        """An article, or its parts where it is too long for a page and there are others."""
        rooms = [self.desk.grid.units * room.lines for room in self.rooms]
        if len(rooms) < 2 or not one.of.has_text or one.of.box:
            return [one]
        page = rooms[0] if one.of.id == front and self.rooms[0].number == 1 else max(rooms)
        if one.areas[0] <= LONGEST * page:
            return [one]
        parts = min(len(self.rooms), max(2, -int(-one.areas[0] // (STRETCH * page))))
        return [
            Curves(Manuscript(self.desk, one.of.article, part, parts, 1 / parts, () if part == 0 else None), most)
            for part in range(parts)
        ]

    # How it is dealt.

    def page(self, at: int, cards: frozenset[int]) -> PlannedPage | None:
        """The best of a room with these articles, proved; none where it cannot be made up."""
        key = self._mask(at, cards), self.rooms[at].lines
        if key not in self.known:
            self.looked += 1
            pages = plan_page(self.desk, self.slicer, *key) if 0 < key[0].bit_count() <= MOST_SLICES else []
            self.known[key] = pages[0] if pages else None
        return self.known[key]

    def glimpse(self, at: int, cards: frozenset[int]) -> PlannedPage | None:
        """The same as it is expected to come out."""
        key = self._mask(at, cards), self.rooms[at].lines
        if key not in self.glimpsed:
            self.looked += 1
            few = 0 < key[0].bit_count() <= MOST_SLICES
            self.glimpsed[key] = glance(self.desk, self.slicer, *key) if few else None
        return self.glimpsed[key]

    def _mask(self, at: int, cards: frozenset[int]) -> int:
        mask = sum(1 << card for card in cards)
        if self.rooms[at].number == 1 and isinstance(self.slices[-1], Panel):
            mask |= 1 << len(self.slices) - 1
        return mask

    def trade(self, deal: Deal) -> Deal:
        """Lets the worst page trade with the others as long as that helps; at a glance first, then by proofs."""
        deal = self._trade(deal, self.glimpse, LOOKS)
        self.looked = 0
        self.glimpsed.clear()  # proofs tell more
        return self._trade(deal, self.page, PROOFS)

    def _price(self, look: _Look, at: int, cards: frozenset[int]) -> int:
        page = look(at, cards)
        return (page.cost if page else NO_WAY) + self.dealer.cost(at, cards) // 2

    def _trade(self, deal: Deal, look: _Look, looks: int) -> Deal:
        costs = [self._price(look, at, cards) for at, cards in enumerate(deal)]
        tried: set[int] = set()
        while self.looked < looks * len(deal) and len(deal) > 1:
            pages = [look(at, cards) for at, cards in enumerate(deal)]
            bad = [at for at, page in enumerate(pages) if at not in tried and (page is None or page.cost > GOOD)]
            if not bad:
                break
            worst = max(bad, key=lambda at: costs[at])
            for change in self._promising(deal, worst, look):
                found = {at: self._price(look, at, cards) for at, cards in change}
                if sum(found.values()) < sum(costs[at] for at in found):
                    deal = changed(deal, change)
                    for at, cost in found.items():
                        costs[at] = cost
                    tried.clear()
                    break
            else:
                tried.add(worst)
        return deal

    def _promising(self, deal: Deal, page: int, look: _Look) -> list[Change]:
        """Changes of a page that are worth a look, by the dealer's estimates; before proofs, by glances too."""
        changes = sorted(self.dealer.changes(deal, page), key=lambda change: self.dealer.gain(deal, change))
        if look == self.glimpse:
            return changes[:TRADES]
        looked, glances = self.looked, changes[:GLANCES]
        prices = {change: sum(self._price(self.glimpse, at, cards) for at, cards in change) for change in glances}
        old = {at: self._price(self.glimpse, at, cards) for at, cards in enumerate(deal)}
        self.looked = looked
        return sorted(glances, key=lambda change: prices[change] - sum(old[at] for at, _ in change))[: TRADES // 2]

    # What comes of it.

    def finish(self, deal: Deal, count: int) -> list[Plan]:
        """Plans from a deal; pages where an article goes on come after those where it begins."""
        found: list[list[PlannedPage]] = []
        for at, dealt in enumerate(deal):
            cards = self._possible(at, dealt)
            going_on = [one for card in sorted(cards) if isinstance(one := self.slices[card], Curves) and one.of.part]
            for one in going_on:
                self._goes_on(one, found)
            mask = self._mask(at, cards)
            pages = []
            if going_on or count > 1:
                pages = plan_page(self.desk, self.slicer, mask, self.rooms[at].lines, count) if cards else []
            elif page := self.page(at, cards):
                pages = [page]
            found.append(pages)
        plans = [self._plan([pages[nth % len(pages)] if pages else None for pages in found]) for nth in range(count)]
        return [plan for at, plan in enumerate(plans) if all(plan.pages != other.pages for other in plans[:at])]

    def _possible(self, at: int, cards: frozenset[int]) -> frozenset[int]:
        """The articles of a page without those for which there is no way to stand there, which are held over."""
        while cards and self.page(at, cards) is None:
            least = min(cards, key=lambda card: (self.dealer.cards[card].rank, -card))
            cards -= {least}
            slice = self.slices[least]
            if isinstance(slice, Curves) and slice not in self.held and slice.of.part == 0:
                self.held.append(slice)
        return cards

    def _goes_on(self, one: Curves, found: Sequence[Sequence[PlannedPage]]) -> None:
        """Tells a later part of an article where it began, and how much text is left for it."""
        before: list[tuple[tuple[Piece, ...], int]] = []
        done = 0.0
        for pages in found:
            for standing in pages[0].standing if pages else ():
                slice = self.slices[standing.slot.slice]
                if isinstance(slice, Curves) and slice.of.id == one.of.id and standing.setting:
                    before.append((local(standing), standing.setting.columns))
                    whole = slice.of.whole_text(standing.setting.text_units, standing.setting.columns)
                    lines = standing.setting.lines(standing.lines - standing.setting.base, standing.slot.hole)
                    done += (lines - 1 - (slice.of.part > 0)) / max(1, whole)
        share = max(0.02, 1 - done)
        if not one.of.goes_on:
            one.of.share = share
        one.of.before = tuple(before)
        one.forget()
        self.slicer.forget(self.slices.index(one))

    def _plan(self, pages: Sequence[PlannedPage | None]) -> Plan:
        specs = list(self.specs)
        problems = list(self._held_problems())
        cost = 0
        for room, page in zip(self.rooms, pages, strict=True):
            if page is None:
                problems += not_filled(self.desk, room.number, None, room.lines)
                furniture = [piece for piece in (room.top, room.foot) if piece]
                empty = draw(furniture, self.desk.grid.units, {}, height=self.desk.grid.lines)
                specs[room.place] = replace(room.spec, areas=empty.areas)
                continue
            cost += page.cost
            specs[room.place] = self.drawn(room, page)
            problems += self.said(room, page)
        return Plan(tuple(specs), tuple(room.number for room in self.rooms), self._held_ids(), tuple(problems), cost)

    def drawn(self, room: Room, page: PlannedPage) -> PageSpec:
        """The page's map; its name is that of its sections, where the editor gave none."""
        shift = room.top.lines if room.top else -self.desk.style.grid.gap
        pieces = [piece.moved(0, shift) for one in page.standing for piece in one.pieces]
        pieces = [p if p.line >= 0 else replace(p, line=0, lines=p.lines + p.line) for p in pieces]
        pieces += [piece for piece in (room.top, room.foot) if piece]
        articles = self._articles(page)
        columns = {articles[one.slot.slice]: one.setting.columns for one in page.standing if one.setting}
        spec = draw(pieces, self.desk.grid.units, columns, height=self.desk.grid.lines)
        ranked = sorted(page.standing, key=lambda one: (-one.weight, one.slot.slice))
        sections = [self.desk.issue.articles[articles[one.slot.slice]].section for one in ranked if one.setting]
        name = room.spec.name or Text("·".join(list(dict.fromkeys(filter(None, sections)))[:2]))
        return replace(room.spec, name=name, areas=spec.areas, columns=spec.columns)

    def said(self, room: Room, page: PlannedPage) -> list[Problem]:
        """What is over or under on a page."""
        over = too_long(self.desk, room.number, page, self._articles(page))
        return [*over, *not_filled(self.desk, room.number, page, room.lines)]

    def held_over(self, article: str) -> Problem:
        """That an article finds no room."""
        return held_over(Manuscript(self.desk, self.desk.issue.articles[article]))

    def _articles(self, page: PlannedPage) -> dict[int, str]:
        """The article of each slice on a page."""
        numbers = [one.slot.slice for one in page.standing]
        return {number: one.of.id for number in numbers if isinstance(one := self.slices[number], Curves)}

    def _held_ids(self) -> tuple[str, ...]:
        return tuple(one.of.id for one in self.held)

    def _held_problems(self) -> tuple[Problem, ...]:
        return tuple(held_over(one.of) for one in self.held)


def local(standing: Standing) -> tuple[Piece, ...]:
    """The pieces of an article from the corner of its slot."""
    return tuple(piece.moved(-standing.slot.unit, -standing.slot.line) for piece in standing.pieces)


def named(specs: Sequence[PageSpec]) -> set[str]:
    """What the maps of pages name, articles and all else."""
    return {
        found["name"] for spec in specs for row in spec.areas for cell in row.cells if (found := NAME.fullmatch(cell))
    }
