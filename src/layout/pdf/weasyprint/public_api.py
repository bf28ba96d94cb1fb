"""A drawing by the public API alone, which is slower: WeasyPrint writes a whole PDF, and the PDF is read."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pikepdf

from ...pdfcontent.objects import inflated
from .drawing import Drawing, DrawnFont, DrawnStream

_MAPPINGS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_MAPPING = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]*)>")  # a glyph and its text


def plain_drawing(document: Any) -> Drawing:
    """A rendered document as a drawing, read from the PDF that `Document.write_pdf` makes of it."""
    with pikepdf.open(io.BytesIO(document.write_pdf())) as pdf:
        values = _Values()
        resources = pdf.pages[0].obj.get("/Resources", pikepdf.Dictionary())
        fonts = [_font(name, font) for name, font in resources.get("/Font", pikepdf.Dictionary()).items()]
        pages = [
            {key: values.read(page.obj["/" + key]) for key in ("MediaBox", "Contents", "Resources")}
            for page in pdf.pages
        ]
    return Drawing(fonts, pages, lambda value: value)


class _Values:
    """Objects of a PDF as plain values, each indirect one once, so that they can be told apart by identity."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], Any] = {}

    def read(self, value: Any) -> Any:
        key = value.objgen if isinstance(value, pikepdf.Object) else (0, 0)
        if key != (0, 0) and key in self._read:
            return self._read[key]
        found = self._plain(value)
        if key != (0, 0):
            self._read[key] = found
        return found

    def _plain(self, value: Any) -> Any:
        if isinstance(value, pikepdf.Stream):
            extra = self._entries(value.stream_dict, leave_out=("/Length", "/Filter"))
            return DrawnStream(extra, b"" if extra.get("Subtype") == "/Image" else inflated(value))
        if isinstance(value, pikepdf.Dictionary):
            return self._entries(value, leave_out=("/Font",))  # fonts are read apart
        if isinstance(value, pikepdf.Array):
            return [self.read(item) for item in value]
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | Decimal):
            return float(value)
        if isinstance(value, pikepdf.Name):
            return str(value)
        return value.unparse() if isinstance(value, pikepdf.Object) else "null"

    def _entries(self, dictionary: Any, leave_out: tuple[str, ...]) -> Mapping[str, Any]:
        return {key[1:]: self.read(value) for key, value in dictionary.items() if key not in leave_out}


def _font(name: str, font: Any) -> DrawnFont:
    """A font of the PDF: its family by its descriptor, its weight by the font program that is embedded."""
    from fontTools.ttLib import TTFont

    descendant = font.DescendantFonts[0]
    descriptor = descendant.FontDescriptor
    program = descriptor.get("/FontFile2", descriptor.get("/FontFile3"))
    with TTFont(io.BytesIO(inflated(program)), lazy=True) as face:
        weight = face["OS/2"].usWeightClass
    widths: dict[int, float] = {}
    row = list(descendant.W)
    for first, found in zip(row[::2], row[1::2], strict=True):
        widths.update(enumerate(map(float, found), int(first)))
    mappings = b"".join(_MAPPINGS.findall(inflated(font.ToUnicode)))
    to_unicode = {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in _MAPPING.findall(mappings)
    }
    return DrawnFont(name[1:], str(descriptor.FontFamily), weight, None, widths, to_unicode)
