"""One planned page: the arrangements of its slices are judged as they would stand, and the best are proved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from msgspec import Struct
from msgspec.structs import replace

from .curves import Curves
from .desk import Desk, Piece, Proof
from .panels import Panel
from .settings import Setting
from .slices import ALTERNATIVES, Arrangement, Slicer, Slot

TRIES = 5  # settings that are proved for one slot
PROVED = 6  # arrangements of a page that are proved at a time
ATTEMPTS = 4  # to cut a page whose proofs were bad
UNBOUNDED = 1_000_000_000
AT_A_GLANCE = 8  # arrangements that are judged where nothing is proved
TOMBSTONE = 1  # lines by which headlines side by side may differ and still bump
RIVALS_APART = 12  # lines
LONG_GUTTER = 0.75  # of the page's height
HALVES = 4  # tombstones that such a gutter counts for
STRIPS = 2  # articles across the whole page, the lead's apart


class Standing(Struct, frozen=True):
    """A slice as it stands, in one of its settings, with its pieces on the page; `head` is its headline's rectangle,
    `shows` those of its pictures, `lines` what it takes of its slot."""

    slot: Slot
    weight: int
    setting: Setting | None
    pieces: tuple[Piece, ...]
    lines: int
    head: Piece | None = None
    shows: tuple[Piece, ...] = ()
    boxed: bool = False
    goes_on: bool = False
    proof: Proof | None = None
    misfit: int = 0

    @property
    def unused(self) -> int:
        """Units × lines that its proof left empty at the feet of columns."""
        if not self.proof or not self.setting:
            return 0
        return max(0, self.proof.lines - self.proof.used) * self.setting.text_units // self.setting.columns

    def at(self, slot: Slot) -> Standing:
        """The same in another place of the same size."""
        units, lines = slot.unit - self.slot.unit, slot.line - self.slot.line
        return replace(
            self,
            slot=slot,
            pieces=tuple(piece.moved(units, lines) for piece in self.pieces),
            head=self.head.moved(units, lines) if self.head else None,
            shows=tuple(piece.moved(units, lines) for piece in self.shows),
        )


class PlannedPage(Struct, frozen=True):
    """A page as planned: what stands where, from the top of the room it was given; `used` are the lines it takes of
    that room, `cost` is what all of it costs."""

    standing: tuple[Standing, ...]
    lines: int
    used: int
    cost: int
    taboos: int = 0  # tombstones and gutters

    def empty(self, units: int) -> int:
        """Units × lines that are left empty: under articles, at the feet of their columns, and at the page's foot."""
        inside = sum((one.slot.lines - one.lines) * one.slot.units + one.unused for one in self.standing)
        return inside + units * (self.lines - self.used)

    @property
    def misfit(self) -> int:
        return sum(one.misfit for one in self.standing)

    @property
    def shape(self) -> tuple[tuple[int, ...], ...]:
        """The page from two metres: how it is cut, and who stands where."""
        return tuple(sorted((s.slot.unit, s.slot.units, s.slot.line // 8, s.slot.slice) for s in self.standing))


def glance(desk: Desk, slicer: Slicer, mask: int, lines: int) -> PlannedPage | None:
    """The best page of a set of slices as it is expected to stand, without proofs."""
    judged = [judge(desk, slicer, one, lines) for one in slicer.arrangements(mask, lines, AT_A_GLANCE)]
    return min(judged, key=lambda page: page.cost, default=None)


def plan_page(desk: Desk, slicer: Slicer, mask: int, lines: int, count: int = 1) -> list[PlannedPage]:
    """The best pages of a set of slices, unlike each other, the best first.

    What a proof says against a setting is reckoned with, and the page is cut again.
    """
    found: dict[object, PlannedPage] = {}
    best: list[PlannedPage] = []
    for _ in range(ATTEMPTS):
        judged = [judge(desk, slicer, one, lines) for one in slicer.arrangements(mask, lines, ALTERNATIVES)]
        judged.sort(key=lambda page: page.cost)
        for page in judged[: PROVED + count - 1]:
            known = found.get(page.shape)
            if known and not known.misfit:
                continue
            enough = sorted(one.cost for one in found.values())[count - 1 : count]
            proved = prove(desk, slicer, page, enough[0] if enough else UNBOUNDED)
            if proved is None:
                continue
            if known is None or proved.cost < known.cost:
                found[page.shape] = proved
            if sum(not one.misfit for one in found.values()) >= count:
                break
        last, best = best, sorted(found.values(), key=lambda page: page.cost)[:count]
        if best == last or not any(page.misfit for page in best):
            break
    return best


def judge(desk: Desk, slicer: Slicer, arrangement: Arrangement, lines: int) -> PlannedPage:
    """The page that an arrangement would give, each slice in its cheapest setting."""
    standing = tuple(_expected(slicer, slot) for slot in arrangement.slots)
    taboos = broken_taboos(desk, standing, lines)
    cost = arrangement.cost + taboos * desk.weights.tombstone + faults(desk, standing, lines)
    return PlannedPage(standing, lines, arrangement.lines, cost, taboos)


def _expected(slicer: Slicer, slot: Slot) -> Standing:
    slice = slicer.slices[slot.slice]
    if isinstance(slice, Panel):
        piece = Piece(slice.name, slot.unit, slot.line, slot.units, slot.lines)
        return Standing(slot, slice.weight, None, (piece,), slot.lines, boxed=True)
    assert isinstance(slice, Curves)
    key = slot.units, slot.lines, slot.edge, slot.hole
    known = slice.expected.get(key)
    if not isinstance(known, Standing):
        _, setting, lines = slice.choices(*key)[0]
        known = slice.expected[key] = _standing(slice, slot, setting, lines)
    return known.at(slot)


def _standing(curves: Curves, slot: Slot, setting: Setting, lines: int) -> Standing:
    one = curves.of
    pieces = tuple(piece.moved(slot.unit, slot.line) for piece in curves.pieces(setting, lines, slot.hole))
    visuals = {visual.id for visual in one.visuals}
    shows = tuple(piece for piece in pieces if piece.name in visuals)
    head = next((piece for piece in pieces if piece.name == one.head_name), None)
    if head is None and one.has_head:
        text = next(piece for piece in pieces if piece.name == one.id)
        height = next((heading.airy for heading in one.headings(setting.text_units)), 2)
        head = Piece(one.head_name, slot.unit + setting.text[0], text.line, setting.text_units, height + 1)
    return Standing(slot, curves.weight, setting, pieces, lines, head, shows, one.box is not None, one.goes_on)


# Faults.


def broken_taboos(desk: Desk, standing: Sequence[Standing], lines: int) -> int:
    """How many headlines stand side by side (碰题), and whether a gutter runs through (通线)."""
    bumps = sum(_side_by_side(one.head, other.head) for one, other in combinations(standing, 2) if _bare(one, other))
    return bumps + HALVES * (longest_gutter(standing, desk.grid.units, lines) > LONG_GUTTER * lines)


def faults(desk: Desk, standing: Sequence[Standing], lines: int) -> int:
    """What else only the whole page shows: order, rivals, a light foot, boxes, pictures, sameness."""
    weights, units = desk.weights, desk.grid.units
    cost = 0
    for one, other in combinations(standing, 2):
        upper, lower = (one, other) if one.weight >= other.weight else (other, one)
        if upper.weight > lower.weight and upper.slot.line > lower.slot.line and lower.setting:
            cost += weights.order * min(2, upper.weight - lower.weight)
        if one.weight == other.weight >= 2 and one.head and other.head:
            cost += weights.rival * (abs(one.head.line - other.head.line) < RIVALS_APART)
        for picture in one.shows:
            cost += sum(weights.pictures for neighbour in other.shows if _touch(picture, neighbour))
    most = max(one.weight for one in standing)
    top = [one for one in standing if one.weight == most]
    if most and all(one.slot.line for one in top):
        cost += weights.order
    elif all(one.slot.unit for one in top if not one.slot.line):
        cost += weights.order // 3
    cost += max(0, sum(one.boxed for one in standing) - 1) * weights.boxes
    if not any(one.slot.line + one.slot.lines >= lines - 1 and 3 * one.slot.units >= 2 * units for one in standing):
        cost += weights.foot
    sides = sum(one.setting is not None and one.setting.form == "side" for one in standing)
    strips = sum(one.slot.units == units and one.weight < most for one in standing)
    return cost + weights.same * (max(0, sides - 1) + max(0, strips - STRIPS))


def _bare(one: Standing, other: Standing) -> bool:
    return not (one.boxed or other.boxed)


def _side_by_side(one: Piece | None, other: Piece | None) -> bool:
    if one is None or other is None:
        return False
    if one.unit + one.units != other.unit and other.unit + other.units != one.unit:
        return False
    return abs(one.line - other.line) <= TOMBSTONE


def _touch(one: Piece, other: Piece) -> bool:
    """Whether two pictures stand side by side or one on the other."""
    across = min(one.unit + one.units, other.unit + other.units) - max(one.unit, other.unit)
    down = min(one.end, other.end) - max(one.line, other.line)
    return (across >= 0 and down > 0) or (across > 0 and down >= 0)


def longest_gutter(standing: Sequence[Standing], units: int, lines: int) -> int:
    """The longest stretch of a gutter that no story runs across (通线), in lines."""
    worst = 0
    for unit in range(1, units):
        stops = [-1, lines]  # lines that are run across
        for one in standing:
            slot = one.slot
            if slot.unit < unit < slot.unit + slot.units:
                holed = slot.hole.lines and unit >= slot.unit + slot.units - slot.hole.units
                stops += range(slot.line, slot.line + slot.lines - (slot.hole.lines if holed else 0))
        stops.sort()
        worst = max(worst, max(after - before - 1 for before, after in pairwise(stops)))
    return worst


# Proofs.


def prove(desk: Desk, slicer: Slicer, page: PlannedPage, most: int) -> PlannedPage | None:
    """The page with each of its articles in a setting that a proof confirms, as far as there is one.

    None as soon as it is seen to cost `most` or more.
    """
    standing: list[Standing] = []
    cost = page.cost
    for expected in page.standing:
        if cost >= most:
            return None
        standing.append(_proved(desk, slicer, expected))
        cost += standing[-1].misfit
    return replace(page, standing=tuple(standing), cost=cost)


def _proved(desk: Desk, slicer: Slicer, expected: Standing) -> Standing:
    slot, curves = expected.slot, slicer.slices[expected.slot.slice]
    if not isinstance(curves, Curves) or not curves.of.can_be_proved:
        return expected
    best: Standing | None = None
    failed = False
    for _, setting, lines in curves.choices(slot.units, slot.lines, slot.edge, slot.hole)[:TRIES]:
        pieces = curves.pieces(setting, lines, slot.hole)
        proof = curves.of.prove(pieces, setting.columns)
        misfit = _misfit(desk, proof, setting, curves.of.goes_on)
        if misfit and curves.fail(setting, lines - setting.base, slot.hole, misfit):
            failed = True
        misfit += desk.weights.white * slot.units * (slot.lines - lines)
        if best is None or misfit < best.misfit:
            best = replace(_standing(curves, slot, setting, lines), proof=proof, misfit=misfit)
        if not misfit:
            break
    if failed:
        slicer.forget(slot.slice)
    return best or expected


def _misfit(desk: Desk, proof: Proof, setting: Setting, goes_on: bool) -> int:
    weights = desk.weights
    over = 0 if goes_on else max(0, proof.used - proof.lines)
    may = max(desk.style.fit.short, setting.columns - 1 if desk.style.fit.level else 0)
    left = 0 if setting.form == "bare" else max(0, proof.lines - proof.used - may)
    cost = over * weights.over + left * weights.uneven + max(0, proof.uneven - 1) * weights.uneven
    cost += proof.parted * weights.parted
    return cost + (0 if proof.good or over or goes_on else weights.over)
