"""The marks of a page: every text, path, picture and shading with its place, size, colour and overprint.

Content streams are interpreted, with forms and tiling patterns inside them, but nothing is rendered. A mark's box is
its visible part; a mark that is clipped away is left out. Text of one appearance on one baseline is one mark.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pikepdf

from ...pdfcontent.colour import UNKNOWN, ColourSpace, PaintedColour, name_of
from ...pdfcontent.graphics_state import TooManyOperatorsError
from ...pdfcontent.interpreter import PatternColour, page_state
from ...pdfcontent.matrices import concatenated
from ...pdfcontent.objects import FAULTS, integer, number_array
from ...pdfcontent.painted import Limited, Oddity, PaintedGroup, PaintedImage, PaintedMark, PaintedShading
from ...pdfcontent.rectangles import EVERYWHERE, Rectangle, intersection, transformed_box
from ...pdfcontent.resources import DocumentResources, PageResources, content_of, inherited, matrix_entry, space_in_data
from ...pdfcontent.statements import name_token, statements, tokens
from ...pdfcontent.text_interpreter import TextInterpreter
from ...runtime.limits import LimitError

_DEEPEST = 16  # forms within forms
_COST_OF_FORM = 20  # a form counts as so many operators, which limits forms inside forms
_MOST_DOTS = 1 << 31  # of a picture's side
_LONGEST_HEAD = 4096  # bytes of an inline picture before its data


def walk_page(page: pikepdf.Dictionary, document: DocumentResources) -> list[PaintedMark]:
    """The marks of a page, in its space, pt; `document` caches resources that pages share. Damage is reported there."""
    walker = _PageWalker(document)
    try:
        data, whole = content_of(page, document)
        if not whole:
            walker.report(Oddity("damaged", EVERYWHERE))
        group = page.get("/Group")
        if isinstance(group, pikepdf.Dictionary) and "/CS" in group:
            walker.report(PaintedGroup(EVERYWHERE, document.spaces.read(group.CS), False))
        walker.run(statements(data), document.resources(inherited(page, "/Resources")))
    except TooManyOperatorsError:
        walker.report(Oddity("too-long", EVERYWHERE))
    except LimitError as error:
        walker.report(Limited(EVERYWHERE, error.problems[0].what))
    except FAULTS:
        walker.report(Oddity("damaged", EVERYWHERE))
    walker.end_text()
    walker.end_page()
    return walker.marks


class _PageWalker(TextInterpreter):
    """Interprets forms and pictures in addition to text and paths."""

    def paint_pattern(self, colour: PatternColour, box: Rectangle) -> None:
        pattern = colour.pattern
        if not isinstance(pattern, pikepdf.Dictionary | pikepdf.Stream):
            return
        if integer(pattern.get("/PatternType", 0)) == 2:
            self._add_shading(pattern.get("/Shading"), colour.resources, box)
            return
        key = pattern.objgen
        if key in self.patterns or self.depth >= _DEEPEST or not isinstance(pattern, pikepdf.Stream):
            return
        self.patterns.add(key)
        matrix = matrix_entry(pattern.get("/Matrix"))
        outer = self.override
        self.override = box if outer is None else outer
        inside = page_state(ctm=concatenated(matrix, self.base))
        if integer(pattern.get("/PaintType", 1)) == 2 and colour.space.base is not None:
            inside.fill = inside.stroke = PaintedColour(colour.space.base, colour.values)
        self._inside(pattern, inside, colour.resources)
        self.override = outer

    def _add_shading(self, shading: Any, resources: PageResources, box: Rectangle) -> None:
        if isinstance(shading, pikepdf.Dictionary | pikepdf.Stream):
            self.report(PaintedShading(box, resources.read_space(shading.get("/ColorSpace"))))

    def shade(self, o: list[bytes]) -> None:
        if self.state.clip[0] <= self.state.clip[2]:
            self._add_shading(self.resources.entry("/Shading", o[0]), self.resources, self.state.clip)

    # ── forms and pictures ──

    def do(self, o: list[bytes]) -> None:
        self.budget -= _COST_OF_FORM
        thing = self.resources.entry("/XObject", o[0])
        if not isinstance(thing, pikepdf.Stream):
            return
        state = self.state
        subtype = name_of(thing.get("/Subtype", pikepdf.Name("/?")))
        if "/OPI" in thing:
            self.report(Oddity("opi", state.clip))
        if subtype == "Image":
            self._image(thing)
        elif subtype == "Form":
            if "/Ref" in thing:
                self.report(Oddity("reference", state.clip))
            if name_of(thing.get("/Subtype2", pikepdf.Name("/?"))) == "PS":
                self.report(Oddity("postscript", state.clip))
            matrix = concatenated(matrix_entry(thing.get("/Matrix")), state.ctm)
            bounds = thing.get("/BBox")
            clip: Rectangle | None = state.clip
            if bounds is not None:
                x0, y0, x1, y1 = number_array(bounds, 4)
                clip = intersection(transformed_box(x0, y0, x1, y1, matrix), state.clip)
            if clip is None:
                return
            group = thing.get("/Group")
            if isinstance(group, pikepdf.Dictionary):
                self.report(Oddity("transparency", clip))
                if "/CS" in group:
                    self.report(PaintedGroup(clip, self.resources.read_space(group.CS), False))
            inside = state.copy()
            inside.ctm, inside.clip = matrix, clip
            self._inside(thing, inside, self.resources)
        elif subtype == "PS":
            self.report(Oddity("postscript", state.clip))

    def _image(self, image: Any) -> None:
        if "/SMask" in image or integer(image.get("/SMaskInData", 0)):
            self.report(Oddity("transparency", self.state.clip))
        self._add_image(
            min(integer(image.get("/Width", 0)), _MOST_DOTS),
            min(integer(image.get("/Height", 0)), _MOST_DOTS),
            integer(image.get("/BitsPerComponent", 8)),
            bool(image.get("/ImageMask", False)),
            self.resources.read_space(image["/ColorSpace"]) if "/ColorSpace" in image else space_in_data(image),
        )

    def inline_picture(self, token: bytes) -> None:
        head = token[: token.find(b"ID")] if b"ID" in token else token
        items = [item for item in tokens(head[2:]) if item not in (b"<<", b">>")]
        entries = {name_token(key): value for key, value in zip(items[::2], items[1::2], strict=False)}

        def entry(short: str, long: str, default: bytes) -> bytes:
            return entries.get(short, entries.get(long, default))

        if len(head) > _LONGEST_HEAD:
            self.report(Oddity("damaged", self.state.clip))
            return
        try:
            space = entry("/CS", "/ColorSpace", b"/G")
            if space[:1] == b"[":  # an indexed space with a short table
                indexed = [t for t in tokens(space[1:-1]) if t[:1] == b"/"]
                read = ColourSpace("Indexed", 1, base=self.resources.space(indexed[1]) if len(indexed) > 1 else UNKNOWN)
            else:
                read = self.resources.space(space)
            self._add_image(
                min(int(entry("/W", "/Width", b"0")), _MOST_DOTS),
                min(int(entry("/H", "/Height", b"0")), _MOST_DOTS),
                int(entry("/BPC", "/BitsPerComponent", b"8")),
                entry("/IM", "/ImageMask", b"false") == b"true",
                read,
            )
        except (ValueError, *FAULTS):  # malformed numbers
            self.report(Oddity("damaged", self.state.clip))

    def _add_image(self, width: int, height: int, bits: int, stencil: bool, space: ColourSpace) -> None:
        state = self.state
        a, b, c, d, _, _ = state.ctm
        box = transformed_box(0, 0, 1, 1, state.ctm)
        seen = intersection(box, state.clip)
        if seen is None:
            return
        across, down = math.hypot(a, b), math.hypot(c, d)
        ppi = min(width * 72 / across if across else math.inf, height * 72 / down if down else math.inf)
        if state.ca < 1 or state.blend or state.mask:
            self.report(Oddity("transparency", seen))
        colour = state.fill if stencil else None
        self.report(
            PaintedImage(seen, ppi, width, height, 1 if stencil else bits, UNKNOWN if stencil else space, colour)
        )
        if stencil and type(state.fill) is PatternColour:
            self.paint_pattern(state.fill, seen)


def _operators() -> dict[bytes, Callable[[_PageWalker, list[bytes]], None]]:
    w = _PageWalker
    return {
        b"q": w.save, b"Q": w.restore, b"cm": w.concat, b"w": w.line_width, b"gs": w.graphics_state,
        b"g": w.fill_gray, b"rg": w.fill_rgb, b"k": w.fill_cmyk, b"cs": w.fill_space,
        b"sc": w.fill_colour, b"scn": w.fill_colour,
        b"G": w.stroke_gray, b"RG": w.stroke_rgb, b"K": w.stroke_cmyk, b"CS": w.stroke_space,
        b"SC": w.stroke_colour, b"SCN": w.stroke_colour,
        b"m": w.move, b"l": w.line, b"c": w.curve, b"v": w.curve, b"y": w.curve, b"re": w.rectangle,
        b"W": w.clip, b"W*": w.clip, b"n": w.end_path, b"S": w.stroke, b"s": w.stroke,
        b"f": w.fill, b"F": w.fill, b"f*": w.fill,
        b"B": w.fill_and_stroke, b"B*": w.fill_and_stroke, b"b": w.fill_and_stroke, b"b*": w.fill_and_stroke,
        b"sh": w.shade, b"Do": w.do,
        b"BT": w.begin_text, b"Tf": w.font, b"Tc": w.character_space, b"Tw": w.word_space,
        b"Tz": w.horizontal_scale, b"TL": w.leading, b"Ts": w.rise, b"Tr": w.render_mode,
        b"Td": w.move_text, b"TD": w.move_text_leading, b"Tm": w.set_matrix, b"T*": w.next_line,
        b"Tj": w.show, b"TJ": w.show, b"'": w.next_line_show, b'"': w.next_line_spaced,
    }  # fmt: skip


_PageWalker.operators = _operators()
