"""Broken lines become set lines: each brought to its measure in CLREQ's order, every character with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from .characters import EM, FROM_WESTERN_MARK, HALF, SPACES
from .items import Items
from .setting import Setting
from .spacing import (
    CENTRED,
    EXPANSION,
    LINE_END,
    LOOSE,
    REDUCTION,
    REST,
    RUBY_SIZE,
    SUPERSCRIPT_RISE,
)


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
    together (rule A12). `room` is what is left at the line's right, before the right indent.
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
    cells[0] -= p.left(i) - p.width[i]
    cells[-1] -= p.tails[j]
    own[-1] -= p.tails[j]
    short: float = room(setting, measure, number == 0) - p.right(j) + p.left(i)
    loose = tight = spread = 0.0
    if short < 0:
        given = _reduce(p, i, j, cells, own, -short)
        tight = given / max(p.give(i, j), 1)
        short += given
    elif short and (setting.align == "distribute" or (setting.align == "justify" and not last)):
        loose, short = _expand(p, i, j, cells, short, evenly=setting.align == "distribute")
        if short and p.starts[j] - p.starts[i] > 1:  # words alone on their line: their letters are spread
            short, spread = 0.0, short
    x = setting.left + (setting.hanging_indent if number else setting.indent)
    if short > 0 and setting.align in ("right", "center"):
        x += short / EM / (1 if setting.align == "right" else 2)
    edges = list(accumulate(cells, initial=0.0))
    width = edges[-1] + spread
    xs = [edge - w for edge, w in zip(edges[1:], own, strict=True)]
    hyphenated = not last and p.shape[j - 1] == 66
    return SetLine(
        start=p.starts[i] if i else 0,
        end=len(p.text) if last else p.starts[j],
        pieces=tuple(_pieces(p, i, j, xs, x, hyphenated, spread)),
        x=x,
        width=width / EM,
        measure=measure,
        loose=loose / EM,
        tight=tight,
        shortfall=short / EM if short < 0 or (not last and setting.align == "justify") else 0.0,
        hyphenated=hyphenated,
        forced=bool(p.barred[j]),
        room=measure - setting.right - x - width / EM,
    )


def _reduce(p: Items, i: int, j: int, cells: list[float], own: list[float], excess: float) -> float:
    """Takes from the line in CLREQ's order, each step alike from all its places; what was taken (rule E3)."""
    shape, taken, shrinks = p.shape, 0.0, p.shrinks
    ends_in_white = shape[j - 1] in LINE_END.kinds.encode()
    steps = b"\0" + p.step[i + 1 : j]
    if ends_in_white and j - i > 1:  # a mark at the end gives first, or has given already
        steps = steps[:-1] + b"\0"
    for step in REDUCTION:
        order = step.number
        if order == LINE_END.number:
            if not ends_in_white or p.spent[j] or not shrinks[j - 1]:
                continue
            places = [j - i - 1]
        elif order in steps:
            places = [k for k, number in enumerate(steps) if number == order]
        else:
            continue
        gives = [shrinks[i + k] for k in places]
        share = min((excess - taken) / (sum(gives) or 1), 1.0)
        for k, give in zip(places, gives, strict=True):
            cells[k] -= give * share
            if shape[i + k] in b"),.!":
                own[k] -= give * share
            elif shape[i + k] == 58:  # an interpunct gives on both sides
                own[k] -= give * share / 2
        taken += share * sum(gives)
        if excess - taken < 1e-6:
            break
    return taken


def _expand(p: Items, i: int, j: int, cells: list[float], short: float, evenly: bool = False) -> tuple[float, float]:
    """Gives to the line in CLREQ's order (rule E4); what each gap of the last step was given, and what is left.

    Where that is over LOOSE, every gap takes its share of the rest, up to half an em more. `evenly`, 均排, gives
    to every gap alike from the first and without a limit (rule E10).
    """
    grow = p.grow[i + 1 : j]
    each = 0.0
    if not evenly:
        for step in EXPANSION[:-1]:
            places = [k for k, number in enumerate(grow, 1) if number == step.number] if step.number in grow else []
            mosts = [p.stretches[i + k] for k in places]
            if sum(mosts) and short > 0:
                share = min(short / sum(mosts), 1.0)
                for k, most in zip(places, mosts, strict=True):
                    cells[k] += most * share
                short -= share * sum(mosts)
        places = [k for k, number in enumerate(grow, 1) if number == REST]
        if places and short > 1e-6:
            each = min(short / len(places), LOOSE)
            for k in places:
                cells[k] += each
            short -= each * len(places)
    places = [k for k, number in enumerate(grow, 1) if number]
    if places and short > 1e-6:
        rest = short / len(places) if evenly else min(short / len(places), HALF)
        for k in places:
            cells[k] += rest
        each += rest
        short -= rest * len(places)
    return each, short if short > 1e-6 else 0.0


def _pieces(p: Items, i: int, j: int, xs: list[float], x: float, hyphenated: bool, spread: float) -> list[Piece]:
    """The line's characters by run."""
    first, final = p.run_at(p.starts[i]), p.run_at(p.starts[j] - 1)
    if first == final and not spread and not p.complex_between(i, j):
        run = p.runs[first]
        text = "".join(p.tokens[i:j])
        places = [x + place / EM for place in xs]
        dots = _dots(p, text, [EM] * len(text), places, first) if run.dots else ()
        return [Piece(text, first, run.face, places, p.sizes[first], 0.0, dots)]
    return _mixed_pieces(p, i, j, xs, x, hyphenated, spread)


def _mixed_pieces(p: Items, i: int, j: int, xs: list[float], x: float, hyphenated: bool, spread: float) -> list[Piece]:
    """The same where an item has several characters, or a run ends inside the line."""
    rows: list[tuple[int, str, float, float]] = []  # run, character, origin, advance
    for k, origin in enumerate(xs, i):
        kind, token = chr(p.shape[k]), p.tokens[k]
        at = p.starts[k]
        if kind in "_z":
            if kind == "_" and i < k < j - 1:
                rows.append((p.run_at(at), token, origin, 0.0))
            continue
        body = token.strip(SPACES)
        at += token.index(body)
        run = p.run_at(at)
        if len(body) == 1:
            if kind == "Z" and k in (i, j - 1):
                continue
            advance = p.letters[run].character[body] * p.sizes[run] if kind in CENTRED else p.own[k]
            rows.append((run, body, origin + (p.own[k] - advance) / 2 if kind in CENTRED else origin, advance))
        else:
            advances = p.advances_of(k, token) if kind != "=" else [p.own[k] / len(body)] * len(body)
            if k in p.rubies:
                origin += (p.own[k] - sum(advances)) / 2
            for place, (character, advance) in enumerate(zip(body, advances, strict=True), at):
                rows.append((p.run_at(place), character, origin, advance))
                origin += advance
            if k + 1 < j and token != body and token[-1] in SPACES and p.grow[k + 1] == 1:
                rows.append((p.run_at(p.starts[k + 1] - 1), " ", origin, 0.0))
    if hyphenated:
        run, _, origin, advance = rows[-1]
        rows.append((run, "-", origin + advance, 0.0))
    if spread:
        each = spread / max(len(rows) - 1, 1)
        rows = [(run, letter, origin + n * each, own) for n, (run, letter, origin, own) in enumerate(rows)]
    pieces: list[Piece] = []
    at = 0
    while at < len(rows):
        run, end = rows[at][0], at
        while end < len(rows) and rows[end][0] == run:
            end += 1
        row = rows[at:end]
        text = "".join(character for _, character, _, _ in row).translate(FROM_WESTERN_MARK)
        places = [x + origin / EM for _, _, origin, _ in row]
        pieces.append(_piece(p, run, text, places, [advance for *_, advance in row]))
        at = end
    return pieces


def _piece(p: Items, number: int, text: str, xs: list[float], advances: list[float]) -> Piece:
    run = p.runs[number]
    dots = _dots(p, text, advances, xs, number) if run.dots else ()
    rise = SUPERSCRIPT_RISE * run.size if run.superscript else 0.0
    if not run.ruby:
        return Piece(text, number, run.face, xs, p.sizes[number], rise, dots)
    centre = (xs[0] + xs[-1] + advances[-1] / EM) / 2
    ruby_x = centre - p.ruby_width(number) / EM / 2
    return Piece(text, number, run.face, xs, p.sizes[number], rise, dots, run.ruby, ruby_x, RUBY_SIZE * run.size)


def _dots(p: Items, text: str, advances: list[float], xs: list[float], run: int) -> tuple[float, ...]:
    """Centres of the dots: under every character but marks and spaces."""
    return tuple(
        at + advance / EM / 2 for character, at, advance in zip(text, xs, advances, strict=True) if character.isalnum()
    )
