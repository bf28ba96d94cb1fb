"""The command `layout`.

Exit status: 0 ready, 1 problems found, 2 wrong usage, 70 a fault of the program, 74 standard output cannot be written,
128 and the signal's number where one ended it.
"""

from __future__ import annotations

import argparse
import atexit
import errno
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

# msgspec asks typing_extensions, where it is installed, for what Python has had since 3.11: that takes half as long again.
_TYPING_EXTENSIONS = sys.modules.setdefault("typing_extensions", None)  # type: ignore[arg-type]
from ..errors import LayoutError, Message, Problem, Severity, has_errors  # noqa: E402
from ..runtime import streams  # noqa: E402
from ..runtime.files import unwritable  # noqa: E402
from .messages import add_style, show_problems  # noqa: E402

if _TYPING_EXTENSIONS is None:
    del sys.modules["typing_extensions"]

if TYPE_CHECKING:
    from ..capacity import SlotCapacity
    from ..issue import Issue
    from ..production import Report

STEPS = {
    "read": Message("读稿", "reading"),
    "compose": Message("排版", "composing"),
    "write": Message("写 PDF", "writing the PDF"),
    "preflight": Message("印前检查", "preflight"),
}

# Commands that have a module of their own, with `add_arguments` and `run`.
ELSEWHERE = {
    "new": ("new", "begin an issue from the last one, a publication, or a style"),
    "preview": ("preview", "the issue in a browser, built again at each save"),
    "proof": ("proof", "pages to sign off, with grid, frames and threads; the text proof; what differs"),
    "plan": ("plan", "area maps for the pages that have none, as YAML to paste and change"),
    "fix": ("fix", "do what is sure: marks, spaces, misspelt keys; say what is left"),
    "doctor": ("doctor", "whether this machine has all that is needed, and how to get it"),
    "import": ("import_articles", "bring in articles from Word, Markdown, plain text or HTML"),
}


def run() -> NoReturn:
    """The command. Ends the process without taking its objects apart one by one: that is a tenth of a build.

    SIGTERM is left to end it at once, even where a library does not come back: children end by themselves then, and
    the next build removes the drafts.
    """
    gc.set_threshold(100_000, 20, 20)
    streams.prepare_streams()
    status = main()
    if threading.active_count() == 1:
        atexit._run_exitfuncs()
        with suppress(OSError, ValueError, AttributeError):
            sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; its exit status. Whatever nobody foresaw is told as a fault of the program (`runtime.faults`)."""
    given = sys.argv[1:] if arguments is None else arguments
    language = _language()
    try:
        options = _parser(given).parse_args(given)
        language = options.language = options.lang or language
        if not _has_a_folder():
            what = Message("当前文件夹已经不在了", "the current folder is gone")
            show_problems([Problem("no-folder", what, Message("换到另一个文件夹", "change to another"))], language)
            return 1
        status = int(options.run(options))
        sys.stdout.flush()
        return status
    except (streams.OutputError, BrokenPipeError) as error:
        streams.abandon_output()
        if error.errno != errno.EPIPE:  # who closes a pipe has seen enough
            from msgspec.structs import replace

            output = Message("标准输出", "standard output").in_language(language)
            show_problems([replace(unwritable(output, error), mark=None)], language)
        return streams.STATUS
    except KeyboardInterrupt:
        print(Message("中断。", "Interrupted.").in_language(language), file=sys.stderr)
        return 128 + signal.SIGINT
    except MemoryError:
        what = Message("内存不够", "there is not enough memory")
        remedy = Message("分成几份，或换一台内存大些的机器", "divide it, or take a machine with more memory")
        show_problems([Problem("memory", what, remedy)], language)
        return 1
    except Exception as error:
        from ..production import cache_folder
        from ..runtime import faults

        folder = None
        with suppress(Exception):
            folder = cache_folder()
        show_problems([faults.fault(error, folder)], language)
        return faults.STATUS


def _has_a_folder() -> bool:
    try:
        return bool(os.getcwd())
    except OSError:
        return False


def _parser(arguments: Sequence[str], *, whole: bool = False) -> argparse.ArgumentParser:
    """Knows the command that is wanted, or all of them where it is none; `whole` has the options of all."""
    parser = argparse.ArgumentParser(
        prog="layout", description="Typesets Chinese newsletters: an issue folder in, a print-ready PDF out."
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=("zh", "en"), help="language of messages; else the locale's")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    here = {
        "build": (run_build, _add_build, "make the print PDF of an issue"),
        "check": (run_check, _add_check, "read and compose only: every problem, and how full each article is"),
        "capacity": (run_capacity, _add_capacity, "characters each slot holds, has, and is over or under by"),
        "compose": (run_compose, _add_compose, "print the composition as JSON"),
        "preflight": (run_preflight, _add_preflight, "what a print shop would check in a PDF"),
        "impose": (run_impose, _add_impose, "printer's spreads for saddle stitching, or two pages on a sheet"),
        "schema": (run_schema, _add_schema, "JSON Schema of issue.yaml, for editors"),
    }
    wanted = next((word for word in arguments[:1] if word in here or word in ELSEWHERE), None)
    for name, (run, add_arguments, summary) in here.items():
        if wanted in (None, name):
            sub = commands.add_parser(name, parents=[common], help=summary, description=summary)
            sub.set_defaults(run=run)
            add_arguments(sub)
    for name, (home, summary) in ELSEWHERE.items():
        if wanted in (None, name):
            sub = commands.add_parser(name, parents=[common], help=summary, description=summary)
            if wanted or whole:  # a build has no need to import a web server
                module = import_module(f".{home}", __package__)
                sub.set_defaults(run=module.run)
                module.add_arguments(sub)
    return parser


def _add_build(parser: argparse.ArgumentParser) -> None:
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


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue")
    parser.add_argument("--changes", action="store_true", help="also list what was cleaned in the text: marks, spaces")
    add_style(parser)


def _add_capacity(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue")
    parser.add_argument("--json", action="store_true", help="the table as JSON")
    add_style(parser)


def _add_compose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue")
    add_style(parser)


def _add_preflight(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.pdf")
    parser.add_argument("--printer", default="offset-coated", help="name of a printer's profile, or its file")
    parser.add_argument("--json", action="store_true", help="the findings as JSON")
    parser.add_argument("--html", metavar="FILE.html", help="write a report with pictures of the pages")
    parser.add_argument("--no-ink", action="store_true", help="do not measure total ink")


def _add_impose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.pdf")
    parser.add_argument("-o", "--output", metavar="FILE.pdf", help="default FILE-imposed.pdf")
    parser.add_argument("--style", choices=("saddle", "2-up"), default="saddle")
    parser.add_argument("--paper", help="A3, A3+, SRA3, SRA2; default as large as bleed and marks need")
    parser.add_argument("--caliper", type=float, default=0.1, metavar="MM", help="thickness of a sheet, for creep")
    parser.add_argument("--binding", choices=("left", "right"), default="left")


def _add_schema(parser: argparse.ArgumentParser) -> None:
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--style", action="store_true", help="that of style.yaml instead")
    other.add_argument("--printer", action="store_true", help="that of a printer's profile instead")


def run_schema(options: argparse.Namespace) -> int:
    import json

    from ..issue import schema
    from ..press.manual import printer_schema
    from ..style.schema import style_schema

    chosen = style_schema if options.style else printer_schema if options.printer else schema
    print(json.dumps(chosen(), ensure_ascii=False, indent=1))
    return 0


def run_build(options: argparse.Namespace) -> int:
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
    report = build(options.issue, options.output, progress=_progress(options.language), **chosen)
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
    with ProcessPoolExecutor(jobs, initializer=_leave_signals) if jobs > 1 else nullcontext() as executor:
        try:
            reports = build_many(options.issues, executor, folder=options.folder, done=done, **chosen)
        except BaseException:  # an interrupt: nobody waits for what is half built
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


def _leave_signals() -> None:
    """An interrupt in a terminal is told to every process; the first alone handles it and ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


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


def run_preflight(options: argparse.Namespace) -> int:
    from ..press.preflight.preflight import preflight
    from ..press.preflight.report import html_report, json_report, text_report
    from ..press.printer import load_printer
    from ..runtime.children import bounded_memory
    from ..runtime.files import write_bytes
    from ..runtime.limits import PDF_MEMORY

    try:
        printer = load_printer(options.printer)
        with bounded_memory(PDF_MEMORY.most):
            findings = preflight(options.file, printer, ink=not options.no_ink)
        if options.html:
            report = html_report(options.file, findings, printer, options.language)
            write_bytes(Path(options.html), report.encode("utf-8", "replace"))
    except LayoutError as error:
        show_problems(error.problems, options.language)
        return 1
    except OSError as error:
        show_problems([unwritable(options.html, error)], options.language)
        return 1
    form = json_report(options.file, findings, printer) if options.json else None
    print(form or text_report(options.file, findings, printer, options.language), end="")
    return 1 if has_errors(findings) else 0


def run_impose(options: argparse.Namespace) -> int:
    from ..press.imposition import impose
    from ..runtime.children import bounded_memory
    from ..runtime.limits import PDF_MEMORY

    source = Path(options.file)
    target = Path(options.output) if options.output else source.with_stem(f"{source.stem}-imposed")
    try:
        with bounded_memory(PDF_MEMORY.most):
            impose(
                source,
                target,
                style=options.style,
                paper=options.paper,
                caliper=options.caliper,
                binding=options.binding,
            )
    except LayoutError as error:
        show_problems(error.problems, options.language)
        return 1
    except OSError as error:
        show_problems([unwritable(target, error)], options.language)
        return 1
    print(target)
    return 0


def run_check(options: argparse.Namespace) -> int:
    from ..production import Report, compose_issue

    report = Report()
    composition = compose_issue(
        options.issue, report, _progress(options.language), check_pages=True, style=options.style
    )
    show_problems(report.problems, options.language)
    if composition:
        from ..capacity import slots_of
        from ..issue import load

        issue = load(options.issue)
        _show_slots(slots_of(issue, composition), options.language)
        if options.changes:
            _show_changes(issue)
    return 1 if composition is None or has_errors(report.problems) else 0


def run_compose(options: argparse.Namespace) -> int:
    from ..production import Report, compose_issue

    report = Report()
    composition = compose_issue(options.issue, report, style=options.style)
    show_problems(report.problems, options.language)
    if composition is None:
        return 1
    print(composition.to_json())
    return 1 if has_errors(report.problems) else 0


def run_capacity(options: argparse.Namespace) -> int:
    from ..capacity import slots_of, wrong_lengths
    from ..issue import load
    from ..production import Report, compose_loaded

    report = Report()
    try:
        issue = load(options.issue, drafts=True, style=options.style)
    except LayoutError as error:
        show_problems(error.problems, options.language)
        return 1
    composition = compose_loaded(issue, report)
    if composition is None:
        show_problems(report.problems, options.language)
        return 1
    slots = slots_of(issue, composition)
    show_problems(wrong_lengths(issue, slots), options.language)
    if options.json:
        import json

        from msgspec.structs import asdict

        print(json.dumps([asdict(slot) | {"room": slot.room} for slot in slots], ensure_ascii=False, indent=1))
    else:
        _show_slots(slots, options.language)
    return 1 if any(slot.room < 0 for slot in slots) else 0


def _show_changes(issue: Issue) -> None:
    """What hygiene made of the text: place, as typed, as printed."""
    from ..issue import changes

    for mark, typed, printed in changes(issue):
        print(f"{mark}: {typed!r} → {printed!r}")


def _show_slots(slots: Sequence[SlotCapacity], language: str) -> None:
    """A table: page, characters held, had and left, lines left, length agreed on, article."""
    zh = f"{'版':>3} {'容':>6} {'实':>6} {'余字':>5} {'余行':>5} {'约定':>5}  稿件"
    en = f"{'page':>4} {'holds':>7} {'has':>7} {'room':>7} {'lines':>7} {'agreed':>7}  article"
    print(Message(zh, en).in_language(language))
    for slot in slots:
        row = f"{slot.page:>4} {slot.holds:>7} {slot.has:>7} {slot.room:>7} {slot.lines:>7} {slot.length or '':>7}"
        print(f"{row}  {slot.article}")


def _show_timings(report: Report, language: str) -> None:
    for name, seconds in report.timings.items():
        print(f"{STEPS[name].in_language(language)}: {seconds * 1000:.0f} ms", file=sys.stderr)


def _progress(language: str) -> Callable[[str], None] | None:
    """Says on a terminal which step is running; says nothing into a pipe."""
    if not sys.stderr.isatty():
        return None

    def say(step: str) -> None:
        print(f"\r\033[K{STEPS[step].in_language(language)}…\r", end="", file=sys.stderr, flush=True)

    return say


def _language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.startswith("zh") else "en"
    return "en"
