"""Characters that a face lacks: another face stands in and it is told; what no face has stops the build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from ..errors import Mark, Problem, Severity, Words
from ..text.faces import Faces
from ..text.paragraph import Run

Fallen = dict[tuple[str, str, str], Mark | None]  # (character, wanted, got) → where first
Missing = dict[str, Mark | None]


class Glyphs(Struct):
    """Resolves faces along the style's chain, and remembers what it had to do."""

    faces: Faces
    chain: Sequence[str]
    fallen: Fallen = field(default_factory=dict)
    missing: Missing = field(default_factory=dict)

    def parts(self, text: str, face: str, mark: Mark | None) -> list[tuple[str, str]]:
        """The text cut into (part, face)."""
        resolved = self.faces.resolve(text, [face, *(name for name in self.chain if name != face)])
        for _, characters, got in resolved.fallen:
            self.fallen.setdefault((characters, face, got), mark)
        for _, character in resolved.missing:
            self.missing.setdefault(character, mark)
        return resolved.parts

    def hear(self, fallen: Fallen, missing: Missing) -> None:
        """Takes in what another had to do after this."""
        for one, mark in fallen.items():
            self.fallen.setdefault(one, mark)
        for character, mark in missing.items():
            self.missing.setdefault(character, mark)

    def runs(self, runs: Sequence[Run], mark: Mark | None) -> list[Run]:
        """The runs, cut further where a face lacks characters."""
        return [
            run if face == run.face and part == run.text else replace(run, text=part, face=face)
            for run in runs
            for part, face in self.parts(run.text, run.face, mark)
        ]

    def check(self, texts: Mapping[str, str], mark: Mark | None) -> None:
        """Looks for characters that no face of the chain has (what a template draws finds its own faces)."""
        for text in texts.values():
            self.parts(text, self.chain[0], mark)

    def problems(self) -> list[Problem]:
        told = [
            Problem(
                "face-fallback",
                Words(
                    f"字体 {wanted} 没有“{character}”（{_code(character)}），改用 {got}",
                    f"{wanted} has no “{character}” ({_code(character)}); {got} stands in",
                ),
                Words("无须处理；不合意时换一个字", "nothing to do, unless it looks wrong"),
                mark,
                Severity.NOTE,
            )
            for (character, wanted, got), mark in self.fallen.items()
            if character not in self.missing
        ]
        return told + [
            Problem(
                "unknown-character",
                Words(
                    f"任何字体里都没有“{character}”（{_code(character)}）",
                    f"no face has “{character}” ({_code(character)})",
                ),
                Words(
                    "换一个字，或在样式的 fonts 里加一个有它的字体",
                    "use another character, or name a font that has it under fonts in the style",
                ),
                mark,
            )
            for character, mark in self.missing.items()
        ]


def _code(characters: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in characters)
