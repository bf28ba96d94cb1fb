"""The thickness of a path that is filled: a thin black shape overprints as a thin black line does (GWG R0010)."""

from __future__ import annotations


class MeasuredPath:
    """A path under construction, as far as its thickness depends on it."""

    def __init__(self) -> None:
        self._parts: list[tuple[float, float]] = []  # area and edge
        self._rectangles: list[tuple[float, ...]] = []
        self._points: list[tuple[float, float]] = []

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        self._parts.append((abs(width * height), 2 * (abs(width) + abs(height))))
        self._rectangles.append((x, y, x + width, y + height))

    def move(self, x: float, y: float) -> None:
        self._close()
        self._points = [(x, y)]

    def line(self, x: float, y: float) -> None:
        """A line or, near enough, a curve to a point."""
        self._points.append((x, y))

    def thickness(self, *, even_odd: bool) -> float:
        """How thick the filled shape is: what lies between two rectangles, or twice the area over the edge."""
        self._close()
        if even_odd and len(self._rectangles) == 2:
            return float(max(abs(one - other) for one, other in zip(*self._rectangles, strict=True)))
        areas = sorted((area for area, _ in self._parts), reverse=True)
        edge = sum(edge for _, edge in self._parts)
        area = areas[0] - sum(areas[1:]) if even_odd and areas else sum(areas)
        return 2 * abs(area) / edge if edge else 0.0

    def _close(self) -> None:
        points, self._points = self._points, []
        if len(points) < 3:
            return
        area = edge = 0.0
        for (x, y), (to_x, to_y) in zip(points, [*points[1:], points[0]], strict=True):
            area += x * to_y - to_x * y
            edge += ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
        self._parts.append((abs(area) / 2, edge))
