"""How many characters each slot holds, has, and is over or under by: before writing and after."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from .composition import Composition
from .errors import Message, Problem, Severity
from .issue.model import Issue
from .rules.severities import apply_severities


class SlotCapacity(Struct, frozen=True):
    """The place of one article. Characters of text; `lines` are those left, below 0 those too many.

    `length` is what the editor agreed on, 0 where nothing was.
    """

    article: str
    page: int
    holds: int
    has: int
    lines: int
    length: int = 0

    @property
    def room(self) -> int:
        """Characters left; below 0 those too many."""
        return self.holds - self.has


def slots_of(issue: Issue, composition: Composition) -> list[SlotCapacity]:
    """The slots of an issue in the order of its pages."""
    return [
        SlotCapacity(
            fit.article,
            fit.page,
            fit.capacity,
            fit.characters,
            fit.lines - fit.lines_used,
            issue.articles[fit.article].length or 0,
        )
        for fit in composition.fit
    ]


def wrong_lengths(issue: Issue, composition: Composition, slots: Sequence[SlotCapacity]) -> list[Problem]:
    """Agreed lengths that their slots cannot hold, and articles longer than was agreed, by more than a tenth."""
    problems = []
    for slot in slots:
        article = issue.articles[slot.article]
        for too_much, zh, en in (
            (slot.length - slot.holds, "约定的字数放不下", "the length agreed on does not fit its place"),
            (slot.has - slot.length if slot.length else 0, "超过约定的字数", "longer than was agreed on"),
        ):
            if slot.length and too_much > slot.length / 10:
                problems.append(
                    Problem(
                        "length",
                        Message(
                            f"《{article.title}》{zh}，多 {too_much} 字",
                            f"“{article.title}”: {en}, by {too_much} characters",
                        ),
                        Message("改 length，或增减文字、版面", "change length, the text or its place"),
                        article.place("length"),
                        Severity.WARNING,
                        page=slot.page,
                    )
                )
    return apply_severities(problems, composition.checks)
