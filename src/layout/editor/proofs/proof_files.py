"""The files of a proof: pages as PDF and pictures, the text proof, pictures of what differs from an earlier build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ...errors import LayoutError, Message, Problem, SourceLocation
from ...runtime.files import whole_file, write_bytes

if TYPE_CHECKING:
    from ...composition import Composition
    from ...pdf.target import Target
    from ..build import Build
    from .comparison import Difference


def write_pages(build: Build, folder: Path, scale: float, *, clean: bool) -> Iterator[Path]:
    """Writes the pages as pictures, `scale` pixels a point, and as `proof.pdf`; yields each file when it is written.

    Grid, frames and threads are drawn over them unless `clean`.
    """
    from ..page_images import render_page

    composition = build.composition if clean else _sheets(build)
    pdf = _pdf(composition, proof_target())
    file = folder / "proof.pdf"
    write_bytes(file, pdf)
    for number, page in enumerate(composition.pages, 1):
        picture = folder / f"page-{page.number}.png"
        with whole_file(picture) as draft:
            render_page(pdf, scale, number=number).save(draft, "PNG", dpi=(round(scale * 72),) * 2)
        yield picture
    yield file


def write_text(build: Build, folder: Path) -> Path:
    """Writes the text proof: the articles as printed, line by line."""
    from .text_proof import text_proof

    file = folder / "text.txt"
    write_bytes(file, text_proof(build.issue, build.composition).encode())
    return file


def write_differences(build: Build, old: Path, folder: Path) -> Iterator[tuple[Difference, Path | None]]:
    """The pages that differ from an earlier PDF, or from the proof sheets in the folder of an earlier proof.

    Yields each difference with its picture; None where the page is in one of the two only.

    Raises:
        LayoutError: there is no such file.
    """
    from .comparison import compare

    earlier = old / "proof.pdf" if old.is_dir() else old
    if not earlier.is_file():
        what = Message(f"没有 {earlier}", f"there is no {earlier}")
        remedy = Message(
            "给上一次的 PDF，或上一次 layout proof 写的文件夹", "give an earlier PDF or the folder of an earlier proof"
        )
        raise LayoutError([Problem("no-file", what, remedy, SourceLocation(str(earlier)))])
    new = _pdf(_sheets(build), proof_target()) if old.is_dir() else _pdf(build.composition, _print_target())
    for difference in list(compare(earlier, new)):
        if difference.picture is None:
            yield difference, None
            continue
        file = folder / f"compare-{difference.page}.png"
        with whole_file(file) as draft:
            difference.picture.save(draft, "PNG")
        yield difference, file


def proof_target() -> Target:
    """The target of proofs, which are for viewing: no bleed, photographs at the resolution of an office printer."""
    return replace(_print_target(), bleed=0.0, slug=0.0, max_ppi=220.0, target_ppi=200.0)


def _sheets(build: Build) -> Composition:
    from .proof_sheet import proof_composition

    return proof_composition(build.composition, build.style.grid.grid(build.style.sheet))


def _pdf(composition: Composition, target: Target) -> bytes:
    from ...runtime.cache import cache_folder
    from ..page_images import pdf_of

    return pdf_of(composition, target, cache_folder())


def _print_target() -> Target:
    from ...pdf.target import print_target
    from ...press.printer import load_printer

    return print_target(load_printer("offset-coated"))
