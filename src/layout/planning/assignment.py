"""Dealing articles to pages: every page full, one weighty article on each, sections together, the lead in front.

A deal is judged by estimates alone, areas and ranks; which deals are looked at closer is the planner's affair. The
search goes down the steepest way by moving one article or letting two trade places, and ends where nothing is better.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from .evaluator import PlanningContext


class AssignmentItem(Struct, frozen=True):
    """What dealing knows of an article. `areas` are units × lines: the least that will do, the usual, the most."""

    number: int
    rank: int
    section: str
    areas: tuple[int, int, int]
    picture_blocks: bool
    after: int | None = None  # the card whose text it takes up on a later page
    home: float = 0.0  # the page where it would come in the order of the issue


class PageSlot(Struct, frozen=True):
    """A page to be dealt to: its room in units × lines, and the sections that its editor wants there."""

    room: int
    sections: tuple[str, ...] = ()
    front: bool = False


NEAR = 12  # pages that a card may go at once where there are more than FEW; sections are sought everywhere
FEW = 24  # pages, among which every card may go to any


Assignment = tuple[frozenset[int], ...]  # numbers of cards, page by page
AssignmentChange = tuple[tuple[int, frozenset[int]], ...]  # pages, and the cards that they hold from then on


class Assigner:
    def __init__(self, context: PlanningContext, items: Sequence[AssignmentItem], slots: Sequence[PageSlot]) -> None:
        self.context, self.slots = context, slots
        self.items = {item.number: item for item in with_preferred_pages(items, slots)}
        self._costs: dict[tuple[int, frozenset[int]], int] = {}
        ranked = sorted(self.items.values(), key=lambda item: (-item.rank, item.number))
        self.front = ranked[0].number if ranked and slots[0].front else None
        self._after: dict[int, list[int]] = {}  # card → those that take up its text
        for item in self.items.values():
            if item.after is not None:
                self._after.setdefault(item.after, []).append(item.number)

    def cost(self, page: int, items: frozenset[int]) -> int:
        key = page, items
        if key not in self._costs:
            self._costs[key] = self._cost(page, [self.items[number] for number in sorted(items)])
        return self._costs[key]

    def _cost(self, page: int, items: Sequence[AssignmentItem]) -> int:
        weights, plan, slot = self.context.weights, self.context.plan, self.slots[page]
        if not items:
            return 3 * weights.white * slot.room
        least, usual, most = (sum(item.areas[at] for item in items) for at in range(3))
        wanting = max(0, slot.room - most)  # one page half empty is worse than two a quarter
        cost = (
            2 * weights.white * max(0, least - slot.room)
            + weights.white * wanting * (slot.room + 2 * wanting) // slot.room
        )
        cost += weights.white * abs(usual - slot.room) // 4
        leads = sum(item.rank == 3 for item in items)
        cost += weights.leads * max(0, leads - 1)
        if not leads and not any(item.rank == 2 for item in items):
            cost += weights.no_lead
        cost += weights.crowd * max(0, len(items) - plan.stories)
        pictures = sum(item.picture_blocks for item in items)
        cost += weights.no_picture * (not pictures) + weights.pictures // 2 * max(0, pictures - 2)
        sections = {item.section for item in items if item.section}
        cost += weights.section * max(0, len(sections) - 1)
        for item in items:
            if slot.sections:
                cost += 0 if item.section in slot.sections else 10 * weights.section
            else:
                cost += int(weights.away * max(0.0, page - item.home, item.home - page - 1))
        return cost

    def first(self) -> Assignment:
        """Page after page in the order of the issue, each as full as it should be."""
        pages: list[set[int]] = [set() for _ in self.slots]
        for item in self.items.values():
            wanted = [at for at, slot in enumerate(self.slots) if item.section in slot.sections]
            at = wanted[0] if wanted else min(len(pages) - 1, max(0, int(item.home)))
            if item.after is not None:
                before = next(place for place, items in enumerate(pages) if item.after in items)
                at = min(max(at, before + 1), len(pages) - 1)
            last = len(pages) - 1 - sum(1 for _ in self._followers(item.number))
            pages[0 if item.number == self.front else max(0, min(at, last))].add(item.number)
        return tuple(frozenset(page) for page in pages)

    def _followers(self, item: int) -> Iterator[int]:
        """The cards that take up its text, one after the other."""
        for other in self._after.get(item, ()):
            yield other
            yield from self._followers(other)

    def better(self, assignment: Assignment, most: int = 400) -> Assignment:
        """The deal that one reaches by the best move or trade, again and again.

        What is best between two pages is kept until one of them changes.
        """
        count = len(assignment)
        gains = np.zeros((count, count), np.int64)
        best: dict[tuple[int, int], AssignmentChange] = {}
        changing = set(range(count))
        for _ in range(most):
            at = _places(assignment)
            for here in range(count):
                for there in range(count) if here in changing else sorted(changing):
                    if self._near(here, there):
                        changes = [
                            (self.gain(assignment, one), one) for one in self._between(assignment, here, there, at)
                        ]
                        gain, change = min(changes, key=itemgetter(0), default=(0, ()))
                        gains[here, there], best[here, there] = gain, change
            pair = divmod(int(gains.argmin()), count)
            if gains[pair] >= 0:
                break
            found = best[pair]
            moved = frozenset[int]().union(*(items ^ assignment[page] for page, items in found))
            # Where what is parted moves, what may go where changes on other pages too.
            parted = any(item in self._after or self.items[item].after is not None for item in moved)
            changing = set(range(count)) if parted else {page for page, _ in found}
            assignment = with_change(assignment, found)
        return assignment

    def changes(self, assignment: Assignment, page: int | None = None) -> Iterator[AssignmentChange]:
        """Every move of one article to another page, and every trade of two; of one page's only, where it is given."""
        at = _places(assignment)
        for here in range(len(assignment)):
            for there in range(len(assignment)) if page is None or page == here else (page,):
                if self._near(here, there):
                    yield from self._between(assignment, here, there, at)

    def _near(self, here: int, there: int) -> bool:
        """Whether pages may trade; far apart in a long issue they only may for a section's sake."""
        if abs(here - there) <= NEAR or len(self.slots) <= FEW:
            return here != there
        return not {*self.slots[here].sections}.isdisjoint(self.slots[there].sections)

    def _between(
        self, assignment: Assignment, here: int, there: int, at: Mapping[int, int]
    ) -> Iterator[AssignmentChange]:
        """Moves from one page to another; and where it comes later, trades."""
        others = sorted(assignment[there] - {self.front}) if here < there else []
        for item in sorted(assignment[here] - {self.front}):
            if not self._in_order(item, there, at):
                continue
            yield (here, assignment[here] - {item}), (there, assignment[there] | {item})
            for other in others:
                if not self._in_order(other, here, at):
                    continue
                yield (
                    (here, assignment[here] - {item} | {other}),
                    (there, assignment[there] - {other} | {item}),
                )

    def gain(self, assignment: Assignment, change: AssignmentChange) -> int:
        """What a change costs more; below 0 what it saves."""
        return sum(self.cost(at, items) - self.cost(at, assignment[at]) for at, items in change)

    def _in_order(self, item: int, page: int, at: Mapping[int, int]) -> bool:
        """Whether a card may go to a page: what goes on stands after what it takes up."""
        before = self.items[item].after
        if before is not None and page <= at[before]:
            return False
        return all(page < at[other] for other in self._after.get(item, ()))


def _places(assignment: Assignment) -> dict[int, int]:
    """Card → its page."""
    return {item: place for place, items in enumerate(assignment) for item in items}


def with_change(assignment: Assignment, change: AssignmentChange) -> Assignment:
    pages = list(assignment)
    for at, items in change:
        pages[at] = items
    return tuple(pages)


def with_preferred_pages(items: Sequence[AssignmentItem], slots: Sequence[PageSlot]) -> list[AssignmentItem]:
    """The cards with the page on which each would come if all were set one after the other."""
    room = sum(slot.room for slot in slots)
    all_of_them = sum(item.areas[1] for item in items)
    scale = room / all_of_them if all_of_them > room else 1.0
    found, done = [], 0.0
    for item in items:
        middle, at = (done + item.areas[1] / 2) * scale, 0.0
        for slot in slots:
            if middle < slot.room:
                at += middle / slot.room
                break
            middle -= slot.room
            at += 1
        found.append(replace(item, home=min(at, len(slots) - 0.01)))
        done += item.areas[1]
    return found
