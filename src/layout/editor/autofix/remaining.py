"""After an autofix: the difference that it makes, and the problems that remain."""

from __future__ import annotations

import difflib
from pathlib import Path

from ...errors import LayoutError, Problem, has_errors
from ...issue.model import Issue
from ...issue.reader import examine
from ...production import compose
from ...proofreading import proofread
from ...proofreading.regulation import check_regulation
from ...rules.severities import apply_severities
from ...style.reader import style_of


def remaining_problems(folder: Path) -> list[Problem]:
    """The problems that `layout check` reports of an issue: of its text and, unless that has errors, of its pages."""
    issue, problems = examine(folder)
    if issue is None or issue.publication is None:
        return problems
    problems = [*problems, *proofread(issue)]
    if not has_errors(problems):
        if issue.profile:
            problems += check_regulation(issue)
        try:
            composition = compose(issue, check_pages=True)
            return apply_severities([*problems, *composition.problems], composition.checks)
        except LayoutError as error:
            problems += error.problems
    return _weighed(problems, issue)


def _weighed(problems: list[Problem], issue: Issue) -> list[Problem]:
    """The problems of an issue without a composition, with the severities of its style, if it can be read, and its own."""
    try:
        checks = style_of(issue).checks
    except LayoutError:
        checks = {}
    return apply_severities(problems, checks, issue.checks)


def difference(before: dict[str, str], after: dict[str, str], folder: Path) -> str:
    """A unified diff of all files; `before` and `after` are texts by the file's name in the folder."""
    parts = []
    for name, text in after.items():
        old, new = before[name].splitlines(keepends=True), text.splitlines(keepends=True)
        file = (folder / name).as_posix()
        parts += [line if line.endswith("\n") else line + "\n" for line in difflib.unified_diff(old, new, file, file)]
    return "".join(parts)
