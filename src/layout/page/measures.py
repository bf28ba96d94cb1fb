"""The lesser measures of copyfitting (微调), one story at a time: for each the ways to take it, the mildest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from ..issue.model import Article
from .choices import Choices
from .trial import Trials, Tried

TRACKED = 0.005  # em, a step of tracking
OPENED = 2  # lines by which a story may be short and be opened by tracking

Ways = Callable[[Trials, Choices, Article, Tried], Iterator[Choices]]


def headlines(trials: Trials, choices: Choices, article: Article, now: Tried) -> Iterator[Choices]:
    """Grades smaller for a story that is over, larger for one that is short."""
    sizes, most = trials.style.headline(article.rank, article.kind).sizes, trials.style.fit.headline
    plain = {id: steps for id, steps in choices.steps.items() if id != article.id}
    by_itself = trials.story(replace(choices, steps=plain), now.fit.page, article.id)
    if by_itself is None or by_itself.size not in sizes:
        return
    grade = sizes.index(by_itself.size)
    for step in range(1, most + 1):
        if now.is_over and grade + step < len(sizes):
            yield replace(choices, steps={**plain, article.id: grade + step})
        elif not now.is_over and grade - step >= 0:
            yield replace(choices, steps={**plain, article.id: -step})


def decks(trials: Trials, choices: Choices, article: Article, now: Tried) -> Iterator[Choices]:
    del trials
    if now.is_over and article.deck:
        yield replace(choices, no_deck=choices.no_deck | {article.id})


def crops(trials: Trials, choices: Choices, article: Article, now: Tried) -> Iterator[Choices]:
    """Pictures that stand in the text; what those in areas of their own give is decided with the heights."""
    for id, fewest, most in trials.crops(choices, now.fit.page, article.id):
        known = choices.crops.get(id, 0)
        for lines in range(known - 1, fewest - 1, -1) if now.is_over else range(known + 1, most + 1):
            yield replace(choices, crops={**choices.crops, id: lines})


def gaps(trials: Trials, choices: Choices, article: Article, now: Tried) -> Iterator[Choices]:
    """Space over the story or its box, of which a line always stays."""
    known, limit = choices.gaps.get(article.id, 0), trials.style.fit.spacing
    for step in range(1, limit + 1):
        lines = known + (-step if now.is_over else step)
        if abs(lines) <= limit and trials.style.grid.gap + lines >= 1:
            yield replace(choices, gaps={**choices.gaps, article.id: lines})


def trackings(trials: Trials, choices: Choices, article: Article, now: Tried) -> Iterator[Choices]:
    if now.left > OPENED:
        return
    step = -TRACKED if now.is_over else TRACKED
    for times in range(1, round(trials.style.fit.tracking / TRACKED) + 1):
        yield replace(choices, tracking={**choices.tracking, article.id: times * step})


WAYS: dict[str, Ways] = {
    "headline": headlines,
    "deck": decks,
    "crop": crops,
    "spacing": gaps,
    "tracking": trackings,
}
