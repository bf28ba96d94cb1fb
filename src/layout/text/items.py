"""A paragraph's text becomes items: characters, and words, numbers, dashes and marks that stay whole."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING

from .characters import (
    COMBINED,
    FROM_WESTERN_MARK,
    HALF,
    SPACES,
    WESTERN_MARKS,
    WHOLE,
    WHOLE_COMBINED,
    Memo,
    kinds,
    with_western_marks,
)
from .hyphens import letters as every_letter
from .hyphens import parts
from .names import name_breaks
from .setting import Face, Run, Setting
from .spacing import (
    FORBIDDEN,
    FREE,
    HIGH,
    LOW,
    MEASURED,
    NAME,
    RUBY_GAP,
    RUBY_OVERHANG,
    RUBY_SIZE,
    SUPERSCRIPT_SIZE,
    tables,
)

if TYPE_CHECKING:
    from .breaking import Reached

WHITE = SPACES + "\u3000"
WHOLE_WORDS, PARTED, LETTER_BY_LETTER = range(3)  # how far Western words are parted
_MEASURED = re.compile(rb"[%b]" % re.escape("".join(sorted(MEASURED)).encode()))
# Two marks that together have a whole em of white inside: the first closing one gives way, the second opening one
# does (C3, C5, C6); where a setting keeps no white between them, all do.
_PAIR = re.compile(rb"[),.!](?=[(),.!T])|(?<=\()\(+")
_TIGHT = re.compile(rb"[),.!]+\(+|[),.!]{2,}|[),.!](?=T)|\({2,}")
_SLIM = bytes.maketrans(b"(),.!", b"<>;;;")
_MEASURES = re.compile(rb"(?<=N)M+|(?<=O[HM])M")
_SWALLOWED = re.compile(rb"(?<=[,.!;T()<>])_|_(?=[,.!;T()<>])")
_STOP_IN_QUOTES = re.compile(rb"[.!]>+")
_COMPLEX = re.compile(rb"[ANuvlrBUEX=T_zZ:\-/~]")
_BARRED = bytes(255) + b"\1"


class Letters:
    """Advances of a face as the composer wants them: of a character, and of a token without its spaces."""

    def __init__(self, face: Face, digit_width: int) -> None:
        self.face, self.digit_width = face, digit_width
        self.em = face.advances["中"]
        self.character: Memo[str, int] = Memo(self._character)
        self.token: Memo[str, int] = Memo(lambda token: sum(map(self.character.__getitem__, token.strip(SPACES))))

    def _character(self, character: str) -> int:
        mark = FROM_WESTERN_MARK.get(ord(character))
        if mark:
            own = self.face.advances[mark]
            return WESTERN_MARKS[mark][1] if own > 600 else own
        if self.digit_width and character in "0123456789":
            return self.digit_width
        if character in "！？":  # in a unit of two (rule B9)
            return HALF
        return self.face.advances[character]


class Items:
    """The items of a text; entry k of a prefix sum is the sum over the items before item k.

    `tokens` are the characters of each item, `shape` its class, `pairs` the class of each with the one before it.
    `starts` are offsets in the text; all lengths are thousandths of the setting's em.
    """

    def __init__(
        self, text: str, runs: Sequence[Run], setting: Setting, letters: Sequence[Letters], split: int
    ) -> None:
        self.text, self.runs, self.setting, self.letters, self.split = text, runs, setting, letters, split
        self.tables = tables(setting)
        self.lead = len(text) - len(text.lstrip(WHITE))
        self.bounds = list(accumulate((len(run.text) for run in runs), initial=0))[:-1]
        self.sizes = [run.size * (SUPERSCRIPT_SIZE if run.superscript else 1) for run in runs]
        self.tokens: list[str] = []
        self.rubies: dict[int, int] = {}  # item → its run
        given = self._cut(text[self.lead :].rstrip(WHITE))
        self.shape = self._classify(given)
        self.size = len(self.shape)
        self.pairs = list(map(add, map(HIGH.__getitem__, b"|" + self.shape), map(LOW.__getitem__, self.shape + b"|")))
        self.scales = self._scales()
        self.measured = {k: self._measure(k) for k in map(_start, _MEASURED.finditer(self.shape))}
        self.measured.update(self._rubies())
        self.advance = self._each("advance", self.pairs[:-1])
        self.width = list(accumulate(self.advance, initial=0))
        self.tails = self._tails()
        self.tolls = self._tolls()
        self.barred = self.tolls.translate(_BARRED)
        self.reached: Reached | None = None  # what the optimum has found so far, kept by `breaking`

    # --- from text to classes

    def _cut(self, body: str) -> dict[int, str]:
        """Fills `tokens`; returns the classes that a token has not from its characters, by item."""
        given: dict[int, str] = {}
        if "“" in body or "”" in body or "’" in body or "‘" in body:
            body = with_western_marks(body)
        units = [k for k, run in enumerate(self.runs) if run.ruby or run.superscript]
        at = 0
        for k in units:
            start, end = max(self.bounds[k] - self.lead, 0), self.bounds[k] + len(self.runs[k].text) - self.lead
            if body[start:end].strip(WHITE):
                self._cut_plain(body[at:start], given)
                given[len(self.tokens)] = "H" if self.runs[k].ruby else "X"
                if self.runs[k].ruby:
                    self.rubies[len(self.tokens)] = k
                self.tokens.append(body[start:end])
                at = min(end, len(body))
        self._cut_plain(body[at:], given)
        return given

    def _cut_plain(self, body: str, given: dict[int, str]) -> None:
        tokens, at, split = self.tokens, 0, self.split
        pattern = WHOLE_COMBINED if COMBINED.search(body) else WHOLE
        for found in pattern.finditer(body):
            tokens += body[at : found.start()]
            at = found.end()
            token = found[0]
            if split and kinds[token] in b"ANuv" and len(token) > 1:
                setting = self.setting
                cut = every_letter if split > PARTED else parts
                cells = cut(token, setting.language, setting.hyphenate)
                for cell, kind in cells:
                    if kind:
                        given[len(tokens)] = kind
                    elif len(cells) > 1:
                        given[len(tokens)] = "A"
                    tokens.append(cell)
            else:
                tokens.append(token)
        tokens += body[at:]

    def _classify(self, given: dict[int, str]) -> bytes:
        setting, shape = self.setting, bytes(map(kinds.__getitem__, self.tokens))
        if given:
            changed = bytearray(shape)
            for k, kind in given.items():
                changed[k] = ord(kind)
            shape = bytes(changed)
        shape = shape.translate(self.tables.slim)
        if setting.scheme == "kaiming":  # the stop's width goes to the quotation mark that closes after it
            shape = _STOP_IN_QUOTES.sub(lambda found: b";" + found[0][2:] + b")", shape)
        if setting.pairs != "keep" and setting.scheme != "natural":
            pattern = _PAIR if setting.pairs == "trim" else _TIGHT
            shape = pattern.sub(lambda found: found[0].translate(_SLIM), shape)
        if b"_" in shape:
            shape = _SWALLOWED.sub(b"z", shape)
        if b"M" in shape:
            shape = _MEASURES.sub(lambda found: b"m" * len(found[0]), shape)
        return shape

    # --- from classes to widths

    def _scales(self) -> list[float] | None:
        """What each item's em is, where it is not everywhere the setting's."""
        ems = [size * letters.em / 1000 for size, letters in zip(self.sizes, self.letters, strict=True)]
        if all(em == 1 for em in ems):
            return None
        return [ems[self.run_at(start)] for start in self.starts[:-1]] + [1.0]

    def _each(self, name: str, pairs: Sequence[int], owner: int = 0) -> list[int]:
        """An answer of the tables for each pair, at the scale of the item it belongs to: the second, or the first."""
        answers = list(map(getattr(self.tables, name).__getitem__, pairs))
        if self.scales:
            scales = self.scales[-1:] + self.scales[:-1] if owner else self.scales
            answers = [round(answer * scale) for answer, scale in zip(answers, scales, strict=False)]
        if name in ("advance", "own"):
            for k, width in self.measured.items():
                answers[k] += width
        return answers

    def _measure(self, k: int) -> int:
        """The width of an item that is as wide as its characters."""
        token = self.tokens[k]
        if self.shape[k] == 61 and len(token) == 1:  # a dash or ellipsis of one character
            return round((2000 if token == "⸺" else 1000) * (self.scales[k] if self.scales else 1))
        if len(self.runs) == 1:
            width = self.letters[0].token[token]
            if len(token) == 3 and token[0] in "！？":
                width += HALF
            return width if self.sizes[0] == 1 else round(width * self.sizes[0])
        return round(sum(self.advances_of(k, token)))

    def advances_of(self, k: int, token: str) -> list[float]:
        """Of each character of a token that stands at item k; spaces at its edges have none."""
        at, out = self.starts[k], []
        body = token.strip(SPACES)
        at += token.index(body)
        for place, character in enumerate(body, at):
            run = self.run_at(place)
            out.append(self.letters[run].character[character] * self.sizes[run])
        if len(body) == 3 and body[0] in "！？":
            out[-1] *= 2
        return out

    def _rubies(self) -> dict[int, int]:
        """By how much the items with ruby are wider than an em (rule J7)."""
        extra = {}
        for k, run in self.rubies.items():
            scale = self.scales[k] if self.scales else 1.0
            room = 0.0
            for beside in (k - 1, k + 1):
                if 0 <= beside < self.size:
                    room += (
                        -RUBY_GAP / 2
                        if beside in self.rubies
                        else RUBY_OVERHANG
                        if self.shape[beside] in b"HMmO"
                        else 0
                    )
            base = sum(self.ruby_base(k))
            extra[k] = round(max(base, self.ruby_width(run) - 1000 * room * scale) - 1000 * scale)
        return extra

    def ruby_base(self, k: int) -> list[float]:
        """Advances of the characters under a ruby."""
        return self.advances_of(k, self.tokens[k])

    def ruby_width(self, run: int) -> float:
        return sum(map(self.letters[run].character.__getitem__, self.runs[run].ruby)) * RUBY_SIZE * self.sizes[run]

    def _tails(self) -> list[int]:
        tails = self._each("tail", self.pairs, owner=1)
        if self.split:
            for k in (at for at, kind in enumerate(self.shape) if kind == 66):  # a hyphen goes there
                run = self.run_at(self.starts[k])
                tails[k + 1] -= round(self.letters[run].character["-"] * self.sizes[run])
        return tails

    def _tolls(self) -> bytes:
        tolls = bytes(map(self.tables.toll.__getitem__, self.pairs[:-1])) + b"\0"
        kept = [
            place
            for run, start in zip(self.runs, self.bounds, strict=True)
            if run.tag == "name"
            for place in range(start + 1, start + len(run.text))
        ]
        if self.setting.keep_names:
            kept += name_breaks(self.text)
        return self._with(tolls, kept, FORBIDDEN if self.setting.keep_names else NAME) if kept else tolls

    def _with(self, tolls: bytes, offsets: Iterable[int], toll: int) -> bytes:
        changed, starts = bytearray(tolls), {start: k for k, start in enumerate(self.starts[:-1])}
        for offset in offsets:
            k = starts.get(offset)
            if k and changed[k] == FREE:
                changed[k] = toll
        return bytes(changed)

    # --- asked when wanted

    @cached_property
    def starts(self) -> list[int]:
        """Where each item starts in the text, and where the last one ends."""
        return list(accumulate(map(len, self.tokens), initial=self.lead))

    def run_at(self, offset: int) -> int:
        return bisect_right(self.bounds, offset) - 1 if len(self.bounds) > 1 else 0

    @cached_property
    def own(self) -> list[int]:
        return self._each("own", self.pairs[:-1])

    @cached_property
    def shrinks(self) -> list[int]:
        return self._each("shrink", self.pairs[:-1])

    @cached_property
    def shrink(self) -> list[int]:
        return list(accumulate(self.shrinks, initial=0))

    @cached_property
    def spent(self) -> list[int]:
        return self._each("spent", self.pairs, owner=1)

    @cached_property
    def stretches(self) -> list[int]:
        return self._each("stretch", self.pairs[:-1])

    @cached_property
    def stretch(self) -> list[int]:
        return list(accumulate(self.stretches, initial=0))

    @cached_property
    def soft_tolls(self) -> bytes:
        """Tolls, with those of names that the text shows."""
        return self._with(self.tolls, name_breaks(self.text), NAME)

    @cached_property
    def step(self) -> bytes:
        return bytes(map(self.tables.step.__getitem__, self.pairs[:-1]))

    @cached_property
    def grow(self) -> bytes:
        return bytes(map(self.tables.grow.__getitem__, self.pairs[:-1]))

    @cached_property
    def runt(self) -> int:
        """A last line that starts here or later holds less than two Han besides marks (rule E9)."""
        has, k = 0, self.size
        while k and has < 2000:
            k -= 1
            has += 0 if self.shape[k] in b"(),.!:;T<>_zZ" else self.own[k]
        return k + 1 if has >= 2000 else self.size + 1

    @cached_property
    def widest(self) -> int:
        """The width of the widest item."""
        return max(self.measured.values(), default=0)

    @cached_property
    def has_words(self) -> bool:
        """Is there a Western word that could be parted?"""
        return any(len(self.tokens[k]) > 4 for k in self.measured if self.shape[k] in b"AN")

    def complex_between(self, i: int, j: int) -> bool:
        """Is there an item between the two that is not one character at its cell's left edge?"""
        places = self._complex
        at = bisect_left(places, i)
        return at < len(places) and places[at] < j

    @cached_property
    def _complex(self) -> list[int]:
        found = list(map(_start, _COMPLEX.finditer(self.shape)))
        return sorted({*found, *self.rubies, *(k for k, token in enumerate(self.tokens) if len(token) > 1)})

    def left(self, i: int) -> int:
        """Where a line that starts with item i has its left edge, on the scale of `width`."""
        saved = self.tables.start[self.pairs[i]]
        return self.width[i] + (round(saved * self.scales[i]) if self.scales else saved)

    def right(self, j: int) -> int:
        """Where a line that ends before item j has its right edge."""
        return self.width[j] - self.tails[j]

    def give(self, i: int, j: int) -> int:
        """By how much the line of items i to j can be compressed."""
        return self.shrink[j] - self.spent[j] - self.shrink[i + 1]


def _start(found: re.Match[bytes]) -> int:
    return found.start()
