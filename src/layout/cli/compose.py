"""`layout compose`: the composition as JSON."""

from __future__ import annotations

import argparse
from contextlib import suppress

from ..errors import has_errors
from ..runtime.messages import show_problems
from .main import add_style


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue")
    add_style(parser)


def run(options: argparse.Namespace) -> int:
    """Exit status 0 where there is no error, else 1."""
    from ..production import BuildStopped, Production

    job, composition = Production(), None
    with suppress(BuildStopped):
        composition = job.compose(job.read(options.issue, options.style))
    show_problems(job.report.problems, options.language)
    if composition is None:
        return 1
    print(composition.to_json())
    return 1 if has_errors(job.report.problems) else 0
