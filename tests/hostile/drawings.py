"""Drawings in SVG that a stranger may send, each a function of a size."""

from __future__ import annotations

from collections.abc import Callable

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 30">'


def uses(depth: int) -> str:
    """Each group shows the one before ten times: 10 ** depth."""
    groups = '<g id="a0"><rect width="1" height="1"/></g>'
    for n in range(depth):
        groups += f'<g id="a{n + 1}">' + f'<use xlink:href="#a{n}"/>' * 10 + "</g>"
    return f'{OPEN}<defs>{groups}</defs><use href="#a{depth}"/></svg>'


def sized(width: str, height: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><rect width="1" height="1"/></svg>'


KINDS: dict[str, Callable[[int], str]] = {
    "rectangles": lambda size: OPEN + '<rect width="1" height="1"/>' * size + "</svg>",
    "uses": lambda size: uses(1 + size % 12),
    "a ring of uses": lambda size: OPEN + '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>',
    "groups": lambda size: OPEN + "<g>" * size + "</g>" * size + "</svg>",
    "markers": lambda size: (
        OPEN + '<marker id="m">' + '<path d="M0 0"/>' * 300 + "</marker>"
        f'<path marker-mid="url(#m)" d="M0 0 {"1 1 " * size}"/></svg>'
    ),
    "entities": lambda size: f'<!DOCTYPE svg [<!ENTITY a "{"x" * size}">]>{OPEN}<text>&a;</text></svg>',
    "immense": lambda size: sized("1e300", "1e300"),
    "no numbers": lambda size: sized("NaN", "inf"),
    "nothing": lambda size: sized("0", "-1"),
    "thin": lambda size: sized("1e-9", "1"),
    "cut": lambda size: OPEN + '<rect width="1"',
    "not even XML": lambda size: "<svg " + "<" * (size % 100),
}
