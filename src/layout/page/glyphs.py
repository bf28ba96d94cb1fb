"""Characters that a face lacks are set in another face, and reported; a character that no face has stops the build."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from ..errors import Message, Problem, Severity, SourceLocation
from ..text.fonts.faces import BOLDER, Faces
from ..text.language import DEFAULT_LANGUAGE
from ..text.paragraph import TextRun
from ..text.shaping.scripts import COMPLEX, SET_IN_LINES, complex_runs, script_name, script_of

Fallen = dict[tuple[str, str, str], SourceLocation | None]  # (character, wanted, got) → where first
BOLD, LIGHTER = 600, 200  # OpenType usWeightClass: least weight of a bold face; a visible difference of weights
Missing = dict[str, SourceLocation | None]
# Letters of scripts that have to be shaped and are not, by script and place.
Unshaped = dict[tuple[str, SourceLocation | None], str]

_BETWEEN_WORDS = re.compile(r"[\s!-@\[-`{-~«»‹›–—\u200c-\u200f\u202a-\u202e\u2066-\u2069]+")


class GlyphFallback(Struct):
    """Finds a face for each character along the style's chain, and records each replacement."""

    faces: Faces
    chain: Sequence[str]
    by_language: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # language → face → the face instead
    fallen: Fallen = field(default_factory=dict)
    missing: Missing = field(default_factory=dict)
    unshaped: Unshaped = field(default_factory=dict)

    def face(self, face: str, language: str) -> str:
        """The face that is used instead of one in a language."""
        return self.by_language.get(language, {}).get(face, face) if self.by_language else face

    def parts(
        self, text: str, face: str, mark: SourceLocation | None, language: str = DEFAULT_LANGUAGE
    ) -> list[tuple[str, str]]:
        """The text, whose characters are placed one by one, cut into (part, face)."""
        if COMPLEX.search(text):
            self._note_unshaped(text, mark)
        return self._parts(text, face, mark, language)

    def _note_unshaped(self, text: str, mark: SourceLocation | None, shaped: Container[str] = ()) -> None:
        for _, letters, script in complex_runs(text):
            if script not in shaped:
                self.unshaped.setdefault((script, mark), letters)

    def _parts(
        self, text: str, face: str, mark: SourceLocation | None, language: str = DEFAULT_LANGUAGE
    ) -> list[tuple[str, str]]:
        """The text cut into (part, face). A language may have a face of its own (rule L11).

        A bold face is replaced by one as bold: a bold face of the chain, or one
        that is emboldened (rule I13)."""
        if self.by_language:
            face = self.face(face, language)
        if all(map(self.faces[face].glyphs.__getitem__, text)):
            return [(text, face)] if text else []
        resolved = self.faces.resolve(text, [face, *self._placeholders(face)])
        for _, characters, got in resolved.fallen:
            self.fallen.setdefault((characters, face, self._as_bold(got, face)), mark)
        for _, character in resolved.missing:
            self.missing.setdefault(character, mark)
        return [(part, self._as_bold(got, face)) for part, got in resolved.parts]

    def _placeholders(self, face: str) -> list[str]:
        """The other faces of the chain; for a bold face, those nearest its weight first."""
        others, weight = [name for name in self.chain if name != face], self.faces[face].font.weight
        if weight < BOLD:
            return others
        return sorted(others, key=lambda name: abs(self.faces[name].font.weight - weight))

    def _as_bold(self, got: str, wanted: str) -> str:
        weight = self.faces[wanted].font.weight
        is_thin = weight >= BOLD and self.faces[got].font.weight <= weight - LIGHTER
        return f"{got}{BOLDER}{weight}" if is_thin else got

    def merge(self, fallen: Fallen, missing: Missing, unshaped: Unshaped) -> None:
        """Adds the replacements of a later run, for example of a worker."""
        self.unshaped = unshaped | self.unshaped
        for one, mark in fallen.items():
            self.fallen.setdefault(one, mark)
        for character, mark in missing.items():
            self.missing.setdefault(character, mark)

    def runs(
        self, runs: Sequence[TextRun], mark: SourceLocation | None, language: str = DEFAULT_LANGUAGE
    ) -> list[TextRun]:
        """The runs of a paragraph in a language, cut further where a face lacks characters."""
        for run in runs:
            if COMPLEX.search(run.text) or COMPLEX.search(run.ruby):
                self._note_unshaped(run.text + run.ruby, mark, () if run.ruby or run.dots else SET_IN_LINES)
        return [
            run if face == run.face and part == run.text else replace(run, text=part, face=face)
            for run in runs
            for part, face in self._as_beside(self._parts(run.text, run.face, mark, run.language or language))
        ]

    def _as_beside(self, parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Marks, digits and spaces between words of a script that is shaped are set in the face of the words."""
        if len(parts) < 2 or not any(COMPLEX.search(part) for part, _ in parts):
            return parts
        out: list[tuple[str, str]] = []
        for at, (part, face) in enumerate(parts):
            before = next((face for text, face in parts[at - 1 : at] if COMPLEX.search(text)), "")
            after = next((face for text, face in parts[at + 1 : at + 2] if COMPLEX.search(text)), "")
            beside = before or after
            is_between = before == after or at in (0, len(parts) - 1)
            if beside and is_between and _BETWEEN_WORDS.fullmatch(part) and all(map(self.faces[beside].covers, part)):
                face = beside
            if out and out[-1][1] == face:
                part = out.pop()[0] + part
            out.append((part, face))
        return out

    def unknown(self) -> Missing:
        """The characters that no face has, but for those of scripts that no line holds anyway."""
        refused = {script for script, _ in self.unshaped} - SET_IN_LINES
        return {one: mark for one, mark in self.missing.items() if not refused or script_of(one) not in refused}

    def check(self, texts: Mapping[str, str], mark: SourceLocation | None) -> None:
        """Records the characters that no face of the chain has. WeasyPrint finds the faces of a template's text, and
        makes no small digits."""
        first = self.faces[self.chain[0]]
        for text in texts.values():
            self._parts(text, self.chain[0], mark)
            for character in filter(first.made, dict.fromkeys(text)):
                if not any(self.faces[name].font.glyph(ord(character)) for name in self.faces):
                    self.missing.setdefault(character, mark)

    def problems(self) -> list[Problem]:
        """A note for each character, or script of characters that are shaped, that another face stands in for; see
        `unknown_characters` for the others."""
        scripts = {
            (script, *faces): mark for (one, *faces), mark in self.fallen.items() if (script := script_of(one[0]))
        }
        return [
            Problem(
                "face-fallback",
                Message(
                    f"字体 {wanted} 没有{script_name(script).zh}，改用 {_named(got).zh}",
                    f"{wanted} has no {script_name(script).en}; {_named(got).en} stands in",
                ),
                Message(
                    "无须处理；不合意时在样式的 faces 里写明", "nothing to do, or name a face under faces in the style"
                ),
                mark,
                Severity.NOTE,
            )
            for (script, wanted, got), mark in scripts.items()
        ] + [
            Problem(
                "face-fallback",
                Message(
                    f"字体 {wanted} 没有“{character}”（{_code(character)}），改用 {_named(got).zh}",
                    f"{wanted} has no “{character}” ({_code(character)}); {_named(got).en} stands in",
                ),
                Message("无须处理；不合意时换一个字", "nothing to do, unless it looks wrong"),
                mark,
                Severity.NOTE,
            )
            for (character, wanted, got), mark in self.fallen.items()
            if character not in self.missing and not script_of(character[0])
        ]


def _named(face: str) -> Message:
    name, bolder, _ = face.partition(BOLDER)
    return Message(f"{name}，描粗", f"{name}, made bolder,") if bolder else Message(name, name)


def _code(characters: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in characters)
