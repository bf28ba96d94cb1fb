"""The cost of an article in every rectangle, and its cheapest layouts there."""

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
LEAST_HOLE = 6  # lines of the hole that an article runs round
LEAST_LEG = 4  # lines of its columns above the hole
LONG_COLUMN = 34  # lines; longer columns are tiring to read
LONGER = 5  # cost of each line more
COST_TOLERANCE = 60  # rectangles that cost so much more than the best count among an article's areas
SQUEEZABLE = 12  # copyfitting can save one line of so many
SPARE_TEXT = 0.25  # a part of an article that continues elsewhere may be so much longer or shorter


class CostTable:
    """One article as a slice of pages: its layouts and the cost of the best of them at every width and height."""

    def __init__(self, manuscript: MeasuredArticle, most: int) -> None:
        self.of = manuscript
        self.most = most  # lines of the highest rectangle
        self._failed: dict[object, int] = {}
        self.clear()

    def clear(self) -> None:
        """Clears the cached costs, because the text or the verified costs have changed."""
        self._settings: dict[int, tuple[ArticleLayout, ...]] = {}
        self._cost_tables: dict[int, tuple[Costs, Costs]] = {}
        self._text_lines: dict[tuple[int, int], int] = {}
        self._choices: dict[tuple[int, int, int, Hole], list[tuple[int, ArticleLayout, int]]] = {}
        self._rounds: dict[tuple[int, int], Costs] = {}
        self.expected: dict[tuple[int, int, int, Hole], object] = {}  # placed articles, cached by `pages`

    def fail(self, setting: ArticleLayout, rows: int, hole: Hole, fit_error: int) -> bool:
        """Records the error of a layout found by composing it; returns whether it was not recorded before."""
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
        """The article's least, usual and greatest area, units × lines."""
        grid, plan = self.of.context.grid, self.of.context.plan
        found: list[tuple[int, int]] = []
        for units in range(1, grid.units + 1):
            for row in self.costs(units) if grid.measure(units) >= plan.measures[0] else ():
                best = int(row.min())
                if best < IMPOSSIBLE:
                    near = [height for height, cost in enumerate(row) if cost <= best + COST_TOLERANCE]
                    found += [(best, units * int(row.argmin()))]
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

    def text_lines(self, setting: ArticleLayout) -> int:
        """The number of lines of the article's text in the columns of a layout."""
        key = setting.text_units, setting.columns
        if key not in self._text_lines:
            self._text_lines[key] = self.of.text(*key)[0] if self.of.has_text else 0
        return self._text_lines[key]

    def rows_cost(self, setting: ArticleLayout, rows: int, hole: Hole = NO_HOLE) -> int:
        """The cost of a layout with so many rows of text; IMPOSSIBLE where the text does not fill them."""
        weights = self.of.context.weights
        text_lines = self.text_lines(setting)
        slack = setting.lines(rows, hole) - text_lines
        cost = setting.cost + max(0, rows - LONG_COLUMN) * LONGER
        if self._failed:
            cost += self._failed.get(_key(setting, rows, hole), 0)
        if setting.head_lines:  # white under a headline at the side
            cost += weights.white * max(0, rows - setting.head_lines) * setting.text[0] // 3
        if self.of.goes_on:
            return cost + abs(slack)
        if slack >= 0:
            # with more than one line of slack, levelling ends all of the last columns a line higher
            if slack > 1 and (slack >= setting.columns or not self.of.context.style.fit.level):
                return IMPOSSIBLE
            return cost + slack * weights.white * setting.units // setting.columns
        if -slack <= text_lines // SQUEEZABLE and slack > -3:
            return cost - slack * weights.squeeze
        return cost - slack * weights.over

    def _rows(self, setting: ArticleLayout, hole: Hole = NO_HOLE) -> range:
        """The numbers of rows that may hold the text without overset."""
        if setting.only:
            return range(setting.only - setting.base, setting.only - setting.base + 1)
        text_lines = self.text_lines(setting)
        spare = round(text_lines * SPARE_TEXT) if self.of.goes_on else 0
        full = text_lines - setting.lines(0, hole)
        squeeze = min(2, text_lines // SQUEEZABLE)
        low = -(-(full - max(squeeze, spare)) // setting.columns)
        return range(max(setting.least, low), -(-(full + spare) // setting.columns) + 1 + (setting.columns == 1))

    def costs(self, units: int) -> tuple[Costs, Costs]:
        """The costs across so many units by height, with a headline at the upper edge and without.

        Too high a rectangle has white at its foot, too low a one has overset text.
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

    def _close(self, row: Costs, units: int, edge: int, lowest: int) -> None:
        """Fills in the costs of heights that are too great or too small."""
        weights = self.of.context.weights
        if lowest > self.most:
            return
        if row.min() >= IMPOSSIBLE:  # even the whole page is too low
            layouts = self.choices(units, self.most, edge)
            if not layouts:
                return
            row[self.most] = layouts[0][0]
        first = int(np.flatnonzero(row < IMPOSSIBLE)[0])
        for height in range(first + 1, self.most + 1):
            row[height] = min(row[height], row[height - 1] + weights.white * units)
        for height in range(first - 1, lowest - 1, -1):
            row[height] = row[height + 1] + weights.over * max(1, units // 2)

    def costs_around(self, units: int, across: int) -> Costs:
        """The costs of running round a hole of `across` units: [height, lines of the hole]."""
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
            elif setting.picture_block_at[0] >= across and setting.head:  # the picture is at the left, beside the hole
                yield replace(setting, picture_block_at=(0, setting.picture_block_at[1]))

    def choices(self, units: int, height: int, edge: int, hole: Hole = NO_HOLE) -> list[tuple[int, ArticleLayout, int]]:
        """The layouts for a rectangle, the cheapest first: (cost, layout, lines that it fills)."""
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
            available = height - setting.base
            rows = [one for one in fitting if one <= available and (not hole.lines or one == available)]
            if not rows and setting.least <= available < fitting.start and not setting.only:
                rows = [available]  # with overset text
            for one in rows:
                cost = self.rows_cost(setting, one, hole)
                if cost < IMPOSSIBLE:
                    found.append((cost + (available - one) * white, number, setting, setting.base + one))
        found.sort(key=lambda choice: choice[:2])
        return [(cost, setting, taken) for cost, _, setting, taken in found]

    def pieces(self, setting: ArticleLayout, height: int, hole: Hole = NO_HOLE) -> list[MapPiece]:
        """The rectangles of a layout `height` lines high, relative to its corner."""
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
        placed = range(0)  # the units whose text has a picture above it
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
