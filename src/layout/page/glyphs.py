"""Characters that a face lacks: another face stands in and it is reported; what no face has stops the build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from ..errors import Message, Problem, Severity, SourceLocation
from ..text.fonts.faces import BOLDER, Faces
from ..text.paragraph import TextRun

Fallen = dict[tuple[str, str, str], SourceLocation | None]  # (character, wanted, got) → where first
BOLD, LIGHTER = 600, 200  # weights (OpenType usWeightClass): of a bold face, and what the eye sees between two
Missing = dict[str, SourceLocation | None]


class GlyphFallback(Struct):
    """Resolves faces along the style's chain, and remembers what it had to do."""

    faces: Faces
    chain: Sequence[str]
    fallen: Fallen = field(default_factory=dict)
    missing: Missing = field(default_factory=dict)

    def parts(self, text: str, face: str, mark: SourceLocation | None) -> list[tuple[str, str]]:
        """The text cut into (part, face). What stands in for a bold face is as bold, a face of the chain or one that is
        made bolder (rule I13)."""
        if all(map(self.faces[face].glyphs.__getitem__, text)):
            return [(text, face)] if text else []
        resolved = self.faces.resolve(text, [face, *self._placeholders(face)])
        for _, characters, got in resolved.fallen:
            self.fallen.setdefault((characters, face, self._as_bold(got, face)), mark)
        for _, character in resolved.missing:
            self.missing.setdefault(character, mark)
        return [(part, self._as_bold(got, face)) for part, got in resolved.parts]

    def _placeholders(self, face: str) -> list[str]:
        """The chain, for a bold face those that are nearest to its weight first."""
        others, weight = [name for name in self.chain if name != face], self.faces[face].font.weight
        if weight < BOLD:
            return others
        return sorted(others, key=lambda name: abs(self.faces[name].font.weight - weight))

    def _as_bold(self, got: str, wanted: str) -> str:
        weight = self.faces[wanted].font.weight
        is_thin = weight >= BOLD and self.faces[got].font.weight <= weight - LIGHTER
        return f"{got}{BOLDER}{weight}" if is_thin else got

    def merge(self, fallen: Fallen, missing: Missing) -> None:
        """Takes in what another had to do after this."""
        for one, mark in fallen.items():
            self.fallen.setdefault(one, mark)
        for character, mark in missing.items():
            self.missing.setdefault(character, mark)

    def runs(self, runs: Sequence[TextRun], mark: SourceLocation | None) -> list[TextRun]:
        """The runs, cut further where a face lacks characters."""
        return [
            run if face == run.face and part == run.text else replace(run, text=part, face=face)
            for run in runs
            for part, face in self.parts(run.text, run.face, mark)
        ]

    def check(self, texts: Mapping[str, str], mark: SourceLocation | None) -> None:
        """Looks for characters that no face of the chain has (what a template draws finds its own faces, and nothing
        makes small digits there)."""
        first = self.faces[self.chain[0]]
        for text in texts.values():
            self.parts(text, self.chain[0], mark)
            for character in filter(first.made, dict.fromkeys(text)):
                if not any(self.faces[name].font.glyph(ord(character)) for name in self.faces):
                    self.missing.setdefault(character, mark)

    def problems(self) -> list[Problem]:
        """A note for each character that another face stands in for; see `unknown_characters` for the others."""
        return [
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
            if character not in self.missing
        ]


def _named(face: str) -> Message:
    name, bolder, _ = face.partition(BOLDER)
    return Message(f"{name}，描粗", f"{name}, made bolder,") if bolder else Message(name, name)


def _code(characters: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in characters)
