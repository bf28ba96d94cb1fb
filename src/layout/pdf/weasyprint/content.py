"""A content stream of a drawing, rewritten: its colours become inks, its black text and thin black lines overprint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from msgspec import Struct, field

from ...composition import Colour
from ...pdfcontent.graphics_state import GraphicsState, StateOperators
from ...pdfcontent.matrices import IDENTITY, Matrix, concatenated, matrix_from_operands, scale_of
from ...pdfcontent.statements import Operation, operations
from ..inks import Inks, Paint, is_black
from ..writer import number
from .measured_path import MeasuredPath

_FILLS = {b"f", b"f*"}
_STROKES = {b"S", b"s"}
_BOTH = {b"B", b"B*", b"b", b"b*"}
# Overprint of fills and of strokes → the graphics state of `TOGGLES` that sets both.
_TOGGLE = {(False, False): b"Knock", (False, True): b"Line", (True, True): b"Over"}

DrawingState = GraphicsState[Paint | None, str, str]  # a colour that is a pattern is None


def drawing_state(ctm: Matrix = IDENTITY) -> DrawingState:
    """The state in which a content stream of a drawing begins: black."""
    return GraphicsState(Colour(), Colour(), "", "", ctm)


class NotPrintable(ValueError):
    """The drawing holds what cannot be printed; the message names it."""


class ContentOwner(Protocol):
    """What a content stream needs of the drawing it belongs to."""

    @property
    def inks(self) -> Inks: ...
    def paint(self, red: float, green: float, blue: float) -> Paint:
        """What an RGB colour is printed with."""

    def use_ink(self, colour: Paint) -> None:
        """Notes a spot colour that is painted."""

    def show(self, text: bytes, matrix: Matrix, font: str, size: float) -> None:
        """Checks a string or an array of `TJ` that is shown; `matrix` takes text space to the page, `size` is in pt."""

    def import_xobject(self, objects: Mapping[str, Any], name: str, state: DrawingState) -> None:
        """Imports an XObject that is shown in this state."""


class UsedResources(Struct):
    """Resources that a content stream uses: kind → their name in the drawing → their name in the form."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    spaces: dict[bytes, str] = field(default_factory=dict)
    toggles: set[bytes] = field(default_factory=set)

    def name(self, kind: str, old: str) -> bytes:
        cached = self.names.setdefault(kind, {})
        return cached.setdefault(old, f"{kind[0]}{len(cached)}").encode()

    def space(self, body: bytes) -> bytes:
        return self.spaces.setdefault(body, f"C{len(self.spaces)}").encode()


class ContentRewriter(StateOperators[Paint | None, str, str]):
    """Rewrites one content stream; `placed` is False for a pattern's cell, which has no one place on the page."""

    def __init__(
        self, drawing: ContentOwner, resources: Mapping[str, Any], state: DrawingState, *, placed: bool
    ) -> None:
        super().__init__(state)
        self.used = UsedResources()
        self._drawing = drawing
        self._inks = drawing.inks
        self._resources = resources
        self._placed = placed
        self._out: list[bytes] = []
        self._path = MeasuredPath()
        self._text_matrix = IDENTITY

    def rewrite(self, content: bytes) -> bytes:
        """The stream's new content, an operation a line. Raises NotPrintable, and what `show` of the drawing raises."""
        for operation in operations(content):
            if (changed := self._operation(operation)) is not None:
                self._out.append(changed)
        return b"\n".join(self._out)

    def _operation(self, operation: Operation) -> bytes | None:
        """What an operation becomes, None where nothing is left of it."""
        operator, operands, source = operation
        state = self.state
        match operator:
            case b"q":
                self.save(operands)
            case b"Q":
                self.restore(operands)
            case b"cm":
                self.concat(operands)
            case b"w":
                self.line_width(operands)
            case b"rg" | b"RG" | b"g" | b"G":
                values = [float(value) for value in operands]
                colour = self._drawing.paint(*(values * 3 if len(values) == 1 else values))
                return self._set(colour, stroke=operator.isupper())
            case b"k" | b"K":
                return self._set(_cmyk(operands), stroke=operator.isupper())
            case b"cs" | b"CS":
                return self._space(_name(operands), source, stroke=operator.isupper())
            case b"sc" | b"scn" | b"SC" | b"SCN":
                return self._special(operands, stroke=operator.isupper())
            case b"gs":
                _set_transparency(state, self._resources["ExtGState"][_name(operands)])
                return b"/%s gs" % self.used.name("ExtGState", _name(operands))
            case b"sh":
                self._overprint(fills=False, strokes=False)
                return b"/%s sh" % self.used.name("Shading", _name(operands))
            case b"Do":
                self._overprint(fills=False, strokes=False)
                self._drawing.import_xobject(self._resources["XObject"], _name(operands), state)
                return b"/%s Do" % self.used.name("XObject", _name(operands))
            case _:
                return self._text_or_path(operation)
        return source

    def _text_or_path(self, operation: Operation) -> bytes:
        operator, operands, source = operation
        state, path = self.state, self._path
        match operator:
            case b"Tm":
                self._text_matrix = matrix_from_operands(operands)
            case b"Tf":
                state.font, state.size = _name(operands), float(operands[1])
                return b"/%s %s Tf" % (self.used.name("Font", _name(operands)), operands[1])
            case b"TJ" | b"Tj":
                is_black_text = state.fill is not None and is_black(state.fill) and state.fills_opaquely
                self._overprint(fills=is_black_text, strokes=is_black_text)
                if self._placed:
                    matrix = concatenated(self._text_matrix, state.ctm)
                    self._drawing.show(operands[0], matrix, state.font or "", state.size)
            case b"re":
                path.rectangle(*(float(value) for value in operands))
            case b"m":
                path.move(float(operands[0]), float(operands[1]))
            case b"l" | b"c" | b"v" | b"y":
                path.line(float(operands[-2]), float(operands[-1]))
            case b"n":
                self._path = MeasuredPath()
            case _ if operator in _FILLS | _STROKES | _BOTH:
                is_thin = self._is_thin_and_black(operator)
                self._overprint(fills=is_thin and operator not in _BOTH, strokes=is_thin)
                self._path = MeasuredPath()
        return source

    def _is_thin_and_black(self, operator: bytes) -> bool:
        """Whether a path is to overprint: a thin black line, be it stroked or filled (GWG R0010)."""
        state = self.state
        fills = operator in _FILLS
        colour, is_opaque = (state.fill, state.fills_opaquely) if fills else (state.stroke, state.strokes_opaquely)
        if colour is None or not is_black(colour) or not is_opaque:
            return False
        thickness = self._path.thickness(even_odd=operator == b"f*") if fills else state.line
        return thickness * scale_of(state.ctm) < self._inks.thin

    def _overprint(self, *, fills: bool, strokes: bool) -> None:
        """Sets overprint of fills and of strokes where it is not so yet; a screen has none."""
        state = self.state
        if (fills, strokes) != (state.op, state.OP) and not self._inks.screen:
            toggle = _TOGGLE[fills, strokes]
            self._out.append(b"/%s gs" % toggle)
            state.op, state.OP = fills, strokes
            self.used.toggles.add(toggle)

    def _set(self, colour: Paint, *, stroke: bool) -> bytes:
        if stroke:
            self.state.stroke = colour
        else:
            self.state.fill = colour
        operator = self._inks.operator(colour, stroke=stroke)
        if space := self._inks.space(colour):
            self._drawing.use_ink(colour)
            operator = b"/%s %s %s" % (self.used.space(space), b"CS" if stroke else b"cs", operator)
        return operator

    def _space(self, name: str, source: bytes, *, stroke: bool) -> bytes | None:
        if stroke:
            self.state.stroke_space = name
        else:
            self.state.fill_space = name
        return source if name == "Pattern" else None  # every other space is set with its colour

    def _special(self, operands: list[bytes], *, stroke: bool) -> bytes:
        state = self.state
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


def _set_transparency(state: DrawingState, entry: Mapping[str, Any]) -> None:
    """Sets opacity, blend mode and soft mask from a graphics state dictionary."""
    state.ca = float(entry.get("ca", state.ca))
    state.CA = float(entry.get("CA", state.CA))
    if "BM" in entry:
        state.blend = entry["BM"] not in ("/Normal", "/Compatible")
    if "SMask" in entry:
        state.mask = isinstance(entry["SMask"], Mapping)
