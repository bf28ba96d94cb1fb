"""The ways to set one article in a rectangle: where its headline and pictures stand, in how many columns its text.

A setting leaves one thing open, the rows of its text; so it says for each height of the rectangle what it costs. The
line of space over an article belongs to its rectangle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .desk import Piece
from .manuscripts import Heading, Manuscript, Show

Costs = NDArray[np.int32]
NEVER = 1_000_000
LEAST_ROWS = 3  # lines of text under a headline
LEAST_HOLE = 6  # lines of what an article runs round
LEAST_LEG = 4  # lines of a column over what an article runs round
LEAST_FOOT = 2  # lines of text under a picture
LONG_COLUMN = 34  # lines; longer ones tire
HEAD_TO_TEXT = 0.6  # least lines of text for a line of headline
FULL = 70  # percent of its width that a headline fills


@dataclass(frozen=True, slots=True)
class Hole:
    """What other articles take of a rectangle at its foot, at the right: units and lines."""

    units: int
    lines: int


NO_HOLE = Hole(0, 0)


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to set an article across `units`. A rectangle `base + rows` lines high has
    `columns × rows − taken` lines of text; `edge` is 0 where a headline stands at its top edge, else 1."""

    form: str
    units: int
    columns: int
    base: int
    least: int  # rows
    taken: int
    cost: int
    edge: int
    head: Piece | None = None
    show: Show | None = None
    show_at: tuple[int, int] = (0, 0)  # unit and line of its corner
    text: tuple[int, int] = (0, 0)  # unit and line where the text begins
    across: int = 0  # units that it runs across; 0 for all
    only: int = 0  # the one height it may have; 0 for any

    @property
    def text_units(self) -> int:
        """The units that the text runs across."""
        return self.across or self.units

    @property
    def column_units(self) -> int:
        """Units of a column; 0 where columns do not stand on them."""
        each, rest = divmod(self.text_units, self.columns)
        return 0 if rest else each

    def lines(self, rows: int, hole: Hole = NO_HOLE) -> int:
        """Lines of text in all columns together."""
        in_hole = self.columns * hole.units // self.units * hole.lines
        return self.columns * rows - self.taken - in_hole


class Settings:
    """All settings of one article, and what the best of them costs at every width and height."""

    def __init__(self, manuscript: Manuscript, most: int) -> None:
        self.of = manuscript
        self.most = most  # lines of the highest rectangle
        self._of_width: dict[int, tuple[Setting, ...]] = {}
        self._curves: dict[int, tuple[Costs, Costs]] = {}
        self._rounds: dict[tuple[int, int], Costs] = {}

    @property
    def weight(self) -> int:
        return self.of.rank

    # What there is.

    def settings(self, units: int) -> tuple[Setting, ...]:
        if units not in self._of_width:
            self._of_width[units] = tuple(self._all(units))
        return self._of_width[units]

    def _all(self, units: int) -> Iterator[Setting]:
        one = self.of
        if not one.has_text:
            yield from self._bare(units)
            return
        if one.article.kind == "picture_news" and one.visuals:
            yield from self._news(units)
            return
        for columns in self._divisions(units):
            if not one.upright:
                if not one.visuals:
                    yield from self._plain(units, columns)
                yield from self._with_show(units, columns)
        if one.has_head and not one.box:
            yield from self._side(units)

    def _divisions(self, units: int) -> list[int]:
        least, most = self.of.desk.plan.measures
        wide = [count for count in range(1, units + 1) if self.of.measure(units, count) >= least]
        found = [count for count in wide if self.of.measure(units, count) <= most] or wide[-1:]
        return [count for count in found if self.of.text(units, count)[0]]

    def _cost(self, units: int, columns: int, heading: Heading | None, extra: int, head_units: int) -> int:
        weights, plan = self.of.desk.weights, self.of.desk.plan
        off = abs(self.of.measure(units, columns) - plan.column)
        cost = int(weights.measure * max(0.0, off - 1) / 10)
        if units % columns and units != columns:
            cost += weights.measure // 3
        if heading:
            cost += weights.headline * heading.grade + max(0, FULL - heading.fill) // 2
        return cost + extra * weights.white * head_units * 8 // 10

    def _least(self, heading: Heading | None) -> int:
        return max(LEAST_ROWS, round(HEAD_TO_TEXT * heading.bare) if heading else 1)

    def _headings(self, units: int) -> list[tuple[Heading | None, int]]:
        """The headline's sizes, and how many lines of air more than it wants."""
        found: list[tuple[Heading | None, int]] = [
            (heading, extra) for heading in self.of.headings(units) for extra in (0, 1)
        ]
        return found or ([] if self.of.has_head else [(None, 0)])

    def _plain(self, units: int, columns: int) -> Iterator[Setting]:
        pad, gap = self.of.padding_lines, self.of.desk.style.grid.gap
        note = self.of.text(units, columns)[1]
        for heading, extra in self._headings(units):
            cost = self._cost(units, columns, heading, extra, units)
            top = gap + pad + (heading.airy + extra if heading else 0)
            base, least = top + note + pad, self._least(heading)
            if heading is None or (heading.grade == 0 and not extra):
                yield Setting("plain", units, columns, base, least, 0, cost, 1 if self.of.box else 0)
            else:
                head = Piece(f"{self.of.id}.headline", 0, 0, units, top)
                yield Setting(
                    "plain", units, columns, base, least, 0, cost, 1 if self.of.box else 0, head, text=(0, top)
                )

    def _with_show(self, units: int, columns: int) -> Iterator[Setting]:
        one, weights = self.of, self.of.desk.weights
        pad, gap = one.padding_lines, one.desk.style.grid.gap
        note = one.text(units, columns)[1]
        name = f"{one.id}.headline"
        for span in range(1, columns + 1):
            across, rest = divmod(span * units, columns)
            if rest:
                continue
            small = self._small(across)
            for show in one.shows(across):
                for heading, extra in self._headings(units):
                    if extra:  # the pictures give and take enough
                        continue
                    cost = self._cost(units, columns, heading, extra, units) + show.cost + small
                    top = gap + pad + heading.bare + extra if heading else 0
                    head = Piece(name, 0, 0, units, top) if heading else None
                    least = self._least(heading)
                    if span < columns:
                        yield Setting(
                            "plain", units, columns, top + gap + note + pad + (0 if heading else pad),
                            max(least, show.lines - gap + LEAST_FOOT), span * (show.lines - gap), cost, 0,
                            head, show, (units - across, top), (0, top),
                        )  # fmt: skip
                        continue
                    if heading:
                        yield Setting(
                            "under", units, columns, top + show.lines + gap + note + pad, least, 0, cost,
                            0, head, show, (0, top), (0, top + show.lines),
                        )  # fmt: skip
                    yield self._over(units, columns, heading, extra, show, note, cost)
                if span < columns and not one.box and not note:
                    yield from self._beside(units, columns, across, span, show, small)

    def _over(
        self, units: int, columns: int, heading: Heading | None, extra: int, show: Show, note: int, cost: int
    ) -> Setting:
        """The pictures over the headline."""
        one = self.of
        pad, gap = one.padding_lines, one.desk.style.grid.gap
        line = show.lines + pad
        head, text = None, (0, line)
        if heading and (heading.grade or extra):
            head = Piece(f"{one.id}.headline", 0, line, units, gap + heading.airy + extra)
            text = (0, head.end)
        base = line + gap + (heading.airy + extra if heading else 0) + note + pad
        return Setting("over", units, columns, base, self._least(heading), 0, cost, 1, head, show, (0, 0), text)

    def _beside(self, units: int, columns: int, across: int, span: int, show: Show, small: int) -> Iterator[Setting]:
        """The pictures at the right of the headline and of the first columns."""
        one, gap = self.of, self.of.desk.style.grid.gap
        left = units - across
        for heading, extra in self._headings(left):
            if heading is None or extra:
                continue
            cost = self._cost(units, columns, heading, extra, left) + show.cost + small
            name, least = f"{one.id}.headline", self._least(heading)
            top = gap + heading.bare + extra
            if show.lines > top:
                rows = show.lines - top - gap + LEAST_FOOT
                yield Setting(
                    "beside", units, columns, top + gap, max(least, rows), span * (show.lines - top - gap), cost, 0,
                    Piece(name, 0, 0, left, top), show, (left, 0), (0, top),
                )  # fmt: skip
            top = gap + heading.airy + extra
            rows = show.lines - top
            if rows >= least:  # the pictures go down to the foot
                yield Setting(
                    "beside", units, columns, top, rows, span * rows, cost, 0,
                    Piece(name, 0, 0, left, top), show, (left, 0), (0, top), only=show.lines,
                )  # fmt: skip

    def _side(self, units: int) -> Iterator[Setting]:
        """The headline at the left of its text; pictures in the text, over it, under the headline or at the right."""
        one, gap, weights = self.of, self.of.desk.style.grid.gap, self.of.desk.weights
        for beside in (1, 2) if one.upright else (2,):
            if units - beside < 1 or one.desk.grid.measure(beside) < (6 if one.upright else 12):
                continue
            head = Piece(f"{one.id}.headline", 0, 0, beside, 0)
            least = max(5, self._side_rows(beside))
            own = 0 if one.upright else weights.side_head
            for across in range(1, units - beside + 1):
                right = units - beside - across
                for columns in self._divisions(across):
                    cost = own + self._cost(across, columns, None, 0, 0)
                    if not one.visuals:
                        if not right:
                            yield Setting(
                                "side", units, columns, gap, least, 0, cost, 0, head, text=(beside, 0), across=across
                            )
                        continue
                    if right:
                        for show in one.shows(right):
                            if show.lines - gap >= least:
                                yield Setting(
                                    "side", units, columns, gap, least, 0, cost + show.cost + self._small(right), 0,
                                    head, show, (units - right, 0), (beside, 0), across, show.lines,
                                )  # fmt: skip
                        continue
                    yield from self._side_with_show(units, columns, beside, across, least, cost, head)

    def _side_with_show(
        self, units: int, columns: int, beside: int, across: int, least: int, cost: int, head: Piece
    ) -> Iterator[Setting]:
        one, gap = self.of, self.of.desk.style.grid.gap
        for span in range(1, columns + 1):
            wide, odd = divmod(span * across, columns)
            if odd:
                continue
            for show in one.shows(wide):
                toll = cost + show.cost + self._small(wide)
                if span == columns:
                    yield Setting(
                        "side", units, columns, show.lines + gap, max(LEAST_ROWS, least - show.lines), 0, toll, 0,
                        head, show, (beside, 0), (beside, show.lines), across,
                    )  # fmt: skip
                else:
                    yield Setting(
                        "side", units, columns, gap, max(least, show.lines - gap + LEAST_FOOT),
                        span * (show.lines - gap), toll, 0, head, show, (units - wide, 0), (beside, 0), across,
                    )  # fmt: skip
        if beside > 1 and not one.upright:
            for show in one.shows(beside):
                yield Setting(
                    "side", units, columns, gap, least + show.lines, 0, cost + show.cost + self._small(beside), 0,
                    head, show, (0, -1), (beside, 0), across,
                )  # fmt: skip

    def _side_rows(self, units: int) -> int:
        """About how many lines the headline needs at the side of its text."""
        grid, article = self.of.desk.grid, self.of.article
        style = self.of.desk.style.headline(article.rank, article.kind)
        box = self.of.desk.style.boxes.get(style.box)
        padding = 2 * box.padding * grid.em if box else 0.0
        width, size = grid.measure(units) * grid.em - padding, style.sizes[-1]
        length = len(article.headline.whole) * size
        if self.of.upright:
            columns = max(1, int(width / (size * style.leading_vertical)) - bool(article.deck) - bool(article.kicker))
            return int((length / columns + padding) / grid.leading) + 1
        height = -(-length // width) * size * style.leading
        for words, deck in ((article.kicker.whole, style.kicker), (article.deck.whole, style.deck)):
            height += -(-len(words) * deck.size // width) * deck.size * 1.4
        return int((height + padding) / grid.leading) + 1

    def _news(self, units: int) -> Iterator[Setting]:
        """Picture news: the picture over headline and text, in one area."""
        one = self.of
        pad, gap = one.padding_lines, one.desk.style.grid.gap
        heading = next(iter(one.headings(units)), None)
        airy = heading.airy if heading else 0
        small = self._small(units)
        for columns in self._divisions(units):
            for show in one.shows(units):
                base = gap + 2 * pad + airy + show.lines - 1
                cost = self._cost(units, columns, heading, 0, units) + show.cost + small
                yield Setting("news", units, columns, base, 1, 0, cost, 1)

    def _bare(self, units: int) -> Iterator[Setting]:
        """Pictures with nothing but their captions."""
        one = self.of
        pad, gap = one.padding_lines, one.desk.style.grid.gap
        heading = next(iter(one.headings(units)), None)
        small = self._small(units)
        for show in one.shows(units):
            if len({piece.unit for piece in show.pieces}) > 1:
                continue  # they are set one over the other
            base = gap + 2 * pad + (heading.airy if heading else 0) + show.lines - len(show.pieces)
            yield Setting("bare", units, 1, base, 0, 0, show.cost + small, 1, only=base)

    def _small(self, units: int) -> int:
        """What it costs that a picture has so few units."""
        whole = self.of.desk.grid.units
        wanted = {3: 2 * whole // 3, 2: whole // 2}.get(self.of.rank, whole // 3)
        return max(0, wanted - units) * self.of.desk.weights.small_picture

    # What it costs.

    def rows_cost(self, setting: Setting, rows: int, hole: Hole = NO_HOLE) -> int:
        """What a setting costs with so many rows of text; NEVER where its text would not fill them."""
        weights = self.of.desk.weights
        wanted = self.wanted(setting)
        slack = setting.lines(rows, hole) - wanted
        cost = setting.cost + max(0, rows - LONG_COLUMN) * 5
        if slack >= 0:
            # with more than one line to spare the last columns all end a line higher
            if slack > 1 and (slack >= setting.columns or hole.lines or not setting.column_units):
                return NEVER
            return cost + slack * weights.white * setting.units // setting.columns
        if -slack <= self.squeeze(wanted):
            return cost - slack * weights.squeeze
        return cost - slack * weights.over

    def wanted(self, setting: Setting) -> int:
        """Lines of text that the article has in the columns of a setting."""
        if not self.of.has_text:
            return 0
        return self.of.text(setting.text_units, setting.columns)[0]

    def squeeze(self, wanted: int) -> int:
        """Lines that the text gives back where it has to."""
        return min(2, wanted // 12)

    def _rows(self, setting: Setting, hole: Hole = NO_HOLE) -> range:
        """The rows that may do, none of them with text left over."""
        if setting.only:
            return range(setting.only - setting.base, setting.only - setting.base + 1)
        wanted = self.wanted(setting)
        full = wanted - setting.lines(0, hole)
        low = -(-(full - self.squeeze(wanted)) // setting.columns)
        return range(max(setting.least, low), -(-full // setting.columns) + 1 + (setting.columns == 1))

    def curve(self, units: int) -> tuple[Costs, Costs]:
        """What the article costs across these units at each height, by its upper edge: a headline, or none.

        Too high a rectangle is left empty at its foot; in too low a one text is left over.
        """
        if units not in self._curves:
            curves = np.full((2, self.most + 1), NEVER, np.int32)
            for setting in self.settings(units):
                for rows in self._rows(setting):
                    height, cost = setting.base + rows, self.rows_cost(setting, rows)
                    if height <= self.most and cost < curves[setting.edge, height]:
                        curves[setting.edge, height] = cost
            weights = self.of.desk.weights
            for edge, curve in enumerate(curves):
                known = np.flatnonzero(curve < NEVER)
                lowest = self.most
                for setting in self.settings(units):
                    if setting.edge == edge and not setting.only:
                        lowest = min(lowest, setting.base + setting.least)
                if not len(known) and lowest == self.most:
                    continue
                if not len(known):  # even the whole page is too low
                    ways = self.choices(units, self.most, edge)
                    if ways:
                        curve[self.most] = ways[0][0]
                    known = np.flatnonzero(curve < NEVER)
                for height in range(int(known[0]) + 1 if len(known) else 0, self.most + 1):
                    curve[height] = min(curve[height], curve[height - 1] + weights.white * units)
                for height in range(int(known[0]) - 1 if len(known) else 0, lowest - 1, -1):
                    curve[height] = curve[height + 1] + weights.over * max(1, units // 2)
            self._curves[units] = curves[0], curves[1]
        return self._curves[units]

    def round_curve(self, units: int, across: int) -> Costs:
        """What it costs to run round a hole of `across` units: [height, lines of the hole]."""
        key = units, across
        if key not in self._rounds:
            costs = np.full((self.most + 1, self.most + 1), NEVER, np.int32)
            for setting in self._going_round(units, across):
                for lines in range(LEAST_HOLE, self.most - setting.base - LEAST_LEG):
                    hole = Hole(across, lines)
                    for rows in self._rows(setting, hole):
                        height = setting.base + rows
                        if height > self.most or rows - lines < LEAST_LEG:
                            continue
                        cost = self.rows_cost(setting, rows, hole) + self.of.desk.weights.runs_round
                        costs[height, lines] = min(costs[height, lines], cost)
            self._rounds[key] = costs
        return self._rounds[key]

    def _going_round(self, units: int, across: int) -> Iterator[Setting]:
        if self.of.box or not self.of.has_text:
            return
        for setting in self.settings(units):
            if setting.form != "plain" or units % setting.columns or across % (units // setting.columns):
                continue
            if setting.show is None:
                yield setting
            elif setting.show_at[0] >= across and setting.head:  # the picture goes to the left, clear of the hole
                yield replace(setting, show_at=(0, setting.show_at[1]))

    # Where it stands.

    def choices(self, units: int, height: int, edge: int, hole: Hole = NO_HOLE) -> list[tuple[int, Setting, int]]:
        """The settings for a rectangle, the cheapest first: (cost, setting, height it takes of the rectangle)."""
        weights = self.of.desk.weights
        found: list[tuple[int, int, Setting, int]] = []
        settings = self._going_round(units, hole.units) if hole.lines else self.settings(units)
        for number, setting in enumerate(settings):
            if setting.edge != edge:
                continue
            fitting = self._rows(setting, hole)
            rows = [
                one
                for one in fitting
                if setting.base + one <= height and (not hole.lines or setting.base + one == height)
            ]
            if not rows and setting.least <= height - setting.base < fitting.start and not setting.only:
                rows = [height - setting.base]  # and text is left over
            for one in rows:
                cost, taken = self.rows_cost(setting, one, hole), setting.base + one
                if cost < NEVER:
                    found.append((cost + (height - taken) * weights.white * units, number, setting, taken))
        found.sort(key=lambda choice: choice[:2])
        return [(cost, setting, taken) for cost, _, setting, taken in found]

    def pieces(self, setting: Setting, height: int, hole: Hole = NO_HOLE) -> list[Piece]:
        """The rectangles of a setting that is so many lines high, from its corner."""
        one, units = self.of, setting.units
        pieces: list[Piece] = []
        beside, beyond = setting.text[0], setting.text[0] + setting.text_units
        if setting.head:
            lines = setting.head.lines
            if setting.form == "side":
                lines = height - (setting.show.lines if setting.show and setting.show_at[1] < 0 else 0)
            pieces.append(Piece(setting.head.name, 0, setting.head.line, setting.head.units, lines))
        top = setting.text[1]
        if setting.show:
            unit, line = setting.show_at
            line = height - setting.show.lines if line < 0 else line
            padded = self.of.padding_lines if setting.form == "over" else 0
            pieces += [
                piece.moved(unit, line + (padded if piece.line else 0)) if piece.line or not padded
                else Piece(piece.name, piece.unit + unit, line, piece.units, piece.lines + padded)
                for piece in setting.show.pieces
            ]  # fmt: skip
        width = setting.show.pieces[-1].unit + setting.show.pieces[-1].units if setting.show else 0
        stands_in_text = (
            setting.show is not None and setting.form in ("plain", "beside", "side") and setting.show_at[1] >= 0
        )
        slack = setting.lines(height - setting.base, hole) - self.wanted(setting)
        if slack > 1 and one.has_text:
            hole = Hole(slack * setting.column_units, 1)
        for unit in range(beside, beyond):
            above = top
            if stands_in_text and setting.show and setting.show_at[0] <= unit < setting.show_at[0] + width:
                above = setting.show_at[1] + setting.show.lines
            foot = height - (hole.lines if unit >= beyond - hole.units else 0)
            if foot <= above:
                continue
            last = pieces[-1] if pieces else None
            if (
                last
                and last.name == one.id
                and last.line == above
                and last.end == foot
                and last.unit + last.units == unit
            ):
                pieces[-1] = Piece(one.id, last.unit, above, last.units + 1, foot - above)
            else:
                pieces.append(Piece(one.id, unit, above, 1, foot - above))
        return pieces
