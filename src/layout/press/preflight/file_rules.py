"""Rules about the file (PDF/X-4 and the printer's): identification, output intent, boxes, annotations."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf
from msgspec import Struct

from ...errors import Message, Severity
from ...pdfcontent.colour import name_of
from ...pdfcontent.objects import FAULTS, inflated, items, number_array, real, text
from ...pdfcontent.rectangles import Rectangle, intersection
from ...runtime.limits import LimitError
from ...units import MM
from ..page_boxes import PageBoxes, boxes_of, contains
from .findings import Findings

_XMP = {
    "pdfxid": "{http://www.npes.org/pdfx/ns/id/}",
    "pdfx": "{http://ns.adobe.com/pdfx/1.3/}",
    "xmpMM": "{http://ns.adobe.com/xap/1.0/mm/}",
    "xmp": "{http://ns.adobe.com/xap/1.0/}",
    "dc": "{http://purl.org/dc/elements/1.1/}",
    "pdf": "{http://ns.adobe.com/pdf/1.3/}",
}
_NEWEST = (1, 6)  # ISO 15930-7 is based on PDF 1.6
_LONGEST_XMP = 16 << 20  # bytes
_HARMLESS = ("TrapNet", "PrinterMark")  # annotations that PDF/X allows on the page


class Intent(Struct, frozen=True):
    """The file's output intent: MD5 and colour space of its profile, and the condition's identifier."""

    profile: str = ""
    space: str = ""
    identifier: str = ""


def check_file(pdf: pikepdf.Pdf, path: Path, findings: Findings) -> Intent:
    """Checks the rules about the whole file. Objects that cannot be read are findings of their own."""
    for part in (_check_structure, _check_identification, _check_forbidden):
        try:
            part(pdf, findings)
        except FAULTS:
            what = Message("目录损坏，读不出来", "its catalogue is damaged and cannot be read")
            findings.report("GWG R0001", subject=what)
        except LimitError as error:
            findings.report("limit", subject=error.problems[0].what)
    try:
        intent = _check_intent(pdf, findings)
    except FAULTS:
        intent = Intent()
        findings.report("X4", subject=Message("损坏，读不出来", "damaged, it cannot be read"))
    except LimitError as error:
        intent = Intent()
        findings.report("limit", subject=error.problems[0].what)
    pattern = findings.printer.delivery.file_name
    if not name_pattern(pattern).fullmatch(path.name):
        findings.report("S12", subject=path.name, limit=pattern)
    return intent


def name_pattern(pattern: str) -> re.Pattern[str]:
    """The regular expression of a printer's pattern of file names."""
    parts = re.split(r"\{\w+\}", pattern)
    return re.compile("[^/\\\\]+?".join(re.escape(part) for part in parts))


def _check_structure(pdf: pikepdf.Pdf, findings: Findings) -> None:
    version = tuple(int(part) if part.isdigit() else 0 for part in pdf.pdf_version.split(".")[:2])
    if version > _NEWEST:
        what = Message(f"PDF {pdf.pdf_version}，PDF/X-4 到 1.6 为止", f"PDF {pdf.pdf_version}, and PDF/X-4 ends at 1.6")
        findings.report("GWG R0001", subject=what)
    if "/OCProperties" in pdf.Root:
        findings.report("GWG R0034")


def _check_identification(pdf: pikepdf.Pdf, findings: Findings) -> None:
    """Rules X1 to X3."""
    info = _info(pdf)
    xmp = _xmp(pdf)
    version = xmp.get(_XMP["pdfxid"] + "GTS_PDFXVersion") or xmp.get(_XMP["pdfx"] + "GTS_PDFXVersion")
    version = text(version or info.get("/GTS_PDFXVersion", ""))
    if not version:
        findings.report("X1", subject=Message("文件没有说自己是 PDF/X", "the file does not say that it is PDF/X"))
    elif version != "PDF/X-4":
        findings.report("X1", subject=Message(f"文件说自己是 {version}", f"the file says that it is {version}"))
    else:
        for key in ("xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass"):
            if not _value(xmp, key):
                findings.report("X1", subject=Message(f"XMP 里没有 {key}", f"there is no {key} in the XMP"))
    for key, zh, en in (
        ("dc:title", "标题（dc:title）", "a title (dc:title)"),
        ("xmp:CreatorTool", "制作程序（xmp:CreatorTool）", "the program that made it (xmp:CreatorTool)"),
        ("xmp:CreateDate", "制作日期（xmp:CreateDate）", "a creation date (xmp:CreateDate)"),
        ("xmp:ModifyDate", "修改日期（xmp:ModifyDate）", "a modification date (xmp:ModifyDate)"),
        ("xmp:MetadataDate", "元数据日期（xmp:MetadataDate）", "a metadata date (xmp:MetadataDate)"),
    ):
        if not _value(xmp, key):
            findings.report("X2", subject=Message(zh, en))
    if "/ID" not in pdf.trailer:
        findings.report("X2", subject=Message("文件标识（/ID）", "a file identifier (/ID)"))
    trapped = _value(xmp, "pdf:Trapped")
    message = text(info.get("/Trapped", "")).removeprefix("/")
    if trapped not in ("True", "False"):
        findings.report("X3", subject=f"pdf:Trapped = {trapped or '–'}")
    elif message and message != trapped:
        findings.report("X3", subject=f"pdf:Trapped = {trapped}, Info Trapped = {message}")


def claims_no_transparency(pdf: pikepdf.Pdf) -> bool:
    """Whether the file claims to be PDF/X-1a or X-3, which forbid transparency (rule X6)."""
    try:
        return text(_info(pdf).get("/GTS_PDFXVersion", "")).startswith(("PDF/X-1", "PDF/X-3"))
    except FAULTS:
        return False


def _check_intent(pdf: pikepdf.Pdf, findings: Findings) -> Intent:
    """Rules X4, R0035 and S4."""
    listed = items(pdf.Root.get("/OutputIntents"))
    dictionaries = [entry for entry in listed if isinstance(entry, pikepdf.Dictionary)]
    intents: list[Any] = [entry for entry in dictionaries if name_of(entry.get("/S", "")) == "GTS_PDFX"]
    if not intents:
        findings.report("X4", subject=Message("没有", "there is none"))
        return Intent()
    if len(intents) > 1:
        findings.report(
            "X4", subject=Message(f"有 {len(intents)} 个，应只有一个", f"there are {len(intents)}, not one")
        )
    entry = intents[0]
    identifier = text(entry.get("/OutputConditionIdentifier", ""))
    if not identifier:
        what = Message("没有印刷条件标识", "it has no OutputConditionIdentifier")
        findings.report("X4", subject=what)
    elif not text(entry.get("/RegistryName", "")) and not text(entry.get("/Info", "")):
        what = Message("没有登记处（RegistryName）", "it has no RegistryName")
        findings.report("X4", subject=what)
    stream = entry.get("/DestOutputProfile")
    data = inflated(stream) if isinstance(stream, pikepdf.Stream) else b""
    if not data:
        findings.report("X4", subject=Message("没有嵌入 ICC", "its ICC profile is not embedded"))
        return Intent(identifier=identifier)
    space = data[16:20].decode("latin-1").strip()
    if data[36:40] != b"acsp" or data[12:16] != b"prtr":
        findings.report("X4", subject=Message("ICC 不是输出类（prtr）", "its ICC profile is no output (prtr) profile"))
    elif space != "CMYK":
        findings.report("GWG R0035", subject=space)
    elif stream.get("/N", 0) != 4:
        findings.report("X4", subject=Message("ICC 的分量数（N）不是 4", "its profile's N is not 4"))
    md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
    condition = findings.printer.condition
    if identifier and identifier != condition.identifier:
        findings.report("S4", subject=identifier, limit=condition.identifier)
    elif identifier and data[12:20] == b"prtrCMYK" and data != findings.printer.profile.read_bytes():
        what = Message(f"{identifier}，但 ICC 文件不同", f"{identifier} with another ICC file")
        findings.report("S4", subject=what, limit=findings.printer.profile.name)
    return Intent(md5, space, identifier)


def _check_forbidden(pdf: pikepdf.Pdf, findings: Findings) -> None:
    """Rules X9 (forms) and X10 about the catalogue."""
    root = pdf.Root
    if pdf.is_encrypted:
        findings.report("X10", subject=Message("加密", "encryption"))
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and (len(items(form.get("/Fields"))) or "/XFA" in form):
        findings.report("X9", subject=Message("表单", "a form"))
    names = root.get("/Names")
    action = root.get("/OpenAction")
    if (
        (isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names)
        or (isinstance(action, pikepdf.Dictionary) and "/S" in action and name_of(action.S) != "GoTo")
        or "/AA" in root
    ):
        findings.report("X10", subject=Message("脚本或自动动作", "a script or an automatic action"))


def check_page_boxes(page: Any, number: int, findings: Findings) -> PageBoxes:
    """Checks rules X8, X9, R0002, R0003, R0004 (rotation) and S1 on one page; returns its boxes."""
    boxes = boxes_of(page)
    for what in _box_faults(boxes):
        findings.report("X8", number, subject=what)
    unit = real(page.get("/UserUnit", 1))
    if unit != 1:
        findings.report("GWG R0002", number, value=unit)
    if boxes.crop is not None and boxes.has_media and not _same(boxes.crop, boxes.media):
        findings.report("GWG R0003", number, [boxes.place(boxes.crop)])
    if boxes.rotation:
        findings.report("GWG R0004", number, subject=Message("页面旋转了", "the page is rotated"))
    if boxes.trim_box is not None:
        outer, inner = boxes.bleed, boxes.trim_box
        bleed = min(inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
        required = findings.printer.sheet.bleed
        if bleed < required - 0.05 * MM and contains(outer, inner):
            findings.report("S1", number, value=bleed / MM, limit=required / MM)
    for kind, box in _annotations(page):
        if kind not in _HARMLESS and intersection(box, boxes.bleed) is not None:
            what = Message(f"批注（{kind}）", f"an annotation ({kind})")
            findings.report("X9", number, [boxes.place(box)], subject=what)
    if "/AA" in page:
        findings.report("X10", number, subject=Message("自动动作", "an automatic action"))
    return boxes


def check_sizes(sizes: Mapping[tuple[float, float], int], findings: Findings) -> None:
    """Checks rule R0004: `sizes` are the trim sizes of the file, mm, each with the first page that has it."""
    if len(sizes) < 2:
        return
    (width, height), *others = sizes
    for (w, h), page in ((size, sizes[size]) for size in others):
        what = Message(
            f"成品 {w:g} × {h:g} mm，第一页是 {width:g} × {height:g} mm",
            f"the trim is {w:g} × {h:g} mm, that of the first page {width:g} × {height:g} mm",
        )
        findings.report("GWG R0004", page, subject=what)


def check_count(pages: int, findings: Findings) -> None:
    """Checks rules R0006 and S10, and that there are pages."""
    sheet = findings.printer.sheet
    if pages == 0:
        findings.report("GWG R0001", subject=Message("没有页面", "it has no pages"), severity=Severity.ERROR)
        return
    if sheet.pages is not None and pages != sheet.pages:
        findings.report("GWG R0006", value=pages, limit=sheet.pages)
    if pages % sheet.page_multiple:
        findings.report("S10", value=pages, limit=sheet.page_multiple)


def _box_faults(boxes: PageBoxes) -> Iterator[Message]:
    if not boxes.has_media:
        yield Message("没有 MediaBox", "there is no MediaBox")
    if boxes.trim_box is None and boxes.art_box is None:
        yield Message("没有成品框 TrimBox", "there is no TrimBox")
    if boxes.trim_box is not None and boxes.art_box is not None:
        yield Message("TrimBox 和 ArtBox 只能有一个", "TrimBox and ArtBox exclude each other")
    if not contains(boxes.bleed, boxes.trim):
        yield Message("成品框伸出了出血框", "the TrimBox reaches out of the BleedBox")
    if not contains(boxes.media, boxes.bleed):
        yield Message("出血框伸出了页面", "the BleedBox reaches out of the MediaBox")


def _same(box: Rectangle, other: Rectangle) -> bool:
    return all(abs(a - b) < 0.01 for a, b in zip(box, other, strict=True))


def _annotations(page: Any) -> Iterator[tuple[str, Rectangle]]:
    try:
        for annotation in items(page.get("/Annots")):
            if isinstance(annotation, pikepdf.Dictionary):
                kind = name_of(annotation.get("/Subtype", "?"))
                x0, y0, x1, y1 = number_array(annotation["/Rect"], 4) if "/Rect" in annotation else (0.0, 0.0, 0.0, 0.0)
                yield kind, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    except FAULTS:
        return


def _info(pdf: pikepdf.Pdf) -> Any:
    info = pdf.trailer.get("/Info")
    return info if isinstance(info, pikepdf.Dictionary) else {}


def _xmp(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
    """The XMP metadata; empty where there is none or it cannot be read."""
    if "/Metadata" not in pdf.Root:
        return {}
    try:
        inflated(pdf.Root.Metadata, _LONGEST_XMP)
        found = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        return {str(key): found.get(key) for key in found}
    except (*FAULTS, LimitError, SyntaxError, ValueError, LookupError, AttributeError, TypeError):
        return {}  # raised by the library on XML that is not XMP


def _value(xmp: Mapping[str, Any], key: str) -> str:
    prefix, name = key.split(":")
    value = xmp.get(_XMP[prefix] + name)
    return str(value).strip() if value is not None else ""
