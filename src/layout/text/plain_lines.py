"""`set_lines`: one paragraph of plain text composed in one call, for other programs."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..errors import LayoutError, Message, Problem
from .paragraph import BODY_SETTING, ComposerFace, LineSetting, Paragraph, SetLine, TextRun
from .setting import Breaking, Level, Scheme
from .shaping.scripts import COMPLEX, complex_runs, script_name


class GlyphLine(Struct, frozen=True):
    """A justified line; lengths in em.

    `glyphs` are (character, x of its origin, advance to the next or to the line's right edge); `loose` is what was
    added to each Han gap; `start` and `end` count characters of the text.
    """

    text: str
    glyphs: list[tuple[str, float, float]]
    width: float
    loose: float
    start: int
    end: int


def set_lines(
    text: str,
    measure: float | Sequence[float],
    indent: float = 2,
    scheme: Scheme = "full",
    level: Level = "gb",
    breaking: Breaking = "first-fit",
    font: ComposerFace | str | None = None,
    setting: LineSetting = BODY_SETTING,
) -> list[GlyphLine]:
    """Composes one paragraph of plain text.

    Args:
        text: The paragraph.
        measure: Width of the lines in em; a list has one width a line, the last repeated.
        indent: Of the first line, em.
        scheme: Widths of marks: natural, full (全角式), kaiming (开明式), half (半角式), line_end_half (行末半角式).
        level: Of prohibitions: none, basic, gb or strict (CLREQ prohibition_rules_for_line_start_end).
        breaking: first-fit or optimum.
        font: A face, or the name of one of the library's own.
        setting: Everything else.

    Raises:
        LayoutError: A script of the text is shaped, so that its glyphs are not its characters.
    """
    if not text:
        return []
    if COMPLEX.search(text):
        raise LayoutError([_not_by_character(letters, script) for _, letters, script in complex_runs(text)][:1])
    face: ComposerFace
    if font is None or isinstance(font, str):
        from .fonts.faces import load_faces

        face = load_faces()[font or "Song-Regular"]
    else:
        face = font
    measures = [measure] if isinstance(measure, (int, float)) else list(measure)
    chosen = replace(setting, indent=indent, scheme=scheme, level=level)
    paragraph = Paragraph([TextRun(text, "face")], chosen, {"face": face})
    return [_plain(line) for line in paragraph.lines(paragraph.break_lines(measures, breaking), measures)]


def _not_by_character(letters: str, script: str) -> Problem:
    name = script_name(script)
    return Problem(
        "unsupported-script",
        Message(f"“{letters}”是{name.zh}，不能一字一字地取", f"“{letters}” is {name.en}, and no row of characters"),
        Message("用 layout.compose 排整期", "use layout.compose for whole issues"),
    )


def _plain(line: SetLine) -> GlyphLine:
    characters = line.text
    xs = [x for piece in line.pieces for x in piece.xs]
    edges = [*xs[1:], line.x + line.width]
    glyphs = [(c, x, edge - x) for c, x, edge in zip(characters, xs, edges, strict=False)]
    return GlyphLine(characters, glyphs, line.width, line.loose, line.start, line.end)
