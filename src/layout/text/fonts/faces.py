"""Faces: their characters and advances, and the fallback where a face lacks a character."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import category

from ...errors import Message, Problem, SourceLocation, StyleError
from ...runtime.resources import data_folder
from .font_file import FontFile, FontFileError, read_font
from .scripts import Part, pieces_of, placed, placeholder
from .single_face import single_face

JOINER = "\u200d"
# Spaces of a fixed width that most fonts lack: set as wide as the space (rule B12).
FIXED_SPACES = frozenset("\u00a0\u2007\u2009\u202f")
# Joiners, marks of direction and variation selectors: invisible, so without a width and never missing.
INVISIBLE = frozenset(
    "\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
) | frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


PROPORTIONAL_MARKS = "“”‘’…"
# Of a Han's cell, em over the baseline: its middle. Marks are centred that are further off than this.
MIDDLE, _OFF_CENTRE = 0.38, 0.08
_LOW_MARKS = frozenset("，、。．；：")
LIGATURES = ("ffi", "ffl", "ffj", "ff", "fi", "fl", "fj")


class GlyphNumbers(dict[str, int]):
    """A number for each character, computed on first use.

    `map(table.__getitem__, text)` looks up a whole text without calls in Python.
    """

    def __init__(self, find: Callable[[str], int]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, char: str) -> int:
        value = self[char] = self._find(char)
        return value


class Face:
    """One face: a design at one weight, as style files name it (`Song-Regular`).

    `advances[char]` is a width in thousandths of an em, `glyphs[char]` the number of a glyph (0: the face lacks the
    character), `vertical[char]` that of the form for vertical lines. Invisible characters (variation selectors,
    joiners) have no width and the glyph of the space. Subscripts, superscripts and fractions that the font lacks are
    composed of its digits (`made`). Lengths of `font` are thousandths of an em.
    """

    __slots__ = (
        "_centring",
        "_features",
        "_sha256",
        "_western",
        "advances",
        "font",
        "glyphs",
        "name",
        "stroke",
        "vertical",
    )

    def __init__(self, name: str, font: FontFile, sha256: str = "", stroke: float = 0.0) -> None:
        self.name = name
        self.font = font
        self.stroke = stroke  # em, width of the outline that makes it bolder (描粗)
        self._sha256 = sha256
        self._features: dict[str, dict[int, int]] = {}
        self._western: dict[str, int] | None = None
        self._centring: dict[str, tuple[float, float]] = {}
        self.glyphs = GlyphNumbers(self._glyph)
        self.advances = GlyphNumbers(self._advance)
        self.vertical = self.forms("vert")

    def __repr__(self) -> str:
        return f"<Face {self.name}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _face, (self.name, self.path, self._sha256)  # the file is opened again

    def _glyph(self, char: str) -> int:
        own = self.font.glyph(ord(char))
        if own:
            return own
        if char in INVISIBLE or char in FIXED_SPACES:
            return self.glyphs[" "]
        parts, _ = self._made_of(char)
        return self.glyphs[parts[0].character] if parts else 0

    def _advance(self, char: str) -> int:
        if char in INVISIBLE:
            return 0
        if self.font.glyph(ord(char)):
            return self.font.advance(self.glyphs[char])
        parts, width = self._made_of(char)
        return round(width * 1000) if parts else self.font.advance(self.glyphs[char])

    def made(self, char: str) -> tuple[Part, ...]:
        """The components of a subscript, superscript or fraction (rule B17); none where the font has the character
        or lacks a component."""
        return () if self.font.glyph(ord(char)) else self._made_of(char)[0]

    def _made_of(self, char: str) -> tuple[tuple[Part, ...], float]:
        pieces = []
        for one, size, rise in pieces_of(char):
            drawn = one if self.font.glyph(ord(one)) else placeholder(one)
            if not drawn or not self.font.glyph(ord(drawn)):
                return (), 0.0
            pieces.append((drawn, size, rise))
        return placed(pieces, [self.font.advance(self.font.glyph(ord(one))) / 1000 for one, _, _ in pieces])

    def centring(self, mark: str) -> tuple[float, float]:
        """How far a mark's glyph is to be moved right and up so that its ink is in the middle of its cell, in em: 0 in a
        font of Traditional Chinese (rule L1)."""
        if mark not in self._centring:
            left, bottom, right, top = self.font.ink(self.glyphs[mark])
            across = self.font.advance(self.glyphs[mark]) / 2000 - (left + right) / 2
            up = MIDDLE - (bottom + top) / 2 if mark in _LOW_MARKS else 0.0
            self._centring[mark] = tuple(move if abs(move) > _OFF_CENTRE else 0.0 for move in (across, up))  # type: ignore[assignment]
        return self._centring[mark]

    @property
    def proportional(self) -> dict[str, int]:
        """The advances of marks in their forms for Latin text, where the font has others for them (`pwid`)."""
        return {mark: self.advance(glyph) for mark, glyph in self.western.items() if len(mark) == 1}

    @property
    def ligatures(self) -> dict[str, int]:
        """The advances of the f-ligatures that the font has, by their letters (rule L10)."""
        return {letters: self.advance(glyph) for letters, glyph in self.western.items() if len(letters) > 1}

    @property
    def western(self) -> dict[str, int]:
        """The glyphs that Latin text has in place of those of its characters: proportional marks, and ligatures."""
        if self._western is None:
            forms, joined = self.feature("pwid"), self.font.ligatures("liga")
            marks = {mark: forms.get(self.glyphs[mark], 0) for mark in PROPORTIONAL_MARKS}
            letters = {text: joined.get(tuple(map(self.glyphs.__getitem__, text)), 0) for text in LIGATURES}
            self._western = {text: glyph for text, glyph in (marks | letters).items() if glyph}
        return self._western

    @property
    def path(self) -> Path:
        return self.font.path

    @property
    def sha256(self) -> str:
        """SHA-256 of the font file, in hexadecimal."""
        if not self._sha256:
            from hashlib import sha256

            self._sha256 = sha256(self.path.read_bytes()).hexdigest()
        return self._sha256

    def covers(self, char: str) -> bool:
        return self.glyphs[char] != 0

    def advance(self, glyph: int) -> int:
        """A glyph's width in thousandths of an em."""
        return self.font.advance(glyph)

    def feature(self, tag: str) -> dict[int, int]:
        """glyph → glyph under an OpenType feature."""
        if tag not in self._features:
            self._features[tag] = self.font.forms(tag)
        return self._features[tag]

    def forms(self, tag: str) -> GlyphNumbers:
        """The glyph of each character under an OpenType feature, its default glyph where there is no substitution.

        `hwid` has the digits of ½ em, `pwid` the quotation marks of Western text, `vert` vertical forms.
        """
        return GlyphNumbers(lambda char: self.feature(tag).get(self.glyphs[char], self.glyphs[char]))

    def shape(self, text: str, *, vertical: bool = False, half_digits: bool = False) -> list[int]:
        """One glyph for each character of a line's text.

        The two dashes of a 破折号 get the forms that join (`init` and `fina`; rule B1, GB/T 15834 5.1.4); with
        `half_digits` digits get those of ½ em.
        """
        glyphs = list(map((self.vertical if vertical else self.glyphs).__getitem__, text))
        at = text.find("——")
        while at >= 0:
            for place, tag in ((at, "init"), (at + 1, "fina")):
                glyphs[place] = self.feature(tag).get(glyphs[place], glyphs[place])
            at = text.find("——", at + 2)
        if half_digits:
            narrow = self.feature("hwid")
            for at, char in enumerate(text):
                if "0" <= char <= "9":
                    glyphs[at] = narrow.get(glyphs[at], glyphs[at])
        return glyphs


BOLDER = "+"  # `Song-Regular+900`: that face with its outlines drawn until it is as heavy as one of that weight
_STROKE, _MOST_STROKE = 0.00008, 0.032  # em a unit of weight; the most at which strokes of dense Han stay apart


def _bolder(name: str, face: Face, weight: int) -> Face:
    stroke = min(max(weight - face.font.weight, 0) * _STROKE, _MOST_STROKE)
    return Face(name, face.font, face.sha256, stroke)


class FallbackCharacter(NamedTuple):
    """A character with its combining marks, at offset `at`, that the first face lacks, and the face it is set in."""

    at: int
    text: str
    face: str


class ResolvedText(NamedTuple):
    """A text divided by face: parts (text, face), fallbacks, and the characters that no face has, with offsets."""

    parts: list[tuple[str, str]]
    fallen: list[FallbackCharacter]
    missing: list[tuple[int, str]]


class Faces(Mapping[str, Face]):
    """Faces by name; a font file is read when its face is first used."""

    def __init__(self, files: Mapping[str, tuple[Path, str]]) -> None:
        """`files`: name → font file and its SHA-256, which may be empty."""
        self._files = dict(files)
        self._faces: dict[str, Face] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Faces, (self._files,)

    def __getitem__(self, name: str) -> Face:
        """The face of that name.

        Raises:
            KeyError: The name is unknown.
            StyleError: The font file cannot be used.
        """
        face = self._faces.get(name)
        if face is None and BOLDER in name:
            plain, _, weight = name.partition(BOLDER)
            face = self._faces[name] = _bolder(name, self[plain], int(weight))
        if face is None:
            path, sha256 = self._files[name]
            try:
                face = self._faces[name] = _face(name, path, sha256)
            except FontFileError as error:
                raise StyleError([_unusable(name, path, error)]) from None
        return face

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def resolve(self, text: str, chain: Sequence[str]) -> ResolvedText:
        """Divides a text by the first face of `chain` that has each character.

        Combining marks, variation selectors and joined characters stay with their base. A character that no face
        has is set in the chain's first face and listed in `missing`.
        """
        first = chain[0]
        if all(map(self[first].glyphs.__getitem__, text)):
            return ResolvedText([(text, first)] if text else [], [], [])
        parts: list[tuple[str, str]] = []
        fallen: list[FallbackCharacter] = []
        missing: list[tuple[int, str]] = []
        for at, cluster in _clusters(text):
            name = next((name for name in chain if all(map(self[name].glyphs.__getitem__, cluster))), "")
            if not name:
                name = next((name for name in chain if self[name].covers(cluster[0])), first)
                lacking = self[name].glyphs
                missing += [(at + place, char) for place, char in enumerate(cluster) if not lacking[char]]
            if name != first:
                fallen.append(FallbackCharacter(at, cluster, name))
            if parts and parts[-1][1] == name:
                parts[-1] = parts[-1][0] + cluster, name
            else:
                parts.append((cluster, name))
        return ResolvedText(parts, fallen, missing)


def load_faces(extra: Mapping[str, Path] | None = None, marks: Mapping[str, SourceLocation] | None = None) -> Faces:
    """The library's faces and those of a style.

    Args:
        extra: Further faces (`single_face`), which replace a face of the same name.
        marks: Where the style names each of them.

    Raises:
        StyleError: Some of the further faces cannot be used; every one of them is reported.
    """
    folder = data_folder("fonts")
    files = {name: (folder / entry["file"], entry["sha256"]) for name, entry in manifest().items()}
    problems = []
    for name, path in (extra or {}).items():
        try:
            files[name] = single_face(path), ""
            _face(name, *files[name])
        except FontFileError as error:
            problems.append(_unusable(name, path, error, (marks or {}).get(name)))
    if problems:
        raise StyleError(problems)
    return Faces(files)


@lru_cache(maxsize=1)
def manifest() -> dict[str, dict[str, str]]:
    """The entries of `fonts/manifest.json` by face: file, family, weight, sha256, coverage and more."""
    entries: dict[str, dict[str, str]] = json.loads((data_folder("fonts") / "manifest.json").read_bytes())
    return entries


def _face(name: str, path: Path, sha256: str) -> Face:
    """The face of a file, cached in the process until the file's time or size changes."""
    try:
        state = path.stat()
    except OSError:
        return Face(name, read_font(path), sha256)  # raises FontFileError with the reason
    return _cached_face(name, path, sha256, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _cached_face(name: str, path: Path, sha256: str, changed: int, size: int) -> Face:
    return Face(name, read_font(path), sha256)


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each base character with its combining marks, and its offset."""
    start = 0
    for at in range(1, len(text)):
        if not (text[at - 1] == JOINER or category(text[at])[0] == "M" or text[at] in INVISIBLE):
            yield start, text[start:at]
            start = at
    if text:
        yield start, text[start:]


def _unusable(name: str, path: Path, error: FontFileError, mark: SourceLocation | None = None) -> Problem:
    return Problem(
        "font-unusable",
        Message(
            f"字体 {name} 用不了：{path.name} {error.words.zh}",
            f"face {name} cannot be used: {path.name}: {error.words.en}",
        ),
        Message(
            "改正样式 fonts 里的文件名，或换一个字体文件",
            "correct the file under fonts in the style, or name another font file",
        ),
        mark,
    )
