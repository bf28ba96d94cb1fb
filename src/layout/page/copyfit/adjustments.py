"""The adjustments of copyfitting (微调) for one story; each yields the decisions that apply it, the mildest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from ...issue.model import Article
from ..decisions import CopyfitDecisions
from .evaluation import Evaluation, Evaluator

TRACKING_STEP = 0.005  # em, a step of tracking
GAP_STEPS = 2  # lines: a story that is short by more is not tracked wider

AdjustmentFunction = Callable[[Evaluator, CopyfitDecisions, Article, Evaluation], Iterator[CopyfitDecisions]]


def headlines(
    evaluator: Evaluator, decisions: CopyfitDecisions, article: Article, now: Evaluation
) -> Iterator[CopyfitDecisions]:
    """The headline in smaller grades for a story that is too long, in larger ones for one that is short."""
    sizes, most = evaluator.setup.style.headline(article.rank, article.kind).sizes, evaluator.setup.style.fit.headline
    plain = {id: steps for id, steps in decisions.grades.items() if id != article.id}
    by_itself = evaluator.story(replace(decisions, grades=plain), now.fit.page, article.id)
    if by_itself is None or by_itself.size not in sizes:
        return
    grade = sizes.index(by_itself.size)
    for step in range(1, most + 1):
        if now.is_over and grade + step < len(sizes):
            yield replace(decisions, grades={**plain, article.id: grade + step})
        elif not now.is_over and grade - step >= 0:
            yield replace(decisions, grades={**plain, article.id: -step})


def decks(
    evaluator: Evaluator, decisions: CopyfitDecisions, article: Article, now: Evaluation
) -> Iterator[CopyfitDecisions]:
    del evaluator
    if now.is_over and article.deck:
        yield replace(decisions, no_deck=decisions.no_deck | {article.id})


def crops(
    evaluator: Evaluator, decisions: CopyfitDecisions, article: Article, now: Evaluation
) -> Iterator[CopyfitDecisions]:
    """Crops of the pictures in the text; pictures in areas of their own follow the heights of the rows."""
    for id, fewest, most in evaluator.crops(decisions, now.fit.page, article.id):
        known = decisions.crops.get(id, 0)
        for lines in range(known - 1, fewest - 1, -1) if now.is_over else range(known + 1, most + 1):
            yield replace(decisions, crops={**decisions.crops, id: lines})


def gaps(
    evaluator: Evaluator, decisions: CopyfitDecisions, article: Article, now: Evaluation
) -> Iterator[CopyfitDecisions]:
    """More or fewer lines over the story or its box; at least one stays."""
    known, limit = decisions.gaps.get(article.id, 0), evaluator.setup.style.fit.spacing
    for step in range(1, limit + 1):
        lines = known + (-step if now.is_over else step)
        if abs(lines) <= limit and evaluator.setup.style.grid.gap + lines >= 1:
            yield replace(decisions, gaps={**decisions.gaps, article.id: lines})


def trackings(
    evaluator: Evaluator, decisions: CopyfitDecisions, article: Article, now: Evaluation
) -> Iterator[CopyfitDecisions]:
    if now.left > GAP_STEPS:
        return
    step = -TRACKING_STEP if now.is_over else TRACKING_STEP
    for times in range(1, round(evaluator.setup.style.fit.tracking / TRACKING_STEP) + 1):
        yield replace(decisions, tracking={**decisions.tracking, article.id: times * step})


ADJUSTMENTS: dict[str, AdjustmentFunction] = {
    "headline": headlines,
    "deck": decks,
    "crop": crops,
    "spacing": gaps,
    "tracking": trackings,
}
