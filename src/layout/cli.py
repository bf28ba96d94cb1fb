"""The command `layout`. Exit status: 0 ready, 1 problems found, 2 wrong usage."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .errors import Problem, Severity, Words, has_errors, source_line

if TYPE_CHECKING:
    from .build import Report
    from .composition import Composition

STEPS = {
    "read": Words("读稿", "reading"),
    "compose": Words("排版", "composing"),
    "write": Words("写 PDF", "writing the PDF"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    options.language = options.lang or _language()
    try:
        return int(options.run(options))
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        print(Words("中断。", "Interrupted.").say(options.language), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="layout", description="Typesets Chinese newsletters: an issue folder in, a print-ready PDF out."
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=("zh", "en"), help="language of messages; else the locale's")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, summary: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[common], help=summary, description=summary)
        sub.set_defaults(run=run)
        return sub

    build = command("build", run_build, "make the print PDF of an issue")
    build.add_argument("issue", help="folder that holds issue.yaml, or that file")
    build.add_argument("-o", "--output", metavar="FILE.pdf", help="where to write; default out/NAME.pdf")
    build.add_argument("--allow-overset", action="store_true", help="write the PDF although text is left over")
    build.add_argument("--no-cache", action="store_true", help="draw everything anew")
    build.add_argument("--timings", action="store_true", help="say how long each step took")
    check = command("check", run_check, "read and compose only: every problem, and how full each article is")
    check.add_argument("issue")
    compose = command("compose", run_compose, "print the composition as JSON")
    compose.add_argument("issue")
    return parser


def run_build(options: argparse.Namespace) -> int:
    from .build import build

    report = build(
        options.issue,
        options.output,
        allow_overset=options.allow_overset,
        cache=not options.no_cache,
        progress=_progress(options.language),
    )
    show_problems(report.problems, options.language)
    if options.timings:
        _show_timings(report, options.language)
    if report.pdf:
        print(report.pdf)
    return 0 if report.ok else 1


def run_check(options: argparse.Namespace) -> int:
    from .build import Report, compose_issue

    report = Report()
    composition = compose_issue(options.issue, report, _progress(options.language))
    show_problems(report.problems, options.language)
    if composition:
        _show_fit(composition, options.language)
    return 1 if composition is None or has_errors(report.problems) else 0


def run_compose(options: argparse.Namespace) -> int:
    from .build import Report, compose_issue

    report = Report()
    composition = compose_issue(options.issue, report)
    show_problems(report.problems, options.language)
    if composition is None:
        return 1
    print(composition.to_json())
    return 1 if has_errors(report.problems) else 0


def show_problems(problems: Sequence[Problem], language: str) -> None:
    """All problems on standard error, the gravest first, each with its source line."""
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    for problem in sorted(problems, key=lambda p: rank[p.severity]):
        lines = problem.say(language).splitlines()
        source = source_line(problem.mark).strip() if problem.mark and problem.severity is Severity.ERROR else ""
        if source:
            lines.insert(1, f"    {source[:100]}")
        print("\n".join(lines), file=sys.stderr)
    errors = sum(p.severity is Severity.ERROR for p in problems)
    warnings = sum(p.severity is Severity.WARNING for p in problems)
    if errors or warnings:
        said = Words(f"{errors} 个错误，{warnings} 个提醒", f"{errors} errors, {warnings} warnings")
        print(said.say(language), file=sys.stderr)


def _show_fit(composition: Composition, language: str) -> None:
    heads = Words(
        f"{'版':>3} {'容':>6} {'实':>6} {'余':>6}  稿件", f"{'page':>4} {'holds':>6} {'has':>6} {'room':>6}  article"
    )
    print(heads.say(language))
    for fit in composition.fit:
        print(f"{fit.page:>4} {fit.capacity:>6} {fit.characters:>6} {fit.capacity - fit.characters:>6}  {fit.article}")


def _show_timings(report: Report, language: str) -> None:
    for name, seconds in report.timings.items():
        print(f"{STEPS[name].say(language)}: {seconds * 1000:.0f} ms", file=sys.stderr)


def _progress(language: str):  # type: ignore[no-untyped-def]
    """Says on a terminal which step is running; says nothing into a pipe."""
    if not sys.stderr.isatty():
        return None

    def say(step: str) -> None:
        print(f"\r\033[K{STEPS[step].say(language)}…\r", end="", file=sys.stderr, flush=True)

    return say


def _language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.startswith("zh") else "en"
    return "en"
