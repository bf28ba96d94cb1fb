"""`plan`: planning of an issue with the style that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..issue import Issue
    from . import Plan


def plan(issue: Issue, *, count: int = 1) -> list[Plan]:
    """Area maps for the pages of an issue that have none, `count` different ones at most, the best first.

    `Plan.of(issue)` is the issue with that plan, ready to be composed; `plan_yaml` writes it for the editor. Overset
    and underfilled pages are reported in `Plan.problems`, articles that did not fit in `Plan.held`.

    Raises:
        StyleError: the style cannot be read.
        IssueError: a page that has a map has a wrong one.
    """
    from ..style.reader import style_of
    from ..text.fonts.faces import load_faces
    from . import plan_issue

    style = style_of(issue)
    return plan_issue(issue, style, load_faces(style.font_files()), count=count)
