"""Subscripts, superscripts and fractions that a face lacks, composed of its own digits set smaller (rule B17)."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import decomposition, normalize

SIZE, RAISED, LOWERED = 0.67, 0.3, -0.13  # of the text's size; of the baseline, em
_OVERLAP = 0.05  # em by which the bar of a fraction overlaps its numbers
_ALIKE = {"✔": "✓"}
_SUBSTITUTES = {"\u2044": "/", "\u2212": "–"}  # for a face that has no fraction slash or no minus


class Part(NamedTuple):
    """A component of a composed character: its offset from the origin, size and rise, in em of the text."""

    character: str
    x: float
    size: float
    rise: float


def pieces_of(character: str) -> list[tuple[str, float, float]]:
    """The characters that a subscript, superscript or fraction is composed of, each with its size and rise.

    A heavy tick is a tick. None for any other character.
    """
    if character in _ALIKE:
        return [(_ALIKE[character], 1.0, 0.0)]
    kind, _, codes = decomposition(character).partition(" ")
    plain = [chr(int(code, 16)) for code in codes.split()] if kind in ("<sub>", "<super>", "<fraction>") else []
    if kind == "<fraction>":
        bar = plain.index("\u2044")
        return [(one, 1.0 if at == bar else SIZE, 0.0 if at >= bar else RAISED) for at, one in enumerate(plain)]
    return [(one, SIZE, LOWERED if kind == "<sub>" else RAISED) for one in plain]


def placeholder(character: str) -> str:
    """The character drawn instead in a face that lacks a component; "" for none."""
    return _SUBSTITUTES.get(character, "")


def placed(pieces: list[tuple[str, float, float]], advances: list[float]) -> tuple[tuple[Part, ...], float]:
    """The components side by side and their width together; `advances` are those of their characters, em."""
    parts, x = [], 0.0
    for (character, size, rise), advance in zip(pieces, advances, strict=True):
        bar = character in "/\u2044" and len(pieces) > 1
        parts.append(Part(character, x - (_OVERLAP if bar else 0.0), size, rise))
        x += advance * size - (2 * _OVERLAP if bar else 0.0)
    return tuple(parts), x


_PLAIN = "0123456789+−=()"
SUBSCRIPTS = dict(zip(_PLAIN + "-aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
SUPERSCRIPTS = dict(
    zip(_PLAIN + "-abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)
)


def lowered(text: str) -> str:
    """The text in Unicode subscripts; empty where Unicode does not have all of them."""
    return _mapped(text, SUBSCRIPTS)


def raised(text: str) -> str:
    """The text in Unicode superscripts; empty where Unicode does not have all of them."""
    return _mapped(text, SUPERSCRIPTS)


def _mapped(text: str, table: dict[str, str]) -> str:
    out = [table.get(normalize("NFKC", character), "") for character in text]
    return "".join(out) if all(out) else ""
