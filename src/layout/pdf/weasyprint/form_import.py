"""A drawing becomes a form XObject, its colours and overprint as the press needs them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from ...composition import Colour
from ...pdfcontent.matrices import Matrix
from ...style.grid import ASCENT_EM
from ..form_xobject import FormXObject, PrintedAddress, ShownGlyph
from ..inks import TOGGLES, Inks, Paint, PlaceholderColours, ScreenColour, process_values
from ..tagging.links import addresses
from ..writer import number as digits
from ..writer import numbers
from .content import ContentRewriter, DrawingState, NotPrintable, UsedResources, body, drawing_state
from .drawing import Drawing, DrawnFont, DrawnStream

_CODES = re.compile(rb"<([0-9a-f]*)>|(-?[\d.]+)")
_FOOT, _TOP = -0.06, 0.7  # em from the baseline: text cut between these heights is visibly cut
_DEPTH = ASCENT_EM - 1  # em: the bottom of an em box
_LARGER = 1000  # times, a pattern's cell of the unit square

# A picture that the drawing shows: its resource name and its size on paper (pt) → the converted picture.
ImageSource = Callable[[str, float, float], FormXObject]


class TextOverflow(ValueError):
    """Text runs out of the box; the message is that text."""


def import_form(
    drawing: Drawing,
    inks: Inks,
    placeholders: PlaceholderColours,
    face_of: Callable[[DrawnFont], str],
    picture_of: ImageSource,
    width: float,
    height: float,
    *,
    cropped: bool = False,
) -> FormXObject:
    """The only page of a drawing as a form XObject.

    Args:
        face_of: names the face of a font of the drawing.
        picture_of: returns the converted picture for a blank one.
        width: of the fragment, in pt.
        height: of the fragment, in pt, at the top of a page that is taller, so that nothing falls off it.
        cropped: whether text may be cut.

    Raises:
        NotPrintable: for what the press cannot have.
        TextOverflow: where the drawing takes a second page, or text stands outside the first.
    """
    if len(drawing.pages) != 1:
        raise TextOverflow("")
    return _FormImporter(drawing, inks, placeholders, face_of, picture_of, (width, height), cropped).page()


class _FormImporter:
    def __init__(
        self,
        drawing: Drawing,
        inks: Inks,
        placeholders: PlaceholderColours,
        face_of: Callable[[DrawnFont], str],
        picture_of: ImageSource,
        size: tuple[float, float],
        cropped: bool,
    ) -> None:
        self._cropped = cropped
        self._page = drawing.pages[0]
        self._resolve = drawing.resolve
        self.inks = inks
        self._placeholders = placeholders
        self._picture_of = picture_of
        self._faces: dict[str, str] = {}
        self._shown: dict[str, dict[int, tuple[int, str]]] = {}  # font → glyph → advance, text
        for font in drawing.fonts:
            self._faces[font.name] = face_of(font)
            shown = self._shown.setdefault(font.name, {})
            for glyph, text in font.to_unicode.items():
                shown.setdefault(glyph, (round(font.widths[glyph]), text))
        self._size = size
        self._foot = 0.0
        self._objects: list[tuple[bytes, bytes | None]] = []
        self._places: dict[tuple[int, str], int] = {}
        self._inks_used: dict[str, Colour] = {}
        self._addresses: list[PrintedAddress] = []

    def page(self) -> FormXObject:
        page = self._page
        width, height = self._size
        self._foot = float(page["MediaBox"][3]) - height
        content = self._resolve(page["Contents"])
        box, matrix = [0, self._foot, width, self._foot + height], [1, 0, 0, 1, 0, -self._foot]
        extra = {"Subtype": "/Form", "BBox": box, "Matrix": matrix}
        self._form(content, extra, self._resolve(page["Resources"]), drawing_state())
        glyphs = tuple(
            ShownGlyph(self._faces[font], glyph, advance, text)
            for font, shown in self._shown.items()
            for glyph, (advance, text) in sorted(shown.items())
        )
        inks = tuple(self._inks_used.values())
        return FormXObject(tuple(self._objects), width, height, glyphs, inks, tuple(self._addresses))

    def _add(self, head: bytes, data: bytes | None = None) -> int:
        self._objects.append((head, data))
        return len(self._objects) - 1

    def _form(
        self, stream: DrawnStream, extra: Mapping[str, Any], resources: Mapping[str, Any], state: DrawingState
    ) -> int:
        """Adds a content stream with its own resources: the fragment itself, a group, or a pattern's cell."""
        cell = extra.get("Subtype") != "/Form"
        content = ContentRewriter(self, resources, state, placed=not cell)
        data = zlib.compress(content.rewrite(stream.content), 6)
        head = [b"/Type/Pattern" if cell else b"/Type/XObject"]
        for key, value in extra.items():
            if key in ("Type", "Resources", "Length"):
                continue
            if key == "Group":
                space = b"/DeviceRGB" if self.inks.screen else b"/DeviceCMYK"  # GWG R0030
                value = b"<</Type/Group/S/Transparency/I true/CS%s>>" % space
            head.append(b"/" + key.encode() + b" " + body(value))
        head.append(b"/Resources<<" + self._resources(resources, content.used, state) + b">>")
        return self._add(b"".join(head) + b"/Filter/FlateDecode", data)

    def _resources(self, resources: Mapping[str, Any], used: UsedResources, state: DrawingState) -> bytes:
        """The resource dictionary, without brackets, of a content stream that used these."""
        entries: dict[str, list[tuple[str, bytes]]] = {}
        for kind, names in used.names.items():
            for old, new in names.items():
                if kind == "Font":
                    hole = b"@" + self._faces[old].encode()
                elif kind == "XObject":
                    hole = b"%d" % self._places[id(resources[kind]), old]
                else:
                    hole = b"%d" % self._resource(kind, resources[kind][old], state)
                entries.setdefault(kind, []).append((new, hole))
        for space, label in used.spaces.items():
            entries.setdefault("ColorSpace", []).append((label, b"%d" % self._add(space)))
        for toggle in sorted(used.toggles):
            entries.setdefault("ExtGState", []).append((toggle.decode(), b"%d" % self._add(TOGGLES[toggle])))
        return b"".join(
            b"/%s<<%s>>" % (kind.encode(), b"".join(b"/%s \0%s\0" % (label.encode(), hole) for label, hole in found))
            for kind, found in entries.items()
        )

    def _resource(self, kind: str, reference: Any, state: DrawingState) -> int:
        value = self._resolve(reference)
        if kind == "Shading":
            return self._add(self._shading(value))
        if kind == "Pattern":
            return self._pattern(value, state)
        if kind == "ExtGState":
            return self._add(self._graphics_state(value))
        raise NotPrintable(kind)

    def _pattern(self, value: Any, state: DrawingState) -> int:
        """A pattern's cell. One as small as the unit square (SVG's gradients) is drawn larger and shown smaller:
        not every viewer scales it."""
        extra = dict(value.extra)
        if max(map(float, extra["BBox"])) <= 2:
            a, b, c, d, e, f = (float(number) for number in extra["Matrix"])
            extra["Matrix"] = [a / _LARGER, b / _LARGER, c / _LARGER, d / _LARGER, e, f]
            extra["BBox"] = [_LARGER * float(number) for number in extra["BBox"]]
            extra["XStep"], extra["YStep"] = _LARGER * float(extra["XStep"]), _LARGER * float(extra["YStep"])
            value = DrawnStream(extra, b"%d 0 0 %d 0 0 cm\n" % (_LARGER, _LARGER) + value.content)
        return self._form(value, extra, self._resolve(extra["Resources"]), drawing_state(state.ctm))

    def _graphics_state(self, value: Mapping[str, Any]) -> bytes:
        parts = []
        for key, entry in value.items():
            if key == "SMask" and isinstance(entry, Mapping):
                group = self._resolve(entry["G"])
                form = self._form(group, group.extra, self._resolve(group.extra["Resources"]), drawing_state())
                entry = b"<</Type/Mask/S%s/G \0%d\0>>" % (body(entry["S"]), form)
            parts.append(b"/%s %s" % (key.encode(), body(entry)))
        return b"<<" + b"".join(parts) + b">>"

    def _shading(self, value: Mapping[str, Any]) -> bytes:
        grey = value["ColorSpace"] == "/DeviceGray"
        space = b"/DeviceGray" if grey else b"/DeviceRGB" if self.inks.screen else b"/DeviceCMYK"
        function = value["Function"]
        steps = function.get("Functions", [function])
        ends = [] if grey else [(self.paint(*step["C0"]), self.paint(*step["C1"])) for step in steps]
        if ends and not self.inks.screen:
            spots = {self.inks.space(colour) for pair in ends for colour in pair} - {b""}
            if len(spots) == 1 and all(colour.spot for pair in ends for colour in pair):
                only = spots.pop()
                self.use_ink(ends[0][0])
                space = b"\0%d\0" % self._add(only)
            elif spots:
                ends = [(_shown(first), _shown(last)) for first, last in ends]
        parts = []
        for index, step in enumerate(steps):
            first, last = (step["C0"], step["C1"]) if grey else map(self.inks.components, ends[index])
            parts.append(
                b"<</FunctionType 2/Domain[0 1]/C0[%s]/C1[%s]/N %s>>"
                % (numbers(*first), numbers(*last), digits(step["N"]))
            )
        shape = parts[0]
        if "Functions" in function:
            edges = b"".join(b"/%s %s" % (key.encode(), body(function[key])) for key in ("Domain", "Encode", "Bounds"))
            shape = b"<</FunctionType 3%s/Functions[%s]>>" % (edges, b"".join(parts))
        rest = b"".join(
            b"/%s %s" % (key.encode(), body(entry))
            for key, entry in value.items()
            if key not in ("ColorSpace", "Function")
        )
        return b"<<%s/ColorSpace %s/Function %s>>" % (rest, space, shape)

    def show(self, text: bytes, matrix: Matrix, font: str, size: float) -> None:
        """Checks that text lies in the page's box. Along its line half an em may lie outside, as the white half of a mark
        does; across it nothing may."""
        if self._cropped:
            return
        shown = self._shown[font]
        letters: list[str] = []  # of each glyph
        reach = [0.0]  # where each glyph begins and the last one ends, in thousandths of an em
        for codes, shift in _CODES.findall(text):
            if shift:
                reach[-1] -= float(shift)
            for code in range(0, len(codes), 4):
                advance, letter = shown.get(int(codes[code : code + 4], 16), (0, ""))
                letters.append(letter)
                reach.append(reach[-1] + advance)
        (width, height), (a, b, c, d, e, f) = self._size, matrix
        for along in (0.5, reach[-1] / 1000 - 0.5):
            for up in (_FOOT, _TOP):
                x, y = (a * along + c * up) * size + e, (b * along + d * up) * size + f
                if not (0 <= x <= width and 0 <= y - self._foot <= height):
                    raise TextOverflow("".join(letters))
        if self.inks.screen and "." in letters and not b and not c:
            self._find_addresses(letters, reach, a * size / 1000, d * size, e, f - self._foot)

    def _find_addresses(
        self, letters: Sequence[str], reach: Sequence[float], across: float, up: float, x: float, y: float
    ) -> None:
        """Addresses in text whose baseline begins at (x, y); one that goes on in the next line is none."""
        places = [glyph for glyph, letter in enumerate(letters) for _ in letter]
        for start, end, link in addresses("".join(letters)):
            left, right = reach[places[start]], reach[places[end - 1] + 1]
            box = x + left * across, y + _DEPTH * up, (right - left) * across, (ASCENT_EM - _DEPTH) * up
            self._addresses.append(PrintedAddress(link, *(round(value, 3) for value in box)))

    def paint(self, red: float, green: float, blue: float) -> Paint:
        """The inks that an RGB colour of the drawing is printed with. Raises NotPrintable for a mixture of placeholders."""
        try:
            cached = self._placeholders.colour(red, green, blue)
        except ValueError as error:
            raise NotPrintable("a colour that is mixed from others") from error
        return cached or self.inks.from_light(red, green, blue)

    def use_ink(self, colour: Paint) -> None:
        if isinstance(colour, Colour):
            self._inks_used.setdefault(colour.spot, replace(colour, tint=1.0))

    def import_xobject(self, objects: Mapping[str, Any], name: str, state: DrawingState) -> None:
        """Imports an XObject; a picture takes the place of the blank one that was drawn."""
        key = id(objects), name
        if key in self._places:
            return
        value = self._resolve(objects[name])
        if value.extra["Subtype"] == "/Image":
            a, b, c, d, _, _ = state.ctm
            self._places[key] = self._adopt(self._picture_of(name, (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5))
        else:
            inner = drawing_state(state.ctm)
            self._places[key] = self._form(value, value.extra, self._resolve(value.extra["Resources"]), inner)

    def _adopt(self, picture: FormXObject) -> int:
        start = len(self._objects)
        for head, data in picture.objects:
            parts = head.split(b"\0")
            parts[1::2] = [b"\0%d\0" % (start + int(hole)) for hole in parts[1::2]]
            self._add(b"".join(parts), data)
        return len(self._objects) - 1


def _shown(colour: Paint) -> Paint:
    """A spot colour as the process inks of its alternate space."""
    if isinstance(colour, ScreenColour):
        return colour
    return Colour(*process_values(colour))
