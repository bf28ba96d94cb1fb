"""The plates that each page of a PDF needs."""

from __future__ import annotations

import pikepdf

from ...pdfcontent.colour import PROCESS
from ...pdfcontent.resources import DocumentResources
from ..page_boxes import boxes_of
from ..printer import Printer
from .findings import Findings
from .page_rules import UsedInFile, check_marks
from .walker import walk_page


def plates_of(pdf: pikepdf.Pdf, printer: Printer) -> tuple[tuple[str, ...], ...]:
    """The plates of each page: process colours in their order, then spot colours in order of use.

    A picture counts for every plate of its colour space; marks outside the bleed do not count.
    """
    document, unheard = DocumentResources(), Findings(printer)
    pages = []
    for number, page in enumerate(pdf.pages, 1):
        seen = UsedInFile()
        check_marks(walk_page(page.obj, document), boxes_of(page.obj), number, unheard, seen, "", False)
        pages.append((*(ink for ink in PROCESS if ink in seen.plates), *seen.spots))
    return tuple(pages)
