"""Copyfitting: heights that the text decides, and the adjustments that make a page come out full.

All lengths are whole lines. Heights come first (`heights`). Then, story by story, follow the adjustments in the order
of the style's `fit` (`adjustments`): a smaller or larger headline, no deck, pictures in the text cropped, more or less
space over the article; tracking only where it alone makes the story fit. After that the heights are settled once more.
Each adjustment has its limit in the style, and the editor may forbid it for an article, a page or the issue.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from ...composition import Fit
from ...errors import Message
from ...issue.model import Article, Issue
from ...issue.pages import PageSpec, numbered
from ...runtime.progress import count_progress
from ...style.model import Style
from ..decisions import CopyfitDecisions
from ..map.threads import typed_heights
from .adjustments import ADJUSTMENTS
from .evaluation import Evaluation, Evaluator
from .heights import Demand, cost_of, neighbouring_heights, settle_heights, shared_heights

SEARCH_ROUNDS = 5  # heights that the search measures before it polishes the best
POLISH_ROUNDS, NEIGHBOUR_HEIGHTS = 3, 6  # rounds, and heights near the best that each of them tries
ACCEPTABLE_COST = 6.0  # cost of a page below which it is not polished
CANDIDATES = 3  # heights that are compared after their adjustments
FIT_ROUNDS = 2  # rounds of heights and adjustments
_OVERWRITTEN = 1.5  # a text that is longer than its columns by this factor is cut by its author, not by adjustments
UNWRITTEN_LINES = 12  # empty lines: a story that is shorter by more is not finished yet
_OVERSET_LINE_COST = 60.0  # cost of an overset line, in empty lines
ADJUSTMENT_PENALTY = 2.0  # cost of an adjustment with the price 1
_FITTED, _ADJUSTED = Message("版定行高", "pages fitted"), Message("篇微调", "stories fitted")
LAST_RESORTS = ("tracking",)  # adjustments that are made only where the story fits then


class Copyfitter(Struct):
    """The copyfitting of one issue; `evaluator` measures its stories under trial decisions.

    `demands` are those on the pages with open heights, by pages, at the heights decided.
    """

    issue: Issue
    style: Style
    evaluator: Evaluator
    decisions: CopyfitDecisions = field(default_factory=CopyfitDecisions)
    demands: dict[tuple[int, ...], list[Demand]] = field(default_factory=dict)

    # Heights.

    def settle_heights(self) -> CopyfitDecisions:
        """Decides the open heights; pages that share a story are settled together."""
        specs, lines = numbered(self.issue.pages), self.style.grid.lines
        open_pages = [number for number, spec in specs if self._is_open(spec)]
        heights = {
            number: shared_heights(typed_heights(spec, lines), lines) for number, spec in specs if number in open_pages
        }
        self.decisions = replace(self.decisions, heights=heights)
        done = 0
        for pages in _groups_sharing_stories(open_pages, self.evaluator.articles):
            count_progress(done, len(open_pages), _FITTED)
            self._settle(tuple(pages))
            done += len(pages)
        return self.decisions

    def _is_open(self, spec: PageSpec) -> bool:
        may = self._may_page("heights", spec) and self.style.fit.heights > 0
        return any(height is None or may for height in typed_heights(spec, self.style.grid.lines))

    def _settle(self, pages: tuple[int, ...]) -> None:
        """Searches heights and adjusts the stories at the best of them; again where an adjustment changed a story."""
        stories = [id for id in self.issue.articles if any(id in self.evaluator.articles[page] for page in pages)]
        cost = math.inf
        for _ in range(FIT_ROUNDS):
            before = self.decisions
            adjusted = [self._adjusted(pages, heights, before, stories) for heights in self._search(pages)]
            least, decisions, demands = min(adjusted, key=lambda one: one[0])
            if least >= cost:
                break
            cost, self.decisions, self.demands[pages] = least, decisions, demands
            if replace(decisions, heights=before.heights) == before:
                break

    def _search(self, pages: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The best heights that measuring and settling by turns find: one if it is acceptable, else candidates."""
        bounds = [bound for page in pages for bound in self._bounds(self.evaluator.specs[page])]
        sizes = [len(self.decisions.heights[page]) for page in pages]
        seen: dict[tuple[int, ...], tuple[float, list[Demand]]] = {}

        def tried(heights: tuple[int, ...]) -> float:
            if heights not in seen:
                demands = self._demands(pages, self._at(pages, heights))
                seen[heights] = cost_of(demands, heights), demands
            return seen[heights][0]

        heights = tuple(height for page in pages for height in self.decisions.heights[page])
        while len(seen) < SEARCH_ROUNDS and heights not in seen:
            tried(heights)
            heights = settle_heights(seen[heights][1], heights, bounds, sizes)
        best = min(seen, key=tried)
        for _ in range(POLISH_ROUNDS):
            if tried(best) < ACCEPTABLE_COST:
                break
            found = neighbouring_heights(seen[best][1], best, bounds, sizes, NEIGHBOUR_HEIGHTS)
            if sound := [
                demand for demand in seen[best][1] if demand.flaws < ACCEPTABLE_COST
            ]:  # without those that are badly set at any height near
                found += (
                    neighbouring_heights(sound, best, bounds, sizes, NEIGHBOUR_HEIGHTS)
                    if len(sound) < len(seen[best][1])
                    else []
                )
            better = min(found, key=tried, default=best)
            if tried(better) >= tried(best):
                break
            best = better
        if tried(best) < ACCEPTABLE_COST:
            return [best]
        ranked = sorted(seen, key=tried)
        safe = min(ranked, key=lambda heights: tried(heights) + _over(seen[heights][1], heights))
        return list(dict.fromkeys([*ranked[:CANDIDATES], safe]))

    def _adjusted(
        self, pages: tuple[int, ...], heights: tuple[int, ...], before: CopyfitDecisions, stories: Sequence[str]
    ) -> tuple[float, CopyfitDecisions, list[Demand]]:
        """The cost of pages of these heights after adjustments, the decisions, and the demands."""
        self.decisions = before
        self.decisions = self._at(pages, heights)
        self._adjust(self.evaluator.fits(self.decisions, pages))
        decisions, self.decisions = self.decisions, before
        demands = self._demands(pages, decisions)
        penalties = sum(
            [
                ADJUSTMENT_PENALTY * self.style.fit.price(measure)
                for measure, id in decisions.adjustments()
                if id in stories
            ]
        )
        return cost_of(demands, heights) + _over(demands, heights) + penalties, decisions, demands

    def _at(self, pages: Sequence[int], heights: Sequence[int]) -> CopyfitDecisions:
        """The decisions with these heights of the rows of pages, one page's after the other's."""
        rest, parted = iter(heights), dict(self.decisions.heights)
        for page in pages:
            parted[page] = tuple(next(rest) for _ in self.decisions.heights[page])
        return replace(self.decisions, heights=parted)

    def _demands(self, pages: Sequence[int], decisions: CopyfitDecisions) -> list[Demand]:
        def may(measure: str, article: str) -> bool:
            spec = next(self.evaluator.specs[page] for page in pages if article in self.evaluator.articles[page])
            return self._may(measure, self.issue.articles[article], spec)

        return self.evaluator.demands(decisions, pages, may)

    def _bounds(self, spec: PageSpec) -> list[tuple[int, int]]:
        """The least and the greatest height of each row, in lines."""
        lines, bounds = self.style.grid.lines, []
        slack = self.style.fit.heights if self._may_page("heights", spec) else 0
        for row, height in zip(spec.areas, typed_heights(spec, lines), strict=True):
            if height is None:
                bounds.append((1, lines))
            elif any(cell in self.style.furniture for cell in row.cells):
                bounds.append((height, height))
            else:
                bounds.append((max(1, height - slack), height + slack))
        return bounds

    # Adjustments.

    def adjust(self, fits: Sequence[Fit]) -> CopyfitDecisions:
        """Adjusts the stories that are too long or too short and stand on pages without open heights."""
        open_heights = self.decisions.heights
        own = [fit for fit in fits if not any(self.evaluator.page(n) in open_heights for n in fit.pages)]
        for number, fit in enumerate(own):
            count_progress(number, len(own), _ADJUSTED)
            self._adjust([fit])
        return self.decisions

    def _adjust(self, fits: Sequence[Fit]) -> None:
        """Makes one adjustment after the other, in the style's order, until each story fits.

        Of a short story they are undone where they do not suffice, for then the editor writes more; of an overset
        story they stay, for then there is less to cut.
        """
        order = [*self.style.fit.order, *(measure for measure in ADJUSTMENTS if measure not in self.style.fit.order)]
        for fit in fits:
            if (left := fit.lines - fit.lines_used) > UNWRITTEN_LINES or 0 <= left <= self.style.fit.lines_short(1):
                continue
            if -left > UNWRITTEN_LINES and fit.lines_used > _OVERWRITTEN * fit.lines:
                continue
            article, spec = self.issue.articles[fit.article], self.evaluator.specs[self.evaluator.page(fit.page)]
            before = self.decisions
            for measure in order:
                if measure in ADJUSTMENTS and self._may(measure, article, spec):
                    now = self._tried(self.decisions, fit)
                    if self._fit_error(now):
                        self._take(now, measure, article)
            if self.decisions is not before and left > 0 and self._fit_error(self._tried(self.decisions, fit)):
                self.decisions = before

    def _take(self, now: Evaluation, measure: str, article: Article) -> None:
        """Keeps the first decisions with which the story fits, else the best; of a last resort, only such that fit."""
        least, best = self._fit_error(now), None
        for decisions in ADJUSTMENTS[measure](self.evaluator, self.decisions, article, now):
            cost = self._fit_error(self._tried(decisions, now.fit))
            if cost < least and not (cost and measure in LAST_RESORTS):
                least, best = cost, decisions
            if not least:
                break
        self.decisions = best or self.decisions

    def _tried(self, decisions: CopyfitDecisions, fit: Fit) -> Evaluation:
        return self.evaluator.story(decisions, fit.page, fit.article) or Evaluation(fit)

    def _fit_error(self, tried: Evaluation) -> float:
        """The cost of overset lines, or of empty lines beyond the style's limit."""
        left, short = tried.left, self.style.fit.lines_short(tried.columns)
        return -_OVERSET_LINE_COST * left if left < 0 else float(max(0, left - short))

    # Permissions.

    def _may(self, measure: str, article: Article, spec: PageSpec) -> bool:
        """Whether an adjustment is allowed: the article decides, else the page, else the issue, else the style."""
        given: str | None = getattr(article.fit, measure)
        return given == "allow" if given is not None else self._may_page(measure, spec)

    def _may_page(self, measure: str, spec: PageSpec) -> bool:
        for rules in (spec.fit, self.issue.fit):
            given: str | None = getattr(rules, measure)
            if given is not None:
                return given == "allow"
        return measure in self.style.fit.order


def _over(demands: Sequence[Demand], heights: Sequence[int]) -> float:
    """The cost of the overset that the demands left to tracking."""
    return _OVERSET_LINE_COST * sum(
        max(0, demand.wanted - demand.supply(heights)) for demand in demands if demand.kind == "text"
    )


def _groups_sharing_stories(pages: Sequence[int], articles: Mapping[int, set[str]]) -> list[list[int]]:
    """The pages in groups; pages that share a story are in one group."""
    groups: list[tuple[list[int], set[str]]] = []
    for page in pages:
        mine = [group for group in groups if group[1] & articles[page]]
        joined = [number for numbers, _ in mine for number in numbers]
        groups = [group for group in groups if group not in mine]
        groups.append(([*joined, page], articles[page].union(*(names for _, names in mine))))
    return [numbers for numbers, _ in groups]
