"""Hygiene of text that is not Chinese: English marks and spaces; of Japanese and Korean the line ends alone (rule L14)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from .spaces import LINE_END, NOTHING, SPACE, is_han

Change = tuple[int, int, str, str]  # start, end, the new text, the rule

_SPACES = re.compile(f"[{SPACE}{NOTHING}]+")
# Spaces that are typed to stay: no-break and of fixed width.
_KEPT = "\u00a0\u2007\u2009\u202f\u2060\u200c\u200d\u3000"
_ENGLISH = re.compile(r"(?<!-)--(?!-)|(?<!-)---(?!-)|\.{3}|……|⋯+|[\"']")
_DIGIT = re.compile(r"\d")
_WIDE_MARKS = frozenset("、。，．・：；？！「」『』（）〔〕［］｛｝〈〉《》【】")


def changes(
    text: str, language: str, quotes: Mapping[int, str], addresses: Sequence[tuple[int, int]], verse: bool
) -> list[Change]:
    """The edits of a text, from left to right; `quotes` has the replacements of its straight quotation marks."""
    found = [*_spaces(text, language, verse)]
    if language.startswith("en"):
        found += _english_marks(text, quotes, addresses)
    return sorted(found)


def _english_marks(text: str, quotes: Mapping[int, str], addresses: Sequence[tuple[int, int]]) -> Iterator[Change]:
    for match in _ENGLISH.finditer(text):
        start, end = match.span()
        if any(first <= start < last for first, last in addresses):
            continue
        old = match[0]
        if old in "\"'":
            new, rule = quotes.get(start, old), "quotes"
        elif old[0] == "-":
            between = _DIGIT.match(text, end) and _DIGIT.match(text[start - 1 : start])
            new, rule = "–" if old == "--" and between else "—", "dash"
        else:
            new, rule = "…", "ellipsis"
        if new != old:
            yield start, end, new, rule


def _spaces(text: str, language: str, verse: bool) -> Iterator[Change]:
    for match in _SPACES.finditer(text):
        old, (start, end) = match[0], match.span()
        if start == 0 and verse:
            continue
        if start == 0 or end == len(text):
            new, rule = "", "edge"
        elif LINE_END.search(old):
            wide = language == "ja" and (_is_wide(text[start - 1]) or _is_wide(text[end]))
            new, rule = "" if wide else " ", "line-end"
        elif language == "ja" or any(character in _KEPT for character in old):
            continue
        else:
            new, rule = (" ", "between-words") if old.strip(NOTHING) else ("", "invisible")
        if new != old:
            yield start, end, new, rule


def _is_wide(character: str) -> bool:
    return is_han(character) or character in _WIDE_MARKS
