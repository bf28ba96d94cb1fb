"""`layout plan`: area maps for the pages that have none, as YAML to paste into `issue.yaml` and change."""

from __future__ import annotations

import argparse
import sys

from ..errors import LayoutError, Problem, Words, has_errors


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue", help="folder that holds issue.yaml, or that file")
    parser.add_argument("--count", type=int, default=1, metavar="N", help="so many different plans, the best first")


def run(options: argparse.Namespace) -> int:
    """Prints the plans; exit status 1 where something found no room or a page stays empty."""
    from ..issue import load
    from ..page.plan import plan_issue, plan_yaml
    from ..style.reader import load_style
    from ..text.faces import load_faces

    try:
        issue = load(options.issue)
        style = load_style(issue.style, issue.folder, issue.place("style"))
        plans = plan_issue(issue, style, load_faces(style.font_files()), count=max(1, options.count))
    except LayoutError as error:
        _tell(error.problems, options.language)
        return 1
    for number, plan in enumerate(plans, 1):
        _tell(plan.problems, options.language)
        head = Words(f"# 方案 {number}", f"# plan {number}").say(options.language)
        print(f"{head}\n{plan_yaml(plan)}" if len(plans) > 1 else plan_yaml(plan))
    return 1 if has_errors(plans[0].problems) else 0


def _tell(problems: tuple[Problem, ...], language: str) -> None:
    for problem in problems:
        print(problem.say(language), file=sys.stderr)
