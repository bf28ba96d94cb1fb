"""Dealing articles to pages: every page full, one weighty article on each, sections together, the lead in front.

A deal is judged by estimates alone, areas and ranks; which deals are looked at closer is the planner's affair. The
search goes down the steepest way by moving one article or letting two trade places, and ends where nothing is better.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from .desk import Desk


class Card(Struct, frozen=True):
    """What dealing knows of an article. `areas` are units × lines: the least that will do, the usual, the most."""

    number: int
    rank: int
    section: str
    areas: tuple[int, int, int]
    shows: bool
    after: int | None = None  # the card whose text it takes up on a later page
    home: float = 0.0  # the page where it would come in the order of the issue


class Table(Struct, frozen=True):
    """A page to be dealt to: its room in units × lines, and the sections that its editor wants there."""

    room: int
    sections: tuple[str, ...] = ()
    front: bool = False


Deal = tuple[frozenset[int], ...]  # numbers of cards, page by page
Change = tuple[tuple[int, frozenset[int]], ...]  # pages, and the cards that they hold from then on


class Dealer:
    def __init__(self, desk: Desk, cards: Sequence[Card], tables: Sequence[Table]) -> None:
        self.desk, self.tables = desk, tables
        self.cards = {card.number: card for card in homed(cards, tables)}
        self._costs: dict[tuple[int, frozenset[int]], int] = {}
        ranked = sorted(self.cards.values(), key=lambda card: (-card.rank, card.number))
        self.front = ranked[0].number if ranked and tables[0].front else None

    def cost(self, page: int, cards: frozenset[int]) -> int:
        key = page, cards
        if key not in self._costs:
            self._costs[key] = self._cost(page, [self.cards[number] for number in sorted(cards)])
        return self._costs[key]

    def _cost(self, page: int, cards: Sequence[Card]) -> int:
        weights, plan, table = self.desk.weights, self.desk.plan, self.tables[page]
        if not cards:
            return 3 * weights.white * table.room
        least, usual, most = (sum(card.areas[at] for card in cards) for at in range(3))
        wanting = max(0, table.room - most)  # one page half empty is worse than two a quarter
        cost = (
            2 * weights.white * max(0, least - table.room)
            + weights.white * wanting * (table.room + 2 * wanting) // table.room
        )
        cost += weights.white * abs(usual - table.room) // 4
        leads = sum(card.rank == 3 for card in cards)
        cost += weights.leads * max(0, leads - 1)
        if not leads and not any(card.rank == 2 for card in cards):
            cost += weights.no_lead
        cost += weights.crowd * max(0, len(cards) - plan.stories)
        pictures = sum(card.shows for card in cards)
        cost += weights.no_picture * (not pictures) + weights.pictures // 2 * max(0, pictures - 2)
        sections = {card.section for card in cards if card.section}
        cost += weights.section * max(0, len(sections) - 1)
        for card in cards:
            if table.sections:
                cost += 0 if card.section in table.sections else 10 * weights.section
            else:
                cost += int(weights.away * max(0.0, page - card.home, card.home - page - 1))
        return cost

    def first(self) -> Deal:
        """Page after page in the order of the issue, each as full as it should be."""
        pages: list[set[int]] = [set() for _ in self.tables]
        for card in self.cards.values():
            wanted = [at for at, table in enumerate(self.tables) if card.section in table.sections]
            at = wanted[0] if wanted else min(len(pages) - 1, max(0, int(card.home)))
            if card.after is not None:
                before = next(place for place, cards in enumerate(pages) if card.after in cards)
                at = min(max(at, before + 1), len(pages) - 1)
            last = len(pages) - 1 - sum(1 for _ in self._followers(card.number))
            pages[0 if card.number == self.front else max(0, min(at, last))].add(card.number)
        return tuple(frozenset(page) for page in pages)

    def _followers(self, card: int) -> Iterator[int]:
        """The cards that take up its text, one after the other."""
        for other in self.cards.values():
            if other.after == card:
                yield other.number
                yield from self._followers(other.number)

    def better(self, deal: Deal, most: int = 400) -> Deal:
        """The deal that one reaches by the best move or trade, again and again."""
        for _ in range(most):
            gain, found = 0, None
            for change in self.changes(deal):
                toll = self.gain(deal, change)
                if toll < gain:
                    gain, found = toll, change
            if found is None:
                break
            deal = changed(deal, found)
        return deal

    def changes(self, deal: Deal, page: int | None = None) -> Iterator[Change]:
        """Every move of one article to another page, and every trade of two; of one page's only, where it is given."""
        at = {card: place for place, cards in enumerate(deal) for card in cards}
        for here in range(len(deal)):
            for there in range(len(deal)):
                if here == there or (page is not None and page not in (here, there)):
                    continue
                mine = sorted(deal[here] - {self.front})
                for card in mine:
                    if not self._in_order(card, there, at):
                        continue
                    yield (here, deal[here] - {card}), (there, deal[there] | {card})
                    if here < there:
                        for other in sorted(deal[there] - {self.front}):
                            if not self._in_order(other, here, at):
                                continue
                            yield (
                                (here, deal[here] - {card} | {other}),
                                (there, deal[there] - {other} | {card}),
                            )

    def gain(self, deal: Deal, change: Change) -> int:
        """What a change costs more; below 0 what it saves."""
        return sum(self.cost(at, cards) - self.cost(at, deal[at]) for at, cards in change)

    def _in_order(self, card: int, page: int, at: Mapping[int, int]) -> bool:
        """Whether a card may go to a page: what goes on stands after what it takes up."""
        before = self.cards[card].after
        if before is not None and page <= at[before]:
            return False
        return all(page < at[other.number] for other in self.cards.values() if other.after == card)


def changed(deal: Deal, change: Change) -> Deal:
    pages = list(deal)
    for at, cards in change:
        pages[at] = cards
    return tuple(pages)


def homed(cards: Sequence[Card], tables: Sequence[Table]) -> list[Card]:
    """The cards with the page on which each would come if all were set one after the other."""
    room = sum(table.room for table in tables)
    all_of_them = sum(card.areas[1] for card in cards)
    scale = room / all_of_them if all_of_them > room else 1.0
    found, done = [], 0.0
    for card in cards:
        middle, at = (done + card.areas[1] / 2) * scale, 0.0
        for table in tables:
            if middle < table.room:
                at += middle / table.room
                break
            middle -= table.room
            at += 1
        found.append(replace(card, home=min(at, len(tables) - 0.01)))
        done += card.areas[1]
    return found
