"""The job ticket (印刷工单) for the print shop, and the name of the delivered file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pikepdf
from msgspec import Struct

from ..pdfcontent.colour import PROCESS
from ..runtime.files import readable
from ..units import MM
from .page_boxes import boxes_of
from .preflight.separations import plates_of
from .printer import Printer

_UNSAFE = re.compile(r'[\s/\\:*?"<>|\x00-\x1f]+')


class Job(Struct, frozen=True):
    """Data of a job that are not in the PDF. `run` is the number of copies; `paper` overrides the printer's."""

    publication: str = ""
    number: str = ""
    date: str = ""
    run: int | None = None
    paper: str = ""
    version: int = 1


class Ticket(Struct, frozen=True):
    """A job ticket; sizes in mm. `plates` are those of the whole file, `page_plates` those of each page."""

    job: Job
    printer: str
    file: str
    width: float
    height: float
    bleed: float
    pages: int
    plates: tuple[str, ...]
    page_plates: tuple[tuple[str, ...], ...]
    paper: str
    press_sheet: str
    binding: str
    condition: str
    icc: str
    ink_limit: float

    @property
    def colours(self) -> str:
        """Process plates and spots, `4` or `4+1`."""
        process = sum(plate in PROCESS for plate in self.plates)
        spots = len(self.plates) - process
        return f"{process}+{spots}" if spots else str(process)

    def to_yaml(self) -> str:
        """The ticket as YAML in both languages."""
        import yaml

        pages = {f"第{number}版 page {number}": _short(plates) for number, plates in enumerate(self.page_plates, 1)}
        rows: dict[str, object] = {
            "刊名 publication": self.job.publication,
            "期号 number": self.job.number,
            "日期 date": self.job.date,
            "版本 version": self.job.version,
            "文件 file": self.file,
            "成品尺寸 trim": f"{self.width:g} × {self.height:g} mm",
            "出血 bleed": f"{self.bleed:g} mm",
            "页数 pages": self.pages,
            "色数 colours": self.colours,
            "色版 plates": list(self.plates),
            "各版色版 plates by page": pages,
            "印数 run": self.job.run if self.job.run is not None else "",
            "用纸 paper": self.paper,
            "上机纸 press sheet": self.press_sheet,
            "装订 binding": self.binding,
            "印刷条件 printing condition": self.condition,
            "ICC": self.icc,
            "总墨量上限 total ink": f"{self.ink_limit:g} %",
            "印厂 printer": self.printer,
        }
        rows_set = {key: value for key, value in rows.items() if value != ""}
        text: str = yaml.safe_dump(rows_set, allow_unicode=True, sort_keys=False, width=1000)
        return "# 印刷工单 Job ticket\n" + text


def make_ticket(path: str | Path, printer: Printer, job: Job) -> Ticket:
    """Makes the ticket of a finished PDF; raises as pikepdf does where it cannot be read."""
    path = Path(path)
    with pikepdf.open(readable(path)) as pdf:
        boxes = boxes_of(pdf.pages[0].obj)
        page_plates = plates_of(pdf, printer)
    width, height = boxes.size
    used = {plate for page in page_plates for plate in page}
    spots = dict.fromkeys(plate for page in page_plates for plate in page if plate not in PROCESS)
    return Ticket(
        job,
        printer.title,
        path.name,
        round(width / MM, 1),
        round(height / MM, 1),
        round((boxes.trim[0] - boxes.bleed[0]) / MM, 1),
        len(page_plates),
        (*(plate for plate in PROCESS if plate in used), *spots),
        page_plates,
        job.paper or printer.delivery.paper,
        printer.delivery.press_sheet,
        printer.delivery.binding,
        printer.condition.identifier,
        printer.profile.name,
        printer.ink.limit,
    )


def file_name(ticket: Ticket, printer: Printer) -> str:
    """The file name by the printer's pattern; empty fields are left out with the separator before them."""
    values: Mapping[str, str] = {
        "publication": ticket.job.publication,
        "number": ticket.job.number,
        "trim": f"{ticket.width:g}x{ticket.height:g}",
        "pages": str(ticket.pages),
        "colours": ticket.colours,
        "date": ticket.job.date.replace("-", ""),
        "version": str(ticket.job.version),
    }
    name = printer.delivery.file_name
    for key, value in values.items():
        value = _UNSAFE.sub("-", value).strip("-.")
        name = name.replace(f"{{{key}}}", value) if value else re.sub(rf"[_-]?\{{{key}\}}", "", name)
    return name.lstrip("_-") or ticket.file


def _short(plates: tuple[str, ...]) -> str:
    """`CMYK`, `K`, `K + PANTONE 186 C`."""
    process = "".join(plate[0] if plate != "Black" else "K" for plate in plates if plate in PROCESS)
    return " + ".join([part for part in (process, *(plate for plate in plates if plate not in PROCESS)) if part])
