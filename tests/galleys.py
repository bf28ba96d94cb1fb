"""How galleys are written: numbers without trailing zeros, and characters in rows of equal steps."""

from __future__ import annotations

from collections.abc import Sequence


def number(value: float) -> str:
    """To a thousandth."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def places(xs: Sequence[float]) -> str:
    """`2+1.1×9` is a character at 2 and nine more, each 1.1 further."""
    rows, at = [], 0
    while at < len(xs):
        end = at + 1
        while end < len(xs) and abs(xs[end] - xs[end - 1] - (xs[at + 1] - xs[at])) < 5e-4:
            end += 1
        step = f"+{number(xs[at + 1] - xs[at])}×{end - at - 1}" if end - at > 2 else ""
        end = end if step else at + 1
        rows.append(number(xs[at]) + step)
        at = end
    return " ".join(rows)
