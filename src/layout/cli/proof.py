"""`layout proof`: the pages as the editor signs them off, as pictures, as text, and beside an earlier build."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..errors import LayoutError, Message, Problem, SourceLocation, has_errors
from ..runtime.files import unwritable, whole_file, write_bytes
from .messages import add_style, show_problems

if TYPE_CHECKING:
    from ..composition import Composition
    from ..editor.build import Build
    from ..pdf.target import Target

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

    language = str(options.language)
    folder = Path(options.output) if options.output else default_folder(options.issue)
    try:
        build = make_build(options.issue, 1, style=options.style)
        show_problems(build.problems, language)
        folder.mkdir(parents=True, exist_ok=True)
        if options.compare:
            _compare(build, Path(options.compare), folder, language)
        elif options.text:
            _text(build, folder)
        else:
            _proof(build, folder, min(max(options.ppi, 20), 1200) / 72, clean=options.clean)
            _text(build, folder)
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


def _proof(build: Build, folder: Path, scale: float, *, clean: bool) -> None:
    from ..editor.page_images import render_page

    composition = build.composition if clean else _sheets(build)
    pdf = _pdf(composition, proof_target())
    file = folder / "proof.pdf"
    write_bytes(file, pdf)
    for number, page in enumerate(composition.pages, 1):
        picture = folder / f"page-{page.number}.png"
        with whole_file(picture) as draft:
            render_page(pdf, scale, number=number).save(draft, "PNG", dpi=(round(scale * 72),) * 2)
        print(picture)
    print(file)


def _sheets(build: Build) -> Composition:
    from ..editor.proofs.proof_sheet import proof_composition

    return proof_composition(build.composition, build.style.grid.grid(build.style.sheet))


def _pdf(composition: Composition, target: Target) -> bytes:
    from ..editor.page_images import pdf_of
    from ..runtime.cache import cache_folder

    return pdf_of(composition, target, cache_folder())


def _print_target() -> Target:
    from ..pdf.target import print_target
    from ..press.printer import load_printer

    return print_target(load_printer("offset-coated"))


def proof_target() -> Target:
    """A proof is looked at, not printed from: no bleed, photographs as an office printer shows them."""
    return replace(_print_target(), bleed=0.0, slug=0.0, max_ppi=220.0, target_ppi=200.0)


def _text(build: Build, folder: Path) -> None:
    from ..editor.proofs.text_proof import text_proof

    file = folder / "text.txt"
    write_bytes(file, text_proof(build.issue, build.composition).encode())
    print(file)


def _compare(build: Build, old: Path, folder: Path, language: str) -> None:
    """The pages that differ from an earlier PDF, or from the proof sheets of an earlier proof."""
    from ..editor.proofs.comparison import compare

    earlier = old / "proof.pdf" if old.is_dir() else old
    if not earlier.is_file():
        what = Message(f"没有 {earlier}", f"there is no {earlier}")
        remedy = Message(
            "给上一次的 PDF，或上一次 layout proof 写的文件夹", "give an earlier PDF or the folder of an earlier proof"
        )
        raise LayoutError([Problem("no-file", what, remedy, SourceLocation(str(earlier)))])
    new = _pdf(_sheets(build), proof_target()) if old.is_dir() else _pdf(build.composition, _print_target())
    differences = list(compare(earlier, new))
    for difference in differences:
        if difference.picture is None:
            said = Message(
                f"第 {difference.page} 版只有{'旧' if difference.only == 'old' else '新'}的有",
                f"page {difference.page} is in the {difference.only} one only",
            )
            print(said.in_language(language))
            continue
        file = folder / f"compare-{difference.page}.png"
        with whole_file(file) as draft:
            difference.picture.save(draft, "PNG")
        count = len(difference.places)
        said = Message(f"第 {difference.page} 版 {count} 处不同", f"page {difference.page}: {count} places differ")
        print(f"{said.in_language(language)}  {file}")
    if not differences:
        print(Message("没有不同", "nothing differs").in_language(language))
