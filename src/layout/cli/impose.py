"""`layout impose`: printer's spreads for saddle stitching, or two pages on a sheet."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import LayoutError
from ..runtime.files import unwritable
from ..runtime.messages import show_problems


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.pdf")
    parser.add_argument("-o", "--output", metavar="FILE.pdf", help="default FILE-imposed.pdf")
    parser.add_argument("--style", choices=("saddle", "2-up"), default="saddle")
    parser.add_argument("--paper", help="A3, A3+, SRA3, SRA2; default as large as bleed and marks need")
    parser.add_argument("--caliper", type=float, default=0.1, metavar="MM", help="thickness of a sheet, for creep")
    parser.add_argument("--binding", choices=("left", "right"), default="left")


def run(options: argparse.Namespace) -> int:
    from ..press.imposition import impose
    from ..runtime.limits import PDF_MEMORY
    from ..runtime.processes.children import bounded_memory

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
