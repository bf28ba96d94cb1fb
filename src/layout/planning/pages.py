"""One planned page: arrangements of its slices are scored by estimates, and the best verified by composing them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from msgspec import Struct
from msgspec.structs import replace

from .article_layouts import ArticleLayout
from .cost_tables import CostTable
from .evaluator import MapPiece, PlanningContext, TrialComposition
from .furniture_strips import FurnitureStrip
from .guillotine import ALTERNATIVES, Arrangement, GuillotineCutter, PageSlice

VERIFICATION_TRIES = 5  # layouts that are composed for one slice
VERIFIED_PAGES = 6  # arrangements of a page that are verified at a time
ATTEMPTS = 4  # to divide a page whose verification failed
UNBOUNDED = 1_000_000_000
QUICK_CANDIDATES = 8  # arrangements that are scored without verification
TOMBSTONE = 1  # headlines side by side whose tops differ by so many lines or fewer are a tombstone
RIVALS_APART = 12  # lines; headlines of one rank nearer than this compete
LONG_GUTTER = 0.75  # of the page's height
HALVES = 4  # such a gutter counts as so many tombstones
STRIPS = 2  # allowed number of articles across the whole page, without the lead


class PlacedArticle(Struct, frozen=True):
    """A slice placed on a page in one of its layouts, with its pieces.

    `head` is its headline's rectangle, `picture_blocks` those of its pictures, `lines` its height in its slot.
    """

    slot: PageSlice
    weight: int
    setting: ArticleLayout | None
    pieces: tuple[MapPiece, ...]
    lines: int
    head: MapPiece | None = None
    picture_blocks: tuple[MapPiece, ...] = ()
    boxed: bool = False
    goes_on: bool = False
    trial: TrialComposition | None = None
    fit_error: int = 0

    @property
    def unused(self) -> int:
        """Units × lines left empty at the feet of columns by its trial composition."""
        if not self.trial or not self.setting:
            return 0
        return max(0, self.trial.lines - self.trial.used) * self.setting.text_units // self.setting.columns

    def at(self, slot: PageSlice) -> PlacedArticle:
        """The same article in another slot of the same size."""
        units, lines = slot.unit - self.slot.unit, slot.line - self.slot.line
        return replace(
            self,
            slot=slot,
            pieces=tuple(piece.moved(units, lines) for piece in self.pieces),
            head=self.head.moved(units, lines) if self.head else None,
            picture_blocks=tuple(piece.moved(units, lines) for piece in self.picture_blocks),
        )


class PlannedPage(Struct, frozen=True):
    """A planned page: its placed slices, from the top of the free lines; `used` is the number of lines they take."""

    placed: tuple[PlacedArticle, ...]
    lines: int
    used: int
    cost: int
    gross_faults: int = 0  # number of tombstones and gutters

    def empty(self, units: int) -> int:
        """Units × lines left empty: under articles, at the feet of their columns, and at the page's foot."""
        inside = sum((one.slot.lines - one.lines) * one.slot.units + one.unused for one in self.placed)
        return inside + units * (self.lines - self.used)

    @property
    def fit_error(self) -> int:
        return sum(one.fit_error for one in self.placed)

    @property
    def shape(self) -> tuple[tuple[int, ...], ...]:
        """The coarse arrangement, by which two pages are alike."""
        return tuple(sorted((s.slot.unit, s.slot.units, s.slot.line // 8, s.slot.slice) for s in self.placed))


def quick_score(context: PlanningContext, cutter: GuillotineCutter, mask: int, lines: int) -> PlannedPage | None:
    """The best page of a set of slices by estimates, without trial compositions."""
    scored = [
        score_arrangement(context, cutter, one, lines) for one in cutter.arrangements(mask, lines, QUICK_CANDIDATES)
    ]
    return min(scored, key=lambda page: page.cost, default=None)


def plan_page(
    context: PlanningContext,
    cutter: GuillotineCutter,
    mask: int,
    lines: int,
    count: int = 1,
    *,
    attempts: int = ATTEMPTS,
    trials: int = VERIFIED_PAGES,
) -> list[PlannedPage]:
    """The `count` best pages of a set of slices, unlike each other, the best first.

    Errors that trial compositions find are added to the costs, and the page is divided again.
    """
    found: dict[object, PlannedPage] = {}
    best: list[PlannedPage] = []
    for _ in range(attempts):
        scored = [
            score_arrangement(context, cutter, one, lines) for one in cutter.arrangements(mask, lines, ALTERNATIVES)
        ]
        scored.sort(key=lambda page: page.cost)
        for page in scored[: trials + count - 1]:
            cached = found.get(page.shape)
            if cached and not cached.fit_error:
                continue
            enough = sorted(one.cost for one in found.values())[count - 1 : count]
            verified = verify_page(context, cutter, page, enough[0] if enough else UNBOUNDED)
            if verified is None:
                continue
            if cached is None or verified.cost < cached.cost:
                found[page.shape] = verified
            if sum(not one.fit_error for one in found.values()) >= count:
                break
        last, best = best, sorted(found.values(), key=lambda page: page.cost)[:count]
        if best == last or not any(page.fit_error for page in best):
            break
    return best


def score_arrangement(
    context: PlanningContext, cutter: GuillotineCutter, arrangement: Arrangement, lines: int
) -> PlannedPage:
    """The page of an arrangement, with each slice in its cheapest layout."""
    placed = tuple(_expected_article(cutter, slot) for slot in arrangement.slots)
    gross_faults = count_gross_faults(context, placed, lines)
    cost = arrangement.cost + gross_faults * context.weights.tombstone + page_faults(context, placed, lines)
    return PlannedPage(placed, lines, arrangement.lines, cost, gross_faults)


def _expected_article(cutter: GuillotineCutter, slot: PageSlice) -> PlacedArticle:
    slice = cutter.slices[slot.slice]
    if isinstance(slice, FurnitureStrip):
        piece = MapPiece(slice.name, slot.unit, slot.line, slot.units, slot.lines)
        return PlacedArticle(slot, slice.weight, None, (piece,), slot.lines, boxed=True)
    assert isinstance(slice, CostTable)
    key = slot.units, slot.lines, slot.edge, slot.hole
    cached = slice.expected.get(key)
    if not isinstance(cached, PlacedArticle):
        _, setting, lines = slice.choices(*key)[0]
        cached = slice.expected[key] = _placed_article(slice, slot, setting, lines)
    return cached.at(slot)


def _placed_article(cost_table: CostTable, slot: PageSlice, setting: ArticleLayout, lines: int) -> PlacedArticle:
    one = cost_table.of
    pieces = tuple(piece.moved(slot.unit, slot.line) for piece in cost_table.pieces(setting, lines, slot.hole))
    visuals = {visual.id for visual in one.visuals}
    picture_blocks = tuple(piece for piece in pieces if piece.name in visuals)
    head = next((piece for piece in pieces if piece.name == one.head_name), None)
    if head is None and one.has_head:
        text = next(piece for piece in pieces if piece.name == one.id)
        height = next((heading.airy for heading in one.headings(setting.text_units)), 2)
        head = MapPiece(one.head_name, slot.unit + setting.text[0], text.line, setting.text_units, height + 1)
    return PlacedArticle(
        slot, cost_table.weight, setting, pieces, lines, head, picture_blocks, one.box is not None, one.goes_on
    )


# --- faults


def count_gross_faults(context: PlanningContext, placed: Sequence[PlacedArticle], lines: int) -> int:
    """The number of tombstones (碰题), plus HALVES where a gutter runs through the page (通线)."""
    bumps = sum(_side_by_side(one.head, other.head) for one, other in combinations(placed, 2) if _bare(one, other))
    return bumps + HALVES * (longest_gutter(placed, context.grid.units, lines) > LONG_GUTTER * lines)


def page_faults(context: PlanningContext, placed: Sequence[PlacedArticle], lines: int) -> int:
    """The cost of the other faults of a whole page: order, rivals, a light foot, boxes, pictures, sameness."""
    weights, units = context.weights, context.grid.units
    cost = 0
    for one, other in combinations(placed, 2):
        upper, lower = (one, other) if one.weight >= other.weight else (other, one)
        if upper.weight > lower.weight and upper.slot.line > lower.slot.line and lower.setting:
            cost += weights.order * min(2, upper.weight - lower.weight)
        if one.weight == other.weight >= 2 and one.head and other.head:
            cost += weights.rival * (abs(one.head.line - other.head.line) < RIVALS_APART)
        for picture in one.picture_blocks:
            cost += sum(weights.pictures for neighbour in other.picture_blocks if _touch(picture, neighbour))
    most = max(one.weight for one in placed)
    top = [one for one in placed if one.weight == most]
    if most and all(one.slot.line for one in top):
        cost += weights.order
    elif all(one.slot.unit for one in top if not one.slot.line):
        cost += weights.order // 3
    cost += max(0, sum(one.boxed for one in placed) - 1) * weights.boxes
    if not any(one.slot.line + one.slot.lines >= lines - 1 and 3 * one.slot.units >= 2 * units for one in placed):
        cost += weights.foot
    sides = sum(one.setting is not None and one.setting.form == "side" for one in placed)
    strips = sum(one.slot.units == units and one.weight < most for one in placed)
    return cost + weights.same * (max(0, sides - 1) + max(0, strips - STRIPS))


def _bare(one: PlacedArticle, other: PlacedArticle) -> bool:
    return not (one.boxed or other.boxed)


def _side_by_side(one: MapPiece | None, other: MapPiece | None) -> bool:
    if one is None or other is None:
        return False
    if one.unit + one.units != other.unit and other.unit + other.units != one.unit:
        return False
    return abs(one.line - other.line) <= TOMBSTONE


def _touch(one: MapPiece, other: MapPiece) -> bool:
    """Whether two pictures touch side by side or one above the other."""
    across = min(one.unit + one.units, other.unit + other.units) - max(one.unit, other.unit)
    down = min(one.end, other.end) - max(one.line, other.line)
    return (across >= 0 and down > 0) or (across > 0 and down >= 0)


def longest_gutter(placed: Sequence[PlacedArticle], units: int, lines: int) -> int:
    """The longest stretch of a gutter that no article crosses (通线), in lines."""
    worst = 0
    for unit in range(1, units):
        stops = [-1, lines]  # lines at which an article crosses the gutter
        for one in placed:
            slot = one.slot
            if slot.unit < unit < slot.unit + slot.units:
                holed = slot.hole.lines and unit >= slot.unit + slot.units - slot.hole.units
                stops += range(slot.line, slot.line + slot.lines - (slot.hole.lines if holed else 0))
        stops.sort()
        worst = max(worst, max(after - before - 1 for before, after in pairwise(stops)))
    return worst


# --- verification


def verify_page(context: PlanningContext, cutter: GuillotineCutter, page: PlannedPage, most: int) -> PlannedPage | None:
    """The page with each article in a layout that fits when it is composed, or the one with the least error.

    None as soon as the cost reaches `most`.
    """
    placed: list[PlacedArticle] = []
    cost = page.cost
    for expected in page.placed:
        if cost >= most:
            return None
        placed.append(_verified(context, cutter, expected))
        cost += placed[-1].fit_error
    return replace(page, placed=tuple(placed), cost=cost)


def _verified(context: PlanningContext, cutter: GuillotineCutter, expected: PlacedArticle) -> PlacedArticle:
    slot, cost_table = expected.slot, cutter.slices[expected.slot.slice]
    if not isinstance(cost_table, CostTable) or not cost_table.of.can_be_composed:
        return expected
    best: PlacedArticle | None = None
    failed = False
    for _, setting, lines in cost_table.choices(slot.units, slot.lines, slot.edge, slot.hole)[:VERIFICATION_TRIES]:
        pieces = cost_table.pieces(setting, lines, slot.hole)
        trial = cost_table.of.compose_trial(pieces, setting.columns)
        fit_error = _fit_error(context, trial, setting, cost_table.of.goes_on)
        if fit_error and cost_table.fail(setting, lines - setting.base, slot.hole, fit_error):
            failed = True
        fit_error += context.weights.white * slot.units * (slot.lines - lines)
        if best is None or fit_error < best.fit_error:
            best = replace(_placed_article(cost_table, slot, setting, lines), trial=trial, fit_error=fit_error)
        if not fit_error:
            break
    if failed:
        cutter.discard(slot.slice)
    return best or expected


def _fit_error(context: PlanningContext, trial: TrialComposition, setting: ArticleLayout, goes_on: bool) -> int:
    weights = context.weights
    over = 0 if goes_on else max(0, trial.used - trial.lines)
    allowed = max(context.style.fit.short, setting.columns - 1 if context.style.fit.level else 0)
    left = 0 if setting.form == "bare" else max(0, trial.lines - trial.used - allowed)
    cost = over * weights.over + left * weights.uneven + max(0, trial.uneven - 1) * weights.uneven
    cost += trial.parted * weights.parted
    return cost + (0 if trial.good or over or goes_on else weights.over)
