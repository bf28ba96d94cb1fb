"""The best breaking of a headline: between words, at seams of its sense, with lines as even as possible (I1, I6)."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from math import ceil

from msgspec import Struct

from .break_costs import break_costs
from .printed import MeasuredHeadline
from .word_tables import CLOSING, OPENING

SeamCache = MutableMapping[str, list[list[float]]]
FoundBreaks = tuple[float, tuple[int, ...]]  # the cost of a breaking, and the places of its breaks

# Costs of a breaking, on the scale of `word_tables`.
UNEVEN = 0.12  # times the square of the difference between a line's length and its share, in em
EXTRA_LINE = 2.5  # each line more than the measure needs
UNUSED = 6.0  # a | at which the headline is not broken
HEADLINE_RUNT_COST = 12.0
CLAUSE = 0.5  # factor on UNEVEN where a line holds whole clauses only
CLAUSE_CUT = 1.5  # a line with the end of one clause and a part of another
LAST_LONGER, WORD = 2.0, 2.0  # each em by which a centred head's last line exceeds the line before by more than a word
TOO_WIDE = 100.0  # each em over the measure
_RUNT_CHARACTERS = 2  # a line of so many characters or fewer is a runt (rule I6)
TOLERANCE = 1e-6


class FitLimits(Struct, frozen=True):
    """How far letters may be tracked (em, either way) and scaled in width where nothing else fits (rule I7)."""

    tracking: float = 0.0
    narrow: float = 1.0
    wide: float = 1.0

    def least(self, width: float, joints: int) -> float:
        return self.narrow * (width - self.tracking * joints)

    def most(self, width: float, joints: int) -> float:
        return self.wide * (width + self.tracking * joints)


NO_FITTING = FitLimits()


class HeadlineBreaker:
    """Breakings of one measured headline; its words are segmented when they are first needed."""

    def __init__(
        self,
        measured: MeasuredHeadline,
        *,
        terms: Sequence[str] = (),
        centred: bool = False,
        cache: SeamCache | None = None,
    ) -> None:
        self.measured = measured
        self.length = len(measured.printed.text)
        self.forced = measured.printed.breaks
        self._terms, self._centred, self._cache = terms, centred, cache
        self._places: dict[int, float] | None = None
        self._seams = _seams(measured)
        self._cut = tuple(accumulate((at in self._seams for at in range(self.length + 1)), initial=0))
        marks = CLOSING | OPENING | {" "}
        self._letters = tuple(accumulate((char not in marks for char in measured.printed.text), initial=0))
        self._lines: dict[tuple[int, int], tuple[float, int]] = {}

    @property
    def places(self) -> dict[int, float]:
        """The costs of breaks by place, `|` of the editor alone where there are any."""
        if self._places is None and self.forced:
            self._places = dict.fromkeys(self.forced, 0.0)
        if self._places is None:
            text = self.measured.printed
            costs = break_costs(text.text, pauses=sorted(text.pauses), terms=self._terms, cache=self._cache)
            self._places = {at: cost for at, cost in costs.items() if at not in text.held} if text.held else costs
        return self._places

    @cached_property
    def least(self) -> float:
        """The least cost of a break; negative where a break is better than none."""
        return min([0.0, *self.places.values()])

    def line(self, start: int, end: int) -> tuple[float, int]:
        """Width of a line in em, and its joints."""
        found = self._lines.get((start, end))
        if found is None:
            found = self._lines[start, end] = self.measured.line(start, end)
        return found

    def lines(self, breaks: tuple[int, ...]) -> list[tuple[int, int]]:
        return list(pairwise((0, *breaks, self.length)))

    def best(
        self, count: int, measures: Sequence[float], limits: FitLimits = NO_FITTING, *, overrun: bool = False
    ) -> FoundBreaks | None:
        """The best breaking into `count` lines of `measures` (em; the last repeats), None where nothing fits.

        With `overrun` lines may be too wide, which costs TOO_WIDE an em.
        """
        boxes = [measures[min(row, len(measures) - 1)] for row in range(count)]
        unused = UNUSED * max(0, len(self.forced) + 1 - count)
        if count == 1:
            over = max(0.0, limits.least(*self.line(0, self.length)) - boxes[0])
            return (unused + over * TOO_WIDE, ()) if overrun or over <= TOLERANCE else None
        total = self.line(0, self.length)[0]
        share = total / sum(boxes)
        reached: dict[int, FoundBreaks] = {0: (unused, ())}
        for row, box in enumerate(boxes):
            last = row == count - 1
            onward: dict[int, FoundBreaks] = {}
            for start, (cost, breaks) in reached.items():
                for end in (self.length,) if last else self.places:
                    if end <= start:
                        continue
                    width, joints = self.line(start, end)
                    over = limits.least(width, joints) - box
                    if over > TOLERANCE and not overrun:
                        break
                    price = cost + self._price(start, end, width - box * share)
                    if last and self._centred:
                        price += self._last_longer(start, breaks)
                    price += max(0.0, over) * TOO_WIDE + (0.0 if last else self.places[end])
                    if end not in onward or price < onward[end][0]:
                        onward[end] = (price, breaks if last else (*breaks, end))
            reached = onward
        return reached.get(self.length)

    def _price(self, start: int, end: int, off: float) -> float:
        """The cost of a line that is `off` em longer than its share; 0 where the editor placed the breaks."""
        if self.forced:
            return 0.0
        price = UNEVEN * off * off
        if start in self._seams and end in self._seams:
            price *= CLAUSE
        elif self._cut[end] > self._cut[start + 1]:
            price += CLAUSE_CUT
        if self._letters[end] - self._letters[start] <= _RUNT_CHARACTERS:
            price += HEADLINE_RUNT_COST
        return price

    def _last_longer(self, start: int, breaks: tuple[int, ...]) -> float:
        """The cost of a last line, from `start`, that is longer than the one before it by more than a word."""
        before = self.line(breaks[-2] if len(breaks) > 1 else 0, start)[0]
        return LAST_LONGER * max(0.0, self.line(start, self.length)[0] - before - WORD)

    def fewest(
        self, measures: Sequence[float], most: int, limits: FitLimits = NO_FITTING, *, overrun: bool = False
    ) -> FoundBreaks | None:
        """The best breaking into the fewest lines that fit; a line more is used where that avoids a bad break."""
        best: FoundBreaks | None = None
        fewest = 0
        for count in range(1, max(most, len(self.forced) + 1) + 1):
            found = self.best(count, measures, limits, overrun=overrun)
            if found is None:
                continue
            fewest = fewest or count
            cost = found[0] + (0.0 if self.forced else EXTRA_LINE * (count - fewest))
            if best is None or cost < best[0]:
                best = (cost, found[1])
            if count == 1 and cost <= TOLERANCE:
                break
        return best

    def over(self, breaks: tuple[int, ...], measures: Sequence[float], limits: FitLimits = NO_FITTING) -> int:
        """How many characters (em) too many the lines have when broken at `breaks`."""
        over = 0
        for row, line in enumerate(self.lines(breaks)):
            box = measures[min(row, len(measures) - 1)]
            over += max(0, ceil((limits.least(*self.line(*line)) - box) / limits.narrow - TOLERANCE))
        return over


def _seams(measured: MeasuredHeadline) -> frozenset[int]:
    """Where clauses begin and end: after spaces for commas, colons, dashes, question and exclamation marks."""
    text = measured.printed.text
    inner = (
        at
        for at in range(1, len(text))
        if at - 1 in measured.printed.pauses or text[at - 1] in "：！？" or (text[at - 1] == "—" and text[at] != "—")
    )
    return frozenset((0, *inner, len(text)))
