"""Headlines: broken by sense, lines as even as can be, fitted to their box (rules I1–I7).

A headline with `|` is broken only there, as long as the number of lines allows. Lengths are in points, or in em where
the size is 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ...errors import Message, Problem, SourceLocation
from ..justification import LinePiece
from ..language import DEFAULT_LANGUAGE
from ..language_classes import centred_marks, is_western
from .breaking import NO_FITTING, TOLERANCE, FitLimits, FoundBreaks, HeadlineBreaker, SeamCache
from .printed import PAUSE, FaceLike, headline_in_words, is_han_ideograph, measure_headline, printed_headline

_Align = Literal["left", "center", "right", "justify"]

MOST_LINES = 3  # rule I6
WIDEST_PAUSE = 1.0  # em, where the measure allows (rule I3)
LETTERSPACE = {2: (2.0, 1.5, 1.0), 3: (1.0,), 4: (0.5,)}  # characters → em between them, the first that fits (rule I5)
# Gaps wider than a character are used only where the line then takes at most this part of the measure: in a narrow
SPREAD_MOST = 0.5
TIGHT, NARROW, WIDE = 0.05, 0.9, 1.1  # rule I7
LEAST_FILL = 0.7  # of the width of the box
HAN_LATIN_GAP = 0.125  # em: the least of CLREQ «procedures_for_inter-character_spacing_reduction» (rule D1)

# Costs of a fit in addition to the breaking.
EMPTY_COST = 20.0  # times the part of the width that is missing to LEAST_FILL
SMALLER_COST = 12.0  # times the logarithm of the sizes: a size one tenth smaller costs 1.26
MORE_LINES_COST = (0.0, 1.0, 2.5)  # by the number of lines; each after that one more
LAST_RESORT_COST = 1.5  # tracking, and again scaling
ACCEPTABLE = 1.5  # where breaking and fill cost more, tracking and scaling are tried

MOST_FITTED = 2_000  # entries of the process's cache: the next build of an issue has the same headlines
_fitted: dict[tuple[object, ...], FittedHeadline] = {}


class HeadlineLine(Struct, frozen=True):
    """A line as printed: `xs` has one origin a character, from the box's left edge, `width` is the line's.

    Lengths in pt, or in em where `size` is 1. `start` and `end` count characters of the headline as typed. A line with
    words that are shaped has its `pieces` (em), and the left edge of its type for every origin.
    """

    text: str
    xs: tuple[float, ...]
    width: float
    size: float
    tracking: float
    scale: float
    start: int
    end: int
    pieces: tuple[LinePiece, ...] = ()


class FittedHeadline(Struct, frozen=True):
    """A headline in lines. `tracking` (em between characters) and `scale` (of the letters' width) hold for all.

    `fill` is the width of the widest line as a part of its box. Where nothing fits, lines are too wide, `over` is the
    number of characters too many, and `problems` reports it.
    """

    lines: tuple[HeadlineLine, ...]
    size: float
    tracking: float
    scale: float
    fill: float
    cost: float
    over: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines)


def break_headline(
    text: str,
    *,
    measure_em: float | Sequence[float],
    max_lines: int = MOST_LINES,
    face: FaceLike,
    terms: Sequence[str] = (),
    align: _Align = "left",
    letterspace: bool = True,
    gap: float = HAN_LATIN_GAP,
    cache: SeamCache | None = None,
    mark: SourceLocation | None = None,
) -> FittedHeadline:
    """Breaks a headline into lines no wider than `measure_em`: em of its size, one for each line, the last repeats.

    Lengths of the result are em. Where nothing fits, lines are too wide: see `FittedHeadline.over`.

    Args:
        text: The headline as typed.
        measure_em: Widths of the lines.
        max_lines: The most lines (rule I6).
        face: Of the headline.
        terms: Words that are never broken (rule I1).
        align: Centred headlines avoid a longest last line.
        letterspace: Whether short headlines are letterspaced (rule I5).
        gap: Between Han and Latin, em (rule D1).
        cache: Of `break_costs`.
        mark: Where the headline is in the editor's file, for problems.
    """
    measures = [float(measure_em)] if isinstance(measure_em, (int, float)) else [float(width) for width in measure_em]
    breaker = HeadlineBreaker(
        measure_headline(printed_headline(text), face, gap), terms=terms, centred=align == "center", cache=cache
    )
    found = breaker.fewest(measures, max_lines)
    if found is not None:
        return _set(breaker, found, 1.0, measures, align, letterspace)
    found = breaker.fewest(measures, max_lines, overrun=True) or (0.0, ())
    over = breaker.over(found[1], measures)
    problem = headline_overflow(over, breaker, len(found[1]) + 1, 0.0, mark)
    return _set(breaker, found, 1.0, measures, align, letterspace, over=over, problems=(problem,))


def fit_headline(
    text: str,
    *,
    width_pt: float,
    sizes: Sequence[float],
    max_lines: int = MOST_LINES,
    face: FaceLike,
    align: _Align = "left",
    height_pt: float | None = None,
    leading: float = 1.2,
    tracking_limit: float = TIGHT,
    scale_limit: tuple[float, float] = (NARROW, WIDE),
    terms: Sequence[str] = (),
    letterspace: bool = True,
    gap: float = HAN_LATIN_GAP,
    cache: SeamCache | None = None,
    mark: SourceLocation | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> FittedHeadline:
    """Chooses size and lines so that a headline fills 70 to 100 % of `width_pt` (rules I6, I7).

    A larger size is preferred unless it needs a bad break or leaves the box empty; tracking, then scaling, are tried
    last. A headline too long for all sizes is set in the smallest, with lines too wide: see `FittedHeadline.over`.

    Args:
        text: The headline as typed.
        width_pt: Width of the box, pt.
        sizes: The sizes allowed, pt.
        height_pt: Height of the box, pt; with `leading` it limits the number of lines.
        leading: Distance of baselines, in sizes.
        tracking_limit: The most tracking, em (rule I7).
        scale_limit: Least and greatest scale of the letters' width (rule I7).
        max_lines, face, align, terms, letterspace, gap, cache, mark: As in `break_headline`.
        language: Of the headline; it decides where marks stand in their cells (rule L1).
    """
    key = (
        *(text, width_pt, tuple(sizes), max_lines, face, align, height_pt, leading),
        *(tracking_limit, scale_limit, tuple(terms), letterspace, gap, language),
    )
    fitted = _fitted.get(key)
    if fitted is None:
        printed = headline_in_words(text) if is_western(language) else printed_headline(text)
        breaker = HeadlineBreaker(
            measure_headline(printed, face, gap, centred_marks(language)),
            terms=terms,
            centred=align == "center",
            cache=cache,
        )
        limits = FitLimits(tracking_limit, *scale_limit)
        most = max(max_lines, len(breaker.forced) + 1)
        fitted = _fit(
            breaker, width_pt, sorted(sizes, reverse=True), most, align, height_pt, leading, limits, letterspace
        )
        if len(_fitted) >= MOST_FITTED:
            _fitted.clear()
        _fitted[key] = fitted
    if not fitted.problems:
        return fitted
    return replace(fitted, problems=tuple([replace(problem, mark=mark) for problem in fitted.problems]))


def _fit(
    breaker: HeadlineBreaker,
    width_pt: float,
    sizes: Sequence[float],
    most: int,
    align: _Align,
    height_pt: float | None,
    leading: float,
    fullest: FitLimits,
    letterspace: bool,
) -> FittedHeadline:
    """The best fit; sizes and numbers of lines whose least cost is no better are not tried."""
    best: tuple[float, float, FoundBreaks, FitLimits] | None = None
    for stage, limits in enumerate((NO_FITTING, FitLimits(fullest.tracking), fullest)):
        acceptable = False
        for size in sizes:
            box = width_pt / size
            smaller = SMALLER_COST * log(sizes[0] / size)
            for count in range(1, _lines_in(height_pt, size, leading, most) + 1):
                besides = smaller + _more_lines(count) + stage * LAST_RESORT_COST
                at_least = besides + ((count - 1) * breaker.least if count > 1 else 0.0)
                if best is not None and at_least >= best[0]:
                    continue
                found = breaker.best(count, [box], limits)
                if found is None:
                    continue
                widest = _widest(breaker, found[1], box, letterspace, limits)
                quality = found[0] + EMPTY_COST * max(0.0, LEAST_FILL - widest / box)
                cost = quality + besides
                if best is None or cost < best[0] - TOLERANCE:
                    best = (cost, size, found, limits)
                    acceptable = quality < ACCEPTABLE
        if acceptable:
            break
    if best is None:
        box = width_pt / sizes[-1]
        most = _lines_in(height_pt, sizes[-1], leading, most)
        found = breaker.fewest([box], most, fullest, overrun=True) or (0.0, ())
        over = breaker.over(found[1], [box], fullest)
        over += sum(end - start for start, end in breaker.lines(found[1])[most:])
        problem = headline_overflow(over, breaker, len(found[1]) + 1, sizes[-1], None)
        return _set(breaker, found, sizes[-1], [box], align, False, fullest, over=over, problems=(problem,))
    _, size, found, limits = best
    return _set(breaker, found, size, [width_pt / size], align, letterspace, limits)


def _more_lines(count: int) -> float:
    return MORE_LINES_COST[min(count, len(MORE_LINES_COST)) - 1] + max(0, count - len(MORE_LINES_COST))


def _lines_in(height: float | None, size: float, leading: float, most: int) -> int:
    return most if height is None else min(most, int((height / size - 1) / leading + 1 + TOLERANCE))


def _letterspace(breaker: HeadlineBreaker, box: float) -> float:
    """The space between the characters of a short headline of one line, em (rule I5)."""
    text = breaker.measured.printed.text
    if not all(map(is_han_ideograph, text)):
        return 0.0
    for space in LETTERSPACE.get(len(text), ()):
        if len(text) + space * (len(text) - 1) <= box * (SPREAD_MOST if space > 1 else 1) + TOLERANCE:
            return space
    return 0.0


def _widest(
    breaker: HeadlineBreaker, breaks: tuple[int, ...], box: float, letterspace: bool, limits: FitLimits
) -> float:
    """The greatest width that the widest line can have in the box, em."""
    if letterspace and not breaks and (space := _letterspace(breaker, box)):
        return breaker.length + space * (breaker.length - 1)
    return min(box, max(limits.most(*breaker.line(*line)) for line in breaker.lines(breaks)))


def _last_resorts(lines: list[tuple[float, int]], boxes: Sequence[float], limits: FitLimits) -> tuple[float, float]:
    """The least tracking and scale with which lines (width, joints; em) fit their boxes, or come nearest to it."""
    tracking, scale = 0.0, 1.0
    for (width, joints), box in zip(lines, boxes, strict=True):
        if width > box and joints:
            tracking = min(tracking, max(-limits.tracking, (box - width) / joints))
    widths = [width + tracking * joints for width, joints in lines]
    scale = min(
        1.0, *(max(limits.narrow, box / max(width, TOLERANCE)) for width, box in zip(widths, boxes, strict=True))
    )
    fullest = max(range(len(lines)), key=lambda row: lines[row][0] / boxes[row])
    width, joints = lines[fullest]
    least = LEAST_FILL * boxes[fullest]
    if width < least and joints:
        tracking = min(limits.tracking, (least - width) / joints)
        scale = min(limits.wide, max(1.0, least / (width + tracking * joints)))
    return tracking, scale


def _set(
    breaker: HeadlineBreaker,
    found: FoundBreaks,
    size: float,
    measures: Sequence[float],
    align: _Align,
    letterspace: bool,
    limits: FitLimits = NO_FITTING,
    *,
    over: int = 0,
    problems: tuple[Problem, ...] = (),
) -> FittedHeadline:
    """The lines with the origins of their characters; `measures` in em."""
    if not breaker.length:
        return FittedHeadline((), size, 0.0, 1.0, 0.0, 0.0)
    measured, lines = breaker.measured, breaker.lines(found[1])
    boxes = [measures[min(row, len(measures) - 1)] for row in range(len(lines))]
    spaced = _letterspace(breaker, boxes[0]) if letterspace and len(lines) == 1 else 0.0
    if spaced:
        tracking, scale = spaced, 1.0
    else:
        tracking, scale = _last_resorts([measured.line(*line) for line in lines], boxes, limits)
    pause = _pause(breaker, lines, boxes, tracking, scale)
    made = []
    for (start, end), box in zip(lines, boxes, strict=True):
        start, end = measured.inside(start, end)
        width, joints = measured.line(start, end)
        width = scale * (width + tracking * joints + (pause - PAUSE) * measured.pauses_in(start, end))
        free = box - width
        spread = free / joints if align == "justify" and joints and 0 < free <= (1 - LEAST_FILL) * box else 0.0
        x = {"center": free / 2, "right": free}.get(align, 0.0)
        xs = []
        for at in range(start, end):
            if at > start:
                x += measured.gaps[at] * scale + (tracking * scale + spread) * measured.joint(at)
            xs.append((x + measured.shifts[at] * scale) * size)
            advance = pause if at in measured.printed.pauses else measured.advances[at]
            x += advance * scale
        typed = measured.printed.typed
        made.append(
            HeadlineLine(
                text=measured.printed.text[start:end],
                xs=tuple(xs),
                width=(width + spread * joints) * size,
                size=size,
                tracking=tracking,
                scale=scale,
                start=typed[start] if start < end else 0,
                end=typed[end - 1] + 1 if start < end else 0,
            )
        )
    fill = max((line.width / box / size for line, box in zip(made, boxes, strict=True)), default=0.0)
    return FittedHeadline(tuple(made), size, tracking, scale, fill, found[0], over, problems)


def _pause(
    breaker: HeadlineBreaker, lines: list[tuple[int, int]], boxes: Sequence[float], tracking: float, scale: float
) -> float:
    """How wide the spaces between clauses are in all lines: as wide as their boxes allow, WIDEST_PAUSE at most."""
    pause = WIDEST_PAUSE
    for line, box in zip(lines, boxes, strict=True):
        width, joints = breaker.line(*line)
        pauses = breaker.measured.pauses_in(*line)
        if pauses:
            pause = min(pause, PAUSE + (box / scale - width - tracking * joints) / pauses)
    return max(PAUSE, pause)


def headline_overflow(
    over: int, breaker: HeadlineBreaker, lines: int, size: float, mark: SourceLocation | None
) -> Problem:
    """The problem of a headline that is `over` characters too long; `size` 0 where there was no choice of sizes."""
    head = breaker.measured.printed.text
    at = Message(f"用最小字号 {size:g} 点排", f" at {size:g} pt, the smallest,") if size else Message("排", "")
    what = Message(
        f"标题《{head}》{at.zh}成 {lines} 行仍超出 {over} 字",
        f"the headline “{head}”{at.en} in {lines} {'line' if lines == 1 else 'lines'} has {over} too many characters",
    )
    if breaker.forced:
        remedy = Message(
            f"删去 {over} 字，或移动、增加断行处 |，或加大题区",
            f"cut {over}, or move or add a |, or give it a larger box",
        )
        return Problem("headline-part-too-wide", what, remedy, mark)
    remedy = Message(f"删去 {over} 字，或加大题区，或多许一行", f"cut {over}, or give it a larger box or one more line")
    return Problem("headline-too-long", what, remedy, mark)
