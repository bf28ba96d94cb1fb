"""The resources of a document's pages: fonts, colour spaces, graphics states and forms, each read once."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pikepdf

from ..runtime.limits import PDF_INFLATED_BYTES, PDF_OPERATORS, STREAM_INFLATED_BYTES, LimitError, over
from .colour import CMYK, GRAY, RGB, UNKNOWN, ColourSpace, ColourSpaces, PaintedColour, name_of
from .fonts import FontMetrics
from .matrices import IDENTITY, Matrix
from .objects import FAULTS, dictionary, inflated, integer, item, number_array, real
from .painted import Overprint, TextAppearance
from .statements import Statement, name_token, statements

_CACHED = 128  # resource dictionaries
_CACHED_FORMS = 32  # forms whose statements are cached
_CACHED_LENGTH = 500_000  # bytes of such a form
_CACHED_COLOURS = 50_000
_CACHED_APPEARANCES = 5_000
_KEPT_FONTS = 2_000
_MOST_REMEMBERED = 64 << 20  # bytes of strings whose advances all fonts together cache


@contextmanager
def unlogged() -> Iterator[None]:
    """What pikepdf would log of a damaged file, tracebacks too, is a finding and no message."""
    logger = logging.getLogger("pikepdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


class ExtGState(NamedTuple):
    """An ExtGState: the attributes it sets, the oddities in it, and the blending space of its soft mask."""

    values: tuple[tuple[str, Any], ...] = ()
    oddities: tuple[str, ...] = ()
    mask_space: ColourSpace | None = None


class DocumentResources:
    """What the pages of one document share."""

    def __init__(self) -> None:
        self.spaces = ColourSpaces()
        self._colours: dict[tuple[Any, ...], PaintedColour] = {}
        self._appearances: dict[tuple[Any, ...], TextAppearance] = {}
        self._fonts: dict[tuple[int, int], FontMetrics | None] = {}
        self.states: dict[tuple[int, int], ExtGState] = {}
        self._resources: dict[tuple[int, int], PageResources] = {}
        self._forms: dict[tuple[int, int], list[Statement]] = {}
        self.operators = PDF_OPERATORS.most  # that are left to be run
        self.inflated = PDF_INFLATED_BYTES.most  # bytes that are left to be inflated

    def read(self, stream: Any) -> bytes:
        """The bytes of a content stream. Raises as `inflated` does, and LimitError where all are too many."""
        if self.inflated <= 0:
            raise LimitError([over(PDF_INFLATED_BYTES)])
        data = inflated(stream)
        self.inflated -= len(data)
        return data

    def end_page(self) -> None:
        """Clears the fonts' cached advances where there are many."""
        if sum(font.remembered for font in self._fonts.values() if font) > _MOST_REMEMBERED:
            for font in self._fonts.values():
                if font:
                    font.clear_cache()

    def colour(self, space: ColourSpace, operands: list[bytes]) -> PaintedColour:
        """One object for one colour, so that appearances can be compared by identity."""
        key = (id(space), *operands)
        cached = self._colours.get(key)
        if cached is None:
            if len(self._colours) >= _CACHED_COLOURS:
                self._colours.clear()
            cached = self._colours[key] = PaintedColour(space, tuple([float(o) for o in operands]))
        return cached

    def appearance(
        self, size: float, font: FontMetrics, colour: PaintedColour, on: bool, mode: int, is_plain: bool
    ) -> TextAppearance:
        """One object for one appearance, which holds its font and colour so that their identities stay in use."""
        key = (size, id(font), id(colour), on, mode, is_plain)
        cached = self._appearances.get(key)
        if cached is None:
            if len(self._appearances) >= _CACHED_APPEARANCES:
                self._appearances.clear()
            cached = self._appearances[key] = TextAppearance(size, font, colour, Overprint(on, mode), is_plain)
        return cached

    def font(self, value: Any) -> FontMetrics | None:
        if not isinstance(value, pikepdf.Dictionary):
            return None
        key = value.objgen
        if key == (0, 0) or key not in self._fonts:
            try:
                font = FontMetrics(value)
            except FAULTS:
                font = None
            if key == (0, 0):
                return font
            if len(self._fonts) >= _KEPT_FONTS:
                self._fonts.clear()
            self._fonts[key] = font
        return self._fonts[key]

    def resources(self, value: Any) -> PageResources:
        key = value.objgen if isinstance(value, pikepdf.Object) else (0, 0)
        if key == (0, 0):
            return PageResources(self, value)
        if key not in self._resources:
            if len(self._resources) >= _CACHED:
                self._resources.clear()
            self._resources[key] = PageResources(self, value)
        return self._resources[key]

    def form_statements(self, form: Any) -> Iterable[Statement]:
        """The statements of a form's or a pattern's content; cached if it is short."""
        key = form.objgen
        cached = self._forms.get(key)
        if cached is not None:
            return cached
        data = self.read(form)
        found = statements(data)
        if isinstance(found, list) and len(data) <= _CACHED_LENGTH and key != (0, 0):
            if len(self._forms) >= _CACHED_FORMS:
                self._forms.clear()
            self._forms[key] = found
        return found


class PageResources:
    """A resource dictionary, each name read once."""

    __slots__ = ("_dictionary", "_fonts", "_kinds", "_spaces", "_states", "document")

    def __init__(self, document: DocumentResources, dictionary: Any) -> None:
        self.document = document
        self._dictionary = dictionary if isinstance(dictionary, pikepdf.Dictionary) else None
        self._kinds: dict[str, Any] = {}
        self._spaces: dict[bytes, ColourSpace] = {}
        self._fonts: dict[bytes, FontMetrics | None] = {}
        self._states: dict[bytes, ExtGState] = {}

    def _kind(self, kind: str) -> Any:
        """All of a kind by name, as `/Font` or `/ColorSpace`; read on first use."""
        if kind not in self._kinds:
            found = None if self._dictionary is None else self._dictionary.get(kind)
            self._kinds[kind] = found if isinstance(found, pikepdf.Dictionary) else {}
        return self._kinds[kind]

    def entry(self, kind: str, token: bytes) -> Any:
        return self._kind(kind).get(name_token(token))

    def space(self, token: bytes) -> ColourSpace:
        cached = self._spaces.get(token)
        if cached is None:
            try:
                name = pikepdf.Name(name_token(token))
                cached = self.document.spaces.read(name, self._kind("/ColorSpace"))
            except FAULTS:
                cached = UNKNOWN
            self._spaces[token] = cached
        return cached

    def read_space(self, value: Any) -> ColourSpace:
        return self.document.spaces.read(value, self._kind("/ColorSpace"))

    def font(self, token: bytes) -> FontMetrics | None:
        if token not in self._fonts:
            self._fonts[token] = self.document.font(self.entry("/Font", token))
        return self._fonts[token]

    def state(self, token: bytes) -> ExtGState:
        cached = self._states.get(token)
        if cached is None:
            try:
                entry = self.entry("/ExtGState", token)
                key = entry.objgen if isinstance(entry, pikepdf.Object) else (0, 0)
                cached = self.document.states.get(key)
                if cached is None:
                    cached = self._read_state(entry)
                    if key != (0, 0):
                        self.document.states[key] = cached
            except FAULTS:
                cached = ExtGState()
            self._states[token] = cached
        return cached

    def _read_state(self, entry: Any) -> ExtGState:
        if not isinstance(entry, pikepdf.Dictionary):
            return ExtGState()
        values: dict[str, Any] = {}
        oddities = []
        mask_space = None
        if "/LW" in entry:
            values["line"] = real(entry.LW)
        if "/OP" in entry:  # sets both unless there is `op` (ISO 32000-1 table 58)
            values["OP"] = values["op"] = bool(entry.OP)
        if "/op" in entry:
            values["op"] = bool(entry["/op"])
        if "/OPM" in entry:
            values["opm"] = integer(entry.OPM)
        for key in ("ca", "CA"):
            if "/" + key in entry:
                values[key] = real(entry["/" + key])
        if "/BM" in entry:
            mode = entry.BM
            first = item(mode, 0) if isinstance(mode, pikepdf.Array) else mode
            values["blend"] = name_of(first) not in ("Normal", "Compatible")
        if "/SMask" in entry:
            mask = entry.SMask
            values["mask"] = isinstance(mask, pikepdf.Dictionary)
            if isinstance(mask, pikepdf.Dictionary):
                group = dictionary(mask.get("/G")).get("/Group")
                if isinstance(group, pikepdf.Dictionary) and "/CS" in group:
                    mask_space = self.read_space(group.CS)
        if "/Font" in entry:
            values["font"] = self.document.font(item(entry.Font, 0))
            values["size"] = real(item(entry.Font, 1))
        if values.get("ca", 1) < 1 or values.get("CA", 1) < 1 or values.get("blend") or values.get("mask"):
            oddities.append("transparency")
        if _has_transfer(entry):
            oddities.append("transfer")
        return ExtGState(tuple(values.items()), tuple(oddities), mask_space)


def _has_transfer(state: Any) -> bool:
    for key in ("/TR", "/TR2"):
        if key in state and not (
            isinstance(state[key], pikepdf.Name) and name_of(state[key]) in ("Default", "Identity")
        ):
            return True
    halftone = state.get("/HT")
    return isinstance(halftone, pikepdf.Dictionary | pikepdf.Stream) and "/TransferFunction" in halftone


def matrix_entry(value: Any) -> Matrix:
    """A `Matrix` entry, or the identity."""
    if value is None:
        return IDENTITY
    a, b, c, d, e, f = number_array(value, 6)
    return (a, b, c, d, e, f)


def space_in_data(image: Any) -> ColourSpace:
    """The colour space of a JPEG 2000 picture without `/ColorSpace`, by the `colr` box of its data."""
    if "JPXDecode" not in str(image.get("/Filter", "")):
        return UNKNOWN
    data = image.read_raw_bytes()
    at = data.find(b"colr")
    if at < 0 or data[at + 4 : at + 5] != b"\1":
        return UNKNOWN
    return {12: CMYK, 16: RGB, 17: GRAY, 18: RGB}.get(int.from_bytes(data[at + 7 : at + 11], "big"), UNKNOWN)


def content_of(page: Any, document: DocumentResources | None = None) -> tuple[bytes, bool]:
    """A page's content streams joined, and whether every one could be read.

    Raises:
        LimitError: it is longer than a stream may be.
    """
    read = document.read if document else inflated
    contents = page.get("/Contents")
    if contents is None:
        return b"", True
    parts, whole, length = [], True, 0
    for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
        try:
            parts.append(read(stream))
        except FAULTS:
            whole = False
            continue
        length += len(parts[-1])
        if length > STREAM_INFLATED_BYTES.most:
            raise LimitError([over(STREAM_INFLATED_BYTES, found=length)])
    return b"\n".join(parts), whole


def inherited(page: Any, key: str) -> Any:
    """A page's entry that its parents in the page tree may hold for it."""
    node = page
    for _ in range(64):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None
