"""Makeup looked over as an art director would: the trade's taboos that a reader need not know to be disturbed by.

Everything is a warning with its page and place; nothing stops the press, unless an issue or a style says so. Areas say
what was meant, the composition what came out.

A new check is a function in one of the modules beside this one, named in its `CHECKS`, and an entry in `rules.makeup`.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ...composition import Composition
from ...errors import Problem
from ...issue.model import Issue
from ...rules.severities import apply_severities
from ...style.model import Style
from ..map.threads import PagePlan, gather_stories
from . import columns, headlines, page
from .inspection import PageInspection
from .lines import loose_lines

CHECKS = (*headlines.CHECKS, *columns.CHECKS, *page.CHECKS)


def check_makeup(composition: Composition, plans: Sequence[PagePlan], issue: Issue, style: Style) -> list[Problem]:
    """Every taboo that the pages break (rules G7, H10 to H13, I6, I8, I11), page by page.

    `plans` are the maps that the composition was made up from, with all their heights settled.
    """
    stories, _ = gather_stories(issue, plans)
    grid = style.grid.grid(style.sheet)
    problems: list[Problem] = []
    for made_up, plan in zip(composition.pages, plans, strict=True):
        inspection = PageInspection(made_up, plan, issue, style, grid, stories)
        for check in CHECKS:
            check(inspection)
        problems += inspection.found
    return problems


def checked(
    composition: Composition, plans: Sequence[PagePlan], issue: Issue, style: Style, *, makeup: bool
) -> Composition:
    """The composition with its loose lines reported, its makeup too where that is wanted, and all problems with the
    severities that the style and the issue give them."""
    problems = [*composition.problems, *loose_lines(composition.pages)]
    if makeup:
        problems += check_makeup(composition, plans, issue, style)
    checks = {**style.checks, **issue.checks}
    return replace(composition, problems=tuple(apply_severities(problems, checks)), checks=checks)
