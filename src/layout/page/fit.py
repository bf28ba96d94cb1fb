"""Copyfitting: heights that the text decides, and the lesser measures that make a page come out full.

Everything is counted in whole lines. Heights come first (`heights`); then, story by story, the measures of the style's
`fit`, in its order (`measures`): a headline a grade smaller or larger, no deck, pictures in the text cropped, more or
less space over the article; tracking only where it alone mends what is left. What a story gained or gave lets the
heights be settled anew. Each measure has its limit in the style, and the editor may forbid it for an article, a page or
the issue.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from ..composition import Fit
from ..issue.model import Article, Issue
from ..issue.pages import PageSpec, numbered
from ..style.model import Style
from .choices import Choices
from .heights import Need, cost_of, near, settle, shared
from .measures import WAYS
from .threads import typed_heights
from .trial import Trials, Tried

ROUNDS = 5  # in which a page's texts are set anew at better heights
POLISHED, NEAR = 3, 6  # times that so many heights near the best are tried
GOOD = 6.0  # what may be wrong with a page that is not polished
CANDIDATES = 3  # of which the one is taken that lesser measures mend best
TURNS = 2  # of heights and of measures
HOPELESS = 12  # lines; a story shorter than that has yet to be written
OVER = 60.0  # a line too many, in lines left empty
TOLL = 2.0  # of a lesser measure, times its price
LAST = ("tracking",)  # measures that are taken only where they mend all that is left


class Fitting(Struct):
    """One issue being fitted; `trials` sets its stories under some choices and says how full each is.

    `needs` are what the things on pages of open heights need at the heights chosen.
    """

    issue: Issue
    style: Style
    trials: Trials
    choices: Choices = field(default_factory=Choices)
    needs: dict[tuple[int, ...], list[Need]] = field(default_factory=dict)

    # Heights.

    def settle_heights(self) -> Choices:
        """Decides the rows that the text decides; pages that share a story are settled together."""
        specs, lines = numbered(self.issue.pages), self.style.grid.lines
        open_pages = [number for number, spec in specs if self._is_open(spec)]
        heights = {number: shared(typed_heights(spec, lines), lines) for number, spec in specs if number in open_pages}
        self.choices = replace(self.choices, heights=heights)
        for pages in _together(open_pages, self.trials.articles):
            self._settle(tuple(pages))
        return self.choices

    def _is_open(self, spec: PageSpec) -> bool:
        may = self._may_page("heights", spec) and self.style.fit.heights > 0
        return any(height is None or may for height in typed_heights(spec, self.style.grid.lines))

    def _settle(self, pages: tuple[int, ...]) -> None:
        """Searches heights, mends the best of them by lesser measures, and searches anew where that changed a text."""
        stories = [id for id in self.issue.articles if any(id in self.trials.articles[page] for page in pages)]
        cost = math.inf
        for _ in range(TURNS):
            before = self.choices
            mended = [self._mended(pages, heights, before, stories) for heights in self._search(pages)]
            least, choices, needs = min(mended, key=lambda one: one[0])
            if least >= cost:
                break
            cost, self.choices, self.needs[pages] = least, choices, needs
            if replace(choices, heights=before.heights) == before:
                break

    def _search(self, pages: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The best heights that turns of measuring and settling find; one, where there is nothing wrong with it."""
        bounds = [bound for page in pages for bound in self._bounds(self.trials.specs[page])]
        sizes = [len(self.choices.heights[page]) for page in pages]
        seen: dict[tuple[int, ...], tuple[float, list[Need]]] = {}

        def tried(heights: tuple[int, ...]) -> float:
            if heights not in seen:
                needs = self._needs(pages, self._at(pages, heights))
                seen[heights] = cost_of(needs, heights), needs
            return seen[heights][0]

        heights = tuple(height for page in pages for height in self.choices.heights[page])
        while len(seen) < ROUNDS and heights not in seen:
            tried(heights)
            heights = settle(seen[heights][1], heights, bounds, sizes)
        best = min(seen, key=tried)
        for _ in range(POLISHED):
            if tried(best) < GOOD:
                break
            found = near(seen[best][1], best, bounds, sizes, NEAR)
            if sound := [need for need in seen[best][1] if need.flaws < GOOD]:  # the others need the less elsewhere
                found += near(sound, best, bounds, sizes, NEAR) if len(sound) < len(seen[best][1]) else []
            better = min(found, key=tried, default=best)
            if tried(better) >= tried(best):
                break
            best = better
        if tried(best) < GOOD:
            return [best]
        ranked = sorted(seen, key=tried)
        safe = min(ranked, key=lambda heights: tried(heights) + _over(seen[heights][1], heights))
        return list(dict.fromkeys([*ranked[:CANDIDATES], safe]))

    def _mended(
        self, pages: tuple[int, ...], heights: tuple[int, ...], before: Choices, stories: Sequence[str]
    ) -> tuple[float, Choices, list[Need]]:
        """What is wrong with pages of these heights when lesser measures have done what they can; the choices; needs."""
        self.choices = before
        self.choices = self._at(pages, heights)
        self._relieve(self.trials.fits(self.choices, pages))
        choices, self.choices = self.choices, before
        needs = self._needs(pages, choices)
        tolls = sum([TOLL * self.style.fit.price(measure) for measure, id in choices.taken() if id in stories])
        return cost_of(needs, heights) + _over(needs, heights) + tolls, choices, needs

    def _at(self, pages: Sequence[int], heights: Sequence[int]) -> Choices:
        """The choices with these heights of the rows of pages, one page's after the other's."""
        rest, parted = iter(heights), dict(self.choices.heights)
        for page in pages:
            parted[page] = tuple(next(rest) for _ in self.choices.heights[page])
        return replace(self.choices, heights=parted)

    def _needs(self, pages: Sequence[int], choices: Choices) -> list[Need]:
        def may(measure: str, article: str) -> bool:
            spec = next(self.trials.specs[page] for page in pages if article in self.trials.articles[page])
            return self._may(measure, self.issue.articles[article], spec)

        return self.trials.needs(choices, pages, may)

    def _bounds(self, spec: PageSpec) -> list[tuple[int, int]]:
        """How low and how high each row may be."""
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

    # Lesser measures.

    def relieve(self, fits: Sequence[Fit]) -> Choices:
        """Takes the measures where stories are too long or too short for places whose heights are not open."""
        self._relieve([fit for fit in fits if not any(self.trials.page(n) in self.choices.heights for n in fit.pages)])
        return self.choices

    def _relieve(self, fits: Sequence[Fit]) -> None:
        """Takes one measure after the other, in the style's order, until each story fits.

        What a short story is given is taken back if it does not suffice, for then there is more to write; what makes
        an overlong one shorter is kept, for then there is less to cut.
        """
        order = [*self.style.fit.order, *(measure for measure in WAYS if measure not in self.style.fit.order)]
        for fit in fits:
            if (left := fit.lines - fit.lines_used) > HOPELESS or 0 <= left <= self.style.fit.lines_short(1):
                continue
            article, spec = self.issue.articles[fit.article], self.trials.specs[self.trials.page(fit.page)]
            before = self.choices
            for measure in order:
                if measure in WAYS and self._may(measure, article, spec):
                    now = self._tried(self.choices, fit)
                    if self._misfit(now):
                        self._take(now, measure, article)
            if self.choices is not before and left > 0 and self._misfit(self._tried(self.choices, fit)):
                self.choices = before

    def _take(self, now: Tried, measure: str, article: Article) -> None:
        """Keeps the first of the ways that mends the misfit; else the best of them, unless it must mend all."""
        least, best = self._misfit(now), None
        for choices in WAYS[measure](self.trials, self.choices, article, now):
            cost = self._misfit(self._tried(choices, now.fit))
            if cost < least and not (cost and measure in LAST):
                least, best = cost, choices
            if not least:
                break
        self.choices = best or self.choices

    def _tried(self, choices: Choices, fit: Fit) -> Tried:
        return self.trials.story(choices, fit.page, fit.article) or Tried(fit)

    def _misfit(self, tried: Tried) -> float:
        """Lines too many, or empty beyond what the style lets stand."""
        left, short = tried.left, self.style.fit.lines_short(tried.columns)
        return -OVER * left if left < 0 else float(max(0, left - short))

    # What may be done.

    def _may(self, measure: str, article: Article, spec: PageSpec) -> bool:
        """Whether article, page, issue and at last the style allow a measure."""
        given: str | None = getattr(article.fit, measure)
        return given == "allow" if given is not None else self._may_page(measure, spec)

    def _may_page(self, measure: str, spec: PageSpec) -> bool:
        for rules in (spec.fit, self.issue.fit):
            given: str | None = getattr(rules, measure)
            if given is not None:
                return given == "allow"
        return measure in self.style.fit.order


def _over(needs: Sequence[Need], heights: Sequence[int]) -> float:
    """What lines too many cost where tracking was counted on."""
    return OVER * sum(max(0, need.wants - need.has(heights)) for need in needs if need.kind == "text")


def _together(pages: Sequence[int], articles: Mapping[int, set[str]]) -> list[list[int]]:
    """The pages in groups: those that share a story stand in one."""
    groups: list[tuple[list[int], set[str]]] = []
    for page in pages:
        mine = [group for group in groups if group[1] & articles[page]]
        joined = [number for numbers, _ in mine for number in numbers]
        groups = [group for group in groups if group not in mine]
        groups.append(([*joined, page], articles[page].union(*(names for _, names in mine))))
    return [numbers for numbers, _ in groups]
