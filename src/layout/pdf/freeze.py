"""WeasyPrint's drawing of one page becomes a frozen piece, with its colours and overprint made right."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..composition import Colour
from .frozen import Frozen, Glyph
from .inks import TOGGLES, Inks, Light, Paint, StandIns, is_black, process
from .writer import number as digits
from .writer import numbers

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_CODES = re.compile(rb"<([0-9a-f]*)>|(-?[\d.]+)")
_BLACK = Colour()
_LARGER = 1000  # times, a pattern's cell of the unit square
_FILLS = {b"f", b"f*", b"B", b"B*", b"b", b"b*"}
_STROKES = {b"S", b"s"}
_SHOWS = {b"TJ", b"Tj"}

# A picture that the drawing shows: its resource name and its size on paper (pt) → the frozen picture.
PictureOf = Callable[[str, float, float], Frozen]


class NotForPress(ValueError):
    """The drawing holds what cannot be printed; the message names it."""


class DoesNotFit(ValueError):
    """Text runs out of the box; the message is that text."""


@dataclass(slots=True)
class _State:
    """The part of the graphics state that colours and overprint depend on."""

    fill: Paint | None = _BLACK
    stroke: Paint | None = _BLACK
    fill_space: str = ""
    stroke_space: str = ""
    matrix: Matrix = _UNIT
    width: float = 1.0
    opaque: bool = True
    over: bytes = b"Knock"

    def copy(self) -> _State:
        return _State(
            self.fill, self.stroke, self.fill_space, self.stroke_space, self.matrix, self.width, self.opaque, self.over
        )


@dataclass(slots=True)
class _Used:
    """Resources that a content stream uses: kind → their name in the drawing → their name in the piece."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    spaces: dict[bytes, str] = field(default_factory=dict)
    toggles: set[bytes] = field(default_factory=set)

    def name(self, kind: str, old: str) -> bytes:
        known = self.names.setdefault(kind, {})
        return known.setdefault(old, f"{kind[0]}{len(known)}").encode()

    def space(self, body: bytes) -> bytes:
        return self.spaces.setdefault(body, f"C{len(self.spaces)}").encode()


def freeze(
    fonts: Mapping[Any, Any],
    pdf: Any,
    inks: Inks,
    stand_ins: StandIns,
    face_of: Callable[[Any], str],
    picture_of: PictureOf,
    width: float,
    height: float,
    *,
    cropped: bool = False,
) -> Frozen:
    """The only page of `pdf` (a pydyf.PDF as a finisher of WeasyPrint gets it), which shows `fonts`.

    `width` and `height` (pt) are the piece's, at the top of a page that is taller, so that nothing falls off it.
    `face_of` names the face of a font of the drawing; of a `cropped` drawing text may be cut. Raises NotForPress for
    what the press cannot have, and DoesNotFit where the drawing takes a second page or text stands outside the first.
    """
    if pdf.pages["Count"] != 1:
        raise DoesNotFit("")
    return _Freezer(fonts, pdf, inks, stand_ins, face_of, picture_of, (width, height), cropped).page()


class _Freezer:
    def __init__(
        self,
        fonts: Mapping[Any, Any],
        pdf: Any,
        inks: Inks,
        stand_ins: StandIns,
        face_of: Callable[[Any], str],
        picture_of: PictureOf,
        size: tuple[float, float],
        cropped: bool,
    ) -> None:
        self._cropped = cropped
        self._pdf = pdf
        self._inks = inks
        self._stand_ins = stand_ins
        self._picture_of = picture_of
        self._faces: dict[str, str] = {}
        self._shown: dict[str, dict[int, tuple[int, str]]] = {}  # font → glyph → advance, text
        for font in fonts.values():
            self._faces[font.hash] = face_of(font)
            shown = self._shown.setdefault(font.hash, {})
            for glyph, text in font.to_unicode.items():
                shown.setdefault(glyph, (round(font.widths[glyph]), text))
        self._size = size
        self._foot = 0.0
        self._objects: list[tuple[bytes, bytes | None]] = []
        self._places: dict[tuple[int, str], int] = {}
        self._inks_used: dict[str, Colour] = {}

    def page(self) -> Frozen:
        page = self._object(self._pdf.pages["Kids"][0])
        width, height = self._size
        self._foot = float(page["MediaBox"][3]) - height
        content = self._object(page["Contents"])
        box, matrix = [0, self._foot, width, self._foot + height], [1, 0, 0, 1, 0, -self._foot]
        extra = {"Subtype": "/Form", "BBox": box, "Matrix": matrix}
        self._form(content, extra, self._object(page["Resources"]), _State())
        glyphs = tuple(
            Glyph(self._faces[font], glyph, advance, text)
            for font, shown in self._shown.items()
            for glyph, (advance, text) in sorted(shown.items())
        )
        return Frozen(tuple(self._objects), width, height, glyphs, tuple(self._inks_used.values()))

    def _object(self, reference: Any) -> Any:
        """The object that `12 0 R` means; anything else is itself."""
        if isinstance(reference, bytes) and reference.endswith(b" R"):
            return self._pdf.objects[int(reference.split()[0])]
        if isinstance(reference, int):
            return self._pdf.objects[reference]
        return reference

    def _add(self, head: bytes, data: bytes | None = None) -> int:
        self._objects.append((head, data))
        return len(self._objects) - 1

    def _form(self, stream: Any, extra: Mapping[str, Any], resources: Mapping[str, Any], state: _State) -> int:
        """A content stream with its own resources: the piece itself, a group, or a pattern's cell."""
        used = _Used()
        cell = extra.get("Subtype") != "/Form"
        content = self._content(stream.stream, resources, used, state, cell)
        head = [b"/Type/Pattern" if cell else b"/Type/XObject"]
        for key, value in extra.items():
            if key in ("Type", "Resources", "Length"):
                continue
            if key == "Group":
                space = b"/DeviceRGB" if self._inks.screen else b"/DeviceCMYK"  # GWG R0030
                value = b"<</Type/Group/S/Transparency/I true/CS%s>>" % space
            head.append(b"/" + key.encode() + b" " + _body(value))
        head.append(b"/Resources<<" + self._resources(resources, used, state) + b">>")
        return self._add(b"".join(head) + b"/Filter/FlateDecode", zlib.compress(content, 6))

    def _resources(self, resources: Mapping[str, Any], used: _Used, state: _State) -> bytes:
        parts: list[bytes] = []
        for kind, names in used.names.items():
            entries = []
            for old, new in names.items():
                if kind == "Font":
                    body = b"\0@%s\0" % self._faces[old].encode()
                else:
                    place = self._places[id(resources[kind]), old] if kind == "XObject" else None
                    body = b"\0%d\0" % (self._resource(kind, resources[kind][old], state) if place is None else place)
                entries.append(b"/%s %s" % (new.encode(), body))
            parts.append(b"/%s<<%s>>" % (kind.encode(), b"".join(entries)))
        if used.spaces:
            spaces = [b"/%s \0%d\0" % (label.encode(), self._add(body)) for body, label in used.spaces.items()]
            parts.append(b"/ColorSpace<<%s>>" % b"".join(spaces))
        states = b"".join(b"/%s \0%d\0" % (label, self._add(TOGGLES[label])) for label in sorted(used.toggles))
        if states:
            merged = [part for part in parts if part.startswith(b"/ExtGState<<")]
            parts = [part for part in parts if part not in merged]
            parts.append(b"/ExtGState<<" + (merged[0][12:-2] if merged else b"") + states + b">>")
        return b"".join(parts)

    def _resource(self, kind: str, reference: Any, state: _State) -> int:
        value = self._object(reference)
        if kind == "Shading":
            return self._add(self._shading(value))
        if kind == "Pattern":
            return self._pattern(value, state)
        if kind == "ExtGState":
            return self._add(self._graphics_state(value))
        raise NotForPress(kind)

    def _pattern(self, value: Any, state: _State) -> int:
        """A pattern's cell. One as small as the unit square (SVG's gradients) is drawn larger and shown smaller:
        not every reader takes the trouble to scale it."""
        extra = dict(value.extra)
        if max(map(float, extra["BBox"])) <= 2:
            a, b, c, d, e, f = (float(number) for number in extra["Matrix"])
            extra["Matrix"] = [a / _LARGER, b / _LARGER, c / _LARGER, d / _LARGER, e, f]
            extra["BBox"] = [_LARGER * float(number) for number in extra["BBox"]]
            extra["XStep"], extra["YStep"] = _LARGER * float(extra["XStep"]), _LARGER * float(extra["YStep"])
            value.stream.insert(0, f"{_LARGER} 0 0 {_LARGER} 0 0 cm")
        return self._form(value, extra, self._object(value.extra["Resources"]), _State(matrix=state.matrix))

    def _graphics_state(self, value: Mapping[str, Any]) -> bytes:
        parts = []
        for key, entry in value.items():
            if key == "SMask" and isinstance(entry, Mapping):
                group = self._object(entry["G"])
                form = self._form(group, group.extra, self._object(group.extra["Resources"]), _State())
                entry = b"<</Type/Mask/S%s/G \0%d\0>>" % (_body(entry["S"]), form)
            parts.append(b"/%s %s" % (key.encode(), _body(entry)))
        return b"<<" + b"".join(parts) + b">>"

    def _shading(self, value: Mapping[str, Any]) -> bytes:
        grey = value["ColorSpace"] == "/DeviceGray"
        space = b"/DeviceGray" if grey else b"/DeviceRGB" if self._inks.screen else b"/DeviceCMYK"
        function = value["Function"]
        steps = function.get("Functions", [function])
        ends = [] if grey else [(self._light(*step["C0"]), self._light(*step["C1"])) for step in steps]
        if ends and not self._inks.screen:
            spots = {self._inks.space(colour) for pair in ends for colour in pair} - {b""}
            if len(spots) == 1 and all(colour.spot for pair in ends for colour in pair):
                only = spots.pop()
                self._use_ink(ends[0][0])
                space = b"\0%d\0" % self._add(only)
            elif spots:
                ends = [(_shown(first), _shown(last)) for first, last in ends]
        parts = []
        for index, step in enumerate(steps):
            first, last = (step["C0"], step["C1"]) if grey else map(self._inks.components, ends[index])
            parts.append(
                b"<</FunctionType 2/Domain[0 1]/C0[%s]/C1[%s]/N %s>>"
                % (numbers(*first), numbers(*last), digits(step["N"]))
            )
        body = (
            parts[0]
            if "Functions" not in function
            else (
                b"<</FunctionType 3/Domain %s/Encode %s/Bounds %s/Functions[%s]>>"
                % (*(_body(function[key]) for key in ("Domain", "Encode", "Bounds")), b"".join(parts))
            )
        )
        rest = b"".join(
            b"/%s %s" % (key.encode(), _body(entry))
            for key, entry in value.items()
            if key not in ("ColorSpace", "Function")
        )
        return b"<<%s/ColorSpace %s/Function %s>>" % (rest, space, body)

    # Content.

    def _content(self, items: list[Any], resources: Mapping[str, Any], used: _Used, state: _State, cell: bool) -> bytes:
        """The operators of a stream, each an item of it, with colours replaced and overprint switched.

        `cell`: it is a pattern's, whose place on the page is not known.
        """
        out: list[bytes] = []
        stack: list[_State] = []
        at, font, size = _UNIT, "", 1.0
        path: list[tuple[float, float]] = []  # area and edge of each part of the path, in user space
        rectangles: list[tuple[float, ...]] = []
        points: list[tuple[float, float]] = []
        for raw in items:
            item = _body(raw)
            *operands, operator = item.split() if not item.endswith(b"TJ") else (item[:-3], b"TJ")
            if operator == b"q":
                stack.append(state.copy())
            elif operator == b"Q":
                state = stack.pop()
            elif operator == b"cm":
                state.matrix = _times(_matrix(operands), state.matrix)
            elif operator == b"w":
                state.width = float(operands[0])
            elif operator in (b"rg", b"RG", b"g", b"G", b"k", b"K"):
                item = self._set(operator, [float(value) for value in operands], used, state)
            elif operator in (b"cs", b"CS"):
                space = operands[0][1:].decode()
                if operator == b"cs":
                    state.fill_space = space
                else:
                    state.stroke_space = space
                if space != "Pattern":
                    continue
            elif operator in (b"scn", b"SCN"):
                item = self._special(operator == b"SCN", operands, used, state)
            elif operator == b"gs":
                old = operands[0][1:].decode()
                entry = resources["ExtGState"][old]
                state.opaque = _opaque(entry, state.opaque)
                item = b"/%s gs" % used.name("ExtGState", old)
            elif operator == b"sh":
                self._switch(b"Knock", out, used, state)
                item = b"/%s sh" % used.name("Shading", operands[0][1:].decode())
            elif operator == b"Do":
                self._switch(b"Knock", out, used, state)
                item = self._do(operands[0][1:].decode(), resources, used, state)
            elif operator == b"Tm":
                at = _times(_matrix(operands), state.matrix)
            elif operator == b"Tf":
                font, size = operands[0][1:].decode(), float(operands[1])
                item = b"/%s %s Tf" % (used.name("Font", operands[0][1:].decode()), operands[1])
            elif operator in _SHOWS:
                black = state.fill is not None and is_black(state.fill) and state.opaque
                self._switch(b"Over" if black else b"Knock", out, used, state)
                if not (cell or self._cropped):
                    self._check_room(item, at, font, size)
            elif operator == b"re":
                x, y, width, height = (float(value) for value in operands)
                path.append((abs(width * height), 2 * (abs(width) + abs(height))))
                rectangles.append((x, y, x + width, y + height))
            elif operator in (b"m", b"l"):
                if operator == b"m":
                    path.append(_measure(points))
                    points = []
                points.append((float(operands[0]), float(operands[1])))
            elif operator in (b"c", b"v", b"y"):
                points.append((float(operands[-2]), float(operands[-1])))
            elif operator in _FILLS or operator in _STROKES or operator == b"n":
                path.append(_measure(points))
                if operator in _STROKES or operator in _FILLS:
                    self._switch(self._thin(operator, path, rectangles, state), out, used, state)
                path, rectangles, points = [], [], []
            out.append(item)
        return b"\n".join(out)

    def _check_room(self, item: bytes, at: Matrix, font: str, size: float) -> None:
        """Text may stand half an em out of the page's box, as the white of a mark does, but no more."""
        shown = self._shown[font]
        glyphs: list[int] = []
        advance = 0.0
        for codes, shift in _CODES.findall(item):
            if shift:
                advance -= float(shift)
            for code in range(0, len(codes), 4):
                glyphs.append(int(codes[code : code + 4], 16))
                advance += shown.get(glyphs[-1], (0, ""))[0]
        width, height = self._size
        room = size * _scale(at) / 2
        for along in (0.0, advance * size / 1000):
            x, y = at[0] * along + at[4], at[1] * along + at[5]
            if not (-room <= x <= width + room and -room <= y - self._foot <= height + room):
                raise DoesNotFit("".join(shown[glyph][1] for glyph in glyphs if glyph in shown))

    def _thin(
        self, operator: bytes, path: list[tuple[float, float]], rectangles: list[tuple[float, ...]], state: _State
    ) -> bytes:
        """How a path is to be painted: a black line under 2 pt overprints, be it stroked or filled (GWG R0010)."""
        strokes = operator not in (b"f", b"f*")
        colour = state.stroke if strokes else state.fill
        if colour is None or not is_black(colour) or not state.opaque:
            return b"Knock"
        scale = _scale(state.matrix)
        if strokes:
            if state.width * scale >= self._inks.thin:
                return b"Knock"
            return b"Over" if operator in _STROKES else b"Line"
        if operator == b"f*" and len(rectangles) == 2:  # a border: what lies between two rectangles
            sides = max(abs(one - other) for one, other in zip(*rectangles, strict=True))
            return b"Over" if sides * scale < self._inks.thin else b"Knock"
        areas = sorted((area for area, _ in path), reverse=True)
        edge = sum(edge for _, edge in path)
        area = areas[0] - sum(areas[1:]) if operator == b"f*" and areas else sum(areas)
        return b"Over" if edge > 0 and 2 * abs(area) / edge * scale < self._inks.thin else b"Knock"

    def _switch(self, over: bytes, out: list[bytes], used: _Used, state: _State) -> None:
        if over != state.over and not self._inks.screen:
            out.append(b"/%s gs" % over)
            state.over = over
            used.toggles.add(over)

    def _set(self, operator: bytes, values: list[float], used: _Used, state: _State) -> bytes:
        stroke = operator.isupper()
        if operator in (b"k", b"K"):
            colour: Paint = _cmyk(values)
        else:
            colour = self._light(*(values * 3 if len(values) == 1 else values))
        if stroke:
            state.stroke, state.stroke_space = colour, ""
        else:
            state.fill, state.fill_space = colour, ""
        return self._say(colour, stroke, used)

    def _say(self, colour: Paint, stroke: bool, used: _Used) -> bytes:
        said = self._inks.operator(colour, stroke=stroke)
        if space := self._inks.space(colour):
            self._use_ink(colour)
            said = b"/%s %s %s" % (used.space(space), b"CS" if stroke else b"cs", said)
        return said

    def _use_ink(self, colour: Paint) -> None:
        if isinstance(colour, Colour):
            self._inks_used.setdefault(colour.spot, replace(colour, tint=1.0))

    def _special(self, stroke: bool, operands: list[bytes], used: _Used, state: _State) -> bytes:
        space = state.stroke_space if stroke else state.fill_space
        if operands[-1].startswith(b"/"):
            if stroke:
                state.stroke = None
            else:
                state.fill = None
            label = used.name("Pattern", operands[-1][1:].decode())
            return b"/%s %s" % (label, b"SCN" if stroke else b"scn")
        values = [float(value) for value in operands]
        if space == "DeviceCMYK":
            colour = _cmyk(values)
        elif space.startswith("lab-"):
            colour = self._inks.from_lab(*values)
        else:
            raise NotForPress(f"@color-profile {space}")
        if stroke:
            state.stroke = colour
        else:
            state.fill = colour
        return self._say(colour, stroke, used)

    def _light(self, red: float, green: float, blue: float) -> Paint:
        try:
            known = self._stand_ins.colour(red, green, blue)
        except ValueError as error:
            raise NotForPress("a colour that is mixed from others") from error
        return known or self._inks.from_light(red, green, blue)

    def _do(self, old: str, resources: Mapping[str, Any], used: _Used, state: _State) -> bytes:
        kind = resources["XObject"]
        value = self._object(kind[old])
        if (id(kind), old) not in self._places:
            if value.extra["Subtype"] == "/Image":
                a, b, c, d, _, _ = state.matrix
                picture = self._picture_of(old, (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5)
                place = self._adopt(picture)
            else:
                inner = _State(matrix=state.matrix)
                place = self._form(value, value.extra, self._object(value.extra["Resources"]), inner)
            self._places[id(kind), old] = place
        return b"/%s Do" % used.name("XObject", old)

    def _adopt(self, picture: Frozen) -> int:
        start = len(self._objects)
        for head, data in picture.objects:
            parts = head.split(b"\0")
            parts[1::2] = [b"\0%d\0" % (start + int(hole)) for hole in parts[1::2]]
            self._add(b"".join(parts), data)
        return len(self._objects) - 1


def _shown(colour: Paint) -> Paint:
    """A spot colour as the inks it is shown with elsewhere."""
    if isinstance(colour, Light):
        return colour
    return Colour(*process(colour))


def _cmyk(values: list[float]) -> Colour:
    c, m, y, k = values
    return Colour(c, m, y, k)


def _opaque(entry: Mapping[str, Any], before: bool) -> bool:
    if "SMask" in entry or entry.get("BM", "/Normal") != "/Normal":
        return False
    values = [float(entry[key]) for key in ("ca", "CA") if key in entry]
    return min(values) >= 1 if values else before


def _body(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, (list, tuple)):
        return b"[" + b" ".join(map(_body, value)) + b"]"
    if isinstance(value, (int, float)):
        return digits(value)
    if isinstance(value, Mapping):
        return b"<<" + b"".join(b"/%s %s" % (key.encode(), _body(entry)) for key, entry in value.items()) + b">>"
    data: bytes = value.data
    return data


def _matrix(operands: list[bytes]) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _scale(matrix: Matrix) -> float:
    a, b, c, d, _, _ = matrix
    return float(abs(a * d - b * c) ** 0.5)


def _measure(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Area and edge of a polygon."""
    if len(points) < 3:
        return 0.0, 0.0
    area = edge = 0.0
    for (x, y), (to_x, to_y) in zip(points, [*points[1:], points[0]], strict=True):
        area += x * to_y - to_x * y
        edge += ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
    return abs(area) / 2, edge
