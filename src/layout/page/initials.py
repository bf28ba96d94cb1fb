"""The drop initial of a paragraph (首字下沉, rule J13): one character, or a short word or number as a whole, with an
opening mark before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import accumulate

from ..text.shaping.scripts import COMPLEX

_OPENING = "“‘（《〈「『【〔〝"
_WORD = "0-9A-Za-z\u00c0-\u024f"
_INITIAL = re.compile(
    rf"[{_OPENING}]{{0,2}}(?:[{_WORD}]{{1,4}}(?![{_WORD}]|[.,:/~–—-][{_WORD}])|[^\W{_WORD}\u00a0-\u2e7f\u3000-\u303f])"
)
_WHOLE_CELL = 750  # thousandths of an em: an opening mark wider than this has white in its left half


def initial_of(text: str) -> str:
    """The characters of the drop initial; none where the paragraph begins with a long word or number, a mark, or a
    letter that joins the next one (rule S7)."""
    found = _INITIAL.match(text)
    return found[0] if found and not COMPLEX.search(found[0]) else ""


def origins(initial: str, advances: Mapping[str, int]) -> tuple[list[float], float]:
    """The origin of each character, and the width of all, in em of their size. An opening mark is flush left and
    half an em wide (rule C9)."""
    halves = [0.5 if char in _OPENING and advances[char] > _WHOLE_CELL else 0.0 for char in initial]
    widths = [advances[char] / 1000 - half for char, half in zip(initial, halves, strict=True)]
    *starts, width = accumulate(widths, initial=0.0)
    return [start - half for start, half in zip(starts, halves, strict=True)], width
