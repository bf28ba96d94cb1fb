"""Delivery: a folder with all files for the print shop, named by the pattern of its profile."""

from __future__ import annotations

import shutil
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..runtime.files import whole_files
from .preflight.findings import Finding
from .preflight.preflight import preflight
from .preflight.report import html_report
from .printer import Printer
from .ticket import Job, Ticket, file_name, make_ticket


class DeliveredFiles(Struct, frozen=True):
    """The files written and the findings of the preflight; `outlined` is None unless requested."""

    pdf: Path
    report: Path
    ticket_file: Path
    ticket: Ticket
    findings: tuple[Finding, ...]
    outlined: Path | None = None


def deliver(
    source: str | Path, folder: str | Path, printer: Printer, job: Job, *, outlined: bool = False, language: str = "zh"
) -> DeliveredFiles:
    """Writes the PDF, its preflight report and the job ticket to `folder`, named by the printer's pattern: all or none.

    `outlined` adds the edition with its type as paths.

    Raises:
        LayoutError: The outlined edition cannot be made.
        OSError: The folder cannot be written.
    """
    source, folder = Path(source), Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    ticket = make_ticket(source, printer, job)
    ticket = replace(ticket, file=file_name(ticket, printer))
    pdf = folder / ticket.file
    report, ticket_file = pdf.with_suffix(".preflight.html"), pdf.with_suffix(".ticket.yaml")
    other = pdf.with_stem(pdf.stem + "_outlined") if outlined else None
    with whole_files() as draft_of:
        copy = draft_of(pdf)
        shutil.copyfile(source, copy)
        findings = preflight(copy, printer, name=pdf.name)
        draft_of(report).write_text(html_report(copy, findings, printer, language, name=pdf.name), encoding="utf-8")
        draft_of(ticket_file).write_text(ticket.to_yaml(), encoding="utf-8")
        if other:
            from .outlines import outline_text

            outline_text(copy, draft_of(other))
    return DeliveredFiles(pdf, report, ticket_file, ticket, tuple(findings), other)
