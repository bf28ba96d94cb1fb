"""What the drawings of this folder share: paths, curves, a picture as a file. Run leaves.py, tree_map.py, mug.py, emblem.py."""

from pathlib import Path

OUT = Path(__file__).parent.parent
FONTS = OUT.parents[2] / "fonts"
TEAL, ORANGE, SAND, INK = "#0f5b5e", "#d9752b", "#f3ead6", "#20343a"


def svg(name: str, width: float, height: float, *parts: str) -> None:
    body = "\n".join(parts)
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}">\n{body}\n</svg>\n'
    (OUT / f"{name}.svg").write_text(text, encoding="utf-8")


def path(d: str, fill: str = "none", stroke: str = "", width: float = 0, **more: str) -> str:
    line = (
        f' stroke="{stroke}" stroke-width="{width:g}" stroke-linecap="round" stroke-linejoin="round"' if stroke else ""
    )
    extra = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in more.items())
    return f'<path d="{d}" fill="{fill}"{line}{extra}/>'


def smooth(points: list[tuple[float, float]], closed: bool = True) -> str:
    """A Catmull-Rom curve through points, as cubic Béziers."""
    n = len(points)
    d = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for i in range(n if closed else n - 1):
        p = [points[(i + k) % n] if closed else points[max(0, min(n - 1, i + k))] for k in (-1, 0, 1, 2)]
        c1 = (p[1][0] + (p[2][0] - p[0][0]) / 6, p[1][1] + (p[2][1] - p[0][1]) / 6)
        c2 = (p[2][0] - (p[3][0] - p[1][0]) / 6, p[2][1] - (p[3][1] - p[1][1]) / 6)
        d += f"C{c1[0]:.1f} {c1[1]:.1f} {c2[0]:.1f} {c2[1]:.1f} {p[2][0]:.1f} {p[2][1]:.1f}"
    return d + ("Z" if closed else "")


def halves(right: list[tuple[float, float]], x: float = 150) -> tuple[str, str]:
    """The left and the right half of a leaf, each closed along its midrib, from the right edge's points."""
    top, foot = right[0], right[-1]
    edges = (smooth([(2 * x - px, py) for px, py in right], closed=False), smooth(right, closed=False))
    left, right_half = (f"{edge}L{x} {foot[1]}L{x} {top[1]}Z" for edge in edges)
    return left, right_half
