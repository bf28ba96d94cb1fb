"""Footnotes (脚注) as they are typed: `[^name]` in the text, `[^name]: words` in a paragraph of its own (rules N1, N3)."""

from __future__ import annotations

import re

LABEL = r"\[\^([^\[\]\s]{1,40})\]"
MARK, DEFINITION = re.compile(LABEL), re.compile(rf"{LABEL}:[ \t]*(.*)")
_FIRST_CIRCLED = (0, 0x2460), (20, 0x3251), (35, 0x32B1)  # ① to ⑳, ㉑ to ㉟, ㊱ to ㊿
CIRCLED = 50  # the greatest number in a circle


def sign(number: int) -> str:
    """The sign of a note: ① to ㊿, then [51]."""
    if number > CIRCLED:
        return f"[{number}]"
    before, first = next(pair for pair in reversed(_FIRST_CIRCLED) if number > pair[0])
    return chr(first + number - before - 1)
