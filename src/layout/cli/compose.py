"""`layout compose`: the composition as JSON."""

from __future__ import annotations

import argparse

from ..errors import has_errors
from .messages import add_style, show_problems


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue")
    add_style(parser)


def run(options: argparse.Namespace) -> int:
    from ..production import Report, compose_issue

    report = Report()
    composition = compose_issue(options.issue, report, style=options.style)
    show_problems(report.problems, options.language)
    if composition is None:
        return 1
    print(composition.to_json())
    return 1 if has_errors(report.problems) else 0
