"""`layout plan`: area maps for the pages that have none, as YAML to paste into `issue.yaml` and change."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import LayoutError, Message, has_errors
from ..runtime.messages import show_problems
from ..runtime.progress import progress_line
from .main import add_style

if TYPE_CHECKING:
    from ..issue.model import Issue
    from ..planning import Plan

LARGEST = 12  # plans that are worth telling apart


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue", metavar="ISSUE", help="folder that holds issue.yaml, or that file")
    parser.add_argument("--count", type=int, default=1, metavar="N", help="so many different plans, the best first")
    parser.add_argument(
        "--thumbnails", metavar="FILE", help="draw the plans there, small, one under the other: PNG, WebP"
    )
    add_style(parser)
    parser.add_argument(
        "--again",
        nargs="?",
        const="",
        metavar="PLAN",
        help="breaking news: start from the maps that the issue has, or from a plan printed before, and change as few "
        "pages as possible; pinned pages stay",
    )


def run(options: argparse.Namespace) -> int:
    """Prints the plans; exit status 1 where something did not fit."""
    from ..issue.reader import load
    from ..planning import plan_yaml

    language = str(options.language)
    try:
        with progress_line(language=language) as line:
            line.show(Message("安排版面…", "planning…").in_language(language))
            issue = load(options.issue, style=options.style)
            plans = _plans(issue, options)
        for number, plan in enumerate(plans, 1):
            head = Message(f"# 方案 {number}", f"# plan {number}").in_language(language)
            print(f"{head}\n{plan_yaml(plan)}" if len(plans) > 1 else plan_yaml(plan))
            show_problems(plan.problems, language)
        if options.thumbnails:
            from ..editor.proofs.thumbnails import draw_plans

            draw_plans(issue, plans, Path(options.thumbnails))
            print(f"# {options.thumbnails}")
    except LayoutError as error:
        show_problems(error.problems, language)
        return 1
    return 1 if has_errors(plans[0].problems) else 0


def _plans(issue: Issue, options: argparse.Namespace) -> Sequence[Plan]:
    from ..planning import earlier_plan, plan_issue, replan
    from ..style.reader import style_of
    from ..text.fonts.faces import load_faces

    style = style_of(issue)
    faces = load_faces(style.font_files(), style.font_places())
    if options.again is None:
        return plan_issue(issue, style, faces, count=min(max(1, options.count), LARGEST))
    return [replan(issue, earlier_plan(issue, options.again), style, faces)]
