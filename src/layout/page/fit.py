"""Copyfitting: heights that the text decides, and the lesser measures that make a page come out full.

Everything is counted in whole lines. Heights come first; what is then still over takes a smaller headline, then goes
without its deck; tracking comes last, and only where it alone mends the misfit. Each measure has its limit in the
style (`fit`), and the editor may forbid it for an article, a page or the issue. The search is bounded: lines move from
row to row of one page as long as the page gets better, by steps of 8, 4, 2 and 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

from ..composition import Fit
from ..errors import Problem, Severity, Words
from ..issue.model import Article, Issue
from ..issue.pages import PageSpec, numbered
from ..style.model import Style
from .choices import Choices
from .threads import typed_heights

LEAST_ROW = 3  # lines; a lower area holds neither a headline nor text
# What a page costs: a line too many, a line left empty, a line empty beyond what the style
# lets stand, a picture cropped away whole.
OVER, SHORT, HOLLOW, CROP = 30.0, 1.0, 2.0, 20.0
MOST_TRIALS = 400  # a page


@dataclass(frozen=True, slots=True)
class Tried:
    """How full each story is under some choices, and for each page how much its pictures lose by cropping."""

    fits: tuple[Fit, ...]
    crops: Mapping[int, float]


Trial = Callable[[Choices, int | None], Tried]  # of one page, or of all


@dataclass(slots=True)
class Fitting:
    """One issue being fitted; `trial` sets its stories under some choices and says how full each is."""

    issue: Issue
    style: Style
    trial: Trial
    choices: Choices = field(default_factory=Choices)
    trials: int = 0
    steps: list[Problem] = field(default_factory=list)

    def settle_heights(self) -> Choices:
        """Decides the rows that the text decides, page after page."""
        for number, spec in numbered(self.issue.pages):
            self._settle_page(number, spec)
        return self.choices

    def relieve(self, fits: Sequence[Fit]) -> Choices:
        """Takes the lesser measures where stories are too long for their places."""
        specs = dict(numbered(self.issue.pages))
        for fit in fits:
            article = self.issue.articles[fit.article]
            spec = specs.get(fit.page) or specs[fit.page - 1]  # the right page of a double truck
            for measure, take in (
                ("headline", self._smaller_headline),
                ("deck", self._without_deck),
                ("tracking", self._track),
            ):
                if self._lines_over(article.id, fit.page) and self._may(measure, article, spec):
                    take(article, fit.page)
        return self.choices

    def _settle_page(self, number: int, spec: PageSpec) -> None:
        lines = self.style.grid.lines
        fixed = typed_heights(spec, lines)
        open_rows = [index for index, height in enumerate(fixed) if height is None]
        if not open_rows:
            return
        left = max(lines - sum(height or 0 for height in fixed), LEAST_ROW * len(open_rows))
        share, rest = divmod(left, len(open_rows))
        heights = [share if height is None else height for height in fixed]
        for index in open_rows[:rest]:
            heights[index] += 1
        best = tuple(heights)
        cost = self._cost(number, best)
        self.trials = 0
        for step in (8, 4, 2, 1):
            better = True
            while better and cost > 0 and self.trials < MOST_TRIALS:
                better = False
                for giver, taker in permutations(open_rows, 2):
                    if best[giver] - step < LEAST_ROW:
                        continue
                    moved = list(best)
                    moved[giver] -= step
                    moved[taker] += step
                    if (found := self._cost(number, tuple(moved))) < cost:
                        best, cost, better = tuple(moved), found, True
        self._set(number, best)
        heights_told = " ".join(str(best[index]) for index in open_rows)
        self._tell(
            Words(
                f"第 {number} 版 auto 各行定为 {heights_told} 行",
                f"page {number}: auto rows set to {heights_told} lines",
            ),
            number,
        )

    def _set(self, number: int, heights: tuple[int, ...]) -> None:
        self.choices = replace(self.choices, heights={**self.choices.heights, number: heights})

    def _cost(self, number: int, heights: tuple[int, ...]) -> float:
        self.trials += 1
        tried = self.trial(replace(self.choices, heights={**self.choices.heights, number: heights}), number)
        return sum(self._misfit(fit) for fit in tried.fits) + CROP * sum(tried.crops.values())

    def _misfit(self, fit: Fit) -> float:
        short = fit.lines - fit.lines_used
        if short < 0:
            return OVER - OVER * short
        allowed = self.style.fit.short
        return SHORT * short + HOLLOW * max(0, short - allowed)

    def _smaller_headline(self, article: Article, page: int) -> None:
        sizes = self.style.headlines[article.rank].sizes
        for step in range(1, min(self.style.fit.headline, len(sizes) - 1) + 1):
            choices = replace(self.choices, steps={**self.choices.steps, article.id: step})
            if self._take(choices, article, page, "headline") and not self._lines_over(article.id, page):
                return

    def _without_deck(self, article: Article, page: int) -> None:
        if article.deck:
            self._take(replace(self.choices, no_deck=self.choices.no_deck | {article.id}), article, page, "deck")

    def _track(self, article: Article, page: int) -> None:
        """Tracks by as little as will do, and not at all where the most that is allowed would not."""
        for thousandths in range(5, round(self.style.fit.tracking * 1000) + 1, 5):
            tracking = {**self.choices.tracking, article.id: -thousandths / 1000}
            choices = replace(self.choices, tracking=tracking)
            if not self._lines_over(article.id, page, choices):
                self._take(choices, article, page, "tracking")
                return

    def _take(self, choices: Choices, article: Article, number: int, measure: str) -> bool:
        """Keeps the choices if they make the article less too long."""
        before, after = self._lines_over(article.id, number), self._lines_over(article.id, number, choices)
        if after >= before:
            return False
        self.choices = choices
        title = article.title
        said = {
            "headline": Words(f"《{title}》标题改小一级", f"“{title}”: headline a grade smaller"),
            "deck": Words(f"《{title}》不用副题", f"“{title}”: without its deck"),
            "tracking": Words(f"《{title}》字距收紧", f"“{title}”: tracked tighter"),
        }[measure]
        self._tell(Words(f"{said.zh}，少 {before - after} 行", f"{said.en}, {before - after} lines fewer"), number)
        return True

    def _lines_over(self, id: str, page: int, choices: Choices | None = None) -> int:
        fits = self.trial(choices or self.choices, page).fits
        return next((max(0, fit.lines_used - fit.lines) for fit in fits if fit.article == id), 0)

    def _may(self, measure: str, article: Article, spec: PageSpec) -> bool:
        """Whether article, page, issue and at last the style allow a measure."""
        for rules in (article.fit, spec.fit, self.issue.fit):
            given: str | None = getattr(rules, measure)
            if given is not None:
                return given == "allow"
        return measure in self.style.fit.order

    def _tell(self, what: Words, page: int) -> None:
        self.steps.append(Problem("fit", what, severity=Severity.NOTE, page=page))
