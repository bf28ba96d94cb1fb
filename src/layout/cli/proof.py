"""`layout proof`: the pages as the editor signs them off, as pictures, as text, and beside an earlier build."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import LayoutError, Message, has_errors
from ..runtime.files import unwritable
from ..runtime.messages import show_problems
from .main import add_style

if TYPE_CHECKING:
    from ..editor.build import Build

PPI = 144


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue", metavar="ISSUE", help="folder that holds issue.yaml, or that file")
    parser.add_argument("-o", "--output", metavar="DIR", help="where to write; default out/NAME-proof")
    parser.add_argument("--ppi", type=int, default=PPI, help=f"pixels an inch of the pictures; default {PPI}")
    parser.add_argument("--clean", action="store_true", help="the pages as printed, without grid, frames and threads")
    parser.add_argument("--text", action="store_true", help="the text proof alone: articles as printed, line by line")
    parser.add_argument("--compare", metavar="OLD", help="PDF of an earlier build, or folder of an earlier proof")
    add_style(parser)


def run(options: argparse.Namespace) -> int:
    """Exit status 0 where the proof is written and the issue has no errors, else 1. Names what it wrote."""
    from ..editor.build import make_build
    from ..editor.proofs.proof_files import write_pages, write_text

    language = str(options.language)
    folder = Path(options.output) if options.output else default_folder(options.issue)
    try:
        build = make_build(options.issue, 1, style=options.style)
        show_problems(build.problems, language)
        folder.mkdir(parents=True, exist_ok=True)
        if options.compare:
            _compare(build, Path(options.compare), folder, language)
        else:
            if not options.text:
                scale = min(max(options.ppi, 20), 1200) / 72
                for file in write_pages(build, folder, scale, clean=options.clean):
                    print(file)
            print(write_text(build, folder))
    except LayoutError as error:
        show_problems(error.problems, language)
        return 1
    except OSError as error:
        show_problems([unwritable(folder, error)], language)
        return 1
    return 1 if has_errors(build.problems) else 0


def default_folder(issue: str | Path) -> Path:
    """`out/NAME-proof` in the current folder, NAME being the issue folder's."""
    from ..production import default_output

    file = default_output(issue)
    return file.with_name(f"{file.stem}-proof")


def _compare(build: Build, old: Path, folder: Path, language: str) -> None:
    """Writes and names the pages that differ from an earlier build."""
    from ..editor.proofs.proof_files import write_differences

    differs = False
    for difference, file in write_differences(build, old, folder):
        differs = True
        if file is None:
            said = Message(
                f"第 {difference.page} 版只有{'旧' if difference.only == 'old' else '新'}的有",
                f"page {difference.page} is in the {difference.only} one only",
            )
            print(said.in_language(language))
            continue
        count = len(difference.places)
        said = Message(f"第 {difference.page} 版 {count} 处不同", f"page {difference.page}: {count} places differ")
        print(f"{said.in_language(language)}  {file}")
    if not differs:
        print(Message("没有不同", "nothing differs").in_language(language))
