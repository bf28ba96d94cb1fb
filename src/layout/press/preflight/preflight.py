"""Preflight of any PDF by the rules of a printer's profile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from ...errors import Message, Severity
from ...pdfcontent.objects import FAULTS, TREE_FAULTS, bounded
from ...pdfcontent.resources import DocumentResources, unlogged
from ...runtime.files import NotAFile, readable, regular
from ...runtime.limits import FILE_BYTES, PDF_MEMORY, PDF_PAGES, LimitError, over
from ...units import MM
from ..page_boxes import PageBoxes
from ..printer import Printer, load_printer
from .file_rules import check_count, check_file, check_page_boxes, check_sizes, claims_no_transparency
from .findings import Finding, Findings
from .page_rules import UsedInFile, check_marks
from .walker import walk_page

_MOST_WARNINGS = 3  # warnings of the parser that are quoted
_MOST_FONTS = 8  # named in a message


def preflight(
    path: str | Path, printer: Printer | str | Path = "offset-coated", *, ink: bool = True, name: str = ""
) -> list[Finding]:
    """Checks a PDF by a printer's rules.

    Any file may be given; one that is broken or cannot be opened is a finding, never an exception.

    Args:
        path: The file.
        printer: A profile, or the name of one.
        ink: Whether total ink is measured with Ghostscript (rule R0026; about 0.1 s a page).
        name: The name that the file will have, where it is still a draft.

    Returns:
        The findings of the file first, then page by page; places are in mm from the trim's top left.

    Raises:
        StyleError: The printer's profile is wrong.
    """
    printer = printer if isinstance(printer, Printer) else load_printer(printer)
    path = Path(path)
    findings = Findings(printer)
    with unlogged(), bounded():
        try:
            _inspect(path, findings, path.with_name(name) if name else path, ink=ink)
        except MemoryError:
            findings.report("limit", subject=over(PDF_MEMORY).what)
    return findings.all()


def _inspect(path: Path, findings: Findings, named: Path, *, ink: bool) -> None:
    try:
        regular(path, FILE_BYTES)
        pdf = pikepdf.open(readable(path))
    except LimitError as error:
        findings.report("limit", subject=error.problems[0].what)
    except pikepdf.PasswordError:
        what = Message("加密，没有密码打不开", "encryption; it cannot be opened without its password")
        findings.report("X10", subject=what, severity=Severity.ERROR)
    except (OSError, *FAULTS) as error:
        findings.report("GWG R0001", subject=_unreadable(named, error), severity=Severity.ERROR)
    else:
        with pdf:
            pages = _check(pdf, named, findings)
        if ink and pages and findings.printer.severity("GWG R0026") is not None:
            from .total_ink import check_ink

            check_ink(path, pages, findings)


def _check(pdf: pikepdf.Pdf, path: Path, findings: Findings) -> dict[int, PageBoxes]:
    """Checks everything except total ink; returns the boxes of the pages that could be read."""
    intent = check_file(pdf, path, findings)
    if claims_no_transparency(pdf):
        findings.hold("X6", Severity.ERROR)
    document, seen = DocumentResources(), UsedInFile()
    every: dict[int, PageBoxes] = {}
    sizes: dict[tuple[float, float], int] = {}
    for number, page in enumerate(_pages(pdf, findings), 1):
        try:
            boxes = check_page_boxes(page, number, findings)
            marks = walk_page(page, document)
            check_marks(marks, boxes, number, findings, seen, intent.profile, intent.space == "RGB")
        except FAULTS:
            what = Message("这一页损坏，读不出来", "the page is damaged and cannot be read")
            findings.report("GWG R0001", number, subject=what)
            continue
        every[number] = boxes
        if boxes.trim_box or boxes.art_box:
            width, height = boxes.size
            sizes.setdefault((round(width / MM, 1), round(height / MM, 1)), number)
    check_count(len(every), findings)
    check_sizes(sizes, findings)
    if len(seen.spots) > findings.printer.ink.spot_colours:
        names = "、".join(seen.spots)
        findings.report(
            "GWG R0020",
            subject=Message(names, ", ".join(seen.spots)),
            value=len(seen.spots),
            limit=findings.printer.ink.spot_colours,
        )
    if seen.fonts:
        named = list(seen.fonts)[:_MOST_FONTS] + (["…"] if len(seen.fonts) > _MOST_FONTS else [])
        findings.report("S11", subject=Message("、".join(named), ", ".join(named)))
    _report_repairs(pdf, findings)
    return every


def _pages(pdf: pikepdf.Pdf, findings: Findings) -> Iterator[Any]:
    """The pages of the page tree, as far as it can be read, up to the limit."""
    damaged = Message("页面目录损坏", "the tree of pages is damaged")
    try:
        count = len(pdf.pages)
    except TREE_FAULTS:
        findings.report("GWG R0001", subject=damaged)
        return
    if count > PDF_PAGES.most:
        findings.report("limit", subject=over(PDF_PAGES, found=count).what)
    for index in range(min(count, PDF_PAGES.most)):
        try:
            page = pdf.pages[index].obj
        except TREE_FAULTS:
            findings.report("GWG R0001", subject=damaged)
            return
        yield page


def _report_repairs(pdf: pikepdf.Pdf, findings: Findings) -> None:
    """Reports what the parser repaired; a RIP may repair it differently."""
    warnings = [str(warning) for warning in pdf.get_warnings()]
    if warnings:
        first = "; ".join(warning.rpartition(": ")[2] for warning in warnings[:_MOST_WARNINGS])
        what = Message(
            f"有损坏，读的时候修补了 {len(warnings)} 处（{first}）",
            f"it is damaged and was mended while reading, {len(warnings)} times ({first})",
        )
        findings.report("GWG R0001", subject=what)


def _unreadable(path: Path, error: BaseException) -> Message:
    if isinstance(error, FileNotFoundError):
        return Message("没有这个文件", "there is no such file")
    if isinstance(error, NotAFile):
        return Message("不是普通文件", "it is not a file")
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        return Message(f"打不开：{reason}", f"it cannot be opened: {reason}")
    return Message("不是 PDF，或损坏得读不出来", "it is no PDF, or damaged beyond reading")
