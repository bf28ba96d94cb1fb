"""Justification (rule E1): each line is shrunk or else stretched to its measure in CLREQ's order (rule E2), and its
characters are placed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from .characters import EM, FROM_WESTERN_MARK, HALF_EM, SPACES
from .class_sets import CENTRED, HYPHEN_PART, SHRINKS_ON_BOTH_SIDES, SWALLOWED_SPACES, TYPED_SPACE, TYPED_SPACES
from .items import Items
from .setting import LineSetting
from .spacing import EXPANSION, LINE_END, LOOSE_STRETCH, REDUCTION, REST, SUPERSCRIPT_RISE, WORD_SPACE

NEGLIGIBLE = 1e-6  # thousandths of an em: less is rounding error
_ENDS_IN_WHITE = LINE_END.kinds.encode()
FIRST_WESTERN_MARK = min(map(chr, FROM_WESTERN_MARK))

_CENTRED = "".join(CENTRED).encode()


class PlacedGlyph(NamedTuple):
    """A glyph of a shaped word: its number in the font, its origin in em from the word's left edge and above the
    baseline, its advance in thousandths of its size, and the characters of the piece that it stands for."""

    number: int
    x: float
    y: float
    advance: int
    text: str


class LinePiece(Struct, frozen=True):
    """Characters of one run in a line, as printed; `xs` are their origins in em from the measure's left edge.

    A shaped word is a piece of its own: `glyphs` from left to right, their origins counted from the least of `xs`.
    `size` is relative to the setting's, `rise` is how far the baseline is raised (em). `dots` are the centres of
    emphasis dots under the characters (rule J6). `ruby` is set over the piece from `ruby_x`, at `ruby_size` (J7).
    """

    text: str
    run: int
    face: str
    xs: list[float]
    size: float = 1.0
    rise: float = 0.0
    dots: tuple[float, ...] = ()
    ruby: str = ""
    ruby_x: float = 0.0
    ruby_size: float = 0.0
    glyphs: tuple[PlacedGlyph, ...] = ()
    leftward: bool = False  # whether `text` runs from right to left


class SetLine(Struct, frozen=True):
    """A justified line; lengths in em.

    Attributes:
        start: Offset of its first character in the runs' text. Lines follow each other without a gap: white that a
            break swallows belongs to a line but to none of its pieces.
        end: Offset after its last character.
        x: Left edge of its type, from the measure's left edge.
        width: Of its type.
        loose: What was added to each Han gap (rule E12); negative, what was taken from it.
        tight: What was taken from the line, as a part of its shrinkability.
        shortfall: What no rule could fill; negative, by how much the line is too wide.
        hung: Width of the pause or stop outside the measure.
        hyphenated: A hyphen was added.
        forced: The break separates marks that belong together (rule A12).
        runt: A last line of less than two Han (rule E9).
        available: White at the line's right, before the right indent.
    """

    start: int
    end: int
    pieces: tuple[LinePiece, ...]
    x: float
    width: float
    measure: float
    loose: float = 0.0
    tight: float = 0.0
    shortfall: float = 0.0
    hung: float = 0.0
    hyphenated: bool = False
    forced: bool = False
    runt: bool = False
    available: float = 0.0

    @property
    def text(self) -> str:
        pieces = self.pieces
        return pieces[0].text if len(pieces) == 1 else "".join([piece.text for piece in pieces])


def justify(p: Items, ends: Sequence[int], measures: Sequence[float]) -> list[SetLine]:
    """The lines; the last one is set solid (rule E7) unless it is too wide, or in 均排."""
    lines: list[SetLine] = []
    if not p.size:
        x = p.setting.left + p.setting.indent
        return [SetLine(0, len(p.text), (), x, 0.0, measures[0], available=measures[0] - x) for _ in ends]
    i = start = 0
    for number, j in enumerate(ends):
        measure = measures[min(number, len(measures) - 1)]
        if number < 2 or number < len(measures):  # later lines have the same width
            available = available_width(p.setting, measure, first=number == 0)
        end = len(p.text) if j == p.size else p.offset(j)
        lines.append(_line(p, i, j, (start, end), number, measure, available))
        i, start = j, end
    return lines


def available_width(setting: LineSetting, measure: float, first: bool) -> int:
    """The width of a line without its indents, thousandths of an em; `measure` in em."""
    return round((measure - setting.left - setting.right - (setting.indent if first else setting.hanging_indent)) * EM)


def _line(p: Items, i: int, j: int, place: tuple[int, int], number: int, measure: float, available: int) -> SetLine:
    """The line of items i to j, whose characters have the offsets `place`, in a width of `available`."""
    setting, last = p.setting, j == p.size
    left, right = p.left(i), p.right(j)
    x = setting.left + (setting.hanging_indent if number else setting.indent)
    short: float = available - right + left
    hung, loose, tight = 0, 0.0, 0.0
    moves: list[float] | None = None  # how far each item moves to the right, relative to the one before it
    if p.hangs and short < 0:
        hung = p.hangs[j]
        short += hung
        right -= hung
    width: float = right - left
    if short < 0:
        moves, taken = _shrink(p, i, j, -short)
        tight = taken / max(p.shrinkability(i, j), 1)
        width, short = width - taken, short + taken if short + taken < -NEGLIGIBLE else 0.0
        if short and short + p.squeezed(i, j) >= 0:
            loose = _shrink_han_gaps(p, i, j, short, moves)
            width, short = width + short, 0.0
    elif short and (setting.align == "distribute" or (setting.align == "justify" and not last)):
        moves, loose, rest = _stretch(p, i, j, short, evenly=setting.align == "distribute")
        width, short = width + short - rest, rest
    if short > 0 and setting.align in ("right", "center"):
        x += short / EM / (1 if setting.align == "right" else 2)
    zero = left - x * EM
    if moves:
        xs = [(origin - zero + move) / EM for origin, move in zip(p.origins(i, j), accumulate(moves), strict=False)]
    else:
        xs = [(origin - zero) / EM for origin in p.origins(i, j)]
    width /= EM
    left_edge = x
    if p.levels:
        xs = _in_visual_order(p, i, j, xs)
        if setting.direction == "leftward":
            left_edge = measure - x - width
            xs = [origin + left_edge - x for origin in xs]
    return SetLine(
        *place,
        _pieces(p, i, j, xs, left_edge, left_edge + width),
        left_edge,
        width,
        measure,
        loose / EM,
        tight,
        short / EM if short < 0 or (not last and setting.align == "justify") else 0.0,
        hung / EM,
        p.shape[j - 1] == HYPHEN_PART,
        p.barred[j] > 0,
        last and i >= p.runt and i > 0,
        measure - setting.right - x - width,
    )


def _shrink(p: Items, i: int, j: int, excess: float) -> tuple[list[float], float]:
    """Shrinks a line by `excess` in CLREQ's order, each step evenly at all its places (rule E3).

    Returns:
        How far each item moves, relative to the one before it, and what was taken in all.
    """
    shape, steps, shrinkabilities, taken = p.shape[i:j], p.step[i:j], [*p.shrinkabilities[i:j]], 0.0
    moves, last = [0.0] * (j - i + 1), j - i - 1
    # White before the first item is no part of the line, nor is that after a mark at its end, which is taken first or
    # has been taken already; of an interpunct at an edge one side is left.
    at_end = shrinkabilities[-1] if shape[-1] in _ENDS_IN_WHITE and not p.tails[j] else 0
    shrinkabilities[-1] = (
        0
        if shape[-1] in _ENDS_IN_WHITE
        else shrinkabilities[-1] // 2
        if shape[-1] in SHRINKS_ON_BOTH_SIDES
        else shrinkabilities[-1]
    )
    shrinkabilities[0] = (
        shrinkabilities[0]
        if shape[0] in _ENDS_IN_WHITE
        else shrinkabilities[0] // 2
        if shape[0] in SHRINKS_ON_BOTH_SIDES
        else 0
    )
    for step in REDUCTION:
        if step is LINE_END:
            places, total = [last], at_end
        elif step.number in steps:
            places = [k for k, number in enumerate(steps) if number == step.number]
            total = sum([shrinkabilities[k] for k in places])
        else:
            continue
        if not total:
            continue
        share = min((excess - taken) / total, 1.0)
        for k in places:
            amount = (at_end if step is LINE_END else shrinkabilities[k]) * share
            if shape[k] in _ENDS_IN_WHITE:  # what follows moves; else the item itself
                moves[k + 1] -= amount
            elif shape[k] in SHRINKS_ON_BOTH_SIDES:  # on both sides, or on the one that is inside the line
                before = 0.0 if k == 0 else amount if k == last else amount / 2
                moves[k] -= before
                moves[k + 1] -= amount - before
            else:
                moves[k] -= amount
        taken += share * total
        if excess - taken < NEGLIGIBLE:
            break
    return moves, taken


def _shrink_han_gaps(p: Items, i: int, j: int, short: float, moves: list[float]) -> float:
    """Shrinks the gaps between Han evenly (rule E12); returns the change of each, a negative number."""
    places = [k for k, step in enumerate(p.stretchability[i:j]) if k and step == REST]
    each = short / len(places)
    for k in places:
        moves[k] += each
    return each


def _stretch(p: Items, i: int, j: int, short: float, evenly: bool) -> tuple[list[float], float, float]:
    """Stretches a line by `short` in CLREQ's order, each step evenly at all its places (rule E4).

    Where a gap would get over LOOSE_STRETCH, every gap takes its share of the rest, up to half an em more. `evenly`,
    均排: all gaps alike from the first and without a limit (rule E10).

    Returns:
        How far each item moves, relative to the one before it; what each gap of the last step got; what is left.
    """
    stretchability = b"\0" + p.stretchability[i + 1 : j]
    added = [0.0] * (REST + 1)  # by step
    if not evenly:
        for step in EXPANSION:
            count = stretchability.count(step.number)
            if count and short > NEGLIGIBLE:
                most: float = LOOSE_STRETCH * count
                if step.number != REST:
                    most = sum([p.stretches[i + k] for k, number in enumerate(stretchability) if number == step.number])
                added[step.number] = min(short, most) / count
                short -= added[step.number] * count
    places = len(stretchability) - stretchability.count(0)
    if places and short > NEGLIGIBLE:
        more = short / places if evenly else min(short / places, HALF_EM)
        added[1:] = [amount + more for amount in added[1:]]
        short -= more * places
    moves = [*map(added.__getitem__, stretchability)]
    return moves, added[REST], short if short > NEGLIGIBLE else 0.0


def _in_visual_order(p: Items, i: int, j: int, xs: list[float]) -> list[float]:
    """The origins of a line's items after those that run from right to left were reversed, from the deepest level on
    (UAX #9 L2); the white between two items stays between them."""
    assert p.levels is not None
    levels, own, xs = p.levels[i:j], [width / EM for width in p.own[i:j]], [*xs]
    for level in range(max(levels), 0, -1):
        at = 0
        while at < len(levels):
            end = at
            while end < len(levels) and levels[end] >= level:
                end += 1
            if end > at:
                edges = min(xs[at:end]) + max(x + width for x, width in zip(xs[at:end], own[at:end], strict=True))
                xs[at:end] = [edges - x - width for x, width in zip(xs[at:end], own[at:end], strict=True)]
            at = end + 1
    return xs


def _pieces(p: Items, i: int, j: int, xs: list[float], left: float, edge: float) -> tuple[LinePiece, ...]:
    """The line's characters, one piece a run; `xs` are the items' origins, `left` and `edge` the line's edges, in em."""
    complex = p.complex
    from_, to = bisect_left(complex, i), bisect_left(complex, j)
    start = p.offset(i)
    run = p.run_at(start)
    if from_ == to and (run + 1 == len(p.bounds) or p.bounds[run + 1] >= start + j - i):
        return (_piece(p, run, p.text[start : start + j - i], xs, left, edge),)
    if len(p.bounds) == 1 and (places := _as_typed(p, i, j, xs, complex[from_:to])):
        return (_piece(p, 0, p.text[start : start + len(places)], places, left, edge),)
    line = _Line(p)
    at = i
    for k in complex[from_:to]:
        if at < k:
            line.add_characters(at, k, xs[at - i : k - i])
        line.add_item(k, xs[k - i], first=k == i, last=k == j - 1)
        at = k + 1
    if at < j:
        line.add_characters(at, j, xs[at - i :])
    if p.shape[j - 1] == HYPHEN_PART:
        line.add(line.runs[-1], "-", [edge - p.hyphen_width(j - 1) / EM])
    pieces = [_piece(p, *parts, left, edge) for parts in zip(line.runs, line.texts, line.xs, strict=True)]
    for number, (glyphs, leftward) in line.words.items():
        pieces[number] = replace(pieces[number], glyphs=glyphs, leftward=leftward)
    return tuple(pieces)


def _as_typed(p: Items, i: int, j: int, xs: list[float], items: Sequence[int]) -> list[float] | None:
    """The origins of the characters of a line that prints exactly what was typed, in one run.

    None where it has a typed space, a reading, a shaped word, a Western quotation mark or an added hyphen.
    """
    if p.rubies or p.words or p.shape[j - 1] == HYPHEN_PART:
        return None
    places, at, letters, size = [], i, p.letters[0], p.sizes[0]
    for k in items:
        word, x = p.tokens[k], xs[k - i]
        if p.shape[k] in TYPED_SPACES or word[0] in SPACES or word[-1] in SPACES or max(word) >= FIRST_WESTERN_MARK:
            return None
        places += xs[at - i : k - i]
        at = k + 1
        if len(word) > 1:
            places += accumulate([advance * size / EM for advance in letters.of(word)[:-1]], initial=x)
        elif p.shape[k] in _CENTRED:
            places.append(x + (p.own[k] - letters.character[word] * size) / EM / 2)
        else:
            places.append(x)
    places += xs[at - i :]
    return places


class _Line:
    """Collects the characters of a line and their origins by run."""

    def __init__(self, p: Items) -> None:
        self.p = p
        self.runs: list[int] = []
        self.texts: list[str] = []
        self.xs: list[list[float]] = []
        self.words: dict[int, tuple[tuple[PlacedGlyph, ...], bool]] = {}  # shaped words by the number of their piece

    def add(self, run: int, text: str, xs: list[float]) -> None:
        if self.runs and self.runs[-1] == run and len(self.runs) - 1 not in self.words:
            self.texts[-1] += text
            self.xs[-1] += xs
        else:
            self.runs.append(run)
            self.texts.append(text)
            self.xs.append(xs)

    def add_characters(self, i: int, j: int, xs: list[float]) -> None:
        """Items of one character each, at their cells' left edges."""
        p, start, at = self.p, self.p.offset(i), 0
        end = start + j - i
        run = p.run_at(start)
        while run + 1 < len(p.bounds) and p.bounds[run + 1] < end:
            here = p.bounds[run + 1] - start
            self.add(run, p.text[start : start + here], xs[at : at + here])
            start, at = start + here, at + here
            run = p.run_at(start)
        self.add(run, p.text[start:end], xs[at:])

    def add_item(self, k: int, x: float, first: bool, last: bool) -> None:
        p, kind, token = self.p, self.p.shape[k], self.p.tokens[k]
        if k in p.words:
            self._add_word(k, x, last=last)
            return
        start = p.offset(k)
        if kind in TYPED_SPACES:
            if kind not in SWALLOWED_SPACES and not first and not last:
                self.add(p.run_at(start), " " if kind == TYPED_SPACE else token, [x])
            return
        word = token.strip(SPACES)
        start += token.index(word)
        run = p.run_at(start)
        if kind in _CENTRED and len(word) == 1:
            self.add(run, word, [x + (p.own[k] - p.letters[run].character[word] * p.sizes[run]) / EM / 2])
            return
        left = x
        x += p.insets.get(k, 0) / EM
        typed, at = p.text[start : start + len(word)], 0
        for run, advances in p.advances(k):
            letters, xs, here = p.letters[run], [], at
            for advance in advances:
                character = word[at]
                inset = letters.inset(character) * p.sizes[run] / EM if character >= FIRST_WESTERN_MARK else 0.0
                xs.append(x - inset)
                x += advance / EM
                at += 1
            self.add(run, typed[here:at], xs)
        if not last and token[-1] in SPACES and p.stretchability[k + 1] == WORD_SPACE:
            is_leftward = p.levels is not None and p.levels[k + 1] & 1
            self.add(run, " ", [left - p.letters[run].character[" "] * p.sizes[run] / EM if is_leftward else x])

    def _add_word(self, k: int, x: float, *, last: bool) -> None:
        """A shaped word, with the space after it where the line goes on."""
        p = self.p
        part = p.words[k]
        text = p.text[p.lead + part.start : p.lead + part.end]
        scale, word, is_leftward = p.sizes[part.run] / EM, part.word, part.level & 1
        xs, shift, glyphs = [x + at * scale for at in word.xs], 0.0, [*word.glyphs]
        if not last and p.tokens[k][-1] in SPACES and p.stretchability[k + 1] == WORD_SPACE:
            text += " "
            space = word.space
            xs.append(x - space.advance * scale if is_leftward else x + word.advance * scale)
            if p.levels is None or p.levels[k + 1] & 1 == is_leftward:
                if is_leftward:
                    shift = space.advance
                    glyphs.insert(0, space._replace(x=-shift, start=len(text) - 1, end=len(text)))
                else:
                    glyphs.append(space._replace(x=word.advance, start=len(text) - 1, end=len(text)))
            else:
                xs[-1] = x
        placed = [
            PlacedGlyph(one.number, (one.x + shift) * scale, one.y * scale, one.advance, text[one.start : one.end])
            for one in glyphs
        ]
        self.words[len(self.runs)] = tuple(placed), bool(is_leftward)
        self.runs.append(part.run)
        self.texts.append(text)
        self.xs.append(xs)


def _piece(p: Items, number: int, text: str, xs: list[float], left: float, right: float) -> LinePiece:
    """A piece of run `number` with its dots, rise and reading; `left` and `right` are the line's edges in em."""
    run, size = p.runs[number], p.sizes[number]
    if not (run.dots or run.ruby or run.superscript):
        return LinePiece(text, number, run.face, xs, size)
    half = {character: p.letters[number].character[character] * size / EM / 2 for character in text}
    dots = (
        tuple(x + half[character] for character, x in zip(text, xs, strict=True) if character.isalnum())
        if run.dots
        else ()
    )
    rise = SUPERSCRIPT_RISE * run.size if run.superscript else 0.0
    if not run.ruby:
        return LinePiece(text, number, run.face, xs, size, rise, dots)
    centre = (xs[0] + xs[-1]) / 2 + half[text[-1]]
    width = p.ruby_width(number) / EM
    ruby_x = max(min(centre - width / 2, right - width), left)  # centred, but never outside its line
    return LinePiece(text, number, run.face, xs, size, rise, dots, run.ruby, ruby_x, p.setting.ruby * size)
