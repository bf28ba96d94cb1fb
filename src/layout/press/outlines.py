"""The outlined edition (转曲): all type as paths, for print shops that do not accept fonts.

Ghostscript converts the type. It drops what makes the file a PDF/X, so this is copied from the source afterwards:
output intent, metadata, boxes, Trapped, page groups.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array

from ..errors import LayoutError, Message, Problem
from ..pdfcontent.rectangles import transformed_box
from ..runtime.files import readable, whole_file
from ..runtime.processes.children import run_bounded
from .page_boxes import boxes_of, upright

_SECONDS = 600
# Nothing but the type may change: no conversion of colour, no resampling; overprint and spot colours are kept.
_ARGUMENTS = (
    "-dBATCH",
    "-dNOPAUSE",
    "-dQUIET",
    "-dSAFER",
    "-sDEVICE=pdfwrite",
    "-dNoOutputFonts",
    "-dCompatibilityLevel=1.6",
    "-dAutoRotatePages=/None",
    "-sColorConversionStrategy=LeaveColorUnchanged",
    "-dPreserveOverprintSettings=true",
    "-dPreserveAnnots=false",
    "-dDownsampleColorImages=false",
    "-dDownsampleGrayImages=false",
    "-dDownsampleMonoImages=false",
    "-dAutoFilterColorImages=false",
    "-dAutoFilterGrayImages=false",
    "-dColorImageFilter=/FlateEncode",
    "-dGrayImageFilter=/FlateEncode",
    "-dPassThroughJPEGImages=true",
)


def outline_text(source: str | Path, target: str | Path) -> None:
    """Writes `source` to `target` with its type as paths and everything else as it was.

    Raises:
        LayoutError: Ghostscript is not installed or cannot read the file.
    """
    source, target = Path(source), Path(target)
    ghostscript = shutil.which("gs")
    if ghostscript is None:
        what = Message("转曲要用 Ghostscript，这台机器没有装", "outlining needs Ghostscript, which is not installed")
        remedy = Message("安装 ghostscript", "install ghostscript")
        raise LayoutError([Problem("no-ghostscript", what, remedy)])
    with tempfile.TemporaryDirectory(prefix="outline-", dir=target.resolve().parent) as folder:
        drawn = Path(folder) / "drawn.pdf"
        try:
            command = [ghostscript, *_ARGUMENTS, f"-sOutputFile={drawn}", "-f", str(source.resolve())]
            done = run_bounded(command, _SECONDS, {**os.environ, "TMPDIR": folder})
            if done.returncode or not drawn.is_file():
                raise _unreadable(source)
            with pikepdf.open(readable(source)) as original, pikepdf.open(drawn) as outlined:
                if len(original.pages) != len(outlined.pages):
                    raise _unreadable(source)
                _copy_page_contents(original, outlined)
                with whole_file(target) as draft, draft.open("wb") as file:
                    outlined.save(file, deterministic_id=True, force_version=original.pdf_version)
        except (pikepdf.PdfError, pikepdf.PasswordError, subprocess.SubprocessError, OSError) as error:
            raise _unreadable(source) from error


def _copy_page_contents(original: pikepdf.Pdf, outlined: pikepdf.Pdf) -> None:
    for key in ("/OutputIntents", "/Metadata", "/Lang", "/ViewerPreferences"):
        if key in original.Root:
            outlined.Root[key] = outlined.copy_foreign(_indirect(original, original.Root[key]))
        elif key in outlined.Root:
            del outlined.Root[key]
    if "/Info" in original.trailer:
        outlined.trailer.Info = outlined.copy_foreign(_indirect(original, original.trailer.Info))
    for before, after in zip(original.pages, outlined.pages, strict=True):
        boxes = boxes_of(before.obj)
        # Ghostscript rotates pages upright and moves their MediaBox to the origin.
        moved = upright(boxes.media, boxes.rotation)
        for key, box in (
            ("/MediaBox", boxes.media),
            ("/CropBox", boxes.crop),
            ("/BleedBox", boxes.bleed_box),
            ("/TrimBox", boxes.trim_box),
            ("/ArtBox", boxes.art_box),
        ):
            if key in after.obj:
                del after.obj[key]
            if box is not None:
                after.obj[key] = Array([round(v, 4) for v in transformed_box(*box, moved)])
        if "/Group" in before.obj:
            after.obj.Group = outlined.copy_foreign(_indirect(original, before.obj.Group))


def _indirect(pdf: pikepdf.Pdf, value: Any) -> Any:
    return value if value.is_indirect else pdf.make_indirect(value)


def _unreadable(source: Path) -> LayoutError:
    what = Message(f"{source.name} 转曲失败，文件读不出来", f"{source.name} cannot be outlined: it cannot be read")
    remedy = Message("先用 layout preflight 检查", "look at it with layout preflight first")
    return LayoutError([Problem("unreadable", what, remedy)])
