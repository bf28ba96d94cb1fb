"""Upright rectangles in points, x to the right, y upward: the boxes of painted marks, and clips."""

from __future__ import annotations

from .matrices import Matrix

Rectangle = tuple[float, float, float, float]  # x0, y0, x1, y1

EVERYWHERE: Rectangle = (-1e9, -1e9, 1e9, 1e9)
NOWHERE: Rectangle = (0.0, 0.0, -1.0, -1.0)


def transformed_box(x0: float, y0: float, x1: float, y1: float, m: Matrix) -> Rectangle:
    """The upright box around a rectangle that `m` puts in its place."""
    a, b, c, d, e, f = m
    if not b and not c:
        x0, x1, y0, y1 = a * x0 + e, a * x1 + e, d * y0 + f, d * y1 + f
        return (x0 if x0 < x1 else x1, y0 if y0 < y1 else y1, x1 if x1 > x0 else x0, y1 if y1 > y0 else y0)
    xs = (a * x0 + c * y0, a * x1 + c * y0, a * x0 + c * y1, a * x1 + c * y1)
    ys = (b * x0 + d * y0, b * x1 + d * y0, b * x0 + d * y1, b * x1 + d * y1)
    return (min(xs) + e, min(ys) + f, max(xs) + e, max(ys) + f)


def intersection(box: Rectangle, other: Rectangle) -> Rectangle | None:
    """What two boxes share; `None` where they do not meet."""
    x0 = box[0] if box[0] > other[0] else other[0]
    y0 = box[1] if box[1] > other[1] else other[1]
    x1 = box[2] if box[2] < other[2] else other[2]
    y1 = box[3] if box[3] < other[3] else other[3]
    return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None


def bounding_box(boxes: list[Rectangle]) -> Rectangle:
    """The box around all."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def union(box: Rectangle, other: Rectangle) -> Rectangle:
    """The box around both."""
    return (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
