"""Rules of the line as data: prohibitions, widths of marks, and what shrinks and stretches in which order.

All properties of item b after item a depend on their two classes alone, so each is computed once for a pair of
classes (`PairTables`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..runtime.memo import IdentityCache
from .characters import CLASSES, EM, HALF_EM, CachedFunction
from .class_sets import DASHES, GAPPED, HELD, HELD_BEFORE, IN_SQUARE, JOINED_PART, MEASURED, SPACED, SPACED_NEXT
from .setting import LineSetting

_LEVELS = ("none", "basic", "gb", "strict")


class Prohibition(NamedTuple):
    """Classes that may not start or end a line, from a level on (rule A10)."""

    rule: str
    place: str
    kinds: str
    level: str
    source: str


PROHIBITIONS = (
    Prohibition("A1", "start", ",.!;TcK", "basic", "CLREQ prohibition_rules_for_line_start_end; GB/T 15834 5.1.1–2"),
    Prohibition("A2", "start", ")>r", "basic", "CLREQ prohibition_rules_for_line_start_end; GB/T 15834 5.1.3"),
    Prohibition("A3", "end", "(<loQ", "basic", "CLREQ prohibition_rules_for_line_start_end; GB/T 15834 5.1.3"),
    Prohibition("A4", "start", "~-", "basic", "CLREQ prohibition_rules_for_line_start_end; GB/T 15834 5.1.6"),
    Prohibition("A5", "start", ":", "basic", "CLREQ prohibition_rules_for_line_start_end; GB/T 15834 5.1.7"),
    Prohibition("A6", "start", "/", "basic", "CLREQ prohibition_rules_for_line_start_end"),
    Prohibition("A6", "end", "/", "gb", "GB/T 15834 5.1.9"),
    Prohibition("A7", "start", "=e", "strict", "CLREQ prohibition_rules_for_line_start_end"),
    Prohibition("A8", "start", "%", "basic", "CSS Text 3 line-break po; UAX #14 LB25"),
    Prohibition("A9", "start", "I", "basic", "CSS Text 3 line-break"),
    Prohibition("L3", "start", "k", "gb", "JLREQ 3.1.7 characters not starting a line; CSS Text 3 line-break strict"),
)
# At every level: pairs that are one unit, and white that belongs to what it follows.
UNITS = (
    ("A13", "?X", "CLREQ h-annotation_marks"),  # ? is any class
    ("B7", "Nu", "UAX #14; CY/T 154 §12"),
    ("B13", "mu", "rule B13: 万 and its unit"),
    ("S3", "J?", "rule S3: parts of one word"),
    ("B12", "?g", "UAX #14 LB12: a no-break space"),
    ("B12", "g?", "UAX #14 LB12"),
    ("B12", "?j", "UAX #14 LB11: a word joiner"),
    ("B12", "j?", "UAX #14 LB11"),
    ("B8", "vN", "rule B8"),
    ("B5", "-N", "rule B5: a sign or range mark and its number"),
    ("D4", "?Z", "rule D4"),
    ("D4", "?_", "rule D4"),
    ("D4", "?z", "rule D4"),
    ("D4", "?o", "rule D4"),
    ("D4", "?Q", "rule D4"),
)


class SpacingStep(NamedTuple):
    """One step of an order of reduction or expansion. Of a mark no more than its white shrinks (rule C12).
    `limit` in thousandths of an em: the least that is left of a place (reduction) or the most that it becomes
    (expansion); 0, no limit. `kinds`, where not empty, are the classes whose own white shrinks.
    """

    number: int
    name: str
    limit: int
    kinds: str
    source: str


REDUCTION = (
    SpacingStep(1, "mark at the line's end", HALF_EM, ",.!)", "CLREQ procedures_…_reduction 1; GB/T 15834 5.1.10"),
    SpacingStep(
        2, "space between Western words; the setting's word_space_least", 250, "", "CLREQ procedures_…_reduction 2"
    ),
    SpacingStep(3, "interpunct", HALF_EM, ":", "CLREQ procedures_…_reduction 3"),
    SpacingStep(4, "mark that encloses", HALF_EM, "()", "CLREQ procedures_…_reduction 4"),
    SpacingStep(5, "pause", HALF_EM, ",c", "CLREQ procedures_…_reduction 5; rule E6 for ："),
    SpacingStep(6, "Han–Western gap", 125, "", "CLREQ procedures_…_reduction 6"),
    SpacingStep(7, "stop", HALF_EM, ".!", "CLREQ procedures_…_reduction 7"),
)
EXPANSION = (
    SpacingStep(
        1, "space between Western words; the setting's word_space_most", HALF_EM, "", "CLREQ procedures_…_expansion 1"
    ),
    SpacingStep(2, "Han–Western gap", HALF_EM, "", "CLREQ procedures_…_expansion 2; the setting's gap_most"),
    SpacingStep(3, "every other gap alike", 0, "", "CLREQ procedures_…_expansion 3"),
)
WORD_SPACE, LATIN_GAP, REST = (step.number for step in EXPANSION)
LINE_END, _SPACE, _, _, _, _GAP, _STOP = REDUCTION
_WIDTH = {row.code: row.width for row in CLASSES}
ADJUSTABLE = {row.code: row.adjustable for row in CLASSES}

# What is added to a gap between Han (rule E12): it looks well up to GOOD_STRETCH, is fair up to FAIR_STRETCH, and is
# reported over LOOSE_STRETCH; thousandths of an em.
GOOD_STRETCH, FAIR_STRETCH, LOOSE_STRETCH = 100, 200, 250

HANGING = "、，。"  # what may hang (rule F2)

SUPERSCRIPT_SIZE, SUPERSCRIPT_RISE = 0.6, 0.36  # rule A13; of the run's size
RUBY_GAP, RUBY_OVERHANG = 0.125, 0.25  # rule J7; gap ¼ em of the usual ruby, overhang over Han

# Demerits of a break by its penalty: free, next to a number's unit (B6), inside a name (B10), at a hyphen (B4), inside
# an address (B4), between 第 and its number (B8), before a dash or ellipsis where the level allows it to start a line
# (A7), after the connector of a range (B5; as much as a line that is not fair), inside a Korean word (L4), between any two letters.
BREAK_PENALTIES = (0.0, 0.9, 0.9, 0.5, 0.15, 0.9, 0.3, 9.0, 1.5, 100_000.0)
FREE_BREAK, UNIT, NAME_BREAK, HYPHEN, ADDRESS, ORDINAL, DASH, _RANGE, _SYLLABLE, EMERGENCY = range(len(BREAK_PENALTIES))
FORBIDDEN = 255
PARTS = {"B": HYPHEN, "U": ADDRESS, "R": _RANGE, "w": _SYLLABLE, "E": EMERGENCY}
BETWEEN_UNITS = frozenset(["e="])  # a dash may start a line after an ellipsis even at level strict (rule B3)
SOFT = {"Nm": UNIT, "mm": UNIT, "mN": UNIT, "ON": ORDINAL, "OH": ORDINAL}


class PairEntry(NamedTuple):
    """The properties of item b after item a; lengths in thousandths of an em."""

    advance: int  # what b adds to a line after a
    own: int  # from b's origin to its right edge
    start: int  # saved if a line starts with b
    tail: int  # saved if a line ends with b
    white: int  # shrinkability of the white right of a's ink
    shrink: int  # shrinkability between the ink of a and that of b
    stretch: int  # how far the place stretches and looks well
    shrinkability: int  # of the cell of b or of the gap before it
    step: int  # the step of the reduction that it belongs to
    stretchability: int  # the step of the expansion that the place belongs to, 0 none
    penalty: int  # of a break between the two


class PairTables:
    """One row a pair of classes, computed on first use; a pair is two bytes read as one number."""

    def __init__(self, rules: SpacingRules) -> None:
        self.rows: CachedFunction[int, PairEntry] = CachedFunction(
            lambda pair: _pair(rules, *pair.to_bytes(2, sys.byteorder).decode())
        )
        self.end_half = rules.end_half
        self.slim = bytes.maketrans(*_slim(rules.scheme))

    def columns(self, shape: bytes) -> Iterator[tuple[int, ...]]:
        """The fields of `PairEntry` as columns: one entry a class with the one before it, and one for the edge."""
        return zip(*map(self.rows.__getitem__, _pairs(shape)), strict=True)


class SpacingRules(NamedTuple):
    """The part of a setting on which the tables depend; lengths in thousandths of an em."""

    level: str
    scheme: str
    end_half: bool
    flush: bool
    squeeze_stops: bool
    gap: int
    gap_most: int
    word_space: int
    word_space_least: int
    word_space_most: int
    interpunct: int
    han_space: int
    tracking: int


def _pairs(shape: bytes) -> list[int]:
    """Each class with the one before it, and the last with the edge: two bytes read as one number."""
    edged = b"|" + shape + b"|"
    size = len(edged)
    pairs = [0] * (size - 1)
    pairs[0::2] = memoryview(edged[: size & ~1]).cast("H").tolist()
    pairs[1::2] = memoryview(edged[1 : (size - 1 & ~1) + 1]).cast("H").tolist()
    return pairs


@IdentityCache
def tables(setting: LineSetting) -> PairTables:
    """The tables of a setting; settings with the same `SpacingRules` share them."""
    natural = setting.scheme == "natural"
    return _tables(
        SpacingRules(
            setting.level,
            setting.scheme,
            setting.scheme == "line_end_half" or (setting.line_end == "half" and not natural),
            setting.line_start != "full" and not natural,
            setting.squeeze_stops,
            round(setting.gap * EM),
            round(setting.gap_most * EM),
            round(setting.word_space * EM),
            round(setting.word_space_least * EM),
            round(setting.word_space_most * EM),
            round(setting.interpunct * EM),
            round(setting.han_space * EM),
            round(setting.tracking * EM),
        )
    )


_tables = lru_cache(maxsize=256)(PairTables)


def _slim(scheme: str) -> tuple[bytes, bytes]:
    """The classes that a scheme sets half width, and what they become (CLREQ punctuation_width_adjustment)."""
    half = {"kaiming": "(),", "half": "(),.!"}.get(scheme, "")
    return half.encode(), "".join(row.slim for kind in half for row in CLASSES if row.code == kind).encode()


def _cell(rules: SpacingRules, kind: str) -> int:
    """The width of a class, 0 where it depends on the characters."""
    widths = {
        ":": rules.interpunct,
        "_": rules.han_space,
        "<": HALF_EM,
        ">": HALF_EM,
        ";": HALF_EM,
        "z": 0,
        "o": 0,
        "|": 0,
    }
    return widths[kind] if kind in widths else 0 if kind in MEASURED else _WIDTH.get(kind, EM)


def _white(rules: SpacingRules, kind: str, side: str) -> int:
    """The shrinkability of a class on one side of its ink."""
    step = next((step for step in REDUCTION[2:] if kind in step.kinds), None)
    if not step or (step is _STOP and not rules.squeeze_stops):
        return 0
    adjustable = ADJUSTABLE[kind]
    white = max(_cell(rules, kind) - step.limit, 0)
    return white if adjustable == side else white // 2 if adjustable == "both" else 0


def _tail(rules: SpacingRules, kind: str) -> int:
    if kind in LINE_END.kinds:
        return HALF_EM if rules.end_half else 0
    return {"Z": EM, "_": rules.han_space}.get(kind, 0)


def _pair(rules: SpacingRules, a: str, b: str) -> PairEntry:
    spaced = a in SPACED and b in SPACED_NEXT
    gapped = (a in GAPPED and b in IN_SQUARE) or (a in IN_SQUARE and b in GAPPED)
    between = rules.word_space if spaced else rules.gap if gapped else 0
    row = _SPACE if spaced else _GAP
    slack = max(between - (rules.word_space_least if spaced else row.limit), 0)
    width = _cell(rules, b)
    white = _white(rules, b, "left") + _white(rules, b, "right")
    own_step = next((step.number for step in REDUCTION[2:] if b in step.kinds), 0)

    # A typed space between Han stretches only after itself: at a line's end nothing of it is left.
    held = a in HELD or b in HELD or a in PARTS or a == JOINED_PART or b in HELD_BEFORE
    stretchability = 0 if held else WORD_SPACE if spaced else LATIN_GAP if gapped else REST
    tracking = rules.tracking if stretchability == REST and "|" not in (a, b) else 0
    most = {WORD_SPACE: rules.word_space_most - between, LATIN_GAP: rules.gap_most - between, REST: GOOD_STRETCH}.get(
        stretchability, 0
    )
    return PairEntry(
        advance=between + tracking + width,
        own=EM if b == "<" else width,
        start=between + tracking + (HALF_EM if b == "(" and rules.flush else 0),
        tail=_tail(rules, b),
        white=_white(rules, a, "right"),
        shrink=_white(rules, a, "right") + _white(rules, b, "left") + slack,
        stretch=max(most, 0),
        shrinkability=slack + white,
        step=row.number if slack else own_step if white else 0,
        stretchability=stretchability,
        penalty=_break_penalty(rules.level, a, b),
    )


def _break_penalty(level: str, a: str, b: str) -> int:
    """The penalty of a break between a and b."""
    if "|" in (a, b):
        return FREE_BREAK
    if any(pair in (a + b, "?" + b, a + "?") for _, pair, _ in UNITS):
        return FORBIDDEN
    for row in PROHIBITIONS:
        if (
            a + b not in BETWEEN_UNITS
            and _LEVELS.index(level) >= _LEVELS.index(row.level)
            and (b if row.place == "start" else a) in row.kinds
        ):
            return FORBIDDEN
    return PARTS.get(a) or SOFT.get(a + b) or (DASH if b in DASHES and level != "none" else FREE_BREAK)
