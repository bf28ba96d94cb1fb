"""`layout build`: the print PDF of one issue or of many, and what the print shop gets."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import LayoutError, Message, Severity, has_errors
from ..runtime.files import unwritable
from ..runtime.messages import STEPS, progress, show_problems
from .main import add_style

if TYPE_CHECKING:
    from ..production import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issues", nargs="+", metavar="ISSUE", help="folder that holds issue.yaml, or that file")
    parser.add_argument("-o", "--output", metavar="FILE.pdf", help="where to write one issue; default out/NAME.pdf")
    parser.add_argument("--folder", metavar="DIR", help="where to write several issues; default out")
    parser.add_argument("-j", "--jobs", type=int, default=1, metavar="N", help="issues built at once, in processes")
    parser.add_argument("--allow-overset", action="store_true", help="write the PDF although text is left over")
    parser.add_argument("--printer", default="offset-coated", help="name of a printer's profile, or its file")
    parser.add_argument("--marks", action="store_true", help="draw crop and registration marks")
    parser.add_argument("--screen", action="store_true", help="the edition for reading on a screen, tagged PDF/UA")
    parser.add_argument("--for-print", metavar="DIR", help="also put PDF, preflight report and job ticket into DIR")
    parser.add_argument("--outlined", action="store_true", help="with --for-print: also a file with outlined text")
    parser.add_argument("--no-cache", action="store_true", help="draw everything anew")
    parser.add_argument("--timings", action="store_true", help="say how long each step took")
    add_style(parser)


def run(options: argparse.Namespace) -> int:
    from ..production import build

    chosen = {
        "printer": options.printer,
        "marks": options.marks,
        "screen": options.screen,
        "allow_overset": options.allow_overset,
        "cache": not options.no_cache,
        "style": options.style,
    }
    if len(options.issues) > 1:
        return _build_several(options, chosen)
    options.issue = options.issues[0]
    report = build(options.issue, options.output, progress=progress(options.language), **chosen)
    show_problems(report.problems, options.language)
    if options.timings:
        _show_timings(report, options.language)
    if report.pdf:
        print(report.pdf)
    if report.pdf and options.for_print:
        return max(_deliver(options.issue, report.pdf, options), 0 if report.ok else 1)
    return 0 if report.ok else 1


def _build_several(options: argparse.Namespace, chosen: dict[str, Any]) -> int:
    """Builds issues side by side and ends with a table."""
    from concurrent.futures import ProcessPoolExecutor
    from contextlib import nullcontext

    from ..batch import build_many
    from ..runtime.limits import JOBS, over
    from ..runtime.processes.pool_worker import prepare_pool_worker

    if options.jobs > JOBS.most:
        show_problems([over(JOBS, found=options.jobs, subject="--jobs")], options.language)
        return 2
    count = len(options.issues)
    ready: list[Path] = []

    def done(issue: Path, report: Report) -> None:
        ready.append(issue)
        show_problems(report.problems, options.language)
        print(f"[{len(ready)}/{count}] {report.pdf or issue}", file=sys.stderr)

    jobs = min(options.jobs, count)
    with ProcessPoolExecutor(jobs, initializer=prepare_pool_worker) if jobs > 1 else nullcontext() as executor:
        try:
            reports = build_many(options.issues, executor, folder=options.folder, done=done, **chosen)
        except BaseException:  # an interrupt: builds that have begun are not waited for
            for worker in list(executor._processes.values()) if executor else ():
                worker.terminate()
            raise
    for issue, report in reports.items():
        errors = sum(problem.severity is Severity.ERROR for problem in report.problems)
        state = Message("可印", "ready") if report.ok else Message(f"{errors} 个错误", f"{errors} errors")
        print(f"{state.in_language(options.language):>10}  {report.pdf or issue}")
    good = sum(report.ok for report in reports.values())
    print(Message(f"{count} 期，{good} 期可印", f"{count} issues, {good} ready").in_language(options.language))
    status = 0 if good == count else 1
    if options.for_print:
        status = max([status, *(_deliver(path, report.pdf, options) for path, report in reports.items() if report.pdf)])
    return status


def _deliver(path: str | Path, pdf: Path, options: argparse.Namespace) -> int:
    """Puts what the print shop gets of an issue's PDF into the folder for it."""
    from ..issue import load
    from ..press.delivery import deliver
    from ..press.printer import load_printer
    from ..press.ticket import Job

    issue = load(path)
    job = Job(str(issue.publication.title), str(issue.number), issue.date.isoformat(), issue.colophon.print_run)
    try:
        delivery = deliver(
            pdf,
            options.for_print,
            load_printer(options.printer),
            job,
            outlined=options.outlined,
            language=options.language,
        )
    except OSError as error:
        show_problems([unwritable(options.for_print, error)], options.language)
        return 1
    except LayoutError as error:
        show_problems(error.problems, options.language)
        return 1
    show_problems(delivery.findings, options.language)
    for file in (delivery.pdf, delivery.report, delivery.ticket_file, delivery.outlined):
        if file:
            print(file)
    return 1 if has_errors(delivery.findings) else 0


def _show_timings(report: Report, language: str) -> None:
    for name, seconds in report.timings.items():
        print(f"{STEPS[name].in_language(language)}: {seconds * 1000:.0f} ms", file=sys.stderr)
