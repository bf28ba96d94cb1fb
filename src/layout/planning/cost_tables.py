"""What an article costs in every rectangle, and the settings that cost so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from .article_layouts import NO_HOLE, ArticleLayout, Hole, article_layouts
from .evaluator import MapPiece
from .measured_articles import MeasuredArticle

Costs = NDArray[np.int32]
IMPOSSIBLE = 1_000_000
LEAST_HOLE = 6  # lines of what an article runs round
LEAST_LEG = 4  # lines of its columns over that
LONG_COLUMN = 34  # lines; longer ones tire
LONGER = 5  # what each line more costs
COST_TOLERANCE = 60  # what a rectangle may cost more than the best one, to count among an article's areas
SQUEEZABLE = 12  # lines of text of which one may be given back
SPARE_TEXT = 0.25  # part by which a stretch that goes on elsewhere may be longer or shorter


class CostTable:
    """One article as a slice of pages: its settings and what the best of them costs at every width and height."""

    def __init__(self, manuscript: MeasuredArticle, most: int) -> None:
        self.of = manuscript
        self.most = most  # lines of the highest rectangle
        self._failed: dict[object, int] = {}
        self.forget()

    def forget(self) -> None:
        """Forgets what was reckoned, because the text or what is known of it has changed."""
        self._settings: dict[int, tuple[ArticleLayout, ...]] = {}
        self._cost_tables: dict[int, tuple[Costs, Costs]] = {}
        self._wanted: dict[tuple[int, int], int] = {}
        self._choices: dict[tuple[int, int, int, Hole], list[tuple[int, ArticleLayout, int]]] = {}
        self._rounds: dict[tuple[int, int], Costs] = {}
        self.expected: dict[tuple[int, int, int, Hole], object] = {}  # what judging remembers

    def fail(self, setting: ArticleLayout, rows: int, hole: Hole, fit_error: int) -> bool:
        """Remembers what a proof says against a setting; whether that is news."""
        key = _key(setting, rows, hole)
        expected = self.rows_cost(setting, rows, hole) - setting.cost
        if key in self._failed or expected >= fit_error:
            return False
        self._failed[key] = fit_error
        units = setting.units
        self._cost_tables.pop(units, None)
        self._choices = {key: cached for key, cached in self._choices.items() if key[0] != units}
        self._rounds = {key: cached for key, cached in self._rounds.items() if key[0] != units}
        self.expected = {key: cached for key, cached in self.expected.items() if key[0] != units}
        return True

    @property
    def rank(self) -> int:
        return self.of.rank

    @property
    def weight(self) -> int:
        return self.of.rank if self.of.part == 0 else 0

    @property
    def area(self) -> int:
        return self.areas[0]

    @cached_property
    def areas(self) -> tuple[int, int, int]:
        """Units × lines that the article takes: the least that will do, the usual, the most."""
        grid, plan = self.of.context.grid, self.of.context.plan
        found: list[tuple[int, int]] = []
        for units in range(1, grid.units + 1):
            for curve in self.costs(units) if grid.measure(units) >= plan.measures[0] else ():
                best = int(curve.min())
                if best < IMPOSSIBLE:
                    near = [height for height, cost in enumerate(curve) if cost <= best + COST_TOLERANCE]
                    found += [(best, units * int(curve.argmin()))]
                    found += [(best + COST_TOLERANCE, units * near[0]), (best + COST_TOLERANCE, units * near[-1])]
        if not found:
            return 0, 0, 0
        least = min(cost for cost, _ in found)
        usual = sorted(area for cost, area in found if cost <= least + COST_TOLERANCE // 2)
        sizes = sorted(area for cost, area in found if cost <= least + 3 * COST_TOLERANCE)
        return sizes[0], usual[len(usual) // 2], sizes[-1]

    def settings(self, units: int) -> tuple[ArticleLayout, ...]:
        if units not in self._settings:
            self._settings[units] = tuple(article_layouts(self.of, units))
        return self._settings[units]

    def wanted(self, setting: ArticleLayout) -> int:
        """Lines of text that the article has in the columns of a setting."""
        key = setting.text_units, setting.columns
        if key not in self._wanted:
            self._wanted[key] = self.of.text(*key)[0] if self.of.has_text else 0
        return self._wanted[key]

    def rows_cost(self, setting: ArticleLayout, rows: int, hole: Hole = NO_HOLE) -> int:
        """What a setting costs with so many rows of text; NEVER where its text would not fill them."""
        weights = self.of.context.weights
        wanted = self.wanted(setting)
        slack = setting.lines(rows, hole) - wanted
        cost = setting.cost + max(0, rows - LONG_COLUMN) * LONGER
        if self._failed:
            cost += self._failed.get(_key(setting, rows, hole), 0)
        if setting.head_lines:  # white under a headline at the side
            cost += weights.white * max(0, rows - setting.head_lines) * setting.text[0] // 3
        if self.of.goes_on:
            return cost + abs(slack)
        if slack >= 0:
            # with more than one line to spare the last columns all end a line higher, where make-up levels them
            if slack > 1 and (slack >= setting.columns or not self.of.context.style.fit.level):
                return IMPOSSIBLE
            return cost + slack * weights.white * setting.units // setting.columns
        if -slack <= wanted // SQUEEZABLE and slack > -3:
            return cost - slack * weights.squeeze
        return cost - slack * weights.over

    def _rows(self, setting: ArticleLayout, hole: Hole = NO_HOLE) -> range:
        """The rows that may do, none of them with text left over."""
        if setting.only:
            return range(setting.only - setting.base, setting.only - setting.base + 1)
        wanted = self.wanted(setting)
        spare = round(wanted * SPARE_TEXT) if self.of.goes_on else 0
        full = wanted - setting.lines(0, hole)
        squeeze = min(2, wanted // SQUEEZABLE)
        low = -(-(full - max(squeeze, spare)) // setting.columns)
        return range(max(setting.least, low), -(-(full + spare) // setting.columns) + 1 + (setting.columns == 1))

    def costs(self, units: int) -> tuple[Costs, Costs]:
        """What the article costs across these units at each height, by its upper edge: a headline, or none.

        Too high a rectangle is left empty at its foot; in too low a one text is left over.
        """
        if units not in self._cost_tables:
            cost_table = np.full((2, self.most + 1), IMPOSSIBLE, np.int32)
            lowest = [self.most + 1, self.most + 1]
            for setting in self.settings(units):
                edge = setting.edge
                fitting = self._rows(setting)
                if setting.least < fitting.start and not setting.only:
                    lowest[edge] = min(lowest[edge], setting.base + setting.least)
                for rows in fitting:
                    height, cost = setting.base + rows, self.rows_cost(setting, rows)
                    if height > self.most:
                        break
                    cost_table[edge, height] = min(cost_table[edge, height], cost)
                    lowest[edge] = min(lowest[edge], height if cost < IMPOSSIBLE else lowest[edge])
            for edge in (0, 1):
                self._close(cost_table[edge], units, edge, lowest[edge])
            self._cost_tables[units] = cost_table[0], cost_table[1]
        return self._cost_tables[units]

    def _close(self, curve: Costs, units: int, edge: int, lowest: int) -> None:
        """Fills in what is too high or too low."""
        weights = self.of.context.weights
        if lowest > self.most:
            return
        if curve.min() >= IMPOSSIBLE:  # even the whole page is too low
            ways = self.choices(units, self.most, edge)
            if not ways:
                return
            curve[self.most] = ways[0][0]
        first = int(np.flatnonzero(curve < IMPOSSIBLE)[0])
        for height in range(first + 1, self.most + 1):
            curve[height] = min(curve[height], curve[height - 1] + weights.white * units)
        for height in range(first - 1, lowest - 1, -1):
            curve[height] = curve[height + 1] + weights.over * max(1, units // 2)

    def costs_around(self, units: int, across: int) -> Costs:
        """What it costs to run round a hole of `across` units: [height, lines of the hole]."""
        key = units, across
        if key not in self._rounds:
            costs = np.full((self.most + 1, self.most + 1), IMPOSSIBLE, np.int32)
            penalty = self.of.context.weights.runs_round
            for setting in self._going_round(units, across):
                for lines in range(LEAST_HOLE, self.most - setting.base - LEAST_LEG):
                    hole = Hole(across, lines)
                    for rows in self._rows(setting, hole):
                        height = setting.base + rows
                        if height <= self.most and rows - lines >= LEAST_LEG:
                            cost = self.rows_cost(setting, rows, hole) + penalty
                            costs[height, lines] = min(costs[height, lines], cost)
            self._rounds[key] = costs
        return self._rounds[key]

    def _going_round(self, units: int, across: int) -> Iterator[ArticleLayout]:
        if self.of.box or not self.of.has_text:
            return
        for setting in self.settings(units):
            if setting.form != "plain" or units % setting.columns or across % (units // setting.columns):
                continue
            if setting.picture_block is None:
                yield setting
            elif (
                setting.picture_block_at[0] >= across and setting.head
            ):  # the picture goes to the left, clear of the hole
                yield replace(setting, picture_block_at=(0, setting.picture_block_at[1]))

    def choices(self, units: int, height: int, edge: int, hole: Hole = NO_HOLE) -> list[tuple[int, ArticleLayout, int]]:
        """The settings for a rectangle, the cheapest first: (cost, setting, height it takes of the rectangle)."""
        key = units, height, edge, hole
        if key not in self._choices:
            self._choices[key] = self._choose(*key)
        return self._choices[key]

    def _choose(self, units: int, height: int, edge: int, hole: Hole) -> list[tuple[int, ArticleLayout, int]]:
        white = self.of.context.weights.white * units
        found: list[tuple[int, int, ArticleLayout, int]] = []
        settings = self._going_round(units, hole.units) if hole.lines else self.settings(units)
        for number, setting in enumerate(settings):
            if setting.edge != edge:
                continue
            fitting = self._rows(setting, hole)
            room = height - setting.base
            rows = [one for one in fitting if one <= room and (not hole.lines or one == room)]
            if not rows and setting.least <= room < fitting.start and not setting.only:
                rows = [room]  # and text is left over
            for one in rows:
                cost = self.rows_cost(setting, one, hole)
                if cost < IMPOSSIBLE:
                    found.append((cost + (room - one) * white, number, setting, setting.base + one))
        found.sort(key=lambda choice: choice[:2])
        return [(cost, setting, taken) for cost, _, setting, taken in found]

    def pieces(self, setting: ArticleLayout, height: int, hole: Hole = NO_HOLE) -> list[MapPiece]:
        """The rectangles of a setting that is so many lines high, from its corner."""
        one = self.of
        pieces: list[MapPiece] = []
        first, last = setting.text[0], setting.text[0] + setting.text_units
        if setting.head:
            head = setting.head
            if setting.form == "side":
                head = replace(
                    head,
                    lines=height
                    - (setting.picture_block.lines if setting.picture_block_at[1] < 0 and setting.picture_block else 0),
                )
            pieces.append(head)
        placed = range(0)  # the units over whose text a picture stands
        if setting.picture_block:
            unit, line = setting.picture_block_at
            line = height - setting.picture_block.lines if line < 0 else line
            padding = one.padding_lines if setting.form == "over" else 0
            for piece in setting.picture_block.pieces:
                grown = replace(piece, lines=piece.lines + padding) if piece.line == 0 else piece.moved(0, padding)
                pieces.append(grown.moved(unit, line))
            if setting.form in ("plain", "beside", "side") and setting.picture_block_at[1] >= 0:
                placed = range(unit, unit + max(piece.unit + piece.units for piece in setting.picture_block.pieces))
        for unit in range(first, last):
            above = (
                setting.picture_block_at[1] + setting.picture_block.lines
                if setting.picture_block and unit in placed
                else setting.text[1]
            )
            foot = height - (hole.lines if unit >= last - hole.units else 0)
            if foot <= above:
                continue
            before = pieces[-1] if pieces else None
            joins = before and before.name == one.id and before.unit + before.units == unit
            if before and joins and (before.line, before.end) == (above, foot):
                pieces[-1] = replace(before, units=before.units + 1)
            else:
                pieces.append(MapPiece(one.id, unit, above, 1, foot - above))
        return pieces


def _key(setting: ArticleLayout, rows: int, hole: Hole) -> object:
    where = setting.form, setting.units, setting.columns, setting.base, setting.taken, setting.text_units
    return where, setting.picture_block_at, rows, hole
