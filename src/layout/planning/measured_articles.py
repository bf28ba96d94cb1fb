"""Measured articles: the lines that an article's text, headline and pictures take at each width that occurs.

The composer measures them, once for each width, so a plan fits when the pages are made up. Widths are units of the
grid, heights whole lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from ..issue.floats import Float, Picture, kind_of
from ..issue.model import Article, floats_of
from ..issue.texts import Text
from ..page.decisions import CopyfitDecisions
from ..page.elements.floats import float_lines
from ..page.elements.headlines import has_headline_block, set_headline_block
from ..roles import Role
from ..style.elements import BoxStyle
from ..text.headline.fitting import ACCEPTABLE
from .evaluator import MapPiece, PlanningContext, TrialComposition

RANK_WEIGHTS = {"lead": 3, "major": 2, "minor": 1, "brief": 0}
UNLIMITED_LINES = 1000  # lines of a column that holds any article
OF_A_DRAWING = 0.3  # a drawing may lose this part of what a photograph may lose by cropping
WORST_BREAK = 3.0  # upper limit of the cost of a badly broken headline
LEAST_PICTURE, MOST_PICTURE = 5, 28  # lines


class HeadlineSize(Struct, frozen=True):
    """A headline block in one size: `bare` lines of type, `airy` with its space; `grade` counts from the largest.

    `fill` is the width of its widest line, percent of the measure; `broken` the cost of its breaks above what is
    acceptable, in tenths of the headline fitter's units, 30 at most.
    """

    bare: int
    airy: int
    grade: int
    fill: int
    broken: int = 0


class PictureBlock(Struct, frozen=True):
    """An article's pictures as a block `lines` high, each with a line of space above; `pieces` relative to its corner."""

    lines: int
    cost: int
    pieces: tuple[MapPiece, ...]


class MeasuredArticle(Struct, dict=True):
    """One article, or a part of one that continues over several pages; measured on first use.

    Parts count from 0; the first has the headline and the pictures. `share` is the part's share of the text.
    `before` are the pieces and columns of the earlier parts, None until they are placed.
    """

    context: PlanningContext
    article: Article
    part: int = 0
    parts: int = 1
    share: float = 1.0
    before: tuple[tuple[tuple[MapPiece, ...], int], ...] | None = ()
    _texts: dict[tuple[int, int], tuple[int, int, bool]] = field(default_factory=dict)
    _heads: dict[int, tuple[HeadlineSize, ...]] = field(default_factory=dict)
    _picture_blocks: dict[int, tuple[PictureBlock, ...]] = field(default_factory=dict)

    @cached_property
    def visuals(self) -> tuple[Float, ...]:
        return visuals_of(self.article) if self.part == 0 else ()

    @cached_property
    def box(self) -> BoxStyle | None:
        style = self.context.style
        return style.boxes.get(self.article.box or style.kind(self.article.kind).box)

    @cached_property
    def has_text(self) -> bool:
        article = self.article
        return bool(article.body.blocks or article.byline or len(floats_of(article)) > len(visuals_of(article)))

    @property
    def id(self) -> str:
        return self.article.id

    @property
    def rank(self) -> int:
        return RANK_WEIGHTS[self.article.rank]

    @property
    def head_name(self) -> str:
        """The name of its headline in a map."""
        return f"{self.id}.headline"

    @property
    def has_head(self) -> bool:
        return self.part == 0 and has_headline_block(self.article)

    @property
    def goes_on(self) -> bool:
        """Whether its text continues on another page."""
        return self.part < self.parts - 1

    @property
    def upright(self) -> bool:
        """Whether the headline is vertical."""
        return self.article.headline_direction == "vertical"

    @property
    def padding(self) -> float:
        """Padding of the article's box at each side, em."""
        return self.box.padding if self.box else 0.0

    @property
    def padding_lines(self) -> int:
        """Padding of the article's box at its top, and again at its foot, lines."""
        grid = self.context.grid
        return math.ceil(self.padding * grid.em / grid.leading - 1e-6)

    def text(self, units: int, columns: int) -> tuple[int, int]:
        """Lines of the text in one unlimited column, `columns` of which go across `units`; and lines of a note above it."""
        used, note, _ = self._text(units, columns)
        if self.parts > 1 and used:  # plus a line for each jump line
            used, note = round(used * self.share) + (self.part > 0) + self.goes_on, note if self.part == 0 else 0
        return used, note

    def suits(self, units: int, columns: int) -> bool:
        """Whether such columns are wide enough for everything in the text, such as a table."""
        return self._text(units, columns)[2]

    def whole_text(self, units: int, columns: int) -> int:
        """Lines of the text of all parts together."""
        return self._text(units, columns)[0]

    def _text(self, units: int, columns: int) -> tuple[int, int, bool]:
        key = round(100 * self.measure(units, columns)), units if self.article.editors_note else 0
        if key not in self._texts:
            pieces = [MapPiece(self.id, 0, 0, units, UNLIMITED_LINES)]
            for visual in visuals_of(self.article):
                pieces.append(MapPiece(visual.id, 0, pieces[-1].end, units, 40))
            trial = self.context.compose_trial(self.id, pieces, columns, head=False)
            if trial.used > UNLIMITED_LINES:  # its text in every width would fill the memory
                self.context.trim_cache()
            edges = self.context.style.grid.gap + (1 if visuals_of(self.article) else 2) * self.padding_lines
            self._texts[key] = trial.used, UNLIMITED_LINES - edges - trial.lines // columns, trial.good
        return self._texts[key]

    @property
    def can_be_composed(self) -> bool:
        return self.before is not None

    def compose_trial(self, pieces: Sequence[MapPiece], columns: int) -> TrialComposition:
        return self.context.compose_trial(self.id, pieces, columns, before=self.before or ())

    def measure(self, units: int, columns: int) -> float:
        """Width of a column, em, with `columns` across `units`; 0 where they are too narrow."""
        grid = self.context.grid
        whole = grid.measure(units) - 2 * self.padding
        return grid.divided(whole, columns)[0] if whole > 0 else 0.0

    def headings(self, units: int) -> tuple[HeadlineSize, ...]:
        """The headline block across so many units: the largest size, and each smaller one that takes fewer lines."""
        if units not in self._heads:
            self._heads[units] = tuple(self._measure_heads(units))
        return self._heads[units]

    def _measure_heads(self, units: int) -> Iterator[HeadlineSize]:
        if not self.has_head or self.upright:
            return
        context, grid = self.context, self.context.grid
        width = (grid.measure(units) - 2 * self.padding) * grid.em
        least = UNLIMITED_LINES
        sizes = context.style.headline(self.article.rank, self.article.kind).sizes
        for grade in range(0, len(sizes), 2):
            head = set_headline_block(
                context.canvas(decisions=CopyfitDecisions(grades={self.id: grade})), self.article, width
            )
            bare = math.ceil(head.height / grid.leading - 1e-6)
            if head.over or bare >= least:
                continue
            least = bare
            sets = [row.set for row in head.rows if row.role is Role.HEADLINE]
            fill = max((one.fill for one in sets), default=1.0)
            broken = max((one.cost - ACCEPTABLE for one in sets if len(one.lines) > 1), default=0.0)
            yield HeadlineSize(
                bare, head.lines, grade, round(100 * fill), round(10 * min(WORST_BREAK, max(0.0, broken)))
            )

    def picture_blocks(self, units: int) -> tuple[PictureBlock, ...]:
        """The article's pictures as blocks across so many units, the cheapest for each number of lines."""
        if units not in self._picture_blocks:
            best: dict[int, PictureBlock] = {}
            for picture_block in self._arranged(units):
                if picture_block.lines not in best or picture_block.cost < best[picture_block.lines].cost:
                    best[picture_block.lines] = picture_block
            self._picture_blocks[units] = tuple(best[lines] for lines in sorted(best))
        return self._picture_blocks[units]

    def _arranged(self, units: int) -> Iterator[PictureBlock]:
        """Blocks of rows with equally many pictures, from one row to one picture a row."""
        count = len(self.visuals)
        for across in range(1, count + 1):
            each, rest = divmod(units, across)
            if rest or (across > 1 and self.context.grid.measure(each) < self.context.plan.measures[0]):
                continue
            rows = [self.visuals[at : at + across] for at in range(0, count, across)]
            if len(rows[-1]) != across:
                continue
            spans = [span for row in rows if (span := self._row_span(row, each))]
            if len(spans) < len(rows):
                continue
            natural = [lines for _, lines, _ in spans]
            for total in range(sum(low for low, _, _ in spans), sum(high for _, _, high in spans) + 1):
                heights = _share(total, spans)
                cropped = sum(
                    10 * abs(height - usual) * self.context.weights.crop // usual
                    for height, usual in zip(heights, natural, strict=True)
                )
                pieces, line = [], 0
                for row, height in zip(rows, heights, strict=True):
                    pieces += [MapPiece(one.id, at * each, line, each, height + 1) for at, one in enumerate(row)]
                    line += height + 1
                yield PictureBlock(line, cropped, tuple(pieces))

    def _row_span(self, row: Sequence[Float], units: int) -> tuple[int, int, int] | None:
        """Fewest, usual and most lines of the pictures in a row; None where no height suits all."""
        spans = [self._span(one, units) for one in row]
        low, high = max(span[0] for span in spans), min(span[2] for span in spans)
        usual = sum(span[1] for span in spans) // len(spans)
        if low > high:
            return None
        return low, min(max(usual, low), high), high

    def _span(self, visual: Float, units: int) -> tuple[int, int, int]:
        context, grid = self.context, self.context.grid
        width = grid.measure(units) * grid.em
        canvas = context.canvas()
        usual = float_lines(canvas, visual, self.id, width)
        if not isinstance(visual, Picture) or visual.lines:
            return usual, usual, usual + 1
        low_ratio, high_ratio = crop_range(visual, context.plan.crop)
        caption = usual - float_lines(canvas, replace(visual, caption=Text(), credit=Text()), self.id, width)
        float_ = grid.leading - grid.em
        heights = [
            lines
            for lines in range(max(LEAST_PICTURE, usual // 2), min(MOST_PICTURE, 2 * usual) + 1)
            if low_ratio <= width / max(1.0, (lines - caption) * grid.leading - float_) <= high_ratio
        ]
        if not heights:
            return usual, usual, usual
        return heights[0], min(max(usual, heights[0]), heights[-1]), heights[-1]

    def side_lines(self, units: int) -> int:
        """About how many lines the headline takes at the side of its text."""
        grid, article = self.context.grid, self.article
        style = self.context.style.headline(article.rank, article.kind)
        box = self.context.style.boxes.get(style.box)
        padding = 2 * box.padding * grid.em if box else 0.0
        width, size = grid.measure(units) * grid.em - padding, style.sizes[-1]
        length = len(article.headline.whole) * size
        if self.upright:
            lesser = bool(article.deck) + bool(article.kicker)
            across = max(1, int(width / (size * style.leading_vertical)) - lesser)
            return int((length / across + padding) / grid.leading) + 1
        height = -(-length // width) * size * style.leading
        for words, deck in ((article.kicker.whole, style.kicker), (article.deck.whole, style.deck)):
            height += -(-len(words) * deck.size // width) * deck.size * 1.4
        return int((height + padding) / grid.leading) + 1


def visuals_of(article: Article) -> tuple[Float, ...]:
    """Pictures, groups and charts with a place of their own: not inside the text, and not in a group."""
    in_text = {block.name for block in article.body.blocks if block.kind == "figure"}
    in_groups = {name for group in article.groups for name in group.pictures}
    visuals = [float_ for float_ in floats_of(article) if kind_of(float_).is_visual_in(article.kind)]
    return tuple(float_ for float_ in visuals if float_.id not in in_text | in_groups)


def crop_range(picture: Picture, most: float) -> tuple[float, float]:
    """Least and greatest ratio (width ÷ height) to which a picture may be cropped; it may lose the part `most`."""
    ratio = picture.width / picture.height if picture.width and picture.height else 1.5
    if picture.crop:
        return picture.crop
    if picture.file.lower().endswith(".svg"):
        most *= OF_A_DRAWING
    across = down = 1 - most
    if picture.keep:
        left, top, right, bottom = picture.keep
        across, down = max(across, right - left), max(down, bottom - top)
    return ratio * across, ratio / down


def _share(total: int, spans: Sequence[tuple[int, int, int]]) -> list[int]:
    """Divides `total` lines among rows, each as near to its usual height as possible."""
    heights = [usual for _, usual, _ in spans]
    while (missing := total - sum(heights)) != 0:
        step = 1 if missing > 0 else -1
        able = [
            at for at, (low, _, high) in enumerate(spans) if (heights[at] < high if step > 0 else heights[at] > low)
        ]
        at = min(able, key=lambda at: abs(heights[at] - spans[at][1]))
        heights[at] += step
    return heights
