"""Faces: which characters they have, how wide each is, and which face stands in where one is missing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import category

from ..errors import Mark, Problem, StyleError, Words
from ..resources import data_folder
from .fontfile import FontFile, FontFileError, read_font

JOINER = "\u200d"
# Joiners and variation selectors: never seen, so without a width and never missing.
INVISIBLE = frozenset("\u034f\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | frozenset(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)


class ByCharacter(dict[str, int]):
    """A number for each character, worked out when it is first asked for.

    `map(table.__getitem__, text)` gives those of a whole text at the speed of C.
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
    character), `vertical[char]` that of the form for vertical lines. Characters that are never seen (variation
    selectors, joiners) have no width and the blank's glyph. Measures of `font` are thousandths of an em.
    """

    __slots__ = ("_features", "_sha256", "advances", "font", "glyphs", "name", "vertical")

    def __init__(self, name: str, font: FontFile, sha256: str = "") -> None:
        self.name = name
        self.font = font
        self._sha256 = sha256
        self._features: dict[str, dict[int, int]] = {}
        self.glyphs = ByCharacter(self._glyph)
        self.advances = ByCharacter(self._advance)
        self.vertical = self.forms("vert")

    def __repr__(self) -> str:
        return f"<Face {self.name}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _face, (self.name, self.path, self._sha256)  # the file is opened again

    def _glyph(self, char: str) -> int:
        return self.font.glyph(ord(char)) or (self.glyphs[" "] if char in INVISIBLE else 0)

    def _advance(self, char: str) -> int:
        return 0 if char in INVISIBLE else self.font.advance(self.glyphs[char])

    @property
    def path(self) -> Path:
        return self.font.path

    @property
    def sha256(self) -> str:
        """Of the font file, in hexadecimal."""
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

    def forms(self, tag: str) -> ByCharacter:
        """The glyph of each character under an OpenType feature, its usual glyph where the face has no other.

        `hwid` has the digits of ½ em, `pwid` the quotation marks of Western text, `vert` vertical forms.
        """
        return ByCharacter(lambda char: self.feature(tag).get(self.glyphs[char], self.glyphs[char]))

    def shape(self, text: str, *, vertical: bool = False, half_digits: bool = False) -> list[int]:
        """One glyph for each character of a line's text.

        The two dashes of a 破折号 get the forms that join (`init` and `fina`; rule B1, GB/T 15834 5.1.4), which two
        of the single dash would not; with `half_digits` digits get those of ½ em.
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


class FallenBack(NamedTuple):
    """A character (with the marks on it) at `at` of the text that the wanted face lacks, and the face it got."""

    at: int
    text: str
    face: str


class Resolved(NamedTuple):
    """A text cut by face: parts (text, face), what fell back, and the characters that no face has, with places."""

    parts: list[tuple[str, str]]
    fallen: list[FallenBack]
    missing: list[tuple[int, str]]


class Faces(Mapping[str, Face]):
    """The faces at hand, by name; a font file is read when its face is first used."""

    def __init__(self, files: Mapping[str, tuple[Path, str]]) -> None:
        """`files`: name → font file and its SHA-256, which may be empty."""
        self._files = dict(files)
        self._faces: dict[str, Face] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Faces, (self._files,)

    def __getitem__(self, name: str) -> Face:
        """Raises KeyError for an unknown name, StyleError where the font file cannot be used."""
        face = self._faces.get(name)
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

    def resolve(self, text: str, chain: Sequence[str]) -> Resolved:
        """Cuts a text by the first face of `chain` that has each character.

        Combining marks, variation selectors and what a joiner joins stay with their base. A character that no
        face has is left in the chain's first face and told of in `missing`.
        """
        first = chain[0]
        if all(map(self[first].glyphs.__getitem__, text)):
            return Resolved([(text, first)] if text else [], [], [])
        parts: list[tuple[str, str]] = []
        fallen: list[FallenBack] = []
        missing: list[tuple[int, str]] = []
        for at, cluster in _clusters(text):
            name = next((name for name in chain if all(map(self[name].glyphs.__getitem__, cluster))), "")
            if not name:
                name = next((name for name in chain if self[name].covers(cluster[0])), first)
                lacking = self[name].glyphs
                missing += [(at + place, char) for place, char in enumerate(cluster) if not lacking[char]]
            if name != first:
                fallen.append(FallenBack(at, cluster, name))
            if parts and parts[-1][1] == name:
                parts[-1] = parts[-1][0] + cluster, name
            else:
                parts.append((cluster, name))
        return Resolved(parts, fallen, missing)


def load_faces(extra: Mapping[str, Path] | None = None, marks: Mapping[str, Mark] | None = None) -> Faces:
    """The library's faces and further font files (TrueType or OpenType), which go before a face of the same name.

    `marks` says where the style names each file.

    Raises:
        StyleError: further font files cannot be used; every one of them is told.
    """
    folder = data_folder("fonts")
    files = {name: (folder / entry["file"], entry["sha256"]) for name, entry in manifest().items()}
    problems = []
    for name, path in (extra or {}).items():
        files[name] = path, ""
        try:
            _face(name, path, "")
        except FontFileError as error:
            problems.append(_unusable(name, path, error, (marks or {}).get(name)))
    if problems:
        raise StyleError(problems)
    return Faces(files)


@lru_cache(maxsize=1)
def manifest() -> dict[str, dict[str, str]]:
    """What `fonts/manifest.json` says of each face: file, family, weight, sha256, coverage and more."""
    entries: dict[str, dict[str, str]] = json.loads((data_folder("fonts") / "manifest.json").read_bytes())
    return entries


def _face(name: str, path: Path, sha256: str) -> Face:
    """The face of a file, read again only where the file is another one: a second build in a process pays nothing."""
    try:
        state = path.stat()
    except OSError:
        return Face(name, read_font(path), sha256)  # says what is wrong
    return _remembered(name, path, sha256, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _remembered(name: str, path: Path, sha256: str, changed: int, size: int) -> Face:
    return Face(name, read_font(path), sha256)


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each base with the marks on it, and where it starts."""
    start = 0
    for at in range(1, len(text)):
        if not (text[at - 1] == JOINER or category(text[at])[0] == "M" or text[at] in INVISIBLE):
            yield start, text[start:at]
            start = at
    if text:
        yield start, text[start:]


def _unusable(name: str, path: Path, error: FontFileError, mark: Mark | None = None) -> Problem:
    return Problem(
        "font-unusable",
        Words(
            f"字体 {name} 用不了：{path.name} {error.words.zh}",
            f"face {name} cannot be used: {path.name}: {error.words.en}",
        ),
        Words(
            "改正样式 fonts 里的文件名，或换一个字体文件",
            "correct the file under fonts in the style, or name another font file",
        ),
        mark,
    )
