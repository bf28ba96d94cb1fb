"""Which plates each page of a PDF needs."""

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
    """The plates of every page: those of the process in their order, then spot colours as they come.

    A picture counts for every plate of its colour space; what lies outside the bleed does not count.
    """
    document, unheard = DocumentResources(), Findings(printer)
    pages = []
    for number, page in enumerate(pdf.pages, 1):
        seen = UsedInFile()
        check_marks(walk_page(page.obj, document), boxes_of(page.obj), number, unheard, seen, "", False)
        pages.append((*(ink for ink in PROCESS if ink in seen.plates), *seen.spots))
    return tuple(pages)
