"""Advances of characters as the composer uses them, from those of a face."""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import category

from ..characters import COMBINED, EM, FROM_WESTERN_MARK, OPENING_QUOTES, SPACES, WESTERN_MARKS, CachedFunction
from ..setting import ComposerFace

WIDE_CHARACTER = 600  # thousandths of an em: a quotation mark wider than this has a whole cell


class LetterAdvances:
    """Advances of a face, in thousandths of its em: of a character in a Western word, and of a whole token."""

    def __init__(self, face: ComposerFace, digit_width: int, western: bool = False) -> None:
        self.face, self.digit_width = face, digit_width
        # Of Latin text: marks have their proportional forms (rule L7).
        self.forms: Mapping[str, int] = getattr(face, "proportional", {}) if western else {}
        self.ligatures: Mapping[str, int] = getattr(face, "ligatures", {}) if western else {}
        self._ligature = re.compile("|".join(sorted(self.ligatures, key=len, reverse=True)))
        self.em = face.advances["中"] if face.covers("中") else EM
        self.character: CachedFunction[str, int] = CachedFunction(self._character)
        self.token: CachedFunction[str, int] = CachedFunction(lambda token: sum(self.of(token.strip(SPACES))))

    def of(self, word: str) -> list[int]:
        """The advance of each character of a unit without spaces at its edges."""
        if word[:1] in "—…⋯⸺":
            return [2 * self.em if mark == "⸺" else self.em for mark in word]
        if len(word) > 1 and not word[0].isascii() and COMBINED.match(word[1]):
            return [self.character[word[0]]] + [0] * (len(word) - 1)  # a character with marks of its own
        advances = [*map(self.character.__getitem__, word)]
        if self.ligatures and "f" in word:  # its letters share the advance of a ligature (rule L10)
            for found in self._ligature.finditer(word):
                share, rest = divmod(self.ligatures[found[0]], len(found[0]))
                advances[found.start() : found.end()] = [share + rest, *[share] * (len(found[0]) - 1)]
        if len(word) == 3 and word[0] in "！？":  # GB/T 15834 5.1.2: two marks take 1 em, three 2 em (rule B9)
            advances[-1] = self.em
        return advances

    def inset(self, character: str) -> int:
        """How far left of its cell a Western opening mark has its origin: the white half of a full-width glyph."""
        mark = FROM_WESTERN_MARK.get(ord(character), "")
        if mark in self.forms:
            return 0
        return self.face.advances[mark] - self.character[character] if mark in OPENING_QUOTES and mark else 0

    def _character(self, character: str) -> int:
        mark = FROM_WESTERN_MARK.get(ord(character))
        if mark:
            if mark in self.forms:
                return self.forms[mark]
            own = self.face.advances[mark]
            return WESTERN_MARKS[mark][1] if own > WIDE_CHARACTER else own
        if self.digit_width and character in "0123456789":
            return self.digit_width
        if category(character) == "Cf":  # a joiner, or another character without a shape
            return 0
        return self.em // 2 if character in "！？" else self.face.advances[character]


_advances_cache: dict[tuple[int, int, bool], LetterAdvances] = {}


def letters_of(face: ComposerFace, digit_width: int, western: bool = False) -> LetterAdvances:
    """The advances of a face, shared by all paragraphs; `western` for text of a language that is set in words."""
    key = (id(face), digit_width, western)
    cached = _advances_cache.get(key)
    if cached is None or cached.face is not face:
        if len(_advances_cache) > 64:
            _advances_cache.clear()
        cached = _advances_cache[key] = LetterAdvances(face, digit_width, western)
    return cached
