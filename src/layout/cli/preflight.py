"""`layout preflight`: what a print shop would check in a PDF."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import LayoutError, has_errors
from ..runtime.files import unwritable
from ..runtime.messages import show_problems


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.pdf")
    parser.add_argument("--printer", default="offset-coated", help="name of a printer's profile, or its file")
    parser.add_argument("--json", action="store_true", help="the findings as JSON")
    parser.add_argument("--html", metavar="FILE.html", help="write a report with pictures of the pages")
    parser.add_argument("--no-ink", action="store_true", help="do not measure total ink")


def run(options: argparse.Namespace) -> int:
    from ..press.preflight.preflight import preflight
    from ..press.preflight.report import html_report, json_report, text_report
    from ..press.printer import load_printer
    from ..runtime.files import write_bytes
    from ..runtime.limits import PDF_MEMORY
    from ..runtime.processes.children import bounded_memory

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
