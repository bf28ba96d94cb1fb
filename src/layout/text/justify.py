"""Broken lines become set lines: each brought to its measure in CLREQ's order, every character with its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from .characters import EM, FROM_WESTERN_MARK, HALF, SPACES
from .items import HYPHEN_PART, Items
from .setting import Setting
from .spacing import CENTRED, EXPANSION, LINE_END, LOOSE, REDUCTION, REST, RUBY_SIZE, SUPERSCRIPT_RISE, WORD_SPACE

NOTHING = 1e-6  # thousandths of an em: less is only rounding
_ENDS_IN_WHITE = LINE_END.kinds.encode()
FIRST_WESTERN_MARK = min(map(chr, FROM_WESTERN_MARK))
_INTERPUNCT = ord(":")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one run in a line, as printed; `xs` are their origins in em from the measure's left edge.

    `size` is relative to the setting's, `rise` lifts the baseline (em). `dots` are the centres of emphasis dots
    under the characters (rule J6). `ruby` stands over the piece from `ruby_x`, at `ruby_size` (rule J7).
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


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line as set; lengths in em.

    `start` and `end` count characters of the runs' text; lines follow each other without a gap, so white that a
    break swallows belongs to a line and to none of its pieces. The line's type runs from `x` for `width`, from the
    measure's left edge. `loose` is what each Han gap was given (rule E12), `tight` the part taken of all that the
    line could give, `shortfall` what no rule could fill (below 0: what is too wide). `hung` is what stands outside
    the measure, a pause or stop. `hyphenated`: a hyphen was added. `forced`: the break parts marks that belong
    together (rule A12). `runt`: a last line of less than two Han (rule E9). `room` is what is left at the line's right, before the right indent.
    """

    start: int
    end: int
    pieces: tuple[Piece, ...]
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
    room: float = 0.0

    @property
    def text(self) -> str:
        return "".join([piece.text for piece in self.pieces])


def justify(p: Items, ends: Sequence[int], measures: Sequence[float]) -> list[SetLine]:
    """The lines; the last one is only brought to its measure if it is too wide, or in 均排."""
    lines: list[SetLine] = []
    if not p.size:
        x = p.setting.left + p.setting.indent
        return [SetLine(0, len(p.text), (), x, 0.0, measures[0], room=measures[0] - x) for _ in ends]
    i = 0
    for number, j in enumerate(ends):
        lines.append(_line(p, i, j, number, measures[min(number, len(measures) - 1)]))
        i = j
    return lines


def room(setting: Setting, measure: float, first: bool) -> int:
    """What a line has of its measure, in thousandths of an em."""
    return round((measure - setting.left - setting.right - (setting.indent if first else setting.hanging_indent)) * EM)


def _line(p: Items, i: int, j: int, number: int, measure: float) -> SetLine:
    setting, last = p.setting, j == p.size
    cells: list[float] = [*p.advance[i:j]]  # what an item adds to the line
    own: list[float] = [*p.own[i:j]]  # from its origin to its right edge
    saved, tail = p.left(i) - p.width[i], p.tails[j]
    short: float = room(setting, measure, number == 0) - p.width[j] + p.width[i] + saved + tail
    hung = 0
    if p.hangs and short < 0:
        hung = p.hangs[j]
        short += hung
    cells[0] -= saved
    cells[-1] -= tail + hung
    own[-1] -= tail + hung
    loose = tight = spread = 0.0
    if short < 0:
        taken = _reduce(p, i, j, cells, own, -short)
        tight = taken / max(p.give(i, j), 1)
        short = short + taken if short + taken < -NOTHING else 0.0
    elif setting.align == "distribute" or (setting.align == "justify" and not last):
        loose, short = _expand(p, i, j, cells, short, evenly=setting.align == "distribute")
        if short and p.offset(j) - p.offset(i) > 1:  # words alone on their line: their letters are spread
            short, spread = 0.0, short
    x = setting.left + (setting.hanging_indent if number else setting.indent)
    if short > 0 and setting.align in ("right", "center"):
        x += short / EM / (1 if setting.align == "right" else 2)
    edges = [*accumulate(cells, initial=0.0)]
    width = (edges[-1] + spread) / EM
    xs = [x + (edge - own_width) / EM for edge, own_width in zip(edges[1:], own, strict=True)]
    return SetLine(
        start=p.offset(i) if i else 0,
        end=len(p.text) if last else p.offset(j),
        pieces=_pieces(p, i, j, xs, x, x + edges[-1] / EM, spread / EM),
        x=x,
        width=width,
        measure=measure,
        loose=loose / EM,
        tight=tight,
        shortfall=short / EM if short < 0 or (not last and setting.align == "justify") else 0.0,
        hung=hung / EM,
        hyphenated=p.shape[j - 1] == HYPHEN_PART,
        forced=bool(p.barred[j]),
        runt=last and i > 0 and i >= p.runt,
        room=measure - setting.right - x - width,
    )


def _reduce(p: Items, i: int, j: int, cells: list[float], own: list[float], excess: float) -> float:
    """Takes from the line in CLREQ's order, each step alike from all its places; what was taken (rule E3)."""
    shape, steps, gives, taken = p.shape[i:j], p.step[i:j], p.gives[i:j], 0.0
    last = j - i - 1
    # What stands before the first item is no part of the line, nor the white after a mark at its end, which gives
    # first or has given already; an interpunct there has one side.
    at_end = gives[-1] if shape[-1] in _ENDS_IN_WHITE and not p.tails[j] else 0
    gives[-1] = 0 if shape[-1] in _ENDS_IN_WHITE else gives[-1] // 2 if shape[-1] == _INTERPUNCT else gives[-1]
    gives[0] = gives[0] if shape[0] in _ENDS_IN_WHITE else gives[0] // 2 if shape[0] == _INTERPUNCT else 0
    for step in REDUCTION:
        if step is LINE_END:
            places, total = [last], at_end
        else:
            places = [k for k, number in enumerate(steps) if number == step.number] if step.number in steps else []
            total = sum([gives[k] for k in places])
        if not total:
            continue
        share = min((excess - taken) / total, 1.0)
        for k in places:
            given = (at_end if step is LINE_END else gives[k]) * share
            cells[k] -= given
            if shape[k] in _ENDS_IN_WHITE:
                own[k] -= given
            elif shape[k] == _INTERPUNCT:  # on both sides, or on the one that is inside the line
                own[k] -= given if k == 0 else 0 if k == last else given / 2
        taken += share * total
        if excess - taken < NOTHING:
            break
    return taken


def _expand(p: Items, i: int, j: int, cells: list[float], short: float, evenly: bool) -> tuple[float, float]:
    """Gives to the line in CLREQ's order (rule E4); what each gap of the last step was given, and what is left.

    Where that is over LOOSE, every gap takes its share of the rest, up to half an em more. `evenly`, 均排, gives
    to every gap alike from the first and without a limit (rule E10).
    """
    grow, each = p.grow[i + 1 : j], 0.0
    if not evenly:
        for step in EXPANSION[:-1]:
            places = [k for k, number in enumerate(grow, 1) if number == step.number] if step.number in grow else []
            total = sum([p.stretches[i + k] for k in places])
            if total and short > 0:
                share = min(short / total, 1.0)
                for k in places:
                    cells[k] += p.stretches[i + k] * share
                short -= share * total
        places = [k for k, number in enumerate(grow, 1) if number == REST]
        if places and short > NOTHING:
            each = min(short / len(places), LOOSE)
            for k in places:
                cells[k] += each
            short -= each * len(places)
    places = [k for k, number in enumerate(grow, 1) if number]
    if places and short > NOTHING:
        rest = short / len(places) if evenly else min(short / len(places), HALF)
        for k in places:
            cells[k] += rest
        each += rest
        short -= rest * len(places)
    return each, short if short > NOTHING else 0.0


def _pieces(p: Items, i: int, j: int, xs: list[float], left: float, edge: float, spread: float) -> tuple[Piece, ...]:
    """The line's characters by run; `xs` are the items' origins, `left` and `edge` the line's edges, in em."""
    line = _Line(p)
    at = i
    for k in p.complex[bisect_left(p.complex, i) : bisect_left(p.complex, j)]:
        line.add_characters(at, k, xs[at - i : k - i])
        line.add_item(k, xs[k - i], first=k == i, last=k == j - 1)
        at = k + 1
    line.add_characters(at, j, xs[at - i :])
    if p.shape[j - 1] == HYPHEN_PART:
        line.add(line.runs[-1], "-", [edge - p.hyphen_width(j - 1) / EM])
    if spread:  # words alone on their line
        count = max(sum(map(len, line.xs)) - 1, 1)
        shift = (spread * n / count for n in range(count + 1))
        line.xs = [[x + next(shift) for x in xs] for xs in line.xs]
    return tuple(_piece(p, *parts, left, edge) for parts in zip(line.runs, line.texts, line.xs, strict=True))


class _Line:
    """Characters and their origins, collected by run."""

    def __init__(self, p: Items) -> None:
        self.p = p
        self.runs: list[int] = []
        self.texts: list[str] = []
        self.xs: list[list[float]] = []

    def add(self, run: int, text: str, xs: list[float]) -> None:
        if self.runs and self.runs[-1] == run:
            self.texts[-1] += text
            self.xs[-1] += xs
        else:
            self.runs.append(run)
            self.texts.append(text)
            self.xs.append(xs)

    def add_characters(self, i: int, j: int, xs: list[float]) -> None:
        """Items of one character each, at their cells' left edges."""
        p = self.p
        while i < j:
            start = p.offset(i)
            run = p.run_at(start)
            end = min(j, i + p.bounds[run + 1] - start) if run + 1 < len(p.bounds) else j
            self.add(run, "".join(p.tokens[i:end]), xs[: end - i])
            i, xs = end, xs[end - i :]

    def add_item(self, k: int, x: float, first: bool, last: bool) -> None:
        p = self.p
        kind, token = chr(p.shape[k]), p.tokens[k]
        start = p.offset(k)
        if kind in "_zZoQ":
            if kind not in "zo" and not first and not last:
                self.add(p.run_at(start), " " if kind == "_" else token, [x])
            return
        word = token.strip(SPACES)
        start += token.index(word)
        run = p.run_at(start)
        if kind in CENTRED and len(word) == 1:
            self.add(run, word, [x + (p.own[k] - p.letters[run].character[word] * p.sizes[run]) / EM / 2])
            return
        advances = p.advances(k)
        x += p.insets.get(k, 0) / EM
        typed = p.text[start : start + len(word)]
        for printed, character, (run, advance) in zip(typed, word, advances, strict=True):
            inset = p.letters[run].inset(character) * p.sizes[run] / EM if character >= FIRST_WESTERN_MARK else 0.0
            self.add(run, printed, [x - inset])
            x += advance / EM
        if not last and token[-1] in SPACES and p.grow[k + 1] == WORD_SPACE:
            self.add(run, " ", [x])


def _piece(p: Items, number: int, text: str, xs: list[float], left: float, right: float) -> Piece:
    run, size = p.runs[number], p.sizes[number]
    rise = SUPERSCRIPT_RISE * run.size if run.superscript else 0.0
    half = {
        character: p.letters[number].character[character] * size / EM / 2
        for character in (text if run.dots or run.ruby else "")
    }
    dots = (
        tuple(x + half[character] for character, x in zip(text, xs, strict=True) if character.isalnum())
        if run.dots
        else ()
    )
    if not run.ruby:
        return Piece(text, number, run.face, xs, size, rise, dots)
    centre = (xs[0] + xs[-1]) / 2 + half[text[-1]]
    width = p.ruby_width(number) / EM
    ruby_x = max(min(centre - width / 2, right - width), left)  # centred, but never outside its line
    return Piece(text, number, run.face, xs, size, rise, dots, run.ruby, ruby_x, RUBY_SIZE * size)
