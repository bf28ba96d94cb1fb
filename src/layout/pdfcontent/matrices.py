"""Transformation matrices (ISO 32000-1 8.3.3): `(a, b, c, d, e, f)` takes (x, y) to (ax + cy + e, bx + dy + f)."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix_from_operands(operands: Iterable[bytes]) -> Matrix:
    """The matrix that is written before `cm` or `Tm`. Raises ValueError where it is not six numbers."""
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def concatenated(m: Matrix, n: Matrix) -> Matrix:
    """The matrix that applies `m` first, then `n`."""
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + o)


def scale_of(m: Matrix) -> float:
    """How many times as long a length becomes, as the mean of both directions: line widths are scaled by it."""
    a, b, c, d, _, _ = m
    return sqrt(abs(a * d - b * c))
