"""The words of a paragraph that are shaped: cut at white, at changes of direction and face, and after the tsheg."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import bidirectional, east_asian_width

from ..characters import KIND_OF, SPACES
from .bidirectional import embedding_levels
from .scripts import COMPLEX, scripts_in
from .shaper import ShapedWord, ShapingFace, shape_word

WORD, JOINED_PART, SYLLABLE = "A", "J", "S"  # classes of such items
_LANGUAGES = {"Arab": "ug", "Hebr": "he", "Tibt": "bo"}  # whose forms of letters are meant
_MARKS = frozenset("(),.!:=e")  # classes of Chinese marks
# A Tibetan syllable ends with its tsheg, and with the shads after it, which start no line (rule S6).
_TSHEG, _SHADS = "\u0f0b\u0fd2", "\u0f0d-\u0f12\u0f14\u0f34"
_NOT_WHITE = re.compile(rf"[^{SPACES}\u3000]+(?:[{SPACES}]+(?=[{_SHADS}])[^{SPACES}\u3000]+)*")
_SYLLABLE = re.compile(rf"[^{_TSHEG}{_SHADS}]*[{_TSHEG}]*[{_SHADS}]*(?:[{SPACES}]+[{_SHADS}]+)*")
_TIBETAN = re.compile(r"[\u0f00-\u0fff]")


class WordPart(NamedTuple):
    """Characters from `start` to `end` of the paragraph that are one item of a line."""

    start: int
    end: int
    kind: str
    run: int
    level: int
    word: ShapedWord


def paragraph_levels(text: str, *, leftward: bool) -> list[int]:
    """The level of each character. Chinese marks in a Chinese paragraph never run from right to left (rule S4)."""
    classes = [bidirectional(character) or "L" for character in text]
    if not leftward:
        classes = ["L" if is_chinese(character) else kind for character, kind in zip(text, classes, strict=True)]
    return embedding_levels(text, int(leftward), classes)


def is_chinese(character: str) -> bool:
    """Han, and the marks that stand in a square of their own in Chinese text."""
    return east_asian_width(character) in "WF" or (not character.isascii() and KIND_OF.get(character, "") in _MARKS)


def shaped_parts(
    text: str,
    levels: Sequence[int],
    run_at: Callable[[int], int],
    faces: Sequence[ShapingFace],
) -> Iterator[WordPart]:
    """The parts of all words that have to be shaped, in order."""
    for found in _NOT_WHITE.finditer(text):
        for start, end in _between_chinese(text, levels, *found.span()):
            if COMPLEX.search(text, start, end) or any(level & 1 for level in levels[start:end]):
                yield from _parts(text, start, end, levels, run_at, faces)


def _between_chinese(text: str, levels: Sequence[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    """What is left of a row of characters without Han and Chinese marks that run from left to right."""
    begin = start
    for at in range(start, end):
        if not levels[at] & 1 and is_chinese(text[at]):
            if begin < at:
                yield begin, at
            begin = at + 1
    if begin < end:
        yield begin, end


def _parts(
    text: str,
    start: int,
    end: int,
    levels: Sequence[int],
    run_at: Callable[[int], int],
    faces: Sequence[ShapingFace],
) -> Iterator[WordPart]:
    cuts = [start]
    ends_syllable = set()
    for at in range(start + 1, end):
        if levels[at] != levels[at - 1] or run_at(at) != run_at(at - 1):
            cuts.append(at)
    if _TIBETAN.search(text, start, end):
        at = start
        while at < end:
            at = max(_SYLLABLE.match(text, at, end).end(), at + 1)  # type: ignore[union-attr]
            if at < end:
                ends_syllable.add(at)
        cuts = sorted({*cuts, *ends_syllable})
    cuts = sorted({_before_white(text, cut, start) for cut in cuts})
    for begin, stop in zip(cuts, [*cuts[1:], end], strict=True):
        first = next(at for at in range(begin, stop) if text[at] not in SPACES)
        run, level = run_at(first), levels[first]
        own = next((_LANGUAGES[code] for code in scripts_in(text[begin:stop]) if code in _LANGUAGES), "und")
        word = shape_word(faces[run], text, begin, stop, leftward=bool(level & 1), language=own)
        kind = SYLLABLE if stop in ends_syllable else WORD if stop == end else JOINED_PART
        yield WordPart(begin, stop, kind, run, level, word)


def _before_white(text: str, at: int, start: int) -> int:
    """A place between two parts, moved before the white there: it belongs to the second (a shad after a space)."""
    while at > start and text[at - 1] in SPACES:
        at -= 1
    return at
