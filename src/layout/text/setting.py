"""What a paragraph is made of and how a text style sets it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

from msgspec import Struct
from msgspec.structs import replace

from .language import DEFAULT_LANGUAGE, LEFTWARD_LANGUAGES

Level = Literal["none", "basic", "gb", "strict"]
Scheme = Literal["natural", "full", "kaiming", "half", "line_end_half"]
_Pairs = Literal["keep", "trim", "tight"]
_Align = Literal["justify", "left", "right", "center", "distribute"]
Breaking = Literal["first-fit", "optimum"]


class ComposerFace(Protocol):
    """The part of a face that the composer uses: `advances` in thousandths of its em, for any character."""

    @property
    def advances(self) -> Mapping[str, int]: ...

    def covers(self, char: str) -> bool: ...


class TextRun(Struct, frozen=True):
    """Characters that are set alike.

    Attributes:
        face: Name of a face.
        dots: Emphasis dots (着重号) under the characters.
        ruby: Text set over the run, which then is one unit.
        superscript: Small, raised and never separated from what it follows.
        link: Passed on to the composition.
        size: Relative to the paragraph's.
        cells: Em that the run takes as one unit on a vertical line, its letters upright (rules V4, V5); 0: it is no unit.
        tag: What the characters are, passed on as well. A run tagged "name" is kept whole where it can be; one
            tagged "speaker" is a unit whose colon does not shrink, so that the text after it begins at one place.
        language: Where it is not the setting's.
        line: What is drawn under the characters; `span` tells two names that touch from one (rules M3–M5).
        struck: A line is drawn through the characters.
        note: Number of the footnote whose mark it is.
        whole: Never parted at a line's end (rule M2).
    """

    text: str
    face: str = "Song-Regular"
    dots: bool = False
    ruby: str = ""
    superscript: bool = False
    link: str = ""
    size: float = 1.0
    tag: str = ""
    cells: int = 0
    language: str = ""
    line: str = ""
    span: int = 0
    struck: bool = False
    whole: bool = False
    note: int = 0


class LineSetting(Struct, frozen=True):
    """How a text style sets lines. Lengths in em of the style's size."""

    # Marks at the edges of lines (CLREQ prohibition_rules_for_line_start_end; rules A1–A10).
    level: Level = "gb"
    # Widths of marks (CLREQ punctuation_width_adjustment; rule C8): natural touches none of them; full, 全角式;
    # kaiming, 开明式: stops 1 em, the rest half; half, 半角式; line_end_half, 行末半角式: full but at a line's end.
    scheme: Scheme = "full"
    # Two adjacent marks, 2 em together: keep, trim to 1½ em, or tight, 1 em (CLREQ h-adjustment_of_adjacent…; rule C3).
    pairs: _Pairs = "trim"
    # A mark at a line's end: always half (GB/T 15834 5.1.10; rule C10), or only where the line is too wide.
    line_end: Literal["half", "needed"] = "half"
    # An opening mark at a line's start: flush, with its white half trimmed; first, flush but in a paragraph's first
    # line; full, never (CLREQ h-compression_of_punctuation_marks_at_line_start; rules C9, C11).
    line_start: Literal["flush", "first", "full"] = "flush"
    # Pause or stop hung outside the measure where it would start the next line (CLREQ hanging_punctuation…; F1, F2).
    hanging_punctuation: bool = False
    # Whether 。？！ inside a line shrink (CLREQ procedures…reduction, step 7).
    squeeze_stops: bool = True
    # Shrinkability of each gap between Han (紧排, CLREQ reduced_inter_character_spacing) where the optimum has no
    # other line that looks well (rule E12): half of what a gap may get; 0, never.
    tight: float = 0.05

    indent: float = 2.0  # first line, on top of `left` (rule G1)
    hanging_indent: float = 0.0  # the lines after it (凸排, rule G4)
    left: float = 0.0  # block indents (rule G5)
    right: float = 0.0
    # distribute, 均排, spreads every line over the measure (CLREQ even_inter_character_spacing; rule E10).
    align: _Align = "justify"

    gap: float = 0.25  # between Han and Western (CLREQ mixed_text_composition…; rules D1, D7); ⅛ to ¼
    gap_most: float = 0.5  # the widest that it may get; many styles allow ⅓ (rule E4)
    word_space: float = 1 / 3  # between Western words; ¼ to ½ (rules E3, E4)
    word_space_least: float = 0.25
    word_space_most: float = 0.5
    interpunct: float = 0.5  # ½, or 1, of which both sides shrink (GB/T 15834 5.1.7; rules C1, C2)
    han_space: float = 1.0  # a space typed between Han (rule J1)
    digit_width: float = 0.0  # every digit this wide; 0: as the face has them (rule D8)
    ruby: float = 0.5  # size of readings, relative to the text under them (rule J7)
    tracking: float = 0.0  # added between all but Western characters by copyfitting (negative: taken)

    hyphenate: bool = True  # a Western word that does not fit (rule B4)
    language: str = DEFAULT_LANGUAGE  # of the text: classes of marks, words of Korean, hyphenation (rules L1–L9)
    # Where lines begin (rule S5): in one that runs leftward `left`, indents and alignment are those of the right edge.
    direction: Literal["rightward", "leftward"] = "rightward"
    # Whether names are never divided, as in bylines and lists; else a break inside one has a penalty (rule B10).
    keep_names: bool = False
    # Lines run from top to bottom: ：；！？ fill their cells (rule V3).
    vertical: bool = False


BODY_SETTING = LineSetting()

# English, em: the space of most Latin faces; how far it may give and grow before the letters fall apart (rule L6).
ENGLISH_SPACE, ENGLISH_LEAST, ENGLISH_MOST = 0.25, 0.2, 0.42
RAGGED_MEASURE, RAGGED_STRETCH = 15.0, 0.35  # em: narrower English is ragged; what a space may lack there (rule L8)


def setting_in(setting: LineSetting, language: str, measure: float | None = None) -> LineSetting:
    """A setting made for Chinese as it is for another language (rules L2, L5, L6, L8).

    What a style says itself is kept: only a first-line indent of more, a word space of the default and lines that are
    justified change. `measure` is the narrowest that is to be filled, em.
    """
    if language.startswith("zh"):
        return setting if setting.language == language else replace(setting, language=language)
    indent = min(setting.indent, 1.0)
    if language == "ja":
        return replace(setting, language=language, indent=indent, squeeze_stops=False)
    if language == "ko":
        return replace(setting, language=language, indent=indent, tight=0.0)
    if language == "bo":
        return replace(setting, language=language, indent=indent, tight=0.0)
    is_usual = setting.word_space == BODY_SETTING.word_space
    space = ENGLISH_SPACE if is_usual else setting.word_space
    least, most = (ENGLISH_LEAST, ENGLISH_MOST) if is_usual else (0.75 * space, 1.6 * space)
    made = replace(
        setting,
        language=language,
        indent=indent,
        tight=0.0,
        word_space=space,
        word_space_least=least,
        word_space_most=most,
        direction="leftward" if language in LEFTWARD_LANGUAGES else "rightward",
    )
    if made.align == "justify" and measure is not None and measure < RAGGED_MEASURE:
        made = replace(made, align="left", word_space_least=space, word_space_most=space + RAGGED_STRETCH)
    return made
