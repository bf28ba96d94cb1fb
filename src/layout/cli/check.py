"""`layout check`: reads and composes only; prints every problem, and how full each article's frames are."""

from __future__ import annotations

import argparse
from contextlib import suppress
from typing import TYPE_CHECKING

from ..errors import has_errors
from ..runtime.messages import progress, show_problems
from .capacity import show_slots
from .main import add_style

if TYPE_CHECKING:
    from ..issue import Issue


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue")
    parser.add_argument("--changes", action="store_true", help="also list what was cleaned in the text: marks, spaces")
    add_style(parser)


def run(options: argparse.Namespace) -> int:
    """Exit status 0 where there is no error, else 1."""
    from ..capacity import slots_of
    from ..production import BuildStopped, Production

    job, composition = Production(progress(options.language)), None
    with suppress(BuildStopped):
        issue = job.read(options.issue, options.style)
        job.proofread(issue)
        composition = job.compose(issue, check_pages=True)
    show_problems(job.report.problems, options.language)
    if composition is None:
        return 1
    show_slots(slots_of(issue, composition), options.language)
    if options.changes:
        _show_changes(issue)
    return 1 if has_errors(job.report.problems) else 0


def _show_changes(issue: Issue) -> None:
    """What hygiene made of the text: place, as typed, as printed."""
    from ..issue import changes

    for mark, typed, printed in changes(issue):
        print(f"{mark}: {typed!r} → {printed!r}")
