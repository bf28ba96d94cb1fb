"""A content stream of a drawing, read operator by operator: colours become inks, black text and lines overprint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from ...composition import Colour
from ..inks import Inks, Paint, is_black
from ..writer import number
from .graphics import (
    IDENTITY_MATRIX,
    ColourState,
    MeasuredPath,
    TransformMatrix,
    matrix_from_operands,
    multiply,
    scale_of,
)

_FILLS = {b"f", b"f*"}
_STROKES = {b"S", b"s"}
_BOTH = {b"B", b"B*", b"b", b"b*"}


class NotPrintable(ValueError):
    """The drawing holds what cannot be printed; the message names it."""


class ContentOwner(Protocol):
    """What a content stream asks of the drawing it belongs to."""

    @property
    def inks(self) -> Inks: ...
    def paint(self, red: float, green: float, blue: float) -> Paint:
        """What an RGB colour is printed with."""

    def use_ink(self, colour: Paint) -> None:
        """Tells of a spot colour."""

    def show(self, text: bytes, matrix: TransformMatrix, font: str, size: float) -> None:
        """Tells of text that is shown."""

    def import_xobject(self, objects: Mapping[str, Any], name: str, state: ColourState) -> None:
        """Freezes an XObject that is shown under this state."""


class UsedResources(Struct):
    """Resources that a content stream uses: kind → their name in the drawing → their name in the piece."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    spaces: dict[bytes, str] = field(default_factory=dict)
    toggles: set[bytes] = field(default_factory=set)

    def name(self, kind: str, old: str) -> bytes:
        cached = self.names.setdefault(kind, {})
        return cached.setdefault(old, f"{kind[0]}{len(cached)}").encode()

    def space(self, body: bytes) -> bytes:
        return self.spaces.setdefault(body, f"C{len(self.spaces)}").encode()


class ContentRewriter:
    """One content stream of a drawing; `placed` is False for a pattern's cell, whose place on the page is not known."""

    def __init__(
        self, drawing: ContentOwner, resources: Mapping[str, Any], state: ColourState, *, placed: bool
    ) -> None:
        self.used = UsedResources()
        self._drawing = drawing
        self._inks = drawing.inks
        self._resources = resources
        self._state = state
        self._placed = placed
        self._stack: list[ColourState] = []
        self._out: list[bytes] = []
        self._path = MeasuredPath()
        self._text: tuple[TransformMatrix, str, float] = IDENTITY_MATRIX, "", 1.0  # matrix, font, size

    def read(self, items: list[Any]) -> bytes:
        """The stream's new content. `items` are its operators, one an item, as WeasyPrint writes them."""
        for raw in items:
            item = body(raw)
            *operands, operator = (item[:-3], b"TJ") if item.endswith(b"TJ") else item.split()
            if (changed := self._operator(operator, operands, item)) is not None:
                self._out.append(changed)
        return b"\n".join(self._out)

    def _operator(self, operator: bytes, operands: list[bytes], item: bytes) -> bytes | None:
        """What an operator becomes, None where nothing is left of it."""
        state = self._state
        match operator:
            case b"q":
                self._stack.append(replace(state))
            case b"Q":
                self._state = self._stack.pop()
            case b"cm":
                state.matrix = multiply(matrix_from_operands(operands), state.matrix)
            case b"w":
                state.width = float(operands[0])
            case b"rg" | b"RG" | b"g" | b"G":
                values = [float(value) for value in operands]
                colour = self._drawing.paint(*(values * 3 if len(values) == 1 else values))
                return self._set(colour, stroke=operator.isupper())
            case b"k" | b"K":
                return self._set(_cmyk(operands), stroke=operator.isupper())
            case b"cs" | b"CS":
                return self._space(_name(operands), item, stroke=operator.isupper())
            case b"scn" | b"SCN":
                return self._special(operands, stroke=operator.isupper())
            case b"gs":
                entry = self._resources["ExtGState"][_name(operands)]
                state.opaque = _is_opaque(entry, state.opaque)
                return b"/%s gs" % self.used.name("ExtGState", _name(operands))
            case b"sh":
                self._switch(b"Knock")
                return b"/%s sh" % self.used.name("Shading", _name(operands))
            case b"Do":
                self._switch(b"Knock")
                self._drawing.import_xobject(self._resources["XObject"], _name(operands), state)
                return b"/%s Do" % self.used.name("XObject", _name(operands))
            case _:
                return self._text_or_path(operator, operands, item)
        return item

    def _text_or_path(self, operator: bytes, operands: list[bytes], item: bytes) -> bytes:
        state, path = self._state, self._path
        match operator:
            case b"Tm":
                self._text = (multiply(matrix_from_operands(operands), state.matrix), *self._text[1:])
            case b"Tf":
                self._text = self._text[0], _name(operands), float(operands[1])
                return b"/%s %s Tf" % (self.used.name("Font", _name(operands)), operands[1])
            case b"TJ" | b"Tj":
                black = state.fill is not None and is_black(state.fill) and state.opaque
                self._switch(b"Over" if black else b"Knock")
                if self._placed:
                    self._drawing.show(item, *self._text)
            case b"re":
                path.rectangle(*(float(value) for value in operands))
            case b"m":
                path.move(float(operands[0]), float(operands[1]))
            case b"l" | b"c" | b"v" | b"y":
                path.line(float(operands[-2]), float(operands[-1]))
            case b"n":
                self._path = MeasuredPath()
            case _ if operator in _FILLS | _STROKES | _BOTH:
                self._switch(self._overprint(operator))
                self._path = MeasuredPath()
        return item

    def _overprint(self, operator: bytes) -> bytes:
        """How a path is to be painted: a thin black line overprints, be it stroked or filled (GWG R0010)."""
        state = self._state
        colour = state.fill if operator in _FILLS else state.stroke
        if colour is None or not is_black(colour) or not state.opaque:
            return b"Knock"
        thickness = self._path.thickness(even_odd=operator == b"f*") if operator in _FILLS else state.width
        if thickness * scale_of(state.matrix) >= self._inks.thin:
            return b"Knock"
        return b"Line" if operator in _BOTH else b"Over"

    def _switch(self, over: bytes) -> None:
        if over != self._state.over and not self._inks.screen:
            self._out.append(b"/%s gs" % over)
            self._state.over = over
            self.used.toggles.add(over)

    def _set(self, colour: Paint, *, stroke: bool) -> bytes:
        if stroke:
            self._state.stroke = colour
        else:
            self._state.fill = colour
        message = self._inks.operator(colour, stroke=stroke)
        if space := self._inks.space(colour):
            self._drawing.use_ink(colour)
            message = b"/%s %s %s" % (self.used.space(space), b"CS" if stroke else b"cs", message)
        return message

    def _space(self, name: str, item: bytes, *, stroke: bool) -> bytes | None:
        if stroke:
            self._state.stroke_space = name
        else:
            self._state.fill_space = name
        return item if name == "Pattern" else None  # every other space is said with its colour

    def _special(self, operands: list[bytes], *, stroke: bool) -> bytes:
        state = self._state
        if operands[-1].startswith(b"/"):
            if stroke:
                state.stroke = None
            else:
                state.fill = None
            label = self.used.name("Pattern", _name(operands[-1:]))
            return b"/%s %s" % (label, b"SCN" if stroke else b"scn")
        space = state.stroke_space if stroke else state.fill_space
        if space == "DeviceCMYK":
            return self._set(_cmyk(operands), stroke=stroke)
        if space.startswith("lab-"):
            return self._set(self._inks.from_lab(*(float(value) for value in operands)), stroke=stroke)
        raise NotPrintable(f"@color-profile {space}")


def body(value: Any) -> bytes:
    """A value of pydyf's as it stands in a file."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, (list, tuple)):
        return b"[" + b" ".join(map(body, value)) + b"]"
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, Mapping):
        return b"<<" + b"".join(b"/%s %s" % (key.encode(), body(entry)) for key, entry in value.items()) + b">>"
    data: bytes = value.data
    return data


def _name(operands: list[bytes]) -> str:
    return operands[0][1:].decode()


def _cmyk(operands: list[bytes]) -> Colour:
    c, m, y, k = (float(value) for value in operands)
    return Colour(c, m, y, k)


def _is_opaque(entry: Mapping[str, Any], before: bool) -> bool:
    if "SMask" in entry or entry.get("BM", "/Normal") != "/Normal":
        return False
    values = [float(entry[key]) for key in ("ca", "CA") if key in entry]
    return min(values) >= 1 if values else before
