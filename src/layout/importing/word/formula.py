"""Word's formulas (Office Math) as one line of text: fractions with a solidus, sums with their bounds.

A matrix or a system of equations cannot be written in a line and raises FormulaError.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ...errors import Message
from .drawings import M, local_name

RAISED_CHARACTERS = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
LOWERED_CHARACTERS = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
REFUSED = {
    "m": Message("矩阵", "a matrix"),
    "eqArr": Message("方程组", "a system of equations"),
    "sPre": Message("左上标、左下标", "prescripts"),
    "groupChr": Message("大括号批注", "a grouping brace"),
}
_ONE = re.compile(r"[\w.%√²³⁰-⁹₀-₉]+|\([^()]*\)")


class FormulaError(ValueError):
    """A formula that cannot be written in one line; `name` is the element that prevents it."""

    def __init__(self, name: Message) -> None:
        super().__init__(name.en)
        self.name = name


def formula_text(element: Any) -> str:
    """A formula (`m:oMath`, `m:oMathPara`) as a line of characters.

    Raises:
        FormulaError: it holds a matrix or the like.
    """
    return " ".join(_inside(element).split())


def _inside(element: Any | None) -> str:
    return "".join(_piece(child) for child in element) if element is not None else ""


def _piece(element: Any) -> str:
    name = local_name(element)
    if name in REFUSED:
        raise FormulaError(REFUSED[name])
    if name.endswith("Pr"):
        return ""
    if name == "t":
        return element.text or ""
    return _PIECES.get(name, _inside)(element)


def _part(element: Any, name: str) -> str:
    return _inside(element.find(f"{M}{name}"))


def _value(element: Any, path: str, default: str) -> str:
    """The value of a property; "" for one without value, as Word writes an invisible bracket."""
    found = element.find("/".join(f"{M}{name}" for name in path.split("/")))
    return default if found is None else str(found.get(f"{M}val", ""))


def _grouped(text: str) -> str:
    """The text, in brackets if it is more than one number, name or bracket."""
    return text if _ONE.fullmatch(text) else f"({text})"


def _fraction(element: Any) -> str:
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _small(text: str, table: dict[int, int], sign: str) -> str:
    if not text:
        return ""
    made = text.translate(table)
    return f"{sign}{_grouped(text)}" if any(c in text for c in made) else made


def _scripted(element: Any) -> str:
    low = _small(_part(element, "sub"), LOWERED_CHARACTERS, "_")
    return _grouped(_part(element, "e")) + low + _small(_part(element, "sup"), RAISED_CHARACTERS, "^")


def _sum(element: Any) -> str:
    sign = _value(element, "naryPr/chr", "∫")
    below, above = _part(element, "sub"), _part(element, "sup")
    bounds = f"({below}…{above})" if below and above else f"({below}{above})" if below or above else ""
    return f"{sign}{bounds}{_part(element, 'e')}"


def _root(element: Any) -> str:
    degree = _part(element, "deg").translate(RAISED_CHARACTERS)
    return f"{degree}√{_grouped(_part(element, 'e'))}"


def _bracketed(element: Any) -> str:
    opening, closing = _value(element, "dPr/begChr", "("), _value(element, "dPr/endChr", ")")
    parts = _value(element, "dPr/sepChr", "|").join(_inside(part) for part in element.iterfind(f"{M}e"))
    return f"{opening}{parts}{closing}"


def _function(element: Any) -> str:
    name, argument = _part(element, "fName"), _part(element, "e")
    return f"{name}{argument if argument.startswith('(') else f' {argument}'}"


def _limit(element: Any) -> str:
    return f"{_part(element, 'e')}({_part(element, 'lim')})"


def _accent(element: Any) -> str:
    return f"{_part(element, 'e')}{_value(element, 'accPr/chr', chr(0x302))}"


def _bar(element: Any) -> str:
    return f"{_part(element, 'e')}\u0304"


_PIECES: dict[str, Callable[[Any], str]] = {
    "f": _fraction,
    "sSup": _scripted,
    "sSub": _scripted,
    "sSubSup": _scripted,
    "nary": _sum,
    "rad": _root,
    "d": _bracketed,
    "func": _function,
    "limLow": _limit,
    "limUpp": _limit,
    "acc": _accent,
    "bar": _bar,
}
